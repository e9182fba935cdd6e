//! The register of breaches, as it is and as it was known when a day ended.

use axum::Json;
use chrono::{DateTime, NaiveDate, Utc};
use domain::case::facts::Facts;
use serde::{Deserialize, Serialize};
use service::RegisterAsked;
use service::who_looked::Leaves;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::register::{self, Advised, Decision, Entry, Other};

use super::asked::{Caller, Query};
use super::case::dealings::{Letter, PeopleTold};
use super::facts::FactsBody;
use super::failure::Failure;
use super::problem::{FieldProblem, Place};
use super::problems::ListProblems;
use super::shapes::{Listed, Occurred, Part, text};
use super::words::{
    AuthorityDecision, BreachKind, Capacity, MeasureKind, Outcome, PeopleDecision, PeopleEstimate,
    PersonalDataAffected, Phase, Word,
};
use crate::api::instant::near;
use crate::pages::register::asked::{known_at, period};
use crate::times::Zone;

/// Which register is asked for. What is left out narrows nothing.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterQuery {
    /// The register as it was known when this day ended, in the organisation's time zone; as it is
    /// known now when left out. What was erased since is told as erased.
    #[param(example = "2026-03-01")]
    #[serde(default, deserialize_with = "near")]
    as_of: Option<NaiveDate>,
    /// Only breaches reported on this day or later.
    #[param(example = "2026-01-01")]
    #[serde(default, deserialize_with = "near")]
    from: Option<NaiveDate>,
    /// Only breaches reported on this day or earlier.
    #[param(example = "2026-12-31")]
    #[serde(default, deserialize_with = "near")]
    until: Option<NaiveDate>,
    /// How many items to leave out at the beginning.
    offset: Option<usize>,
    /// How many items at most: 50 when left out, never more than 200.
    limit: Option<usize>,
}

/// A breach: its facts, its effects and the remedial action (GDPR art. 33(5)). It names nobody. A
/// text is `null` once it was erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegisterEntry {
    /// The number of its case, such as `2026/17`.
    case: String,
    /// When it was reported.
    reported_at: DateTime<Utc>,
    /// The category it is handled under, else as reported.
    category: String,
    /// The unit it belongs to, else as reported.
    unit: Uuid,
    /// Where the case stands.
    phase: Phase,
    /// Whether the report was found severe.
    severe: bool,
    /// Facts: what happened.
    what_happened: Option<String>,
    /// Facts: when it happened.
    occurred: Occurred,
    /// Facts: from when the 72 hours run.
    aware_at: DateTime<Utc>,
    /// Facts: whether personal data is affected.
    personal_data: PersonalDataAffected,
    /// Facts: in which ways.
    breach: Vec<BreachKind>,
    /// Facts: what was found out, fact by fact; `null` where nobody has found out anything.
    facts: Option<FactsBody>,
    /// Effects: whose data it is.
    whose_data: Option<String>,
    /// Effects: roughly how many people are affected.
    people: PeopleEstimate,
    /// Effects: the facts of the latest assessment.
    assessed_facts: Option<String>,
    /// Effects: what the latest assessment advises.
    advised: Option<Outcome>,
    /// Effects: what the rules advised on it, where they did.
    advised_by_rules: Option<Outcome>,
    /// Effects: the severity by the method of ENISA, exact in quarters, where the rules advised.
    severity: Option<f64>,
    /// Why the assessment departs from what the rules advised, where it does.
    advice_departure: Option<String>,
    /// Remedial action: the measures.
    measures: Vec<RemedialAction>,
    /// Whether the authority is notified.
    authority_decision: Option<AuthorityDecision>,
    /// Why, or why not.
    authority_grounds: Option<String>,
    /// When the authority was notified, if it was.
    notified_at: Option<DateTime<Utc>>,
    /// The reference of the latest notification.
    notification_reference: Option<String>,
    /// Why the notification came after the deadline, where it did.
    reasons_for_delay: Option<String>,
    /// Whether the people affected are told.
    people_decision: Option<PeopleDecision>,
    /// Why, or why not.
    people_grounds: Option<String>,
    /// Every decision with its reasons, the first one first.
    decisions: Vec<Decided>,
    /// Every time people affected were told.
    people_told: Vec<PeopleTold>,
    /// Which others were told.
    others_told: Vec<OtherTold>,
    /// Letters to and from the authority.
    correspondence: Vec<Letter>,
    /// The numbers of the cases it is of a kind with.
    linked: Vec<String>,
    /// The numbers of the cases that went on in this one.
    duplicates: Vec<String>,
    /// The number of the case it goes on in, if it ended so.
    merged_into: Option<String>,
}

/// A measure, as the register tells it.
#[derive(Serialize, ToSchema)]
pub(crate) struct RemedialAction {
    /// What it is meant to do.
    kind: MeasureKind,
    /// What is to be done, or was.
    description: Option<String>,
    /// When it was done, if it was, and not found without effect since.
    done_at: Option<DateTime<Utc>>,
    /// Whether it was found to have the effect it was meant to have.
    verified: bool,
}

/// A decision with its reasons. What it is about stands beside its kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct Decided {
    /// When it was taken.
    at: DateTime<Utc>,
    /// What was decided on.
    kind: DecisionKind,
    /// From when the 72 hours run, where that was decided.
    aware_at: Option<DateTime<Utc>>,
    /// Whether the authority is notified, where that was decided.
    authority_decision: Option<AuthorityDecision>,
    /// In which capacity that was decided.
    capacity: Option<Capacity>,
    /// Whether the people affected are told, where that was decided.
    people_decision: Option<PeopleDecision>,
    /// The number of the case it goes on in, where that was decided.
    merged_into: Option<String>,
    /// Why.
    reasons: Option<String>,
    /// Why it departs from the advice, where it does.
    departure: Option<String>,
}

/// What was decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DecisionKind {
    /// From when the 72 hours run.
    Awareness,
    /// Whether the authority is notified.
    Authority,
    /// Whether the people affected are told.
    People,
    /// That it was no deviation.
    NotADeviation,
    /// To take the case up again.
    Reopened,
    /// To take back what the authority had been notified of.
    NotificationWithdrawn,
    /// To go on in another case about the same breach.
    Merged,
}

/// Somebody else who was told of the breach.
#[derive(Serialize, ToSchema)]
pub(crate) struct OtherTold {
    /// When.
    at: DateTime<Utc>,
    /// By which duty; `null` where it was the police.
    duty: Option<String>,
    /// The reference it was given, if it was given one.
    reference: Option<String>,
}

/// Read the register of breaches
///
/// Every breach that the token's holder may see, notified or not (GDPR art. 33(5)), as it is or as
/// it was known when a day ended. It is noted as an export in the access log. The register of a day
/// is read out of the log anew each time: ask for as few parts as you can.
#[utoipa::path(
    get, path = "/register", tag = super::REGISTER, operation_id = "read_register",
    params(RegisterQuery),
    responses(
        (status = 200, description = "The breaches.", body = Listed<RegisterEntry>),
        ListProblems,
    ),
)]
pub(crate) async fn read(
    caller: Caller,
    Query(asked): Query<RegisterQuery>,
) -> Result<Json<Listed<RegisterEntry>>, Failure> {
    let service = caller.service();
    let zone = Zone::from(service.settings().zone);
    let unfit = |field: &str| Failure::field(Place::Query, field, FieldProblem::Unfit);
    let now = service.now();
    let then = asked.as_of.map(|day| known_at(zone, day, now)).transpose();
    let known_at = then.map_err(|_| unfit("as_of"))?.flatten();
    if let (Some(from), Some(until)) = (asked.from, asked.until)
        && until < from
    {
        return Err(unfit("until"));
    }
    let register = RegisterAsked { known_at, period: period(zone, asked.from, asked.until) };
    let part = Part { offset: asked.offset, limit: asked.limit };
    let pick = |total| part.of(total);
    let page = "/api/v1/register";
    let found = service.register(&caller.who, register, Leaves::Yes, page, pick).await?;
    let items = found.items.iter().map(RegisterEntry::new).collect();
    Ok(Json(Listed::of(items, found.total, part)))
}

impl RegisterEntry {
    fn new(entry: &Entry) -> Self {
        let assessment = entry.assessment.as_deref();
        let advised: Option<&Advised> = assessment.and_then(|it| it.advised.as_ref());
        let quarters = |advised: &Advised| f64::from(advised.severity_quarters) / 4.0;
        let (authority, people) = (entry.authority(), entry.people_decision());
        let latest = entry.notifications.last();
        let numbers = |it: &domain::ids::CaseNumber| it.to_string();
        Self {
            case: entry.number.to_string(),
            reported_at: entry.reported_at,
            category: entry.category.to_string(),
            unit: entry.unit.0,
            phase: Word(entry.phase()),
            severe: entry.is_severe,
            what_happened: text(&entry.what_happened),
            occurred: entry.occurred.into(),
            aware_at: entry.standing.deadline.aware_at,
            personal_data: Word(entry.personal_data),
            breach: entry.breach.iter().copied().map(Word).collect(),
            facts: entry.facts.as_deref().map(|facts: &Facts| FactsBody(facts.clone())),
            whose_data: text(&entry.whose_data),
            people: Word(entry.people),
            assessed_facts: assessment.and_then(|it| text(&it.facts)),
            advised: assessment.map(|it| Word(it.outcome)),
            advised_by_rules: advised.map(|it| Word(it.outcome)),
            severity: advised.map(quarters),
            advice_departure: advised.and_then(|it| it.departure.as_ref()).and_then(text),
            measures: entry.measures.iter().map(RemedialAction::new).collect(),
            authority_decision: authority.map(|(decision, _)| Word(decision)),
            authority_grounds: authority.and_then(|(_, it)| text(&it.reasons)),
            notified_at: entry.standing.notified_at,
            notification_reference: latest.map(|it| it.reference.clone()),
            reasons_for_delay: latest.and_then(|it| it.reasons_for_delay.as_ref()).and_then(text),
            people_decision: people.map(|(decision, _)| Word(decision)),
            people_grounds: people.and_then(|(_, it)| text(&it.reasons)),
            decisions: entry.decisions.iter().map(Decided::new).collect(),
            people_told: entry.told.iter().map(PeopleTold::new).collect(),
            others_told: entry.others_told.iter().map(OtherTold::new).collect(),
            correspondence: entry.letters.iter().map(Letter::new).collect(),
            linked: entry.linked.iter().map(numbers).collect(),
            duplicates: entry.duplicates.iter().map(numbers).collect(),
            merged_into: entry.merged_into().as_ref().map(numbers),
        }
    }
}

impl RemedialAction {
    fn new(it: &register::RemedialAction) -> Self {
        Self {
            kind: Word(it.kind),
            description: text(&it.description),
            done_at: it.done_at,
            verified: it.is_verified,
        }
    }
}

impl Decided {
    fn new(it: &register::Decided) -> Self {
        let none = Self {
            at: it.at,
            kind: DecisionKind::NotADeviation,
            aware_at: None,
            authority_decision: None,
            capacity: None,
            people_decision: None,
            merged_into: None,
            reasons: text(&it.reasons),
            departure: it.departure.as_ref().and_then(text),
        };
        match it.decision {
            Decision::Awareness(at) => {
                Self { kind: DecisionKind::Awareness, aware_at: Some(at), ..none }
            }
            Decision::Authority(decision, capacity) => Self {
                kind: DecisionKind::Authority,
                authority_decision: Some(Word(decision)),
                capacity: Some(Word(capacity)),
                ..none
            },
            Decision::People(decision) => {
                Self { kind: DecisionKind::People, people_decision: Some(Word(decision)), ..none }
            }
            Decision::NotADeviation => none,
            Decision::Reopened => Self { kind: DecisionKind::Reopened, ..none },
            Decision::NotificationWithdrawn => {
                Self { kind: DecisionKind::NotificationWithdrawn, ..none }
            }
            Decision::Merged(into) => {
                Self { kind: DecisionKind::Merged, merged_into: Some(into.to_string()), ..none }
            }
        }
    }
}

impl OtherTold {
    fn new(it: &register::OtherTold) -> Self {
        let (duty, reference) = match &it.who {
            Other::Police => (None, None),
            Other::ByDuty(duty, reference) => (Some(duty.to_string()), Some(reference.clone())),
        };
        Self { at: it.at, duty, reference: reference.filter(|it| !it.is_empty()) }
    }
}
