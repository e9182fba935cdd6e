//! Given, when, then for recording that a duty was done, and for taking that back.

use super::super::super::command::{Request, WithdrawFulfilment};
use super::super::super::correction;
use super::super::super::duties::judge;
use super::super::super::evolve::{Fact as Recorded, fold};
use super::super::super::refusal::RequiredText;
use super::super::super::spec::*;
use super::tests::{duties_judged, first_judged, fulfil, fulfilled, notification, the_day};
use super::*;
use crate::duty::tests::{book, service};
use crate::duty::{DutyId, Start};
use crate::notification::NoticeSent;

fn take_back(reason: &str) -> Command {
    let (duty, reason) = (service().id, text(reason));
    by_dpo(Request::WithdrawFulfilment(WithdrawFulfilment { duty, reason }))
}

fn taken_back() -> Event {
    let (duty, reason) = (service().id, text("feil sak"));
    Event::Correction(correction::Event::FulfilmentWithdrawn { duty, reason })
}

#[test]
fn what_was_not_done_is_taken_back_with_a_reason_and_recorded_anew() {
    let history = [reported(), first_judged(), fulfilled(monday(11))];
    let missing = Refusal::TextMissing { what: RequiredText::Reason };
    given(history.clone()).when(take_back(" ")).then_refused(missing);
    given(history).when(take_back("feil sak")).then([taken_back()]);
    let history = [reported(), first_judged(), fulfilled(monday(11)), taken_back()];
    given(history.clone()).when(take_back("feil sak")).then([]);
    let again = fulfil(&service(), monday(10), "NSM-1");
    given(history).when(again).then([fulfilled(monday(10))]);
    let unknown = Refusal::DutyNotFulfilled { duty: service().id };
    given([reported(), first_judged()]).when(take_back("feil sak")).then_refused(unknown);
}

#[test]
fn its_clock_runs_on_from_the_start_it_had() {
    let ended = |ended_at| Judgement { ended_at, ..the_day(Verdict::Yes) };
    let history = [
        reported(),
        duties_judged([super::tests::the_72_hours(), ended(None)]),
        super::tests::found_out(1, true),
        fulfilled(monday(11)),
        duties_judged([ended(Some(monday(11)))]),
        taken_back(),
    ];
    let check = super::tests::check_at(monday(12));
    given(history).when(check).then([duties_judged([ended(None)])]);
}

#[test]
fn long_before_anything_was_known_is_a_slip_of_the_pen() {
    let history = [reported(), first_judged()];
    let before = monday(8) - TimeDelta::days(30);
    given(history.clone()).when(fulfil(&service(), before, "NSM-1")).then([fulfilled(before)]);
    let later = before - TimeDelta::seconds(1);
    let refused = Refusal::TimesOutOfOrder { earlier: before, later };
    given(history).when(fulfil(&service(), later, "NSM-1")).then_refused(refused);
}

/// How the duties stand after events an hour apart, the first at eight.
fn stand(events: &[Event], duty: &Duty) -> (Vec<Judgement>, DutyId) {
    let at = (8..).map(monday);
    let facts = events.iter().zip(at).map(|(event, at)| Recorded { event, at, by: dpo().actor });
    let Case::Open(case) = fold(facts) else { panic!("an open case") };
    let duties = vec![notification().into(), duty.clone().into()];
    (judge(&case, &DutyBook { duties, ..book() }), duty.id.clone())
}

fn of((all, id): (Vec<Judgement>, DutyId)) -> Judgement {
    all.into_iter().find(|it| it.duty == id).expect("it is judged")
}

/// A duty that runs from the notification, as a supplement does.
fn after_notification() -> Duty {
    Duty { start: Start::Notification, triggers: Vec::new(), ..service() }
}

fn notified_at(hour: u32) -> Event {
    let (reference, reasons_for_delay) = ("AR1".to_owned(), None);
    let (sent_at, notice) = (monday(hour), NoticeSent::default());
    Event::AuthorityNotified { sent_at, reference, reasons_for_delay, notice }
}

#[test]
fn a_second_notification_is_owed_what_follows_it_anew() {
    let duty = after_notification();
    let mut history = vec![reported(), decided_to_notify(), notified_at(10)];
    assert_eq!(of(stand(&history, &duty)).ended_at, None);
    history.push(fulfilled(monday(11)));
    assert_eq!(of(stand(&history, &duty)).ended_at, Some(monday(11)));
    // Sent a second time at a moment before that was said of the first.
    history.extend([notification_withdrawn(), decided_to_notify(), notified_at(11)]);
    let anew = of(stand(&history, &duty));
    assert_eq!((anew.starts_at, anew.ended_at), (Some(monday(11)), None));
    history.push(duties_judged([anew]));
    let again = fulfil(&duty, monday(11), "NSM-2");
    let reference = "NSM-2".to_owned();
    let recorded = Event::DutyFulfilled { duty: duty.id.clone(), done_at: monday(11), reference };
    let Given(case) = given_an_hour_apart(&history);
    assert_eq!(super::super::decide(&case, &again), Ok(vec![recorded.clone()]));
    history.push(recorded);
    assert_eq!(of(stand(&history, &duty)).ended_at, Some(monday(11)));
}

fn given_an_hour_apart(events: &[Event]) -> Given {
    let at = (8..).map(monday);
    let facts = events.iter().zip(at).map(|(event, at)| Recorded { event, at, by: dpo().actor });
    Given(fold(facts))
}

#[test]
fn deciding_the_same_on_better_grounds_moves_no_end() {
    let mut history = vec![reported(), decided_not_to_notify()];
    let ends = |history: &[Event]| of((stand(history, &service()).0, notification().id)).ended_at;
    assert_eq!(ends(&history), Some(monday(9)));
    history.push(decided_not_to_notify());
    assert_eq!(ends(&history), Some(monday(9)));
    history.push(decided_to_notify());
    assert_eq!(ends(&history), None);
    history.push(decided_not_to_notify());
    assert_eq!(ends(&history), Some(monday(12)), "it was decided otherwise meanwhile");
}
