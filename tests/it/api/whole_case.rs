//! A case from the report to the closed case and back, by programs alone.

use super::*;

/// The names of all that happened in a case.
async fn happened(running: &Running, case: &str) -> Vec<String> {
    let timeline = running.api(Role::Dpo).get(&format!("{case}/timeline")).await;
    let timeline = timeline.expect(StatusCode::OK).json();
    let items = timeline["items"].as_array().unwrap();
    items.iter().map(|item| item["happened"]["event"].as_str().unwrap().to_owned()).collect()
}

async fn shown(running: &Running, role: Role, case: &str) -> Value {
    running.api(role).get(case).await.expect(StatusCode::OK).json()
}

/// What remains, by name.
fn outstanding(case: &Value) -> Vec<&str> {
    case["outstanding"].as_array().unwrap().iter().map(|it| it["step"].as_str().unwrap()).collect()
}

fn memo() -> Value {
    json!({
        "orientation": "Mistet nettbrett", "description": "Glemt på legevakten",
        "rules": "Artikkel 32", "discussion": "Kryptert, men ulåst",
        "assessment": "Fjernsletting virket", "conclusion": "Kan lukkes",
    })
}

#[tokio::test]
async fn a_report_can_be_handled_to_the_end() {
    let running = Running::start().await;
    let case = file(&running, &report(&running)).await;
    assert_eq!(case, "/api/v1/cases/2026/1");

    take_in(&running, &case).await;
    assess_and_decide(&running, &case).await;
    follow_measures(&running, &case).await;
    close_and_reopen(&running, &case).await;

    assert_eq!(
        happened(&running, &case).await,
        [
            "deviation_reported",
            "duties_judged",
            "case_received",
            "duties_judged",
            "person_involved",
            "awareness_established",
            "duties_judged",
            "reporter_asked",
            "case_assessed",
            "authority_decided",
            "authority_notified",
            "duties_judged",
            "people_decided",
            "duties_judged",
            "measure_proposed",
            "measure_proposed",
            "measure_completed",
            "measure_verified",
            "measure_completed",
            "measure_verified",
            "memo_submitted",
            "case_returned",
            "memo_submitted",
            "duties_ended",
            "case_closed",
            "case_reopened",
            "duties_judged",
        ]
    );
}

async fn take_in(running: &Running, case: &str) {
    let reported = shown(running, Role::Dpo, case).await;
    assert_eq!(reported["phase"], "reported");
    assert_eq!(reported["number"], "2026/1");
    assert_eq!(reported["reported_at"], "2026-03-02T08:00:00Z");
    assert_eq!(
        reported["clock"],
        json!({
            "aware_at": "2026-03-02T06:30:00Z", "due_at": "2026-03-05T06:30:00Z",
            "running": true, "remaining_seconds": (72 * 3600 - 90 * 60), "overdue": false,
            "notified_at": null,
        })
    );
    assert_eq!(
        outstanding(&reported),
        ["receive", "assess", "decide_on_authority", "decide_on_people", "submit_memo"]
    );
    let sent = report(running);
    for field in ["what_happened", "occurred", "discovered_at", "breach", "people", "unit"] {
        assert_eq!(reported["report"][field], sent[field], "{field}");
    }
    let asked = "Hva slags utstyr er det?";
    let answers = json!([{ "question": "device-kind", "asked": asked, "answer": "tablet" }]);
    assert_eq!(reported["report"]["answers"], answers);
    assert_eq!(reported["reporter"]["name"], "Mona Strandvold");
    assert_eq!(reported["steps"].as_array().unwrap().len(), 41);

    let done = |answer: Answer| assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    done(take(running, Role::Dpo, case, "receive", &receipt(running)).await);
    let owner = running.people.holder(Role::SystemOwner).user;
    done(take(running, Role::Dpo, case, "involved", &json!({ "person": owner })).await);
    let aware = json!({ "aware_at": "2026-03-02T07:00:00+01:00", "reason": "Vekteren ringte" });
    done(take(running, Role::Dpo, case, "awareness", &aware).await);
    let question = json!({ "text": "Var det låst?" });
    let made = take(running, Role::Dpo, case, "questions", &question).await;
    let made = made.expect(StatusCode::CREATED).json();

    let received = shown(running, Role::Dpo, case).await;
    assert_eq!(received["phase"], "received");
    assert_eq!(received["handler"]["name"], "Pernille Dahlheim");
    assert_eq!(received["involved"][0]["id"], json!(owner));
    assert_eq!(received["clock"]["aware_at"], "2026-03-02T06:00:00Z");
    let asked = json!([{
        "id": made["id"], "text": "Var det låst?", "answered": false, "answer": null,
    }]);
    assert_eq!(received["questions"], asked);
}

async fn assess_and_decide(running: &Running, case: &str) {
    let done = |answer: Answer| assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    let assessment = json!({ "facts": "Ulåst i en time", "outcome": "notify_authority" });
    done(take(running, Role::Dpo, case, "assessment", &assessment).await);
    let decision = json!({ "decision": "notify", "grounds": "Helseopplysninger" });
    done(take(running, Role::Controller, case, "authority-decision", &decision).await);
    let sent = json!({ "sent_at": "2026-03-02T08:00:00Z", "reference": "26/00417" });
    done(take(running, Role::Dpo, case, "notification", &sent).await);
    let people = json!({
        "decision": "risk_removed", "grounds": "Slettet i tide", "measure": "Fjernslettet",
    });
    done(take(running, Role::Controller, case, "people-decision", &people).await);

    let decided = shown(running, Role::Controller, case).await;
    assert_eq!(decided["phase"], "decided");
    let assessed = json!({
        "version": 1, "facts": "Ulåst i en time", "outcome": "notify_authority", "advice": null,
    });
    assert_eq!(decided["assessment"], assessed);
    assert_eq!(decided["authority"]["decision"]["capacity"], "controller");
    assert_eq!(decided["authority"]["notification"]["reference"], "26/00417");
    assert_eq!(decided["people_decision"]["decision"], "risk_removed");
    assert_eq!(decided["clock"]["running"], false);
    assert_eq!(decided["clock"]["remaining_seconds"], Value::Null);
    assert_eq!(outstanding(&decided), ["submit_memo"]);
}

async fn follow_measures(running: &Running, case: &str) {
    let owner = running.people.holder(Role::Leader);
    let proposed = |kind: &str, description: &str| {
        json!({
            "kind": kind, "description": description, "owner": owner.user,
            "due_at": "2026-03-03T12:00:00Z",
        })
    };
    let wipe = proposed("immediate", "Fjernslett nettbrettet");
    let wipe = take(running, Role::Dpo, case, "measures", &wipe).await;
    let wipe = wipe.expect(StatusCode::CREATED).json()["id"].as_str().unwrap().to_owned();
    let lock = proposed("preventive", "Innfør skjermlås");
    let _ = take(running, Role::Dpo, case, "measures", &lock).await.expect(StatusCode::CREATED);

    let listed = running.api(Role::Leader).get("/api/v1/measures?limit=1").await;
    let listed = listed.expect(StatusCode::OK).json();
    assert_eq!((&listed["total"], listed["items"].as_array().unwrap().len()), (&json!(2), 1));
    assert_eq!(listed["items"][0]["case"], "2026/1");
    assert_eq!(listed["items"][0]["state"], "open");

    let completion = format!("measures/{wipe}/completion");
    let verification = format!("measures/{wipe}/verification");
    for effective in [false, true] {
        let account = json!({ "account": format!("Slettet, {effective}") });
        let done = take(running, Role::Leader, case, &completion, &account).await;
        let _ = done.expect(StatusCode::NO_CONTENT);
        let finding = json!({ "effective": effective, "finding": format!("Funnet {effective}") });
        let done = take(running, Role::Dpo, case, &verification, &finding).await;
        let _ = done.expect(StatusCode::NO_CONTENT);
        let seen = shown(running, Role::Dpo, case).await;
        let measures = seen["measures"].as_array().unwrap();
        let measure = measures.iter().find(|it| it["id"] == json!(wipe)).unwrap();
        assert_eq!(measure["state"], if effective { "verified" } else { "open" });
        assert_eq!(measure["finding"], format!("Funnet {effective}"));
    }
}

async fn close_and_reopen(running: &Running, case: &str) {
    let done = |answer: Answer| assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    done(take(running, Role::Dpo, case, "memo", &memo()).await);
    let follow_ups = json!({ "follow_ups": ["Spør vekteren", "  "] });
    done(take(running, Role::Controller, case, "return", &follow_ups).await);
    let returned = shown(running, Role::Dpo, case).await;
    assert_eq!(returned["memo"]["follow_ups"], json!(["Spør vekteren"]));
    assert_eq!(returned["memo"]["awaits_controller"], false);

    done(take(running, Role::Dpo, case, "memo", &memo()).await);
    // There is nothing to say, so there is no body and no content type.
    let close = Asked::new(hyper::Method::POST, &format!("{case}/closing"));
    done(running.api(Role::Controller).send(close).await);
    let closed = shown(running, Role::Controller, case).await;
    assert_eq!((&closed["phase"], &closed["outstanding"]), (&json!("closed"), &json!([])));
    assert_eq!(closed["memo"]["version"], 2);
    assert_eq!(closed["memo"]["parts"], memo());

    done(take(running, Role::Controller, case, "reopening", &json!({ "reason": "Flere" })).await);
    assert_eq!(shown(running, Role::Dpo, case).await["phase"], "reopened");
    let register = running.api(Role::Controller).get("/api/v1/register").await;
    let register = register.expect(StatusCode::OK).json();
    let entry = &register["items"][0];
    assert_eq!(entry["case"], "2026/1");
    assert_eq!(entry["phase"], "reopened");
    assert_eq!(entry["assessed_facts"], "Ulåst i en time");
    assert_eq!(entry["authority_decision"], "notify");
    assert_eq!(entry["notification_reference"], "26/00417");
    assert_eq!(entry["people_grounds"], "Slettet i tide");
    assert_eq!(entry["measures"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_no_deviation_is_closed_and_stays_in_the_register() {
    let running = Running::start().await;
    let case = file(&running, &report(&running)).await;
    let mistaken = json!({ "reason": "Det lå i garderoben" });
    let done = take(&running, Role::Dpo, &case, "not-a-deviation", &mistaken).await;
    let _ = done.expect(StatusCode::NO_CONTENT);
    let closed = shown(&running, Role::Dpo, &case).await;
    assert_eq!(closed["phase"], "closed_as_not_a_deviation");
    assert_eq!(closed["clock"]["running"], false);
    assert_eq!(closed["outstanding"], json!([]));
    let register = running.api(Role::Dpo).get("/api/v1/register").await.json();
    assert_eq!(register["items"][0]["phase"], "closed_as_not_a_deviation");
}

#[tokio::test]
async fn cases_are_listed_searched_and_told_in_parts() {
    let running = Running::start().await;
    for (what, discovered_at) in [
        ("Brev til feil nabo", "2026-03-02T05:00:00Z"),
        ("Minnepinne i kantinen", "2026-03-01T05:00:00Z"),
        ("Brev i feil postkasse", "2026-03-02T04:00:00Z"),
    ] {
        let mut report = report(&running);
        report["what_happened"] = json!(what);
        report["discovered_at"] = json!(discovered_at);
        report["occurred"] = json!({ "kind": "unknown" });
        file(&running, &report).await;
    }
    let dpo = running.api(Role::Dpo);
    let numbers = |answer: Answer| -> Vec<String> {
        let items = answer.expect(StatusCode::OK).json()["items"].clone();
        let items = items.as_array().unwrap().clone();
        items.iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect()
    };
    // The soonest deadline is on top.
    assert_eq!(numbers(dpo.get("/api/v1/cases").await), ["2026/2", "2026/3", "2026/1"]);
    assert_eq!(numbers(dpo.get("/api/v1/cases?offset=1&limit=1").await), ["2026/3"]);

    let _ = take(&running, Role::Dpo, "/api/v1/cases/2026/3", "receive", &receipt(&running)).await;
    let (dpo_id, units) = (running.people.holder(Role::Dpo).user, &running.people.units);
    for (query, wanted) in [
        ("phase=received", vec!["2026/3"]),
        ("closed=true", vec![]),
        ("category=lost-or-stolen-device&phase=reported", vec!["2026/2", "2026/1"]),
        ("category=other", vec![]),
        (&format!("unit={}&closed=false", units[0]), vec!["2026/2", "2026/3", "2026/1"]),
        (&format!("unit={}", units[2]), vec![]),
        (&format!("handler={dpo_id}"), vec!["2026/3"]),
    ] {
        assert_eq!(numbers(dpo.get(&format!("/api/v1/cases?{query}")).await), wanted, "{query}");
    }
    let search = |body: Value| {
        let dpo = running.api(Role::Dpo);
        async move { numbers(dpo.post("/api/v1/cases/search", &body).await) }
    };
    assert_eq!(search(json!({ "words": "BREV feil" })).await, ["2026/3", "2026/1"]);
    let filtered = json!({ "words": "brev", "filter": { "phase": "reported" } });
    assert_eq!(search(filtered).await, ["2026/1"]);
}

#[tokio::test]
async fn what_others_refer_to_is_listed() {
    let running = Running::start().await;
    let employee = running.api(Role::Employee);
    let categories = employee.get("/api/v1/categories").await.expect(StatusCode::OK).json();
    let categories = categories["items"].as_array().unwrap();
    assert_eq!(categories.len(), 17);
    assert_eq!(categories[0]["id"], "lost-or-stolen-device");
    assert_eq!(categories[0]["title"], "Mistet eller stjålet utstyr");
    let question = &categories[0]["questions"][0];
    assert_eq!((&question["name"], &question["kind"]), (&json!("device-kind"), &json!("choice")));
    assert_eq!(question["choices"][0], json!({ "value": "phone", "label": "Telefon" }));

    let units = employee.get("/api/v1/units").await.expect(StatusCode::OK).json();
    let school =
        units["items"].as_array().unwrap().iter().find(|it| it["name"] == "Bjørkelia skole");
    assert_eq!(school.unwrap()["parent"], json!(running.people.units[0]));

    problem(&employee.get("/api/v1/people").await, StatusCode::FORBIDDEN);
    let people = running.api(Role::Dpo).get("/api/v1/people").await.expect(StatusCode::OK).json();
    let people = people["items"].as_array().unwrap();
    assert_eq!(people.len(), 9);
    let leader = running.people.holder(Role::Leader);
    let listed = people.iter().find(|it| it["id"] == json!(leader.user)).unwrap();
    assert_eq!(listed["roles"], json!(["leader"]));
}
