//! Those named as involved in a case, as far as it is known.

use std::collections::BTreeMap;

use crate::Erasable;
use crate::ids::{PersonId, UserId};

/// Those who never see a case through a role, each with the person their key is for. Once that
/// key is destroyed, nobody knows who it was, and the service no longer keeps them out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Involved(BTreeMap<PersonId, UserId>);

impl Involved {
    /// Takes in that somebody was named, unless that has been erased.
    pub fn name(&mut self, user: &Erasable<UserId>) {
        if let Some(known) = user.get() {
            self.0.insert(user.person().unwrap_or_else(|| (*known).into()), *known);
        }
    }

    /// Takes in that somebody was erased.
    pub fn forget(&mut self, person: PersonId) {
        self.0.remove(&person);
    }

    /// Takes in that everybody was erased.
    pub fn forget_all(&mut self) {
        self.0.clear();
    }

    /// Whether somebody is among them.
    #[must_use]
    pub fn contains(&self, user: &UserId) -> bool {
        self.0.values().any(|involved| involved == user)
    }

    /// Who is erased with a person's key.
    #[must_use]
    pub fn person(&self, person: PersonId) -> Option<UserId> {
        self.0.get(&person).copied()
    }

    /// Everybody, each with the person their key is for.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, UserId)> + '_ {
        self.0.iter().map(|(person, user)| (*person, *user))
    }
}
