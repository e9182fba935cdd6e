//! What was recorded by mistake, and taken back with a reason: a measure that is not needed, a duty
//! that was not done, and somebody named as involved who is not.

use serde::{Deserialize, Serialize};

use super::state::OpenCase;
use crate::Erasable;
use crate::duty::DutyId;
use crate::ids::{MeasureId, PersonId};

/// A fact about something that was taken back. NOTE: part of the stored form.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// A measure that is not done is not needed, and falls away.
    MeasureWithdrawn {
        /// Which measure.
        measure: MeasureId,
        /// Why.
        reason: Erasable<String>,
    },
    /// A duty recorded as done was not, or not so.
    FulfilmentWithdrawn {
        /// Which duty.
        duty: DutyId,
        /// Why.
        reason: Erasable<String>,
    },
    /// Somebody named as involved is not, and sees the case again as their roles show it.
    InvolvementWithdrawn {
        /// Whom their key is for.
        person: PersonId,
        /// Why.
        reason: Erasable<String>,
    },
}

impl OpenCase {
    /// The case after something was taken back.
    pub(super) fn apply_correction(&mut self, event: &Event) {
        match event {
            Event::MeasureWithdrawn { measure, .. } => self.drop_measure(*measure),
            Event::FulfilmentWithdrawn { duty, .. } => self.duties.take_back(duty),
            Event::InvolvementWithdrawn { person, .. } => self.involved.withdraw(*person),
        }
    }
}

impl OpenCase {
    /// A measure falls away, and is remembered by what it was.
    pub(super) fn drop_measure(&mut self, measure: MeasureId) {
        if let Some(it) = self.measures.remove(&measure) {
            self.dropped.insert(measure, it.description);
        }
    }
}

impl super::Event {
    /// Whether a measure falls away with it.
    #[must_use]
    pub fn drops(&self, measure: MeasureId) -> bool {
        match self {
            Self::Custody(super::custody::Event::CaseReclassified { dropped, .. }) => {
                dropped.contains(&measure)
            }
            Self::Correction(Event::MeasureWithdrawn { measure: withdrawn, .. }) => {
                *withdrawn == measure
            }
            _ => false,
        }
    }
}
