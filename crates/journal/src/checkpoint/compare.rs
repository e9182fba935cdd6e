//! Comparing the logs with checkpoints: those that are kept beside them, and those from outside.
//!
//! The chains show what was changed by somebody who could not write all of it anew. Whoever can
//! write everything in the data directory can do that too, and sign it again; a checkpoint that
//! lies elsewhere is what then shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use domain::{Position, Time};

use super::{Checkpoint, CheckpointError, Kept, PublicKey, SignedCheckpoint};
use super::{published, read_all};
use crate::chain::{self, Hash};
use crate::chunk::Chunk;
use crate::head::Tail;
use crate::read::ReadError;
use crate::store::{Log, Store};
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
    /// Which log.
    pub log: Log,
    /// How many events, or lines of the access log, it covers.
    pub size: u64,
    /// When it was made.
    pub at: Time,
    /// How the log deviates.
    pub deviation: Deviation,
}

impl fmt::Display for CheckpointFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { witness, log, size, at, deviation } = self;
        let day = at.date_naive();
        let (what, log) = match log {
            Log::Events => ("events", "the log"),
            Log::Accesses => ("lines of the access log", "that log"),
        };
        write!(f, "{witness} of {day} covers {size} {what}, ")?;
        match deviation {
            Deviation::NotSigned => write!(f, "and is not signed with the key in checkpoint.pub"),
            Deviation::CutOff { last } => {
                write!(f, "and {log} ends at position {}: its end was cut off", last.0)
            }
            Deviation::RolledBack { last } => write!(
                f,
                "and {log} ends at position {}, as do the checkpoints beside it: the data \
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
    /// How many there were to compare with, beside the logs and from outside.
    pub compared: usize,
    /// How many of them speak of the access log, where it could be compared.
    pub compared_accesses: usize,
    /// Those that the logs do not bear out, the smallest first.
    pub faults: Vec<CheckpointFault>,
    /// A file of the public key or of a checkpoint that cannot be read: nothing was compared.
    pub unread: Option<PathBuf>,
}

impl Checkpoints {
    /// Compares the logs to the checkpoints beside them and from outside.
    pub(crate) fn find(
        leaves: Vec<Hash>,
        accesses: Option<&Accesses>,
        beside: &Result<(Option<PublicKey>, Vec<Kept>), PathBuf>,
        anchored: &[SignedCheckpoint],
    ) -> Self {
        match beside {
            Ok((key, kept)) => {
                let witnesses = Witnesses::new(key.as_ref(), kept, anchored);
                let (_, faults) = witnesses.compare(leaves, accesses);
                let compared = witnesses.all.len();
                let of_accesses =
                    witnesses.all.iter().filter(|(_, it)| covered(Log::Accesses, it).is_some());
                let compared_accesses = accesses.map_or(0, |_| of_accesses.count());
                Self { compared, compared_accesses, faults, unread: None }
            }
            Err(path) => Self { unread: Some(path.clone()), ..Self::default() },
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

/// What is known of the access log where checkpoints speak of it.
pub(crate) struct Accesses {
    /// Where it ends.
    pub(crate) last: u64,
    /// The chain's hash after each line that was asked for.
    pub(crate) hashes: BTreeMap<u64, Hash>,
}

impl Accesses {
    /// Looks up the places in a log that ends there, and its end.
    pub(super) fn look_up(
        store: &dyn Store,
        end: Tail,
        positions: BTreeSet<u64>,
    ) -> Result<Self, ReadError> {
        let mut hashes = BTreeMap::from([(0, chain::genesis(Log::Accesses))]);
        for position in positions.into_iter().filter(|position| *position <= end.position) {
            let Some(stored) = store.chunk_at(Log::Accesses, position)? else { continue };
            let hash = Chunk::parse(stored.first, &stored.bytes)?.hash_at(position);
            hashes.extend(hash.map(|hash| (position, hash)));
        }
        Ok(Self { last: end.position, hashes })
    }
}

/// The checkpoints that the logs are compared with.
pub(crate) struct Witnesses<'a> {
    /// The log's own key.
    key: Option<&'a PublicKey>,
    all: Vec<(Witness, &'a SignedCheckpoint)>,
}

impl<'a> Witnesses<'a> {
    /// Those beside the logs, and those from outside.
    pub(crate) fn new(
        key: Option<&'a PublicKey>,
        kept: &'a [Kept],
        anchored: &'a [SignedCheckpoint],
    ) -> Self {
        let beside = kept.iter().map(|it| (Witness::Kept(it.number), &it.signed));
        let outside = (1..).map(Witness::Anchored).zip(anchored);
        Self { key, all: beside.chain(outside).collect() }
    }

    /// The lines of the access log that they speak of.
    pub(crate) fn access_positions(&self) -> BTreeSet<u64> {
        self.all.iter().filter_map(|(_, signed)| covered(Log::Accesses, signed)).collect()
    }

    /// Compares both logs, of which these are the leaves of the events, and hands back the tree
    /// over them. The access log is left out where it is not known.
    pub(crate) fn compare(
        &self,
        leaves: Vec<Hash>,
        accesses: Option<&Accesses>,
    ) -> (Tree, Vec<CheckpointFault>) {
        let sizes = self.all.iter().filter_map(|(_, signed)| covered(Log::Events, signed));
        let heads = heads(&leaves, &sizes.collect());
        let tree = Tree::new(leaves);
        let mut faults = self.faults(Log::Events, tree.size(), |it| {
            tree.root(it.size) == it.root && heads.get(&it.size) == Some(&it.head)
        });
        let of_accesses = accesses.map(|accesses| {
            self.faults(Log::Accesses, accesses.last, |it| {
                it.accesses
                    .is_none_or(|end| accesses.hashes.get(&end.position.0) == Some(&end.head))
            })
        });
        faults.extend(of_accesses.into_iter().flatten());
        (tree, faults)
    }

    /// Those that a log which ends at `last` does not bear out, the smallest first.
    fn faults(
        &self,
        log: Log,
        last: u64,
        bears_out: impl Fn(&Checkpoint) -> bool,
    ) -> Vec<CheckpointFault> {
        let covering = |(witness, signed): &(Witness, &'a SignedCheckpoint)| {
            Some((covered(log, signed)?, *witness, *signed))
        };
        let mut witnesses: Vec<_> = self.all.iter().filter_map(covering).collect();
        witnesses.sort_by_key(|(size, ..)| *size);
        let is_beside = |witness: &Witness| matches!(witness, Witness::Kept(_));
        let kept = witnesses.iter().filter(|(_, witness, _)| is_beside(witness));
        let farthest_kept = kept.map(|(size, ..)| *size).max().unwrap_or(0);
        // Who writes the log anew signs anew what lies beside it: from outside counts for both.
        let (mut sound_beside, mut sound_outside) = (0, 0);
        let mut faults = Vec::new();
        for (size, witness, signed) in witnesses {
            let checkpoint = &signed.checkpoint;
            let deviation = if !self.key.is_some_and(|key| signed.is_signed_by(key)) {
                Deviation::NotSigned
            } else if size <= farthest_kept && last < size {
                Deviation::CutOff { last: Position(last) }
            } else if last < size {
                Deviation::RolledBack { last: Position(last) }
            } else if !bears_out(checkpoint) {
                let sound = if is_beside(&witness) { sound_beside } else { sound_outside };
                Deviation::Rewritten { sound: Position(sound) }
            } else {
                sound_beside = size;
                if !is_beside(&witness) {
                    sound_outside = size;
                }
                continue;
            };
            // That it is not signed is said once.
            if log == Log::Events || deviation != Deviation::NotSigned {
                faults.push(CheckpointFault { witness, log, size, at: checkpoint.at, deviation });
            }
        }
        faults
    }
}

/// How far a log had come when a checkpoint was made, if it says so.
fn covered(log: Log, signed: &SignedCheckpoint) -> Option<u64> {
    let checkpoint = &signed.checkpoint;
    match log {
        Log::Events => Some(checkpoint.size),
        Log::Accesses => checkpoint.accesses.map(|end| end.position.0),
    }
}

/// The chain's hash after so many events.
fn heads(leaves: &[Hash], sizes: &BTreeSet<u64>) -> BTreeMap<u64, Hash> {
    let start = chain::genesis(Log::Events);
    let after_each = leaves.iter().scan(start, |head, leaf| {
        *head = chain::link(head, leaf);
        Some(*head)
    });
    let all = (0..).zip(std::iter::once(start).chain(after_each));
    all.filter(|(size, _)| sizes.contains(size)).collect()
}
