//! The writer on a store that fails: nothing is acknowledged, and nothing more is taken.

use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Mutex, OnceLock, RwLock};

use domain::{Actor, Erasable, Event, StreamKind, Time, case};
use uuid::Uuid;

use super::*;
use crate::keyring::{Key, Keyring};
use crate::store::{Chunks, Log, StateEntry, Store, StoreStep, StoredChunk};
use crate::{Append, Journal, open};

/// Takes everything until the disk is full; from then on it cannot be read either.
struct FullDisk(Arc<AtomicBool>);

impl FullDisk {
    fn say(&self, step: StoreStep) -> Result<(), StoreError> {
        if self.0.load(Ordering::Relaxed) {
            let source = std::io::Error::from(std::io::ErrorKind::StorageFull).into();
            return Err(StoreError::Failed { step, source });
        }
        Ok(())
    }
}

impl Store for FullDisk {
    fn commit(&self, _: Batch) -> Result<(), StoreError> {
        self.say(StoreStep::Write)
    }

    fn chunks(&self, _: Log, _: u64, _: u64) -> Chunks<'_> {
        Box::new(self.say(StoreStep::Read).err().map(Err).into_iter())
    }

    fn chunk_at(&self, _: Log, _: u64) -> Result<Option<StoredChunk>, StoreError> {
        self.say(StoreStep::Read).map(|()| None)
    }

    fn state(&self, _: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(None)
    }

    fn state_under(&self, _: &[u8]) -> Result<Vec<StateEntry>, StoreError> {
        Ok(Vec::new())
    }
}

fn keyring(directory: &std::path::Path) -> Keyring {
    let at = |name| directory.join(name);
    Keyring::create(&at("keyring"), &at("master.key"), Key::random()).unwrap()
}

fn journal_on(store: FullDisk, directory: &std::path::Path) -> (Journal, crate::Feed) {
    let shared = Shared {
        data_directory: directory.to_owned(),
        store: Box::new(store),
        keyring: keyring(directory),
        forms: crate::schema::Forms::KNOWN,
        last: AtomicU64::new(0),
        accesses: Mutex::new(Tail::empty(Log::Accesses)),
        index: RwLock::default(),
        outbox: Mutex::default(),
        halted: OnceLock::new(),
        seen: Mutex::default(),
        attaching: std::sync::Mutex::default(),
        checkpointing: Mutex::default(),
        _claim: crate::store::claim::Claim::of(directory).unwrap(),
    };
    let heads = Heads { events: Tail::empty(Log::Events), accesses: Tail::empty(Log::Accesses) };
    let head_file = HeadFile::open(directory).unwrap();
    open::start(Arc::new(shared), heads, head_file).unwrap()
}

fn append(expected: u32) -> Append {
    let text = Erasable::known("x".to_owned());
    Append {
        stream: StreamId { kind: StreamKind::Case, id: Uuid::from_u128(1) },
        expected: Version(expected),
        events: vec![Event::Case(case::Event::InformationAdded { text })],
        at: Time::from_timestamp_micros(0).unwrap(),
        by: Actor::Service,
        idempotency: Some(Uuid::from_u128(u128::from(expected)).into()),
        outbox: Vec::new(),
    }
}

#[tokio::test]
async fn after_a_failed_write_nothing_is_acknowledged_ever_again() {
    let directory = tempfile::tempdir().unwrap();
    let is_full = Arc::new(AtomicBool::new(false));
    let (journal, mut feed) = journal_on(FullDisk(Arc::clone(&is_full)), directory.path());
    journal.append(append(0)).await.unwrap();
    assert_eq!(feed.recv().await.unwrap().len(), 1);
    assert!(journal.halted().is_none());

    is_full.store(true, Ordering::Relaxed);
    let failed = journal.append(append(1)).await.unwrap_err();
    assert!(matches!(failed, AppendError::NotWritten(_)), "{failed}");
    is_full.store(false, Ordering::Relaxed);
    for expected in [1, 2] {
        let refused = journal.append(append(expected)).await.unwrap_err();
        assert!(matches!(refused, AppendError::Halted(_)), "{refused}");
        assert!(refused.to_string().contains("avvik verify"));
    }
    let refused = journal.put_state(vec![("a".to_owned(), None)]).await.unwrap_err();
    assert!(matches!(refused, AppendError::Halted(_)), "{refused}");
    assert!(journal.halted().is_some());
    assert!(journal.recorded_under(Uuid::from_u128(0)).is_some());
    assert!(journal.recorded_under(Uuid::from_u128(1)).is_none());
    assert_eq!(journal.position(), Position(1), "readers see what is on disk");
    assert!(feed.try_recv().is_err(), "and so does the feed");
}

#[tokio::test]
async fn what_a_stopped_store_cannot_read_is_not_called_damaged() {
    let directory = tempfile::tempdir().unwrap();
    let is_full = Arc::new(AtomicBool::new(false));
    let (journal, _feed) = journal_on(FullDisk(Arc::clone(&is_full)), directory.path());
    is_full.store(true, Ordering::Relaxed);
    let found = journal.verify().await;
    assert!(!found.is_intact(), "a store that works, and cannot be read: {found}");
    journal.append(append(0)).await.unwrap_err();
    let found = journal.verify().await;
    assert!(found.is_intact(), "{found}");
    assert!(found.events.unread_from.is_some(), "{found}");
    assert!(found.to_string().contains("the store has stopped"), "{found}");
}
