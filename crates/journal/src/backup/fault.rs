//! What is wrong with a backup, and in which part of it.

use std::fmt;
use std::io;
use std::path::PathBuf;

use domain::Position;

use crate::chunk::ChunkFault;
use crate::read::ReadError;
use crate::store::Log;
use crate::verify::Damage;

/// A part of a backup that is not what was written.
#[derive(Debug)]
pub struct PartFault {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with a part of a backup.
#[derive(Debug)]
pub enum Flaw {
    /// It cannot be read, or is not there.
    NotRead(io::Error),
    /// It is a link, a directory or something else that is no file.
    NotAFile,
    /// It is longer than such a part ever is.
    TooLong {
        /// The most that is read.
        bytes_max: u64,
    },
    /// Its bytes are not those the manifest knows.
    OtherBytes,
    /// A newer version of the program wrote it.
    NewerFormat {
        /// The format it has.
        format: u16,
    },
    /// It is no manifest, or one that contradicts itself.
    NotAManifest,
    /// It is no segment.
    NotASegment,
    /// It is no part with keys, or was altered.
    NotKeys,
    /// It holds other records than the manifest says.
    OtherRecords {
        /// Of which log.
        log: Log,
    },
    /// Its records are chained to others than those before them.
    Unchained {
        /// In which log.
        log: Log,
        /// The first that is.
        position: Position,
    },
    /// A record is not what was written.
    Damaged {
        /// Its position.
        position: Position,
        /// What is wrong with it.
        damage: Damage,
    },
    /// An event cannot be read with these keys.
    Event(ReadError),
    /// The keys are another journal's.
    OtherJournal,
    /// The keys do not open with the master key.
    WrongMasterKey,
    /// A key is damaged.
    DamagedKey {
        /// The number of its record in the keyring.
        record: u64,
    },
}

impl From<ChunkFault> for Flaw {
    fn from(fault: ChunkFault) -> Self {
        Self::Damaged { position: Position(fault.position), damage: fault.damage }
    }
}

impl Flaw {
    /// There is no such file.
    pub(super) fn missing() -> Self {
        Self::NotRead(io::ErrorKind::NotFound.into())
    }

    /// With the file it is in.
    pub(super) fn at(self, path: impl Into<PathBuf>) -> PartFault {
        PartFault { path: path.into(), flaw: self }
    }
}

impl fmt::Display for PartFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path.display(), self.flaw)
    }
}

impl std::error::Error for PartFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.flaw {
            Flaw::NotRead(source) => Some(source),
            Flaw::Event(source) => Some(source),
            _ => None,
        }
    }
}

/// Said of the part it is in.
impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead(_) => write!(f, "cannot be read"),
            Self::NotAFile => write!(f, "is a link or no file"),
            Self::TooLong { bytes_max } => write!(f, "is longer than {bytes_max} bytes"),
            Self::OtherBytes => write!(f, "is not what was written: its SHA-256 differs"),
            Self::NewerFormat { format } => {
                write!(f, "has format {format}, which a newer version of avvik wrote; use that one")
            }
            Self::NotAManifest => write!(f, "is no manifest of a backup, or contradicts itself"),
            Self::NotASegment => write!(f, "is no segment of a log"),
            Self::NotKeys => write!(f, "holds no keys, or was altered"),
            Self::OtherRecords { log } => {
                write!(f, "holds other records of {log} than the manifest says")
            }
            Self::Unchained { log, position } => write!(
                f,
                "has records of {log}, from position {} on, chained to others than those before \
                 them",
                position.0
            ),
            Self::Damaged { position, damage } => {
                write!(f, "is damaged at position {}: {damage}", position.0)
            }
            Self::Event(_) => write!(f, "has an event that cannot be read with these keys"),
            Self::OtherJournal => write!(f, "holds the keys of another journal"),
            Self::WrongMasterKey => write!(
                f,
                "does not open with the master key, which is another one's or was replaced since"
            ),
            Self::DamagedKey { record } => {
                write!(f, "has a damaged key, in record {record} of the keyring")
            }
        }
    }
}
