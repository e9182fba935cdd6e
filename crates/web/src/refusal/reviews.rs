//! What a refusal of a management review says, and which status it answers with.

use axum::http::StatusCode;
use domain::review::{Outstanding, Refusal};

use crate::page::Page;

pub(super) fn status(refusal: &Refusal) -> StatusCode {
    use Refusal as It;
    match refusal {
        It::NotBegun | It::InquiryUnknown { .. } | It::ResolutionUnknown { .. } => {
            StatusCode::NOT_FOUND
        }
        It::NotAsked { .. }
        | It::NotTheOwner { .. }
        | It::OnlyTheControllerApproves
        | It::IndependenceOfTheDpo => StatusCode::FORBIDDEN,
        It::PeriodOutOfOrder
        | It::PeriodTooLong { .. }
        | It::PeriodNotOver
        | It::TextMissing { .. }
        | It::NobodyTakesPart
        | It::TimeInPast { .. }
        | It::TimeInFuture { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        It::ReviewTaken
        | It::InquiryTaken { .. }
        | It::InquiryIsWithdrawn { .. }
        | It::InquiryIsAnswered { .. }
        | It::ResolutionIsCarriedOut { .. }
        | It::ResolutionIsNotCarriedOut { .. }
        | It::NotHeld
        | It::NotReady { .. }
        | It::IsSubmitted
        | It::NotSubmitted
        | It::IsApproved
        | It::IsHeld
        | It::IsAbandoned
        | It::TooManyFiles { .. } => StatusCode::CONFLICT,
    }
}

pub(super) fn sentence(page: &Page, refusal: &Refusal) -> String {
    match refusal {
        Refusal::TextMissing { what } => page.term("refusal-review-text_missing", what),
        Refusal::NotReady { outstanding } => {
            let what: Vec<String> = outstanding.iter().map(|it| remains(page, *it)).collect();
            page.say_with("refusal-review-not_ready", &[("what", what.join(", "))])
        }
        Refusal::TooManyFiles { files_max } => {
            page.say_with("refusal-review-too_many_files", &[("count", *files_max)])
        }
        Refusal::PeriodTooLong { days_max } => {
            page.say_with("refusal-review-period_too_long", &[("days", *days_max)])
        }
        other => page.say(&format!("refusal-review-{}", <&str>::from(other))),
    }
}

/// What remains to be done, in words.
pub(crate) fn remains(page: &Page, outstanding: Outstanding) -> String {
    match outstanding {
        Outstanding::WriteItem(item) => {
            let item = page.term("agenda", &item);
            page.say_with("review-remains-write_item", &[("item", item)])
        }
        other => page.term("review-remains", &other),
    }
}
