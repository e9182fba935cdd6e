//! An event as the journal hands it back: with its place, its time and who caused it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{CaseId, ReviewId, UserId};
use crate::{Event, Time};

/// What a stream is about; part of the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StreamKind {
    /// A deviation case.
    Case,
    /// Units, people, roles and tokens.
    Organisation,
    /// A management review.
    Review,
}

/// One aggregate instance's stream of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StreamId {
    /// What the stream is about.
    pub kind: StreamKind,
    /// Which instance.
    pub id: Uuid,
}

impl StreamId {
    /// The one organisation a journal serves.
    pub const ORGANISATION: Self = Self { kind: StreamKind::Organisation, id: Uuid::nil() };
}

impl From<CaseId> for StreamId {
    fn from(case: CaseId) -> Self {
        Self { kind: StreamKind::Case, id: case.0 }
    }
}

impl From<ReviewId> for StreamId {
    fn from(review: ReviewId) -> Self {
        Self { kind: StreamKind::Review, id: review.0 }
    }
}

impl std::fmt::Display for StreamId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", <&str>::from(self.kind), self.id)
    }
}

/// A place in the journal's one total order, from 1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Position(pub u64);

/// How many events a stream holds; the first event gets version 1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Version(pub u32);

/// Who caused an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The service itself, such as the deadline watch.
    Service,
    /// The reporter, who is named in the report's sealed part or nowhere.
    Reporter,
    /// Somebody who signed in.
    User(UserId),
    /// Somebody outside the organisation who was asked, and answers by a secret link. They are
    /// named in the question's sealed part.
    Respondent,
}

/// One fact with its place in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Where in the total order.
    pub position: Position,
    /// In which stream.
    pub stream: StreamId,
    /// Which of the stream's events, from 1.
    pub version: Version,
    /// When it was recorded.
    pub at: Time,
    /// Who caused it.
    pub by: Actor,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// The case this is about, if it is about one.
    #[must_use]
    pub fn case(&self) -> Option<CaseId> {
        matches!(self.stream.kind, StreamKind::Case).then_some(CaseId(self.stream.id))
    }

    /// The management review this is about, if it is about one.
    #[must_use]
    pub fn review(&self) -> Option<ReviewId> {
        matches!(self.stream.kind, StreamKind::Review).then_some(ReviewId(self.stream.id))
    }
}

/// How much of a recorded fact whoever reads the log through needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// Only that it is there.
    Nothing,
    /// The event without its personal values, which read as erased.
    Open,
    /// The event as it was recorded.
    Everything,
}

impl Needed {
    /// For whoever needs every event as it was recorded.
    #[must_use]
    pub fn all(_: StreamKind, _: &str) -> Self {
        Self::Everything
    }
}

/// Tells how much is needed of the events that have a stored name.
pub type Needs = fn(StreamKind, &str) -> Needed;
