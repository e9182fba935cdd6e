//! What may be asked about the measures of a case.

use crate::case::dealings::Effect;
use crate::case::event::MeasureKind;
use crate::ids::{MeasureId, UserId};
use crate::{Erasable, Time};

/// Propose a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct ProposeMeasure {
    /// A new identifier.
    pub measure: MeasureId,
    /// What it is meant to do.
    pub kind: MeasureKind,
    /// What is to be done.
    pub description: Erasable<String>,
    /// Who answers for it.
    pub owner: UserId,
    /// When it is to be done.
    pub due_at: Time,
}

/// Record whether a completed measure has effect.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifyMeasure {
    /// Which measure.
    pub measure: MeasureId,
    /// Whether it has the effect it was meant to have.
    pub effective: bool,
    /// What was found.
    pub finding: Erasable<String>,
}

/// Record that a measure was carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct CompleteMeasure {
    /// Which measure.
    pub measure: MeasureId,
    /// What was done.
    pub account: Erasable<String>,
    /// When it is to be seen what it has led to; the settings say.
    pub review_due_at: Option<Time>,
}

/// Record what a measure has led to.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewEffect {
    /// Which measure.
    pub measure: MeasureId,
    /// How far it had the effect it was meant to have.
    pub effect: Effect,
    /// What was found.
    pub finding: Erasable<String>,
}
