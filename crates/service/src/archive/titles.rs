//! Titles that anybody may read: what must not stand in one, and how a word is kept from the
//! public. A title goes into the public journal and is searched there.

use std::collections::HashSet;
use std::fmt;

/// What a shielded word is replaced with (Noark 5, M025).
pub const SHIELDED: &str = "******";

/// Digits from which on a number could be somebody's: a telephone number has eight, an identity
/// number ten to twelve. A year and a case's number have fewer.
const DIGITS_MIN: usize = 8;

/// Letters from which on a part of a name is looked for by itself.
const NAME_LETTERS_MIN: usize = 3;

/// Why a title cannot be used as it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum TitleFault {
    /// Nothing is written.
    Blank,
    /// A number as long as a telephone number, an identity number or an account's.
    Number,
    /// A mail address.
    Address,
    /// A name known in the case that the public would read.
    Name,
    /// A word that is to be shielded is not in the title.
    NothingToShield,
}

/// The names known in a case, word by word, to find them again in a title.
#[derive(Clone, Default)]
pub struct KnownNames(HashSet<String>);

/// Names stay out of logs.
impl fmt::Debug for KnownNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnownNames").finish_non_exhaustive()
    }
}

impl<'a> Extend<&'a str> for KnownNames {
    fn extend<T: IntoIterator<Item = &'a str>>(&mut self, names: T) {
        let words = names.into_iter().flat_map(parts).filter(|it| is_word(it));
        let telling = words.filter(|it| NAME_LETTERS_MIN <= it.chars().count());
        self.0.extend(telling.map(str::to_lowercase));
    }
}

impl KnownNames {
    fn are_in(&self, title: &str) -> bool {
        let words = parts(title).filter(|it| is_word(it));
        words.map(str::to_lowercase).any(|it| {
            self.0.contains(&it) || it.strip_suffix('s').is_some_and(|it| self.0.contains(it))
        })
    }
}

/// What is wrong with a title of which some words are shielded, held against the names known in the
/// case. A name may stand in the full title where the public one shields it; a number or an address
/// in neither.
#[must_use]
pub fn faults(title: &str, shielded: &[String], names: &KnownNames) -> Vec<TitleFault> {
    let found = [
        (title.trim().is_empty(), TitleFault::Blank),
        (has_long_number(title), TitleFault::Number),
        (title.contains('@'), TitleFault::Address),
        (names.are_in(&public_title(title, shielded)), TitleFault::Name),
        (shielded.iter().any(|word| !has_word(title, word)), TitleFault::NothingToShield),
    ];
    found.into_iter().filter_map(|(is_so, fault)| is_so.then_some(fault)).collect()
}

/// The title as the public reads it: each word that is shielded is `******`, also with the ending
/// of the genitive.
#[must_use]
pub fn public_title(title: &str, shielded: &[String]) -> String {
    let shows = |word: &str| !shielded.iter().any(|it| is_form_of(word, it));
    parts(title).map(|part| if is_word(part) && !shows(part) { SHIELDED } else { part }).collect()
}

/// The words that were shielded in a title, by what the public reads of it.
#[must_use]
pub fn shielded_words(title: &str, public: &str) -> Vec<String> {
    let words = parts(title).filter(|it| is_word(it));
    words.filter(|word| !has_word(public, word)).map(str::to_owned).collect()
}

fn has_word(title: &str, word: &str) -> bool {
    parts(title).any(|part| is_word(part) && is_form_of(part, word))
}

fn is_form_of(word: &str, of: &str) -> bool {
    let (word, of) = (word.to_lowercase(), of.to_lowercase());
    word == of || word.strip_suffix('s') == Some(of.as_str())
}

/// Whether digits follow one another, whatever is put between them to read them by.
fn has_long_number(title: &str) -> bool {
    let mut digits = 0;
    for character in title.chars() {
        if character.is_ascii_digit() {
            digits += 1;
        } else if !matches!(character, ' ' | '-' | '.' | '+' | '\u{A0}') {
            digits = 0;
        }
        if DIGITS_MIN <= digits {
            return true;
        }
    }
    false
}

/// Words, and what stands between them, in order.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_other = |it: char| it.is_alphanumeric() != first.is_alphanumeric();
        let end = rest.find(is_other).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
}

fn is_word(part: &str) -> bool {
    part.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|it| (*it).to_owned()).collect()
    }

    fn names(names: &[&str]) -> KnownNames {
        let mut known = KnownNames::default();
        known.extend(names.iter().copied());
        known
    }

    fn found(title: &str) -> Vec<TitleFault> {
        faults(title, &[], &names(&["Kari Nordmann", "Bo Å"]))
    }

    #[test]
    fn template_titles_pass() {
        for title in [
            "Melding om brudd på personopplysningssikkerheten – avvik 2026/17",
            "Saksframlegg – avvik 2026/12345",
            "Utdrag av protokoll over brudd – avvik 2026/3",
            "Tillegg 2 til melding av 03.03.2026",
        ] {
            let wanted: &[TitleFault] =
                if title.contains("03.03") { &[TitleFault::Number] } else { &[] };
            assert_eq!(found(title), wanted, "{title}");
        }
    }

    #[test]
    fn numbers_addresses_and_names_are_found_however_they_are_written() {
        assert_eq!(found("Om 010195 12345"), [TitleFault::Number]);
        assert_eq!(found("Ring 22 33 44 55"), [TitleFault::Number]);
        assert_eq!(found("Ring +47-22334455"), [TitleFault::Number]);
        assert_eq!(found("Til post@example.org"), [TitleFault::Address]);
        assert_eq!(found("Brev til NORDMANN, lagt ved"), [TitleFault::Name]);
        assert_eq!(found("Brev om Nordmanns journal"), [TitleFault::Name]);
        assert_eq!(found(" "), [TitleFault::Blank]);
        assert_eq!(found("Nordmannsdalen skole"), []);
    }

    #[test]
    fn a_shielded_word_is_not_read_by_the_public_and_everything_else_is() {
        let shielded = words(&["Kari", "nordmann"]);
        let title = "Brev til Kari Nordmann (Nordmannsdalen)";
        assert_eq!(public_title(title, &shielded), "Brev til ****** ****** (Nordmannsdalen)");
        assert_eq!(faults(title, &shielded, &names(&["Kari Nordmann"])), []);
        let half = words(&["Kari"]);
        assert_eq!(faults(title, &half, &names(&["Kari Nordmann"])), [TitleFault::Name]);
        assert_eq!(public_title("Nordmanns brev", &shielded), "****** brev");
        assert_eq!(faults("Brev", &half, &names(&[])), [TitleFault::NothingToShield]);
    }

    #[test]
    fn what_was_shielded_is_known_again() {
        let shielded = words(&["onkologisk", "Kari"]);
        let title = "Onkologisk avdeling, brev til Kari";
        let public = public_title(title, &shielded);
        assert_eq!(shielded_words(title, &public), ["Onkologisk", "Kari"]);
        assert_eq!(shielded_words("Saksframlegg", "Saksframlegg"), Vec::<String>::new());
    }
}
