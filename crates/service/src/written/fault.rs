//! Why a file was refused, told so that whoever wrote it can mend it.

mod notification;

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use domain::assessment::condition::Towards;
use domain::assessment::{RulebookProblem, WrongInRulebook};
use domain::case::letter::PLACES;
use domain::category::{CHOICES_MAX, CategoryProblem, NAME_CHARACTERS_MAX, Step, Wrong};
use domain::duty::{DutyProblem, WrongInDuty};

use super::Problem;
use super::place::Place;

/// Something that cannot be used: where it is written, and what is wrong there.
#[derive(Debug)]
pub struct Fault<P> {
    /// The file, or the directory where there is none.
    pub file: PathBuf,
    /// The line, counted from 1, where a line is to blame.
    pub line: Option<usize>,
    /// The key, such as `question[2].label.nb`, its tables counted from 1.
    pub key: Option<String>,
    /// What is wrong.
    pub reason: Reason<P>,
}

/// What is wrong with a file.
#[derive(Debug)]
pub enum Reason<P> {
    /// The file or the directory could not be read.
    Unreadable(io::Error),
    /// The directory holds no `*.toml`.
    Nothing,
    /// The text is not TOML, or has a key or a value that nothing of its kind has.
    NotWritten(Box<toml::de::Error>),
    /// An earlier file has the same id.
    IdUsedTwice {
        /// The id.
        id: String,
    },
    /// The id is not the file's name.
    IdIsNotFileName {
        /// The id.
        id: String,
    },
    /// The version was used when it said something else.
    VersionUsed {
        /// The version.
        version: u32,
        /// The next one that is free.
        next: u32,
    },
    /// The parts are well formed, and contradict each other.
    Problem(P),
    /// Nothing can be done without the one of that id, and it is not there.
    Missing {
        /// The id.
        id: &'static str,
    },
}

impl<P: Problem> Fault<P> {
    pub(super) fn of_file(file: &Path, reason: Reason<P>) -> Self {
        Self::at(file, Place::default(), reason)
    }

    /// That the one of this id is not in the directory.
    pub(crate) fn missing(directory: &Path, id: &'static str) -> Self {
        Self::of_file(directory, Reason::Missing { id })
    }

    pub(super) fn of_toml(file: &Path, text: &str, error: toml::de::Error) -> Self {
        let place = error.span().map(|span| Place::of_span(text, &span)).unwrap_or_default();
        Self::at(file, place, Reason::NotWritten(Box::new(error)))
    }

    /// A fault in a text that can be read as what it is to be.
    pub(super) fn of_text(file: &Path, text: &str, reason: Reason<P>) -> Self {
        Self::at(file, Place::of_path(text, &reason.path()), reason)
    }

    pub(super) fn at(file: &Path, place: Place, reason: Reason<P>) -> Self {
        Self { file: file.to_owned(), line: place.line, key: place.key, reason }
    }
}

impl<P: Problem> Reason<P> {
    /// The way to the value that is to blame.
    fn path(&self) -> Vec<Step> {
        match self {
            Self::Unreadable(_) | Self::Nothing | Self::NotWritten(_) | Self::Missing { .. } => {
                Vec::new()
            }
            Self::IdUsedTwice { .. } | Self::IdIsNotFileName { .. } => vec![Step::Key("id")],
            Self::VersionUsed { .. } => vec![Step::Key("version")],
            Self::Problem(problem) => problem.path().to_vec(),
        }
    }
}

impl<P: Problem> fmt::Display for Fault<P> {
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

impl<P: Problem> fmt::Display for Reason<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(_) => write!(f, "cannot be read"),
            Self::Nothing => write!(f, "holds no {}; at least one *.toml is needed", P::KIND),
            // The line and the key have been said; its own text would draw the line again.
            Self::NotWritten(error) => f.write_str(error.message().trim_end()),
            Self::IdUsedTwice { id } => {
                write!(f, "the id `{id}` is used by an earlier file; each {} has its own", P::KIND)
            }
            Self::IdIsNotFileName { id } => write!(
                f,
                "the id `{id}` must be the name of the file without `.toml`: 1 to \
                 {NAME_CHARACTERS_MAX} of the characters a-z, 0-9 and hyphen"
            ),
            Self::VersionUsed { version, next } => write!(
                f,
                "version {version} is in use with other content, and {} must stay as it was; set \
                 the version to {next}",
                P::USED
            ),
            Self::Problem(problem) => problem.tell(f),
            Self::Missing { id } => write!(
                f,
                "holds no `{id}.toml`, and no case goes without that {}; copy it from those \
                 shipped",
                P::KIND
            ),
        }
    }
}

impl Problem for CategoryProblem {
    const KIND: &'static str = "category";
    const USED: &'static str = "what was reported under it";

    fn path(&self) -> &[Step] {
        &self.at
    }

    fn tell(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tell(&self.wrong, f)
    }
}

impl Problem for DutyProblem {
    const KIND: &'static str = "duty";
    const USED: &'static str = "what was judged under it";

    fn path(&self) -> &[Step] {
        &self.at
    }

    fn tell(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.wrong {
            WrongInDuty::VersionZero => write!(f, "versions count from 1"),
            WrongInDuty::NoJurisdiction => {
                write!(f, "at least one of \"no\" and \"se\" is needed")
            }
            WrongInDuty::ValidBackwards => write!(f, "it ends before it begins"),
            WrongInDuty::NoCitation => {
                write!(f, "a duty has `cite`, the provision it stands in, or `own-target = true`")
            }
            WrongInDuty::TooMany { most } => write!(f, "there are at most {most} of these"),
            WrongInDuty::NoCondition => write!(
                f,
                "at least one condition is needed; a duty of every case has no [[trigger]]"
            ),
            WrongInDuty::StageTwice => {
                write!(f, "an earlier stage has as many hours left; each has its own")
            }
            WrongInDuty::NobodyAlerted => write!(f, "at least one of those alerted is needed"),
            WrongInDuty::NoEnding => write!(f, "at least one ending is needed"),
            WrongInDuty::QuestionAndAnswer => write!(
                f,
                "a target for answers has start = \"question\" and ends = [\"answered\"], and no \
                 other duty has either"
            ),
            WrongInDuty::ClockOfEveryCase => {
                write!(f, "the main clock runs in every case: remove [[trigger]]")
            }
            WrongInDuty::ClockFromAwareness => {
                write!(f, "the main clock runs from awareness: set start = \"awareness\"")
            }
            WrongInDuty::ClockEndings => write!(
                f,
                "the main clock ends with \"authority_notified\" and \
                 \"authority_not_to_be_notified\", and with nothing else"
            ),
            WrongInDuty::ClockUnheard => {
                write!(f, "the main clock needs a [[stage]] that alerts \"dpo\"")
            }
            WrongInDuty::ClockElsewhere => {
                write!(f, "the main clock runs in every jurisdiction: add that of the settings")
            }
            WrongInDuty::ClockNotInForce => write!(
                f,
                "no version of the main clock is in force today: start once with the version in \
                 force, which stays with its cases, before putting in the next"
            ),
            WrongInDuty::NoSuchCategory => write!(f, "there is no category with this id"),
            WrongInDuty::NoSuchQuestion => {
                write!(f, "the category asks no question with this id")
            }
            WrongInDuty::NotOffered { offered } => {
                write!(f, "the question does not offer this answer, but {}", quoted(offered))
            }
            WrongInDuty::LanguageMissing { language } => {
                write!(f, "the text is missing in the language `{language}`, which the title has")
            }
        }
    }
}

impl Problem for RulebookProblem {
    const KIND: &'static str = "rulebook";
    const USED: &'static str = "what was advised under it";

    fn path(&self) -> &[Step] {
        &self.at
    }

    fn tell(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use WrongInRulebook as Wrong;
        match &self.wrong {
            Wrong::VersionZero => write!(f, "versions count from 1"),
            Wrong::NoJurisdiction => write!(f, "at least one of \"no\" and \"se\" is needed"),
            Wrong::ValidBackwards => write!(f, "it ends before it begins"),
            Wrong::TooMany { most } => write!(f, "there are at most {most} of these"),
            Wrong::NamedTwice => write!(f, "an earlier one has this name; each has its own"),
            Wrong::NoSuchGround => write!(f, "the book has no [[ground]] with this id"),
            Wrong::NoCondition => write!(f, "at least one condition is needed"),
            Wrong::WrongDirection { must: Towards::Worse } => write!(
                f,
                "a rule asks whether something is as bad as that or worse: use at-least, any or \
                 severity; what speaks against it is a [[ground]]"
            ),
            Wrong::WrongDirection { must: Towards::Better } => write!(
                f,
                "a ground asks whether something is no worse than that: use at-most or only; what \
                 speaks for a danger is a [[rule]]"
            ),
            Wrong::AdvisesNothing => write!(
                f,
                "documenting is advised in any case; a rule advises notify_authority or \
                 notify_authority_and_people"
            ),
            Wrong::LanguageMissing { language } => {
                write!(f, "the text is missing in the language `{language}`, which the title has")
            }
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
        Wrong::NotOffered { offered } => {
            write!(f, "the question does not offer this answer, but {}", quoted(offered))
        }
        Wrong::NotAnAnswer(error) => write!(f, "{error}"),
        Wrong::NoSuchPlace { place } => tell_places(place, f),
        Wrong::NoCondition => write!(f, "at least one condition is needed"),
        Wrong::LanguageMissing { language } => {
            write!(f, "the text is missing in the language `{language}`, which the title has")
        }
    }
}

/// Tells of a place in a letter that nothing is filled into.
pub(crate) fn tell_places(place: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "nothing is filled into {{{place}}}, only into: {}", PLACES.join(", "))
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

impl<P: Problem> Error for Fault<P> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.reason {
            Reason::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}
