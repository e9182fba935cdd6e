//! What somebody wrote in a request, to be held against how much is kept.

use domain::Erasable;
use domain::case::{MemoPart, Request};
use strum::IntoEnumIterator;

/// Everything somebody wrote in a request.
pub(super) fn texts(request: &Request) -> Vec<&Erasable<String>> {
    match request {
        Request::Report(_)
        | Request::Receive(_)
        | Request::NameInvolved(_)
        | Request::CheckDuties(_)
        | Request::EstablishFacts(_)
        | Request::FulfilDuty(_)
        | Request::DraftNotification(_)
        | Request::Erase(_)
        | Request::Assign(_)
        | Request::MakeLink(_)
        | Request::Remind { .. }
        | Request::TakeInDuplicate { .. } => Vec::new(),
        Request::Attach(it) => it.text.iter().collect(),
        Request::Close(it) => it.grounds.iter().collect(),
        Request::Reclassify(it) => vec![&it.reason],
        Request::OpenOutsideRole(it) => vec![&it.purpose],
        Request::ReviewOpening(it) => vec![&it.finding],
        Request::WithdrawMeasure(it) => vec![&it.reason],
        Request::WithdrawFulfilment(it) => vec![&it.reason],
        Request::WithdrawInvolved(it) => vec![&it.reason],
        Request::GrantAudit(it) => vec![&it.purpose],
        Request::RevokeAudit(it) => vec![&it.reason],
        Request::AddInformation(text)
        | Request::CloseAsNotADeviation(text)
        | Request::Reopen(text)
        | Request::Contribute(text)
        | Request::AddNote(text) => vec![text],
        Request::Inquire(it) => vec![&it.text],
        Request::AnswerInquiry(it) => vec![&it.text],
        Request::WithdrawInquiry(it) => vec![&it.text],
        Request::ReviewEffect(it) => vec![&it.finding],
        Request::Refer(it) => [&it.to, &it.subject].into_iter().chain(&it.reference).collect(),
        Request::RecordCorrespondence(it) => vec![&it.summary],
        Request::Link(it) | Request::Merge(it) => vec![&it.reason],
        Request::EstablishAwareness(it) => vec![&it.reason],
        Request::AskReporter(it) | Request::AnswerQuestion(it) => vec![&it.text],
        Request::OverrideSeverity(it) => vec![&it.reason],
        Request::Assess(it) => std::iter::once(&it.facts).chain(&it.departure).collect(),
        Request::DecideOnAuthority(it) => {
            std::iter::once(&it.grounds).chain(&it.departure).collect()
        }
        Request::RecordNotification(it) => it.reasons.iter().collect(),
        Request::DecideOnPeople(it) => {
            let said = std::iter::once(&it.grounds).chain(&it.departure).chain(&it.measure);
            said.chain(it.plan.iter().flat_map(|plan| [&plan.groups, &plan.whom_to_ask])).collect()
        }
        Request::TellPeople(it) => vec![&it.account],
        Request::ProposeMeasure(it) => vec![&it.description],
        Request::CompleteMeasure(it) => vec![&it.account],
        Request::VerifyMeasure(it) => vec![&it.finding],
        Request::Document(it) => it.texts(),
        Request::Letter(it) => it.texts(),
        Request::Confirmation(it) => it.texts(),
        Request::Archiving(it) => it.texts(),
        Request::SubmitMemo(memo) => MemoPart::iter().map(|part| memo.part(part)).collect(),
        Request::Return(follow_ups) => follow_ups.iter().collect(),
    }
}
