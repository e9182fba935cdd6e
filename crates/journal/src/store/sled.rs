//! The store on sled 0.34, which is known here alone, and to `guard`, `inspect` and `message`.
//!
//! Three things sled does are kept from the journal here: it panics on some damaged files (caught,
//! and told as an error), it moves what is large into files of their own that its flush does not
//! cover (a longer chunk is laid down in parts, in one atomic batch), and it lets go of its lock a
//! moment after it was closed (opening waits for that moment).

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use ::sled::{Config, Db, IVec, Tree};
use bytes::Bytes;

use super::claim;
use super::guard::guarded;
use super::wake::Waker;
use super::{Batch, Chunks, Log, StateEntry, Store, StoreError, StoreStep, StoredChunk, durable};

/// The longest value sled is given.
const PART_BYTES: usize = 28 * 1024;
/// The length of sled's segments. sled writes a leaf of its tree as one piece, of up to 17 values,
/// and puts a piece longer than a quarter of a segment into a file of its own, unsynced.
pub(super) const SEGMENT_BYTES: usize = 4 * 1024 * 1024;
const _: () = assert!(17 * PART_BYTES < SEGMENT_BYTES / 4 / 2);
/// What sled may keep in memory. The journal reads each chunk once; its views hold the rest.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;
/// How often, and how long apart, opening is tried again while another handle lets go.
const LOCK_ATTEMPTS: u32 = 50;
const LOCK_PAUSE: Duration = Duration::from_millis(40);
/// The file with sled's log, which it locks while it is open.
pub(super) const LOG_FILE: &str = "db";
/// The file with the settings the log was made with.
pub(super) const SETTINGS_FILE: &str = "conf";
/// How long a flush goes unwatched, and then between one waking and the next.
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);
/// Written at every opening, to see the flush go through to the disk, and to wake one that waits.
const PROBE: &[u8] = b"probe";

/// An open sled database.
pub(crate) struct SledStore {
    waker: Waker,
    database: Db,
    events: Tree,
    accesses: Tree,
    state: Tree,
}

impl SledStore {
    /// Opens the database in `directory`, which is created where it is missing, and makes sure
    /// that what is flushed reaches the disk.
    pub(crate) fn open(directory: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(directory).map_err(|source| failed(StoreStep::Open, source))?;
        let database = open_database(directory)?;
        let open_tree = |name| guarded(StoreStep::Open, || database.open_tree(name));
        let (events, accesses) = (open_tree(Log::Events.tree())?, open_tree(Log::Accesses.tree())?);
        let state = open_tree("state")?;
        let probed = state.clone();
        // Whoever waits is told of a failure; the waker itself has no use for it.
        let wake = move || drop(guarded(StoreStep::Write, || write_probe(&probed)));
        let waker = Waker::start(BETWEEN_LOOKS, wake);
        let waker = waker.map_err(|source| failed(StoreStep::Open, source))?;
        let store = Self { waker, database, events, accesses, state };
        store.probe()?;
        durable::sync_files(directory).map_err(|source| failed(StoreStep::Open, source))?;
        Ok(store)
    }

    /// Flushes what differs from the last time, so that the flush has work.
    fn probe(&self) -> Result<(), StoreError> {
        let before = durable::calls();
        guarded(StoreStep::Open, || {
            write_probe(&self.state)?;
            self.flush()
        })?;
        if before < durable::calls() { Ok(()) } else { Err(StoreError::NotDurable) }
    }

    fn flush(&self) -> ::sled::Result<usize> {
        self.waker.over(|| self.database.flush())
    }

    fn tree(&self, log: Log) -> &Tree {
        match log {
            Log::Events => &self.events,
            Log::Accesses => &self.accesses,
        }
    }

    fn read_parts(&self, log: Log, first: u64) -> Result<Option<StoredChunk>, StoreError> {
        let tree = self.tree(log);
        let head = guarded(StoreStep::Read, || tree.get(first.to_be_bytes()))?;
        let part = |part| guarded(StoreStep::Read, || tree.get(part_key(first, part)));
        head.map(|head| put_together(first, head, part)).transpose()
    }
}

impl Store for SledStore {
    fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let before = durable::calls();
        let mut has_work = !batch.events.is_empty() || !batch.accesses.is_empty();
        guarded(StoreStep::Write, || {
            for chunk in &batch.events {
                insert(&self.events, chunk)?;
            }
            for chunk in &batch.accesses {
                insert(&self.accesses, chunk)?;
            }
            for change in batch.state {
                // What is as it was already gives the flush nothing to do.
                has_work |= match change.value {
                    Some(value) => {
                        let before = self.state.insert(change.key, value.as_slice())?;
                        before.is_none_or(|before| before != value)
                    }
                    None => self.state.remove(change.key)?.is_some(),
                };
            }
            self.flush()
        })?;
        if !has_work || before < durable::calls() { Ok(()) } else { Err(StoreError::NotDurable) }
    }

    fn chunks(&self, log: Log, from: u64, until: u64) -> Chunks<'_> {
        let tree = self.tree(log);
        let mut entries = tree.range(from.to_be_bytes()..until.to_be_bytes());
        let mut failed = false;
        Box::new(std::iter::from_fn(move || {
            if failed {
                return None;
            }
            let chunk = next_chunk(&mut entries).transpose();
            failed = matches!(chunk, Some(Err(_)));
            chunk
        }))
    }

    fn chunk_at(&self, log: Log, position: u64) -> Result<Option<StoredChunk>, StoreError> {
        let tree = self.tree(log);
        // A part's key follows its chunk's first position, so the search ends above all parts.
        let end = part_key(position, u16::MAX);
        let entry = guarded(StoreStep::Read, || tree.range(..=end).next_back().transpose())?;
        match entry {
            Some((key, value)) if is_whole(&key, &value) => {
                Ok(Some(StoredChunk { first: first_of(&key), bytes: after_head(value) }))
            }
            Some((key, _)) => self.read_parts(log, first_of(&key)),
            None => Ok(None),
        }
    }

    fn state(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let value = guarded(StoreStep::Read, || self.state.get(key))?;
        Ok(value.map(|value| value.to_vec()))
    }

    fn state_under(&self, prefix: &[u8]) -> Result<Vec<StateEntry>, StoreError> {
        guarded(StoreStep::Read, || {
            let entries = self.state.scan_prefix(prefix);
            entries.map(|entry| entry.map(|(key, value)| (key.to_vec(), value.to_vec()))).collect()
        })
    }
}

fn open_database(directory: &Path) -> Result<Db, StoreError> {
    let config = Config::new().path(directory).segment_size(SEGMENT_BYTES);
    let config = config.cache_capacity(CACHE_BYTES).flush_every_ms(None);
    for attempt in 1.. {
        match guarded(StoreStep::Open, || config.open()) {
            Err(error) if !is_locked(&error) => return Err(error),
            Err(_) if attempt == LOCK_ATTEMPTS => break,
            Err(_) => thread::sleep(LOCK_PAUSE),
            Ok(database) => return Ok(database),
        }
    }
    Err(StoreError::InUse { path: directory.to_owned() })
}

/// The file of a store that sled locks as long as it writes anything in the directory.
pub(crate) fn database_file(directory: &Path) -> PathBuf {
    directory.join(LOG_FILE)
}

/// All state but what opening itself writes.
pub(crate) fn kept_state(store: &dyn Store) -> Result<Vec<StateEntry>, StoreError> {
    let state = store.state_under(b"")?;
    Ok(state.into_iter().filter(|(key, _)| key != PROBE).collect())
}

/// Holds the store in that directory against others, as sled does while it is open. Nothing where
/// there is no store yet.
pub(crate) fn lock(directory: &Path) -> Result<Option<File>, StoreError> {
    let failed = |source| failed(StoreStep::Open, source);
    let file = match File::options().read(true).write(true).open(database_file(directory)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(failed)?,
    };
    if claim::is_locked(&file).map_err(failed)? {
        Ok(Some(file))
    } else {
        Err(StoreError::InUse { path: directory.to_owned() })
    }
}

/// Whether sled wrote the file to save itself reading the whole log at the next opening.
pub(super) fn is_snapshot(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b"snap.")
}

/// Whether sled makes the file anew where it is missing, and loses nothing by that.
pub(super) fn makes_anew(name: &OsStr) -> bool {
    is_snapshot(name) || name == SETTINGS_FILE
}

/// sled tells a lost race for its lock in words alone.
fn is_locked(error: &StoreError) -> bool {
    match error {
        StoreError::Failed { source, .. } => source.to_string().contains("could not acquire lock"),
        _ => false,
    }
}

/// Writes a value that differs from the last.
fn write_probe(state: &Tree) -> ::sled::Result<()> {
    let last = state.get(PROBE)?.and_then(|value| value.first().copied());
    state.insert(PROBE, &[last.unwrap_or(0).wrapping_add(1)]).map(drop)
}

/// Lays a chunk down: as one value where it fits, else as several in one atomic batch.
fn insert(tree: &Tree, chunk: &StoredChunk) -> ::sled::Result<()> {
    let first_length = chunk.bytes.len().min(PART_BYTES);
    let (head, rest) = chunk.bytes.split_at(first_length);
    let parts = 1 + rest.len().div_ceil(PART_BYTES);
    let parts = u16::try_from(parts).expect("the journal bounds the size of an append");
    let mut value = Vec::with_capacity(2 + head.len());
    value.extend_from_slice(&parts.to_be_bytes());
    value.extend_from_slice(head);
    if parts == 1 {
        return tree.insert(chunk.first.to_be_bytes(), value).map(drop);
    }
    let mut batch = ::sled::Batch::default();
    batch.insert(&chunk.first.to_be_bytes(), value);
    for (part, bytes) in (1..parts).zip(rest.chunks(PART_BYTES)) {
        batch.insert(&part_key(chunk.first, part), bytes);
    }
    tree.apply_batch(batch)
}

fn next_chunk(entries: &mut ::sled::Iter) -> Result<Option<StoredChunk>, StoreError> {
    let Some((key, value)) = guarded(StoreStep::Read, || entries.next().transpose())? else {
        return Ok(None);
    };
    let first = first_of(&key);
    if key.len() != size_of::<u64>() {
        return Err(StoreError::Incomplete { first });
    }
    let part = |part| {
        let entry = guarded(StoreStep::Read, || entries.next().transpose())?;
        let entry = entry.filter(|(key, _)| key.as_ref() == part_key(first, part));
        Ok(entry.map(|(_, value)| value))
    };
    put_together(first, value, part).map(Some)
}

/// The chunk whose first value is `head`; `part` finds the others.
fn put_together(
    first: u64,
    head: IVec,
    mut part: impl FnMut(u16) -> Result<Option<IVec>, StoreError>,
) -> Result<StoredChunk, StoreError> {
    let parts = parts_of(&head).ok_or(StoreError::Incomplete { first })?;
    let mut bytes = after_head(head);
    if 1 < parts {
        let mut whole = bytes.to_vec();
        for number in 1..parts {
            whole.extend_from_slice(&part(number)?.ok_or(StoreError::Incomplete { first })?);
        }
        bytes = whole.into();
    }
    Ok(StoredChunk { first, bytes })
}

/// The number of parts that the first value of a chunk announces, itself one of them.
fn parts_of(head: &[u8]) -> Option<u16> {
    head.first_chunk().map(|parts| u16::from_be_bytes(*parts))
}

/// Whether what lies under a key is all there is of a chunk.
fn is_whole(key: &[u8], value: &[u8]) -> bool {
    key.len() == size_of::<u64>() && parts_of(value).is_some_and(|parts| parts <= 1)
}

/// What the first value of a chunk holds beside the number of parts, where it lies.
fn after_head(value: IVec) -> Bytes {
    Bytes::from_owner(value).slice(size_of::<u16>()..)
}

fn part_key(first: u64, part: u16) -> [u8; 10] {
    let mut key = [0; 10];
    key[..8].copy_from_slice(&first.to_be_bytes());
    key[8..].copy_from_slice(&part.to_be_bytes());
    key
}

/// The position in a key of this store; a key that is too short is read as a small number.
fn first_of(key: &[u8]) -> u64 {
    key.iter().take(8).fold(0, |position, byte| position << 8 | u64::from(*byte))
}

/// The store said no at that step.
pub(crate) fn failed(
    step: StoreStep,
    source: impl std::error::Error + Send + Sync + 'static,
) -> StoreError {
    StoreError::Failed { step, source: Box::new(source) }
}
