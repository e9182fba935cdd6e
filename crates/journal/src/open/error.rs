//! Why there is no journal to work with.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::format::{FormatError, ProgramVersion};
use crate::keyring::KeyringError;
use crate::keyring::master::MasterKeyError;
use crate::read::ReadError;
use crate::store::StoreError;

/// Why there is no journal to work with.
#[derive(Debug)]
pub enum JournalError {
    /// The directory holds no journal.
    NotInitialised {
        /// The data directory.
        path: PathBuf,
    },
    /// The directory holds a journal already.
    AlreadyInitialised {
        /// The data directory.
        path: PathBuf,
    },
    /// The directory could not be made or used.
    Directory {
        /// The data directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The directory's format is not known.
    Format(FormatError),
    /// The log holds what a newer version of the program has written. Nothing was changed.
    TooNew {
        /// The newest version that has written in the directory, where it is newer than this.
        written_by: Option<ProgramVersion>,
        /// What is not understood.
        source: ReadError,
    },
    /// There is no usable master key.
    MasterKey(MasterKeyError),
    /// There is no usable keyring.
    Keyring(KeyringError),
    /// The store did not open, or reading it failed.
    Store(StoreError),
    /// The log could not be read to its end.
    Replay(ReadError),
    /// The writer's thread could not be started.
    Writer(io::Error),
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInitialised { path } => {
                write!(f, "there is no journal in {}; `avvik init` sets one up", path.display())
            }
            Self::AlreadyInitialised { path } => write!(
                f,
                "there is a journal in {} already; start it with `avvik serve`, \
                 or choose another directory",
                path.display()
            ),
            Self::Directory { path, .. } => write!(
                f,
                "the data directory {} cannot be used; look at its path and permissions",
                path.display()
            ),
            Self::Format(_) => write!(f, "the format of the data directory is not known"),
            Self::TooNew { written_by, .. } => {
                write!(
                    f,
                    "the journal was written by a newer version of avvik than this one, {}; \
                     nothing was changed: start ",
                    ProgramVersion::own()
                )?;
                match written_by {
                    Some(version) => write!(f, "avvik {version} or newer"),
                    None => write!(f, "the version that was used last"),
                }
            }
            Self::MasterKey(_) => write!(f, "the journal has no usable master key"),
            Self::Keyring(_) => write!(f, "the journal has no usable keyring"),
            Self::Store(_) => write!(f, "the journal's store cannot be used"),
            Self::Replay(_) => write!(f, "the journal cannot be read from end to end"),
            Self::Writer(_) => write!(f, "the journal's writer could not be started"),
        }
    }
}

impl Error for JournalError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotInitialised { .. } | Self::AlreadyInitialised { .. } => None,
            Self::Directory { source, .. } | Self::Writer(source) => Some(source),
            Self::Format(source) => Some(source),
            Self::MasterKey(source) => Some(source),
            Self::Keyring(source) => Some(source),
            Self::Store(source) => Some(source),
            Self::TooNew { source, .. } | Self::Replay(source) => Some(source),
        }
    }
}

impl JournalError {
    /// Whether a newer version of the program is needed to open the journal.
    #[must_use]
    pub fn is_too_new(&self) -> bool {
        matches!(self, Self::TooNew { .. } | Self::Format(FormatError::Newer { .. }))
    }

    pub(super) fn replay(source: ReadError, program: Option<ProgramVersion>) -> Self {
        if source.is_too_new() {
            let written_by = program.filter(|program| ProgramVersion::own() < *program);
            Self::TooNew { written_by, source }
        } else {
            Self::Replay(source)
        }
    }
}
