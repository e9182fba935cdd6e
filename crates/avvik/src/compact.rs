//! `avvik compact`: the store written anew, without the room it no longer needs.

use journal::{CompactError, Compaction, JournalError, StoreError};
use serde::Serialize;

use crate::arguments::Report;
use crate::failure::Failure;
use crate::output::say;
use crate::settings::{Flags, Settings};

/// What was done.
#[derive(Debug, Serialize)]
struct Compacted {
    /// How many events the log holds, as before.
    events: u64,
    /// How many lines the access log holds, as before.
    accesses: u64,
    bytes_before: u64,
    bytes_after: u64,
}

impl From<Compaction> for Compacted {
    fn from(it: Compaction) -> Self {
        let Compaction { events, accesses, bytes_before, bytes_after } = it;
        Self { events, accesses, bytes_before, bytes_after }
    }
}

/// Compacts the store of a stopped service, and says how much room it took up and takes up now.
pub(crate) fn run(asked: &Report) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir.clone(), listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let done = journal::compact(&settings.data_dir).map_err(|error| match error {
        CompactError::Journal(JournalError::Store(StoreError::InUse { path })) => {
            let reason = format!(
                "{} is in use by another process; a compaction needs the service stopped",
                path.display()
            );
            Failure::Refused { reason }
        }
        error => Failure::house("the store could not be compacted")(error),
    })?;
    tell(&done.into(), asked.json)
}

fn tell(it: &Compacted, json: bool) -> Result<(), Failure> {
    if json {
        return say(&serde_json::to_string(it).expect("what was done has text keys alone"));
    }
    let Compacted { events, accesses, bytes_before, bytes_after } = it;
    say(&format!(
        "The store took up {} and takes up {} now: {events} events and {accesses} lines of the \
         access log, byte for byte as they were.",
        in_mebibytes(*bytes_before),
        in_mebibytes(*bytes_after)
    ))
}

/// With one decimal, rounded down.
fn in_mebibytes(bytes: u64) -> String {
    let tenths = bytes * 10 / (1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
