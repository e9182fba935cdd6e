//! Golden files: every form in which an event was ever stored still reads, and still writes.
//!
//! A file that is missing is written from its example when `AVVIK_WRITE_GOLDEN=1` is set. A file
//! that is there is never rewritten: it stands for what lies in people's journals.

mod examples;

use std::fs;
use std::path::PathBuf;

use domain::{Event, StreamKind};
use serde_json::Value;

use super::{SchemaError, begin, decode, encode, upcast};

const KINDS: [StreamKind; 2] = [StreamKind::Case, StreamKind::Organisation];

fn directory(kind: StreamKind) -> PathBuf {
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden");
    golden.join(<&str>::from(kind))
}

fn read(kind: StreamKind, name: &str, form: u16, fields: &[u8]) -> Result<Event, SchemaError> {
    let mut json = Vec::new();
    begin(name, &mut json);
    json.extend_from_slice(fields);
    decode(kind, name, form, &mut json)
}

/// Writes the golden files that are missing, where that was asked for.
fn write_missing() {
    if std::env::var_os("AVVIK_WRITE_GOLDEN").is_none() {
        return;
    }
    for event in examples::examples() {
        let kind = match event {
            Event::Case(_) => StreamKind::Case,
            Event::Organisation(_) => StreamKind::Organisation,
        };
        let stored = encode(&event).unwrap();
        let path = directory(kind).join(format!("{}.v{}.json", stored.name, stored.form));
        if !path.exists() {
            let fields: Value = serde_json::from_slice(&stored.fields).unwrap();
            fs::create_dir_all(directory(kind)).unwrap();
            fs::write(path, serde_json::to_string_pretty(&fields).unwrap() + "\n").unwrap();
        }
    }
}

#[test]
fn every_event_has_a_golden_file() {
    write_missing();
    for kind in KINDS {
        for name in Event::names(kind) {
            let file = format!("{name}.v{}.json", upcast::current_form(kind, name));
            let path = directory(kind).join(file);
            assert!(
                path.exists(),
                "the event {name} has no golden file: add an example of it to \
                 src/schema/golden/examples.rs, run the tests of this crate once with \
                 AVVIK_WRITE_GOLDEN=1, read {} through, and commit it",
                path.display()
            );
        }
    }
}

#[test]
fn every_golden_file_reads_as_an_event_and_writes_as_it_was() {
    for kind in KINDS {
        for entry in fs::read_dir(directory(kind)).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            let (name, form) = file.strip_suffix(".json").unwrap().rsplit_once(".v").unwrap();
            let form = form.parse().unwrap();
            let golden = fs::read(&path).unwrap();
            let event = match read(kind, name, form, &golden) {
                Ok(event) => event,
                Err(error) => panic!("{file} is in people's journals and no longer reads: {error}"),
            };
            let stored = encode(&event).unwrap();
            let fields: Value = serde_json::from_slice(&stored.fields).unwrap();
            let golden: Value = serde_json::from_slice(&golden).unwrap();
            assert_eq!(stored.name, name, "{file}");
            if stored.form == form {
                assert_eq!(fields, golden, "{file} is no longer written as it was");
            }
        }
    }
}

#[test]
fn an_example_reads_back_as_it_was_written() {
    for event in examples::examples() {
        let kind = match event {
            Event::Case(_) => StreamKind::Case,
            Event::Organisation(_) => StreamKind::Organisation,
        };
        let stored = encode(&event).unwrap();
        assert_eq!(read(kind, stored.name, stored.form, &stored.fields).unwrap(), event);
    }
}

#[test]
fn a_name_from_a_newer_version_is_an_error_that_says_so() {
    let error = read(StreamKind::Case, "case_foretold", 1, b"{}").unwrap_err();
    assert!(matches!(error, SchemaError::UnknownName { .. }), "{error}");
    assert!(error.to_string().contains("start the newer version"));
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
