//! What has happened in a management review. NOTE: these names and fields are the stored form:
//! never renamed, only added to; how to change one all the same: `docs/decisions/0011-growth.md`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agenda::AgendaItem;
use super::number::ReviewNumber;
use crate::case::Attachment;
use crate::case::dealings::Effect;
use crate::case::inquiry::Reminder;
use crate::case::letter::KeptFile;
use crate::ids::{InquiryId, ResolutionId, ReviewId, UserId};
use crate::{Erasable, Position, Time};

/// A fact about a management review.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// Somebody began to prepare a review.
    ReviewBegun {
        /// The number people use for it.
        number: ReviewNumber,
        /// The first of the days it looks back on, in the organisation's time zone.
        first: NaiveDate,
        /// The last of them.
        last: NaiveDate,
        /// The review before it, whose resolutions it follows up.
        previous: Option<ReviewId>,
    },
    /// Those who are to take part were named anew.
    ParticipantsNamed {
        /// All of them.
        participants: BTreeSet<UserId>,
    },
    /// The service prepared what it knows. Nothing of it is copied here: the same position and
    /// template say the same again.
    BasisPrepared(Basis),
    /// Somebody wrote what is to be said under a point.
    ItemWritten {
        /// Which point.
        item: AgendaItem,
        /// Counts from 1 for each point.
        version: u32,
        /// What is said.
        text: Erasable<String>,
    },
    /// A file was attached to a point.
    FileAttached {
        /// Which point.
        item: AgendaItem,
        /// Which file.
        file: Box<Attachment>,
    },
    /// Somebody was asked for what the service cannot know.
    InputAsked {
        /// A new identifier.
        inquiry: InquiryId,
        /// For which point.
        item: AgendaItem,
        /// Who was asked.
        of: UserId,
        /// What was asked.
        text: Erasable<String>,
        /// When the answer is wanted.
        due_at: Time,
    },
    /// Whoever was asked was reminded.
    InputReminded {
        /// Of which question.
        inquiry: InquiryId,
        /// Of what.
        reminder: Reminder,
    },
    /// Whoever was asked answered; earlier answers stay.
    InputGiven {
        /// Which question.
        inquiry: InquiryId,
        /// The answer.
        text: Erasable<String>,
    },
    /// No answer is wanted any more.
    InputWithdrawn {
        /// To which question.
        inquiry: InquiryId,
        /// Why.
        reason: Erasable<String>,
    },
    /// It was resolved that something is to be done; or what was resolved was put otherwise.
    ResolutionTaken {
        /// Which resolution.
        resolution: ResolutionId,
        /// Under which point.
        item: AgendaItem,
        /// What is to be done.
        text: Erasable<String>,
        /// Who answers for it.
        owner: UserId,
        /// When it is to be done.
        due_at: Time,
        /// The resolution of the review before that goes on in this one.
        carries_over: Option<ResolutionId>,
    },
    /// What was written down as resolved was not, after all.
    ResolutionDropped {
        /// Which resolution.
        resolution: ResolutionId,
        /// Why.
        reason: Erasable<String>,
    },
    /// The review was given up before it was held: begun by mistake, or for the wrong days.
    ReviewAbandoned {
        /// Why.
        reason: Erasable<String>,
    },
    /// The review was held.
    ReviewHeld {
        /// When.
        held_at: Time,
        /// Who was there.
        participants: BTreeSet<UserId>,
    },
    /// The minutes were written.
    MinutesWritten {
        /// Counts from 1.
        version: u32,
        /// What they say.
        text: Erasable<String>,
    },
    /// The review went to the controller.
    ReviewSubmitted {},
    /// The controller sent it back.
    ReviewReturned {
        /// Why.
        reason: Erasable<String>,
    },
    /// The controller approved it.
    ReviewApproved(Box<Approval>),
    /// What was resolved was done.
    ResolutionCarriedOut {
        /// Which resolution.
        resolution: ResolutionId,
        /// What was done.
        account: Erasable<String>,
    },
    /// It was seen what a resolution has led to.
    ResolutionEffectReviewed {
        /// Which resolution.
        resolution: ResolutionId,
        /// How far it had the effect it was meant to have.
        effect: Effect,
        /// What was found.
        finding: Erasable<String>,
    },
    /// Whoever answers for a resolution was reminded of it.
    ResolutionReminded {
        /// Which resolution.
        resolution: ResolutionId,
        /// Of what.
        reminder: Reminder,
    },
    /// Somebody was reminded that the next review is due.
    NextReviewReminded {
        /// Of what.
        reminder: Reminder,
    },
}

/// What the service's part of a review was made from. NOTE: part of the stored form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The last event of the log that was taken into account.
    pub position: Position,
    /// The version of the template that says which figures are shown, and how.
    pub template: u32,
}

/// The controller's approval. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// What the document that was approved was made from: the log up to there, minutes and all.
    pub made_from: Basis,
    /// The document, kept with this event.
    pub document: KeptFile,
    /// When the next review is to be held.
    pub next_due_at: Time,
}

impl Event {
    /// The file that is kept with it.
    #[must_use]
    pub fn file(&self) -> Option<crate::ids::AttachmentId> {
        match self {
            Self::FileAttached { file, .. } => Some(file.attachment),
            Self::ReviewApproved(approval) => Some(approval.document.file),
            _ => None,
        }
    }
}
