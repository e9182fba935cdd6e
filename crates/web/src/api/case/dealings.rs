//! What is kept on a case of dealings with others, as the API shows it. A text is `null` once it
//! was erased, and where its reader has no need of it.

use chrono::{DateTime, Utc};
use domain::Actor;
use domain::case::{dealings, inquiry, state, telling};
use domain::ids::InquiryId;
use domain::organisation::Organisation;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::confirmation::Confirming;
use crate::api::attachments::Attachment;
use crate::api::shapes::{Member, text};
use crate::api::words::{Direction, Effect, ReferralKind, Role, TellingWay, Word};

/// Who is asked.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Respondent {
    /// A member of the organisation, who signs in to answer.
    Member {
        /// Who.
        member: Member,
    },
    /// Somebody outside, who answers by a secret link.
    Outside {
        /// Their name and whom they answer for.
        name: Option<String>,
        /// Where the link is mailed.
        email: Option<String>,
    },
}

/// A question to somebody who is to help.
#[derive(Serialize, ToSchema)]
pub(crate) struct Inquiry {
    /// Its identifier.
    id: Uuid,
    /// Who was asked.
    respondent: Respondent,
    /// What.
    text: Option<String>,
    /// When.
    made_at: DateTime<Utc>,
    /// When the answer is wanted.
    due_at: DateTime<Utc>,
    /// Whether the answer should have come by now.
    overdue: bool,
    /// The files of the case that were shown with it, by their identifiers.
    attachments: Vec<Uuid>,
    /// The answers, the first one first.
    answers: Vec<Answer>,
    /// What a recipient is to confirm, where that is what is asked. Then `text` is what they got,
    /// which they are not told, and there are no answers.
    confirmation: Option<Confirming>,
    /// Whether no answer is wanted any more.
    withdrawn: bool,
}

/// An answer.
#[derive(Serialize, ToSchema)]
pub(crate) struct Answer {
    /// When it came.
    at: DateTime<Utc>,
    /// What it says.
    text: Option<String>,
    /// The files that came with it; they stand among those of the case too.
    attachments: Vec<Attachment>,
}

/// A statement of somebody who is heard.
#[derive(Serialize, ToSchema)]
pub(crate) struct Contribution {
    /// Whose.
    by: Option<Member>,
    /// As what they are heard.
    capacity: Role,
    /// Counts from 1 for each of them.
    version: u32,
    /// When it was given.
    at: DateTime<Utc>,
    /// What it says.
    text: Option<String>,
}

/// A note of those who handle the case.
#[derive(Serialize, ToSchema)]
pub(crate) struct Note {
    /// Whose.
    by: Option<Member>,
    /// When it was written.
    at: DateTime<Utc>,
    /// What it says.
    text: Option<String>,
}

/// That part of the case was referred elsewhere.
#[derive(Serialize, ToSchema)]
pub(crate) struct Referral {
    /// Into what.
    kind: ReferralKind,
    /// When.
    referred_at: DateTime<Utc>,
    /// To whom.
    to: Option<String>,
    /// What.
    subject: Option<String>,
    /// Under which reference.
    reference: Option<String>,
}

/// A letter to or from the authority.
#[derive(Serialize, ToSchema)]
pub(crate) struct Letter {
    /// Which way it went.
    direction: Direction,
    /// When it was sent or came.
    dated_at: DateTime<Utc>,
    /// Its reference.
    reference: String,
    /// What it says, in short.
    summary: Option<String>,
    /// Whether it is about the notification of the breach.
    on_notification: bool,
}

/// A case that this one is of a kind with.
#[derive(Serialize, ToSchema)]
pub(crate) struct Linked {
    /// Its number.
    case: String,
    /// Why they belong together.
    reason: Option<String>,
}

/// That people affected were told.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeopleTold {
    /// When the last of them was.
    told_at: DateTime<Utc>,
    /// How.
    way: TellingWay,
    /// How many, where they were told one by one.
    people: Option<u32>,
    /// What they were told, or where it is kept.
    account: Option<String>,
}

/// What a measure has led to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reviewed {
    /// When it was looked at.
    at: DateTime<Utc>,
    /// How far it had the effect it was meant to have.
    effect: Effect,
    /// What was found.
    finding: Option<String>,
}

impl PeopleTold {
    /// As the API tells it.
    pub(crate) fn new(it: &telling::PeopleTold) -> Self {
        let account = text(&it.account);
        Self { told_at: it.told_at, way: Word(it.way), people: it.people, account }
    }
}

impl Reviewed {
    pub(super) fn new(it: &state::Reviewed) -> Self {
        Self { at: it.at, effect: Word(it.effect), finding: text(&it.finding) }
    }
}

impl Respondent {
    pub(crate) fn new(it: &inquiry::Respondent, organisation: &Organisation) -> Self {
        match it {
            inquiry::Respondent::Member(user) => {
                Self::Member { member: Member::new(organisation, *user) }
            }
            inquiry::Respondent::Outside(contact) => Self::Outside {
                name: contact.get().map(|contact| contact.name.clone()),
                email: contact.get().map(|it| it.email.clone()).filter(|it| !it.is_empty()),
            },
        }
    }
}

impl Inquiry {
    pub(super) fn new(
        (id, it): (&InquiryId, &inquiry::Inquiry),
        organisation: &Organisation,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id: id.0,
            respondent: Respondent::new(&it.respondent, organisation),
            text: text(&it.text),
            made_at: it.made_at,
            due_at: it.due_at,
            overdue: it.is_overdue(now),
            attachments: it.files.iter().map(|file| file.0).collect(),
            answers: it.answers.iter().map(Answer::new).collect(),
            confirmation: it.confirming.as_ref().map(Confirming::new),
            withdrawn: it.withdrawn.is_some(),
        }
    }
}

impl Answer {
    pub(crate) fn new(it: &inquiry::Answer) -> Self {
        let attachments = it.files.iter().map(Attachment::new).collect();
        Self { at: it.at, text: text(&it.text), attachments }
    }
}

impl Contribution {
    pub(super) fn new(it: &dealings::Contribution, organisation: &Organisation) -> Self {
        Self {
            by: member(it.by, organisation),
            capacity: Word(it.capacity),
            version: it.version,
            at: it.at,
            text: text(&it.text),
        }
    }
}

impl Note {
    pub(super) fn new(it: &dealings::Note, organisation: &Organisation) -> Self {
        Self { by: member(it.by, organisation), at: it.at, text: text(&it.text) }
    }
}

impl Referral {
    pub(crate) fn new(it: &dealings::Referral) -> Self {
        Self {
            kind: Word(it.kind),
            referred_at: it.referred_at,
            to: text(&it.to),
            subject: text(&it.subject),
            reference: it.reference.as_ref().and_then(text),
        }
    }
}

impl Letter {
    pub(crate) fn new(it: &dealings::Correspondence) -> Self {
        Self {
            direction: Word(it.direction),
            dated_at: it.dated_at,
            reference: it.reference.clone(),
            summary: text(&it.summary),
            on_notification: it.on_notification,
        }
    }
}

impl Linked {
    pub(super) fn new((other, reason): (&dealings::OtherCase, &domain::Erasable<String>)) -> Self {
        Self { case: other.number.to_string(), reason: text(reason) }
    }
}

fn member(by: Actor, organisation: &Organisation) -> Option<Member> {
    match by {
        Actor::User(user) => Some(Member::new(organisation, user)),
        Actor::Service | Actor::Reporter | Actor::Respondent => None,
    }
}
