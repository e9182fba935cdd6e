//! The outbox: messages that were recorded together with the events that ask for them.
//!
//! A message lies in the log, sealed with the key of the stream it was appended to; only how far
//! the sending has come is state. A message is handed out until it is marked as sent, so it may
//! go out twice when the service stops in between, and is never forgotten.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use domain::{Position, StreamId, Time};
use minicbor::{Decode, Encode};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::Journal;
use crate::append::AppendError;
use crate::chunk::OutboxMark;
use crate::keyring::{KeyId, Keyring, KeyringError, Keys, Scope};
use crate::record::Seal;
use crate::seal::{self, Nonce, Place};
use crate::store::{StateChange, StateEntry};
use crate::writer::Work;

/// A message to be sent on.
#[derive(Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// The message's own number, by which it is marked as sent.
    pub id: Uuid,
    /// Whatever the sender needs; opaque to the journal.
    pub payload: Vec<u8>,
}

/// Never shows the payload: what is debug-printed ends up in logs.
impl fmt::Debug for OutboxEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OutboxEntry({}, …)", self.id)
    }
}

/// A message that has not been sent yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingMessage {
    /// The message.
    pub entry: OutboxEntry,
    /// Position of the last event it was recorded with.
    pub position: Position,
    /// How often sending it has failed.
    pub attempts: u32,
    /// When it is to be tried next.
    pub next_attempt: NextAttempt,
}

/// When a message is to be tried next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextAttempt {
    /// It has not been tried.
    AtOnce,
    /// Not before this moment.
    NotBefore(Time),
    /// It was given up; somebody has to look.
    Never,
}

/// An outbox entry on its way to the writer, and as it is kept until it is sent.
pub(crate) struct SealedEntry {
    id: Uuid,
    key: KeyId,
    nonce: Nonce,
    text: Vec<u8>,
}

impl SealedEntry {
    pub(crate) fn seal(
        entry: &OutboxEntry,
        stream: StreamId,
        keyring: &Keyring,
    ) -> Result<Self, KeyringError> {
        let (id, key) = keyring.key_for(Scope::of(stream, None))?;
        let nonce = seal::random_nonce();
        let context = Place::Outbox { stream, id: entry.id }.context(id);
        let text = seal::encrypt(&key, &nonce, &context, &entry.payload);
        Ok(Self { id: entry.id, key: id, nonce, text })
    }

    pub(crate) fn from_mark(mark: &OutboxMark<'_>) -> Self {
        Self {
            id: Uuid::from_bytes(mark.id.into()),
            key: KeyId(mark.payload.key.into()),
            nonce: mark.payload.nonce.into(),
            text: mark.payload.text.to_vec(),
        }
    }

    pub(crate) fn to_mark(&self) -> OutboxMark<'_> {
        OutboxMark { id: self.id.into_bytes().into(), payload: self.as_seal() }
    }

    /// About how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        self.text.len() + 80
    }

    fn as_seal(&self) -> Seal<'_> {
        Seal { key: self.key.0.into(), about: None, nonce: self.nonce.into(), text: &self.text }
    }

    fn open(&self, stream: StreamId, keys: &Keys) -> Option<OutboxEntry> {
        let place = Place::Outbox { stream, id: self.id };
        match seal::open_seal(&self.as_seal(), place, keys) {
            Ok(payload) => Some(OutboxEntry { id: self.id, payload: payload?.to_vec() }),
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, id = %self.id, "a message in the outbox cannot be read");
                None
            }
        }
    }
}

/// How sending a message went.
pub(crate) enum OutboxNote {
    Sent(Uuid),
    Failed { message: Uuid, attempts: u32, next: NextAttempt },
}

/// How far the sending of a message has come, as it lies in the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
enum Progress {
    /// Sent; kept until every earlier message is sent too.
    #[n(0)]
    Sent,
    /// Tried in vain.
    #[n(1)]
    Failed {
        #[n(0)]
        attempts: u32,
        /// Microseconds since 1970; none when it was given up.
        #[n(1)]
        next: Option<i64>,
    },
}

/// Messages that wait, in the order they were recorded.
#[derive(Default)]
pub(crate) struct Outbox {
    waiting: BTreeMap<Slot, Waiting>,
    places: HashMap<Uuid, Slot>,
    /// Sent, while an earlier one still waits.
    sent: BTreeMap<Slot, Uuid>,
    /// What the state says about messages that the log has not been read as far as yet.
    progress: HashMap<Uuid, Progress>,
    /// Every message up to this position has been sent.
    settled: u64,
    /// The last position with a message.
    last: u64,
}

/// The last position of an append, and which of its messages.
type Slot = (u64, usize);

struct Waiting {
    entry: SealedEntry,
    stream: StreamId,
    attempts: u32,
    next_attempt: NextAttempt,
}

/// NOTE: part of the stored form.
const SETTLED: &[u8] = b"outbox/settled";
const ENTRIES: &[u8] = b"outbox/entry/";

impl Outbox {
    /// An outbox that knows what the state says, and is told of the messages in the log next.
    pub(crate) fn from_state(entries: Vec<(Vec<u8>, Vec<u8>)>) -> Self {
        let mut outbox = Self::default();
        for (key, value) in entries {
            if key == SETTLED {
                outbox.settled = value.try_into().map_or(0, u64::from_be_bytes);
            } else if let Some(id) = key.strip_prefix(ENTRIES)
                && let (Ok(id), Ok(progress)) = (Uuid::from_slice(id), minicbor::decode(&value))
            {
                outbox.progress.insert(id, progress);
            }
        }
        outbox
    }

    /// Up to which position every message has been sent, as the state says.
    pub(crate) fn settled_in(entries: &[StateEntry]) -> u64 {
        let settled = entries.iter().find(|(key, _)| key == SETTLED);
        settled
            .and_then(|(_, value)| value.as_slice().try_into().ok())
            .map_or(0, u64::from_be_bytes)
    }

    /// What the state says once every message up to `position` is somebody else's to send.
    pub(crate) fn state_settled(position: u64) -> StateEntry {
        (SETTLED.to_vec(), position.to_be_bytes().to_vec())
    }

    /// The keys that [`Outbox::from_state`] needs.
    pub(crate) const STATE_PREFIX: &[u8] = b"outbox/";

    /// Whether messages at this position have all been sent, so that nobody needs to look.
    pub(crate) fn is_settled(&self, position: u64) -> bool {
        position <= self.settled
    }

    /// Takes in the messages of one append.
    pub(crate) fn push(&mut self, position: u64, stream: StreamId, entries: Vec<SealedEntry>) {
        for (number, entry) in entries.into_iter().enumerate() {
            let place = (position, number);
            self.last = position;
            let (attempts, next_attempt) = match self.progress.remove(&entry.id) {
                Some(Progress::Sent) => {
                    self.sent.insert(place, entry.id);
                    continue;
                }
                Some(Progress::Failed { attempts, next }) => {
                    let next = next.and_then(Time::from_timestamp_micros);
                    (attempts, next.map_or(NextAttempt::Never, NextAttempt::NotBefore))
                }
                None => (0, NextAttempt::AtOnce),
            };
            self.places.insert(entry.id, place);
            self.waiting.insert(place, Waiting { entry, stream, attempts, next_attempt });
        }
    }

    fn pending(&self, keys: &Keys) -> Vec<PendingMessage> {
        let open = |((position, _), waiting): (&Slot, &Waiting)| {
            Some(PendingMessage {
                entry: waiting.entry.open(waiting.stream, keys)?,
                position: Position(*position),
                attempts: waiting.attempts,
                next_attempt: waiting.next_attempt,
            })
        };
        self.waiting.iter().filter_map(open).collect()
    }

    /// The messages of `streams` that wait.
    fn of(&self, streams: &HashSet<StreamId>) -> Vec<Uuid> {
        let theirs = self.waiting.values().filter(|it| streams.contains(&it.stream));
        theirs.map(|it| it.entry.id).collect()
    }

    /// Takes in how sending a message went, and says what that changes in the state.
    pub(crate) fn note(&mut self, note: &OutboxNote) -> Vec<StateChange> {
        match *note {
            OutboxNote::Sent(message) => self.sent(message),
            OutboxNote::Failed { message, attempts, next } => self.failed(message, attempts, next),
        }
    }

    fn sent(&mut self, id: Uuid) -> Vec<StateChange> {
        let Some(place) = self.places.remove(&id) else { return Vec::new() };
        self.waiting.remove(&place);
        self.sent.insert(place, id);
        let settled = self.waiting.keys().next().map_or(self.last, |(position, _)| position - 1);
        self.settled = self.settled.max(settled);
        let still_sent = self.sent.split_off(&(self.settled + 1, 0));
        let done = std::mem::replace(&mut self.sent, still_sent);
        let mut changes: Vec<_> = done.values().map(|id| change(*id, None)).collect();
        if place.0 <= self.settled {
            let value = Some(self.settled.to_be_bytes().to_vec());
            changes.push(StateChange { key: SETTLED.to_vec(), value });
        } else {
            changes.push(change(id, Some(Progress::Sent)));
        }
        changes
    }

    fn failed(&mut self, id: Uuid, attempts: u32, next: NextAttempt) -> Vec<StateChange> {
        let waiting = self.places.get(&id).and_then(|place| self.waiting.get_mut(place));
        let Some(waiting) = waiting else { return Vec::new() };
        waiting.attempts = attempts;
        waiting.next_attempt = next;
        let next = match next {
            NextAttempt::AtOnce => Some(0),
            NextAttempt::NotBefore(at) => Some(at.timestamp_micros()),
            NextAttempt::Never => None,
        };
        vec![change(id, Some(Progress::Failed { attempts, next }))]
    }
}

fn change(id: Uuid, progress: Option<Progress>) -> StateChange {
    let key = [ENTRIES, id.as_bytes()].concat();
    let value = progress.map(|it| minicbor::to_vec(it).expect("writing to memory cannot fail"));
    StateChange { key, value }
}

impl Journal {
    /// The messages that have not been sent, oldest first. One whose case has been erased is not
    /// among them.
    #[must_use]
    pub fn pending_messages(&self) -> Vec<PendingMessage> {
        let keys = self.shared.keyring.keys();
        self.shared.outbox().pending(&keys)
    }

    /// Notes that a message was sent; it is not handed out again.
    pub async fn mark_sent(&self, message: Uuid) -> Result<(), AppendError> {
        self.note_in_outbox(OutboxNote::Sent(message)).await
    }

    /// Notes that sending a message failed for the `attempts`-th time.
    pub async fn mark_failed(
        &self,
        message: Uuid,
        attempts: u32,
        next: NextAttempt,
    ) -> Result<(), AppendError> {
        self.note_in_outbox(OutboxNote::Failed { message, attempts, next }).await
    }

    /// Takes the messages of erased streams out of what waits. They cannot be read any more, and
    /// would keep those after them from being settled.
    pub(crate) async fn drop_messages(&self, streams: &HashSet<StreamId>) {
        let waiting = self.shared.outbox().of(streams);
        for message in waiting {
            if let Err(error) = self.mark_sent(message).await {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, id = %message, "a message of an erased case still waits");
            }
        }
    }

    async fn note_in_outbox(&self, note: OutboxNote) -> Result<(), AppendError> {
        let (reply, answer) = oneshot::channel();
        let work = Work::Outbox { note, reply };
        self.queue.send(work).await.map_err(|_| AppendError::Closed)?;
        answer.await.map_err(|_| AppendError::Closed)?
    }
}
