//! The legal grounds on which what is archived is shielded or open, each from the day it applies.

use std::path::{Path, PathBuf};
use std::{error, fmt, fs, io};

use chrono::NaiveDate;
use serde::Deserialize;

use super::message::Access;

/// What an organisation that has written none of its own begins with.
const SHIPPED: &str = include_str!("../../../../config/archive/no.toml");

/// The grounds, the oldest first; there is always one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds(Vec<Ground>);

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    ground: Vec<Ground>,
}

/// The grounds from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ground {
    from: NaiveDate,
    shielded: Said,
    open: Said,
}

/// One of them in the words of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    code: String,
    words: String,
    ground: String,
}

/// Why the grounds cannot be used.
#[derive(Debug)]
pub enum GroundsFault {
    /// The file was not read.
    NotRead {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It does not say what it is to say.
    NotUnderstood {
        /// Which.
        path: PathBuf,
        /// Why.
        source: toml::de::Error,
    },
    /// It has no ground.
    Empty {
        /// Which.
        path: PathBuf,
    },
}

impl fmt::Display for GroundsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead { path, .. } => write!(f, "{} was not read", path.display()),
            Self::NotUnderstood { path, .. } => {
                write!(f, "{} does not say which grounds apply", path.display())
            }
            Self::Empty { path } => write!(f, "{} has no [[ground]]", path.display()),
        }
    }
}

impl error::Error for GroundsFault {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NotRead { source, .. } => Some(source),
            Self::NotUnderstood { source, .. } => Some(source),
            Self::Empty { .. } => None,
        }
    }
}

impl Grounds {
    /// The grounds in that file; without one, those shipped.
    pub fn load(path: Option<&Path>) -> Result<Self, GroundsFault> {
        let Some(path) = path else { return Self::read(Path::new("no.toml"), SHIPPED) };
        let not_read = |source| GroundsFault::NotRead { path: path.to_owned(), source };
        Self::read(path, &fs::read_to_string(path).map_err(not_read)?)
    }

    fn read(path: &Path, text: &str) -> Result<Self, GroundsFault> {
        let path = || path.to_owned();
        let Written { mut ground } = toml::from_str(text)
            .map_err(|source| GroundsFault::NotUnderstood { path: path(), source })?;
        ground.sort_by_key(|it| it.from);
        if ground.is_empty() { Err(GroundsFault::Empty { path: path() }) } else { Ok(Self(ground)) }
    }

    /// What applies on a day to what the public is given, or is not.
    #[must_use]
    pub fn on(&self, day: NaiveDate, is_open: bool) -> Access {
        let applies = self.0.iter().rev().find(|it| it.from <= day);
        let ground = applies.or(self.0.first()).expect("there is always one");
        let said = if is_open { &ground.open } else { &ground.shielded };
        Access {
            is_shielded: !is_open,
            code: said.code.clone(),
            words: said.words.clone(),
            ground: said.ground.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn the_ground_of_the_day_applies() {
        let text = SHIPPED.to_owned()
            + r#"
            [[ground]]
            from = "2027-01-01"
            shielded = { code = "UO", words = "Unntatt", ground = "Offl. § 13 jf. fvl. § 33" }
            open = { code = "Å", words = "Åpen", ground = "Offl. § 3" }
        "#;
        let grounds = Grounds::read(Path::new("a.toml"), &text).expect("it is well written");
        let shielded = |on| grounds.on(day(on), false).ground;
        assert_eq!(shielded("2026-12-31"), "Offl. § 13 jf. fvl. § 13 første ledd nr. 1");
        assert_eq!(shielded("2027-01-01"), "Offl. § 13 jf. fvl. § 33");
        assert_eq!(shielded("1990-01-01"), "Offl. § 13 jf. fvl. § 13 første ledd nr. 1");
        let open = grounds.on(day("2026-01-01"), true);
        assert!(!open.is_shielded && open.ground == "Offl. § 3", "{open:?}");
    }

    #[test]
    fn a_file_that_says_nothing_is_refused() {
        let read = |text| Grounds::read(Path::new("a.toml"), text).map_err(|it| it.to_string());
        assert_eq!(read("ground = []"), Err("a.toml has no [[ground]]".to_owned()));
        assert!(read("grounds = []").is_err());
        assert!(Grounds::load(Some(Path::new("/nowhere.toml"))).is_err());
    }
}
