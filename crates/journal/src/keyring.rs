//! The keyring: one key for every stream and for every person in it, in a file outside the store.
//!
//! Erasing means destroying a key: it is overwritten where it lies, and what was sealed with it
//! can be read by nobody, in no copy of the log. Then the master key is replaced, so that an older
//! copy of the keyring is of no use either: `rotation.rs`. A destroyed key leaves its number
//! behind, so that an erased value is told from one whose key has been lost.

mod copy;
mod destruction;
mod file;
pub(crate) mod master;
mod rotation;

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

use crate::hex;
use crate::store::durable::sync_name;
pub(crate) use copy::{CopyFault, Image};
pub use destruction::{KeyCount, KeysOf};
pub(crate) use file::wipe as file_wipe;
use file::{Contents, FileError, KeyFile, KeyRecord, Wrapped};
use master::MasterKeyError;

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

    /// What a file that holds nothing but this key says.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex::encode(self.bytes()));
        let mut text = Zeroizing::new(String::with_capacity(digits.len() + 1));
        text.push_str(&digits);
        text.push('\n');
        text
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
    master_path: PathBuf,
    keys: RwLock<Keys>,
    ring: Mutex<Ring>,
    is_unsynced: AtomicBool,
    /// Whether keys were destroyed and the master key not yet replaced.
    is_rotation_due: AtomicBool,
}

/// The file, and the key that opens every key in it.
struct Ring {
    file: KeyFile,
    master: Key,
}

/// The keys in memory.
#[derive(Default)]
pub(crate) struct Keys {
    held: HashMap<KeyId, Held>,
    /// The living key of each scope, with the offset of its record.
    living: HashMap<Scope, (KeyId, u64)>,
    /// How many keys of each scope were destroyed.
    destroyed: HashMap<Scope, usize>,
    /// Keys nobody can use any more, whose records are still to be overwritten.
    condemned: Vec<(Scope, KeyId, u64)>,
}

impl Keys {
    /// Opens every key; the error is the number of a record whose key does not open.
    fn unwrap(records: Vec<(u64, KeyRecord)>, master: &Key) -> Result<Self, u64> {
        let mut keys = Self::default();
        for (offset, KeyRecord { id, scope, wrapped }) in records {
            let held = match wrapped {
                None => {
                    *keys.destroyed.entry(scope).or_default() += 1;
                    Held::Destroyed
                }
                Some(wrapped) => {
                    let key = wrapped.unwrap(master, id, scope);
                    let key = key.ok_or_else(|| file::number_at(offset))?;
                    keys.living.insert(scope, (id, offset));
                    Held::Key(key)
                }
            };
            keys.held.insert(id, held);
        }
        Ok(keys)
    }

    /// What is known of a key; nothing if it was never in this keyring.
    pub(crate) fn get(&self, id: KeyId) -> Option<&Held> {
        self.held.get(&id)
    }

    /// Keys that are in no keyring, to open golden files with.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn of(keys: impl IntoIterator<Item = (KeyId, Key)>) -> Self {
        let held = keys.into_iter().map(|(id, key)| (id, Held::Key(key)));
        Self { held: held.collect(), ..Self::default() }
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
    /// Begins an empty keyring at `path`, whose master key lies at `master_path`.
    pub(crate) fn create(
        path: &Path,
        master_path: &Path,
        master: Key,
    ) -> Result<Self, KeyringError> {
        let created = KeyFile::create(path, &proof(&master)).and_then(|file| {
            sync_name(path)?;
            Ok(file)
        });
        match created {
            Ok(file) => Ok(Self::new(path, master_path, Keys::default(), Ring { file, master })),
            Err(source) => Err(KeyringError::NotWritten { path: path.to_owned(), source }),
        }
    }

    /// Opens the keyring at `path` and every key in it, with the master key at `master_path`.
    /// Nobody else may have it open, since a replacing of the master key that was broken off is
    /// finished first.
    pub(crate) fn open(path: &Path, master_path: &Path) -> Result<Self, KeyringError> {
        rotation::settle(path, master_path)?;
        let master = master::read(master_path).map_err(KeyringError::MasterKey)?;
        let contents = read_file(path)?;
        if !proves(&contents.proof, &master) {
            return Err(KeyringError::WrongMasterKey { path: path.to_owned() });
        }
        if contents.unfinished > 0 {
            tracing::warn!(
                records = contents.unfinished,
                "the keyring has places where keys were never finished, nor used; they are left out"
            );
        }
        let keys = Keys::unwrap(contents.keys, &master);
        let keys = keys.map_err(|record| damaged(path, record))?;
        let keyring = Self::new(path, master_path, keys, Ring { file: contents.file, master });
        if contents.is_rotation_due {
            keyring.is_rotation_due.store(true, Ordering::Release);
            keyring.rotate_or_say_why_not();
        }
        Ok(keyring)
    }

    fn new(path: &Path, master_path: &Path, keys: Keys, ring: Ring) -> Self {
        Self {
            path: path.to_owned(),
            master_path: master_path.to_owned(),
            keys: RwLock::new(keys),
            ring: Mutex::new(ring),
            is_unsynced: AtomicBool::new(false),
            is_rotation_due: AtomicBool::new(false),
        }
    }

    /// Where the master key lies.
    pub(crate) fn master_path(&self) -> &Path {
        &self.master_path
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
        let mut ring = self.ring();
        let wrapped = Some(Wrapped::wrap(&key, &ring.master, id, scope));
        let offset = ring.file.add(&KeyRecord { id, scope, wrapped });
        let offset = offset.map_err(|source| self.not_written(source))?;
        self.is_unsynced.store(true, Ordering::Release);
        keys.living.insert(scope, (id, offset));
        keys.held.insert(id, Held::Key(key.clone()));
        Ok((id, key))
    }

    /// Makes every key handed out so far survive a power cut.
    pub(crate) fn sync(&self) -> Result<(), KeyringError> {
        if self.is_unsynced.swap(false, Ordering::AcqRel) {
            self.ring().file.sync().map_err(|source| self.not_written(source))?;
        }
        Ok(())
    }

    fn keys_mut(&self) -> RwLockWriteGuard<'_, Keys> {
        self.keys.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn not_written(&self, source: io::Error) -> KeyringError {
        KeyringError::NotWritten { path: self.path.clone(), source }
    }
}

fn read_file(path: &Path) -> Result<Contents, KeyringError> {
    KeyFile::open(path).map_err(|error| match error {
        FileError::Io(source) => KeyringError::NotRead { path: path.to_owned(), source },
        FileError::Damaged(record) => damaged(path, record),
    })
}

fn damaged(path: &Path, record: u64) -> KeyringError {
    KeyringError::Damaged { path: path.to_owned(), record }
}

/// The zeros in the header, sealed.
fn proof(master: &Key) -> Wrapped {
    Wrapped::wrap(&Key::from_bytes([0; Key::LENGTH]), master, PROOF, PROOF_SCOPE)
}

fn proves(proof: &Wrapped, master: &Key) -> bool {
    proof.unwrap(master, PROOF, PROOF_SCOPE).is_some()
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
    /// The master key cannot be used, or not replaced.
    MasterKey(MasterKeyError),
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
            Self::MasterKey(_) => write!(f, "the master key cannot be used"),
            Self::WrongMasterKey { path } => write!(
                f,
                "the master key does not fit the keyring {}: it is another one's, or was replaced \
                 since, as every erasure does; put the newest one back from where you keep its \
                 copy, or set AVVIK_MASTER_KEY_FILE",
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
            Self::MasterKey(source) => Some(source),
            Self::WrongMasterKey { .. } | Self::Damaged { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
