//! Assessing the risk, deciding what follows from it, and telling the people affected.

use chrono::{DateTime, Utc};
use domain::assessment;
use domain::case::practice::Practice;
use domain::case::telling::TellingPlan;
use domain::case::{Request, command};
use domain::ids::UserId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Taken, Taking, said, said_if_any};
use crate::api::asked::{Body, CasePath, KeyHeader};
use crate::api::failure::Failure;
use crate::api::instant::near;
use crate::api::problems::PostProblems;
use crate::api::words::{AuthorityDecision, FactorKind, Outcome, PeopleDecision, TellingWay};

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

/// A factor of the severity that is set otherwise than the method has it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "factor": "data_context",
    "value": 2,
    "reason": "Listen sto i postlisten fra før."
}))]
pub(crate) struct OverrideSeverity {
    /// Which factor.
    factor: FactorKind,
    /// Its value from now on, as the method has them: DPC 1, 2, 3 or 4; EI 0.25, 0.5, 0.75 or 1;
    /// the others 0, 0.25 or 0.5, and malice not 0.25. `null` lets the method's own count again.
    value: Option<f64>,
    /// Why.
    reason: String,
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
    /// Why it departs from the latest assessment's advice or from what was decided in cases alike,
    /// if it does.
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
    /// Why it departs from the latest assessment's advice or from what was decided in cases alike,
    /// if it does.
    departure: Option<String>,
    /// Which measure removed the risk; needed where that is the ground (GDPR art. 34(3)(b)).
    measure: Option<String>,
    /// How they are to be told; needed for a public communication (GDPR art. 34(3)(c)).
    plan: Option<PlanToTell>,
}

/// How the people affected are to be told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "groups": "Beboerne i andre etasje og deres pårørende.",
    "ways": ["letter"],
    "target_at": "2026-03-05T12:00:00Z",
    "signed_by": "2f9b1c7e-5a0e-4a36-9d0b-0d5d3f3c1a11",
    "whom_to_ask": "Personvernombudet, telefon 55 55 00 00."
}))]
pub(crate) struct PlanToTell {
    /// Which groups of people.
    groups: String,
    /// In which ways; of a public communication, a public notice.
    ways: Vec<TellingWay>,
    /// By when, as a target of one's own.
    #[serde(deserialize_with = "near")]
    target_at: DateTime<Utc>,
    /// Who signs: a controller who is not data protection officer.
    signed_by: Uuid,
    /// Whom the people can turn to (GDPR art. 34(2)).
    whom_to_ask: String,
}

impl PlanToTell {
    fn into_plan(self) -> Box<TellingPlan> {
        Box::new(TellingPlan {
            groups: said(&self.groups),
            ways: self.ways.into_iter().map(|way| way.0).collect(),
            target_at: self.target_at,
            signed_by: UserId(self.signed_by),
            whom_to_ask: said(&self.whom_to_ask),
        })
    }
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
    #[serde(deserialize_with = "near")]
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

/// Set a factor of the severity
///
/// By the data protection officer, once the facts were found out. The advice reckons with the value
/// from then on; earlier ones stay in the timeline.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/severity", tag = crate::api::STEPS,
    operation_id = "override_severity", params(CasePath, KeyHeader),
    request_body = OverrideSeverity,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn override_severity(
    step: Taking,
    Body(it): Body<OverrideSeverity>,
) -> Result<Taken, Failure> {
    let quarters = it.value.map(quarters);
    let (factor, reason) = (it.factor.0, said(&it.reason));
    step.take(Request::OverrideSeverity(command::OverrideSeverity { factor, quarters, reason }))
        .await
}

/// A value in quarters. What is no number of quarters is one that no factor can have, so that it
/// is refused as such.
fn quarters(value: f64) -> u8 {
    let is = |quarters: &u8| (f64::from(*quarters) - value * 4.0).abs() < f64::EPSILON;
    assessment::FactorKind::every_value().into_iter().find(is).unwrap_or(u8::MAX)
}

/// Decide whether the authority is notified
///
/// By the controller, or by the data protection officer where that is delegated (GDPR art. 33(1)).
/// A decision that departs from the latest assessment's advice, or from what was decided in every
/// case that is alike enough, takes a `departure`.
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
        // What was decided in cases alike the service looks up.
        practice: Practice::default(),
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
    let decided = command::DecideOnPeople {
        decision: it.decision.0,
        grounds: said(&it.grounds),
        departure: said_if_any(it.departure),
        measure: said_if_any(it.measure),
        plan: it.plan.map(PlanToTell::into_plan),
        // What was decided in cases alike the service looks up.
        practice: Practice::default(),
    };
    step.take(Request::DecideOnPeople(decided)).await
}
