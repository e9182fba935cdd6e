//! Personnummer and samordningsnummer, with the century or without it.

use super::numerals::{Gap, Numeral};
use super::{Kind, is_a_date};

/// With the century.
pub(super) const DIGITS_MAX: usize = 12;

/// The kind of Swedish number that these groups are, if they are one.
pub(super) fn kind(groups: &[Numeral]) -> Option<Kind> {
    let lengths: Vec<usize> = groups.iter().map(|it| it.digits.len()).collect();
    // Day, month and year apart would be any date with a number before it.
    let is_grouped_so = matches!(lengths.as_slice(), [10 | 12] | [6 | 8, 4]);
    let is_joined = groups.iter().skip(1).all(|it| it.gap != Gap::Wide);
    if !is_grouped_so || !is_joined {
        return None;
    }
    let digits: Vec<u32> = groups.iter().flat_map(|it| it.digits.iter().copied()).collect();
    let (century, ten) = digits.split_at(digits.len() - 10);
    if !matches!(century, [] | [1, 8 | 9] | [2, 0]) || !luhn(ten) {
        return None;
    }
    let two = |at: usize| 10 * ten[at] + ten[at + 1];
    let (year, month, day) = (two(0), two(2), two(4));
    if is_a_date(year, month, day) {
        return Some(Kind::Personnummer);
    }
    let is_coordinated = day.checked_sub(60).is_some_and(|day| is_a_date(year, month, day));
    is_coordinated.then_some(Kind::Samordningsnummer)
}

/// Every other digit twice, the digits of what comes of it summed: nothing left over of ten.
fn luhn(digits: &[u32]) -> bool {
    let twice = |(at, digit): (usize, &u32)| match (at % 2, digit * 2) {
        (0, double) => double / 10 + double % 10,
        _ => *digit,
    };
    digits.iter().enumerate().map(twice).sum::<u32>().is_multiple_of(10)
}
