//! A case taken out as files at the command line, as one person sees it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::os::unix::fs::PermissionsExt;

use domain::Role;
use serde_json::Value;
use tests::story::{self, Filed};
use tests::{Running, steps};
use zip::ZipArchive;

use super::process::{Ended, Place};

/// A stopped house with a closed case that has an attached file.
fn house() -> (Running, Filed) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut running = Running::start().await;
        let filed = story::report_by_api(&running, None).await;
        let attach = steps::attach("Kvittering");
        story::take(&running, Role::Dpo, &filed, &attach).await;
        story::walk_to_closed(&running, &filed).await;
        running.stop().await;
        (running, filed)
    })
}

fn export(place: &Place, running: &Running, filed: &Filed, by: &str, out: &str) -> Ended {
    let data = running.data_dir().to_str().unwrap();
    let what = ["export", &filed.number, "--data-dir", data];
    place.run(&[&what[..], &["--by", by, "--out", out, "--json"]].concat())
}

fn files_in(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = zip.len();
    let read = |place: usize| {
        let mut file = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

#[test]
fn a_case_is_taken_out_as_files_that_hold_by_themselves() {
    let (running, filed) = house();
    let place = Place::new();
    let sign_in_name = &running.people.holder(Role::Dpo).sign_in_name;
    let ended = export(&place, &running, &filed, sign_in_name, "case.zip");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let said: Value = serde_json::from_str(&ended.out).unwrap();
    let path = place.path("case.zip");
    let bytes = fs::read(&path).unwrap();
    assert_eq!(
        (&said["case"], &said["bytes"]),
        (&filed.number.clone().into(), &bytes.len().into())
    );
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let packed = files_in(&bytes);
    let names: Vec<&str> = packed.keys().map(String::as_str).collect();
    assert_eq!(names, ["attached-1.txt", "case-file.pdf", "evidence.zip"]);
    assert!(packed["case-file.pdf"].starts_with(b"%PDF-"));
    fs::write(place.path("evidence.zip"), &packed["evidence.zip"]).unwrap();
    let ended = place.run(&["verify-proof", "evidence.zip"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");

    let again = export(&place, &running, &filed, sign_in_name, "case.zip");
    assert_ne!(again.code, Some(0), "a file that is there is not written over");
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let auditor = &running.people.holder(Role::Auditor).sign_in_name;
    let other = export(&place, &running, &filed, auditor, "other.zip");
    assert_eq!(other.code, Some(1), "{other:?}");
    assert!(other.err.contains("no role of theirs shows the case"), "{other:?}");
    assert!(!place.path("other.zip").exists());
    let leader = &running.people.holder(Role::Leader).sign_in_name;
    let ended = export(&place, &running, &filed, leader, "leader.zip");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let packed = files_in(&fs::read(place.path("leader.zip")).unwrap());
    assert!(packed.contains_key("case-file.pdf"));
    assert!(!packed.contains_key("evidence.zip"), "it opens what a leader is not shown");
    let nobody = export(&place, &running, &filed, "nobody", "x.zip");
    assert!(nobody.code != Some(0) && nobody.err.contains("nobody signs in"), "{nobody:?}");
}
