//! Given, when, then for the duties of a case.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::super::super::command::{Acting, Request};
use super::super::super::duties::Judgement;
use super::super::super::facts::Fact;
use super::super::super::spec::*;
use super::*;
use crate::deadline::Stage;
pub(super) use crate::duty::tests::notification;
use crate::duty::tests::{book, service};
use crate::duty::{Alerted, DutyId};

pub(super) fn check_at(at: Time) -> Command {
    command(at, Acting::service(), Request::CheckDuties(book().into()))
}

/// How the 72 hours of the lost phone are judged, aware since Monday at 8.
pub(super) fn the_72_hours() -> Judgement {
    Judgement {
        duty: notification().id,
        version: 3,
        verdict: Verdict::Yes,
        starts_at: Some(monday(8)),
        due_at: Some(monday(80)),
        ended_at: None,
    }
}

/// How the day for telling of a service is judged.
pub(super) fn the_day(verdict: Verdict) -> Judgement {
    let runs = verdict != Verdict::No;
    Judgement {
        duty: service().id,
        version: 1,
        verdict,
        starts_at: Some(monday(8)).filter(|_| runs),
        due_at: Some(monday(32)).filter(|_| runs),
        ended_at: None,
    }
}

pub(super) fn duties_judged(duties: impl Into<Vec<Judgement>>) -> Event {
    Event::DutiesJudged { duties: duties.into() }
}

pub(super) fn first_judged() -> Event {
    duties_judged([the_72_hours(), the_day(Verdict::Unknown)])
}

fn stage(duty: &Duty, hours_left: u16, due_at: Time, alerts: &[Alerted]) -> Event {
    let alerts: BTreeSet<_> = alerts.iter().copied().collect();
    Event::DeadlineStageReached {
        duty: duty.id.clone(),
        stage: Stage { hours_left },
        due_at,
        alerts,
    }
}

fn of_72(hours_left: u16) -> Event {
    stage(&notification(), hours_left, monday(80), &[Alerted::Dpo])
}

pub(super) fn found_out(version: u32, is_so: bool) -> Event {
    let verdict = Verdict::known(is_so);
    let facts = Facts::default().with(Fact::SignificantEffectOnService, verdict);
    Event::FactsEstablished { version, facts }
}

fn find_out(is_so: bool) -> Command {
    let Event::FactsEstablished { facts, .. } = found_out(1, is_so) else { unreachable!("above") };
    by_dpo(Request::EstablishFacts(facts))
}

pub(super) fn fulfil(duty: &Duty, done_at: Time, reference: &str) -> Command {
    let (duty, reference) = (duty.id.clone(), reference.to_owned());
    by_dpo(Request::FulfilDuty(FulfilDuty { duty, done_at, reference }))
}

pub(super) fn fulfilled(done_at: Time) -> Event {
    Event::DutyFulfilled { duty: service().id, done_at, reference: "NSM-1".to_owned() }
}

#[test]
fn a_case_that_was_never_judged_is_judged_by_the_watch() {
    given([reported()]).when(check_at(monday(9))).then([first_judged()]);
    given([reported(), first_judged()]).when(check_at(monday(9))).then([]);
}

#[test]
fn what_follows_from_a_report_is_judged_with_it() {
    let book = book();
    let judged =
        |before: &Case, events: &[Event]| judged(before, events, &book, monday(9), Actor::Service);
    assert_eq!(judged(&Case::Unreported, &[reported()]), Some(first_judged()));
    assert_eq!(judged(&Case::Unreported, &[reported(), first_judged()]), None);
    assert_eq!(judged(&Case::Unreported, &closed()), None, "nobody is at work on it");
}

#[test]
fn a_stage_is_raised_once() {
    let now = monday(32);
    given([reported(), first_judged()]).when(check_at(now)).then([of_72(48)]);
    given([reported(), first_judged(), of_72(48)]).when(check_at(now)).then([]);
}

#[test]
fn a_jump_of_the_clock_raises_every_stage_on_the_way() {
    given([reported(), first_judged(), of_72(48)])
        .when(check_at(monday(81)))
        .then([24, 12, 4, 1, 0].map(of_72));
}

#[test]
fn a_new_deadline_has_stages_of_its_own() {
    let aware_at = monday(11);
    let due_at = aware_at + TimeDelta::hours(72);
    let established = Event::AwarenessEstablished { aware_at, reason: text("told") };
    let moved = |it: Judgement, hours| Judgement {
        starts_at: Some(aware_at),
        due_at: Some(aware_at + TimeDelta::hours(hours)),
        ..it
    };
    let judged = [moved(the_72_hours(), 72), moved(the_day(Verdict::Unknown), 24)];
    given([reported(), first_judged(), of_72(48), established])
        .when(check_at(due_at - TimeDelta::hours(48)))
        .then([duties_judged(judged), stage(&notification(), 48, due_at, &[Alerted::Dpo])]);
}

#[test]
fn a_stopped_clock_has_no_stages() {
    let late = monday(88);
    let ended = |at| duties_judged([Judgement { ended_at: Some(at), ..the_72_hours() }]);
    given([reported(), first_judged(), decided_to_notify(), notified()])
        .when(check_at(late))
        .then([ended(monday(11))]);
    given([reported(), first_judged(), decided_not_to_notify()])
        .when(check_at(late))
        .then([ended(monday(9))]);
    given(closed()).when(check_at(late)).then([]);
}

#[test]
fn a_decision_taken_back_lets_the_clock_run_again() {
    let ended = duties_judged([Judgement { ended_at: Some(monday(9)), ..the_72_hours() }]);
    given([reported(), first_judged(), decided_not_to_notify(), ended, decided_to_notify()])
        .when(check_at(monday(10)))
        .then([duties_judged([the_72_hours()])]);
}

#[test]
fn a_possible_duty_alerts_nobody_until_it_is_one() {
    let now = monday(29);
    given([reported(), first_judged()]).when(check_at(now)).then([]);
    let dpo_and_deputy = [Alerted::Dpo, Alerted::Deputy];
    given([reported(), first_judged(), found_out(1, true)]).when(check_at(now)).then([
        duties_judged([the_day(Verdict::Yes)]),
        stage(&service(), 4, monday(32), &dpo_and_deputy),
    ]);
    given([reported(), first_judged(), found_out(1, false)])
        .when(check_at(now))
        .then([duties_judged([the_day(Verdict::No)])]);
}

#[test]
fn what_was_found_out_is_kept_in_versions() {
    given([reported()]).when(find_out(true)).then([found_out(1, true)]);
    given([reported(), found_out(1, true)]).when(find_out(true)).then([]);
    given([reported(), found_out(1, true)]).when(find_out(false)).then([found_out(2, false)]);
    given([reported()]).when(by_dpo(Request::EstablishFacts(Facts::default()))).then([]);
}

#[test]
fn a_duty_that_was_done_has_no_clock() {
    let yes = duties_judged([the_day(Verdict::Yes)]);
    let history = [reported(), first_judged(), found_out(1, true), yes];
    let done = || fulfil(&service(), monday(11), "NSM-1");
    given(history.clone()).when(done()).then([fulfilled(monday(11))]);
    let history: Vec<Event> = history.into_iter().chain([fulfilled(monday(11))]).collect();
    given(history.clone()).when(done()).then([]);
    given(history.clone())
        .when(fulfil(&service(), monday(10), "NSM-1"))
        .then_refused(Refusal::DutyFulfilled { done_at: monday(11) });
    let ended = Judgement { ended_at: Some(monday(11)), ..the_day(Verdict::Yes) };
    given(history).when(check_at(monday(31))).then([duties_judged([ended])]);
}

#[test]
fn a_duty_is_not_done_in_the_future_nor_where_it_is_not_there() {
    given([reported(), first_judged()])
        .when(fulfil(&service(), monday(13), ""))
        .then_refused(Refusal::TimeInFuture { given: monday(13) });
    given([reported()])
        .when(fulfil(&service(), monday(11), ""))
        .then_refused(Refusal::NoSuchDuty { duty: service().id });
    // Notifying the authority is a step of its own, which asks for reasons where it is late.
    given([reported(), first_judged()])
        .when(fulfil(&notification(), monday(11), ""))
        .then_refused(Refusal::NoSuchDuty { duty: DutyId::new("gdpr-33").unwrap() });
}
