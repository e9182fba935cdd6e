//! Where packages are handed over: the seam for archives, and the one that every archivist can take
//! from, a folder on disk.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::{error, fmt};

use domain::case::archiving::Hindrance;
use sha2::{Digest, Sha256};

use super::package::{MANIFEST, Package};
use crate::secrets::hexadecimal;

/// How the file is called in which the archive answers, behind the package's name.
const RECEIPT: &str = ".arkivmelding-kvittering.xml";

/// Bytes of an answer that are read: a receipt has a few kilobytes.
const RECEIPT_BYTES_MAX: u64 = 1 << 20;

/// An archive, or whatever stands before it. It may block.
pub trait Target: Send + Sync + fmt::Debug {
    /// Hands a package over, whole or not at all. One of the same name that is there already
    /// stays as it is: whoever asks again was told of no answer. Gives SHA-256 of the manifest
    /// that lies there.
    fn hand_over(&self, package: &Package) -> Result<String, HandOverError>;

    /// What was answered about the package of that name; nothing as long as there is no answer.
    fn receipt(&self, package: &str) -> io::Result<Option<Vec<u8>>>;
}

/// A folder on disk, from which somebody takes the packages on.
#[derive(Debug, Clone)]
pub struct Folder {
    directory: PathBuf,
}

/// Why a package was not handed over.
#[derive(Debug)]
pub enum HandOverError {
    /// The folder is not there, or is something else.
    NoFolder {
        /// Which.
        directory: PathBuf,
    },
    /// Something of that name is there that is no package of ours.
    Occupied {
        /// Where.
        path: PathBuf,
    },
    /// It could not be written.
    Write {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl fmt::Display for HandOverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder { directory } => {
                write!(f, "there is no folder {}: create it, or mount it", directory.display())
            }
            Self::Occupied { path } => {
                write!(f, "{} is there and is no package: move it away", path.display())
            }
            Self::Write { path, .. } => write!(f, "{} was not written", path.display()),
        }
    }
}

impl error::Error for HandOverError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NoFolder { .. } | Self::Occupied { .. } => None,
            Self::Write { source, .. } => Some(source),
        }
    }
}

impl HandOverError {
    /// What stood in the way, as the case keeps it.
    #[must_use]
    pub fn hindrance(&self) -> Hindrance {
        match self {
            Self::NoFolder { .. } => Hindrance::NoFolder,
            Self::Occupied { .. } => Hindrance::Occupied,
            Self::Write { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Hindrance::DiskFull,
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    Hindrance::NotPermitted
                }
                _ => Hindrance::NotWritten,
            },
        }
    }
}

impl Folder {
    /// Packages go there. Whoever mounts it need not have done so yet.
    #[must_use]
    pub fn new(directory: PathBuf) -> Self {
        Self { directory }
    }
}

impl Target for Folder {
    fn hand_over(&self, package: &Package) -> Result<String, HandOverError> {
        if !self.directory.is_dir() {
            return Err(HandOverError::NoFolder { directory: self.directory.clone() });
        }
        let place = self.directory.join(&package.name);
        if place.symlink_metadata().is_ok() {
            return there(&place);
        }
        // Under a name that nobody takes for a package, so that none is picked up half.
        let beside = self.directory.join(format!(".{}.part", package.name));
        match fs::remove_dir_all(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(not_written(&beside, error));
            }
            _ => (),
        }
        let written = write(&beside, package).and_then(|()| {
            fs::rename(&beside, &place).map_err(|source| not_written(&place, source))
        });
        if let Err(error) = written {
            // A disk that is full is not kept so by what did not fit.
            let _ = fs::remove_dir_all(&beside);
            return Err(error);
        }
        let folder = File::open(&self.directory).and_then(|it| it.sync_all());
        folder.map_err(|source| not_written(&self.directory, source))?;
        Ok(package.sha256())
    }

    fn receipt(&self, package: &str) -> io::Result<Option<Vec<u8>>> {
        let path = self.directory.join(format!("{package}{RECEIPT}"));
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut bytes = Vec::new();
        file.take(RECEIPT_BYTES_MAX).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

/// Writes every file, each and its name so that they survive a power cut.
fn write(beside: &Path, package: &Package) -> Result<(), HandOverError> {
    let mut folders = BTreeSet::from([beside.to_owned()]);
    for (path, bytes) in &package.files {
        let path = beside.join(path);
        let parent = path.parent().expect("it lies within the package");
        fs::create_dir_all(parent).map_err(|source| not_written(parent, source))?;
        let written = File::create(&path)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(|source| not_written(&path, source))?;
        let above = parent.ancestors().take_while(|it| *it != beside);
        folders.extend(above.map(Path::to_owned));
    }
    for folder in folders {
        let synced = File::open(&folder).and_then(|it| it.sync_all());
        synced.map_err(|source| not_written(&folder, source))?;
    }
    Ok(())
}

/// SHA-256 of the manifest that lies at a place.
fn there(place: &Path) -> Result<String, HandOverError> {
    let manifest = fs::read(place.join(MANIFEST));
    let manifest = manifest.map_err(|_| HandOverError::Occupied { path: place.to_owned() })?;
    Ok(hexadecimal(&Sha256::digest(&manifest)))
}

fn not_written(path: &Path, source: io::Error) -> HandOverError {
    HandOverError::Write { path: path.to_owned(), source }
}
