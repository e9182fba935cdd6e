//! Those named as involved in a case, as far as it is known.

use std::collections::BTreeMap;

use crate::Erasable;
use crate::ids::{PersonId, UserId};

/// Those who never see a case through a role, each with the person their key is for. Once that
/// key is destroyed, nobody knows who it was, and the service no longer keeps them out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Involved {
    people: BTreeMap<PersonId, UserId>,
    /// Those of whom that was taken back.
    withdrawn: BTreeMap<PersonId, UserId>,
}

impl Involved {
    /// Takes in that somebody was named, unless that has been erased.
    pub fn name(&mut self, user: &Erasable<UserId>) {
        if let Some(known) = user.get() {
            self.people.insert(user.person().unwrap_or_else(|| (*known).into()), *known);
        }
    }

    /// Takes in that it was taken back of somebody.
    pub fn withdraw(&mut self, person: PersonId) {
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
    }

    /// Takes in that everybody was erased.
    pub fn forget_all(&mut self) {
        (self.people, self.withdrawn) = (BTreeMap::new(), BTreeMap::new());
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
