//! That a case was opened outside somebody's role, as the API tells it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::shapes::Member;

/// What happened; `event` names it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Opened {
    /// Somebody opened the case outside their role.
    CaseOpenedOutsideRole {
        /// Who.
        member: Member,
        /// What for; `null` once erased.
        purpose: Option<String>,
        /// Until when they see it.
        until: DateTime<Utc>,
    },
    /// The data protection officer looked into why somebody opened the case outside their role.
    OpeningReviewed {
        /// Who had opened it.
        member: Member,
        /// Until when they saw it.
        until: DateTime<Utc>,
        /// What was found; `null` once erased.
        finding: Option<String>,
    },
}
