//! The one writer: gives every record its place, and takes all that waits to disk in one flush.
//!
//! While one flush is under way, the next round gathers in the queue; so the more is asked for at
//! once, the more shares a flush. Nobody gets an answer before the flush their answer rests on,
//! not even that of a conflict. After a failed write nothing more is taken: what is on disk then
//! is known only to the next start.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use domain::{Position, Recorded, StreamId, Version};
use tokio::sync::{mpsc, oneshot};

use crate::Shared;
use crate::append::{AppendError, Appended, Idempotency, PreparedAppend};
use crate::chunk::{Draft, Mark, NewRecord};
use crate::head::{HeadFile, Heads, Tail};
use crate::keyring::KeyringError;
use crate::outbox::{OutboxNote, SealedEntry};
use crate::store::{Batch, StateChange, StoreError};

/// No more than this is gathered for one flush.
const ROUND_RECORDS_MAX: usize = 4096;
const ROUND_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Where the writer's answer goes.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, AppendError>>;

/// What the writer can be asked for.
pub(crate) enum Work {
    Append(Box<PreparedAppend>),
    Access { line: NewRecord, reply: Reply<()> },
    State { changes: Vec<StateChange>, reply: Reply<()> },
    Outbox { note: OutboxNote, reply: Reply<()> },
}

/// Why a write did not reach the disk.
#[derive(Debug)]
pub enum WriteError {
    /// The new keys did not.
    Keyring(KeyringError),
    /// The records or the state did not.
    Store(StoreError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyring(_) => write!(f, "new keys did not reach the disk"),
            Self::Store(_) => write!(f, "records did not reach the disk"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Keyring(source) => Some(source),
            Self::Store(source) => Some(source),
        }
    }
}

/// The writer's own knowledge; nobody else changes the journal.
pub(crate) struct Writer {
    pub(crate) shared: Arc<Shared>,
    pub(crate) feed: mpsc::Sender<Vec<Recorded>>,
    pub(crate) heads: Heads,
    pub(crate) head_file: HeadFile,
}

/// What goes to disk under one flush, and who waits for it.
struct Round {
    events: LogRound,
    accesses: LogRound,
    state: Vec<StateChange>,
    /// Versions of streams that this round adds to.
    versions: HashMap<StreamId, Version>,
    recorded: Vec<Recorded>,
    messages: Vec<(u64, StreamId, Vec<SealedEntry>)>,
    waiting: Vec<Waiting>,
    records: usize,
    bytes: usize,
}

/// Somebody who waits for the flush, and what they will hear then.
enum Waiting {
    Append(Reply<Appended>, Result<Appended, AppendError>),
    Other(Reply<()>),
}

/// The chunks that one log gets in a round.
struct LogRound {
    chunks: Vec<Draft>,
    tail: Tail,
}

impl LogRound {
    fn new(tail: Tail) -> Self {
        Self { chunks: Vec::new(), tail }
    }

    /// Takes in what is appended together; returns the position of its first record.
    fn push(&mut self, records: Vec<NewRecord>, bytes: usize, mark: Option<&Mark<'_>>) -> u64 {
        let first = self.tail.position + 1;
        if !self.chunks.last().is_some_and(|chunk| chunk.has_room(records.len(), bytes)) {
            self.chunks.push(Draft::new(first, self.tail.hash));
        }
        let chunk = self.chunks.last_mut().expect("one was pushed just now where there was none");
        chunk.push(records, mark);
        self.tail = Tail { position: chunk.end() - 1, hash: chunk.head() };
        first
    }
}

impl Writer {
    /// Works until every [`crate::Journal`] is gone.
    pub(crate) fn run(mut self, mut queue: mpsc::Receiver<Work>) {
        while let Some(work) = queue.blocking_recv() {
            let mut round = self.new_round();
            self.take(work, &mut round);
            while round.has_room()
                && let Ok(work) = queue.try_recv()
            {
                self.take(work, &mut round);
            }
            self.commit(round);
        }
    }

    fn new_round(&self) -> Round {
        Round {
            events: LogRound::new(self.heads.events),
            accesses: LogRound::new(self.heads.accesses),
            state: Vec::new(),
            versions: HashMap::new(),
            recorded: Vec::new(),
            messages: Vec::new(),
            waiting: Vec::new(),
            records: 0,
            bytes: 0,
        }
    }

    fn take(&mut self, work: Work, round: &mut Round) {
        match work {
            Work::Append(append) => {
                let (reply, outcome) = self.place(*append, round);
                round.waiting.push(Waiting::Append(reply, outcome));
            }
            Work::Access { line, reply } => {
                let bytes = line.bytes.len();
                round.note_size(1, bytes);
                round.accesses.push(vec![line], bytes, None);
                round.waiting.push(Waiting::Other(reply));
            }
            Work::State { changes, reply } => {
                round.note_size(changes.len(), 0);
                round.state.extend(changes);
                round.waiting.push(Waiting::Other(reply));
            }
            Work::Outbox { note, reply } => {
                let changes = self.shared.outbox().note(&note);
                round.note_size(1, 0);
                round.state.extend(changes);
                round.waiting.push(Waiting::Other(reply));
            }
        }
    }

    /// Gives an append its place, unless it was made before or conflicts.
    fn place(
        &mut self,
        append: PreparedAppend,
        round: &mut Round,
    ) -> (Reply<Appended>, Result<Appended, AppendError>) {
        let PreparedAppend { stream, expected, idempotency, reply, .. } = append;
        if let Some(appended) = idempotency.and_then(|it| self.shared.appended_under(it.key)) {
            return (reply, Ok(Appended { repeated: true, ..appended }));
        }
        let actual = round.versions.get(&stream).copied();
        let actual = actual.unwrap_or_else(|| self.shared.index().version(stream));
        if actual != expected {
            return (reply, Err(AppendError::Conflict { expected, actual }));
        }
        let content = idempotency.and_then(|it| it.content);
        let mark = Mark {
            records: u32::try_from(append.records.len()).expect("the size of an append is bounded"),
            key: idempotency.map(|it| it.key.into_bytes().into()),
            outbox: append.outbox.iter().map(SealedEntry::to_mark).collect(),
            content: content.as_ref().map(|it| it[..].into()),
        };
        round.note_size(append.records.len(), append.bytes);
        let first = round.events.push(append.records, append.bytes, Some(&mark));
        let places = (first..).zip(expected.0 + 1..);
        round.recorded.extend(append.events.into_iter().zip(places).map(
            |(event, (position, version))| Recorded {
                position: Position(position),
                stream,
                version: Version(version),
                at: append.at,
                by: append.by,
                event,
            },
        ));
        let last = round.events.tail.position;
        let version = Version(expected.0 + mark.records);
        round.versions.insert(stream, version);
        if !append.outbox.is_empty() {
            round.messages.push((last, stream, append.outbox));
        }
        let last = Position(last);
        let appended = Appended { stream, last, version, repeated: false, content };
        if let Some(Idempotency { key, .. }) = idempotency {
            self.shared.seen().insert(key, appended);
        }
        (reply, Ok(appended))
    }

    fn commit(&mut self, mut round: Round) {
        let heads = Heads { events: round.events.tail, accesses: round.accesses.tail };
        let batch = Batch {
            events: round.events.chunks.into_iter().map(Draft::finish).collect(),
            accesses: round.accesses.chunks.into_iter().map(Draft::finish).collect(),
            state: std::mem::take(&mut round.state),
        };
        if let Some(error) = self.shared.halted.get() {
            return refuse(round.waiting, || AppendError::Halted(Arc::clone(error)));
        }
        if let Err(error) = self.write(batch) {
            let error: Arc<WriteError> = Arc::new(error);
            let cause: &dyn Error = error.as_ref();
            tracing::error!(cause, "the journal has stopped taking in anything");
            let error = self.shared.halted.get_or_init(|| error);
            return refuse(round.waiting, || AppendError::NotWritten(Arc::clone(error)));
        }
        if heads != self.heads {
            self.heads = heads;
            *self.shared.accesses.lock().unwrap_or_else(PoisonError::into_inner) = heads.accesses;
            if let Err(error) = self.head_file.write(&heads) {
                let error: &dyn Error = &error;
                tracing::warn!(error, "the head file could not be written");
            }
        }
        self.publish(round.recorded, round.messages);
        for waiting in round.waiting {
            // Whoever no longer listens has lost nothing but the answer.
            match waiting {
                Waiting::Append(reply, outcome) => drop(reply.send(outcome)),
                Waiting::Other(reply) => drop(reply.send(Ok(()))),
            }
        }
    }

    fn write(&self, batch: Batch) -> Result<(), WriteError> {
        // Keys first: a record whose key is lost could not be read.
        self.shared.keyring.sync().map_err(WriteError::Keyring)?;
        if batch.is_empty() {
            return Ok(());
        }
        self.shared.store.commit(batch).map_err(WriteError::Store)
    }

    /// Lets readers see what is on disk now.
    fn publish(&self, recorded: Vec<Recorded>, messages: Vec<(u64, StreamId, Vec<SealedEntry>)>) {
        if recorded.is_empty() {
            return;
        }
        let mut index = self.shared.index_mut();
        for it in &recorded {
            index.push(it.stream, it.position.0);
        }
        self.shared.last.store(index.last(), Ordering::Release);
        drop(index);
        let mut outbox = self.shared.outbox();
        for (position, stream, entries) in messages {
            outbox.push(position, stream, entries);
        }
        drop(outbox);
        // Nobody needs to listen.
        drop(self.feed.blocking_send(recorded));
    }
}

impl Round {
    fn note_size(&mut self, records: usize, bytes: usize) {
        self.records += records;
        self.bytes += bytes;
    }

    fn has_room(&self) -> bool {
        self.records < ROUND_RECORDS_MAX && self.bytes < ROUND_BYTES_MAX
    }
}

fn refuse(waiting: Vec<Waiting>, error: impl Fn() -> AppendError) {
    for waiting in waiting {
        match waiting {
            Waiting::Append(reply, _) => drop(reply.send(Err(error()))),
            Waiting::Other(reply) => drop(reply.send(Err(error()))),
        }
    }
}

#[cfg(test)]
mod tests;
