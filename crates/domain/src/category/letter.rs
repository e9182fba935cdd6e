//! What a letter to the people affected begins with, where it differs from kind to kind of
//! deviation.

use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;

use super::Localised;
use crate::case::letter::{Language, Part, unknown_place};

/// The parts of a letter that a category writes itself, in place of the general template's. They
/// can hold the template's places for what the case knows ([`crate::case::letter::PLACES`]).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LetterParts {
    /// What happened (GDPR art. 33(3)(a)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_happened: Option<Localised>,
    /// What may come of it (art. 33(3)(c)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consequences: Option<Localised>,
    /// What the person is advised to do themselves (recital 86).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Localised>,
}

impl LetterParts {
    /// The category's words for a part in that language. None where it leaves the part to the
    /// general template, or is not written in the language: a letter is in one language only.
    #[must_use]
    pub fn part(&self, part: Part, language: Language) -> Option<&str> {
        let text = match part {
            Part::WhatHappened => self.what_happened.as_ref(),
            Part::Consequences => self.consequences.as_ref(),
            Part::Advice => self.advice.as_ref(),
            Part::Title | Part::Measures | Part::Contact => None,
        };
        text.filter(|text| text.has(language.into())).map(|text| text.text(language.into()))
    }

    /// Each part that is written, by the key it is written under.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'static str, &Localised)> {
        let Self { what_happened, consequences, advice } = self;
        let texts =
            [("what-happened", what_happened), ("consequences", consequences), ("advice", advice)];
        texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)))
    }
}

/// The first language in which a text has a place that nothing is filled into, and the place.
pub(super) fn misplaced(text: &Localised) -> Option<(&'static str, &str)> {
    let mut codes = Language::iter().map(<&'static str>::from).filter(|code| text.has(code));
    codes.find_map(|code| Some((code, unknown_place(text.text(code))?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_in_the_letters_language_or_left_to_the_template() {
        let advice = Some(Localised::in_languages(&["nb", "sv"], "Bytt passord."));
        let parts = LetterParts { advice, ..LetterParts::default() };
        assert_eq!(parts.part(Part::Advice, Language::Sv), Some("Bytt passord."));
        assert_eq!(parts.part(Part::Advice, Language::Nn), None);
        assert_eq!(parts.part(Part::Consequences, Language::Nb), None);
    }
}
