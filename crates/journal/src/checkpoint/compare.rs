//! Comparing the log with checkpoints: those that are kept beside it, and those from outside.
//!
//! The chain shows what was changed by somebody who could not write all of it anew. Whoever can
//! write everything in the data directory can do that too, and sign it again; a checkpoint that
//! lies elsewhere is what then shows it.

use std::fmt;
use std::path::{Path, PathBuf};

use domain::{Position, Time};

use super::{CheckpointError, Kept, PublicKey, SignedCheckpoint, published, read_all};
use crate::chain::{self, Hash};
use crate::store::Log;
use crate::tree::Tree;

/// Where a checkpoint comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// From the data directory, under this number.
    Kept(u32),
    /// From outside, handed in as the one with this number, from 1.
    Anchored(u32),
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept(number) => write!(f, "checkpoint {number:04}"),
            Self::Anchored(number) => write!(f, "anchored checkpoint {number}"),
        }
    }
}

/// How the log deviates from a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deviation {
    /// The checkpoint is not signed with the log's key.
    NotSigned,
    /// The log ends before the checkpoint does.
    CutOff {
        /// Where the log ends.
        last: Position,
    },
    /// Nothing in the data directory knows of what the checkpoint covers.
    RolledBack {
        /// Where the log ends.
        last: Position,
    },
    /// The log has other events than the checkpoint covers.
    Rewritten {
        /// Up to here another checkpoint, as trustworthy or more so, bears the events out.
        sound: Position,
    },
}

/// A checkpoint that the log does not bear out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckpointFault {
    /// Which checkpoint.
    pub witness: Witness,
    /// How many events it covers.
    pub size: u64,
    /// When it was made.
    pub at: Time,
    /// How the log deviates.
    pub deviation: Deviation,
}

impl fmt::Display for CheckpointFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { witness, size, at, deviation } = self;
        let day = at.date_naive();
        write!(f, "{witness} of {day} covers {size} events, ")?;
        match deviation {
            Deviation::NotSigned => write!(f, "and is not signed with the key in checkpoint.pub"),
            Deviation::CutOff { last } => {
                write!(f, "and the log ends at position {}: its end was cut off", last.0)
            }
            Deviation::RolledBack { last } => write!(
                f,
                "and the log ends at position {}, as do the checkpoints beside it: the data \
                 directory was rolled back to an older copy",
                last.0
            ),
            Deviation::Rewritten { sound } => write!(
                f,
                "and those from position {} to {size} are not the same: at least one was altered, \
                 exchanged with another, or encrypted anew",
                sound.0 + 1
            ),
        }
    }
}

/// What comparing with checkpoints has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkpoints {
    /// How many there were to compare with, beside the log and from outside.
    pub compared: usize,
    /// Those that the log does not bear out, the smallest first.
    pub faults: Vec<CheckpointFault>,
    /// A file of the public key or of a checkpoint that cannot be read: nothing was compared.
    pub unread: Option<PathBuf>,
}

impl Checkpoints {
    /// Compares the log with these leaves to the checkpoints beside it and from outside.
    pub(crate) fn find(
        leaves: Vec<Hash>,
        beside: Result<(Option<PublicKey>, Vec<Kept>), PathBuf>,
        anchored: &[SignedCheckpoint],
    ) -> Self {
        match beside {
            Ok((key, kept)) => {
                let (_, faults) = compare(leaves, key.as_ref(), &kept, anchored);
                Self { compared: kept.len() + anchored.len(), faults, unread: None }
            }
            Err(path) => Self { unread: Some(path), ..Self::default() },
        }
    }

    /// Whether nothing speaks against the log.
    #[must_use]
    pub fn are_borne_out(&self) -> bool {
        self.faults.is_empty() && self.unread.is_none()
    }
}

/// A line for each thing that was found.
impl fmt::Display for Checkpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "{fault}")?;
        }
        match &self.unread {
            Some(path) => writeln!(f, "{} cannot be read; nothing was compared", path.display()),
            None => Ok(()),
        }
    }
}

/// What lies in the data directory to compare with, or the file that cannot be read.
pub(crate) fn read_witnesses(
    data_directory: &Path,
) -> Result<(Option<PublicKey>, Vec<Kept>), PathBuf> {
    let read = || Ok((published(data_directory)?, read_all(data_directory)?));
    read().map_err(|error: CheckpointError| {
        error.path().map_or_else(|| data_directory.to_owned(), Path::to_owned)
    })
}

/// Compares the log with these leaves to every checkpoint, and hands back the tree over it. `key`
/// is the log's own.
pub(crate) fn compare(
    leaves: Vec<Hash>,
    key: Option<&PublicKey>,
    kept: &[Kept],
    anchored: &[SignedCheckpoint],
) -> (Tree, Vec<CheckpointFault>) {
    let beside = kept.iter().map(|it| (Witness::Kept(it.number), &it.signed));
    let outside = (1..).map(Witness::Anchored).zip(anchored);
    let mut witnesses: Vec<_> = beside.chain(outside).collect();
    witnesses.sort_by_key(|(_, signed)| signed.checkpoint.size);
    let farthest_kept = kept.iter().map(|it| it.signed.checkpoint.size).max().unwrap_or(0);
    let heads = heads(&leaves, &witnesses);
    let tree = Tree::new(leaves);
    let last = tree.size();
    // Who writes the log anew signs anew what lies beside it: from outside counts for both.
    let (mut sound_beside, mut sound_outside) = (0, 0);
    let mut faults = Vec::new();
    for ((witness, signed), head) in witnesses.into_iter().zip(heads) {
        let checkpoint = &signed.checkpoint;
        let size = checkpoint.size;
        let deviation = if !key.is_some_and(|key| signed.is_signed_by(key)) {
            Deviation::NotSigned
        } else if size <= farthest_kept && last < size {
            Deviation::CutOff { last: Position(last) }
        } else if last < size {
            Deviation::RolledBack { last: Position(last) }
        } else if tree.root(size) != checkpoint.root || head != Some(checkpoint.head) {
            let is_beside = matches!(witness, Witness::Kept(_));
            let sound = if is_beside { sound_beside } else { sound_outside };
            Deviation::Rewritten { sound: Position(sound) }
        } else {
            sound_beside = size;
            if matches!(witness, Witness::Anchored(_)) {
                sound_outside = size;
            }
            continue;
        };
        faults.push(CheckpointFault { witness, size, at: checkpoint.at, deviation });
    }
    (tree, faults)
}

/// The chain's hash at the size of each of the checkpoints, which stand in the order of that.
fn heads(leaves: &[Hash], witnesses: &[(Witness, &SignedCheckpoint)]) -> Vec<Option<Hash>> {
    let mut heads = Vec::with_capacity(witnesses.len());
    let mut sizes = witnesses.iter().map(|(_, signed)| signed.checkpoint.size).peekable();
    let start = chain::genesis(Log::Events);
    let after_each = leaves.iter().scan(start, |head, leaf| {
        *head = chain::link(head, leaf);
        Some(*head)
    });
    for (position, head) in (0..).zip(std::iter::once(start).chain(after_each)) {
        while sizes.next_if_eq(&position).is_some() {
            heads.push(Some(head));
        }
    }
    heads.resize(witnesses.len(), None);
    heads
}
