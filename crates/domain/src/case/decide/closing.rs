//! Closing a case, and taking it up again.

use std::collections::BTreeSet;

use super::super::command::{Close, Command};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{ClosedCase, Closing, OpenCase};
use super::super::{Decision, Event, custody};
use super::{fact, nothing, require};
use crate::duty::Verdict;
use crate::{Actor, Erasable, Role};

/// Closes the case once nothing remains: the controller's decision alone. Where a duty applies for
/// sure and is not done, the controller says why the case ends all the same.
pub(super) fn close(case: &OpenCase, it: &Close, command: &Command) -> Decision {
    require_independent_controller(case, command)?;
    if !case.awaits_closure() {
        return Err(Refusal::MemoNotSubmitted);
    }
    let outstanding = case.outstanding();
    if !outstanding.is_empty() {
        return Err(Refusal::NotReadyToClose { outstanding });
    }
    let grounds = it.grounds.clone().filter(|grounds| !grounds.is_blank());
    let is_bound = case.duties.running().iter().any(|(it, _)| it.verdict == Verdict::Yes);
    if is_bound && grounds.is_none() {
        return Err(Refusal::TextMissing { what: RequiredText::Grounds });
    }
    // What the controller says at the end stays on record, also where no clock ends with the case.
    let alone = grounds.clone().filter(|_| case.duties.running().is_empty());
    Ok(ended(case, grounds, Event::CaseClosed { grounds: alone }))
}

/// The end of a case, before which every clock that still runs in it ends: none runs on where
/// nobody is at work.
pub(super) fn ended(case: &OpenCase, grounds: Option<Erasable<String>>, end: Event) -> Vec<Event> {
    let duties: BTreeSet<_> =
        case.duties.running().into_iter().map(|(it, _)| it.duty.clone()).collect();
    let clocks = (!duties.is_empty()).then_some(custody::Event::DutiesEnded { duties, grounds });
    clocks.map(Event::Custody).into_iter().chain([end]).collect()
}

/// Closes a case that turned out to be no deviation, with the reason on record. It is a step of
/// intake and so the data protection officer's; what was notified must go the whole way, and what
/// was decided or proposed by hand is carried out or decided anew first.
pub(super) fn not_a_deviation(case: &OpenCase, reason: &Erasable<String>) -> Decision {
    require(reason, RequiredText::Reason)?;
    if let Some(notified) = &case.authority.notified {
        return Err(Refusal::AlreadyNotified { sent_at: notified.sent_at });
    }
    let mut outstanding = case.undone();
    outstanding.extend(case.proposed_outstanding());
    if !outstanding.is_empty() {
        return Err(Refusal::NotReadyToClose { outstanding });
    }
    Ok(ended(case, None, Event::ClosedAsNotADeviation { reason: reason.clone() }))
}

/// Takes a closed case up again.
pub(super) fn reopen(closed: &ClosedCase, reason: &Erasable<String>) -> Decision {
    if let Closing::Merged { into } = closed.closing {
        return Err(Refusal::CaseIsMerged { into: into.number });
    }
    require(reason, RequiredText::Reason)?;
    fact(Event::CaseReopened { reason: reason.clone() })
}

pub(super) fn already_open(case: &OpenCase, reason: &Erasable<String>) -> Decision {
    if case.reopened.as_ref() == Some(reason) { nothing() } else { Err(Refusal::CaseIsOpen) }
}

/// A repeat is done already. Other grounds than those on record are not dropped in silence.
pub(super) fn already_closed(closed: &ClosedCase, it: &Close, command: &Command) -> Decision {
    require_independent_controller(&closed.case, command)?;
    let said = it.grounds.as_ref().filter(|grounds| !grounds.is_blank());
    match &closed.closing {
        Closing::ByController { grounds } if said.is_none() || said == grounds.as_ref() => {
            nothing()
        }
        _ => Err(Refusal::CaseIsClosed),
    }
}

pub(super) fn already_not_a_deviation(closed: &ClosedCase, reason: &Erasable<String>) -> Decision {
    match &closed.closing {
        Closing::NotADeviation { reason: given } if given == reason => nothing(),
        _ => Err(Refusal::CaseIsClosed),
    }
}

/// Whoever is data protection officer, handled the case or wrote its memo does not decide on its
/// closing (GDPR art. 38(6)); nor does anyone but the controller.
pub(super) fn require_independent_controller(
    case: &OpenCase,
    command: &Command,
) -> Result<(), Refusal> {
    let by = &command.by;
    let handled = case.receipt.as_ref().map(|receipt| receipt.handler);
    let stood_in = case.receipt.as_ref().and_then(|receipt| receipt.deputy);
    let wrote = case.memo.as_ref().and_then(|memo| memo.by);
    let had_a_hand =
        [handled, stood_in, wrote].into_iter().flatten().any(|user| by.actor == Actor::User(user));
    if by.roles.holds(Role::Dpo) || had_a_hand {
        return Err(Refusal::IndependenceOfTheDpo);
    }
    if by.roles.holds(Role::Controller) { Ok(()) } else { Err(Refusal::OnlyTheControllerDecides) }
}

#[cfg(test)]
mod tests {
    use super::super::super::Case;
    use super::super::super::command::{Acting, Request};
    use super::super::super::outstanding::Outstanding;
    use super::super::super::spec::*;
    use super::*;
    use crate::Roles;

    #[test]
    fn the_controller_closes_a_case_when_nothing_remains() {
        given(ready_to_close())
            .when(by_controller(closes()))
            .then([Event::CaseClosed { grounds: None }]);
        given(closed()).when(by_controller(closes())).then([]);
        let on =
            |grounds: &str| by_controller(Request::Close(Close { grounds: Some(text(grounds)) }));
        given(closed()).when(on("Se notatet.")).then_refused(Refusal::CaseIsClosed);
        let end = Event::CaseClosed { grounds: Some(text("Se notatet.")) };
        given(ready_to_close()).when(on("Se notatet.")).then([end.clone()]);
        let closed = ready_to_close().into_iter().chain([end]).collect::<Vec<_>>();
        given(closed.clone()).when(on("Se notatet.")).then([]);
        given(closed).when(on("Noe annet.")).then_refused(Refusal::CaseIsClosed);
    }

    #[test]
    fn a_case_without_a_memo_does_not_close() {
        given([reported(), received()])
            .when(by_controller(closes()))
            .then_refused(Refusal::MemoNotSubmitted);
    }

    #[test]
    fn the_refusal_names_everything_that_remains() {
        given([reported(), decided_to_notify(), proposed(), memo_submitted(1)])
            .when(by_controller(closes()))
            .then_refused(Refusal::NotReadyToClose {
                outstanding: vec![
                    Outstanding::Receive,
                    Outstanding::Assess,
                    Outstanding::NotifyAuthority,
                    Outstanding::DecideOnPeople,
                    Outstanding::CompleteMeasure(MEASURE),
                ],
            });
    }

    #[test]
    fn the_dpo_never_closes_a_case() {
        given(ready_to_close()).when(by_dpo(closes())).then_refused(Refusal::IndependenceOfTheDpo);
        let both = Acting::user(CONTROLLER, Roles::from([Role::Dpo, Role::Controller]));
        given(ready_to_close())
            .when(command(monday(12), both, closes()))
            .then_refused(Refusal::IndependenceOfTheDpo);
    }

    #[test]
    fn a_handler_who_became_controller_does_not_close_the_case() {
        let handler = Acting::user(DPO, [Role::Controller]);
        given(ready_to_close())
            .when(command(monday(12), handler, closes()))
            .then_refused(Refusal::IndependenceOfTheDpo);
    }

    #[test]
    fn nobody_else_closes_a_case() {
        given(ready_to_close())
            .when(by_leader(closes()))
            .then_refused(Refusal::OnlyTheControllerDecides);
    }

    #[test]
    fn a_case_that_is_no_deviation_is_closed_with_the_reason() {
        let close = |reason| by_dpo(Request::CloseAsNotADeviation(text(reason)));
        let no_deviation = Event::ClosedAsNotADeviation { reason: text("found in a drawer") };
        given([reported()]).when(close("found in a drawer")).then([no_deviation.clone()]);
        given([reported(), no_deviation.clone()]).when(close("found in a drawer")).then([]);
        given([reported(), no_deviation])
            .when(by_controller(closes()))
            .then_refused(Refusal::CaseIsClosed);
        given([reported()])
            .when(close(""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
        given([reported(), notified()])
            .when(close("found in a drawer"))
            .then_refused(Refusal::AlreadyNotified { sent_at: monday(11) });
    }

    #[test]
    fn what_was_decided_or_proposed_does_not_end_as_no_deviation() {
        let close = || by_dpo(Request::CloseAsNotADeviation(text("found in a drawer")));
        let refused = |history: Vec<Event>, outstanding| {
            given(history)
                .when(close())
                .then_refused(Refusal::NotReadyToClose { outstanding: vec![outstanding] });
        };
        refused(vec![reported(), decided_to_notify()], Outstanding::NotifyAuthority);
        refused(vec![reported(), decided_to_tell()], Outstanding::TellPeople);
        refused(vec![reported(), proposed()], Outstanding::CompleteMeasure(MEASURE));
        let decided_anew = [reported(), decided_to_notify(), decided_not_to_notify()];
        given(decided_anew)
            .when(close())
            .then([Event::ClosedAsNotADeviation { reason: text("found in a drawer") }]);
    }

    /// The case with the 72 hours done, and a day to tell of a service that runs so surely.
    fn with_a_duty(verdict: Verdict) -> Vec<Event> {
        let running = crate::case::Judgement {
            duty: crate::duty::tests::service().id,
            version: 1,
            verdict,
            starts_at: Some(monday(8)),
            due_at: Some(monday(32)),
            ended_at: None,
        };
        let judged = Event::DutiesJudged { duties: vec![running] };
        ready_to_close().into_iter().chain([judged]).collect()
    }

    fn duty_ended(grounds: Option<&str>) -> Event {
        let duties = BTreeSet::from([crate::duty::tests::service().id]);
        Event::Custody(custody::Event::DutiesEnded { duties, grounds: grounds.map(text) })
    }

    #[test]
    fn a_case_with_a_duty_that_is_not_done_closes_on_grounds_and_its_clock_ends_with_it() {
        let with = |grounds| Request::Close(Close { grounds: Some(text(grounds)) });
        let missing = Refusal::TextMissing { what: RequiredText::Grounds };
        for request in [closes(), with(" ")] {
            given(with_a_duty(Verdict::Yes))
                .when(by_controller(request))
                .then_refused(missing.clone());
        }
        let events = [duty_ended(Some("told by phone")), Event::CaseClosed { grounds: None }];
        given(with_a_duty(Verdict::Yes))
            .when(by_controller(with("told by phone")))
            .then(events.clone());
        let history: Vec<Event> = with_a_duty(Verdict::Yes).into_iter().chain(events).collect();
        let running = |Given(case): Given| {
            case.known()
                .unwrap()
                .duties
                .running()
                .iter()
                .map(|(it, _)| it.verdict)
                .collect::<Vec<_>>()
        };
        assert_eq!(running(given(history.clone())), []);
        let reopened = Event::CaseReopened { reason: text("more") };
        let Given(again) = given(history.into_iter().chain([reopened.clone()]));
        let book = crate::duty::tests::book();
        let Case::Open(open) = &again else { panic!("open again") };
        assert!(!open.duties.ended.contains(&book.duties[1].id), "judged as if it had not ended");
    }

    #[test]
    fn what_is_only_possible_ends_with_the_case_without_grounds() {
        given(with_a_duty(Verdict::Unknown))
            .when(by_controller(closes()))
            .then([duty_ended(None), Event::CaseClosed { grounds: None }]);
        given(with_a_duty(Verdict::No))
            .when(by_controller(closes()))
            .then([Event::CaseClosed { grounds: None }]);
    }

    #[test]
    fn grounds_that_nothing_asked_for_stay_on_record() {
        let with = |grounds| by_controller(Request::Close(Close { grounds: Some(text(grounds)) }));
        let closed = Event::CaseClosed { grounds: Some(text("told by phone")) };
        for history in [ready_to_close(), with_a_duty(Verdict::No)] {
            given(history).when(with("told by phone")).then([closed.clone()]);
        }
        given(ready_to_close()).when(with(" ")).then([Event::CaseClosed { grounds: None }]);
        let events = [duty_ended(Some("told by phone")), Event::CaseClosed { grounds: None }];
        given(with_a_duty(Verdict::Unknown)).when(with("told by phone")).then(events);
    }

    #[test]
    fn a_closed_case_is_reopened_with_a_reason() {
        let reopen = |reason| by_dpo(Request::Reopen(text(reason)));
        let reopened = Event::CaseReopened { reason: text("more people affected") };
        given(closed()).when(reopen("more people affected")).then([reopened.clone()]);
        let again = closed().into_iter().chain([reopened]).collect::<Vec<_>>();
        given(again.clone()).when(reopen("more people affected")).then([]);
        given(again).when(reopen("other")).then_refused(Refusal::CaseIsOpen);
        given(closed())
            .when(reopen(" "))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    }

    #[test]
    fn a_closed_case_takes_no_further_steps() {
        given(closed())
            .when(by_dpo(Request::SubmitMemo(Box::new(memo()))))
            .then_refused(Refusal::CaseIsClosed);
    }
}
