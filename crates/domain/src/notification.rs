//! The notification to the authority (GDPR art. 33): the fields of a template, what a case answers
//! to each of them, what is missing, and what was sent. `docs/decisions/0024-notification.md`.

pub mod asked;
pub mod condition;
pub mod fill;
pub mod notice;
pub mod prepared;
pub mod problem;
pub mod source;
pub mod template;
pub mod value;
pub mod view;

pub use asked::CaseQuestion;
pub use condition::Condition;
pub use fill::{NotificationBook, Profile, Sector, Situation, prepare};
pub use notice::{Completeness, Notice, NoticeChannel, NoticeContent, NoticeKind, NoticeSent};
pub use notice::{Draft, SentField};
pub use prepared::{Change, Filled, Fingerprint, Origin, Prepared, State};
pub use problem::{TemplateProblem, ViewProblem, WrongInTemplate, WrongInView};
pub use source::Source;
pub use template::{Choice, Field, FieldId, FieldKind, Section, Status, Template, TemplateId};
pub use value::{OwnWords, Value};
pub use view::{Item, View, ViewId, ViewSection};

#[cfg(test)]
pub(crate) mod tests;
