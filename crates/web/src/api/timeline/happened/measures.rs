//! How measures are followed up, as the API tells it.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::words::{Effect, MeasureReminder};

/// What happened; `event` names it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Followed {
    /// Somebody was reminded of a measure that is not done.
    MeasureReminded {
        /// Which measure.
        measure: Uuid,
        /// How far its time had gone.
        reminder: MeasureReminder,
    },
    /// It is time to see what a measure has led to.
    EffectReviewDue {
        /// Which measure.
        measure: Uuid,
    },
    /// It was seen what a measure has led to.
    EffectReviewed {
        /// Which measure.
        measure: Uuid,
        /// How far it had the effect it was meant to have.
        effect: Effect,
        /// What was found.
        finding: Option<String>,
    },
}
