//! Asking those who are to help, and answering.

use std::collections::BTreeSet;

use axum::Json;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::Erasable;
use domain::case::inquiry::{self, InquiryMade};
use domain::case::{Attachment, Request, command};
use domain::ids::{AttachmentId, InquiryId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use views::inquiries::Row;

use super::{Made, MadeAnswer, Reason, Taken, Taking, said};
use crate::api::asked::{AtInquiry, Body, Caller, CasePath, InCase, InquiryPath, KeyHeader};
use crate::api::attachments::{self, AtAttachment, AttachmentPath, ReportFile};
use crate::api::case::dealings::Answer;
use crate::api::failure::Failure;
use crate::api::instant::near;
use crate::api::problems::{CaseProblems, ListProblems, PostProblems};
use crate::api::shapes::{Listed, text};
use crate::api::words::{FileKind, Word};

/// A question to somebody who is to help.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "respondent": { "kind": "member", "member": "0e7b7a54-1f7e-4c63-9a5c-5b0f4a3c2d10" },
    "text": "Hvem har slått opp i journalen siden 1. mars?",
    "due_at": "2026-03-04T12:00:00Z"
}))]
pub(crate) struct Inquire {
    /// Who is asked.
    respondent: Respondent,
    /// What.
    text: String,
    /// When the answer is wanted.
    #[serde(deserialize_with = "near")]
    due_at: DateTime<Utc>,
    /// Files of the case that they are shown with it, by their identifiers: those and no others,
    /// while the case is open. What a reporter attached who is not named is refused.
    #[serde(default)]
    attachments: BTreeSet<Uuid>,
}

/// Who is asked.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Respondent {
    /// A member of the organisation, who signs in to answer.
    Member {
        /// Who.
        member: Uuid,
    },
    /// Somebody outside, who is mailed a secret link.
    Outside {
        /// Their name and whom they answer for.
        name: String,
        /// Where the link is mailed.
        email: String,
    },
}

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "Sju oppslag, alle fra samme bruker." }))]
pub(crate) struct AnswerText {
    /// What it says.
    text: String,
    /// Files that come with it. All who see the case see them.
    #[serde(default)]
    attachments: Vec<ReportFile>,
}

/// A question the token's holder was asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnInquiry {
    /// Its identifier.
    id: Uuid,
    /// The case's number.
    case: String,
    /// When the answer is wanted.
    due_at: DateTime<Utc>,
    /// Whether it was answered.
    answered: bool,
}

/// A file that is shown with a question.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShownFile {
    /// Its identifier.
    id: Uuid,
    /// What it is called.
    name: Option<String>,
    /// What it was found to be.
    kind: FileKind,
    /// How many bytes it has.
    length: u64,
}

/// A question, and what was answered.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShownInquiry {
    /// Its identifier.
    id: Uuid,
    /// The case's number.
    case: String,
    /// What is asked.
    text: Option<String>,
    /// When the answer is wanted.
    due_at: DateTime<Utc>,
    /// Whether the case has ended: nobody waits for the answer, and it is taken all the same.
    ended: bool,
    /// The files of the case that are shown with it; none once the case has ended.
    attachments: Vec<ShownFile>,
    /// What was answered, the first one first.
    answers: Vec<Answer>,
}

/// Ask somebody who is to help
///
/// By the data protection officer: of a system owner, a leader or another member, who signs in to
/// answer, or of somebody outside, who is mailed a secret link that takes one answer. They see the
/// question and nothing else of the case.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/inquiries", tag = crate::api::STEPS,
    operation_id = "inquire", params(CasePath, KeyHeader), request_body = Inquire,
    responses((status = 201, description = "It is put.", body = Made), PostProblems),
)]
pub(crate) async fn make(step: Taking, Body(it): Body<Inquire>) -> MadeAnswer {
    let respondent = match it.respondent {
        Respondent::Member { member } => inquiry::Respondent::Member(UserId(member)),
        Respondent::Outside { name, email } => {
            let (name, email) = (name.trim().to_owned(), email.trim().to_owned());
            inquiry::Respondent::Outside(Erasable::known(inquiry::Contact { name, email }))
        }
    };
    let (text, due_at) = (said(&it.text), it.due_at);
    let files = it.attachments.into_iter().map(AttachmentId).collect();
    step.make(|id| {
        let inquiry = InquiryId(id);
        Request::Inquire(Box::new(InquiryMade { inquiry, respondent, text, due_at, files }))
    })
    .await
}

/// Answer an inquiry
///
/// By the member who was asked, as often as they have more to say, also after the case has ended;
/// earlier answers stay. Files are looked at as those of a report are.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/inquiries/{inquiry}/answer", tag = crate::api::STEPS,
    operation_id = "answer_inquiry", params(CasePath, InquiryPath, KeyHeader),
    request_body = AnswerText,
    responses((status = 204, description = "It is kept."), PostProblems),
)]
pub(crate) async fn answer(
    step: Taking,
    AtInquiry(inquiry): AtInquiry,
    Body(it): Body<AnswerText>,
) -> Result<Taken, Failure> {
    let files = it.attachments.into_iter().map(ReportFile::into_upload).collect();
    step.answer(inquiry, &it.text, files).await
}

/// Withdraw an inquiry
///
/// By the data protection officer, while nobody has answered. A secret link stops working.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/inquiries/{inquiry}/withdrawal",
    tag = crate::api::STEPS, operation_id = "withdraw_inquiry",
    params(CasePath, InquiryPath, KeyHeader), request_body = Reason,
    responses((status = 204, description = "No answer is wanted any more."), PostProblems),
)]
pub(crate) async fn withdraw(
    step: Taking,
    AtInquiry(inquiry): AtInquiry,
    Body(it): Body<Reason>,
) -> Result<Taken, Failure> {
    let withdrawn = command::Text { about: inquiry, text: said(&it.reason) };
    step.take(Request::WithdrawInquiry(withdrawn)).await
}

/// List one's own inquiries
///
/// What the token's holder is asked in open cases, with no word of them.
#[utoipa::path(
    get, path = "/inquiries", tag = crate::api::CASES, operation_id = "list_inquiries",
    responses(
        (status = 200, description = "The questions.", body = Listed<OwnInquiry>),
        ListProblems,
    ),
)]
pub(crate) async fn list(caller: Caller) -> Result<Json<Listed<OwnInquiry>>, Failure> {
    let rows = caller.service().inquiries(&caller.who, "/api/v1/inquiries").await?;
    Ok(Json(Listed::whole(rows.iter().map(OwnInquiry::new).collect())))
}

/// Show one's own inquiry
///
/// For whoever was asked: the question and what they answered, and nothing else of the case.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/inquiries/{inquiry}", tag = crate::api::CASES,
    operation_id = "show_inquiry", params(CasePath, InquiryPath),
    responses(
        (status = 200, description = "The question.", body = ShownInquiry),
        CaseProblems,
    ),
)]
pub(crate) async fn show(
    InCase { caller, case }: InCase,
    AtInquiry(inquiry): AtInquiry,
) -> Result<Json<ShownInquiry>, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/inquiries/{inquiry}";
    let asked = caller.service().inquiry(&caller.who, case, inquiry, page).await?;
    Ok(Json(ShownInquiry {
        id: asked.inquiry.0,
        case: asked.number.to_string(),
        text: text(&asked.text),
        due_at: asked.due_at,
        ended: asked.has_ended,
        attachments: asked.files.iter().map(ShownFile::new).collect(),
        answers: asked.answers.iter().map(Answer::new).collect(),
    }))
}

/// Get a file that is shown with one's own inquiry
///
/// For whoever was asked, while the case is open: a file that the data protection officer chose for
/// them, to be saved.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/inquiries/{inquiry}/attachments/{attachment}",
    tag = crate::api::CASES, operation_id = "get_inquiry_attachment",
    params(CasePath, InquiryPath, AttachmentPath),
    responses(
        (status = 200, description = "The file.", content_type = "application/octet-stream"),
        CaseProblems,
    ),
)]
pub(crate) async fn hand_out(
    InCase { caller, case }: InCase,
    AtInquiry(inquiry): AtInquiry,
    AtAttachment(attachment): AtAttachment,
) -> Result<Response, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/inquiries/{inquiry}/attachments/{attachment}";
    let (service, at) = (caller.service(), (case, inquiry));
    attachments::handed_out(service.inquiry_file(&caller.who, at, attachment, page).await?)
}

impl ShownFile {
    fn new(it: &Attachment) -> Self {
        let name = it.file.get().map(|file| file.name.clone());
        Self { id: it.attachment.0, name, kind: Word(it.kind), length: it.length }
    }
}

impl OwnInquiry {
    fn new(row: &Row) -> Self {
        Self {
            id: row.inquiry.0,
            case: row.number.to_string(),
            due_at: row.due_at,
            answered: row.is_answered,
        }
    }
}
