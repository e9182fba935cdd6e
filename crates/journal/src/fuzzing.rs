//! What the fuzz targets in `crates/journal/fuzz` reach: bytes from anywhere go in, and nothing
//! panics, hangs, or asks for more memory than they justify. The tests below walk the same way
//! with the golden files, and with every input that once did harm.
//!
//! No part of the journal's interface: built for fuzzing and for tests alone.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use bytes::Bytes;
use domain::{Actor, Event, StreamId, StreamKind, Time, Version};
use minicbor::Decoder;
use uuid::Uuid;

use crate::append::{Facts, to_record};
use crate::chain::{self, Hash};
use crate::chunk::{Chunk, Draft, Mark, NewRecord, OutboxMark};
use crate::evidence::{Evidence, show};
use crate::head::Tail;
use crate::keyring::{Key, KeyId, Keys};
use crate::record::{Record, Seal};
use crate::schema::{self, Forms, StoredEvent};
use crate::seal::scan::ScanError;
use crate::seal::{self, Place, Room, SealingKey};
use crate::store::{Batch, Chunks, Log, StateEntry, Store, StoreError, StoredChunk};
use crate::{access_log, backup, open, read, tree, verify};

/// A chunk as whoever can write the store may leave it. It is verified and opened, as it is and
/// with its hashes mended, for they are no secret.
pub fn chunk(bytes: &[u8]) {
    let Some(first) = position_in(bytes) else { return };
    let altered = Shelf::from([StoredChunk { first, bytes: bytes.to_vec().into() }]);
    altered.walk();
    let Ok(chunk) = Chunk::parse(first, bytes) else { return };
    let records: Vec<&[u8]> = chunk.records().map(|(_, record)| record).collect();
    let mut draft = Draft::new(1, chain::genesis(Log::Events));
    draft.push(records.iter().map(|it| NewRecord::new(it.to_vec())).collect(), None);
    for mark in &chunk.marks().unwrap_or_default() {
        draft.push(Vec::new(), Some(mark));
    }
    Shelf::from([draft.finish()]).walk();
    for bytes in records {
        record(bytes);
    }
}

/// A stored event, its bytes taken for true.
pub fn record(bytes: &[u8]) {
    let keys = keys();
    // What cannot be read is an error; that there is one is all that is asked for.
    let _ = access_log::from_bytes(bytes, 1, &keys);
    let Some(record) = Record::from_bytes(bytes) else { return };
    let again = record.to_bytes();
    let again = Record::from_bytes(&again).expect("what was read is written and read again");
    assert_eq!(format!("{record:?}"), format!("{again:?}"));

    let mut room = Room::default();
    if let Ok(recorded) = read::decode(Forms::KNOWN, bytes, 1, &keys, &mut room) {
        stored(&recorded.event);
    }
    // A cipher tells most bytes from its own; so here the texts stand unsealed.
    let plain = record.seals.iter().map(|it| (it.nonce[0] % 2 == 1).then_some(it.text));
    let plain: Vec<_> = plain.collect();
    let _ = seal::fill(record.open, &record.holes, &record.seals, &plain, &mut Vec::new());
    let _ = show(1, &record, &vec![None; record.seals.len()]);
}

/// An event's stored name, its form and its fields, a line each.
pub fn event(bytes: &[u8]) {
    let mut lines = bytes.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next();
    let (Some(name), Some(form), Some(fields)) = (line(), line(), line()) else { return };
    let form = str::from_utf8(form).ok().and_then(|form| form.parse().ok());
    let (Ok(name), Some(form)) = (str::from_utf8(name), form) else { return };
    for kind in [StreamKind::Case, StreamKind::Organisation, StreamKind::Review] {
        let mut json = Vec::new();
        schema::begin(name, &mut json);
        json.extend_from_slice(fields);
        if let Ok(event) = schema::decode(Forms::KNOWN, kind, name, form, &mut json) {
            assert_eq!(event.name(), name);
            stored(&event);
        }
    }
    seal_and_fill(fields);
}

/// A stored event to begin with: these fields, sealed with the keys of the golden files. Nothing
/// if there is no such event.
#[must_use]
pub fn record_of(kind: &str, name: &str, form: u16, fields: &[u8]) -> Option<Vec<u8>> {
    let kind: StreamKind = kind.parse().ok()?;
    let name = Event::names(kind).iter().find(|known| **known == name)?;
    let stream = StreamId { kind, id: Uuid::from_u128(7) };
    let facts = Facts { stream, version: Version(1), at: Time::default(), by: Actor::Reporter };
    let stored = StoredEvent { name, form, fields: fields.to_vec() };
    let sealed = to_record(&stored, facts, |about| {
        let number = about.map_or(1, |_| 2);
        let key = Key::from_bytes([number; Key::LENGTH]);
        Ok(SealingKey { id: KeyId([number; 16]), key, nonce: [number; 24] })
    });
    sealed.ok()
}

/// A stored chunk to begin with, in which these records were appended together.
#[must_use]
pub fn chunk_of(records: Vec<Vec<u8>>) -> Vec<u8> {
    let records: Vec<_> = records.into_iter().map(NewRecord::new).collect();
    let payload = Seal { key: [1; 16].into(), about: None, nonce: [2; 24].into(), text: b"sealed" };
    let outbox = vec![OutboxMark { id: [3; 16].into(), payload }];
    let count = u32::try_from(records.len()).expect("there are not as many golden files");
    let content = Some([5; 8][..].into());
    let mark = Mark { records: count, key: Some([4; 16].into()), outbox, content };
    let mut draft = Draft::new(1, chain::genesis(Log::Events));
    draft.push(records, Some(&mark));
    draft.finish().bytes.into()
}

/// Evidence from somebody else's file: its parts one by one, for a signature would stop at the
/// first that was altered.
pub fn evidence(evidence: &Evidence) {
    let _ = evidence.check(&evidence.public_key);
    let newest = &evidence.checkpoint.checkpoint;
    let earliest = &evidence.earliest.checkpoint;
    let (new, old) = ((newest.size, &newest.root), (earliest.size, &earliest.root));
    tree::is_consistent(old, new, &evidence.consistency);
    for event in &evidence.events {
        let position = event.shown.position;
        let leaf = chain::leaf(&event.record);
        let _ = tree::root_from(&leaf, position, newest.size, &event.inclusion);
        if let Some(record) = Record::from_bytes(&event.record) {
            let _ = show(position, &record, &event.openings);
        }
        record(&event.record);
    }
}

/// Any part of a backup: a segment of a log, the manifest, the keys.
pub fn backup_part(bytes: &[u8]) {
    backup::fuzzing::part(bytes, &keys());
}

/// A whole backup, by the names of its files, looked at and restored in an empty directory; says
/// how often that could be done.
pub fn whole_backup(directory: &Path, files: &[(String, Vec<u8>)]) -> io::Result<usize> {
    backup::fuzzing::whole(directory, files)
}

/// Whatever can be read is written, sealed, opened and read again as the same event.
fn stored(event: &Event) {
    let kind = match event {
        Event::Case(_) => StreamKind::Case,
        Event::Organisation(_) => StreamKind::Organisation,
        Event::Review(_) => StreamKind::Review,
    };
    let stored = schema::encode(Forms::KNOWN, event).expect("what was read can be written");
    // Nested personal values are refused at appending.
    let Some(fields) = seal_and_fill(&stored.fields) else { return };
    assert_eq!(fields, stored.fields);
    let mut json = Vec::new();
    schema::begin(stored.name, &mut json);
    json.extend_from_slice(&fields);
    let again = schema::decode(Forms::KNOWN, kind, stored.name, stored.form, &mut json);
    assert_eq!(&again.expect("what was written can be read"), event);
}

/// Seals the personal values in `fields` and puts them back; nothing if they are not told apart.
fn seal_and_fill(fields: &[u8]) -> Option<Vec<u8>> {
    let stream = StreamId { kind: StreamKind::Case, id: Uuid::from_u128(7) };
    let place = Place::Event { stream, version: Version(1), name: "told" };
    let key = |_| {
        let key = Key::from_bytes([1; Key::LENGTH]);
        Ok::<_, ScanError>(SealingKey { id: KeyId([1; 16]), key, nonce: [1; 24] })
    };
    let sealed = seal::seal(fields, place, key).ok()?;
    let seals: Vec<_> = sealed.seals.iter().map(crate::append::to_seal).collect();
    let mut room = Room::default();
    seal::unseal(&sealed.open, &sealed.holes, &seals, place, &keys(), &mut room)
        .expect("what was sealed is opened again");
    Some(room.json)
}

/// The keys that the golden files are sealed with.
fn keys() -> Keys {
    Keys::of([1, 2].map(|number| (KeyId([number; 16]), Key::from_bytes([number; Key::LENGTH]))))
}

/// The position that a chunk says it begins at: it lies in the store under whichever it likes.
fn position_in(bytes: &[u8]) -> Option<u64> {
    let mut decoder = Decoder::new(bytes);
    decoder.u8().ok()?;
    decoder.u64().ok()
}

/// A store in memory.
struct Shelf(BTreeMap<u64, Bytes>);

impl<const N: usize> From<[StoredChunk; N]> for Shelf {
    fn from(chunks: [StoredChunk; N]) -> Self {
        Self(chunks.into_iter().map(|chunk| (chunk.first, chunk.bytes)).collect())
    }
}

impl Shelf {
    /// Verifies what lies here, once knowing nothing and once knowing it ends otherwise; opens it.
    fn walk(&self) {
        let elsewhere = Tail { position: 3, hash: Hash([7; 32]) };
        for log in [Log::Events, Log::Accesses] {
            for known in [None, Some(elsewhere)] {
                let (found, seen) = verify::walk(self, log, known, &BTreeSet::new());
                assert!(seen.leaves() <= found.records);
            }
        }
        let mut events = 0;
        let replayed =
            open::replay_log(self, &keys(), Forms::KNOWN, domain::Needed::all, None, |_| {
                events += 1;
            });
        if let Ok(replayed) = replayed {
            assert_eq!(replayed.tail.position, events);
        }
    }
}

impl Store for Shelf {
    fn commit(&self, _: Batch) -> Result<(), StoreError> {
        Ok(())
    }

    fn chunks(&self, _: Log, from: u64, until: u64) -> Chunks<'_> {
        let chunks = self.0.range(from..until.max(from));
        Box::new(
            chunks.map(|(first, bytes)| Ok(StoredChunk { first: *first, bytes: bytes.clone() })),
        )
    }

    fn chunk_at(&self, _: Log, position: u64) -> Result<Option<StoredChunk>, StoreError> {
        let found = self.0.range(..=position).next_back();
        Ok(found.map(|(first, bytes)| StoredChunk { first: *first, bytes: bytes.clone() }))
    }

    fn state(&self, _: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(None)
    }

    fn state_under(&self, _: &[u8]) -> Result<Vec<StateEntry>, StoreError> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// Each file in a folder below the crate.
    fn files(folder: &str) -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_file()).collect()
    }

    fn golden(name: &str) -> Vec<u8> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
        let hex = fs::read_to_string(path).unwrap();
        let mut bytes = vec![0; hex.trim().len() / 2];
        assert!(crate::hex::decode(hex.trim(), &mut bytes));
        bytes
    }

    fn chunk_at(first: u64, previous: Hash) -> StoredChunk {
        let mut draft = Draft::new(first, previous);
        draft.push(vec![NewRecord::new(golden("record.v1.hex"))], None);
        draft.finish()
    }

    /// Block after block, the way to such a position would take centuries.
    #[test]
    fn a_gap_without_end_is_found_at_once() {
        let before = chain::genesis(Log::Events);
        for first in [1 << 32, 1 << 62, 1 << 63, u64::MAX - 1, u64::MAX] {
            let shelf = Shelf::from([chunk_at(1, before), chunk_at(first, before)]);
            let (found, _) = verify::walk(&shelf, Log::Events, None, &BTreeSet::new());
            assert_eq!(found.faults[0].position.0, if first == u64::MAX { first } else { 2 });
            let replayed =
                open::replay_log(&shelf, &keys(), Forms::KNOWN, domain::Needed::all, None, |_| ());
            assert!(replayed.is_err());
            chunk(&chunk_at(first, before).bytes);
        }
    }

    #[test]
    fn golden_files_go_all_the_way() {
        record(&golden("record.v1.hex"));
        chunk(&golden("chunk.v1.hex"));
        let mut records = Vec::new();
        for kind in ["case", "organisation", "review"] {
            for path in files(&format!("golden/{kind}")) {
                let stem = path.file_stem().unwrap().to_str().unwrap();
                let (name, form) = stem.rsplit_once(".v").unwrap();
                let fields: serde_json::Value =
                    serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
                event(format!("{name}\n{form}\n{fields}").as_bytes());
                let form = form.parse().unwrap();
                let fields = fields.to_string();
                records.push(record_of(kind, name, form, fields.as_bytes()).unwrap());
            }
        }
        for bytes in &records {
            record(bytes);
            let read = read::decode(Forms::KNOWN, bytes, 1, &keys(), &mut Room::default());
            assert!(read.is_ok(), "{read:?}");
        }
        chunk(&chunk_of(records));
    }
}
