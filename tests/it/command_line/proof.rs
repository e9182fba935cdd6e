//! Checkpoints and evidence packs at the command line, and a verifier of other making beside ours.

mod twice;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use domain::Role;
use journal::Access;
use proptest::prelude::*;
use serde_json::Value;
use tests::browser_form::BrowserForm;
use tests::mails::{answer_page, mailed};
use tests::story::{self, Filed, WHAT_HAPPENED, report_a_lost_phone};
use tests::{Running, disk, steps};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::process::{Ended, Place};
use super::refused;

/// A stopped house with two cases, one of them closed, and a place to run the binary from.
struct House {
    place: Place,
    running: Running,
    filed: Filed,
}

impl House {
    fn new() -> Self {
        let place = Place::new();
        let (running, filed) = runtime().block_on(async {
            let mut running = Running::start().await;
            let filed = story::report_by_api(&running, None).await;
            running.service().checkpoint().await.unwrap();
            let employee = running.browser(Role::Employee).await;
            report_a_lost_phone(&employee, &[("openness", "named")]).await;
            answered_from_outside(&running, &filed).await;
            story::walk_to_closed(&running, &filed).await;
            running.stop().await;
            (running, filed)
        });
        Self { place, running, filed }
    }

    fn data_dir(&self) -> &str {
        self.running.data_dir().to_str().unwrap()
    }

    /// Runs a command on the data directory.
    fn run(&self, arguments: &[&str]) -> Ended {
        let place = ["--data-dir", self.data_dir()];
        self.place.run(&[&arguments[..1], &place, &arguments[1..]].concat())
    }

    #[track_caller]
    fn pack(&self, out: &str) -> Vec<u8> {
        let ended = self.run(&["proof", &self.filed.number, "--out", out]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        fs::read(self.place.path(out)).unwrap()
    }

    fn key(&self) -> String {
        format!("{}/checkpoint.pub", self.data_dir())
    }
}

/// The processor answers a question by its secret link.
async fn answered_from_outside(running: &Running, filed: &Filed) {
    let contact = "hendelser@example.net";
    let due_at = "2026-03-03T08:00:00Z";
    let ask = steps::inquire_outside("Drift AS", contact, "Ble telefonen slettet?", due_at);
    story::take(running, Role::Dpo, filed, &ask).await;
    let page = answer_page(&mailed(running, contact, "/answer/").await);
    let visitor = running.visitor();
    let question = visitor.get(&page).await;
    BrowserForm::on(&question, "/answer").set("answer", "Ja.").send(&visitor).await;
    let answered = story::happened(running, filed, "inquiry_answered").await;
    assert_eq!(answered.len(), 1);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// What the verifier in docs/ says of a pack.
fn by_python(pack: &Path, key: Option<&str>) -> Ended {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut command = Command::new(repository.join("target/python/bin/python"));
    command.arg(repository.join("docs/verify_proof.py")).arg(pack).args(key);
    Ended::from(command.output().expect("run `make target/python/installed`"))
}

/// The files in a pack.
fn unpacked(pack: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(pack)).unwrap();
    let unpack = |number| {
        let mut file = zip.by_index(number).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().to_string(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(pack)).unwrap().len()).map(unpack).collect()
}

fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The pack with some of its files changed.
fn changed(pack: &[u8], change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut files = unpacked(pack);
    change(&mut files);
    packed(&files)
}

fn file<'a>(files: &'a mut [(String, Vec<u8>)], name: &str) -> &'a mut Vec<u8> {
    &mut files.iter_mut().find(|(it, _)| it == name).unwrap().1
}

fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{from} is not in {text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn both_verifiers_find_that_a_pack_holds() {
    let house = House::new();
    let pack = house.pack("case.zip");
    let shown: Value = serde_json::from_slice(file(&mut unpacked(&pack), "events.json")).unwrap();
    assert_eq!(shown[0]["name"], "deviation_reported");
    assert_eq!(shown[0]["fields"]["what_happened"]["$personal"]["value"], WHAT_HAPPENED);
    let count = shown.as_array().unwrap().len();
    let holds = format!("The evidence holds: {count} events");
    let alone = Place::new();
    alone.write("key", &fs::read_to_string(house.key()).unwrap());
    fs::write(alone.path("case.zip"), &pack).unwrap();
    let ours = alone.run(&["verify-proof", "case.zip", "--public-key", "key"]);
    assert_eq!(ours.code, Some(0), "{ours:?}");
    assert!(ours.out.starts_with(&holds), "{ours:?}");
    let key = alone.path("key");
    for key in [key.to_str(), None] {
        let theirs = by_python(&alone.path("case.zip"), key);
        assert_eq!(theirs.code, Some(0), "{theirs:?}");
        assert!(theirs.out.starts_with(&holds), "{theirs:?}");
    }
    let with_its_own = alone.run(&["verify-proof", "case.zip"]);
    assert_eq!(with_its_own.code, Some(0));
    assert!(with_its_own.err.contains("Compare it with the one you have"), "{with_its_own:?}");
    let json = alone.run(&["verify-proof", "case.zip", "--json"]);
    let found: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&found["holds"], &found["events"]), (&true.into(), &count.into()));
    assert_eq!(found["key_from_pack"], true);
}

#[test]
fn a_pack_under_another_key_does_not_hold() {
    let (house, other) = (House::new(), House::new());
    house.pack("case.zip");
    let ours = house.place.run(&["verify-proof", "case.zip", "--public-key", &other.key()]);
    assert_eq!(ours.code, Some(1), "{ours:?}");
    assert!(ours.out.contains("is not signed with this public key"), "{ours:?}");
    let theirs = by_python(&house.place.path("case.zip"), Some(&other.key()));
    assert_eq!(theirs.code, Some(1));
    assert!(theirs.err.contains("not signed with this key"), "{theirs:?}");
}

/// Each is something that somebody might want to have been so.
#[test]
fn both_verifiers_name_what_was_tampered_with() {
    type Change = fn(&mut Vec<(String, Vec<u8>)>);
    const ATTACKS: [(Change, &str, &str); 7] = [
        (
            |files| {
                let (one, two) = (files.len() - 1, files.len() - 2);
                let record = files[one].1.clone();
                files[one].1 = std::mem::replace(&mut files[two].1, record);
            },
            "exchanged with another event's",
            "are not what the log has there",
        ),
        (
            |files| replace(file(files, "events.json"), "glemt", "stjålet"),
            "is shown otherwise than its stored bytes say",
            "is shown otherwise than its stored bytes say",
        ),
        (
            |files| replace(file(files, "events.json"), "T08:", "T09:"),
            "is shown otherwise than its stored bytes say",
            "is shown otherwise than its stored bytes say",
        ),
        (
            |files| {
                let shown = file(files, "events.json");
                let text = String::from_utf8(shown.clone()).unwrap();
                let (_, user) = text.split_once("\"user\": \"").unwrap();
                replace(shown, &user[..36], &user[..36].to_uppercase());
            },
            "is shown otherwise than its stored bytes say",
            "is shown otherwise than its stored bytes say",
        ),
        (leave_the_second_out, "does not follow the one before", "does not follow"),
        (
            |files| replace(file(files, "checkpoint.txt"), "time 2026-", "time 2025-"),
            "is not signed with this public key",
            "",
        ),
        (
            |files| {
                let newest = file(files, "checkpoint.txt").clone();
                *file(files, "earliest-checkpoint.txt") = newest;
            },
            "it was written anew",
            "the log was written anew",
        ),
    ];
    let house = House::new();
    let pack = house.pack("case.zip");
    for (number, (change, ours, theirs)) in ATTACKS.into_iter().enumerate() {
        let path = house.place.path("tampered.zip");
        fs::write(&path, changed(&pack, change)).unwrap();
        let found =
            house.place.run(&["verify-proof", "tampered.zip", "--public-key", &house.key()]);
        assert_eq!(found.code, Some(1), "{number}: {found:?}");
        assert!(found.out.contains(ours), "{number}: {found:?}");
        let found = by_python(&path, Some(&house.key()));
        assert_eq!(found.code, Some(1), "{number}: {found:?}");
        assert!(found.err.contains(theirs), "{number}: {found:?}");
    }
}

fn leave_the_second_out(files: &mut Vec<(String, Vec<u8>)>) {
    let mut shown: Vec<Value> = serde_json::from_slice(file(files, "events.json")).unwrap();
    let left_out = shown.remove(1)["position"].to_string();
    *file(files, "events.json") = serde_json::to_vec(&shown).unwrap();
    let mut proofs: Value = serde_json::from_slice(file(files, "proofs.json")).unwrap();
    proofs["events"].as_array_mut().unwrap().remove(1);
    *file(files, "proofs.json") = serde_json::to_vec(&proofs).unwrap();
    files.retain(|(name, _)| *name != format!("records/{left_out}.cbor"));
}

#[test]
fn one_altered_bit_anywhere_in_a_pack_is_noticed() {
    let house = House::new();
    let pack = house.pack("case.zip");
    let files = unpacked(&pack);
    let config = ProptestConfig { cases: 96, ..ProptestConfig::default() };
    // The first is the README, which proves nothing.
    proptest!(config, |(
        chosen in 1..files.len(),
        at in any::<prop::sample::Index>(),
        bit in 0..8_u8,
    )| {
        let altered = changed(&pack, |files| {
            let bytes = &mut files[chosen].1;
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        });
        fs::write(house.place.path("altered.zip"), altered).unwrap();
        let found = house.place.run(&["verify-proof", "altered.zip"]);
        prop_assert_eq!(found.code, Some(1), "{:?}", found);
    });
}

#[test]
fn a_running_service_gives_packs_and_checkpoints_too() {
    let house = House::new();
    let serving = house.place.serve(&["--data-dir", house.data_dir()]);
    house.pack("case.zip");
    let found = house.place.run(&["verify-proof", "case.zip", "--public-key", &house.key()]);
    assert_eq!(found.code, Some(0), "{found:?}");
    let made = house.run(&["checkpoint", "--json"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let made: Value = serde_json::from_str(&made.out).unwrap();
    let kept = fs::read_to_string(made["file"].as_str().unwrap()).unwrap();
    assert_eq!(made["checkpoint"], kept);
    let nobody = house.run(&["proof", "2026/99", "--out", "none.zip"]);
    assert_eq!(nobody.code, Some(1));
    assert!(nobody.err.contains("there is no case 2026/99"), "{nobody:?}");
    fs::write(house.place.path("anchored"), kept).unwrap();
    let verified = house.run(&["verify", "--checkpoint", "anchored"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    assert!(verified.out.contains("The event log is what was signed in "), "{verified:?}");
    assert_eq!(serving.end_by("TERM"), Some(0));
    // The export left its line, before anything was given out.
    let lines = runtime().block_on(disk::accesses(house.running.data_dir()));
    let exports = lines.iter().filter(|line| line.page == "avvik proof").collect::<Vec<_>>();
    assert!(matches!(exports[..], [line] if matches!(line.what, Access::Case(_))), "{exports:?}");
}

#[test]
fn an_older_copy_of_the_data_is_found_by_an_anchored_checkpoint() {
    let house = House::new();
    assert_eq!(house.run(&["checkpoint"]).code, Some(0));
    let older = house.place.path("older");
    copy_directory(house.running.data_dir(), &older);
    let token = house.run(&["token", "--user", "personvernombud", "--label", "more"]);
    assert_eq!(token.code, Some(0), "{token:?}");
    let newest = house.run(&["checkpoint"]);
    fs::write(house.place.path("anchored"), newest.out).unwrap();
    let verify = ["verify", "--data-dir", "older"];
    assert_eq!(house.place.run(&verify).code, Some(0), "from within, nothing shows it");
    let found = house.place.run(&[&verify[..], &["--checkpoint", "anchored"]].concat());
    assert_eq!(found.code, Some(1), "{found:?}");
    assert!(found.out.contains("was rolled back to an older copy"), "{found:?}");
    let json = [&verify[..], &["--checkpoint", "anchored", "--json"]].concat();
    let found: Value = serde_json::from_str(&house.place.run(&json).out).unwrap();
    assert_eq!(found["intact"], false);
    let fault = found["checkpoints"]["faults"][0].as_str().unwrap();
    assert!(fault.starts_with("anchored checkpoint 1 of "), "{fault}");
}

fn copy_directory(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_directory(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn what_cannot_be_looked_at_is_told_apart_from_what_does_not_hold() {
    let place = Place::new();
    place.init();
    refused(&place.run(&["verify-proof", "none.zip"]), "none.zip cannot be read");
    place.write("some.zip", "PK no more than that");
    let other = place.run(&["verify-proof", "some.zip"]);
    assert_eq!(other.code, Some(1), "{other:?}");
    assert!(other.out.contains("it is no whole ZIP file"), "{other:?}");
    let with_key = ["verify-proof", "some.zip", "--public-key", "some.zip"];
    refused(&place.run(&with_key), "some.zip holds no public key");
    let verify = ["verify", "--data-dir", "data", "--checkpoint", "some.zip"];
    refused(&place.run(&verify), "some.zip holds no checkpoint");
}

#[test]
fn a_pack_never_takes_the_place_of_another_file() {
    let house = House::new();
    house.place.write("thesis.zip", "irreplaceable");
    let ended = house.run(&["proof", &house.filed.number, "--out", "thesis.zip"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(fs::read_to_string(house.place.path("thesis.zip")).unwrap(), "irreplaceable");
    house.pack("case.zip");
    let mode = fs::metadata(house.place.path("case.zip")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "there is personal data in it");
}
