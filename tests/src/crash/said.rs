//! What is said to the service under fire: each saying carries a number, from which its whole text
//! follows, so that a text read back is compared without keeping it.

use hyper::StatusCode;

use crate::chance::Chance;
use crate::http::{Answer, Asked};
use crate::story::Filed;

/// What every text begins with, before its number.
const PREFIX: &str = "Melding nr. ";

const WORDS: [&str; 12] = [
    "telefonen",
    "lå",
    "igjen",
    "på",
    "bussen",
    "og",
    "skjermlåsen",
    "manglet",
    "<ingen>",
    "\"kode\"",
    "&",
    "så vi ringte\nhittegods",
];

/// The text of a number: short mostly, sometimes as long as a thorough person writes.
#[must_use]
pub fn text(number: u64) -> String {
    let mut chance = Chance::new(number);
    let words = match chance.below(40) {
        0 => 2_000,
        1..=6 => 150,
        _ => 8,
    };
    let mut text = format!("{PREFIX}{number}:");
    for _ in 0..words {
        let word = chance.below(WORDS.len() as u64);
        text.push(' ');
        text.push_str(WORDS[usize::try_from(word).expect("an index")]);
    }
    text
}

/// The number of a text, if it is one of ours and nothing about it has changed.
///
/// # Panics
/// If it is one of ours and something has.
#[must_use]
pub fn number_of(text_read: &str) -> Option<u64> {
    let number = text_read.strip_prefix(PREFIX)?.split_once(':')?.0.parse().ok()?;
    assert!(text_read == text(number), "not as it was sent: {text_read}");
    Some(number)
}

/// The file that comes with every report whose number is divisible by this.
const ATTACHED_EVERY: u64 = 3;

/// The file that a number brings along, if it brings one: a line mostly, sometimes as long as a
/// photo.
#[must_use]
pub fn file(number: u64) -> Option<Vec<u8>> {
    if !number.is_multiple_of(ATTACHED_EVERY) {
        return None;
    }
    let mut chance = Chance::new(number ^ 0xf11e);
    let lines = if chance.below(12) == 0 { 8_000 } else { 1 };
    let line = format!("Vedlegg til {}\n", text(number).split(':').next().unwrap_or_default());
    Some(line.repeat(lines).into_bytes())
}

/// What kind of thing was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A report, by the form, by somebody who has not signed in.
    Form,
    /// A report through the API.
    Api,
    /// A step that says nothing of its own: the case is taken in.
    Receive,
    /// A step with a text: the risk is assessed, or a measure proposed.
    Step,
}

/// Who sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Somebody not signed in.
    Visitor,
    /// An employee's program.
    Employee,
    /// The data protection officer's program.
    Dpo,
}

/// What was answered, as far as a repeat must answer the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// A report's.
    Filed(Filed),
    /// A step's: the body, which names what it made.
    Done(String),
}

/// Something that was sent once or more, under one key.
#[derive(Debug)]
pub struct Sent {
    /// What kind of thing.
    pub kind: Kind,
    /// The number of its text.
    pub number: u64,
    /// In which case, for a step.
    pub case: Option<String>,
    /// Who sent it.
    pub by: By,
    /// The request, to be sent again.
    pub asked: Asked,
    /// When it was first sent, in ticks of the fire's own clock.
    pub sent: u64,
    /// When an answer was there, and which.
    pub receipt: Option<(u64, Receipt)>,
}

impl Kind {
    /// Whether it opens a case.
    #[must_use]
    pub fn is_report(self) -> bool {
        matches!(self, Self::Form | Self::Api)
    }

    /// Whether its text is its own, and found again.
    #[must_use]
    pub fn has_text(self) -> bool {
        self != Self::Receive
    }

    /// What an answer to it says.
    ///
    /// # Panics
    /// If it was not carried out.
    #[must_use]
    pub fn receipt(self, answer: &Answer) -> Receipt {
        match self {
            Self::Form => Receipt::Filed(Filed::from_receipt(answer)),
            Self::Api => {
                assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
                Receipt::Filed(Filed::from_json(&answer.json()))
            }
            Self::Receive | Self::Step => {
                assert!(answer.status.is_success(), "{}", answer.text);
                Receipt::Done(answer.text.clone())
            }
        }
    }
}
