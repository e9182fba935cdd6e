//! How the store's files grow with what is put into them, and what a compaction gives back:
//! `cargo run --release -p journal --example growth`.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on stops where it stands")]

use domain::ids::CaseId;
use domain::{Actor, Erasable, Event, StreamId, Time, Version, case};
use journal::{Access, AccessLine, Append, Journal, NextAttempt, OutboxEntry, Settings, compact};
use tokio::task::JoinSet;
use uuid::Uuid;

/// About what a note in a case is long.
const TEXT: &str = "Ein telefon vart gløymd på bussen, og ingen veit om skjermen var låst. \
                    Tenesta ringde hittegods, og sperra nummeret same kvelden.";

fn stream(number: u128) -> StreamId {
    CaseId(Uuid::from_u128(number + 1)).into()
}

fn append(number: u128, version: u32, outbox: Vec<OutboxEntry>) -> Append {
    let text = Erasable::known(TEXT.to_owned());
    Append {
        stream: stream(number),
        expected: Version(version),
        events: vec![Event::from(case::Event::InformationAdded { text })],
        at: Time::default(),
        by: Actor::Service,
        idempotency: Some(Uuid::from_u128(number << 64 | u128::from(version)).into()),
        outbox,
    }
}

/// Many writers at once, whose events share flushes and chunks.
async fn together(journal: &Journal) {
    let mut writers = JoinSet::new();
    for number in 0..256 {
        let journal = journal.clone();
        writers.spawn(async move {
            for version in 0..400 {
                journal.append(append(number, version, Vec::new())).await.unwrap();
            }
        });
    }
    writers.join_all().await;
}

/// One writer, each event under a flush and in a chunk of its own.
async fn alone(journal: &Journal) {
    for number in 0..10_000_u32 {
        let (case, version) = (u128::from(number % 100), number / 100);
        journal.append(append(case, version, Vec::new())).await.unwrap();
    }
}

/// Messages, each tried three times in vain before it is sent.
async fn outbox(journal: &Journal) {
    for number in 0..2_500 {
        let id = Uuid::from_u128(number);
        let entry = OutboxEntry { id, payload: b"to whom, about which case, and what".to_vec() };
        journal.append(append(number, 0, vec![entry])).await.unwrap();
        for attempts in 1..=3 {
            let next = NextAttempt::NotBefore(Time::default());
            journal.mark_failed(id, attempts, next).await.unwrap();
        }
        journal.mark_sent(id).await.unwrap();
    }
}

/// Looks at cases, one after another.
async fn accesses(journal: &Journal) {
    for number in 0..10_000 {
        let line = AccessLine {
            at: Time::default(),
            by: Actor::Reporter,
            what: Access::Case(CaseId(Uuid::from_u128(number))),
            page: "/cases/2026/17".to_owned(),
            ground: "dpo".to_owned(),
            rows: None,
        };
        journal.note_access(&line).await.unwrap();
    }
}

/// Ten sessions, whose state is written over and over.
async fn sessions(journal: &Journal) {
    for number in 0..10_000_u32 {
        let key = format!("session/{}", number % 10);
        let value = format!("{{\"user\":\"{}\",\"seen\":{number}}}", Uuid::from_u128(7));
        journal.put_state(vec![(key, Some(value.into_bytes()))]).await.unwrap();
    }
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!("{:<44}{:>14}{:>14}", "what was written", "MiB before", "MiB after");
    let measure = |what: &str, fill: &dyn Fn(&Journal)| {
        let directory = tempfile::tempdir().unwrap();
        let settings = Settings::new(directory.path());
        Journal::init(&settings).unwrap();
        let (journal, feed) = Journal::open(&settings, |_| ()).unwrap();
        drop(feed);
        fill(&journal);
        drop(journal);
        let done = compact(directory.path()).unwrap();
        let mebibytes =
            |bytes: u64| format!("{}.{}", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20);
        let (before, after) = (mebibytes(done.bytes_before), mebibytes(done.bytes_after));
        println!("{what:<44}{before:>14}{after:>14}");
    };
    measure("nothing", &|_| ());
    measure("102 400 events, 256 writers", &|journal| runtime.block_on(together(journal)));
    measure("10 000 events, one after another", &|journal| runtime.block_on(alone(journal)));
    measure("2 500 events with a message each", &|journal| runtime.block_on(outbox(journal)));
    measure("10 000 lines of the access log", &|journal| runtime.block_on(accesses(journal)));
    measure("10 000 changes of ten sessions", &|journal| runtime.block_on(sessions(journal)));
}
