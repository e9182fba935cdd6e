//! What somebody looks for in the list of cases.

use domain::case::Phase;
use domain::category::CategoryId;
use domain::ids::{UnitId, UserId};
use domain::organisation::Organisation;

use super::Row;

/// What somebody looks for in the list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Only cases in this phase.
    pub phase: Option<Phase>,
    /// Only open cases, or only closed ones.
    pub closed: Option<bool>,
    /// Only cases in this category.
    pub category: Option<CategoryId>,
    /// Only cases of this unit and the units below it.
    pub unit: Option<UnitId>,
    /// Only cases with this handler.
    pub handler: Option<UserId>,
    /// Only cases in which each of these words occurs; whoever lists them knows which.
    pub words: String,
}

impl Filter {
    /// Whether anything is looked for at all.
    #[must_use]
    pub fn is_search(&self) -> bool {
        !self.words.trim().is_empty()
    }

    pub(super) fn matches(&self, row: &Row, organisation: &Organisation) -> bool {
        self.phase.is_none_or(|wanted| wanted == row.phase())
            && self.closed.is_none_or(|wanted| wanted == row.phase().is_closed())
            && self.category.as_ref().is_none_or(|wanted| *wanted == row.category)
            && self.unit.is_none_or(|wanted| organisation.is_within(row.unit, wanted))
            && self.handler.is_none_or(|wanted| Some(wanted) == row.handler)
    }
}
