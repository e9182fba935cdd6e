//! Sealing: everything marked personal leaves the event's JSON and lies encrypted beside it.
//!
//! What goes into the chain is the open JSON, with a hole for each personal value, and one sealed
//! blob for each key in use. Reading puts the values back into their holes; where the key has been
//! destroyed, the node reads as erased. No event needs code of its own for this.

pub(crate) mod scan;

use std::error::Error;
use std::fmt;

use chacha20::{R20, hchacha};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305, XNonce};
use domain::{StreamId, Version};
use minicbor::{Decoder, Encoder};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::keyring::{Held, Key, KeyId, Keys, random};
use crate::record::{Hole, Seal};
use scan::{Malformed, ScanError};

/// What sealing adds to the length of a text.
pub(crate) const TAG_BYTES: usize = 16;

/// 192 random bits, so that no two are ever the same.
pub(crate) type Nonce = [u8; 24];

/// A nonce for one use.
pub(crate) fn random_nonce() -> Nonce {
    random()
}

/// Seals `plain`, bound to `context`, which must be the same when it is opened.
pub(crate) fn encrypt(key: &Key, nonce: &Nonce, context: &[u8], plain: &[u8]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let payload = Payload { msg: plain, aad: context };
    cipher.encrypt(&XNonce::from(*nonce), payload).expect("texts are far below the cipher's limit")
}

/// What was sealed, unless key, context or bytes are others than they were then.
pub(crate) fn decrypt(
    key: &Key,
    nonce: &Nonce,
    context: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let payload = Payload { msg: sealed, aad: context };
    cipher.decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
}

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
    let mut parcels: Vec<(Option<Uuid>, Zeroizing<Vec<u8>>)> = Vec::new();
    let mut copied = 0;
    for node in nodes {
        open.extend_from_slice(&json[copied..node.value.start]);
        let parcel = parcels.iter().position(|(about, _)| *about == node.about);
        let parcel = parcel.unwrap_or_else(|| {
            // Room for all that is left, so that no half-filled copy stays behind in memory.
            let room = json.len() - node.value.start + 16;
            parcels.push((node.about, Zeroizing::new(Vec::with_capacity(room))));
            parcels.len() - 1
        });
        holes.push(Hole { at: to_u32(open.len()), seal: to_u32(parcel) });
        push_fragment(&mut parcels[parcel].1, &json[node.value.clone()]);
        open.extend_from_slice(scan::HOLE);
        copied = node.value.end;
    }
    open.extend_from_slice(&json[copied..]);
    let mut seals = Vec::with_capacity(parcels.len());
    for (about, plain) in parcels {
        let SealingKey { id, key, nonce } = key_for(about)?;
        let text = encrypt(&key, &nonce, &place.context(id), &plain);
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

/// Puts the personal values back into `open`, adding the whole JSON to `json`. A value whose key
/// has been destroyed becomes an erased node.
pub(crate) fn unseal(
    open: &[u8],
    holes: &[Hole],
    seals: &[Seal<'_>],
    place: Place<'_>,
    keys: &Keys,
    json: &mut Vec<u8>,
) -> Result<(), UnsealError> {
    let parcels: Vec<_> =
        seals.iter().map(|seal| open_seal(seal, place, keys)).collect::<Result<_, _>>()?;
    fill(open, holes, seals, &parcels, json)
}

/// Puts what the seals held into the holes of `open`, adding the whole JSON to `json`. A value
/// that nothing opens any more becomes an erased node.
pub(crate) fn fill(
    open: &[u8],
    holes: &[Hole],
    seals: &[Seal<'_>],
    parcels: &[Option<Zeroizing<Vec<u8>>>],
    json: &mut Vec<u8>,
) -> Result<(), UnsealError> {
    let mut parcels: Vec<_> =
        parcels.iter().map(|parcel| parcel.as_ref().map(|it| Decoder::new(it))).collect();
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

/// What a seal holds; nothing once its key has been destroyed.
pub(crate) fn open_seal(
    seal: &Seal<'_>,
    place: Place<'_>,
    keys: &Keys,
) -> Result<Option<Zeroizing<Vec<u8>>>, UnsealError> {
    let id = KeyId(seal.key.into());
    match keys.get(id) {
        None => Err(UnsealError::NoSuchKey),
        Some(Held::Destroyed) => Ok(None),
        Some(Held::Key(key)) => {
            let plain = decrypt(key, &seal.nonce.into(), &place.context(id), seal.text);
            plain.map(Some).ok_or(UnsealError::DoesNotFit)
        }
    }
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
        let nonce = Nonce::from(seal.nonce);
        match keys.get(KeyId(seal.key.into())) {
            None => Err(UnsealError::NoSuchKey),
            Some(Held::Destroyed) => Ok(None),
            Some(Held::Key(key)) => {
                let (first, _) = nonce.split_first_chunk::<16>().expect("a nonce is longer");
                let own = hchacha::<R20>(key.bytes().into(), first.into());
                Ok(Some(Self(own.into())))
            }
        }
    }

    /// What the seal holds, unless it is another's.
    pub(crate) fn open(&self, seal: &Seal<'_>, place: Place<'_>) -> Option<Zeroizing<Vec<u8>>> {
        let mut nonce = [0; 12];
        nonce[4..].copy_from_slice(&Nonce::from(seal.nonce)[16..]);
        let context = place.context(KeyId(seal.key.into()));
        let payload = Payload { msg: seal.text, aad: &context };
        let cipher = ChaCha20Poly1305::new((&self.0).into());
        cipher.decrypt(&nonce.into(), payload).ok().map(Zeroizing::new)
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
