//! Seeing a case outside one's role, and looking into it afterwards.

use crate::ids::UserId;
use crate::{Erasable, Time};

/// See the case for a time, outside one's role.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenOutsideRole {
    /// Who is to see it.
    pub user: UserId,
    /// What for.
    pub purpose: Erasable<String>,
    /// Until when.
    pub until: Time,
}

/// Record what came of looking into why somebody opened the case outside their role.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewOpening {
    /// Who had opened it.
    pub user: UserId,
    /// Until when they saw it.
    pub until: Time,
    /// What was found.
    pub finding: Erasable<String>,
}
