//! The management review (ledelsens gjennomgang): once a year the top leaders see what happened,
//! what it means, and resolve what is to be done (ISO/IEC 27001:2022 9.3).

pub mod agenda;
pub mod command;
pub mod decide;
pub mod event;
pub mod evolve;
pub mod number;
pub mod outstanding;
pub mod refusal;
pub mod state;

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod spec;

pub use agenda::{AgendaItem, Clause, Origin};
pub use command::{Command, Request};
pub use decide::decide;
pub use event::Event;
pub use evolve::{Fact, evolve, fold};
pub use number::ReviewNumber;
pub use outstanding::Outstanding;
pub use refusal::{Refusal, RequiredText};
pub use state::{AbandonedReview, ApprovedReview, OpenReview, Phase, Review};

/// What a review answers to a command: the facts that follow, none where it is so already, or why
/// not.
pub type Decision = Result<Vec<Event>, Refusal>;
