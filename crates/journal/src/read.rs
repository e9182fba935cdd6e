//! Reading events back: checked against their hashes, unsealed, and brought up to date.

use std::error::Error;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use domain::{Needed, Needs, Position, Recorded, StreamId, Time, Version};

use crate::attachment::AttachmentError;
use crate::chunk::{Chunk, ChunkFault};
use crate::keyring::Keys;
use crate::record::Record;
use crate::schema::{self, Forms, SchemaError};
use crate::seal::{self, Place, Room, UnsealError};
use crate::store::{Log, StoreError};
use crate::verify::Damage;
use crate::{Journal, Shared};

/// Why something in the journal could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The store failed.
    Store(StoreError),
    /// What is stored is not what was written.
    Damaged {
        /// The first position at which it shows.
        position: Position,
        /// What is wrong.
        damage: Damage,
    },
    /// The event has a form that this version of the program does not know.
    Unknown {
        /// The event's position.
        position: Position,
        /// What is not known.
        source: SchemaError,
    },
    /// The event belongs to a kind of stream that this version of the program does not know.
    UnknownKind {
        /// The event's position.
        position: Position,
        /// The stored name of the kind.
        kind: String,
    },
    /// The event's personal values could not be unsealed.
    Sealed {
        /// The event's position.
        position: Position,
        /// Why.
        source: UnsealError,
    },
    /// A file kept with the event could not be read.
    Attachment {
        /// The event's position.
        position: Position,
        /// Why.
        source: AttachmentError,
    },
}

impl ReadError {
    /// Whether a newer version of the program can read what this one cannot.
    pub(crate) fn is_too_new(&self) -> bool {
        use SchemaError::{NewerForm, UnknownName};
        match self {
            Self::Unknown { source, .. } => {
                matches!(source, UnknownName { .. } | NewerForm { .. })
            }
            Self::UnknownKind { .. } => true,
            Self::Store(_)
            | Self::Damaged { .. }
            | Self::Sealed { .. }
            | Self::Attachment { .. } => false,
        }
    }

    pub(crate) fn undecodable(position: u64) -> Self {
        Self::Damaged { position: Position(position), damage: Damage::Undecodable }
    }
}

impl From<StoreError> for ReadError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ChunkFault> for ReadError {
    fn from(fault: ChunkFault) -> Self {
        Self::Damaged { position: Position(fault.position), damage: fault.damage }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(_) => write!(f, "the journal could not be read"),
            Self::Damaged { position, damage } => write!(
                f,
                "the journal is damaged at position {}: {damage}; \
                 run `avvik verify` and restore a backup",
                position.0
            ),
            Self::Unknown { position, .. } => {
                write!(f, "the event at position {} is not understood", position.0)
            }
            Self::UnknownKind { position, kind } => write!(
                f,
                "the event at position {} belongs to {kind}, a kind of stream that is unknown to \
                 this version of avvik",
                position.0
            ),
            Self::Sealed { position, .. } => write!(
                f,
                "the personal values of the event at position {} cannot be read",
                position.0
            ),
            Self::Attachment { position, .. } => {
                write!(f, "a file attached at position {} cannot be read", position.0)
            }
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Store(source) => Some(source),
            Self::Unknown { source, .. } => Some(source),
            Self::Sealed { source, .. } => Some(source),
            Self::Attachment { source, .. } => Some(source),
            Self::Damaged { .. } | Self::UnknownKind { .. } => None,
        }
    }
}

impl Journal {
    /// Every event of a stream, in order; none if there is no such stream.
    pub async fn read_stream(&self, stream: StreamId) -> Result<Vec<Recorded>, ReadError> {
        self.blocking(move |shared| shared.stream(stream)).await
    }

    /// At most `limit` events of any stream after a position, in order. It waits for the disk on
    /// the thread it is called on.
    pub fn read_all(&self, after: Position, limit: usize) -> Result<Vec<Recorded>, ReadError> {
        self.shared.all(after, limit)
    }

    /// Hands what was known at a moment to `each`, in order, until that breaks off: of every event
    /// recorded by then, as much as `needs` asks for. What was erased since reads as erased.
    ///
    /// It reads the whole log, a chunk at a time, on the thread it is called on. A crisis copy's
    /// events come after later ones, so that no position tells where to stop.
    pub fn read_known_at(
        &self,
        moment: Time,
        needs: Needs,
        each: impl FnMut(Recorded) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let every = After { position: Position(0), until: Position(u64::MAX) };
        self.shared.read_through(every, Some(moment), needs, each)
    }

    /// Hands every event after a position and up to another to `each`, in order, until that breaks
    /// off: as much of it as `needs` asks for. It reads a chunk at a time, on the thread it is
    /// called on.
    pub fn read_between(
        &self,
        after: Position,
        until: Position,
        needs: Needs,
        each: impl FnMut(Recorded) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        self.shared.read_through(After { position: after, until }, None, needs, each)
    }

    /// Runs what reads the disk where it keeps nobody else waiting.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Shared) -> T + Send + 'static,
    ) -> T {
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || read(&shared)).await.expect("reading does not panic")
    }
}

impl Shared {
    fn stream(&self, stream: StreamId) -> Result<Vec<Recorded>, ReadError> {
        let positions = self.index().positions(stream).to_vec();
        let keys = self.keyring.keys();
        let mut events = Vec::with_capacity(positions.len());
        let mut room = Room::default();
        let mut rest = positions.as_slice();
        while let Some(next) = rest.first() {
            let stored = self.store.chunk_at(Log::Events, *next)?;
            let stored = stored.ok_or(missing(*next))?;
            let chunk = Chunk::parse(stored.first, &stored.bytes)?;
            let here = rest.iter().take_while(|it| chunk.positions().contains(it)).count();
            if here == 0 {
                return Err(missing(*next).into());
            }
            for position in &rest[..here] {
                let event =
                    decode(self.forms, chunk.record(*position)?, *position, &keys, &mut room)?;
                let version = Version(u32::try_from(events.len() + 1).expect("as the index"));
                if event.stream != stream || event.version != version {
                    let damage = Damage::OutOfOrder { version: event.version };
                    return Err(ReadError::Damaged { position: event.position, damage });
                }
                events.push(event);
            }
            rest = &rest[here..];
        }
        Ok(events)
    }

    fn all(&self, after: Position, limit: usize) -> Result<Vec<Recorded>, ReadError> {
        // What is not yet acknowledged is nobody's to read.
        let last = self.last_position();
        let keys = self.keyring.keys();
        let mut events = Vec::new();
        let mut room = Room::default();
        let mut next = after.0 + 1;
        while next <= last && events.len() < limit {
            let stored = self.store.chunk_at(Log::Events, next)?.ok_or(missing(next))?;
            let chunk = Chunk::parse(stored.first, &stored.bytes)?;
            let until = chunk.positions().end.min(last + 1);
            if until <= next {
                return Err(missing(next).into());
            }
            for position in (next..until).take(limit - events.len()) {
                let record = chunk.record(position)?;
                events.push(decode(self.forms, record, position, &keys, &mut room)?);
            }
            next = until;
        }
        Ok(events)
    }
}

/// A stretch of the log: what comes after a position, up to another.
#[derive(Debug, Clone, Copy)]
struct After {
    position: Position,
    until: Position,
}

impl Shared {
    /// Hands over what lies in a stretch, and of that only what was recorded by `moment`, where
    /// there is one.
    fn read_through(
        &self,
        after: After,
        moment: Option<Time>,
        needs: Needs,
        mut each: impl FnMut(Recorded) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        // What is not yet acknowledged is nobody's to read.
        let last = self.last_position().min(after.until.0);
        let mut next = after.position.0.saturating_add(1);
        if last < next {
            return Ok(());
        }
        let first = self.store.chunk_at(Log::Events, next)?.ok_or(missing(next))?.first;
        let mut room = Room::default();
        for stored in self.store.chunks(Log::Events, first, last + 1) {
            let stored = stored?;
            let chunk = Chunk::parse(stored.first, &stored.bytes)?;
            let begins_right = stored.first == first || chunk.positions().start == next;
            if !begins_right || !chunk.positions().contains(&next) {
                return Err(missing(next).into());
            }
            let here = next..chunk.positions().end.min(last + 1);
            next = here.end;
            // For one chunk at a time, since whoever reports anew waits for them.
            let keys = self.keyring.keys();
            for position in here {
                let record = chunk.record(position)?;
                let at = Record::from_bytes(record).and_then(|record| record.time());
                let at = at.ok_or_else(|| ReadError::undecodable(position))?;
                if moment.is_some_and(|moment| moment < at) {
                    continue;
                }
                let fact = decode_needed(self.forms, record, position, &keys, needs, &mut room)?;
                if let Some(recorded) = fact.recorded
                    && each(recorded).is_break()
                {
                    return Ok(());
                }
            }
        }
        if next <= last { Err(missing(next).into()) } else { Ok(()) }
    }
}

pub(crate) fn missing(position: u64) -> ChunkFault {
    ChunkFault { position, damage: Damage::Missing { until: Position(position) } }
}

/// The event in a record whose hash has been checked.
pub(crate) fn decode(
    forms: Forms,
    record: &[u8],
    position: u64,
    keys: &Keys,
    room: &mut Room,
) -> Result<Recorded, ReadError> {
    let fact = decode_needed(forms, record, position, keys, Needed::all, room)?;
    Ok(fact.recorded.expect("everything is needed"))
}

/// A record that has been read.
pub(crate) struct Fact {
    pub(crate) stream: StreamId,
    pub(crate) version: Version,
    /// What is needed of it.
    pub(crate) recorded: Option<Recorded>,
}

/// As much as is needed of the event in a record whose hash has been checked. Of what is not
/// needed, the name, the form and the keys are known all the same.
pub(crate) fn decode_needed(
    forms: Forms,
    record: &[u8],
    position: u64,
    keys: &Keys,
    needs: Needs,
    room: &mut Room,
) -> Result<Fact, ReadError> {
    let place = Position(position);
    let record = Record::from_bytes(record).ok_or_else(|| ReadError::undecodable(position))?;
    let stream = record
        .stream_id()
        .ok_or_else(|| ReadError::UnknownKind { position: place, kind: record.kind.to_owned() })?;
    let at = record.time().ok_or_else(|| ReadError::undecodable(position))?;
    let version = record.version();
    let unknown = |source| ReadError::Unknown { position: place, source };
    let sealed = |source| ReadError::Sealed { position: place, source };
    let needed = needs(stream.kind, record.name);
    schema::begin(record.name, &mut room.json);
    let Record { open, ref holes, ref seals, .. } = record;
    match needed {
        Needed::Everything => {
            let seals_of = Place::Event { stream, version, name: record.name };
            seal::unseal(open, holes, seals, seals_of, keys, room).map_err(sealed)?;
        }
        Needed::Open | Needed::Nothing => {
            seal::require_keys(seals, keys).map_err(sealed)?;
        }
    }
    if needed == Needed::Nothing {
        schema::require_known(forms, stream.kind, record.name, record.form).map_err(unknown)?;
        return Ok(Fact { stream, version, recorded: None });
    }
    if needed == Needed::Open {
        let nothing = vec![None; seals.len()];
        seal::fill(open, holes, seals, &nothing, &mut room.json).map_err(sealed)?;
    }
    let event = schema::decode(forms, stream.kind, record.name, record.form, &mut room.json);
    let (by, event) = (record.by.into(), event.map_err(unknown)?);
    let recorded = Recorded { position: place, stream, version, at, by, event };
    Ok(Fact { stream, version, recorded: Some(recorded) })
}
