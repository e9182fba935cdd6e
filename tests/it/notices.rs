//! Who is told what by mail: number and link, once, over a real server, through every trouble.

use channels::mail::{Encryption, SmtpSettings};
use chrono::TimeDelta;
use domain::{Role, Time};
use journal::NextAttempt;
use service::post::Waiting;
use service::{MailSettings, Settings};
use tests::mail_road::{MailRoad, Passage};
use tests::running::eventually;
use tests::smtp_server::{ReceivedMessage, SmtpServer};
use tests::story::{Filed, LOST_PHONE, report_a_lost_phone};
use tests::{Running, mails, people};

const NAMED: [(&str, &str); 1] = [("openness", "named")];

pub(crate) fn by_server(port: u16) -> impl Fn(&mut Settings) + Send + Sync + 'static {
    move |settings| {
        settings.mail = MailSettings::Smtp(Box::new(SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port,
            encryption: Encryption::None,
            trusted_issuers: None,
            credentials: None,
            from: "avvik@example.org".parse().unwrap(),
            timeout_seconds: 30,
        }));
    }
}

async fn report(running: &Running) -> Filed {
    report_a_lost_phone(&running.browser(Role::Employee).await, &NAMED).await
}

/// What waits to be mailed, as the administrator sees it.
async fn waiting(running: &Running) -> Vec<Waiting> {
    let administrator = &running.people.holder(Role::Administrator).token;
    let administrator = running.service().bearer(administrator).unwrap();
    running.service().waiting_post(&administrator, "/post").await.unwrap()
}

async fn waiting_after(running: &Running, attempts: u32) -> Waiting {
    eventually("a failed attempt", async || {
        waiting(running).await.into_iter().find(|it| attempts <= it.attempts)
    })
    .await
}

fn message_id(message: &ReceivedMessage) -> &str {
    message.header("Message-ID").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dpo_is_told_of_a_new_report_by_number_and_link_alone() {
    let server = SmtpServer::start();
    let running = Running::start_with(by_server(server.port())).await;
    let filed = report(&running).await;
    let [mail] = server.wait_for(1).try_into().unwrap();
    assert_eq!(mail.to, ["personvernombud@example.org"]);
    assert!(mail.header("Subject").unwrap().contains(&filed.number), "{mail:?}");
    let link = format!("{}{}", running.base_url(), filed.page());
    assert!(mail.text.contains(&link), "{mail:?}");
    assert_tells_nothing(&running, &format!("{mail:?}"), &filed);
}

/// Neither what was written nor chosen, nor who, where or what kind.
fn assert_tells_nothing(running: &Running, mail: &str, filed: &Filed) {
    let written = LOST_PHONE.iter().filter(|(name, _)| !name.starts_with("occurred"));
    let written = written.flat_map(|(_, value)| value.split(['\n', '"'])).map(str::trim);
    let employee = running.people.holder(Role::Employee);
    let others = [&employee.name, people::UNITS[1], "lost-or-stolen", "utstyr", &filed.code];
    for word in written.chain(others).filter(|word| 3 < word.len()) {
        assert!(!mail.contains(word), "{word:?} stands in {mail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_cannot_leave_is_tried_again_later_and_later() {
    let server = SmtpServer::start();
    let road = MailRoad::to(server.port(), Passage::Blocked).await;
    let running = Running::start_with(by_server(road.port())).await;
    report(&running).await;
    let mut pause = TimeDelta::seconds(30);
    for attempts in 1..=4 {
        let mail = waiting_after(&running, attempts).await;
        assert_eq!(mail.attempts, attempts);
        assert_eq!(mail.next, NextAttempt::NotBefore(running.now() + pause));
        running.pass(pause - TimeDelta::seconds(1));
        running.service().dispatch_once().await;
        assert_eq!(waiting(&running).await[0].attempts, attempts, "it is not yet time");
        running.pass(TimeDelta::seconds(1));
        pause = pause * 2;
    }
    waiting_after(&running, 5).await;
    road.set(Passage::Open);
    running.pass(pause);
    assert_eq!(server.wait_for(1).len(), 1);
    nothing_waits(&running).await;
}

async fn nothing_waits(running: &Running) {
    eventually("an empty outbox", async || waiting(running).await.is_empty().then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_sent_again_because_the_answer_was_lost_can_be_told_from_a_new_one() {
    let server = SmtpServer::start();
    let road = MailRoad::to(server.port(), Passage::AnswerLost).await;
    let running = Running::start_with(by_server(road.port())).await;
    report(&running).await;
    waiting_after(&running, 1).await;
    road.set(Passage::Open);
    running.pass(TimeDelta::seconds(30));
    let [taken, again] = server.wait_for(2).try_into().unwrap();
    assert_eq!(message_id(&taken), message_id(&again));
    nothing_waits(&running).await;
    report(&running).await;
    let another = &server.wait_for(3)[2];
    assert_ne!(message_id(another), message_id(&taken));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_survives_a_restart_and_leaves_once() {
    let server = SmtpServer::start();
    let road = MailRoad::to(server.port(), Passage::Blocked).await;
    let mut running = Running::start_with(by_server(road.port())).await;
    let first = report(&running).await;
    waiting_after(&running, 1).await;
    running.restart().await;
    let kept = waiting(&running).await;
    assert_eq!((kept.len(), kept[0].attempts), (1, 1), "{kept:?}");
    road.set(Passage::Open);
    running.pass(TimeDelta::seconds(30));
    assert_eq!(server.wait_for(1).len(), 1);
    nothing_waits(&running).await;

    running.restart().await;
    running.pass(TimeDelta::hours(3));
    let second = report(&running).await;
    let mails = server.wait_for(2);
    nothing_waits(&running).await;
    let subjects: Vec<_> = mails.iter().filter_map(|mail| mail.header("Subject")).collect();
    assert_eq!(subjects.len(), 2);
    assert!(subjects[0].contains(&first.number) && subjects[1].contains(&second.number));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_refused_for_good_waits_for_somebody_to_look() {
    let server = SmtpServer::start();
    let running = Running::start_with(by_server(server.port())).await;
    let unit = running.people.units[0];
    running.register("Petra Ombudsen", "refuse-ombud", unit, [Role::Dpo]).await;
    report(&running).await;
    assert_eq!(server.wait_for(1)[0].to, ["personvernombud@example.org"]);
    let stuck = eventually("one mail given up", async || {
        waiting(&running).await.into_iter().find(|mail| mail.next == NextAttempt::Never)
    })
    .await;
    assert_eq!(stuck.attempts, 1);
    running.pass(TimeDelta::hours(3));
    running.service().dispatch_once().await;
    assert_eq!(waiting(&running).await, [stuck], "nobody tries it again by himself");
}

#[tokio::test]
async fn without_a_mail_server_mails_land_in_a_folder() {
    let running = Running::start().await;
    let filed = report(&running).await;
    let mail = eventually("a mail in the folder", async || running.mails().pop()).await;
    assert!(mail.contains("To: personvernombud@example.org"), "{mail}");
    let text = mails::text_of(&mail);
    assert!(text.contains(&format!("{}{}", running.base_url(), filed.page())), "{text}");
    assert_tells_nothing(&running, &mail, &filed);
    assert_tells_nothing(&running, &text, &filed);
}

#[tokio::test]
async fn every_stage_is_mailed_once_and_of_several_at_once_the_most_urgent() {
    let mut running = Running::start().await;
    let filed = report(&running).await;
    let due_at: Time = "2026-03-05T07:30:00Z".parse().unwrap();
    let stages = [48, 24, 12, 4, 1];
    // Of the 72 hours alone: other duties and whoever else is alerted are told of elsewhere.
    let of_72 = |running: &Running| {
        let mails = running.mails().into_iter();
        let to_dpo = mails.filter(|mail| mail.contains("To: personvernombud@example.org"));
        to_dpo.filter(|it| mails::text_of(it).contains("risten på 72 timer")).collect::<Vec<_>>()
    };
    for (mails, hours) in (2..).zip(stages) {
        running.hand.set(due_at - TimeDelta::hours(hours));
        eventually("a mail of the stage", async || (of_72(&running).len() == mails).then_some(()))
            .await;
    }
    // Another report, and then everything at once.
    report(&running).await;
    running.hand.set(due_at + TimeDelta::hours(100));
    eventually("mails of both cases", async || (of_72(&running).len() == 9).then_some(())).await;
    running.hand.set(due_at - TimeDelta::hours(30));
    running.restart().await;
    running.hand.set(due_at + TimeDelta::hours(101));
    running.service().watch_deadlines_once().await;
    nothing_waits(&running).await;
    let mails = of_72(&running);
    assert_eq!(mails.len(), 9);
    let of_first = mails.iter().filter(|mail| mail.contains(&filed.page()));
    assert_eq!(of_first.count(), 7, "a report, five stages and that it is overdue");
}
