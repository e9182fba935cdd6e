//! From a refusal back to the fields it is about. Fields are named alike in every form, so that
//! one table serves them all.

use domain::case;
use service::Refusal;

use crate::forms::{Posted, Problem};
use crate::page::Page;
use crate::refusal;

/// A refusal as problems beside the fields it is about; of the whole form where there are none.
pub(crate) fn problems(page: &Page, form: &Posted, refused: &Refusal) -> Vec<Problem> {
    let fields = fields(form, refused);
    if fields.is_empty() {
        return vec![refusal::problem(page, refused)];
    }
    let about = |field: &'static str| Problem {
        field: Some(field.to_owned()),
        sentence: sentence(page, refused, field),
    };
    fields.into_iter().map(about).collect()
}

/// The fields of a form that a refusal is about.
pub(super) fn fields(form: &Posted, refused: &Refusal) -> Vec<&'static str> {
    candidates(refused).into_iter().filter(|name| form.has(name)).collect()
}

fn candidates(refused: &Refusal) -> Vec<&'static str> {
    use case::Refusal as It;
    match refused {
        Refusal::NoSuchCategory => vec!["category"],
        Refusal::NoSuchUnit => vec!["unit"],
        Refusal::NotAnAddress => vec!["email"],
        Refusal::NoSuchOtherCase | Refusal::Case(It::SameCase | It::OtherCaseNotOpen { .. }) => {
            vec!["other"]
        }
        Refusal::Case(It::RespondentInvolved | It::PersonNotInCase) => vec!["person"],
        Refusal::Case(It::AttachmentUnknown { .. } | It::ReportersFile { .. }) => {
            vec!["attachments"]
        }
        Refusal::Case(It::TimeInPast { .. } | It::GrantTooLong { .. }) => vec!["due_at", "until"],
        Refusal::NoSuchPerson => {
            vec!["handler", "person", "owner", "deputy", "signed_by", "auditor"]
        }
        Refusal::Case(It::OwnerInvolved { .. }) => vec!["owner"],
        Refusal::Case(It::AuditorBarred | It::OwnGrant | It::NoSuchGrant) => vec!["auditor"],
        Refusal::Case(It::TextMissing { what }) => vec![what.into()],
        Refusal::Case(It::TimeInFuture { .. } | It::TimesOutOfOrder { .. }) => {
            vec!["aware_at", "sent_at", "told_at", "referred_at", "dated_at", "done_at"]
        }
        Refusal::KeepsTheHouse | Refusal::OnlyController | Refusal::Case(It::DeputyIsHandler) => {
            vec!["deputy"]
        }
        Refusal::HandlerIsNoOfficer => vec!["handler"],
        Refusal::Case(It::MeasureStays { .. }) => vec!["dropped"],
        Refusal::Case(It::MeasureUnknown { .. } | It::MeasureAlreadyCompleted { .. }) => {
            vec!["measure"]
        }
        Refusal::Case(It::NoSuchOpening | It::OwnOpening) => vec!["opening"],
        Refusal::Case(
            It::NoSuchDuty { .. } | It::DutyFulfilled { .. } | It::DutyNotFulfilled { .. },
        ) => vec!["duty"],
        Refusal::Case(It::DepartureUnexplained { .. } | It::PracticeUnexplained { .. }) => {
            vec!["departure"]
        }
        Refusal::Case(It::NotAFactorValue { .. }) => vec!["value"],
        Refusal::Case(It::WayDoesNotFit { .. }) => vec!["groups"],
        Refusal::Case(It::SignatoryInvolved) => vec!["signed_by"],
        Refusal::Case(It::ReasonsForDelayMissing { .. }) => vec!["reasons_for_delay"],
        Refusal::Case(It::PassageNotFound { .. }) => vec!["passage"],
        Refusal::Case(It::MemoIncomplete { missing }) => missing.iter().map(Into::into).collect(),
        _ => Vec::new(),
    }
}

/// What is wrong with one of the fields. A memo's parts are told one by one.
fn sentence(page: &Page, refused: &Refusal, field: &'static str) -> String {
    match refused {
        Refusal::Case(case::Refusal::MemoIncomplete { .. }) => {
            let label = page.say(&format!("memo_part-{field}"));
            page.say_with("problem-missing", &[("label", label)])
        }
        _ => refusal::sentence(page, refused),
    }
}
