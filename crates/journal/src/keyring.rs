//! The keyring: one key for every stream and for every person in it, in a file outside the store.
//!
//! Erasing means destroying a key: it is overwritten where it lies, and what was sealed with it
//! can be read by nobody, in no copy of the log. A destroyed key leaves its number behind, so that
//! an erased value is told from one whose key has been lost.

mod file;
pub(crate) mod master;

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use domain::StreamId;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::store::durable::sync_name;
use file::{FileError, KeyFile, KeyRecord, Wrapped};

/// 256 random bits that seal and open. Never shown, wiped from memory when dropped.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; Key::LENGTH]>);

impl Key {
    pub(crate) const LENGTH: usize = 32;

    pub(crate) fn random() -> Self {
        Self(Zeroizing::new(random()))
    }

    pub(crate) fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key(…)")
    }
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system's random source is always there");
    bytes
}

/// The number of a key, as it stands beside everything the key has sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyId(pub(crate) [u8; 16]);

/// What a key is for: a person within a stream, or everybody else in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    pub(crate) stream: Uuid,
    pub(crate) person: Option<Uuid>,
}

impl Scope {
    /// What people searched for, in every search of the access log.
    pub(crate) const SEARCHES: Self =
        Self { stream: Uuid::from_u128(0xa77f_1c5e_0000_8000_8000_0000_0000_0001), person: None };

    pub(crate) fn of(stream: StreamId, person: Option<Uuid>) -> Self {
        Self { stream: stream.id, person }
    }

    fn person_bytes(&self) -> &[u8; 16] {
        const NOBODY: &Uuid = &Uuid::nil();
        self.person.as_ref().unwrap_or(NOBODY).as_bytes()
    }
}

/// What the keyring knows of a key.
#[derive(Debug, Clone)]
pub(crate) enum Held {
    /// The key.
    Key(Key),
    /// There was one, and it was destroyed.
    Destroyed,
}

/// Every key, opened.
pub(crate) struct Keyring {
    path: PathBuf,
    master: Key,
    keys: RwLock<Keys>,
    file: Mutex<KeyFile>,
    is_unsynced: AtomicBool,
}

/// The keys in memory.
#[derive(Default)]
pub(crate) struct Keys {
    held: HashMap<KeyId, Held>,
    /// The living key of each scope, with the offset of its record.
    living: HashMap<Scope, (KeyId, u64)>,
}

impl Keys {
    /// What is known of a key; nothing if it was never in this keyring.
    pub(crate) fn get(&self, id: KeyId) -> Option<&Held> {
        self.held.get(&id)
    }

    fn living(&self, scope: Scope) -> Option<(KeyId, Key)> {
        let (id, _) = self.living.get(&scope)?;
        match self.held.get(id)? {
            Held::Key(key) => Some((*id, key.clone())),
            Held::Destroyed => None,
        }
    }
}

impl Keyring {
    /// Begins an empty keyring at `path`.
    pub(crate) fn create(path: &Path, master: Key) -> Result<Self, KeyringError> {
        let proof = Wrapped::wrap(&Key::from_bytes([0; Key::LENGTH]), &master, PROOF, PROOF_SCOPE);
        let created = KeyFile::create(path, &proof).and_then(|file| {
            sync_name(path)?;
            Ok(file)
        });
        match created {
            Ok(file) => Ok(Self::new(path, master, Keys::default(), file)),
            Err(source) => Err(KeyringError::NotWritten { path: path.to_owned(), source }),
        }
    }

    /// Opens the keyring at `path` and every key in it.
    pub(crate) fn open(path: &Path, master: Key) -> Result<Self, KeyringError> {
        let damaged = |record| KeyringError::Damaged { path: path.to_owned(), record };
        let contents = KeyFile::open(path).map_err(|error| match error {
            FileError::Io(source) => KeyringError::NotRead { path: path.to_owned(), source },
            FileError::Damaged(record) => damaged(record),
        })?;
        if contents.proof.unwrap(&master, PROOF, PROOF_SCOPE).is_none() {
            return Err(KeyringError::WrongMasterKey { path: path.to_owned() });
        }
        if contents.unfinished > 0 {
            tracing::warn!(
                records = contents.unfinished,
                "the keyring ends in keys that were never finished, nor used; they are left out"
            );
        }
        let mut keys = Keys::default();
        for (offset, KeyRecord { id, scope, wrapped }) in contents.keys {
            let held = match wrapped {
                None => Held::Destroyed,
                Some(wrapped) => {
                    let key = wrapped.unwrap(&master, id, scope);
                    let key = key.ok_or_else(|| damaged(offset / file::RECORD_BYTES as u64))?;
                    keys.living.insert(scope, (id, offset));
                    Held::Key(key)
                }
            };
            keys.held.insert(id, held);
        }
        Ok(Self::new(path, master, keys, contents.file))
    }

    fn new(path: &Path, master: Key, keys: Keys, file: KeyFile) -> Self {
        Self {
            path: path.to_owned(),
            master,
            keys: RwLock::new(keys),
            file: Mutex::new(file),
            is_unsynced: AtomicBool::new(false),
        }
    }

    /// The keys, for opening many seals in a row.
    pub(crate) fn keys(&self) -> RwLockReadGuard<'_, Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The living key for `scope`; a new one where there is none. What a new key has sealed may be
    /// acknowledged only after the next [`Keyring::sync`].
    pub(crate) fn key_for(&self, scope: Scope) -> Result<(KeyId, Key), KeyringError> {
        if let Some(found) = self.keys().living(scope) {
            return Ok(found);
        }
        let mut keys = self.keys_mut();
        if let Some(found) = keys.living(scope) {
            return Ok(found);
        }
        let (id, key) = (KeyId(random()), Key::random());
        let wrapped = Some(Wrapped::wrap(&key, &self.master, id, scope));
        let offset = self.file().add(&KeyRecord { id, scope, wrapped });
        let offset = offset.map_err(|source| self.not_written(source))?;
        self.is_unsynced.store(true, Ordering::Release);
        keys.living.insert(scope, (id, offset));
        keys.held.insert(id, Held::Key(key.clone()));
        Ok((id, key))
    }

    /// Makes every key handed out so far survive a power cut.
    pub(crate) fn sync(&self) -> Result<(), KeyringError> {
        if self.is_unsynced.swap(false, Ordering::AcqRel) {
            self.file().sync().map_err(|source| self.not_written(source))?;
        }
        Ok(())
    }

    /// Destroys the keys of `stream`: that of one person in it, or all of them. Returns how many
    /// there were. When this returns they are gone from the disk.
    pub(crate) fn destroy(
        &self,
        stream: StreamId,
        person: Option<Uuid>,
    ) -> Result<usize, KeyringError> {
        let mut keys = self.keys_mut();
        let is_meant = |scope: &Scope| {
            scope.stream == stream.id && (person.is_none() || scope.person == person)
        };
        let living = keys.living.iter().filter(|(scope, _)| is_meant(scope));
        let doomed: Vec<_> = living.map(|(scope, (id, offset))| (*scope, *id, *offset)).collect();
        let file = self.file();
        for (scope, id, offset) in &doomed {
            file.destroy(*offset, *id, *scope).map_err(|source| self.not_written(source))?;
        }
        file.sync().map_err(|source| self.not_written(source))?;
        for (scope, id, _) in &doomed {
            keys.living.remove(scope);
            keys.held.insert(*id, Held::Destroyed);
        }
        Ok(doomed.len())
    }

    fn keys_mut(&self) -> RwLockWriteGuard<'_, Keys> {
        self.keys.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self) -> MutexGuard<'_, KeyFile> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn not_written(&self, source: io::Error) -> KeyringError {
        KeyringError::NotWritten { path: self.path.clone(), source }
    }
}

/// Under these the header's zeros are sealed.
const PROOF: KeyId = KeyId([0; 16]);
const PROOF_SCOPE: Scope = Scope { stream: Uuid::nil(), person: None };

/// Why the keyring cannot be used.
#[derive(Debug)]
pub enum KeyringError {
    /// The file could not be read.
    NotRead {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file could not be written.
    NotWritten {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// It was made with another master key.
    WrongMasterKey {
        /// The keyring.
        path: PathBuf,
    },
    /// A key in the file is damaged.
    Damaged {
        /// Which file.
        path: PathBuf,
        /// The number of the record; 0 is the header.
        record: u64,
    },
}

impl fmt::Display for KeyringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead { path, .. } => write!(
                f,
                "the keyring {} cannot be read; without it no personal data can: \
                 restore it from its newest backup",
                path.display()
            ),
            Self::NotWritten { path, .. } => write!(
                f,
                "the keyring {} cannot be written; look at the disk and the permissions",
                path.display()
            ),
            Self::WrongMasterKey { path } => write!(
                f,
                "the master key does not fit the keyring {}; put the right one back from \
                 where you keep its copy, or set AVVIK_MASTER_KEY_FILE",
                path.display()
            ),
            Self::Damaged { path, record } => write!(
                f,
                "record {record} of the keyring {} is damaged; \
                 restore it from its newest backup",
                path.display()
            ),
        }
    }
}

impl Error for KeyringError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotRead { source, .. } | Self::NotWritten { source, .. } => Some(source),
            Self::WrongMasterKey { .. } | Self::Damaged { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
