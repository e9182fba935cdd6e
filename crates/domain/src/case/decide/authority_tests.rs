//! Given, when, then for decisions on the authority and notifications of it.

use super::super::super::command::Request;
use super::super::super::spec::*;
use super::*;
use crate::Roles;

fn decide_to(decision: AuthorityDecision, departure: Option<&str>) -> Request {
    Request::DecideOnAuthority(DecideOnAuthority {
        decision,
        grounds: text("as assessed"),
        departure: departure.map(text),
        delegated: true,
    })
}

fn decided(decision: AuthorityDecision, departure: Option<&str>, capacity: Capacity) -> Event {
    let departure = departure.map(text);
    Event::AuthorityDecided { decision, grounds: text("as assessed"), departure, capacity }
}

#[test]
fn the_controller_decides() {
    given([reported()])
        .when(by_controller(decide_to(AuthorityDecision::Notify, None)))
        .then([decided(AuthorityDecision::Notify, None, Capacity::Controller)]);
}

#[test]
fn the_dpo_decides_under_delegation_alone() {
    given([reported()]).when(by_dpo(decide_to(AuthorityDecision::Notify, None))).then([decided(
        AuthorityDecision::Notify,
        None,
        Capacity::Delegation,
    )]);
    let Request::DecideOnAuthority(it) = decide_to(AuthorityDecision::Notify, None) else {
        unreachable!("built above")
    };
    let undelegated = DecideOnAuthority { delegated: false, ..it };
    given([reported()])
        .when(by_dpo(Request::DecideOnAuthority(undelegated)))
        .then_refused(Refusal::DecisionNotDelegated);
}

#[test]
fn whoever_is_also_dpo_never_decides_as_controller() {
    let both = Acting::user(DPO, Roles::from([Role::Dpo, Role::Controller]));
    given([reported()])
        .when(command(monday(12), both, decide_to(AuthorityDecision::Notify, None)))
        .then([decided(AuthorityDecision::Notify, None, Capacity::Delegation)]);
}

#[test]
fn a_decision_twice_changes_nothing() {
    let decision = decided(AuthorityDecision::Notify, None, Capacity::Controller);
    given([reported(), decision])
        .when(by_controller(decide_to(AuthorityDecision::Notify, None)))
        .then([]);
}

#[test]
fn a_decision_takes_grounds() {
    let it = DecideOnAuthority {
        decision: AuthorityDecision::DoNotNotify,
        grounds: text(""),
        departure: None,
        delegated: true,
    };
    given([reported()])
        .when(by_controller(Request::DecideOnAuthority(it)))
        .then_refused(Refusal::TextMissing { what: RequiredText::Grounds });
}

#[test]
fn departing_from_the_advice_takes_a_sentence() {
    let advised = Outcome::NotifyAuthority;
    given([reported(), assessed(1, advised)])
        .when(by_controller(decide_to(AuthorityDecision::DoNotNotify, None)))
        .then_refused(Refusal::DepartureUnexplained { advised });
    let departure = Some("the phone was found");
    given([reported(), assessed(1, advised)])
        .when(by_controller(decide_to(AuthorityDecision::DoNotNotify, departure)))
        .then([decided(AuthorityDecision::DoNotNotify, departure, Capacity::Controller)]);
}

#[test]
fn a_decision_can_be_taken_anew_until_the_authority_is_notified() {
    given([reported(), decided_not_to_notify()])
        .when(by_controller(decide_to(AuthorityDecision::Notify, None)))
        .then([decided(AuthorityDecision::Notify, None, Capacity::Controller)]);
    given([reported(), decided_to_notify(), notified()])
        .when(by_controller(decide_to(AuthorityDecision::DoNotNotify, None)))
        .then_refused(Refusal::AlreadyNotified { sent_at: monday(11) });
}
