//! Opening the journal: its format first, then the store, which locks the directory, then the
//! keys, then the whole log read once.
//!
//! The one pass checks every hash and the order of everything, rebuilds what is kept in memory,
//! and hands as much of each event to the caller as the views that are built with it need.

mod error;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, OnceLock, RwLock};
use std::thread;

use domain::{Needed, Needs, Position, Recorded};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::append::{Appended, ContentDigest};
use crate::chain::Hash;
use crate::chunk::Chunk;
use crate::format;
use crate::head::{self, HeadFile, Heads, Tail};
use crate::index::Index;
use crate::keyring::master;
use crate::keyring::{Keyring, KeyringError, Keys};
use crate::outbox::{Outbox, SealedEntry};
use crate::read::{Fact, ReadError, decode_needed};
use crate::rehearsal;
use crate::replay;
use crate::schema::Forms;
use crate::seal::Room;
use crate::store::claim::Claim;
use crate::store::durable::sync_directory;
use crate::store::sled::SledStore;
use crate::store::{Log, Store, StoredChunk};
use crate::verify::Damage;
use crate::writer::Writer;
use crate::{Feed, Journal, Settings, Shared, WriterThread};

pub use error::JournalError;

/// Where in the data directory the store lies.
pub(crate) const STORE_DIRECTORY: &str = "store";
/// Where in the data directory the keys lie.
pub(crate) const KEYS_DIRECTORY: &str = "keys";
/// The keyring in there.
pub(crate) const KEYRING_FILE: &str = "keyring";
/// The master key in there, unless it is kept elsewhere.
pub(crate) const MASTER_KEY_FILE: &str = "master.key";

/// How many requests may wait for the writer before callers have to wait to ask.
const QUEUE_LENGTH: usize = 1024;
/// For so many appends there is room in memory at first, at most: what the head file says of the
/// log's length is not checked by then.
const SEEN_AT_FIRST_MAX: usize = 1 << 20;
/// How many rounds may wait for whoever reads the feed before the writer has to.
const FEED_LENGTH: usize = 64;

/// The keyring is what is made last, and the head file at the first opening: where either is, there
/// is a journal. One that has lost its keyring is not taken for an empty directory.
pub(crate) fn require_initialised(data_directory: &Path) -> Result<(), JournalError> {
    if is_initialised(data_directory) {
        Ok(())
    } else {
        Err(JournalError::NotInitialised { path: data_directory.to_owned() })
    }
}

fn is_initialised(data_directory: &Path) -> bool {
    data_directory.join(KEYS_DIRECTORY).join(KEYRING_FILE).exists()
        || data_directory.join(head::FILE_NAME).exists()
}

impl Settings {
    fn master_key_file(&self) -> PathBuf {
        let own = || self.data_directory.join(KEYS_DIRECTORY).join(MASTER_KEY_FILE);
        self.master_key.clone().unwrap_or_else(own)
    }
}

impl Journal {
    /// Sets up an empty journal. A master key is made where the settings' file does not exist.
    pub fn init(settings: &Settings) -> Result<(), JournalError> {
        let data = &settings.data_directory;
        if is_initialised(data) {
            return Err(JournalError::AlreadyInitialised { path: data.clone() });
        }
        let keys = data.join(KEYS_DIRECTORY);
        let made = std::fs::create_dir_all(&keys).and_then(|()| sync_directory(data));
        made.map_err(|source| JournalError::Directory { path: data.clone(), source })?;
        format::note(data, None).map_err(JournalError::Format)?;
        let claim = Claim::of(data).map_err(JournalError::Store)?;
        drop(SledStore::open(&claim.store()).map_err(JournalError::Store)?);
        let path = settings.master_key_file();
        let master = if path.exists() { master::read(&path) } else { master::create(&path) };
        let master = master.map_err(JournalError::MasterKey)?;
        Keyring::create(&keys.join(KEYRING_FILE), &path, master).map_err(JournalError::Keyring)?;
        sync_directory(data)
            .map_err(|source| JournalError::Directory { path: data.clone(), source })
    }

    /// Opens the journal, and hands every event in it to `each`, in order.
    ///
    /// The [`Feed`] brings the events that are recorded from then on.
    pub fn open(
        settings: &Settings,
        each: impl FnMut(Recorded),
    ) -> Result<(Self, Feed), JournalError> {
        Self::open_for(settings, Needed::all, each)
    }

    /// The same, with no more of each event than `needs` asks for: to open seals and read texts
    /// that nobody keeps is half of what a start would cost. Every hash is checked all the same.
    pub fn open_for(
        settings: &Settings,
        needs: Needs,
        each: impl FnMut(Recorded),
    ) -> Result<(Self, Feed), JournalError> {
        Self::open_knowing(Forms::KNOWN, settings, needs, each)
    }

    /// The same by a version of the program that knows these forms of events.
    pub(crate) fn open_knowing(
        forms: Forms,
        settings: &Settings,
        needs: Needs,
        each: impl FnMut(Recorded),
    ) -> Result<(Self, Feed), JournalError> {
        let data = &settings.data_directory;
        require_initialised(data)?;
        let program = format::read(data).map_err(JournalError::Format)?;
        let claim = Claim::of(data).map_err(JournalError::Store)?;
        let keyring = data.join(KEYS_DIRECTORY).join(KEYRING_FILE);
        let (store, keyring) = thread::scope(|scope| {
            let open = || Keyring::open(&keyring, &settings.master_key_file());
            let keyring = scope.spawn(open);
            let store = rehearsal::open_store(&claim, data);
            (store, keyring.join().expect("opening the keyring does not panic"))
        });
        let store = store?;
        let keyring = keyring.map_err(|error| match error {
            KeyringError::MasterKey(error) => JournalError::MasterKey(error),
            error => JournalError::Keyring(error),
        })?;
        let known = head::read(data);
        let events = known.map(|heads| heads.events);
        let replayed = replay_log(&store, &keyring.keys(), forms, needs, events, each)
            .map_err(|error| JournalError::replay(error, program))?;
        let accesses =
            last_access(&store, known.map(|heads| heads.accesses)).map_err(JournalError::Replay)?;
        format::note(data, program).map_err(JournalError::Format)?;
        let head_file = HeadFile::open(data)
            .map_err(|source| JournalError::Directory { path: data.clone(), source })?;
        let shared = Arc::new(Shared {
            data_directory: data.clone(),
            store: Box::new(store),
            keyring,
            forms,
            last: AtomicU64::new(replayed.tail.position),
            accesses: Mutex::new(accesses),
            index: RwLock::new(replayed.index),
            outbox: Mutex::new(replayed.outbox),
            halted: OnceLock::new(),
            seen: Mutex::new(replayed.seen),
            checkpointing: Mutex::default(),
            attaching: Mutex::default(),
            _claim: claim,
        });
        let heads = Heads { events: replayed.tail, accesses };
        start(shared, heads, head_file)
    }
}

pub(crate) fn start(
    shared: Arc<Shared>,
    heads: Heads,
    head_file: HeadFile,
) -> Result<(Journal, Feed), JournalError> {
    let (feed, events) = mpsc::channel(FEED_LENGTH);
    let (queue, waiting) = mpsc::channel(QUEUE_LENGTH);
    let writer = Writer { shared: Arc::clone(&shared), feed, heads, head_file };
    let thread = thread::Builder::new()
        .name("journal-writer".to_owned())
        .spawn(move || writer.run(waiting))
        .map_err(JournalError::Writer)?;
    let writer = Arc::new(WriterThread(Some(thread)));
    Ok((Journal { queue, shared, _writer: writer }, events))
}

/// What one pass through the event log has built.
pub(crate) struct Replayed {
    pub(crate) tail: Tail,
    index: Index,
    outbox: Outbox,
    seen: HashMap<Uuid, Appended>,
}

pub(crate) fn replay_log(
    store: &dyn Store,
    keys: &Keys,
    forms: Forms,
    needs: Needs,
    known: Option<Tail>,
    mut each: impl FnMut(Recorded),
) -> Result<Replayed, ReadError> {
    let end = store.chunk_at(Log::Events, u64::MAX)?.map_or(0, |last| last.first.saturating_add(1));
    if end == u64::MAX {
        return Err(ReadError::undecodable(end));
    }
    let outbox = Outbox::from_state(store.state_under(Outbox::STATE_PREFIX)?);
    let mut replayed = Replayed {
        tail: Tail::empty(Log::Events),
        index: Index::default(),
        outbox,
        seen: HashMap::with_capacity(room_for_seen(known)),
    };
    // At position 0 stands what the first record is chained to.
    let mut known_hash = known.filter(|it| it.position == 0).map(|_| replayed.tail.hash);
    replay::in_order(
        store,
        Log::Events,
        0,
        end,
        |stored| Loaded::new(&stored?, keys, forms, needs, known),
        |loaded| replayed.take(loaded?, &mut known_hash, &mut each),
    )?;
    require_head(known, known_hash, replayed.tail)?;
    Ok(replayed)
}

/// Most appends are of one event or two; their table is not built over and over as it grows.
fn room_for_seen(known: Option<Tail>) -> usize {
    let appends = known.map_or(0, |tail| tail.position / 2);
    usize::try_from(appends).map_or(SEEN_AT_FIRST_MAX, |appends| appends.min(SEEN_AT_FIRST_MAX))
}

/// Notices that the log had once come further than it does now, or went on differently.
fn require_head(known: Option<Tail>, found: Option<Hash>, tail: Tail) -> Result<(), ReadError> {
    match known {
        Some(known) if found != Some(known.hash) => Err(cut_off(known, tail)),
        _ => Ok(()),
    }
}

fn cut_off(known: Tail, tail: Tail) -> ReadError {
    ReadError::Damaged {
        position: Position(known.position.min(tail.position + 1)),
        damage: Damage::CutOff { known: Position(known.position) },
    }
}

/// A chunk of the event log, checked and decoded, but not yet compared with those around it.
struct Loaded {
    first: u64,
    previous: Hash,
    head: Hash,
    facts: Vec<Fact>,
    marks: Vec<LoadedMark>,
    /// The hash at the position that the head file knows, if that lies in here.
    at_known: Option<Hash>,
}

struct LoadedMark {
    records: usize,
    key: Option<Uuid>,
    outbox: Vec<SealedEntry>,
    content: Option<ContentDigest>,
}

impl Loaded {
    fn new(
        stored: &StoredChunk,
        keys: &Keys,
        forms: Forms,
        needs: Needs,
        known: Option<Tail>,
    ) -> Result<Self, ReadError> {
        let chunk = Chunk::parse(stored.first, &stored.bytes)?;
        let marks = chunk.check()?;
        let mut room = Room::default();
        let mut facts = Vec::with_capacity(chunk.positions().count());
        for (position, record) in chunk.records() {
            facts.push(decode_needed(forms, record, position, keys, needs, &mut room)?);
        }
        let marks = marks.iter().map(|mark| LoadedMark {
            records: mark.records as usize,
            key: mark.key.map(|key| Uuid::from_bytes(key.into())),
            outbox: mark.outbox.iter().map(SealedEntry::from_mark).collect(),
            content: mark.content.and_then(|content| content.first_chunk().copied()),
        });
        Ok(Self {
            first: stored.first,
            previous: chunk.previous,
            head: chunk.head(),
            facts,
            marks: marks.collect(),
            at_known: known.and_then(|known| chunk.hash_at(known.position)),
        })
    }
}

impl Replayed {
    fn take(
        &mut self,
        loaded: Loaded,
        known_hash: &mut Option<Hash>,
        each: &mut impl FnMut(Recorded),
    ) -> Result<(), ReadError> {
        require_next(self.tail, loaded.first, loaded.previous)?;
        *known_hash = known_hash.or(loaded.at_known);
        let (mut first, end) = (loaded.first, loaded.first + loaded.facts.len() as u64);
        let mut marked = loaded.facts.as_slice();
        for mark in loaded.marks {
            let (appended, rest) = marked
                .split_at_checked(mark.records)
                .ok_or(ReadError::undecodable(loaded.first))?;
            if let Some(last) = appended.last() {
                let last_position = first + appended.len() as u64 - 1;
                self.take_mark(mark, last_position, last);
                first = last_position + 1;
            }
            marked = rest;
        }
        for (fact, position) in loaded.facts.into_iter().zip(loaded.first..) {
            if fact.version != self.index.push(fact.stream, position) {
                let damage = Damage::OutOfOrder { version: fact.version };
                return Err(ReadError::Damaged { position: Position(position), damage });
            }
            if let Some(recorded) = fact.recorded {
                each(recorded);
            }
        }
        self.tail = Tail { position: end - 1, hash: loaded.head };
        Ok(())
    }

    /// Takes in what an append was given beside its events, the last of which lies at `last`.
    fn take_mark(&mut self, mark: LoadedMark, last: u64, fact: &Fact) {
        let (stream, version) = (fact.stream, fact.version);
        if let Some(key) = mark.key {
            let (last, repeated, content) = (Position(last), false, mark.content);
            self.seen.insert(key, Appended { stream, last, version, repeated, content });
        }
        if !mark.outbox.is_empty() && !self.outbox.is_settled(last) {
            self.outbox.push(last, stream, mark.outbox);
        }
    }
}

pub(crate) fn require_next(tail: Tail, first: u64, previous: Hash) -> Result<(), ReadError> {
    let next = tail.position + 1;
    let damage = if next < first {
        Damage::Missing { until: Position(first - 1) }
    } else if first < next || previous != tail.hash {
        Damage::Unchained
    } else {
        return Ok(());
    };
    Err(ReadError::Damaged { position: Position(next), damage })
}

/// The end of the access log. Its middle is looked at when it is read or verified.
fn last_access(store: &dyn Store, known: Option<Tail>) -> Result<Tail, ReadError> {
    let Some(stored) = store.chunk_at(Log::Accesses, u64::MAX)? else {
        let empty = Tail::empty(Log::Accesses);
        return match known {
            Some(known) if known != empty => Err(cut_off(known, empty)),
            _ => Ok(empty),
        };
    };
    let chunk = Chunk::parse(stored.first, &stored.bytes)?;
    chunk.check()?;
    let tail = Tail { position: chunk.positions().end - 1, hash: chunk.head() };
    let found = known.and_then(|known| chunk.hash_at(known.position));
    match known {
        Some(known) if tail.position < known.position => Err(cut_off(known, tail)),
        Some(known) if found.is_some_and(|found| found != known.hash) => Err(cut_off(known, tail)),
        _ => Ok(tail),
    }
}

#[cfg(test)]
mod tests;
