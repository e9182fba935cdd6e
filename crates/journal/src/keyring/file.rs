//! The keyring file: records of one fixed size, so that a key can be destroyed where it lies.
//!
//! NOTE: part of the stored form. A header record, then one record a key, each [`RECORD_BYTES`]
//! long and so never across the sector that a disk writes whole:
//!
//! | bytes | header | key |
//! |---|---|---|
//! | 0..16 | `avvik keyring 1\0` | key id |
//! | 16 | 1 while the master key is due to be replaced | stream (16..32), |
//! | 17..48 | zeros | person (32..48; zeros: the stream's own key) |
//! | 48..72 | nonce | nonce; zeros once destroyed |
//! | 72..120 | zeros sealed with the master key | the key sealed with it; zeros once destroyed |
//! | 120..128 | check over what stands before | the same |

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Key, KeyId, Scope};
use crate::seal::{self, Nonce};

/// The length of every record.
pub(super) const RECORD_BYTES: usize = 128;
const NAME: [u8; 16] = *b"avvik keyring 1\0";
const CHECK_AT: usize = 120;
const ROTATION_DUE_AT: usize = 16;
const SECRET_AT: usize = 48;
const WRAPPED_AT: usize = 72;

/// One key as it lies in the file.
pub(super) struct KeyRecord {
    pub(super) id: KeyId,
    pub(super) scope: Scope,
    /// The bytes from which the key can be unwrapped; none once it is destroyed.
    pub(super) wrapped: Option<Wrapped>,
}

/// A key sealed with the master key.
pub(super) struct Wrapped {
    nonce: Nonce,
    sealed: [u8; Key::LENGTH + seal::TAG_BYTES],
}

impl Wrapped {
    pub(super) fn wrap(key: &Key, master: &Key, id: KeyId, scope: Scope) -> Self {
        let nonce = seal::random_nonce();
        let sealed = seal::encrypt(master, &nonce, &about(id, scope), key.bytes());
        let sealed = sealed.try_into().expect("a tag is all that sealing adds");
        Self { nonce, sealed }
    }

    pub(super) fn unwrap(&self, master: &Key, id: KeyId, scope: Scope) -> Option<Key> {
        let plain = seal::decrypt(master, &self.nonce, &about(id, scope), &self.sealed)?;
        plain.as_slice().try_into().ok().map(Key::from_bytes)
    }
}

fn about(id: KeyId, scope: Scope) -> Vec<u8> {
    [b"avvik key 1\0".as_slice(), &id.0, scope.stream.as_bytes(), scope.person_bytes()].concat()
}

/// The file, open for reading, adding and overwriting.
pub(super) struct KeyFile {
    file: File,
    /// Where the next record goes.
    end: u64,
}

/// What lies in a keyring file.
pub(super) struct Contents {
    pub(super) file: KeyFile,
    /// The sealed zeros that tell a right master key from a wrong one.
    pub(super) proof: Wrapped,
    /// Whether a key was destroyed and the master key not yet replaced.
    pub(super) is_rotation_due: bool,
    /// Each key with the offset of its record.
    pub(super) keys: Vec<(u64, KeyRecord)>,
    /// Records that were never finished: keys nothing was ever sealed with.
    pub(super) unfinished: u64,
}

/// The records of a keyring, wherever their bytes lie.
pub(super) struct Records {
    /// As in [`Contents`].
    pub(super) proof: Wrapped,
    pub(super) is_rotation_due: bool,
    pub(super) keys: Vec<(u64, KeyRecord)>,
    /// Records of zeros before the end. Several are written before one sync, and a power cut may
    /// keep a later page of them and lose an earlier one. Whatever was sealed with a key that is
    /// missing is told when it is met.
    holes: u64,
    /// Where the finished records end.
    pub(super) end: u64,
}

impl Records {
    /// Takes any bytes; the error is the number of the record that is damaged.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, u64> {
        let (records, _) = bytes.as_chunks::<RECORD_BYTES>();
        let header = records.first().filter(|record| is_whole(record) && record[..16] == NAME);
        let proof = header.and_then(read_secret).ok_or(0_u64)?;
        let is_rotation_due = header.is_some_and(|header| header[ROTATION_DUE_AT] != 0);
        let finished = records.iter().rposition(is_whole).map_or(1, |last| last + 1);
        let (mut keys, mut holes) = (Vec::with_capacity(finished), 0);
        for (number, record) in (0..).zip(&records[..finished]).skip(1) {
            if is_whole(record) {
                keys.push((number * RECORD_BYTES as u64, read_key(record)));
            } else if *record == [0; RECORD_BYTES] {
                holes += 1;
            } else {
                return Err(number);
            }
        }
        Ok(Self { proof, is_rotation_due, keys, holes, end: (finished * RECORD_BYTES) as u64 })
    }
}

/// Notes in a keyring's bytes that the master key is to be replaced.
pub(super) fn note_rotation_due_in(bytes: &mut [u8]) {
    let (header, _) = bytes.split_first_chunk_mut().expect("a keyring begins with its header");
    set_rotation_due(header);
}

fn set_rotation_due(header: &mut [u8; RECORD_BYTES]) {
    header[ROTATION_DUE_AT] = 1;
    write_check(header);
}

/// Overwrites the key at `offset` of a keyring's bytes.
pub(super) fn destroy_in(bytes: &mut [u8], offset: u64, id: KeyId, scope: Scope) {
    let at = usize::try_from(offset).expect("the offset of a record in these bytes");
    bytes[at..at + RECORD_BYTES].copy_from_slice(&write_key(&KeyRecord {
        id,
        scope,
        wrapped: None,
    }));
}

/// Why a keyring file cannot be used.
pub(super) enum FileError {
    Io(io::Error),
    /// The record with this number, counted from 0 for the header, is damaged.
    Damaged(u64),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl KeyFile {
    /// Begins a new file with nothing but its header in it.
    pub(super) fn create(path: &Path, proof: &Wrapped) -> io::Result<Self> {
        let options =
            OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).clone();
        let file = options.open(path)?;
        let mut record = [0; RECORD_BYTES];
        record[..16].copy_from_slice(&NAME);
        write_secret(&mut record, Some(proof));
        file.write_all_at(&record, 0)?;
        file.sync_all()?;
        Ok(Self { file, end: RECORD_BYTES as u64 })
    }

    /// Reads the whole file.
    pub(super) fn open(path: &Path) -> Result<Contents, FileError> {
        Self::read(OpenOptions::new().read(true).write(true).open(path)?)
    }

    fn read(file: File) -> Result<Contents, FileError> {
        let mut bytes = Vec::new();
        (&file).seek(SeekFrom::Start(0))?;
        (&file).read_to_end(&mut bytes)?;
        let Records { proof, is_rotation_due, keys, holes, end } =
            Records::read(&bytes).map_err(FileError::Damaged)?;
        let unfinished = holes + (bytes.len() as u64 - end).div_ceil(RECORD_BYTES as u64);
        Ok(Contents { file: Self { file, end }, proof, is_rotation_due, keys, unfinished })
    }

    /// The bytes of every record, as they lie there now.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.end).expect("a file of keys fits in memory");
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, 0)?;
        Ok(bytes)
    }

    /// Writes a new file at `path` with the same records in the same places, each key and the
    /// proof sealed anew. It is on disk when this returns.
    pub(super) fn rewrap(
        &self,
        path: &Path,
        proof: &Wrapped,
        mut anew: impl FnMut(&KeyRecord, Wrapped) -> Option<Wrapped>,
    ) -> Result<Self, FileError> {
        let old = Self::read(self.file.try_clone()?)?;
        let mut new = Self::create(path, proof)?;
        let mut bytes = vec![0; offset_in(old.file.end, new.end)];
        for (offset, mut record) in old.keys {
            if let Some(wrapped) = record.wrapped.take() {
                let damaged = FileError::Damaged(number_at(offset));
                record.wrapped = Some(anew(&record, wrapped).ok_or(damaged)?);
            }
            let at = offset_in(offset, new.end);
            bytes[at..at + RECORD_BYTES].copy_from_slice(&write_key(&record));
        }
        new.file.write_all_at(&bytes, new.end)?;
        new.end += bytes.len() as u64;
        new.file.sync_all()?;
        Ok(new)
    }

    /// Overwrites the whole file, which has no name any more.
    pub(super) fn wipe(&self) -> io::Result<()> {
        wipe(&self.file)
    }

    /// Notes that the master key is to be replaced; it is on disk after the next sync.
    pub(super) fn note_rotation_due(&self) -> io::Result<()> {
        let mut record = [0; RECORD_BYTES];
        self.file.read_exact_at(&mut record, 0)?;
        set_rotation_due(&mut record);
        self.file.write_all_at(&record, 0)
    }

    /// Adds a key; it is on disk after the next [`KeyFile::sync`]. Returns its record's offset.
    pub(super) fn add(&mut self, key: &KeyRecord) -> io::Result<u64> {
        let offset = self.end;
        self.file.write_all_at(&write_key(key), offset)?;
        self.end += RECORD_BYTES as u64;
        Ok(offset)
    }

    /// Overwrites the key at `offset`; it is gone from the disk after the next sync.
    pub(super) fn destroy(&self, offset: u64, id: KeyId, scope: Scope) -> io::Result<()> {
        self.file.write_all_at(&write_key(&KeyRecord { id, scope, wrapped: None }), offset)
    }

    /// Makes everything written so far survive a power cut.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

/// How far into the records that follow the header an offset lies.
fn offset_in(offset: u64, header_end: u64) -> usize {
    usize::try_from(offset - header_end).expect("a file of keys fits in memory")
}

/// The number of the record at an offset; 0 is the header.
pub(super) fn number_at(offset: u64) -> u64 {
    offset / RECORD_BYTES as u64
}

/// Overwrites a file from end to end, and waits for the disk.
pub(crate) fn wipe(file: &File) -> io::Result<()> {
    let length = usize::try_from(file.metadata()?.len()).expect("a file of keys fits in memory");
    file.write_all_at(&vec![0; length], 0)?;
    file.sync_all()
}

fn read_key(record: &[u8; RECORD_BYTES]) -> KeyRecord {
    let person = Uuid::from_bytes(array(&record[32..48]));
    KeyRecord {
        id: KeyId(array(&record[..16])),
        scope: Scope {
            stream: Uuid::from_bytes(array(&record[16..32])),
            person: (!person.is_nil()).then_some(person),
        },
        wrapped: read_secret(record),
    }
}

fn write_key(key: &KeyRecord) -> [u8; RECORD_BYTES] {
    let mut record = [0; RECORD_BYTES];
    record[..16].copy_from_slice(&key.id.0);
    record[16..32].copy_from_slice(key.scope.stream.as_bytes());
    record[32..48].copy_from_slice(key.scope.person_bytes());
    write_secret(&mut record, key.wrapped.as_ref());
    record
}

fn read_secret(record: &[u8; RECORD_BYTES]) -> Option<Wrapped> {
    let is_destroyed = record[SECRET_AT..CHECK_AT].iter().all(|byte| *byte == 0);
    (!is_destroyed).then(|| Wrapped {
        nonce: array(&record[SECRET_AT..WRAPPED_AT]),
        sealed: array(&record[WRAPPED_AT..CHECK_AT]),
    })
}

fn write_secret(record: &mut [u8; RECORD_BYTES], wrapped: Option<&Wrapped>) {
    if let Some(wrapped) = wrapped {
        record[SECRET_AT..WRAPPED_AT].copy_from_slice(&wrapped.nonce);
        record[WRAPPED_AT..CHECK_AT].copy_from_slice(&wrapped.sealed);
    }
    write_check(record);
}

fn write_check(record: &mut [u8; RECORD_BYTES]) {
    let check = check(record);
    record[CHECK_AT..].copy_from_slice(&check);
}

fn is_whole(record: &[u8; RECORD_BYTES]) -> bool {
    record[CHECK_AT..] == check(record)
}

fn check(record: &[u8; RECORD_BYTES]) -> [u8; RECORD_BYTES - CHECK_AT] {
    array(&Sha256::digest(&record[..CHECK_AT])[..RECORD_BYTES - CHECK_AT])
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.try_into().expect("the range is as long as the field")
}
