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
    let (_, below) = mail.text.split_once("Med venleg helsing").expect("who signed it");
    assert!(below.contains(", som er behandlingsansvarleg"), "{below}");
    assert!(below.trim().lines().count() == 4, "name, for whom, how: {below}");

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

    let told = async || story::happened(&running, &filed, "people_told").await;
    assert_eq!(told().await.len(), 0, "one was not");
    let found = json!({ "channel": "by_hand", "progress": "sent", "recipients": [4] });
    dpo(&running, &filed, "letters/1/deliveries", found).await;
    let told = told().await;
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0]["way"], &told[0]["people"]), (&json!("letter"), &json!(4)));
    let remaining = story::case(&running, Role::Dpo, &filed).await["outstanding"].to_string();
    assert!(!remaining.contains("send_letters") && !remaining.contains("tell_people"));
}

/// A list of so many people with nothing but a mail address.
pub(super) fn list_of(count: usize) -> String {
    let rows = (1..=count).map(|it| format!("Mottaker {it};mottaker{it}@example.org;nei\n"));
    format!("Navn;E-post;Sperret\n{}", rows.collect::<String>())
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
    let list = "Navn;E-post;Sperret\nA;refuse-a@example.org;nei\nB;later-b@example.org;nei\n\
        C;c@example.org;nei\n";
    import(&running, &filed, list).await.went_on();
    sign(&running, &filed).await;
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["email"] })).await;
    let expected =
        [told("A", "email", "failed"), told("B", "email", "queued"), told("C", "email", "sent")];
    eventually("one is refused, and one that is put off holds nobody up", async || {
        (reached(&running, &filed).await == expected).then_some(())
    })
    .await;
    dpo(&running, &filed, "letters/1/stop", json!({})).await;
    for _ in 0..TRIES {
        running.pass(chrono::TimeDelta::hours(3));
        running.service().dispatch_once().await;
    }
    assert_eq!(reached(&running, &filed).await, expected);
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["email"] })).await;
    let given_up = told("B", "email", "failed");
    eventually("after so many tries it cannot be sent", async || {
        running.pass(chrono::TimeDelta::hours(3));
        running.service().dispatch_once().await;
        (reached(&running, &filed).await[1] == given_up).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_that_comes_to_a_stop_says_so_and_is_begun_anew() {
    let server = SmtpServer::start();
    let road = MailRoad::to(server.port(), Passage::Blocked).await;
    let running = Running::start_with(by_server(road.port())).await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", super::first("Et brev kom bort.")).await;
    import(&running, &filed, &list_of(1)).await.went_on();
    sign(&running, &filed).await;
    let by_email = || json!({ "channels": ["email"] });
    dpo(&running, &filed, "letters/1/dispatch", by_email()).await;
    let stopped = eventually("it is given up", async || {
        running.pass(chrono::TimeDelta::hours(3));
        running.service().dispatch_once().await;
        story::happened(&running, &filed, "dispatch_stopped").await.pop()
    })
    .await;
    assert_eq!(stopped["because"], "not_taken");
    let browser = running.browser(Role::Dpo).await;
    let page = format!("{}/letters/1", filed.page());
    let shown = browser.get(&page).await.expect(StatusCode::OK);
    assert!(shown.text.contains("Ingen har tatt imot brev"), "{}", shown.text);
    road.set(Passage::Open);
    dpo(&running, &filed, "letters/1/dispatch", by_email()).await;
    eventually("it goes on", async || (letter(&running, &filed).await["told"] == 1).then_some(()))
        .await;
    let is_news = |it: &ReceivedMessage| {
        it.header("Subject").is_some_and(|it| it.contains("blir ikke sendt videre"))
    };
    eventually("whoever handles the case is told", async || {
        running.pass(chrono::TimeDelta::hours(3));
        running.service().dispatch_once().await;
        server.wait_for(1).iter().any(is_news).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_mail_fails_for_gets_it_on_paper_and_nobody_gets_it_twice() {
    let server = SmtpServer::start();
    let running = Running::start_with(by_server(server.port())).await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", super::first("Et brev kom bort.")).await;
    let list = "Navn;E-post;Postnr;Poststed;Sperret\nA;refuse-a@example.org;5003;Bergen;nei\n\
        C;c@example.org;0150;Oslo;nei\n";
    import(&running, &filed, list).await.went_on();
    sign(&running, &filed).await;
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["email"] })).await;
    let expected = [told("A", "email", "failed"), told("C", "email", "sent")];
    eventually("one is refused", async || {
        (reached(&running, &filed).await == expected).then_some(())
    })
    .await;
    // A longer list, signed anew, tells nobody again.
    let longer = list.to_owned() + "D;;5003;Bergen;nei\n";
    import(&running, &filed, &longer).await.went_on();
    sign(&running, &filed).await;
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["print"] })).await;
    let browser = running.browser(Role::Dpo).await;
    let page = format!("{}/letters/1", filed.page());
    let shown = browser.get(&page).await.expect(StatusCode::OK);
    assert!(shown.text.contains("Bunke 1: 2 brev"), "{}", shown.text);
    assert!(!shown.text.contains("Postlagt"), "{}", shown.text);
    BrowserForm::on(&shown, &format!("{page}/bundles/1")).send(&browser).await.went_on();
    let expected =
        [told("A", "print", "sent"), told("C", "email", "sent"), told("D", "print", "sent")];
    assert_eq!(reached(&running, &filed).await, expected);
    let shown = browser.get(&page).await.expect(StatusCode::OK);
    assert!(shown.text.contains("Postlagt"), "{}", shown.text);
}

/// Tries after which a letter that is put off is given up.
const TRIES: usize = 12;
