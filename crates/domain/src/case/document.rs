//! What is written for the documents of a case before they leave the desk.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::memo::{Memo, MemoPart};
use super::standing::Phase;
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

/// A stretch of a part of the memo that the public is not given: a passage, or several that meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where it stands in the part, in bytes.
    pub at: Range<usize>,
    /// The passages it is made of, by their places among those that are exempt.
    pub passages: Vec<usize>,
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
    /// Every stretch of a part's words that the public is not given, in order and apart from each
    /// other. All are found in the words as they were written: were one taken out first, another
    /// that overlaps it would no longer be found, and its rest be read.
    #[must_use]
    pub fn stretches(&self, part: MemoPart, words: &str) -> Vec<Stretch> {
        let exempt = self.exempt.iter().enumerate().filter(|(_, it)| it.part == part);
        let found = exempt.filter_map(|(place, it)| Some((place, it.passage.get()?)));
        let mut found: Vec<(Range<usize>, usize)> = found
            .flat_map(|(place, passage)| occurrences(words, passage).map(move |at| (at, place)))
            .collect();
        found.sort_by_key(|(at, place)| (at.start, at.end, *place));
        let mut apart: Vec<Stretch> = Vec::new();
        for (at, place) in found {
            match apart.last_mut() {
                Some(last) if at.start < last.at.end => {
                    last.at.end = last.at.end.max(at.end);
                    if !last.passages.contains(&place) {
                        last.passages.push(place);
                    }
                }
                _ => apart.push(Stretch { at, passages: vec![place] }),
            }
        }
        apart
    }

    /// The passages that stand nowhere in that memo as they were marked. While there is one, nobody
    /// can say what of the memo the public may read.
    pub fn misplaced(&self, memo: &Memo) -> impl Iterator<Item = &ExemptPassage> {
        self.exempt.iter().filter(|it| !it.stands_in(memo))
    }

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

    /// The memo that counts, and its number where it is a draft. Once the controller has closed the
    /// case, it is the one they decided on; what was drafted after that is a working paper.
    #[must_use]
    pub fn memo_that_counts(&self, phase: Phase) -> Option<(&Memo, Option<u32>)> {
        let draft = self.documents.draft.as_ref().map(|(version, memo)| (memo, Some(*version)));
        let submitted = self.memo.as_ref().map(|it| (&it.memo, None));
        if phase == Phase::Closed { submitted.or(draft) } else { draft.or(submitted) }
    }
}

/// Everywhere a passage stands in words, also where it overlaps itself.
fn occurrences<'a>(words: &'a str, passage: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let starts = words.char_indices().map(|(start, _)| start);
    let stands = move |start: &usize| !passage.is_empty() && words[*start..].starts_with(passage);
    starts.filter(stands).map(|start| start..start + passage.len())
}

#[cfg(test)]
mod tests {
    use super::super::spec::text;
    use super::*;

    fn public(words: &str, passages: &[&str]) -> String {
        let exempt = passages.iter().map(|passage| ExemptPassage {
            part: MemoPart::Description,
            passage: text(passage),
            ground: "offl. § 13".to_owned(),
            reason: text("It is about somebody."),
        });
        let documents = Documents { draft: None, exempt: exempt.collect() };
        let stretches = documents.stretches(MemoPart::Description, words);
        stretches.iter().rev().fold(words.to_owned(), |mut read, it| {
            let marks: Vec<String> = it.passages.iter().map(usize::to_string).collect();
            read.replace_range(it.at.clone(), &format!("[{}]", marks.join("+")));
            read
        })
    }

    #[test]
    fn nothing_of_passages_that_overlap_is_read() {
        let words = "Det gjelder Kari Nordmann i Storgata og naboen hennes.";
        let overlapping = ["Kari Nordmann i Storgata", "Storgata og naboen hennes"];
        assert_eq!(public(words, &overlapping), "Det gjelder [0+1].");
        assert_eq!(public(words, &[overlapping[1], overlapping[0]]), "Det gjelder [1+0].");
        assert_eq!(
            public(words, &["Kari Nordmann i Storgata", "Kari"]),
            "Det gjelder [1+0] og naboen hennes."
        );
        assert_eq!(public("Kari Kari Kari", &["Kari Kari"]), "[0]");
    }

    #[test]
    fn passages_that_do_not_meet_each_have_their_place() {
        assert_eq!(
            public("Per og Pål. Per igjen: æøå.", &["Per", "æøå"]),
            "[0] og Pål. [0] igjen: [1]."
        );
        assert_eq!(public("Ingenting her.", &["Per", ""]), "Ingenting her.");
    }
}
