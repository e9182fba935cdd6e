//! Birth numbers, D-numbers, FH-numbers, and the synthetic ones of test data.

use super::numerals::{Gap, Numeral};
use super::{Kind, is_a_date};

const DIGITS: usize = 11;

/// The weights of the sum that the first check digit settles.
const FIRST: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
/// The same for the second.
const SECOND: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/// What the first sum may leave over. Numbers given from 2032 on leave 0 to 3, the older ones 0.
const LEFT_OVER_MAX: u32 = 3;

/// What is added to the month of numbers that are nobody's birth number: by hospitals and in some
/// test data 40, in the population register's test data 80.
const ADDED_TO_MONTH: [u32; 3] = [0, 40, 80];

/// The kind of Norwegian number that these groups are, if they are one.
pub(super) fn kind(groups: &[Numeral]) -> Option<Kind> {
    let digits: Vec<u32> = groups.iter().flat_map(|it| it.digits.iter().copied()).collect();
    if digits.len() != DIGITS || !is_grouped_so(groups) {
        return None;
    }
    let left_over = weighed(&digits, &FIRST) % 11;
    if !weighed(&digits, &SECOND).is_multiple_of(11) || LEFT_OVER_MAX < left_over {
        return None;
    }
    dated(&digits).or_else(|| is_fh(&digits, left_over).then_some(Kind::FhNumber))
}

/// Groups of one number leave the birth date whole or split it further. Four, two and five are an
/// account's, so a number in such groups is taken for one.
fn is_grouped_so(groups: &[Numeral]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|it| it.digits.len()).collect();
    let ends_at_six = lengths
        .iter()
        .scan(0, |sum, it| {
            *sum += it;
            Some(*sum)
        })
        .any(|it| it == 6);
    let is_joined = groups.iter().skip(1).all(|it| it.gap == Gap::Narrow);
    lengths == [DIGITS] || (is_joined && ends_at_six && lengths != [4, 2, 5])
}

fn dated(digits: &[u32]) -> Option<Kind> {
    let two = |at: usize| 10 * digits[at] + digits[at + 1];
    let (day, month, year) = (two(0), two(2), two(4));
    let months = ADDED_TO_MONTH.iter().filter_map(|added| month.checked_sub(*added));
    let is_dated = |day: u32| months.clone().any(|month| is_a_date(year, month, day));
    if is_dated(day) {
        return Some(Kind::Fodselsnummer);
    }
    day.checked_sub(40).is_some_and(is_dated).then_some(Kind::DNumber)
}

/// No date tells an FH-number apart, so of the first check the old rule alone is right for it.
fn is_fh(digits: &[u32], left_over: u32) -> bool {
    matches!(digits[0], 8 | 9) && left_over == 0
}

fn weighed(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}
