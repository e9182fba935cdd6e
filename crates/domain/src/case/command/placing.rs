//! Where a case belongs when it is taken in, when that turns out to be wrong, and how it ends.

use std::collections::BTreeSet;

use crate::Erasable;
use crate::category::{Action, ActionName, CategoryId};
use crate::ids::{MeasureId, UnitId, UserId};

/// Take the case in.
#[derive(Debug, Clone, PartialEq)]
pub struct Receive {
    /// The category to handle it under.
    pub category: CategoryId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// Who handles it.
    pub handler: UserId,
    /// The first actions that are taken.
    pub first_actions: Vec<FirstAction>,
    /// What the category says of them; the service's to fill in.
    pub playbook: Option<Playbook>,
}

/// A first action that is to become a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstAction {
    /// A new identifier for the measure.
    pub measure: MeasureId,
    /// Which action of the category's playbook.
    pub action: ActionName,
    /// Who answers for it.
    pub owner: UserId,
}

/// A category's playbook at the time the case is received.
#[derive(Debug, Clone, PartialEq)]
pub struct Playbook {
    /// The category's version.
    pub version: u32,
    /// Its first actions.
    pub actions: Vec<Action>,
    /// The language in which measures are described.
    pub language: String,
}

/// Put a case that was taken in under another category, or in another unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Reclassify {
    /// The category to handle it under.
    pub category: CategoryId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// Why.
    pub reason: Erasable<String>,
    /// First actions of the category before that are not done and are to fall away.
    pub dropped: BTreeSet<MeasureId>,
    /// The first actions of the category that are taken.
    pub first_actions: Vec<FirstAction>,
    /// What the category says of them; the service's to fill in.
    pub playbook: Option<Playbook>,
}

/// Close the case, as the controller.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Close {
    /// Why it ends although duties are not done; needed where one applies for sure.
    pub grounds: Option<Erasable<String>>,
}
