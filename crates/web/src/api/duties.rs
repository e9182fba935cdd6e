//! Duties: how they stand in a case, what is found out that decides on them, and the clocks that
//! run.

use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use domain::case::{Judgement, Request, command};
use domain::duty::{Condition, DutyId};
use serde::{Deserialize, Serialize};
use service::{RunningClock, WaitingQuestion};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::asked::{Body, Caller, CasePath, KeyHeader, Language, Query};
use super::facts::{FactsAsked, FactsBody};
use super::failure::Failure;
use super::measures::PartQuery;
use super::problems::{ListProblems, PostProblems};
use super::shapes::{Listed, Part};
use super::steps::{Taken, Taking};
use super::words::{Verdict, Word};
use crate::App;
use crate::api::instant::near;

/// How a duty was judged.
#[derive(Serialize, ToSchema)]
pub(crate) struct JudgedDuty {
    /// The duty, by the name of its file.
    duty: String,
    /// Its version, which the case keeps.
    version: u32,
    /// Whether it applies; `unknown` where something must be found out first.
    verdict: Verdict,
    /// From when its time runs, once it does.
    starts_at: Option<DateTime<Utc>>,
    /// The last instant that is in time.
    due_at: Option<DateTime<Utc>>,
    /// When it was ended, if it was.
    ended_at: Option<DateTime<Utc>>,
}

impl JudgedDuty {
    pub(crate) fn new(it: &Judgement) -> Self {
        Self {
            duty: it.duty.to_string(),
            version: it.version,
            verdict: Word(it.verdict),
            starts_at: it.starts_at,
            due_at: it.due_at,
            ended_at: it.ended_at,
        }
    }
}

/// A duty of a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseDuty {
    /// How it was judged.
    #[serde(flatten)]
    judged: JudgedDuty,
    /// What people call it.
    title: String,
    /// The provision; `null` for the organisation's own targets.
    cite: Option<String>,
    /// Whether the time is the organisation's own target and not the law's.
    own_target: bool,
    /// Whether its clock runs, for sure or possibly.
    running: bool,
    /// Whole seconds that are left; negative once overdue, `null` where no clock runs.
    remaining_seconds: Option<i64>,
    /// What would settle whether it applies: names of facts, of the settings' table `duties`, or
    /// `advised`, `happened`, `question`, `category`, `personal_data`, `breach`, `people`,
    /// `sensitive`.
    unsettled: Vec<String>,
    /// The deadline as Regulation 1182/71 can be read: a reading, never the deadline.
    reading: Option<Reading>,
}

/// A deadline under Regulation 1182/71.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reading {
    /// Rounded as art. 3(1), (2) and (4) have it.
    rounded: DateTime<Utc>,
    /// With at least two working days (art. 3(5)), where that makes it longer.
    two_working_days: Option<DateTime<Utc>>,
}

impl CaseDuty {
    /// A duty as it stands at `now`.
    pub(crate) fn new(it: &service::CaseDuty, language: &str, now: DateTime<Utc>) -> Self {
        let running = it.running_until;
        let text = |text: &domain::category::Localised| text.text(language).to_owned();
        let reading = it.reading.map(|reading| Reading {
            rounded: reading.rounded,
            two_working_days: reading.two_working_days,
        });
        Self {
            judged: JudgedDuty::new(&it.judgement),
            title: text(&it.duty.title),
            cite: it.duty.cite.as_ref().map(text),
            own_target: it.duty.own_target,
            running: running.is_some(),
            remaining_seconds: running.map(|due_at| (due_at - now).num_seconds()),
            unsettled: it.unsettled.iter().map(name).collect(),
            reading,
        }
    }
}

/// What a condition is about.
fn name(condition: &Condition) -> String {
    match condition {
        Condition::Fact(fact) => <&str>::from(*fact),
        Condition::Organisation(fact) => <&str>::from(*fact),
        Condition::Advised(_) => "advised",
        Condition::Happened(_) => "happened",
        Condition::Category(_) => "category",
        Condition::Answered { .. } => "question",
        Condition::Field(field) => field.name(),
    }
    .to_owned()
}

/// Which clocks are asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClocksQuery {
    /// `true` for those of duties that are only possible; else those of duties that apply.
    possible: Option<bool>,
    /// How many items to leave out at the beginning.
    offset: Option<usize>,
    /// How many items at most: 50 when left out, never more than 200.
    limit: Option<usize>,
}

/// A clock that runs.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClockInList {
    /// The number of its case, such as `2026/17`.
    case: String,
    /// The duty, by the name of its file.
    duty: String,
    /// The duty's version.
    version: u32,
    /// What people call the duty.
    title: String,
    /// Whether the time is the organisation's own target and not the law's.
    own_target: bool,
    /// Whether it applies, or is only possible.
    verdict: Verdict,
    /// The last instant that is in time.
    due_at: DateTime<Utc>,
    /// Whole seconds that are left; negative once overdue.
    remaining_seconds: i64,
    /// The category the case is handled under.
    category: String,
    /// The unit it belongs to.
    unit: Uuid,
}

impl ClockInList {
    fn new(it: &RunningClock, language: &str, now: DateTime<Utc>) -> Self {
        Self {
            case: it.number.to_string(),
            duty: it.duty.id.to_string(),
            version: it.duty.version,
            title: it.duty.title.text(language).to_owned(),
            own_target: it.duty.own_target,
            verdict: Word(it.verdict),
            due_at: it.due_at,
            remaining_seconds: (it.due_at - now).num_seconds(),
            category: it.category.to_string(),
            unit: it.unit.0,
        }
    }
}

/// List the clocks that run
///
/// In the cases that the token's holder may see, the soonest on top: the 72 hours and every other
/// duty.
#[utoipa::path(
    get, path = "/clocks", tag = super::DUTIES, operation_id = "list_clocks",
    params(ClocksQuery),
    responses(
        (status = 200, description = "The clocks.", body = Listed<ClockInList>),
        ListProblems,
    ),
)]
pub(crate) async fn clocks(
    caller: Caller,
    Query(query): Query<ClocksQuery>,
    Language(language): Language,
) -> Result<Json<Listed<ClockInList>>, Failure> {
    use domain::duty::Verdict as It;
    let verdict = if query.possible.unwrap_or(false) { It::Unknown } else { It::Yes };
    let part = Part { offset: query.offset, limit: query.limit };
    let page = "/api/v1/clocks";
    let found = caller.service().clocks(&caller.who, verdict, page, |all| part.of(all)).await?;
    let now = caller.service().now();
    let items = found.items.iter().map(|it| ClockInList::new(it, language, now)).collect();
    Ok(Json(Listed::of(items, found.total, part)))
}

/// A question that waits for an answer.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionClock {
    /// The number of its case, such as `2026/17`.
    case: String,
    /// When the answer is wanted.
    due_at: DateTime<Utc>,
    /// Whole seconds that are left; negative once overdue.
    remaining_seconds: i64,
}

impl QuestionClock {
    fn new(it: &WaitingQuestion, now: DateTime<Utc>) -> Self {
        Self {
            case: it.number.to_string(),
            due_at: it.due_at,
            remaining_seconds: (it.due_at - now).num_seconds(),
        }
    }
}

/// List the questions that wait for an answer
///
/// In the cases that the token's holder may see, the soonest due on top: those put to members, to
/// somebody outside, and to recipients who are to confirm. It says nothing of what is asked, or of
/// whom.
#[utoipa::path(
    get, path = "/clocks/questions", tag = super::DUTIES, operation_id = "list_question_clocks",
    params(PartQuery),
    responses(
        (status = 200, description = "The questions.", body = Listed<QuestionClock>),
        ListProblems,
    ),
)]
pub(crate) async fn question_clocks(
    caller: Caller,
    Query(part): Query<PartQuery>,
) -> Result<Json<Listed<QuestionClock>>, Failure> {
    let (service, part) = (caller.service(), Part::from(part));
    let page = "/api/v1/clocks/questions";
    let found = service.question_clocks(&caller.who, page, |total| part.of(total)).await?;
    let now = service.now();
    let items = found.items.iter().map(|it| QuestionClock::new(it, now)).collect();
    Ok(Json(Listed::of(items, found.total, part)))
}

/// Record what is so and what is not
///
/// By the data protection officer. It replaces what was known before: a fact that is left out is
/// not known. Earlier versions stay in the timeline, and the duties are judged anew.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/facts", tag = super::STEPS,
    operation_id = "establish_facts", params(CasePath, KeyHeader), request_body = FactsBody,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn establish_facts(
    step: Taking,
    FactsAsked(facts): FactsAsked,
) -> Result<Taken, Failure> {
    step.take(Request::EstablishFacts(facts)).await
}

/// That a duty was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "done_at": "2026-03-03T09:10:00Z", "reference": "NSM 2026-17" }))]
pub(crate) struct FulfilDuty {
    /// When.
    #[serde(deserialize_with = "near")]
    done_at: DateTime<Utc>,
    /// The reference it was given, if it was given one.
    reference: Option<String>,
}

/// The `{duty}` of an address.
pub(crate) struct InDuty(pub(crate) DutyId);

#[derive(Deserialize)]
struct DutyPath {
    duty: String,
}

impl FromRequestParts<App> for InDuty {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = Path::<DutyPath>::from_request_parts(parts, app).await;
        let duty = path.ok().and_then(|Path(path)| path.duty.parse().ok());
        duty.map(Self).ok_or(Failure::NotFound)
    }
}

/// Record that a duty was done
///
/// By the data protection officer. Notifying the authority of the breach is a step of its own.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/duties/{duty}/fulfilment", tag = super::STEPS,
    operation_id = "fulfil_duty",
    params(CasePath, ("duty" = String, Path, description = "The duty."), KeyHeader),
    request_body = FulfilDuty,
    responses((status = 204, description = "It is recorded, and its clock stands still."),
        PostProblems),
)]
pub(crate) async fn fulfil(
    step: Taking,
    InDuty(duty): InDuty,
    Body(it): Body<FulfilDuty>,
) -> Result<Taken, Failure> {
    let reference = it.reference.unwrap_or_default();
    let fulfilled = command::FulfilDuty { duty, done_at: it.done_at, reference };
    step.take(Request::FulfilDuty(fulfilled)).await
}
