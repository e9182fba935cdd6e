//! Reading the events of a backup as they are walked: each the next of its stream, and readable
//! with the keys.

use std::collections::HashMap;

use domain::{Position, Recorded, StreamId, Version};

use crate::keyring::{Held, KeyId, Keys};
use crate::read::{ReadError, decode};
use crate::record::Record;
use crate::schema::Forms;
use crate::seal::Room;
use crate::verify::Damage;

/// Reads events in order.
#[derive(Default)]
pub(super) struct Reader {
    versions: HashMap<StreamId, u32>,
    room: Room,
    /// Seals that open.
    pub(super) open: u64,
    /// Seals whose key was destroyed.
    pub(super) erased: u64,
}

impl Reader {
    /// The event in a record whose hash has been recomputed.
    pub(super) fn take(
        &mut self,
        position: u64,
        record: &[u8],
        keys: &Keys,
    ) -> Result<Recorded, ReadError> {
        let event = decode(Forms::KNOWN, record, position, keys, &mut self.room)?;
        let last = self.versions.entry(event.stream).or_default();
        if event.version != Version(last.saturating_add(1)) {
            let damage = Damage::OutOfOrder { version: event.version };
            return Err(ReadError::Damaged { position: Position(position), damage });
        }
        *last = event.version.0;
        self.count_seals(record, keys);
        Ok(event)
    }

    fn count_seals(&mut self, record: &[u8], keys: &Keys) {
        let seals = Record::from_bytes(record).map(|record| record.seals).unwrap_or_default();
        for seal in seals {
            match keys.get(KeyId(seal.key.into())) {
                Some(Held::Key(_)) => self.open += 1,
                Some(Held::Destroyed) => self.erased += 1,
                // It would not have been read.
                None => (),
            }
        }
    }
}
