//! The files of a backup, read with nothing taken on trust: no links, no more bytes than expected.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use domain::Position;
use sha2::{Digest, Sha256};

use super::fault::{Flaw, PartFault};
use super::manifest::{LogPart, MANIFEST_BYTES_MAX, Manifest, SegmentPart};
use super::segment::{SEGMENT_BYTES_MAX, Segment, read_segment};
use crate::chain::Hash;
use crate::head::Tail;
use crate::store::Log;

const MANIFEST_FILE: &str = "manifest.json";

/// Where the manifest lies.
pub(super) fn manifest(directory: &Path) -> PathBuf {
    directory.join(MANIFEST_FILE)
}

/// Where the segments of a log lie.
pub(super) fn log(directory: &Path, log: Log) -> PathBuf {
    directory.join(match log {
        Log::Events => "events",
        Log::Accesses => "accesses",
    })
}

/// Where a segment lies.
pub(super) fn segment(directory: &Path, log: Log, first: u64) -> PathBuf {
    self::log(directory, log).join(format!("{first:020}.segment"))
}

/// Where a checkpoint lies, in a backup as in a data directory.
pub(super) fn checkpoint(directory: &Path, number: u32) -> PathBuf {
    directory.join(crate::checkpoint::DIRECTORY).join(format!("{number:04}"))
}

/// The SHA-256 of some bytes.
pub(super) fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// The bytes of a file that is no link, and no longer than `bytes_max`.
pub(super) fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>, PartFault> {
    let not_read = |source| Flaw::NotRead(source).at(path);
    let metadata = fs::symlink_metadata(path).map_err(not_read)?;
    if !metadata.is_file() {
        return Err(Flaw::NotAFile.at(path));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(not_read)?;
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(not_read)?;
    if bytes_max < bytes.len() as u64 {
        return Err(Flaw::TooLong { bytes_max }.at(path));
    }
    Ok(bytes)
}

/// A file whose hash is known.
pub(super) fn read_known(path: &Path, bytes_max: u64, hash: Hash) -> Result<Vec<u8>, PartFault> {
    let bytes = read(path, bytes_max)?;
    if sha256(&bytes) == hash { Ok(bytes) } else { Err(Flaw::OtherBytes.at(path)) }
}

/// The manifest of the backup in `directory`; nothing if there is none.
pub(super) fn read_manifest(directory: &Path) -> Result<Option<Manifest>, PartFault> {
    let path = manifest(directory);
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        _ => (),
    }
    let bytes = read(&path, MANIFEST_BYTES_MAX)?;
    Manifest::read(&bytes).map(Some).map_err(|flaw| flaw.at(path))
}

/// Reads one segment of a log, and hands it to `use_it` if it is the one the manifest knows.
pub(super) fn with_segment<T>(
    directory: &Path,
    log: Log,
    part: &SegmentPart,
    use_it: impl FnOnce(&Segment<'_>, &Path) -> Result<T, PartFault>,
) -> Result<T, PartFault> {
    let path = segment(directory, log, part.first);
    let bytes = read_known(&path, SEGMENT_BYTES_MAX.min(part.bytes), part.sha256)?;
    let segment = read_segment(&bytes).map_err(|flaw| flaw.at(&path))?;
    if (segment.log, segment.first, segment.last) != (log, part.first, part.last) {
        return Err(Flaw::OtherRecords { log }.at(&path));
    }
    use_it(&segment, &path)
}

/// That a segment goes on where the one before it ended; answers with its own end.
pub(super) fn follows(tail: Tail, segment: &Segment<'_>, path: &Path) -> Result<Tail, PartFault> {
    if segment.first != tail.position + 1 || segment.previous != tail.hash {
        let position = Position(segment.first);
        return Err(Flaw::Unchained { log: segment.log, position }.at(path));
    }
    Ok(Tail { position: segment.last, hash: segment.head })
}

/// That a log ends where the manifest says.
pub(super) fn ends(
    directory: &Path,
    tail: Tail,
    log: Log,
    part: &LogPart,
) -> Result<(), PartFault> {
    if tail == (Tail { position: part.end.position.0, hash: part.end.head }) {
        return Ok(());
    }
    Err(Flaw::Unchained { log, position: part.end.position }.at(manifest(directory)))
}
