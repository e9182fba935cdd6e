//! Durable appends a second through the real journal, and how long opening it takes.

use std::error::Error;
use std::time::{Duration, Instant};

use domain::case::Event;
use domain::ids::CaseId;
use domain::{Actor, Erasable, Time, Version};
use journal::{Append, Journal, Settings};
use uuid::Uuid;

use crate::figures::{milliseconds, percentile, rate};

/// Events appended for each number of writers.
const EVENTS: usize = 20_000;

/// Characters of text in an event, so that one is about 500 bytes when stored.
const TEXT_CHARACTERS: usize = 300;

type Outcome<T> = Result<T, Box<dyn Error>>;

pub(crate) async fn measure() -> Outcome<()> {
    println!("Durable appends (sealed, chained, idempotent; events of about 500 bytes)");
    println!("  writers   events/s        p50        p99");
    for writers in [1, 16, 256] {
        let directory = tempfile::tempdir()?;
        let settings = Settings::new(directory.path());
        Journal::init(&settings)?;
        let (journal, feed) = Journal::open(&settings, |_| ())?;
        // Nobody builds views here.
        drop(feed);
        let began = Instant::now();
        let mut latencies = append_all(&journal, writers).await?;
        let elapsed = began.elapsed();
        latencies.sort_unstable();
        println!(
            "  {writers:>7} {:>10} {:>10} {:>10}",
            rate(latencies.len(), elapsed),
            milliseconds(percentile(&latencies, 0.5)),
            milliseconds(percentile(&latencies, 0.99)),
        );
        drop(journal);
        if writers == 256 {
            reopen(&settings)?;
        }
    }
    Ok(())
}

async fn append_all(journal: &Journal, writers: usize) -> Outcome<Vec<Duration>> {
    let each = EVENTS / writers;
    let tasks: Vec<_> = (0..writers).map(|_| tokio::spawn(write(journal.clone(), each))).collect();
    let mut latencies = Vec::with_capacity(EVENTS);
    for task in tasks {
        latencies.extend(task.await??);
    }
    Ok(latencies)
}

async fn write(journal: Journal, events: usize) -> Result<Vec<Duration>, journal::AppendError> {
    let case = CaseId(service::secrets::random_id());
    let mut latencies = Vec::with_capacity(events);
    for version in 0..events {
        let version = Version(u32::try_from(version).expect("a few thousand events"));
        let began = Instant::now();
        journal.append(append(case, version)).await?;
        latencies.push(began.elapsed());
    }
    Ok(latencies)
}

fn append(case: CaseId, expected: Version) -> Append {
    let text = "måling ".repeat(TEXT_CHARACTERS / 7);
    Append {
        stream: case.into(),
        expected,
        events: vec![Event::InformationAdded { text: Erasable::known(text) }.into()],
        at: Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026"),
        by: Actor::Reporter,
        idempotency: Some(Uuid::from_u128(case.0.as_u128() ^ u128::from(expected.0))),
        outbox: Vec::new(),
    }
}

fn reopen(settings: &Settings) -> Outcome<()> {
    let began = Instant::now();
    let mut events = 0usize;
    let (journal, _feed) = Journal::open(settings, |_| events += 1)?;
    let elapsed = began.elapsed();
    println!(
        "Opening the log of {events} events: {}, {} events/s",
        milliseconds(elapsed),
        rate(events, elapsed)
    );
    drop(journal);
    Ok(())
}
