//! Filing a report.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::case::report;
use domain::category::{CategoryId, QuestionName};
use domain::ids::UnitId;
use serde::{Deserialize, Serialize};
use service::Filing;
use utoipa::ToSchema;
use uuid::Uuid;

use super::asked::{Body, Caller, KeyHeader, Keyed, Language};
use super::attachments::ReportFile;
use super::failure::Failure;
use super::problems::PostProblems;
use super::shapes::Occurred;
use super::words::{
    BreachKind, Channel, Openness, PeopleEstimate, PersonalDataAffected, Sensitive,
};
use crate::api::instant::near;

/// A deviation as it is reported. What is left out counts as not known, or as nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "category": "lost-or-stolen-device",
    "unit": "7f3c1f0e-6a53-4f0b-9d0e-2f6f4b9d8a11",
    "what_happened": "En tjenestetelefon lå igjen på bussen.",
    "occurred": { "kind": "at", "at": "2026-03-01T21:30:00Z" },
    "discovered_at": "2026-03-02T06:45:00Z",
    "personal_data": "yes",
    "breach": ["confidentiality", "availability"],
    "people": "up_to_ten",
    "answers": { "device-kind": "phone" }
}))]
pub(crate) struct ReportRequest {
    /// The category, one of those at `/api/v1/categories`.
    #[schema(value_type = String)]
    category: CategoryId,
    /// The unit where it happened, one of those at `/api/v1/units`.
    unit: Uuid,
    /// What happened.
    what_happened: String,
    /// When it happened.
    #[serde(default = "unknown")]
    occurred: Occurred,
    /// When it was discovered. The 72 hours run from here, else from when the report comes in.
    #[serde(default, deserialize_with = "near")]
    discovered_at: Option<DateTime<Utc>>,
    /// When the organisation got to know, for what is registered for somebody else: a processor's
    /// message, a call. The 72 hours run from the earlier of the two.
    #[serde(default, deserialize_with = "near")]
    aware_at: Option<DateTime<Utc>>,
    /// Whether personal data is affected; `unsure` when left out.
    personal_data: Option<PersonalDataAffected>,
    /// In which ways personal data is affected.
    #[serde(default)]
    breach: Vec<BreachKind>,
    /// Whose data it is.
    #[serde(default)]
    whose_data: String,
    /// Roughly how many people are affected; `unknown` when left out.
    people: Option<PeopleEstimate>,
    /// What is affected that is more serious than other data.
    #[serde(default)]
    sensitive: Vec<Sensitive>,
    /// Systems and devices involved.
    #[serde(default)]
    systems_and_devices: String,
    /// What has been done already.
    #[serde(default)]
    done_already: String,
    /// Answers to the category's own questions, by the question's name. An answer to a question
    /// whose `only_if` does not hold is not kept.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Answers>)]
    answers: BTreeMap<QuestionName, Answers>,
    /// How open the reporter wants to be; `named` when left out. Of an anonymous report nothing is
    /// kept that could tell who sent it.
    openness: Option<Openness>,
    /// The reporter's name, where it is not the token's holder.
    name: Option<String>,
    /// How to reach the reporter.
    contact: Option<String>,
    /// Files that come with it.
    #[serde(default)]
    attachments: Vec<ReportFile>,
    /// The way it came in; `web_form` when left out. Anything else is registered for somebody else,
    /// with their `name`; `own_initiative` is the data protection officer's.
    channel: Option<Channel>,
}

/// The answer to a question, or, where several choices may be made, all of them.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Answers {
    /// One answer.
    One(String),
    /// Several choices.
    Several(Vec<String>),
}

/// What a reporter is handed.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "case": "2026/17", "year": 2026, "sequence": 17,
    "follow_up_code": "7K3M-9QWD-2TXH-5RPB-8YFC"
}))]
pub(crate) struct ReportAnswer {
    /// The number people use for the case.
    case: String,
    /// The year in it.
    year: u16,
    /// The number within the year.
    sequence: u32,
    /// The code with which the reporter comes back, on the page `/follow-up`. It is told this once
    /// (and to a repeat under the same key), and kept nowhere.
    follow_up_code: String,
    /// The signed text that proves that the report was taken in, to be checked on the page
    /// `/receipt` or with `avvik verify-receipt`; `null` where it could not be signed.
    receipt: Option<String>,
}

fn unknown() -> Occurred {
    Occurred::Unknown {}
}

/// File a report
///
/// Opens a case. The same report sent again under the same key leads to the same receipt.
#[utoipa::path(
    post, path = "/reports", tag = super::REPORTS, operation_id = "file_report",
    params(KeyHeader), request_body = ReportRequest,
    responses(
        (status = 201, description = "The case is opened.", body = ReportAnswer,
            headers(("Location" = String, description = "Where the case is."))),
        PostProblems,
    ),
)]
pub(crate) async fn file(
    Keyed { caller, key }: Keyed,
    Language(language): Language,
    Body(report): Body<ReportRequest>,
) -> Result<Response, Failure> {
    let receipt =
        caller.service().report(report.into_filing(&caller, language), key.into()).await?;
    let number = receipt.number;
    let place = format!("{}/cases/{number}", super::V1);
    let answer = ReportAnswer {
        case: number.to_string(),
        year: number.year,
        sequence: number.sequence,
        follow_up_code: receipt.follow_up_code,
        receipt: receipt.signed,
    };
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(answer)).into_response())
}

impl ReportRequest {
    fn into_filing(self, caller: &Caller, language: &str) -> Filing {
        Filing {
            by: Some(caller.who.clone()),
            channel: self.channel.map_or(report::Channel::WebForm, |it| it.0),
            openness: self.openness.map_or(report::Openness::Named, |it| it.0),
            name: self.name,
            contact: self.contact,
            category: self.category,
            what_happened: self.what_happened,
            occurred: self.occurred.into(),
            discovered_at: self.discovered_at,
            aware_at: self.aware_at,
            unit: UnitId(self.unit),
            systems_and_devices: self.systems_and_devices,
            personal_data: self
                .personal_data
                .map_or(report::PersonalDataAffected::Unsure, |it| it.0),
            breach: self.breach.into_iter().map(|it| it.0).collect::<BTreeSet<_>>(),
            whose_data: self.whose_data,
            people: self.people.map_or(report::PeopleEstimate::Unknown, |it| it.0),
            done_already: self.done_already,
            sensitive: self.sensitive.into_iter().map(|it| it.0).collect(),
            answers: self.answers.into_iter().flat_map(given).collect(),
            language: language.to_owned(),
            files: self.attachments.into_iter().map(ReportFile::into_upload).collect(),
        }
    }
}

/// What was answered to a question, once for each choice that was made.
fn given((question, answers): (QuestionName, Answers)) -> Vec<(QuestionName, String)> {
    let answers = match answers {
        Answers::One(answer) => vec![answer],
        Answers::Several(answers) => answers,
    };
    answers.into_iter().map(|answer| (question.clone(), answer)).collect()
}
