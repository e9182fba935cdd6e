//! Duties that are not done when their case ends.

use domain::{Role, Time};
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::story;
use tests::{Running, steps};

/// How many clocks run in the cases the officer sees, for sure or possibly.
async fn clocks(running: &Running) -> usize {
    let dpo = running.api(Role::Dpo);
    let mut count = 0;
    for address in ["/api/v1/clocks", "/api/v1/clocks?possible=true"] {
        count +=
            dpo.get(address).await.expect(StatusCode::OK).json()["items"].as_array().unwrap().len();
    }
    count
}

#[tokio::test]
async fn a_case_with_a_duty_that_is_not_done_closes_on_grounds_and_no_clock_runs_on() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T07:30:00Z")).await;
    story::walk_to_memo(&running, &filed).await;
    let protected = steps::establish_facts(&json!({ "protected_address": true }));
    story::take(&running, Role::Dpo, &filed, &protected).await;
    let browser = running.browser(Role::Controller).await;
    let address = format!("{}/close", filed.page());
    let form = BrowserForm::open(&browser, &address, &address).await;
    let refused = form.send(&browser).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Gjelder, og er ikke utført"), "{}", refused.text);
    let refused = story::refused(&running, Role::Controller, &filed, &steps::close()).await;
    assert_eq!(
        (&refused["refusal"], &refused["text"]),
        (&json!("text_missing"), &json!("grounds"))
    );
    let form = form.set("grounds", "Politiet er varslet av avsenderen.");
    assert_eq!(form.send(&browser).await.status, StatusCode::SEE_OTHER);
    let ended = story::happened(&running, &filed, "duties_ended").await;
    assert_eq!(ended[0]["grounds"], "Politiet er varslet av avsenderen.");
    assert!(ended[0]["duties"].as_array().unwrap().contains(&json!("protected-address")));
    assert_eq!(clocks(&running).await, 0);
    let case = story::case(&running, Role::Dpo, &filed).await;
    let runs = |case: &Value| {
        case["duties"].as_array().unwrap().iter().filter(|it| it["running"] == true).count()
    };
    assert_eq!(runs(&case), 0);
    // Nobody is alerted of what has ended.
    let before = story::happened(&running, &filed, "deadline_stage_reached").await.len();
    running.pass(chrono::TimeDelta::days(9));
    running.service().watch_deadlines_once().await;
    assert_eq!(story::happened(&running, &filed, "deadline_stage_reached").await.len(), before);
    let page = running.browser(Role::Dpo).await.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(page.text.contains("Klokka ble stanset da saken ble avsluttet"), "{}", page.text);
    // Taken up again, it is owed again.
    story::take(&running, Role::Controller, &filed, &steps::reopen("Det kom mer.")).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert!(0 < runs(&case) && 0 < clocks(&running).await, "{}", case["duties"]);
}

#[tokio::test]
async fn a_question_in_a_case_one_is_kept_from_stands_in_no_list() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let leader = running.people.holder(Role::Leader);
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    story::take(&running, Role::Dpo, &filed, &steps::involve(leader)).await;
    let owner = running.people.holder(Role::SystemOwner);
    let ask = steps::inquire(owner, "Hvem har slått opp?", "2026-03-04T12:00:00Z");
    story::take(&running, Role::Dpo, &filed, &ask).await;
    let total = async |role| {
        let list = running.api(role).get("/api/v1/clocks/questions").await;
        list.expect(StatusCode::OK).json()["total"].clone()
    };
    assert_eq!((total(Role::Dpo).await, total(Role::Leader).await), (json!(1), json!(0)));
}

#[tokio::test]
async fn a_question_stands_among_the_clocks_until_it_is_answered() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let owner = running.people.holder(Role::SystemOwner);
    let ask = steps::inquire(owner, "Hvem har slått opp?", "2026-03-04T12:00:00Z");
    let made = story::take(&running, Role::Dpo, &filed, &ask).await;
    let inquiry = made.json()["id"].as_str().expect("an identifier").to_owned();
    let due = async |role| {
        let list = running.api(role).get("/api/v1/clocks/questions").await;
        list.expect(StatusCode::OK).json()["items"].clone()
    };
    let wanted: Time = "2026-03-04T12:00:00Z".parse().unwrap();
    let expected = json!([{
        "case": filed.number,
        "due_at": "2026-03-04T12:00:00Z",
        "remaining_seconds": (wanted - running.now()).num_seconds(),
    }]);
    assert_eq!(due(Role::Dpo).await, expected, "and nothing else of it");
    assert_eq!(due(Role::Leader).await, expected);
    let waits = async |role| {
        let page = running.browser(role).await.get("/clocks").await.expect(StatusCode::OK).text;
        assert!(!page.contains("Hvem har slått opp?"), "{page}");
        page.contains("Spørsmål som venter på svar")
    };
    assert!(waits(Role::Dpo).await && waits(Role::Leader).await);
    let answer = json!({ "text": "Sju oppslag." });
    let address = format!("/api/v1/cases/{}/inquiries/{inquiry}/answer", filed.number);
    let answered = running.api(Role::SystemOwner).post(&address, &answer).await;
    assert!(answered.status.is_success(), "{answered:?}");
    assert!(!waits(Role::Dpo).await);
    assert_eq!(due(Role::Dpo).await, json!([]));
}
