//! A segment: stored chunks of one log, one after the other, as a backup keeps them.
//!
//! NOTE: read by later versions of the program. Sixteen bytes of name, one that says which log,
//! then for each chunk the position of its first record, its length, and its bytes as they are
//! stored. Integers are big-endian.

use bytes::Bytes;
use domain::Position;

use super::fault::Flaw;
use crate::chain::Hash;
use crate::chunk::{Chunk, ChunkFault};
use crate::store::{Log, StoredChunk};

/// A segment is closed once it holds this much; the chunk that fills it may be longer.
pub(super) const SEGMENT_BYTES: usize = 8 * 1024 * 1024;
/// A longer file is no segment: a chunk is bounded by what one append may hold.
pub(super) const SEGMENT_BYTES_MAX: u64 = 64 * 1024 * 1024;

const NAME: &[u8; 16] = b"avvik segment 1\n";
/// No log comes this far; beyond it, positions could not be counted on.
const POSITION_MAX: u64 = u64::MAX / 4;

/// A segment being filled.
pub(super) struct SegmentDraft {
    bytes: Vec<u8>,
}

impl SegmentDraft {
    pub(super) fn new(log: Log) -> Self {
        let mut bytes = NAME.to_vec();
        bytes.push(number(log));
        Self { bytes }
    }

    pub(super) fn push(&mut self, chunk: &StoredChunk) {
        let length = u32::try_from(chunk.bytes.len()).expect("the size of a chunk is bounded");
        self.bytes.extend_from_slice(&chunk.first.to_be_bytes());
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(&chunk.bytes);
    }

    pub(super) fn is_full(&self) -> bool {
        SEGMENT_BYTES <= self.bytes.len()
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// A segment whose hashes have all been recomputed.
pub struct Segment<'a> {
    pub(super) log: Log,
    /// Where its first record stands.
    pub(super) first: u64,
    /// Where its last record stands.
    pub(super) last: u64,
    /// The chain's hash before its first record.
    pub(super) previous: Hash,
    /// The chain's hash after its last record.
    pub(super) head: Hash,
    frames: Vec<(u64, &'a [u8])>,
}

/// Reads a segment, and recomputes every hash in it. Takes any bytes.
pub fn read_segment(bytes: &[u8]) -> Result<Segment<'_>, Flaw> {
    let (name, rest) = bytes.split_first_chunk().ok_or(Flaw::NotASegment)?;
    let (log, mut rest) = rest.split_first().ok_or(Flaw::NotASegment)?;
    let log = of_number(*log).filter(|_| name == NAME).ok_or(Flaw::NotASegment)?;
    let mut segment: Option<Segment<'_>> = None;
    while !rest.is_empty() {
        let (first, chunk, after) = frame(rest).ok_or(Flaw::NotASegment)?;
        rest = after;
        let checked = Chunk::parse(first, chunk)?;
        checked.check()?;
        let positions = checked.positions();
        if positions.is_empty() {
            return Err(Flaw::NotASegment);
        }
        let so_far = segment.get_or_insert_with(|| Segment {
            log,
            first,
            last: first - 1,
            previous: checked.previous,
            head: checked.previous,
            frames: Vec::new(),
        });
        if so_far.last + 1 != first || so_far.head != checked.previous {
            return Err(Flaw::Unchained { log, position: Position(so_far.last + 1) });
        }
        so_far.last = positions.end - 1;
        so_far.head = checked.head();
        so_far.frames.push((first, chunk));
    }
    segment.ok_or(Flaw::NotASegment)
}

pub(super) fn frame(bytes: &[u8]) -> Option<(u64, &[u8], &[u8])> {
    let (first, rest) = bytes.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (chunk, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    let first = u64::from_be_bytes(*first);
    (0 < first && first <= POSITION_MAX).then_some((first, chunk, rest))
}

impl<'a> Segment<'a> {
    /// The stored chunks, in order.
    pub(super) fn stored(&self) -> impl Iterator<Item = StoredChunk> + '_ {
        self.frames.iter().map(|(first, bytes)| StoredChunk {
            first: *first,
            bytes: Bytes::copy_from_slice(bytes),
        })
    }

    /// The chunks, taken apart; their hashes have been recomputed.
    pub(super) fn chunks(&self) -> impl Iterator<Item = Result<Chunk<'a>, ChunkFault>> + '_ {
        self.frames.iter().map(|(first, bytes)| Chunk::parse(*first, bytes))
    }
}

fn number(log: Log) -> u8 {
    match log {
        Log::Events => 1,
        Log::Accesses => 2,
    }
}

fn of_number(number: u8) -> Option<Log> {
    [Log::Events, Log::Accesses].into_iter().find(|log| self::number(*log) == number)
}
