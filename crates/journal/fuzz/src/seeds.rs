//! Writes what each fuzz target begins with, into a folder a target: `seeds DIRECTORY`. Made from
//! the golden files, and from a journal with one case in it, its evidence and its backup.

use std::fs;
use std::path::{Path, PathBuf};

use domain::ids::{CaseId, PersonId};
use domain::{Actor, Erasable, Event, StreamId, Time, Version, case};
use journal::backup::{BackupError, Shelf};
use journal::{Access, AccessLine, Append, Evidence, Journal, OutboxEntry, Settings, fuzzing};
use uuid::Uuid;

fn main() {
    let directory = std::env::args_os().nth(1).expect("the directory to write the seeds to");
    let seeds = Seeds(PathBuf::from(directory));
    stored_forms(&seeds);
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let backup = directory.path().join("backup");
    let pack = journal_fuzz::pack_of(&evidence_and_backup(&directory.path().join("data"), &backup));
    seeds.write("evidence_pack", "zip", &pack);
    seeds.write("evidence_pack", "text", &journal_fuzz::as_text(&pack));
    seeds.write("restore", "backup", &journal_fuzz::directory_as_text(&backup));
    for (name, part) in [
        ("manifest", "manifest.json"),
        ("keys", "avvik.keys"),
        ("events", "events/00000000000000000001.segment"),
        ("accesses", "accesses/00000000000000000001.segment"),
    ] {
        let bytes = fs::read(backup.join(part)).expect("it was backed up");
        seeds.write("backup_part", name, &bytes);
    }
}

struct Seeds(PathBuf);

impl Seeds {
    fn write(&self, target: &str, name: &str, bytes: &[u8]) {
        let folder = self.0.join(target);
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(folder.join(name), bytes).expect("the seed can be written");
    }
}

fn stored_forms(seeds: &Seeds) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden");
    for (target, name) in [("stored_record", "record.v1"), ("stored_chunk", "chunk.v1")] {
        let hex = fs::read_to_string(golden.join(format!("{name}.hex"))).expect("it is there");
        seeds.write(target, name, &from_hex(hex.trim()));
    }
    let mut records = Vec::new();
    for kind in ["case", "organisation", "review"] {
        for entry in fs::read_dir(golden.join(kind)).expect("it is there") {
            let path = entry.expect("the folder can be read").path();
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name in letters");
            let (name, form) = stem.rsplit_once(".v").expect("a name and a form");
            let json = fs::read(&path).expect("it can be read");
            let json: serde_json::Value = serde_json::from_slice(&json).expect("it is JSON");
            seeds.write("stored_event", stem, format!("{name}\n{form}\n{json}").as_bytes());
            let form = form.parse().expect("a form's number");
            let record = fuzzing::record_of(kind, name, form, json.to_string().as_bytes());
            let record = record.expect("golden files are of events there are");
            seeds.write("stored_record", stem, &record);
            seeds.write("stored_chunk", stem, &fuzzing::chunk_of(vec![record.clone()]));
            records.push(record);
        }
    }
    seeds.write("stored_chunk", "all", &fuzzing::chunk_of(records));
}

fn from_hex(hex: &str) -> Vec<u8> {
    let pairs = (0..hex.len() / 2).map(|it| &hex[2 * it..2 * it + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal")).collect()
}

/// Evidence of a case of three events, with two keys and two checkpoints; and a backup of it.
fn evidence_and_backup(data: &Path, backup: &Path) -> Evidence {
    let settings = Settings::new(data);
    Journal::init(&settings).expect("an empty directory will do");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("no threads needed");
    runtime.block_on(async {
        let (journal, _feed) = Journal::open(&settings, |_| ()).expect("it was just set up");
        let mut at = Time::default();
        let person = PersonId(Uuid::from_u128(9));
        let told = [Erasable::known("a text".to_owned()), Erasable::about(person, "b".to_owned())];
        let told = told.map(|text| Event::from(case::Event::InformationAdded { text }));
        let events = told.into_iter().chain([case::Event::CaseClosed { grounds: None }.into()]);
        for (expected, event) in (0..).zip(events) {
            at += std::time::Duration::from_secs(60);
            journal.append(append(expected, event, at)).await.expect("there is room for it");
            if expected == 0 {
                journal.checkpoint(at).await.expect("a checkpoint can be signed");
            }
        }
        let evidence = journal.evidence(stream(), None, at).await.expect("there is a case");
        let words = Erasable::known("words".to_owned());
        for what in [Access::List("inbox".to_owned()), Access::Search { words }] {
            let (by, page, ground) = (Actor::Service, "/cases".to_owned(), "dpo".to_owned());
            let line = AccessLine { at, by, what, page, ground, rows: None };
            journal.note_access(&line).await.expect("there is room for it");
        }
        back_up(&journal, data, backup, at).await.expect("there is room for it");
        evidence
    })
}

fn stream() -> StreamId {
    CaseId(Uuid::from_u128(7)).into()
}

fn append(expected: u32, event: Event, at: Time) -> Append {
    let id = Uuid::from_u128(u128::from(expected));
    Append {
        stream: stream(),
        expected: Version(expected),
        events: vec![event],
        at,
        by: Actor::Service,
        idempotency: Some(id.into()),
        outbox: vec![OutboxEntry { id, payload: b"a notice".to_vec() }],
    }
}

async fn back_up(
    journal: &Journal,
    data: &Path,
    backup: &Path,
    at: Time,
) -> Result<(), BackupError> {
    let beginning = journal.begin_backup("session/").await?;
    let mut run = Shelf::open(backup, Some(backup), data)?.begin(beginning, at)?;
    while let Some(wanted) = run.wanted() {
        run.add(&journal.backup_segment(wanted).await?)?;
    }
    run.finish(&journal.backup_keys(at).await?)?;
    Ok(())
}
