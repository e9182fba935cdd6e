//! Why a category file was refused, told so that whoever wrote it can mend it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use domain::category::{
    CHOICES_MAX, CategoryId, CategoryProblem, NAME_CHARACTERS_MAX, Step, Wrong,
};

use super::place::Place;

/// A category that cannot be used: where it is written, and what is wrong there.
#[derive(Debug)]
pub struct CategoryFault {
    /// The file, or the directory where there is none.
    pub file: PathBuf,
    /// The line, counted from 1, where a line is to blame.
    pub line: Option<usize>,
    /// The key, such as `question[2].label.nb`, its tables counted from 1.
    pub key: Option<String>,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with a category file.
#[derive(Debug)]
pub enum Reason {
    /// The file or the directory could not be read.
    Unreadable(io::Error),
    /// The directory holds no `*.toml`.
    NoCategories,
    /// The text is not TOML, or has a key or a value no category has.
    NotACategory(Box<toml::de::Error>),
    /// An earlier file has the same id.
    IdUsedTwice {
        /// The id.
        id: CategoryId,
    },
    /// The id is not the file's name.
    IdIsNotFileName {
        /// The id.
        id: CategoryId,
    },
    /// Reports were filed under this version when it said something else.
    VersionUsed {
        /// The version.
        version: u32,
        /// The next one that is free.
        next: u32,
    },
    /// The parts are well formed, and contradict each other.
    Problem(CategoryProblem),
}

impl CategoryFault {
    pub(super) fn of_file(file: &Path, reason: Reason) -> Self {
        Self::at(file, Place::default(), reason)
    }

    pub(super) fn of_toml(file: &Path, text: &str, error: toml::de::Error) -> Self {
        let place = error.span().map(|span| Place::of_span(text, &span)).unwrap_or_default();
        Self::at(file, place, Reason::NotACategory(Box::new(error)))
    }

    /// A fault in a text that can be read as a category.
    pub(super) fn of_category(file: &Path, text: &str, reason: Reason) -> Self {
        Self::at(file, Place::of_path(text, &reason.path()), reason)
    }

    pub(super) fn at(file: &Path, place: Place, reason: Reason) -> Self {
        Self { file: file.to_owned(), line: place.line, key: place.key, reason }
    }
}

impl Reason {
    /// The way to the value that is to blame.
    fn path(&self) -> Vec<Step> {
        match self {
            Self::Unreadable(_) | Self::NoCategories | Self::NotACategory(_) => Vec::new(),
            Self::IdUsedTwice { .. } | Self::IdIsNotFileName { .. } => vec![Step::Key("id")],
            Self::VersionUsed { .. } => vec![Step::Key("version")],
            Self::Problem(problem) => problem.at.clone(),
        }
    }
}

impl fmt::Display for CategoryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(key) = &self.key {
            write!(f, ", {key}")?;
        }
        write!(f, ": ")?;
        self.reason.fmt(f)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(_) => write!(f, "cannot be read"),
            Self::NoCategories => write!(f, "holds no category; at least one *.toml is needed"),
            // The line and the key have been said; its own text would draw the line again.
            Self::NotACategory(error) => f.write_str(error.message().trim_end()),
            Self::IdUsedTwice { id } => {
                write!(f, "the id `{id}` is used by an earlier file; each category has its own")
            }
            Self::IdIsNotFileName { id } => write!(
                f,
                "the id `{id}` must be the name of the file without `.toml`: 1 to \
                 {NAME_CHARACTERS_MAX} of the characters a-z, 0-9 and hyphen"
            ),
            Self::VersionUsed { version, next } => write!(
                f,
                "version {version} is in use with other content, and what was reported under it \
                 must stay as it was; set the version to {next}"
            ),
            Self::Problem(problem) => tell(&problem.wrong, f),
        }
    }
}

fn tell(wrong: &Wrong, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match wrong {
        Wrong::VersionZero => write!(f, "versions count from 1"),
        Wrong::TooMany { most } => write!(f, "there are at most {most} of these"),
        Wrong::NamedTwice => write!(f, "an earlier one has this name; each has its own"),
        Wrong::ChoicesOutOfBounds => write!(
            f,
            "the kinds `choice` and `several` need 2 to {CHOICES_MAX} [[question.choice]]"
        ),
        Wrong::ChoicesNotAsked => write!(
            f,
            "only the kinds `choice` and `several` have [[question.choice]]; remove them or \
             change the kind"
        ),
        Wrong::NoSuchQuestion => write!(f, "the category asks no question with this id"),
        Wrong::NotAskedBefore => {
            write!(f, "this question is not asked before; a condition names an earlier question")
        }
        Wrong::NotToBeListed => write!(
            f,
            "the answers to this question cannot be listed; a condition names a question of the \
             kind `yes-no-unknown`, `choice` or `several`"
        ),
        Wrong::NotANumber => {
            write!(f, "`at-least` needs a question of the kind `number`, and this is none")
        }
        Wrong::NothingListed => write!(f, "at least one answer is needed"),
        Wrong::NotOffered { offered } => write!(
            f,
            "the question does not offer this answer, but {}",
            offered.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
        ),
        Wrong::NoCondition => write!(f, "at least one condition is needed"),
        Wrong::LanguageMissing { language } => {
            write!(f, "the text is missing in the language `{language}`, which the title has")
        }
    }
}

impl Error for CategoryFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.reason {
            Reason::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}
