//! Taking back what was recorded by mistake, so that nobody has to record an untruth to go on. It
//! stays in the history.

use super::super::command::{WithdrawFulfilment, WithdrawInvolved, WithdrawMeasure};
use super::super::correction::Event;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{OpenCase, Progress};
use super::super::{Decision, Event as AnyEvent};
use super::{fact, nothing, require};

/// Takes a measure back that is not done. What was done stays done.
pub(super) fn measure(case: &OpenCase, it: &WithdrawMeasure) -> Decision {
    let WithdrawMeasure { measure, reason } = it.clone();
    if case.dropped.contains_key(&measure) {
        return nothing();
    }
    let proposed = case.measures.get(&measure).ok_or(Refusal::MeasureUnknown { measure })?;
    require(&reason, RequiredText::Reason)?;
    if !matches!(proposed.progress, Progress::Open { .. }) {
        return Err(Refusal::MeasureAlreadyCompleted { measure });
    }
    fact(AnyEvent::Correction(Event::MeasureWithdrawn { measure, reason }))
}

/// Takes back that a duty was done. Its clock runs on from the start it had.
pub(super) fn fulfilment(case: &OpenCase, it: &WithdrawFulfilment) -> Decision {
    let WithdrawFulfilment { duty, reason } = it.clone();
    if case.duties.taken_back.contains(&duty) {
        return nothing();
    }
    if !case.duties.fulfilled.contains_key(&duty) {
        return Err(Refusal::DutyNotFulfilled { duty });
    }
    require(&reason, RequiredText::Reason)?;
    fact(AnyEvent::Correction(Event::FulfilmentWithdrawn { duty, reason }))
}

/// Takes back that somebody is involved.
pub(super) fn involved(case: &OpenCase, it: &WithdrawInvolved) -> Decision {
    let WithdrawInvolved { user, reason } = it.clone();
    if case.involved.is_withdrawn(user) {
        return nothing();
    }
    let found = case.involved.iter().find(|(_, involved)| *involved == user);
    let (person, _) = found.ok_or(Refusal::PersonNotInCase)?;
    require(&reason, RequiredText::Reason)?;
    fact(AnyEvent::Correction(Event::InvolvementWithdrawn { person, reason }))
}

#[cfg(test)]
mod tests {
    use super::super::super::Outstanding;
    use super::super::super::command::{Command, Request};
    use super::super::super::spec::*;
    use super::*;
    use crate::Erasable;

    fn withdraw(reason: &str) -> Command {
        let it = WithdrawMeasure { measure: MEASURE, reason: text(reason) };
        by_dpo(Request::WithdrawMeasure(it))
    }

    fn withdrawn() -> AnyEvent {
        let (measure, reason) = (MEASURE, text("feil sak"));
        AnyEvent::Correction(Event::MeasureWithdrawn { measure, reason })
    }

    #[test]
    fn a_measure_that_is_not_done_is_taken_back_with_a_reason_and_holds_nothing_up() {
        let history = [reported(), proposed()];
        let missing = Refusal::TextMissing { what: RequiredText::Reason };
        given(history.clone()).when(withdraw(" ")).then_refused(missing);
        given(history).when(withdraw("feil sak")).then([withdrawn()]);
        let history = [reported(), proposed(), withdrawn()];
        given(history.clone()).when(withdraw("feil sak")).then([]);
        let Given(case) = given(history.clone());
        let left = case.known().expect("a case").outstanding();
        assert!(!left.contains(&Outstanding::CompleteMeasure(MEASURE)));
        let ended = AnyEvent::ClosedAsNotADeviation { reason: text("ingen") };
        let request = Request::CloseAsNotADeviation(text("ingen"));
        given(history).when(by_dpo(request)).then([ended]);
    }

    #[test]
    fn a_measure_that_is_done_stays_and_so_does_what_nobody_proposed() {
        let done = Refusal::MeasureAlreadyCompleted { measure: MEASURE };
        given([reported(), proposed(), completed()]).when(withdraw("x")).then_refused(done);
        let unknown = Refusal::MeasureUnknown { measure: MEASURE };
        given([reported()]).when(withdraw("x")).then_refused(unknown);
    }

    #[test]
    fn one_that_outlives_its_case_is_taken_back_too() {
        let ended = AnyEvent::ClosedAsNotADeviation { reason: text("ingen") };
        given([reported(), proposed(), ended]).when(withdraw("feil sak")).then([withdrawn()]);
    }

    #[test]
    fn somebody_who_is_not_involved_after_all_sees_the_case_again() {
        let involved = || AnyEvent::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
        let withdraw = |reason: &str| {
            let it = WithdrawInvolved { user: LEADER, reason: text(reason) };
            by_dpo(Request::WithdrawInvolved(it))
        };
        let (person, reason) = (LEADER.into(), text("en annen med samme navn"));
        let back = AnyEvent::Correction(Event::InvolvementWithdrawn { person, reason });
        let history = [reported(), involved()];
        let missing = Refusal::TextMissing { what: RequiredText::Reason };
        given(history.clone()).when(withdraw(" ")).then_refused(missing);
        given(history).when(withdraw("en annen med samme navn")).then([back.clone()]);
        let history = [reported(), involved(), back];
        let Given(case) = given(history.clone());
        assert!(!case.known().expect("a case").involved.contains(&LEADER));
        given(history).when(withdraw("igjen")).then([]);
        let named = || AnyEvent::PersonInvolved { user: Erasable::about(DPO, DPO) };
        given([reported(), named()])
            .when(by_controller(Request::WithdrawInvolved(WithdrawInvolved {
                user: LEADER,
                reason: text("x"),
            })))
            .then_refused(Refusal::PersonNotInCase);
    }
}
