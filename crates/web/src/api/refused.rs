//! What a refusal tells a program beside its sentence: which rule it was, and what it is about.

use domain::case::outstanding::Outstanding;
use domain::case::{self, letter};
use service::Refusal;

use super::problem::{LetterPlace, Problem, Remaining};
use super::words::Word;
use crate::refusal::numbers;

/// The members of the document that depend on the refusal.
pub(crate) fn particulars(refusal: &Refusal) -> Problem {
    let named = Problem { refusal: Some(name(refusal)), ..Problem::default() };
    match refusal {
        Refusal::Case(refusal) => of_case(named, refusal),
        Refusal::TooLong { characters_max } => {
            Problem { characters_max: Some(*characters_max), ..named }
        }
        Refusal::TooManyFiles { files_max } => Problem { files_max: Some(*files_max), ..named },
        _ => named,
    }
}

fn name(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Case(refusal) => refusal.name(),
        Refusal::Organisation(refusal) => refusal.into(),
        Refusal::Review(refusal) => refusal.into(),
        Refusal::NoSuchReview => "no_such_review",
        Refusal::ReviewIsUnderWay => "review_is_under_way",
        Refusal::ReviewHasChanged => "review_has_changed",
        Refusal::GoesOnElsewhere => "goes_on_elsewhere",
        Refusal::NoSuchCase => "no_such_case",
        Refusal::NotPermitted => "not_permitted",
        Refusal::SignInToReport => "sign_in_to_report",
        Refusal::NoSuchCategory => "no_such_category",
        Refusal::NoSuchUnit => "no_such_unit",
        Refusal::NoSuchPerson => "no_such_person",
        Refusal::Answers(_) => "answers",
        Refusal::TooLong { .. } => "too_long",
        Refusal::NoSuchCode => "no_such_code",
        Refusal::Files(_) => "files",
        Refusal::TooManyFiles { .. } => "too_many_files",
        Refusal::NoSuchOtherCase => "no_such_other_case",
        Refusal::NoArchive => "no_archive",
        Refusal::PapersChanged => "papers_changed",
        Refusal::Title { .. } => "title",
        Refusal::NotAnAddress => "not_an_address",
        Refusal::KeepsTheHouse => "keeps_the_house",
        Refusal::HandlerIsNoOfficer => "handler_is_no_officer",
        Refusal::OnlyController => "only_controller",
        Refusal::OtherCaseIsOpen { .. } => "other_case_is_open",
    }
}

#[expect(clippy::too_many_lines, reason = "an arm for each refusal, and nothing else")]
fn of_case(named: Problem, refusal: &case::Refusal) -> Problem {
    use case::Refusal as It;
    match refusal {
        It::TextMissing { what } => Problem { text: Some(what.into()), ..named },
        It::TimeInFuture { given } | It::TimeInPast { given } => {
            Problem { given: Some(*given), ..named }
        }
        It::GrantTooLong { latest } => Problem { later: Some(*latest), ..named },
        It::TimesOutOfOrder { earlier, later } => {
            Problem { earlier: Some(*earlier), later: Some(*later), ..named }
        }
        It::QuestionUnknown { question } | It::QuestionTaken { question } => {
            Problem { question: Some(question.0), ..named }
        }
        It::DepartureUnexplained { advised } => Problem { advised: Some(Word(*advised)), ..named },
        It::PracticeUnexplained { cases } => Problem { cases: numbers(cases), ..named },
        It::AlreadyNotified { sent_at } => Problem { sent_at: Some(*sent_at), ..named },
        It::NoSuchDuty { duty } | It::DutyNotFulfilled { duty } => {
            Problem { duty: Some(duty.to_string()), ..named }
        }
        It::DutyFulfilled { done_at } => Problem { done_at: Some(*done_at), ..named },
        It::ReasonsForDelayMissing { due_at } => Problem { due_at: Some(*due_at), ..named },
        It::MeasureUnknown { measure }
        | It::MeasureTaken { measure }
        | It::MeasureStays { measure }
        | It::OwnerInvolved { measure }
        | It::MeasureAlreadyCompleted { measure }
        | It::MeasureNotCompleted { measure }
        | It::MeasureAlreadyVerified { measure }
        | It::NotTheMeasuresOwner { measure } => Problem { measure: Some(measure.0), ..named },
        It::MemoIncomplete { missing } => {
            Problem { missing: missing.iter().copied().map(Word).collect(), ..named }
        }
        It::PassageNotFound { parts } => {
            Problem { missing: parts.iter().copied().map(Word).collect(), ..named }
        }
        It::TooManyAttachments { attachments_max } => {
            Problem { files_max: Some(*attachments_max), ..named }
        }
        It::NotificationIncomplete { lacking } => {
            Problem { lacking: lacking.iter().map(|it| it.0).collect(), ..named }
        }
        It::NotAnAnswer { field } => Problem { lacking: vec![field.0], ..named },
        It::NotReadyToClose { outstanding } => {
            Problem { outstanding: outstanding.iter().map(remaining).collect(), ..named }
        }
        It::NotReported
        | It::AlreadyReported
        | It::CaseIsClosed
        | It::CaseIsOpen
        | It::AlreadyReceived
        | It::ActionUnknown { .. }
        | It::DecisionNotDelegated
        | It::DecidedNotToNotify
        | It::FactsNotEstablished
        | It::NotAFactorValue { .. }
        | It::NotNotified
        | It::NotificationChanged
        | It::MemoNotSubmitted
        | It::MemoWithController
        | It::OnlyTheControllerDecides
        | It::IndependenceOfTheDpo
        | It::InvolvedInTheCase
        | It::CaseIsErased
        | It::OpenCaseNotErased
        | It::ErasureNotTheirs { .. }
        | It::PersonNotInCase
        | It::NotReceived
        | It::DeputyIsHandler
        | It::LinkDoesNotWork
        | It::RespondentInvolved
        | It::AttachmentUnknown { .. }
        | It::ReportersFile { .. }
        | It::NotHeard
        | It::SameCase
        | It::DecidedNotToTell
        | It::WayDoesNotFit { .. }
        | It::SignatoryInvolved
        | It::NoSuchOpening
        | It::NotClosed
        | It::ArchiveHandedOver
        | It::ArchiveNotHandedOver
        | It::NoSuchGrant
        | It::OwnGrant
        | It::AuditorBarred
        | It::OwnOpening => named,
        It::InquiryUnknown { inquiry }
        | It::InquiryTaken { inquiry }
        | It::InquiryIsWithdrawn { inquiry }
        | It::InquiryIsAnswered { inquiry }
        | It::NotAsked { inquiry } => Problem { inquiry: Some(inquiry.0), ..named },
        It::Letter(refusal) => of_letter(named, refusal),
        It::OtherCaseNotOpen { other: number } | It::CaseIsMerged { into: number } => {
            Problem { case: Some(number.to_string()), ..named }
        }
    }
}

fn of_letter(named: Problem, refusal: &letter::Refusal) -> Problem {
    let parts = match refusal {
        letter::Refusal::LetterIncomplete { missing } => missing
            .iter()
            .map(|(language, part)| LetterPlace::missing((*language).into(), (*part).into()))
            .collect(),
        letter::Refusal::NotByEmail { findings } => findings
            .iter()
            .map(|(language, finding)| LetterPlace::found((*language).into(), *finding))
            .collect(),
        _ => Vec::new(),
    };
    Problem { letter: parts, ..named }
}

/// Something that remains to be done, as the API names it.
pub(crate) fn remaining(outstanding: &Outstanding) -> Remaining {
    let (at, measure) = match outstanding {
        Outstanding::CompleteMeasure(it) => (format!("measures/{it}/completion"), Some(it.0)),
        Outstanding::VerifyMeasure(it) => (format!("measures/{it}/verification"), Some(it.0)),
        Outstanding::Receive => ("receive".to_owned(), None),
        Outstanding::Assess => ("assessment".to_owned(), None),
        Outstanding::DecideOnAuthority => ("authority-decision".to_owned(), None),
        Outstanding::NotifyAuthority => ("notification".to_owned(), None),
        Outstanding::DecideOnPeople => ("people-decision".to_owned(), None),
        Outstanding::TellPeople => ("people-told".to_owned(), None),
        Outstanding::SendLetters => ("letters".to_owned(), None),
        Outstanding::FulfilDuties => ("duties".to_owned(), None),
        Outstanding::SubmitMemo => ("memo".to_owned(), None),
    };
    Remaining { step: outstanding.into(), at, measure }
}
