//! Letters to the people affected (GDPR art. 34), and what the public is told in their place:
//! written in versions, signed by the controller, sent to each recipient.

mod delivery;
mod hints;
mod obstacle;
mod recipient;
mod state;
mod text;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use delivery::{BUNDLE_MAX, ByHandBecause, Channel, Delivered, Progress, Way, bundles, way};
pub use hints::{Hints, hints};
pub use obstacle::Obstacle;
pub use recipient::{ADDRESS_LINES_MAX, FIELD_CHARACTERS_MAX, Flaw, Numbered, Recipient};
pub use state::{Dispatch, Letter, Letters, List, Sent, Signature};
pub use text::{Kind, Language, LetterText, PLACES, Part, TemplateUsed, places, unknown_place};

use crate::guard::{Confidential, Finding};
use crate::ids::AttachmentId;
use crate::{Erasable, guard};

/// Recipients of one letter.
pub const RECIPIENTS_MAX: usize = 10_000;

/// Letters of one case.
pub const LETTERS_MAX: usize = 50;

/// Something happened to a letter. NOTE: part of the stored form.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// It was written in one of its languages; earlier versions stay.
    LetterDrafted {
        /// Which of the case's letters, counted from 1.
        letter: u32,
        /// Counts from 1 over all its languages.
        version: u32,
        /// What it is for.
        kind: Kind,
        /// In which language.
        language: Language,
        /// Its title and parts. Where all are empty, it is no longer in this language.
        text: Box<LetterText>,
        /// The template it was begun from, where it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        template: Option<TemplateUsed>,
    },
    /// It was said who gets it. The list itself is a file beside the log.
    RecipientsListed {
        /// Which letter.
        letter: u32,
        /// Counts from 1.
        version: u32,
        /// The list.
        file: KeptFile,
        /// The numbers of those on it, as runs from and to.
        numbers: Vec<(u32, u32)>,
        /// The numbers of those whose address is protected.
        protected: BTreeSet<u32>,
    },
    /// The controller signed it.
    LetterSigned {
        /// Which letter.
        letter: u32,
        /// The version of its words.
        version: u32,
        /// The version of its list; none for what goes to nobody by name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        list: Option<u32>,
        /// The document as it was signed.
        document: KeptFile,
    },
    /// It began to be sent, or went on.
    DispatchStarted {
        /// Which letter.
        letter: u32,
        /// The ways it may go; whoever none of them fits gets it by hand.
        channels: BTreeSet<Channel>,
    },
    /// No more of it is sent for now.
    DispatchStopped {
        /// Which letter.
        letter: u32,
        /// Why, where nobody stopped it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Obstacle>,
    },
    /// It was found out how it went with some of the recipients.
    DeliveryRecorded {
        /// Which letter.
        letter: u32,
        /// How it went to them.
        channel: Channel,
        /// How far it came.
        progress: Progress,
        /// Their numbers on the list.
        recipients: BTreeSet<u32>,
        /// What the carrier calls the letter of each, where it has one: by that it is asked later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consignments: Option<Vec<(u32, Uuid)>>,
    },
}

impl Event {
    /// Which letter it happened to.
    #[must_use]
    pub fn letter(&self) -> u32 {
        match self {
            Self::LetterDrafted { letter, .. }
            | Self::RecipientsListed { letter, .. }
            | Self::LetterSigned { letter, .. }
            | Self::DispatchStarted { letter, .. }
            | Self::DispatchStopped { letter, .. }
            | Self::DeliveryRecorded { letter, .. } => *letter,
        }
    }

    /// The file that is kept with it.
    #[must_use]
    pub fn file(&self) -> Option<&KeptFile> {
        match self {
            Self::RecipientsListed { file, .. } => Some(file),
            Self::LetterSigned { document, .. } => Some(document),
            _ => None,
        }
    }
}

/// A file that is kept with an event, sealed with the case's key. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Which.
    pub file: AttachmentId,
    /// How long it is, in bytes.
    pub length: u64,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: Erasable<String>,
}

/// Something to be done with a letter.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Write it in one language.
    Draft(Box<Draft>),
    /// Say who gets it.
    List(Recipients),
    /// Sign it, as the controller.
    Sign(Sign),
    /// Send it, or go on sending it.
    StartDispatch(StartDispatch),
    /// Send no more of it for now.
    StopDispatch {
        /// Which letter.
        letter: u32,
    },
    /// Send no more of it, since it cannot be.
    GiveUpDispatch {
        /// Which letter.
        letter: u32,
        /// Why not.
        because: Obstacle,
    },
    /// Record how it went with some of the recipients.
    RecordDelivery(RecordDelivery),
}

/// Write a letter in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Which; none for a new one.
    pub letter: Option<u32>,
    /// What it is for. Of one that is there, it stays as it was.
    pub kind: Kind,
    /// In which language.
    pub language: Language,
    /// Its words.
    pub text: LetterText,
    /// The template it was begun from.
    pub template: Option<TemplateUsed>,
}

/// Say who gets a letter.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipients {
    /// Which letter.
    pub letter: u32,
    /// The version of the list that this one takes the place of, as whoever made it saw it.
    pub before: Option<u32>,
    /// The list as it is kept.
    pub file: KeptFile,
    /// Who is on it.
    pub recipients: Vec<Numbered>,
}

/// Sign a letter, as the controller.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// Which letter.
    pub letter: u32,
    /// The version whose words they read.
    pub version: u32,
    /// The version of the list they saw.
    pub list: Option<u32>,
    /// The document that was made of it.
    pub document: KeptFile,
}

/// Send a letter.
#[derive(Debug, Clone, PartialEq)]
pub struct StartDispatch {
    /// Which letter.
    pub letter: u32,
    /// The ways it may go.
    pub channels: BTreeSet<Channel>,
    /// What of the case must not go by e-mail.
    pub confidential: Confidential,
}

/// Record how it went with some of the recipients.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordDelivery {
    /// Which letter.
    pub letter: u32,
    /// How it went to them.
    pub channel: Channel,
    /// How far it came.
    pub progress: Progress,
    /// Their numbers on the list.
    pub recipients: BTreeSet<u32>,
    /// What the carrier calls the letter of each, where a carrier has it.
    pub consignments: Vec<(u32, Uuid)>,
}

impl Request {
    /// Every text in it that somebody wrote.
    #[must_use]
    pub fn texts(&self) -> Vec<&Erasable<String>> {
        match self {
            Self::Draft(draft) => draft.text.all().collect(),
            _ => Vec::new(),
        }
    }
}

/// Why nothing was done with a letter.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Refusal {
    /// The case has no such letter.
    LetterUnknown,
    /// The case has as many letters as one can have.
    TooManyLetters,
    /// Something is missing before it can be signed.
    LetterIncomplete {
        /// What, in each language.
        missing: Vec<(Language, Part)>,
    },
    /// It is not written in any language, or nobody is to get it.
    NothingToSign,
    /// Its words or its list changed since they were read.
    ChangedSinceRead,
    /// Only the controller signs, and nobody who is data protection officer or prepared it
    /// (GDPR art. 38(6)).
    OnlyTheControllerSigns,
    /// It is not signed, or changed since it was.
    NotSigned,
    /// It goes to nobody by name.
    HasNoRecipients,
    /// The organisation has no carrier of digital post.
    NoDigitalPost,
    /// What must not go by e-mail is known to the data protection officer alone, so nobody sends by
    /// it in their place.
    EmailIsTheOfficers,
    /// Something in it must not go by e-mail.
    NotByEmail {
        /// What, and where in which language.
        findings: Vec<(Language, Finding)>,
    },
    /// There are more recipients than a letter can have, or none.
    RecipientsOutOfBounds,
    /// Some of them are not on the list.
    NotOnTheList,
    /// Somebody's address is protected: nothing is sent to them by itself.
    AddressProtected,
    /// It did not begin to be sent.
    DispatchNotStarted,
}

/// What of a letter must not go by e-mail, in each language it is written in.
#[must_use]
pub fn not_by_email(letter: &Letter, confidential: &Confidential) -> Vec<(Language, Finding)> {
    let findings = |(language, text): (&Language, &LetterText)| {
        let body = text.body();
        let title = text.title.text_or("");
        let mail = guard::Mail { subject: title, body: &body, attachments: &[] };
        let found = guard::findings(mail, confidential).into_iter();
        found.map(|finding| (*language, finding)).collect::<Vec<_>>()
    };
    letter.texts.iter().flat_map(findings).collect()
}
