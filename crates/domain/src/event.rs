//! Any event of any aggregate.

use crate::{StreamKind, case, organisation, review};

/// A fact from one of the aggregates.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Something happened in a case.
    Case(case::Event),
    /// Something happened in the organisation.
    Organisation(organisation::Event),
    /// Something happened in a management review.
    Review(review::Event),
}

impl Event {
    /// The name under which the event is stored. Never renamed, only added to.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Case(event) => event.name(),
            Self::Organisation(event) => event.into(),
            Self::Review(event) => event.into(),
        }
    }

    /// Every stored name of a kind of stream, so that a forgotten golden file is noticed.
    #[must_use]
    pub fn names(kind: StreamKind) -> &'static [&'static str] {
        use strum::VariantNames;
        match kind {
            StreamKind::Case => case::Event::names(),
            StreamKind::Organisation => organisation::Event::VARIANTS,
            StreamKind::Review => review::Event::VARIANTS,
        }
    }
}

impl From<case::Event> for Event {
    fn from(event: case::Event) -> Self {
        Self::Case(event)
    }
}

impl From<organisation::Event> for Event {
    fn from(event: organisation::Event) -> Self {
        Self::Organisation(event)
    }
}

impl From<review::Event> for Event {
    fn from(event: review::Event) -> Self {
        Self::Review(event)
    }
}
