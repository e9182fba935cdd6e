//! Deciding on cases: pure, without I/O, clock or language.
//!
//! Invariants: nothing here reads the time, the disk or the network, draws random numbers, or
//! holds a sentence in any language; time, identifiers and settings arrive as arguments, refusals
//! leave as data. Serde is used for the shape of events alone (`docs/decisions/0001`).

pub mod assessment;
pub mod case;
pub mod category;
pub mod condition;
pub mod deadline;
pub mod duty;
pub mod erasable;
pub mod event;
pub mod guard;
pub mod identity_number;
pub mod ids;
pub mod invisible;
pub mod notification;
pub mod organisation;
pub mod recorded;
pub mod review;
pub mod role;

pub use erasable::Erasable;
pub use event::Event;
pub use recorded::{Actor, Needed, Needs, Position, Recorded, StreamId, StreamKind, Version};
pub use role::{Role, Roles};

/// An instant in UTC. Wall-clock times are made and shown at the edge.
pub type Time = chrono::DateTime<chrono::Utc>;

/// The years of a time or a day that is taken from outside. RFC 3339 has no form for others, and
/// at the edge of what can be held there is nothing to count on to, not even the clock of a zone.
pub const YEARS: std::ops::RangeInclusive<i32> = 1..=9998;
