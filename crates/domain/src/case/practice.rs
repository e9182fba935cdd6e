//! What a decision is held against: the assessment's advice, and what was decided in cases alike
//! before (`docs/decisions/0025-equal-treatment.md`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::CaseNumber;

/// What was decided in the earlier cases that are alike enough, as whoever decides sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice<D> {
    /// The cases, the nearest first, each with its decision.
    pub near: Vec<(CaseNumber, D)>,
}

impl<D> Default for Practice<D> {
    fn default() -> Self {
        Self { near: Vec::new() }
    }
}

impl<D: Copy> Practice<D> {
    /// Whether there is a practice, and it is another than this: every case that is alike enough
    /// was decided otherwise.
    pub fn is_departed_from(&self, is_otherwise: impl Fn(D) -> bool) -> bool {
        !self.near.is_empty() && self.near.iter().all(|(_, decision)| is_otherwise(*decision))
    }

    /// The cases.
    #[must_use]
    pub fn cases(&self) -> Vec<CaseNumber> {
        self.near.iter().map(|(case, _)| *case).collect()
    }
}

/// What a decision was held against when it was taken. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeldAgainst {
    /// The earlier cases that were alike enough, the nearest first.
    pub near: Vec<CaseNumber>,
    /// What the decision departs from; why, it says itself.
    pub departs_from: BTreeSet<Norm>,
}

/// What a decision can depart from. NOTE: part of the stored form.
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
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Norm {
    /// What the latest assessment advises.
    Advice,
    /// What was decided in cases alike.
    Practice,
}

impl HeldAgainst {
    /// What a decision was held against, to be put on record; nothing where there was nothing.
    #[must_use]
    pub fn record(
        near: Vec<CaseNumber>,
        departs_from: impl IntoIterator<Item = Norm>,
    ) -> Option<Box<Self>> {
        let held = Self { near, departs_from: departs_from.into_iter().collect() };
        (held != Self::default()).then(|| Box::new(held))
    }
}
