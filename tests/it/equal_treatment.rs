//! Equal treatment: the nearest decided cases are shown before a decision is taken, and one that
//! departs from what was decided in them says why.

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::Running;
use tests::browser_form::BrowserForm;
use tests::steps::{self, Step};
use tests::story::{self, Filed};

const GROUNDS: &str = "En fremmed har brevet";

/// A letter to a wrong recipient, as it was found out.
fn letter() -> Value {
    json!({
        "breach": ["confidentiality"],
        "intent": "mishap",
        "data": ["health"],
        "protection": "none",
        "recipient": "known_person",
        "people": "one",
    })
}

/// The same with another answer to one fact.
fn letter_but(fact: &str, answer: Value) -> Value {
    let mut facts = letter();
    facts[fact] = answer;
    facts
}

async fn take(running: &Running, role: Role, filed: &Filed, step: Step) {
    story::take(running, role, filed, &step).await;
}

/// A case of which these facts were found out.
async fn found_out(running: &Running, facts: &Value) -> Filed {
    let filed = story::report_by_api(running, None).await;
    take(running, Role::Dpo, &filed, steps::receive(&running.people)).await;
    take(running, Role::Dpo, &filed, steps::establish_facts(facts)).await;
    filed
}

/// The same, with a decision on the authority.
async fn decided(running: &Running, facts: &Value, decision: &str) -> Filed {
    let filed = found_out(running, facts).await;
    take(running, Role::Controller, &filed, steps::decide(decision, GROUNDS)).await;
    filed
}

async fn precedents(running: &Running, role: Role, filed: &Filed) -> Value {
    let answer = running.api(role).get(&filed.address("precedents")).await;
    answer.expect(StatusCode::OK).json()["items"].clone()
}

#[tokio::test]
async fn the_nearest_decided_cases_are_shown_with_why_and_what_the_authority_answered() {
    let running = Running::start().await;
    let to_ten = letter_but("people", json!("up_to_ten"));
    let near = decided(&running, &to_ten, "notify").await;
    take(&running, Role::Dpo, &near, steps::correspond("De avslutter saken")).await;
    let nearest = decided(&running, &letter(), "notify").await;
    let undecided = found_out(&running, &letter()).await;
    let public = letter_but("recipient", json!("public"));
    let far = decided(&running, &public, "do_not_notify").await;
    let filed = found_out(&running, &letter()).await;

    let found = precedents(&running, Role::Dpo, &filed).await;
    let numbers: Vec<&Value> = found.as_array().unwrap().iter().map(|it| &it["case"]).collect();
    assert_eq!(numbers, [&nearest.number, &near.number, &far.number]);
    assert!(!numbers.contains(&&json!(undecided.number)));
    assert_eq!(found[0]["per_mille"], 1_000);
    assert_eq!(found[1]["differing"], json!(["people"]));
    assert_eq!(found[1]["correspondence"][0]["summary"], "De avslutter saken");
    assert_eq!(found[0]["authority_grounds"], GROUNDS);
    let enough: Vec<&Value> =
        found.as_array().unwrap().iter().map(|it| &it["alike_enough"]).collect();
    assert_eq!(enough, [true, true, false], "who got it decides by itself");

    // It is not delegated to the officer, who has no decision to take.
    let decision = format!("{}/authority", filed.page());
    let pages = [(Role::Dpo, filed.page()), (Role::Controller, decision)];
    for (role, page) in pages {
        let text = running.browser(role).await.get(&page).await.text;
        assert!(text.contains(&nearest.page()) && text.contains(&far.page()), "{text}");
        assert!(text.contains("De avslutter saken"), "{text}");
        assert!(text.contains("88 % av det som er kjent, er likt"), "{text}");
    }
}

#[tokio::test]
async fn departing_from_practice_takes_a_sentence_that_stays_with_the_cases() {
    let running = Running::start().await;
    let near = decided(&running, &letter(), "notify").await;
    let filed = found_out(&running, &letter()).await;
    let against = steps::decide("do_not_notify", "Ingen risiko");
    let refused = story::refused(&running, Role::Controller, &filed, &against).await;
    assert_eq!(refused["refusal"], "practice_unexplained");
    assert_eq!(refused["cases"], json!([near.number]));
    assert!(refused["detail"].as_str().unwrap().contains(&near.number), "{refused}");

    let controller = running.browser(Role::Controller).await;
    let at = format!("{}/authority", filed.page());
    let form = BrowserForm::open(&controller, &at, &at).await;
    let form = form.fill(&[("decision", "do_not_notify"), ("grounds", "Ingen risiko")]);
    let answer = form.send(&controller).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("#authority-departure"), "{}", answer.text);

    let explained = steps::depart("do_not_notify", "Ingen risiko", "Brevet kom uåpnet tilbake");
    take(&running, Role::Controller, &filed, explained).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let decision = &case["authority"]["decision"];
    assert_eq!(decision["departure"], "Brevet kom uåpnet tilbake");
    let held = json!({ "near": [near.number], "departs_from": ["practice"] });
    assert_eq!(decision["held_against"], held);
    let happened = story::happened(&running, &filed, "authority_decided").await;
    assert_eq!(happened[0]["held_against"], held);
    let page = controller.get(&filed.page()).await.text;
    assert!(page.contains("Saker som var like nok da det ble avgjort"), "{page}");
    // Now like cases were decided both ways, and nothing is asked of the next.
    let next = found_out(&running, &letter()).await;
    take(&running, Role::Controller, &next, steps::decide("do_not_notify", "Ingen risiko")).await;
}

#[tokio::test]
async fn it_says_whether_it_departs_from_advice_from_practice_or_from_both() {
    let running = Running::start().await;
    let near = decided(&running, &letter(), "notify").await;
    let filed = found_out(&running, &letter()).await;
    let assessed = json!({
        "facts": "Et brev", "outcome": "notify_authority_and_people", "departure": "Usikkert",
    });
    let assess = Step { tail: "assessment".to_owned(), body: assessed };
    take(&running, Role::Dpo, &filed, assess).await;
    let against = steps::decide("do_not_notify", "Ingen risiko");
    let refused = story::refused(&running, Role::Controller, &filed, &against).await;
    assert_eq!(refused["refusal"], "departure_unexplained", "the advice comes first");
    let explained = steps::depart("do_not_notify", "Ingen risiko", "Kom tilbake");
    take(&running, Role::Controller, &filed, explained).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let held = json!({ "near": [near.number], "departs_from": ["advice", "practice"] });
    assert_eq!(case["authority"]["decision"]["held_against"], held);

    // On telling people it is whether they are told that counts.
    let not = steps::decide_on_people("no_high_risk", "Ingen risiko");
    let refused = story::refused(&running, Role::Controller, &filed, &not).await;
    assert_eq!(refused["refusal"], "departure_unexplained");
}

#[tokio::test]
async fn an_erased_case_is_still_a_precedent_without_a_word_of_it() {
    let running = Running::start().await;
    let near = decided(&running, &letter(), "notify").await;
    take(&running, Role::Dpo, &near, steps::correspond("De spør")).await;
    take(
        &running,
        Role::Controller,
        &near,
        steps::erase(&json!({ "kind": "everybody" }), "ordered"),
    )
    .await;
    let filed = found_out(&running, &letter()).await;
    let found = precedents(&running, Role::Dpo, &filed).await;
    assert_eq!((&found[0]["case"], &found[0]["phase"]), (&json!(near.number), &json!("erased")));
    assert_eq!(found[0]["authority_decision"], "notify");
    assert_eq!(found[0]["authority_grounds"], Value::Null);
    assert_eq!(found[0]["correspondence"][0]["summary"], Value::Null);
    let page = running.browser(Role::Dpo).await.get(&filed.page()).await.text;
    assert!(!page.contains(GROUNDS) && !page.contains("De spør"), "{page}");
}

#[tokio::test]
async fn precedents_are_for_those_who_see_every_case_but_their_own() {
    let running = Running::start().await;
    let near = decided(&running, &letter(), "notify").await;
    let officer = running.people.holder(Role::SecurityOfficer);
    take(&running, Role::Dpo, &near, steps::involve(officer)).await;
    let filed = decided(&running, &letter(), "notify").await;
    for (role, status) in [
        (Role::Leader, StatusCode::FORBIDDEN),
        (Role::Employee, StatusCode::NOT_FOUND),
        (Role::Auditor, StatusCode::NOT_FOUND),
        (Role::SystemOwner, StatusCode::NOT_FOUND),
    ] {
        let _ = running.api(role).get(&filed.address("precedents")).await.expect(status);
    }
    assert_eq!(precedents(&running, Role::SecurityOfficer, &filed).await, json!([]));
    assert_eq!(precedents(&running, Role::Dpo, &filed).await[0]["case"], json!(near.number));
    // Nor do they read its number where the decision tells what it was held against.
    let named = |case: Value| case["authority"]["decision"]["held_against"]["near"].clone();
    let seen = named(story::case(&running, Role::SecurityOfficer, &filed).await);
    assert_eq!(seen, json!([]));
    assert_eq!(named(story::case(&running, Role::Dpo, &filed).await), json!([near.number]));
    let timeline = running.api(Role::SecurityOfficer).get(&filed.address("timeline")).await;
    assert!(!timeline.text.contains(&near.number), "{}", timeline.text);
    let leader = running.browser(Role::Leader).await.get(&filed.page()).await.text;
    assert!(!leader.contains("Slike saker fra før"), "{leader}");
}

fn plan(running: &Running, way: &str) -> Value {
    json!({
        "groups": "Beboerne i andre etasje",
        "ways": [way],
        "target_at": "2026-03-05T12:00:00Z",
        "signed_by": running.people.holder(Role::Controller).user,
        "whom_to_ask": "Ombudet, 55 55 00 00",
    })
}

fn on_people(body: Value) -> Step {
    Step { tail: "people-decision".to_owned(), body }
}

#[tokio::test]
async fn each_ground_for_not_telling_people_brings_what_it_rests_on() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let refused = async |body| {
        let answer = story::refused(&running, Role::Controller, &filed, &on_people(body)).await;
        answer["refusal"].clone()
    };
    let public = |plan: Option<Value>| {
        let decision = "public_communication";
        json!({ "decision": decision, "grounds": "Ukjent hvem", "plan": plan })
    };
    assert_eq!(refused(public(None)).await, "way_does_not_fit");
    assert_eq!(refused(public(Some(plan(&running, "letter")))).await, "way_does_not_fit");
    let removed = json!({ "decision": "risk_removed", "grounds": "Borte" });
    assert_eq!(refused(removed).await, "text_missing");
    let mut by_dpo = plan(&running, "letter");
    by_dpo["signed_by"] = json!(running.people.holder(Role::Dpo).user);
    let notify = json!({ "decision": "notify", "grounds": "Høy risiko", "plan": by_dpo });
    assert_eq!(refused(notify).await, "no_such_person", "the officer never signs");
    let told = public(Some(plan(&running, "public_notice")));
    take(&running, Role::Controller, &filed, on_people(told)).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["people_decision"]["plan"]["groups"], "Beboerne i andre etasje");
    let page = running.browser(Role::Dpo).await.get(&filed.page()).await.text;
    for said in ["Beboerne i andre etasje", "Ombudet, 55 55 00 00", "Offentlig kunngjøring"] {
        assert!(page.contains(said), "{said}");
    }
}

/// The target of one's own for art. 34: it runs once the risk is found high or it is decided to
/// tell, and ends when they were told or it is decided not to.
#[tokio::test]
async fn the_clock_for_telling_people_runs_until_they_were_told() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T07:30:00Z")).await;
    take(&running, Role::Dpo, &filed, steps::receive(&running.people)).await;
    let clocks = async || {
        let answer = running.api(Role::Dpo).get("/api/v1/clocks").await.json();
        let clocks = answer["items"].as_array().unwrap().clone();
        clocks.iter().any(|clock| clock["duty"] == "gdpr-34")
    };
    assert!(!clocks().await, "whether the risk is high is not known yet");
    let high = "notify_authority_and_people";
    take(&running, Role::Dpo, &filed, steps::assess("Helse på avveie", high)).await;
    assert!(clocks().await);
    let notify = json!({
        "decision": "notify", "grounds": "Høy risiko", "plan": plan(&running, "letter"),
    });
    take(&running, Role::Controller, &filed, on_people(notify)).await;
    assert!(clocks().await, "deciding is not telling");
    let dpo = running.browser(Role::Dpo).await;
    for page in ["/clocks", &filed.page()] {
        let text = dpo.get(page).await.text;
        assert!(text.contains("Si fra til de berørte"), "{page}");
    }
    take(&running, Role::Dpo, &filed, steps::tell_people("2026-03-02T08:00:00Z", "Brevet")).await;
    assert!(!clocks().await);
}

#[tokio::test]
async fn a_notification_that_was_withdrawn_is_no_practice_of_notifying() {
    let running = Running::start().await;
    let first = decided(&running, &letter(), "notify").await;
    running.pass(chrono::TimeDelta::hours(2));
    for (kind, told) in [("initial", "incomplete"), ("withdrawal", "complete")] {
        let notice = steps::send_notice(kind, "2026-03-02T09:00:00Z", told);
        take(&running, Role::Dpo, &first, notice).await;
    }
    take(&running, Role::Controller, &first, steps::decide("do_not_notify", GROUNDS)).await;
    decided(&running, &letter(), "do_not_notify").await;
    let other = found_out(&running, &letter()).await;
    let notify = steps::decide("notify", GROUNDS);
    let refused = story::refused(&running, Role::Controller, &other, &notify).await;
    assert_eq!(refused["refusal"], "practice_unexplained", "{refused}");
}
