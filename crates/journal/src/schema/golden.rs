//! Golden files: every form in which an event was ever stored still reads, and still writes.
//!
//! A file that is missing is written from its example when `AVVIK_WRITE_GOLDEN=1` is set. A file
//! that is there is never rewritten: it stands for what lies in people's journals.

mod examples;

use std::fs;
use std::path::{Path, PathBuf};

use domain::{Event, StreamKind};
use serde_json::Value;

use super::{Forms, SchemaError, begin, decode, encode};

const KINDS: [StreamKind; 3] = [StreamKind::Case, StreamKind::Organisation, StreamKind::Review];

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn file(golden: &Path, kind: StreamKind, name: &str, form: u16) -> PathBuf {
    golden.join(<&str>::from(kind)).join(format!("{name}.v{form}.json"))
}

fn read(kind: StreamKind, name: &str, form: u16, fields: &[u8]) -> Result<Event, SchemaError> {
    let mut json = Vec::new();
    begin(name, &mut json);
    json.extend_from_slice(fields);
    decode(Forms::KNOWN, kind, name, form, &mut json)
}

fn kind_of(event: &Event) -> StreamKind {
    match event {
        Event::Case(_) => StreamKind::Case,
        Event::Organisation(_) => StreamKind::Organisation,
        Event::Review(_) => StreamKind::Review,
    }
}

/// Writes the golden files that are missing in a directory, where that was asked for.
fn write_missing_in(golden: &Path, examples: Vec<Event>) {
    if std::env::var_os("AVVIK_WRITE_GOLDEN").is_none() {
        return;
    }
    for event in examples {
        let stored = encode(Forms::KNOWN, &event).unwrap();
        let path = file(golden, kind_of(&event), stored.name, stored.form);
        if !path.exists() {
            let fields: Value = serde_json::from_slice(&stored.fields).unwrap();
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, serde_json::to_string_pretty(&fields).unwrap() + "\n").unwrap();
        }
    }
}

/// Everything that speaks against the golden files in a directory, with what to do about it.
fn breaches(golden: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for kind in KINDS {
        for name in Event::names(kind) {
            for form in 1..=Forms::KNOWN.current(kind, name) {
                if !file(golden, kind, name, form).exists() {
                    found.push(format!(
                        "{name} has no golden file of form {form}: one that was there is put \
                         back; for a new one, add an example to src/schema/golden/examples.rs, \
                         run the tests of this crate once with AVVIK_WRITE_GOLDEN=1, read the \
                         file through, and commit it"
                    ));
                }
            }
        }
        for entry in fs::read_dir(golden.join(<&str>::from(kind))).unwrap() {
            let path = entry.unwrap().path();
            let fault = fault_in(golden, kind, &path);
            found.extend(fault.map(|fault| format!("{}: {fault}", path.display())));
        }
    }
    found
}

/// What is wrong with one golden file: what it says is written today as the newest one has it.
fn fault_in(golden: &Path, kind: StreamKind, path: &Path) -> Option<String> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".json")?;
    let (name, form) = stem.rsplit_once(".v").unwrap();
    let event = match read(kind, name, form.parse().unwrap(), &fs::read(path).unwrap()) {
        Ok(event) => event,
        Err(error) => return Some(format!("it is in people's journals and is not read: {error}")),
    };
    let stored = encode(Forms::KNOWN, &event).unwrap();
    let fields: Value = serde_json::from_slice(&stored.fields).unwrap();
    let newest = fs::read(file(golden, kind, name, stored.form)).ok()?;
    let newest: Value = serde_json::from_slice(&newest).unwrap();
    let same = stored.name == name && fields == newest;
    (!same).then(|| {
        "what it says is not written as the newest golden file has it: a changed event needs a \
         new form, with a step in src/schema/upcast.rs"
            .to_owned()
    })
}

#[test]
fn every_form_of_every_event_has_a_golden_file_that_is_read_and_written_as_it_was() {
    write_missing_in(&golden(), examples::examples());
    let found = breaches(&golden());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The breaches in a copy of the golden files in which something was done wrong.
#[track_caller]
fn found_after(wrong: impl FnOnce(&Path)) -> String {
    let copy = tempfile::tempdir().unwrap();
    for kind in KINDS {
        let kind = <&str>::from(kind);
        fs::create_dir(copy.path().join(kind)).unwrap();
        for entry in fs::read_dir(golden().join(kind)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), copy.path().join(kind).join(entry.file_name())).unwrap();
        }
    }
    wrong(copy.path());
    match breaches(copy.path()).as_slice() {
        [] => panic!("it was not noticed"),
        found => found.join("\n"),
    }
}

const STAGE: (StreamKind, &str) = (StreamKind::Case, "deadline_stage_reached");

#[test]
fn a_missing_golden_file_is_noticed_in_every_form() {
    for form in [1, 2, 3] {
        let found =
            found_after(|copy| fs::remove_file(file(copy, STAGE.0, STAGE.1, form)).unwrap());
        assert!(found.contains(&format!("no golden file of form {form}")), "{found}");
    }
}

#[test]
fn a_field_that_changed_without_a_new_form_is_noticed() {
    let change = |form: u16, from: &str, to: &str| {
        found_after(|copy| {
            let path = file(copy, STAGE.0, STAGE.1, form);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{text}");
            fs::write(path, text.replacen(from, to, 1)).unwrap();
        })
    };
    // As it looks when the program has another name for a field, or another value.
    assert!(change(3, "hours_left", "hours").contains("is not read"));
    assert!(change(3, "24", "25").contains("needs a new form"));
    // As it looks when a step no longer leads to where it did.
    assert!(change(1, "stage", "level").contains("is not read"));
}

#[test]
fn a_form_that_no_step_leads_to_is_noticed() {
    let found = found_after(|copy| {
        let newest = file(copy, STAGE.0, STAGE.1, 3);
        fs::copy(newest, file(copy, STAGE.0, STAGE.1, 4)).unwrap();
    });
    assert!(found.contains("knows it up to form 3"), "{found}");
}

#[test]
fn an_example_reads_back_as_it_was_written() {
    for event in examples::examples() {
        let stored = encode(Forms::KNOWN, &event).unwrap();
        let read = read(kind_of(&event), stored.name, stored.form, &stored.fields);
        assert_eq!(read.unwrap(), event);
    }
}

#[test]
fn what_was_added_to_an_event_without_a_new_form_has_golden_files_too() {
    let added = golden().join("added");
    write_missing_in(&added, examples::added());
    for event in examples::added() {
        let stored = encode(Forms::KNOWN, &event).unwrap();
        let path = file(&added, kind_of(&event), stored.name, stored.form);
        let kept = fs::read(&path).unwrap();
        let read = read(kind_of(&event), stored.name, stored.form, &kept);
        assert_eq!(read.unwrap(), event, "{}", path.display());
        let fields = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
        assert_eq!(fields(&stored.fields), fields(&kept), "{}", path.display());
    }
}

#[test]
fn a_name_from_a_newer_version_is_an_error_that_says_so() {
    let error = read(StreamKind::Case, "case_foretold", 1, b"{}").unwrap_err();
    assert!(matches!(error, SchemaError::UnknownName { .. }), "{error}");
    assert!(error.to_string().starts_with("case_foretold, an event of kind case, is unknown"));
}

#[test]
fn a_form_from_a_newer_version_is_an_error_that_says_so() {
    let error = read(StreamKind::Case, "case_closed", 2, b"{}").unwrap_err();
    assert!(matches!(error, SchemaError::NewerForm { form: 2, known: 1, .. }), "{error}");
}

#[test]
fn an_error_about_fields_quotes_none_of_them() {
    let fields = br#"{"aware_at":"Kari Marker","reason":{"$personal":{"value":"x"}}}"#;
    let error = read(StreamKind::Case, "awareness_established", 1, fields).unwrap_err();
    assert!(matches!(error, SchemaError::NotRead { .. }), "{error}");
    assert!(!format!("{error} {error:?}").contains("Marker"));
}
