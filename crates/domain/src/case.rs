//! The deviation case: from the report, under the 72-hour clock, to the closing.

pub mod access;
pub mod advised;
pub mod archiving;
pub mod attachment;
pub mod command;
pub mod confirmation;
pub mod correction;
pub mod custody;
pub mod dealings;
pub mod decide;
pub mod document;
pub mod duties;
pub mod erasure;
pub mod event;
pub mod evolve;
pub mod facts;
pub mod inquiry;
pub mod involved;
pub mod letter;
pub mod likeness;
pub mod memo;
pub mod outstanding;
pub mod overdue;
pub mod practice;
pub mod proposed;
pub mod refusal;
pub mod report;
pub mod standing;
pub mod state;
pub mod telling;

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod spec;

pub use advised::{AdviceGiven, RuleShelf};
pub use attachment::{AttachedFile, Attachment, AttachmentSource, FileKind};
pub use command::{Acting, Command, Request};
pub use decide::decide;
pub use duties::{DutyBook, Judgement};
pub use erasure::Erase;
pub use event::Event;
pub use evolve::{evolve, fold};
pub use facts::{Fact, Facts};
pub use involved::Involved;
pub use memo::{Memo, MemoPart};
pub use outstanding::Outstanding;
pub use refusal::Refusal;
pub use report::Report;
pub use standing::{Phase, Standing};
pub use state::{Case, ClosedCase, OpenCase};

/// What a case answers to a command: the facts that follow (none if it was so already), or why not.
pub type Decision = Result<Vec<Event>, Refusal>;
