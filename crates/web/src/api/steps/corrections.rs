//! Taking back what was recorded by mistake.

use domain::case::{Request, command};
use domain::ids::UserId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Reason, Taken, Taking, said};
use crate::api::asked::{AtMeasure, Body, CasePath, KeyHeader, MeasurePath};
use crate::api::duties::InDuty;
use crate::api::failure::Failure;
use crate::api::problems::PostProblems;

/// Take back a measure that is not needed
///
/// By the data protection officer, and of a measure that is not done. It falls away and stays in
/// the timeline.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/measures/{measure}/withdrawal",
    tag = crate::api::STEPS, operation_id = "withdraw_measure",
    params(CasePath, MeasurePath, KeyHeader), request_body = Reason,
    responses((status = 204, description = "It is taken back."), PostProblems),
)]
pub(crate) async fn measure(
    step: Taking,
    AtMeasure(measure): AtMeasure,
    Body(it): Body<Reason>,
) -> Result<Taken, Failure> {
    let reason = said(&it.reason);
    step.take(Request::WithdrawMeasure(command::WithdrawMeasure { measure, reason })).await
}

/// Take back that a duty was done
///
/// By the data protection officer. Its clock runs on from the start it had; that it was recorded as
/// done stays in the timeline.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/duties/{duty}/fulfilment/withdrawal",
    tag = crate::api::STEPS, operation_id = "withdraw_fulfilment",
    params(CasePath, ("duty" = String, Path, description = "The duty."), KeyHeader),
    request_body = Reason,
    responses((status = 204, description = "It is taken back."), PostProblems),
)]
pub(crate) async fn fulfilment(
    step: Taking,
    InDuty(duty): InDuty,
    Body(it): Body<Reason>,
) -> Result<Taken, Failure> {
    let reason = said(&it.reason);
    step.take(Request::WithdrawFulfilment(command::WithdrawFulfilment { duty, reason })).await
}

/// Somebody who is not involved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "person": "0e7b7a54-1f7e-4c63-9a5c-5b0f4a3c2d10", "reason": "En annen med samme navn."
}))]
pub(crate) struct NotInvolved {
    /// Who.
    person: Uuid,
    /// Why they were named.
    reason: String,
}

/// Take back that somebody is involved
///
/// By the data protection officer. They see the case again as their roles show it; that they were
/// named stays in the timeline.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/involved/withdrawal", tag = crate::api::STEPS,
    operation_id = "withdraw_involved", params(CasePath, KeyHeader), request_body = NotInvolved,
    responses((status = 204, description = "It is taken back."), PostProblems),
)]
pub(crate) async fn involved(step: Taking, Body(it): Body<NotInvolved>) -> Result<Taken, Failure> {
    let (user, reason) = (UserId(it.person), said(&it.reason));
    step.take(Request::WithdrawInvolved(command::WithdrawInvolved { user, reason })).await
}
