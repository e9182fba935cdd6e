//! The values that events hold: what was advised, decided, done.

use serde::{Deserialize, Serialize};

use crate::category::{ActionName, CategoryId};

/// What an assessment advises; each step includes the ones before it.
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
pub enum Outcome {
    /// Document the breach (GDPR art. 33(5)) and no more.
    DocumentOnly,
    /// Notify the authority too (art. 33(1)).
    NotifyAuthority,
    /// Notify the authority and tell the people affected (art. 34(1)).
    NotifyAuthorityAndPeople,
}

/// Whether the authority is notified.
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
pub enum AuthorityDecision {
    /// It is.
    Notify,
    /// It is not: the breach is unlikely to result in a risk (GDPR art. 33(1)).
    DoNotNotify,
}

/// Whether the people affected are told, and if not, on which ground.
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
pub enum PeopleDecision {
    /// They are told.
    Notify,
    /// No high risk (GDPR art. 34(1)).
    NoHighRisk,
    /// Protected by measures such as encryption (art. 34(3)(a)).
    ProtectedByMeasures,
    /// The high risk has been removed since (art. 34(3)(b)).
    RiskRemoved,
    /// Disproportionate effort, so a public communication instead (art. 34(3)(c)).
    PublicCommunication,
}

impl PeopleDecision {
    /// Whether it is to tell them, one by one or by a public communication.
    #[must_use]
    pub fn is_to_tell(self) -> bool {
        matches!(self, Self::Notify | Self::PublicCommunication)
    }
}

/// In which capacity a decision was taken.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Capacity {
    /// By the controller.
    Controller,
    /// By the data protection officer under the controller's standing delegation.
    Delegation,
}

/// What a measure is meant to do.
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
pub enum MeasureKind {
    /// Stops or limits the damage. A case cannot close while one is unverified.
    Immediate,
    /// Removes the cause.
    Corrective,
    /// Keeps it from happening again.
    Preventive,
}

/// How the people affected were told.
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
pub enum TellingWay {
    /// A letter on paper to each of them.
    Letter,
    /// Digital post, or an e-mail, to each of them.
    DigitalPost,
    /// A conversation with each of them.
    Conversation,
    /// A public communication (GDPR art. 34(3)(c)).
    PublicNotice,
}

/// Where a measure came from: one of the first actions of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromPlaybook {
    /// The category.
    pub category: CategoryId,
    /// Its version at that time.
    pub version: u32,
    /// Which action.
    pub action: ActionName,
}
