//! Attachments: files that an event names, sealed like its personal values, each in a file of its
//! own beside the store (`docs/decisions/0013-attachments.md`).
//!
//! A file is on disk before the event that names it is appended, and never changed after that. The
//! event's record holds the hash over the sealed bytes, so that the chain proves them; what seals
//! them is the key of the stream or of a person in it, so that an erasure covers them. Within one
//! key the same file is kept once: its name is a hash keyed with that key, which shows nobody else
//! that two cases hold the same.

use std::error::Error;
use std::fmt;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ids::PersonId;
use domain::{Position, StreamId};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use ring::hmac;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::append::{ATTACHMENTS_BYTES_MAX, AppendError};
use crate::chain::Hash;
use crate::chunk::Chunk;
use crate::keyring::{Held, Key, KeyId, Keyring, Keys, Scope};
use crate::read::{ReadError, missing};
use crate::record::Record;
use crate::seal::{Nonce, Place, TAG_BYTES, UnsealError, decrypt, encrypt};
use crate::store::Log;
use crate::store::durable::{sync_directory, write_whole};
use crate::{Journal, Shared};

/// Where in the data directory they lie.
pub(crate) const DIRECTORY: &str = "attachments";
/// A longer file is none of ours.
pub(crate) const FILE_BYTES_MAX: u64 = (ATTACHMENTS_BYTES_MAX + TAG_BYTES) as u64;

/// A file to be kept with an event.
#[derive(Clone)]
pub struct NewAttachment {
    /// Which of the append's events names it, from 0.
    pub event: usize,
    /// The person with whom it is erased; with the whole stream when absent.
    pub about: Option<PersonId>,
    /// The file's bytes.
    pub bytes: Arc<[u8]>,
}

/// What somebody attached stays out of logs.
impl fmt::Debug for NewAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAttachment").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// A file that was kept with an event.
pub struct Attachment {
    /// The person with whom it is erased.
    pub about: Option<PersonId>,
    /// The file's bytes; nothing once it is erased.
    pub bytes: Option<Zeroizing<Vec<u8>>>,
}

/// An attachment as the record of its event names it. NOTE: part of the stored form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Attached {
    /// By which its file is called.
    #[n(0)]
    pub(crate) id: ByteArray<32>,
    /// SHA-256 of the sealed bytes.
    #[n(1)]
    pub(crate) hash: ByteArray<32>,
    /// The number of the key in the keyring.
    #[n(2)]
    pub(crate) key: ByteArray<16>,
    /// The person it is sealed for; the stream's own key when absent.
    #[n(3)]
    pub(crate) about: Option<ByteArray<16>>,
}

impl Attached {
    pub(crate) fn id(&self) -> Hash {
        Hash(self.id.into())
    }

    fn about(&self) -> Option<PersonId> {
        self.about.map(|about| PersonId(Uuid::from_bytes(about.into())))
    }

    /// Whether these are the bytes it names.
    pub(crate) fn is(&self, sealed: &[u8]) -> bool {
        Sha256::digest(sealed).as_slice() == self.hash.as_slice()
    }

    /// Whether its file in that directory is there and whole.
    pub(crate) fn look(&self, directory: &Path) -> Result<(), AttachmentDamage> {
        match fs::read(file_in(directory, self.id())) {
            Ok(sealed) if self.is(&sealed) => Ok(()),
            Ok(_) => Err(AttachmentDamage::Altered),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(AttachmentDamage::Missing),
            Err(_) => Err(AttachmentDamage::Unreadable),
        }
    }
}

/// What is wrong with an attachment's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentDamage {
    /// There is no such file.
    Missing,
    /// Its bytes are not those that were written.
    Altered,
    /// The disk does not give it.
    Unreadable,
}

impl fmt::Display for AttachmentDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "its file is missing",
            Self::Altered => "its file is not what was written",
            Self::Unreadable => "its file cannot be read",
        })
    }
}

/// Why an attachment was not read.
#[derive(Debug)]
pub enum AttachmentError {
    /// Its file is damaged.
    Damaged(AttachmentDamage),
    /// Its file is whole, and its key does not open it.
    Sealed(UnsealError),
}

impl fmt::Display for AttachmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(damage) => {
                write!(f, "{damage}; run `avvik verify` and restore it from a backup")
            }
            Self::Sealed(_) => write!(f, "its bytes cannot be unsealed"),
        }
    }
}

impl Error for AttachmentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Damaged(_) => None,
            Self::Sealed(source) => Some(source),
        }
    }
}

/// Where the files of a data directory lie, or of a backup.
pub(crate) fn directory_in(data_directory: &Path) -> PathBuf {
    data_directory.join(DIRECTORY)
}

/// Where in there one of them lies.
pub(crate) fn file_in(directory: &Path, id: Hash) -> PathBuf {
    directory.join(id.to_string())
}

/// Makes the directory for its owner alone, where it is missing.
pub(crate) fn make_directory(directory: &Path) -> io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    // The name of a new directory is its parent's to keep.
    directory.parent().map_or(Ok(()), sync_directory)
}

/// Writes sealed bytes under their name. When this returns, they are on disk. Those that are there
/// already are left alone, and damaged ones replaced.
pub(crate) fn write(directory: &Path, attached: &Attached, sealed: &[u8]) -> io::Result<()> {
    make_directory(directory)?;
    match attached.look(directory) {
        Ok(()) => Ok(()),
        Err(_) => write_whole(&file_in(directory, attached.id()), sealed, 0o600),
    }
}

/// Removes what no event names: files of appends that came to nothing.
pub(crate) fn clear_strays(directory: &Path, is_named: impl Fn(&str) -> bool) -> io::Result<usize> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut cleared = 0;
    for entry in entries {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(&is_named) {
            fs::remove_file(entry.path())?;
            cleared += 1;
        }
    }
    Ok(cleared)
}

/// Seals a file's bytes. The same bytes under the same key are sealed to the same bytes, for name
/// and nonce are made from them: so whoever writes a file anew writes the very same one.
fn seal(stream: StreamId, id: KeyId, key: &Key, about: Option<PersonId>, plain: &[u8]) -> Sealed {
    let naming = hmac::Key::new(hmac::HMAC_SHA256, key.bytes());
    // A key of its own, so that the cipher's key is used for nothing but the cipher.
    let naming = hmac::sign(&naming, b"avvik attachment name 1");
    let naming = hmac::Key::new(hmac::HMAC_SHA256, naming.as_ref());
    let name = hmac::sign(&naming, plain);
    let name: [u8; 32] = name.as_ref().try_into().expect("the length of SHA-256");
    let place = Place::Attachment { stream, name };
    let bytes = encrypt(key, &nonce(&name), &place.context(id), plain);
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    let attached = Attached {
        id: name.into(),
        hash: hash.into(),
        key: id.0.into(),
        about: about.map(|about| about.0.into_bytes().into()),
    };
    Sealed { attached, bytes }
}

struct Sealed {
    attached: Attached,
    bytes: Vec<u8>,
}

fn nonce(name: &[u8; 32]) -> Nonce {
    let (nonce, _) = name.split_first_chunk().expect("a name is longer than a nonce");
    *nonce
}

/// What sealed bytes hold; nothing once their key has been destroyed.
fn open(
    attached: &Attached,
    stream: StreamId,
    keys: &Keys,
    sealed: &[u8],
) -> Result<Option<Zeroizing<Vec<u8>>>, UnsealError> {
    let id = KeyId(attached.key.into());
    let name = attached.id.into();
    match keys.get(id) {
        None => Err(UnsealError::NoSuchKey),
        Some(Held::Destroyed) => Ok(None),
        Some(Held::Key(key)) => {
            let context = Place::Attachment { stream, name }.context(id);
            let plain = decrypt(key, &nonce(&name), &context, sealed);
            plain.map(Some).ok_or(UnsealError::DoesNotFit)
        }
    }
}

impl Journal {
    /// The files kept with the event at a position, in order. One that is damaged is an error and
    /// never handed out.
    pub async fn attachments(&self, position: Position) -> Result<Vec<Attachment>, ReadError> {
        self.blocking(move |shared| shared.attachments_at(position.0)).await
    }

    /// Seals and writes the files of an append: the records of its events are told what to name.
    pub(crate) async fn keep(
        &self,
        stream: StreamId,
        files: Vec<NewAttachment>,
    ) -> Result<Vec<(usize, Attached)>, AppendError> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let bytes = files.iter().map(|file| file.bytes.len()).sum();
        if ATTACHMENTS_BYTES_MAX < bytes {
            return Err(AppendError::TooLarge { bytes });
        }
        if let Some(error) = self.halted() {
            return Err(AppendError::Halted(error));
        }
        self.blocking(move |shared| {
            let directory = directory_in(&shared.data_directory);
            files.iter().map(|file| shared.keep(&directory, stream, file)).collect()
        })
        .await
    }
}

impl Shared {
    fn keep(
        &self,
        directory: &Path,
        stream: StreamId,
        file: &NewAttachment,
    ) -> Result<(usize, Attached), AppendError> {
        let Sealed { attached, bytes } = sealed(&self.keyring, stream, file)?;
        // Two of the same would stand in each other's way.
        let _one_at_a_time = self.attaching();
        write(directory, &attached, &bytes).map_err(|error| AppendError::NotKept(error.into()))?;
        Ok((file.event, attached))
    }

    fn attachments_at(&self, position: u64) -> Result<Vec<Attachment>, ReadError> {
        let stored = self.store.chunk_at(Log::Events, position)?.ok_or(missing(position))?;
        let chunk = Chunk::parse(stored.first, &stored.bytes)?;
        let record = Record::from_bytes(chunk.record(position)?);
        let record = record.ok_or_else(|| ReadError::undecodable(position))?;
        let stream = record.stream_id().ok_or_else(|| ReadError::undecodable(position))?;
        let named = record.attachments.unwrap_or_default();
        named.iter().map(|it| self.attachment(position, stream, it)).collect()
    }

    fn attachment(
        &self,
        position: u64,
        stream: StreamId,
        attached: &Attached,
    ) -> Result<Attachment, ReadError> {
        let not_read = |source| ReadError::Attachment { position: Position(position), source };
        let about = attached.about();
        // What is erased needs no file.
        if matches!(self.keyring.keys().get(KeyId(attached.key.into())), Some(Held::Destroyed)) {
            return Ok(Attachment { about, bytes: None });
        }
        let damaged = |damage| not_read(AttachmentError::Damaged(damage));
        let directory = directory_in(&self.data_directory);
        let sealed = fs::read(file_in(&directory, attached.id()));
        let sealed = sealed.map_err(|error| {
            damaged(match error.kind() {
                io::ErrorKind::NotFound => AttachmentDamage::Missing,
                _ => AttachmentDamage::Unreadable,
            })
        })?;
        if !attached.is(&sealed) {
            return Err(damaged(AttachmentDamage::Altered));
        }
        let bytes = open(attached, stream, &self.keyring.keys(), &sealed);
        let bytes = bytes.map_err(|error| not_read(AttachmentError::Sealed(error)))?;
        Ok(Attachment { about, bytes })
    }
}

fn sealed(
    keyring: &Keyring,
    stream: StreamId,
    file: &NewAttachment,
) -> Result<Sealed, AppendError> {
    let about = file.about.map(|about| about.0);
    let (id, key) = keyring.key_for(Scope::of(stream, about))?;
    Ok(seal(stream, id, &key, file.about, &file.bytes))
}

#[cfg(test)]
mod tests;
