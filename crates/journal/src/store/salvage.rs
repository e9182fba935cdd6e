//! What is left of a store that does not open: a copy of it, read as far as the damage.

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

impl Salvaged {
    /// Opens a copy of the store in `directory`, made under `copy`, up to where it is damaged.
    pub(crate) fn open(directory: &Path, copy: PathBuf) -> Result<Self, StoreError> {
        // One that an earlier attempt left behind when it was stopped.
        let cleared = match fs::remove_dir_all(&copy) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        let mut salvaged = Self { store: None, copy };
        cleared
            .and_then(|()| copy_files(directory, &salvaged.copy))
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

/// Copies everything but the snapshots, which hold the store to what it can no longer read.
fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_files(&entry.path(), &target)?;
        } else if !sled::is_snapshot(&entry.file_name()) {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
