//! Three cases from intake to closing, each played by those who do it, over HTTP: somebody snooping
//! in a journal, a letter that went astray, and a breach at a processor.

mod letter;
mod processor;
mod snooping;

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::mails::mailed;
use tests::steps::Step;
use tests::story::{self, Filed};
use tests::{Person, Running, steps};

/// When answers are wanted and measures due: well within the 72 hours.
const DUE_AT: &str = "2026-03-04T12:00:00Z";

/// A report in a category, as the employee's program files it, with what that category must know.
async fn report(running: &Running, category: &str, happened: &str, answers: Value) -> Filed {
    let report = json!({
        "category": category,
        "unit": running.people.holder(Role::Employee).unit,
        "what_happened": happened,
        "discovered_at": "2026-03-02T07:30:00Z",
        "personal_data": "yes",
        "breach": ["confidentiality"],
        "answers": answers,
    });
    let answer = running.api(Role::Employee).post("/api/v1/reports", &report).await;
    Filed::from_json(&answer.expect(StatusCode::CREATED).json())
}

/// Takes a case in with first actions of its category, each with whoever answers for it.
fn receive(running: &Running, category: &str, actions: &[(&str, &Person)]) -> Step {
    let mut step = steps::receive(&running.people);
    let first =
        |(action, owner): &(&str, &Person)| json!({ "action": action, "owner": owner.user });
    step.body["category"] = json!(category);
    step.body["first_actions"] = actions.iter().map(first).collect();
    step
}

async fn dpo(running: &Running, filed: &Filed, step: Step) -> Value {
    let answer = story::take(running, Role::Dpo, filed, &step).await;
    if answer.text.is_empty() { Value::Null } else { answer.json() }
}

async fn controller(running: &Running, filed: &Filed, step: Step) {
    story::take(running, Role::Controller, filed, &step).await;
}

/// The measure that came from one of the first actions.
async fn measure_from(running: &Running, filed: &Filed, action: &str) -> String {
    let case = story::case(running, Role::Dpo, filed).await;
    let measures = case["measures"].as_array().expect("a list");
    let from = measures.iter().find(|it| it["playbook"]["action"] == action);
    from.expect("it was taken")["id"].as_str().expect("an identifier").to_owned()
}

/// Has the owner carry a measure out, and the officer verify it.
async fn do_and_verify(running: &Running, filed: &Filed, owner: Role, measure: &str) {
    let done = steps::complete_measure(measure, "Gjort og dokumentert");
    story::take(running, owner, filed, &done).await;
    dpo(running, filed, steps::verify_measure(measure, true, "Sett at det er gjort")).await;
}

/// What a case's page says to the holder of a role.
async fn page(running: &Running, role: Role, filed: &Filed) -> String {
    running.browser(role).await.get(&filed.page()).await.expect(StatusCode::OK).text
}
