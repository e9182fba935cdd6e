//! A journal in a directory of its own, and events to put into it.

use std::path::Path;

use domain::ids::CaseId;
use domain::{Actor, Erasable, Event, Recorded, StreamId, Time, Version, case};
use journal::{Append, AppendError, Appended, Feed, Journal, JournalError, Settings};
use tempfile::TempDir;
use uuid::Uuid;

/// A data directory with an initialised journal.
pub(crate) struct Bench {
    pub(crate) directory: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let bench = Self { directory: tempfile::tempdir().unwrap() };
        Journal::init(&bench.settings()).unwrap();
        bench
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings::new(self.path())
    }

    /// Opens the journal and drops its feed.
    pub(crate) fn open(&self) -> Journal {
        self.open_with_feed().0
    }

    pub(crate) fn open_with_feed(&self) -> (Journal, Feed) {
        Journal::open(&self.settings(), |_| ()).unwrap()
    }

    /// Every event there is.
    pub(crate) fn replay(&self) -> Result<Vec<Recorded>, JournalError> {
        let mut events = Vec::new();
        Journal::open(&self.settings(), |recorded| events.push(recorded))?;
        Ok(events)
    }

    /// Closes over the store's own files: every chunk of the event log, under its key.
    pub(crate) fn store(&self) -> sled::Db {
        let config = sled::Config::new().path(self.path().join("store")).flush_every_ms(None);
        let config = config.segment_size(4 * 1024 * 1024);
        (0..100)
            .find_map(|_| {
                let opened = config.open().ok();
                if opened.is_none() {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
                opened
            })
            .unwrap()
    }

    /// Every byte of every file, to look for traces in.
    pub(crate) fn all_bytes(&self) -> Vec<u8> {
        fn collect(directory: &Path, bytes: &mut Vec<u8>) {
            for entry in std::fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(&path, bytes);
                } else {
                    bytes.extend(std::fs::read(path).unwrap());
                }
            }
        }
        let mut bytes = Vec::new();
        collect(self.path(), &mut bytes);
        bytes
    }

    pub(crate) fn holds(&self, text: &str) -> bool {
        self.all_bytes().windows(text.len()).any(|window| window == text.as_bytes())
    }
}

pub(crate) fn case(number: u128) -> StreamId {
    CaseId(Uuid::from_u128(number)).into()
}

pub(crate) fn time(seconds: i64) -> Time {
    Time::from_timestamp(1_774_602_000 + seconds, 0).unwrap()
}

/// Something personal that was said.
pub(crate) fn said(text: &str) -> Event {
    case::Event::InformationAdded { text: Erasable::known(text.to_owned()) }.into()
}

/// Something about one person within a case.
pub(crate) fn said_about(person: Uuid, text: &str) -> Event {
    let text = Erasable::about(domain::ids::PersonId(person), text.to_owned());
    case::Event::InformationAdded { text }.into()
}

pub(crate) fn append(stream: StreamId, expected: u32, events: Vec<Event>) -> Append {
    Append {
        stream,
        expected: Version(expected),
        events,
        at: time(i64::from(expected)),
        by: Actor::Service,
        idempotency: None,
        outbox: Vec::new(),
    }
}

/// Appends one text after another to a case.
pub(crate) async fn tell(
    journal: &Journal,
    stream: StreamId,
    text: &str,
) -> Result<Appended, AppendError> {
    journal.append(append(stream, journal.version(stream).0, vec![said(text)])).await
}

pub(crate) fn text_of(recorded: &Recorded) -> Option<&str> {
    match &recorded.event {
        Event::Case(case::Event::InformationAdded { text }) => text.get().map(String::as_str),
        _ => panic!("another event than these tests append"),
    }
}
