//! Who looked at what and why, cases opened outside a role, and unusual reading.

use axum::Json;
use chrono::{DateTime, Utc};
use domain::case::{Request, command};
use domain::ids::{CaseNumber, UserId};
use domain::organisation::command::ReviewUnusualAccess;
use domain::organisation::{AccessOutcome, AccessRule, Organisation};
use domain::{Actor, Position, Time};
use serde::{Deserialize, Serialize};
use service::access_watch::{AccessAlert, AlertReviewed};
use service::outside_role;
use service::who_looked::{self, Leaves, Looked, Looker, LooksAsked};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::asked::{Body, Caller, CasePath, KeyHeader, Keyed, Query};
use super::failure::Failure;
use super::measures::PartQuery;
use super::problems::{ListProblems, PostProblems};
use super::shapes::{Listed, Member, Part, text};
use super::steps::{Taken, Taking};
use crate::api::instant::near;

/// Which looks are asked for. What is left out narrows nothing.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LooksQuery {
    /// From when on.
    #[param(example = "2026-03-01T00:00:00Z")]
    #[serde(default, deserialize_with = "near")]
    from: Option<DateTime<Utc>>,
    /// Until when, and not at that moment.
    #[param(example = "2026-04-01T00:00:00Z")]
    #[serde(default, deserialize_with = "near")]
    until: Option<DateTime<Utc>>,
    /// Only looks at the case with this number, such as `2026/17`.
    case: Option<String>,
    /// Only looks of this person.
    person: Option<Uuid>,
    /// How many items to leave out at the beginning.
    offset: Option<usize>,
    /// How many items at most: 50 when left out, never more than 200.
    limit: Option<usize>,
}

/// Who looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LookerKind {
    /// A member of the organisation.
    Member,
    /// A reporter, of whom no more is kept.
    Reporter,
    /// Somebody outside who was asked something, by a secret link.
    Respondent,
    /// The service, for somebody at the command line.
    Service,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LookedKind {
    /// A case.
    Case,
    /// A list.
    List,
    /// What a search found.
    Search,
    /// What was taken out of the service.
    Export,
}

/// Everything one person looked at of one kind on one ground, summed up.
#[derive(Serialize, ToSchema)]
pub(crate) struct LooksInList {
    /// Who looked.
    by: LookerKind,
    /// Which member, where it is one.
    member: Option<Member>,
    /// What was looked at.
    what: LookedKind,
    /// The case's number, where it is one.
    case: Option<String>,
    /// The name of the list or the export, where it is one.
    list: Option<String>,
    /// On which ground: a role, `deputy`, `asked`, `secret_link`, `outside_role`, `granted` (to an
    /// auditor), `command_line` or `refused`.
    ground: String,
    /// What the case was opened or granted for, where that was outside their role; `null` for what
    /// was erased.
    purposes: Vec<Option<String>>,
    /// How many rows were taken out, of exports; how many were shown, of lists and searches of
    /// cases.
    rows: Option<u32>,
    /// How many times.
    times: u32,
    /// The first of them.
    first_at: DateTime<Utc>,
    /// The last of them.
    last_at: DateTime<Utc>,
}

/// Sum up who looked at what, and why
///
/// The access log, person by person, for the data protection officer: without cases they are
/// involved in, and without what was searched for. It is noted as an export in the access log.
#[utoipa::path(
    get, path = "/who-looked", tag = super::TRACES, operation_id = "who_looked",
    params(LooksQuery),
    responses(
        (status = 200, description = "The looks.", body = Listed<LooksInList>),
        ListProblems,
    ),
)]
pub(crate) async fn who_looked(
    caller: Caller,
    Query(query): Query<LooksQuery>,
) -> Result<Json<Listed<LooksInList>>, Failure> {
    let service = caller.service();
    let find = |number: CaseNumber| service.find_case(number);
    let case = query.case.map(|number| number.parse().ok().and_then(find));
    // A case that is not there was looked at by nobody, ever.
    let ever = if case == Some(None) { Time::MIN_UTC } else { Time::MAX_UTC };
    let asked = LooksAsked {
        from: query.from.unwrap_or(Time::MIN_UTC),
        until: query.until.unwrap_or(Time::MAX_UTC).min(ever),
        case: case.flatten(),
        person: query.person.map(UserId),
    };
    let page = "/api/v1/who-looked";
    let looks = service.who_looked(&caller.who, asked, Leaves::Yes, page).await?;
    let organisation = service.organisation();
    let part = Part { offset: query.offset, limit: query.limit };
    Ok(Json(Listed::part(looks, part, |it| LooksInList::new(&it, &organisation))))
}

impl LooksInList {
    fn new(it: &who_looked::Looks, organisation: &Organisation) -> Self {
        let (by, member) = match it.by {
            Looker::User(user) => (LookerKind::Member, Some(Member::new(organisation, user))),
            Looker::Reporter => (LookerKind::Reporter, None),
            Looker::Respondent => (LookerKind::Respondent, None),
            Looker::Service => (LookerKind::Service, None),
        };
        let (what, case, list) = match &it.what {
            Looked::Case(number) => (LookedKind::Case, Some(number.to_string()), None),
            Looked::List(name) => (LookedKind::List, None, Some(name.clone())),
            Looked::Search => (LookedKind::Search, None, None),
            Looked::Export(name) => (LookedKind::Export, None, Some(name.clone())),
        };
        Self {
            by,
            member,
            what,
            case,
            list,
            ground: it.ground.clone(),
            purposes: it.purposes.iter().map(text).collect(),
            rows: it.rows,
            times: it.times,
            first_at: it.first,
            last_at: it.last,
        }
    }
}

/// A case that was opened outside somebody's role.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpeningInList {
    /// The case's number.
    case: String,
    /// Who opened it.
    member: Member,
    /// What for; `null` once erased.
    purpose: Option<String>,
    /// When.
    opened_at: DateTime<Utc>,
    /// Until when they saw it.
    until: DateTime<Utc>,
    /// When it was looked into; `null` while nobody did.
    reviewed_at: Option<DateTime<Utc>>,
    /// Who looked into it.
    reviewed_by: Option<Member>,
    /// What was found.
    finding: Option<String>,
}

/// List the cases that were opened outside somebody's role
///
/// For the data protection officer, and for the controller those of cases in which every officer is
/// involved: what nobody looked into first, the latest on top.
#[utoipa::path(
    get, path = "/openings", tag = super::TRACES, operation_id = "list_openings",
    params(PartQuery),
    responses(
        (status = 200, description = "The openings.", body = Listed<OpeningInList>),
        ListProblems,
    ),
)]
pub(crate) async fn openings(
    caller: Caller,
    Query(part): Query<PartQuery>,
) -> Result<Json<Listed<OpeningInList>>, Failure> {
    let (service, part) = (caller.service(), Part::from(part));
    let page = "/api/v1/openings";
    let found = service.openings(&caller.who, page, |total| part.of(total)).await?;
    let organisation = service.organisation();
    let items = found.items.iter().map(|it| OpeningInList::new(it, &organisation)).collect();
    Ok(Json(Listed::of(items, found.total, part)))
}

impl OpeningInList {
    fn new(it: &outside_role::Opened, organisation: &Organisation) -> Self {
        let opening = &it.opening;
        let reviewed_by = opening.reviewed.and_then(|(by, _)| match by {
            Actor::User(user) => Some(Member::new(organisation, user)),
            Actor::Reporter | Actor::Respondent | Actor::Service => None,
        });
        Self {
            case: it.number.to_string(),
            member: Member::new(organisation, opening.user),
            purpose: text(&it.purpose),
            opened_at: opening.at,
            until: opening.until,
            reviewed_at: opening.reviewed.map(|(_, at)| at),
            reviewed_by,
            finding: it.finding.as_ref().and_then(text),
        }
    }
}

/// What came of looking into an opening.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "member": "7f3c1f0e-6a53-4f0b-9d0e-2f6f4b9d8a11", "until": "2026-03-02T09:00:00Z",
    "finding": "Hun hadde helgevakt for begge sykehjemmene."
}))]
pub(crate) struct ReviewOpening {
    /// Who had opened the case.
    member: Uuid,
    /// Until when they saw it, as the list of openings has it.
    #[serde(deserialize_with = "near")]
    until: DateTime<Utc>,
    /// What was found.
    finding: String,
}

/// Record what came of looking into an opening
///
/// By the data protection officer, and not by whoever opened the case.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/opening-review", tag = super::STEPS,
    operation_id = "review_opening", params(CasePath, KeyHeader), request_body = ReviewOpening,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn review_opening(
    step: Taking,
    Body(it): Body<ReviewOpening>,
) -> Result<Taken, Failure> {
    let finding = super::steps::said(&it.finding);
    let it = command::ReviewOpening { user: UserId(it.member), until: it.until, finding };
    step.take(Request::ReviewOpening(it)).await
}

/// What is unusual about somebody's reading.
#[derive(Serialize, ToSchema)]
pub(crate) struct AlertInList {
    /// The rule that was met: `many_cases` (different cases within an hour, and many more than they
    /// usually open), `old_cases` (closed long ago, on one day), `refused_looks` (on one day),
    /// `mass_export` (rows on one day), `many_rows` (rows of lists and searches on one day) or
    /// `many_searches` (on one day).
    rule: String,
    /// Who.
    member: Member,
    /// How many, of what the rule counts.
    count: u32,
    /// With how many the rule is met.
    limit: u32,
    /// When it was met.
    looked_at: DateTime<Utc>,
    /// With which line of the access log it was met.
    line: u64,
    /// What came of looking into it; `null` while nobody has.
    reviewed: Option<ReviewedAlert>,
}

/// What came of looking into unusual reading.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewedAlert {
    /// Who looked into it.
    by: Option<Member>,
    /// When.
    at: DateTime<Utc>,
    /// What came of it: `justified`, `unjustified` or `undetermined`.
    outcome: String,
    /// What was found, for officers and whoever wrote it; `null` for others, and once erased.
    finding: Option<String>,
}

/// What came of looking into unusual reading.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "line": 4711, "rule": "many_cases", "outcome": "justified",
    "finding": "Hun hadde helgevakt for begge sykehjemmene."
}))]
pub(crate) struct ReviewAlert {
    /// With which line of the access log it was found.
    line: u64,
    /// By which rule.
    #[schema(value_type = String)]
    rule: AccessRule,
    /// What came of it: `justified`, `unjustified` or `undetermined`.
    #[schema(value_type = String)]
    outcome: AccessOutcome,
    /// What was found.
    finding: String,
}

/// List unusual reading
///
/// For the auditor and the data protection officer, the latest on top. It says nothing of any case.
#[utoipa::path(
    get, path = "/access-alerts", tag = super::TRACES, operation_id = "list_access_alerts",
    params(PartQuery),
    responses(
        (status = 200, description = "What was found.", body = Listed<AlertInList>),
        ListProblems,
    ),
)]
pub(crate) async fn alerts(
    caller: Caller,
    Query(part): Query<PartQuery>,
) -> Result<Json<Listed<AlertInList>>, Failure> {
    let found = caller.service().access_alerts(&caller.who, "/api/v1/access-alerts").await?;
    let organisation = caller.service().organisation();
    let shown = |AccessAlert { found: it, reviewed, .. }: AccessAlert| AlertInList {
        rule: <&str>::from(it.rule).to_owned(),
        member: Member::new(&organisation, it.user),
        count: it.count,
        limit: it.limit,
        looked_at: it.looked_at,
        line: it.line.0,
        reviewed: reviewed.map(|it| ReviewedAlert::new(&it, &organisation)),
    };
    Ok(Json(Listed::part(found, part.into(), shown)))
}

impl ReviewedAlert {
    fn new(it: &AlertReviewed, organisation: &Organisation) -> Self {
        Self {
            by: match it.by {
                Actor::User(user) => Some(Member::new(organisation, user)),
                Actor::Reporter | Actor::Respondent | Actor::Service => None,
            },
            at: it.at,
            outcome: <&str>::from(it.outcome).to_owned(),
            finding: it.finding.as_ref().and_then(text),
        }
    }
}

/// Record what came of looking into unusual reading
///
/// By a data protection officer, and by an auditor where it is an officer's own reading; nobody
/// looks into their own.
#[utoipa::path(
    post, path = "/access-alerts/review", tag = super::TRACES, operation_id = "review_alert",
    params(KeyHeader), request_body = ReviewAlert,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn review_alert(
    Keyed { caller, key }: Keyed,
    Body(it): Body<ReviewAlert>,
) -> Result<Taken, Failure> {
    let ReviewAlert { line, rule, outcome, finding } = it;
    let it = ReviewUnusualAccess { line: Position(line), rule, outcome, finding };
    caller.service().review_access(&caller.who, it, key.into()).await?;
    Ok(Taken)
}
