//! The chain: every record's hash covers the bytes as they are stored and the hash before it.
//!
//! NOTE: part of the stored form. A record's leaf is that of RFC 6962, so that a Merkle tree over
//! the very same bytes can be laid beside the chain; the links use a prefix of their own.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

use crate::store::Log;

/// Before a record (RFC 6962 section 2.1).
const LEAF: u8 = 0x00;
/// Before a link; `0x01` is an interior node of the Merkle tree.
const LINK: u8 = 0x02;
/// Before what a chunk carries beside its records.
const CHUNK: u8 = 0x03;

/// A SHA-256 hash in the chain.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Length in bytes.
    pub(crate) const LENGTH: usize = 32;

    /// The hash that `text` spells in hexadecimal.
    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; Self::LENGTH];
        crate::hex::decode(text, &mut bytes).then_some(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// As text in hexadecimal.
impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| de::Error::custom("a hash is 64 hexadecimal digits"))
    }
}

/// What the first record of a log is chained to.
pub(crate) fn genesis(log: Log) -> Hash {
    Hash(Sha256::digest(log.genesis()).into())
}

/// The leaf of a record: a hash over its stored bytes.
pub(crate) fn leaf(record: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([LEAF]).chain_update(record).finalize().into())
}

/// The chain's hash after the record with this leaf.
pub(crate) fn link(previous: &Hash, leaf: &Hash) -> Hash {
    let hasher = Sha256::new().chain_update([LINK]).chain_update(previous.0);
    Hash(hasher.chain_update(leaf.0).finalize().into())
}

/// The check over what a chunk carries beside its records, bound to the chain at its end.
pub(crate) fn chunk_check(header: &[u8], head: &Hash, marks: &[u8]) -> Hash {
    let hasher = Sha256::new().chain_update([CHUNK]).chain_update(header);
    Hash(hasher.chain_update(head.0).chain_update(marks).finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leaf_is_that_of_rfc_6962() {
        let empty = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(leaf(b"").to_string(), empty);
    }

    #[test]
    fn a_link_depends_on_the_record_and_on_what_came_before() {
        let first = link(&genesis(Log::Events), &leaf(b"one"));
        assert_ne!(first, link(&genesis(Log::Accesses), &leaf(b"one")));
        assert_ne!(first, link(&genesis(Log::Events), &leaf(b"two")));
        assert_eq!(Hash::from_hex(&first.to_string()), Some(first));
    }
}
