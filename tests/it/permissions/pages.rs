//! Every page at every role: who may open it, who may send its form, and who is led to it.

use domain::Role;
use strum::IntoEnumIterator;
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed};
use tests::{Client, Running, crawl};

use super::{NONE, OPEN, SHUT, received};

/// Every page that shows cases, and what comes back to each role, in the order of the table of the
/// API's addresses.
const PAGES: [(&str, [u16; 9]); 23] = [
    ("/inbox", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/decisions", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/register", [SHUT, SHUT, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/register.csv", [SHUT, SHUT, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/register.xlsx", [SHUT, SHUT, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/statistics", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/statistics.xlsx", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/statistics/months.csv", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/dashboard", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/cases/2026/1", [NONE, OPEN, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE]),
    ("/cases/2026/1/similar", [NONE, OPEN, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE]),
    ("/cases/2026/1/who-read", [NONE, SHUT, OPEN, SHUT, NONE, SHUT, NONE, NONE, NONE]),
    ("/who-looked", [SHUT, SHUT, OPEN, SHUT, SHUT, SHUT, SHUT, SHUT, SHUT]),
    ("/who-looked.csv", [SHUT, SHUT, OPEN, SHUT, SHUT, SHUT, SHUT, SHUT, SHUT]),
    ("/openings", [SHUT, SHUT, OPEN, SHUT, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/audits", [SHUT, SHUT, OPEN, SHUT, SHUT, OPEN, SHUT, OPEN, SHUT]),
    ("/alerts", [SHUT, SHUT, OPEN, SHUT, SHUT, SHUT, SHUT, OPEN, SHUT]),
    ("/access-log", [SHUT, SHUT, SHUT, SHUT, SHUT, SHUT, SHUT, OPEN, SHUT]),
    ("/reviews", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("/measures", [OPEN; 9]),
    ("/inquiries", [OPEN; 9]),
    ("/absence", [OPEN; 9]),
    ("/reports", [OPEN; 9]),
];

const DPO: &[Role] = &[Role::Dpo];
const CONTROLLER: &[Role] = &[Role::Controller];
const BOTH: &[Role] = &[Role::Dpo, Role::Controller];

/// The form for every step, and who may open it.
const FORMS: [(&str, &[Role]); 38] = [
    ("receive", DPO),
    ("involved", DPO),
    ("awareness", DPO),
    ("ask", DPO),
    ("assess", DPO),
    ("authority", BOTH),
    ("notification/record", DPO),
    ("write-memo", DPO),
    ("exempt", DPO),
    ("give", DPO),
    ("notification/own/datatilsynet/description", DPO),
    ("people", BOTH),
    ("propose-measure", DPO),
    ("memo", DPO),
    ("return", CONTROLLER),
    ("close", CONTROLLER),
    ("not-a-deviation", DPO),
    ("reopen", BOTH),
    ("attach", DPO),
    ("reclassify", DPO),
    ("assign", DPO),
    ("tell-people", DPO),
    ("inquire", DPO),
    ("ask-confirmation", DPO),
    ("withdraw-inquiry", DPO),
    ("contribute", &[Role::SecurityOfficer, Role::Controller]),
    ("note", &[Role::Dpo, Role::SecurityOfficer]),
    ("refer", DPO),
    ("correspondence", DPO),
    ("link", DPO),
    ("merge", DPO),
    ("review-effect", DPO),
    ("review-opening", DPO),
    ("withdraw-measure", DPO),
    ("withdraw-fulfilment", DPO),
    ("withdraw-involved", DPO),
    ("grant-audit", CONTROLLER),
    ("revoke-audit", BOTH),
];

/// What comes back to a role from the form of a step that others take.
fn shut_to(role: Role) -> u16 {
    let sees = [Role::Leader, Role::Dpo, Role::SecurityOfficer, Role::Controller];
    if sees.contains(&role) { SHUT } else { NONE }
}

fn form_page(filed: &Filed, name: &str) -> String {
    format!("{}/{name}", filed.page())
}

async fn status(client: &Client, path: &str) -> u16 {
    client.get(path).await.status.as_u16()
}

#[tokio::test]
async fn every_page_opens_to_its_roles_alone() {
    let running = Running::start().await;
    let filed = received(&running).await;
    for (place, role) in Role::iter().enumerate() {
        let browser = running.browser(role).await;
        for (path, expected) in PAGES {
            assert_eq!(status(&browser, path).await, expected[place], "{role:?} at {path}");
        }
        for (name, opens) in FORMS {
            let expected = if opens.contains(&role) { OPEN } else { shut_to(role) };
            let path = form_page(&filed, name);
            assert_eq!(status(&browser, &path).await, expected, "{role:?} at {path}");
        }
    }
}

/// The hidden fields are their own; the page they pretend to have filled in is not.
#[tokio::test]
async fn a_form_is_taken_from_nobody_to_whom_its_page_does_not_open() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let before = running.service().views().position;
    for role in Role::iter() {
        let browser = running.browser(role).await;
        let csrf = BrowserForm::open(&browser, "/", "/sign-out").await;
        let csrf = csrf.value("csrf").unwrap();
        for (name, _) in FORMS.iter().filter(|(_, opens)| !opens.contains(&role)) {
            let key = "3b0e8f4e-52c1-4b0a-9d53-6f6f0a4f8a10";
            let fields = [("csrf", csrf), ("key", key), ("reason", "x"), ("text", "x")];
            let answer = browser.post_form(&form_page(&filed, name), &fields).await;
            assert_eq!(answer.status.as_u16(), shut_to(role), "{role:?} at {name}");
        }
    }
    assert_eq!(running.service().views().position, before, "nothing has happened");
}

#[tokio::test]
async fn nobody_is_led_to_a_page_that_does_not_open_to_them() {
    // What only takes a form answers so.
    const FORM_ALONE: u16 = 405;
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::walk_to_memo(&running, &filed).await;
    for role in Role::iter() {
        let browser = running.browser(role).await;
        for (path, answer) in crawl::everything(&browser, &["/".to_owned()]).await {
            let status = answer.status.as_u16();
            assert!([OPEN, FORM_ALONE].contains(&status), "{role:?} is led to {path}: {status}");
        }
    }
}

#[tokio::test]
async fn whoever_may_open_a_case_is_led_to_it() {
    let running = Running::start().await;
    let filed = received(&running).await;
    for role in [Role::Leader, Role::Dpo, Role::SecurityOfficer, Role::Controller] {
        let browser = running.browser(role).await;
        let pages = crawl::everything(&browser, &["/".to_owned()]).await;
        assert!(pages.contains_key(&filed.page()), "{role:?}: {:?}", pages.keys());
    }
}

#[tokio::test]
async fn the_form_of_an_alert_opens_to_whoever_looks_into_it() {
    // In the order of the table: an officer looks into what is no officer's own reading.
    const ALERT: [u16; 9] = [SHUT, SHUT, OPEN, SHUT, SHUT, SHUT, SHUT, SHUT, SHUT];
    let running = Running::start_with(|settings| settings.access.refused_a_day = 2).await;
    let filed = received(&running).await;
    let employee = running.api(Role::Employee);
    for _ in 0..2 {
        assert_eq!(status(&employee, &filed.address("")).await, NONE);
    }
    running.service().watch_accesses_once().await;
    let listed = running.api(Role::Dpo).get("/api/v1/access-alerts").await.json();
    let alert = &listed["items"][0];
    let path = format!("/alerts/{}/{}", alert["line"], alert["rule"].as_str().unwrap());
    for (role, expected) in Role::iter().zip(ALERT) {
        let browser = running.browser(role).await;
        assert_eq!(status(&browser, &path).await, expected, "{role:?} at {path}");
        let csrf = BrowserForm::open(&browser, "/", "/sign-out").await;
        let csrf = csrf.value("csrf").unwrap();
        let key = "3b0e8f4e-52c1-4b0a-9d53-6f6f0a4f8a11";
        let fields = [("csrf", csrf), ("key", key), ("outcome", "justified"), ("finding", "x")];
        if expected == SHUT {
            let answer = browser.post_form(&path, &fields).await;
            assert!(!answer.status.is_redirection(), "{role:?}: {answer:?}");
        }
    }
    let listed = running.api(Role::Dpo).get("/api/v1/access-alerts").await.json();
    assert!(listed["items"][0]["reviewed"].is_null(), "{listed}");
}
