//! The master key: a file of its own that opens every other key.

use std::error::Error;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::Key;
use super::file::wipe;
use crate::hex;
use crate::store::durable::sync_name;

/// A master key file holds 64 hexadecimal digits; nothing longer is read.
const FILE_BYTES_MAX: u64 = 128;

/// Writes a new master key to `path`, readable by its owner alone.
pub(crate) fn create(path: &Path) -> Result<Key, MasterKeyError> {
    let key = Key::random();
    let text = Zeroizing::new(hex::encode(key.bytes()));
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        sync_name(path)
    };
    match write() {
        Ok(()) => Ok(key),
        Err(source) => Err(MasterKeyError::NotWritten { path: path.to_owned(), source }),
    }
}

/// Reads the master key; refuses a file that others than its owner can read.
pub(crate) fn read(path: &Path) -> Result<Key, MasterKeyError> {
    let unread = |source| MasterKeyError::NotRead { path: path.to_owned(), source };
    let file = File::open(path).map_err(unread)?;
    let mode = file.metadata().map_err(unread)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(MasterKeyError::OpenToOthers { path: path.to_owned(), mode });
    }
    let mut text = Zeroizing::new(String::new());
    file.take(FILE_BYTES_MAX).read_to_string(&mut text).map_err(unread)?;
    let mut bytes = Zeroizing::new([0; Key::LENGTH]);
    if hex::decode(text.trim(), bytes.as_mut()) {
        Ok(Key::from_bytes(*bytes))
    } else {
        Err(MasterKeyError::NotAKey { path: path.to_owned() })
    }
}

/// Where the next master key lies until it takes the place of the one at `path`.
pub(crate) fn successor(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Overwrites the master key at `path` and puts its successor in its place.
pub(super) fn succeed(path: &Path) -> Result<(), MasterKeyError> {
    let replace = || {
        match OpenOptions::new().write(true).open(path) {
            Ok(old) => wipe(&old)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => (),
            Err(error) => return Err(error),
        }
        fs::rename(successor(path), path)?;
        sync_name(path)
    };
    replace().map_err(|source| MasterKeyError::NotWritten { path: path.to_owned(), source })
}

/// Why there is no master key to work with.
#[derive(Debug)]
pub enum MasterKeyError {
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
    /// Others than the owner may read the file.
    OpenToOthers {
        /// Which file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The file holds something else.
    NotAKey {
        /// Which file.
        path: PathBuf,
    },
}

impl fmt::Display for MasterKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead { path, .. } => write!(
                f,
                "the master key {} cannot be read; without it no personal data can: \
                 put it back from where you keep its copy, or set AVVIK_MASTER_KEY_FILE",
                path.display()
            ),
            Self::NotWritten { path, .. } => {
                write!(f, "the master key {} cannot be written", path.display())
            }
            Self::OpenToOthers { path, mode } => write!(
                f,
                "the master key {path} is open to others (mode {mode:03o}); \
                 run `chmod 600 {path}`",
                path = path.display()
            ),
            Self::NotAKey { path } => write!(
                f,
                "{} is not a master key, which is 64 hexadecimal digits; \
                 put the right file back from where you keep its copy",
                path.display()
            ),
        }
    }
}

impl Error for MasterKeyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotRead { source, .. } | Self::NotWritten { source, .. } => Some(source),
            Self::OpenToOthers { .. } | Self::NotAKey { .. } => None,
        }
    }
}
