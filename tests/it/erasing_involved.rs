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
