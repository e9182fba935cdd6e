//! Erasure: whose data goes, on which ground, and what is left of it on record.
//!
//! The event is recorded first and says nothing personal, so that it can always be shown what was
//! erased, when, on which ground and by whom (GDPR art. 5(2)). The keys are destroyed after it.

use serde::{Deserialize, Serialize};

use crate::ids::PersonId;

/// Erase personal data in the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erase {
    /// Whose.
    pub whose: Whose,
    /// On which ground.
    pub ground: ErasureGround,
    /// Where the ground is found, such as a provision or the number of a decision. It is kept in
    /// the open for good, so it names nobody.
    pub basis: String,
}

/// Whose data is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's: all that is personal in the case.
    Everybody,
    /// Who reported; what they wrote stays.
    Reporter,
    /// That somebody was named as involved.
    Involved(PersonId),
}

/// Why personal data is erased.
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
pub enum ErasureGround {
    /// It has been kept for as long as it is needed (GDPR art. 5(1)(e)).
    RetentionReached,
    /// The controller has ordered it, such as on somebody's request (art. 17).
    Ordered,
}

/// What somebody is in a case.
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
pub enum PartInCase {
    /// They reported it.
    Reporter,
    /// They were named as involved.
    Involved,
}
