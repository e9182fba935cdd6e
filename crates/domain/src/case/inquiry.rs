//! An inquiry: a question to somebody who is to help with the case, other than its reporter. They
//! see the question and nothing else of the case.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::attachment::Attachment;
use super::confirmation::{Confirmation, ConfirmationAsked, Confirming, Disposal};
use crate::ids::{AttachmentId, InquiryId, UserId};
use crate::{Actor, Erasable, Time};

/// What is asked, of whom, and by when. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InquiryMade {
    /// A new identifier.
    pub inquiry: InquiryId,
    /// Who is asked.
    pub respondent: Respondent,
    /// What is asked.
    pub text: Erasable<String>,
    /// When the answer is wanted.
    pub due_at: Time,
    /// The files of the case that whoever is asked is shown with it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub files: BTreeSet<AttachmentId>,
}

/// Who is asked. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Respondent {
    /// A member of the organisation, who signs in to answer.
    Member(UserId),
    /// Somebody outside it, such as a processor's contact, who answers by a secret link.
    Outside(Erasable<Contact>),
}

impl Respondent {
    /// The member of the organisation, if it is one.
    #[must_use]
    pub fn member(&self) -> Option<UserId> {
        match self {
            Self::Member(user) => Some(*user),
            Self::Outside(_) => None,
        }
    }

    /// Takes out where the link is mailed.
    pub fn forget_address(&mut self) {
        if let Self::Outside(contact) = self {
            forget_address(contact);
        }
    }
}

/// Takes out where somebody is written to.
pub fn forget_address(contact: &mut Erasable<Contact>) {
    if let Erasable::Known { value, .. } = contact {
        value.email.clear();
    }
}

/// Somebody outside the organisation. NOTE: part of the stored form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Their name and whom they answer for.
    pub name: String,
    /// Where the link is mailed.
    pub email: String,
}

/// Names and addresses stay out of logs.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

/// SHA-256 of a link's secret, in hexadecimal: all that is kept of it. NOTE: part of the stored
/// form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinkHash(pub String);

/// What a respondent is reminded of. NOTE: part of the stored form.
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
pub enum Reminder {
    /// That the answer is due soon.
    BeforeDue,
    /// That it is due now.
    Due,
}

/// An inquiry as the case knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Inquiry {
    /// Who is asked.
    pub respondent: Respondent,
    /// What is asked; where a recipient is to confirm, what they got, which they are not told.
    pub text: Erasable<String>,
    /// When it was asked.
    pub made_at: Time,
    /// When the answer is wanted.
    pub due_at: Time,
    /// The files of the case that are shown with it, while the case is open.
    pub files: BTreeSet<AttachmentId>,
    /// The links that were mailed, and until when each works.
    pub links: BTreeMap<LinkHash, Time>,
    /// The reminders that were sent.
    pub reminded: BTreeSet<Reminder>,
    /// What a recipient is to confirm, where that is what is asked.
    pub confirming: Option<Confirming>,
    /// The answers: a later one adds to the earlier ones, which stay.
    pub answers: Vec<Answer>,
    /// Why no answer is wanted any more, if so.
    pub withdrawn: Option<Erasable<String>>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// When it came.
    pub at: Time,
    /// Who gave it.
    pub by: Actor,
    /// What it says.
    pub text: Erasable<String>,
    /// The files that came with it; they are among those of the case too.
    pub files: Vec<Attachment>,
}

impl Inquiry {
    /// What a recipient confirmed, and when.
    #[must_use]
    pub fn confirmed(&self) -> Option<&(Time, Confirmation)> {
        self.confirming.as_ref()?.given.as_ref()
    }

    /// Whether it is the later word of the same recipient about the same, where they first had kept
    /// what they got. They are known by their mail address.
    #[must_use]
    pub fn supersedes(&self, other: &Self) -> bool {
        let address = |it: &Self| match &it.respondent {
            Respondent::Outside(contact) => contact.get().map(|it| it.email.to_lowercase()),
            Respondent::Member(_) => None,
        };
        let about = |it: &Self| it.confirming.as_ref().map(|it| it.misdirected);
        let (Some((at, _)), Some((before, given))) = (self.confirmed(), other.confirmed()) else {
            return false;
        };
        let is_theirs = address(self).is_some() && address(self) == address(other);
        is_theirs && about(self) == about(other) && given.disposal == Disposal::Kept && before < at
    }

    /// An inquiry that was just made.
    #[must_use]
    pub fn new(made: InquiryMade, made_at: Time) -> Self {
        let InquiryMade { respondent, text, due_at, files, .. } = made;
        Self {
            respondent,
            text,
            made_at,
            due_at,
            files,
            links: BTreeMap::new(),
            reminded: BTreeSet::new(),
            confirming: None,
            answers: Vec::new(),
            withdrawn: None,
        }
    }

    /// One in which a recipient was just asked to confirm.
    #[must_use]
    pub fn confirming(asked: ConfirmationAsked, made_at: Time) -> Self {
        let ConfirmationAsked { inquiry, recipient, misdirected, content, due_at } = asked;
        let respondent = Respondent::Outside(recipient);
        let files = BTreeSet::new();
        let made = InquiryMade { inquiry, respondent, text: content, due_at, files };
        let confirming = Some(Confirming { misdirected, given: None });
        Self { confirming, ..Self::new(made, made_at) }
    }

    /// Whether an answer is waited for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let is_confirmed = self.confirming.as_ref().is_some_and(|it| it.given.is_some());
        self.answers.is_empty() && !is_confirmed && self.withdrawn.is_none()
    }

    /// Whether the answer should have been there by now.
    #[must_use]
    pub fn is_overdue(&self, now: Time) -> bool {
        self.is_open() && self.due_at < now
    }

    /// Whether a link leads to a form in which the answer can be written: it was mailed for this,
    /// has not run out, and nobody has answered by any.
    #[must_use]
    pub fn takes(&self, link: &LinkHash, now: Time) -> bool {
        self.is_open() && self.links.get(link).is_some_and(|expires_at| now < *expires_at)
    }
}

/// The reminder that is to be sent by now, the first one so long `before` the answer is due; a
/// question put shortly before it is due has none but the last.
#[must_use]
pub fn reminder(made_at: Time, due_at: Time, before: TimeDelta, now: Time) -> Option<Reminder> {
    let before = due_at - before;
    if due_at <= now {
        Some(Reminder::Due)
    } else if before <= now && made_at < before {
        Some(Reminder::BeforeDue)
    } else {
        None
    }
}
