//! The shell: reads the clock, writes the journal, answers the pages, sends the mail.
//!
//! Invariants: the time is read in `clock.rs` alone; nothing is done to a case without a permit,
//! and nothing of a case is read without a line in the access log; this crate knows no HTTP.

pub mod access_watch;
pub mod administration;
pub mod archive;
pub mod assessment;
pub mod attachments;
pub mod audits;
pub mod backup;
pub mod calendar;
pub mod categories;
pub mod checkpoints;
pub mod clock;
pub mod clocks;
pub mod crisis;
pub mod deadline_watch;
pub mod dispatch;
pub mod duties;
pub mod erasure;
pub mod error;
pub mod execute;
pub mod filters;
pub mod follow_up;
pub mod how_far;
pub mod inquiries;
pub mod joining;
pub mod kept_files;
pub mod letters;
pub mod look_up;
pub mod notices;
pub mod notification;
pub mod open;
pub mod outside_role;
pub mod permit;
pub mod post;
pub mod precedents;
pub mod projector;
pub mod reactions;
pub mod register;
pub mod reminders;
pub mod rendering;
pub mod reporting;
pub mod reviews;
pub mod search;
pub mod secrets;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod statistics;
pub mod who_is_left;
pub mod who_looked;
pub mod written;

pub use archive::ArchiveSettings;
pub use assessment::{Preview, RulebookFault, Rulebooks};
pub use attachments::{
    FileFinding, FileFlaw, FileLimits, FileProblem, FileSight, HandedOut, Place, Upload,
};
pub use calendar::CalendarClocks;
pub use categories::Categories;
pub use checkpoints::{Anchors, NoEvidence};
pub use clock::{Clock, Hand};
pub use clocks::{CaseDuty, RunningClock, WaitingQuestion};
pub use duties::{Duties, DutySettings};
pub use erasure::{Certificate, Erased, keys_erased};
pub use error::{HandleError, LookUpError, Refusal};
pub use follow_up::FollowUp;
pub use how_far::HowFar;
pub use inquiries::{Asked, BehindLink};
pub use journal::{Access, AccessLine, NextAttempt};
pub use kept_files::{ChosenFile, KEPT_MINUTES};
pub use letters::{LetterFileError, LetterSight, ListChange, ListError, Paper, sees_letters};
pub use look_up::{CaseSight, Part, REFUSED};
pub use notification::{NotificationSettings, Notifications, NotificationsFault};
pub use open::{OpenError, SESSIONS, Service};
pub use permit::ReviewStep;
pub use permit::{Sight, SignedIn, Step};
pub use precedents::Precedents;
pub use register::RegisterAsked;
pub use reporting::{Filing, Receipt, SignedOf};
pub use reviews::{Approving, Beginning, ReviewNews, ReviewSight};
pub use sessions::SessionToken;
pub use settings::{MailSettings, Settings};
pub use sign_in::{ChoosePasswordError, SignInError};
pub use statistics::{AsOf, Dashboard, FiguresAsked, FiguresSeen, FiguresSight};
