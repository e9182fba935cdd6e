//! Why something was not done: the rules said no, or the journal could not answer.

use std::fmt;

use domain::ids::CaseNumber;
use domain::{case, organisation, review};
use journal::{AppendError, KeyringError, ReadError};

use crate::archive::titles::TitleFault;
use crate::attachments::FileProblem;

/// Why a command was not carried out.
#[derive(Debug)]
pub enum HandleError {
    /// The person can act on it.
    Refused(Refusal),
    /// Others changed the same thing again and again; to be tried once more.
    Contended,
    /// Something else was recorded under the same key; this was not.
    KeyUsed,
    /// The history could not be read.
    Read(ReadError),
    /// The facts could not be recorded.
    Record(AppendError),
    /// An erasure is recorded, and its keys are still to be destroyed.
    Keys(KeyringError),
    /// The search index failed.
    Search(crate::search::SearchError),
}

/// A refusal from any of the rules, as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The case said no.
    Case(case::Refusal),
    /// The organisation said no.
    Organisation(organisation::Refusal),
    /// The review said no.
    Review(review::Refusal),
    /// There is no such review, or it is none of theirs: the two look alike on purpose.
    NoSuchReview,
    /// Another review is prepared or waits for the controller.
    ReviewIsUnderWay,
    /// The review has changed since the controller looked at it.
    ReviewHasChanged,
    /// A later review goes on with what was resolved, and it is done there.
    GoesOnElsewhere,
    /// There is no such case, or it is none of theirs: the two look alike on purpose.
    NoSuchCase,
    /// No role of theirs takes this step.
    NotPermitted,
    /// The report form takes no reports without signing in.
    SignInToReport,
    /// There is no such category.
    NoSuchCategory,
    /// There is no such unit.
    NoSuchUnit,
    /// There is no such person, or they may no longer sign in.
    NoSuchPerson,
    /// The answers to the category's questions do not fit.
    Answers(Vec<domain::category::AnswerProblem>),
    /// A text is longer than is kept.
    TooLong {
        /// Characters that are kept.
        characters_max: usize,
    },
    /// The follow-up code belongs to no report.
    NoSuchCode,
    /// Files cannot be taken in.
    Files(Vec<FileProblem>),
    /// More files were sent than are taken at one time.
    TooManyFiles {
        /// How many are.
        files_max: usize,
    },
    /// The other case is not there, or it is none of theirs: the two look alike on purpose.
    NoSuchOtherCase,
    /// Nothing is handed over to an archive here: none is set.
    NoArchive,
    /// A title in the archive says what anybody could read.
    Title {
        /// Of which paper.
        paper: String,
        /// What is wrong with it.
        fault: TitleFault,
    },
    /// The case has other papers than those that were looked at.
    PapersChanged,
    /// Mail cannot go to what was given as an address.
    NotAnAddress,
    /// Whoever keeps the house or its traces sees no case, and so handles none in anybody's place.
    KeepsTheHouse,
    /// Whoever is to handle the case is no data protection officer, and would not see it.
    HandlerIsNoOfficer,
    /// Whoever is to stand in is the only controller, who would then decide nothing in the case.
    OnlyController,
    /// Whoever is involved in a case that goes on in another is not erased while that one is open.
    OtherCaseIsOpen {
        /// In which it goes on.
        number: CaseNumber,
    },
}

/// Why something could not be looked up.
#[derive(Debug)]
pub enum LookUpError {
    /// There is no such thing, or it is none of theirs.
    NotFound,
    /// No role of theirs lets them look.
    NotPermitted,
    /// The history could not be read.
    Read(ReadError),
    /// The look could not be noted, so nothing is shown.
    Note(AppendError),
    /// The search index failed.
    Search(crate::search::SearchError),
}

impl HandleError {
    /// Whether nothing can be recorded just now, whoever asks for what: the disk is full or broken,
    /// or the service is stopping. Sent again under the same key later, it is recorded once.
    #[must_use]
    pub fn is_for_want_of_disk(&self) -> bool {
        matches!(self, Self::Record(error) if takes_nothing(error))
    }
}

impl LookUpError {
    /// Whether the look could not be noted because nothing can be recorded just now.
    #[must_use]
    pub fn is_for_want_of_disk(&self) -> bool {
        matches!(self, Self::Note(error) if takes_nothing(error))
    }
}

/// Whether it is the journal that takes nothing in, rather than this that is not taken.
fn takes_nothing(error: &AppendError) -> bool {
    match error {
        AppendError::NoKey(_)
        | AppendError::NotKept(_)
        | AppendError::NotWritten(_)
        | AppendError::Halted(_)
        | AppendError::Closed => true,
        AppendError::Conflict { .. }
        | AppendError::Empty
        | AppendError::TooLarge { .. }
        | AppendError::NotStorable(_)
        | AppendError::NotSealable(_) => false,
    }
}

impl fmt::Display for HandleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(_) => "the command was refused",
            Self::Contended => "others kept changing the same thing",
            Self::KeyUsed => "something else was recorded under the same key",
            Self::Read(_) => "the history could not be read",
            Self::Record(_) => "the command was not recorded",
            Self::Search(_) => "the texts could not be searched",
            Self::Keys(_) => {
                "the erasure is recorded, and no longer shows what was erased, but the keys are \
                 still on disk: ask again, or restart"
            }
        })
    }
}

impl std::error::Error for HandleError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(_) | Self::Contended | Self::KeyUsed => None,
            Self::Read(error) => Some(error),
            Self::Record(error) => Some(error),
            Self::Keys(error) => Some(error),
            Self::Search(error) => Some(error),
        }
    }
}

impl fmt::Display for LookUpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "there is no such thing to look at",
            Self::NotPermitted => "no role permits the look",
            Self::Read(_) => "the history could not be read",
            Self::Note(_) => "the look could not be noted in the access log",
            Self::Search(_) => "the texts could not be searched",
        })
    }
}

impl std::error::Error for LookUpError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotFound | Self::NotPermitted => None,
            Self::Read(error) => Some(error),
            Self::Note(error) => Some(error),
            Self::Search(error) => Some(error),
        }
    }
}

impl From<LookUpError> for HandleError {
    fn from(error: LookUpError) -> Self {
        match error {
            LookUpError::NotFound => Self::Refused(Refusal::NoSuchCase),
            LookUpError::NotPermitted => Self::Refused(Refusal::NotPermitted),
            LookUpError::Read(error) => Self::Read(error),
            LookUpError::Note(error) => Self::Record(error),
            LookUpError::Search(error) => Self::Search(error),
        }
    }
}

impl From<Refusal> for HandleError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<case::Refusal> for HandleError {
    fn from(refusal: case::Refusal) -> Self {
        Self::Refused(Refusal::Case(refusal))
    }
}

impl From<organisation::Refusal> for HandleError {
    fn from(refusal: organisation::Refusal) -> Self {
        Self::Refused(Refusal::Organisation(refusal))
    }
}

impl From<review::Refusal> for HandleError {
    fn from(refusal: review::Refusal) -> Self {
        Self::Refused(Refusal::Review(refusal))
    }
}
