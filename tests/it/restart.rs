//! A restart in the middle of the day's work: nothing is lost, nobody is asked to begin anew.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::Role;
use domain::ids::UnitId;
use hyper::StatusCode;
use serde_json::json;
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed, lost_phone, report_a_lost_phone};
use tests::{Client, Running, disk, steps};
use tokio::task::JoinSet;

const NAMED: [(&str, &str); 1] = [("openness", "named")];

async fn take(running: &Running, role: Role, filed: &Filed, step: steps::Step) {
    story::take(running, role, filed, &step).await;
}

/// Cases in many states, and a clock that has passed some stages.
async fn a_days_work(running: &Running) {
    let mut filed = Vec::new();
    for discovered_at in ["2026-03-02T06:00:00Z", "2026-03-02T07:30:00Z"] {
        filed.push(story::report_by_api(running, Some(discovered_at)).await);
        filed.push(story::report_by_api(running, None).await);
    }
    let employee = running.browser(Role::Employee).await;
    for openness in ["anonymous", "confidential"] {
        filed.push(report_a_lost_phone(&employee, &[("openness", openness)]).await);
    }
    story::walk_to_closed(running, &filed[0]).await;
    take(running, Role::Controller, &filed[0], steps::reopen("Flere er berørt")).await;
    story::walk_to_memo(running, &filed[1]).await;
    take(running, Role::Controller, &filed[1], steps::send_back(&["Datér rutinen"])).await;
    let found = steps::close_as_not_a_deviation("Den lå i skuffen");
    take(running, Role::Dpo, &filed[2], found).await;
    let leader = running.people.holder(Role::Leader);
    take(running, Role::Dpo, &filed[3], steps::involve(leader)).await;
    let aware = steps::establish_awareness("2026-03-02T07:00:00Z", "Da visste vi det");
    take(running, Role::Dpo, &filed[3], aware).await;
    running.pass(TimeDelta::hours(40));
    running.service().watch_deadlines_once().await;
}

#[tokio::test]
async fn views_built_anew_equal_those_that_were_kept() {
    let mut running = Running::start().await;
    a_days_work(&running).await;
    // What the watches have to say of that day is said before its views are kept.
    running.service().watch_deadlines_once().await;
    running.service().watch_accesses_once().await;
    running.service().remind_once().await;
    // What the service's own watches recorded in between, nobody here has waited for.
    let recorded = running.service().verify().await.events.last;
    let seen = async || {
        let views = running.service().views();
        (recorded <= views.position).then(|| views.clone())
    };
    let kept = eventually("views that have seen everything", seen).await;
    assert_eq!(kept.inbox.len(), 6);
    running.restart().await;
    // The mails' leaving and the watch add no facts.
    let rebuilt = running.service().views().clone();
    assert_eq!(rebuilt.position, kept.position);
    assert!(rebuilt == kept, "{rebuilt:#?}\n differs from \n{kept:#?}");
}

#[tokio::test]
async fn a_case_goes_on_where_it_was() {
    let mut running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    take(&running, Role::Dpo, &filed, steps::receive(&running.people)).await;
    take(&running, Role::Dpo, &filed, steps::assess("Uten lås", "document_only")).await;
    let before = story::case(&running, Role::Dpo, &filed).await;
    running.restart().await;
    assert_eq!(story::case(&running, Role::Dpo, &filed).await, before);
    let no = steps::decide("do_not_notify", "Den lå innelåst");
    take(&running, Role::Controller, &filed, no).await;
    let told = steps::decide_on_people("no_high_risk", "Ingen så den");
    take(&running, Role::Controller, &filed, told).await;
    running.restart().await;
    take(&running, Role::Dpo, &filed, steps::submit_memo("Saksframlegg")).await;
    take(&running, Role::Controller, &filed, steps::close()).await;
    running.restart().await;
    assert_eq!(story::case(&running, Role::Dpo, &filed).await["phase"], "closed");
}

#[tokio::test]
async fn whoever_was_signed_in_still_is_and_sends_the_form_they_had_open() {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = lost_phone(&employee, &NAMED).await;
    running.restart().await;
    let filed = Filed::from_receipt(&form.send(&employee).await);
    let own = employee.get("/reports").await.expect(StatusCode::OK);
    assert!(own.text.contains(&filed.number), "{}", own.text);
}

#[tokio::test]
async fn whoever_had_signed_out_or_gone_home_is_not_let_in_again() {
    let mut running = Running::start().await;
    let (left, idle) = (running.browser(Role::Leader).await, running.browser(Role::Dpo).await);
    let cookies = left.cookies().clone();
    let out = BrowserForm::open(&left, "/", "/sign-out").await.send(&left).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    running.restart().await;
    left.cookies().extend(cookies);
    running.pass(TimeDelta::minutes(31));
    for client in [left, idle] {
        let answer = client.get("/reports").await.expect(StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), "/sign-in?to=/reports");
    }
}

#[tokio::test]
async fn numbers_go_on_and_codes_still_open() {
    let mut running = Running::start().await;
    let first = story::report_by_api(&running, None).await;
    running.restart().await;
    let second = story::report_by_api(&running, None).await;
    assert_eq!((first.number.as_str(), second.number.as_str()), ("2026/1", "2026/2"));
    running.restart().await;
    for filed in [first, second] {
        let code = [("code", filed.code.as_str())];
        let page = running.visitor().fill_in("/follow-up", "/follow-up", &code).await;
        assert!(page.text.contains(&filed.number), "{}", page.text);
    }
}

#[tokio::test]
async fn what_was_acknowledged_before_a_stop_is_there() {
    let mut running = Running::start().await;
    let mut filed = Vec::new();
    for _ in 0..5 {
        filed.push(story::report_by_api(&running, None).await.number);
    }
    running.stop().await;
    let reports = disk::reports(running.data_dir());
    let recorded: Vec<_> = reports.iter().map(|report| report.number.to_string()).collect();
    assert_eq!(recorded, filed);
}

/// Reports one phone after another until nobody answers any more. Tells which were acknowledged.
async fn report_until_it_stops(client: Client, unit: UnitId) -> Vec<String> {
    let report = json!({
        "category": "other",
        "unit": unit,
        "what_happened": "Telefonen er borte",
    });
    let mut acknowledged = Vec::new();
    let client = Arc::new(client);
    loop {
        let (client, report) = (Arc::clone(&client), report.clone());
        // Where nobody listens, asking panics.
        let asked = tokio::spawn(async move { client.post("/api/v1/reports", &report).await });
        match asked.await {
            Ok(answer) if answer.status == StatusCode::CREATED => {
                acknowledged.push(answer.json()["case"].as_str().unwrap().to_owned());
            }
            Ok(_) | Err(_) => return acknowledged,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_in_the_midst_of_reports_loses_none_that_was_acknowledged() {
    let mut running = Running::start().await;
    let mut reporters = JoinSet::new();
    for _ in 0..4 {
        let client = running.api(Role::Employee);
        reporters.spawn(report_until_it_stops(client, running.people.units[1]));
    }
    let some = async || (10 < running.service().views().inbox.len()).then_some(());
    eventually("some reports", some).await;
    running.stop().await;
    let acknowledged: Vec<String> = reporters.join_all().await.into_iter().flatten().collect();
    assert!(10 <= acknowledged.len());
    let reports = disk::reports(running.data_dir());
    let recorded: HashSet<_> = reports.iter().map(|report| report.number.to_string()).collect();
    assert_eq!(recorded.len(), reports.len(), "no number is given twice");
    for number in &acknowledged {
        assert!(recorded.contains(number), "{number} was acknowledged");
    }
}
