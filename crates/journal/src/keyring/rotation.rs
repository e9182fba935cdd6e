//! Rotation: a new master key takes the place of the old, which is destroyed.
//!
//! Each step is on disk before the next:
//!
//! 1. the new master key, beside the old one under the name `….new`;
//! 2. the keyring wrapped anew, beside the old one under the name `….new`;
//! 3. the new keyring takes the old one's name: from here on the new master key is the one;
//! 4. the old keyring is overwritten, then the old master key, whose name the new one takes.
//!
//! [`settle`] finishes what was broken off after step 3, and takes back what came before. An older
//! copy of the keyring is then a file that no key opens.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::file::{FileError, KeyFile, wipe};
use super::master::MasterKeyError;
use super::{Key, Keyring, KeyringError, Ring, Wrapped, damaged, master, proof, proves, read_file};
use crate::store::durable::sync_name;

impl Keyring {
    /// Wraps every key under a new master key, and destroys the old one.
    pub(crate) fn rotate(&self) -> Result<(), KeyringError> {
        let mut ring = self.ring();
        settle(&self.path, &self.master_path)?;
        let master_path = resolved(&self.master_path);
        let master = master::create(&master::successor(&master_path));
        let master = master.map_err(KeyringError::MasterKey)?;
        let file = self.rewrapped(&ring, &master)?;
        fs::rename(successor(&self.path), &self.path).map_err(|source| self.not_written(source))?;
        // From here on the old file has no name: a key written to it would be lost.
        let old = std::mem::replace(&mut *ring, Ring { file, master });
        sync_name(&self.path).map_err(|source| self.not_written(source))?;
        old.file.wipe().map_err(|source| self.not_written(source))?;
        master::succeed(&master_path).map_err(KeyringError::MasterKey)?;
        self.is_rotation_due.store(false, Ordering::Release);
        Ok(())
    }

    /// Replaces the master key after keys were destroyed. Where that fails the log says why, and
    /// the next start tries again: the keys are gone from the keyring all the same.
    pub(super) fn rotate_or_say_why_not(&self) {
        match self.rotate() {
            Ok(()) => tracing::warn!(
                "the master key was replaced, since keys were destroyed: copy the new one to where \
                 you keep its copy, and destroy the copy of the old one"
            ),
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::error!(
                    error,
                    "the master key was not replaced: with it, an older copy of the keyring still \
                     opens what was erased; run `avvik keys rotate`"
                );
            }
        }
    }

    fn rewrapped(&self, ring: &Ring, master: &Key) -> Result<KeyFile, KeyringError> {
        let rewrapped = ring.file.rewrap(&successor(&self.path), &proof(master), |record, old| {
            let key = old.unwrap(&ring.master, record.id, record.scope)?;
            Some(Wrapped::wrap(&key, master, record.id, record.scope))
        });
        rewrapped.map_err(|error| match error {
            FileError::Io(source) => self.not_written(source),
            FileError::Damaged(record) => damaged(&self.path, record),
        })
    }
}

/// Finishes a rotation that was broken off, or takes it back.
pub(super) fn settle(keyring: &Path, master_path: &Path) -> Result<(), KeyringError> {
    let master_path = resolved(master_path);
    let next = master::successor(&master_path);
    if !next.exists() {
        return discard(&successor(keyring)).map_err(not_written(keyring));
    }
    let proof = read_file(keyring)?.proof;
    let is_in_use = match master::read(&next) {
        Ok(master) => proves(&proof, &master),
        // Half of one was never finished, and so never used.
        Err(MasterKeyError::NotAKey { .. }) => false,
        Err(error) => return Err(KeyringError::MasterKey(error)),
    };
    if is_in_use {
        return master::succeed(&master_path).map_err(KeyringError::MasterKey);
    }
    // Nothing that could be a key is destroyed unless another is known to open the keyring.
    if !master::read(&master_path).is_ok_and(|master| proves(&proof, &master)) {
        return Ok(());
    }
    discard(&successor(keyring)).and_then(|()| discard(&next)).map_err(not_written(keyring))
}

/// Where the new keyring lies until it takes the old one's name.
fn successor(keyring: &Path) -> PathBuf {
    keyring.with_extension("new")
}

/// The file itself, where the path is a link to it.
fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Overwrites and removes a file, if it is there.
fn discard(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => wipe(&opened?)?,
    }
    fs::remove_file(path)?;
    sync_name(path)
}

fn not_written(keyring: &Path) -> impl Fn(io::Error) -> KeyringError {
    |source| KeyringError::NotWritten { path: keyring.to_owned(), source }
}

#[cfg(test)]
mod tests;
