//! Both forms of the message, held against the schemas that archives hold them against.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::DateTime;
use service::archive::message::{
    Access, Document, DocumentKind, Entry, EntryKind, File, Folder, Message, Party, Variant,
};
use service::archive::{classic, fiks};

/// Every message in a package is as its schema asks.
pub(super) fn assert_valid(package: &Path) {
    for path in super::files(package) {
        if path.ends_with("classic/arkivmelding.xml") {
            assert_fits("classic/arkivmelding.xsd", &path);
        } else if path.ends_with("arkivmelding.xml") {
            assert_fits(FIKS, &path);
        }
    }
}

const FIKS: &str = "fiks-v1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd";

fn assert_fits(schema: &str, message: &Path) {
    let schema = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas").join(schema);
    let mut xmllint = Command::new("xmllint");
    let ran = xmllint.args(["--nonet", "--noout", "--schema"]).arg(schema).arg(message).output();
    let ran = ran.expect("xmllint is installed: `make test` does it");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{}: {said}", message.display());
}

/// Signs, signs and control characters in every field.
const HOSTILE: &str = "]]></tittel><x>&amp;'\"\u{0}\u{8}\u{1F600}æ";

fn message(said: &str) -> Message {
    let said = || said.to_owned();
    let access = || Access { is_shielded: true, code: said(), words: said(), ground: said() };
    let file = |variant, media_type: &str| File {
        name: said(),
        shown_name: said(),
        media_type: media_type.to_owned(),
        variant,
        bytes: vec![0; 17],
    };
    let document = |kind| Document {
        title: said(),
        kind,
        files: vec![
            file(Variant::Archive, "application/pdf"),
            file(Variant::Redacted, "application/pdf"),
            file(Variant::Production, "text/plain"),
        ],
    };
    let day = "2026-03-02".parse().unwrap();
    let made_at = DateTime::parse_from_rfc3339("2026-03-02T10:00:00+01:00").unwrap();
    let entry = |kind, party| Entry {
        key: said(),
        kind,
        title: said(),
        public_title: said(),
        access: access(),
        party,
        dated_on: day,
        sent_at: Some(made_at),
        documents: vec![
            document(DocumentKind::Notification),
            document(DocumentKind::Letter),
            document(DocumentKind::Memo),
            document(DocumentKind::Report),
            document(DocumentKind::Attachment),
        ],
    };
    let party = Party { name: said(), number: Some(said()), reference: Some(said()) };
    Message {
        folder: Folder {
            key: said(),
            title: said(),
            class: Some(said()),
            access: access(),
            unit: said(),
            officer: said(),
            opened_on: day,
        },
        entries: vec![entry(EntryKind::Outgoing, Some(party)), entry(EntryKind::Internal, None)],
        made_at,
    }
}

fn assert_is_valid(message: &Message) {
    let folder = tempfile::tempdir().unwrap();
    let kept = |name: &str, bytes: Vec<u8>| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    assert_fits("classic/arkivmelding.xsd", &kept("classic.xml", classic::message(message)));
    assert_fits(FIKS, &kept("folder.xml", fiks::folder(message)));
    for entry in &message.entries {
        assert_fits(FIKS, &kept("entry.xml", fiks::entry(message, entry)));
    }
}

#[test]
fn every_sort_of_entry_document_and_file_is_valid_in_both_forms() {
    assert_is_valid(&message("Avvik 2026/17"));
}

#[test]
fn whatever_is_written_stays_text() {
    assert_is_valid(&message(HOSTILE));
    let written = String::from_utf8(classic::message(&message(HOSTILE))).unwrap();
    assert!(!written.contains("<x>"), "{written}");
}

#[test]
fn the_same_case_makes_the_same_bytes() {
    assert_eq!(classic::message(&message("a")), classic::message(&message("a")));
    let one = message("a");
    assert_ne!(fiks::folder(&one), fiks::folder(&message("b")));
}
