//! A data directory that a newer version of the service has written in, and this one's answer.

use std::fs;
use std::path::Path;

use tests::Running;

use super::process::{Ended, Place};
use crate::other_versions::{Foreign, append, stopped};
use crate::tampering::unlocked;

pub(super) fn stopped_house() -> Running {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { stopped().await.0 })
}

/// Everything in the store but what opening itself writes there, and every other file.
pub(super) fn everything(data_dir: &Path) -> Vec<(String, Vec<u8>)> {
    let store = unlocked(&data_dir.join("store"));
    let mut found = Vec::new();
    for tree in ["log", "access", "state"] {
        for entry in &store.open_tree(tree).unwrap() {
            let (key, value) = entry.unwrap();
            found.push((format!("{tree} {key:?}"), value.to_vec()));
        }
    }
    found.retain(|(name, _)| *name != format!("state {:?}", b"probe"));
    for folder in ["", "keys"] {
        let entries = fs::read_dir(data_dir.join(folder)).unwrap().map(|it| it.unwrap().path());
        let files = entries.filter(|path| path.is_file());
        found.extend(files.map(|path| (path.display().to_string(), fs::read(&path).unwrap())));
    }
    found.sort();
    found
}

fn serve(place: &Place, data_dir: &Path) -> Ended {
    let data_dir = data_dir.to_str().unwrap();
    place.run(&["serve", "--listen", "127.0.0.1:0", "--data-dir", data_dir])
}

#[track_caller]
fn says(ended: &Ended, parts: &[&str]) {
    assert_eq!(ended.code, Some(2), "{ended:?}");
    for part in parts {
        assert!(ended.err.contains(part), "{part:?} is not in {:?}", ended.err);
    }
    assert_eq!(ended.err.trim_end().lines().count(), 1, "{}", ended.err);
}

#[test]
fn a_newer_event_or_form_is_refused_and_nothing_is_lost() {
    let own = env!("CARGO_PKG_VERSION");
    let cases = [
        (
            Foreign { name: "case_foretold", form: 1, fields: r#"{"by":"stars"}"# },
            "case_foretold, an event of kind case, is unknown to this version of avvik",
        ),
        (
            Foreign { name: "deadline_stage_reached", form: 4, fields: r#"{"left":"PT24H"}"# },
            "deadline_stage_reached is stored in form 4, and this version of avvik knows it up to \
             form 3",
        ),
    ];
    for (event, told) in cases {
        let (place, running) = (Place::new(), stopped_house());
        let data_dir = running.data_dir();
        let position = append(data_dir, &event);
        fs::write(data_dir.join("format"), "format 1\navvik 7.8.9\n").unwrap();
        let kept = everything(data_dir);
        for _ in 0..2 {
            says(
                &serve(&place, data_dir),
                &[
                    told,
                    &format!("written by a newer version of avvik than this one, {own}"),
                    "nothing was changed: start avvik 7.8.9 or newer",
                    &format!("the event at position {position} is not understood"),
                ],
            );
            assert!(everything(data_dir) == kept, "something was changed");
        }
        let verified = place.run(&["verify", "--data-dir", data_dir.to_str().unwrap()]);
        assert_eq!(verified.code, Some(0), "{verified:?}");
        assert!(verified.out.contains("The event log is intact"), "{verified:?}");
    }
}

#[test]
fn a_newer_format_is_refused_before_anything_is_opened() {
    let (place, running) = (Place::new(), stopped_house());
    let data_dir = running.data_dir();
    let format = data_dir.join("format");
    let own = fs::read_to_string(&format).unwrap();
    assert_eq!(own, format!("format 1\navvik {}\n", env!("CARGO_PKG_VERSION")));
    fs::write(&format, "format 2\navvik 7.8.9\n").unwrap();
    let kept = everything(data_dir);
    says(&serve(&place, data_dir), &["has format 2", "start avvik 7.8.9 or newer"]);
    let verified = place.run(&["verify", "--data-dir", data_dir.to_str().unwrap()]);
    says(&verified, &["has format 2", "start avvik 7.8.9 or newer"]);
    assert!(everything(data_dir) == kept, "something was changed");
}
