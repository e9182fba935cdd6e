//! The control socket: how a command reaches the service that runs on its data directory, which
//! holds the lock on it. One line of JSON in, one line out.

mod client;
mod server;

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use journal::Hash;
use journal::backup::{Beginning, Wanted};
use serde::{Deserialize, Serialize};

pub(crate) use client::ask;
pub(crate) use server::Control;

use crate::checkpoint::Made;
use crate::erase::{Certified, Ordered};
use crate::export;
use crate::token::{self, Issued};
use crate::verify::Findings;

/// Bytes in a question: one may bring some thousand checkpoints.
const QUESTION_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Bytes in an answer: one may be an evidence pack.
const ANSWER_BYTES_MAX: usize = 256 * 1024 * 1024;

/// A path longer than this fits into no socket address.
const PATH_BYTES_MAX: usize = 107;

/// What a command asks.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Question {
    /// Check that no byte of the logs was changed, also against these checkpoints.
    Verify {
        /// One after the other.
        checkpoints: String,
    },
    /// Make a checkpoint.
    Checkpoint,
    /// Give the evidence pack of a case.
    Proof {
        /// The year in the case's number.
        year: u16,
        /// Which of that year.
        sequence: u32,
    },
    /// Give the files of a case.
    Export(export::Wanted),
    /// Issue a bearer token.
    IssueToken(token::Wanted),
    /// Erase personal data.
    Erase(Ordered),
    /// Replace the master key.
    RotateKeys,
    /// Say where a backup that begins now will end.
    BeginBackup,
    /// Give records for a backup.
    BackupSegment(Wanted),
    /// Give an attached file for a backup, as it is kept.
    BackupAttachment(Hash),
    /// Give the keys for a backup.
    BackupKeys,
}

/// What the service answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Answer {
    /// What the check found.
    Verified(Findings),
    /// The checkpoint that was made.
    Checkpointed(Made),
    /// The evidence pack, in base64.
    Proven(String),
    /// The files of a case, packed, in base64.
    Exported(String),
    /// The token, which is kept nowhere.
    Issued(Issued),
    /// It is erased, as this certifies.
    Erased(Certified),
    /// The master key was replaced.
    Rotated,
    /// Where the backup will end.
    BackupBegun(Box<Beginning>),
    /// A segment of the records wanted, in base64.
    BackupSegment(String),
    /// An attached file in base64; nothing where it cannot be read.
    BackupAttachment(Option<String>),
    /// The keys, in base64.
    BackupKeys(Secret),
    /// Nothing was done, and why.
    Refused(String),
}

/// Bytes that stay out of logs, in base64.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(pub(crate) String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where the socket of a data directory lies.
pub(crate) fn socket_in(data_dir: &Path) -> PathBuf {
    data_dir.join("control.sock")
}

/// Why the socket could not be used.
#[derive(Debug)]
pub(crate) enum ControlError {
    /// Its path does not fit into a socket address.
    PathTooLong { path: PathBuf },
    /// It could not be made.
    NotMade { path: PathBuf, source: io::Error },
    /// Asking or answering broke off.
    BrokeOff { source: io::Error },
    /// Nothing came for too long.
    TooSlow,
    /// A line was longer than is read.
    TooLong,
    /// A line was not understood.
    NotUnderstood { source: serde_json::Error },
    /// The answer was to another question.
    OtherAnswer,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PathTooLong { path } => write!(
                f,
                "{} is too long a path for a socket; give the data directory a shorter one: at \
                 most {PATH_BYTES_MAX} bytes in all",
                path.display()
            ),
            Self::NotMade { path, .. } => write!(f, "{} cannot be made", path.display()),
            Self::BrokeOff { .. } => write!(f, "the control socket broke off"),
            Self::TooSlow => write!(f, "the control socket gave no answer in time"),
            Self::TooLong => write!(
                f,
                "a question was longer than {QUESTION_BYTES_MAX} bytes, or an answer longer than \
                 {ANSWER_BYTES_MAX}"
            ),
            Self::NotUnderstood { .. } => write!(
                f,
                "the command and the running service do not understand each other; use the same \
                 version of both"
            ),
            Self::OtherAnswer => write!(f, "the service answered something else"),
        }
    }
}

impl Error for ControlError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotMade { source, .. } | Self::BrokeOff { source } => Some(source),
            Self::NotUnderstood { source } => Some(source),
            Self::PathTooLong { .. } | Self::TooSlow | Self::TooLong | Self::OtherAnswer => None,
        }
    }
}

/// Whether the path fits into a socket address.
fn fits(path: &Path) -> Result<(), ControlError> {
    if PATH_BYTES_MAX < path.as_os_str().len() {
        return Err(ControlError::PathTooLong { path: path.to_owned() });
    }
    Ok(())
}
