//! The checkpoints that are kept in the data directory: a file each, numbered from 1.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{CheckpointError, SignedCheckpoint};
use crate::store::durable::{sync_name, write_whole};

/// Where in the data directory they lie.
pub(crate) const DIRECTORY: &str = "checkpoints";

/// A checkpoint that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which one, from 1.
    pub number: u32,
    /// Its file.
    pub path: PathBuf,
    /// The checkpoint.
    pub signed: SignedCheckpoint,
}

impl Kept {
    pub(super) fn write(
        data_directory: &Path,
        number: u32,
        signed: SignedCheckpoint,
    ) -> Result<Self, CheckpointError> {
        let directory = data_directory.join(DIRECTORY);
        let path = directory.join(format!("{number:04}"));
        let written = fs::create_dir_all(&directory)
            .and_then(|()| sync_name(&directory))
            .and_then(|()| write_whole(&path, signed.text().as_bytes(), 0o644));
        match written {
            Ok(()) => Ok(Self { number, path, signed }),
            Err(source) => Err(CheckpointError::NotWritten { path, source }),
        }
    }
}

/// Every checkpoint that is kept, in order. A file whose name is no number is none of them.
pub(crate) fn read_all(data_directory: &Path) -> Result<Vec<Kept>, CheckpointError> {
    let directory = data_directory.join(DIRECTORY);
    let not_read = |path: &Path, source| CheckpointError::NotRead { path: path.to_owned(), source };
    let entries = match fs::read_dir(&directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(not_read(&directory, source)),
    };
    let mut all = Vec::new();
    for entry in entries {
        let path = entry.map_err(|source| not_read(&directory, source))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(number) = name.and_then(|name| name.parse().ok()) else { continue };
        let bytes = fs::read(&path).map_err(|source| not_read(&path, source))?;
        let text = str::from_utf8(&bytes).ok();
        match text.and_then(SignedCheckpoint::read) {
            Some(signed) => all.push(Kept { number, path, signed }),
            None => return Err(CheckpointError::NotACheckpoint { path }),
        }
    }
    all.sort_unstable_by_key(|kept| kept.number);
    Ok(all)
}
