//! From the memo to the closed case: who closes, what remains first, and the ways back.

use domain::Role;
use hyper::header::HeaderName;
use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use tests::http::Asked;
use tests::steps::{self, Step};
use tests::story::{self, Filed};
use tests::{Client, Running};
use tokio::task::JoinSet;

async fn reported(running: &Running) -> Filed {
    story::report_by_api(running, Some("2026-03-02T07:30:00Z")).await
}

/// A case whose memo waits for the controller.
async fn waiting(running: &Running) -> Filed {
    let filed = reported(running).await;
    story::walk_to_memo(running, &filed).await;
    filed
}

async fn dpo(running: &Running, filed: &Filed, step: Step) {
    story::take(running, Role::Dpo, filed, &step).await;
}

async fn controller(running: &Running, filed: &Filed, step: Step) {
    story::take(running, Role::Controller, filed, &step).await;
}

async fn phase(running: &Running, filed: &Filed) -> Value {
    story::case(running, Role::Dpo, filed).await["phase"].clone()
}

/// Which rule says no to the controller.
async fn refused(running: &Running, filed: &Filed, step: Step) -> Value {
    story::refused(running, Role::Controller, filed, &step).await["refusal"].clone()
}

async fn closed_by(client: &Client, filed: &Filed) -> Value {
    let closing = steps::close();
    let answer = client.post(&filed.address(&closing.tail), &closing.body).await;
    answer.expect(StatusCode::FORBIDDEN).json()["refusal"].clone()
}

#[tokio::test]
async fn a_lost_phone_goes_all_the_way_to_the_closed_case() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    assert_eq!(phase(&running, &filed).await, "reported");
    story::walk_to_memo(&running, &filed).await;
    assert_eq!(phase(&running, &filed).await, "awaiting_closure");
    // Many clients say of what kind a body is that they do not send.
    let closing = Asked::new(Method::POST, &filed.address("closing"));
    let closing = closing.with(hyper::header::CONTENT_TYPE, "application/json");
    let closed = running.api(Role::Controller).send(closing).await;
    assert_eq!(closed.status, StatusCode::NO_CONTENT, "{closed:?}");
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["phase"], "closed");
    assert_eq!(case["outstanding"], json!([]));
    let timeline = story::timeline(&running, &filed).await;
    let happened: Vec<_> = timeline.iter().map(|it| it["happened"]["event"].clone()).collect();
    let expected = [
        "deviation_reported",
        "duties_judged",
        "case_received",
        "duties_judged",
        "case_assessed",
        "duties_judged",
        "authority_decided",
        "authority_notified",
        "duties_judged",
        "people_decided",
        "people_told",
        "duties_judged",
        "measure_proposed",
        "measure_completed",
        "measure_verified",
        "measure_proposed",
        "memo_submitted",
        "duties_ended",
        "case_closed",
    ];
    assert_eq!(happened, expected);
    let who = timeline.last().unwrap()["by"]["member"]["name"].clone();
    assert_eq!(who, *running.people.holder(Role::Controller).name);
}

#[tokio::test]
async fn the_register_tells_facts_effects_and_remedial_action() {
    let running = Running::start().await;
    let filed = waiting(&running).await;
    controller(&running, &filed, steps::close()).await;
    let register = running.api(Role::Controller).get("/api/v1/register").await;
    let entry = register.expect(StatusCode::OK).json()["items"][0].clone();
    let said = story::SAID_IN_HANDLING;
    assert_eq!(entry["case"], *filed.number);
    assert_eq!(entry["what_happened"], story::WHAT_HAPPENED);
    assert_eq!(entry["assessed_facts"], said[0]);
    assert_eq!(entry["authority_grounds"], said[1]);
    assert_eq!(entry["people_grounds"], said[2]);
    assert_eq!(entry["notification_reference"], said[8]);
    let mut measures = entry["measures"].as_array().unwrap().clone();
    measures.sort_by_key(|measure| measure["verified"] == false);
    let told: Vec<[&Value; 3]> = measures
        .iter()
        .map(|measure| ["description", "verified", "kind"].map(|member| &measure[member]))
        .collect();
    let expected = [
        [json!(said[3]), json!(true), json!("immediate")],
        [json!(said[6]), json!(false), json!("preventive")],
    ];
    assert_eq!(told, expected.each_ref().map(<[Value; 3]>::each_ref));
    assert!(measures[0]["done_at"].is_string() && measures[1]["done_at"].is_null());
}

#[tokio::test]
async fn whoever_is_dpo_never_closes_in_whatever_other_role() {
    let running = Running::start().await;
    let filed = waiting(&running).await;
    let answer = story::ask(&running, Role::Dpo, &filed, &steps::close()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let both = [Role::Dpo, Role::Controller];
    let both = running.register("Begge Hatter", "begge", running.people.units[0], both).await;
    let refusal = closed_by(&running.api_of(&both), &filed).await;
    assert_eq!(refusal, "independence_of_the_dpo");
    assert_eq!(phase(&running, &filed).await, "awaiting_closure");
}

#[tokio::test]
async fn a_controller_who_stood_in_for_the_handler_does_not_close_the_case() {
    let running = Running::start().await;
    let unit = running.people.units[0];
    let deputy = running.register("Vara Viksen", "vara", unit, [Role::Controller]).await;
    let filed = reported(&running).await;
    dpo(&running, &filed, steps::receive(&running.people)).await;
    let handler = running.people.holder(Role::Dpo);
    dpo(&running, &filed, steps::assign(handler, Some(&deputy))).await;
    dpo(&running, &filed, steps::submit_memo("Saksframlegg")).await;
    let refusal = closed_by(&running.api_of(&deputy), &filed).await;
    assert_eq!(refusal, "independence_of_the_dpo");
}

#[tokio::test]
async fn a_case_without_a_memo_does_not_close() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    assert_eq!(refused(&running, &filed, steps::close()).await, "memo_not_submitted");
}

#[tokio::test]
async fn everything_that_remains_is_told_at_once() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let leader = running.people.holder(Role::Leader);
    let wipe = story::propose_measure(&running, &filed, "immediate", "Fjernslett", leader).await;
    dpo(&running, &filed, steps::submit_memo("Saksframlegg")).await;
    let refusal = story::refused(&running, Role::Controller, &filed, &steps::close()).await;
    assert_eq!(refusal["refusal"], "not_ready_to_close");
    let remaining = refusal["outstanding"].as_array().unwrap();
    let names: Vec<_> = remaining.iter().map(|it| it["step"].as_str().unwrap()).collect();
    let expected =
        ["receive", "assess", "decide_on_authority", "decide_on_people", "complete_measure"];
    assert_eq!(names, expected);
    assert_eq!(remaining[4]["measure"], *wipe);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["outstanding"], refusal["outstanding"], "the case page says the same");
}

#[tokio::test]
async fn a_decision_to_notify_must_be_carried_out_before_the_case_closes() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    dpo(&running, &filed, steps::receive(&running.people)).await;
    dpo(&running, &filed, steps::assess("Uten lås", "notify_authority")).await;
    controller(&running, &filed, steps::decide("notify", "Kan ikke utelukkes")).await;
    controller(&running, &filed, steps::decide_on_people("no_high_risk", "Lite innhold")).await;
    dpo(&running, &filed, steps::submit_memo("Saksframlegg")).await;
    let refusal = story::refused(&running, Role::Controller, &filed, &steps::close()).await;
    assert_eq!(
        refusal["outstanding"],
        json!([{ "step": "notify_authority", "at": "notification" }])
    );
    dpo(&running, &filed, steps::notify("2026-03-02T08:00:00Z", None)).await;
    controller(&running, &filed, steps::close()).await;
}

#[tokio::test]
async fn letters_that_were_decided_are_sent_before_the_case_closes() {
    let running = Running::start().await;
    let filed = waiting(&running).await;
    controller(&running, &filed, steps::decide_on_people("notify", "Helseopplysninger")).await;
    let told = story::happened(&running, &filed, "people_told").await;
    assert_eq!(told.len(), 1, "those who were told before the new decision count");
    let other = reported(&running).await;
    dpo(&running, &other, steps::receive(&running.people)).await;
    dpo(&running, &other, steps::assess("Uten lås", "notify_authority_and_people")).await;
    controller(&running, &other, steps::decide("notify", "Kan ikke utelukkes")).await;
    dpo(&running, &other, steps::notify("2026-03-02T08:00:00Z", None)).await;
    controller(&running, &other, steps::decide_on_people("notify", "Helseopplysninger")).await;
    dpo(&running, &other, steps::submit_memo("Saksframlegg")).await;
    let refusal = story::refused(&running, Role::Controller, &other, &steps::close()).await;
    let remaining = json!([{ "step": "tell_people", "at": "people-told" }]);
    assert_eq!(refusal["outstanding"], remaining);
    let page =
        running.browser(Role::Controller).await.get(&format!("{}/close", other.page())).await;
    assert!(page.text.contains("Varsle dem det gjelder"), "{page:?}");
    assert!(page.text.contains("Personvernombud"), "it says whose it is to do: {page:?}");
    dpo(&running, &other, steps::tell_people("2026-03-02T08:00:00Z", "Brev")).await;
    controller(&running, &other, steps::close()).await;
}

#[tokio::test]
async fn an_unverified_immediate_measure_blocks_and_one_without_effect_is_open_again() {
    let running = Running::start().await;
    let filed = waiting(&running).await;
    let leader = running.people.holder(Role::Leader);
    let lock = story::propose_measure(&running, &filed, "immediate", "Sperr SIM", leader).await;
    let remains = async |step: &str| {
        let refusal = story::refused(&running, Role::Controller, &filed, &steps::close()).await;
        let remaining = &refusal["outstanding"][0];
        assert_eq!((&remaining["step"], &remaining["measure"]), (&json!(step), &json!(lock)));
        let at = remaining["at"].as_str().unwrap();
        assert!(at.starts_with(&format!("measures/{lock}/")), "{at}");
    };
    remains("complete_measure").await;
    let early = steps::verify_measure(&lock, true, "Ringte nummeret");
    let refusal = story::refused(&running, Role::Dpo, &filed, &early).await;
    assert_eq!(refusal["refusal"], "measure_not_completed");
    let completed = steps::complete_measure(&lock, "Ringt operatøren");
    story::take(&running, Role::Leader, &filed, &completed).await;
    remains("verify_measure").await;
    dpo(&running, &filed, steps::verify_measure(&lock, false, "Det ringer ennå")).await;
    remains("complete_measure").await;
    let again = steps::complete_measure(&lock, "Ringt operatøren en gang til");
    story::take(&running, Role::Leader, &filed, &again).await;
    dpo(&running, &filed, steps::verify_measure(&lock, true, "Nå er det dødt")).await;
    controller(&running, &filed, steps::close()).await;
}

#[tokio::test]
async fn the_controller_sends_the_case_back_with_what_is_to_be_followed_up() {
    let running = Running::start().await;
    let filed = waiting(&running).await;
    let nothing = steps::send_back(&[" "]);
    assert_eq!(refused(&running, &filed, nothing).await, "text_missing");
    let points = ["Spør Bjørkelia om det samme", "Datér rutinen"];
    controller(&running, &filed, steps::send_back(&points)).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["memo"]["follow_ups"], json!(points));
    assert_eq!(case["memo"]["awaits_controller"], false);
    assert_eq!(refused(&running, &filed, steps::close()).await, "memo_not_submitted");
    dpo(&running, &filed, steps::submit_memo("Nytt saksframlegg")).await;
    controller(&running, &filed, steps::close()).await;
    let memos = story::happened(&running, &filed, "memo_submitted").await;
    let versions: Vec<_> = memos.iter().map(|memo| memo["version"].clone()).collect();
    assert_eq!(versions, [1, 2], "the earlier memo stays");
}

#[tokio::test]
async fn a_closed_case_takes_no_steps_until_it_is_taken_up_again_with_a_reason() {
    let running = Running::start().await;
    let filed = waiting(&running).await;
    controller(&running, &filed, steps::close()).await;
    let assess = steps::assess("Nytt", "document_only");
    let refusal = story::refused(&running, Role::Dpo, &filed, &assess).await;
    assert_eq!(refusal["refusal"], "case_is_closed");
    assert_eq!(refused(&running, &filed, steps::reopen("")).await, "text_missing");
    controller(&running, &filed, steps::reopen("Flere beboere er berørt")).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["phase"], "reopened");
    assert_eq!(case["reopened"], "Flere beboere er berørt");
    assert_eq!(refused(&running, &filed, steps::reopen("Enda flere")).await, "case_is_open");
    assert_eq!(refused(&running, &filed, steps::close()).await, "memo_not_submitted");
    dpo(&running, &filed, assess).await;
    dpo(&running, &filed, steps::submit_memo("Saksframlegg etter gjenåpning")).await;
    controller(&running, &filed, steps::close()).await;
    assert_eq!(phase(&running, &filed).await, "closed");
}

#[tokio::test]
async fn what_is_no_deviation_is_closed_with_a_reason_and_stays_in_the_register() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let unsaid = steps::close_as_not_a_deviation("");
    let refusal = story::refused(&running, Role::Dpo, &filed, &unsaid).await;
    assert_eq!(refusal["refusal"], "text_missing");
    dpo(&running, &filed, steps::close_as_not_a_deviation("Den lå i skuffen")).await;
    assert_eq!(phase(&running, &filed).await, "closed_as_not_a_deviation");
    let register = running.api(Role::Dpo).get("/api/v1/register").await.json();
    assert_eq!(register["items"][0]["phase"], "closed_as_not_a_deviation");
}

#[tokio::test]
async fn what_was_notified_is_not_closed_as_no_deviation() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    dpo(&running, &filed, steps::notify("2026-03-02T08:00:00Z", None)).await;
    let found = steps::close_as_not_a_deviation("Den lå i skuffen");
    let refusal = story::refused(&running, Role::Dpo, &filed, &found).await;
    assert_eq!(refusal["refusal"], "already_notified");
}

#[tokio::test]
async fn a_memo_with_empty_parts_is_sent_back_to_its_writer_with_their_names() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let mut memo = steps::submit_memo("Saksframlegg");
    memo.body["rules"] = json!(" ");
    memo.body["conclusion"] = json!("");
    let refusal = story::refused(&running, Role::Dpo, &filed, &memo).await;
    assert_eq!(refusal["refusal"], "memo_incomplete");
    assert_eq!(refusal["missing"], json!(["rules", "conclusion"]));
}

#[tokio::test]
async fn a_decision_against_the_advice_keeps_both_on_record_with_the_reason() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    dpo(&running, &filed, steps::assess("Uten lås", "notify_authority")).await;
    let silent = steps::decide("do_not_notify", "Den lå innelåst");
    let refusal = story::refused(&running, Role::Controller, &filed, &silent).await;
    assert_eq!(refusal["refusal"], "departure_unexplained");
    assert_eq!(refusal["advised"], "notify_authority");
    let explained = steps::depart("do_not_notify", "Den lå innelåst", "Vekteren fulgte skapet");
    controller(&running, &filed, explained).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let decision = &case["authority"]["decision"];
    assert_eq!(decision["departure"], "Vekteren fulgte skapet");
    assert_eq!(decision["capacity"], "controller");
    assert_eq!(case["assessment"]["outcome"], "notify_authority");
}

#[tokio::test]
async fn the_dpo_decides_only_where_the_organisation_has_delegated_it() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let decide = steps::decide("notify", "Kan ikke utelukkes");
    let refusal = story::refused(&running, Role::Dpo, &filed, &decide).await;
    assert_eq!(refusal["refusal"], "decision_not_delegated");
    let running = Running::start_with(|settings| settings.delegated_to_dpo = true).await;
    let filed = reported(&running).await;
    dpo(&running, &filed, decide).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["authority"]["decision"]["capacity"], "delegation");
}

#[tokio::test]
async fn the_same_step_asked_for_twice_under_one_key_is_taken_once() {
    const KEY: HeaderName = HeaderName::from_static("idempotency-key");
    let running = Running::start().await;
    let filed = reported(&running).await;
    let step = steps::ask_reporter("Hvilken farge hadde etuiet?");
    let asked = Asked::new(Method::POST, &filed.address(&step.tail)).with_json(&step.body);
    let asked = asked.with(KEY, "3b0e8f4e-52c1-4b0a-9d53-6f6f0a4f8a10");
    let api = running.api(Role::Dpo);
    let first = api.send(asked.clone()).await.expect(StatusCode::CREATED).json();
    let again = api.send(asked).await.expect(StatusCode::CREATED).json();
    assert_eq!(first, again);
    assert_eq!(story::happened(&running, &filed, "reporter_asked").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_who_assess_at_once_each_is_a_version_of_its_own() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let mut assessing = JoinSet::new();
    for facts in ["ett", "to", "tre", "fire", "fem"] {
        let (api, step) = (running.api(Role::Dpo), steps::assess(facts, "document_only"));
        let address = filed.address(&step.tail);
        assessing.spawn(async move { api.post(&address, &step.body).await.status });
    }
    let statuses = assessing.join_all().await;
    assert_eq!(statuses, [StatusCode::NO_CONTENT; 5]);
    let assessed = story::happened(&running, &filed, "case_assessed").await;
    let versions: Vec<_> = assessed.iter().map(|it| it["version"].clone()).collect();
    assert_eq!(versions, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn what_the_controller_says_at_the_end_is_kept_where_no_clock_runs_too() {
    let running = Running::start().await;
    let filed = waiting(&running).await;
    let said = json!({ "grounds": "Avklart med helsetilsynet." });
    controller(&running, &filed, Step { body: said, ..steps::close() }).await;
    let happened: Vec<_> = story::timeline(&running, &filed).await;
    let grounds = happened.iter().filter_map(|it| it["happened"]["grounds"].as_str());
    assert!(grounds.clone().any(|it| it == "Avklart med helsetilsynet."), "{happened:?}");
    let page = running.browser(Role::Dpo).await.get(&filed.page()).await;
    assert!(page.expect(StatusCode::OK).text.contains("Avklart med helsetilsynet."));
}
