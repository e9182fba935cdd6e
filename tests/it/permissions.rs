//! Who may see and do what: every role at every door, and those who see nothing at all.

mod involved;
mod leaders;
mod matrix;
mod owners;
mod pages;

use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use strum::IntoEnumIterator;
use tests::steps::{self, Step};
use tests::story::{self, Filed, LOST_PHONE};
use tests::{Answer, Running, crawl};

/// What comes back where somebody may look, where their role does not, and where there is nothing
/// as far as they may know.
const OPEN: u16 = 200;
const SHUT: u16 = 403;
const NONE: u16 = 404;

/// Every address that is read, and what comes back to each role: employee, leader, data protection
/// officer, security officer, system owner, controller, archivist, auditor, administrator. The case
/// is one that was taken in for the leader's unit.
const READING: [(&str, [u16; 9]); 30] = [
    ("cases", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("cases/2026/1", [NONE, OPEN, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE]),
    ("cases/2026/1/timeline", [NONE, OPEN, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE]),
    ("cases/2026/1/erasure", [NONE, NONE, OPEN, NONE, NONE, OPEN, OPEN, NONE, NONE]),
    // Who is handed out which file: attachments.rs.
    ("cases/2026/1/attachments/5b1f8a52-3c0d-4a52-9f44-0d8a6c1f2e77", [NONE; 9]),
    ("people", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("register", [SHUT, SHUT, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("statistics", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("reviews", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    // Who reads one: reviews/api.rs.
    ("reviews/{review}", [NONE; 9]),
    ("reviews/{review}/document", [NONE; 9]),
    ("reviews/{review}/figures", [NONE; 9]),
    ("cases/2026/1/precedents", [NONE, SHUT, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE]),
    ("cases/2026/1/notification", [NONE, OPEN, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE]),
    ("cases/2026/1/documents/case-file", [NONE, OPEN, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE]),
    ("cases/2026/1/letters", [NONE, SHUT, OPEN, SHUT, NONE, OPEN, NONE, NONE, NONE]),
    // Who reads a letter's recipients: letters.rs.
    ("cases/2026/1/letters/{letter}/recipients", [NONE; 9]),
    ("cases/2026/1/similar", [NONE, OPEN, OPEN, OPEN, NONE, OPEN, NONE, NONE, NONE]),
    ("cases/2026/1/inquiries/{inquiry}", [NONE; 9]),
    // Who is shown which file with a question: attachments/questions.rs.
    (
        "cases/2026/1/inquiries/{inquiry}/attachments/5b1f8a52-3c0d-4a52-9f44-0d8a6c1f2e77",
        [NONE; 9],
    ),
    ("inquiries", [OPEN; 9]),
    ("measures", [OPEN; 9]),
    ("clocks", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("clocks/questions", [SHUT, OPEN, OPEN, OPEN, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("who-looked", [SHUT, SHUT, OPEN, SHUT, SHUT, SHUT, SHUT, SHUT, SHUT]),
    ("openings", [SHUT, SHUT, OPEN, SHUT, SHUT, OPEN, SHUT, SHUT, SHUT]),
    ("audits", [SHUT, SHUT, OPEN, SHUT, SHUT, OPEN, SHUT, OPEN, SHUT]),
    ("access-alerts", [SHUT, SHUT, OPEN, SHUT, SHUT, SHUT, SHUT, OPEN, SHUT]),
    ("categories", [OPEN; 9]),
    ("units", [OPEN; 9]),
];

const DUE_AT: &str = "2026-03-04T12:00:00Z";

async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

#[tokio::test]
async fn every_role_reads_what_it_comes_for_and_nothing_else() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let mut addresses: Vec<_> = READING.iter().map(|(tail, _)| format!("/api/v1/{tail}")).collect();
    for (address, (_, expected)) in addresses.iter().zip(READING) {
        for (role, expected) in Role::iter().zip(expected) {
            let answer = running.api(role).get(address).await;
            assert_eq!(answer.status.as_u16(), expected, "{role:?} at {address}: {answer:?}");
        }
    }
    let mut all = story::api_addresses(&running, &filed).await;
    addresses.sort();
    all.sort();
    assert_eq!(addresses, all, "the table names every address");
}

/// What came of asking for a step, as far as permission goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// The rules of the case were asked, whatever they said.
    Heard,
    /// Their role does not take the step.
    Forbidden,
    /// There is no such case, as far as they may know.
    Unseen,
}

impl Came {
    fn of(answer: &Answer) -> Self {
        if answer.status.is_success() {
            return Self::Heard;
        }
        let problem = answer.json();
        match problem["type"].as_str() {
            Some("/api/problems/not_found") => Self::Unseen,
            Some("/api/problems/not_permitted") => Self::Forbidden,
            Some("/api/problems/refused") => Self::Heard,
            _ => panic!("{answer:?}"),
        }
    }
}

/// Every step, with so little said that the case is not changed by it, and who is heard.
fn every_step(running: &Running, measure: &str, inquiry: &str) -> Vec<(Step, &'static [Role])> {
    const DPO: &[Role] = &[Role::Dpo];
    const CONTROLLER: &[Role] = &[Role::Controller];
    const BOTH: &[Role] = &[Role::Dpo, Role::Controller];
    const ARCHIVE: &[Role] = &[Role::Dpo, Role::Archivist];
    let people = &running.people;
    vec![
        (steps::receive(people), DPO),
        (steps::reclassify(people, "other", ""), DPO),
        (steps::assign(people.holder(Role::Dpo), None), DPO),
        (steps::involve(people.holder(Role::Auditor)), DPO),
        (steps::establish_awareness("2026-03-02T07:00:00Z", " "), DPO),
        (steps::ask_reporter(" "), DPO),
        (steps::give("ikke merket"), DPO),
        (steps::assess(" ", "document_only"), DPO),
        (steps::decide("notify", " "), BOTH),
        (steps::notify("2026-03-09T07:00:00Z", None), DPO),
        (steps::draft_notification(&json!({})), DPO),
        (steps::decide_on_people("no_high_risk", " "), BOTH),
        (steps::tell_people("2026-03-02T07:00:00Z", " "), DPO),
        (steps::propose_measure("immediate", " ", people.holder(Role::Leader)), DPO),
        (steps::complete_measure(measure, " "), &[Role::Dpo, Role::SystemOwner]),
        (steps::verify_measure(measure, true, " "), DPO),
        (steps::inquire(people.holder(Role::Leader), " ", DUE_AT), DPO),
        (steps::archive(&json!([])), DPO),
        (steps::archive_receipt(" ", "2026-03-02T07:00:00Z"), ARCHIVE),
        (steps::ask_confirmation("Ola", "ola@example.net", " ", DUE_AT), DPO),
        (steps::answer_inquiry(inquiry, " "), &[Role::SystemOwner]),
        (steps::withdraw_inquiry(inquiry, " "), DPO),
        (steps::contribute(" "), &[Role::SecurityOfficer, Role::Controller, Role::SystemOwner]),
        (steps::note(" "), &[Role::Dpo, Role::SecurityOfficer]),
        (steps::review_effect(measure, "works", " "), DPO),
        (steps::refer("police_report", " ", " ", ""), DPO),
        (steps::correspond(" "), DPO),
        (steps::link("2026/1", " "), DPO),
        (steps::merge("2026/1", " "), DPO),
        (steps::submit_memo(""), DPO),
        (steps::send_back(&[]), CONTROLLER),
        (steps::stop_letter(), DPO),
        (steps::sign_letter(), CONTROLLER),
        (steps::close(), CONTROLLER),
        (steps::close_as_not_a_deviation(" "), DPO),
        (steps::reopen(" "), BOTH),
        (steps::attach(" "), DPO),
        (
            steps::erase(&json!({ "kind": "involved", "person": measure }), "ordered"),
            &[Role::Dpo, Role::Controller, Role::Archivist],
        ),
        (steps::establish_facts(&json!({})), DPO),
        (steps::override_severity("data_context", Some(2.0), " "), DPO),
        (steps::fulfil_duty("unheard-of", "2026-03-02T07:00:00Z"), DPO),
        (steps::review_opening(running.people.holder(Role::Leader), DUE_AT, "Holder"), DPO),
        (steps::withdraw_measure(measure, " "), DPO),
        (steps::withdraw_fulfilment("unheard-of", " "), DPO),
        (steps::withdraw_involved(people.holder(Role::Auditor), " "), DPO),
        (steps::grant_audit(people.holder(Role::Auditor), " ", DUE_AT), CONTROLLER),
        (steps::revoke_audit(people.holder(Role::Auditor), " "), BOTH),
    ]
}

#[tokio::test]
async fn every_step_is_taken_by_its_roles_alone() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let measure = story::propose_measure(&running, &filed, "immediate", "Fjernslett", owner).await;
    let sees = [Role::Leader, Role::Dpo, Role::SecurityOfficer, Role::Controller];
    let ask = steps::inquire(owner, "Hvem har slått opp?", DUE_AT);
    let made = story::take(&running, Role::Dpo, &filed, &ask).await.json();
    let all = every_step(&running, &measure, made["id"].as_str().unwrap());
    assert_eq!(all.len(), service::Step::iter().count(), "every step is tried");
    for (step, takes) in all {
        for role in Role::iter() {
            let answer = story::ask(&running, role, &filed, &step).await;
            let expected = match role {
                _ if takes.contains(&role) => Came::Heard,
                _ if sees.contains(&role) => Came::Forbidden,
                _ => Came::Unseen,
            };
            assert_eq!(Came::of(&answer), expected, "{role:?}: {step:?}");
        }
    }
}

/// Words that stand in the report or were said in handling it.
fn content() -> Vec<&'static str> {
    let written = LOST_PHONE.iter().filter(|(name, _)| {
        ["whose_data", "systems_and_devices", "done_already", "answer-confidential-apps"]
            .contains(name)
    });
    let written = written.map(|(_, value)| *value);
    written.chain(["bussen til Kråkenes"]).chain(story::SAID_IN_HANDLING).collect()
}

async fn all_that_is_shown(running: &Running, role: Role, filed: &Filed) -> Vec<Answer> {
    let dpo = running.browser(Role::Dpo).await;
    let from = crawl::everything(&dpo, &["/".to_owned()]).await.into_keys();
    let browser = running.browser(role).await;
    let pages = crawl::everything(&browser, &from.collect::<Vec<_>>()).await;
    let mut shown: Vec<_> = pages.into_values().collect();
    for address in story::api_addresses(running, filed).await {
        shown.push(running.api(role).get(&address).await);
    }
    shown
}

#[tokio::test]
async fn whoever_keeps_the_house_or_its_traces_sees_no_content_of_a_case() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let filed = story::report_a_lost_phone(&employee, &[("openness", "named")]).await;
    story::walk_to_closed(&running, &filed).await;
    let without = [Role::Administrator, Role::Auditor, Role::Archivist, Role::SystemOwner];
    for role in without {
        for answer in all_that_is_shown(&running, role, &filed).await {
            for words in content() {
                assert!(!answer.text.contains(words), "{role:?} sees {words:?}: {answer:?}");
            }
        }
    }
    // The words are there to be seen.
    let shown = all_that_is_shown(&running, Role::Dpo, &filed).await;
    for words in content() {
        assert!(shown.iter().any(|answer| answer.text.contains(words)), "{words:?}");
    }
}

#[tokio::test]
async fn a_token_without_a_person_opens_nothing() {
    let running = Running::start().await;
    received(&running).await;
    let mut stranger = running.people.holder(Role::Dpo).clone();
    for token in ["", "avvik_", "avvik_0000000000000000000000000000000000000000000"] {
        stranger.token = token.to_owned();
        let answer = running.api_of(&stranger).get("/api/v1/cases").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{token:?}");
    }
    let cookie = running.browser(Role::Dpo).await;
    let answer = cookie.get("/api/v1/cases").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "a browser's session is no token");
}

#[tokio::test]
async fn whoever_leaves_is_shut_out_at_once() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let dpo = running.people.holder(Role::Dpo);
    let browser = running.browser(Role::Dpo).await;
    let leave = domain::organisation::Request::Deactivate(dpo.user);
    running.service().set_up(leave).await.unwrap();
    let answer = running.api(Role::Dpo).get(&filed.address("")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let answer = browser.get("/reports").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "to the sign-in page");
}

#[tokio::test]
async fn a_one_time_password_opens_nothing_but_the_page_where_it_is_replaced() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let dpo = running.people.holder(Role::Dpo);
    let service = running.service();
    let password = service.give_one_time_password(None, dpo.user).await.unwrap();
    let browser = running.visitor();
    let fields = [("name", dpo.sign_in_name.as_str()), ("password", password.as_str())];
    browser.fill_in("/sign-in", "/sign-in", &fields).await;
    for page in ["/reports".to_owned(), "/inbox".to_owned(), filed.page()] {
        let answer = browser.get(&page).await;
        assert_eq!(answer.location(), "/password", "{page}");
    }
    for address in story::api_addresses(&running, &filed).await {
        let answer = running.api(Role::Dpo).get(&address).await;
        let is_harmless = address.ends_with("/categories") || address.ends_with("/units");
        assert!(is_harmless || answer.status.is_client_error(), "{address}: {answer:?}");
    }
}
