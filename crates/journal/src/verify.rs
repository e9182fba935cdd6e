//! Verifying: both logs walked from the first record to the last, every hash recomputed, and every
//! file that an event names compared with its hash there.
//!
//! Needs no keys. Goes on after the first fault as far as it can, and never stops at what the
//! store cannot read, so that the report says what is left.

mod walk;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::path::Path;

use domain::{Position, Version};

use crate::attachment::{self, Attached, AttachmentDamage};
use crate::chain::Hash;
use crate::checkpoint::{self, Accesses, Checkpoints, SignedCheckpoint, Witnesses};
use crate::format;
use crate::head;
use crate::open::{JournalError, require_initialised};
use crate::rehearsal::{self, Unopened};
use crate::store::claim::Claim;
use crate::store::{Log, Store};
use walk::Seen;
pub(crate) use walk::walk;

/// No more faults than this are listed for a log; the first is what counts.
const FAULTS_MAX: usize = 100;

/// What is wrong with stored records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The bytes are not those that were written: their hash differs.
    Altered,
    /// The bytes make no sense.
    Undecodable,
    /// Nothing is stored from here on, up to and including `until`.
    Missing {
        /// The last position that is missing.
        until: Position,
    },
    /// The records are whole, but chained to others than those before them.
    Unchained,
    /// The event is not the next of its stream.
    OutOfOrder {
        /// Which of the stream's events it says it is.
        version: Version,
    },
    /// The store cannot read what lies here.
    Unreadable,
    /// The log was once longer than it is, or went on differently.
    CutOff {
        /// How far it had come.
        known: Position,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered => write!(f, "what is stored is not what was written"),
            Self::Undecodable => write!(f, "what is stored makes no sense"),
            Self::Missing { until } => write!(f, "missing, up to position {}", until.0),
            Self::Unchained => write!(f, "chained to others than the records before it"),
            Self::OutOfOrder { version } => {
                write!(f, "version {} does not follow in its stream", version.0)
            }
            Self::Unreadable => write!(f, "the store cannot read it"),
            Self::CutOff { known } => write!(
                f,
                "the log had come as far as position {}, and this is not how it went on: \
                 its end is lost, or it was rolled back",
                known.0
            ),
        }
    }
}

/// A broken place in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The first position at which it shows.
    pub position: Position,
    /// What is wrong.
    pub damage: Damage,
}

/// What a walk through one log has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// How many records were found whole and in their place.
    pub records: u64,
    /// Position of the last record that could be read.
    pub last: Position,
    /// The chain's hash there.
    pub head: Hash,
    /// Broken places in order, the first hundred.
    pub faults: Vec<Fault>,
    /// The first position that could not be read because the store has stopped after a write that
    /// failed. Whether anything is wrong there is known once it has been opened anew.
    pub unread_from: Option<Position>,
}

impl Walk {
    /// Takes back what the store cannot read, in a journal that has stopped. What the disk had no
    /// room for lies before what it still holds, and the store reads neither until it is opened
    /// next, when it forgets the one and finds the other.
    pub(crate) fn excuse_unread(&mut self) {
        let is_unread = |fault: &Fault| fault.damage == Damage::Unreadable;
        self.unread_from = self.faults.iter().find(|it| is_unread(it)).map(|it| it.position);
        self.faults.retain(|fault| !is_unread(fault));
    }
}

/// An attachment that is not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttachmentFault {
    /// The position of the first event that names it.
    pub position: Position,
    /// What is wrong.
    pub damage: AttachmentDamage,
}

/// What looking at the files beside the store has found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachments {
    /// How many files are whole.
    pub whole: u64,
    /// Those that are not, in order, the first hundred.
    pub faults: Vec<AttachmentFault>,
}

/// What verifying the journal has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// In the event log.
    pub events: Walk,
    /// In the access log.
    pub accesses: Walk,
    /// In the files attached to events.
    pub attachments: Attachments,
    /// Whether the head file was there to compare with. Without it a missing end goes unnoticed.
    pub head_known: bool,
    /// The logs against signed checkpoints.
    pub checkpoints: Checkpoints,
}

impl Verification {
    /// Whether nothing is broken.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.are_logs_intact() && self.attachments.faults.is_empty()
    }

    /// Whether nothing is broken in the two logs, whatever has become of the files beside them.
    pub(crate) fn are_logs_intact(&self) -> bool {
        self.events.faults.is_empty()
            && self.accesses.faults.is_empty()
            && self.checkpoints.are_borne_out()
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (log, walk) in [(Log::Events, &self.events), (Log::Accesses, &self.accesses)] {
            write!(f, "{log}: {} records, head {}", walk.records, walk.head)?;
            match walk.faults.first() {
                None => writeln!(f, ", intact")?,
                Some(_) => writeln!(f, ", BROKEN")?,
            }
            for fault in &walk.faults {
                writeln!(f, "  at position {}: {}", fault.position.0, fault.damage)?;
            }
            if let Some(position) = walk.unread_from {
                writeln!(f, "  not read from position {} on: the store has stopped", position.0)?;
            }
        }
        for AttachmentFault { position, damage } in &self.attachments.faults {
            writeln!(f, "  attached at position {}: {damage}", position.0)?;
        }
        write!(f, "{}", self.checkpoints)?;
        if !self.head_known {
            writeln!(f, "the head file is missing or unreadable: a lost end would not be noticed")?;
        }
        Ok(())
    }
}

/// Verifies the journal in a data directory that no service has open. A store that is damaged in
/// the middle does not open; then a copy of it is walked up to there.
pub fn verify(data_directory: &Path) -> Result<Verification, JournalError> {
    verify_against(data_directory, &[])
}

/// Verifies the journal in a data directory that no service has open, also against checkpoints
/// from outside.
pub fn verify_against(
    data_directory: &Path,
    anchored: &[SignedCheckpoint],
) -> Result<Verification, JournalError> {
    require_initialised(data_directory)?;
    format::read(data_directory).map_err(JournalError::Format)?;
    let claim = Claim::of(data_directory).map_err(JournalError::Store)?;
    match rehearsal::open_store(&claim, data_directory) {
        Ok(store) => Ok(verify_store(&store, data_directory, anchored)),
        Err(Unopened::Damaged(found)) => Ok(*found),
        Err(Unopened::Store(error)) => Err(JournalError::Store(error)),
    }
}

/// Verifies what the store holds now, also against checkpoints.
pub(crate) fn verify_store(
    store: &dyn Store,
    data_directory: &Path,
    anchored: &[SignedCheckpoint],
) -> Verification {
    // Before the log, which may grow meanwhile.
    let witnesses = checkpoint::read_witnesses(data_directory);
    let positions = witnesses.as_ref().map_or_else(
        |_| BTreeSet::new(),
        |(key, kept)| Witnesses::new(key.as_ref(), kept, anchored).access_positions(),
    );
    let (mut found, seen, hashes) = verify_logs(store, data_directory, &positions);
    found.attachments = look_at_files(data_directory, &seen.attached);
    let leaves = seen.leaves;
    // What lies behind a broken place cannot be compared; that it is broken has been found.
    let is_sound = found.accesses.faults.is_empty();
    let accesses = is_sound.then_some(Accesses { last: found.accesses.last.0, hashes });
    if leaves.len() as u64 == found.events.last.0 {
        found.checkpoints = Checkpoints::find(leaves, accesses.as_ref(), &witnesses, anchored);
    }
    found
}

/// Verifies what can be read of a damaged store. Where it ends, that is because of the damage.
pub(crate) fn verify_salvaged(store: &dyn Store, data_directory: &Path) -> Verification {
    let mut found = verify_logs(store, data_directory, &BTreeSet::new()).0;
    for fault in found.events.faults.iter_mut().chain(&mut found.accesses.faults) {
        if matches!(fault.damage, Damage::CutOff { .. }) {
            fault.damage = Damage::Unreadable;
        }
    }
    found
}

/// Compares every file with what the log says of it.
fn look_at_files(data_directory: &Path, attached: &BTreeMap<u64, Vec<Attached>>) -> Attachments {
    let directory = attachment::directory_in(data_directory);
    let mut found = Attachments::default();
    let mut known = HashSet::new();
    for (position, attached) in attached {
        for it in attached {
            if !known.insert(it.id().0) {
                continue;
            }
            match it.look(&directory) {
                Ok(()) => found.whole += 1,
                Err(damage) if found.faults.len() < FAULTS_MAX => {
                    let position = Position(*position);
                    found.faults.push(AttachmentFault { position, damage });
                }
                Err(_) => (),
            }
        }
    }
    found
}

/// The names of the files that a sound log has attached.
pub(crate) fn attachments_named(store: &dyn Store) -> HashSet<String> {
    let (_, seen) = walk(store, Log::Events, None, &BTreeSet::new());
    seen.attached.into_values().flatten().map(|it| it.id().to_string()).collect()
}

/// Verifies the two logs, and hands back the chain's hash after the lines of the access log that
/// are asked for.
fn verify_logs(
    store: &dyn Store,
    data_directory: &Path,
    positions: &BTreeSet<u64>,
) -> (Verification, Seen, BTreeMap<u64, Hash>) {
    let heads = head::read(data_directory);
    let none = BTreeSet::new();
    let (events, seen) = walk(store, Log::Events, heads.map(|heads| heads.events), &none);
    let known = heads.map(|heads| heads.accesses);
    let (accesses, Seen { hashes, .. }) = walk(store, Log::Accesses, known, positions);
    let checkpoints = Checkpoints::default();
    let attachments = Attachments::default();
    let head_known = heads.is_some();
    (Verification { events, accesses, attachments, head_known, checkpoints }, seen, hashes)
}
