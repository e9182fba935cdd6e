//! A chunk: the records of one flush that lie under one key in the store, with their hashes.
//!
//! NOTE: part of the stored form. CBOR items one after another: the format number, the position of
//! the first record, the chain's hash before it, an array of every record followed by the chain's
//! hash after it, an array of marks (which records were appended together, under which idempotency
//! key, with which outbox entries, and a digest of what the key was used for), and a check over all
//! but the records, which have their own.
//!
//! An append is never divided between chunks, and the store keeps a chunk whole or not at all:
//! that is what makes an append atomic.

use std::ops::Range;

use domain::Position;
use minicbor::bytes::{ByteArray, ByteSlice};
use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::chain::{self, Hash};
use crate::record::Seal;
use crate::store::StoredChunk;
use crate::verify::Damage;

/// The only format there is.
const FORMAT: u8 = 1;
/// No log comes as far as this, so that reckoning with the positions of a chunk cannot overflow.
const POSITION_MAX: u64 = 1 << 63;
/// No more records than this are gathered in one chunk; one append may hold more.
const RECORDS_MAX: usize = 64;
/// No more bytes of records than this are gathered in one chunk; one append may hold more.
const BYTES_MAX: usize = 24 * 1024;

/// What was appended together.
#[derive(Debug, Encode, Decode)]
pub(crate) struct Mark<'a> {
    /// How many records.
    #[n(0)]
    pub(crate) records: u32,
    /// The command's idempotency key, if it had one.
    #[n(1)]
    pub(crate) key: Option<ByteArray<16>>,
    /// What is to be sent on because of them.
    #[b(2)]
    pub(crate) outbox: Vec<OutboxMark<'a>>,
    /// A digest of what was asked for under the key; none in what was written before there was one.
    /// The first kept more of the same digest than is looked at.
    #[b(3)]
    pub(crate) content: Option<&'a ByteSlice>,
}

/// An outbox entry as it is stored.
#[derive(Debug, Encode, Decode)]
pub(crate) struct OutboxMark<'a> {
    /// The entry's own identifier.
    #[n(0)]
    pub(crate) id: ByteArray<16>,
    /// The payload, sealed with the key of the stream it was appended to.
    #[b(1)]
    pub(crate) payload: Seal<'a>,
}

/// A record on its way into a chunk.
#[derive(Debug)]
pub(crate) struct NewRecord {
    pub(crate) bytes: Vec<u8>,
    pub(crate) leaf: Hash,
}

impl NewRecord {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        let leaf = chain::leaf(&bytes);
        Self { bytes, leaf }
    }
}

/// A chunk being filled.
pub(crate) struct Draft {
    first: u64,
    previous: Hash,
    head: Hash,
    records: Vec<(Vec<u8>, Hash)>,
    marks: Vec<u8>,
    marks_count: u64,
    size: usize,
}

impl Draft {
    /// A chunk that begins at `first`, after the hash `previous`.
    pub(crate) fn new(first: u64, previous: Hash) -> Self {
        Self {
            first,
            previous,
            head: previous,
            records: Vec::new(),
            marks: Vec::new(),
            marks_count: 0,
            size: 0,
        }
    }

    /// Whether an append of this size still belongs in here.
    pub(crate) fn has_room(&self, records: usize, bytes: usize) -> bool {
        self.records.is_empty()
            || self.records.len() + records <= RECORDS_MAX && self.size + bytes <= BYTES_MAX
    }

    /// Takes in what is appended together.
    pub(crate) fn push(&mut self, records: Vec<NewRecord>, mark: Option<&Mark<'_>>) {
        for record in records {
            self.size += record.bytes.len() + Hash::LENGTH;
            self.head = chain::link(&self.head, &record.leaf);
            self.records.push((record.bytes, self.head));
        }
        if let Some(mark) = mark {
            let before = self.marks.len();
            minicbor::encode(mark, &mut self.marks).expect("writing to memory cannot fail");
            self.marks_count += 1;
            self.size += self.marks.len() - before;
        }
    }

    /// The position after the last record.
    pub(crate) fn end(&self) -> u64 {
        self.first + self.records.len() as u64
    }

    /// The chain's hash after the last record.
    pub(crate) fn head(&self) -> Hash {
        self.head
    }

    /// The bytes to store.
    pub(crate) fn finish(self) -> StoredChunk {
        let mut bytes = Vec::with_capacity(self.size + 8 * self.records.len() + 128);
        let written = self.write(&mut bytes);
        written.expect("writing to memory cannot fail");
        StoredChunk { first: self.first, bytes: bytes.into() }
    }

    fn write(
        &self,
        bytes: &mut Vec<u8>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        Encoder::new(&mut *bytes).u8(FORMAT)?.u64(self.first)?.bytes(&self.previous.0)?;
        let header = bytes.len();
        let mut encoder = Encoder::new(&mut *bytes);
        encoder.array(2 * self.records.len() as u64)?;
        for (record, hash) in &self.records {
            encoder.bytes(record)?.bytes(&hash.0)?;
        }
        let marks = bytes.len();
        Encoder::new(&mut *bytes).array(self.marks_count)?;
        bytes.extend_from_slice(&self.marks);
        let check = chain::chunk_check(&bytes[..header], &self.head, &bytes[marks..]);
        Encoder::new(bytes).bytes(&check.0)?;
        Ok(())
    }
}

/// A chunk as it was read, not yet believed.
pub(crate) struct Chunk<'a> {
    /// The position under which it lies in the store.
    pub(crate) first: u64,
    /// The chain's hash before its first record.
    pub(crate) previous: Hash,
    header: &'a [u8],
    records: Vec<(&'a [u8], Hash)>,
    /// Encoded: whoever reads one event has no use for them.
    marks: &'a [u8],
    check: Hash,
}

/// What is wrong with a chunk, and at which position first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChunkFault {
    pub(crate) position: u64,
    pub(crate) damage: Damage,
}

impl<'a> Chunk<'a> {
    /// Takes the bytes apart. Believes nothing: see [`Chunk::check`] and [`Chunk::record`].
    pub(crate) fn parse(first: u64, bytes: &'a [u8]) -> Result<Self, ChunkFault> {
        let decoder = Decoder::new(bytes);
        let mut parser = Parser { first, decoder, records: Vec::new(), is_past_records: false };
        let undecodable = |position| ChunkFault { position, damage: Damage::Undecodable };
        let Some((previous, header)) = parser.header() else { return Err(undecodable(first)) };
        let chunk = parser.rest(previous, header);
        chunk.ok_or_else(|| {
            let altered = first_altered(first, previous, &parser.records);
            let read = if parser.is_past_records { 0 } else { parser.records.len() as u64 };
            altered.unwrap_or(undecodable(first + read))
        })
    }

    /// Recomputes every hash; the first that differs is the fault. Tells what was appended
    /// together.
    pub(crate) fn check(&self) -> Result<Vec<Mark<'a>>, ChunkFault> {
        if let Some(fault) = first_altered(self.first, self.previous, &self.records) {
            return Err(fault);
        }
        let fault = |damage| ChunkFault { position: self.first, damage };
        let marks = self.marks().ok_or(fault(Damage::Undecodable))?;
        let marked: u64 = marks.iter().map(|mark| u64::from(mark.records)).sum();
        let is_marked = marks.is_empty() || marked == self.records.len() as u64;
        let is_as_written = self.check == chain::chunk_check(self.header, &self.head(), self.marks);
        if is_marked && is_as_written { Ok(marks) } else { Err(fault(Damage::Altered)) }
    }

    /// What was appended together, not yet believed.
    pub(crate) fn marks(&self) -> Option<Vec<Mark<'a>>> {
        minicbor::decode(self.marks).ok()
    }

    /// The positions of its records.
    pub(crate) fn positions(&self) -> Range<u64> {
        self.first..self.first + self.records.len() as u64
    }

    /// The chain's hash after its last record.
    pub(crate) fn head(&self) -> Hash {
        self.records.last().map_or(self.previous, |(_, hash)| *hash)
    }

    /// The chain's hash after the record at `position`, if it is in here.
    pub(crate) fn hash_at(&self, position: u64) -> Option<Hash> {
        self.records.get(self.index(position)?).map(|(_, hash)| *hash)
    }

    /// The record at `position`, once its hash has been recomputed.
    pub(crate) fn record(&self, position: u64) -> Result<&'a [u8], ChunkFault> {
        let missing =
            ChunkFault { position, damage: Damage::Missing { until: Position(position) } };
        let index = self.index(position).ok_or(missing)?;
        let (record, hash) = *self.records.get(index).ok_or(missing)?;
        let previous = if index == 0 { self.previous } else { self.records[index - 1].1 };
        if chain::link(&previous, &chain::leaf(record)) == hash {
            Ok(record)
        } else {
            Err(ChunkFault { position, damage: Damage::Altered })
        }
    }

    /// Every record with its position, for who has run [`Chunk::check`].
    pub(crate) fn records(&self) -> impl Iterator<Item = (u64, &'a [u8])> + '_ {
        self.positions().zip(self.records.iter().map(|(record, _)| *record))
    }

    /// The leaf of every record, in order.
    pub(crate) fn leaves(&self) -> Vec<Hash> {
        self.records.iter().map(|(record, _)| chain::leaf(record)).collect()
    }

    fn index(&self, position: u64) -> Option<usize> {
        usize::try_from(position.checked_sub(self.first)?).ok()
    }
}

fn first_altered(first: u64, previous: Hash, records: &[(&[u8], Hash)]) -> Option<ChunkFault> {
    let mut head = previous;
    for (position, (record, hash)) in (first..).zip(records) {
        head = chain::link(&head, &chain::leaf(record));
        if head != *hash {
            return Some(ChunkFault { position, damage: Damage::Altered });
        }
    }
    None
}

/// Reads a chunk item by item, and keeps the records it has met for naming the first broken one.
struct Parser<'a> {
    first: u64,
    decoder: Decoder<'a>,
    records: Vec<(&'a [u8], Hash)>,
    is_past_records: bool,
}

impl<'a> Parser<'a> {
    fn header(&mut self) -> Option<(Hash, &'a [u8])> {
        let format = self.decoder.u8().ok()?;
        let first = self.decoder.u64().ok()?;
        let previous = self.hash()?;
        let header = &self.decoder.input()[..self.decoder.position()];
        let fits = format == FORMAT && first == self.first && first < POSITION_MAX;
        fits.then_some((previous, header))
    }

    fn rest(&mut self, previous: Hash, header: &'a [u8]) -> Option<Chunk<'a>> {
        let items = self.decoder.array().ok()??;
        let items_max = self.decoder.input().len() / Hash::LENGTH;
        self.records.reserve(usize::try_from(items / 2).map_or(items_max, |it| it.min(items_max)));
        for _ in 0..items / 2 {
            let record = self.decoder.bytes().ok()?;
            let hash = self.hash()?;
            self.records.push((record, hash));
        }
        self.is_past_records = true;
        let from = self.decoder.position();
        self.decoder.skip().ok()?;
        let until = self.decoder.position();
        let check = self.hash()?;
        let input = self.decoder.input();
        if items % 2 != 0 || self.decoder.position() != input.len() {
            return None;
        }
        Some(Chunk {
            first: self.first,
            previous,
            header,
            records: std::mem::take(&mut self.records),
            marks: &input[from..until],
            check,
        })
    }

    fn hash(&mut self) -> Option<Hash> {
        self.decoder.bytes().ok()?.try_into().ok().map(Hash)
    }
}

#[cfg(test)]
mod tests;
