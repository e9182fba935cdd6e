//! The limit: bytes at the end of a file, made durable.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::group_commit::Disk;
use crate::Outcome;

pub(super) struct PlainFile {
    file: File,
    buffer: Vec<u8>,
}

impl PlainFile {
    pub(super) fn create(directory: &Path) -> Outcome<Self> {
        Ok(Self { file: File::create(directory.join("events"))?, buffer: Vec::new() })
    }
}

impl Disk for PlainFile {
    fn write(&mut self, events: &[Vec<u8>]) -> Outcome<()> {
        self.buffer.clear();
        for event in events {
            self.buffer.extend_from_slice(event);
        }
        self.file.write_all(&self.buffer)?;
        Ok(self.file.sync_data()?)
    }
}
