//! The process is killed in the middle of a batch of letters, twice: everybody gets the letter, and
//! whoever gets it twice can see that it is the same.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::Running;
use tests::binary::Binary;
use tests::mail_road::{MailRoad, Passage};
use tests::running::eventually;
use tests::smtp_server::SmtpServer;

use super::sending::{letters, list_of};
use super::{WentOn, case, dpo, import, letter, sign};
use crate::notices::by_server;

const RECIPIENTS: usize = 45;

/// Letters of one batch: what a death can leave sent and not recorded.
const BATCH: usize = 20;

/// How long mails may stay away before the test says that there are no more.
const PATIENCE: Duration = Duration::from_secs(30);

/// Every mail to somebody on the list, once there are that many or none come any more.
fn arrived(server: &SmtpServer, count: usize) -> usize {
    let began = Instant::now();
    loop {
        let there = letters(server.wait_for(0)).len();
        if count <= there || PATIENCE < began.elapsed() {
            return there;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_in_the_middle_of_a_batch_leaves_nobody_out_and_nothing_unrecognisable() {
    let server = SmtpServer::start();
    let road = MailRoad::to(server.port(), Passage::Blocked).await;
    let mut running = Running::start_with(by_server(road.port())).await;
    let filed = case(&running).await;
    dpo(&running, &filed, "letters", super::first("Et brev kom bort.")).await;
    import(&running, &filed, &list_of(RECIPIENTS)).await.went_on();
    sign(&running, &filed).await;
    dpo(&running, &filed, "letters/1/dispatch", json!({ "channels": ["email"] })).await;
    running.stop().await;

    let binary = Binary::new(env!("CARGO_BIN_EXE_avvik-tested"))
        .with("AVVIK_MAIL_TRANSPORT", "smtp")
        .with("AVVIK_MAIL_HOST", "127.0.0.1")
        .with("AVVIK_MAIL_PORT", &server.port().to_string())
        .with("AVVIK_MAIL_TLS", "none")
        .with("AVVIK_MAIL_FROM", "avvik@example.org");
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut before = 0;
    for further in [7, 31] {
        let mut process = binary.start(running.data_dir(), log.path());
        process.address().unwrap_or_else(|error| panic!("{error:?}"));
        let there = arrived(&server, before + further);
        process.kill();
        assert!(before + further <= there, "{there} mails: {}", process_log(&log));
        before = there;
    }
    road.set(Passage::Open);
    running.start_again().await;
    running.pass(chrono::TimeDelta::days(300));
    eventually("everybody is told", async || {
        (letter(&running, &filed).await["told"] == RECIPIENTS).then_some(())
    })
    .await;
    let received = letters(server.wait_for(0));
    let to: BTreeSet<&String> = received.iter().flat_map(|it| &it.to).collect();
    let ids: BTreeSet<_> = received.iter().map(|it| it.header("Message-ID")).collect();
    assert_eq!((to.len(), ids.len()), (RECIPIENTS, RECIPIENTS));
    assert!(received.len() <= RECIPIENTS + 2 * BATCH, "{} mails", received.len());
}

fn process_log(log: &tempfile::NamedTempFile) -> String {
    std::fs::read_to_string(log.path()).unwrap_or_default()
}
