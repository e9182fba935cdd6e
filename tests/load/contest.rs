//! Durable appends a second and their latency: this journal beside the disk's own limit and beside
//! other stores, in one run on one machine.
//!
//! Everybody is asked by the same tasks, each of which waits for its answer before it asks again,
//! and everybody answers after a real sync. The rounds are interleaved, so that a busy moment of
//! the machine hits all of them. The round with the median rate is shown, and the best rate beside
//! it: where the two lie far apart, others were at work on the machine.

mod drive;
mod group_commit;
mod own_journal;
mod plain_file;
mod postgres;
mod sled_alone;
mod sqlite;

use std::path::Path;

use group_commit::GroupCommit;
use plain_file::PlainFile;
use sled_alone::SledAlone;
use sqlite::Sqlite;

use crate::Outcome;
use crate::figures::{microseconds, milliseconds, rate};
use drive::{Sample, drive};
use postgres::Postgres;

/// How many tasks append at once.
const WRITERS: [usize; 3] = [1, 16, 256];
/// How often each is measured; odd, so that there is a middle one.
const ROUNDS: usize = 5;
/// The bytes of an event before any store adds its own.
const EVENT_BYTES: usize = 500;
/// As many events as the journal takes under one flush.
const BATCH_MAX: usize = 4096;

/// Who is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contestant {
    PlainFile,
    Journal,
    SledAlone,
    SqliteEach,
    SqliteBatched,
    PostgresEach,
}

impl Contestant {
    const ALL: [Self; 6] = [
        Self::PlainFile,
        Self::Journal,
        Self::SledAlone,
        Self::SqliteEach,
        Self::SqliteBatched,
        Self::PostgresEach,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::PlainFile => "(a) plain file, one fdatasync a batch",
            Self::Journal => "(b) this journal",
            Self::SledAlone => "(c) sled alone, a batch as one value",
            Self::SqliteEach => "(d) SQLite, a transaction an event",
            Self::SqliteBatched => "(d) SQLite, a transaction a batch",
            Self::PostgresEach => "(e) PostgreSQL, an INSERT an event",
        }
    }
}

pub(crate) async fn measure() -> Outcome<()> {
    println!("Durable appends, events of {EVENT_BYTES} bytes, the median of {ROUNDS} rounds");
    println!("{:<40} writers   events/s       best        p50        p99  CPU/event", "");
    for writers in WRITERS {
        let mut samples = vec![Vec::with_capacity(ROUNDS); Contestant::ALL.len()];
        for _ in 0..ROUNDS {
            for (samples, contestant) in samples.iter_mut().zip(Contestant::ALL) {
                samples.extend(sample(contestant, writers).await?);
            }
        }
        for (samples, contestant) in samples.into_iter().zip(Contestant::ALL) {
            print(contestant, writers, samples);
        }
    }
    Ok(())
}

fn print(contestant: Contestant, writers: usize, mut samples: Vec<Sample>) {
    let name = contestant.name();
    samples.sort_unstable_by_key(|sample| sample.appends);
    let Some(sample) = samples.get(samples.len() / 2) else {
        return println!("{name:<40} {writers:>7} not installed");
    };
    let best = samples.last().map_or(0, |sample| sample.appends);
    let processor = match contestant {
        Contestant::PostgresEach => "elsewhere".to_owned(),
        _ => microseconds(sample.processor_each()),
    };
    println!(
        "{name:<40} {writers:>7} {:>10} {:>10} {:>10} {:>10} {processor:>10}",
        rate(sample.appends, sample.elapsed),
        rate(best, sample.elapsed),
        milliseconds(sample.p50),
        milliseconds(sample.p99),
    );
}

/// One round of one contestant; nothing where it is not installed.
async fn sample(contestant: Contestant, writers: usize) -> Outcome<Option<Sample>> {
    let directory = tempfile::tempdir()?;
    let path = directory.path();
    let sample = match contestant {
        Contestant::PlainFile => in_batches(PlainFile::create(path)?, BATCH_MAX, writers).await?,
        Contestant::SledAlone => in_batches(SledAlone::create(path)?, BATCH_MAX, writers).await?,
        Contestant::SqliteEach => in_batches(Sqlite::create(path)?, 1, writers).await?,
        Contestant::SqliteBatched => in_batches(Sqlite::create(path)?, BATCH_MAX, writers).await?,
        Contestant::Journal => drive(own_journal::writers(path, writers)?).await?,
        Contestant::PostgresEach => return in_postgres(path, writers).await,
    };
    Ok(Some(sample))
}

async fn in_batches(
    disk: impl group_commit::Disk,
    batch_max: usize,
    writers: usize,
) -> Outcome<Sample> {
    let commit = GroupCommit::start(disk, batch_max);
    drive((0..writers).map(|_| commit.writer(event())).collect()).await
}

async fn in_postgres(directory: &Path, writers: usize) -> Outcome<Option<Sample>> {
    let Some(server) = Postgres::start(directory).await? else { return Ok(None) };
    let sample = drive(server.writers(writers, &event()).await?).await?;
    drop(server);
    Ok(Some(sample))
}

/// What the others are given to write: as many bytes as the journal's event has before sealing.
fn event() -> Vec<u8> {
    own_journal::event_json()
}
