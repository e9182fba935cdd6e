//! Given, when, then for decisions on the authority and notifications of it.

use chrono::TimeDelta;

use super::super::super::command::Request;
use super::super::super::spec::*;
use super::*;
use crate::{Roles, Time};

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

fn record_at(sent_at: Time, reasons: Option<&str>) -> Command {
    let it = RecordNotification {
        sent_at,
        reference: "AR123456789".to_owned(),
        reasons_for_delay: reasons.map(text),
    };
    command(sent_at + TimeDelta::hours(1), dpo(), Request::RecordNotification(it))
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

#[test]
fn a_notification_is_recorded_even_before_a_decision() {
    given([reported()]).when(record_at(monday(11), None)).then([notified()]);
}

#[test]
fn a_notification_twice_changes_nothing_and_another_is_refused() {
    given([reported(), notified()]).when(record_at(monday(11), None)).then([]);
    given([reported(), notified()])
        .when(record_at(monday(12), None))
        .then_refused(Refusal::AlreadyNotified { sent_at: monday(11) });
}

#[test]
fn a_notification_against_the_decision_is_refused() {
    given([reported(), decided_not_to_notify()])
        .when(record_at(monday(11), None))
        .then_refused(Refusal::DecidedNotToNotify);
}

#[test]
fn a_late_notification_takes_reasons() {
    let due_at = monday(8) + TimeDelta::hours(72);
    let late = due_at + TimeDelta::seconds(1);
    given([reported()])
        .when(record_at(late, Some(" ")))
        .then_refused(Refusal::ReasonsForDelayMissing { due_at });
    given([reported()]).when(record_at(late, Some("nobody was at work"))).then([
        Event::AuthorityNotified {
            sent_at: late,
            reference: "AR123456789".to_owned(),
            reasons_for_delay: Some(text("nobody was at work")),
        },
    ]);
}

#[test]
fn a_notification_has_a_reference_and_lies_in_the_past() {
    let record = |sent_at, reference: &str| {
        let reference = reference.to_owned();
        let it = RecordNotification { sent_at, reference, reasons_for_delay: None };
        command(monday(12), dpo(), Request::RecordNotification(it))
    };
    given([reported()])
        .when(record(monday(11), " "))
        .then_refused(Refusal::TextMissing { what: RequiredText::Reference });
    given([reported()])
        .when(record(monday(13), "AR1"))
        .then_refused(Refusal::TimeInFuture { given: monday(13) });
}
