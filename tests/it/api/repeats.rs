//! Asking twice does it once.

use service::secrets;

use super::*;

const ONE: &str = "9b2e1f8c-3d4a-4c5b-8e6f-7a8b9c0d1e2f";
const OTHER: &str = "1c2d3e4f-5a6b-4c7d-9e8f-0a1b2c3d4e5f";

async fn count(running: &Running) -> Value {
    let cases = running.api(Role::Dpo).get("/api/v1/cases").await;
    cases.expect(StatusCode::OK).json()["total"].clone()
}

#[tokio::test]
async fn the_same_report_sent_twice_is_one_case_and_one_receipt() {
    let mut running = Running::start().await;
    let (client, report) = (running.api(Role::Employee), report(&running));
    let send = |key| post_under(&client, key, "/api/v1/reports", &report);
    // A double click: neither waits for the other.
    let (first, second) = tokio::join!(send(ONE), send(ONE));
    let first = first.expect(StatusCode::CREATED);
    assert_eq!(second.expect(StatusCode::CREATED).text, first.text);
    assert_eq!(count(&running).await, 1);

    let another = send(OTHER).await.expect(StatusCode::CREATED);
    assert_ne!(another.json()["follow_up_code"], first.json()["follow_up_code"]);
    assert_eq!(count(&running).await, 2);

    running.restart().await;
    let client = running.api(Role::Employee);
    let again = post_under(&client, ONE, "/api/v1/reports", &report).await;
    assert_eq!(again.expect(StatusCode::CREATED).text, first.text);
    assert_eq!(count(&running).await, 2);

    let code = first.json()["follow_up_code"].as_str().unwrap().to_owned();
    assert!(running.service().follow_up(&code).await.is_ok());
}

/// The second may come between the first's reaching the disk and its reaching the lists.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sent_twice_at_once_neither_is_told_that_the_other_was_first() {
    let running = Running::start().await;
    let (client, report) = (running.api(Role::Employee), report(&running));
    for _ in 0..200 {
        let key = secrets::random_id().to_string();
        let send = || post_under(&client, &key, "/api/v1/reports", &report);
        let (first, second) = tokio::join!(send(), send());
        assert_eq!(first.expect(StatusCode::CREATED).text, second.text);
    }
    assert_eq!(count(&running).await, 200);
}

#[tokio::test]
async fn the_same_key_of_somebody_else_is_another_key() {
    let running = Running::start().await;
    let report = report(&running);
    let send = async |role| {
        let answer = post_under(&running.api(role), ONE, "/api/v1/reports", &report).await;
        answer.expect(StatusCode::CREATED).json()
    };
    let (mine, theirs) = (send(Role::Employee).await, send(Role::Leader).await);
    assert_ne!(mine["case"], theirs["case"]);
    assert_ne!(mine["follow_up_code"], theirs["follow_up_code"]);
}

#[tokio::test]
async fn without_a_key_a_repeat_is_a_new_report() {
    let running = Running::start().await;
    for _ in 0..2 {
        file(&running, &report(&running)).await;
    }
    assert_eq!(count(&running).await, 2);
}

#[tokio::test]
async fn a_step_sent_twice_is_taken_once() {
    let running = Running::start().await;
    let case = file(&running, &report(&running)).await;
    let dpo = running.api(Role::Dpo);
    let measure = json!({
        "kind": "immediate", "description": "Slett nettbrettet",
        "owner": running.people.holder(Role::Leader).user, "due_at": "2026-03-03T12:00:00Z",
    });
    let address = format!("{case}/measures");
    let first = post_under(&dpo, ONE, &address, &measure).await.expect(StatusCode::CREATED);
    let second = post_under(&dpo, ONE, &address, &measure).await.expect(StatusCode::CREATED);
    assert_eq!(first.text, second.text);
    // At another address the same key is another.
    let question = json!({ "text": "Var det låst?" });
    let elsewhere = post_under(&dpo, ONE, &format!("{case}/questions"), &question).await;
    assert_ne!(elsewhere.expect(StatusCode::CREATED).text, first.text);
    let third = post_under(&dpo, OTHER, &address, &measure).await.expect(StatusCode::CREATED);
    assert_ne!(first.text, third.text);

    // What has been said in between makes no difference.
    let say = async |key, facts: &str| {
        let assessment = json!({ "facts": facts, "outcome": "document_only" });
        let answer = post_under(&dpo, key, &format!("{case}/assessment"), &assessment).await;
        answer.expect(StatusCode::NO_CONTENT)
    };
    let (early, late) =
        ("2a3b4c5d-6e7f-4081-92a3-b4c5d6e7f809", "3b4c5d6e-7f80-4192-a3b4-c5d6e7f8091a");
    say(early, "Først").await;
    say(late, "Så").await;
    say(early, "Først").await;
    let seen = dpo.get(&case).await.expect(StatusCode::OK).json();
    assert_eq!(seen["measures"].as_array().unwrap().len(), 2);
    assert_eq!(seen["questions"].as_array().unwrap().len(), 1);
    assert_eq!(seen["assessment"]["version"], 2);
    assert_eq!(seen["assessment"]["facts"], "Så");
}

/// What is wrong with a request under a used key.
fn used(answer: &Answer) -> Value {
    let problem = problem(answer, StatusCode::CONFLICT);
    assert_eq!(problem["type"], "/api/problems/key_used", "{problem}");
    problem
}

#[tokio::test]
async fn another_report_under_the_same_key_is_not_taken_for_the_first() {
    let mut running = Running::start().await;
    let report = report(&running);
    let mut other = report.clone();
    other["what_happened"] = json!("Nettbrettet ble glemt på legevakten, ulåst");
    let client = running.api(Role::Employee);
    // Neither waits for the other: one of them is recorded.
    let send = async |report| post_under(&client, ONE, "/api/v1/reports", report).await;
    let (first, second) = tokio::join!(send(&report), send(&other));
    let (taken, refused) =
        if first.status == StatusCode::CREATED { (&report, &other) } else { (&other, &report) };
    let codes = [first.status, second.status];
    assert!(codes.contains(&StatusCode::CREATED) && codes.contains(&StatusCode::CONFLICT));
    running.restart().await;
    let client = running.api(Role::Employee);
    let again = post_under(&client, ONE, "/api/v1/reports", refused).await;
    assert!(used(&again)["detail"].as_str().unwrap().contains("ny nøkkel"));
    // The same laid out otherwise is the same.
    let laid_out = serde_json::to_string_pretty(taken).unwrap();
    let asked = Asked::new(hyper::Method::POST, "/api/v1/reports").with(KEY, ONE);
    let asked = Asked { body: laid_out.into_bytes(), ..asked.with_json(&Value::Null) };
    let _ = client.send(asked).await.expect(StatusCode::CREATED);
    assert_eq!(count(&running).await, 1);
}

#[tokio::test]
async fn another_step_under_the_same_key_is_not_taken_for_the_first() {
    let running = Running::start().await;
    let case = file(&running, &report(&running)).await;
    let dpo = running.api(Role::Dpo);
    let note = async |text: &str| {
        post_under(&dpo, ONE, &format!("{case}/notes"), &json!({ "text": text })).await
    };
    assert_eq!(note("Først").await.status, StatusCode::NO_CONTENT);
    assert_eq!(note("Først").await.status, StatusCode::NO_CONTENT);
    used(&note("Så").await);
    let seen = dpo.get(&case).await.expect(StatusCode::OK).json();
    assert_eq!(seen["notes"].as_array().unwrap().len(), 1);
}
