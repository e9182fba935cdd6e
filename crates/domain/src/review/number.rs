//! The number people use for a review.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::NumberBlock;

/// A year and a sequence within it, such as `2026-1`: with a dash, so that nobody takes it for the
/// number of a case. NOTE: part of the stored form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReviewNumber {
    /// The year the review was begun, in the organisation's time zone.
    pub year: u16,
    /// Counts from 1 within the year.
    pub sequence: u32,
}

impl ReviewNumber {
    /// The block it was given out from.
    #[must_use]
    pub const fn block(self) -> NumberBlock {
        NumberBlock::of(self.sequence)
    }
}

impl fmt::Display for ReviewNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.year, self.sequence)
    }
}

/// The text is not a review's number such as `2026-1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAReviewNumber;

impl fmt::Display for NotAReviewNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a review's number is a year, a dash and a number, such as 2026-1")
    }
}

impl std::error::Error for NotAReviewNumber {}

impl FromStr for ReviewNumber {
    type Err = NotAReviewNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, sequence) = text.split_once('-').ok_or(NotAReviewNumber)?;
        Ok(Self {
            year: year.parse().map_err(|_| NotAReviewNumber)?,
            sequence: sequence.parse().map_err(|_| NotAReviewNumber)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_as_written() {
        let number = ReviewNumber { year: 2026, sequence: 2 };
        assert_eq!(number.to_string(), "2026-2");
        assert_eq!("2026-2".parse(), Ok(number));
        assert_eq!("2026/2".parse::<ReviewNumber>(), Err(NotAReviewNumber));
    }
}
