//! The stored form of one event around its JSON: CBOR with numbered fields, read without copying.
//!
//! NOTE: part of the stored form. Fields are only added, with new numbers and as options; the
//! golden file `golden/record.v1.hex` notices every other change. The position is not among them:
//! it is the record's place in the chain.

use domain::ids::UserId;
use domain::{Actor, StreamId, StreamKind, Time, Version};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use uuid::Uuid;

use crate::attachment::Attached;

/// At most so many bytes lie around a seal's text, are in a hole, and stand beside both.
const SEAL_BYTES: usize = 80;
const HOLE_BYTES: usize = 12;
const FACTS_BYTES: usize = 160;

/// One event as it is hashed and stored.
#[derive(Debug, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Record<'a> {
    /// Stored name of the kind of stream.
    #[b(0)]
    pub(crate) kind: &'a str,
    /// Which stream.
    #[n(1)]
    pub(crate) stream: ByteArray<16>,
    /// Which of the stream's events, from 1.
    #[n(2)]
    pub(crate) version: u32,
    /// Microseconds since 1970 in UTC.
    #[n(3)]
    pub(crate) at: i64,
    /// Who caused it.
    #[n(4)]
    pub(crate) by: StoredActor,
    /// Stored name of the event.
    #[b(5)]
    pub(crate) name: &'a str,
    /// The number of the form the JSON has.
    #[n(6)]
    pub(crate) form: u16,
    /// The event's fields as JSON, personal values left out.
    #[b(7)]
    #[cbor(with = "minicbor::bytes")]
    pub(crate) open: &'a [u8],
    /// Where the personal values belong, in order.
    #[n(8)]
    pub(crate) holes: Vec<Hole>,
    /// The personal values, one seal a key.
    #[b(9)]
    pub(crate) seals: Vec<Seal<'a>>,
    /// The files kept with it; nothing where there are none.
    #[n(10)]
    pub(crate) attachments: Option<Vec<Attached>>,
}

/// The place of one personal value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Hole {
    /// Byte in the open JSON at which the value's stand-in begins.
    #[n(0)]
    pub(crate) at: u32,
    /// The seal that holds the value; each seal's values come in the order of its holes.
    #[n(1)]
    pub(crate) seal: u32,
}

/// Values sealed with one key.
#[derive(Debug, Encode, Decode)]
pub(crate) struct Seal<'a> {
    /// The number of the key in the keyring.
    #[n(0)]
    pub(crate) key: ByteArray<16>,
    /// The person the values are about; the stream's own key when absent.
    #[n(1)]
    pub(crate) about: Option<ByteArray<16>>,
    /// For this one use of the key.
    #[n(2)]
    pub(crate) nonce: ByteArray<24>,
    /// XChaCha20-Poly1305 over the values.
    #[b(3)]
    #[cbor(with = "minicbor::bytes")]
    pub(crate) text: &'a [u8],
}

impl Seal<'_> {
    /// The person the values are about.
    pub(crate) fn about(&self) -> Option<Uuid> {
        self.about.map(|it| Uuid::from_bytes(it.into()))
    }
}

/// Who caused an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) enum StoredActor {
    /// The service itself.
    #[n(0)]
    Service,
    /// A reporter, unnamed here.
    #[n(1)]
    Reporter,
    /// Somebody who signed in.
    #[n(2)]
    User(#[n(0)] ByteArray<16>),
    /// Somebody outside who was asked, unnamed here.
    #[n(3)]
    Respondent,
}

impl From<Actor> for StoredActor {
    fn from(actor: Actor) -> Self {
        match actor {
            Actor::Service => Self::Service,
            Actor::Reporter => Self::Reporter,
            Actor::User(user) => Self::User(user.0.into_bytes().into()),
            Actor::Respondent => Self::Respondent,
        }
    }
}

impl From<StoredActor> for Actor {
    fn from(actor: StoredActor) -> Self {
        match actor {
            StoredActor::Service => Self::Service,
            StoredActor::Reporter => Self::Reporter,
            StoredActor::User(user) => Self::User(UserId(Uuid::from_bytes(user.into()))),
            StoredActor::Respondent => Self::Respondent,
        }
    }
}

impl<'a> Record<'a> {
    /// The bytes to store and to hash.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let sealed: usize = self.seals.iter().map(|seal| seal.text.len() + SEAL_BYTES).sum();
        let about = self.open.len() + sealed + self.holes.len() * HOLE_BYTES + FACTS_BYTES;
        let mut bytes = Vec::with_capacity(about);
        minicbor::encode(self, &mut bytes).expect("writing to memory cannot fail");
        bytes
    }

    /// Reads stored bytes; nothing if they are no record.
    pub(crate) fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }

    /// The stream, unless its kind is one this version of the program does not know.
    pub(crate) fn stream_id(&self) -> Option<StreamId> {
        let kind: StreamKind = self.kind.parse().ok()?;
        Some(StreamId { kind, id: Uuid::from_bytes(self.stream.into()) })
    }

    /// Which of the stream's events.
    pub(crate) fn version(&self) -> Version {
        Version(self.version)
    }

    /// When it was recorded.
    pub(crate) fn time(&self) -> Option<Time> {
        Time::from_timestamp_micros(self.at)
    }
}
