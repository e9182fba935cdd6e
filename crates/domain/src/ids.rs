//! Identifiers: a type for each, so that none can stand in for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The one that sorts before every other.
            pub const FIRST: Self = Self(Uuid::nil());
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

identifier!(
    /// One deviation case, from the report to the archive.
    CaseId
);
identifier!(
    /// A member of the organisation who signs in.
    UserId
);
identifier!(
    /// A place in the organisation tree.
    UnitId
);
identifier!(
    /// A measure on a case: immediate, corrective or preventive.
    MeasureId
);
identifier!(
    /// A file attached to a case.
    AttachmentId
);
identifier!(
    /// A question put to the reporter.
    QuestionId
);
identifier!(
    /// What somebody often looks for among the cases, kept under a name.
    FilterId
);
identifier!(
    /// A question put to somebody who is to help with the case, other than its reporter.
    InquiryId
);
identifier!(
    /// One annual management review.
    ReviewId
);
identifier!(
    /// Something a management review resolved to be done.
    ResolutionId
);
identifier!(
    /// A bearer token for the API.
    TokenId
);
identifier!(
    /// A person whose data can be erased apart from the rest of the stream it stands in.
    PersonId
);

impl From<UserId> for PersonId {
    fn from(user: UserId) -> Self {
        Self(user.0)
    }
}

/// Where the numbers of cases and reviews are given out from: a crisis copy has a block of its
/// own, so that its cases never get the number of one that the service itself took in meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberBlock {
    /// From 1.
    Ordinary,
    /// From 90 001.
    CrisisCopy,
}

impl NumberBlock {
    /// The block that a sequence number is in. No organisation comes to its 90 001st case in a
    /// year, and none to as many reviews.
    #[must_use]
    pub const fn of(sequence: u32) -> Self {
        if sequence < Self::CrisisCopy.first() { Self::Ordinary } else { Self::CrisisCopy }
    }

    /// The first sequence number in the block.
    #[must_use]
    pub const fn first(self) -> u32 {
        match self {
            Self::Ordinary => 1,
            Self::CrisisCopy => 90_001,
        }
    }
}

/// The number people use for a case, such as `2026/17`: a year and a sequence within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaseNumber {
    /// The year the case was reported, in the organisation's time zone.
    pub year: u16,
    /// Counts from 1 within the year. A number whose report was never recorded may be missing.
    pub sequence: u32,
}

impl CaseNumber {
    /// The block it was given out from.
    #[must_use]
    pub const fn block(self) -> NumberBlock {
        NumberBlock::of(self.sequence)
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.year, self.sequence)
    }
}

/// The text is not a case number such as `2026/17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACaseNumber;

impl fmt::Display for NotACaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a case number is a year, a slash and a number, such as 2026/17")
    }
}

impl std::error::Error for NotACaseNumber {}

impl FromStr for CaseNumber {
    type Err = NotACaseNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, sequence) = text.trim().split_once('/').ok_or(NotACaseNumber)?;
        Ok(Self {
            year: year.parse().map_err(|_| NotACaseNumber)?,
            sequence: sequence.parse().map_err(|_| NotACaseNumber)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_reads_back_as_written() {
        let number = CaseNumber { year: 2026, sequence: 17 };
        assert_eq!(number.to_string(), "2026/17");
        assert_eq!("2026/17".parse(), Ok(number));
        assert_eq!("2026-17".parse::<CaseNumber>(), Err(NotACaseNumber));
    }
}
