//! The memo on its way to the controller and back.

use super::super::command::Command;
use super::super::memo::Memo;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{closing, document, fact, nothing};
use crate::Erasable;

/// Sends the memo to the controller. All six parts are required; what else remains before closing
/// the controller sees, and may close or return accordingly.
pub(super) fn submit(case: &OpenCase, memo: &Memo) -> Decision {
    let missing = memo.missing();
    if !missing.is_empty() {
        return Err(Refusal::MemoIncomplete { missing });
    }
    document::require_found(&case.documents.exempt, memo)?;
    let version = match &case.memo {
        Some(latest) if latest.awaits_controller && latest.memo == *memo => return nothing(),
        Some(latest) => latest.version + 1,
        None => 1,
    };
    fact(Event::MemoSubmitted { version, memo: Box::new(memo.clone()) })
}

/// Sends the case back with points to follow up.
pub(super) fn send_back(
    case: &OpenCase,
    follow_ups: &[Erasable<String>],
    command: &Command,
) -> Decision {
    closing::require_independent_controller(case, command)?;
    if follow_ups.is_empty() || follow_ups.iter().any(Erasable::is_blank) {
        return Err(Refusal::TextMissing { what: RequiredText::FollowUps });
    }
    match &case.memo {
        Some(memo) if memo.awaits_controller => {
            fact(Event::CaseReturned { follow_ups: follow_ups.to_vec() })
        }
        Some(memo) if memo.follow_ups == follow_ups => nothing(),
        _ => Err(Refusal::MemoNotSubmitted),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
    use super::super::super::memo::MemoPart;
    use super::super::super::spec::*;
    use super::*;

    fn submit(memo: Memo) -> Command {
        by_dpo(Request::SubmitMemo(Box::new(memo)))
    }

    fn returned() -> Event {
        Event::CaseReturned { follow_ups: vec![text("ask the supplier")] }
    }

    fn send_back(follow_ups: &[&str]) -> Request {
        Request::Return(follow_ups.iter().map(|point| text(point)).collect())
    }

    #[test]
    fn a_memo_is_submitted_in_versions() {
        given([reported()]).when(submit(memo())).then([memo_submitted(1)]);
        given([reported(), memo_submitted(1)]).when(submit(memo())).then([]);
        given([reported(), memo_submitted(1), returned()])
            .when(submit(memo()))
            .then([memo_submitted(2)]);
    }

    #[test]
    fn a_memo_with_an_empty_part_is_refused() {
        let incomplete = Memo { rules: text(" "), conclusion: text(""), ..memo() };
        given([reported()]).when(submit(incomplete)).then_refused(Refusal::MemoIncomplete {
            missing: vec![MemoPart::Rules, MemoPart::Conclusion],
        });
    }

    #[test]
    fn the_controller_returns_a_case_with_follow_ups() {
        let submitted = [reported(), memo_submitted(1)];
        let back = || by_controller(send_back(&["ask the supplier"]));
        given(submitted.clone()).when(back()).then([returned()]);
        given(submitted.clone().into_iter().chain([returned()])).when(back()).then([]);
        given(submitted)
            .when(by_controller(send_back(&[])))
            .then_refused(Refusal::TextMissing { what: RequiredText::FollowUps });
        given([reported()]).when(back()).then_refused(Refusal::MemoNotSubmitted);
    }

    #[test]
    fn nobody_else_returns_a_case() {
        given([reported(), memo_submitted(1)])
            .when(by_leader(send_back(&["ask the supplier"])))
            .then_refused(Refusal::OnlyTheControllerDecides);
        given([reported(), memo_submitted(1)])
            .when(by_dpo(send_back(&["ask the supplier"])))
            .then_refused(Refusal::IndependenceOfTheDpo);
    }
}
