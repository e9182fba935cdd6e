//! What sled would throw away by opening: looked for before it does.
//!
//! NOTE: this knows the files of sled 0.34, which is pinned. When sled opens, it reads its log from
//! where its last snapshot left off. At the first message that is not whole it takes what follows
//! for a write that was never finished, and fills it with zeros; segments it knows of no use for
//! it fills with zeros too. After a power cut that is right. Where a bit has flipped on the disk,
//! or a page was lost, it destroys everything behind. So the same reading is done here first, and
//! changes nothing: `rehearsal.rs` tries on a copy what looks doubtful.
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

use super::message::{Message, SEGMENT_HEADER_BYTES, is_room_for_a_message};
use super::sled::{self, LOG_FILE, SEGMENT_BYTES, SETTINGS_FILE};

/// What a snapshot's name ends with until it is finished. sled takes one that a crash left behind
/// for finished, and does not open; it reads what came before as well without.
const UNFINISHED: &str = ".generating";

/// What is known of a segment from its header.
enum Segment {
    /// It holds the log from this place on.
    From(u64),
    /// Its header is not whole, or it was never used.
    Headless,
}

/// Removes snapshots that were never finished.
pub(crate) fn clear_unfinished(store: &Path) -> io::Result<()> {
    for (name, _) in snapshots(store)?.into_iter().filter(|(name, _)| name.ends_with(UNFINISHED)) {
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
    let mut covered = 0;
    for (name, place) in snapshots(store)? {
        if !is_whole_file(&store.join(name), size_of::<u64>())? {
            return Ok(true);
        }
        covered = place.unwrap_or(0).max(covered);
    }
    let file = match File::open(store.join(LOG_FILE)) {
        Ok(file) => file,
        // A log that is gone is no log that could be cut.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    // sled reads whole segments.
    is_log_doubtful(&file, covered / SEGMENT_BYTES as u64)
}

/// The names of all snapshots, and up to where in the log each goes, if its name says so.
fn snapshots(store: &Path) -> io::Result<Vec<(String, Option<u64>)>> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(store) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let name = entry?.file_name();
        if let Some(name) = name.to_str().filter(|_| sled::is_snapshot(&name)) {
            let place = name.rsplit('.').next().and_then(|it| u64::from_str_radix(it, 16).ok());
            found.push((name.to_owned(), place));
        }
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

/// Looks through every segment that sled will read, which are those from number `first` on.
fn is_log_doubtful(file: &File, first: u64) -> io::Result<bool> {
    let length = file.metadata()?.len();
    let offsets: Vec<u64> = (0..length).step_by(SEGMENT_BYTES).collect();
    let mut numbers = Vec::with_capacity(offsets.len());
    for offset in &offsets {
        let mut header = [0; SEGMENT_HEADER_BYTES];
        let is_there = offset + SEGMENT_HEADER_BYTES as u64 <= length;
        if is_there {
            file.read_exact_at(&mut header, *offset)?;
        }
        numbers.push(match read_header(&header) {
            Segment::From(place) if is_there => Some(place / SEGMENT_BYTES as u64),
            _ => None,
        });
    }
    let last = numbers.iter().flatten().max().copied();
    let mut bytes = vec![0; SEGMENT_BYTES];
    for (offset, number) in offsets.into_iter().zip(&numbers) {
        if number.is_some_and(|number| number < first) {
            continue;
        }
        let there =
            usize::try_from(length - offset).map_or(SEGMENT_BYTES, |it| it.min(SEGMENT_BYTES));
        let segment = &mut bytes[..there];
        file.read_exact_at(segment, offset)?;
        let is_doubtful = match *number {
            Some(number) => is_segment_doubtful(segment, number, Some(number) == last),
            // What sled has cleared is empty; one whose header was lost is not.
            None => holds_messages(segment, 0, |number| {
                first <= number && !numbers.contains(&Some(number))
            }),
        };
        if is_doubtful {
            return Ok(true);
        }
    }
    Ok(false)
}

fn read_header(header: &[u8; SEGMENT_HEADER_BYTES]) -> Segment {
    let (sum, rest) = header.split_first_chunk::<4>().expect("the header is longer");
    let (place, _) = rest.split_first_chunk::<8>().expect("the header is longer");
    let is_whole = crc32fast::hash(rest) ^ u32::MAX == u32::from_le_bytes(*sum);
    let place = u64::from_le_bytes(*place) ^ (u64::MAX >> 1);
    if is_whole && place.is_multiple_of(SEGMENT_BYTES as u64) {
        Segment::From(place)
    } else {
        Segment::Headless
    }
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
