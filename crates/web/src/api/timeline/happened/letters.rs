//! What happened to a letter to the people affected, as the API tells it.

use domain::case::letter::Event;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::letters::LetterWords;
use crate::api::shapes::text;
use crate::api::words::{
    LetterChannel, LetterKind, LetterLanguage, LetterObstacle, LetterProgress, Word,
};

/// What happened to a letter; `event` names it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum LetterEvent {
    /// It was written in one of its languages.
    LetterDrafted {
        /// Which of the case's letters, counted from 1.
        letter: u32,
        /// Counts from 1 over all its languages.
        version: u32,
        /// What it is for.
        kind: LetterKind,
        /// In which language.
        language: LetterLanguage,
        /// Its words.
        words: LetterWords,
    },
    /// It was said who gets it.
    RecipientsListed {
        /// Which letter.
        letter: u32,
        /// Counts from 1.
        version: u32,
        /// How many are on the list.
        recipients: u32,
        /// Of how many the address is protected.
        protected: usize,
    },
    /// The controller signed it.
    LetterSigned {
        /// Which letter.
        letter: u32,
        /// The version of its words.
        version: u32,
        /// The version of its list.
        list: Option<u32>,
        /// SHA-256 of the document; `null` once erased.
        sha256: Option<String>,
    },
    /// It began to be sent, or went on.
    DispatchStarted {
        /// Which letter.
        letter: u32,
        /// The ways it may go.
        channels: Vec<LetterChannel>,
    },
    /// No more of it is sent for now.
    DispatchStopped {
        /// Which letter.
        letter: u32,
        /// Why, where nobody stopped it.
        because: Option<LetterObstacle>,
    },
    /// It was found out how it went with some of the recipients.
    DeliveryRecorded {
        /// Which letter.
        letter: u32,
        /// How it went to them.
        channel: LetterChannel,
        /// How far it came.
        progress: LetterProgress,
        /// Their numbers on the list.
        recipients: Vec<u32>,
    },
}

impl LetterEvent {
    pub(super) fn new(event: &Event) -> Self {
        let letter = event.letter();
        match event {
            Event::LetterDrafted { version, kind, language, text, .. } => Self::LetterDrafted {
                letter,
                version: *version,
                kind: Word(*kind),
                language: Word(*language),
                words: LetterWords::new(text),
            },
            Event::RecipientsListed { version, numbers, protected, .. } => Self::RecipientsListed {
                letter,
                version: *version,
                recipients: numbers.iter().map(|(from, to)| to - from + 1).sum(),
                protected: protected.len(),
            },
            Event::LetterSigned { version, list, document, .. } => Self::LetterSigned {
                letter,
                version: *version,
                list: *list,
                sha256: text(&document.sha256),
            },
            Event::DispatchStarted { channels, .. } => Self::DispatchStarted {
                letter,
                channels: channels.iter().copied().map(Word).collect(),
            },
            Event::DispatchStopped { because, .. } => {
                Self::DispatchStopped { letter, because: because.map(Word) }
            }
            Event::DeliveryRecorded { channel, progress, recipients, .. } => {
                Self::DeliveryRecorded {
                    letter,
                    channel: Word(*channel),
                    progress: Word(*progress),
                    recipients: recipients.iter().copied().collect(),
                }
            }
        }
    }
}
