//! Taking a case in, and naming those who are involved.

use super::super::command::Receive;
use super::super::refusal::Refusal;
use super::super::state::{OpenCase, Receipt};
use super::super::{Decision, Event};
use super::{fact, nothing};
use crate::Erasable;
use crate::ids::UserId;

/// Takes the case in under a category, a unit and a handler.
pub(super) fn decide(case: &OpenCase, it: &Receive) -> Decision {
    let Receive { category, unit, handler } = it.clone();
    match &case.receipt {
        None => fact(Event::CaseReceived { category, unit, handler }),
        Some(receipt) if *receipt == (Receipt { category, unit, handler }) => nothing(),
        Some(_) => Err(Refusal::AlreadyReceived),
    }
}

/// Keeps somebody from seeing the case through a role, from now on.
pub(super) fn name_involved(case: &OpenCase, user: &Erasable<UserId>) -> Decision {
    if user.get().is_some_and(|user| case.involved.contains(user)) {
        return nothing();
    }
    fact(Event::PersonInvolved { user: user.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;

    fn receive(handler: UserId) -> Receive {
        Receive { category: lost_phone().category, unit: UNIT, handler }
    }

    #[test]
    fn a_report_is_received() {
        given([reported()]).when(by_dpo(Request::Receive(receive(DPO)))).then([received()]);
    }

    #[test]
    fn receiving_twice_changes_nothing() {
        given([reported(), received()]).when(by_dpo(Request::Receive(receive(DPO)))).then([]);
    }

    #[test]
    fn a_received_case_is_not_received_otherwise() {
        given([reported(), received()])
            .when(by_dpo(Request::Receive(receive(LEADER))))
            .then_refused(Refusal::AlreadyReceived);
    }

    #[test]
    fn somebody_is_named_as_involved_once() {
        let name = || by_dpo(Request::NameInvolved(Erasable::about(LEADER, LEADER)));
        let named = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
        given([reported()]).when(name()).then([named.clone()]);
        given([reported(), named]).when(name()).then([]);
    }

    #[test]
    fn somebody_involved_has_no_part_in_the_case() {
        given([reported(), Event::PersonInvolved { user: Erasable::about(DPO, DPO) }])
            .when(by_dpo(Request::Receive(receive(DPO))))
            .then_refused(Refusal::InvolvedInTheCase);
    }
}
