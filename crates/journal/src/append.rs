//! Appending: what is asked for, what is answered, and the part that the caller's thread does.
//!
//! Serialising, sealing and hashing need no order and happen here, on as many threads as there
//! are callers. Order, chain and disk are the writer's: `writer.rs`.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

use domain::{Actor, Event, Position, StreamId, Time, Version};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::Journal;
use crate::attachment::{Attached, NewAttachment};
use crate::chunk::NewRecord;
use crate::keyring::{Keyring, KeyringError, Scope};
use crate::outbox::{OutboxEntry, SealedEntry};
use crate::record::{Record, Seal};
use crate::schema::{self, Forms, SchemaError, StoredEvent};
use crate::seal::scan::ScanError;
use crate::seal::{self, Place, SealedValues, SealingKey};
use crate::writer::{Reply, Work, WriteError};

/// The most that one append may hold, in bytes of records and messages.
pub const APPEND_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The most that the files attached with one append may hold together, in bytes.
pub const ATTACHMENTS_BYTES_MAX: usize = 256 * 1024 * 1024;

/// A request to record what has happened in one stream.
#[derive(Debug, Clone)]
pub struct Append {
    /// In which stream.
    pub stream: StreamId,
    /// How many events the stream is expected to hold; others make it a conflict.
    pub expected: Version,
    /// What happened; at least one event.
    pub events: Vec<Event>,
    /// When it was recorded. Kept to the microsecond.
    pub at: Time,
    /// Who caused it.
    pub by: Actor,
    /// The command's own number: an append that carries one already seen is not made again.
    pub idempotency: Option<Idempotency>,
    /// What is to be sent on because of it; kept together with the events, or not at all.
    pub outbox: Vec<OutboxEntry>,
}

/// A command's own number, and a digest of what is asked for under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotency {
    /// The number.
    pub key: Uuid,
    /// The digest, by which a repeat is told from something else under the same number. It is kept
    /// in the clear: whoever makes it sees to it that nothing can be guessed from it. Nothing
    /// where the number alone says what is asked for.
    pub content: Option<ContentDigest>,
}

/// The digest of what was asked for. Every key ever used lies in memory with its own, so it is no
/// longer than telling two things apart takes.
pub type ContentDigest = [u8; 8];

impl From<Uuid> for Idempotency {
    fn from(key: Uuid) -> Self {
        Self { key, content: None }
    }
}

/// An append that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// In which stream. For a repeated idempotency key, the stream of the first time.
    pub stream: StreamId,
    /// Position of its last event.
    pub last: Position,
    /// How many events the stream held with it.
    pub version: Version,
    /// Whether this was written before, under the same idempotency key.
    pub repeated: bool,
    /// What was asked for the first time under its idempotency key, as far as that was kept.
    pub content: Option<ContentDigest>,
}

/// Why nothing is known to be recorded.
#[derive(Debug, Clone)]
pub enum AppendError {
    /// The stream holds another number of events than was expected.
    Conflict {
        /// What was expected.
        expected: Version,
        /// What it holds.
        actual: Version,
    },
    /// The append has no events.
    Empty,
    /// The append is larger than [`APPEND_BYTES_MAX`], or its files than
    /// [`ATTACHMENTS_BYTES_MAX`].
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// An event has no stored form.
    NotStorable(Arc<SchemaError>),
    /// The personal values of an event cannot be told apart.
    NotSealable(ScanError),
    /// A file to be kept with an event could not be written; nothing is recorded.
    NotKept(Arc<io::Error>),
    /// A new key could not be made.
    NoKey(Arc<KeyringError>),
    /// Writing failed; whether it is on disk will be known after a restart.
    NotWritten(Arc<WriteError>),
    /// An earlier write failed, and nothing more is taken until the restart.
    Halted(Arc<WriteError>),
    /// The journal is shutting down.
    Closed,
}

impl From<SchemaError> for AppendError {
    fn from(error: SchemaError) -> Self {
        Self::NotStorable(Arc::new(error))
    }
}

impl From<ScanError> for AppendError {
    fn from(error: ScanError) -> Self {
        Self::NotSealable(error)
    }
}

impl From<KeyringError> for AppendError {
    fn from(error: KeyringError) -> Self {
        Self::NoKey(Arc::new(error))
    }
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { expected, actual } => {
                let (expected, actual) = (expected.0, actual.0);
                write!(f, "the stream holds {actual} events, where {expected} were expected")
            }
            Self::Empty => write!(f, "an append needs at least one event"),
            Self::TooLarge { bytes } => write!(
                f,
                "an append of {bytes} bytes is too large; at most {APPEND_BYTES_MAX} are taken, \
                 and {ATTACHMENTS_BYTES_MAX} of files"
            ),
            Self::NotStorable(_) => write!(f, "an event has no stored form"),
            Self::NotKept(_) => {
                write!(f, "a file could not be kept; nothing is recorded: look at the disk")
            }
            Self::NotSealable(_) => write!(f, "an event's personal values cannot be sealed"),
            Self::NoKey(_) => write!(f, "no key could be made for the event's personal values"),
            Self::NotWritten(_) => write!(
                f,
                "writing to the journal failed; whether this is recorded is known after a \
                 restart: repeat it then with the same idempotency key"
            ),
            Self::Halted(_) => write!(
                f,
                "an earlier write failed, and the journal takes nothing more; look at the disk, \
                 run `avvik verify`, and restart"
            ),
            Self::Closed => write!(f, "the journal is shutting down"),
        }
    }
}

impl Error for AppendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotStorable(source) => Some(source.as_ref()),
            Self::NotKept(source) => Some(source.as_ref()),
            Self::NotSealable(source) => Some(source),
            Self::NoKey(source) => Some(source.as_ref()),
            Self::NotWritten(source) | Self::Halted(source) => Some(source.as_ref()),
            Self::Conflict { .. } | Self::Empty | Self::TooLarge { .. } | Self::Closed => None,
        }
    }
}

/// An append ready for the writer: sealed, serialised and hashed.
pub(crate) struct PreparedAppend {
    pub(crate) stream: StreamId,
    pub(crate) expected: Version,
    pub(crate) at: Time,
    pub(crate) by: Actor,
    pub(crate) idempotency: Option<Idempotency>,
    pub(crate) events: Vec<Event>,
    pub(crate) records: Vec<NewRecord>,
    pub(crate) outbox: Vec<SealedEntry>,
    pub(crate) bytes: usize,
    pub(crate) reply: Reply<Appended>,
}

impl Journal {
    /// Records what has happened. When this answers, it is on disk, and the [`crate::Feed`] has
    /// it. A caller who stops waiting may or may not have recorded it.
    pub async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.append_with(append, Vec::new()).await
    }

    /// The same, with files that its events name. When this answers, they are on disk too.
    pub async fn append_with(
        &self,
        append: Append,
        files: Vec<NewAttachment>,
    ) -> Result<Appended, AppendError> {
        let attached = self.keep(append.stream, files).await?;
        let (reply, answer) = oneshot::channel();
        let shared = &self.shared;
        let prepared = prepare(append, &attached, &shared.keyring, shared.forms, reply)?;
        self.queue.send(Work::Append(Box::new(prepared))).await.map_err(|_| AppendError::Closed)?;
        answer.await.map_err(|_| AppendError::Closed)?
    }
}

fn prepare(
    append: Append,
    attached: &[(usize, Attached)],
    keyring: &Keyring,
    forms: Forms,
    reply: Reply<Appended>,
) -> Result<PreparedAppend, AppendError> {
    let Append { stream, expected, events, at, by, idempotency, outbox } = append;
    if events.is_empty() {
        return Err(AppendError::Empty);
    }
    let at = to_microseconds(at);
    let mut records = Vec::with_capacity(events.len());
    for (number, event) in events.iter().enumerate() {
        let version = Version(expected.0 + 1 + u32::try_from(number).expect("far fewer events"));
        let facts = Facts { stream, version, at, by };
        let own = attached.iter().filter(|(event, _)| *event == number);
        let own: Vec<Attached> = own.map(|(_, attached)| *attached).collect();
        let stored = schema::encode(forms, event)?;
        records.push(NewRecord::new(to_record_with(&stored, facts, own, |about| {
            let (id, key) = keyring.key_for(Scope::of(stream, about))?;
            Ok(SealingKey { id, key, nonce: seal::random_nonce() })
        })?));
    }
    let seal = |entry| SealedEntry::seal(entry, stream, keyring);
    let outbox = outbox.iter().map(seal).collect::<Result<Vec<_>, _>>()?;
    let bytes = records.iter().map(|it| it.bytes.len()).sum::<usize>()
        + outbox.iter().map(SealedEntry::size).sum::<usize>();
    if APPEND_BYTES_MAX < bytes {
        return Err(AppendError::TooLarge { bytes });
    }
    Ok(PreparedAppend {
        stream,
        expected,
        at,
        by,
        idempotency,
        events,
        records,
        outbox,
        bytes,
        reply,
    })
}

/// The time as it reads back from the journal, so that a view kept equals a view rebuilt.
pub(crate) fn to_microseconds(at: Time) -> Time {
    Time::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

/// What a record says beside the event itself.
#[derive(Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) stream: StreamId,
    pub(crate) version: Version,
    pub(crate) at: Time,
    pub(crate) by: Actor,
}

/// The bytes to store for an event, its personal values sealed.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn to_record(
    event: &StoredEvent,
    facts: Facts,
    key_for: impl FnMut(Option<Uuid>) -> Result<SealingKey, AppendError>,
) -> Result<Vec<u8>, AppendError> {
    to_record_with(event, facts, Vec::new(), key_for)
}

/// The same for an event that names files.
pub(crate) fn to_record_with(
    event: &StoredEvent,
    facts: Facts,
    attachments: Vec<Attached>,
    key_for: impl FnMut(Option<Uuid>) -> Result<SealingKey, AppendError>,
) -> Result<Vec<u8>, AppendError> {
    let Facts { stream, version, at, by } = facts;
    let place = Place::Event { stream, version, name: event.name };
    let sealed = seal::seal(&event.fields, place, key_for)?;
    let record = Record {
        kind: stream.kind.into(),
        stream: stream.id.into_bytes().into(),
        version: version.0,
        at: at.timestamp_micros(),
        by: by.into(),
        name: event.name,
        form: event.form,
        open: &sealed.open,
        holes: sealed.holes,
        seals: sealed.seals.iter().map(to_seal).collect(),
        attachments: Some(attachments).filter(|them| !them.is_empty()),
    };
    Ok(record.to_bytes())
}

pub(crate) fn to_seal(values: &SealedValues) -> Seal<'_> {
    Seal {
        key: values.key.0.into(),
        about: values.about.map(|about| about.into_bytes().into()),
        nonce: values.nonce.into(),
        text: &values.text,
    }
}
