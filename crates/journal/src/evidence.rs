//! Evidence: one stream's events as they are shown, and all it takes to check that they stand in
//! the log as a signed checkpoint covers it, away from the journal and its keys.
//!
//! Checked are: the signatures; that the newest checkpoint's log begins with the earliest one's;
//! for every event that its stored bytes are in the log at its position; that they are one
//! stream's events from the first on without a gap; and that what is shown is what the bytes say,
//! with every personal value as it was sealed. That no later event was left out cannot be seen.

mod fault;

use std::error::Error;
use std::fmt;

use chrono::SecondsFormat;
use domain::ids::PersonId;
use domain::{Actor, Position, StreamId, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::chain::{self, Hash};
use crate::checkpoint::{self, CheckpointError, Kept, PublicKey, SignedCheckpoint};
use crate::chunk::Chunk;
use crate::keyring::Keys;
use crate::read::{ReadError, missing};
use crate::record::{Record, Seal};
use crate::seal::{self, Opening, Place};
use crate::store::Log;
use crate::tree::{self, Tree};
use crate::{Journal, Shared};

pub use fault::EvidenceFault;

/// One stream's events with their proofs.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The newest checkpoint; it covers every event here.
    pub checkpoint: SignedCheckpoint,
    /// The earliest that is kept.
    pub earliest: SignedCheckpoint,
    /// That the newest one's log begins with the earliest one's.
    pub consistency: Vec<Hash>,
    /// The log's public key.
    pub public_key: PublicKey,
    /// The events, the oldest first.
    pub events: Vec<EvidenceEvent>,
}

/// One event with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceEvent {
    /// Its stored bytes.
    pub record: Vec<u8>,
    /// That they are in the newest checkpoint's log at its position.
    pub inclusion: Vec<Hash>,
    /// What opens each of its seals; nothing for one that is withheld or whose key is destroyed.
    pub openings: Vec<Option<Opening>>,
    /// What it says.
    pub shown: Shown,
}

/// An event as it is shown, in its stored form with every personal value in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Where in the log.
    pub position: u64,
    /// In which stream: kind and identifier.
    pub stream: String,
    /// Which of the stream's events, from 1.
    pub version: u32,
    /// When it was recorded, in UTC, to the microsecond.
    pub at: String,
    /// Who caused it, as an [`Actor`] is written. Kept as it stands: read as one, an identifier in
    /// capitals would pass for the same.
    pub by: Value,
    /// What happened.
    pub name: String,
    /// The number of the form its fields have.
    pub form: u16,
    /// All about it.
    pub fields: Value,
}

/// Why there is no evidence.
#[derive(Debug)]
pub enum EvidenceError {
    /// The stream has no events.
    NoEvents,
    /// The log could not be read.
    Read(ReadError),
    /// There is no checkpoint to hold it against.
    Checkpoint(CheckpointError),
}

impl fmt::Display for EvidenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoEvents => "there is nothing to give evidence of",
            Self::Read(_) => "the events cannot be read",
            Self::Checkpoint(_) => "there is no checkpoint to hold them against",
        })
    }
}

impl Error for EvidenceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoEvents => None,
            Self::Read(source) => Some(source),
            Self::Checkpoint(source) => Some(source),
        }
    }
}

impl Journal {
    /// Evidence of everything in a stream. What is sealed for `withheld` stays closed, as if it
    /// were erased. Makes a checkpoint first where none covers all of it.
    pub async fn evidence(
        &self,
        stream: StreamId,
        withheld: Option<PersonId>,
        at: Time,
    ) -> Result<Evidence, EvidenceError> {
        self.blocking(move |shared| shared.evidence(stream, withheld, at)).await
    }
}

impl Shared {
    fn evidence(
        &self,
        stream: StreamId,
        withheld: Option<PersonId>,
        at: Time,
    ) -> Result<Evidence, EvidenceError> {
        let positions = self.index().positions(stream).to_vec();
        let last = *positions.last().ok_or(EvidenceError::NoEvents)?;
        let (tree, kept) = self.covering(last, at).map_err(EvidenceError::Checkpoint)?;
        let (earliest, newest) = (kept.first(), kept.last());
        let earliest = &earliest.expect("one covers the last event").signed;
        let checkpoint = &newest.expect("one covers the last event").signed;
        let size = checkpoint.checkpoint.size;
        let public_key = checkpoint::published(&self.data_directory);
        let public_key = public_key.map_err(EvidenceError::Checkpoint)?;
        let events = positions.into_iter().map(|position| {
            let inclusion = tree.inclusion(position - 1, size);
            self.evidence_event(position, withheld, inclusion).map_err(EvidenceError::Read)
        });
        Ok(Evidence {
            events: events.collect::<Result<_, _>>()?,
            consistency: tree.consistency(earliest.checkpoint.size, size),
            public_key: public_key.expect("a checkpoint was signed with it"),
            checkpoint: checkpoint.clone(),
            earliest: earliest.clone(),
        })
    }

    /// The whole log's tree, and all checkpoints, the last of which covers a position.
    fn covering(&self, position: u64, at: Time) -> Result<(Tree, Vec<Kept>), CheckpointError> {
        let _one_at_a_time = self.checkpointing();
        let data = &self.data_directory;
        let mut kept = checkpoint::read_all(data)?;
        let borne_out = checkpoint::borne_out(self, &kept)?;
        if kept.last().is_none_or(|newest| newest.signed.checkpoint.size < position) {
            let made = checkpoint::make(data, &kept, &borne_out, at)?;
            kept.push(made);
        }
        Ok((borne_out.tree, kept))
    }

    fn evidence_event(
        &self,
        position: u64,
        withheld: Option<PersonId>,
        inclusion: Vec<Hash>,
    ) -> Result<EvidenceEvent, ReadError> {
        let stored = self.store.chunk_at(Log::Events, position)?.ok_or(missing(position))?;
        let chunk = Chunk::parse(stored.first, &stored.bytes)?;
        let bytes = chunk.record(position)?;
        let undecodable = || ReadError::undecodable(position);
        let record = Record::from_bytes(bytes).ok_or_else(undecodable)?;
        let sealed = |source| ReadError::Sealed { position: Position(position), source };
        let keys: &Keys = &self.keyring.keys();
        let is_withheld = |seal: &Seal<'_>| withheld.is_some_and(|it| seal.about() == Some(it.0));
        let openings = record
            .seals
            .iter()
            .map(|seal| if is_withheld(seal) { Ok(None) } else { Opening::of(seal, keys) });
        let openings = openings.collect::<Result<Vec<_>, _>>().map_err(sealed)?;
        let shown = show(position, &record, &openings).ok_or_else(undecodable)?;
        Ok(EvidenceEvent { record: bytes.to_owned(), inclusion, openings, shown })
    }
}

/// What a record says, with these openings; nothing if they do not open it.
pub(crate) fn show(
    position: u64,
    record: &Record<'_>,
    openings: &[Option<Opening>],
) -> Option<Shown> {
    let stream = record.stream_id()?;
    let version = record.version();
    let place = Place::Event { stream, version, name: record.name };
    if openings.len() != record.seals.len() {
        return None;
    }
    let open = |(seal, opening): (_, &Option<Opening>)| match opening {
        Some(opening) => opening.open(seal, place).map(Some),
        None => Some(None),
    };
    let parcels = record.seals.iter().zip(openings).map(open).collect::<Option<Vec<_>>>()?;
    let parcels: Vec<_> =
        parcels.iter().map(|parcel| parcel.as_deref().map(Vec::as_slice)).collect();
    let mut json = Vec::new();
    seal::fill(record.open, &record.holes, &record.seals, &parcels, &mut json).ok()?;
    Some(Shown {
        position,
        stream: stream.to_string(),
        version: version.0,
        at: record.time()?.to_rfc3339_opts(SecondsFormat::Micros, true),
        by: serde_json::to_value(Actor::from(record.by)).ok()?,
        name: record.name.to_owned(),
        form: record.form,
        fields: serde_json::from_slice(&json).ok()?,
    })
}

impl Evidence {
    /// Whether everything holds together under the log's public key, and if not, what does not.
    pub fn check(&self, key: &PublicKey) -> Result<(), EvidenceFault> {
        let (newest, earliest) = (&self.checkpoint, &self.earliest);
        for signed in [newest, earliest] {
            if !signed.is_signed_by(key) {
                return Err(EvidenceFault::NotSigned { size: signed.checkpoint.size });
            }
        }
        let (newest, earliest) = (&newest.checkpoint, &earliest.checkpoint);
        let (new, old) = ((newest.size, &newest.root), (earliest.size, &earliest.root));
        if !tree::is_consistent(old, new, &self.consistency) {
            return Err(EvidenceFault::Inconsistent { earlier: old.0, size: new.0 });
        }
        if self.events.is_empty() {
            return Err(EvidenceFault::NoEvents);
        }
        let mut before: Option<&Shown> = None;
        for event in &self.events {
            event.check(newest.size, &newest.root)?;
            let shown = &event.shown;
            let follows = before.is_none_or(|before| {
                before.stream == shown.stream && before.position < shown.position
            });
            if !follows || before.map_or(0, |before| before.version) + 1 != shown.version {
                return Err(EvidenceFault::OutOfOrder { position: shown.position });
            }
            before = Some(shown);
        }
        Ok(())
    }
}

impl EvidenceEvent {
    fn check(&self, size: u64, root: &Hash) -> Result<(), EvidenceFault> {
        let position = self.shown.position;
        let leaf = chain::leaf(&self.record);
        let number = position.checked_sub(1);
        let led_to =
            number.and_then(|number| tree::root_from(&leaf, number, size, &self.inclusion));
        if led_to.as_ref() != Some(root) {
            return Err(EvidenceFault::NotIncluded { position });
        }
        let record = Record::from_bytes(&self.record);
        let shown = record.and_then(|record| show(position, &record, &self.openings));
        if shown.as_ref() == Some(&self.shown) {
            Ok(())
        } else {
            Err(EvidenceFault::ShownOtherwise { position })
        }
    }
}
