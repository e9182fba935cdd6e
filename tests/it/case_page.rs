//! A case's page and the pages of its measures, as those with different roles see them.

use domain::Role;
use hyper::StatusCode;
use tests::browser_form::BrowserForm;
use tests::steps;
use tests::story::{self, Filed, SAID_IN_HANDLING};
use tests::{Client, Running};

async fn reported(running: &Running) -> Filed {
    let unit = running.people.holder(Role::Employee).unit.to_string();
    let who =
        [("unit", &*unit), ("openness", "confidential"), ("contact", "Treffes på vaktrommet")];
    story::report_a_lost_phone(&running.browser(Role::Employee).await, &who).await
}

async fn page(running: &Running, role: Role, address: &str) -> String {
    running.browser(role).await.get(address).await.expect(StatusCode::OK).text
}

fn links_to(page: &str, filed: &Filed, step: &str) -> bool {
    page.contains(&format!("href=\"{}/{step}\"", filed.page()))
}

#[tokio::test]
async fn the_data_protection_officer_sees_everything_and_a_leader_not_who_is_behind_it() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    story::walk_to_memo(&running, &filed).await;
    let involved = running.people.holder(Role::Archivist);
    story::take(&running, Role::Dpo, &filed, &steps::involve(involved)).await;
    let reporter = running.people.holder(Role::Employee);
    let behind_it =
        [&*reporter.name, "Treffes på vaktrommet", "Fortrolig", &*involved.name, "nvolvert"];

    let officers = page(&running, Role::Dpo, &filed.page()).await;
    for words in behind_it {
        assert!(officers.contains(words), "{words:?} is missing: {officers}");
    }
    for role in [Role::Leader, Role::Controller, Role::SecurityOfficer] {
        let seen = page(&running, role, &filed.page()).await;
        for words in behind_it {
            assert!(!seen.contains(words), "{role:?} reads {words:?}");
        }
        for said in SAID_IN_HANDLING {
            assert!(seen.contains(said), "{role:?} misses {said:?}");
        }
        let timeline = running.api(role).get(&filed.address("timeline")).await;
        assert!(!timeline.text.contains("person_involved"), "{role:?}: {}", timeline.text);
    }
}

#[tokio::test]
async fn what_remains_leads_to_its_form_for_those_who_take_the_step() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let officers = page(&running, Role::Dpo, &filed.page()).await;
    assert!(officers.contains("71 timer og 30 minutter igjen"), "{officers}");
    for step in ["receive", "assess", "authority", "people", "memo", "involved", "ask"] {
        assert!(links_to(&officers, &filed, step), "{step}");
    }
    story::take(&running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    let leaders = page(&running, Role::Leader, &filed.page()).await;
    assert!(leaders.contains("Vurder risikoen"), "{leaders}");
    assert!(!links_to(&leaders, &filed, "assess"));
}

#[tokio::test]
async fn answers_stand_under_their_questions_and_lines_stay_lines() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let officers = page(&running, Role::Dpo, &filed.page()).await;
    for words in ["Hva slags utstyr er det?", "Telefon", "Gerica på lomma", "11–100"] {
        assert!(officers.contains(words), "{words:?} is missing: {officers}");
    }
    assert!(officers.contains("<dd class=\"avvik-written\">Vakttelefonen ble glemt"));
    assert!(officers.contains("&#60;Ingen&#62;"), "{officers}");
}

#[tokio::test]
async fn a_measure_is_done_by_its_owner_and_looked_at_by_the_officer() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let owner = running.people.holder(Role::SystemOwner);
    let wipe = story::propose_measure(&running, &filed, "immediate", "Fjernslett", owner).await;
    let measure = format!("{}/measures/{wipe}", filed.page());
    let (complete, verify) = (format!("{measure}/complete"), format!("{measure}/verify"));

    let client = running.browser(Role::SystemOwner).await;
    let blank = BrowserForm::open(&client, &measure, &complete).await.send(&client).await;
    let blank = blank.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.text.contains("Skriv hva som er gjort."), "{}", blank.text);
    let form = BrowserForm::on(&blank, &complete).set("account", "Slettet fra konsollen");
    let done = form.send(&client).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(done.location(), measure);
    let _ = client.get(&verify).await.expect(StatusCode::NOT_FOUND);
    let again = client.get(&measure).await.expect(StatusCode::OK);
    assert_eq!(again.form(&complete), None, "it is done");

    let officer = running.browser(Role::Dpo).await;
    let seen = verified(&officer, &verify, "none", "Den svarer fortsatt").await;
    assert!(seen.contains("Den svarer fortsatt"), "{seen}");
    assert!(seen.contains(&format!("href=\"{measure}\"")), "it is open again: {seen}");
    let _ = form_again(&officer, &measure, &complete).await.expect(StatusCode::SEE_OTHER);
    let seen = verified(&officer, &verify, "as_intended", "Borte fra loggen").await;
    assert!(seen.contains("Borte fra loggen"), "{seen}");
    assert!(!seen.contains(&format!("href=\"{verify}\"")), "{seen}");
}

async fn form_again(client: &Client, measure: &str, complete: &str) -> tests::http::Answer {
    let form = BrowserForm::open(client, measure, complete).await;
    form.set("account", "Slettet en gang til").send(client).await
}

/// Says what was found of a measure, and answers with the case's page, which confirms it.
async fn verified(client: &Client, verify: &str, effect: &str, finding: &str) -> String {
    let form = BrowserForm::open(client, verify, verify).await;
    let form = form.fill(&[("effect", effect), ("finding", finding)]);
    let done = form.send(client).await.expect(StatusCode::SEE_OTHER);
    let page = client.get(done.location()).await.expect(StatusCode::OK).text;
    assert!(page.contains("Det du fant ut om tiltaket, er lagret."), "{page}");
    page
}
