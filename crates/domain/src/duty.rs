//! A duty with a deadline as an organisation writes it in `config/duties`: which facts trigger it,
//! from when its time runs and for how long, who is alerted on the way, and what ends it.
//!
//! NOTE: a duty that a case was judged under is kept in the journal in this very shape, so its keys
//! are the stored form too: never renamed, only added to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub mod calendar;
pub mod condition;
pub mod holidays;
pub mod length;
pub mod problem;
pub mod verdict;

pub use calendar::{Calendar, Jurisdiction, Reading};
pub use condition::{Condition, OrganisationFact, Reported, Situation, Trigger, Turn};
pub use length::{Length, NotALength};
pub use problem::{DutyProblem, STAGES_MAX, TRIGGERS_MAX, WrongInDuty};
pub use verdict::Verdict;

use crate::category::{Localised, name};
use crate::deadline::Stage;

name!(
    /// A duty, by the name of its file: `gdpr-33`.
    DutyId
);

impl DutyId {
    /// The duty whose deadline is the case's main clock: notifying the authority of a personal data
    /// breach (GDPR art. 33(1)).
    pub const NOTIFICATION: &'static str = "gdpr-33";

    /// Whether this is the duty of [`DutyId::NOTIFICATION`].
    #[must_use]
    pub fn is_notification(&self) -> bool {
        self.as_str() == Self::NOTIFICATION
    }
}

/// Something the organisation must have done, or has set itself to have done, within a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The name under which cases refer to it.
    pub id: DutyId,
    /// Counts from 1, raised with every change: a case keeps the version it was judged under.
    pub version: u32,
    /// Where it stands in lists, lowest first.
    pub order: u32,
    /// Where it applies.
    pub jurisdictions: BTreeSet<Jurisdiction>,
    /// The first day of awareness that it covers; every day when absent.
    #[serde(default, rename = "valid-from", skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// The last day of awareness that it covers; every later day when absent.
    #[serde(default, rename = "valid-until", skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// What people call it. Its languages are those of every other text.
    pub title: Localised,
    /// What is to be done, in a sentence.
    pub help: Localised,
    /// Who is to be told, where it is the same authority in every language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub authority: BTreeMap<Jurisdiction, String>,
    /// The provision; absent for the organisation's own targets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<Localised>,
    /// Addresses at which the provision was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// What whoever wrote this could not confirm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertain: Option<Localised>,
    /// Whether the time is the organisation's own target and not the law's.
    #[serde(default, rename = "own-target", skip_serializing_if = "std::ops::Not::not")]
    pub own_target: bool,
    /// What triggers it, any of these; every case when there is none.
    #[serde(default, rename = "trigger", skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// From when its time runs.
    pub start: Start,
    /// How long it may take.
    pub length: Length,
    /// Who is alerted on the way, while nothing has ended it.
    #[serde(default, rename = "stage", skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageRule>,
    /// What ends it, any of these.
    pub ends: BTreeSet<Ending>,
}

/// From when the time of a duty runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Start {
    /// From when the organisation became aware.
    Awareness,
    /// From when the report came in.
    Report,
    /// From when the case was received.
    Receipt,
    /// From the decision whether the authority is notified.
    AuthorityDecision,
    /// From the decision whether the people affected are told.
    PeopleDecision,
    /// From when the notification to the authority was sent.
    Notification,
    /// From when a question was put to somebody; such a duty is a target for the answer and no
    /// clock of the case itself.
    Question,
}

/// What ends a duty.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Ending {
    /// The authority was notified.
    AuthorityNotified,
    /// It was decided that the authority is not notified.
    AuthorityNotToBeNotified,
    /// The authority was told everything, at once or with a supplement.
    NotificationCompleted,
    /// The people affected were told.
    PeopleTold,
    /// It was decided that the people affected are not told.
    PeopleNotToBeTold,
    /// The case was received.
    Received,
    /// Somebody recorded that it was done.
    Recorded,
    /// The question was answered.
    Answered,
}

/// Who is alerted when so much time is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRule {
    /// Whole hours left; 0 once the time has run out.
    #[serde(rename = "hours-left")]
    pub stage: Stage,
    /// Who is alerted.
    pub alerts: BTreeSet<Alerted>,
}

/// Somebody who is alerted at a stage; each step includes who acts where the one before did not.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Alerted {
    /// Whoever handles the case, the deputy too while they are away; every data protection officer
    /// while nobody does.
    Handler,
    /// Every data protection officer.
    Dpo,
    /// Whoever stands in for the handler in the case, if anybody does.
    Deputy,
    /// The controller.
    Controller,
}

impl Duty {
    /// Whether it covers a case in which the organisation became aware on that day.
    #[must_use]
    pub fn covers(&self, aware_on: NaiveDate) -> bool {
        self.has_begun(aware_on) && self.valid_until.is_none_or(|until| aware_on <= until)
    }

    /// Whether the first day it covers had come on that day.
    #[must_use]
    pub fn has_begun(&self, aware_on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= aware_on)
    }

    /// Who is to be told of it there.
    #[must_use]
    pub fn authority(&self, jurisdiction: Jurisdiction) -> Option<&str> {
        self.authority.get(&jurisdiction).map(String::as_str)
    }

    /// Whether somebody can record that it was done.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.ends.contains(&Ending::Recorded)
    }

    /// Every condition that triggers may depend on.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.triggers.iter().flat_map(|trigger| &trigger.when)
    }
}

#[cfg(test)]
pub(crate) mod tests;
