//! The days that figures are asked for.

use chrono::{Datelike, Days, Months, NaiveDate};

/// Days from the first to the last, both of them in it, in the organisation's own time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// From 1.
    pub month: u32,
}

/// The most days that figures are asked for at once.
const DAYS_MAX: u32 = 3_700;

impl Span {
    /// The days from `first` to `last`; none where they are in the wrong order, or more than ten
    /// years.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        let fits = first <= last && (last - first).num_days() <= i64::from(DAYS_MAX);
        fits.then_some(Self { first, last })
    }

    /// A calendar year; none in which there are no days.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        Some(Self { first, last: NaiveDate::from_ymd_opt(year, 12, 31)? })
    }

    /// So many days up to and with `last`.
    #[must_use]
    pub fn days_until(last: NaiveDate, days: u16) -> Self {
        let before = Days::new(u64::from(days).saturating_sub(1));
        Self { first: last.checked_sub_days(before).unwrap_or(last), last }
    }

    /// Whether it is a whole calendar year.
    #[must_use]
    pub fn is_year(self) -> bool {
        Self::year(self.first.year()) == Some(self)
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// How many days there are.
    #[must_use]
    pub fn days(self) -> u32 {
        u32::try_from((self.last - self.first).num_days() + 1).unwrap_or(DAYS_MAX)
    }

    /// The same days so many years before; of a leap day the day before.
    #[must_use]
    pub fn years_before(self, years: u32) -> Self {
        let before = |day: NaiveDate| day.checked_sub_months(Months::new(12 * years));
        Self {
            first: before(self.first).unwrap_or(self.first),
            last: before(self.last).unwrap_or(self.last),
        }
    }

    /// These days, and the same in so many years before, the latest first. A span of more than a
    /// year has none to be compared with.
    #[must_use]
    pub fn with_years_before(self, years: u8) -> Vec<Self> {
        let fits = self.last < self.next_year();
        let years = if fits { u32::from(years) } else { 0 };
        (0..=years).map(|years| self.years_before(years)).collect()
    }

    fn next_year(self) -> NaiveDate {
        self.first.checked_add_months(Months::new(12)).unwrap_or(self.first)
    }

    /// Every month that has a day in it, in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        let (first, last) = (Month::of(self.first), Month::of(self.last));
        std::iter::successors(Some(first), |month| Some(month.next()))
            .take_while(move |month| *month <= last)
    }
}

impl Month {
    /// The month that a day is in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    fn next(self) -> Self {
        if self.month < 12 {
            Self { month: self.month + 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_same_days_of_earlier_years_end_with_february() {
        let span = Span::new(day(2024, 2, 1), day(2024, 2, 29)).unwrap();
        let before = span.with_years_before(2);
        let ends: Vec<_> = before.iter().map(|span| span.last).collect();
        assert_eq!(ends, [day(2024, 2, 29), day(2023, 2, 28), day(2022, 2, 28)]);
    }

    #[test]
    fn spans_that_are_compared_do_not_meet() {
        let year = Span::year(2025).unwrap();
        let [this, before] = year.with_years_before(1)[..] else { panic!("two") };
        assert_eq!(before.last + Days::new(1), this.first);
        let longer = Span::new(day(2024, 6, 1), day(2025, 6, 1)).unwrap();
        assert_eq!(longer.with_years_before(3), [longer]);
    }

    #[test]
    fn months_are_those_with_a_day_in_it() {
        let span = Span::new(day(2024, 11, 30), day(2025, 1, 1)).unwrap();
        let months: Vec<_> = span.months().map(|it| (it.year, it.month)).collect();
        assert_eq!(months, [(2024, 11), (2024, 12), (2025, 1)]);
    }

    #[test]
    fn a_year_of_days_ends_on_the_day() {
        let span = Span::days_until(day(2025, 12, 31), 365);
        assert_eq!((span.first, span.days()), (day(2025, 1, 1), 365));
        assert_eq!(Span::new(day(2025, 1, 2), day(2025, 1, 1)), None);
    }
}
