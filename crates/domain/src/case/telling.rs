//! How the people affected are to be told, as it was decided: what the letters are made from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::{PeopleDecision, TellingWay};
use super::practice::HeldAgainst;
use super::state::OpenCase;
use crate::ids::UserId;
use crate::{Erasable, Time};

/// What a decision on telling people brings with it beside its grounds. NOTE: part of the stored
/// form.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Particulars {
    /// Why it departs from the advice or from practice, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<Erasable<String>>,
    /// Which measure removed the risk, where that is the ground (GDPR art. 34(3)(b)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Erasable<String>>,
    /// How they are to be told, where they are and it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Box<TellingPlan>>,
    /// What it was held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_against: Option<Box<HeldAgainst>>,
}

/// That people affected were told. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeopleTold {
    /// When the last of them was.
    pub told_at: Time,
    /// How.
    pub way: TellingWay,
    /// How many, where they were told one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// What they were told, or where it is kept.
    pub account: Erasable<String>,
}

/// Whom to tell, how and by when, and whose word it is. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TellingPlan {
    /// Which groups of people.
    pub groups: Erasable<String>,
    /// In which ways; a public notice is one to all.
    pub ways: BTreeSet<TellingWay>,
    /// By when, as a target of our own.
    pub target_at: Time,
    /// Who signs, as the controller.
    pub signed_by: UserId,
    /// Whom the people can turn to (GDPR art. 34(2)).
    pub whom_to_ask: Erasable<String>,
}

impl OpenCase {
    /// The times people were told since it stands that they are to be. Who was told before, while
    /// nothing was decided, may have been a few of many.
    #[must_use]
    pub fn told_as_decided(&self) -> &[PeopleTold] {
        let decided = self.people.as_ref().filter(|it| it.decision.is_to_tell());
        decided.map_or(&[], |it| &self.told[it.told_before..])
    }

    /// How often they had been told when it was first decided so, with this decision.
    pub(super) fn told_before(&self, decision: PeopleDecision) -> usize {
        let standing = self.people.as_ref().filter(|it| it.decision.is_to_tell());
        let goes_on = standing.filter(|_| decision.is_to_tell());
        goes_on.map_or(self.told.len(), |it| it.told_before)
    }
}

impl TellingPlan {
    /// Whether its ways are those of a decision: a public communication is one, and telling people
    /// takes at least one way that reaches each of them.
    #[must_use]
    pub fn fits(&self, decision: PeopleDecision) -> bool {
        match decision {
            PeopleDecision::PublicCommunication => self.ways.contains(&TellingWay::PublicNotice),
            PeopleDecision::Notify => self.ways.iter().any(|way| *way != TellingWay::PublicNotice),
            _ => false,
        }
    }
}
