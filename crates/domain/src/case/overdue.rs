//! Reminders of measures that are not done: to their owner before they are due and when they are,
//! then to whoever handles the case, and at last to the controller.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::state::{Measure, Progress};
use crate::Time;
use crate::ids::MeasureId;

/// How long after it was due a measure is the controller's matter: a target of our own.
pub const ESCALATED_AFTER: TimeDelta = TimeDelta::days(3);

/// Somebody was reminded of a measure. NOTE: part of the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::VariantNames,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// It is to be done soon, by now or long since.
    MeasureReminded {
        /// Which measure.
        measure: MeasureId,
        /// How far its time had gone.
        reminder: Reminder,
    },
}

/// How far the time of a measure has gone. NOTE: part of the stored form.
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
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Reminder {
    /// It is to be done soon: for its owner.
    BeforeDue,
    /// It should have been done by now: for whoever handles the case, too.
    Due,
    /// It should have been done days ago: for the controller, too.
    Escalated,
}

/// The reminder whose time has come, the first one so long `before` the measure is due. One that
/// was proposed shortly before it is due has none until then.
#[must_use]
pub fn reminder(proposed_at: Time, due_at: Time, before: TimeDelta, now: Time) -> Option<Reminder> {
    let before = due_at - before;
    if due_at + ESCALATED_AFTER <= now {
        Some(Reminder::Escalated)
    } else if due_at <= now {
        Some(Reminder::Due)
    } else if before <= now && proposed_at < before {
        Some(Reminder::BeforeDue)
    } else {
        None
    }
}

impl Measure {
    /// The reminder that is to be sent by now and was not sent yet.
    #[must_use]
    pub fn to_remind(&self, before: TimeDelta, now: Time) -> Option<Reminder> {
        if !matches!(self.progress, Progress::Open { .. }) {
            return None;
        }
        let reminder = reminder(self.proposed_at, self.due_at, before, now)?;
        self.reminded.is_none_or(|last| last < reminder).then_some(reminder)
    }
}
