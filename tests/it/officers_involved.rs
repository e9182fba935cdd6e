//! Where every data protection officer is involved in a case: the controller is told in their
//! place, and looks into who opened it. Nobody involved is told anything anywhere.

use chrono::TimeDelta;
use domain::{Role, Time};
use hyper::StatusCode;
use serde_json::{Value, json};
use service::Settings;
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::smtp_server::SmtpServer;
use tests::story::{self, Filed};
use tests::{Running, mails, steps};

use crate::notices::by_server;

const PURPOSE: &str = "Helgevakt for begge sykehjemmene";
const DISCOVERED: &str = "2026-03-02T07:30:00Z";

/// A case of another unit than the leader's, in which the only officer is involved.
async fn without_officers(running: &Running) -> Filed {
    let filed = story::report_by_api(running, Some(DISCOVERED)).await;
    let receive = steps::receive_into(&running.people, running.people.units[2]);
    story::take(running, Role::Dpo, &filed, &receive).await;
    let officer = running.people.holder(Role::Dpo);
    story::take(running, Role::Dpo, &filed, &steps::involve(officer)).await;
    filed
}

/// To whom the mails went that have these words.
async fn mailed(running: &Running, words: &str) -> Vec<String> {
    eventually("an empty outbox", async || {
        running.service().dispatch_once().await;
        let administrator = &running.people.holder(Role::Administrator).token;
        let administrator = running.service().bearer(administrator)?;
        let waiting = running.service().waiting_post(&administrator, "/post").await.ok()?;
        waiting.is_empty().then_some(())
    })
    .await;
    let about = running.mails().into_iter().filter(|mail| mails::text_of(mail).contains(words));
    let to = |mail: String| {
        let (_, to) = mail.split_once("To: ").unwrap();
        to.split_whitespace().next().unwrap().to_owned()
    };
    let mut told: Vec<_> = about.map(to).collect();
    told.sort();
    told
}

async fn at_twelve_hours(running: &Running) {
    let due = DISCOVERED.parse::<Time>().unwrap() + TimeDelta::hours(72);
    running.hand.set(due - TimeDelta::hours(12));
    running.service().watch_deadlines_once().await;
}

async fn open_as_leader(running: &Running, filed: &Filed) {
    let opening = json!({ "purpose": PURPOSE });
    let leader = running.api(Role::Leader);
    let _ = leader.post(&filed.address("opening"), &opening).await.expect(StatusCode::OK);
}

async fn openings(running: &Running, role: Role) -> Vec<Value> {
    let listed = running.api(role).get("/api/v1/openings").await.expect(StatusCode::OK).json();
    listed["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_controller_is_told_of_a_clock_that_nobody_else_may_be_told_of() {
    let running = Running::start().await;
    without_officers(&running).await;
    at_twelve_hours(&running).await;
    assert_eq!(mailed(&running, "12 timer").await, ["kommunedirektor@example.org"]);
}

#[tokio::test]
async fn a_deputy_who_is_left_is_told_before_the_controller() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some(DISCOVERED)).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let officer = running.people.holder(Role::Dpo);
    let deputy = running.people.holder(Role::Archivist);
    story::take(&running, Role::Dpo, &filed, &steps::assign(officer, Some(deputy))).await;
    story::take(&running, Role::Dpo, &filed, &steps::involve(officer)).await;
    at_twelve_hours(&running).await;
    assert_eq!(mailed(&running, "12 timer").await, ["arkivar@example.org"]);
}

#[tokio::test]
async fn the_controller_is_told_of_an_opening_and_looks_into_it() {
    let running = Running::start().await;
    let filed = without_officers(&running).await;
    open_as_leader(&running, &filed).await;
    let told = mailed(&running, "ikke ser den gjennom rollen").await;
    assert_eq!(told, ["kommunedirektor@example.org"]);
    assert!(openings(&running, Role::Dpo).await.is_empty(), "they are involved");
    let controller = running.browser(Role::Controller).await;
    let listed = controller.get("/openings").await.expect(StatusCode::OK).text;
    let address = format!("{}/review-opening", filed.page());
    for told in [PURPOSE, "Ikke fulgt opp", &*address] {
        assert!(listed.contains(told), "{told}: {listed}");
    }
    assert!(!listed.contains("href=\"/alerts\""), "that list is the officer's: {listed}");
    let page = controller.get(&filed.page()).await.expect(StatusCode::OK).text;
    assert!(page.contains(&address), "the case leads there: {page}");
    let form = BrowserForm::open(&controller, &address, &address).await;
    let kept = form.set("finding", "Hun hadde vakt").send(&controller).await;
    let _ = kept.expect(StatusCode::SEE_OTHER);
    let listed = openings(&running, Role::Controller).await;
    assert_eq!(listed[0]["finding"], "Hun hadde vakt");
    assert_eq!(listed[0]["reviewed_by"]["name"], "Kjersti Lundemo");
}

#[tokio::test]
async fn where_an_officer_is_left_an_opening_is_theirs_and_none_of_the_controllers() {
    let running = Running::start().await;
    let unit = running.people.units[0];
    let second = running.register("Dag Nordli", "dag", unit, [Role::Dpo]).await;
    let filed = without_officers(&running).await;
    open_as_leader(&running, &filed).await;
    assert_eq!(mailed(&running, "ikke ser den gjennom rollen").await, ["dag@example.org"]);
    assert!(openings(&running, Role::Controller).await.is_empty());
    let seen = running.api_of(&second).get("/api/v1/openings").await.expect(StatusCode::OK).json();
    let until = seen["items"][0]["until"].as_str().unwrap().to_owned();
    let review = steps::review_opening(running.people.holder(Role::Leader), &until, "Holder");
    let refused = story::ask(&running, Role::Controller, &filed, &review).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let leave = domain::organisation::Request::Deactivate(second.user);
    running.service().set_up(leave).await.unwrap();
    story::take(&running, Role::Controller, &filed, &review).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_sees_no_waiting_post_about_a_case_they_are_involved_in() {
    let server = SmtpServer::start();
    let unreachable = by_server(server.port());
    drop(server);
    let running = Running::start_with(move |settings: &mut Settings| unreachable(settings)).await;
    let other = story::report_by_api(&running, None).await;
    let filed = without_officers(&running).await;
    open_as_leader(&running, &filed).await;
    let post = async |role| {
        let page = running.browser(role).await.get("/post").await;
        page.expect(StatusCode::OK).text
    };
    let all = post(Role::Administrator).await;
    assert!(all.contains(&filed.number) && all.contains(&other.number), "{all}");
    let seen = post(Role::Dpo).await;
    assert!(!seen.contains(&filed.number), "{seen}");
    assert!(seen.contains(&other.number), "{seen}");
    let as_somebody = |role| running.service().bearer(&running.people.holder(role).token).unwrap();
    let (officer, administrator) = (as_somebody(Role::Dpo), as_somebody(Role::Administrator));
    let waiting = running.service().waiting_post(&administrator, "/post").await.unwrap();
    let kept = |it: &service::post::Waiting| {
        it.number.is_some_and(|number| number.to_string() == filed.number)
    };
    let message = waiting.into_iter().find(kept).unwrap().message;
    assert!(running.service().resend(&officer, message).await.is_err(), "nor do they send it");
    assert!(running.service().resend(&administrator, message).await.is_ok());
}

#[tokio::test]
async fn the_case_says_that_nobody_is_left_to_handle_or_to_close_it() {
    const NO_OFFICER: &str = "så ingen kan behandle saken";
    const NO_CONTROLLER: &str = "så ingen kan lukke saken";
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let page = async |role| {
        let page = running.browser(role).await.get(&filed.page()).await;
        page.expect(StatusCode::OK).text
    };
    let before = page(Role::Dpo).await;
    assert!(!before.contains(NO_OFFICER) && !before.contains(NO_CONTROLLER), "{before}");
    let controller = running.people.holder(Role::Controller);
    story::take(&running, Role::Dpo, &filed, &steps::involve(controller)).await;
    assert!(page(Role::Dpo).await.contains(NO_CONTROLLER));
    let leader = page(Role::Leader).await;
    assert!(!leader.contains(NO_CONTROLLER), "who is involved is not for them: {leader}");
    let unit = running.people.units[0];
    running.register("Turid Haugen", "turid", unit, [Role::Controller]).await;
    assert!(!page(Role::Dpo).await.contains(NO_CONTROLLER), "one is left");

    let second = story::report_by_api(&running, None).await;
    let officer = running.people.holder(Role::Dpo);
    story::take(&running, Role::Dpo, &second, &steps::receive(&running.people)).await;
    story::take(&running, Role::Dpo, &second, &steps::involve(officer)).await;
    let seen = running.browser(Role::Controller).await.get(&second.page()).await;
    assert!(seen.expect(StatusCode::OK).text.contains(NO_OFFICER));
    running.register("Dag Nordli", "dag", unit, [Role::Dpo]).await;
    let seen = running.browser(Role::Controller).await.get(&second.page()).await;
    assert!(!seen.expect(StatusCode::OK).text.contains(NO_OFFICER), "one is left");
}
