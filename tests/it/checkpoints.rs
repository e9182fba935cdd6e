//! A checkpoint a day, and more where they are asked for: each signed, kept, and handed over once.

use std::fs;
use std::path::PathBuf;

use chrono::TimeDelta;
use domain::Role;
use journal::SignedCheckpoint;
use service::{Anchors, Settings};
use tempfile::TempDir;
use tests::Running;
use tests::running::eventually;
use tests::smtp_server::SmtpServer;
use tests::story::report_a_lost_phone;

use crate::notices::by_server;

/// A house with an anchor file of its own and two people who get every checkpoint by mail.
struct House {
    running: Running,
    elsewhere: TempDir,
}

impl House {
    async fn new() -> Self {
        let elsewhere = tempfile::tempdir().unwrap();
        let file = elsewhere.path().join("checkpoints");
        let running = Running::start_with(move |settings: &mut Settings| {
            let mail_to = ["revisor@example.org", "arkiv@example.org"];
            let mail_to = mail_to.map(|address| address.parse().unwrap()).to_vec();
            settings.anchors = Anchors { file: Some(file.clone()), mail_to };
        })
        .await;
        running.service().watch_checkpoints_once().await;
        Self { running, elsewhere }
    }

    fn kept(&self) -> Vec<SignedCheckpoint> {
        let Ok(entries) = fs::read_dir(self.running.data_dir().join("checkpoints")) else {
            return Vec::new();
        };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let read = |path| SignedCheckpoint::read(&fs::read_to_string(path).unwrap()).unwrap();
        paths.into_iter().map(read).collect()
    }

    fn anchored(&self) -> Vec<SignedCheckpoint> {
        let text = fs::read_to_string(self.elsewhere.path().join("checkpoints"));
        SignedCheckpoint::read_all(&text.unwrap_or_default()).whole
    }

    fn mails_to(&self, whom: &str) -> usize {
        let mails = self.running.mails();
        mails.iter().filter(|mail| mail.contains(&format!("To: {whom}"))).count()
    }
}

#[tokio::test]
async fn every_day_gets_one_checkpoint_also_across_restarts() {
    let mut house = House::new().await;
    assert_eq!(house.kept().len(), 1);
    for days in 1..=3 {
        house.running.pass(TimeDelta::days(1));
        for _ in 0..2 {
            house.running.service().watch_checkpoints_once().await;
            house.running.restart().await;
            house.running.pass(TimeDelta::hours(1));
            house.running.service().watch_checkpoints_once().await;
        }
        house.running.pass(TimeDelta::hours(-2));
        assert_eq!(house.kept().len(), 1 + days);
    }
    // A clock that jumps back makes none for a day that had its own.
    house.running.pass(TimeDelta::days(-2));
    house.running.service().watch_checkpoints_once().await;
    assert_eq!(house.kept().len(), 4);
    let key = fs::read_to_string(house.running.data_dir().join("checkpoint.pub")).unwrap();
    let key = journal::PublicKey::read(&key).unwrap();
    assert!(house.kept().iter().all(|checkpoint| checkpoint.is_signed_by(&key)));
}

/// The running task comes by itself, as the clock moves.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_to_ask_for_the_days_checkpoint() {
    let house = House::new().await;
    house.running.pass(TimeDelta::days(1));
    eventually("the next day's checkpoint", async || (house.kept().len() == 2).then_some(())).await;
}

#[tokio::test]
async fn each_checkpoint_is_handed_to_each_anchor_once() {
    let mut house = House::new().await;
    let employee = house.running.browser(Role::Employee).await;
    report_a_lost_phone(&employee, &[("openness", "named")]).await;
    let made = house.running.service().checkpoint().await.unwrap();
    assert_eq!(house.kept().len(), 2);
    house.running.service().watch_checkpoints_once().await;
    house.running.restart().await;
    house.running.service().watch_checkpoints_once().await;
    assert_eq!(house.anchored(), house.kept());
    for whom in ["revisor@example.org", "arkiv@example.org"] {
        assert_eq!(house.mails_to(whom), 2, "{whom}");
    }
    // The file that others hold is one to verify against.
    let verified = house.running.service().verify_against(house.anchored()).await;
    assert!(verified.is_intact(), "{verified}");
    assert_eq!(verified.checkpoints.compared, 4);
    assert_eq!(made.signed, house.kept()[1]);
}

#[tokio::test]
async fn an_anchor_that_was_out_of_reach_gets_the_newest_later() {
    let house = House::new().await;
    let file = house.elsewhere.path().join("checkpoints");
    fs::rename(&file, house.elsewhere.path().join("before")).unwrap();
    fs::create_dir(&file).unwrap();
    for _ in 0..2 {
        // Otherwise they would be the same.
        house.running.pass(TimeDelta::minutes(1));
        house.running.service().checkpoint().await.unwrap();
    }
    fs::remove_dir(&file).unwrap();
    house.running.service().watch_checkpoints_once().await;
    assert_eq!(house.anchored(), house.kept()[2..]);
    assert_eq!(house.mails_to("revisor@example.org"), 3, "the others do not wait for it");
}

/// What the mail holds is the checkpoint, whole, and nobody's name.
#[tokio::test]
async fn a_mailed_checkpoint_can_be_verified_against() {
    let server = SmtpServer::start();
    let port = server.port();
    let running = Running::start_with(move |settings| {
        settings.anchors.mail_to = vec!["revisor@example.org".parse().unwrap()];
        by_server(port)(settings);
    })
    .await;
    running.register("Ola Testmann", "ola", running.people.units[0], []).await;
    running.service().watch_checkpoints_once().await;
    let mail = server.wait_for(1).remove(0);
    assert_eq!(mail.to, ["revisor@example.org"]);
    let read = SignedCheckpoint::read_all(&mail.text).whole;
    let verified = running.service().verify_against(read).await;
    assert!(verified.is_intact(), "{verified}");
    assert_eq!(verified.checkpoints.compared, 2);
    assert!(!mail.text.contains("Ola Testmann"), "{}", mail.text);
}
