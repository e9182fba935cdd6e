//! The register of breaches.

use axum::Json;
use chrono::{DateTime, Utc};
use domain::Erasable;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use views::register::Entry;

use super::asked::{Caller, Query};
use super::failure::Failure;
use super::measures::PartQuery;
use super::problems::ListProblems;
use super::shapes::{Listed, Occurred, text};
use super::words::{
    AuthorityDecision, BreachKind, Outcome, PeopleDecision, PeopleEstimate, PersonalDataAffected,
    Phase, Word,
};

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
    /// Effects: whose data it is.
    whose_data: Option<String>,
    /// Effects: roughly how many people are affected.
    people: PeopleEstimate,
    /// Effects: the facts of the latest assessment.
    assessed_facts: Option<String>,
    /// Effects: what the latest assessment advises.
    advised: Option<Outcome>,
    /// Remedial action: the measures.
    measures: Vec<RemedialAction>,
    /// Whether the authority is notified.
    authority_decision: Option<AuthorityDecision>,
    /// Why, or why not.
    authority_grounds: Option<String>,
    /// When the authority was notified, if it was.
    notified_at: Option<DateTime<Utc>>,
    /// The reference of the notification.
    notification_reference: Option<String>,
    /// Why the notification came after the deadline, where it did.
    reasons_for_delay: Option<String>,
    /// Whether the people affected are told.
    people_decision: Option<PeopleDecision>,
    /// Why, or why not.
    people_grounds: Option<String>,
}

/// A measure, as the register tells it.
#[derive(Serialize, ToSchema)]
pub(crate) struct RemedialAction {
    /// What is to be done, or was.
    description: Option<String>,
    /// Whether it was found to have the effect it was meant to have.
    verified: bool,
}

/// Read the register of breaches
///
/// Every breach that the token's holder may see, notified or not (GDPR art. 33(5)). It is noted as
/// an export in the access log.
#[utoipa::path(
    get, path = "/register", tag = super::REGISTER, operation_id = "read_register",
    params(PartQuery),
    responses(
        (status = 200, description = "The breaches.", body = Listed<RegisterEntry>),
        ListProblems,
    ),
)]
pub(crate) async fn read(
    caller: Caller,
    Query(part): Query<PartQuery>,
) -> Result<Json<Listed<RegisterEntry>>, Failure> {
    let entries = caller.service().register(&caller.who, true, "/api/v1/register").await?;
    Ok(Json(Listed::part(entries, part.into(), |entry| RegisterEntry::new(&entry))))
}

impl RegisterEntry {
    fn new(entry: &Entry) -> Self {
        let action = |(description, verified): &(Erasable<String>, bool)| RemedialAction {
            description: text(description),
            verified: *verified,
        };
        let (facts, advised) = apart(entry.assessment.as_ref());
        let (decision, grounds) = apart(entry.authority.as_ref());
        let (reference, delay) = apart(entry.notification.as_ref());
        let (people_decision, people_grounds) = apart(entry.people_decision.as_ref());
        Self {
            case: entry.number.to_string(),
            reported_at: entry.reported_at,
            category: entry.category.to_string(),
            unit: entry.unit.0,
            phase: Word(entry.standing.phase()),
            what_happened: text(&entry.what_happened),
            occurred: entry.occurred.into(),
            aware_at: entry.standing.deadline.aware_at,
            personal_data: Word(entry.personal_data),
            breach: entry.breach.iter().copied().map(Word).collect(),
            whose_data: text(&entry.whose_data),
            people: Word(entry.people),
            assessed_facts: facts.and_then(text),
            advised: advised.copied().map(Word),
            measures: entry.measures.values().map(action).collect(),
            authority_decision: decision.copied().map(Word),
            authority_grounds: grounds.and_then(text),
            notified_at: entry.standing.notified_at,
            notification_reference: reference.cloned(),
            reasons_for_delay: delay.and_then(Option::as_ref).and_then(text),
            people_decision: people_decision.copied().map(Word),
            people_grounds: people_grounds.and_then(text),
        }
    }
}

fn apart<A, B>(pair: Option<&(A, B)>) -> (Option<&A>, Option<&B>) {
    pair.map(|(one, other)| (one, other)).unzip()
}
