//! Everything durable: the log of events, its seals, its chain and its keys.
//!
//! The way of an event to the disk, a file each: `append` → `schema` (its stored form) → `seal`
//! (personal values encrypted) → `record` (the bytes) → `writer` (its place) → `chain` and `chunk`
//! (its hash, and its neighbours) → `store` (the seam) → `store/sled` → `store/durable`. The files
//! attached to it lie beside the store: `attachment`.
//!
//! Invariants:
//! - What is acknowledged is on disk, whole, in one total order, exactly once.
//! - An append is there with its messages and its idempotency key, or not at all.
//! - The chain covers the bytes as they are stored. Nothing is ever changed or removed in it;
//!   erasing destroys a key, and the keys lie outside the store.
//! - Every byte that is read back has been checked. What cannot be read is an error that names its
//!   position, never left out.
//! - A checkpoint is signed only where the log bears out all that were signed before.
//! - The journal knows nothing of what an event means beyond its stored form: neither phases, nor
//!   roles, nor deadlines, nor languages. It reads no clock; times arrive as arguments.
//! - sled is known to `store/` alone.

mod access_log;
mod append;
mod attachment;
pub mod backup;
mod chain;
mod checkpoint;
mod chunk;
mod compact;
mod evidence;
mod format;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
mod head;
mod hex;
mod index;
mod keyring;
mod open;
mod outbox;
mod read;
mod record;
mod rehearsal;
mod replay;
mod schema;
mod seal;
mod state;
mod store;
mod tree;
mod verify;
mod writer;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::sync::{RwLockReadGuard, RwLockWriteGuard};
use std::thread::JoinHandle;

use domain::{Position, Recorded, StreamId, Version};
use tokio::sync::mpsc;
use uuid::Uuid;

pub use access_log::{Access, AccessLine};
pub use append::{
    APPEND_BYTES_MAX, ATTACHMENTS_BYTES_MAX, Append, AppendError, Appended, ContentDigest,
    Idempotency,
};
pub use attachment::{Attachment, AttachmentDamage, AttachmentError, NewAttachment};
pub use chain::Hash;
pub use checkpoint::{
    Checkpoint, CheckpointError, CheckpointFault, Checkpoints, Deviation, Kept, PublicKey,
    SignedCheckpoint, Witness,
};
pub use checkpoint::{Receipt, SignedReceipt};
pub use compact::{CompactError, Compaction, compact};
pub use evidence::{Evidence, EvidenceError, EvidenceEvent, EvidenceFault, Shown};
pub use format::{FormatError, ProgramVersion};
pub use keyring::master::MasterKeyError;
pub use keyring::{KeyCount, KeyringError, KeysOf};
pub use open::JournalError;
pub use outbox::{NextAttempt, OutboxEntry, PendingMessage};
pub use read::ReadError;
pub use schema::SchemaError;
pub use seal::scan::ScanError;
pub use seal::{Opening, UnsealError};
pub use store::{Log, StoreError, StoreStep};
pub use verify::{
    AttachmentFault, Attachments, Damage, Fault, Verification, Walk, verify, verify_against,
};
pub use writer::WriteError;

/// Where a journal lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The directory that holds everything: `store/`, `keys/`, `head` and `format`.
    pub data_directory: PathBuf,
    /// The master key's file; `keys/master.key` in the data directory when absent.
    pub master_key: Option<PathBuf>,
}

impl Settings {
    /// A journal in `data_directory`, with its master key beside its other keys.
    pub fn new(data_directory: impl Into<PathBuf>) -> Self {
        Self { data_directory: data_directory.into(), master_key: None }
    }
}

/// Events as they are recorded, in order and without gaps, one batch a flush. A batch is here
/// before its appends are acknowledged. Whoever stops reading must drop the feed, for the writer
/// waits when it is full.
pub type Feed = mpsc::Receiver<Vec<Recorded>>;

/// The journal, open for appending and reading. Cheap to clone; when the last clone is dropped,
/// what is under way is finished and the files are closed.
#[derive(Clone)]
pub struct Journal {
    // Dropped before the writer is waited for, whom its end tells to stop.
    queue: mpsc::Sender<writer::Work>,
    shared: Arc<Shared>,
    _writer: Arc<WriterThread>,
}

impl Journal {
    /// The last position on disk; 0 in an empty journal.
    #[must_use]
    pub fn position(&self) -> Position {
        Position(self.shared.last_position())
    }

    /// How many events a stream holds.
    #[must_use]
    pub fn version(&self, stream: StreamId) -> Version {
        self.shared.index().version(stream)
    }

    /// What was recorded under an idempotency key, once it is on disk.
    #[must_use]
    pub fn recorded_under(&self, key: Uuid) -> Option<Appended> {
        let appended = self.shared.appended_under(key)?;
        // What the writer has given a place may not have reached the disk.
        (appended.last.0 <= self.shared.last_position()).then_some(appended)
    }

    /// Why the journal takes in nothing more, if a write has failed.
    #[must_use]
    pub fn halted(&self) -> Option<Arc<WriteError>> {
        self.shared.halted.get().map(Arc::clone)
    }

    /// Destroys keys, and says how many there were. When this answers, what they sealed can be read
    /// by nobody; it reads as erased, and the messages of an erased stream that have not been sent
    /// are dropped.
    ///
    /// Events handed out before still hold what they held: the caller drops them.
    pub async fn destroy_keys(
        &self,
        these: impl IntoIterator<Item = KeysOf>,
    ) -> Result<usize, KeyringError> {
        let these: HashSet<KeysOf> = these.into_iter().collect();
        let streams = these.iter().filter(|of| of.person.is_none()).map(|of| of.stream).collect();
        let destroyed = self.blocking(move |shared| shared.keyring.destroy(&these)).await?;
        self.drop_messages(&streams).await;
        Ok(destroyed)
    }

    /// How many keys there are of `these`, living and destroyed.
    #[must_use]
    pub fn count_keys(&self, these: KeysOf) -> KeyCount {
        self.shared.keyring.count(these)
    }

    /// Whether keys were destroyed that an older copy of the keyring still opens, because the
    /// master key could not be replaced. The log says why, and the next start tries again.
    #[must_use]
    pub fn is_rotation_due(&self) -> bool {
        self.shared.keyring.is_rotation_due()
    }

    /// Wraps every key under a new master key, and destroys the old one.
    pub async fn rotate_master_key(&self) -> Result<(), KeyringError> {
        self.blocking(|shared| shared.keyring.rotate()).await
    }

    /// Verifies the journal while it is in use. What is recorded meanwhile may be left out.
    pub async fn verify(&self) -> Verification {
        self.verify_against(Vec::new()).await
    }

    /// The same, also against checkpoints from outside.
    pub async fn verify_against(&self, anchored: Vec<SignedCheckpoint>) -> Verification {
        self.blocking(move |shared| {
            let store = shared.store.as_ref();
            let mut found = verify::verify_store(store, &shared.data_directory, &anchored);
            if shared.halted.get().is_some() {
                found.events.excuse_unread();
                found.accesses.excuse_unread();
            }
            found
        })
        .await
    }
}

/// What the writer and all readers share.
struct Shared {
    data_directory: PathBuf,
    store: Box<dyn store::Store>,
    keyring: keyring::Keyring,
    forms: schema::Forms,
    index: RwLock<index::Index>,
    outbox: Mutex<outbox::Outbox>,
    last: AtomicU64,
    /// The end of the access log on disk.
    accesses: Mutex<head::Tail>,
    halted: OnceLock<Arc<WriteError>>,
    /// Every append that carried an idempotency key, those that still wait for the disk included.
    seen: Mutex<HashMap<Uuid, Appended>>,
    /// Held while a checkpoint is made, so that each gets a number of its own.
    checkpointing: Mutex<()>,
    /// Held while an attachment's file is written.
    attaching: Mutex<()>,
    /// Let go of last, once the store is closed.
    _claim: store::claim::Claim,
}

impl Shared {
    fn index(&self) -> RwLockReadGuard<'_, index::Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn index_mut(&self) -> RwLockWriteGuard<'_, index::Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn outbox(&self) -> MutexGuard<'_, outbox::Outbox> {
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, HashMap<Uuid, Appended>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn checkpointing(&self) -> MutexGuard<'_, ()> {
        self.checkpointing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn attaching(&self) -> MutexGuard<'_, ()> {
        self.attaching.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn appended_under(&self, key: Uuid) -> Option<Appended> {
        self.seen().get(&key).copied()
    }

    fn access_end(&self) -> head::Tail {
        *self.accesses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn last_position(&self) -> u64 {
        self.last.load(Ordering::Acquire)
    }
}

/// The writer's thread; waited for when it is dropped, so that the files are closed by then.
struct WriterThread(Option<JoinHandle<()>>);

impl Drop for WriterThread {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            // A writer that panicked has told everybody by hanging up.
            drop(thread.join());
        }
    }
}
