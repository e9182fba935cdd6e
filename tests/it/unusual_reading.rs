//! Unusual reading: found once, listed without anything of a case, and told to those who look after
//! it.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use service::Settings;
use strum::IntoEnumIterator;
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Person, Running, mails, steps};

fn few(settings: &mut Settings) {
    settings.access.cases_an_hour = 3;
    settings.access.old_cases_a_day = 2;
    settings.access.refused_a_day = 3;
    settings.access.export_rows_a_day = 5;
}

async fn cases(running: &Running, count: usize) -> Vec<Filed> {
    let mut cases = Vec::new();
    for _ in 0..count {
        let filed = story::report_by_api(running, None).await;
        story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
        cases.push(filed);
    }
    cases
}

async fn read(running: &Running, who: &Person, cases: &[Filed]) {
    for filed in cases {
        let _ = running.api_of(who).get(&filed.address("")).await;
    }
}

/// What was found so far: the rule, who, how many, and from where on it is unusual.
async fn found(running: &Running) -> Vec<(String, String, u64, u64)> {
    running.service().watch_accesses_once().await;
    let listed = running.api(Role::Auditor).get("/api/v1/access-alerts").await;
    let listed = listed.expect(StatusCode::OK).json();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let shown = |it: &Value| {
        let numbers = (it["count"].as_u64().unwrap(), it["limit"].as_u64().unwrap());
        (text(&it["rule"]), text(&it["member"]["name"]), numbers.0, numbers.1)
    };
    listed["items"].as_array().unwrap().iter().map(shown).collect()
}

fn one(rule: &str, who: &str, count: u64, limit: u64) -> (String, String, u64, u64) {
    (rule.to_owned(), who.to_owned(), count, limit)
}

/// The addresses to which a mail about it went.
async fn told(running: &Running) -> Vec<String> {
    let about = |mail: &String| mails::text_of(mail).contains("lest eller hentet ut mer");
    eventually("a mail", async || {
        running.service().dispatch_once().await;
        running.mails().iter().any(about).then_some(())
    })
    .await;
    let mails = running.mails().into_iter().filter(about);
    let to = |mail: String| {
        let (_, to) = mail.split_once("To: ").unwrap();
        to.split_whitespace().next().unwrap().to_owned()
    };
    let mut told: Vec<_> = mails.map(to).collect();
    told.sort();
    told
}

#[tokio::test]
async fn many_different_cases_in_a_short_time_are_found_once_a_day_also_across_a_restart() {
    let mut running = Running::start_with(few).await;
    let all = cases(&running, 4).await;
    let who = running.people.holder(Role::SecurityOfficer).clone();
    read(&running, &who, &all[..2]).await;
    assert_eq!(found(&running).await, []);
    read(&running, &who, &all).await;
    let alert = [one("many_cases", "Sindre Vikstad", 3, 3)];
    assert_eq!(found(&running).await, alert);
    running.restart().await;
    read(&running, &who, &all).await;
    assert_eq!(found(&running).await, alert, "once");
    running.pass(TimeDelta::days(1));
    read(&running, &who, &all).await;
    assert_eq!(found(&running).await, alert, "by now it is usual");
}

#[tokio::test]
async fn those_who_look_after_it_are_told_and_the_mail_says_nothing_else() {
    let running = Running::start_with(few).await;
    let all = cases(&running, 3).await;
    let who = running.people.holder(Role::Controller).clone();
    read(&running, &who, &all).await;
    assert_eq!(found(&running).await.len(), 1);
    assert_eq!(told(&running).await, ["personvernombud@example.org"]);
    for mail in running.mails().iter().map(|mail| mails::text_of(mail)) {
        if mail.contains("/alerts") {
            assert!(!mail.contains("Kjersti") && !mail.contains("2026/"), "{mail}");
        }
    }
}

#[tokio::test]
async fn nobody_is_told_of_their_own_reading_alone() {
    let running = Running::start_with(few).await;
    let all = cases(&running, 3).await;
    let who = running.people.holder(Role::Dpo).clone();
    read(&running, &who, &all).await;
    let found = found(&running).await;
    assert!(found.iter().all(|it| it.1 == "Pernille Dahlheim"), "{found:?}");
    assert_eq!(told(&running).await, ["revisor@example.org"]);
}

#[tokio::test]
async fn refused_tries_and_large_exports_are_found_and_small_ones_are_not() {
    let running = Running::start_with(few).await;
    let all = cases(&running, 3).await;
    let employee = running.people.holder(Role::Employee).clone();
    read(&running, &employee, &all[..2]).await;
    let controller = running.browser(Role::Controller).await;
    let _ = controller.get("/register.csv").await.expect(StatusCode::OK);
    assert_eq!(found(&running).await, []);
    read(&running, &employee, &all[..1]).await;
    let _ = controller.get("/register.csv").await.expect(StatusCode::OK);
    let refused = one("refused_looks", "Mona Strandvold", 3, 3);
    let export = one("mass_export", "Kjersti Lundemo", 6, 5);
    assert_eq!(found(&running).await, [export, refused]);
}

#[tokio::test]
async fn reading_what_was_closed_long_ago_is_found() {
    let running = Running::start_with(few).await;
    let all = cases(&running, 2).await;
    for filed in &all {
        let close = steps::close_as_not_a_deviation("Det var ikke noe avvik");
        story::take(&running, Role::Dpo, filed, &close).await;
    }
    let who = running.people.holder(Role::SecurityOfficer).clone();
    running.pass(TimeDelta::days(364));
    read(&running, &who, &all).await;
    assert_eq!(found(&running).await, []);
    running.pass(TimeDelta::days(1));
    read(&running, &who, &all).await;
    assert_eq!(found(&running).await, [one("old_cases", "Sindre Vikstad", 2, 2)]);
}

#[tokio::test]
async fn what_was_looked_into_leaves_the_open_list_and_the_auditor_sees_what_came_of_it() {
    let mut running = Running::start_with(few).await;
    let all = cases(&running, 3).await;
    let who = running.people.holder(Role::SecurityOfficer).clone();
    read(&running, &who, &all).await;
    assert_eq!(found(&running).await.len(), 1);
    let dpo = running.browser(Role::Dpo).await;
    let auditor = running.browser(Role::Auditor).await;
    let open = dpo.get("/alerts").await.expect(StatusCode::OK).text;
    let (_, after) = open.split_once("href=\"/alerts/").expect("it is to be looked into");
    let address = format!("/alerts/{}", after.split('"').next().unwrap());
    assert_eq!(auditor.get(&address).await.status, StatusCode::FORBIDDEN, "the officer's to do");
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let silent = form.send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.text.contains("Sindre Vikstad"), "{}", silent.text);
    let form = form.set("outcome", "justified").set("finding", "Merkefunn: helgevakt");
    for _ in 0..2 {
        let done = form.send(&dpo).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(done.location(), "/alerts?reviewed=yes");
    }
    running.restart().await;
    for (role, reads) in [(Role::Dpo, true), (Role::Auditor, false)] {
        let browser = running.browser(role).await;
        let open = browser.get("/alerts").await.expect(StatusCode::OK).text;
        assert!(!open.contains("Sindre Vikstad"), "{role:?}: {open}");
        let done = browser.get("/alerts?reviewed=yes").await.expect(StatusCode::OK).text;
        for said in ["Sindre Vikstad", "Personen trengte det i arbeidet", "Pernille Dahlheim"] {
            assert!(done.contains(said), "{said}: {done}");
        }
        assert_eq!(done.contains("Merkefunn"), reads, "{role:?}: {done}");
        let listed = running.api(role).get("/api/v1/access-alerts").await.json();
        assert_eq!(listed["total"], 1, "once");
        let reviewed = &listed["items"][0]["reviewed"];
        assert_eq!(reviewed["outcome"], "justified", "{listed}");
        assert_eq!(reviewed["finding"].is_string(), reads, "{listed}");
    }
}

#[tokio::test]
async fn nobody_looks_into_their_own_reading_and_into_an_officers_an_auditor_does() {
    let running = Running::start_with(few).await;
    let all = cases(&running, 3).await;
    let who = running.people.holder(Role::Dpo).clone();
    read(&running, &who, &all).await;
    found(&running).await;
    let listed = running.api(Role::Auditor).get("/api/v1/access-alerts").await.json();
    let alert = &listed["items"][0];
    let review = json!({
        "line": alert["line"], "rule": alert["rule"],
        "outcome": "undetermined", "finding": "Merkefunn",
    });
    let send =
        async |role| running.api(role).post("/api/v1/access-alerts/review", &review).await.status;
    for role in Role::iter().filter(|role| *role != Role::Auditor) {
        // An officer looks into alerts, and is told why not into this one.
        let is_officer = role == Role::Dpo;
        let refused = if is_officer { StatusCode::CONFLICT } else { StatusCode::FORBIDDEN };
        assert_eq!(send(role).await, refused, "{role:?}");
    }
    assert_eq!(send(Role::Auditor).await, StatusCode::NO_CONTENT);
    let listed = running.api(Role::Dpo).get("/api/v1/access-alerts").await.json();
    let reviewed = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["line"] == alert["line"] && it["rule"] == alert["rule"]);
    let reviewed = &reviewed.expect("it stands there")["reviewed"];
    assert_eq!(reviewed["outcome"], "undetermined", "{listed}");
    assert!(reviewed["finding"].is_null(), "not theirs to read: {listed}");
}

#[tokio::test]
async fn the_auditors_list_says_numbers_people_and_times_and_nothing_of_a_case() {
    let running = Running::start_with(few).await;
    let all = cases(&running, 3).await;
    let who = running.people.holder(Role::SecurityOfficer).clone();
    read(&running, &who, &all).await;
    running.service().watch_accesses_once().await;
    for role in [Role::Auditor, Role::Dpo] {
        let page = running.browser(role).await.get("/alerts").await.expect(StatusCode::OK).text;
        for said in ["Sindre Vikstad", "Mange forskjellige saker", "2. mars 2026"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        let (_, main) = page.split_once("<main").unwrap();
        assert!(!all.iter().any(|filed| main.contains(&filed.number)), "{main}");
        assert!(!main.contains("Kråkenes"));
    }
}

#[tokio::test]
async fn reading_everything_through_lists_and_one_search_after_the_other_are_found() {
    let running = Running::start_with(|settings| {
        settings.access.listed_rows_a_day = 7;
        settings.access.searches_a_day = 3;
    })
    .await;
    cases(&running, 3).await;
    let officer = running.api(Role::SecurityOfficer);
    let list = async |limit: usize| {
        let address = format!("/api/v1/cases?limit={limit}");
        let _ = officer.get(&address).await.expect(StatusCode::OK);
    };
    let search = async |words: &str| {
        let words = json!({ "words": words });
        let _ = officer.post("/api/v1/cases/search", &words).await.expect(StatusCode::OK);
    };
    list(1).await;
    search("ingen heter dette").await;
    search("heller ikke dette").await;
    let page = running.browser(Role::SecurityOfficer).await.get("/inbox").await;
    let _ = page.expect(StatusCode::OK);
    assert_eq!(found(&running).await, [], "four rows and two searches");
    let _ = officer.get("/api/v1/register").await.expect(StatusCode::OK);
    list(3).await;
    search("dette").await;
    let found = found(&running).await;
    let (rows, searches) = (&found[1], &found[0]);
    assert_eq!(*searches, one("many_searches", "Sindre Vikstad", 3, 3));
    assert_eq!(*rows, one("many_rows", "Sindre Vikstad", 7, 7));
    let page = running.browser(Role::Auditor).await.get("/alerts").await.expect(StatusCode::OK);
    for words in ["Svært mange søk på én dag", "i lister og søk på én dag"] {
        assert!(page.text.contains(words), "{words}: {page:?}");
    }
}
