//! Those named as involved in a case, as far as it is known.

use std::collections::{BTreeMap, BTreeSet};

use crate::Erasable;
use crate::ids::{PersonId, UserId};

/// Those who never see a case through a role, each with the person their key is for. Once that
/// key is destroyed, nobody knows who it was, and the service no longer keeps them out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Involved {
    people: BTreeMap<PersonId, UserId>,
    /// Those of whom that was taken back.
    withdrawn: BTreeMap<PersonId, UserId>,
    /// The persons of those, which say nothing of who it was.
    taken_back: BTreeSet<PersonId>,
    is_forgotten: bool,
}

impl Involved {
    /// Takes in that somebody was named, unless that has been erased.
    pub fn name(&mut self, user: &Erasable<UserId>) {
        self.is_forgotten = false;
        if let Some(known) = user.get() {
            self.people.insert(user.person().unwrap_or_else(|| (*known).into()), *known);
        }
    }

    /// Takes in that it was taken back of somebody.
    pub fn withdraw(&mut self, person: PersonId) {
        self.taken_back.insert(person);
        self.withdrawn.extend(self.people.remove(&person).map(|user| (person, user)));
    }

    /// Whether it was taken back of somebody, and they were not named anew.
    #[must_use]
    pub fn is_withdrawn(&self, user: UserId) -> bool {
        !self.contains(&user) && self.withdrawn.values().any(|withdrawn| *withdrawn == user)
    }

    /// Takes in that somebody was erased.
    pub fn forget(&mut self, person: PersonId) {
        self.people.remove(&person);
        self.withdrawn.remove(&person);
        self.is_forgotten |= !self.taken_back.contains(&person);
    }

    /// Whether somebody was erased who was named, and nobody was named since: nobody knows then who
    /// is to be kept out.
    #[must_use]
    pub fn is_forgotten(&self) -> bool {
        self.is_forgotten
    }

    /// Takes in that everybody was erased.
    pub fn forget_all(&mut self) {
        *self = Self::default();
    }

    /// Whether somebody is among them.
    #[must_use]
    pub fn contains(&self, user: &UserId) -> bool {
        self.people.values().any(|involved| involved == user)
    }

    /// Who is erased with a person's key, also where their naming was taken back.
    #[must_use]
    pub fn person(&self, person: PersonId) -> Option<UserId> {
        self.people.get(&person).or_else(|| self.withdrawn.get(&person)).copied()
    }

    /// Everybody, each with the person their key is for.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, UserId)> + '_ {
        self.people.iter().map(|(person, user)| (*person, *user))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const PERSON: PersonId = PersonId(Uuid::from_u128(1));
    const OTHER: PersonId = PersonId(Uuid::from_u128(2));
    const USER: UserId = UserId(Uuid::from_u128(3));

    /// What is so after the same history, read with the keys and without.
    fn both(history: impl Fn(&mut Involved, &dyn Fn(PersonId) -> Erasable<UserId>)) -> [bool; 2] {
        let mut read = [Involved::default(), Involved::default()];
        history(&mut read[0], &|person| Erasable::about(person, USER));
        history(&mut read[1], &|person| Erasable::Erased { about: Some(person) });
        read.map(|involved| involved.is_forgotten())
    }

    #[test]
    fn who_is_to_be_kept_out_is_forgotten_until_somebody_is_named_anew() {
        let erased = both(|it, user| {
            it.name(&user(PERSON));
            it.forget(PERSON);
        });
        assert_eq!(erased, [true; 2]);
        let anew = both(|it, user| {
            it.name(&user(PERSON));
            it.forget(PERSON);
            it.name(&user(OTHER));
        });
        assert_eq!(anew, [false; 2]);
    }

    #[test]
    fn who_was_named_by_mistake_is_forgotten_without_anything_to_follow() {
        let withdrawn = both(|it, user| {
            it.name(&user(PERSON));
            it.withdraw(PERSON);
            it.forget(PERSON);
        });
        assert_eq!(withdrawn, [false; 2]);
    }
}
