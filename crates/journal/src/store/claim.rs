//! Who may touch the store: one process at a time, from before it is opened until it is closed.
//!
//! sled locks its own files, but a compaction puts others in their place. So the data directory
//! itself is claimed first; and whoever has claimed it brings to an end what a compaction that
//! was broken off has left there.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::backup::{MERGE_DIRECTORY, discard};
use crate::open::STORE_DIRECTORY;

use super::durable::sync_directory;
use super::sled;
use super::{StoreError, StoreStep};

/// Where a compaction writes the new one. Nothing is whole there before it takes its place.
const COMPACTING: &str = "store.compacting";
/// Where a compaction moves the old one, whole, before the new one takes its place.
const RETIRED: &str = "store.before-compaction";

/// How often, and how long apart, claiming is tried again while another handle lets go.
const ATTEMPTS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(40);

/// The right to touch the store of a data directory, until it is dropped.
#[derive(Debug)]
pub(crate) struct Claim {
    data_directory: PathBuf,
    _lock: File,
}

impl Claim {
    /// Claims the data directory, and settles what a compaction has left there.
    pub(crate) fn of(data_directory: &Path) -> Result<Self, StoreError> {
        let failed = |source| sled::failed(StoreStep::Open, source);
        let lock = File::open(data_directory).map_err(failed)?;
        if !is_locked(&lock).map_err(failed)? {
            return Err(StoreError::InUse { path: data_directory.to_owned() });
        }
        let claim = Self { data_directory: data_directory.to_owned(), _lock: lock };
        claim.settle().map_err(failed)?;
        Ok(claim)
    }

    /// Where the store lies.
    pub(crate) fn store(&self) -> PathBuf {
        self.data_directory.join(STORE_DIRECTORY)
    }

    /// Where the store that is to take its place is written.
    pub(crate) fn compacting(&self) -> PathBuf {
        self.data_directory.join(COMPACTING)
    }

    /// Makes the store that was written, whole and synced, the store. Whenever this is broken off,
    /// the next claim finds the old one in its place, or ends what was begun.
    pub(crate) fn swap(&self, mut between: impl FnMut()) -> io::Result<()> {
        let retired = self.data_directory.join(RETIRED);
        fs::rename(self.store(), &retired)?;
        sync_directory(&self.data_directory)?;
        between();
        fs::rename(self.compacting(), self.store())?;
        sync_directory(&self.data_directory)?;
        between();
        fs::remove_dir_all(retired)?;
        sync_directory(&self.data_directory)
    }

    fn settle(&self) -> io::Result<()> {
        let (store, compacting) = (self.store(), self.compacting());
        let retired = self.data_directory.join(RETIRED);
        if !store.exists() && retired.exists() {
            // The old one was moved away, which is done only when the new one is whole.
            let whole = if compacting.exists() { &compacting } else { &retired };
            fs::rename(whole, &store)?;
            sync_directory(&self.data_directory)?;
            tracing::warn!("a compaction that was broken off has been brought to its end");
        }
        // A crisis copy, with keys that erasing here does not reach.
        let merging = self.data_directory.join(MERGE_DIRECTORY);
        discard(&merging).inspect_err(|error| {
            let left_behind = merging.display();
            tracing::error!(%error, "{left_behind}, left by a merge, cannot be destroyed");
        })?;
        for left in [compacting, retired].iter().filter(|left| left.exists()) {
            let left_behind = left.display();
            match fs::remove_dir_all(left) {
                Ok(()) => tracing::warn!("{left_behind}, left by a compaction, was removed"),
                // It takes up room and does no other harm.
                Err(error) => tracing::warn!(%error, "{left_behind} is to be removed by hand"),
            }
        }
        Ok(())
    }
}

/// Takes the lock once nobody else has it; says whether that was so before long.
pub(crate) fn is_locked(file: &File) -> io::Result<bool> {
    for _ in 0..ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}
