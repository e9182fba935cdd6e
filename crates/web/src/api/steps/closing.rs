//! The way to the closed case: the memo, the controller's answer, and back again.

use domain::case::{Memo, Request, command};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Reason, Taken, Taking, said};
use crate::api::asked::{Body, CasePath, KeyHeader};
use crate::api::failure::Failure;
use crate::api::problems::PostProblems;

/// A memo: six parts, all of which must be written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "orientation": "Saken gjelder en mistet telefon.",
    "description": "Telefonen ble glemt på bussen 1. mars.",
    "rules": "Personvernforordningen artikkel 32 og 33.",
    "discussion": "Telefonen var ikke låst.",
    "assessment": "Sletting på avstand fjernet risikoen.",
    "conclusion": "Saken kan lukkes."
}))]
pub(crate) struct SubmitMemo {
    /// Part 1: what the case is about.
    orientation: String,
    /// Part 2: what happened, when it was discovered, when it happened, who was involved.
    description: String,
    /// Part 3: the rules and guidelines.
    rules: String,
    /// Part 4: the discussion.
    discussion: String,
    /// Part 5: the assessment of the deviation and the measures.
    assessment: String,
    /// Part 6: the conclusion, with points to follow up.
    conclusion: String,
}

/// What the controller wants followed up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "follow_ups": ["Bekreft at alle telefoner i enheten har kode."] }))]
pub(crate) struct Return {
    /// One point each.
    follow_ups: Vec<String>,
}

/// Why a case closes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "grounds": "Statsforvalteren er varslet av sykehuset." }))]
pub(crate) struct Close {
    /// Why it closes although duties are not done. Needed where one applies for sure; recorded
    /// wherever it is given.
    grounds: Option<String>,
}

/// Send the memo to the controller
///
/// By the data protection officer. Earlier memos stay in the timeline.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/memo", tag = crate::api::STEPS,
    operation_id = "submit_memo", params(CasePath, KeyHeader), request_body = SubmitMemo,
    responses((status = 204, description = "It waits for the controller."), PostProblems),
)]
pub(crate) async fn submit_memo(
    step: Taking,
    Body(it): Body<SubmitMemo>,
) -> Result<Taken, Failure> {
    let memo = Memo {
        orientation: said(&it.orientation),
        description: said(&it.description),
        rules: said(&it.rules),
        discussion: said(&it.discussion),
        assessment: said(&it.assessment),
        conclusion: said(&it.conclusion),
    };
    step.take(Request::SubmitMemo(Box::new(memo))).await
}

/// Send a case back
///
/// By the controller, who says what is to be followed up.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/return", tag = crate::api::STEPS,
    operation_id = "return_case", params(CasePath, KeyHeader), request_body = Return,
    responses((status = 204, description = "It is sent back."), PostProblems),
)]
pub(crate) async fn send_back(step: Taking, Body(it): Body<Return>) -> Result<Taken, Failure> {
    let written = it.follow_ups.iter().filter(|point| !point.trim().is_empty());
    step.take(Request::Return(written.map(|point| said(point)).collect())).await
}

/// Close a case
///
/// By the controller. What remains to be done first is in `outstanding`. The body can be left out,
/// but for a case in which a duty applies that is not done: then it says why the case closes.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/closing", tag = crate::api::STEPS,
    operation_id = "close_case", params(CasePath, KeyHeader), request_body = Option<Close>,
    responses((status = 204, description = "It is closed."), PostProblems),
)]
pub(crate) async fn close(step: Taking, body: Option<Body<Close>>) -> Result<Taken, Failure> {
    let grounds = body.and_then(|Body(it)| it.grounds).map(|grounds| said(&grounds));
    step.take(Request::Close(command::Close { grounds })).await
}

/// Take a closed case up again
///
/// By the data protection officer or the controller, who says why.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/reopening", tag = crate::api::STEPS,
    operation_id = "reopen_case", params(CasePath, KeyHeader), request_body = Reason,
    responses((status = 204, description = "It is open."), PostProblems),
)]
pub(crate) async fn reopen(step: Taking, Body(it): Body<Reason>) -> Result<Taken, Failure> {
    step.take(Request::Reopen(said(&it.reason))).await
}
