//! An auditor's look at a case.

use crate::ids::UserId;
use crate::{Erasable, Time};

/// Days that a grant lasts at the most. Who needs longer is granted it anew, once the purpose was
/// thought over.
pub const AUDIT_DAYS_MAX: i64 = 90;

/// Grant an auditor a look at the case.
#[derive(Debug, Clone, PartialEq)]
pub struct GrantAudit {
    /// Who is to see it.
    pub auditor: UserId,
    /// What for.
    pub purpose: Erasable<String>,
    /// Until when, at the most [`AUDIT_DAYS_MAX`] days from now.
    pub until: Time,
}

/// Take an auditor's grant back.
#[derive(Debug, Clone, PartialEq)]
pub struct RevokeAudit {
    /// Who has it.
    pub auditor: UserId,
    /// Why.
    pub reason: Erasable<String>,
}
