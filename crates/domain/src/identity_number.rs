//! National identity numbers in running text: Norwegian and Swedish, together or in groups.

mod digits;
mod norwegian;
mod numerals;
mod swedish;
#[cfg(test)]
mod tests;

use std::ops::Range;

use numerals::Numeral;

/// What kind of number was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// The birth number of somebody in the Norwegian population register.
    Fodselsnummer,
    /// Of somebody without a birth number: 40 added to the day.
    DNumber,
    /// Given by a hospital where neither is known: begins with 8 or 9 and tells no birth date.
    FhNumber,
    /// A Swedish one.
    Personnummer,
    /// Of somebody not in the Swedish population register: 60 added to the day.
    Samordningsnummer,
}

/// A number that is built like an identity number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which kind.
    pub kind: Kind,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

/// Every identity number in the text, in order. A number is one when its check digits are right
/// and its date can be one; whether it was given to somebody is not known here.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for sequence in numerals::sequences(text) {
        let mut first = 0;
        while first < sequence.len() {
            match longest(text, &sequence[first..]) {
                Some((kind, groups)) => {
                    let last = first + groups - 1;
                    let at = sequence[first].at.start..sequence[last].at.end;
                    found.push(Found { kind, at });
                    first += groups;
                }
                None => first += 1,
            }
        }
    }
    found
}

/// Whether there is any in it.
#[must_use]
pub fn is_in(text: &str) -> bool {
    !find(text).is_empty()
}

/// Whether it is a Norwegian one, in eleven digits and nothing else.
#[must_use]
pub fn is_norwegian(text: &str) -> bool {
    let is_kind = |kind| matches!(kind, Kind::Fodselsnummer | Kind::DNumber);
    let is_plain = text.len() == 11 && text.bytes().all(|it| it.is_ascii_digit());
    is_plain && find(text).iter().any(|it| is_kind(it.kind) && it.at == (0..text.len()))
}

/// The kind of the identity number that these groups begin with, and how many of them it takes.
fn longest(text: &str, groups: &[Numeral]) -> Option<(Kind, usize)> {
    if numerals::is_named_otherwise(text, groups[0].at.start) {
        return None;
    }
    let taken = (1..=groups.len()).take_while(|taken| {
        groups[..*taken].iter().map(|it| it.digits.len()).sum::<usize>() <= swedish::DIGITS_MAX
    });
    let mut taken: Vec<usize> = taken.collect();
    taken.reverse();
    taken.into_iter().find_map(|taken| {
        let kind = norwegian::kind(&groups[..taken]).or_else(|| swedish::kind(&groups[..taken]))?;
        Some((kind, taken))
    })
}

/// Whether a month has that day in some year that ends in these two digits.
fn is_a_date(year: u32, month: u32, day: u32) -> bool {
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        // The century is not known, but of 00 one is a leap year.
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}
