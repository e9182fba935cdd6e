//! Taking back what was recorded by mistake.

use crate::Erasable;
use crate::duty::DutyId;
use crate::ids::{MeasureId, UserId};

/// Take back a measure that is not needed.
#[derive(Debug, Clone, PartialEq)]
pub struct WithdrawMeasure {
    /// Which measure.
    pub measure: MeasureId,
    /// Why.
    pub reason: Erasable<String>,
}

/// Take back that a duty was done.
#[derive(Debug, Clone, PartialEq)]
pub struct WithdrawFulfilment {
    /// Which duty.
    pub duty: DutyId,
    /// Why.
    pub reason: Erasable<String>,
}

/// Take back that somebody is involved.
#[derive(Debug, Clone, PartialEq)]
pub struct WithdrawInvolved {
    /// Who is not.
    pub user: UserId,
    /// Why.
    pub reason: Erasable<String>,
}
