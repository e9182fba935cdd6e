//! Why a backup was not made, or not restored.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use domain::Position;

use super::fault::PartFault;
use crate::append::AppendError;
use crate::checkpoint::CheckpointError;
use crate::format::FormatError;
use crate::keyring::KeyringError;
use crate::read::ReadError;
use crate::store::{Log, StoreError};

/// Why a backup was not made, or not restored.
#[derive(Debug)]
pub enum BackupError {
    /// A part of the backup is not what was written.
    Part(PartFault),
    /// There is no backup.
    NoBackup {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The directory holds something else than a backup.
    NotABackup {
        /// The directory.
        path: PathBuf,
    },
    /// The directory lies in the data directory that is to be backed up.
    InDataDirectory {
        /// The directory.
        path: PathBuf,
    },
    /// Another process writes to the backup.
    InUse {
        /// The directory.
        path: PathBuf,
    },
    /// A file of the backup, or of what is restored, could not be written.
    NotWritten {
        /// Which file or directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Nothing is recorded in the journal yet.
    NothingRecorded,
    /// The backup, or its keys, are another journal's.
    OtherJournal {
        /// The backup or its keys.
        path: PathBuf,
    },
    /// The backup, or its keys, have come further than the journal.
    Ahead {
        /// The backup or its keys.
        path: PathBuf,
        /// Which log.
        log: Log,
        /// How far they have come.
        backup: Position,
        /// How far the journal has come.
        journal: Position,
    },
    /// The journal did not go on from where the backup ends.
    Diverged {
        /// Which log.
        log: Log,
        /// Up to here the backup has it.
        position: Position,
    },
    /// What came from the journal is not what was asked for.
    OtherRange,
    /// The data directory holds something already.
    NotEmpty {
        /// The data directory.
        path: PathBuf,
    },
    /// The journal could not be read.
    Read(ReadError),
    /// The journal takes in nothing, so that it is not known what is on disk.
    Halted(AppendError),
    /// The keyring could not be read.
    Keyring(KeyringError),
    /// The checkpoints could not be read.
    Checkpoints(CheckpointError),
    /// The restored store could not be written.
    Store(StoreError),
    /// What was restored could not be given its format.
    Format(FormatError),
}

impl From<PartFault> for BackupError {
    fn from(fault: PartFault) -> Self {
        Self::Part(fault)
    }
}

impl From<ReadError> for BackupError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CheckpointError> for BackupError {
    fn from(error: CheckpointError) -> Self {
        Self::Checkpoints(error)
    }
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // It stands for itself.
            Self::Part(fault) => fault.fmt(f),
            Self::NoBackup { path } => write!(f, "there is no backup in {}", path.display()),
            Self::NotABackup { path } => write!(
                f,
                "{} holds something else than a backup; name an empty directory, or one with an \
                 earlier backup",
                path.display()
            ),
            Self::InDataDirectory { path } => write!(
                f,
                "{} lies in the data directory itself; name a directory on another disk",
                path.display()
            ),
            Self::InUse { path } => {
                write!(f, "another process is writing the backup in {}", path.display())
            }
            Self::NotWritten { path, .. } => write!(f, "{} cannot be written", path.display()),
            Self::NothingRecorded => write!(f, "nothing is recorded yet"),
            Self::OtherJournal { path } => write!(
                f,
                "{} is of another journal; name an empty directory for this one",
                path.display()
            ),
            Self::Ahead { path, log, backup, journal } => write!(
                f,
                "{} has {log} up to position {}, and the journal ends at position {}: it was \
                 rolled back to an older copy. Nothing was changed; keep this backup, and begin \
                 another in an empty directory",
                path.display(),
                backup.0,
                journal.0
            ),
            Self::Diverged { log, position } => write!(
                f,
                "{log} is not the one that was backed up: up to position {} at the latest, other \
                 records stand there. Nothing was changed; keep this backup, run `avvik verify`, \
                 and begin another in an empty directory",
                position.0
            ),
            Self::OtherRange => write!(f, "other records came than were asked for"),
            Self::NotEmpty { path } => write!(
                f,
                "{} is not empty; a backup is restored into an empty data directory",
                path.display()
            ),
            Self::Read(_) => write!(f, "the journal cannot be backed up"),
            Self::Halted(_) => write!(f, "it is not known what has reached the disk"),
            Self::Keyring(_) => write!(f, "the keys cannot be backed up"),
            Self::Checkpoints(_) => write!(f, "the checkpoints cannot be backed up"),
            Self::Store(_) | Self::Format(_) => write!(f, "what is restored cannot be written"),
        }
    }
}

impl Error for BackupError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Part(fault) => fault.source(),
            Self::NotWritten { source, .. } => Some(source),
            Self::Read(source) => Some(source),
            Self::Halted(source) => Some(source),
            Self::Keyring(source) => Some(source),
            Self::Checkpoints(source) => Some(source),
            Self::Store(source) => Some(source),
            Self::Format(source) => Some(source),
            _ => None,
        }
    }
}
