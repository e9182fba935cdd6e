//! Groups of digits as people write them, and which of them could be one number.

use std::ops::Range;

use super::digits;
use crate::invisible::is_invisible;

/// Characters between two groups of one number: a hyphen with a space on each side.
const GAP_CHARACTERS_MAX: usize = 3;

/// Words right before a number that say it is something else. A number of an account has the same
/// last check digit as a birth number, so that nothing in it tells the two apart.
const NAMED_OTHERWISE: [&str; 19] = [
    "konto",
    "kontonr",
    "kontonummer",
    "bankkonto",
    "account",
    "iban",
    "bankgiro",
    "bg",
    "plusgiro",
    "kid",
    "ocr",
    "telefon",
    "telefonnummer",
    "tlf",
    "tel",
    "mobil",
    "mobilnummer",
    "mob",
    "phone",
];

/// Digits that stand together.
pub(super) struct Numeral {
    pub(super) digits: Vec<u32>,
    pub(super) at: Range<usize>,
    /// What stands between the group before it and this one.
    pub(super) gap: Gap,
}

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing that could stand within a number, or the text begins here.
    Wide,
    /// White space, a hyphen, a full stop or a slash.
    Narrow,
    /// A plus sign, as Swedes over a hundred have it.
    Plus,
}

/// The groups of digits in the text, each sequence of them as far as they could belong together.
pub(super) fn sequences(text: &str) -> Vec<Vec<Numeral>> {
    let mut sequences: Vec<Vec<Numeral>> = Vec::new();
    let mut end_before = None;
    for (digits, at) in groups(text) {
        let end = at.end;
        if is_something_else(text, &at) {
            // What stands beside it is not to be joined across it.
            end_before = None;
            continue;
        }
        let gap =
            end_before.map_or(Gap::Wide, |end_before: usize| gap(&text[end_before..at.start]));
        end_before = Some(end);
        let numeral = Numeral { digits, at, gap };
        match sequences.last_mut() {
            Some(sequence) if numeral.gap != Gap::Wide => sequence.push(numeral),
            _ => sequences.push(vec![numeral]),
        }
    }
    sequences
}

/// Digits that stand together, however many, and where.
fn groups(text: &str) -> Vec<(Vec<u32>, Range<usize>)> {
    let mut groups: Vec<(Vec<u32>, Range<usize>)> = Vec::new();
    let mut is_going_on = false;
    for (at, it) in text.char_indices() {
        match (digits::value(it), groups.last_mut()) {
            (Some(digit), Some((digits, range))) if is_going_on => {
                digits.push(digit);
                range.end = at + it.len_utf8();
            }
            (Some(digit), _) => {
                groups.push((vec![digit], at..at + it.len_utf8()));
                is_going_on = true;
            }
            (None, _) => is_going_on = is_going_on && is_invisible(it),
        }
    }
    groups
}

/// A telephone number with its country, or the digits of a code that goes on in letters.
fn is_something_else(text: &str, at: &Range<usize>) -> bool {
    let goes_on = text[at.end..].starts_with(char::is_alphabetic);
    let before = text[..at.start].strip_suffix(is_plus);
    let follows = |text: &str| text.ends_with(|it: char| digits::value(it).is_some());
    goes_on || before.is_some_and(|before| !follows(before))
}

fn gap(between: &str) -> Gap {
    let seen: Vec<char> = between.chars().filter(|it| !is_invisible(*it)).collect();
    if matches!(seen.as_slice(), [it] if is_plus(*it)) {
        return Gap::Plus;
    }
    let signs = seen.iter().filter(|it| is_sign(**it)).count();
    let is_near = seen.len() <= GAP_CHARACTERS_MAX && signs <= 1;
    if is_near && seen.iter().all(|it| is_sign(*it) || it.is_whitespace()) {
        Gap::Narrow
    } else {
        Gap::Wide
    }
}

/// A hyphen, a full stop or a slash, as wide as letters or as wide as Chinese characters.
fn is_sign(it: char) -> bool {
    matches!(it, '-' | '.' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}')
        || matches!(it, '\u{ff0d}'..='\u{ff0f}')
}

fn is_plus(it: char) -> bool {
    matches!(it, '+' | '\u{ff0b}')
}

/// Whether the word right before that place says that a number of another kind follows.
pub(super) fn is_named_otherwise(text: &str, at: usize) -> bool {
    let is_between = |it: char| it.is_whitespace() || matches!(it, ':' | '.' | '(' | '-');
    let mut before = text[..at].trim_end_matches(is_between);
    let last_word = |text: &str| -> String {
        let word = text.rsplit(|it: char| !it.is_alphabetic()).next().unwrap_or_default();
        word.to_lowercase()
    };
    let mut word = last_word(before);
    if ["nr", "no", "nummer", "number"].contains(&word.as_str()) {
        before = before[..before.len() - word.len()].trim_end_matches(is_between);
        word = last_word(before);
    }
    NAMED_OTHERWISE.contains(&word.as_str())
}
