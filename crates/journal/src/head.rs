//! The head file: how far the logs had come, kept beside the store.
//!
//! The chain shows every change within it, but not that its end is missing. This file is written
//! after every flush (and synced by nobody, so after a power cut it may be behind): it says which
//! position and hash each log had reached, so that a lost or rolled-back tail is noticed.
//!
//! ```text
//! events 00000000000000000017 9f86d0…
//! accesses 00000000000000000004 60303a…
//! check 3a6eb079
//! ```

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::chain::{self, Hash};
use crate::hex;
use crate::store::Log;

/// The file's name in the data directory.
pub(crate) const FILE_NAME: &str = "head";

/// The end of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tail {
    /// Position of the last record; 0 in an empty log.
    pub(crate) position: u64,
    /// The chain's hash after it.
    pub(crate) hash: Hash,
}

impl Tail {
    /// The end of a log with nothing in it.
    pub(crate) fn empty(log: Log) -> Self {
        Self { position: 0, hash: chain::genesis(log) }
    }
}

/// Both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heads {
    pub(crate) events: Tail,
    pub(crate) accesses: Tail,
}

/// The head file, open for overwriting.
pub(crate) struct HeadFile(File);

impl HeadFile {
    pub(crate) fn open(data_directory: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        options.open(data_directory.join(FILE_NAME)).map(Self)
    }

    pub(crate) fn write(&self, heads: &Heads) -> io::Result<()> {
        self.0.write_all_at(to_text(heads).as_bytes(), 0)
    }
}

/// What the head file says; nothing if it is missing or unreadable, as after some power cuts.
pub(crate) fn read(data_directory: &Path) -> Option<Heads> {
    let text = std::fs::read_to_string(data_directory.join(FILE_NAME)).ok()?;
    let mut lines = text.lines();
    let events = tail(lines.next()?, "events")?;
    let accesses = tail(lines.next()?, "accesses")?;
    let heads = Heads { events, accesses };
    (text == to_text(&heads)).then_some(heads)
}

fn tail(line: &str, name: &str) -> Option<Tail> {
    let (position, hash) = line.strip_prefix(name)?.strip_prefix(' ')?.split_once(' ')?;
    Some(Tail { position: position.parse().ok()?, hash: Hash::from_hex(hash)? })
}

fn to_text(heads: &Heads) -> String {
    let Heads { events, accesses } = heads;
    let text = format!(
        "events {:020} {}\naccesses {:020} {}\n",
        events.position, events.hash, accesses.position, accesses.hash
    );
    let check = hex::encode(&Sha256::digest(&text)[..4]);
    format!("{text}check {check}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_file_reads_back_as_written_and_not_when_altered() {
        let directory = tempfile::tempdir().unwrap();
        let tail = Tail { position: 17, hash: chain::leaf(b"some record") };
        let heads = Heads { events: tail, accesses: Tail::empty(Log::Accesses) };
        HeadFile::open(directory.path()).unwrap().write(&heads).unwrap();
        assert_eq!(read(directory.path()), Some(heads));

        let path = directory.path().join(FILE_NAME);
        let text = std::fs::read_to_string(&path).unwrap().replacen("17", "18", 1);
        std::fs::write(&path, text).unwrap();
        assert_eq!(read(directory.path()), None);
    }
}
