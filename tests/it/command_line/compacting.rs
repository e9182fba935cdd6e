//! `avvik compact` from outside: refused while the service runs, killed at any moment, and done.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use serde_json::Value;
use tests::Running;

use super::process::Place;
use super::versions::{everything, stopped_house};

/// How many compactions are killed, each a little later than the one before.
const ROUNDS: u32 = 12;

fn compact(data_dir: &Path) -> [String; 3] {
    ["compact".to_owned(), "--data-dir".to_owned(), data_dir.display().to_string()]
}

fn run(place: &Place, data_dir: &Path, more: &[&str]) -> super::process::Ended {
    let command = compact(data_dir);
    let command = command.iter().map(String::as_str).chain(more.iter().copied());
    place.run(&command.collect::<Vec<_>>())
}

fn leftovers(data_dir: &Path) -> Vec<String> {
    let names = fs::read_dir(data_dir).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("store.")).collect()
}

#[test]
fn it_says_how_much_room_there_was_and_is_and_changes_nothing_else() {
    let (place, running) = (Place::new(), stopped_house());
    let data_dir = running.data_dir();
    let kept = everything(data_dir);
    let ended = run(&place, data_dir, &["--json"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let done: Value = serde_json::from_str(&ended.out).unwrap();
    assert!(done["bytes_after"].as_u64() < done["bytes_before"].as_u64(), "{done}");
    assert!(everything(data_dir) == kept, "something was changed");
    let ended = run(&place, data_dir, &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let told = format!("{} events and {} lines of", done["events"], done["accesses"]);
    assert!(ended.out.contains(&told) && ended.out.contains(" MiB now"), "{ended:?}");
    assert_eq!(leftovers(data_dir), [""; 0]);
    let serving = place.serve(&["--data-dir", data_dir.to_str().unwrap()]);
    assert!(serving.get("/readyz", None).starts_with("HTTP/1.1 200 "));
}

#[test]
fn it_is_refused_while_the_service_runs() {
    let (place, running) = (Place::new(), stopped_house());
    let data_dir = running.data_dir();
    let serving = place.serve(&["--data-dir", data_dir.to_str().unwrap()]);
    let ended = run(&place, data_dir, &[]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("a compaction needs the service stopped"), "{ended:?}");
    assert_eq!(leftovers(data_dir), [""; 0]);
    assert_eq!(serving.end_by("TERM"), Some(0));
    assert_eq!(run(&place, data_dir, &[]).code, Some(0));
}

#[test]
fn killed_at_any_moment_it_loses_nothing() {
    let (place, running): (Place, Running) = (Place::new(), stopped_house());
    let data_dir = running.data_dir();
    let kept = everything(data_dir);
    let began = Instant::now();
    assert_eq!(run(&place, data_dir, &[]).code, Some(0));
    let whole = began.elapsed();
    let mut killed = 0;
    for round in 0..ROUNDS {
        let command = compact(data_dir);
        let mut child = place
            .command(&command.each_ref().map(String::as_str))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(whole * round / ROUNDS);
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        let ended = place.run(&["verify", "--data-dir", data_dir.to_str().unwrap()]);
        assert_eq!(ended.code, Some(0), "round {round}: {ended:?}");
        assert_eq!(leftovers(data_dir), [""; 0], "round {round}");
        assert!(everything(data_dir) == kept, "round {round}: something was changed");
    }
    assert!(0 < killed, "none was killed in time");
}
