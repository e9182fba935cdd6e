//! What somebody who got a mail or a letter by mistake is asked to confirm: that it is gone, and
//! whether it was seen or passed on. It is an inquiry to somebody outside with an answer of a shape
//! of its own, so that links, reminders and withdrawing are those of every inquiry.

use serde::{Deserialize, Serialize};

use super::inquiry::{Contact, LinkHash};
use crate::ids::InquiryId;
use crate::{Erasable, Time};

/// A recipient was asked to confirm, or did. NOTE: part of the stored form.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The recipient was asked.
    ConfirmationAsked(Box<ConfirmationAsked>),
    /// The recipient answered.
    ConfirmationGiven {
        /// Which inquiry.
        inquiry: InquiryId,
        /// The answer.
        confirmation: Confirmation,
    },
}

/// Who is asked, of what, and by when. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfirmationAsked {
    /// A new identifier.
    pub inquiry: InquiryId,
    /// Who got it.
    pub recipient: Erasable<Contact>,
    /// What went astray.
    pub misdirected: Misdirected,
    /// What was in it, for those who handle the case. The recipient is told nothing of it.
    pub content: Erasable<String>,
    /// When the answer is wanted.
    pub due_at: Time,
}

/// What went to the wrong one. NOTE: part of the stored form.
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
pub enum Misdirected {
    /// A mail.
    Email,
    /// A letter on paper.
    Letter,
}

/// What a recipient says became of it. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Where it is now.
    pub disposal: Disposal,
    /// Whether it was opened or read.
    pub opened: bool,
    /// Whether it was shown, copied or sent on to anybody.
    pub passed_on: bool,
    /// What else they want to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Erasable<String>>,
}

/// Where something is that went to the wrong one. NOTE: part of the stored form.
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
pub enum Disposal {
    /// Deleted or destroyed, every copy of it.
    Deleted,
    /// Sent or handed back.
    Returned,
    /// Neither yet.
    Kept,
}

/// Something to do with a confirmation.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Ask a recipient.
    Ask(Box<ConfirmationAsked>),
    /// Answer, by a link.
    Give {
        /// Which inquiry.
        inquiry: InquiryId,
        /// The link by which it is answered.
        link: LinkHash,
        /// The answer.
        confirmation: Confirmation,
    },
}

impl Request {
    /// Every text in it that somebody wrote.
    #[must_use]
    pub fn texts(&self) -> Vec<&Erasable<String>> {
        match self {
            Self::Ask(asked) => vec![&asked.content],
            Self::Give { confirmation, .. } => confirmation.remark.iter().collect(),
        }
    }
}

/// A confirmation that is asked for, as the case knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirming {
    /// What went astray.
    pub misdirected: Misdirected,
    /// The answer and when it came, once it did.
    pub given: Option<(Time, Confirmation)>,
}
