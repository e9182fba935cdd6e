//! What keeps the service from opening.

use std::fmt;

use channels::digital_post;
use channels::mail::{NotAnAddress, SettingsProblem};
use journal::{JournalError, KeyringError, ReadError};

use crate::archive::grounds::GroundsFault;
use crate::assessment::RulebookFault;
use crate::categories::CategoryFault;
use crate::duties::DutyFault;
use crate::notices::MailTextsFault;
use crate::notification::NotificationsFault;
use crate::rendering::LogoFault;
use crate::search::SearchError;

/// Why the service did not open.
#[derive(Debug)]
pub enum OpenError {
    /// The categories cannot be used.
    Categories(CategoryFault),
    /// The rules of advice cannot be used.
    Rulebooks(RulebookFault),
    /// The duties cannot be used.
    Duties(DutyFault),
    /// The forms in which the authority is notified cannot be used.
    Notifications(Box<NotificationsFault>),
    /// The organisation's mark cannot be used.
    Logo(LogoFault),
    /// The legal grounds of the archive cannot be used.
    Grounds(GroundsFault),
    /// The mail texts cannot be used.
    MailTexts(MailTextsFault),
    /// The mail settings cannot be used.
    Mail(SettingsProblem),
    /// The settings of digital post cannot be used.
    DigitalPost(digital_post::SettingsProblem),
    /// The sender's address is not one.
    Sender(NotAnAddress),
    /// The journal did not open.
    Journal(Box<JournalError>),
    /// The sessions could not be read.
    Sessions(ReadError),
    /// Keys whose erasure is on record could not be destroyed.
    Erasure(KeyringError),
    /// The search index could not be made.
    Search(SearchError),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Categories(_) => "the categories cannot be used",
            Self::Rulebooks(_) => "the rules of advice cannot be used",
            Self::Duties(_) => "the duties cannot be used",
            Self::Notifications(_) => "the forms of notifications cannot be used",
            Self::Logo(_) => "the logo of documents cannot be used",
            Self::Grounds(_) => "the legal grounds of the archive cannot be used",
            Self::MailTexts(_) => "the texts of mails cannot be used",
            Self::Mail(_) => "the mail settings cannot be used",
            Self::DigitalPost(_) => "the settings of digital post cannot be used",
            Self::Sender(_) => "the sender's mail address cannot be used",
            Self::Journal(_) => "the data directory cannot be used",
            Self::Sessions(_) => "the sessions cannot be read",
            Self::Erasure(_) => "an erasure that was broken off could not be finished",
            Self::Search(_) => "the search index could not be made",
        })
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Self::Categories(error) => error,
            Self::Rulebooks(error) => error,
            Self::Duties(error) => error,
            Self::Notifications(error) => error.as_ref(),
            Self::Logo(error) => error,
            Self::Grounds(error) => error,
            Self::MailTexts(error) => error,
            Self::Mail(error) => error,
            Self::DigitalPost(error) => error,
            Self::Sender(error) => error,
            Self::Journal(error) => error.as_ref(),
            Self::Sessions(error) => error,
            Self::Erasure(error) => error,
            Self::Search(error) => error,
        })
    }
}

impl From<LogoFault> for OpenError {
    fn from(fault: LogoFault) -> Self {
        Self::Logo(fault)
    }
}
