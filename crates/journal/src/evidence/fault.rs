//! Why evidence does not hold.

use std::error::Error;
use std::fmt;

/// Why evidence does not hold: the first thing that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceFault {
    /// A checkpoint is not signed with the public key.
    NotSigned {
        /// How many events it covers.
        size: u64,
    },
    /// The newest checkpoint's log does not begin with the earliest one's.
    Inconsistent {
        /// How many events the earliest one covers.
        earlier: u64,
        /// How many events the newest one covers.
        size: u64,
    },
    /// There are no events.
    NoEvents,
    /// The stored bytes are not in the log at their position.
    NotIncluded {
        /// Which position.
        position: u64,
    },
    /// The events are not one stream's from the first on, without a gap.
    OutOfOrder {
        /// The position of the one that does not follow.
        position: u64,
    },
    /// What is shown is not what the stored bytes say.
    ShownOtherwise {
        /// The event's position.
        position: u64,
    },
}

impl fmt::Display for EvidenceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSigned { size } => {
                write!(f, "the checkpoint of {size} events is not signed with this public key")
            }
            Self::Inconsistent { earlier, size } => write!(
                f,
                "the log of {size} events does not begin with the earlier one of {earlier}: \
                 it was written anew"
            ),
            Self::NoEvents => write!(f, "there are no events"),
            Self::NotIncluded { position } => write!(
                f,
                "the stored bytes given for position {position} are not what the log has there: \
                 they were altered, exchanged with another event's, or encrypted anew"
            ),
            Self::OutOfOrder { position } => write!(
                f,
                "the event at position {position} does not follow the one before: \
                 one was left out, or is another case's"
            ),
            Self::ShownOtherwise { position } => write!(
                f,
                "the event at position {position} is shown otherwise than its stored bytes say"
            ),
        }
    }
}

impl Error for EvidenceFault {}
