//! Opening a case outside one's role.

use axum::Json;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Body, CasePath, InCase, KeyHeader, Keyed};
use super::failure::Failure;
use super::problems::PostProblems;

/// What a case is opened for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "purpose": "Helgevakt for begge sykehjemmene." }))]
pub(crate) struct Purpose {
    /// What the case is needed for, in at most 1000 characters. It says nothing of the case.
    purpose: String,
}

/// That a case is open.
#[derive(Serialize, ToSchema)]
pub(crate) struct Opened {
    /// Until when; `null` for somebody who sees the case anyway.
    until: Option<DateTime<Utc>>,
}

/// Open a case outside one's role
///
/// A leader opens a case of another unit, an archivist a closed one: for the time the settings
/// give, without who reported, and with nothing to be done to it. Nobody does who is involved in
/// the case. The data protection officers are told at once.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/opening", tag = super::CASES,
    operation_id = "open_outside_role", params(CasePath, KeyHeader), request_body = Purpose,
    responses((status = 200, description = "The case is open.", body = Opened), PostProblems),
)]
pub(crate) async fn open(
    Keyed { caller, key }: Keyed,
    InCase { case, .. }: InCase,
    Body(it): Body<Purpose>,
) -> Result<Json<Opened>, Failure> {
    let (service, page) = (caller.service(), "/api/v1/cases/{year}/{sequence}/opening");
    service.open_outside_role(&caller.who, case, it.purpose, page, key.into()).await?;
    Ok(Json(Opened { until: service.open_until(&caller.who, case) }))
}
