//! Who handles a case, and who stands in for them while they are away.

use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Running, steps};

/// A case that was taken in, for which the archivist stands in.
async fn with_a_deputy(running: &Running) -> Filed {
    let filed = story::report_by_api(running, Some("2026-03-02T07:30:00Z")).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let (handler, deputy) =
        (running.people.holder(Role::Dpo), running.people.holder(Role::Archivist));
    story::take(running, Role::Dpo, &filed, &steps::assign(handler, Some(deputy))).await;
    filed
}

async fn be_away(running: &Running, until: &Value) {
    let answer = running.api(Role::Dpo).post("/api/v1/absence", &json!({ "until": until })).await;
    let _ = answer.expect(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn the_deputy_acts_while_the_handler_is_away_and_both_are_seen_on_the_page() {
    let running = Running::start().await;
    let filed = with_a_deputy(&running).await;
    let deputy = running.api(Role::Archivist);
    let assess = steps::assess("Uten lås", "document_only");
    assert_eq!(deputy.get(&filed.address("")).await.status, StatusCode::NOT_FOUND);
    let early = story::ask(&running, Role::Archivist, &filed, &assess).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    be_away(&running, &json!("2026-03-02T10:00:00Z")).await;
    let seen = story::case(&running, Role::Archivist, &filed).await;
    assert_eq!(seen["deputy"]["name"], "Arne Holtvoll");
    assert_eq!(seen["handler_away_until"], "2026-03-02T10:00:00Z");
    assert_eq!(seen["reporter"], Value::Null, "who reported is the officer's to know");
    story::take(&running, Role::Archivist, &filed, &assess).await;
    let page = running.browser(Role::Archivist).await.get(&filed.page()).await;
    assert!(page.text.contains("Pernille Dahlheim (borte til"), "{page:?}");
    assert!(page.text.contains("Arne Holtvoll (behandler saken nå)"), "{page:?}");
    running.pass(TimeDelta::hours(2));
    assert_eq!(deputy.get(&filed.address("")).await.status, StatusCode::NOT_FOUND);
    let assigned = story::happened(&running, &filed, "case_assigned").await;
    assert_eq!(assigned[0]["deputy"]["name"], "Arne Holtvoll");
}

#[tokio::test]
async fn whoever_keeps_the_house_or_its_traces_handles_no_case_for_anybody() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let handler = running.people.holder(Role::Dpo);
    for role in [Role::Auditor, Role::Administrator] {
        let keeper = running.people.holder(role);
        let step = steps::assign(handler, Some(keeper));
        let refusal = story::refused(&running, Role::Dpo, &filed, &step).await;
        assert_eq!(refusal["refusal"], "keeps_the_house", "{role:?}");
        let step = steps::assign(keeper, None);
        let refusal = story::refused(&running, Role::Dpo, &filed, &step).await;
        assert_eq!(refusal["refusal"], "handler_is_no_officer", "{role:?}");
        let dpo = running.browser(Role::Dpo).await;
        let address = format!("{}/assign", filed.page());
        let form = BrowserForm::open(&dpo, &address, &address).await;
        let keeper = keeper.user.to_string();
        let forged = form.set("deputy", &keeper).send(&dpo).await;
        let page = forged.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains("ser ikke innholdet i saker"), "{page:?}");
    }
    let both = [Role::Dpo, Role::Administrator];
    let unit = running.people.units[0];
    let both = running.register("Dag Nordli", "dag", unit, both).await;
    story::take(&running, Role::Dpo, &filed, &steps::assign(&both, None)).await;
}

#[tokio::test]
async fn who_is_no_officer_handles_no_case() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    for role in [Role::Employee, Role::SystemOwner, Role::Leader] {
        let step = steps::assign(running.people.holder(role), None);
        let refusal = story::refused(&running, Role::Dpo, &filed, &step).await;
        assert_eq!(refusal["refusal"], "handler_is_no_officer", "{role:?}");
    }
}

#[tokio::test]
async fn a_handler_who_is_involved_leaves_the_case_to_the_deputy() {
    let running = Running::start().await;
    let filed = with_a_deputy(&running).await;
    let handler = running.people.holder(Role::Dpo);
    story::take(&running, Role::Dpo, &filed, &steps::involve(handler)).await;
    let shut = running.api(Role::Dpo).get(&filed.address("")).await;
    assert_eq!(shut.status, StatusCode::NOT_FOUND);
    let seen = story::case(&running, Role::Archivist, &filed).await;
    assert_eq!(seen["number"], *filed.number);
    let add = story::refused(&running, Role::Archivist, &filed, &steps::note(" ")).await;
    assert_eq!(add["refusal"], "text_missing", "they work it: {add}");
}

#[tokio::test]
async fn whoever_is_back_early_says_so() {
    let running = Running::start().await;
    let filed = with_a_deputy(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let form = BrowserForm::open(&dpo, "/absence", "/absence").await;
    let past = form.clone().set("until", "2026-03-02T08:00").send(&dpo).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    let away = form.set("until", "2026-03-09T08:00").send(&dpo).await;
    assert_eq!(away.expect(StatusCode::SEE_OTHER).location(), "/absence?done=recorded");
    let deputy = running.api(Role::Archivist);
    assert_eq!(deputy.get(&filed.address("")).await.status, StatusCode::OK);
    let back = BrowserForm::open(&dpo, "/absence", "/absence/end").await.send(&dpo).await;
    assert_eq!(back.expect(StatusCode::SEE_OTHER).location(), "/absence?done=ended");
    assert_eq!(deputy.get(&filed.address("")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_look_of_a_deputy_is_in_the_access_log_as_such() {
    let running = Running::start().await;
    let filed = with_a_deputy(&running).await;
    be_away(&running, &json!("2026-03-02T10:00:00Z")).await;
    let look = running.api(Role::Archivist).get(&filed.address("")).await;
    let _ = look.expect(StatusCode::OK);
    let log = running.browser(Role::Auditor).await.get("/access-log").await;
    assert!(log.text.contains("Stedfortreder for saksbehandleren"), "{log:?}");
}

#[tokio::test]
async fn the_deputy_is_mailed_what_the_handler_would_be() {
    let running = Running::start().await;
    let filed = with_a_deputy(&running).await;
    let to_deputy = async |subject: &str| {
        eventually("a mail to the deputy", async || {
            let mails = running.mails();
            let found = mails
                .into_iter()
                .find(|mail| mail.contains("arkivar@example.org") && mail.contains(subject));
            running.service().dispatch_once().await;
            found
        })
        .await
    };
    to_deputy("sak 2026/1").await;
    be_away(&running, &json!("2026-03-02T10:00:00Z")).await;
    let more = "Den er funnet".to_owned();
    let key = service::secrets::random_id().into();
    running.service().add_information(&filed.code, more, Vec::new(), key).await.unwrap();
    let told = to_deputy("skrevet i sak").await;
    assert!(!told.contains("funnet"), "a mail carries nothing of the case");
}

#[tokio::test]
async fn whoever_stood_in_does_not_close_the_case() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::walk_to_memo(&running, &filed).await;
    let unit = running.people.units[0];
    running.register("Turid Haugen", "turid", unit, [Role::Controller]).await;
    let (handler, deputy) =
        (running.people.holder(Role::Dpo), running.people.holder(Role::Controller));
    story::take(&running, Role::Dpo, &filed, &steps::assign(handler, Some(deputy))).await;
    let refusal = story::refused(&running, Role::Controller, &filed, &steps::close()).await;
    assert_eq!(refusal["refusal"], "independence_of_the_dpo");
}

#[tokio::test]
async fn the_only_controller_stands_in_for_nobody_since_nobody_else_could_decide() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let handler = running.people.holder(Role::Dpo);
    let controller = running.people.holder(Role::Controller);
    let assign = steps::assign(handler, Some(controller));
    let refusal = story::refused(&running, Role::Dpo, &filed, &assign).await;
    assert_eq!(refusal["refusal"], "only_controller");
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/assign", filed.page());
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let sent = form.set("deputy", &controller.user.to_string()).send(&dpo).await;
    let page = sent.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("den eneste behandlingsansvarlige i saken"), "{page:?}");
    let unit = running.people.units[0];
    // One who is data protection officer too decides nothing as the controller.
    let both = [Role::Dpo, Role::Controller];
    running.register("Dag Nordli", "dag", unit, both).await;
    let refusal = story::refused(&running, Role::Dpo, &filed, &assign).await;
    assert_eq!(refusal["refusal"], "only_controller");
    running.register("Turid Haugen", "turid", unit, [Role::Controller]).await;
    story::take(&running, Role::Dpo, &filed, &assign).await;
    be_away(&running, &json!("2026-03-02T10:00:00Z")).await;
    let decide = steps::decide("notify", "Risiko");
    let refusal = story::refused(&running, Role::Controller, &filed, &decide).await;
    assert_eq!(refusal["refusal"], "decision_not_delegated");
    let said = refusal["detail"].as_str().unwrap_or_default();
    assert!(said.contains("annen stedfortreder"), "what to do is said: {refusal}");
}

/// What the guard and the archive's titles are held against tells who reported and who is involved.
#[tokio::test]
async fn a_deputy_is_not_told_by_a_refusal_what_is_kept_from_them() {
    let running = Running::start().await;
    let filed = with_a_deputy(&running).await;
    let leader = running.people.holder(Role::Leader);
    story::take(&running, Role::Dpo, &filed, &steps::involve(leader)).await;
    be_away(&running, &json!("2026-03-02T10:00:00Z")).await;
    let deputy = running.api(Role::Archivist);
    for person in [leader, running.people.holder(Role::SystemOwner)] {
        let step = steps::withdraw_involved(person, " ");
        let answer = deputy.post(&filed.address(&step.tail), &step.body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
    }
    let step = steps::archive(&json!([]));
    let answer = deputy.post(&filed.address(&step.tail), &step.body).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
    let by = |channel| json!({ "channels": [channel] });
    let dispatch = filed.address("letters/1/dispatch");
    let refused = deputy.post(&dispatch, &by("email")).await.expect(StatusCode::FORBIDDEN).json();
    assert_eq!(refused["refusal"], "email_is_the_officers");
    let on_paper = deputy.post(&dispatch, &by("print")).await.json();
    assert_eq!(on_paper["refusal"], "letter_unknown", "it is theirs to send otherwise");
}
