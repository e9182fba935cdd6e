//! What can be read of a damaged store: a copy of it, opened in the damaged one's place, since sled
//! destroys what it cannot read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::sled::{self, SledStore};
use super::{Store, StoreError};

/// A copy of a damaged store, gone when this is dropped. The damaged files are left as they are.
pub(crate) struct Salvaged {
    store: Option<SledStore>,
    copy: PathBuf,
}

/// What of a store is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Every file.
    Whole,
    /// Only what sled cannot make anew. Its snapshots hold it to what it can no longer read, or
    /// are damaged themselves.
    Necessary,
}

impl Salvaged {
    /// Opens a copy of the store in `directory`, made under `copy`, up to where it is damaged.
    pub(crate) fn open(
        directory: &Path,
        copy: PathBuf,
        extent: Extent,
    ) -> Result<Self, StoreError> {
        // One that an earlier attempt left behind when it was stopped.
        let cleared = match fs::remove_dir_all(&copy) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        let mut salvaged = Self { store: None, copy };
        cleared
            .and_then(|()| copy_files(directory, &salvaged.copy, extent))
            .map_err(|source| sled::failed(super::StoreStep::Open, source))?;
        salvaged.store = Some(SledStore::open(&salvaged.copy)?);
        Ok(salvaged)
    }

    pub(crate) fn store(&self) -> &dyn Store {
        self.store.as_ref().expect("it is there from the end of opening to the drop")
    }
}

impl Drop for Salvaged {
    fn drop(&mut self) {
        self.store = None;
        if let Err(error) = fs::remove_dir_all(&self.copy) {
            tracing::warn!(%error, "the copy of the damaged store was not removed");
        }
    }
}

/// Copies a store's files.
pub(crate) fn copy_files(from: &Path, to: &Path, extent: Extent) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_files(&entry.path(), &target, extent)?;
        } else if extent == Extent::Whole || !sled::makes_anew(&entry.file_name()) {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Removes what sled makes anew.
pub(crate) fn strip(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if sled::makes_anew(&entry.file_name()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
