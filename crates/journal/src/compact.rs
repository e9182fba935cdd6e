//! Compacting: the store written anew without what sled no longer needs, and put in its place.
//!
//! Every chunk of both logs and every piece of state is carried over as it is, so that positions,
//! chains and checkpoints stay byte for byte what they were. The new store is compared with the
//! old one and synced before it takes its place, and whoever claims the directory next finds one
//! of the two, whole: `store/claim.rs`. Files attached to events lie beside the store and stay as
//! they are; those that no event names are removed.

use std::error::Error;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::attachment;
use crate::format;
use crate::open::{JournalError, require_initialised};
use crate::rehearsal::{self, Unopened};
use crate::store::claim::{Claim, is_locked};
use crate::store::durable::{sync_directory, sync_files};
use crate::store::sled::{self, SledStore};
use crate::store::{Batch, Log, StateChange, Store, StoreError, StoredChunk};
use crate::verify::{Verification, attachments_named, verify_store};

/// About how many bytes are carried over under one flush.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
const LOGS: [Log; 2] = [Log::Events, Log::Accesses];

/// What a compaction has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compaction {
    /// How many events the log holds.
    pub events: u64,
    /// How many lines the access log holds.
    pub accesses: u64,
    /// How many bytes the store took up before.
    pub bytes_before: u64,
    /// How many bytes it takes up now.
    pub bytes_after: u64,
}

/// Why the store was left as it was.
#[derive(Debug)]
pub enum CompactError {
    /// There is no store that could be worked with.
    Journal(JournalError),
    /// The store is damaged, so that the new one would be too.
    NotIntact(Box<Verification>),
    /// The new store could not be written, or one of the two not read.
    Store(StoreError),
    /// The new store is not what the old one is.
    Differs,
    /// The files could not be measured, synced or moved.
    Files(io::Error),
}

impl fmt::Display for CompactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(_) => write!(f, "the store was not touched"),
            Self::NotIntact(_) => write!(
                f,
                "the store is damaged and was left as it is; run `avvik verify`, and restore a \
                 backup"
            ),
            Self::Store(_) => write!(f, "the new store was not finished, and the old one is used"),
            Self::Differs => write!(
                f,
                "the new store does not hold what the old one does; the old one is used: look at \
                 the disk and the memory of the machine"
            ),
            Self::Files(_) => write!(
                f,
                "the store's files could not be handled; whichever of the two is whole is used: \
                 look at the disk and the permissions"
            ),
        }
    }
}

impl Error for CompactError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Journal(source) => Some(source),
            Self::Store(source) => Some(source),
            Self::Files(source) => Some(source),
            Self::NotIntact(_) | Self::Differs => None,
        }
    }
}

impl From<StoreError> for CompactError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Unopened> for CompactError {
    fn from(unopened: Unopened) -> Self {
        match unopened {
            Unopened::Store(error) => Self::Store(error),
            Unopened::Damaged(found) => Self::NotIntact(found),
        }
    }
}

impl From<io::Error> for CompactError {
    fn from(error: io::Error) -> Self {
        Self::Files(error)
    }
}

/// How far a compaction has come, for tests that end it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The new store's files have just been made.
    Begun,
    /// Some of what there is has been carried over.
    Carrying,
    /// All of it has.
    Carried,
    /// The new store is the same as the old one, and on disk.
    Synced,
    /// The old store has been moved away, or the new one has taken its place.
    Moving,
}

/// Compacts the store in a data directory that no service has open. Needs room for the new store
/// beside the old one, and no keys.
pub fn compact(data_directory: &Path) -> Result<Compaction, CompactError> {
    compact_observed(data_directory, |_| ())
}

pub(crate) fn compact_observed(
    data_directory: &Path,
    mut at: impl FnMut(Step),
) -> Result<Compaction, CompactError> {
    require_initialised(data_directory).map_err(CompactError::Journal)?;
    let known = format::read(data_directory).map_err(JournalError::Format);
    known.map_err(CompactError::Journal)?;
    let claim = Claim::of(data_directory).map_err(JournalError::Store);
    let claim = claim.map_err(CompactError::Journal)?;
    let written = write_anew(&claim, data_directory, &mut at);
    if written.is_err() {
        // It takes up room; what is left of it goes at the next claim.
        drop(fs::remove_dir_all(claim.compacting()));
    }
    let compaction = written?;
    claim.swap(|| at(Step::Moving))?;
    Ok(compaction)
}

/// Writes the new store beside the old one, whole and synced; both are closed then.
fn write_anew(
    claim: &Claim,
    data_directory: &Path,
    at: &mut impl FnMut(Step),
) -> Result<Compaction, CompactError> {
    // A name that is taken is no empty store.
    fs::create_dir(claim.compacting())?;
    let old = rehearsal::open_store(claim, data_directory)?;
    let found = verify_store(&old, data_directory, &[]);
    if !found.are_logs_intact() {
        return Err(CompactError::NotIntact(Box::new(found)));
    }
    let named = attachments_named(&old);
    let new = SledStore::open(&claim.compacting())?;
    at(Step::Begun);
    carry_over(&old, &new, || at(Step::Carrying))?;
    at(Step::Carried);
    require_same(&old, &new)?;
    drop((old, new));
    // sled writes its last when it is dropped, and lets go of its files a moment later.
    for store in [claim.store(), claim.compacting()] {
        if !is_locked(&File::open(sled::database_file(&store))?)? {
            return Err(StoreError::InUse { path: store }.into());
        }
    }
    sync_all(&claim.compacting())?;
    sync_directory(data_directory)?;
    at(Step::Synced);
    attachment::clear_strays(&attachment::directory_in(data_directory), |name| {
        named.contains(name)
    })?;
    Ok(Compaction {
        events: found.events.records,
        accesses: found.accesses.records,
        bytes_before: bytes_in(&claim.store())?,
        bytes_after: bytes_in(&claim.compacting())?,
    })
}

/// Writes everything that one store holds into another.
fn carry_over(
    from: &dyn Store,
    to: &dyn Store,
    mut carrying: impl FnMut(),
) -> Result<(), StoreError> {
    let mut batch = Batch::default();
    let mut bytes = 0;
    for log in LOGS {
        for chunk in from.chunks(log, 0, u64::MAX) {
            let chunk = chunk?;
            bytes += chunk.bytes.len();
            match log {
                Log::Events => batch.events.push(chunk),
                Log::Accesses => batch.accesses.push(chunk),
            }
            if BATCH_BYTES <= bytes {
                to.commit(std::mem::take(&mut batch))?;
                bytes = 0;
                carrying();
            }
        }
    }
    let state = sled::kept_state(from)?.into_iter();
    batch.state = state.map(|(key, value)| StateChange { key, value: Some(value) }).collect();
    if batch.is_empty() { Ok(()) } else { to.commit(batch) }
}

/// Whether two stores hold the same.
fn require_same(one: &dyn Store, other: &dyn Store) -> Result<(), CompactError> {
    for log in LOGS {
        let mut others = other.chunks(log, 0, u64::MAX);
        let mut next = || others.next().transpose();
        for chunk in one.chunks(log, 0, u64::MAX) {
            let chunk: StoredChunk = chunk?;
            if next()? != Some(chunk) {
                return Err(CompactError::Differs);
            }
        }
        if next()?.is_some() {
            return Err(CompactError::Differs);
        }
    }
    if sled::kept_state(one)? == sled::kept_state(other)? {
        Ok(())
    } else {
        Err(CompactError::Differs)
    }
}

fn sync_all(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_all(&entry.path())?;
        }
    }
    sync_files(directory)
}

/// How many bytes the files in a directory take up.
fn bytes_in(directory: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() { bytes_in(&entry.path())? } else { on_disk(&metadata) };
    }
    Ok(bytes)
}

/// Not the length: sled's files have holes.
fn on_disk(metadata: &fs::Metadata) -> u64 {
    const BLOCK: u64 = 512;
    std::os::unix::fs::MetadataExt::blocks(metadata) * BLOCK
}

#[cfg(test)]
mod tests;
