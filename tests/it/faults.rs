//! Damaged files, a full disk, one that turned read-only, no file handles: the service says what is
//! wrong and what to do, shows nothing that is not so, and loses nothing that can be read.

mod files;
mod full;
mod handles;
mod read_only;

use std::fs;
use std::path::{Path, PathBuf};

use domain::Recorded;
use hyper::{Method, StatusCode};
use serde_json::json;
use tempfile::TempDir;
use tests::binary::{Binary, Process};
use tests::crash::load::Clients;
use tests::http::Asked;
use tests::{Running, disk};

/// A data directory in which some has happened, its service stopped.
struct Scene {
    running: Running,
    whole: Vec<Recorded>,
}

impl Scene {
    async fn set() -> Self {
        let mut running = Running::start().await;
        for _ in 0..3 {
            for number in 0..20 {
                report(&running, number).await;
            }
            running.restart().await;
        }
        report(&running, 0).await;
        running.stop().await;
        let whole = disk::events(running.data_dir());
        Self { running, whole }
    }

    /// A copy of it, to be damaged.
    fn copy(&self) -> Copy {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().join("data");
        copy_directory(self.running.data_dir(), &data);
        Copy { directory, data }
    }
}

async fn report(running: &Running, number: u64) {
    let report = json!({
        "category": "other",
        "unit": running.people.units[1],
        "what_happened": tests::crash::said::text(number),
    });
    let answer = running.api(domain::Role::Employee).post("/api/v1/reports", &report).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
}

/// A data directory of a test's own.
struct Copy {
    directory: TempDir,
    data: PathBuf,
}

impl Copy {
    fn log(&self) -> PathBuf {
        self.directory.path().join("log")
    }
}

fn binary() -> Binary {
    Binary::new(env!("CARGO_BIN_EXE_avvik-tested")).with("AVVIK_REPORT_WITHOUT_LOGIN", "true")
}

fn copy_directory(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            copy_directory(&entry.path(), &to);
        } else if kind.is_file() {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The register as the data protection officer's program reads it: every report's text.
async fn texts(clients: &Clients) -> Vec<String> {
    let client = clients.client(tests::crash::said::By::Dpo);
    let mut texts = Vec::new();
    loop {
        let path = format!("/api/v1/register?limit=200&offset={}", texts.len());
        let part = client.send(Asked::new(Method::GET, &path)).await.expect(StatusCode::OK).json();
        let entries = part["items"].as_array().unwrap();
        if entries.is_empty() {
            return texts;
        }
        let text = |entry: &serde_json::Value| entry["what_happened"].as_str().unwrap().to_owned();
        texts.extend(entries.iter().map(text));
    }
}

fn start(data: &Path, log: &Path) -> Process {
    binary().start(data, log)
}
