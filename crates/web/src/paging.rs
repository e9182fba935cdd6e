//! A long list, one page at a time.

use std::ops::Range;

/// Items on a page.
const ITEMS_MAX: usize = 50;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paged<T> {
    /// What is on it.
    pub(crate) items: Vec<T>,
    /// Which page it is, from 1.
    pub(crate) number: usize,
    /// How many pages there are, at least 1.
    pub(crate) pages: usize,
    /// How many items there are on all of them.
    pub(crate) total: usize,
}

/// The items that are on the page that was asked for, of so many on all; the last page, where
/// there are not so many.
pub(crate) fn on_page(total: usize, wanted: usize) -> Range<usize> {
    let number = number(total, wanted);
    (number - 1) * ITEMS_MAX..total.min(number * ITEMS_MAX)
}

fn pages(total: usize) -> usize {
    total.div_ceil(ITEMS_MAX).max(1)
}

fn number(total: usize, wanted: usize) -> usize {
    wanted.clamp(1, pages(total))
}

impl<T> Paged<T> {
    /// The page that was asked for, from what [`on_page`] said is on it.
    pub(crate) fn of(items: Vec<T>, total: usize, wanted: usize) -> Self {
        Self { items, number: number(total, wanted), pages: pages(total), total }
    }

    /// The page that was asked for; the last, where there are not so many.
    pub(crate) fn new(all: Vec<T>, wanted: usize) -> Self {
        let total = all.len();
        let here = on_page(total, wanted);
        let items = all.into_iter().skip(here.start).take(here.len()).collect();
        Self::of(items, total, wanted)
    }

    /// The same page with its items as they are shown.
    pub(crate) fn map<U>(self, show: impl FnMut(T) -> U) -> Paged<U> {
        let Self { items, number, pages, total } = self;
        Paged { items: items.into_iter().map(show).collect(), number, pages, total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_shown_page_by_page() {
        let page = |wanted| Paged::new((1..=101).collect(), wanted);
        assert_eq!(page(1).items, (1..=50).collect::<Vec<_>>());
        assert_eq!(page(3).items, [101]);
        assert_eq!((page(2).number, page(2).pages, page(2).total), (2, 3, 101));
    }

    #[test]
    fn every_number_leads_to_a_page() {
        let page = |length, wanted| Paged::new((0..length).collect(), wanted).number;
        assert_eq!((page(101, 0), page(101, 9), page(0, 1), page(50, 2)), (1, 3, 1, 1));
    }

    #[test]
    fn what_is_shown_stays_on_its_page() {
        let page = Paged::new((1..=60).collect::<Vec<_>>(), 2).map(|item| item * 2);
        assert_eq!((page.items[0], page.number, page.total), (102, 2, 60));
    }
}
