//! What a report says: the fields every category has in common, and the answers to its own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::category::CategoryId;
use crate::condition::Stated;
use crate::ids::{CaseNumber, PersonId, UnitId, UserId};
use crate::{Erasable, Time};

/// A report as it came in. It is never changed; what is learnt later is in later events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The number people use for the case.
    pub number: CaseNumber,
    /// What kind of deviation, as the reporter saw it.
    pub category: CategoryId,
    /// The version of the category's questions that was answered.
    pub category_version: u32,
    /// The way it came in.
    pub channel: Channel,
    /// Who reported, as far as anyone may know.
    pub reporter: Reporter,
    /// Hash of the code with which the reporter comes back; the code itself is kept nowhere.
    pub follow_up: FollowUpHash,
    /// What happened, in the reporter's words.
    pub what_happened: Erasable<String>,
    /// When it happened.
    pub occurred: Occurred,
    /// When it was discovered, if known. The clock starts here, else when the report is received.
    pub discovered_at: Option<Time>,
    /// When the organisation got to know, where that was before it was registered here: for what
    /// was told by phone, by a data processor and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aware_at: Option<Time>,
    /// Where it happened.
    pub unit: UnitId,
    /// Systems and devices involved.
    pub systems_and_devices: Erasable<String>,
    /// Whether personal data is affected.
    pub personal_data: PersonalDataAffected,
    /// In which ways personal data is affected.
    pub breach: BTreeSet<BreachKind>,
    /// Whose data is affected.
    pub whose_data: Erasable<String>,
    /// Roughly how many people are affected.
    pub people: PeopleEstimate,
    /// What is affected that is more serious than other data, as far as the reporter knew.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sensitive: BTreeSet<Sensitive>,
    /// What has been done already.
    pub done_already: Erasable<String>,
    /// Answers to the category's own questions.
    pub answers: Vec<Answer>,
    /// The language in which the questions were put, such as `nb`. The oldest reports do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Report {
    /// The earliest moment from which the 72 hours can be counted, as the report tells it: no later
    /// one is picked in silence.
    #[must_use]
    pub fn known_since(&self) -> Option<Time> {
        self.discovered_at.into_iter().chain(self.aware_at).min()
    }

    /// What it says in the fields that every report has.
    #[must_use]
    pub fn stated(&self) -> Stated<'_> {
        Stated {
            personal_data: self.personal_data,
            breach: &self.breach,
            people: self.people,
            sensitive: &self.sensitive,
        }
    }
}

/// The ways in which a deviation becomes known to the organisation.
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
pub enum Channel {
    /// The form on the web, or the API.
    WebForm,
    /// A telephone call.
    Phone,
    /// Said face to face.
    Oral,
    /// A text message.
    TextMessage,
    /// An e-mail.
    Email,
    /// The data protection officer opened it without a report.
    OwnInitiative,
    /// A data processor told us (GDPR art. 33(2)).
    Processor,
    /// One of the people affected told us.
    DataSubject,
}

/// Who reported. The identity lies sealed under a key of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reporter {
    /// Known to the data protection officer and to nobody who does not need it.
    Named(Erasable<ReporterIdentity>),
    /// Known to the data protection officer alone.
    Confidential(Erasable<ReporterIdentity>),
    /// Known to nobody; nothing that could tell is kept.
    Anonymous,
}

impl Reporter {
    /// Who reported, if that is known and not erased.
    #[must_use]
    pub fn identity(&self) -> Option<&ReporterIdentity> {
        match self {
            Self::Named(identity) | Self::Confidential(identity) => identity.get(),
            Self::Anonymous => None,
        }
    }

    /// The key the identity is sealed with; nothing of an anonymous reporter.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Named(identity) | Self::Confidential(identity) => identity.person(),
            Self::Anonymous => None,
        }
    }

    /// Forgets who it was.
    pub fn erase(&mut self) {
        match self {
            Self::Named(identity) | Self::Confidential(identity) => identity.erase(),
            Self::Anonymous => (),
        }
    }

    /// How open the reporter chose to be.
    #[must_use]
    pub fn openness(&self) -> Openness {
        match self {
            Self::Named(_) => Openness::Named,
            Self::Confidential(_) => Openness::Confidential,
            Self::Anonymous => Openness::Anonymous,
        }
    }
}

/// How open a reporter is about who they are.
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
pub enum Openness {
    /// The name stands on the report.
    Named,
    /// Only the data protection officer sees the name.
    Confidential,
    /// Nobody can see who it was.
    Anonymous,
}

/// Who a reporter is and how to reach them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReporterIdentity {
    /// The key the identity is sealed with, so that the reporter can be erased apart from the case.
    pub person: PersonId,
    /// The signed-in user who reported for themselves, if it was one.
    pub user: Option<UserId>,
    /// The name to use.
    pub name: String,
    /// How to reach the reporter, if they said so.
    pub contact: Option<String>,
}

/// SHA-256 of a follow-up code, in hexadecimal. The code is long and random, so that a plain hash
/// cannot be searched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FollowUpHash(pub String);

/// When a deviation happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occurred {
    /// At one moment.
    At(Time),
    /// Over a period; open-ended while it goes on.
    Between {
        /// When it began.
        from: Time,
        /// When it ended, if it has.
        until: Option<Time>,
    },
    /// Nobody knows yet.
    Unknown,
}

impl Occurred {
    /// The earliest moment it can have happened, if known.
    #[must_use]
    pub fn earliest(self) -> Option<Time> {
        match self {
            Self::At(at) => Some(at),
            Self::Between { from, .. } => Some(from),
            Self::Unknown => None,
        }
    }
}

/// Whether personal data is affected.
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
pub enum PersonalDataAffected {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// The reporter cannot tell.
    Unsure,
}

/// The three ways personal data can be breached (GDPR art. 4 no. 12).
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
pub enum BreachKind {
    /// Astray: seen by, or open to, somebody it is not for.
    Confidentiality,
    /// Changed, wrong or out of date.
    Integrity,
    /// Lost, deleted or out of reach.
    Availability,
}

/// Roughly how many people are affected, in steps a reporter can answer.
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
pub enum PeopleEstimate {
    /// Not known.
    Unknown,
    /// One person.
    One,
    /// 2 to 10.
    UpToTen,
    /// 11 to 100.
    UpToHundred,
    /// 101 to 1 000.
    UpToThousand,
    /// More than 1 000.
    OverThousand,
}

/// Data, and people, that make a breach more serious: what reporters can tell without knowing the
/// law.
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
pub enum Sensitive {
    /// Health, or care received (GDPR art. 9).
    Health,
    /// Belief, origin, union membership, sex life and the like (art. 9).
    SpecialCategories,
    /// Child welfare or social services.
    SocialServices,
    /// Offences and convictions (art. 10).
    Offences,
    /// National identity numbers.
    IdentityNumber,
    /// An address or identity that is kept secret.
    ProtectedAddress,
    /// Children.
    Children,
    /// Grown-ups who cannot look after themselves, or depend on the organisation.
    VulnerablePeople,
}

/// An answer to one of a category's questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's name within its category.
    pub question: String,
    /// The answer as given: a text, or the value of a choice.
    pub answer: Erasable<String>,
}
