//! What became of asking a recipient to confirm that what they got by mistake is gone, as the API
//! tells it.

use chrono::{DateTime, Utc};
use domain::case::confirmation::Event;
use domain::case::inquiry;
use domain::organisation::Organisation;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::case::confirmation::Confirmation;
use crate::api::case::dealings::Respondent;
use crate::api::shapes::text;
use crate::api::words::{Misdirected, Word};

/// What happened; `event` names it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Confirmed {
    /// A recipient was asked.
    ConfirmationAsked {
        /// Which inquiry.
        inquiry: Uuid,
        /// Who.
        respondent: Respondent,
        /// What they got.
        misdirected: Misdirected,
        /// What was in it; `null` once erased.
        content: Option<String>,
        /// When the answer is wanted.
        due_at: DateTime<Utc>,
    },
    /// The recipient answered.
    ConfirmationGiven {
        /// Which inquiry.
        inquiry: Uuid,
        /// The answer.
        confirmation: Confirmation,
    },
}

impl Confirmed {
    pub(super) fn new(event: &Event, organisation: &Organisation) -> Self {
        match event {
            Event::ConfirmationAsked(asked) => {
                let respondent = inquiry::Respondent::Outside(asked.recipient.clone());
                Self::ConfirmationAsked {
                    inquiry: asked.inquiry.0,
                    respondent: Respondent::new(&respondent, organisation),
                    misdirected: Word(asked.misdirected),
                    content: text(&asked.content),
                    due_at: asked.due_at,
                }
            }
            Event::ConfirmationGiven { inquiry, confirmation } => Self::ConfirmationGiven {
                inquiry: inquiry.0,
                confirmation: Confirmation::new(confirmation),
            },
        }
    }
}
