//! What the controller grants an auditor: a look at one case, for a purpose and a time.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Running, crawl, steps};

const PURPOSE: &str = "Årets revisjon av avvik";

/// A fortnight after the tests begin.
const UNTIL: &str = "2026-03-16T08:00:00Z";

async fn granted(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    grant(running, &filed).await;
    filed
}

async fn grant(running: &Running, filed: &Filed) {
    let grant = steps::grant_audit(running.people.holder(Role::Auditor), PURPOSE, UNTIL);
    story::take(running, Role::Controller, filed, &grant).await;
}

async fn sees(running: &Running, filed: &Filed) -> bool {
    running.api(Role::Auditor).get(&filed.address("")).await.status == StatusCode::OK
}

async fn audits(running: &Running, role: Role) -> Value {
    running.api(role).get("/api/v1/audits").await.expect(StatusCode::OK).json()
}

#[tokio::test]
async fn an_auditor_sees_the_one_case_until_the_time_is_over_and_does_nothing_to_it() {
    let running = Running::start().await;
    let other = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &other, &steps::receive(&running.people)).await;
    let filed = granted(&running).await;
    assert!(!sees(&running, &other).await, "a grant is for one case");
    let case = story::case(&running, Role::Auditor, &filed).await;
    assert_eq!(case["reporter"], Value::Null);
    assert_eq!(case["steps"], json!([]));
    let auditor = running.api(Role::Auditor);
    let own = audits(&running, Role::Auditor).await;
    assert_eq!(own["total"], 1, "{own}");
    assert_eq!(own["items"][0]["purpose"], PURPOSE);
    assert_eq!(own["items"][0]["until"], UNTIL);
    for list in ["/api/v1/cases", "/api/v1/clocks", "/api/v1/register"] {
        let listed = auditor.get(list).await;
        assert_eq!(listed.status, StatusCode::FORBIDDEN, "{list}");
    }
    running.pass(TimeDelta::days(14));
    assert!(!sees(&running, &filed).await, "the time is over");
    assert_eq!(audits(&running, Role::Auditor).await["total"], 0);
    let kept = audits(&running, Role::Controller).await;
    assert_eq!(kept["items"][0]["running"], false, "{kept}");
    let events = story::happened(&running, &filed, "audit_granted").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["purpose"], PURPOSE);
    assert_eq!(events[0]["until"], UNTIL);
}

#[tokio::test]
async fn a_grant_shows_no_more_than_a_leader_sees_in_the_case_and_its_documents() {
    const SECRETS: [&str; 4] =
        ["Ring henne hjemme", "Personalavdelingen", "Oppslag uten behov", "Mona Strandvold"];
    let running = Running::start().await;
    let filed = granted(&running).await;
    story::take(&running, Role::Dpo, &filed, &steps::note(SECRETS[0])).await;
    let refer = steps::refer("personnel_matter", SECRETS[1], SECRETS[2], "26/912");
    story::take(&running, Role::Dpo, &filed, &refer).await;
    let auditor = running.browser(Role::Auditor).await;
    let leader = running.browser(Role::Leader).await;
    let pages = crawl::everything(&leader, &[filed.page()]).await;
    let mut seen = vec![
        story::case(&running, Role::Auditor, &filed).await.to_string(),
        running.api(Role::Auditor).get(&filed.address("timeline")).await.text,
    ];
    let mut opened = 0;
    for (path, answer) in pages {
        if !path.starts_with(&filed.page()) {
            continue;
        }
        let own = auditor.get(&path).await;
        assert_eq!(own.status, answer.status, "{path}");
        opened += usize::from(own.status == StatusCode::OK);
        seen.push(own.text);
    }
    assert!(5 < opened, "the case and its documents");
    for text in seen {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
    for page in ["/who-read", "/letters/1/recipients", "/erase", "/note", "/revoke-audit"] {
        let page = auditor.get(&format!("{}{page}", filed.page())).await;
        let is_shut = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&page.status);
        assert!(is_shut, "{page:?}");
    }
}

#[tokio::test]
async fn it_is_taken_back_and_given_anew() {
    let running = Running::start().await;
    let filed = granted(&running).await;
    assert!(sees(&running, &filed).await);
    let revoke = steps::revoke_audit(running.people.holder(Role::Auditor), "Ferdig");
    story::take(&running, Role::Dpo, &filed, &revoke).await;
    assert!(!sees(&running, &filed).await);
    story::take(&running, Role::Controller, &filed, &revoke).await;
    let revoked = story::happened(&running, &filed, "audit_revoked").await;
    assert_eq!(revoked.len(), 1, "it was so already");
    grant(&running, &filed).await;
    assert!(sees(&running, &filed).await);
    let all = audits(&running, Role::Dpo).await;
    assert_eq!(all["total"], 2, "{all}");
    assert_eq!(all["items"][0]["running"], true);
    assert_ne!(all["items"][1]["ended_at"], Value::Null);
}

#[tokio::test]
async fn whoever_is_involved_or_is_no_auditor_is_not_granted_it_and_loses_it_when_named() {
    let running = Running::start().await;
    let filed = granted(&running).await;
    let leader = steps::grant_audit(running.people.holder(Role::Leader), PURPOSE, UNTIL);
    let refused = story::ask(&running, Role::Controller, &filed, &leader).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["refusal"], "no_such_person");
    let auditor = running.people.holder(Role::Auditor);
    story::take(&running, Role::Dpo, &filed, &steps::involve(auditor)).await;
    assert!(!sees(&running, &filed).await);
    assert_eq!(audits(&running, Role::Auditor).await["total"], 0);
    let anew = steps::grant_audit(auditor, PURPOSE, "2026-03-17T08:00:00Z");
    let barred = story::ask(&running, Role::Controller, &filed, &anew).await;
    assert_eq!(barred.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(barred.json()["refusal"], "auditor_barred");
    assert!(!barred.text.to_lowercase().contains("involver"), "why is not said: {barred:?}");
}

#[tokio::test]
async fn it_lasts_ninety_days_at_the_most() {
    let running = Running::start().await;
    let filed = granted(&running).await;
    let auditor = running.people.holder(Role::Auditor);
    for (until, refusal) in
        [("2026-09-01T00:00:00Z", "grant_too_long"), ("2026-03-01T00:00:00Z", "time_in_past")]
    {
        let grant = steps::grant_audit(auditor, PURPOSE, until);
        let refused = story::ask(&running, Role::Controller, &filed, &grant).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["refusal"], refusal);
    }
}

#[tokio::test]
async fn the_auditor_and_the_officers_are_mailed_and_every_look_is_told_with_its_purpose() {
    let running = Running::start().await;
    let filed = granted(&running).await;
    assert!(sees(&running, &filed).await);
    let mails = eventually("mails to the auditor and the officer", async || {
        running.service().dispatch_once().await;
        let mails: Vec<_> =
            running.mails().into_iter().filter(|mail| mail.contains("innsyn i sak")).collect();
        (2 <= mails.len()).then_some(mails)
    })
    .await;
    let to = |address: &str| mails.iter().any(|mail| mail.contains(address));
    assert!(to("personvernombud@example.org"), "{mails:?}");
    assert!(to("revisor@example.org"), "{mails:?}");
    assert!(mails.iter().all(|mail| !mail.contains(PURPOSE)), "{mails:?}");
    let log = running.browser(Role::Auditor).await.get("/access-log").await;
    assert!(log.text.contains("Innsyn gitt til revisor"), "{log:?}");
    assert!(!log.text.contains(PURPOSE));
    let looks = running.api(Role::Dpo).get("/api/v1/who-looked").await.json();
    let of_grant: Vec<&Value> =
        looks["items"].as_array().unwrap().iter().filter(|it| it["ground"] == "granted").collect();
    assert_eq!(of_grant.len(), 1, "{looks}");
    assert_eq!(of_grant[0]["purposes"], json!([PURPOSE]));
}

#[tokio::test]
async fn the_controller_grants_it_at_the_page_and_the_auditor_is_led_to_the_case() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::walk_to_memo(&running, &filed).await;
    story::take(&running, Role::Controller, &filed, &steps::close()).await;
    let controller = running.browser(Role::Controller).await;
    let path = format!("{}/grant-audit", filed.page());
    let case = controller.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(case.text.contains(&path), "a closed case is audited too: {case:?}");
    let form = BrowserForm::open(&controller, &path, &path).await;
    let person = running.people.holder(Role::Auditor).user.to_string();
    let form = form.set("auditor", &person);
    let without = form.clone().send(&controller).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("Skriv hva revisoren skal bruke saken til."), "{without:?}");
    let late = form.clone().set("purpose", PURPOSE).set("until", "2027-03-01T10:00");
    let late = late.send(&controller).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("Innsyn kan vare til"), "{late:?}");
    let _ = form.set("purpose", PURPOSE).send(&controller).await.expect(StatusCode::SEE_OTHER);
    let auditor = running.browser(Role::Auditor).await;
    let own = auditor.get("/audits").await.expect(StatusCode::OK);
    assert!(own.text.contains(PURPOSE) && own.text.contains(&filed.page()), "{own:?}");
    assert!(!own.text.contains("revoke-audit") && !own.text.contains("/openings"), "{own:?}");
    let seen = auditor.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(seen.text.contains("fikk innsyn i saken som revisor"), "{seen:?}");
    let path = format!("{}/revoke-audit", filed.page());
    let all = controller.get("/audits").await.expect(StatusCode::OK);
    assert!(all.text.contains(&path) && all.text.contains(r#"href="/openings""#), "{all:?}");
    let form = BrowserForm::open(&controller, &path, &path).await.set("reason", "Ferdig");
    let _ = form.send(&controller).await.expect(StatusCode::SEE_OTHER);
    let shut = auditor.get(&filed.page()).await;
    assert_eq!(shut.status, StatusCode::NOT_FOUND);
}
