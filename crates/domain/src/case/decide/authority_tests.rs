//! Given, when, then for decisions on the authority and notifications of it.

use super::super::super::command::Request;
use super::super::super::practice::Practice;
use super::super::super::spec::*;
use super::*;
use crate::Roles;
use crate::ids::CaseNumber;

fn decide_to(decision: AuthorityDecision, departure: Option<&str>) -> Request {
    Request::DecideOnAuthority(DecideOnAuthority {
        decision,
        grounds: text("as assessed"),
        departure: departure.map(text),
        practice: Practice::default(),
        delegated: true,
    })
}

fn decided(decision: AuthorityDecision, departure: Option<&str>, capacity: Capacity) -> Event {
    let (departure, held_against) = (departure.map(text), None);
    let grounds = text("as assessed");
    Event::AuthorityDecided { decision, grounds, departure, capacity, held_against }
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
        practice: Practice::default(),
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
        .then([departing(&[], &[Norm::Advice])]);
}

/// A decision not to notify, explained, with what it was held against.
fn departing(near: &[CaseNumber], norms: &[Norm]) -> Event {
    let it =
        decided(AuthorityDecision::DoNotNotify, Some("the phone was found"), Capacity::Controller);
    let Event::AuthorityDecided { decision, grounds, departure, capacity, .. } = it else {
        unreachable!("built above")
    };
    let held_against = HeldAgainst::record(near.to_vec(), norms.iter().copied());
    Event::AuthorityDecided { decision, grounds, departure, capacity, held_against }
}

fn near(sequence: u32, decision: AuthorityDecision) -> (CaseNumber, AuthorityDecision) {
    (CaseNumber { year: 2025, sequence }, decision)
}

fn with_practice(departure: Option<&str>, near: Vec<(CaseNumber, AuthorityDecision)>) -> Command {
    let Request::DecideOnAuthority(it) = decide_to(AuthorityDecision::DoNotNotify, departure)
    else {
        unreachable!("built above")
    };
    by_controller(Request::DecideOnAuthority(DecideOnAuthority {
        practice: Practice { near },
        ..it
    }))
}

#[test]
fn departing_from_practice_takes_a_sentence() {
    let all = || vec![near(3, AuthorityDecision::Notify), near(1, AuthorityDecision::Notify)];
    let cases: Vec<CaseNumber> = all().into_iter().map(|(case, _)| case).collect();
    given([reported()])
        .when(with_practice(Some(" "), all()))
        .then_refused(Refusal::PracticeUnexplained { cases: cases.clone() });
    let explained = || with_practice(Some("the phone was found"), all());
    given([reported()]).when(explained()).then([departing(&cases, &[Norm::Practice])]);
    let advised = assessed(1, Outcome::NotifyAuthority);
    given([reported(), advised.clone()])
        .when(explained())
        .then([departing(&cases, &[Norm::Advice, Norm::Practice])]);
    given([reported(), advised])
        .when(with_practice(None, all()))
        .then_refused(Refusal::DepartureUnexplained { advised: Outcome::NotifyAuthority });
}

#[test]
fn cases_alike_that_were_decided_both_ways_are_no_practice_and_stand_on_record() {
    let split = vec![near(3, AuthorityDecision::Notify), near(1, AuthorityDecision::DoNotNotify)];
    let cases: Vec<CaseNumber> = split.iter().map(|(case, _)| *case).collect();
    let not = decided(AuthorityDecision::DoNotNotify, None, Capacity::Controller);
    let Event::AuthorityDecided { decision, grounds, departure, capacity, .. } = not else {
        unreachable!("built above")
    };
    let held_against = HeldAgainst::record(cases, []);
    given([reported()]).when(with_practice(None, split)).then([Event::AuthorityDecided {
        decision,
        grounds,
        departure,
        capacity,
        held_against,
    }]);
}

#[test]
fn a_decision_said_twice_changes_nothing_when_more_cases_are_near_by_then() {
    let (first, _) = near(3, AuthorityDecision::DoNotNotify);
    let not = decided(AuthorityDecision::DoNotNotify, None, Capacity::Controller);
    let Event::AuthorityDecided { decision, grounds, departure, capacity, .. } = not else {
        unreachable!("built above")
    };
    let held_against = HeldAgainst::record(vec![first], []);
    let taken = Event::AuthorityDecided { decision, grounds, departure, capacity, held_against };
    given([reported(), taken]).when(with_practice(None, Vec::new())).then([]);
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
