//! The JSON API, as a program meets it.

mod assessments;
mod description;
mod problems;
mod repeats;
mod secrecy;
mod whole_case;

use domain::Role;
use hyper::StatusCode;
use hyper::header::HeaderName;
use serde_json::{Value, json};
use tests::http::Asked;
use tests::{Answer, Client, Running};

/// The header under which a program asks twice and is heard once.
const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A report of a lost phone, which the holder of `Role::Employee` can file.
fn report(running: &Running) -> Value {
    json!({
        "category": "lost-or-stolen-device",
        "unit": running.people.units[1],
        "what_happened": "Nettbrettet ble glemt på legevakten",
        "occurred": { "kind": "between", "from": "2026-03-01T20:00:00Z", "until": null },
        "discovered_at": "2026-03-02T06:30:00Z",
        "personal_data": "yes",
        "breach": ["confidentiality", "availability"],
        "whose_data": "Pasienter på ettermiddagsvakt",
        "people": "up_to_hundred",
        "systems_and_devices": "Nettbrett 14",
        "done_already": "Ringt vekteren",
        "answers": { "device-kind": "tablet" },
    })
}

/// Files a report as the employee, and answers with the address of its case.
async fn file(running: &Running, report: &Value) -> String {
    let answer = running.api(Role::Employee).post("/api/v1/reports", report).await;
    answer.expect(StatusCode::CREATED).location().to_owned()
}

/// Takes a step in a case.
async fn take(running: &Running, role: Role, case: &str, step: &str, body: &Value) -> Answer {
    running.api(role).post(&format!("{case}/{step}"), body).await
}

/// Where a case belongs: the employee's unit, with the data protection officer as handler.
fn receipt(running: &Running) -> Value {
    json!({
        "category": "lost-or-stolen-device",
        "unit": running.people.units[1],
        "handler": running.people.holder(Role::Dpo).user,
    })
}

/// The problem document of a request that was not carried out.
#[track_caller]
fn problem(answer: &Answer, status: StatusCode) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.header(&hyper::header::CONTENT_TYPE), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["status"], status.as_u16());
    for member in ["type", "title", "detail"] {
        assert!(problem[member].as_str().is_some_and(|it| !it.is_empty()), "{problem}");
    }
    problem
}

/// Sends JSON under a key.
async fn post_under(client: &Client, key: &str, path: &str, body: &Value) -> Answer {
    client.send(Asked::new(hyper::Method::POST, path).with_json(body).with(KEY, key)).await
}
