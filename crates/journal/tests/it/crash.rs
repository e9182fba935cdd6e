//! A child process appends through the real journal and prints what was acknowledged; it is
//! killed at a random moment, again and again on one data directory.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use domain::{Recorded, StreamId, Version};
use journal::{Append, Journal, OutboxEntry, Settings};
use uuid::Uuid;

use crate::support::{Bench, append, case, said, text_of};

const ROUNDS: u32 = 50;
const TASKS: u128 = 4;
const DIRECTORY: &str = "AVVIK_TEST_CRASH_DIRECTORY";
const ACKNOWLEDGED: &str = "acknowledged ";

/// What the event with this version of a case says: short mostly, sometimes long.
fn text(stream: StreamId, version: u32) -> String {
    let text = format!("{stream} says «{version}» ");
    let times = match version {
        20 => 2_000,
        _ if version.is_multiple_of(11) => 20,
        _ => 1,
    };
    text.repeat(times)
}

/// How many events are appended together to a case that holds `version`.
fn together(version: u32) -> u32 {
    if version.is_multiple_of(7) { 3 } else { 1 }
}

fn next_append(stream: StreamId, version: u32) -> Append {
    let events = (version + 1..=version + together(version)).map(|it| said(&text(stream, it)));
    let number = Uuid::from_u128(stream.id.as_u128() << 32 | u128::from(version));
    let payload = format!("about {stream}").into_bytes();
    Append {
        idempotency: Some(number.into()),
        outbox: vec![OutboxEntry { id: number, payload }],
        ..append(stream, version, events.collect())
    }
}

/// Runs only as the child of the test below.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn appending_until_killed() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    let (journal, feed) = Journal::open(&Settings::new(directory), |_| ()).unwrap();
    drop(feed);
    let tasks = (0..TASKS).map(|number| tokio::spawn(append_for_ever(journal.clone(), number)));
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}

async fn append_for_ever(journal: Journal, number: u128) {
    let stream = case(number + 1);
    let mut version = journal.version(stream);
    loop {
        let appended = journal.append(next_append(stream, version.0)).await.unwrap();
        version = appended.version;
        let line = format!("{ACKNOWLEDGED}{} {} {} .\n", number, version.0, appended.last.0);
        let mut out = std::io::stdout().lock();
        out.write_all(line.as_bytes()).unwrap();
        out.flush().unwrap();
    }
}

fn start_child(directory: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["crash::appending_until_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(DIRECTORY, directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The acknowledgements of one child, from its first to its violent end.
fn run_and_kill(directory: &Path) -> Vec<(StreamId, Version, u64)> {
    let mut child = start_child(directory);
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    let mut lines = lines.map_while(Result::ok).filter_map(|line| {
        // A line that was cut short does not end like this.
        let line = line.strip_prefix(ACKNOWLEDGED)?.strip_suffix(" .")?.to_owned();
        let mut numbers = line.split(' ').map(str::parse::<u64>);
        let mut next = || numbers.next()?.ok();
        let (number, version, last) = (next()?, next()?, next()?);
        Some((case(u128::from(number) + 1), Version(u32::try_from(version).unwrap()), last))
    });
    acknowledged.extend(lines.next());
    let [moment] = random();
    let killer = thread::spawn(move || {
        thread::sleep(Duration::from_millis(u64::from(moment) / 6));
        child.kill().unwrap();
        child.wait().unwrap()
    });
    acknowledged.extend(lines);
    killer.join().unwrap();
    acknowledged
}

fn random() -> [u8; 1] {
    let mut byte = [0];
    getrandom::fill(&mut byte).unwrap();
    byte
}

/// Opens what the child left behind, and compares.
fn examine(bench: &Bench, acknowledged: &HashMap<StreamId, (Version, u64)>) -> Vec<Recorded> {
    let mut events = Vec::new();
    let (journal, _) = Journal::open(&bench.settings(), |recorded| events.push(recorded)).unwrap();
    let mut held = HashMap::<StreamId, Vec<u64>>::new();
    for (position, event) in (1..).zip(&events) {
        assert_eq!(event.position.0, position, "without gaps");
        let positions = held.entry(event.stream).or_default();
        positions.push(position);
        assert_eq!(event.version.0 as usize, positions.len(), "exactly once, in order");
        assert_eq!(text_of(event), Some(text(event.stream, event.version.0).as_str()));
    }
    for (stream, (version, last)) in acknowledged {
        let position = held[stream].get(version.0 as usize - 1);
        assert_eq!(position, Some(last), "version {} of {stream} was acknowledged", version.0);
    }
    let mut appends = 0;
    for positions in held.values() {
        let mut version = 0;
        while (version as usize) < positions.len() {
            version += together(version);
            appends += 1;
        }
        assert_eq!(version as usize, positions.len(), "an append is there whole or not at all");
    }
    assert_eq!(journal.pending_messages().len(), appends, "each append has its message");
    events
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let bench = Bench::new();
    let mut acknowledged = HashMap::new();
    let mut count = 0;
    for _ in 0..ROUNDS {
        for (stream, version, last) in run_and_kill(bench.path()) {
            acknowledged.insert(stream, (version, last));
            count += 1;
        }
        examine(&bench, &acknowledged);
    }
    assert!(count > ROUNDS, "the children have hardly appended anything");
    let verification = journal::verify(bench.path()).unwrap();
    assert!(verification.is_intact(), "{verification}");
    println!("{ROUNDS} rounds, {count} acknowledged, {} events", verification.events.records);
}
