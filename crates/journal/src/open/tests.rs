//! Journals that other versions of the program have written: older ones are read as if they had
//! been written today, newer ones are refused and left as they are.

use std::error::Error;
use std::fs;

use domain::deadline::Stage;
use domain::ids::CaseId;
use domain::{Actor, Erasable, Event, Needed, StreamId, Time, Version, case};

use super::*;
use crate::append::{Append, Facts, PreparedAppend, to_record};
use crate::chunk::NewRecord;
use crate::schema::StoredEvent;
use crate::schema::upcast::Upcaster;
use crate::writer::Work;

const STAGE: &str = "deadline_stage_reached";
/// The forms that a newer version of the program knows.
const NEWER: Forms = Forms(&[
    Upcaster { kind: domain::StreamKind::Case, name: STAGE, from: 1, step: |_| () },
    Upcaster { kind: domain::StreamKind::Case, name: STAGE, from: 2, step: |_| () },
    Upcaster { kind: domain::StreamKind::Case, name: STAGE, from: 3, step: |_| () },
]);

fn stream() -> StreamId {
    CaseId(Uuid::from_u128(7)).into()
}

fn at() -> Time {
    Time::from_timestamp(1_774_602_000, 0).unwrap()
}

fn said(text: &str) -> Event {
    case::Event::InformationAdded { text: Erasable::known(text.to_owned()) }.into()
}

fn stage(hours_left: u16) -> Event {
    let duty = "gdpr-33".parse().unwrap();
    let (stage, alerts) = (Stage { hours_left }, [].into());
    case::Event::DeadlineStageReached { duty, stage, due_at: at(), alerts }.into()
}

fn new_journal() -> (tempfile::TempDir, Settings) {
    let directory = tempfile::tempdir().unwrap();
    let settings = Settings::new(directory.path());
    Journal::init(&settings).unwrap();
    (directory, settings)
}

async fn append(journal: &Journal, event: Event) {
    let append = Append {
        stream: stream(),
        expected: journal.version(stream()),
        events: vec![event],
        at: at(),
        by: Actor::Service,
        idempotency: None,
        outbox: Vec::new(),
    };
    journal.append(append).await.unwrap();
}

/// Appends what the version before wrote: fields in their old form.
async fn append_in_form(journal: &Journal, form: u16, fields: Vec<u8>, event: Event) {
    let expected = journal.version(stream());
    let version = Version(expected.0 + 1);
    let facts = Facts { stream: stream(), version, at: at(), by: Actor::Service };
    let stored = StoredEvent { name: event.name(), form, fields };
    let record = to_record(&stored, facts, |_| panic!("nothing personal in it")).unwrap();
    let (reply, answer) = tokio::sync::oneshot::channel();
    let work = Work::Append(Box::new(PreparedAppend {
        stream: stream(),
        expected,
        at: at(),
        by: Actor::Service,
        idempotency: None,
        events: vec![event],
        bytes: record.len(),
        records: vec![NewRecord::new(record)],
        outbox: Vec::new(),
        reply,
    }));
    journal.queue.send(work).await.unwrap();
    answer.await.unwrap().unwrap();
}

fn replay(forms: Forms, settings: &Settings) -> Result<Vec<Recorded>, JournalError> {
    let mut events = Vec::new();
    Journal::open_knowing(forms, settings, Needed::all, |recorded| events.push(recorded))?;
    Ok(events)
}

/// Everything in a data directory: the store entry by entry, every other file as it is.
fn everything(data: &Path) -> Vec<(String, Vec<u8>)> {
    let store = SledStore::open(&data.join(STORE_DIRECTORY)).unwrap();
    let mut found = Vec::new();
    for log in [Log::Events, Log::Accesses] {
        for chunk in store.chunks(log, 0, u64::MAX) {
            let chunk = chunk.unwrap();
            found.push((format!("{log} {}", chunk.first), chunk.bytes.into()));
        }
    }
    // What opening itself writes to see the flush go through is no part of what is kept.
    let state = store.state_under(b"").unwrap().into_iter().filter(|(key, _)| key != b"probe");
    found.extend(state.map(|(key, value)| (format!("state {key:?}"), value)));
    for directory in [data.to_owned(), data.join(KEYS_DIRECTORY)] {
        let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| path.is_file());
        found.extend(files.map(|path| (path.display().to_string(), fs::read(&path).unwrap())));
    }
    found.sort();
    found
}

fn told(error: &JournalError) -> String {
    let causes = std::iter::successors(Some(error as &dyn Error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[tokio::test]
async fn what_an_older_version_wrote_reads_as_if_it_were_written_today() {
    let (directory, settings) = new_journal();
    let (journal, _) = Journal::open(&settings, |_| ()).unwrap();
    append(&journal, said("before")).await;
    let golden = include_str!("../../golden/case/deadline_stage_reached.v1.json");
    let fields = golden.replace(['\n', ' '], "").into_bytes();
    append_in_form(&journal, 1, fields.clone(), stage(24)).await;
    append(&journal, stage(12)).await;
    let read = journal.read_stream(stream()).await.unwrap();
    assert_eq!(read, journal.read_all(Position(0), 9).unwrap());
    let Event::Case(case::Event::DeadlineStageReached { stage, .. }) = &read[1].event else {
        panic!("{read:?}")
    };
    assert_eq!(*stage, Stage::before(24));
    drop(journal);

    let kept = everything(directory.path());
    assert_eq!(replay(Forms::KNOWN, &settings).unwrap(), read);
    assert_eq!(everything(directory.path()), kept, "reading rewrites nothing");
    let bytes = kept.into_iter().flat_map(|(_, bytes)| bytes).collect::<Vec<_>>();
    assert!(bytes.windows(fields.len()).any(|window| window == fields), "the old form stays");
    assert!(crate::verify(directory.path()).unwrap().is_intact());
}

#[tokio::test]
async fn what_a_newer_version_wrote_is_refused_and_opens_there_again() {
    let (directory, settings) = new_journal();
    let (journal, _) = Journal::open_knowing(NEWER, &settings, Needed::all, |_| ()).unwrap();
    append(&journal, said("before")).await;
    append(&journal, stage(24)).await;
    append(&journal, said("after")).await;
    let written = journal.read_stream(stream()).await.unwrap();
    drop(journal);
    fs::write(directory.path().join("format"), "format 1\navvik 999.1.0\n").unwrap();

    let kept = everything(directory.path());
    for _ in 0..2 {
        let error = replay(Forms::KNOWN, &settings).unwrap_err();
        assert!(error.is_too_new(), "{error:?}");
        let told = told(&error);
        let own = format!("than this one, {}; nothing was changed", env!("CARGO_PKG_VERSION"));
        for part in [
            &own,
            "start avvik 999.1.0 or newer",
            "position 2",
            "deadline_stage_reached is stored in form 4",
            "up to form 3",
        ] {
            assert!(told.contains(part), "{part:?} is not in {told:?}");
        }
        assert_eq!(everything(directory.path()), kept);
    }
    // Whether anything was altered can be told without understanding it.
    assert!(crate::verify(directory.path()).unwrap().is_intact());

    assert_eq!(replay(NEWER, &settings).unwrap(), written);
    let (journal, _) = Journal::open_knowing(NEWER, &settings, Needed::all, |_| ()).unwrap();
    append(&journal, stage(12)).await;
    assert_eq!(journal.position(), Position(4));
}

#[tokio::test]
async fn an_older_version_that_no_newer_one_has_left_its_number_to_is_told_what_there_is_to_know() {
    let (directory, settings) = new_journal();
    let (journal, _) = Journal::open_knowing(NEWER, &settings, Needed::all, |_| ()).unwrap();
    append(&journal, stage(24)).await;
    drop(journal);
    for format in [None, Some("format 1\navvik 0.0.1\n")] {
        match format {
            Some(text) => fs::write(directory.path().join("format"), text).unwrap(),
            None => fs::remove_file(directory.path().join("format")).unwrap(),
        }
        let error = replay(Forms::KNOWN, &settings).unwrap_err();
        assert!(told(&error).contains("start the version that was used last"), "{}", told(&error));
    }
}

#[test]
fn a_newer_format_is_refused_before_anything_is_touched() {
    let (directory, settings) = new_journal();
    drop(Journal::open(&settings, |_| ()).unwrap());
    fs::write(directory.path().join("format"), "format 2\navvik 999.1.0\n").unwrap();
    let files = || {
        let mut found = Vec::new();
        for folder in ["", "keys", "store"] {
            let entries = fs::read_dir(directory.path().join(folder)).unwrap();
            let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
            found.extend(paths.map(|path| (path.clone(), fs::read(path).unwrap())));
        }
        found.sort();
        found
    };
    // The store lets go of its files a moment after it was closed.
    let database = fs::File::open(directory.path().join("store/db")).unwrap();
    database.lock().unwrap();
    let kept = files();
    let errors = [
        replay(Forms::KNOWN, &settings).unwrap_err(),
        crate::verify(directory.path()).unwrap_err(),
    ];
    for error in errors {
        assert!(error.is_too_new(), "{error:?}");
        let told = told(&error);
        assert!(told.contains("has format 2"), "{told}");
        assert!(told.contains("start avvik 999.1.0 or newer"), "{told}");
    }
    assert_eq!(files(), kept);
}

#[test]
fn what_a_merge_that_was_broken_off_left_is_overwritten_and_gone_after_the_next_start() {
    let (directory, settings) = new_journal();
    let left = directory.path().join("merging/keys");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("master.key"), "a key that opens what was erased here").unwrap();
    let mut held_open = fs::File::open(left.join("master.key")).unwrap();
    drop(Journal::open(&settings, |_| ()).unwrap());
    assert!(!directory.path().join("merging").exists());
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut held_open, &mut bytes).unwrap();
    assert!(bytes.iter().all(|byte| *byte == 0), "{bytes:?}");
}
