//! What a program is told when it does not work.

use hyper::Method;
use hyper::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};

use super::*;

/// What is wrong, as `place field problem`.
fn errors(problem: &Value) -> Vec<String> {
    assert_eq!(problem["type"], "/api/problems/unfit", "{problem}");
    let said = |error: &Value, member: &str| error[member].as_str().unwrap().to_owned();
    let errors = problem["errors"].as_array().unwrap().iter();
    errors
        .map(|it| ["place", "field", "problem"].map(|member| said(it, member)).join(" "))
        .collect()
}

#[tokio::test]
async fn without_a_token_that_works_nothing_is_told() {
    let running = Running::start().await;
    let nobody = running.visitor();
    let answer = nobody.get("/api/v1/cases").await;
    assert_eq!(problem(&answer, StatusCode::UNAUTHORIZED)["type"], "/api/problems/no_token");
    assert_eq!(answer.header(&WWW_AUTHENTICATE), "Bearer realm=\"avvik\"");

    for given in ["Bearer avvik_0000", "bearer x", &format!("Bearer {}", "y".repeat(5_000))] {
        let asked = Asked::new(Method::GET, "/api/v1/cases").with(AUTHORIZATION, given);
        let answer = nobody.send(asked).await;
        let told = problem(&answer, StatusCode::UNAUTHORIZED);
        assert_eq!(told["type"], "/api/problems/token_refused");
        assert!(answer.header(&WWW_AUTHENTICATE).contains("error=\"invalid_token\""));
    }
    let basic = Asked::new(Method::GET, "/api/v1/cases").with(AUTHORIZATION, "Basic YTpi");
    let told = problem(&nobody.send(basic).await, StatusCode::UNAUTHORIZED);
    assert_eq!(told["type"], "/api/problems/no_token");

    // A session opens pages; it is nothing to the API.
    let browser = running.browser(Role::Dpo).await;
    problem(&browser.get("/api/v1/cases").await, StatusCode::UNAUTHORIZED);

    // Nothing is read before it is known who sends it.
    let told = problem(&nobody.post("/api/v1/reports", &json!(7)).await, StatusCode::UNAUTHORIZED);
    assert_eq!(told["type"], "/api/problems/no_token");
}

#[tokio::test]
async fn a_token_runs_out_and_opens_nothing_before_a_password_is_chosen() {
    let running = Running::start().await;
    let dpo = running.people.holder(Role::Dpo).user;
    let mut person = running.people.holder(Role::Dpo).clone();
    let issued = running.service().issue_token(None, dpo, "kort".to_owned(), 1).await;
    person.token = issued.unwrap();
    let client = running.api_of(&person);
    let _ = client.get("/api/v1/cases").await.expect(StatusCode::OK);

    running.service().give_one_time_password(None, dpo).await.unwrap();
    problem(&client.get("/api/v1/cases").await, StatusCode::FORBIDDEN);

    running.pass(chrono::TimeDelta::days(1));
    let told = problem(&client.get("/api/v1/cases").await, StatusCode::UNAUTHORIZED);
    assert_eq!(told["type"], "/api/problems/token_refused");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let running = Running::start().await;
    let case = file(&running, &report(&running)).await;
    let dpo = running.api(Role::Dpo);
    for path in [
        "/api/v1/cases/2026/2",
        "/api/v1/cases/2025/1",
        "/api/v1/cases/2026/one",
        "/api/v1/cases/2026",
        "/api/v1/nothing",
        "/api/v2/cases",
        "/api/problems/not_found",
    ] {
        let told = problem(&dpo.get(path).await, StatusCode::NOT_FOUND);
        assert_eq!(told["type"], "/api/problems/not_found", "{path}");
    }
    let account = json!({ "account": "Gjort" });
    let no_id = take(&running, Role::Dpo, &case, "measures/first/completion", &account).await;
    problem(&no_id, StatusCode::NOT_FOUND);
    let unknown = "5c2f6f6e-70a5-4a0d-8f7b-0d2b4f1f8a55";
    let tail = format!("measures/{unknown}/completion");
    let told = take(&running, Role::Dpo, &case, &tail, &account).await;
    let told = problem(&told, StatusCode::NOT_FOUND);
    assert_eq!((&told["refusal"], &told["measure"]), (&json!("measure_unknown"), &json!(unknown)));
}

#[tokio::test]
async fn a_wrong_method_names_the_right_ones() {
    let running = Running::start().await;
    let answer = running.api(Role::Dpo).get("/api/v1/reports").await;
    problem(&answer, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(&ALLOW), "POST");
    let answer = running.api(Role::Dpo).send(Asked::new(Method::DELETE, "/api/v1/cases")).await;
    problem(&answer, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.header(&ALLOW).contains("GET"));
}

#[tokio::test]
async fn a_body_must_be_json_and_not_too_large() {
    let running = Running::start().await;
    let client = running.api(Role::Employee);
    let send = |kind: &'static str, body: Vec<u8>| {
        let asked = Asked::new(Method::POST, "/api/v1/reports").with(CONTENT_TYPE, kind);
        client.send(Asked { body, ..asked })
    };
    let whole = report(&running).to_string().into_bytes();
    problem(&send("text/plain", whole.clone()).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let none = Asked { body: whole.clone(), ..Asked::new(Method::POST, "/api/v1/reports") };
    problem(&client.send(none).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let cut = whole[..whole.len() - 1].to_vec();
    problem(&send("application/json", cut).await, StatusCode::BAD_REQUEST);
    let mut large = report(&running);
    large["what_happened"] = json!("a".repeat(300 * 1024));
    let answer = client.post("/api/v1/cases/search", &large).await;
    problem(&answer, StatusCode::PAYLOAD_TOO_LARGE);
    // A report may bring files, so that more of it is read; its texts are bounded all the same.
    let answer = send("application/json", large.to_string().into_bytes()).await;
    problem(&answer, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = send("Application/JSON; charset=utf-8", whole).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_never_repeated() {
    let running = Running::start().await;
    let client = running.api(Role::Employee);
    let telling = "Hemmelig-ord";
    for (change, wanted) in [
        (json!({ "colour": telling }), "body /colour unknown"),
        (json!({ "occurred": { "kind": "at", "at": telling } }), "body /occurred unfit"),
        (json!({ "personal_data": telling }), "body /personal_data unfit"),
        (json!({ "breach": ["integrity", telling] }), "body /breach/1 unfit"),
        (json!({ "unit": telling }), "body /unit unfit"),
        (json!({ "category": "Hemmelig ord" }), "body /category unfit"),
        (json!({ "what_happened": [telling] }), "body /what_happened unfit"),
        (json!({ "answers": {} }), "body /answers/device-kind missing"),
        (json!({ "answers": { "device-kind": telling } }), "body /answers/device-kind unfit"),
        (
            json!({ "answers": { "device-kind": "phone", "shoe-size": "43" } }),
            "body /answers/shoe-size unknown",
        ),
    ] {
        let mut report = report(&running);
        report.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = client.post("/api/v1/reports", &report).await;
        let told = problem(&answer, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(errors(&told), [wanted]);
        assert!(!answer.text.contains("ord"), "{}", answer.text);
    }
    let mut without = report(&running);
    without.as_object_mut().unwrap().remove("what_happened");
    let told = client.post("/api/v1/reports", &without).await;
    let told = problem(&told, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(errors(&told), ["body /what_happened missing"]);

    let dpo = running.api(Role::Dpo);
    for (query, wanted) in [
        ("phase=asleep", "query phase unfit"),
        ("limit=-1", "query limit unfit"),
        ("closed=true&closed=false", "query closed repeated"),
        ("words=telefon", "query words unknown"),
    ] {
        let told = dpo.get(&format!("/api/v1/cases?{query}")).await;
        assert_eq!(errors(&problem(&told, StatusCode::UNPROCESSABLE_ENTITY)), [wanted]);
    }
    // Only random keys will do: the follow-up code is made from the key.
    for key in ["7", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", ""] {
        let told = post_under(&client, key, "/api/v1/reports", &report(&running)).await;
        let told = problem(&told, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(errors(&told), ["header Idempotency-Key unfit"]);
    }
}

/// Refusals in the order in which a case meets them: who asks, which step, which body, and what is
/// said.
#[tokio::test]
async fn a_rule_that_says_no_is_named_with_what_it_is_about() {
    let running = Running::start().await;
    let case = file(&running, &report(&running)).await;
    let refused = async |role, step: &str, body: Value, status| {
        let told = take(&running, role, &case, step, &body).await;
        let told = problem(&told, status);
        assert_eq!(told["type"], "/api/problems/refused", "{told}");
        told
    };
    let (forbidden, conflict) = (StatusCode::FORBIDDEN, StatusCode::CONFLICT);
    let correct = StatusCode::UNPROCESSABLE_ENTITY;
    let (dpo, controller) = (Role::Dpo, Role::Controller);

    let future = json!({ "aware_at": "2026-03-02T09:00:00Z", "reason": "?" });
    let told = refused(dpo, "awareness", future, correct).await;
    assert_eq!(
        (&told["refusal"], &told["given"]),
        (&json!("time_in_future"), &json!("2026-03-02T09:00:00Z"))
    );

    let told = refused(dpo, "questions", json!({ "text": "  " }), correct).await;
    assert_eq!((&told["refusal"], &told["text"]), (&json!("text_missing"), &json!("question")));

    let decision = json!({ "decision": "notify", "grounds": "Risiko" });
    let told = refused(dpo, "authority-decision", decision, forbidden).await;
    assert_eq!(told["refusal"], "decision_not_delegated");

    let assessment = json!({ "facts": "Ulåst", "outcome": "notify_authority" });
    let _ = take(&running, dpo, &case, "assessment", &assessment).await;
    let against = json!({ "decision": "do_not_notify", "grounds": "Nei" });
    let told = refused(controller, "authority-decision", against, correct).await;
    assert_eq!(told["refusal"], "departure_unexplained");
    assert_eq!(told["advised"], "notify_authority");

    running.pass(chrono::TimeDelta::hours(80));
    let late = json!({ "sent_at": "2026-03-05T08:00:00Z", "reference": "26/1" });
    let told = refused(dpo, "notification", late, correct).await;
    assert_eq!(told["refusal"], "reasons_for_delay_missing");
    assert_eq!(told["due_at"], "2026-03-05T06:30:00Z");
    assert!(told["detail"].as_str().unwrap().contains("33"), "{told}");

    let memo = json!({
        "orientation": "a", "description": "b", "rules": "c", "discussion": "d",
        "assessment": "e", "conclusion": "f",
    });
    let mut partly = memo.clone();
    (partly["rules"], partly["assessment"]) = (json!(""), json!(" "));
    let told = refused(dpo, "memo", partly, correct).await;
    assert_eq!(told["missing"], json!(["rules", "assessment"]));

    let told = refused(controller, "closing", json!({}), conflict).await;
    assert_eq!(told["refusal"], "memo_not_submitted");
    let _ = take(&running, dpo, &case, "memo", &memo).await.expect(StatusCode::NO_CONTENT);
    let told = refused(controller, "closing", json!({}), conflict).await;
    assert_eq!(told["refusal"], "not_ready_to_close");
    let remaining = [
        ("receive", "receive"),
        ("decide_on_authority", "authority-decision"),
        ("decide_on_people", "people-decision"),
    ];
    let remaining = remaining.map(|(step, at)| json!({ "step": step, "at": at }));
    assert_eq!(told["outstanding"], json!(remaining));

    let unit = json!({ "category": "other", "unit": dpo_unit(&running), "handler": NOBODY });
    let told = refused(dpo, "receive", unit, correct).await;
    assert_eq!(told["refusal"], "no_such_person");

    let told = take(&running, dpo, &case, "not-a-deviation", &json!({ "reason": "Feil" })).await;
    let _ = told.expect(StatusCode::NO_CONTENT);
    let told = refused(dpo, "questions", json!({ "text": "Hei?" }), conflict).await;
    assert_eq!(told["refusal"], "case_is_closed");
}

const NOBODY: &str = "5c2f6f6e-70a5-4a0d-8f7b-0d2b4f1f8a55";

fn dpo_unit(running: &Running) -> Value {
    json!(running.people.holder(Role::Dpo).unit)
}
