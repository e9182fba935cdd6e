//! Every reason a review says no, as data; the sentences are the edge's.

use super::outstanding::Outstanding;
use crate::Time;
use crate::ids::{InquiryId, ResolutionId};

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Refusal {
    /// There is no such review.
    NotBegun,
    /// A review with that identifier was begun already, otherwise.
    ReviewTaken,
    /// The period ends before it begins.
    PeriodOutOfOrder,
    /// The period is longer than a review looks back.
    PeriodTooLong {
        /// On how many days it looks back at most.
        days_max: usize,
    },
    /// The period has days in it that are still to come.
    PeriodNotOver,
    /// Something that must be said was left out.
    TextMissing {
        /// What is missing.
        what: RequiredText,
    },
    /// Nobody takes part.
    NobodyTakesPart,
    /// Nobody was asked that.
    InquiryUnknown {
        /// Which question.
        inquiry: InquiryId,
    },
    /// A question under that identifier was put otherwise.
    InquiryTaken {
        /// Which question.
        inquiry: InquiryId,
    },
    /// Somebody else was asked.
    NotAsked {
        /// What.
        inquiry: InquiryId,
    },
    /// No answer is wanted any more.
    InquiryIsWithdrawn {
        /// To which question.
        inquiry: InquiryId,
    },
    /// The answer is there already.
    InquiryIsAnswered {
        /// To which question.
        inquiry: InquiryId,
    },
    /// What is to come lies in the past.
    TimeInPast {
        /// The time given.
        given: Time,
    },
    /// What has been lies in the future.
    TimeInFuture {
        /// The time given.
        given: Time,
    },
    /// Nothing of that kind was resolved.
    ResolutionUnknown {
        /// Which resolution.
        resolution: ResolutionId,
    },
    /// It was done already.
    ResolutionIsCarriedOut {
        /// Which resolution.
        resolution: ResolutionId,
    },
    /// It was not done yet.
    ResolutionIsNotCarriedOut {
        /// Which resolution.
        resolution: ResolutionId,
    },
    /// Somebody else answers for it.
    NotTheOwner {
        /// For which resolution.
        resolution: ResolutionId,
    },
    /// The review was not held yet.
    NotHeld,
    /// The review was held: what it was held on stays, and it is not given up.
    IsHeld,
    /// The review was given up.
    IsAbandoned,
    /// Something remains to be done first.
    NotReady {
        /// All of it.
        outstanding: Vec<Outstanding>,
    },
    /// The review waits for the controller, so that nothing in it changes.
    IsSubmitted,
    /// The review does not wait for the controller.
    NotSubmitted,
    /// The review is approved.
    IsApproved,
    /// More files than a review holds.
    TooManyFiles {
        /// How many it holds.
        files_max: usize,
    },
    /// Only the controller approves a review or sends it back.
    OnlyTheControllerApproves,
    /// Whoever is data protection officer or prepared the review does not approve it (GDPR
    /// art. 38(6)).
    IndependenceOfTheDpo,
}

/// Something that must be said.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::IntoStaticStr, strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum RequiredText {
    /// What is said under a point.
    Item,
    /// A question.
    Question,
    /// An answer.
    Answer,
    /// Why.
    Reason,
    /// What is to be done.
    Resolution,
    /// The minutes.
    Minutes,
    /// What was done.
    Account,
    /// What was found.
    Finding,
    /// What an attached file shows.
    FileDescription,
}
