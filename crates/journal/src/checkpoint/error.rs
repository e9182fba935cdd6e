//! Why there is no checkpoint.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::compare::CheckpointFault;
use crate::read::ReadError;

/// Why there is no checkpoint.
#[derive(Debug)]
pub enum CheckpointError {
    /// A file of keys or checkpoints could not be read.
    NotRead {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file of keys or checkpoints could not be written.
    NotWritten {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file that should hold a checkpoint holds something else.
    NotACheckpoint {
        /// Which file.
        path: PathBuf,
    },
    /// A file that should hold a key holds something else.
    NotAKey {
        /// Which file.
        path: PathBuf,
    },
    /// Others than the owner may read the signing key.
    OpenToOthers {
        /// Which file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The public key is there, and the key it belongs to is not, or is another.
    KeyLost {
        /// Where the signing key should be.
        path: PathBuf,
    },
    /// The log could not be read.
    Log(ReadError),
    /// The log does not bear out a checkpoint that is kept.
    Contradicted(CheckpointFault),
}

impl CheckpointError {
    /// The file it is about, if it is about one.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::NotRead { path, .. }
            | Self::NotWritten { path, .. }
            | Self::NotACheckpoint { path }
            | Self::NotAKey { path }
            | Self::OpenToOthers { path, .. }
            | Self::KeyLost { path } => Some(path),
            Self::Log(_) | Self::Contradicted(_) => None,
        }
    }
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead { path, .. } => write!(f, "{} cannot be read", path.display()),
            Self::NotWritten { path, .. } => write!(f, "{} cannot be written", path.display()),
            Self::NotACheckpoint { path } => write!(
                f,
                "{} is not a checkpoint; put it back from a copy, or move it away",
                path.display()
            ),
            Self::NotAKey { path } => {
                write!(f, "{} is not a key; put the right file back from a copy", path.display())
            }
            Self::OpenToOthers { path, mode } => write!(
                f,
                "the signing key {path} is open to others (mode {mode:03o}); \
                 run `chmod 600 {path}`",
                path = path.display()
            ),
            Self::KeyLost { path } => write!(
                f,
                "{} is not the key that checkpoint.pub belongs to; put it back from its copy, or \
                 move checkpoint.pub and checkpoints away to begin anew with another key",
                path.display()
            ),
            Self::Log(_) => write!(f, "the log cannot be read from end to end"),
            Self::Contradicted(fault) => {
                write!(f, "the log was tampered with, and is not signed: {fault}")
            }
        }
    }
}

impl Error for CheckpointError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotRead { source, .. } | Self::NotWritten { source, .. } => Some(source),
            Self::Log(source) => Some(source),
            Self::NotACheckpoint { .. }
            | Self::NotAKey { .. }
            | Self::OpenToOthers { .. }
            | Self::KeyLost { .. }
            | Self::Contradicted(_) => None,
        }
    }
}
