//! A million events in 50 000 cases: what an append costs on the way there, how long the service
//! needs to be ready with them, and how fast it answers then.
//!
//! `AVVIK_BENCH_CASES` asks for fewer or more cases.

mod cases;
mod fill;
mod http_load;
mod pages;
mod statistics;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

use domain::Role;
use journal::Journal;
use service::{Clock, Service};
use tests::binary::{Binary, Process};
use tests::people::People;
use tests::running;

use crate::Outcome;
use crate::binary::{beside_this_program, resident};
use crate::figures::{milliseconds, processor_time_of};
use cases::Cast;

/// Where the number of cases can be set.
const CASES_VARIABLE: &str = "AVVIK_BENCH_CASES";
const CASES: u32 = 50_000;

/// How often the service is started.
const STARTS: usize = 3;

pub(crate) async fn measure() -> Outcome<()> {
    let cases = std::env::var(CASES_VARIABLE).map_or(Ok(CASES), |it| it.parse())?;
    let directory = tempfile::tempdir()?;
    let (data, log) = (directory.path().join("data"), directory.path().join("log"));
    let people = set_up(&data).await?;
    fill::fill(&data, cast(&people), cases).await?;
    settle(&data).await?;
    println!("  on disk: {} MB", bytes_below(&data)? / 1_000_000);
    let binary = Binary::new(beside_this_program()?).with("AVVIK_LOG_FILTER", "warn");
    statistics::measure(&data, &people).await?;
    println!("From start to ready, all views built:");
    for _ in 1..STARTS {
        start(&binary, &data, &log)?.0.kill();
    }
    let (service, address) = start(&binary, &data, &log)?;
    pages::measure(address, &people, cases).await?;
    println!("  resident at the end: {} MB", resident(service.id())? / 1_000);
    Ok(())
}

/// Units and people, as a test has them.
async fn set_up(data: &Path) -> Outcome<People> {
    Journal::init(&journal::Settings::new(data))?;
    let nowhere = ([127, 0, 0, 1], 0).into();
    let service = Service::open(running::settings(data, nowhere), Clock::system()).await?;
    let people = People::set_up(&service).await;
    service.close().await;
    Ok(people)
}

/// Has the service catch up with what its clocks have reached, as one that had been running would
/// have: it is not to be busy with that while it is measured.
async fn settle(data: &Path) -> Outcome<()> {
    let nowhere = ([127, 0, 0, 1], 0).into();
    let service = Service::open(running::settings(data, nowhere), Clock::system()).await?;
    let began = Instant::now();
    service.watch_deadlines_once().await;
    println!("  every clock that had run out was raised in {}", milliseconds(began.elapsed()));
    service.dispatch_once().await;
    service.close().await;
    Ok(())
}

fn cast(people: &People) -> Cast {
    Cast {
        unit: people.units[1],
        officer: people.holder(Role::Dpo).user,
        owner: people.holder(Role::SystemOwner).user,
        employee: people.holder(Role::Employee).user,
    }
}

fn start(binary: &Binary, data: &Path, log: &Path) -> Outcome<(Process, SocketAddr)> {
    let began = Instant::now();
    let mut process = binary.start(data, log);
    let address = process.address().map_err(|it| it.told)?;
    println!(
        "  {} ({} of processor time), {} MB resident",
        milliseconds(began.elapsed()),
        milliseconds(processor_time_of(process.id())?),
        resident(process.id())? / 1_000,
    );
    Ok((process, address))
}

fn bytes_below(directory: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() { bytes_below(&entry.path())? } else { metadata.len() };
    }
    Ok(bytes)
}
