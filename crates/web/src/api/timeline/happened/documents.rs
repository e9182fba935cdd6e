//! What was written for the documents of a case, as the API tells it.

use domain::case::document::Event;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::shapes::{MemoParts, text};
use crate::api::words::{MemoPart, Word};

/// What was written; `event` names it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Written {
    /// The memo was written, not yet for the controller.
    MemoDrafted {
        /// Counts from 1 after each memo that was sent.
        version: u32,
        /// Its six parts, of which some may be empty yet.
        memo: MemoParts,
    },
    /// It was marked which passages of the memo the public is not given.
    PassagesExempted {
        /// All of them, in place of those marked before.
        passages: Vec<ExemptPassage>,
    },
}

/// A passage that the public is not given.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExemptPassage {
    /// In which part of the memo it stands.
    part: MemoPart,
    /// Its words; `null` once erased.
    passage: Option<String>,
    /// The legal ground.
    ground: String,
    /// Why it applies; `null` once erased.
    reason: Option<String>,
}

impl Written {
    pub(super) fn new(event: &Event) -> Self {
        match event {
            Event::MemoDrafted { version, memo } => {
                Self::MemoDrafted { version: *version, memo: MemoParts::new(memo) }
            }
            Event::PassagesExempted { passages } => Self::PassagesExempted {
                passages: passages.iter().map(ExemptPassage::new).collect(),
            },
        }
    }
}

impl ExemptPassage {
    pub(crate) fn new(it: &domain::case::document::ExemptPassage) -> Self {
        Self {
            part: Word(it.part),
            passage: text(&it.passage),
            ground: it.ground.clone(),
            reason: text(&it.reason),
        }
    }
}
