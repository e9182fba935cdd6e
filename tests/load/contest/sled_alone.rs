//! sled as the journal uses it, and nothing on top: no seal, no chain, no idempotency.
//!
//! Its flush is as real as the journal's: both are in one program, in which the journal answers
//! for sled's sync (`docs/decisions/0002-a-flush-that-is-one.md`).

use std::path::Path;

use sled::{Config, Db};

use super::group_commit::Disk;
use crate::Outcome;

/// No more events, and no more bytes, than this go into one value.
const VALUE_EVENTS_MAX: usize = 64;
const VALUE_BYTES_MAX: usize = 24 * 1024;
/// As the journal has it.
const SEGMENT_BYTES: usize = 4 * 1024 * 1024;
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

pub(super) struct SledAlone {
    database: Db,
    position: u64,
}

impl SledAlone {
    pub(super) fn create(directory: &Path) -> Outcome<Self> {
        let config = Config::new().path(directory).segment_size(SEGMENT_BYTES);
        let database = config.cache_capacity(CACHE_BYTES).flush_every_ms(None).open()?;
        Ok(Self { database, position: 0 })
    }

    fn insert(&mut self, value: &mut Vec<u8>, events: usize) -> Outcome<()> {
        self.database.insert(self.position.to_be_bytes(), value.as_slice())?;
        self.position += events as u64;
        value.clear();
        Ok(())
    }
}

impl Disk for SledAlone {
    fn write(&mut self, events: &[Vec<u8>]) -> Outcome<()> {
        let mut value = Vec::with_capacity(VALUE_BYTES_MAX);
        let mut inside = 0;
        for event in events {
            if inside == VALUE_EVENTS_MAX || VALUE_BYTES_MAX < value.len() + event.len() {
                self.insert(&mut value, inside)?;
                inside = 0;
            }
            value.extend_from_slice(event);
            inside += 1;
        }
        self.insert(&mut value, inside)?;
        self.database.flush()?;
        Ok(())
    }
}
