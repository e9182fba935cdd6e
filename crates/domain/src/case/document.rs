//! What is written for the documents of a case before they leave the desk.

use serde::{Deserialize, Serialize};

use super::memo::{Memo, MemoPart};
use super::state::OpenCase;
use crate::Erasable;

/// Something was written for one of the case's documents. NOTE: part of the stored form.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The memo was written, not yet for the controller; earlier versions stay.
    MemoDrafted {
        /// Counts from 1.
        version: u32,
        /// Its six parts, of which some may be empty yet.
        memo: Box<Memo>,
    },
    /// It was marked which passages of the memo the public is not given.
    PassagesExempted {
        /// All of them, in place of those marked before.
        passages: Vec<ExemptPassage>,
    },
}

/// A passage that the public is not given. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExemptPassage {
    /// In which part of the memo it stands.
    pub part: MemoPart,
    /// Its words as they stand there; every place where they do is meant.
    pub passage: Erasable<String>,
    /// The legal ground, as whoever reads the public version finds it in its place.
    pub ground: String,
    /// Why the ground applies, for those who look into it later.
    pub reason: Erasable<String>,
}

impl ExemptPassage {
    /// Whether its words stand in that memo, in the part where they are said to. What was erased
    /// stands wherever it stood.
    #[must_use]
    pub fn stands_in(&self, memo: &Memo) -> bool {
        match (memo.part(self.part).get(), self.passage.get()) {
            (Some(text), Some(passage)) => text.contains(passage.as_str()),
            _ => true,
        }
    }
}

/// Something to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Write the memo.
    DraftMemo(Box<Memo>),
    /// Mark a passage of the memo that the public is not given.
    ExemptPassage(ExemptPassage),
    /// Give the public a passage after all.
    GivePassage {
        /// In which part of the memo it stands.
        part: MemoPart,
        /// Its words.
        passage: Erasable<String>,
    },
}

impl Request {
    /// Every text in it that somebody wrote.
    #[must_use]
    pub fn texts(&self) -> Vec<&Erasable<String>> {
        use strum::IntoEnumIterator;
        match self {
            Self::DraftMemo(memo) => MemoPart::iter().map(|part| memo.part(part)).collect(),
            Self::ExemptPassage(it) => vec![&it.passage, &it.reason],
            Self::GivePassage { passage, .. } => vec![passage],
        }
    }
}

/// What is written of the documents of a case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Documents {
    /// The memo as it was last written and not submitted, and its version.
    pub draft: Option<(u32, Memo)>,
    /// The passages of the memo that the public is not given.
    pub exempt: Vec<ExemptPassage>,
}

impl Documents {
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::MemoDrafted { version, memo } => self.draft = Some((*version, *memo.clone())),
            Event::PassagesExempted { passages } => self.exempt.clone_from(passages),
        }
    }
}

impl OpenCase {
    /// The memo as it stands: what was last written of it, whether or not it was submitted.
    #[must_use]
    pub fn memo_as_written(&self) -> Option<&Memo> {
        let submitted = self.memo.as_ref().map(|it| &it.memo);
        self.documents.draft.as_ref().map(|(_, memo)| memo).or(submitted)
    }
}
