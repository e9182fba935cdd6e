//! That something recorded by mistake was taken back, as the API tells it.

use domain::case::correction::Event;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::shapes::text;

/// What happened; `event` names it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "events are told by the names of the stored ones")]
pub(crate) enum TakenBack {
    /// A measure that was not done was not needed, and fell away.
    MeasureWithdrawn {
        /// Which measure.
        measure: Uuid,
        /// Why; `null` once erased.
        reason: Option<String>,
    },
    /// A duty recorded as done was not, or not so.
    FulfilmentWithdrawn {
        /// Which duty.
        duty: String,
        /// Why; `null` once erased.
        reason: Option<String>,
    },
    /// Somebody named as involved was not.
    InvolvementWithdrawn {
        /// Whom their key is for, as the case lists those involved.
        person: Uuid,
        /// Why; `null` once erased.
        reason: Option<String>,
    },
}

impl TakenBack {
    pub(super) fn new(event: &Event) -> Self {
        match event {
            Event::MeasureWithdrawn { measure, reason } => {
                Self::MeasureWithdrawn { measure: measure.0, reason: text(reason) }
            }
            Event::FulfilmentWithdrawn { duty, reason } => {
                Self::FulfilmentWithdrawn { duty: duty.to_string(), reason: text(reason) }
            }
            Event::InvolvementWithdrawn { person, reason } => {
                Self::InvolvementWithdrawn { person: person.0, reason: text(reason) }
            }
        }
    }
}
