//! What is wrong with the settings, told so that whoever wrote them can mend them.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// In the settings file.
    File {
        /// Which file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// In an environment variable.
    Variable(String),
    /// On the command line.
    Flag(&'static str),
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// There is no such setting.
    Unknown {
        /// Where it stands.
        origin: Origin,
        /// What it is called there: `server.lisen`, `AVVIK_SERVER_LISEN`.
        name: String,
        /// The names there are instead.
        allowed: String,
    },
    /// The setting cannot have that value.
    NotAllowed {
        /// Where it stands.
        origin: Origin,
        /// The setting.
        setting: String,
        /// What it can be.
        allowed: &'static str,
    },
    /// The setting is missing, and another one makes it necessary.
    Missing {
        /// The setting.
        setting: String,
        /// Why it is needed, and what it can be.
        reason: &'static str,
    },
    /// The file is not TOML.
    NotToml {
        /// Where reading it ended.
        origin: Origin,
        /// What the reader stumbled over.
        reason: String,
    },
}

/// Why the service cannot be run with these settings.
#[derive(Debug)]
pub(crate) enum SettingsError {
    /// The settings file could not be read.
    NotRead {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The settings are read and wrong, in one place or several.
    Wrong(Problems),
}

/// Everything that is wrong with the settings.
#[derive(Debug)]
pub(crate) struct Problems(pub(super) Vec<Problem>);

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{}, line {line}", path.display()),
            Self::Variable(name) => write!(f, "the variable {name}"),
            Self::Flag(flag) => write!(f, "the flag {flag}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { origin: Origin::Variable(name), allowed, .. } => {
                write!(f, "the variable {name} is no setting; there is {allowed}")
            }
            Self::Unknown { origin, name, allowed } => {
                write!(f, "{origin}: there is no setting {name}; there is {allowed}")
            }
            Self::NotAllowed { origin, setting, allowed } => {
                write!(f, "{origin}: {setting} cannot be that; allowed is {allowed}")
            }
            Self::Missing { setting, reason } => write!(f, "{setting} is missing: {reason}"),
            Self::NotToml { origin, reason } => write!(f, "{origin}: {reason}"),
        }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead { path, .. } => write!(
                f,
                "the settings file {} cannot be read; name another with --config",
                path.display()
            ),
            Self::Wrong(problems) => {
                write!(f, "the settings are wrong")?;
                problems.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
            }
        }
    }
}

impl Error for SettingsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotRead { source, .. } => Some(source),
            Self::Wrong(_) => None,
        }
    }
}
