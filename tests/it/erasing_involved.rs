//! That somebody was named as involved is erased on a page, without telling who it was.

use domain::Role;
use hyper::StatusCode;
use serde_json::json;
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed};
use tests::{Running, steps};

const NAME: &str = "Mona Strandvold";

/// A case in which the employee is named as involved.
async fn with_somebody(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    let involve = steps::involve(running.people.holder(Role::Employee));
    story::take(running, Role::Dpo, &filed, &involve).await;
    filed
}

async fn closed(running: &Running) -> Filed {
    let filed = with_somebody(running).await;
    story::walk_to_closed(running, &filed).await;
    filed
}

async fn person(running: &Running, filed: &Filed) -> String {
    let case = story::case(running, Role::Dpo, filed).await;
    let persons = case["persons"].as_array().unwrap();
    let it = persons.iter().find(|it| it["part"] == "involved").expect("somebody is");
    it["person"].as_str().unwrap().to_owned()
}

fn erase_address(filed: &Filed) -> String {
    format!("{}/erase", filed.page())
}

#[tokio::test]
async fn the_officer_finds_them_on_the_case_and_erases_them_once_it_was_kept_long_enough() {
    let running = Running::start().await;
    let filed = closed(&running).await;
    let person = person(&running, &filed).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = erase_address(&filed);
    let link = "Slett hvem som er ført opp som involvert";
    let case = dpo.get(&filed.page()).await.expect(StatusCode::OK).text;
    assert!(case.contains(link) && case.contains(NAME), "{case}");
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let form = form
        .set("whose", &person)
        .set("ground", "retention_reached")
        .set("basis", "Bevarings- og kassasjonsplanen punkt 4");
    let unsure = form.send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsure.text.contains("ikke kan gjøres om"), "{}", unsure.text);
    assert!(unsure.text.contains(NAME), "what was chosen stays: {}", unsure.text);
    for _ in 0..2 {
        let sent = form.clone().set("sure", "understood").send(&dpo).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    let page = dpo.get(&address).await.expect(StatusCode::OK).text;
    assert!(page.contains("Sletteattest: Ført opp som involvert"), "{page}");
    assert!(!page.contains(NAME), "{page}");
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["involved"], json!([]));
    assert!(!dpo.get(&filed.page()).await.text.contains(link));
    assert_eq!(story::happened(&running, &filed, "person_erased").await.len(), 1, "once");
}

#[tokio::test]
async fn the_controller_erases_on_an_order_by_an_address_and_is_told_no_name() {
    let running = Running::start().await;
    let filed = closed(&running).await;
    let person = person(&running, &filed).await;
    let address = erase_address(&filed);
    let handed = format!("{address}?involved={person}");
    let offered = running.browser(Role::Dpo).await.get(&address).await.expect(StatusCode::OK);
    assert!(offered.text.contains(&format!("{}{handed}", running.base_url())), "{offered:?}");
    for role in [Role::Archivist, Role::Controller] {
        let browser = running.browser(role).await;
        let page = browser.get(&handed).await.expect(StatusCode::OK).text;
        assert!(page.contains("den som adressen gjelder"), "{role:?}: {page}");
        assert!(!page.contains(NAME), "{role:?}: {page}");
        let plain = browser.get(&address).await.expect(StatusCode::OK).text;
        assert!(!plain.contains(NAME) && !plain.contains(&person), "{role:?}: {plain}");
    }
    let controller = running.browser(Role::Controller).await;
    let form = BrowserForm::open(&controller, &handed, &address).await;
    assert_eq!(form.value("whose"), Some(&*person));
    let form = form.set("ground", "ordered").set("basis", "Vedtak 26/00417");
    let sent = form.set("sure", "understood").send(&controller).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["involved"], json!([]));
}

#[tokio::test]
async fn nobody_involved_is_offered_while_the_case_is_open() {
    let running = Running::start().await;
    let filed = with_somebody(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let case = dpo.get(&filed.page()).await.expect(StatusCode::OK).text;
    assert!(case.contains(NAME) && !case.contains(&erase_address(&filed)), "{case}");
    let page = dpo.get(&erase_address(&filed)).await.expect(StatusCode::OK).text;
    assert!(!page.contains(NAME), "{page}");
    let other = dpo.get(&format!("{}?involved=tull", erase_address(&filed))).await;
    assert!(!other.expect(StatusCode::OK).text.contains("den som adressen gjelder"));
}

/// The order to erase whoever is involved.
async fn order(running: &Running, filed: &Filed) -> steps::Step {
    let person = person(running, filed).await;
    steps::erase(&json!({ "kind": "involved", "person": person }), "ordered")
}

async fn sees(running: &Running, role: Role, filed: &Filed) -> bool {
    running.api(role).get(&filed.address("")).await.status == StatusCode::OK
}

#[tokio::test]
async fn nobody_involved_is_erased_while_the_case_goes_on_in_one_that_is_open() {
    let running = Running::start().await;
    let [duplicate, other] =
        [story::report_by_api(&running, None).await, story::report_by_api(&running, None).await];
    let leader = running.people.holder(Role::Leader);
    for filed in [&duplicate, &other] {
        story::take(&running, Role::Dpo, filed, &steps::receive(&running.people)).await;
    }
    story::take(&running, Role::Dpo, &duplicate, &steps::involve(leader)).await;
    let merge = steps::merge(&other.number, "Samme telefon");
    story::take(&running, Role::Dpo, &duplicate, &merge).await;
    let erase = order(&running, &duplicate).await;
    let refusal = story::refused(&running, Role::Controller, &duplicate, &erase).await;
    assert_eq!(refusal["refusal"], "other_case_is_open");
    assert!(refusal["detail"].as_str().unwrap().contains(&other.number), "{refusal}");
    assert!(!sees(&running, Role::Leader, &duplicate).await);
    let end = steps::close_as_not_a_deviation("Den lå i skapet");
    story::take(&running, Role::Dpo, &other, &end).await;
    story::take(&running, Role::Controller, &duplicate, &erase).await;
    assert!(!sees(&running, Role::Leader, &duplicate).await, "nobody knows that it was them");
}

#[tokio::test]
async fn a_case_in_which_somebody_was_erased_is_shown_to_few_until_somebody_is_named_anew() {
    const ANEW: &str = "fører opp de involverte på nytt";
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let leader = running.people.holder(Role::Leader);
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    // They were asked something, and were to stand in for the handler.
    let asked = steps::inquire(leader, "Var den låst?", "2026-03-09T12:00:00Z");
    let asked = story::take(&running, Role::Dpo, &filed, &asked).await.json();
    let assign = steps::assign(running.people.holder(Role::Dpo), Some(leader));
    story::take(&running, Role::Dpo, &filed, &assign).await;
    story::take(&running, Role::Dpo, &filed, &steps::involve(leader)).await;
    let end = steps::close_as_not_a_deviation("Den lå i skapet");
    story::take(&running, Role::Dpo, &filed, &end).await;
    let erase = order(&running, &filed).await;
    story::take(&running, Role::Controller, &filed, &erase).await;
    story::take(&running, Role::Dpo, &filed, &steps::reopen("Den var borte igjen")).await;
    let away = json!({ "until": "2026-03-30T10:00:00Z" });
    let away = running.api(Role::Dpo).post("/api/v1/absence", &away).await;
    let _ = away.expect(StatusCode::NO_CONTENT);
    let answer = steps::answer_inquiry(asked["id"].as_str().unwrap(), "Ja");
    let answer = running.api(Role::Leader).post(&filed.address(&answer.tail), &answer.body).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{answer:?}");
    let seen = async || {
        let mut seen = Vec::new();
        for role in [Role::Leader, Role::SecurityOfficer, Role::Controller, Role::Dpo] {
            let listed = running.api(role).get("/api/v1/cases").await.expect(StatusCode::OK);
            let is_listed = listed.json()["total"] == 1;
            let is_shown = sees(&running, role, &filed).await;
            assert_eq!(is_listed, is_shown, "{role:?}");
            seen.push(is_shown);
        }
        seen
    };
    assert_eq!(seen().await, [false, false, true, true]);
    let opening = json!({ "purpose": "Helgevakt" });
    let opened = running.api(Role::Leader).post(&filed.address("opening"), &opening).await;
    assert_eq!(opened.status, StatusCode::NOT_FOUND, "nor for a purpose");
    let page = async || running.browser(Role::Dpo).await.get(&filed.page()).await.text;
    assert!(page().await.contains(ANEW));
    story::take(&running, Role::Dpo, &filed, &steps::involve(leader)).await;
    assert_eq!(seen().await, [false, true, true, true], "they are kept out again, nobody else is");
    assert!(!page().await.contains(ANEW));
}
