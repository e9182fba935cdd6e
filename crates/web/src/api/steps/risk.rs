//! Assessing the risk, deciding what follows from it, and telling the people affected.

use chrono::{DateTime, Utc};
use domain::case::Request;
use domain::case::command;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Taken, Taking, said, said_if_any};
use crate::api::asked::{Body, CasePath, KeyHeader};
use crate::api::failure::Failure;
use crate::api::problems::PostProblems;
use crate::api::words::{AuthorityDecision, Outcome, PeopleDecision, TellingWay};

/// An assessment of the risk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "facts": "Telefonen var ikke låst, og e-posten var synkronisert.",
    "outcome": "notify_authority"
}))]
pub(crate) struct Assess {
    /// The facts it rests on.
    facts: String,
    /// What it advises.
    outcome: Outcome,
    /// Why it departs from what the rules advise, if it does.
    departure: Option<String>,
}

/// A decision on notifying the authority.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "decision": "notify",
    "grounds": "Det kan ikke utelukkes at e-posten er lest."
}))]
pub(crate) struct DecideOnAuthority {
    /// The decision.
    decision: AuthorityDecision,
    /// Why.
    grounds: String,
    /// Why it departs from the latest assessment's advice, if it does.
    departure: Option<String>,
}

/// A decision on telling the people affected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "decision": "protected_by_measures",
    "grounds": "Innholdet ble slettet på avstand før noen åpnet det."
}))]
pub(crate) struct DecideOnPeople {
    /// The decision.
    decision: PeopleDecision,
    /// Why.
    grounds: String,
}

/// That the people affected were told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "told_at": "2026-03-03T12:00:00Z",
    "way": "letter",
    "people": 12,
    "account": "Brevet av 3. mars, arkivert som 26/00417-5."
}))]
pub(crate) struct TellPeople {
    /// When the last of them was.
    told_at: DateTime<Utc>,
    /// How.
    way: TellingWay,
    /// How many, where they were told one by one.
    people: Option<u32>,
    /// What they were told, or where it is kept.
    account: String,
}

/// Assess the risk
///
/// By the data protection officer. Earlier assessments stay in the timeline. Once the facts were
/// found out the rules advise on them, and departing from that takes a reason.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/assessment", tag = crate::api::STEPS,
    operation_id = "assess", params(CasePath, KeyHeader), request_body = Assess,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn assess(step: Taking, Body(it): Body<Assess>) -> Result<Taken, Failure> {
    let (facts, outcome) = (said(&it.facts), it.outcome.0);
    let departure = said_if_any(it.departure);
    let assessed = command::Assess { facts, outcome, departure, rules: None };
    step.take(Request::Assess(assessed)).await
}

/// Decide whether the authority is notified
///
/// By the controller, or by the data protection officer where that is delegated (GDPR art. 33(1)).
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/authority-decision", tag = crate::api::STEPS,
    operation_id = "decide_on_authority", params(CasePath, KeyHeader),
    request_body = DecideOnAuthority,
    responses((status = 204, description = "It is decided."), PostProblems),
)]
pub(crate) async fn decide_on_authority(
    step: Taking,
    Body(it): Body<DecideOnAuthority>,
) -> Result<Taken, Failure> {
    let decided = command::DecideOnAuthority {
        decision: it.decision.0,
        grounds: said(&it.grounds),
        departure: said_if_any(it.departure),
        // The service's settings say so, whatever stands here.
        delegated: false,
    };
    step.take(Request::DecideOnAuthority(decided)).await
}

/// Record that the people affected were told
///
/// By the data protection officer, each time some of them were. A case does not close while it is
/// decided that they are to be told and nobody was (GDPR art. 34).
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/people-told", tag = crate::api::STEPS,
    operation_id = "tell_people", params(CasePath, KeyHeader), request_body = TellPeople,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn tell_people(
    step: Taking,
    Body(it): Body<TellPeople>,
) -> Result<Taken, Failure> {
    let TellPeople { told_at, way, people, account } = it;
    let (way, account) = (way.0, said(&account));
    step.take(Request::TellPeople(command::TellPeople { told_at, way, people, account })).await
}

/// Decide whether the people affected are told
///
/// By the data protection officer or the controller (GDPR art. 34).
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/people-decision", tag = crate::api::STEPS,
    operation_id = "decide_on_people", params(CasePath, KeyHeader), request_body = DecideOnPeople,
    responses((status = 204, description = "It is decided."), PostProblems),
)]
pub(crate) async fn decide_on_people(
    step: Taking,
    Body(it): Body<DecideOnPeople>,
) -> Result<Taken, Failure> {
    let (decision, grounds) = (it.decision.0, said(&it.grounds));
    step.take(Request::DecideOnPeople(command::DecideOnPeople { decision, grounds })).await
}
