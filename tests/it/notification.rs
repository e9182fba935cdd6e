//! The notification to the authority: filled in by the case, written, sent in parts, withdrawn.

use chrono::TimeDelta;
use domain::Role;
use domain::notification::Sector;
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::http::File;
use tests::story::{self, Filed};
use tests::{Client, Running, steps};

mod kinds;

const SENT_AT: &str = "2026-03-02T08:00:00Z";

/// A service whose organisation says who it is.
async fn running() -> Running {
    Running::start_with(|settings| {
        let it = &mut settings.notification;
        it.organisation_number = Some("999 999 999".to_owned());
        it.address = Some("Rådhusgata 1, 0001 Eksempel".to_owned());
        it.sector = Some(Sector::Public);
        it.dpo_name = Some("Ombud Ombudsen".to_owned());
        it.dpo_contact = Some("ombud@eksempel.example".to_owned());
    })
    .await
}

async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

async fn notification(running: &Running, filed: &Filed) -> Value {
    let api = running.api(Role::Dpo);
    api.get(&filed.address("notification")).await.expect(StatusCode::OK).json()
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect()
}

/// The status of a form's own address, sent as it is found.
async fn form(client: &Client, page: &str, action: &str) -> BrowserForm {
    BrowserForm::open(client, page, action).await
}

/// Everything that is still missing or to come, written down.
async fn fill_in(running: &Running, filed: &Filed) {
    for _ in 0..4 {
        let now = notification(running, filed).await;
        let mut lacking = numbers(&now["missing"]);
        lacking.extend(numbers(&now["to_be_determined"]));
        if lacking.is_empty() {
            return;
        }
        let answers = lacking.iter().map(|id| (id.to_string(), answer(&now["fields"], *id)));
        let fields: Value = answers.collect::<serde_json::Map<_, _>>().into();
        story::take(running, Role::Dpo, filed, &steps::draft_notification(&fields)).await;
    }
    panic!("it is still incomplete");
}

/// Some answer that settles a field.
fn answer(fields: &Value, id: u64) -> Value {
    let field = &fields[id.to_string()];
    let first = || field["choices"][0].clone();
    match field["kind"].as_str().unwrap() {
        "number" => json!(12),
        "date" => json!("2026-03-04"),
        "moment" => json!("2026-03-02T07:00:00Z"),
        "choice" => first(),
        "choices" => json!([first()]),
        _ => json!("Beskrevet av ombudet."),
    }
}

#[tokio::test]
async fn an_incomplete_first_notice_is_supplemented_until_everything_is_told() {
    let running = running().await;
    let filed = received(&running).await;
    let before = notification(&running, &filed).await;
    assert_eq!(before["kind"], "initial");
    assert_eq!(before["completeness"], "incomplete");
    assert!(numbers(&before["missing"]).contains(&62), "{before}");
    assert!(numbers(&before["to_be_determined"]).contains(&89), "{before}");
    assert_eq!(before["template"]["id"], "edpb-1-0");
    assert_eq!(before["view"]["id"], "datatilsynet");
    assert_eq!(before["fields"]["12"]["origin"], "settings");

    let complete = steps::send_notice("initial", SENT_AT, "complete");
    let refused = story::refused(&running, Role::Dpo, &filed, &complete).await;
    assert_eq!(refused["refusal"], "notification_incomplete");
    assert!(numbers(&refused["lacking"]).contains(&62), "{refused}");

    let first = steps::send_notice("initial", SENT_AT, "incomplete");
    for _ in 0..2 {
        story::take(&running, Role::Dpo, &filed, &first).await;
    }
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["clock"]["running"], false);
    let duty = |case: &Value| {
        let duties = case["duties"].as_array().unwrap().clone();
        duties.into_iter().find(|it| it["duty"] == "supplement-no").unwrap()
    };
    assert_eq!(duty(&case)["verdict"], "yes", "{}", duty(&case));

    fill_in(&running, &filed).await;
    let now = notification(&running, &filed).await;
    assert_eq!((&now["kind"], &now["completeness"]), (&json!("supplement"), &json!("complete")));
    let changed = numbers(&now["changed"]);
    assert!(changed.contains(&62) && !changed.contains(&12), "{changed:?}");
    let more = steps::send_notice("supplement", "2026-03-02T08:00:00Z", "complete");
    story::take(&running, Role::Dpo, &filed, &more).await;
    let after = notification(&running, &filed).await;
    assert_eq!(after["changed"], json!([]));
    assert_eq!(after["sent"].as_array().unwrap().len(), 2, "said twice, the first is there once");
    let content = &after["sent"][1]["content"];
    assert_eq!(content["template"], "edpb-1-0");
    assert_eq!(content["fields"]["62"]["value"], "Beskrevet av ombudet.");
    assert_eq!(content["fields"]["3"]["value"], "follow-up");
    let first = &after["sent"][0]["content"]["fields"];
    assert_eq!(first["62"], Value::Null, "as it was sent then");
    assert_eq!(first["89"]["value"], "more-needed");
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert!(duty(&case)["ended_at"].is_string(), "{}", duty(&case));
}

#[tokio::test]
async fn a_page_shows_each_field_and_what_was_changed_alone() {
    let running = running().await;
    let filed = received(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let page = format!("{}/notification", filed.page());
    let shown = dpo.get(&page).await.expect(StatusCode::OK).text;
    for told in
        ["Hovedårsak", "Felt 60", "Utstyr er mistet eller stjålet", "Mangler", "Skal avklares"]
    {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert!(!shown.contains(" onclick=") && !shown.contains(" style="), "{shown}");
    let imy = dpo.get(&format!("{page}?view=imy")).await.expect(StatusCode::OK).text;
    assert!(imy.contains("25. Grupper av berørte"), "{imy}");
    let none = dpo.get(&format!("{page}?view=other")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);

    let section = format!("{page}/own/datatilsynet/description");
    let own = form(&dpo, &section, &section).await;
    let done = own.set("f62", "En vakttelefon ble glemt.").send(&dpo).await;
    let done = done.expect(StatusCode::SEE_OTHER);
    assert!(done.location().starts_with(&format!("{page}?view=datatilsynet")), "{done:?}");
    let now = notification(&running, &filed).await;
    assert_eq!(now["fields"]["62"]["value"], "En vakttelefon ble glemt.");
    assert_eq!(now["fields"]["62"]["origin"], "own");
    assert_eq!(now["fields"]["60"]["origin"], "case", "what was left as it stood is nobody's own");
    let wrong = form(&dpo, &section, &section).await.set("f48", "i går").send(&dpo).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("notice-f48-problem"), "{}", wrong.text);

    let record = format!("{page}/record");
    let receipt = File::new("kvittering.pdf", "application/pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
    let sent = form(&dpo, &record, &record).await.set("reference", "AR123");
    let done = sent.send_with(&dpo, &[receipt]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(done.location(), format!("{}?done=record_notification", filed.page()));
    let first = dpo.get(&page).await.expect(StatusCode::OK).text;
    assert!(first.contains("Ingenting er endret"), "{first}");
    assert!(!first.contains("field-62"), "what is as it was is not shown: {first}");
    let all = dpo.get(&format!("{page}?all=yes")).await.text;
    assert!(all.contains("field-62"), "{all}");
    let as_sent = dpo.get(&format!("{page}/sent/1")).await.expect(StatusCode::OK).text;
    assert!(as_sent.contains("En vakttelefon ble glemt."), "{as_sent}");
    let sha256 = notification(&running, &filed).await["sent"][0]["receipt_sha256"].clone();
    assert!(as_sent.contains(sha256.as_str().unwrap()), "{sha256}: {as_sent}");
    assert_eq!(dpo.get(&format!("{page}/sent/2")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_changed_since_it_was_seen_is_looked_at_again() {
    let running = running().await;
    let filed = received(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let record = format!("{}/notification/record", filed.page());
    let sent = form(&dpo, &record, &record).await.set("reference", "AR123");
    let fields = json!({ "62": "Noe annet." });
    story::take(&running, Role::Dpo, &filed, &steps::draft_notification(&fields)).await;
    let returned = sent.send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.text.contains("endret siden du så den sist"), "{}", returned.text);
    let again = BrowserForm::on(&returned, &record).send(&dpo).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let sent = notification(&running, &filed).await["sent"][0].clone();
    assert_eq!(sent["content"]["fields"]["62"]["value"], "Noe annet.");
}

#[tokio::test]
async fn a_late_first_notice_says_why_in_its_own_field() {
    let running = running().await;
    let filed = received(&running).await;
    running.pass(TimeDelta::days(4));
    let late = "2026-03-06T07:00:00Z";
    let step = steps::send_notice("initial", late, "incomplete");
    let refused = story::refused(&running, Role::Dpo, &filed, &step).await;
    assert_eq!(refused["refusal"], "reasons_for_delay_missing");
    let mut reasoned = step;
    reasoned.body["reasons_for_delay"] = json!("Altinn var nede.");
    story::take(&running, Role::Dpo, &filed, &reasoned).await;
    let sent = notification(&running, &filed).await["sent"][0].clone();
    assert_eq!(sent["content"]["fields"]["49"]["value"], "Altinn var nede.");
}

#[tokio::test]
async fn a_withdrawal_asks_the_controller_anew_and_the_clock_runs_until_that_is_decided() {
    let running = running().await;
    let filed = received(&running).await;
    let withdraw = steps::send_notice("withdrawal", SENT_AT, "complete");
    let refused = story::refused(&running, Role::Dpo, &filed, &withdraw).await;
    assert_eq!(refused["refusal"], "not_notified");
    let decide = steps::decide("notify", "Kan ikke utelukkes");
    story::take(&running, Role::Controller, &filed, &decide).await;
    let first = steps::send_notice("initial", SENT_AT, "incomplete");
    story::take(&running, Role::Dpo, &filed, &first).await;
    story::take(&running, Role::Dpo, &filed, &withdraw).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["clock"]["running"], true, "nothing is notified: {}", case["clock"]);
    let of_duty = |case: &serde_json::Value| {
        let duties = case["duties"].as_array().unwrap();
        duties.iter().find(|it| it["duty"] == "gdpr-33").unwrap().clone()
    };
    assert_eq!(of_duty(&case)["due_at"], case["clock"]["due_at"], "from its start");
    assert_eq!(of_duty(&case)["running"], true);
    let outstanding = case["outstanding"].as_array().unwrap();
    assert!(outstanding.iter().any(|it| it["step"] == "decide_on_authority"), "{outstanding:?}");
    running.service().dispatch_once().await;
    let told = running
        .mails()
        .into_iter()
        .any(|mail| tests::mails::text_of(&mail).contains("er trukket tilbake"));
    assert!(told, "the controller is told");
    let more = steps::send_notice("supplement", SENT_AT, "incomplete");
    let refused = story::refused(&running, Role::Dpo, &filed, &more).await;
    assert_eq!(refused["refusal"], "not_notified");
    let decide = steps::decide("do_not_notify", "Det var ikke noe brudd");
    story::take(&running, Role::Controller, &filed, &decide).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let outstanding = case["outstanding"].as_array().unwrap();
    assert!(outstanding.iter().all(|it| it["step"] != "decide_on_authority"), "{outstanding:?}");
    assert_eq!(
        (&case["clock"]["running"], &of_duty(&case)["running"]),
        (&json!(false), &json!(false))
    );
}

#[tokio::test]
async fn what_cannot_be_an_answer_is_named_by_its_field() {
    let running = running().await;
    let filed = received(&running).await;
    let fields = json!({ "68": "mange", "4711": "x" });
    let step = steps::draft_notification(&fields);
    let refused = story::ask(&running, Role::Dpo, &filed, &step).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = refused.json()["errors"].clone();
    assert_eq!(errors[0]["field"], "/fields/68");
    assert_eq!(errors[1]["field"], "/fields/4711");
    let mut misplaced = steps::send_notice("supplement", SENT_AT, "incomplete");
    misplaced.body["reasons_for_delay"] = json!("Altinn var nede.");
    misplaced.body["reasons_for_withdrawal"] = json!(" ");
    let refused = story::ask(&running, Role::Dpo, &filed, &misplaced).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let named = json!([{ "place": "body", "field": "/reasons_for_delay", "problem": "unfit" }]);
    assert_eq!(refused.json()["errors"], named);
    let unoffered = steps::draft_notification(&json!({ "60": "no-such-incident" }));
    let refused = story::refused(&running, Role::Dpo, &filed, &unoffered).await;
    assert_eq!((&refused["refusal"], &refused["lacking"]), (&json!("not_an_answer"), &json!([60])));
}

#[tokio::test]
async fn the_script_that_copies_is_served_and_nothing_is_written_into_the_page() {
    let running = running().await;
    let filed = received(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let page = dpo.get(&format!("{}/notification", filed.page())).await.expect(StatusCode::OK);
    let (_, after) = page.text.split_once("<script src=\"").unwrap();
    let address = after.split('"').next().unwrap();
    let script = dpo.get(address).await.expect(StatusCode::OK);
    assert!(script.header(&CONTENT_TYPE).starts_with("text/javascript"));
    assert_eq!(page.text.matches("<script").count(), 1);
    assert!(page.text.contains("\" defer></script>"), "no script stands in the page itself");
}
