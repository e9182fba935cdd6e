//! Errors for programs, as RFC 9457 describes them.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::guard::Finding;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::words::{MemoPart, Outcome};

/// Why a request was not carried out (RFC 9457). `type` and `refusal` are for programs and stay as
/// they are; `title` and `detail` are for people, in their language. Which other members there are
/// depends on what went wrong.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "/api/problems/refused",
    "title": "Det gikk ikke",
    "status": 409,
    "detail": "Saken kan ikke lukkes ennå. Dette gjenstår: sende saksframlegg.",
    "refusal": "not_ready_to_close",
    "outstanding": [{ "step": "submit_memo", "at": "memo" }]
}))]
pub(crate) struct Problem {
    /// What kind of problem, as a name that never changes: `/api/problems/not_found`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The kind in a few words.
    pub(crate) title: String,
    /// The HTTP status.
    pub(crate) status: u16,
    /// This occurrence, and what to do about it.
    pub(crate) detail: String,
    /// Which rule said no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refusal: Option<&'static str>,
    /// The fields that are to be corrected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<FieldError>,
    /// What remains before the case can close.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) outstanding: Vec<Remaining>,
    /// The parts of the memo that are empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) missing: Vec<MemoPart>,
    /// The fields of the notification that are missing or to come, or the one that cannot be
    /// answered like that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) lacking: Vec<u16>,
    /// The text that was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<&'static str>,
    /// What the latest assessment advises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) advised: Option<Outcome>,
    /// The measure this is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) measure: Option<Uuid>,
    /// The question this is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) question: Option<Uuid>,
    /// The inquiry this is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) inquiry: Option<Uuid>,
    /// The number of the other case this is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<String>,
    /// The numbers of the cases that were decided otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) cases: Vec<String>,
    /// The time that lies in the future, or in the past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) given: Option<DateTime<Utc>>,
    /// Of two times out of order, the one that should be the earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) earlier: Option<DateTime<Utc>>,
    /// Of two times out of order, the one that should be the later; or the latest that is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) later: Option<DateTime<Utc>>,
    /// When the authority was notified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sent_at: Option<DateTime<Utc>>,
    /// When the notification was due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) due_at: Option<DateTime<Utc>>,
    /// The duty it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) duty: Option<String>,
    /// When the duty was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) done_at: Option<DateTime<Utc>>,
    /// How many characters a text may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) characters_max: Option<usize>,
    /// What of a letter is missing, or must not go by e-mail, and where.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) letter: Vec<LetterPlace>,
    /// How many files there may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) files_max: Option<usize>,
}

/// A place in a letter. What stands there is not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct LetterPlace {
    /// In which language.
    pub(crate) language: &'static str,
    /// `title`, `what_happened`, `consequences`, `measures`, `advice` or `contact` of what is
    /// missing; `subject` or `body` of what must not go by e-mail.
    pub(crate) part: &'static str,
    /// What must not go by e-mail: `identity_number`, `reporter_name`, `involved_name` or
    /// `marked_text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) what: Option<&'static str>,
    /// In which line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<usize>,
    /// At which character of the line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<usize>,
}

impl LetterPlace {
    /// A part that is not written.
    pub(crate) fn missing(language: &'static str, part: &'static str) -> Self {
        Self { language, part, what: None, line: None, column: None }
    }

    /// Something that must not go by e-mail.
    pub(crate) fn found(language: &'static str, it: Finding) -> Self {
        let (line, column) = (Some(it.line), Some(it.column));
        let what = Some(it.what.into());
        Self { language, part: it.part.into(), what, line, column }
    }
}

/// A field that is to be corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// Where the field is.
    pub(crate) place: Place,
    /// Which field: in the body a JSON pointer such as `/occurred/from`, else its name.
    pub(crate) field: String,
    /// What is wrong with it.
    pub(crate) problem: FieldProblem,
    /// How many characters it may have, where it has too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) characters_max: Option<usize>,
    /// The words it can have, where it has another.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) choices: Vec<&'static str>,
}

/// Where a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    /// In the request's body.
    Body,
    /// In the query of the address.
    Query,
    /// Among the headers.
    Header,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FieldProblem {
    /// It must be there and is not.
    Missing,
    /// There is no such field.
    Unknown,
    /// It is there more than once.
    Repeated,
    /// Its value is not of the kind, or among the words, that the description of the API names.
    Unfit,
    /// It has more characters than are kept.
    TooLong,
}

/// Something that must be done before a case can close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Remaining {
    /// What: `receive`, `assess`, `decide_on_authority`, `notify_authority`, `decide_on_people`,
    /// `tell_people`, `send_letters`, `complete_measure`, `verify_measure` or `submit_memo`.
    pub(crate) step: &'static str,
    /// Where it is done: what comes after the case's own address.
    pub(crate) at: String,
    /// Which measure, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) measure: Option<Uuid>,
}

impl FieldError {
    pub(crate) fn new(place: Place, field: impl Into<String>, problem: FieldProblem) -> Self {
        Self { place, field: field.into(), problem, characters_max: None, choices: Vec::new() }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).expect("it came from a status");
        let mut response = (status, axum::Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}
