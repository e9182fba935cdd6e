//! Erasing and replacing the master key at the command line, beside the service and without it.

use std::fs;
use std::path::PathBuf;

use domain::Role;
use serde_json::Value;
use tests::marked::{self, MARKERS};
use tests::{Running, disk};

use super::process::{Ended, Place};

/// A data directory with a closed case, and whoever erases signs in with these names.
struct Erasing {
    running: Running,
    place: Place,
    number: String,
}

impl Erasing {
    async fn new() -> Self {
        let mut running = Running::start().await;
        let filed = marked::report(&running).await;
        marked::walk_to_closed(&running, &filed).await;
        running.stop().await;
        Self { running, place: Place::new(), number: filed.number }
    }

    fn data(&self) -> &str {
        self.running.data_dir().to_str().unwrap()
    }

    fn master_key(&self) -> PathBuf {
        self.running.data_dir().join("keys/master.key")
    }

    fn erase(&self, role: Role, more: &[&str]) -> Ended {
        let by = &self.running.people.holder(role).sign_in_name;
        let erase = ["erase", &self.number, "--data-dir", self.data(), "--by", by];
        self.place.run(&[&erase[..], &["--ground", "Vedtak 26/00417"], more].concat())
    }

    fn left(&self) -> usize {
        let events = disk::events(self.running.data_dir());
        let cases = events.iter().filter(|it| it.case().is_some());
        let told: String = cases.map(|it| disk::in_words(&it.event)).collect();
        marked::in_text(&told).len()
    }
}

#[tokio::test]
async fn a_case_is_erased_without_the_service_and_certified() {
    let it = Erasing::new().await;
    assert_eq!(it.left(), MARKERS);
    let ended = it.erase(Role::Controller, &["--reporter", "--ordered"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.starts_with("Certificate of erasure\n"), "{}", ended.out);
    assert!(ended.out.contains("ordered: Vedtak 26/00417"), "{}", ended.out);
    assert!(ended.err.contains("destroy the copy of the old one"), "{}", ended.err);
    assert_eq!(it.left(), MARKERS - marked::REPORTER.len());
    let ended = it.erase(Role::Archivist, &["--json"]);
    let certified: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!((&certified["erased"], &certified["keys_left"]), (&"everybody".into(), &0.into()));
    assert_eq!(it.left(), 0);
}

#[tokio::test]
async fn a_case_is_erased_beside_the_running_service() {
    let it = Erasing::new().await;
    let serving = it.place.serve(&["--data-dir", it.data()]);
    let ended = it.erase(Role::Dpo, &["--json"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let certified: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(certified["case"], *it.number);
    let verified = it.place.run(&["verify", "--data-dir", it.data()]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    assert_eq!(serving.end_by("TERM"), Some(0));
    assert_eq!(it.left(), 0);
}

#[tokio::test]
async fn an_erasure_that_is_not_theirs_is_refused_and_changes_nothing() {
    let it = Erasing::new().await;
    for (role, more, told) in [
        (Role::Dpo, &["--ordered"][..], "an order is the controller's"),
        (Role::Controller, &[], "add --ordered"),
        (Role::Auditor, &[], "has no role that erases"),
    ] {
        let ended = it.erase(role, more);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.err.contains(told), "{}", ended.err);
    }
    let erase = ["erase", "--data-dir", it.data(), "--ground", "x", "--by"];
    let nobody = it.place.run(&[&erase[..], &["ingen", &it.number]].concat());
    assert!(nobody.err.contains("nobody signs in with that name"), "{}", nobody.err);
    let nothing = it.place.run(&[&erase[..], &["arkivar", "2026/99"]].concat());
    assert!(nothing.err.contains("there is no case 2026/99"), "{}", nothing.err);
    assert_eq!(it.left(), MARKERS);
}

#[tokio::test]
async fn the_master_key_is_replaced_with_and_without_the_service() {
    let it = Erasing::new().await;
    let rotate = || it.place.run(&["keys", "rotate", "--data-dir", it.data()]);
    let key = || fs::read_to_string(it.master_key()).unwrap();
    let first = key();
    assert_eq!(rotate().code, Some(0));
    let second = key();
    let serving = it.place.serve(&["--data-dir", it.data()]);
    let ended = rotate();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("destroy the copy of the old one"), "{}", ended.out);
    assert_eq!(serving.end_by("TERM"), Some(0));
    let third = key();
    assert!(first != second && second != third && first != third);
    for old in [first, second] {
        assert!(disk::files_holding(it.running.data_dir(), old.trim().as_bytes()).is_empty());
    }
    assert_eq!(it.left(), MARKERS, "nothing but the master key has changed");
}

#[tokio::test]
async fn a_lost_or_older_master_key_is_said_at_once_and_clearly() {
    let it = Erasing::new().await;
    let first = fs::read(it.master_key()).unwrap();
    assert_eq!(it.place.run(&["keys", "rotate", "--data-dir", it.data()]).code, Some(0));
    let serve = || it.place.run(&["serve", "--listen", "127.0.0.1:0", "--data-dir", it.data()]);
    fs::write(it.master_key(), first).unwrap();
    let ended = serve();
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("the master key does not fit the keyring"), "{}", ended.err);
    fs::remove_file(it.master_key()).unwrap();
    let ended = serve();
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("put it back from where you keep its copy"), "{}", ended.err);
}
