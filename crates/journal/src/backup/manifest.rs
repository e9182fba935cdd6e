//! The manifest: what a backup holds. It is written last, so that what it names is there.
//!
//! NOTE: read by later versions of the program. JSON, whose last line but one is the SHA-256 of
//! what stands before it. Files are named by numbers alone, so that no manifest leads out of the
//! backup.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{Position, Time};
use serde::{Deserialize, Serialize};

use super::fault::Flaw;
use super::files::sha256;
use super::segment::SEGMENT_BYTES_MAX;
use crate::chain::{Hash, genesis};
use crate::outbox::Outbox;
use crate::store::{Log, StateEntry};

/// The format that is written, and the newest that is read. NOTE: it gets the next number too when
/// the data directory's own format does.
pub(super) const FORMAT: u16 = 1;
/// A longer file is no manifest: room for some hundred thousand segments and checkpoints.
pub(super) const MANIFEST_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the backup.
    format: u16,
    /// The version of the program that made it.
    pub program: String,
    /// When the newest part was made.
    pub made_at: Time,
    /// Which journal: the chain's hash after its first event, or the name that a copy was given.
    pub journal: Hash,
    /// The log of what happened.
    pub events: LogPart,
    /// The log of who looked at what.
    pub accesses: LogPart,
    /// How far the post has come, and the little the service keeps beside the logs.
    pub(super) state: State,
    /// Signed checkpoints of the event log.
    pub checkpoints: Vec<CheckpointPart>,
    /// The SHA-256 of `checkpoint.pub`; none before the first checkpoint.
    pub public_key: Option<Hash>,
}

/// The end of a log, in a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEnd {
    /// Where its last record stands; 0 in an empty log.
    pub position: Position,
    /// The chain's hash there.
    pub head: Hash,
}

/// One of the two logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogPart {
    /// How far it comes.
    pub end: LogEnd,
    /// Its records, in order.
    pub segments: Vec<SegmentPart>,
}

/// A file of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentPart {
    /// Where its first record stands, by which it is named.
    pub first: u64,
    /// Where its last record stands.
    pub last: u64,
    /// Its length.
    pub bytes: u64,
    /// Its hash.
    pub sha256: Hash,
}

/// A file with a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointPart {
    /// Which one, from 1, by which it is named.
    pub number: u32,
    /// Its hash.
    pub sha256: Hash,
}

/// Keys and values of the state, in base64.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct State(Vec<(String, String)>);

impl State {
    pub(super) fn of(entries: &[StateEntry]) -> Self {
        let text = |(key, value): &StateEntry| (STANDARD.encode(key), STANDARD.encode(value));
        Self(entries.iter().map(text).collect())
    }

    /// The entries; nothing if they are not in base64.
    pub(super) fn entries(&self) -> Option<Vec<StateEntry>> {
        let bytes = |text: &String| STANDARD.decode(text).ok();
        self.0.iter().map(|(key, value)| Some((bytes(key)?, bytes(value)?))).collect()
    }
}

impl LogPart {
    /// A log with nothing in it.
    pub(super) fn empty(log: Log) -> Self {
        let end = LogEnd { position: Position(0), head: genesis(log) };
        Self { end, segments: Vec::new() }
    }

    fn holds_together(&self, log: Log) -> bool {
        let mut last = 0;
        let follow = self.segments.iter().all(|segment| {
            let follows = segment.first == last + 1 && segment.first <= segment.last;
            last = segment.last;
            follows && segment.last < u64::MAX && segment.bytes <= SEGMENT_BYTES_MAX
        });
        let is_empty = self.segments.is_empty();
        follow && last == self.end.position.0 && (!is_empty || self.end.head == genesis(log))
    }
}

/// What a manifest ends with before its check is put there.
const END: &[u8] = b"\n}";
const CHECK: &str = ",\n  \"sha256\": \"";
const CHECK_END: &str = "\"\n}\n";

/// The manifest without its check, if that is right.
fn checked(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(bytes).ok()?;
    let (body, check) = text.rsplit_once(CHECK)?;
    let check = Hash::from_hex(check.strip_suffix(CHECK_END)?)?;
    (sha256(body.as_bytes()) == check).then(|| [body.as_bytes(), END].concat())
}

/// The manifest with its check put before its end.
pub(super) fn with_check(json: &[u8]) -> Vec<u8> {
    let body = json.strip_suffix(END).unwrap_or(json);
    let check = sha256(body);
    [body, format!("{CHECK}{check}{CHECK_END}").as_bytes()].concat()
}

/// Only that, of a manifest of any format.
#[derive(Deserialize)]
struct Format {
    format: u16,
}

impl Manifest {
    /// A manifest of a journal, with nothing in it yet.
    pub(super) fn empty(journal: Hash, made_at: Time) -> Self {
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            journal,
            events: LogPart::empty(Log::Events),
            accesses: LogPart::empty(Log::Accesses),
            state: State::default(),
            checkpoints: Vec::new(),
            public_key: None,
        }
    }

    /// Reads a manifest. Takes any bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        let body = checked(bytes).ok_or(Flaw::NotAManifest)?;
        let Format { format } = serde_json::from_slice(&body).map_err(|_| Flaw::NotAManifest)?;
        if FORMAT < format {
            return Err(Flaw::NewerFormat { format });
        }
        let manifest: Self = serde_json::from_slice(&body).map_err(|_| Flaw::NotAManifest)?;
        if manifest.holds_together() { Ok(manifest) } else { Err(Flaw::NotAManifest) }
    }

    /// The bytes that [`Manifest::read`] reads.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        with_check(&serde_json::to_vec_pretty(self).expect("a manifest has text keys alone"))
    }

    /// One of the logs.
    #[must_use]
    pub fn log(&self, log: Log) -> &LogPart {
        match log {
            Log::Events => &self.events,
            Log::Accesses => &self.accesses,
        }
    }

    pub(super) fn log_mut(&mut self, log: Log) -> &mut LogPart {
        match log {
            Log::Events => &mut self.events,
            Log::Accesses => &mut self.accesses,
        }
    }

    fn holds_together(&self) -> bool {
        let numbers = self.checkpoints.windows(2).all(|pair| pair[0].number < pair[1].number);
        // A message that counts as sent before it is written would never be sent.
        let settled = self.state.entries().map(|entries| Outbox::settled_in(&entries));
        self.format == FORMAT
            && self.events.holds_together(Log::Events)
            && self.accesses.holds_together(Log::Accesses)
            && numbers
            && settled.is_some_and(|settled| settled <= self.events.end.position.0)
    }
}
