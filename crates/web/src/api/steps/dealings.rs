//! Dealings with others: statements, notes, referrals, letters, and cases that belong together.

use axum::Json;
use chrono::{DateTime, Utc};
use domain::case::Request;
use domain::case::command::{self, Join};
use domain::case::dealings::{Correspondence, Referral};
use domain::ids::{CaseId, CaseNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use views::similar::{Reason as Alike, Similar};

use super::{Taken, Taking, said, said_if_any};
use crate::api::asked::{AtMeasure, Body, CasePath, InCase, KeyHeader, MeasurePath};
use crate::api::failure::Failure;
use crate::api::instant::near;
use crate::api::problems::{CaseProblems, PostProblems};
use crate::api::shapes::Listed;
use crate::api::words::{Direction, Effect, Phase, ReferralKind, Word};

/// Something written for the case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "Loggen viser at enheten ikke har vært på nett siden." }))]
pub(crate) struct Written {
    /// What.
    text: String,
}

/// That part of the case was referred elsewhere.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "police_report", "to": "Vest politidistrikt", "subject": "Tyveri av telefon",
    "referred_at": "2026-03-02T10:00:00Z", "reference": "12345678 1234/26"
}))]
pub(crate) struct Refer {
    /// Into what.
    kind: ReferralKind,
    /// To whom.
    to: String,
    /// What, in short; nothing of what comes of it.
    subject: String,
    /// When.
    #[serde(deserialize_with = "near")]
    referred_at: DateTime<Utc>,
    /// Under which reference, if one was given.
    reference: Option<String>,
}

/// A letter to or from the authority.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "direction": "incoming", "dated_at": "2026-03-10T08:00:00Z", "reference": "26/00417-2",
    "summary": "De ber om en redegjørelse innen tre uker.", "on_notification": true
}))]
pub(crate) struct RecordCorrespondence {
    /// Which way it went.
    direction: Direction,
    /// When it was sent or came.
    #[serde(deserialize_with = "near")]
    dated_at: DateTime<Utc>,
    /// Its reference; empty where it has none.
    #[serde(default)]
    reference: String,
    /// What it says, in short.
    summary: String,
    /// Whether it is about the notification of the breach.
    #[serde(default)]
    on_notification: bool,
}

/// Another case, and why the two belong together.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "case": "2026/12", "reason": "Tredje telefon på samme linje i år." }))]
pub(crate) struct OtherCase {
    /// The other's number.
    #[schema(value_type = String)]
    case: String,
    /// Why.
    reason: String,
}

/// What a measure has led to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "effect": "partly", "finding": "To telefoner til er mistet siden." }))]
pub(crate) struct ReviewEffect {
    /// How far it had the effect it was meant to have.
    effect: Effect,
    /// What was found.
    finding: String,
}

/// A case that one resembles.
#[derive(Serialize, ToSchema)]
pub(crate) struct SimilarCase {
    /// Its number.
    case: String,
    /// Where it stands.
    phase: Phase,
    /// The sum of the reasons' points.
    points: u32,
    /// Why.
    reasons: Vec<AlikeIn>,
}

/// In what two cases are alike.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum AlikeIn {
    /// The category.
    SameCategory {
        /// The points it gives.
        points: u32,
    },
    /// The unit.
    SameUnit {
        /// The points it gives.
        points: u32,
    },
    /// The time.
    NearInTime {
        /// The points it gives.
        points: u32,
        /// Whole days between the two reports.
        days: u32,
    },
    /// Words that both reports use.
    SameWords {
        /// The points they give.
        points: u32,
        /// The words.
        words: Vec<String>,
    },
}

/// Give a statement
///
/// By the security officer, the controller, or a system owner who was asked something in the case.
/// A new version never takes the place of an earlier one.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/contributions", tag = crate::api::STEPS,
    operation_id = "contribute", params(CasePath, KeyHeader), request_body = Written,
    responses((status = 204, description = "It is kept."), PostProblems),
)]
pub(crate) async fn contribute(step: Taking, Body(it): Body<Written>) -> Result<Taken, Failure> {
    step.take(Request::Contribute(said(&it.text))).await
}

/// Add a note
///
/// For those who handle the case; neither reporters nor leaders see it.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/notes", tag = crate::api::STEPS,
    operation_id = "add_note", params(CasePath, KeyHeader), request_body = Written,
    responses((status = 204, description = "It is kept."), PostProblems),
)]
pub(crate) async fn note(step: Taking, Body(it): Body<Written>) -> Result<Taken, Failure> {
    step.take(Request::AddNote(said(&it.text))).await
}

/// Refer part of a case elsewhere
///
/// By the data protection officer: a report to the police, or a personnel matter, whose details are
/// shown to those who need them.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/referrals", tag = crate::api::STEPS,
    operation_id = "refer", params(CasePath, KeyHeader), request_body = Refer,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn refer(step: Taking, Body(it): Body<Refer>) -> Result<Taken, Failure> {
    let referral = Referral {
        kind: it.kind.0,
        to: said(&it.to),
        subject: said(&it.subject),
        referred_at: it.referred_at,
        reference: said_if_any(it.reference),
    };
    step.take(Request::Refer(Box::new(referral))).await
}

/// Record a letter to or from the authority
///
/// By the data protection officer, closed or not.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/correspondence", tag = crate::api::STEPS,
    operation_id = "record_correspondence", params(CasePath, KeyHeader),
    request_body = RecordCorrespondence,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn correspond(
    step: Taking,
    Body(it): Body<RecordCorrespondence>,
) -> Result<Taken, Failure> {
    let letter = Correspondence {
        direction: it.direction.0,
        dated_at: it.dated_at,
        reference: it.reference.trim().to_owned(),
        summary: said(&it.summary),
        on_notification: it.on_notification,
    };
    step.take(Request::RecordCorrespondence(Box::new(letter))).await
}

/// Link a case to another of its kind
///
/// By the data protection officer: the deviation keeps coming back. Both cases say so.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/links", tag = crate::api::STEPS,
    operation_id = "link_cases", params(CasePath, KeyHeader), request_body = OtherCase,
    responses((status = 204, description = "They are linked."), PostProblems),
)]
pub(crate) async fn link(step: Taking, Body(it): Body<OtherCase>) -> Result<Taken, Failure> {
    step.take(Request::Link(it.join()?)).await
}

/// Merge a case into another
///
/// By the data protection officer, where both are about the same breach. This one ends and says
/// where it goes on; the other counts its 72 hours from the earlier of the two moments of
/// awareness.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/merging", tag = crate::api::STEPS,
    operation_id = "merge_case", params(CasePath, KeyHeader), request_body = OtherCase,
    responses((status = 204, description = "It goes on in the other."), PostProblems),
)]
pub(crate) async fn merge(step: Taking, Body(it): Body<OtherCase>) -> Result<Taken, Failure> {
    step.take(Request::Merge(it.join()?)).await
}

/// Record what a measure has led to
///
/// By the data protection officer, some time after it was done, closed or not.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/measures/{measure}/effect-review",
    tag = crate::api::STEPS, operation_id = "review_effect",
    params(CasePath, MeasurePath, KeyHeader), request_body = ReviewEffect,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn review(
    step: Taking,
    AtMeasure(measure): AtMeasure,
    Body(it): Body<ReviewEffect>,
) -> Result<Taken, Failure> {
    let (effect, finding) = (it.effect.0, said(&it.finding));
    step.take(Request::ReviewEffect(command::ReviewEffect { measure, effect, finding })).await
}

/// List similar cases
///
/// Those the token's holder may see that this one resembles, the most alike first, with why.
/// Nothing is linked or merged by itself.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/similar", tag = crate::api::CASES,
    operation_id = "similar_cases", params(CasePath),
    responses(
        (status = 200, description = "The cases.", body = Listed<SimilarCase>),
        CaseProblems,
    ),
)]
pub(crate) async fn similar(
    InCase { caller, case }: InCase,
) -> Result<Json<Listed<SimilarCase>>, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/similar";
    let found = caller.service().similar(&caller.who, case, page).await?;
    Ok(Json(Listed::whole(found.cases.iter().map(SimilarCase::new).collect())))
}

impl OtherCase {
    /// What is asked of the case; a number that is none names no case.
    fn join(self) -> Result<Join, Failure> {
        let number: Result<CaseNumber, _> = self.case.parse();
        let unknown = service::HandleError::from(service::Refusal::NoSuchOtherCase);
        let number = number.map_err(|_| Failure::from(unknown))?;
        Ok(Join { number, case: CaseId::FIRST, reason: said(&self.reason) })
    }
}

impl SimilarCase {
    fn new(it: &Similar) -> Self {
        Self {
            case: it.row.number.to_string(),
            phase: Word(it.row.phase()),
            points: it.points(),
            reasons: it.reasons.iter().map(AlikeIn::new).collect(),
        }
    }
}

impl AlikeIn {
    fn new(reason: &Alike) -> Self {
        let points = reason.points();
        match reason {
            Alike::SameCategory => Self::SameCategory { points },
            Alike::SameUnit => Self::SameUnit { points },
            Alike::NearInTime { days } => Self::NearInTime { points, days: *days },
            Alike::SameWords(words) => Self::SameWords { points, words: words.clone() },
        }
    }
}
