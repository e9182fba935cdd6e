//! Sealing: everything marked personal leaves the event's JSON and lies encrypted beside it.
//!
//! What goes into the chain is the open JSON, with a hole for each personal value, and one sealed
//! blob for each key in use. Reading puts the values back into their holes; where the key has been
//! destroyed, the node reads as erased. No event needs code of its own for this.

pub(crate) mod cipher;
pub(crate) mod scan;

use std::error::Error;
use std::fmt;
use std::ops::Range;

use domain::{StreamId, Version};
use minicbor::{Decoder, Encoder};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::keyring::{Held, Key, KeyId, Keys};
use crate::record::{Hole, Seal};
use cipher::OwnKey;
pub(crate) use cipher::{Nonce, TAG_BYTES, decrypt, encrypt, random_nonce};
use scan::{Malformed, ScanError};

/// What a seal is bound to, so that it cannot be moved to another place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'a> {
    /// The personal part of an event.
    Event {
        stream: StreamId,
        version: Version,
        /// The event's stored name.
        name: &'a str,
    },
    /// A message in the outbox.
    Outbox { stream: StreamId, id: Uuid },
    /// Words somebody searched for.
    Search,
    /// A file kept with an event.
    Attachment {
        stream: StreamId,
        /// By which it is called.
        name: [u8; 32],
    },
}

impl Place<'_> {
    /// The context for the cipher. NOTE: part of the stored form.
    pub(crate) fn context(&self, key: KeyId) -> Vec<u8> {
        let mut context = Vec::with_capacity(96);
        match self {
            Self::Event { stream, version, name } => {
                context.extend_from_slice(b"avvik event 1\0");
                push_stream(&mut context, *stream);
                context.extend_from_slice(&version.0.to_be_bytes());
                context.extend_from_slice(&key.0);
                context.extend_from_slice(name.as_bytes());
            }
            Self::Outbox { stream, id } => {
                context.extend_from_slice(b"avvik outbox 1\0");
                push_stream(&mut context, *stream);
                context.extend_from_slice(id.as_bytes());
                context.extend_from_slice(&key.0);
            }
            Self::Search => {
                context.extend_from_slice(b"avvik search 1\0");
                context.extend_from_slice(&key.0);
            }
            Self::Attachment { stream, name } => {
                context.extend_from_slice(b"avvik attachment 1\0");
                push_stream(&mut context, *stream);
                context.extend_from_slice(name);
                context.extend_from_slice(&key.0);
            }
        }
        context
    }
}

fn push_stream(context: &mut Vec<u8>, stream: StreamId) {
    context.extend_from_slice(<&str>::from(stream.kind).as_bytes());
    context.push(0);
    context.extend_from_slice(stream.id.as_bytes());
}

/// An event's JSON with holes, and what was in them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SealedJson {
    /// The JSON with `null` for every personal value.
    pub(crate) open: Vec<u8>,
    /// Where the values belong.
    pub(crate) holes: Vec<Hole>,
    /// The values, one blob a key.
    pub(crate) seals: Vec<SealedValues>,
}

/// Every value sealed with one key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SealedValues {
    pub(crate) key: KeyId,
    pub(crate) about: Option<Uuid>,
    pub(crate) nonce: Nonce,
    pub(crate) text: Vec<u8>,
}

/// A key that something is about to be sealed with.
pub(crate) struct SealingKey {
    pub(crate) id: KeyId,
    pub(crate) key: Key,
    pub(crate) nonce: Nonce,
}

/// Takes every personal value out of `json` and seals it with the key of the person it is about.
pub(crate) fn seal<E>(
    json: &[u8],
    place: Place<'_>,
    mut key_for: impl FnMut(Option<Uuid>) -> Result<SealingKey, E>,
) -> Result<SealedJson, E>
where
    E: From<ScanError>,
{
    let nodes = scan::personal_values(json)?;
    let mut open = Vec::with_capacity(json.len());
    let mut holes = Vec::with_capacity(nodes.len());
    let mut parcels: Vec<(Option<Uuid>, Vec<u8>)> = Vec::new();
    let mut copied = 0;
    for node in nodes {
        open.extend_from_slice(&json[copied..node.value.start]);
        let parcel = parcels.iter().position(|(about, _)| *about == node.about);
        let parcel = parcel.unwrap_or_else(|| {
            // Room for all that is left, so that no half-filled copy stays behind in memory: it is
            // sealed where it lies.
            let room = json.len() - node.value.start + 16 + TAG_BYTES;
            parcels.push((node.about, Vec::with_capacity(room)));
            parcels.len() - 1
        });
        holes.push(Hole { at: to_u32(open.len()), seal: to_u32(parcel) });
        push_fragment(&mut parcels[parcel].1, &json[node.value.clone()]);
        open.extend_from_slice(scan::HOLE);
        copied = node.value.end;
    }
    open.extend_from_slice(&json[copied..]);
    let mut seals = Vec::with_capacity(parcels.len());
    for (about, mut text) in parcels {
        let SealingKey { id, key, nonce } = key_for(about)?;
        cipher::encrypt_in_place(&key, &nonce, &place.context(id), &mut text);
        seals.push(SealedValues { key: id, about, nonce, text });
    }
    Ok(SealedJson { open, holes, seals })
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).expect("the journal bounds the size of an append")
}

fn push_fragment(parcel: &mut Vec<u8>, fragment: &[u8]) {
    let mut encoder = Encoder::new(parcel);
    encoder.bytes(fragment).expect("writing to memory cannot fail");
}

/// Room to work in, so that reading many events asks for it once.
#[derive(Default)]
pub(crate) struct Room {
    /// An event's JSON, whole again.
    pub(crate) json: Vec<u8>,
    plain: Vec<u8>,
    parcels: Vec<Option<Range<usize>>>,
}

/// Puts the personal values back into `open`, adding the whole JSON to that in `room`. A value
/// whose key has been destroyed becomes an erased node.
pub(crate) fn unseal(
    open: &[u8],
    holes: &[Hole],
    seals: &[Seal<'_>],
    place: Place<'_>,
    keys: &Keys,
    room: &mut Room,
) -> Result<(), UnsealError> {
    let Room { json, plain, parcels } = room;
    plain.clear();
    parcels.clear();
    for seal in seals {
        parcels.push(open_into(seal, place, keys, plain)?);
    }
    let parcels: Vec<_> =
        parcels.iter().map(|parcel| parcel.clone().map(|range| &plain[range])).collect();
    fill(open, holes, seals, &parcels, json)
}

/// Puts what the seals held into the holes of `open`, adding the whole JSON to `json`. A value
/// that nothing opens any more becomes an erased node.
pub(crate) fn fill(
    open: &[u8],
    holes: &[Hole],
    seals: &[Seal<'_>],
    parcels: &[Option<&[u8]>],
    json: &mut Vec<u8>,
) -> Result<(), UnsealError> {
    let mut parcels: Vec<_> = parcels.iter().map(|parcel| parcel.map(Decoder::new)).collect();
    let mut copied = 0;
    for hole in holes {
        let (at, number) = (hole.at as usize, hole.seal as usize);
        let before = open.get(copied..at).ok_or(Malformed)?;
        let parcel = parcels.get_mut(number).ok_or(Malformed)?;
        let after = open[at..].strip_prefix(scan::HOLE).ok_or(Malformed)?;
        if let Some(values) = parcel {
            json.extend_from_slice(before);
            json.extend_from_slice(values.bytes().map_err(|_| Malformed)?);
            copied = at + scan::HOLE.len();
        } else {
            let about = seals[number].about();
            json.extend_from_slice(scan::strip_opening(before, about)?);
            scan::push_erased(json, about);
            after.strip_prefix(scan::CLOSING).ok_or(Malformed)?;
            copied = at + scan::HOLE.len() + scan::CLOSING.len();
        }
    }
    json.extend_from_slice(open.get(copied..).ok_or(Malformed)?);
    Ok(())
}

/// Says whether each seal's key is in the keyring, or was destroyed.
pub(crate) fn require_keys(seals: &[Seal<'_>], keys: &Keys) -> Result<(), UnsealError> {
    let is_there = |seal: &Seal<'_>| keys.get(KeyId(seal.key.into())).is_some();
    if seals.iter().all(is_there) { Ok(()) } else { Err(UnsealError::NoSuchKey) }
}

/// What a seal holds; nothing once its key has been destroyed.
pub(crate) fn open_seal(
    seal: &Seal<'_>,
    place: Place<'_>,
    keys: &Keys,
) -> Result<Option<Zeroizing<Vec<u8>>>, UnsealError> {
    let mut plain = Zeroizing::new(Vec::with_capacity(seal.text.len()));
    let opened = open_into(seal, place, keys, &mut plain)?;
    Ok(opened.map(|_| plain))
}

/// Adds what a seal holds to the end of `plain`, and says where it stands there; nothing once its
/// key has been destroyed.
fn open_into(
    seal: &Seal<'_>,
    place: Place<'_>,
    keys: &Keys,
    plain: &mut Vec<u8>,
) -> Result<Option<Range<usize>>, UnsealError> {
    let id = KeyId(seal.key.into());
    let key = match keys.get(id) {
        None => return Err(UnsealError::NoSuchKey),
        Some(Held::Destroyed) => return Ok(None),
        Some(Held::Key(key)) => key,
    };
    let (start, nonce) = (plain.len(), seal.nonce.into());
    plain.extend_from_slice(seal.text);
    let own = OwnKey::new(key, &nonce);
    let length = own.decrypt_in_place(&nonce, &place.context(id), &mut plain[start..]);
    let end = start + length.ok_or(UnsealError::DoesNotFit)?;
    plain.truncate(end);
    Ok(Some(start..end))
}

/// What opens one seal and nothing else; the key it is made from cannot be told from it.
///
/// `XChaCha20` makes a key for each use out of the key and the first 16 bytes of the nonce
/// (`HChaCha20`). This is that one.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening(pub [u8; 32]);

impl fmt::Debug for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opening(…)")
    }
}

impl Opening {
    /// For a seal whose key is there; nothing once it has been destroyed.
    pub(crate) fn of(seal: &Seal<'_>, keys: &Keys) -> Result<Option<Self>, UnsealError> {
        match keys.get(KeyId(seal.key.into())) {
            None => Err(UnsealError::NoSuchKey),
            Some(Held::Destroyed) => Ok(None),
            Some(Held::Key(key)) => Ok(Some(Self(*OwnKey::new(key, &seal.nonce.into()).0))),
        }
    }

    /// What the seal holds, unless it is another's.
    pub(crate) fn open(&self, seal: &Seal<'_>, place: Place<'_>) -> Option<Zeroizing<Vec<u8>>> {
        let context = place.context(KeyId(seal.key.into()));
        let mut plain = Zeroizing::new(seal.text.to_vec());
        let own = OwnKey(Zeroizing::new(self.0));
        let length = own.decrypt_in_place(&seal.nonce.into(), &context, &mut plain)?;
        plain.truncate(length);
        Some(plain)
    }
}

/// Why sealed values could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsealError {
    /// The keyring has never held the key: it is older than the log.
    NoSuchKey,
    /// The key does not open it: something was altered or moved here.
    DoesNotFit,
    /// The holes and the values do not go together.
    Malformed,
}

impl From<Malformed> for UnsealError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

impl fmt::Display for UnsealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchKey => write!(
                f,
                "its key is not in the keyring, which is older than the log; \
                 restore the newest backup of the keyring"
            ),
            Self::DoesNotFit => write!(
                f,
                "its key does not open it: it was altered or moved; \
                 run `avvik verify` and restore a backup"
            ),
            Self::Malformed => write!(
                f,
                "its sealed values do not fit its holes; run `avvik verify` and restore a backup"
            ),
        }
    }
}

impl Error for UnsealError {}

#[cfg(test)]
mod tests;
