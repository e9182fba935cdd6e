//! Sending a letter: to each the way that fits them, once, through stops and a mail server that is
//! away; and what is recorded of it.

use domain::Role;
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use serde_json::json;
use tests::browser_form::BrowserForm;
use tests::mail_road::{MailRoad, Passage};
use tests::running::eventually;
use tests::smtp_server::{ReceivedMessage, SmtpServer};
use tests::story;
use tests::{Running, steps};

use super::{WentOn, case, dpo, import, letter, reached, refused, sign, told, written_and_listed};
use crate::notices::by_server;

/// The letters among the mails: those to the people on the list.
pub(super) fn letters(received: Vec<ReceivedMessage>) -> Vec<ReceivedMessage> {
    let is_letter = |it: &ReceivedMessage| it.header("Message-ID").unwrap().contains("<letter-");
    received.into_iter().filter(is_letter).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_gets_the_letter_the_way_that_fits_and_the_case_is_told() {
    let server = SmtpServer::start();
    let running = Running::start_with(by_server(server.port())).await;
    let filed = case(&running).await;
    let decided = steps::decide_on_people("notify", "Høy risiko");
    story::take(&running, Role::Controller, &filed, &decided).await;
    written_and_listed(&running, &filed).await;
    sign(&running, &filed).await;
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["email", "print"] })).await;
    let expected = [
        told("Kari Fjell", "email", "sent"),
        told("Per Vik", "print", "queued"),
        told("Ane Skjult", "by_hand", "queued"),
        told("Liv Uten", "by_hand", "queued"),
    ];
    eventually("the mail is recorded", async || {
        (reached(&running, &filed).await == expected).then_some(())
    })
    .await;
    let mail = eventually("the letter", async || letters(server.wait_for(1)).pop()).await;
    assert_eq!(mail.to, ["kari@example.org"]);
    assert_eq!(mail.header("Subject"), Some("Brev om deg (nn)"));
    assert!(mail.text.contains("Kva har skjedd?"), "{}", mail.text);
    assert!(mail.text.contains("Eit brev kom til feil adresse."), "{}", mail.text);

    let browser = running.browser(Role::Dpo).await;
    let page = format!("{}/letters/1", filed.page());
    let shown = browser.get(&page).await.expect(StatusCode::OK);
    assert!(shown.text.contains("For hånd: adressen er sperret"), "{}", shown.text);
    let bundle = browser.get(&format!("{page}/bundles/1")).await.expect(StatusCode::OK);
    assert_eq!(bundle.header(&CONTENT_TYPE), "application/pdf");
    assert_eq!(browser.get(&format!("{page}/bundles/2")).await.status, StatusCode::NOT_FOUND);
    let posted = BrowserForm::on(&shown, &format!("{page}/bundles/1"));
    posted.send(&browser).await.went_on();

    let protected = json!({ "channel": "print", "progress": "sent", "recipients": [3] });
    let said = refused(&running, Role::Dpo, &filed, "letters/1/deliveries", protected).await;
    assert_eq!(said["refusal"], "address_protected");
    let remaining = story::case(&running, Role::Dpo, &filed).await["outstanding"].clone();
    let steps: Vec<&str> =
        remaining.as_array().unwrap().iter().map(|it| it["step"].as_str().unwrap()).collect();
    assert!(steps.contains(&"send_letters") && steps.contains(&"tell_people"), "{steps:?}");
    let by_hand = BrowserForm::on(&shown, &format!("{page}/record"));
    let by_hand = by_hand.set("numbers", "3").set("progress", "sent").set("channel", "by_hand");
    by_hand.send(&browser).await.went_on();
    let nobody = json!({ "channel": "by_hand", "progress": "unreachable", "recipients": [4] });
    dpo(&running, &filed, "letters/1/deliveries", nobody).await;

    let told = story::happened(&running, &filed, "people_told").await;
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0]["way"], &told[0]["people"]), (&json!("letter"), &json!(3)));
    let remaining = story::case(&running, Role::Dpo, &filed).await["outstanding"].to_string();
    assert!(!remaining.contains("send_letters") && !remaining.contains("tell_people"));
}

/// A list of so many people with nothing but a mail address.
pub(super) fn list_of(count: usize) -> String {
    let rows = (1..=count).map(|it| format!("Mottaker {it};mottaker{it}@example.org\n"));
    format!("Navn;E-post\n{}", rows.collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_one_mail_through_a_server_that_was_away_and_a_restart() {
    let server = SmtpServer::start();
    let road = MailRoad::to(server.port(), Passage::Blocked).await;
    let mut running = Running::start_with(by_server(road.port())).await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", super::first("Et brev kom bort.")).await;
    import(&running, &filed, &list_of(45)).await.went_on();
    sign(&running, &filed).await;
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["email"] })).await;
    eventually("the road is blocked", async || {
        let letter = letter(&running, &filed).await;
        (letter["is_sending"] == true && letter["told"] == 0).then_some(())
    })
    .await;
    road.set(Passage::Open);
    running.restart().await;
    running.pass(chrono::TimeDelta::hours(3));
    eventually("everybody is told", async || {
        (letter(&running, &filed).await["told"] == 45).then_some(())
    })
    .await;
    let received = eventually("every letter", async || {
        let received = letters(server.wait_for(45));
        (45 <= received.len()).then_some(received)
    })
    .await;
    let to: std::collections::BTreeSet<&String> = received.iter().flat_map(|it| &it.to).collect();
    let ids: std::collections::BTreeSet<_> =
        received.iter().map(|it| it.header("Message-ID")).collect();
    assert_eq!((to.len(), ids.len(), received.len()), (45, 45, 45));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_address_is_failed_and_a_stop_holds() {
    let server = SmtpServer::start();
    let running = Running::start_with(by_server(server.port())).await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", super::first("Et brev kom bort.")).await;
    let list = "Navn;E-post\nA;refuse-a@example.org\nB;later-b@example.org\nC;c@example.org\n";
    import(&running, &filed, list).await.went_on();
    sign(&running, &filed).await;
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["email"] })).await;
    let expected =
        [told("A", "email", "failed"), told("B", "email", "queued"), told("C", "email", "queued")];
    eventually("the first is refused", async || {
        (reached(&running, &filed).await == expected).then_some(())
    })
    .await;
    dpo(&running, &filed, "letters/1/stop", json!({})).await;
    running.pass(chrono::TimeDelta::hours(3));
    assert_eq!(reached(&running, &filed).await, expected);
    let given_up = json!({ "channel": "email", "progress": "unreachable", "recipients": [2] });
    dpo(&running, &filed, "letters/1/deliveries", given_up).await;
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["email"] })).await;
    eventually("the last is told", async || {
        (letter(&running, &filed).await["told"] == 1).then_some(())
    })
    .await;
}
