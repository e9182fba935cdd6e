//! What is kept on a case of dealings with others: referrals, letters to and from the authority,
//! statements of those who are heard, notes, and other cases it belongs together with.

use serde::{Deserialize, Serialize};

use crate::ids::{CaseId, CaseNumber};
use crate::{Actor, Erasable, Role, Time};

/// That part of the case goes its own way elsewhere: that, when and where, and nothing of what
/// comes of it. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Referral {
    /// Into what.
    pub kind: ReferralKind,
    /// To whom.
    pub to: Erasable<String>,
    /// What was referred.
    pub subject: Erasable<String>,
    /// When.
    pub referred_at: Time,
    /// Under which reference, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Erasable<String>>,
}

impl Referral {
    /// The same for those who need know no more than that there is one.
    #[must_use]
    pub fn without_details(mut self) -> Self {
        self.to.erase();
        self.subject.erase();
        self.reference = None;
        self
    }
}

/// Into what something is referred. NOTE: part of the stored form.
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
pub enum ReferralKind {
    /// A report to the police.
    PoliceReport,
    /// A matter between the employer and somebody employed. Its details are for those who need
    /// them.
    PersonnelMatter,
}

/// A letter to or from the supervisory authority. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correspondence {
    /// Which way it went.
    pub direction: Direction,
    /// When it was sent or came.
    pub dated_at: Time,
    /// Its reference, such as the authority's case number.
    pub reference: String,
    /// What it says, in short.
    pub summary: Erasable<String>,
    /// Whether it is about the notification of the breach (GDPR art. 33).
    pub on_notification: bool,
}

/// Which way a letter went. NOTE: part of the stored form.
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
pub enum Direction {
    /// From the authority.
    Incoming,
    /// To the authority.
    Outgoing,
}

/// A statement of somebody who is heard before the case is decided. A new version never takes the
/// place of an earlier one.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// Whose.
    pub by: Actor,
    /// As what they are heard.
    pub capacity: Role,
    /// Counts from 1 for each of them.
    pub version: u32,
    /// When it was given.
    pub at: Time,
    /// What it says.
    pub text: Erasable<String>,
}

/// A note of those who handle the case, for themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Whose.
    pub by: Actor,
    /// When it was written.
    pub at: Time,
    /// What it says.
    pub text: Erasable<String>,
}

/// Another case. NOTE: part of the stored form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OtherCase {
    /// Which case.
    pub case: CaseId,
    /// The number people use for it.
    pub number: CaseNumber,
}

/// How far a measure had the effect it was meant to have, some time after it was done. NOTE: part
/// of the stored form.
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
pub enum Effect {
    /// It works.
    Works,
    /// It works in part.
    Partly,
    /// It does not work; another measure is called for.
    Not,
}
