//! Asking a recipient to confirm that what they got by mistake is gone.

use chrono::{DateTime, Utc};
use domain::Erasable;
use domain::case::Request;
use domain::case::confirmation::{self, ConfirmationAsked};
use domain::case::inquiry::Contact;
use domain::ids::InquiryId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Made, MadeAnswer, Taking, said};
use crate::api::asked::{Body, CasePath, KeyHeader};
use crate::api::instant::near;
use crate::api::problems::PostProblems;
use crate::api::words::Misdirected;

/// What a recipient is asked to confirm.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "misdirected": "email",
    "content": "En epikrise",
    "name": "Ola Nordmann",
    "email": "ola@example.net",
    "due_at": "2026-03-04T12:00:00Z"
}))]
pub(crate) struct AskConfirmation {
    /// What they got.
    misdirected: Misdirected,
    /// What was in it, for those who handle the case. The recipient is told nothing of it.
    content: String,
    /// The recipient's name.
    name: String,
    /// Where the link is mailed.
    email: String,
    /// When the answer is wanted.
    #[serde(deserialize_with = "near")]
    due_at: DateTime<Utc>,
}

/// Ask a recipient to confirm that what they got by mistake is gone
///
/// By the data protection officer. The recipient is mailed a secret link that takes one answer:
/// whether it is deleted or returned, was opened, and was passed on. Neither the mail nor the page
/// tells anything of the case. It is an inquiry, and is withdrawn like one.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/confirmations", tag = crate::api::STEPS,
    operation_id = "ask_confirmation", params(CasePath, KeyHeader),
    request_body = AskConfirmation,
    responses((status = 201, description = "The link is on its way.", body = Made), PostProblems),
)]
pub(crate) async fn ask(step: Taking, Body(it): Body<AskConfirmation>) -> MadeAnswer {
    let (name, email) = (it.name.trim().to_owned(), it.email.trim().to_owned());
    let (misdirected, due_at, content) = (it.misdirected.0, it.due_at, said(&it.content));
    let recipient = Erasable::known(Contact { name, email });
    step.make(|id| {
        let inquiry = InquiryId(id);
        let asked = ConfirmationAsked { inquiry, recipient, misdirected, content, due_at };
        Request::Confirmation(confirmation::Request::Ask(Box::new(asked)))
    })
    .await
}
