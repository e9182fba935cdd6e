//! The 72 hours (GDPR art. 33(1)): when they begin and end, their stages, and what stops them.

use chrono::TimeDelta;
use domain::{Role, Time};
use serde_json::{Value, json};
use tests::story::{self, Filed};
use tests::{Running, steps};

/// The discovery of most reports here, and the deadline that follows: 8:30 in Oslo, three days on.
const DISCOVERED: &str = "2026-03-02T07:30:00Z";
const DUE: &str = "2026-03-05T07:30:00Z";

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

async fn reported(running: &Running) -> Filed {
    story::report_by_api(running, Some(DISCOVERED)).await
}

async fn clock(running: &Running, filed: &Filed) -> Value {
    story::case(running, Role::Dpo, filed).await["clock"].clone()
}

/// Sets the clock, and waits until the watch has looked at it.
async fn at(running: &Running, now: Time) {
    running.hand.set(now);
    running.service().watch_deadlines_once().await;
}

/// The hours left at every stage that was raised, in order, for a deadline.
async fn stages(running: &Running, filed: &Filed, due_at: &str) -> Vec<u64> {
    let raised = story::happened(running, filed, "deadline_stage_reached").await;
    let of_deadline = raised.iter().filter(|stage| stage["due_at"] == due_at);
    of_deadline.map(|stage| stage["hours_left"].as_u64().unwrap()).collect()
}

/// The three check values, told by the clocks in Oslo: over the start of summer time, over its end,
/// and over Good Friday.
#[tokio::test]
async fn seventy_two_hours_stay_seventy_two_hours_whatever_the_clocks_on_the_wall_do() {
    let checks = [
        ("2026-03-27T14:30:00Z", "Fri 27 Mar 15:30", "Mon 30 Mar 16:30"),
        ("2026-10-23T13:30:00Z", "Fri 23 Oct 15:30", "Mon 26 Oct 14:30"),
        ("2026-04-01T12:00:00Z", "Wed  1 Apr 14:00", "Sat  4 Apr 14:00"),
    ];
    let running = Running::start().await;
    for (aware_at, begins, ends) in checks {
        running.hand.set(time(aware_at) + TimeDelta::hours(1));
        let filed = story::report_by_api(&running, Some(aware_at)).await;
        let clock = clock(&running, &filed).await;
        let in_oslo = |member: &str| {
            let at = time(clock[member].as_str().unwrap());
            at.with_timezone(&chrono_tz::Europe::Oslo).format("%a %e %b %H:%M").to_string()
        };
        assert_eq!(in_oslo("aware_at"), begins);
        assert_eq!(in_oslo("due_at"), ends);
        assert_eq!(clock["remaining_seconds"], 71 * 3_600);
    }
}

#[tokio::test]
async fn the_clock_starts_at_the_discovery_or_else_when_the_report_comes_in() {
    let running = Running::start().await;
    let discovered = reported(&running).await;
    assert_eq!(clock(&running, &discovered).await["aware_at"], DISCOVERED);
    let unknown = story::report_by_api(&running, None).await;
    let expected = json!(running.now());
    assert_eq!(clock(&running, &unknown).await["aware_at"], expected);
}

#[tokio::test]
async fn each_stage_is_raised_once_as_the_hours_go_by() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let stages_due = [48, 24, 12, 4, 1];
    for (raised, hours_left) in (1..).zip(stages_due) {
        let reached = time(DUE) - TimeDelta::hours(hours_left);
        at(&running, reached - TimeDelta::seconds(1)).await;
        assert_eq!(stages(&running, &filed, DUE).await.len(), raised - 1);
        at(&running, reached).await;
        at(&running, reached + TimeDelta::seconds(1)).await;
        assert_eq!(stages(&running, &filed, DUE).await, [48, 24, 12, 4, 1][..raised]);
    }
    at(&running, time(DUE)).await;
    assert_eq!(stages(&running, &filed, DUE).await.len(), 5, "the last instant is in time");
    at(&running, time(DUE) + TimeDelta::seconds(1)).await;
    assert_eq!(stages(&running, &filed, DUE).await, [48, 24, 12, 4, 1, 0]);
    assert_eq!(clock(&running, &filed).await["overdue"], true);
}

#[tokio::test]
async fn a_clock_that_jumps_forwards_and_backwards_raises_each_stage_once() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    at(&running, time(DUE) - TimeDelta::hours(13)).await;
    assert_eq!(stages(&running, &filed, DUE).await, [48, 24]);
    at(&running, time(DUE) - TimeDelta::hours(60)).await;
    at(&running, time(DUE) + TimeDelta::days(300)).await;
    at(&running, time(DUE) - TimeDelta::hours(2)).await;
    at(&running, time(DUE) + TimeDelta::days(301)).await;
    assert_eq!(stages(&running, &filed, DUE).await, [48, 24, 12, 4, 1, 0]);
}

#[tokio::test]
async fn a_restart_raises_no_stage_twice_and_misses_none_that_passed_meanwhile() {
    let mut running = Running::start().await;
    let filed = reported(&running).await;
    at(&running, time(DUE) - TimeDelta::hours(20)).await;
    running.restart().await;
    running.service().watch_deadlines_once().await;
    assert_eq!(stages(&running, &filed, DUE).await, [48, 24]);
    running.stop().await;
    running.hand.set(time(DUE) - TimeDelta::hours(3));
    running.start_again().await;
    running.service().watch_deadlines_once().await;
    assert_eq!(stages(&running, &filed, DUE).await, [48, 24, 12, 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_watches_at_once_raise_each_stage_once() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    running.hand.set(time(DUE) + TimeDelta::hours(1));
    let mut watches = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let service = running.service().clone();
        watches.spawn(async move { service.watch_deadlines_once().await });
    }
    watches.join_all().await;
    assert_eq!(stages(&running, &filed, DUE).await, [48, 24, 12, 4, 1, 0]);
}

#[tokio::test]
async fn a_notification_in_the_last_instant_is_in_time() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    at(&running, time(DUE) + TimeDelta::hours(1)).await;
    story::take(&running, Role::Dpo, &filed, &steps::notify(DUE, None)).await;
    let clock = clock(&running, &filed).await;
    assert_eq!(clock["running"], false);
    assert_eq!(clock["notified_at"], DUE);
}

#[tokio::test]
async fn a_late_notification_takes_the_reasons_for_the_delay() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    at(&running, time(DUE) + TimeDelta::hours(1)).await;
    let sent_at = "2026-03-05T07:30:01Z";
    for reasons in [None, Some(" ")] {
        let step = steps::notify(sent_at, reasons);
        let refusal = story::refused(&running, Role::Dpo, &filed, &step).await;
        assert_eq!(refusal["refusal"], "reasons_for_delay_missing");
        assert_eq!(refusal["due_at"], DUE);
    }
    assert_eq!(clock(&running, &filed).await["running"], true);
    let step = steps::notify(sent_at, Some("Altinn var nede hele natten"));
    story::take(&running, Role::Dpo, &filed, &step).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let notification = &case["authority"]["notification"];
    assert_eq!(notification["reasons_for_delay"], "Altinn var nede hele natten");
    assert_eq!(case["clock"]["running"], false);
}

#[tokio::test]
async fn nobody_has_notified_the_authority_tomorrow() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let step = steps::notify("2026-03-03T08:00:00Z", None);
    let refusal = story::refused(&running, Role::Dpo, &filed, &step).await;
    assert_eq!(refusal["refusal"], "time_in_future");
}

#[tokio::test]
async fn another_moment_of_awareness_moves_the_deadline_and_the_earlier_stays_on_record() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    at(&running, time(DUE) - TimeDelta::hours(47)).await;
    let (aware_at, due_at) = ("2026-03-02T15:00:00Z", "2026-03-05T15:00:00Z");
    let without_reason = steps::establish_awareness(aware_at, " ");
    let refusal = story::refused(&running, Role::Dpo, &filed, &without_reason).await;
    assert_eq!(refusal["refusal"], "text_missing");
    let tomorrow = steps::establish_awareness("2026-03-04T15:00:00Z", "Først da visste vi det");
    let refusal = story::refused(&running, Role::Dpo, &filed, &tomorrow).await;
    assert_eq!(refusal["refusal"], "time_in_future");

    let established = steps::establish_awareness(aware_at, "Leverandøren bekreftet det da");
    story::take(&running, Role::Dpo, &filed, &established).await;
    assert_eq!(clock(&running, &filed).await["due_at"], due_at);
    let happened = story::happened(&running, &filed, "awareness_established").await;
    assert_eq!(happened[0]["reason"], "Leverandøren bekreftet det da");
    let reported = story::happened(&running, &filed, "deviation_reported").await;
    assert_eq!(reported[0]["report"]["discovered_at"], DISCOVERED);
    assert_eq!(stages(&running, &filed, DUE).await, [48], "the earlier deadline's stages stay");
    at(&running, time(due_at) - TimeDelta::hours(24)).await;
    assert_eq!(stages(&running, &filed, due_at).await, [48, 24]);
    assert_eq!(stages(&running, &filed, DUE).await, [48]);
}

#[tokio::test]
async fn a_decision_not_to_notify_stops_the_clock_and_one_to_notify_does_not() {
    let running = Running::start().await;
    let (stopped, runs) = (reported(&running).await, reported(&running).await);
    let no = steps::decide("do_not_notify", "Telefonen lå innelåst hele tiden");
    story::take(&running, Role::Controller, &stopped, &no).await;
    let yes = steps::decide("notify", "Helseopplysninger på avveie");
    story::take(&running, Role::Controller, &runs, &yes).await;
    at(&running, time(DUE) + TimeDelta::hours(1)).await;
    assert_eq!(clock(&running, &stopped).await["running"], false);
    assert_eq!(clock(&running, &stopped).await["remaining_seconds"], Value::Null);
    assert_eq!(stages(&running, &stopped, DUE).await, [0; 0]);
    assert_eq!(clock(&running, &runs).await["running"], true);
    assert_eq!(stages(&running, &runs, DUE).await, [48, 24, 12, 4, 1, 0]);
}

#[tokio::test]
async fn a_clock_stopped_by_a_decision_runs_on_when_the_decision_is_changed() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let no = steps::decide("do_not_notify", "Telefonen lå innelåst hele tiden");
    story::take(&running, Role::Controller, &filed, &no).await;
    at(&running, time(DUE) - TimeDelta::hours(20)).await;
    let notify = steps::notify(DISCOVERED, None);
    let refusal = story::refused(&running, Role::Dpo, &filed, &notify).await;
    assert_eq!(refusal["refusal"], "decided_not_to_notify");
    let yes = steps::decide("notify", "Den lå likevel ikke innelåst");
    story::take(&running, Role::Controller, &filed, &yes).await;
    assert_eq!(clock(&running, &filed).await["due_at"], DUE);
    assert_eq!(clock(&running, &filed).await["running"], true);
    at(&running, time(DUE) - TimeDelta::hours(11)).await;
    assert_eq!(stages(&running, &filed, DUE).await, [48, 24, 12]);
}

#[tokio::test]
async fn a_case_closed_as_no_deviation_raises_nothing_and_runs_on_when_reopened() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let found = steps::close_as_not_a_deviation("Telefonen lå i skuffen");
    story::take(&running, Role::Dpo, &filed, &found).await;
    at(&running, time(DUE) - TimeDelta::hours(30)).await;
    assert_eq!(clock(&running, &filed).await["running"], false);
    assert_eq!(stages(&running, &filed, DUE).await, [0; 0]);
    let reopen = steps::reopen("Det var en annen telefon i skuffen");
    story::take(&running, Role::Dpo, &filed, &reopen).await;
    at(&running, time(DUE) - TimeDelta::hours(23)).await;
    assert_eq!(stages(&running, &filed, DUE).await, [48, 24]);
}

#[tokio::test]
async fn the_list_begins_with_the_clock_that_runs_out_first() {
    let running = Running::start().await;
    let later = story::report_by_api(&running, None).await;
    let sooner = reported(&running).await;
    let stopped = reported(&running).await;
    let no = steps::decide("do_not_notify", "Telefonen lå innelåst hele tiden");
    story::take(&running, Role::Controller, &stopped, &no).await;
    let listed = running.api(Role::Dpo).get("/api/v1/cases").await.json();
    let numbers = listed["items"].as_array().unwrap().iter();
    let numbers: Vec<_> = numbers.map(|case| case["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, [&sooner.number, &later.number, &stopped.number]);
}
