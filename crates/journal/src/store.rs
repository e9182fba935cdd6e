//! The seam under the journal: chunks of bytes under positions, and a little keyed state.
//!
//! A store knows nothing of events, keys or chains. It promises two things: a chunk is there
//! whole or not at all, and what [`Store::commit`] has taken survives a power cut.

pub(crate) mod claim;
pub(crate) mod durable;
mod guard;
pub(crate) mod inspect;
mod message;
pub(crate) mod salvage;
pub(crate) mod sled;
mod wake;

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// One of the two append-only logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Log {
    /// What happened.
    Events,
    /// Who looked at what.
    Accesses,
}

impl Log {
    /// The name of its tree in the store; part of the stored form.
    pub(crate) fn tree(self) -> &'static str {
        match self {
            Self::Events => "log",
            Self::Accesses => "access",
        }
    }

    /// What its first record is chained to is the hash of this; part of the stored form.
    pub(crate) fn genesis(self) -> &'static str {
        match self {
            Self::Events => "avvik events 1",
            Self::Accesses => "avvik accesses 1",
        }
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Events => write!(f, "the event log"),
            Self::Accesses => write!(f, "the access log"),
        }
    }
}

/// Stored bytes under the position of the first record in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredChunk {
    /// Position of the first record.
    pub(crate) first: u64,
    /// Opaque to the store. Shared with what the store keeps of it in memory, if it does.
    pub(crate) bytes: Bytes,
}

/// A piece of keyed state, or its removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StateChange {
    /// Under which key.
    pub(crate) key: Vec<u8>,
    /// The new value; none removes the key.
    pub(crate) value: Option<Vec<u8>>,
}

/// What goes to disk under one flush.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Chunks of the event log, each there whole or not at all.
    pub(crate) events: Vec<StoredChunk>,
    /// Chunks of the access log.
    pub(crate) accesses: Vec<StoredChunk>,
    /// Changes of state.
    pub(crate) state: Vec<StateChange>,
}

impl Batch {
    /// Whether there is nothing to write.
    pub(crate) fn is_empty(&self) -> bool {
        self.events.is_empty() && self.accesses.is_empty() && self.state.is_empty()
    }
}

/// Chunks in the order of their positions; after an error nothing more can be expected.
pub(crate) type Chunks<'a> = Box<dyn Iterator<Item = Result<StoredChunk, StoreError>> + 'a>;

/// A piece of keyed state as it lies in the store.
pub(crate) type StateEntry = (Vec<u8>, Vec<u8>);

/// Where the journal's bytes lie.
pub(crate) trait Store: Send + Sync {
    /// Writes everything in the batch. When this returns, it is on disk.
    fn commit(&self, batch: Batch) -> Result<(), StoreError>;

    /// The chunks whose first position is at least `from` and below `until`.
    fn chunks(&self, log: Log, from: u64, until: u64) -> Chunks<'_>;

    /// The chunk with the greatest first position that is not above `position`.
    fn chunk_at(&self, log: Log, position: u64) -> Result<Option<StoredChunk>, StoreError>;

    /// The value under a key.
    fn state(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Every key that begins with `prefix`, and its value.
    fn state_under(&self, prefix: &[u8]) -> Result<Vec<StateEntry>, StoreError>;
}

/// What the store was doing when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreStep {
    /// Opening its files.
    Open,
    /// Reading.
    Read,
    /// Writing, or reaching the disk.
    Write,
}

impl fmt::Display for StoreStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => write!(f, "opened"),
            Self::Read => write!(f, "read"),
            Self::Write => write!(f, "written"),
        }
    }
}

/// Why the store did not do what was asked.
#[derive(Debug)]
pub enum StoreError {
    /// Another process has it open.
    InUse {
        /// The directory.
        path: PathBuf,
    },
    /// The operating system or the store said no.
    Failed {
        /// While doing what.
        step: StoreStep,
        /// What it said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The store gave up in the middle, which damaged files can cause.
    GaveUp {
        /// While doing what.
        step: StoreStep,
        /// Its last words.
        message: String,
    },
    /// A chunk lies there in part.
    Incomplete {
        /// Position of the chunk's first record.
        first: u64,
    },
    /// What was written did not go through to the disk, because this program was linked without
    /// the part that makes it so.
    NotDurable,
}

impl StoreError {
    /// Whether it is the files that are wrong, rather than the disk, its room or the permissions.
    pub(crate) fn speaks_of_damage(&self) -> bool {
        match self {
            Self::Failed { source, .. } => {
                let error = source.downcast_ref::<io::Error>();
                error.is_none_or(|error| error.raw_os_error().is_none())
            }
            Self::GaveUp { .. } | Self::Incomplete { .. } => true,
            Self::InUse { .. } | Self::NotDurable => false,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse { path } => {
                write!(f, "{} is in use by another process; stop that one first", path.display())
            }
            Self::Failed { step, .. } => write!(
                f,
                "the store could not be {step}; look at the disk and the permissions, \
                 run `avvik verify`, and restore a backup if that finds damage"
            ),
            Self::GaveUp { step, message } => write!(
                f,
                "the store gave up while being {step} ({message}); its files may be damaged: \
                 run `avvik verify`, and restore a backup if that finds damage"
            ),
            Self::Incomplete { first } => write!(
                f,
                "the chunk from position {first} on is incomplete; \
                 run `avvik verify` and restore a backup"
            ),
            Self::NotDurable => write!(
                f,
                "writes do not reach the disk: this binary was linked without the journal's own \
                 sync_file_range; build it again with the project's Makefile"
            ),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed { source, .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}
