//! The review as the commands find it. A type per phase: a leaf that gets an open review need not
//! ask.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::agenda::AgendaItem;
use super::event::{Approval, Basis};
use super::number::ReviewNumber;
use crate::case::Attachment;
use crate::case::dealings::Effect;
use crate::case::inquiry::{Inquiry, Reminder};
use crate::ids::{InquiryId, ResolutionId, ReviewId, UserId};
use crate::{Actor, Erasable, Time};

/// A review in one of its phases.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Review {
    /// Nothing has happened yet.
    #[default]
    Unbegun,
    /// It is prepared, held or waits for the controller.
    Open(Box<OpenReview>),
    /// The controller approved it. What it resolved goes on.
    Approved(Box<ApprovedReview>),
    /// It was given up before it was held.
    Abandoned(Box<AbandonedReview>),
}

impl Review {
    /// What is known of it, approved, given up or neither.
    #[must_use]
    pub fn known(&self) -> Option<&OpenReview> {
        match self {
            Self::Unbegun => None,
            Self::Open(review) => Some(review),
            Self::Approved(approved) => Some(&approved.review),
            Self::Abandoned(abandoned) => Some(&abandoned.review),
        }
    }

    /// The approval, once there is one.
    #[must_use]
    pub fn approved(&self) -> Option<&ApprovedReview> {
        match self {
            Self::Approved(approved) => Some(approved),
            Self::Unbegun | Self::Open(_) | Self::Abandoned(_) => None,
        }
    }

    /// How far it has come; nothing where it was not begun.
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        match self {
            Self::Unbegun => None,
            Self::Open(review) => Some(review.phase()),
            Self::Approved(_) => Some(Phase::Approved),
            Self::Abandoned(_) => Some(Phase::Abandoned),
        }
    }
}

/// How far a review has come.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Phase {
    /// It is prepared.
    Preparing,
    /// It was held; minutes and resolutions are written.
    Held,
    /// It waits for the controller.
    Submitted,
    /// The controller approved it.
    Approved,
    /// It was given up before it was held.
    Abandoned,
}

/// A review on its way to the controller.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenReview {
    /// The number people use for it.
    pub number: ReviewNumber,
    /// The first of the days it looks back on, in the organisation's time zone.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
    /// The review before it.
    pub previous: Option<ReviewId>,
    /// When it was begun.
    pub begun_at: Time,
    /// Who is to take part.
    pub participants: BTreeSet<UserId>,
    /// What the service's part was last made from.
    pub basis: Option<Basis>,
    /// What was written and attached, by point.
    pub items: BTreeMap<AgendaItem, Item>,
    /// What people were asked.
    pub inputs: BTreeMap<InquiryId, Input>,
    /// What was resolved.
    pub resolutions: BTreeMap<ResolutionId, Resolution>,
    /// When it was held and who was there, once it was.
    pub held: Option<Held>,
    /// The minutes, in every version.
    pub minutes: Vec<Written>,
    /// Who sent it to the controller, while it waits there.
    pub submitted_by: Option<Actor>,
    /// Why the controller sent it back, the last time.
    pub returned: Option<Erasable<String>>,
}

impl OpenReview {
    /// How far it has come.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match (&self.held, &self.submitted_by) {
            (_, Some(_)) => Phase::Submitted,
            (Some(_), None) => Phase::Held,
            (None, None) => Phase::Preparing,
        }
    }

    /// How many files are attached, over all points.
    #[must_use]
    pub fn file_count(&self) -> usize {
        self.items.values().map(|item| item.files.len()).sum()
    }

    /// Whether somebody is asked anything that is not withdrawn.
    #[must_use]
    pub fn asks(&self, user: UserId) -> bool {
        let mut inputs = self.inputs.values().map(|input| &input.inquiry);
        inputs.any(|it| it.respondent.member() == Some(user) && it.withdrawn.is_none())
    }
}

/// A review that was approved.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovedReview {
    /// The review, as it was approved and as its resolutions went on.
    pub review: OpenReview,
    /// What was approved, and when the next is due.
    pub approval: Approval,
    /// Who approved it.
    pub by: Actor,
    /// When.
    pub at: Time,
    /// The reminders of the next review that were sent.
    pub reminded: BTreeSet<Reminder>,
}

/// A review that was given up before it was held.
#[derive(Debug, Clone, PartialEq)]
pub struct AbandonedReview {
    /// The review as far as it came.
    pub review: OpenReview,
    /// Who gave it up, when and why.
    pub reason: Written,
}

/// What was written and attached under a point.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// What is said, in every version.
    pub texts: Vec<Written>,
    /// The files, in order.
    pub files: Vec<Attachment>,
}

/// A version of something that somebody wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// When.
    pub at: Time,
    /// Who.
    pub by: Actor,
    /// What.
    pub text: Erasable<String>,
}

/// Something that somebody was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// For which point.
    pub item: AgendaItem,
    /// The question, with its answers and reminders.
    pub inquiry: Inquiry,
}

/// When the review was held and who was there.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// When.
    pub at: Time,
    /// Who was there.
    pub participants: BTreeSet<UserId>,
}

/// Something that was resolved to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// Under which point.
    pub item: AgendaItem,
    /// What is to be done.
    pub text: Erasable<String>,
    /// Who answers for it.
    pub owner: UserId,
    /// When it is to be done.
    pub due_at: Time,
    /// The resolution of the review before that goes on in this one.
    pub carries_over: Option<ResolutionId>,
    /// The reminders that its owner was sent.
    pub reminded: BTreeSet<Reminder>,
    /// What was done, once it was.
    pub carried_out: Option<Written>,
    /// What it has led to, the last time that was seen.
    pub effect: Option<(Effect, Written)>,
}
