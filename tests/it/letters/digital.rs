//! Letters by digital post, through a stand-in for the carrier: once each, whatever happens on the
//! way, and followed up until it is known whether they came.

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use service::Settings;
use tests::Running;
use tests::running::eventually;
use tests::story::{self, Filed};
use tests::svarut_server::SvarUtServer;

use super::{case, dpo, first, letter, reached, refused, sign, step, told};

fn by_carrier(server: &SvarUtServer) -> impl Fn(&mut Settings) + Send + Sync + 'static {
    let reached = server.settings();
    move |settings| settings.digital_post = Some(Box::new(reached.clone()))
}

fn person(name: &str, place: &str) -> Value {
    json!({ "name": name, "lines": ["Storgata 1"], "postcode": "5003", "place": place })
}

/// A signed letter to these people.
async fn signed(running: &Running, people: Value) -> Filed {
    let filed = case(running).await;
    dpo(running, &filed, "letters", first("Et brev kom bort.")).await;
    let listed = json!({ "recipients": people });
    dpo(running, &filed, "letters/1/recipients", listed).await;
    sign(running, &filed).await;
    filed
}

async fn start(running: &Running, filed: &Filed) {
    let channels = json!({ "channels": ["digital_post"] });
    dpo(running, filed, "letters/1/dispatch", channels).await;
}

/// Waits until that is how far it came for everybody.
async fn becomes(running: &Running, filed: &Filed, expected: &[(String, String, String)]) {
    eventually("how far the letter came", async || {
        running.service().dispatch_once().await;
        (reached(running, filed).await == expected).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_goes_to_the_mailbox_and_it_is_found_out_whether_it_came() {
    let server = SvarUtServer::start();
    let running = Running::start_with(by_carrier(&server)).await;
    let mut kari = person("Kari Fjell", "Bergen");
    kari["identity_number"] = json!("10915596784");
    kari["language"] = json!("nn");
    let people = [kari, person("Per Vik", "Retur"), person("Ola Elv", "Venter")];
    let people = people.into_iter().chain([person("Eva Li", "Ukjent"), json!({ "name": "Liv" })]);
    let filed = signed(&running, people.collect()).await;
    start(&running, &filed).await;
    let post = |name: &str, progress: &str| told(name, "digital_post", progress);
    let none = || told("Liv", "by_hand", "queued");
    let came = [
        post("Kari Fjell", "delivered"),
        post("Per Vik", "failed"),
        post("Ola Elv", "sent"),
        post("Eva Li", "sent"),
        none(),
    ];
    becomes(&running, &filed, &came).await;
    let taken = server.wait_for(4);
    let said = &taken[0].said;
    assert_eq!(said["mottaker"]["digitalId"], "10915596784");
    assert_eq!(said["mottaker"]["poststed"], "Bergen");
    assert_eq!(taken[1].said["mottaker"]["digitalId"], Value::Null);
    assert!(taken.iter().all(|it| it.begins.starts_with("%PDF-")), "{taken:?}");
    assert!(taken.iter().all(|it| it.permissions == 1), "one permission did for all: {taken:?}");
    // What others may read over a shoulder says whom it is from, and nothing of the case.
    let organisation = running.service().views().organisation.name.clone();
    assert_eq!(said["tittel"], format!("Brev fra {organisation}"));
    let known = said.to_string();
    assert!(!known.contains(&filed.number) && !known.contains("Et brev"), "{known}");

    // It is asked again, and no letter twice.
    running.pass(chrono::TimeDelta::hours(7));
    becomes(&running, &filed, &came).await;
    assert_eq!(server.wait_for(4).len(), 4);
    let returned =
        json!({ "channel": "digital_post", "progress": "unreachable", "recipients": [2] });
    dpo(&running, &filed, "letters/1/deliveries", returned).await;
    let unreached = letter(&running, &filed).await["unreached"].clone();
    assert_eq!(unreached, 1, "the one without an address");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_two_letters_where_answers_were_lost_or_the_carrier_was_away() {
    let server = SvarUtServer::start();
    let mut running = Running::start_with(by_carrier(&server)).await;
    let names = ["Lost Fjell", "Wrong Vik", "Later Elv", "Expired Li", "Mari Skog"];
    let people: Value = names.iter().map(|name| person(name, "Venter")).collect();
    let filed = signed(&running, people).await;
    start(&running, &filed).await;
    // The answer to the first was lost: the rest waits, also through a restart.
    let _ = server.wait_for(1);
    running.restart().await;
    let all = |progress: &'static str| move |name: &&str| told(name, "digital_post", progress);
    let mut expected: Vec<_> = names.iter().map(all("sent")).collect();
    expected[1] = told("Wrong Vik", "digital_post", "failed");
    eventually("everybody", async || {
        running.pass(chrono::TimeDelta::hours(3));
        running.service().dispatch_once().await;
        (reached(&running, &filed).await == expected).then_some(())
    })
    .await;
    let taken = server.wait_for(4);
    let mut whom: Vec<&str> =
        taken.iter().map(|it| it.said["mottaker"]["navn"].as_str().unwrap()).collect();
    whom.sort_unstable();
    assert_eq!(whom, ["Expired Li", "Later Elv", "Lost Fjell", "Mari Skog"]);
    let references: std::collections::BTreeSet<String> =
        taken.iter().map(|it| it.said["eksternReferanse"].to_string()).collect();
    assert_eq!(references.len(), 4);
}

#[tokio::test]
async fn without_a_carrier_nothing_goes_by_digital_post_and_no_identity_number_is_taken_in() {
    let running = Running::start().await;
    let filed = signed(&running, json!([person("Kari Fjell", "Bergen")])).await;
    let start = json!({ "channels": ["digital_post"] });
    let said = refused(&running, Role::Dpo, &filed, "letters/1/dispatch", start).await;
    assert_eq!(said["refusal"], "no_digital_post");
    let mut numbered = person("Per Vik", "Bergen");
    numbered["identity_number"] = json!("10915596784");
    let listed = json!({ "recipients": [person("Kari Fjell", "Bergen"), numbered] });
    let listed = step("letters/1/recipients", listed);
    let answer = story::ask(&running, Role::Dpo, &filed, &listed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
    assert_eq!(answer.json()["errors"][0]["field"], "/recipients/1");
    assert!(!answer.text.contains("96784"), "{answer:?}");
    let browser = running.browser(Role::Dpo).await;
    let page = format!("{}/letters/1/recipients", filed.page());
    let shown = browser.get(&page).await.expect(StatusCode::OK);
    assert!(!shown.text.contains("identity_number"), "{}", shown.text);
    let letter = browser.get(&format!("{}/letters/1", filed.page())).await.expect(StatusCode::OK);
    assert!(!letter.text.contains("value=\"digital_post\" type=\"checkbox\""), "{}", letter.text);
}

#[tokio::test]
async fn a_list_over_the_api_is_taken_in_whole_or_told_field_by_field() {
    let running = Running::start().await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", first("Et brev kom bort.")).await;
    let wrong = json!({ "recipients": [
        { "name": "Kari", "email": "kari" }, { "name": " " }, person("Per Vik", "Bergen"),
    ] });
    let answer =
        story::ask(&running, Role::Dpo, &filed, &step("letters/1/recipients", wrong)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
    let errors = answer.json()["errors"].clone();
    assert_eq!(
        (&errors[0]["field"], &errors[1]["field"]),
        (&json!("/recipients/0/email"), &json!("/recipients/1/name"))
    );
    assert_eq!(letter(&running, &filed).await["recipients"], 0);
    let listed = json!({ "recipients": [person("Per Vik", "Bergen")] });
    dpo(&running, &filed, "letters/1/recipients", listed).await;
    assert_eq!(letter(&running, &filed).await["recipients"], 1);
    let by_controller = story::ask(
        &running,
        Role::Controller,
        &filed,
        &step("letters/1/recipients", json!({ "recipients": [] })),
    )
    .await;
    assert_eq!(by_controller.status, StatusCode::FORBIDDEN);
}
