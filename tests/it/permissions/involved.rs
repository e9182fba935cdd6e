//! Somebody named as involved in a case never sees it, through whatever role.

use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Person, Running, crawl, steps};

use super::{Came, every_step};

const WIPE: &str = "Sperr kontoen hos leverandøren";

/// A case in full course, with a measure that the person answers for, who is then named as
/// involved in it. Answers with the case and the measure.
async fn involved(running: &Running, person: &Person) -> (Filed, String) {
    let filed = story::report_by_api(running, None).await;
    story::walk_to_memo(running, &filed).await;
    let wipe = story::propose_measure(running, &filed, "immediate", WIPE, person).await;
    story::take(running, Role::Dpo, &filed, &steps::involve(person)).await;
    (filed, wipe)
}

async fn assert_sees_nothing(running: &Running, person: &Person, filed: &Filed, measure: &str) {
    let api = running.api_of(person);
    let mut shown: Vec<_> = Vec::new();
    for address in story::api_addresses(running, filed).await {
        let answer = api.get(&address).await;
        shown.push((address, answer));
    }
    let search = json!({ "words": "vakttelefon" });
    shown.push(("search".to_owned(), api.post("/api/v1/cases/search", &search).await));
    let dpo = running.browser(Role::Dpo).await;
    let pages = crawl::everything(&dpo, &["/".to_owned()]).await.into_keys().collect::<Vec<_>>();
    let browser = running.visitor();
    browser.sign_in(person).await;
    let search = browser.fill_in("/inbox", "/inbox", &[("words", "vakttelefon")]).await;
    shown.push(("/inbox".to_owned(), search.expect(StatusCode::OK)));
    shown.extend(crawl::everything(&browser, &pages).await);
    for (path, answer) in shown {
        for trace in [&filed.number, "Kråkenes", WIPE, measure] {
            assert!(!answer.text.contains(trace), "{trace} stands at {path}: {}", answer.text);
        }
    }
    for (step, _) in every_step(running, measure, measure) {
        let answer = api.post(&filed.address(&step.tail), &step.body).await;
        assert_eq!(Came::of(&answer), Came::Unseen, "{step:?}");
    }
    assert!(pages.contains(&filed.page()), "there are pages to be kept from: {pages:?}");
}

#[tokio::test]
async fn an_involved_leader_sees_nothing_anywhere() {
    let running = Running::start().await;
    let leader = running.people.holder(Role::Leader);
    let (filed, measure) = involved(&running, leader).await;
    assert_sees_nothing(&running, leader, &filed, &measure).await;
}

#[tokio::test]
async fn whoever_is_involved_in_a_linked_case_does_not_learn_of_it() {
    let running = Running::start().await;
    let leader = running.people.holder(Role::Leader);
    let (filed, _) = involved(&running, leader).await;
    let other = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &other, &steps::receive(&running.people)).await;
    let reason = "Samme leder har slått opp i begge";
    story::take(&running, Role::Dpo, &other, &steps::link(&filed.number, reason)).await;
    let browser = running.browser(Role::Leader).await;
    let mut seen = vec![
        story::case(&running, Role::Leader, &other).await.to_string(),
        running.api(Role::Leader).get(&other.address("timeline")).await.text,
    ];
    for page in ["", "/documents/case-file", "/compare", "/similar"] {
        seen.push(browser.get(&format!("{}{page}", other.page())).await.text);
    }
    for text in seen {
        assert!(!text.contains(&filed.number) && !text.contains(reason), "{text}");
    }
    let told = story::case(&running, Role::Dpo, &other).await;
    assert_eq!(told["linked"][0]["reason"], reason, "the officer sees it");
}

#[tokio::test]
async fn an_involved_controller_neither_sees_nor_closes() {
    let running = Running::start().await;
    let controller = running.people.holder(Role::Controller);
    let (filed, measure) = involved(&running, controller).await;
    assert_sees_nothing(&running, controller, &filed, &measure).await;
}

#[tokio::test]
async fn an_involved_dpo_sees_nothing_and_is_told_nothing() {
    let running = Running::start().await;
    let unit = running.people.units[0];
    let other = running.register("Vara Ombudsen", "vara", unit, [Role::Dpo]).await;
    let (filed, measure) = involved(&running, &other).await;
    assert_sees_nothing(&running, &other, &filed, &measure).await;
    let told = |name: &str| {
        let to = format!("To: {name}@example.org");
        running.mails().iter().filter(|mail| mail.contains(&to)).count()
    };
    eventually("mails of the report and the measure", async || (told("vara") == 2).then_some(()))
        .await;
    let before = told("personvernombud");
    let back = steps::send_back(&["Datér rutinen"]);
    story::take(&running, Role::Controller, &filed, &back).await;
    eventually("a mail that it came back", async || {
        (before < told("personvernombud")).then_some(())
    })
    .await;
    assert_eq!(told("vara"), 2);
}

#[tokio::test]
async fn an_involved_reporter_still_sees_what_they_reported_themselves() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let filed = story::report_a_lost_phone(&employee, &[("openness", "named")]).await;
    let reporter = running.people.holder(Role::Employee);
    story::take(&running, Role::Dpo, &filed, &steps::involve(reporter)).await;
    let own = employee.get("/reports").await.expect(StatusCode::OK);
    assert!(own.text.contains(&filed.number), "{}", own.text);
}
