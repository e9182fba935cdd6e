//! Checkpoints: how far the logs had come, signed, to be kept where nobody here can reach.
//!
//! The text is that of C2SP's tlog-checkpoint, in a signed note with Ed25519: origin, size and
//! Merkle root, and in three lines of our own the chain's hash at its end, the time, and how far
//! the access log had come with the chain's hash there.
//!
//! ```text
//! avvik/4f1d0c2a9b7e6358
//! 1703
//! qINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=
//! chain 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! time 2026-03-02T08:00:00Z
//! accesses 20512 5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02
//!
//! — avvik/4f1d0c2a9b7e6358 TkVWRVIgR09OTkEg…
//! ```

mod compare;
mod error;
mod kept;
mod key;
mod receipt;

use std::fmt::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use domain::{Position, Time};

use crate::backup::LogEnd;
use crate::chain::Hash;
use crate::chunk::Chunk;
use crate::head::Tail;
use crate::open::require_next;
use crate::read::ReadError;
use crate::replay;
use crate::store::{Log, Store};
use crate::tree::Tree;
use crate::{Journal, Shared};

pub use compare::{CheckpointFault, Checkpoints, Deviation, Witness};
pub use error::CheckpointError;
pub use kept::Kept;
pub use key::PublicKey;
pub use receipt::{Receipt, SignedReceipt};

pub(crate) use compare::{Accesses, Witnesses, read_witnesses};
pub(crate) use kept::{DIRECTORY, read_all};
pub(crate) use key::{KEY_FILE, PUBLIC_FILE, published, signing_secret};

use key::Signer;

/// What every origin, and so every checkpoint, begins with.
const ORIGIN: &str = "avvik/";
const CHAIN: &str = "chain ";
const TIME: &str = "time ";
const ACCESSES: &str = "accesses ";
/// What every line with a signature begins with.
const SIGNATURE: &str = "\u{2014} ";

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log; the name of the key it is signed with.
    pub origin: String,
    /// How many events it covers: every one up to this position.
    pub size: u64,
    /// The root of the Merkle tree over their stored bytes.
    pub root: Hash,
    /// The chain's hash after the last of them.
    pub head: Hash,
    /// When it was made, to the second.
    pub at: Time,
    /// How far the access log had come; the first checkpoints do not say it.
    pub accesses: Option<LogEnd>,
}

/// A checkpoint with its signature, as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What it says; to be believed only after [`SignedCheckpoint::is_signed_by`].
    pub checkpoint: Checkpoint,
    text: String,
}

impl Checkpoint {
    /// The text that is signed.
    fn to_text(&self) -> String {
        let Self { origin, size, root, head, at, accesses } = self;
        let (root, at) = (STANDARD.encode(root.0), at.to_rfc3339_opts(SecondsFormat::Secs, true));
        let text = format!("{origin}\n{size}\n{root}\n{CHAIN}{head}\n{TIME}{at}\n");
        accesses.iter().fold(text, |text, LogEnd { position, head }| {
            format!("{text}{ACCESSES}{} {head}\n", position.0)
        })
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let origin = lines.next().filter(|line| line.starts_with(ORIGIN))?.to_owned();
        let digits = lines.next()?;
        let size: u64 = digits.parse().ok()?;
        let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok().map(Hash)?;
        let head = lines.next()?.strip_prefix(CHAIN).and_then(Hash::from_hex)?;
        let at = lines.next()?.strip_prefix(TIME)?.parse().ok()?;
        let accesses = lines.next().and_then(|line| {
            let (position, head) = line.strip_prefix(ACCESSES)?.split_once(' ')?;
            Some(LogEnd { position: Position(position.parse().ok()?), head: Hash::from_hex(head)? })
        });
        let checkpoint = Self { origin, size, root, head, at, accesses };
        // Every checkpoint has one spelling. Lines that a later version adds stand after ours.
        text.starts_with(&checkpoint.to_text()).then_some(checkpoint)
    }
}

/// The checkpoints in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Those that are whole, in order.
    pub whole: Vec<SignedCheckpoint>,
    /// How many begin and are not whole: what was written when the disk was full, say.
    pub broken: usize,
}

impl SignedCheckpoint {
    fn sign(checkpoint: Checkpoint, signer: &Signer) -> Self {
        let mut text = checkpoint.to_text();
        let signature = STANDARD.encode(signer.sign(text.as_bytes()));
        let line = writeln!(text, "\n{SIGNATURE}{} {signature}", checkpoint.origin);
        line.expect("writing to a string cannot fail");
        Self { checkpoint, text }
    }

    /// The text, to be handed out as it is.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads one checkpoint; nothing if the text is none, or more than one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (body, signatures) = text.split_once("\n\n")?;
        let checkpoint = Checkpoint::from_text(&format!("{body}\n"))?;
        let are_signatures = signatures.lines().all(|line| line.starts_with(SIGNATURE));
        let is_whole = !signatures.is_empty() && text.ends_with('\n') && are_signatures;
        is_whole.then(|| Self { checkpoint, text: text.to_owned() })
    }

    /// Every checkpoint in a text: a file that they were appended to, or a mail.
    #[must_use]
    pub fn read_all(text: &str) -> Found {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let begins = |line: &&str| line.starts_with(ORIGIN);
        let starts = lines.iter().enumerate().filter(|(_, line)| begins(line));
        let read = starts.map(|(start, _)| {
            let lines = &lines[start..];
            let blank = lines.iter().position(|line| line.is_empty())?;
            let signatures = lines[blank + 1..].iter().take_while(|it| it.starts_with(SIGNATURE));
            let end = blank + 1 + signatures.count();
            Self::read(&(lines[..end].join("\n") + "\n"))
        });
        let all: Vec<Option<Self>> = read.collect();
        let broken = all.iter().filter(|it| it.is_none()).count();
        Found { whole: all.into_iter().flatten().collect(), broken }
    }

    /// Whether one of its signatures is that of the key, and the origin is the key's name.
    #[must_use]
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let Some((body, signatures)) = self.text.split_once("\n\n") else { return false };
        let signed = format!("{body}\n");
        let own = format!("{SIGNATURE}{} ", key.name());
        let own = signatures.lines().filter_map(|line| line.strip_prefix(own.as_str()));
        self.checkpoint.origin == key.name()
            && own
                .filter_map(|signature| STANDARD.decode(signature).ok())
                .any(|signature| key.verifies(signed.as_bytes(), &signature))
    }
}

impl Journal {
    /// Makes a checkpoint of everything recorded so far, and keeps it. Refused where the log does
    /// not bear out those kept before.
    pub async fn checkpoint(&self, at: Time) -> Result<Kept, CheckpointError> {
        self.blocking(move |shared| {
            let _one_at_a_time = shared.checkpointing();
            let kept = read_all(&shared.data_directory)?;
            make(&shared.data_directory, &kept, &borne_out(shared, &kept)?, at)
        })
        .await
    }

    /// The newest checkpoint that is kept.
    pub async fn newest_checkpoint(&self) -> Result<Option<Kept>, CheckpointError> {
        self.blocking(|shared| Ok(read_all(&shared.data_directory)?.pop())).await
    }
}

/// Both logs as far as they have come, once it is known that they bear out every checkpoint that
/// is kept.
pub(crate) struct BorneOut {
    /// The tree over every event.
    pub(crate) tree: Tree,
    /// The chain's hash after the last of them.
    head: Hash,
    accesses: LogEnd,
}

/// Signs and keeps the next checkpoint, over the whole of what is borne out.
pub(crate) fn make(
    data_directory: &Path,
    before: &[Kept],
    borne_out: &BorneOut,
    at: Time,
) -> Result<Kept, CheckpointError> {
    let signer = Signer::open(data_directory)?;
    let BorneOut { tree, head, accesses } = borne_out;
    let size = tree.size();
    let origin = signer.public().name().to_owned();
    let (root, head, accesses) = (tree.root(size), *head, Some(*accesses));
    let checkpoint = Checkpoint { origin, size, root, head, at, accesses };
    let number = before.last().map_or(1, |kept| kept.number + 1);
    Kept::write(data_directory, number, SignedCheckpoint::sign(checkpoint, &signer))
}

/// Reads the event log from end to end, and in the access log the places that were signed.
pub(crate) fn borne_out(shared: &Shared, kept: &[Kept]) -> Result<BorneOut, CheckpointError> {
    let key = published(&shared.data_directory)?;
    let witnesses = Witnesses::new(key.as_ref(), kept, &[]);
    // What is on disk: a power cut takes no line away that was signed.
    let end = shared.access_end();
    let accesses = Accesses::look_up(shared.store.as_ref(), end, witnesses.access_positions());
    let accesses = accesses.map_err(CheckpointError::Log)?;
    let read = leaves(shared.store.as_ref(), shared.last_position());
    let (leaves, head) = read.map_err(CheckpointError::Log)?;
    let (tree, faults) = witnesses.compare(leaves, Some(&accesses));
    if let Some(fault) = faults.into_iter().next() {
        return Err(CheckpointError::Contradicted(fault));
    }
    let accesses = LogEnd { position: Position(end.position), head: end.hash };
    Ok(BorneOut { tree, head, accesses })
}

/// The leaf of every event up to a position, checked on the way, and the chain's hash after them.
fn leaves(store: &dyn Store, last: u64) -> Result<(Vec<Hash>, Hash), ReadError> {
    let mut tail = Tail::empty(Log::Events);
    let mut leaves = Vec::new();
    replay::in_order(
        store,
        Log::Events,
        0,
        last + 1,
        |stored| {
            let stored = stored?;
            let chunk = Chunk::parse(stored.first, &stored.bytes)?;
            chunk.check()?;
            Ok((stored.first, chunk.previous, chunk.head(), chunk.leaves()))
        },
        |chunk: Result<_, ReadError>| {
            let (first, previous, head, own) = chunk?;
            require_next(tail, first, previous)?;
            leaves.extend(own);
            tail = Tail { position: leaves.len() as u64, hash: head };
            Ok::<_, ReadError>(())
        },
    )?;
    Ok((leaves, tail.hash))
}

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod tests;
