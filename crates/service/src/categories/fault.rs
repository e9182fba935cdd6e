//! Why a category file was refused, told so that whoever wrote it can mend it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use domain::category::{
    CHOICES_MAX, CategoryId, CategoryProblem, NAME_CHARACTERS_MAX, QUESTIONS_MAX,
};

use super::place::{Place, Step};

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

    fn at(file: &Path, place: Place, reason: Reason) -> Self {
        Self { file: file.to_owned(), line: place.line, key: place.key, reason }
    }
}

impl Reason {
    /// The way to the value that is to blame.
    fn path(&self) -> Vec<Step> {
        let question = |index: usize| vec![Step::Key("question"), Step::Index(index)];
        match self {
            Self::Unreadable(_) | Self::NoCategories | Self::NotACategory(_) => Vec::new(),
            Self::IdUsedTwice { .. } | Self::IdIsNotFileName { .. } => vec![Step::Key("id")],
            Self::Problem(problem) => match *problem {
                CategoryProblem::VersionZero => vec![Step::Key("version")],
                CategoryProblem::TooManyQuestions => question(QUESTIONS_MAX),
                CategoryProblem::QuestionNamedTwice { question: index } => {
                    [question(index), vec![Step::Key("id")]].concat()
                }
                CategoryProblem::ChoicesOutOfBounds { question: index }
                | CategoryProblem::ChoicesNotAsked { question: index } => {
                    [question(index), vec![Step::Key("kind")]].concat()
                }
                CategoryProblem::ChoiceTwice { question: index, choice } => {
                    let value = vec![Step::Key("choice"), Step::Index(choice), Step::Key("value")];
                    [question(index), value].concat()
                }
            },
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
            Self::Problem(problem) => match problem {
                CategoryProblem::VersionZero => write!(f, "versions count from 1"),
                CategoryProblem::TooManyQuestions => {
                    write!(f, "a category asks at most {QUESTIONS_MAX} questions")
                }
                CategoryProblem::QuestionNamedTwice { .. } => {
                    write!(f, "an earlier question has this id; each question has its own")
                }
                CategoryProblem::ChoicesOutOfBounds { .. } => {
                    write!(f, "a `choice` needs 2 to {CHOICES_MAX} [[question.choice]]")
                }
                CategoryProblem::ChoicesNotAsked { .. } => write!(
                    f,
                    "only the kind `choice` has [[question.choice]]; remove them or change the kind"
                ),
                CategoryProblem::ChoiceTwice { .. } => {
                    write!(f, "an earlier choice has this value; each choice has its own")
                }
            },
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
