//! What a letter says: a title and the five parts that GDPR art. 34(2) asks for.

use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;

use crate::Erasable;

/// What a letter is for.
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
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// To each of the people affected.
    Letter,
    /// On the organisation's own pages (GDPR art. 34(3)(c)).
    WebNotice,
    /// To the press (art. 34(3)(c)).
    PressRelease,
}

/// The languages letters are written in.
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
pub enum Language {
    /// Norwegian, bokmål.
    Nb,
    /// Norwegian, nynorsk.
    Nn,
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// A part of what people are told, in the order it is read.
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
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// What it is called: no part of the five, but required too.
    Title,
    /// What happened (art. 33(3)(a)).
    WhatHappened,
    /// What may come of it (art. 33(3)(c)).
    Consequences,
    /// What was done, and what is planned (art. 33(3)(d)).
    Measures,
    /// What the person is advised to do themselves (recital 86).
    Advice,
    /// Whom they can turn to (art. 33(3)(b)).
    Contact,
}

/// A letter's words in one language. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LetterText {
    /// What it is called.
    pub title: Erasable<String>,
    /// What happened.
    pub what_happened: Erasable<String>,
    /// What may come of it.
    pub consequences: Erasable<String>,
    /// What was done, and what is planned.
    pub measures: Erasable<String>,
    /// What the person is advised to do.
    pub advice: Erasable<String>,
    /// Whom they can turn to.
    pub contact: Erasable<String>,
}

/// The template a letter was begun from. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateUsed {
    /// Its name.
    pub template: String,
    /// Its version.
    pub version: u32,
}

impl LetterText {
    /// Takes out everything but what it is called.
    pub fn keep_title(&mut self) {
        let Self { title: _, what_happened, consequences, measures, advice, contact } = self;
        for part in [what_happened, consequences, measures, advice, contact] {
            part.erase();
        }
    }

    /// One part of it.
    #[must_use]
    pub fn part(&self, part: Part) -> &Erasable<String> {
        match part {
            Part::Title => &self.title,
            Part::WhatHappened => &self.what_happened,
            Part::Consequences => &self.consequences,
            Part::Measures => &self.measures,
            Part::Advice => &self.advice,
            Part::Contact => &self.contact,
        }
    }

    /// A text made part by part.
    pub fn from_parts(mut part: impl FnMut(Part) -> Erasable<String>) -> Self {
        Self {
            title: part(Part::Title),
            what_happened: part(Part::WhatHappened),
            consequences: part(Part::Consequences),
            measures: part(Part::Measures),
            advice: part(Part::Advice),
            contact: part(Part::Contact),
        }
    }

    /// Every part of it, in the order they are read.
    pub fn all(&self) -> impl Iterator<Item = &Erasable<String>> {
        Part::iter().map(|part| self.part(part))
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.all().all(Erasable::is_blank)
    }

    /// What is not written yet, or holds a place that nothing was filled into.
    #[must_use]
    pub fn missing(&self) -> Vec<Part> {
        let is_missing = |part: &Part| {
            let text = self.part(*part);
            text.is_blank() || text.get().is_some_and(|text| has_open_place(text))
        };
        Part::iter().filter(is_missing).collect()
    }

    /// The five parts, each on lines of its own.
    #[must_use]
    pub fn body(&self) -> String {
        let parts = Part::iter().filter(|part| *part != Part::Title);
        let texts: Vec<&str> = parts.map(|part| self.part(part).text_or("")).collect();
        texts.join("\n")
    }
}

/// The places that a template or a category can have for what the case knows, each in braces.
pub const PLACES: [&str; 6] = ["organisation", "case", "when", "unit", "measures", "whom_to_ask"];

/// The names of the places in a text.
pub fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// The first place in a text that is none of [`PLACES`].
#[must_use]
pub fn unknown_place(text: &str) -> Option<&str> {
    places(text).find(|place| !PLACES.contains(place))
}

/// Whether a place of a template stands open: `{when}`.
fn has_open_place(text: &str) -> bool {
    text.split('{').skip(1).any(|rest| {
        rest.split_once('}').is_some_and(|(name, _)| {
            let is_of_name = |it: char| it.is_ascii_lowercase() || it == '_';
            !name.is_empty() && name.chars().all(is_of_name)
        })
    })
}
