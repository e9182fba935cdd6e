//! What was tried under fire, and what came of it.

use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use domain::Recorded;
use serde_json::Value;

/// What the store may take on disk: so much to begin with, since sled fills several segments of
/// 4 MiB before it clears one, and then in proportion to what the logs hold.
const STORE_BYTES_FLOOR: u64 = 64 * 1024 * 1024;
const STORE_BYTES_PER_RECORD: u64 = 4 * 1024;

/// What was tried, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Rounds, each with a violent end under load.
    pub rounds: u32,
    /// Deaths while opening, besides.
    pub killed_while_opening: u32,
    /// Requests that were sent again under their key.
    pub repeated: u32,
    /// How often every view was compared with itself rebuilt.
    pub views_compared: u32,
    /// How often the whole log was held against everything said.
    pub held_whole: u32,
    /// How often a store looked damaged after a death, and was tried on a copy before opening.
    pub rehearsed: usize,
    /// Reports with a receipt.
    pub receipts: usize,
    /// Reports without one that are there all the same, whole.
    pub there_without: usize,
    /// Reports without one that are not there.
    pub gone_without: usize,
    /// Steps with a text that were answered.
    pub steps: usize,
    /// Attached files, each whole.
    pub attachments: u64,
    /// Events in the log.
    pub events: u64,
    /// Records in both logs.
    pub records: u64,
    /// Bytes the store takes on disk.
    pub store_bytes: u64,
}

impl Counts {
    /// Notes what the disk holds.
    ///
    /// # Panics
    /// If it is out of proportion.
    pub(super) fn note_whole(&mut self, events: &[Recorded], found: &Value, data: &Path) {
        let records = |log: &str| found[log]["records"].as_u64().expect("a number");
        self.held_whole += 1;
        self.attachments = found["attachments"]["whole"].as_u64().expect("a number");
        self.events = events.len() as u64;
        self.records = records("events") + records("accesses");
        self.store_bytes = bytes_on_disk(&data.join("store"));
        let allowed = STORE_BYTES_FLOOR + self.records * STORE_BYTES_PER_RECORD;
        assert!(
            self.store_bytes <= allowed,
            "the store takes {} bytes for {} records; {allowed} are in proportion",
            self.store_bytes,
            self.records
        );
    }
}

/// What the files in a directory take on disk.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn bytes_on_disk(directory: &Path) -> u64 {
    let entries = fs::read_dir(directory).expect("the directory is read");
    let bytes = entries.map(|entry| {
        let path = entry.expect("its entries are read").path();
        if path.is_dir() {
            bytes_on_disk(&path)
        } else {
            // Always counted in these units, whatever the file system's own.
            fs::metadata(&path).map_or(0, |it| it.blocks() * 512)
        }
    });
    bytes.sum()
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "rounds                                        {}", self.rounds)?;
        writeln!(f, "deaths while opening, besides                 {}", self.killed_while_opening)?;
        writeln!(f, "reports with a receipt, each there once       {}", self.receipts)?;
        writeln!(f, "reports without one, there whole              {}", self.there_without)?;
        writeln!(f, "reports without one, not there                {}", self.gone_without)?;
        writeln!(f, "attached files, each whole                    {}", self.attachments)?;
        writeln!(f, "steps answered, each there once               {}", self.steps)?;
        writeln!(f, "requests sent again under their key           {}", self.repeated)?;
        writeln!(f, "openings tried on a copy first                {}", self.rehearsed)?;
        writeln!(f, "views compared with themselves rebuilt        {}", self.views_compared)?;
        writeln!(f, "whole log verified and compared               {}", self.held_whole)?;
        writeln!(
            f,
            "events, records in both logs                  {}, {}",
            self.events, self.records
        )?;
        write!(f, "bytes of the store on disk                    {}", self.store_bytes)
    }
}
