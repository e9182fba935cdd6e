//! One message in sled's log, read as sled reads it.

use super::sled::SEGMENT_BYTES;

/// The bytes before a segment's first message.
pub(super) const SEGMENT_HEADER_BYTES: usize = 20;

/// The most that the part before a message's body takes. sled begins no message where that may not
/// fit.
const MESSAGE_HEADER_BYTES_MAX: usize = 32;

/// The kinds that matter here; 0 is none, and 11 the last.
const CAP: u8 = 2;
const BATCH: u8 = 3;
const KIND_MAX: u8 = 11;

/// What stands before a message's body, and whether the body fits it.
pub(super) struct Message {
    kind: u8,
    /// In bytes, the header with it.
    pub(super) length: usize,
    /// The number of the segment it was written for.
    pub(super) segment: u64,
    /// Whether the bytes are those that were written.
    pub(super) is_whole: bool,
    body: std::ops::Range<usize>,
}

/// Whether sled would look for a message there.
pub(super) fn is_room_for_a_message(at: usize) -> bool {
    at + MESSAGE_HEADER_BYTES_MAX <= SEGMENT_BYTES
}

impl Message {
    /// The message that begins at `at`, if something like one does.
    pub(super) fn read(segment: &[u8], at: usize) -> Option<Self> {
        Self::read_if(segment, at, |_| true)
    }

    /// The same, if it was written for such a segment. The sum is taken for no other.
    pub(super) fn read_if(
        segment: &[u8],
        at: usize,
        is_such: impl Fn(u64) -> bool,
    ) -> Option<Self> {
        let message = segment.get(at..)?;
        let (sum, rest) = message.split_first_chunk::<4>()?;
        let (&kind, mut rest) = rest.split_first()?;
        if !(1..=KIND_MAX).contains(&kind) {
            return None;
        }
        let body_length = usize::try_from(read_number(&mut rest)?).ok()?;
        let number = read_number(&mut rest)?;
        if !is_such(number) {
            return None;
        }
        read_number(&mut rest)?;
        let header_length = message.len() - rest.len();
        let body = rest.get(..body_length)?;
        let mut found = crc32fast::Hasher::new();
        found.update(body);
        found.update(&message[4..header_length]);
        Some(Self {
            kind,
            length: header_length + body_length,
            segment: number,
            is_whole: found.finalize() ^ u32::MAX == u32::from_le_bytes(*sum),
            body: at + header_length..at + header_length + body_length,
        })
    }

    /// Whether it says that the rest of the segment is unused.
    pub(super) fn fills_the_rest(&self) -> bool {
        self.kind == CAP
    }

    /// The place in the log of the last message that counts only together with those before it,
    /// where this begins such a batch.
    pub(super) fn end_of_batch(&self, segment: &[u8]) -> Option<u64> {
        let body = segment.get(self.body.clone()).filter(|_| self.kind == BATCH)?;
        body.try_into().ok().map(u64::from_le_bytes)
    }
}

/// A number in sled's short form, taken off the front.
fn read_number(bytes: &mut &[u8]) -> Option<u64> {
    let (&first, rest) = bytes.split_first()?;
    let byte = |at: usize| rest.get(at).copied().map(u64::from);
    let (number, length) = match first {
        0..=240 => (u64::from(first), 0),
        241..=248 => (240 + 256 * (u64::from(first) - 241) + byte(0)?, 1),
        249 => (2288 + 256 * byte(0)? + byte(1)?, 2),
        _ => {
            let length = usize::from(first) - 247;
            let mut bytes = [0; 8];
            bytes[..length].copy_from_slice(rest.get(..length)?);
            (u64::from_le_bytes(bytes), length)
        }
    };
    *bytes = &rest[length..];
    Some(number)
}
