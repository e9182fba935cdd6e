//! What was recorded by mistake is taken back, and what a case no longer needs is asked of nobody.

use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed};
use tests::{Running, steps};

async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

/// What the system owner is asked to do.
async fn to_do(running: &Running) -> String {
    running.api(Role::SystemOwner).get("/api/v1/measures").await.expect(StatusCode::OK).text
}

#[tokio::test]
async fn a_measure_proposed_in_the_wrong_case_is_taken_back_and_holds_nothing_up() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let wrong = story::propose_measure(&running, &filed, "immediate", "Steng porten", owner).await;
    assert!(to_do(&running).await.contains("Steng porten"));
    let end = steps::close_as_not_a_deviation("Telefonen lå i skuffen");
    let refusal = story::refused(&running, Role::Dpo, &filed, &end).await;
    assert_eq!(refusal["outstanding"][0]["step"], "complete_measure", "{refusal}");
    let dpo = running.browser(Role::Dpo).await;
    let path = format!("{}/withdraw-measure", filed.page());
    let case = dpo.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(case.text.contains(&path), "{case:?}");
    let form = BrowserForm::open(&dpo, &path, &path).await.set("measure", &wrong);
    let without = form.clone().send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("Skriv hvorfor tiltaket ikke trengs."), "{without:?}");
    let form = form.set("reason", "Gjaldt en annen sak");
    let _ = form.send(&dpo).await.expect(StatusCode::SEE_OTHER);
    assert!(!to_do(&running).await.contains("Steng porten"));
    let case = dpo.get(&filed.page()).await.expect(StatusCode::OK);
    for words in ["Et tiltak ble trukket tilbake", "Steng porten", "Gjaldt en annen sak"] {
        assert!(case.text.contains(words), "{words}: {case:?}");
    }
    story::take(&running, Role::Dpo, &filed, &end).await;
}

#[tokio::test]
async fn what_is_done_is_not_taken_back() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let done = story::propose_measure(&running, &filed, "immediate", "Steng porten", owner).await;
    story::take(&running, Role::Dpo, &filed, &steps::complete_measure(&done, "Stengt")).await;
    let withdraw = steps::withdraw_measure(&done, "Trengtes ikke");
    let refusal = story::refused(&running, Role::Dpo, &filed, &withdraw).await;
    assert_eq!(refusal["refusal"], "measure_already_completed");
}

#[tokio::test]
async fn somebody_named_as_involved_by_mistake_sees_the_case_again_and_cannot_see_to_it() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let leader = running.people.holder(Role::Leader);
    let sees = async || running.api(Role::Leader).get(&filed.address("")).await.status;
    story::take(&running, Role::Dpo, &filed, &steps::involve(leader)).await;
    assert_eq!(sees().await, StatusCode::NOT_FOUND);
    let back = steps::withdraw_involved(leader, "En annen med samme navn");
    for role in [Role::Leader, Role::Controller] {
        let refused = story::ask(&running, role, &filed, &back).await;
        assert!(refused.status.is_client_error(), "{role:?}: {refused:?}");
    }
    story::take(&running, Role::Dpo, &filed, &back).await;
    assert_eq!(sees().await, StatusCode::OK);
    let told = running.api(Role::Leader).get(&filed.address("timeline")).await;
    assert!(!told.text.contains("involv"), "who was named is the officer's to know: {told:?}");
    story::take(&running, Role::Dpo, &filed, &back).await;
    let other = steps::withdraw_involved(running.people.holder(Role::Controller), "x");
    let refusal = story::ask(&running, Role::Dpo, &filed, &other).await;
    assert_eq!(refusal.status, StatusCode::NOT_FOUND);
    assert_eq!(refusal.json()["refusal"], "person_not_in_case");
}

#[tokio::test]
async fn the_first_actions_of_what_was_no_deviation_are_asked_of_nobody_until_it_is_one_again() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let owner = running.people.holder(Role::SystemOwner);
    let mut receive = steps::receive(&running.people);
    receive.body["first_actions"] = json!([{ "action": "lock-remotely", "owner": owner.user }]);
    story::take(&running, Role::Dpo, &filed, &receive).await;
    assert!(to_do(&running).await.contains(&filed.number));
    let end = steps::close_as_not_a_deviation("Telefonen lå i skuffen");
    story::take(&running, Role::Dpo, &filed, &end).await;
    assert!(!to_do(&running).await.contains(&filed.number), "nobody wipes a phone that was found");
    story::take(&running, Role::Dpo, &filed, &steps::reopen("Det var en annen telefon")).await;
    assert!(to_do(&running).await.contains(&filed.number));
}

#[tokio::test]
async fn a_duty_recorded_as_done_by_mistake_is_taken_back_and_its_clock_runs_on() {
    const SECURITY: &str = "digitalsikkerhetsloven";
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T07:00:00Z")).await;
    let so = steps::establish_facts(&json!({ "significant_effect_on_service": true }));
    story::take(&running, Role::Dpo, &filed, &so).await;
    let path = format!("{}/withdraw-fulfilment", filed.page());
    let dpo = running.browser(Role::Dpo).await;
    let nothing = dpo.get(&path).await.expect(StatusCode::OK);
    assert!(nothing.text.contains("ingenting å velge blant"), "{nothing:?}");
    let duty = async || {
        let case = story::case(&running, Role::Dpo, &filed).await;
        let duties = case["duties"].as_array().unwrap().clone();
        duties.into_iter().find(|it| it["duty"] == SECURITY).expect("it is judged")
    };
    let years_ago = steps::fulfil_duty(SECURITY, "2020-03-02T07:00:00Z");
    let refusal = story::refused(&running, Role::Dpo, &filed, &years_ago).await;
    assert_eq!(refusal["refusal"], "times_out_of_order", "{refusal}");
    let done = steps::fulfil_duty(SECURITY, "2026-03-02T07:10:00Z");
    story::take(&running, Role::Dpo, &filed, &done).await;
    assert_eq!(duty().await["running"], false);
    let register = running.api(Role::Dpo).get("/api/v1/register").await.expect(StatusCode::OK);
    assert!(register.text.contains(SECURITY), "{register:?}");
    let form = BrowserForm::open(&dpo, &path, &path).await.set("duty", SECURITY);
    let without = form.clone().send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("Skriv hva som var feil."), "{without:?}");
    let form = form.set("reason", "Gjaldt en annen sak");
    let _ = form.send(&dpo).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(duty().await["running"], true);
    let register = running.api(Role::Dpo).get("/api/v1/register").await.expect(StatusCode::OK);
    assert!(!register.text.contains(SECURITY), "{register:?}");
    let case = dpo.get(&filed.page()).await.expect(StatusCode::OK);
    for words in ["Ikke utført likevel", "Gjaldt en annen sak"] {
        assert!(case.text.contains(words), "{words}: {case:?}");
    }
    let withdraw = steps::withdraw_fulfilment(SECURITY, "Gjaldt en annen sak");
    story::take(&running, Role::Dpo, &filed, &withdraw).await;
    let unknown = steps::withdraw_fulfilment("lex-maria", "x");
    let refusal = story::refused(&running, Role::Dpo, &filed, &unknown).await;
    assert_eq!(refusal["refusal"], "duty_not_fulfilled", "{refusal}");
}
