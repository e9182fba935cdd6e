//! What sled would throw away by opening: looked for before it does.
//!
//! NOTE: this knows the files of sled 0.34, which is pinned. When sled opens, it reads its log up
//! to the first message that is not whole, takes what follows for a write that was never finished,
//! and fills it with zeros; segments that it has no use for any more it fills with zeros too. After
//! a power cut that is right. Where a bit has flipped on the disk, or a page was lost, it destroys
//! everything behind, and older copies of what was lost. So the log is read here first, and nothing
//! is changed: `rehearsal.rs` tries on a copy what looks doubtful.
//!
//! | bytes of a segment | |
//! |---|---|
//! | 0..4 | sum over 4..20, inverted |
//! | 4..12 | where it stands in the log, with all bits but the first inverted |
//! | 12..20 | how far the log was known to be on disk, likewise |
//! | 20.. | messages: sum, kind, length, number of the segment, page, body |

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::thread;

use super::message::{Message, SEGMENT_HEADER_BYTES, is_room_for_a_message};
use super::sled::{self, LOG_FILE, SEGMENT_BYTES, SETTINGS_FILE};
use crate::replay;

/// What a snapshot's name ends with until it is finished. sled takes one that a crash left behind
/// for finished, and does not open; it reads what came before as well without.
const UNFINISHED: &str = ".generating";

/// Removes snapshots that were never finished.
pub(crate) fn clear_unfinished(store: &Path) -> io::Result<()> {
    for name in snapshots(store)?.iter().filter(|name| name.ends_with(UNFINISHED)) {
        fs::remove_file(store.join(name))?;
    }
    Ok(())
}

/// Whether opening the store in that directory could throw away something that was once written
/// whole. Says so too often rather than too seldom: after some power cuts as well.
pub(crate) fn is_doubtful(store: &Path) -> io::Result<bool> {
    if !is_whole_file(&store.join(SETTINGS_FILE), 0)? {
        return Ok(true);
    }
    for name in snapshots(store)? {
        if !is_whole_file(&store.join(name), size_of::<u64>())? {
            return Ok(true);
        }
    }
    let file = match File::open(store.join(LOG_FILE)) {
        Ok(file) => file,
        // A log that is gone is no log that could be cut.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let log = LogFile::new(&file)?;
    let threads = replay::threads().min(log.numbers.len());
    thread::scope(|scope| {
        let log = &log;
        let search = |first| scope.spawn(move || log.is_doubtful(first, threads));
        let searches: Vec<_> = (0..threads).map(search).collect();
        let mut found = searches.into_iter().map(|it| it.join().expect("searching does not panic"));
        found.try_fold(false, |any, found| Ok(any || found?))
    })
}

/// The names of all snapshots.
fn snapshots(store: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(store) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let name = entry?.file_name();
        found.extend(name.to_str().filter(|_| sled::is_snapshot(&name)).map(str::to_owned));
    }
    Ok(found)
}

/// Whether one of sled's small files is what was written: its last four bytes are a sum over the
/// rest, but for `between` bytes before them. sled makes one anew where there is none.
fn is_whole_file(path: &Path, between: usize) -> io::Result<bool> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        bytes => bytes?,
    };
    let Some((rest, sum)) = bytes.split_last_chunk::<4>() else { return Ok(false) };
    let Some(length) = rest.len().checked_sub(between) else { return Ok(false) };
    Ok(crc32fast::hash(&rest[..length]) == u32::from_le_bytes(*sum))
}

/// The file with sled's log.
struct LogFile<'a> {
    file: &'a File,
    length: u64,
    /// For each segment its place in the log, counted in segments; nothing where its header is not
    /// whole, or it was never used.
    numbers: Vec<Option<u64>>,
    last: Option<u64>,
}

impl<'a> LogFile<'a> {
    fn new(file: &'a File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let mut numbers = Vec::new();
        for offset in (0..length).step_by(SEGMENT_BYTES) {
            let mut header = [0; SEGMENT_HEADER_BYTES];
            if offset + SEGMENT_HEADER_BYTES as u64 <= length {
                file.read_exact_at(&mut header, offset)?;
            }
            numbers.push(number_in(&header));
        }
        let last = numbers.iter().flatten().max().copied();
        Ok(Self { file, length, numbers, last })
    }

    /// Looks through every segment from `first` on by steps of `step`.
    fn is_doubtful(&self, first: usize, step: usize) -> io::Result<bool> {
        let mut bytes = vec![0; SEGMENT_BYTES];
        for (index, number) in self.numbers.iter().enumerate().skip(first).step_by(step) {
            let offset = (index * SEGMENT_BYTES) as u64;
            let there = (self.length - offset).min(SEGMENT_BYTES as u64);
            let segment = &mut bytes[..usize::try_from(there).expect("no more than a segment")];
            self.file.read_exact_at(segment, offset)?;
            let is_doubtful = match *number {
                Some(number) => is_segment_doubtful(segment, number, Some(number) == self.last),
                // What sled has cleared is empty; a segment whose header was lost is not.
                None => holds_messages(segment, 0, |it| !self.numbers.contains(&Some(it))),
            };
            if is_doubtful {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The number in a segment's header, if that is whole.
fn number_in(header: &[u8; SEGMENT_HEADER_BYTES]) -> Option<u64> {
    let (sum, rest) = header.split_first_chunk::<4>()?;
    let (place, _) = rest.split_first_chunk::<8>()?;
    let is_whole = crc32fast::hash(rest) ^ u32::MAX == u32::from_le_bytes(*sum);
    let place = u64::from_le_bytes(*place) ^ (u64::MAX >> 1);
    let segment = SEGMENT_BYTES as u64;
    (is_whole && place.is_multiple_of(segment)).then_some(place / segment)
}

/// Whether a segment breaks off before its end and that is not how the end of a log looks.
fn is_segment_doubtful(segment: &[u8], number: u64, is_last: bool) -> bool {
    let mut at = SEGMENT_HEADER_BYTES;
    let mut batch_end = 0;
    while is_room_for_a_message(at) {
        match Message::read(segment, at).filter(|it| it.is_whole && it.segment == number) {
            Some(message) if message.fills_the_rest() => return false,
            Some(message) => {
                batch_end = message.end_of_batch(segment).unwrap_or(0).max(batch_end);
                at += message.length;
            }
            None => {
                let place = number * SEGMENT_BYTES as u64 + at as u64;
                return !is_last || place < batch_end || is_tail_doubtful(segment, at, number);
            }
        }
    }
    false
}

/// Whether something lies behind the last whole message of the log that was written after it.
/// A segment used for the second time holds messages of the first time there.
fn is_tail_doubtful(segment: &[u8], at: usize, number: u64) -> bool {
    let tail = segment.get(at..).unwrap_or_default();
    if tail.iter().all(|byte| *byte == 0) {
        return false;
    }
    let begins = Message::read(segment, at).is_some_and(|it| it.segment == number);
    begins
        || holds_messages(segment, at, |it| it == number)
        || !holds_messages(segment, at, |it| it < number)
}

/// Whether a whole message of a segment with such a number begins anywhere from `at` on.
fn holds_messages(segment: &[u8], at: usize, is_such: impl Fn(u64) -> bool) -> bool {
    if segment.iter().all(|byte| *byte == 0) {
        return false;
    }
    (at..segment.len())
        .any(|at| Message::read_if(segment, at, &is_such).is_some_and(|it| it.is_whole))
}

#[cfg(test)]
mod tests;
