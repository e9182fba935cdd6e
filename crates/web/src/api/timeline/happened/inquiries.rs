//! A question to somebody who is to help, as the timeline tells of it.

use chrono::{DateTime, Utc};
use domain::case::inquiry::InquiryMade;
use domain::organisation::Organisation;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::case::dealings::Respondent;
use crate::api::shapes::text;

/// A question that was put.
#[derive(Serialize, ToSchema)]
#[schema(as = QuestionPut)]
pub(crate) struct Asked {
    /// Which inquiry.
    inquiry: Uuid,
    /// Who was asked.
    respondent: Respondent,
    /// What.
    text: Option<String>,
    /// When the answer is wanted.
    due_at: DateTime<Utc>,
    /// The files of the case that are shown with it, by their identifiers.
    attachments: Vec<Uuid>,
}

impl Asked {
    pub(super) fn new(made: &InquiryMade, organisation: &Organisation) -> Self {
        Self {
            inquiry: made.inquiry.0,
            respondent: Respondent::new(&made.respondent, organisation),
            text: text(&made.text),
            due_at: made.due_at,
            attachments: made.files.iter().map(|file| file.0).collect(),
        }
    }
}
