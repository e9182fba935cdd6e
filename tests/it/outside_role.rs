//! Opening a case outside one's role: for a stated purpose, for a time, and seen by those who look
//! after the cases.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Answer, Client, Running, steps};

const PURPOSE: &str = "Helgevakt for begge sykehjemmene";

/// A case that was taken in for a unit which is not the leader's.
async fn elsewhere(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    let receive = steps::receive_into(&running.people, running.people.units[2]);
    story::take(running, Role::Dpo, &filed, &receive).await;
    filed
}

async fn open(client: &Client, filed: &Filed, purpose: &str) -> Answer {
    client.post(&filed.address("opening"), &json!({ "purpose": purpose })).await
}

async fn sees(client: &Client, filed: &Filed) -> bool {
    client.get(&filed.address("")).await.status == StatusCode::OK
}

#[tokio::test]
async fn a_leader_opens_a_case_of_another_unit_for_a_time_and_does_nothing_to_it() {
    let running = Running::start().await;
    let filed = elsewhere(&running).await;
    let leader = running.api(Role::Leader);
    assert!(!sees(&leader, &filed).await);
    let opened = open(&leader, &filed, PURPOSE).await.expect(StatusCode::OK).json();
    assert_eq!(opened["until"], "2026-03-02T09:00:00Z");
    let case = story::case(&running, Role::Leader, &filed).await;
    assert_eq!(case["reporter"], Value::Null);
    assert_eq!(case["steps"], json!([]));
    let assess = steps::assess("x", "document_only");
    let refused = story::ask(&running, Role::Leader, &filed, &assess).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let listed = leader.get("/api/v1/cases").await.expect(StatusCode::OK).json();
    assert_eq!(listed["total"], 0, "it is in no list: {listed}");
    let again = open(&leader, &filed, "Mer").await.expect(StatusCode::OK).json();
    assert_eq!(again["until"], opened["until"], "it is open already");
    running.pass(TimeDelta::minutes(60));
    assert!(!sees(&leader, &filed).await, "the time is over");
    let events = story::happened(&running, &filed, "case_opened_outside_role").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["member"]["name"], "Leif Aasenhus");
    assert_eq!(events[0]["purpose"], PURPOSE);
}

#[tokio::test]
async fn a_purpose_shows_nobody_more_than_the_leader_of_the_cases_unit_sees() {
    const SECRETS: [&str; 3] = ["Ring henne hjemme", "Personalavdelingen", "Oppslag uten behov"];
    let running = Running::start().await;
    let filed = elsewhere(&running).await;
    story::take(&running, Role::Dpo, &filed, &steps::note(SECRETS[0])).await;
    let refer = steps::refer("personnel_matter", SECRETS[1], SECRETS[2], "26/912");
    story::take(&running, Role::Dpo, &filed, &refer).await;
    let _ = open(&running.api(Role::Leader), &filed, PURPOSE).await.expect(StatusCode::OK);
    let page = running.browser(Role::Leader).await.get(&filed.page()).await.expect(StatusCode::OK);
    let told = story::case(&running, Role::Leader, &filed).await.to_string();
    let timeline = running.api(Role::Leader).get(&filed.address("timeline")).await;
    for secret in SECRETS {
        assert!(!page.text.contains(secret), "{secret}");
        assert!(!told.contains(secret), "{told}");
        assert!(!timeline.text.contains(secret), "{timeline:?}");
    }
}

#[tokio::test]
async fn the_page_asks_for_a_number_and_a_purpose_and_leads_to_the_case() {
    let running = Running::start().await;
    let filed = elsewhere(&running).await;
    let leader = running.browser(Role::Leader).await;
    let form = BrowserForm::open(&leader, "/open-case", "/open-case").await;
    let form = form.set("number", &filed.number);
    let without = form.clone().send(&leader).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("Skriv hva du skal bruke saken til."), "{without:?}");
    let other = form.clone().set("number", "2026/99").set("purpose", PURPOSE).send(&leader).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let opened = form.set("purpose", PURPOSE).send(&leader).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(opened.location(), filed.page());
    let page = leader.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(page.text.contains("Leif Aasenhus åpnet saken utenfor rollen sin"), "{page:?}");
    assert!(page.text.contains(PURPOSE));
}

#[tokio::test]
async fn the_officers_are_mailed_at_once_with_the_number_alone_and_the_log_says_so() {
    let running = Running::start().await;
    let filed = elsewhere(&running).await;
    let _ = open(&running.api(Role::Leader), &filed, PURPOSE).await.expect(StatusCode::OK);
    let _ = running.browser(Role::Leader).await.get(&filed.page()).await.expect(StatusCode::OK);
    let mail = eventually("a mail to the officer", async || {
        running.service().dispatch_once().await;
        running.mails().into_iter().find(|mail| mail.contains("utenfor rollen"))
    })
    .await;
    assert!(mail.contains("personvernombud@example.org"), "{mail}");
    assert!(mail.contains(&filed.number), "{mail}");
    for secret in [PURPOSE, "Leif", "Aasenhus"] {
        assert!(!mail.contains(secret), "{mail}");
    }
    let log = running.browser(Role::Auditor).await.get("/access-log").await;
    assert!(log.text.contains("Åpnet utenfor rollen"), "{log:?}");
    assert!(!log.text.contains(PURPOSE), "the auditor sees the ground, not the words");
}

#[tokio::test]
async fn an_archivist_opens_a_closed_case_and_no_other() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::walk_to_memo(&running, &filed).await;
    let archivist = running.api(Role::Archivist);
    let early = open(&archivist, &filed, "Arkivering").await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    story::take(&running, Role::Controller, &filed, &steps::close()).await;
    let _ = open(&archivist, &filed, "Arkivering").await.expect(StatusCode::OK);
    assert!(sees(&archivist, &filed).await);
    let erase = steps::erase(&json!({ "kind": "everybody" }), "retention_reached");
    story::take(&running, Role::Archivist, &filed, &erase).await;
    assert!(!sees(&archivist, &filed).await, "nothing is left to see");
}

#[tokio::test]
async fn nobody_opens_what_their_role_does_not_foresee_and_the_attempt_is_noted() {
    let running = Running::start().await;
    let filed = elsewhere(&running).await;
    let others = [Role::Employee, Role::SystemOwner, Role::Auditor, Role::Administrator];
    for role in others {
        let answer = open(&running.api(role), &filed, PURPOSE).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role:?}");
        assert!(!sees(&running.api(role), &filed).await, "{role:?}");
        let page = running.browser(role).await.get("/open-case").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    for role in [Role::Dpo, Role::Controller, Role::SecurityOfficer] {
        let sees_anyway = open(&running.api(role), &filed, PURPOSE).await;
        let sees_anyway = sees_anyway.expect(StatusCode::OK).json();
        assert_eq!(sees_anyway["until"], Value::Null, "{role:?}");
    }
    let events = story::happened(&running, &filed, "case_opened_outside_role").await;
    assert_eq!(events, Vec::<Value>::new());
    let log = running.browser(Role::Auditor).await.get("/access-log").await;
    let refused = log.text.matches("Avvist").count();
    assert!(others.len() <= refused, "{log:?}");
}

#[tokio::test]
async fn whoever_is_involved_never_opens_the_case_and_loses_it_when_named() {
    let running = Running::start().await;
    let filed = elsewhere(&running).await;
    let leader = running.api(Role::Leader);
    let _ = open(&leader, &filed, PURPOSE).await.expect(StatusCode::OK);
    assert!(sees(&leader, &filed).await);
    let involve = steps::involve(running.people.holder(Role::Leader));
    story::take(&running, Role::Dpo, &filed, &involve).await;
    assert!(!sees(&leader, &filed).await);
    let answer = open(&leader, &filed, PURPOSE).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_case_that_was_not_taken_in_is_opened_by_nobody() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let answer = open(&running.api(Role::Leader), &filed, PURPOSE).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let blank = open(&running.api(Role::Leader), &filed, " ").await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(blank.json()["text"], "purpose");
}
