//! Walking through one log: each chunk examined on its own, on several threads, then compared with
//! those around it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Position, Version};

use super::{Damage, FAULTS_MAX, Fault, Walk};
use crate::attachment::Attached;
use crate::chain::Hash;
use crate::chunk::{Chunk, ChunkFault};
use crate::head::Tail;
use crate::record::Record;
use crate::replay;
use crate::store::{Log, Store, StoreError, StoredChunk};

/// What a walk has met beside faults.
#[derive(Default)]
pub(crate) struct Seen {
    /// The leaf of every event up to the first broken place.
    pub(super) leaves: Vec<Hash>,
    /// Every attachment, with the position of the first event that names it.
    pub(super) attached: BTreeMap<u64, Vec<Attached>>,
    /// The chain's hash after each record that was asked for, as far as it was met, and before the
    /// first.
    pub(super) hashes: BTreeMap<u64, Hash>,
}

impl Seen {
    /// How many leaves were met.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn leaves(&self) -> u64 {
        self.leaves.len() as u64
    }
}

/// Goes through one log from end to end, and notes the chain's hash at the positions asked for.
pub(crate) fn walk(
    store: &dyn Store,
    log: Log,
    known: Option<Tail>,
    positions: &BTreeSet<u64>,
) -> (Walk, Seen) {
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
        |stored| Examined::new(stored, log, known, positions),
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
    /// What each event has attached, by its position.
    attached: Vec<(u64, Vec<Attached>)>,
    /// The hash at the position that the head file knows, if that lies in here.
    at_known: Option<Hash>,
    /// Those at the positions that were asked for and lie in here.
    hashes: Vec<(u64, Hash)>,
}

impl Examined {
    fn new(
        stored: Result<StoredChunk, StoreError>,
        log: Log,
        known: Option<Tail>,
        positions: &BTreeSet<u64>,
    ) -> Self {
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
            let (mut events, mut leaves, mut attached) = (Vec::new(), Vec::new(), Vec::new());
            if log == Log::Events {
                leaves = chunk.leaves();
                for (position, record) in chunk.records() {
                    let record = Record::from_bytes(record);
                    attached.extend(record.as_ref().and_then(|it| attached_at(position, it)));
                    events.push(record.as_ref().map(stream_of));
                }
            }
            let asked = positions.range(chunk.positions());
            let hashes = asked.filter_map(|position| Some((*position, chunk.hash_at(*position)?)));
            Ok(Sound {
                hashes: hashes.collect(),
                previous: chunk.previous,
                head: chunk.head(),
                records: chunk.positions().count() as u64,
                leaves,
                events,
                attached,
                at_known: known.and_then(|known| chunk.hash_at(known.position)),
            })
        };
        Self { first: stored.first, found: sound() }
    }
}

fn stream_of(record: &Record<'_>) -> (String, [u8; 16], u32) {
    (record.kind.to_owned(), record.stream.into(), record.version)
}

fn attached_at(position: u64, record: &Record<'_>) -> Option<(u64, Vec<Attached>)> {
    record.attachments.clone().map(|attached| (position, attached))
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
    seen: Seen,
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
            seen: Seen { hashes: BTreeMap::from([(0, empty.hash)]), ..Seen::default() },
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
        if first == self.seen.leaves.len() as u64 + 1 {
            self.seen.leaves.extend(sound.leaves);
        }
        self.seen.attached.extend(sound.attached);
        self.seen.hashes.extend(sound.hashes);
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

    fn finish(mut self) -> (Walk, Seen) {
        if let Some(known) = self.known
            && !self.known_met
            && self.faults.is_empty()
        {
            let damage = Damage::CutOff { known: Position(known.position) };
            self.fault(known.position.min(self.next), damage);
        }
        let last = Position(self.next - 1);
        let Self { records, head, faults, seen, .. } = self;
        (Walk { records, last, head, faults, unread_from: None }, seen)
    }
}
