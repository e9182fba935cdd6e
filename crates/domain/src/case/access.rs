//! Who is let see a case that no role shows them: for a purpose they state themselves, or as an
//! auditor whom the controller granted a look.

use serde::{Deserialize, Serialize};

use super::state::OpenCase;
use crate::ids::UserId;
use crate::{Erasable, Time};

/// A fact about who is let see the case. NOTE: part of the stored form.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// Somebody opened the case outside their role, and sees it for a time.
    CaseOpenedOutsideRole {
        /// Who.
        user: UserId,
        /// What for, in their own words.
        purpose: Erasable<String>,
        /// Until when they see it.
        until: Time,
    },
    /// The officer looked into why somebody opened the case outside their role.
    OpeningReviewed {
        /// Who had opened it.
        user: UserId,
        /// Until when they saw it: with who they are, it tells which time.
        until: Time,
        /// What was found.
        finding: Erasable<String>,
    },
    /// The controller granted an auditor a look at the case; a later grant stands for the earlier.
    AuditGranted {
        /// Who sees it.
        auditor: UserId,
        /// What for.
        purpose: Erasable<String>,
        /// Until when they see it.
        until: Time,
    },
    /// The controller took an auditor's grant back before its time.
    AuditRevoked {
        /// Who had it.
        auditor: UserId,
        /// Why.
        reason: Erasable<String>,
    },
}

/// What an auditor was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditGrant {
    /// What they see the case for.
    pub purpose: Erasable<String>,
    /// Until when they see it.
    pub until: Time,
    /// Whether it was taken back before that.
    pub is_revoked: bool,
}

impl AuditGrant {
    /// Whether the auditor sees the case by it.
    #[must_use]
    pub fn is_running(&self, now: Time) -> bool {
        !self.is_revoked && now < self.until
    }
}

impl OpenCase {
    /// The case after one more fact about who is let see it.
    pub(super) fn apply_access(&mut self, event: Event) {
        match event {
            Event::CaseOpenedOutsideRole { user, until, .. } => {
                self.openings.entry((user, until)).or_default();
            }
            Event::OpeningReviewed { user, until, finding } => {
                self.openings.insert((user, until), Some(finding));
            }
            Event::AuditGranted { auditor, purpose, until } => {
                self.audits.insert(auditor, AuditGrant { purpose, until, is_revoked: false });
            }
            Event::AuditRevoked { auditor, .. } => {
                self.audits.entry(auditor).and_modify(|it| it.is_revoked = true);
            }
        }
    }
}
