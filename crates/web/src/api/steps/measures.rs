//! Measures: proposed, carried out, and found to have effect or none.

use chrono::{DateTime, Utc};
use domain::case::Request;
use domain::case::command;
use domain::ids::{MeasureId, UserId};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Made, MadeAnswer, Taken, Taking, said};
use crate::api::asked::{AtMeasure, Body, CasePath, KeyHeader, MeasurePath};
use crate::api::failure::Failure;
use crate::api::instant::near;
use crate::api::problems::PostProblems;
use crate::api::words::MeasureKind;

/// A measure to be taken.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "immediate",
    "description": "Slett telefonen på avstand.",
    "owner": "0e7b7a54-1f7e-4c63-9a5c-5b0f4a3c2d10",
    "due_at": "2026-03-02T12:00:00Z"
}))]
pub(crate) struct Propose {
    /// What it is meant to do.
    kind: MeasureKind,
    /// What is to be done.
    description: String,
    /// Who answers for it.
    owner: Uuid,
    /// When it is to be done.
    #[serde(deserialize_with = "near")]
    due_at: DateTime<Utc>,
}

/// What was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "account": "Slettet klokken 10:20, bekreftet av leverandøren." }))]
pub(crate) struct Complete {
    /// What was done.
    account: String,
}

/// What was found when the effect was looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "effective": true, "finding": "Telefonen svarer ikke lenger." }))]
pub(crate) struct Verify {
    /// Whether it has the effect it was meant to have; without, the measure is open again.
    effective: bool,
    /// What was found.
    finding: String,
}

/// Propose a measure
///
/// By the data protection officer.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/measures", tag = crate::api::STEPS,
    operation_id = "propose_measure", params(CasePath, KeyHeader), request_body = Propose,
    responses((status = 201, description = "It is proposed.", body = Made), PostProblems),
)]
pub(crate) async fn propose(step: Taking, Body(it): Body<Propose>) -> MadeAnswer {
    step.make(|id| {
        Request::ProposeMeasure(command::ProposeMeasure {
            measure: MeasureId(id),
            kind: it.kind.0,
            description: said(&it.description),
            owner: UserId(it.owner),
            due_at: it.due_at,
        })
    })
    .await
}

/// Record that a measure was carried out
///
/// By its owner, or by the data protection officer.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/measures/{measure}/completion",
    tag = crate::api::STEPS, operation_id = "complete_measure",
    params(CasePath, MeasurePath, KeyHeader), request_body = Complete,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn complete(
    step: Taking,
    AtMeasure(measure): AtMeasure,
    Body(it): Body<Complete>,
) -> Result<Taken, Failure> {
    let account = said(&it.account);
    let completed = command::CompleteMeasure { measure, account, review_due_at: None };
    step.take(Request::CompleteMeasure(completed)).await
}

/// Record whether a measure has effect
///
/// By the data protection officer.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/measures/{measure}/verification",
    tag = crate::api::STEPS, operation_id = "verify_measure",
    params(CasePath, MeasurePath, KeyHeader), request_body = Verify,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn verify(
    step: Taking,
    AtMeasure(measure): AtMeasure,
    Body(it): Body<Verify>,
) -> Result<Taken, Failure> {
    let (effective, finding) = (it.effective, said(&it.finding));
    step.take(Request::VerifyMeasure(command::VerifyMeasure { measure, effective, finding })).await
}
