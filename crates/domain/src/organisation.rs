//! The organisation: its tree of units, the people in it, what they are and how they sign in.

pub mod command;
pub mod decide;
pub mod event;
pub mod evolve;
pub mod refusal;
pub mod state;

pub use command::{Command, Request};
pub use decide::decide;
pub use event::{AccessOutcome, AccessRule, Criteria, Event, UnusualAccess};
pub use evolve::{apply, evolve, fold};
pub use refusal::Refusal;
pub use state::{Organisation, Person, SavedFilter, Token, Unit};

/// What the organisation answers to a command: the facts that follow, or why not.
pub type Decision = Result<Vec<Event>, Refusal>;
