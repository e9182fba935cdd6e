//! A data directory that another version of the service has written in: what an older one wrote
//! shows as if it were of today, and what a newer one wrote keeps the service from starting.

use std::path::Path;

use chrono::TimeDelta;
use domain::{Recorded, Role};
use hyper::StatusCode;
use minicbor::{Decoder, Encoder};
use serde_json::json;
use sha2::{Digest, Sha256};
use tests::story::{self, Filed};
use tests::{Running, disk};

use crate::tampering::unlocked;

/// An event in the form that another version of the service gives it, without personal values.
pub(crate) struct Foreign<'a> {
    pub(crate) name: &'a str,
    pub(crate) form: u16,
    pub(crate) fields: &'a str,
}

/// Writes an event after the last one in a data directory, as the next of that one's stream: the
/// bytes of `docs/decisions/0001-stored-form.md`, put together without the journal. Says at which
/// position it stands.
pub(crate) fn append(data_dir: &Path, event: &Foreign<'_>) -> u64 {
    let last = disk::events(data_dir).pop().unwrap();
    let store = unlocked(&data_dir.join("store"));
    let log = store.open_tree("log").unwrap();
    let (_, chunk) = log.last().unwrap().unwrap();
    let record = record_after(&last, event);
    let first = last.position.0 + 1;
    let previous = head_of(&chunk[2..]);
    let head = sha(&[&[2], &previous, &sha(&[&[0], &record])]);

    let mut bytes = Vec::new();
    Encoder::new(&mut bytes).u8(1).unwrap().u64(first).unwrap().bytes(&previous).unwrap();
    let check = sha(&[&[3], &bytes, &head, &[0x80]]);
    let mut encoder = Encoder::new(&mut bytes);
    encoder.array(2).unwrap().bytes(&record).unwrap().bytes(&head).unwrap();
    encoder.array(0).unwrap().bytes(&check).unwrap();
    // Before it, of how many parts the store's value is.
    log.insert(first.to_be_bytes(), [&[0, 1], &*bytes].concat()).unwrap();
    store.flush().unwrap();
    first
}

fn record_after(last: &Recorded, event: &Foreign<'_>) -> Vec<u8> {
    let kind = <&str>::from(last.stream.kind);
    let mut record = Vec::new();
    let mut encoder = Encoder::new(&mut record);
    encoder.map(10).unwrap();
    encoder.u8(0).unwrap().str(kind).unwrap();
    encoder.u8(1).unwrap().bytes(last.stream.id.as_bytes()).unwrap();
    encoder.u8(2).unwrap().u32(last.version.0 + 1).unwrap();
    encoder.u8(3).unwrap().i64(last.at.timestamp_micros()).unwrap();
    // By the service itself.
    encoder.u8(4).unwrap().array(2).unwrap().u8(0).unwrap().array(0).unwrap();
    encoder.u8(5).unwrap().str(event.name).unwrap();
    encoder.u8(6).unwrap().u16(event.form).unwrap();
    encoder.u8(7).unwrap().bytes(event.fields.as_bytes()).unwrap();
    encoder.u8(8).unwrap().array(0).unwrap();
    encoder.u8(9).unwrap().array(0).unwrap();
    record
}

/// The chain's hash after the last record in a chunk.
fn head_of(chunk: &[u8]) -> Vec<u8> {
    let mut decoder = Decoder::new(chunk);
    decoder.u8().unwrap();
    decoder.u64().unwrap();
    let mut head = decoder.bytes().unwrap();
    for _ in 0..decoder.array().unwrap().unwrap() {
        head = decoder.bytes().unwrap();
    }
    head.to_vec()
}

fn sha(parts: &[&[u8]]) -> Vec<u8> {
    Sha256::digest(parts.concat()).to_vec()
}

/// A stopped house with one case.
pub(crate) async fn stopped() -> (Running, Filed) {
    let mut running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T08:00:00Z")).await;
    running.stop().await;
    (running, filed)
}

#[tokio::test]
async fn what_an_older_version_wrote_shows_as_if_it_were_of_today() {
    let (mut running, filed) = stopped().await;
    let fields = r#"{"stage":24,"due_at":"2026-03-05T08:00:00Z"}"#;
    append(running.data_dir(), &Foreign { name: "deadline_stage_reached", form: 1, fields });
    let verified = journal::verify(running.data_dir()).unwrap();
    assert!(verified.is_intact(), "{verified}");

    running.start_again().await;
    let page = running.browser(Role::Dpo).await.get(&filed.page()).await.expect(StatusCode::OK);
    assert!(page.text.contains("24 timer eller mindre igjen til fristen"), "{}", page.text);
    let hours_left = async || {
        let reached = story::happened(&running, &filed, "deadline_stage_reached").await;
        let of_72 = reached.iter().filter(|it| it["duty"] == "gdpr-33");
        of_72.map(|it| it["hours_left"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(hours_left().await, [json!(24)]);
    // It counts as raised: the watch raises the stages around it, and not this one again.
    running.pass(TimeDelta::hours(49));
    running.service().watch_deadlines_once().await;
    assert_eq!(hours_left().await, [json!(24), json!(48)]);
}
