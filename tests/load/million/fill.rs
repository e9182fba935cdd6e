//! Filling a journal through its append, one event at a time, and what that costs on the way.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::ids::{CaseId, CaseNumber};
use domain::{Actor, Position, Version};
use journal::{Append, Journal, Settings};
use service::secrets::random_id;

use super::cases::{self, Cast};
use crate::Outcome;
use crate::figures::{microseconds, processor_time, rate};

/// How many append at once.
const WRITERS: usize = 64;
/// The year of every case.
pub(super) const YEAR: u16 = 2024;
/// At which lengths of the log it is looked at what appends cost, and over how many.
const MARKS: [u64; 3] = [10_000, 100_000, 1_000_000];
const STRETCH: u64 = 5_000;

/// When the log had which length.
#[derive(Debug, Clone, Copy)]
struct Seen {
    position: u64,
    at: Instant,
    processor: Duration,
}

/// Appends everything that happened in so many cases.
pub(super) async fn fill(data: &Path, cast: Cast, cases: u32) -> Outcome<()> {
    let (journal, feed) = Journal::open(&Settings::new(data), |_| ())?;
    // Nobody builds views here.
    drop(feed);
    let began = Instant::now();
    let before = journal.position();
    let (next, seen) = (Arc::new(AtomicU32::new(1)), Arc::new(Mutex::new(Vec::new())));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (next, seen) = (Arc::clone(&next), Arc::clone(&seen));
            tokio::spawn(write(journal.clone(), cast, cases, next, seen))
        })
        .collect();
    for writer in writers {
        writer.await??;
    }
    let events = usize::try_from(journal.position().0 - before.0)?;
    println!(
        "Filled a log with {events} events in {cases} cases: {} s, {} events/s",
        began.elapsed().as_secs(),
        rate(events, began.elapsed())
    );
    report(&seen.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(())
}

async fn write(
    journal: Journal,
    cast: Cast,
    cases: u32,
    next: Arc<AtomicU32>,
    seen: Arc<Mutex<Vec<Seen>>>,
) -> Outcome<()> {
    loop {
        let sequence = next.fetch_add(1, Ordering::Relaxed);
        if cases < sequence {
            return Ok(());
        }
        let stream = CaseId(random_id());
        let number = CaseNumber { year: YEAR, sequence };
        for (version, event) in (0..).zip(cases::events(cast, number, sequence == 1)) {
            let append = Append {
                stream: stream.into(),
                expected: Version(version),
                events: vec![event.into()],
                at: cases::reported_at(sequence),
                by: Actor::Service,
                idempotency: Some(random_id().into()),
                outbox: Vec::new(),
            };
            let Position(position) = journal.append(append).await?.last;
            if MARKS.iter().any(|mark| position == *mark || position + STRETCH == *mark) {
                let now = Seen { position, at: Instant::now(), processor: processor_time()? };
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(now);
            }
        }
    }
}

fn report(seen: &[Seen]) {
    for mark in MARKS {
        let at = |position| seen.iter().find(|seen| seen.position == position);
        let (Some(from), Some(until)) = (at(mark - STRETCH), at(mark)) else { continue };
        let each =
            |duration: Duration| microseconds(duration / u32::try_from(STRETCH).unwrap_or(1));
        println!(
            "  an append around event {mark}: {} of processor time, {WRITERS} at once every {}",
            each(until.processor.saturating_sub(from.processor)),
            each(until.at - from.at),
        );
    }
}
