//! Where each stream's events lie. Held in memory, rebuilt from the log at every opening.

use std::collections::HashMap;

use domain::{StreamId, Version};

/// The positions of every stream's events.
#[derive(Default)]
pub(crate) struct Index {
    streams: HashMap<StreamId, Vec<u64>>,
    last: u64,
}

impl Index {
    /// Notes one more event of a stream, and returns which of the stream's events it is.
    pub(crate) fn push(&mut self, stream: StreamId, position: u64) -> Version {
        let positions = self.streams.entry(stream).or_default();
        positions.push(position);
        self.last = self.last.max(position);
        version(positions)
    }

    /// How many events a stream holds.
    pub(crate) fn version(&self, stream: StreamId) -> Version {
        self.streams.get(&stream).map_or(Version(0), |positions| version(positions))
    }

    /// The positions of a stream's events, in order.
    pub(crate) fn positions(&self, stream: StreamId) -> &[u64] {
        self.streams.get(&stream).map_or(&[], Vec::as_slice)
    }

    /// The last position there is; 0 in an empty journal.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }
}

fn version(positions: &[u64]) -> Version {
    Version(u32::try_from(positions.len()).expect("a stream stays far below four billion events"))
}
