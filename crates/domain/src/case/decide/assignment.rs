//! Who handles a case, and who stands in for them.

use super::super::command::Assign;
use super::super::refusal::Refusal;
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing};

/// Gives a received case to somebody. Nobody involved handles it, nor stands in for the handler.
pub(super) fn decide(case: &OpenCase, it: Assign) -> Decision {
    let receipt = case.receipt.as_ref().ok_or(Refusal::NotReceived)?;
    let Assign { handler, deputy } = it;
    if deputy == Some(handler) {
        return Err(Refusal::DeputyIsHandler);
    }
    if [Some(handler), deputy].into_iter().flatten().any(|user| case.involved.contains(&user)) {
        return Err(Refusal::InvolvedInTheCase);
    }
    if (receipt.handler, receipt.deputy) == (handler, deputy) {
        return nothing();
    }
    fact(Event::CaseAssigned { handler, deputy })
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Command, Request};
    use super::super::super::spec::*;
    use super::*;
    use crate::Erasable;
    use crate::ids::UserId;

    fn assign(handler: UserId, deputy: Option<UserId>) -> Command {
        by_dpo(Request::Assign(Assign { handler, deputy }))
    }

    fn assigned() -> Event {
        Event::CaseAssigned { handler: DPO, deputy: Some(LEADER) }
    }

    #[test]
    fn a_received_case_gets_another_handler_and_somebody_who_stands_in() {
        let received = [reported(), received()];
        given(received.clone()).when(assign(DPO, None)).then([]);
        given(received.clone()).when(assign(DPO, Some(LEADER))).then([assigned()]);
        given([reported(), super::super::super::spec::received(), assigned()])
            .when(assign(DPO, Some(LEADER)))
            .then([]);
        given(received)
            .when(assign(LEADER, None))
            .then([Event::CaseAssigned { handler: LEADER, deputy: None }]);
    }

    #[test]
    fn nobody_stands_in_for_themselves() {
        given([reported(), received()])
            .when(assign(DPO, Some(DPO)))
            .then_refused(Refusal::DeputyIsHandler);
    }

    #[test]
    fn nobody_involved_gets_the_case() {
        let involved = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
        let history = [reported(), received(), involved];
        given(history.clone()).when(assign(LEADER, None)).then_refused(Refusal::InvolvedInTheCase);
        given(history).when(assign(DPO, Some(LEADER))).then_refused(Refusal::InvolvedInTheCase);
    }

    #[test]
    fn a_case_nobody_took_in_has_no_handler_to_change() {
        given([reported()]).when(assign(DPO, None)).then_refused(Refusal::NotReceived);
        given(closed()).when(assign(LEADER, None)).then_refused(Refusal::CaseIsClosed);
    }
}
