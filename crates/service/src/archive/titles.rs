//! Titles that anybody may read: what must not stand in one, and how a word is kept from the
//! public. A title goes into the public journal and is searched there.

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

/// What is wrong with a title of which some words are shielded, held against the names known in the
/// case. A name may stand in the full title where the public one shields it; a number or an address
/// in neither.
#[must_use]
pub fn faults(title: &str, shielded: &[String], names: &[String]) -> Vec<TitleFault> {
    let public = public_title(title, shielded);
    let found = [
        (title.trim().is_empty(), TitleFault::Blank),
        (has_long_number(title), TitleFault::Number),
        (title.contains('@'), TitleFault::Address),
        (names.iter().any(|name| names_somebody(&public, name)), TitleFault::Name),
        (shielded.iter().any(|word| !has_word(title, word)), TitleFault::NothingToShield),
    ];
    found.into_iter().filter_map(|(is_so, fault)| is_so.then_some(fault)).collect()
}

/// The title as the public reads it: each word that is shielded is `******`.
#[must_use]
pub fn public_title(title: &str, shielded: &[String]) -> String {
    let shows = |word: &str| !shielded.iter().any(|it| same(it, word));
    parts(title).map(|part| if is_word(part) && !shows(part) { SHIELDED } else { part }).collect()
}

fn names_somebody(public: &str, name: &str) -> bool {
    let words = parts(name).filter(|it| is_word(it));
    let mut telling = words.filter(|it| NAME_LETTERS_MIN <= it.chars().count());
    telling.any(|word| has_word(public, word))
}

fn has_word(title: &str, word: &str) -> bool {
    parts(title).any(|part| is_word(part) && same(part, word))
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
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

    fn found(title: &str) -> Vec<TitleFault> {
        faults(title, &[], &words(&["Kari Nordmann", "Bo Å"]))
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
        assert_eq!(found(" "), [TitleFault::Blank]);
        assert_eq!(found("Nordmannsdalen skole"), []);
    }

    #[test]
    fn a_shielded_word_is_not_read_by_the_public_and_everything_else_is() {
        let shielded = words(&["Kari", "nordmann"]);
        let title = "Brev til Kari Nordmann (Nordmannsdalen)";
        assert_eq!(public_title(title, &shielded), "Brev til ****** ****** (Nordmannsdalen)");
        assert_eq!(faults(title, &shielded, &words(&["Kari Nordmann"])), []);
        let half = words(&["Kari"]);
        assert_eq!(faults(title, &half, &words(&["Kari Nordmann"])), [TitleFault::Name]);
        assert_eq!(faults("Brev", &half, &[]), [TitleFault::NothingToShield]);
    }
}
