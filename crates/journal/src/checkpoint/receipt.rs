//! Receipts: that one event was recorded, signed with the key of the checkpoints, for whoever it is
//! a receipt for. Its hash is the event's leaf in the log, by which an evidence pack is compared.
//!
//! ```text
//! avvik receipt 1
//! log avvik/4f1d0c2a9b7e6358
//! case 2026/17
//! received 2026-03-02T08:00:00.000000Z
//! position 1703
//! hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//!
//! — avvik/4f1d0c2a9b7e6358 TkVWRVIgR09OTkEg…
//! ```
//!
//! NOTE: read by later versions of the program. The first line is none that a checkpoint begins
//! with, so that no signature of the one passes for one of the other.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use domain::{Position, Recorded, StreamId, Time};

use super::key::{Signer, published};
use super::{CheckpointError, PublicKey, SIGNATURE};
use crate::Journal;
use crate::chain::{self, Hash};
use crate::chunk::Chunk;
use crate::read::{ReadError, missing};
use crate::store::Log;

const HEADING: &str = "avvik receipt 1";

/// What a receipt says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Which log; the name of the key it is signed with.
    pub origin: String,
    /// The number of the case that the event opened.
    pub case: String,
    /// When it was recorded.
    pub at: Time,
    /// Where it stands in the log.
    pub position: Position,
    /// The leaf of its stored bytes (RFC 6962).
    pub hash: Hash,
}

/// A receipt with its signature, as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedReceipt {
    /// What it says; to be believed only after [`SignedReceipt::is_signed_by`].
    pub receipt: Receipt,
    text: String,
}

impl Receipt {
    fn to_text(&self) -> String {
        let Self { origin, case, at, position, hash } = self;
        let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let position = position.0;
        format!(
            "{HEADING}\nlog {origin}\ncase {case}\nreceived {at}\n\
             position {position}\nhash {hash}\n"
        )
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next().filter(|line| *line == HEADING)?;
        let mut told = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let receipt = Self {
            origin: told("log")?.to_owned(),
            case: told("case")?.to_owned(),
            at: told("received")?.parse().ok()?,
            position: Position(told("position")?.parse().ok()?),
            hash: told("hash").and_then(Hash::from_hex)?,
        };
        // Every receipt has one spelling.
        (receipt.to_text() == text).then_some(receipt)
    }
}

impl SignedReceipt {
    fn sign(receipt: Receipt, signer: &Signer) -> Self {
        let body = receipt.to_text();
        let signature = STANDARD.encode(signer.sign(body.as_bytes()));
        let text = format!("{body}\n{SIGNATURE}{} {signature}\n", receipt.origin);
        Self { receipt, text }
    }

    /// The text, to be handed out as it is.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads a receipt, however it was copied: white space around it and at the ends of lines
    /// makes no difference. Nothing if the text is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
        let text = lines.join("\n") + "\n";
        let (body, signature) = text.split_once("\n\n")?;
        let receipt = Receipt::from_text(&format!("{body}\n"))?;
        signature.starts_with(SIGNATURE).then_some(Self { receipt, text })
    }

    /// Whether it is signed with the key, and the log is the key's.
    #[must_use]
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let Some((body, signature)) = self.text.split_once("\n\n") else { return false };
        let own = format!("{SIGNATURE}{} ", key.name());
        let signature = signature.trim_end().strip_prefix(own.as_str());
        let signature = signature.and_then(|signature| STANDARD.decode(signature).ok());
        let signed = format!("{body}\n");
        self.receipt.origin == key.name()
            && signature.is_some_and(|it| key.verifies(signed.as_bytes(), &it))
    }
}

impl Journal {
    /// Signs that an event was recorded. The same event has the same receipt whenever it is asked
    /// for.
    pub async fn receipt(
        &self,
        recorded: &Recorded,
        case: String,
    ) -> Result<SignedReceipt, CheckpointError> {
        let (position, at) = (recorded.position, recorded.at);
        self.blocking(move |shared| {
            let _one_at_a_time = shared.checkpointing();
            let hash = shared.leaf_at(position.0).map_err(CheckpointError::Log)?;
            let signer = Signer::open(&shared.data_directory)?;
            let origin = signer.public().name().to_owned();
            Ok(SignedReceipt::sign(Receipt { origin, case, at, position, hash }, &signer))
        })
        .await
    }

    /// Whether a receipt is this log's own, and what it is for stands in the log as it says.
    pub async fn bears_out(&self, receipt: SignedReceipt) -> Result<bool, CheckpointError> {
        self.blocking(move |shared| {
            let key = published(&shared.data_directory)?;
            if !key.is_some_and(|key| receipt.is_signed_by(&key)) {
                return Ok(false);
            }
            let position = receipt.receipt.position.0;
            if shared.last_position() < position {
                return Ok(false);
            }
            let leaf = shared.leaf_at(position).map_err(CheckpointError::Log)?;
            Ok(leaf == receipt.receipt.hash)
        })
        .await
    }

    /// The first event of a stream; nothing if there is no such stream.
    pub async fn first_of(&self, stream: StreamId) -> Result<Option<Recorded>, ReadError> {
        Ok(self.read_stream(stream).await?.into_iter().next())
    }
}

impl crate::Shared {
    fn leaf_at(&self, position: u64) -> Result<Hash, ReadError> {
        let stored = self.store.chunk_at(Log::Events, position)?.ok_or(missing(position))?;
        let chunk = Chunk::parse(stored.first, &stored.bytes)?;
        Ok(chain::leaf(chunk.record(position)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> (SignedReceipt, PublicKey) {
        let signer = Signer::of([7; 32]);
        let receipt = Receipt {
            origin: signer.public().name().to_owned(),
            case: "2026/17".to_owned(),
            at: Time::from_timestamp_micros(1_772_409_600_000_001).unwrap(),
            position: Position(1_703),
            hash: Hash([9; 32]),
        };
        (SignedReceipt::sign(receipt, &signer), signer.public().clone())
    }

    #[test]
    fn a_receipt_is_read_as_it_was_signed_however_it_was_copied() {
        let (receipt, key) = signed();
        let copied = format!("\r\n  {}  ", receipt.text().replace('\n', "  \r\n"));
        for text in [receipt.text(), &copied] {
            let read = SignedReceipt::read(text).unwrap();
            assert_eq!(read, receipt);
            assert!(read.is_signed_by(&key));
        }
        assert!(!receipt.is_signed_by(Signer::of([8; 32]).public()));
    }

    #[test]
    fn a_changed_sign_is_noticed() {
        let (receipt, key) = signed();
        for (at, _) in receipt.text().char_indices().filter(|(_, it)| it.is_ascii_alphanumeric()) {
            let mut altered = receipt.text().to_owned();
            let other = if &altered[at..=at] == "1" { "2" } else { "1" };
            altered.replace_range(at..=at, other);
            let is_believed = SignedReceipt::read(&altered).is_some_and(|it| it.is_signed_by(&key));
            assert!(!is_believed, "{altered}");
        }
    }
}
