//! Backups: a copy of what is stored, made while the journal is in use, and restored elsewhere.
//!
//! ```text
//! DIR/manifest.json                        what there is, written last
//! DIR/events/00000000000000000001.segment  chunks as they are stored, from that position on
//! DIR/accesses/…                           the same of the access log
//! DIR/attachments/…                        the files that events name, sealed as they are kept
//! DIR/checkpoints/, DIR/checkpoint.pub     as in the data directory
//! KEYDIR/avvik.keys                        the newest keys and no others
//! ```
//!
//! The logs may be kept for as long as one likes; the keys are replaced each time, so that what
//! was erased stays erased when old events are read with today's keys. See
//! `docs/decisions/0009-backup.md`. Everything read here is taken for hostile until its hashes
//! have been recomputed: [`Manifest::read`], [`read_segment`] and [`KeysPart::read`] take any
//! bytes.

mod attachments;
mod audit;
mod error;
mod fault;
mod files;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod keys;
mod manifest;
mod reading;
mod restore;
mod segment;
mod shelf;

use std::fs;
use std::path::Path;

use domain::{Position, Time};
use serde::{Deserialize, Serialize};

use crate::chain::Hash;
use crate::checkpoint::{self, signing_secret};
use crate::chunk::Chunk;
use crate::outbox::Outbox;
use crate::read::{ReadError, missing};
use crate::state;
use crate::store::{Log, StateEntry, Store};
use crate::{Journal, Shared};

pub use audit::{Audit, KeysFound, audit};
pub use error::BackupError;
pub use fault::{Flaw, PartFault};
pub use keys::{KeysOrigin, KeysPart};
pub use manifest::{CheckpointPart, LogEnd, LogPart, Manifest, SegmentPart};
pub use restore::{Built, MERGE_DIRECTORY, Restored, Restoring, discard, restore};
pub use segment::{Segment, read_segment};
pub use shelf::{Added, Run, Shelf, Wanted};

use keys::HeldKeys;
use segment::SegmentDraft;

/// Where in the state the name of a copy lies; part of the stored form.
const COPY_NAME: &[u8] = b"journal/copy";

/// How far the journal has come when a backup begins, and what lies beside its logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beginning {
    /// Which journal: no two have the same name.
    journal: Hash,
    events: LogEnd,
    accesses: LogEnd,
    state: Vec<StateEntry>,
    checkpoints: Vec<(u32, String)>,
    public_key: Option<String>,
}

impl Beginning {
    fn end(&self, log: Log) -> LogEnd {
        match log {
            Log::Events => self.events,
            Log::Accesses => self.accesses,
        }
    }
}

impl Journal {
    /// The journal's name, which no two share; none before anything is recorded.
    pub async fn name(&self) -> Result<Option<Hash>, BackupError> {
        self.blocking(|shared| name(shared.store.as_ref())).await
    }

    /// The chain's hash after the event at a position; nothing if it has not come that far.
    pub async fn hash_at(&self, position: Position) -> Result<Option<Hash>, ReadError> {
        self.blocking(move |shared| {
            let Some(stored) = shared.store.chunk_at(Log::Events, position.0)? else {
                return Ok(None);
            };
            Ok(Chunk::parse(stored.first, &stored.bytes)?.hash_at(position.0))
        })
        .await
    }

    /// Where a backup that begins now will end. What the service keeps under `left_out` beside the
    /// logs is not part of it.
    pub async fn begin_backup(&self, left_out: &'static str) -> Result<Beginning, BackupError> {
        let (beside, accesses) = self
            .blocking(move |shared| {
                // Each before the log's end, of which it must not know more than the log.
                let beside = Beside::read(shared, left_out)?;
                let accesses = end_at(shared.store.as_ref(), Log::Accesses, u64::MAX)?;
                Ok::<_, BackupError>((beside, accesses))
            })
            .await?;
        // Whatever could be seen of the access log is on disk once this is answered.
        self.put_state(Vec::new()).await.map_err(BackupError::Halted)?;
        let Beside { state, checkpoints, public_key } = beside;
        self.blocking(move |shared| {
            let store = shared.store.as_ref();
            let events = end_at(store, Log::Events, shared.last_position())?;
            let journal = name(store)?.ok_or(BackupError::NothingRecorded)?;
            Ok(Beginning { journal, events, accesses, state, checkpoints, public_key })
        })
        .await
    }

    /// A segment of what is wanted, from its beginning on.
    pub async fn backup_segment(&self, wanted: Wanted) -> Result<Vec<u8>, BackupError> {
        self.blocking(move |shared| {
            let Wanted { log, after, until } = wanted;
            let mut draft = SegmentDraft::new(log);
            let chunks = shared.store.chunks(log, after.0 + 1, until.0.saturating_add(1));
            for chunk in chunks {
                draft.push(&chunk.map_err(ReadError::from)?);
                if draft.is_full() {
                    break;
                }
            }
            Ok(draft.finish())
        })
        .await
    }

    /// The keys as they are now: to be asked for after the last segment, whose events they open.
    pub async fn backup_keys(&self, at: Time) -> Result<KeysPart, BackupError> {
        self.blocking(move |shared| {
            let copied = shared.keyring.copy().map_err(BackupError::Keyring)?;
            let real = |path: &Path| fs::canonicalize(path).ok();
            let data = real(&shared.data_directory);
            let is_inside = real(shared.keyring.master_path())
                .zip(data)
                .is_some_and(|(master, data)| master.starts_with(data));
            let journal = name(shared.store.as_ref())?;
            let journal = journal.ok_or(BackupError::NothingRecorded)?;
            let position = Position(shared.last_position());
            let held = HeldKeys {
                keyring: copied.keyring,
                master: is_inside.then_some(copied.master),
                signing: signing_secret(&shared.data_directory)?,
            };
            Ok(KeysPart { origin: KeysOrigin { journal, position, made_at: at }, held })
        })
        .await
    }
}

/// What lies beside the logs.
struct Beside {
    state: Vec<StateEntry>,
    checkpoints: Vec<(u32, String)>,
    public_key: Option<String>,
}

impl Beside {
    fn read(shared: &Shared, left_out: &str) -> Result<Self, BackupError> {
        let data = &shared.data_directory;
        let kept = checkpoint::read_all(data)?;
        let public_key = checkpoint::published(data)?;
        let left_out = state::prefixed(left_out);
        let under = |prefix| shared.store.state_under(prefix).map_err(ReadError::from);
        let mut state = under(state::PREFIX)?;
        state.retain(|(key, _)| !key.starts_with(&left_out));
        state.extend(under(Outbox::STATE_PREFIX)?);
        state.extend(under(COPY_NAME)?);
        Ok(Self {
            state,
            checkpoints: kept
                .into_iter()
                .map(|it| (it.number, it.signed.text().to_owned()))
                .collect(),
            public_key: public_key.map(|key| format!("{key}\n")),
        })
    }
}

/// Where a log ends, in the chunk that holds `position` or the last before it.
fn end_at(store: &dyn Store, log: Log, position: u64) -> Result<LogEnd, BackupError> {
    let Some(stored) = store.chunk_at(log, position).map_err(ReadError::from)? else {
        return Ok(LogPart::empty(log).end);
    };
    let chunk = Chunk::parse(stored.first, &stored.bytes).map_err(ReadError::from)?;
    Ok(LogEnd { position: Position(chunk.positions().end - 1), head: chunk.head() })
}

/// What no two journals share: the chain's hash after the first event, or the name of its own that
/// a copy was given.
fn name(store: &dyn Store) -> Result<Option<Hash>, BackupError> {
    let copy = store.state(COPY_NAME).map_err(ReadError::from)?;
    if let Some(name) = copy.and_then(|name| name.try_into().ok()) {
        return Ok(Some(Hash(name)));
    }
    let Some(stored) = store.chunk_at(Log::Events, 1).map_err(ReadError::from)? else {
        return Ok(None);
    };
    let chunk = Chunk::parse(stored.first, &stored.bytes).map_err(ReadError::from)?;
    Ok(Some(chunk.hash_at(1).ok_or(missing(1)).map_err(ReadError::from)?))
}
