//! The keyring as bytes: taken from one in use for a backup, and opened again at a restore.

use std::collections::HashSet;

use super::file::{self, Records};
use super::{Key, Keyring, KeyringError, Keys, KeysOf, proves};

/// A keyring and its master key, as they belonged together at one moment.
pub(crate) struct Copied {
    /// The keyring file's bytes: every key in it is wrapped.
    pub(crate) keyring: Vec<u8>,
    /// What opens them.
    pub(crate) master: Key,
}

impl Keyring {
    /// Copies the keyring while it is in use.
    pub(crate) fn copy(&self) -> Result<Copied, KeyringError> {
        // Held against a replacing of the master key, so that the two fit each other.
        let ring = self.ring();
        let bytes = ring.file.bytes();
        let read = |source| KeyringError::NotRead { path: self.path.clone(), source };
        Ok(Copied { keyring: bytes.map_err(read)?, master: ring.master.clone() })
    }
}

/// A keyring opened from its bytes.
pub(crate) struct Image {
    bytes: Vec<u8>,
    keys: Keys,
}

/// Why bytes are no keyring that opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CopyFault {
    /// The record with this number is damaged; 0 is the header.
    Damaged(u64),
    /// The master key is another one.
    WrongMasterKey,
}

impl Image {
    /// Opens every key in a keyring's bytes. Takes any bytes.
    pub(crate) fn open(mut bytes: Vec<u8>, master: &Key) -> Result<Self, CopyFault> {
        let Records { proof, keys, end, .. } = Records::read(&bytes).map_err(CopyFault::Damaged)?;
        if !proves(&proof, master) {
            return Err(CopyFault::WrongMasterKey);
        }
        let keys = Keys::unwrap(keys, master).map_err(CopyFault::Damaged)?;
        bytes.truncate(usize::try_from(end).expect("the bytes are in memory"));
        Ok(Self { bytes, keys })
    }

    /// The keys, for opening seals.
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// How many keys open something, and how many were destroyed.
    pub(crate) fn count(&self) -> super::KeyCount {
        let destroyed = self.keys.destroyed.values().sum();
        super::KeyCount { living: self.keys.living.len(), destroyed }
    }

    /// Destroys keys in these bytes, and says how many there were. Where there were any, whoever
    /// opens the keyring replaces the master key: with it, the older copy would open them.
    pub(crate) fn destroy(&mut self, these: &HashSet<KeysOf>) -> usize {
        self.keys.condemn(these);
        let condemned = std::mem::take(&mut self.keys.condemned);
        for (scope, id, offset) in &condemned {
            file::destroy_in(&mut self.bytes, *offset, *id, *scope);
        }
        if !condemned.is_empty() {
            file::note_rotation_due_in(&mut self.bytes);
        }
        condemned.len()
    }

    /// The bytes to write.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
