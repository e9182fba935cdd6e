//! What may be asked of a management review.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};

use super::agenda::AgendaItem;
use super::event::{Approval, Basis};
use super::number::ReviewNumber;
use crate::case::dealings::Effect;
use crate::case::{Acting, Attachment};
use crate::ids::{InquiryId, ResolutionId, ReviewId, UserId};
use crate::{Erasable, Time};

/// A request to a review, with who makes it and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The time it is made.
    pub at: Time,
    /// Who makes it.
    pub by: Acting,
    /// What is asked.
    pub request: Request,
}

/// What is asked of a review.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Begin to prepare it.
    Begin(Begin),
    /// Say who is to take part.
    NameParticipants(BTreeSet<UserId>),
    /// Prepare what the service knows.
    PrepareBasis(Basis),
    /// Write what is to be said under a point.
    WriteItem {
        /// Which point.
        item: AgendaItem,
        /// What is said.
        text: Erasable<String>,
    },
    /// Attach a file to a point.
    Attach {
        /// Which point.
        item: AgendaItem,
        /// Which file.
        file: Box<Attachment>,
    },
    /// Ask somebody for what the service cannot know.
    Ask(Ask),
    /// Answer, as whoever was asked.
    Answer {
        /// Which question.
        inquiry: InquiryId,
        /// The answer.
        text: Erasable<String>,
    },
    /// Want no answer any more.
    Withdraw {
        /// To which question.
        inquiry: InquiryId,
        /// Why.
        reason: Erasable<String>,
    },
    /// Resolve that something is to be done, or put otherwise what was resolved.
    Resolve(Resolve),
    /// Take out what was not resolved after all.
    DropResolution {
        /// Which resolution.
        resolution: ResolutionId,
        /// Why.
        reason: Erasable<String>,
    },
    /// Record that the review was held.
    Hold {
        /// When.
        held_at: Time,
        /// Who was there.
        participants: BTreeSet<UserId>,
    },
    /// Write the minutes.
    WriteMinutes(Erasable<String>),
    /// Give the review up before it is held.
    Abandon(Erasable<String>),
    /// Send the review to the controller.
    Submit,
    /// Send it back, as the controller.
    Return(Erasable<String>),
    /// Approve it, as the controller.
    Approve(Box<Approval>),
    /// Record that what was resolved was done.
    CarryOut {
        /// Which resolution.
        resolution: ResolutionId,
        /// What was done.
        account: Erasable<String>,
    },
    /// Record what a resolution has led to.
    ReviewEffect {
        /// Which resolution.
        resolution: ResolutionId,
        /// How far it had the effect it was meant to have.
        effect: Effect,
        /// What was found.
        finding: Erasable<String>,
    },
    /// Raise the reminders whose time has come.
    Remind {
        /// How long before an answer or a resolution is due whoever owes it is first reminded.
        before: TimeDelta,
        /// The resolutions that a later review goes on with: they are called to mind there.
        carried_over: BTreeSet<ResolutionId>,
    },
}

/// Begin a review.
#[derive(Debug, Clone, PartialEq)]
pub struct Begin {
    /// The number people are to use for it.
    pub number: ReviewNumber,
    /// The first of the days it looks back on, in the organisation's time zone.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
    /// The day on which it is begun, in the same time zone.
    pub today: NaiveDate,
    /// Who is to take part; they can be named later, too.
    pub participants: BTreeSet<UserId>,
    /// The review before it.
    pub previous: Option<ReviewId>,
}

/// Ask somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// A new identifier.
    pub inquiry: InquiryId,
    /// For which point.
    pub item: AgendaItem,
    /// Who is asked.
    pub of: UserId,
    /// What is asked.
    pub text: Erasable<String>,
    /// When the answer is wanted.
    pub due_at: Time,
}

/// Resolve something.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolve {
    /// Which; a new identifier for a new one.
    pub resolution: ResolutionId,
    /// Under which point.
    pub item: AgendaItem,
    /// What is to be done.
    pub text: Erasable<String>,
    /// Who is to answer for it.
    pub owner: UserId,
    /// When it is to be done.
    pub due_at: Time,
    /// The resolution of the review before that goes on in this one.
    pub carries_over: Option<ResolutionId>,
}

impl Request {
    /// Everything that somebody wrote in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&Erasable<String>> {
        match self {
            Self::Begin(_)
            | Self::NameParticipants(_)
            | Self::PrepareBasis(_)
            | Self::Attach { .. }
            | Self::Hold { .. }
            | Self::Submit
            | Self::Approve(_)
            | Self::Remind { .. } => Vec::new(),
            Self::Ask(it) => vec![&it.text],
            Self::Resolve(it) => vec![&it.text],
            Self::WriteItem { text, .. }
            | Self::Answer { text, .. }
            | Self::Withdraw { reason: text, .. }
            | Self::DropResolution { reason: text, .. }
            | Self::WriteMinutes(text)
            | Self::Abandon(text)
            | Self::Return(text)
            | Self::CarryOut { account: text, .. }
            | Self::ReviewEffect { finding: text, .. } => vec![text],
        }
    }

    /// Those it gives something to do or a part to take.
    #[must_use]
    pub fn people(&self) -> Vec<UserId> {
        match self {
            Self::Begin(it) => it.participants.iter().copied().collect(),
            Self::NameParticipants(participants) | Self::Hold { participants, .. } => {
                participants.iter().copied().collect()
            }
            Self::Ask(it) => vec![it.of],
            Self::Resolve(it) => vec![it.owner],
            _ => Vec::new(),
        }
    }
}
