//! A search finds a case by every text in it, and nobody finds one by what they may not read there.

use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use service::Settings;
use tests::story::{self, Filed, report_a_lost_phone};
use tests::{Running, steps};

const NAME: &str = "Vikar Vilde";

fn open_to_all(settings: &mut Settings) {
    settings.report_without_login = true;
}

/// The numbers of the cases that the holder of a role finds.
async fn found(running: &Running, role: Role, words: &str) -> Vec<String> {
    let search = json!({ "words": words });
    let answer = running.api(role).post("/api/v1/cases/search", &search).await;
    let listed = answer.expect(StatusCode::OK).json();
    assert_eq!(listed.get("incomplete"), None, "{listed}");
    let cases = listed["items"].as_array().expect("a list").iter();
    cases.map(|case| case["number"].as_str().expect("a number").to_owned()).collect()
}

async fn two_cases(running: &Running) -> (Filed, Filed) {
    let first = story::report_by_api(running, Some("2026-03-02T07:30:00Z")).await;
    let unit = running.people.holder(Role::Employee).unit.to_string();
    let who = [("openness", "confidential"), ("name", NAME), ("contact", "hos"), ("unit", &*unit)];
    let second = report_a_lost_phone(&running.visitor(), &who).await;
    (first, second)
}

#[tokio::test]
async fn a_case_is_found_by_its_number_and_by_what_was_written_in_it_later() {
    let running = Running::start_with(open_to_all).await;
    let (first, second) = two_cases(&running).await;
    story::walk_to_memo(&running, &first).await;
    assert_eq!(found(&running, Role::Dpo, &first.number).await, [&*first.number]);
    assert_eq!(found(&running, Role::Dpo, &second.number).await, [&*second.number]);
    let asked = steps::ask_reporter("Lå oppladeren i vesken også?");
    story::take(&running, Role::Dpo, &second, &asked).await;
    for words in ["oppladere", "VESKENE", "opplad vesk"] {
        assert_eq!(found(&running, Role::Dpo, words).await, [&*second.number], "{words}");
    }
    assert_eq!(found(&running, Role::Dpo, "oppladere dromedar").await, [""; 0]);
}

#[tokio::test]
async fn only_the_dpo_finds_a_case_by_who_reported_it_in_confidence() {
    let running = Running::start_with(open_to_all).await;
    let (_, second) = two_cases(&running).await;
    assert_eq!(found(&running, Role::Dpo, NAME).await, [&*second.number]);
    for role in [Role::Controller, Role::SecurityOfficer] {
        assert_eq!(found(&running, role, NAME).await, [""; 0], "{role:?}");
        assert_eq!(found(&running, role, "vakttelefoner").await.len(), 2, "{role:?}");
    }
}

#[tokio::test]
async fn after_a_restart_everything_is_found_again() {
    let mut running = Running::start_with(open_to_all).await;
    let (_, second) = two_cases(&running).await;
    running.restart().await;
    assert_eq!(found(&running, Role::Dpo, NAME).await, [&*second.number]);
}

#[tokio::test]
async fn a_letter_is_found_by_those_who_handle_it_and_why_a_case_was_moved_by_all_who_see_it() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let moved = steps::reclassify(&running.people, "misdirected-letter", "Kanarifuglen fløy");
    let letter = steps::Step {
        tail: "letters".to_owned(),
        body: json!({
            "kind": "letter", "language": "nb", "title": "Brev om deg",
            "what_happened": "Et brev ble lest av en gjøkunge.", "consequences": "x",
            "measures": "x", "advice": "x", "contact": "x",
        }),
    };
    for step in [steps::receive(&running.people), moved, letter] {
        story::take(&running, Role::Dpo, &filed, &step).await;
    }
    for (role, of_letter) in [(Role::Dpo, 1), (Role::SecurityOfficer, 0)] {
        assert_eq!(found(&running, role, "kanarifuglen").await, [&*filed.number], "{role:?}");
        assert_eq!(found(&running, role, "gjøkunge").await.len(), of_letter, "{role:?}");
    }
}
