//! What a refusal says, and which status it answers with.

mod letters;
pub(crate) mod reviews;

use axum::http::StatusCode;
use domain::ids::CaseNumber;
use domain::{case, organisation};

use crate::forms::Problem;
use crate::page::Page;

/// The status of a refusal: it is not there, not theirs, to be corrected, or cannot be done as
/// things stand.
pub(crate) fn status(refusal: &service::Refusal) -> StatusCode {
    use service::Refusal::{
        Answers, Case, Files, GoesOnElsewhere, HandlerIsNoOfficer, KeepsTheHouse, NoArchive,
        NoSuchCase, NoSuchCategory, NoSuchCode, NoSuchOtherCase, NoSuchPerson, NoSuchReview,
        NoSuchUnit, NotAnAddress, NotPermitted, OnlyController, Organisation, OtherCaseIsOpen,
        PapersChanged, Review, ReviewHasChanged, ReviewIsUnderWay, SignInToReport, Title, TooLong,
        TooManyFiles,
    };
    match refusal {
        NoSuchCase | NoSuchCode | NoSuchReview => StatusCode::NOT_FOUND,
        NotPermitted | SignInToReport => StatusCode::FORBIDDEN,
        Case(refusal) => case_status(refusal),
        Review(refusal) => reviews::status(refusal),
        OtherCaseIsOpen { .. }
        | Organisation(_)
        | NoArchive
        | PapersChanged
        | GoesOnElsewhere
        | ReviewIsUnderWay
        | ReviewHasChanged => StatusCode::CONFLICT,
        NoSuchCategory
        | NoSuchUnit
        | NoSuchPerson
        | Answers(_)
        | Files(_)
        | TooManyFiles { .. }
        | NoSuchOtherCase
        | NotAnAddress
        | KeepsTheHouse
        | HandlerIsNoOfficer
        | OnlyController
        | Title { .. }
        | TooLong { .. } => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

#[expect(clippy::too_many_lines, reason = "an arm for each refusal, and nothing else")]
fn case_status(refusal: &case::Refusal) -> StatusCode {
    use case::Refusal as It;
    match refusal {
        It::Letter(refusal) => letters::status(refusal),
        It::NotReported
        | It::LinkDoesNotWork
        | It::InquiryUnknown { .. }
        | It::QuestionUnknown { .. }
        | It::AttachmentUnknown { .. }
        | It::MeasureUnknown { .. }
        | It::PersonNotInCase
        | It::NoSuchOpening
        | It::NoSuchGrant
        | It::NoSuchDuty { .. }
        | It::DutyNotFulfilled { .. } => StatusCode::NOT_FOUND,
        It::OnlyTheControllerDecides
        | It::DecisionNotDelegated
        | It::IndependenceOfTheDpo
        | It::InvolvedInTheCase
        | It::OwnOpening
        | It::OwnGrant
        | It::ErasureNotTheirs { .. }
        | It::NotAsked { .. }
        | It::NotHeard
        | It::NotTheMeasuresOwner { .. } => StatusCode::FORBIDDEN,
        It::TextMissing { .. }
        | It::TimeInFuture { .. }
        | It::TimesOutOfOrder { .. }
        | It::DepartureUnexplained { .. }
        | It::NotAFactorValue { .. }
        | It::PracticeUnexplained { .. }
        | It::WayDoesNotFit { .. }
        | It::SignatoryInvolved
        | It::ReasonsForDelayMissing { .. }
        | It::NotificationIncomplete { .. }
        | It::NotAnAnswer { .. }
        | It::ActionUnknown { .. }
        | It::OwnerInvolved { .. }
        | It::DeputyIsHandler
        | It::TimeInPast { .. }
        | It::GrantTooLong { .. }
        | It::AuditorBarred
        | It::RespondentInvolved
        | It::ReportersFile { .. }
        | It::SameCase
        | It::PassageNotFound { .. }
        | It::MemoIncomplete { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        It::AlreadyReported
        | It::CaseIsClosed
        | It::NotClosed
        | It::ArchiveHandedOver
        | It::ArchiveNotHandedOver
        | It::CaseIsOpen
        | It::CaseIsErased
        | It::OpenCaseNotErased
        | It::AlreadyReceived
        | It::QuestionTaken { .. }
        | It::AlreadyNotified { .. }
        | It::DecidedNotToNotify
        | It::FactsNotEstablished
        | It::NotNotified
        | It::NotificationChanged
        | It::MeasureTaken { .. }
        | It::MeasureStays { .. }
        | It::MeasureAlreadyCompleted { .. }
        | It::MeasureNotCompleted { .. }
        | It::MeasureAlreadyVerified { .. }
        | It::MemoNotSubmitted
        | It::MemoWithController
        | It::NotReceived
        | It::DecidedNotToTell
        | It::TooManyAttachments { .. }
        | It::InquiryTaken { .. }
        | It::InquiryIsWithdrawn { .. }
        | It::InquiryIsAnswered { .. }
        | It::OtherCaseNotOpen { .. }
        | It::CaseIsMerged { .. }
        | It::NotReadyToClose { .. }
        | It::DutyFulfilled { .. } => StatusCode::CONFLICT,
    }
}

/// Whether no role of theirs lets them ask for it, so that there is nothing to correct.
pub(crate) fn is_for_want_of_permission(refusal: &service::Refusal) -> bool {
    use organisation::Refusal::{NotTheirsToReview, OnlyAnAdministrator, OwnReading};
    use service::Refusal::{NotPermitted, Organisation};
    matches!(
        refusal,
        NotPermitted | Organisation(OnlyAnAdministrator | NotTheirsToReview | OwnReading)
    )
}

/// A refusal as the problem of a whole form.
pub(crate) fn problem(page: &Page, refusal: &service::Refusal) -> Problem {
    Problem { field: None, sentence: sentence(page, refusal) }
}

/// A refusal in words: why, and what to do instead.
pub(crate) fn sentence(page: &Page, refusal: &service::Refusal) -> String {
    use service::Refusal as It;
    match refusal {
        It::Case(refusal) => case_sentence(page, refusal),
        It::Organisation(refusal) => organisation_sentence(page, refusal),
        It::Review(refusal) => reviews::sentence(page, refusal),
        It::NoSuchReview => page.say("refusal-service-no_such_review"),
        It::ReviewIsUnderWay => page.say("refusal-service-review_is_under_way"),
        It::ReviewHasChanged => page.say("refusal-service-review_has_changed"),
        It::GoesOnElsewhere => page.say("refusal-service-goes_on_elsewhere"),
        It::NoSuchCase => page.say("refusal-service-no_such_case"),
        It::NotPermitted => page.say("refusal-service-not_permitted"),
        It::SignInToReport => page.say("refusal-service-sign_in_to_report"),
        It::NoSuchCategory => page.say("refusal-service-no_such_category"),
        It::NoSuchUnit => page.say("refusal-service-no_such_unit"),
        It::NoSuchPerson => page.say("refusal-service-no_such_person"),
        It::Answers(_) => page.say("refusal-service-answers"),
        It::TooLong { characters_max } => {
            page.say_with("refusal-service-too_long", &[("max", *characters_max)])
        }
        It::NoSuchCode => page.say("refusal-service-no_such_code"),
        It::Files(_) => page.say("refusal-service-files"),
        It::TooManyFiles { files_max } => {
            page.say_with("refusal-service-too_many_files", &[("count", *files_max)])
        }
        It::NoSuchOtherCase => page.say("refusal-service-no_such_other_case"),
        It::NoArchive => page.say("refusal-service-no_archive"),
        It::PapersChanged => page.say("refusal-service-papers_changed"),
        It::Title { fault, .. } => page.term("refusal-service-title", fault),
        It::NotAnAddress => page.say("refusal-service-not_an_address"),
        It::KeepsTheHouse => page.say("refusal-service-keeps_the_house"),
        It::HandlerIsNoOfficer => page.say("refusal-service-handler_is_no_officer"),
        It::OnlyController => page.say("refusal-service-only_controller"),
        It::OtherCaseIsOpen { number } => {
            page.say_with("refusal-service-other_case_is_open", &[("number", *number)])
        }
    }
}

fn organisation_sentence(page: &Page, refusal: &organisation::Refusal) -> String {
    page.term("refusal-organisation", &<&'static str>::from(refusal))
}

#[expect(clippy::too_many_lines, reason = "an arm for each refusal, and nothing else")]
fn case_sentence(page: &Page, refusal: &case::Refusal) -> String {
    use case::Refusal as It;
    let key = format!("refusal-{}", refusal.name());
    let moment = |at| page.moment(at).words().to_owned();
    let with = |name, words: String| page.say_with(&key, &[(name, words)]);
    match refusal {
        It::TextMissing { what } => page.term("required_text", &<&'static str>::from(what)),
        It::OtherCaseNotOpen { other: number } | It::CaseIsMerged { into: number } => {
            page.say_with(&key, &[("number", *number)])
        }
        It::TimeInFuture { given } | It::TimeInPast { given } => with("given", moment(given)),
        It::GrantTooLong { latest } => with("latest", moment(latest)),
        It::TimesOutOfOrder { earlier, later } => {
            page.say_with(&key, &[("earlier", moment(earlier)), ("later", moment(later))])
        }
        It::DepartureUnexplained { advised } => with("advised", page.term("outcome", advised)),
        It::NotAFactorValue { factor } => page.term(&key, factor),
        It::PracticeUnexplained { cases } => with("cases", numbers(cases).join(", ")),
        It::WayDoesNotFit { decision } => page.term(&key, decision),
        It::AlreadyNotified { sent_at } => page.say_with(&key, &[("sent", moment(sent_at))]),
        It::ReasonsForDelayMissing { due_at } => page.say_with(&key, &[("due", moment(due_at))]),
        It::MemoIncomplete { missing } => with("missing", listed(page, "memo_part", missing)),
        It::Letter(refusal) => letters::sentence(page, &key, refusal),
        It::PassageNotFound { parts } => with("parts", listed(page, "memo_part", parts)),
        It::NotReadyToClose { outstanding } => {
            page.say_with(&key, &[("outstanding", listed(page, "outstanding", outstanding))])
        }
        It::NotificationIncomplete { lacking } => {
            let lacking: Vec<_> = lacking.iter().map(ToString::to_string).collect();
            page.say_with(&key, &[("lacking", lacking.join(", "))])
        }
        It::NotAnAnswer { field } => page.say_with(&key, &[("field", field.to_string())]),
        It::ErasureNotTheirs { ground } => page.term(&key, ground),
        It::TooManyAttachments { attachments_max: it } => page.say_with(&key, &[("count", *it)]),
        It::DutyFulfilled { done_at } => page.say_with(&key, &[("done", moment(done_at))]),
        It::NotReported
        | It::AlreadyReported
        | It::CaseIsClosed
        | It::CaseIsOpen
        | It::AlreadyReceived
        | It::OwnerInvolved { .. }
        | It::ActionUnknown { .. }
        | It::QuestionUnknown { .. }
        | It::QuestionTaken { .. }
        | It::DecisionNotDelegated
        | It::DecidedNotToNotify
        | It::FactsNotEstablished
        | It::NotNotified
        | It::NotificationChanged
        | It::MeasureUnknown { .. }
        | It::MeasureTaken { .. }
        | It::MeasureStays { .. }
        | It::MeasureAlreadyCompleted { .. }
        | It::MeasureNotCompleted { .. }
        | It::MeasureAlreadyVerified { .. }
        | It::NotTheMeasuresOwner { .. }
        | It::MemoNotSubmitted
        | It::MemoWithController
        | It::OnlyTheControllerDecides
        | It::IndependenceOfTheDpo
        | It::InvolvedInTheCase
        | It::CaseIsErased
        | It::OpenCaseNotErased
        | It::PersonNotInCase
        | It::NotReceived
        | It::DeputyIsHandler
        | It::InquiryUnknown { .. }
        | It::InquiryTaken { .. }
        | It::InquiryIsWithdrawn { .. }
        | It::InquiryIsAnswered { .. }
        | It::NotAsked { .. }
        | It::LinkDoesNotWork
        | It::RespondentInvolved
        | It::AttachmentUnknown { .. }
        | It::ReportersFile { .. }
        | It::NotHeard
        | It::SameCase
        | It::DecidedNotToTell
        | It::SignatoryInvolved
        | It::NoSuchOpening
        | It::OwnOpening
        | It::NoSuchGrant
        | It::OwnGrant
        | It::AuditorBarred
        | It::NotClosed
        | It::ArchiveHandedOver
        | It::ArchiveNotHandedOver
        | It::NoSuchDuty { .. }
        | It::DutyNotFulfilled { .. } => page.say(&key),
    }
}

/// The numbers of cases, as people write them.
pub(crate) fn numbers(cases: &[CaseNumber]) -> Vec<String> {
    cases.iter().map(ToString::to_string).collect()
}

/// The words for several values, one after the other.
fn listed<T: Into<&'static str>>(
    page: &Page,
    family: &str,
    values: impl IntoIterator<Item = T>,
) -> String {
    let words: Vec<_> = values.into_iter().map(|it| page.term(family, &it.into())).collect();
    words.join(", ")
}
