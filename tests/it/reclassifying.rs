//! A case that was taken in under the wrong category or in the wrong unit is put right.

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::{Running, mails, steps};

/// A lost phone that was taken in with two first actions.
async fn received(running: &Running) -> Filed {
    let filed = story::report_by_api(running, None).await;
    let mut step = steps::receive(&running.people);
    let owner = running.people.holder(Role::Leader).user;
    let actions = ["lock-remotely", "replace"].map(|it| json!({ "action": it, "owner": owner }));
    step.body["first_actions"] = json!(actions);
    story::take(running, Role::Dpo, &filed, &step).await;
    filed
}

fn measures(case: &Value) -> Vec<(String, String)> {
    let word = |it: &Value| it.as_str().unwrap().to_owned();
    let measures = case["measures"].as_array().unwrap().iter();
    let mut from: Vec<_> = measures
        .map(|it| (word(&it["playbook"]["category"]), word(&it["playbook"]["action"])))
        .collect();
    from.sort();
    from
}

#[tokio::test]
async fn another_category_brings_its_own_first_actions_and_what_nobody_did_falls_away() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let of = |action: &str| {
        let all = case["measures"].as_array().unwrap();
        let found = all.iter().find(|it| it["playbook"]["action"] == action).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let (locked, replaced) = (of("lock-remotely"), of("replace"));
    let done = steps::complete_measure(&locked, "Låst.");
    story::take(&running, Role::Leader, &filed, &done).await;
    let before = running.now();
    running.pass(chrono::TimeDelta::hours(1));

    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/reclassify", filed.page());
    let page = dpo.get(&address).await.expect(StatusCode::OK);
    assert!(page.text.contains("Velger du en annen kategori"), "{}", page.text);
    let form = BrowserForm::on(&page, &address)
        .set("category", "lost-access-card")
        .set("reason", "Det var adgangskortet.");
    // The form comes back once, with what belongs to the other category.
    let returned = form.send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let form = BrowserForm::on(&returned, &address);
    assert_eq!(form.value("dropped"), Some(&*replaced), "what is done stays: {:?}", form.typed());
    assert_eq!(form.value("actions_of"), Some("lost-access-card"));
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);

    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["category"], "lost-access-card");
    let (old, new): (Vec<_>, Vec<_>) =
        measures(&case).into_iter().partition(|(category, _)| category == "lost-or-stolen-device");
    assert_eq!(old, [("lost-or-stolen-device".to_owned(), "lock-remotely".to_owned())]);
    assert!(!new.is_empty() && new.iter().all(|(category, _)| category == "lost-access-card"));
    let happened = story::happened(&running, &filed, "case_reclassified").await;
    assert_eq!(happened.len(), 1, "sent twice, done once");
    assert_eq!(happened[0]["dropped"], json!([replaced]));
    assert_eq!(happened[0]["reason"], "Det var adgangskortet.");
    // The owner's list has it no more, the register and the figures have the other category.
    let list = running.api(Role::Leader).get("/api/v1/measures").await.expect(StatusCode::OK);
    assert!(!list.text.contains(&replaced), "{}", list.text);
    let register = running.api(Role::Controller).get("/api/v1/register").await.json();
    assert_eq!(register["items"][0]["category"], "lost-access-card");
    // As it was known an hour earlier.
    let then = before.format("%Y-%m-%dT%H:%M:%SZ");
    let address = filed.address(&format!("?as_of={then}")).replace("/?", "?");
    let then = running.api(Role::Dpo).get(&address).await.expect(StatusCode::OK).json();
    assert_eq!((&then["category"], measures(&then).len()), (&json!("lost-or-stolen-device"), 2));
}

#[tokio::test]
async fn the_leader_of_the_unit_it_is_put_in_sees_the_case_and_the_other_no_longer_does() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let school = running.people.units[2];
    let there = running.register("Lene Skoland", "skoleleder", school, [Role::Leader]).await;
    let sees = async |client: tests::Client| client.get(&filed.address("")).await.status;
    assert_eq!(sees(running.api(Role::Leader)).await, StatusCode::OK);
    assert_eq!(sees(running.api_of(&there)).await, StatusCode::NOT_FOUND);
    let mut step = steps::reclassify(&running.people, "lost-or-stolen-device", "Skolens telefon");
    step.body["unit"] = json!(school);
    story::take(&running, Role::Dpo, &filed, &step).await;
    assert_eq!(sees(running.api(Role::Leader)).await, StatusCode::NOT_FOUND);
    assert_eq!(sees(running.api_of(&there)).await, StatusCode::OK);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!((&case["unit"], &case["category_version"]), (&json!(school), &json!(4)));
    assert_eq!(measures(&case).len(), 2, "the same category keeps its measures");
}

#[tokio::test]
async fn a_place_that_there_is_not_and_a_measure_that_stays_are_refused() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let refused = async |change: &dyn Fn(&mut Value)| {
        let mut step = steps::reclassify(&running.people, "lost-access-card", "Kortet");
        change(&mut step.body);
        let refused = story::refused(&running, Role::Dpo, &filed, &step).await;
        refused["refusal"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused(&|body| body["category"] = json!("lost-shoe")).await, "no_such_category");
    let nowhere = uuid::Uuid::from_u128(7);
    assert_eq!(refused(&|body| body["unit"] = json!(nowhere)).await, "no_such_unit");
    assert_eq!(refused(&|body| body["reason"] = json!(" ")).await, "text_missing");
    assert_eq!(refused(&|body| body["dropped"] = json!([nowhere])).await, "measure_unknown");
    let leader = running.people.holder(Role::Leader);
    let own = story::propose_measure(&running, &filed, "immediate", "Ring.", leader).await;
    assert_eq!(refused(&|body| body["dropped"] = json!([own])).await, "measure_stays");
}

#[tokio::test]
async fn whoever_owned_what_fell_away_is_told_with_number_and_link_alone() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    let ids: Vec<&Value> =
        case["measures"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    let mut step = steps::reclassify(&running.people, "lost-access-card", "Det var kortet.");
    step.body["dropped"] = json!(ids);
    story::take(&running, Role::Dpo, &filed, &step).await;
    let about = |mail: &String| mails::text_of(mail).contains("skal ikke gjøres lenger");
    let told = eventually("a mail", async || {
        running.service().dispatch_once().await;
        let told: Vec<_> = running.mails().into_iter().filter(about).collect();
        (!told.is_empty()).then_some(told)
    })
    .await;
    let [mail] = told.as_slice() else { panic!("one mail for both: {told:?}") };
    assert!(mail.contains("To: leder@example.org"), "{mail}");
    let text = mails::text_of(mail);
    assert!(text.contains(&filed.number), "{text}");
    assert!(text.contains(&format!("{}/measures", running.base_url())), "{text}");
    assert!(!text.contains("kortet") && !text.contains("telefon"), "{text}");
}

#[tokio::test]
async fn a_case_is_not_moved_from_under_the_controller() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::walk_to_memo(&running, &filed).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/reclassify", filed.page());
    let page = dpo.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(!page.text.contains(&format!("href=\"{address}\"")), "nobody is led there");
    let page = dpo.get(&address).await;
    assert!(page.text.contains("ligger hos behandlingsansvarlig"), "{}", page.text);
    let step = steps::reclassify(&running.people, "other", "Ingen telefon");
    let refused = story::refused(&running, Role::Dpo, &filed, &step).await;
    assert_eq!(refused["refusal"], "memo_with_controller");
    story::take(&running, Role::Controller, &filed, &steps::send_back(&["Feil kategori"])).await;
    story::take(&running, Role::Dpo, &filed, &step).await;
}
