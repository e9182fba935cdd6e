//! The organisation as the commands find it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::event::{AccessOutcome, AccessRule, Criteria};
use crate::assessment::{Rulebook, RulebookId};
use crate::category::{Category, CategoryId};
use crate::duty::{Duty, DutyId};
use crate::ids::{FilterId, TokenId, UnitId, UserId};
use crate::{Erasable, Position, Role, Roles, Time};

/// Units, people and tokens.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Organisation {
    /// The name as it stands on pages and documents.
    pub name: String,
    /// Every unit.
    pub units: BTreeMap<UnitId, Unit>,
    /// Everybody who is or was a member.
    pub people: BTreeMap<UserId, Person>,
    /// Every token that was not withdrawn.
    pub tokens: BTreeMap<TokenId, Token>,
    /// In a crisis copy, the last event it has in common with the service itself.
    pub crisis_copy_since: Option<Position>,
    /// Every version of a category that was ever used, as it was written.
    pub categories: BTreeMap<CategoryId, BTreeMap<u32, Arc<Category>>>,
    /// Every version of a duty that was ever used, as it was written.
    pub duties: BTreeMap<DutyId, BTreeMap<u32, Arc<Duty>>>,
    /// Every version of a rulebook that a case was ever advised by, as it was written.
    pub rulebooks: BTreeMap<RulebookId, BTreeMap<u32, Arc<Rulebook>>>,
    /// Of those who have a calendar address, SHA-256 of the secret in it, in hexadecimal.
    pub calendar_feeds: BTreeMap<UserId, String>,
    /// What people keep of what they often look for.
    pub filters: BTreeMap<UserId, BTreeMap<FilterId, SavedFilter>>,
    /// Whose reading was found unusual, by the line of the access log and the rule.
    pub unusual: BTreeMap<(Position, AccessRule), Unusual>,
}

/// That somebody's reading was found unusual.
#[derive(Debug, Clone, PartialEq)]
pub struct Unusual {
    /// Whose.
    pub user: UserId,
    /// What came of looking into it, and what was found, once somebody has.
    pub reviewed: Option<(AccessOutcome, Erasable<String>)>,
}

/// What somebody often looks for among the cases.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedFilter {
    /// What they call it.
    pub name: Erasable<String>,
    /// What is looked for.
    pub criteria: Criteria,
}

/// A place in the organisation tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// The unit it belongs under.
    pub parent: Option<UnitId>,
}

/// A member of the organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The name they sign in with.
    pub sign_in_name: Erasable<String>,
    /// The name others see.
    pub name: Erasable<String>,
    /// Where mail for them goes.
    pub email: Option<Erasable<String>>,
    /// The unit they belong to.
    pub unit: UnitId,
    /// What they are.
    pub roles: Roles,
    /// How they prove who they are, once a password was set.
    pub password: Option<Password>,
    /// Whether they may sign in.
    pub active: bool,
    /// Until when they are away from work, if they said so and are not back.
    pub away_until: Option<Time>,
}

/// A password as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Password {
    /// Argon2id hash in PHC string form.
    pub hash: Erasable<String>,
    /// Whether it must be changed at the next sign-in.
    pub one_time: bool,
}

/// A bearer token for the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Whom it acts for.
    pub user: UserId,
    /// What it is used for.
    pub label: String,
    /// SHA-256 of the token, in hexadecimal.
    pub hash: String,
    /// When it stops working.
    pub expires_at: Time,
}

impl Organisation {
    /// Somebody who may sign in under `sign_in_name`; capitals make no difference.
    #[must_use]
    pub fn signs_in_as(&self, sign_in_name: &str) -> Option<(UserId, &Person)> {
        let wanted = sign_in_name.trim().to_lowercase();
        self.people
            .iter()
            .find(|(_, person)| {
                person.active
                    && person.sign_in_name.get().is_some_and(|name| name.to_lowercase() == wanted)
            })
            .map(|(user, person)| (*user, person))
    }

    /// Everybody active who holds `role`.
    pub fn holders(&self, role: Role) -> impl Iterator<Item = (UserId, &Person)> {
        self.people
            .iter()
            .filter(move |(_, person)| person.active && person.roles.holds(role))
            .map(|(user, person)| (*user, person))
    }

    /// Until when somebody is away, if they are.
    #[must_use]
    pub fn away_until(&self, user: UserId, now: Time) -> Option<Time> {
        self.people.get(&user)?.away_until.filter(|until| now < *until)
    }

    /// Whether somebody is there to do their work: active, and not away.
    #[must_use]
    pub fn is_there(&self, user: UserId, now: Time) -> bool {
        self.people.get(&user).is_some_and(|person| person.active)
            && self.away_until(user, now).is_none()
    }

    /// A category as it was used in that version.
    #[must_use]
    pub fn category(&self, id: &CategoryId, version: u32) -> Option<&Arc<Category>> {
        self.categories.get(id)?.get(&version)
    }

    /// A category as it was used last.
    #[must_use]
    pub fn latest_category(&self, id: &CategoryId) -> Option<&Arc<Category>> {
        self.categories.get(id)?.values().next_back()
    }

    /// A duty as it was used in that version.
    #[must_use]
    pub fn duty(&self, id: &DutyId, version: u32) -> Option<&Arc<Duty>> {
        self.duties.get(id)?.get(&version)
    }

    /// A rulebook as it was used in that version.
    #[must_use]
    pub fn rulebook(&self, id: &RulebookId, version: u32) -> Option<&Arc<Rulebook>> {
        self.rulebooks.get(id)?.get(&version)
    }

    /// A rulebook as it was used last.
    #[must_use]
    pub fn latest_rulebook(&self, id: &RulebookId) -> Option<&Arc<Rulebook>> {
        self.rulebooks.get(id)?.values().next_back()
    }

    /// A duty as it was used last.
    #[must_use]
    pub fn latest_duty(&self, id: &DutyId) -> Option<&Arc<Duty>> {
        self.duties.get(id)?.values().next_back()
    }

    /// Whose calendar address has a secret with that hash; nobody who may no longer sign in.
    #[must_use]
    pub fn calendar_feed_of(&self, hash: &str) -> Option<(UserId, &Person)> {
        let (user, _) = self.calendar_feeds.iter().find(|(_, it)| *it == hash)?;
        let person = self.people.get(user).filter(|person| person.active)?;
        Some((*user, person))
    }

    /// Who holds `role` nearest to `unit`: in it, in the units above, or anywhere; nobody whom
    /// `is_out` leaves out.
    #[must_use]
    pub fn nearest(
        &self,
        role: Role,
        unit: UnitId,
        is_out: impl Fn(UserId) -> bool,
    ) -> Option<UserId> {
        let holders: Vec<_> = self.holders(role).filter(|(user, _)| !is_out(*user)).collect();
        let above = std::iter::successors(Some(unit), |unit| self.units.get(unit)?.parent);
        above
            .take(self.units.len() + 1)
            .find_map(|unit| holders.iter().find(|(_, person)| person.unit == unit))
            .or_else(|| holders.first())
            .map(|(user, _)| *user)
    }

    /// Whether somebody with these roles looks into unusual reading of `whose`: an officer, and an
    /// auditor into an officer's own. Nobody looks into their own.
    #[must_use]
    pub fn looks_into(&self, (user, roles): (UserId, &Roles), whose: UserId) -> bool {
        let of_officer = self.people.get(&whose).is_some_and(|it| it.roles.holds(Role::Dpo));
        let may = roles.holds(Role::Dpo) || (of_officer && roles.holds(Role::Auditor));
        may && user != whose
    }

    /// Whether `unit` is `above` or lies anywhere below it.
    #[must_use]
    pub fn is_within(&self, unit: UnitId, above: UnitId) -> bool {
        // A unit has at most as many units above it as there are; the bound ends a broken tree.
        std::iter::successors(Some(unit), |unit| self.units.get(unit)?.parent)
            .take(self.units.len() + 1)
            .any(|unit| unit == above)
    }
}
