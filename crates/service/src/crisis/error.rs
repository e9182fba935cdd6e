//! Why a crisis copy was not taken over, or not begun.

use std::error::Error;
use std::fmt;

use domain::Position;
use journal::backup::BackupError;
use journal::{AppendError, KeyringError, ReadError};

/// Why nothing, or not all, was taken over.
#[derive(Debug)]
pub enum MergeError {
    /// It is no crisis copy.
    NotACopy,
    /// It is a copy of another journal, or of one that has gone on differently.
    OfAnother,
    /// The journal here ends before the copy began: it is an older copy itself.
    Behind {
        /// Where the copy began.
        fork: Position,
        /// Where the journal here ends.
        here: Position,
    },
    /// The journals could not be told apart.
    Name(BackupError),
    /// The access log or the chain could not be read.
    Read(ReadError),
    /// Something could not be recorded. What was taken over before stays; ask again.
    Record(AppendError),
    /// An erasure was taken over, and its keys are still to be destroyed: the next start does it.
    Keys(KeyringError),
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotACopy => write!(
                f,
                "it is no crisis copy; only what `avvik restore --crisis` made can be merged"
            ),
            Self::OfAnother => write!(
                f,
                "it is no copy of this journal: the two do not have the same events up to where \
                 the copy began"
            ),
            Self::Behind { fork, here } => write!(
                f,
                "the copy began after position {}, and the journal here ends at {}: restore the \
                 newest backup first",
                fork.0, here.0
            ),
            Self::Name(_) => write!(f, "the copy cannot be told from other copies"),
            Self::Read(_) => write!(f, "the journal could not be read"),
            Self::Record(_) => {
                write!(f, "not everything was taken over; put it right and merge again")
            }
            Self::Keys(_) => write!(
                f,
                "everything was taken over, and keys of an erasure are still on disk: the next \
                 start of the service destroys them"
            ),
        }
    }
}

impl Error for MergeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotACopy | Self::OfAnother | Self::Behind { .. } => None,
            Self::Name(source) => Some(source),
            Self::Read(source) => Some(source),
            Self::Record(source) => Some(source),
            Self::Keys(source) => Some(source),
        }
    }
}
