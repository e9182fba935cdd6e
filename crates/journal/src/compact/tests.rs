//! A compaction changes nothing but the room the store takes up, and whenever it is killed, what
//! was there before is there, whole.

use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::Command;

use domain::ids::CaseId;
use domain::{Actor, Erasable, Event, Recorded, StreamId, Time, Version, case};
use uuid::Uuid;

use super::*;
use crate::{Access, AccessLine, Append, Journal, NextAttempt, OutboxEntry, Settings};

const DIRECTORY: &str = "AVVIK_TEST_COMPACT_DIRECTORY";
const MOMENT: &str = "AVVIK_TEST_COMPACT_MOMENT";

fn at(seconds: i64) -> Time {
    Time::from_timestamp(1_774_602_000 + seconds, 0).unwrap()
}

fn stream(number: u128) -> StreamId {
    CaseId(Uuid::from_u128(number)).into()
}

async fn tell(journal: &Journal, number: u128, text: &str) {
    let text = Erasable::known(text.to_owned());
    let id = Uuid::from_u128(number << 64 | u128::from(journal.position().0));
    let append = Append {
        stream: stream(number),
        expected: journal.version(stream(number)),
        events: vec![Event::from(case::Event::InformationAdded { text })],
        at: at(0),
        by: Actor::Service,
        idempotency: Some(id.into()),
        outbox: vec![OutboxEntry { id, payload: b"a notice".to_vec() }],
    };
    journal.append(append).await.unwrap();
}

/// A stopped journal with a checkpoint, long and short events, accesses, and state that was
/// written over and over.
async fn filled() -> (tempfile::TempDir, Settings) {
    let directory = tempfile::tempdir().unwrap();
    let settings = Settings::new(directory.path());
    Journal::init(&settings).unwrap();
    let (journal, _) = Journal::open(&settings, |_| ()).unwrap();
    for number in 0..60 {
        let times = if number % 20 == 0 { 9_000 } else { 3 };
        tell(&journal, number % 7, &"æøå ".repeat(times)).await;
        let line = AccessLine {
            at: at(1),
            by: Actor::Reporter,
            what: Access::Search { words: Erasable::known("words".to_owned()) },
            page: "/cases".to_owned(),
            ground: "dpo".to_owned(),
            rows: None,
        };
        journal.note_access(&line).await.unwrap();
        let session = Some(vec![1; 300]);
        journal.put_state(vec![("session/a".to_owned(), session)]).await.unwrap();
    }
    journal.checkpoint(at(2)).await.unwrap();
    tell(&journal, 3, "after the checkpoint").await;
    for (number, message) in (0..).zip(journal.pending_messages()) {
        if number % 3 == 0 {
            let next = NextAttempt::NotBefore(at(9));
            journal.mark_failed(message.entry.id, 2, next).await.unwrap();
        } else if number < 40 {
            journal.mark_sent(message.entry.id).await.unwrap();
        }
    }
    (directory, settings)
}

/// Everything there is: the chunks of both logs and the state, as they lie in the store, and every
/// other file.
fn everything(data: &Path) -> Vec<(String, Vec<u8>)> {
    let claim = Claim::of(data).unwrap();
    let store = SledStore::open(&claim.store()).unwrap();
    let mut found = Vec::new();
    for log in LOGS {
        for chunk in store.chunks(log, 0, u64::MAX) {
            let chunk = chunk.unwrap();
            found.push((format!("{log} {}", chunk.first), chunk.bytes.into()));
        }
    }
    let state = sled::kept_state(&store).unwrap().into_iter();
    found.extend(state.map(|(key, value)| (format!("state {key:?}"), value)));
    for folder in ["", "keys", "checkpoints"] {
        let entries = fs::read_dir(data.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| path.is_file());
        found.extend(files.map(|path| (path.display().to_string(), fs::read(&path).unwrap())));
    }
    found.sort();
    found
}

/// The folders in the data directory.
fn folders(data: &Path) -> Vec<String> {
    let paths = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let folders = paths.filter(|path| path.is_dir());
    let mut names: Vec<String> =
        folders.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

fn replay(settings: &Settings) -> (Journal, Vec<Recorded>) {
    let mut events = Vec::new();
    let (journal, _) = Journal::open(settings, |recorded| events.push(recorded)).unwrap();
    (journal, events)
}

#[tokio::test]
async fn everything_is_byte_for_byte_what_it_was_and_takes_up_less_room() {
    let (directory, settings) = filled().await;
    let data = directory.path();
    let kept = everything(data);
    let (journal, events) = replay(&settings);
    let pending = journal.pending_messages();
    let refused = compact(data).unwrap_err();
    assert!(
        matches!(refused, CompactError::Journal(JournalError::Store(StoreError::InUse { .. }))),
        "{refused:?}"
    );
    drop(journal);

    let done = compact(data).unwrap();
    assert_eq!((done.events, done.accesses), (61, 60));
    assert!(done.bytes_after < done.bytes_before, "{done:?}");
    assert_eq!(folders(data), ["checkpoints", "keys", "store"]);
    assert!(everything(data) == kept);
    let verified = crate::verify(data).unwrap();
    assert!(verified.is_intact() && verified.checkpoints.compared == 1, "{verified}");

    let (journal, again) = replay(&settings);
    assert_eq!(again, events);
    assert_eq!(journal.pending_messages(), pending);
    tell(&journal, 3, "and it goes on").await;
    let read = journal.read_stream(stream(3)).await.unwrap();
    assert_eq!(read.last().unwrap().version, Version(11));
}

/// Runs only as the child of the test below: dies at the moment it is told.
#[test]
fn compacting_until_killed() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    let moment: usize = std::env::var(MOMENT).unwrap().parse().unwrap();
    let mut met = 0;
    compact_observed(&PathBuf::from(directory), |_| {
        met += 1;
        if met == moment {
            std::process::abort();
        }
    })
    .unwrap();
}

/// Whether the child died before it came to its end.
fn dies_at(data: &Path, moment: usize) -> bool {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["compact::tests::compacting_until_killed", "--exact"])
        .env(DIRECTORY, data)
        .env(MOMENT, moment.to_string())
        .output()
        .unwrap()
        .status;
    assert!(status.success() || status.signal().is_some(), "{status}");
    status.signal().is_some()
}

#[tokio::test]
async fn killed_at_any_step_it_leaves_one_whole_store() {
    let (directory, settings) = filled().await;
    let data = directory.path();
    let kept = everything(data);
    let (_, events) = replay(&settings);
    let mut steps = Vec::new();
    compact_observed(data, |step| steps.push(step)).unwrap();
    assert_eq!(steps.first(), Some(&Step::Begun));
    assert_eq!(steps[steps.len() - 3..], [Step::Synced, Step::Moving, Step::Moving]);
    for moment in 1..=steps.len() {
        assert!(dies_at(data, moment), "{moment}");
        let left = folders(data);
        assert_ne!(left, ["checkpoints", "keys", "store"], "{moment}: nothing was under way");
        // Looking is enough to settle it.
        let verified = crate::verify(data).unwrap();
        assert!(verified.is_intact(), "{moment}: {verified}");
        assert_eq!(folders(data), ["checkpoints", "keys", "store"], "{moment}");
        assert!(everything(data) == kept, "{moment}");
        assert_eq!(replay(&settings).1, events, "{moment}");
    }
    assert!(!dies_at(data, steps.len() + 1));
    assert!(everything(data) == kept);
}

/// Removing the old one can be broken off in the middle too.
#[tokio::test]
async fn what_is_left_of_the_old_store_goes_at_the_next_opening() {
    let (directory, settings) = filled().await;
    let data = directory.path();
    for left in ["store.before-compaction", "store.compacting"] {
        fs::create_dir_all(data.join(left).join("blobs")).unwrap();
        fs::write(data.join(left).join("db"), "half").unwrap();
    }
    let (_, events) = replay(&settings);
    assert_eq!(events.len(), 61);
    assert_eq!(folders(data), ["checkpoints", "keys", "store"]);
}

#[tokio::test]
async fn a_damaged_store_is_left_as_it_is() {
    let (directory, settings) = filled().await;
    let data = directory.path();
    let store = SledStore::open(&data.join("store")).unwrap();
    let mut chunk = store.chunk_at(Log::Events, 5).unwrap().unwrap();
    let last = chunk.bytes.len() - 1;
    let mut altered = chunk.bytes.to_vec();
    altered[last] ^= 1;
    chunk.bytes = altered.into();
    let events = vec![chunk];
    store.commit(Batch { events, ..Batch::default() }).unwrap();
    drop(store);
    let kept = everything(data);
    let refused = compact(data).unwrap_err();
    assert!(matches!(refused, CompactError::NotIntact(_)), "{refused:?}");
    assert_eq!(folders(data), ["checkpoints", "keys", "store"]);
    assert!(everything(data) == kept);
    assert!(Journal::open(&settings, |_| ()).is_err());
}
