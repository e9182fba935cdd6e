//! Verifying: both logs walked from the first record to the last, every hash recomputed.
//!
//! Needs no keys. Goes on after the first fault as far as it can, and never stops at what the
//! store cannot read, so that the report says what is left.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use domain::{Position, Version};

use crate::chain::Hash;
use crate::checkpoint::{self, Checkpoints, SignedCheckpoint};
use crate::chunk::{Chunk, ChunkFault};
use crate::format;
use crate::head::{self, Tail};
use crate::open::{JournalError, require_initialised};
use crate::record::Record;
use crate::rehearsal::{self, Unopened};
use crate::replay;
use crate::store::claim::Claim;
use crate::store::{Log, Store, StoreError, StoredChunk};

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
}

/// What verifying the journal has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// In the event log.
    pub events: Walk,
    /// In the access log.
    pub accesses: Walk,
    /// Whether the head file was there to compare with. Without it a missing end goes unnoticed.
    pub head_known: bool,
    /// The event log against signed checkpoints.
    pub checkpoints: Checkpoints,
}

impl Verification {
    /// Whether nothing is broken.
    #[must_use]
    pub fn is_intact(&self) -> bool {
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
    let (mut found, leaves) = verify_logs(store, data_directory);
    // What lies behind a broken place cannot be compared; that it is broken has been found.
    if leaves.len() as u64 == found.events.last.0 {
        found.checkpoints = Checkpoints::find(leaves, witnesses, anchored);
    }
    found
}

/// Verifies what can be read of a damaged store. Where it ends, that is because of the damage.
pub(crate) fn verify_salvaged(store: &dyn Store, data_directory: &Path) -> Verification {
    let mut found = verify_logs(store, data_directory).0;
    for fault in found.events.faults.iter_mut().chain(&mut found.accesses.faults) {
        if matches!(fault.damage, Damage::CutOff { .. }) {
            fault.damage = Damage::Unreadable;
        }
    }
    found
}

/// Verifies the two logs; hands back the leaf of every event up to the first broken place.
fn verify_logs(store: &dyn Store, data_directory: &Path) -> (Verification, Vec<Hash>) {
    let heads = head::read(data_directory);
    let (events, leaves) = walk(store, Log::Events, heads.map(|heads| heads.events));
    let (accesses, _) = walk(store, Log::Accesses, heads.map(|heads| heads.accesses));
    let checkpoints = Checkpoints::default();
    (Verification { events, accesses, head_known: heads.is_some(), checkpoints }, leaves)
}

pub(crate) fn walk(store: &dyn Store, log: Log, known: Option<Tail>) -> (Walk, Vec<Hash>) {
    let end = match store.chunk_at(log, u64::MAX) {
        Ok(last) => last.map_or(1, |last| last.first.saturating_add(1)),
        // The walk itself meets the place that cannot be read.
        Err(_) => known.map_or(2, |known| known.position.saturating_add(1)),
    };
    let mut walker = Walker::new(log, known);
    let Ok(()) = replay::in_order(
        store,
        log,
        0,
        end,
        |stored| Examined::new(stored, log, known),
        |examined| {
            walker.take(examined);
            Ok::<_, std::convert::Infallible>(())
        },
    );
    if end == u64::MAX {
        // The last key there is belongs to no walk, and no log comes near it.
        walker.fault(end, Damage::Undecodable);
    }
    walker.finish()
}

/// A chunk whose own hashes have been recomputed.
struct Examined {
    first: u64,
    found: Result<Sound, ChunkFault>,
}

/// What is to be compared with the chunks around a sound one.
struct Sound {
    previous: Hash,
    head: Hash,
    records: u64,
    /// The leaf of each event.
    leaves: Vec<Hash>,
    /// Stream and version of each event; nothing where a record is none.
    events: Vec<Option<(String, [u8; 16], u32)>>,
    /// The hash at the position that the head file knows, if that lies in here.
    at_known: Option<Hash>,
}

impl Examined {
    fn new(stored: Result<StoredChunk, StoreError>, log: Log, known: Option<Tail>) -> Self {
        let stored = match stored {
            Ok(stored) => stored,
            Err(error) => {
                let position = match error {
                    StoreError::Incomplete { first } => first,
                    _ => 0,
                };
                let damage = Damage::Unreadable;
                return Self { first: 0, found: Err(ChunkFault { position, damage }) };
            }
        };
        let sound = || {
            let chunk = Chunk::parse(stored.first, &stored.bytes)?;
            chunk.check()?;
            let (events, leaves) = match log {
                Log::Events => {
                    let streams = chunk.records().map(|(_, record)| stream_of(record));
                    (streams.collect(), chunk.leaves())
                }
                Log::Accesses => (Vec::new(), Vec::new()),
            };
            Ok(Sound {
                previous: chunk.previous,
                head: chunk.head(),
                records: chunk.positions().count() as u64,
                leaves,
                events,
                at_known: known.and_then(|known| chunk.hash_at(known.position)),
            })
        };
        Self { first: stored.first, found: sound() }
    }
}

fn stream_of(record: &[u8]) -> Option<(String, [u8; 16], u32)> {
    let record = Record::from_bytes(record)?;
    Some((record.kind.to_owned(), record.stream.into(), record.version))
}

/// Puts the examined chunks together, in order.
struct Walker {
    known: Option<Tail>,
    known_met: bool,
    next: u64,
    head: Hash,
    /// Whether everything up to here was sound. After a fault neither the head nor the streams'
    /// versions are known, and the next sound chunk is taken at its word.
    is_unbroken: bool,
    records: u64,
    versions: HashMap<(String, [u8; 16]), u32>,
    /// Of every event up to the first place that is broken.
    leaves: Vec<Hash>,
    faults: Vec<Fault>,
}

impl Walker {
    fn new(log: Log, known: Option<Tail>) -> Self {
        let empty = Tail::empty(log);
        Self {
            known_met: known.is_none_or(|known| known == empty),
            known,
            next: 1,
            head: empty.hash,
            is_unbroken: true,
            records: 0,
            versions: HashMap::new(),
            leaves: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, position: u64, damage: Damage) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(Fault { position: Position(position), damage });
        }
    }

    fn lose_track(&mut self) {
        self.is_unbroken = false;
        self.versions.clear();
    }

    fn take(&mut self, examined: Examined) {
        let Examined { first, found } = examined;
        if self.is_unbroken && self.next < first {
            self.fault(self.next, Damage::Missing { until: Position(first - 1) });
            self.lose_track();
        }
        match found {
            Err(fault) => {
                self.fault(fault.position.max(self.next), fault.damage);
                self.next = self.next.max(first + 1);
                self.lose_track();
            }
            Ok(sound) => self.take_sound(first, sound),
        }
    }

    fn take_sound(&mut self, first: u64, sound: Sound) {
        if self.is_unbroken && (first != self.next || sound.previous != self.head) {
            self.fault(first, Damage::Unchained);
            self.lose_track();
        }
        self.note_versions(first, &sound.events);
        if let (Some(known), Some(hash)) = (self.known, sound.at_known) {
            self.known_met |= known.hash == hash;
        }
        if first == self.leaves.len() as u64 + 1 {
            self.leaves.extend(sound.leaves);
        }
        self.head = sound.head;
        self.next = first + sound.records;
        self.records += sound.records;
        self.is_unbroken = true;
    }

    fn note_versions(&mut self, first: u64, events: &[Option<(String, [u8; 16], u32)>]) {
        for (position, event) in (first..).zip(events) {
            let Some((kind, stream, version)) = event else {
                self.fault(position, Damage::Undecodable);
                continue;
            };
            let start = if self.faults.is_empty() { 0 } else { version.saturating_sub(1) };
            let last = self.versions.entry((kind.clone(), *stream)).or_insert(start);
            let follows = last.checked_add(1) == Some(*version);
            *last = *version;
            if !follows {
                self.fault(position, Damage::OutOfOrder { version: Version(*version) });
            }
        }
    }

    fn finish(mut self) -> (Walk, Vec<Hash>) {
        if let Some(known) = self.known
            && !self.known_met
            && self.faults.is_empty()
        {
            let damage = Damage::CutOff { known: Position(known.position) };
            self.fault(known.position.min(self.next), damage);
        }
        let last = Position(self.next - 1);
        let walk = Walk { records: self.records, last, head: self.head, faults: self.faults };
        (walk, self.leaves)
    }
}
