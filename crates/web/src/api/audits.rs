//! The looks at single cases that the controller grants auditors.

use axum::Json;
use chrono::{DateTime, Utc};
use domain::case::{Request, command};
use domain::ids::UserId;
use domain::organisation::Organisation;
use domain::{Actor, Time};
use serde::{Deserialize, Serialize};
use service::audits::Granted;
use utoipa::ToSchema;
use uuid::Uuid;

use super::asked::{Body, Caller, CasePath, KeyHeader, Query};
use super::failure::Failure;
use super::measures::PartQuery;
use super::problems::{ListProblems, PostProblems};
use super::shapes::{Listed, Member, Part, text};
use super::steps::{Taken, Taking, said};
use crate::api::instant::near;

/// A look at a case that an auditor was granted.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditInList {
    /// The case's number.
    case: String,
    /// Who sees it.
    auditor: Member,
    /// What for; `null` once erased.
    purpose: Option<String>,
    /// Who granted it.
    granted_by: Option<Member>,
    /// When.
    granted_at: DateTime<Utc>,
    /// Until when they see it.
    until: DateTime<Utc>,
    /// When it was taken back, or another took its place, before its time.
    ended_at: Option<DateTime<Utc>>,
    /// Whether the case is seen by it now.
    running: bool,
}

/// List the looks that auditors were granted
///
/// Those that run first, the latest on top. The data protection officer and the controller see all
/// of them but those at cases they are involved in, an auditor their own while they run.
#[utoipa::path(
    get, path = "/audits", tag = super::TRACES, operation_id = "list_audits",
    params(PartQuery),
    responses(
        (status = 200, description = "The looks.", body = Listed<AuditInList>),
        ListProblems,
    ),
)]
pub(crate) async fn list(
    caller: Caller,
    Query(part): Query<PartQuery>,
) -> Result<Json<Listed<AuditInList>>, Failure> {
    let (service, part) = (caller.service(), Part::from(part));
    let found = service.audits(&caller.who, "/api/v1/audits", |total| part.of(total)).await?;
    let organisation = service.organisation();
    let items = found.items.iter().map(|it| AuditInList::new(it, &organisation)).collect();
    Ok(Json(Listed::of(items, found.total, part)))
}

impl AuditInList {
    fn new(it: &Granted, organisation: &Organisation) -> Self {
        let audit = &it.audit;
        let granted_by = match audit.by {
            Actor::User(user) => Some(Member::new(organisation, user)),
            Actor::Reporter | Actor::Respondent | Actor::Service => None,
        };
        Self {
            case: it.number.to_string(),
            auditor: Member::new(organisation, audit.auditor),
            purpose: text(&it.purpose),
            granted_by,
            granted_at: audit.at,
            until: audit.until,
            ended_at: audit.ended_at,
            running: it.is_running,
        }
    }
}

/// A look at a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "auditor": "7f3c1f0e-6a53-4f0b-9d0e-2f6f4b9d8a11",
    "purpose": "Årets revisjon av avvik etter personvernforordningen artikkel 33.",
    "until": "2026-03-16T14:00:00Z"
}))]
pub(crate) struct GrantAudit {
    /// Who is to see the case: somebody who is an auditor.
    auditor: Uuid,
    /// What for.
    purpose: String,
    /// Until when, at the most 90 days from now.
    #[serde(deserialize_with = "near")]
    until: DateTime<Utc>,
}

/// Grant an auditor a look at a case
///
/// By the controller, at a case that was taken in, open or closed. The auditor sees it without who
/// reported, the handlers' notes and the details of personnel matters, and does nothing to it. A
/// later grant stands for the earlier. The auditor and the data protection officers are told.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/audit-grant", tag = super::STEPS,
    operation_id = "grant_audit", params(CasePath, KeyHeader), request_body = GrantAudit,
    responses((status = 204, description = "It is granted."), PostProblems),
)]
pub(crate) async fn grant(step: Taking, Body(it): Body<GrantAudit>) -> Result<Taken, Failure> {
    let (purpose, until): (_, Time) = (said(&it.purpose), it.until);
    let it = command::GrantAudit { auditor: UserId(it.auditor), purpose, until };
    step.take(Request::GrantAudit(it)).await
}

/// An auditor's look that is to end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "auditor": "7f3c1f0e-6a53-4f0b-9d0e-2f6f4b9d8a11", "reason": "Revisjonen er ferdig."
}))]
pub(crate) struct RevokeAudit {
    /// Who sees the case.
    auditor: Uuid,
    /// Why they no longer do.
    reason: String,
}

/// Take an auditor's look at a case back
///
/// By the controller or the data protection officer, before its time is over.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/audit-revocation", tag = super::STEPS,
    operation_id = "revoke_audit", params(CasePath, KeyHeader), request_body = RevokeAudit,
    responses((status = 204, description = "It is over."), PostProblems),
)]
pub(crate) async fn revoke(step: Taking, Body(it): Body<RevokeAudit>) -> Result<Taken, Failure> {
    let it = command::RevokeAudit { auditor: UserId(it.auditor), reason: said(&it.reason) };
    step.take(Request::RevokeAudit(it)).await
}
