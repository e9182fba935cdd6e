//! That somebody was let see a case whom no role shows it, as the API tells it.

use chrono::{DateTime, Utc};
use domain::case::access::Event;
use domain::ids::UserId;
use domain::organisation::Organisation;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::shapes::{Member, text};

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
    /// The controller granted an auditor a look at the case.
    AuditGranted {
        /// Who sees it.
        auditor: Member,
        /// What for; `null` once erased.
        purpose: Option<String>,
        /// Until when they see it.
        until: DateTime<Utc>,
    },
    /// The grant was taken back before its time.
    AuditRevoked {
        /// Who had it.
        auditor: Member,
        /// Why; `null` once erased.
        reason: Option<String>,
    },
}

impl Opened {
    pub(super) fn new(event: &Event, organisation: &Organisation) -> Self {
        let member = |user: &UserId| Member::new(organisation, *user);
        match event {
            Event::CaseOpenedOutsideRole { user, purpose, until } => Self::CaseOpenedOutsideRole {
                member: member(user),
                purpose: text(purpose),
                until: *until,
            },
            Event::OpeningReviewed { user, until, finding } => Self::OpeningReviewed {
                member: member(user),
                until: *until,
                finding: text(finding),
            },
            Event::AuditGranted { auditor, purpose, until } => Self::AuditGranted {
                auditor: member(auditor),
                purpose: text(purpose),
                until: *until,
            },
            Event::AuditRevoked { auditor, reason } => {
                Self::AuditRevoked { auditor: member(auditor), reason: text(reason) }
            }
        }
    }
}
