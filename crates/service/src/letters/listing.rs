//! A list of recipients after a change, with the number of everybody on it.

use std::collections::{BTreeMap, VecDeque};

use domain::case::letter::{self, Flaw, Numbered, RECIPIENTS_MAX, Recipient};
use domain::duty::Jurisdiction;

use super::{ListChange, ListError, refused};

/// The list after a change. Whoever stays keeps their number; new ones get numbers nobody had.
pub(super) fn changed(
    mut listed: Vec<Numbered>,
    highest: u32,
    change: ListChange,
    home: Jurisdiction,
) -> Result<Vec<Numbered>, ListError> {
    let mut before = Before::default();
    let added = match change {
        ListChange::Add(recipient) => vec![*recipient],
        ListChange::Remove { number } => {
            listed.retain(|it| it.number != number);
            Vec::new()
        }
        ListChange::Replace(recipients) => {
            before = Before::of(&listed);
            listed.clear();
            recipients
        }
    };
    let flaws = |(row, it): (usize, &Recipient)| {
        it.flaws(home).into_iter().map(move |flaw| (row, flaw)).collect::<Vec<_>>()
    };
    let flawed: Vec<(usize, Flaw)> = added.iter().enumerate().flat_map(flaws).collect();
    if !flawed.is_empty() {
        return Err(ListError::Flawed(flawed));
    }
    if RECIPIENTS_MAX < listed.len() + added.len() {
        return Err(refused(letter::Refusal::RecipientsOutOfBounds).into());
    }
    let mut unused = highest + 1..;
    let numbered = added.into_iter().filter_map(|recipient| {
        let number = before.number(&recipient).or_else(|| unused.next())?;
        Some(Numbered { number, recipient })
    });
    listed.extend(numbered);
    Ok(listed)
}

/// What of somebody says who they are and how they are reached.
type Who = (String, Vec<String>, String);

/// The numbers of those on the list before, by who they are; of those alike, the first one first.
#[derive(Default)]
struct Before(BTreeMap<Who, VecDeque<u32>>);

impl Before {
    fn of(listed: &[Numbered]) -> Self {
        let mut numbers: BTreeMap<Who, VecDeque<u32>> = BTreeMap::new();
        for it in listed {
            numbers.entry(who(&it.recipient)).or_default().push_back(it.number);
        }
        Self(numbers)
    }

    fn number(&mut self, recipient: &Recipient) -> Option<u32> {
        self.0.get_mut(&who(recipient))?.pop_front()
    }
}

fn who(it: &Recipient) -> Who {
    let number = it.identity_number.as_deref().unwrap_or_default();
    let last = [&it.postcode, &it.place, &it.country, &it.email].map(|part| part.trim().to_owned());
    (it.name.trim().to_owned(), [&it.lines[..], &last].concat(), number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(name: &str, email: &str) -> Recipient {
        Recipient { name: name.to_owned(), email: email.to_owned(), ..Recipient::default() }
    }

    #[test]
    fn whoever_stands_on_both_lists_keeps_their_number_and_nobody_else_gets_it() {
        let [kari, per] = [somebody("Kari", "k@example.org"), somebody("Per", "p@example.org")];
        let first = ListChange::Replace(vec![kari.clone(), per.clone(), kari.clone()]);
        let listed = changed(Vec::new(), 0, first, Jurisdiction::No).unwrap();
        let numbers = |list: &[Numbered]| list.iter().map(|it| it.number).collect::<Vec<u32>>();
        assert_eq!(numbers(&listed), [1, 2, 3]);
        let moved = somebody("Per", "other@example.org");
        let protected = Recipient { is_protected: true, ..per.clone() };
        let again = vec![somebody("Ola", "o@example.org"), protected, kari.clone(), moved];
        let longer = again.into_iter().chain([kari.clone(), kari]).collect();
        let listed = changed(listed, 3, ListChange::Replace(longer), Jurisdiction::No).unwrap();
        assert_eq!(numbers(&listed), [4, 2, 1, 5, 3, 6]);
        assert!(listed[1].recipient.is_protected, "what the new list says stands");
    }
}
