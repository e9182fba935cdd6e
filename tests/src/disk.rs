//! What lies on disk, looked at behind the service's back while it is stopped.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use domain::case::{self, Report};
use domain::{Event, Position, Recorded};
use journal::{AccessLine, Journal, Settings};

/// Every file below a directory that holds these bytes somewhere.
///
/// # Panics
/// If a file cannot be read.
#[must_use]
pub fn files_holding(directory: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut holding = Vec::new();
    for entry in fs::read_dir(directory).expect("the directory is read") {
        let path = entry.expect("its entries are read").path();
        if path.is_dir() {
            holding.extend(files_holding(&path, bytes));
            continue;
        }
        match fs::read(&path) {
            Ok(read) if holds(&read, bytes) => holding.push(path),
            // A running service gives what it has written whole another name.
            Err(error) if error.kind() != ErrorKind::NotFound => {
                panic!("{}: {error}", path.display())
            }
            _ => (),
        }
    }
    holding
}

/// Copies everything in a directory, over what is there.
///
/// # Panics
/// If something cannot be read or written.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the directory is made");
    for entry in fs::read_dir(from).expect("the directory is read") {
        let entry = entry.expect("its entries are read");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("the file is copied");
        }
    }
}

/// Whether `bytes` occur in `whole`.
#[must_use]
pub fn holds(whole: &[u8], bytes: &[u8]) -> bool {
    whole.windows(bytes.len()).any(|window| window == bytes)
}

/// All that an event tells, as JSON.
///
/// # Panics
/// If it cannot be written, which memory always can.
#[must_use]
pub fn in_words(event: &Event) -> String {
    let written = match event {
        Event::Case(event) => {
            let mut written = Vec::new();
            let told = event.write(&mut serde_json::Serializer::new(&mut written));
            return told
                .map(|()| String::from_utf8(written).expect("JSON is text"))
                .expect("memory");
        }
        Event::Organisation(event) => serde_json::to_string(event),
        Event::Review(event) => serde_json::to_string(event),
    };
    written.expect("memory")
}

/// Every event, with what was personal in it unsealed.
///
/// # Panics
/// If the journal does not open.
#[must_use]
pub fn events(data_dir: &Path) -> Vec<Recorded> {
    let mut events = Vec::new();
    Journal::open(&Settings::new(data_dir), |recorded| events.push(recorded))
        .expect("the journal opens");
    events
}

/// Every report as it was recorded.
#[must_use]
pub fn reports(data_dir: &Path) -> Vec<Report> {
    let reports = events(data_dir).into_iter().filter_map(|recorded| match recorded.event {
        Event::Case(case::Event::DeviationReported(report)) => Some(*report),
        _ => None,
    });
    reports.collect()
}

/// Every line of the access log, with what was searched for unsealed.
///
/// # Panics
/// If the journal does not open or a line cannot be read.
pub async fn accesses(data_dir: &Path) -> Vec<AccessLine> {
    let (journal, _feed) =
        Journal::open(&Settings::new(data_dir), |_| ()).expect("the journal opens");
    let lines = journal.read_accesses(Position(0), usize::MAX).await.expect("the log is read");
    lines.into_iter().map(|(_, line)| line).collect()
}
