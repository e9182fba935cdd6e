//! The case memo: six parts, all of them required before the case goes to the controller.

use serde::{Deserialize, Serialize};

use crate::Erasable;

/// The text of a memo, part by part, in the order they are read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memo {
    /// What the case is about.
    pub orientation: Erasable<String>,
    /// What happened, when it was discovered, when it happened, who was involved.
    pub description: Erasable<String>,
    /// The rules and guidelines the case is measured against.
    pub rules: Erasable<String>,
    /// The discussion.
    pub discussion: Erasable<String>,
    /// The assessment of the deviation, the measures, and the assessment of those.
    pub assessment: Erasable<String>,
    /// The conclusion, with points to follow up.
    pub conclusion: Erasable<String>,
}

/// One of the six parts.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MemoPart {
    /// Part 1.
    Orientation,
    /// Part 2.
    Description,
    /// Part 3.
    Rules,
    /// Part 4.
    Discussion,
    /// Part 5.
    Assessment,
    /// Part 6.
    Conclusion,
}

impl Memo {
    /// The text of one part.
    #[must_use]
    pub fn part(&self, part: MemoPart) -> &Erasable<String> {
        match part {
            MemoPart::Orientation => &self.orientation,
            MemoPart::Description => &self.description,
            MemoPart::Rules => &self.rules,
            MemoPart::Discussion => &self.discussion,
            MemoPart::Assessment => &self.assessment,
            MemoPart::Conclusion => &self.conclusion,
        }
    }

    /// The parts in which nothing is written yet.
    #[must_use]
    pub fn missing(&self) -> Vec<MemoPart> {
        use strum::IntoEnumIterator;
        MemoPart::iter().filter(|part| self.part(*part).is_blank()).collect()
    }
}
