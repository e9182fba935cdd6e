//! The format file: in which form the whole data directory is, and the newest version of the
//! program that has written in it. Looked at before anything else is opened.
//!
//! ```text
//! format 1
//! avvik 0.1.0
//! ```
//!
//! NOTE: part of the stored form. The two lines are read by every version, so that an older one
//! can name the one it takes; a newer one may add lines. The number covers everything but events,
//! which have forms of their own: a change that an older version would misread gives it the next.
//! A directory without the file is in format 1, written before there was one.

use std::error::Error;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::store::durable::sync_directory;

/// The file's name in the data directory.
pub(crate) const FILE_NAME: &str = "format";
/// The newest format that this version of the program knows, and the one it writes.
const KNOWN: u32 = 1;

/// A version of the program, such as 0.1.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProgramVersion([u64; 3]);

impl ProgramVersion {
    /// This version.
    #[must_use]
    pub fn own() -> Self {
        Self::read(env!("CARGO_PKG_VERSION")).expect("Cargo knows no other versions")
    }

    fn read(text: &str) -> Option<Self> {
        // What follows a hyphen or a plus names a build of the same version.
        let numbers = text.split(['-', '+']).next()?;
        let numbers = numbers.split('.').map(|it| it.parse().ok()).collect::<Option<Vec<u64>>>()?;
        numbers.try_into().ok().map(Self)
    }
}

impl fmt::Display for ProgramVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// Why the format of a data directory could not be told, or is none to work with.
#[derive(Debug)]
pub enum FormatError {
    /// The format file could not be read.
    NotRead {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The format file says something else.
    Unfit {
        /// The file.
        path: PathBuf,
    },
    /// The directory is in a format that this version of the program does not know.
    Newer {
        /// Its format.
        format: u32,
        /// The version that has written in it.
        program: ProgramVersion,
    },
    /// The format file could not be written.
    NotWritten {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead { path, .. } => write!(f, "{} cannot be read", path.display()),
            Self::Unfit { path } => write!(
                f,
                "{} does not say which format the data directory has; put it back from a backup",
                path.display()
            ),
            Self::Newer { format, program } => write!(
                f,
                "the data directory has format {format}, and this version of avvik, {}, knows it \
                 up to format {KNOWN}; nothing was changed: start avvik {program} or newer",
                ProgramVersion::own()
            ),
            Self::NotWritten { path, .. } => write!(
                f,
                "{} cannot be written; look at the disk and the permissions",
                path.display()
            ),
        }
    }
}

impl Error for FormatError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotRead { source, .. } | Self::NotWritten { source, .. } => Some(source),
            Self::Unfit { .. } | Self::Newer { .. } => None,
        }
    }
}

/// The newest version of the program that has written in a directory whose format is known;
/// nothing where none has said so.
pub(crate) fn read(data_directory: &Path) -> Result<Option<ProgramVersion>, FormatError> {
    let path = data_directory.join(FILE_NAME);
    let text = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(FormatError::NotRead { path, source }),
        Ok(bytes) => String::from_utf8(bytes).ok(),
    };
    let Some((format, program)) = text.as_deref().and_then(parse) else {
        return Err(FormatError::Unfit { path });
    };
    if KNOWN < format {
        return Err(FormatError::Newer { format, program });
    }
    Ok(Some(program))
}

fn parse(text: &str) -> Option<(u32, ProgramVersion)> {
    let mut lines = text.lines();
    let format = lines.next()?.strip_prefix("format ")?.parse().ok()?;
    let program = ProgramVersion::read(lines.next()?.strip_prefix("avvik ")?)?;
    Some((format, program))
}

/// Notes that this version writes in the directory, where a newer one has not yet; `known` is
/// what [`read`] found there. The file is there whole, as it was or as it is to be.
pub(crate) fn note(
    data_directory: &Path,
    known: Option<ProgramVersion>,
) -> Result<(), FormatError> {
    let own = ProgramVersion::own();
    if known.is_some_and(|known| own <= known) {
        return Ok(());
    }
    let path = data_directory.join(FILE_NAME);
    let unfinished = path.with_extension("new");
    let write = || {
        let mut file = File::create(&unfinished)?;
        write!(file, "format {KNOWN}\navvik {own}\n")?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        sync_directory(data_directory)
    };
    write().map_err(|source| FormatError::NotWritten { path: path.clone(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> ProgramVersion {
        ProgramVersion::read(text).unwrap()
    }

    #[test]
    fn versions_are_numbers_and_not_texts() {
        assert!(version("0.9.0") < version("0.10.0"));
        assert_eq!(version("1.2.3-rc.1"), version("1.2.3"));
        assert_eq!(version("1.20.3").to_string(), "1.20.3");
        for text in ["", "1.2", "1.2.3.4", "1.2.x"] {
            assert_eq!(ProgramVersion::read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_noted_is_read_and_a_newer_version_is_not_forgotten() {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path();
        assert_eq!(read(data).unwrap(), None);
        note(data, None).unwrap();
        assert_eq!(read(data).unwrap(), Some(ProgramVersion::own()));

        fs::write(data.join(FILE_NAME), "format 1\navvik 999.0.0\nmore\n").unwrap();
        note(data, read(data).unwrap()).unwrap();
        assert_eq!(read(data).unwrap(), Some(version("999.0.0")));
    }

    #[test]
    fn a_newer_format_and_a_file_that_says_nothing_are_refused() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join(FILE_NAME), "format 2\navvik 3.4.5\n").unwrap();
        let error = read(directory.path()).unwrap_err();
        assert!(matches!(error, FormatError::Newer { format: 2, .. }), "{error}");
        assert!(error.to_string().contains("start avvik 3.4.5 or newer"), "{error}");
        for text in ["", "format 1\n", "format\navvik 0.1.0\n", "format 1\navvik\n"] {
            fs::write(directory.path().join(FILE_NAME), text).unwrap();
            let error = read(directory.path()).unwrap_err();
            assert!(matches!(error, FormatError::Unfit { .. }), "{text:?}: {error}");
        }
    }
}
