//! A text an organisation writes in one or more languages.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The language every text falls back to: bokmål.
const FALLBACK: &str = "nb";

/// A text by language. There is always at least one, and none is blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<Language, Words>")]
pub struct Localised(BTreeMap<Language, Words>);

impl Localised {
    /// The text in that language, else in bokmål, else in the first language there is.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        let words = |wanted: &str| self.0.iter().find(|(language, _)| language.0 == wanted);
        words(language)
            .or_else(|| words(FALLBACK))
            .or_else(|| self.0.iter().next())
            .map_or("", |(_, words)| words.0.as_str())
    }

    /// The languages the text is written in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|language| language.0.as_str())
    }

    /// Whether the text is written in that language.
    #[must_use]
    pub fn has(&self, language: &str) -> bool {
        self.languages().any(|it| it == language)
    }

    #[cfg(test)]
    pub(crate) fn bokmaal(text: &str) -> Self {
        Self::in_languages(&[FALLBACK], text)
    }

    #[cfg(test)]
    pub(crate) fn in_languages(languages: &[&str], text: &str) -> Self {
        let words = Words::try_from(text.to_owned()).unwrap();
        let texts = languages.iter().map(|it| (Language((*it).to_owned()), words.clone()));
        Self(texts.collect())
    }
}

impl TryFrom<BTreeMap<Language, Words>> for Localised {
    type Error = TextProblem;

    fn try_from(texts: BTreeMap<Language, Words>) -> Result<Self, Self::Error> {
        if texts.is_empty() { Err(TextProblem::NoLanguage) } else { Ok(Self(texts)) }
    }
}

/// A language by its code: `nb`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
struct Language(String);

impl TryFrom<String> for Language {
    type Error = TextProblem;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        let plain = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
        if plain { Ok(Self(code)) } else { Err(TextProblem::NotALanguage) }
    }
}

/// A text with something in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
struct Words(String);

impl TryFrom<String> for Words {
    type Error = TextProblem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() { Err(TextProblem::Blank) } else { Ok(Self(text)) }
    }
}

/// Why something is not a text people can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextProblem {
    NoLanguage,
    NotALanguage,
    Blank,
}

impl fmt::Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoLanguage => "a text in at least one language is needed, such as nb = \"…\"",
            Self::NotALanguage => "a language is two small letters, such as nb, nn, sv or en",
            Self::Blank => "the text is empty",
        })
    }
}

impl std::error::Error for TextProblem {}

#[cfg(test)]
mod tests {
    use super::*;

    fn localised(texts: &[(&str, &str)]) -> Result<Localised, TextProblem> {
        let read = |(language, text): &(&str, &str)| {
            Ok((Language::try_from((*language).to_owned())?, Words::try_from((*text).to_owned())?))
        };
        texts.iter().map(read).collect::<Result<BTreeMap<_, _>, _>>()?.try_into()
    }

    #[test]
    fn the_reader_gets_their_own_language_if_it_is_there() {
        let text = localised(&[("en", "Lost"), ("nb", "Tapt"), ("sv", "Borttappad")]).unwrap();
        assert_eq!(text.text("sv"), "Borttappad");
        assert_eq!(text.text("nn"), "Tapt");
    }

    #[test]
    fn without_bokmaal_the_first_language_is_better_than_none() {
        let text = localised(&[("sv", "Borttappad"), ("en", "Lost")]).unwrap();
        assert_eq!(text.text("nn"), "Lost");
    }

    #[test]
    fn a_text_has_words_in_a_language() {
        assert_eq!(localised(&[]), Err(TextProblem::NoLanguage));
        assert_eq!(localised(&[("nb", " \n")]), Err(TextProblem::Blank));
        for wrong in ["", "NB", "norsk", "n1"] {
            assert_eq!(localised(&[(wrong, "Tapt")]), Err(TextProblem::NotALanguage), "{wrong}");
        }
    }
}
