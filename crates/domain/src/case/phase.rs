//! Where a case stands, for those who look at it. No rule depends on the phase.

use serde::{Deserialize, Serialize};

use super::state::{Case, Closing, OpenCase, Progress};

/// Where a case stands.
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
pub enum Phase {
    /// Came in; nobody has taken it yet.
    Reported,
    /// Taken in.
    Received,
    /// At least one assessment is there.
    UnderAssessment,
    /// Decided whether the authority and the people are told.
    Decided,
    /// Decided, and measures are under way.
    MeasuresOngoing,
    /// The memo waits for the controller.
    AwaitingClosure,
    /// The controller closed it.
    Closed,
    /// It was no deviation.
    ClosedAsNotADeviation,
    /// Taken up again after it was closed.
    Reopened,
}

impl Phase {
    /// Whether nobody is at work on a case in this phase.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::ClosedAsNotADeviation)
    }
}

impl Case {
    /// Where the case stands; nothing for a case that was never reported.
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        match self {
            Self::Unreported => None,
            Self::Open(case) => Some(open_phase(case)),
            Self::Closed(closed) => Some(match closed.closing {
                Closing::ByController => Phase::Closed,
                Closing::NotADeviation { .. } => Phase::ClosedAsNotADeviation,
            }),
        }
    }
}

fn open_phase(case: &OpenCase) -> Phase {
    let decided = case.authority.is_settled() && case.people.is_some();
    let ongoing = case
        .measures
        .values()
        .any(|measure| !matches!(measure.progress, Progress::Verified { .. }));
    if case.awaits_closure() {
        Phase::AwaitingClosure
    } else if case.reopened.is_some() {
        Phase::Reopened
    } else if decided && ongoing {
        Phase::MeasuresOngoing
    } else if decided {
        Phase::Decided
    } else if case.assessment.is_some() {
        Phase::UnderAssessment
    } else if case.receipt.is_some() {
        Phase::Received
    } else {
        Phase::Reported
    }
}
