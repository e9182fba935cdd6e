//! The keys of a backup: one file, so that it is replaced as a whole and no older one is left.
//!
//! NOTE: read by later versions of the program. Sixteen bytes of name, a CBOR map with numbered
//! fields, and the SHA-256 of both. The keyring lies in it as it lies in the data directory, each
//! key wrapped; beside it the master key, where that is kept in the data directory, and the key
//! that checkpoints are signed with.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use domain::{Position, Time};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::fault::{Flaw, PartFault};
use super::files;
use crate::chain::Hash;
use crate::hex;
use crate::keyring::master::successor;
use crate::keyring::{CopyFault, Image, Key, file_wipe};
use crate::open::{KEYRING_FILE, MASTER_KEY_FILE};
use crate::store::durable::write_whole;

/// The file's name.
pub(super) const KEYS_FILE: &str = "avvik.keys";
/// A longer file holds no keys: room for four million.
const KEYS_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Files of one key, in hexadecimal.
const KEY_TEXT_BYTES_MAX: u64 = 128;

const NAME: &[u8; 16] = b"avvik keys 1\0\0\0\0";
const FORMAT: u16 = 1;

/// The keys that a backup is read with.
pub struct KeysPart {
    /// Where they come from.
    pub origin: KeysOrigin,
    pub(super) held: HeldKeys,
}

/// The keys themselves.
pub(super) struct HeldKeys {
    /// The bytes of the keyring, where each is wrapped.
    pub(super) keyring: Vec<u8>,
    /// What opens them, where it is kept in the data directory.
    pub(super) master: Option<Key>,
    /// What checkpoints are signed with, once there is one.
    pub(super) signing: Option<Key>,
}

/// Keys found in a directory.
pub(super) struct FoundKeys {
    /// Where they come from; not known of a data directory's own.
    pub(super) origin: Option<KeysOrigin>,
    pub(super) held: HeldKeys,
    /// The file of the keyring.
    pub(super) path: PathBuf,
}

/// Which journal's keys they are, and of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeysOrigin {
    /// Which journal's: as in the manifest.
    pub journal: Hash,
    /// How far its event log had come.
    pub position: Position,
    /// When they were copied.
    pub made_at: Time,
}

/// Keys are never shown.
impl std::fmt::Debug for KeysPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeysPart").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// NOTE: part of the stored form.
#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored<'a> {
    #[n(0)]
    format: u16,
    #[n(1)]
    journal: ByteArray<32>,
    #[n(2)]
    position: u64,
    /// Microseconds since 1970 in UTC.
    #[n(3)]
    made_at: i64,
    #[b(4)]
    #[cbor(with = "minicbor::bytes")]
    keyring: &'a [u8],
    #[b(5)]
    #[cbor(with = "minicbor::bytes")]
    master: Option<&'a [u8]>,
    #[b(6)]
    #[cbor(with = "minicbor::bytes")]
    signing: Option<&'a [u8]>,
}

/// Only that, of keys of any format.
#[derive(Decode)]
#[cbor(map)]
struct Format {
    #[n(0)]
    format: u16,
}

impl KeysPart {
    /// Reads keys. Takes any bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        let (covered, check) = bytes.split_last_chunk::<32>().ok_or(Flaw::NotKeys)?;
        let (name, fields) = covered.split_first_chunk().ok_or(Flaw::NotKeys)?;
        if name != NAME || Sha256::digest(covered).as_slice() != check {
            return Err(Flaw::NotKeys);
        }
        let Format { format } = minicbor::decode(fields).map_err(|_| Flaw::NotKeys)?;
        if FORMAT < format {
            return Err(Flaw::NewerFormat { format });
        }
        let it: Stored<'_> = minicbor::decode(fields).map_err(|_| Flaw::NotKeys)?;
        let key = |bytes: &[u8]| bytes.try_into().map(Key::from_bytes).map_err(|_| Flaw::NotKeys);
        Ok(Self {
            origin: KeysOrigin {
                journal: Hash(it.journal.into()),
                position: Position(it.position),
                made_at: Time::from_timestamp_micros(it.made_at).ok_or(Flaw::NotKeys)?,
            },
            held: HeldKeys {
                keyring: it.keyring.to_vec(),
                master: it.master.map(key).transpose()?,
                signing: it.signing.map(key).transpose()?,
            },
        })
    }

    /// The bytes that [`KeysPart::read`] reads.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let Self { origin, held } = self;
        // Room for all of it, so that no half-filled copy stays behind in memory.
        let mut bytes = Zeroizing::new(Vec::with_capacity(held.keyring.len() + 512));
        bytes.extend_from_slice(NAME);
        let stored = Stored {
            format: FORMAT,
            journal: origin.journal.0.into(),
            position: origin.position.0,
            made_at: origin.made_at.timestamp_micros(),
            keyring: &held.keyring,
            master: held.master.as_ref().map(|key| key.bytes().as_slice()),
            signing: held.signing.as_ref().map(|key| key.bytes().as_slice()),
        };
        minicbor::encode(stored, &mut *bytes).expect("writing to memory cannot fail");
        let check = Sha256::digest(&*bytes);
        bytes.extend_from_slice(&check);
        bytes
    }
}

impl FoundKeys {
    /// The keys in `directory`: of a backup, or a data directory's own. Of a backup of another
    /// journal they are refused.
    pub(super) fn find(directory: &Path, journal: Hash) -> Result<Self, PartFault> {
        let path = directory.join(KEYS_FILE);
        if path.exists() {
            let KeysPart { origin, held } = read_file(&path)?;
            return if origin.journal == journal {
                Ok(Self { origin: Some(origin), held, path })
            } else {
                Err(Flaw::OtherJournal.at(path))
            };
        }
        let keyring = directory.join(KEYRING_FILE);
        if !keyring.exists() {
            return Err(Flaw::missing().at(path));
        }
        let bytes = files::read(&keyring, KEYS_BYTES_MAX)?;
        let held = HeldKeys {
            master: master_in(&directory.join(MASTER_KEY_FILE), &bytes)?,
            keyring: bytes,
            signing: key_in(&directory.join("checkpoint.key"))?,
        };
        Ok(Self { origin: None, held, path: keyring })
    }

    /// Opens the keyring, with the master key in `outside` if it is kept there.
    pub(super) fn open(&self, outside: Option<&Path>) -> Result<Image, PartFault> {
        let master = match (outside, &self.held.master) {
            (Some(outside), _) => master_in(outside, &self.held.keyring)?,
            (None, master) => master.clone(),
        };
        let missing = || Flaw::missing().at(outside.unwrap_or(Path::new(MASTER_KEY_FILE)));
        let opened = Image::open(self.held.keyring.clone(), &master.ok_or_else(missing)?);
        opened.map_err(|fault| match fault {
            CopyFault::WrongMasterKey => Flaw::WrongMasterKey.at(&self.path),
            CopyFault::Damaged(record) => Flaw::DamagedKey { record }.at(&self.path),
        })
    }
}

fn read_file(path: &Path) -> Result<KeysPart, PartFault> {
    let bytes = Zeroizing::new(files::read(path, KEYS_BYTES_MAX)?);
    KeysPart::read(&bytes).map_err(|flaw| flaw.at(path))
}

/// The master key in a file; or the one beside it that was to take its place when the machine
/// died, where that one opens the keyring.
fn master_in(path: &Path, keyring: &[u8]) -> Result<Option<Key>, PartFault> {
    let next = key_in(&successor(path)).ok().flatten();
    match next.filter(|next| Image::open(keyring.to_vec(), next).is_ok()) {
        Some(next) => Ok(Some(next)),
        None => key_in(path),
    }
}

/// The key in a file of its own; none if there is no file.
fn key_in(path: &Path) -> Result<Option<Key>, PartFault> {
    if !path.exists() {
        return Ok(None);
    }
    let text = Zeroizing::new(files::read(path, KEY_TEXT_BYTES_MAX)?);
    let mut key = Zeroizing::new([0; Key::LENGTH]);
    let digits = str::from_utf8(&text).ok().filter(|text| hex::decode(text.trim(), key.as_mut()));
    match digits {
        Some(_) => Ok(Some(Key::from_bytes(*key))),
        None => Err(Flaw::NotKeys.at(path)),
    }
}

/// Puts keys in the place of those at `path`, which are overwritten.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = match OpenOptions::new().write(true).open(path) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    // One that was broken off holds keys too.
    let unfinished = path.with_extension("new");
    if let Ok(unfinished) = OpenOptions::new().write(true).open(&unfinished) {
        file_wipe(&unfinished)?;
    }
    write_whole(path, bytes, 0o600)?;
    if let Some(old) = old {
        file_wipe(&old)?;
    }
    Ok(())
}

/// What is known of the keys at `path`; nothing if there are none.
pub(super) fn origin_at(path: &Path) -> Result<Option<KeysOrigin>, PartFault> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        _ => Ok(Some(read_file(path)?.origin)),
    }
}
