//! Files that were cut, altered, emptied or lost while nobody looked.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::*;

/// What comes of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The service answers, and everything is there.
    Whole,
    /// It does not start, and says this.
    Refused(&'static str),
}

use Outcome::{Refused, Whole};

/// What was done to the files, in words, by which hand, and what comes of it.
type Fault = (&'static str, fn(&Path), Outcome);

/// Whoever is told this knows what to do.
const RESTORE: &str = "run `avvik verify` and restore a backup";
const KEYRING: &str = "restore it from its newest backup";
const NEWER_KEYRING: &str = "restore the newest backup of the keyring";
const MASTER_KEY: &str = "put";

const FAULTS: [Fault; 28] = [
    ("nothing at all", |_| (), Whole),
    ("the log's last page is lost", |data| cut(data, 4096), Refused(RESTORE)),
    ("the log's last 40 KiB are lost", |data| cut(data, 40 * 1024), Refused(RESTORE)),
    ("half the log is lost", |data| cut(data, used(data) / 2), Refused(RESTORE)),
    ("the log is emptied", |data| empty(&data.join("store/db")), Refused(RESTORE)),
    ("the log is gone", |data| remove(&data.join("store/db")), Refused(RESTORE)),
    ("a page in the midst of the log is zeros", |data| zero_page(data, 2), Refused(RESTORE)),
    ("the log's first page is zeros", |data| zero_page(data, u64::MAX), Refused(RESTORE)),
    ("the store is gone", |data| fs::remove_dir_all(data.join("store")).unwrap(), Refused(RESTORE)),
    ("sled's snapshot is gone", |data| remove(&snapshot(data)), Whole),
    ("sled's snapshot is emptied", |data| empty(&snapshot(data)), Whole),
    ("a bit of sled's snapshot has flipped", |data| flip(&snapshot(data)), Whole),
    ("a crash has left half a snapshot", leave_half_a_snapshot, Whole),
    ("sled's settings are gone", |data| remove(&data.join("store/conf")), Whole),
    ("sled's settings are emptied", |data| empty(&data.join("store/conf")), Whole),
    ("a bit of sled's settings has flipped", |data| flip(&data.join("store/conf")), Whole),
    ("sled's folder for large values is gone", remove_blobs, Whole),
    ("the head file is gone", |data| remove(&data.join("head")), Whole),
    ("the head file is emptied", |data| empty(&data.join("head")), Whole),
    ("a bit of the head file has flipped", |data| flip(&data.join("head")), Whole),
    ("the keyring is gone", |data| remove(&keyring(data)), Refused(KEYRING)),
    ("the keyring is emptied", |data| empty(&keyring(data)), Refused(KEYRING)),
    ("a bit of the keyring has flipped", |data| flip(&keyring(data)), Refused(KEYRING)),
    ("the keyring is cut in the midst of a key", cut_keyring, Refused(NEWER_KEYRING)),
    ("a used key of the keyring is zeros", zero_key, Refused(NEWER_KEYRING)),
    ("the master key is gone", |data| remove(&master_key(data)), Refused(MASTER_KEY)),
    ("the master key is emptied", |data| empty(&master_key(data)), Refused(MASTER_KEY)),
    ("a bit of the master key has flipped", |data| flip(&master_key(data)), Refused(MASTER_KEY)),
];

fn used(data: &Path) -> u64 {
    let bytes = fs::read(data.join("store/db")).unwrap();
    bytes.iter().rposition(|byte| *byte != 0).unwrap() as u64 + 1
}

fn cut(data: &Path, bytes: u64) {
    let length = used(data) - bytes;
    File::options().write(true).open(data.join("store/db")).unwrap().set_len(length).unwrap();
}

fn empty(path: &Path) {
    File::options().write(true).open(path).unwrap().set_len(0).unwrap();
}

fn remove(path: &Path) {
    fs::remove_file(path).unwrap();
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

/// Zeros a page, `part` in so many of the log.
fn zero_page(data: &Path, part: u64) {
    let page = usize::try_from(used(data) / part / 4096).unwrap();
    let mut bytes = fs::read(data.join("store/db")).unwrap();
    bytes[page * 4096..(page + 1) * 4096].fill(0);
    fs::write(data.join("store/db"), bytes).unwrap();
}

fn snapshot(data: &Path) -> PathBuf {
    let entries = fs::read_dir(data.join("store")).unwrap().map(|entry| entry.unwrap().path());
    let is_snapshot = |path: &PathBuf| path.to_str().unwrap().contains("/snap.");
    entries.into_iter().find(is_snapshot).unwrap()
}

fn leave_half_a_snapshot(data: &Path) {
    let whole = snapshot(data);
    let bytes = fs::read(&whole).unwrap();
    fs::write(data.join("store/snap.00000000FFFFFFFF.generating"), &bytes[..bytes.len() / 2])
        .unwrap();
}

fn remove_blobs(data: &Path) {
    fs::remove_dir_all(data.join("store/blobs")).unwrap();
}

fn keyring(data: &Path) -> PathBuf {
    data.join("keys/keyring")
}

fn cut_keyring(data: &Path) {
    let file = File::options().write(true).open(keyring(data)).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2 - 50).unwrap();
}

fn zero_key(data: &Path) {
    let mut bytes = fs::read(keyring(data)).unwrap();
    bytes[128..256].fill(0);
    fs::write(keyring(data), bytes).unwrap();
}

fn master_key(data: &Path) -> PathBuf {
    data.join("keys/master.key")
}

/// Every file below a directory, with what it holds.
fn contents(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(directory) else { return found };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    found.sort_unstable();
    found
}

/// Starts the service on damaged files, and holds what comes of it against what is expected.
fn try_out(scene: &Scene, (name, damage, expected): Fault) {
    let copy = scene.copy();
    let store = copy.data.join("store");
    let whole = contents(&store);
    damage(&copy.data);
    let before = contents(&store);
    let is_damaged = before != whole;
    let mut process = start(&copy.data, &copy.log());
    let started = process.address();
    let told = process.logged();
    process.kill();
    assert!(!told.contains("panicked") && !told.contains("backtrace"), "{name}: {told}");
    match (expected, started) {
        // The years have gone by: clocks that ran out have been noted since.
        (Whole, Ok(_)) => {
            assert!(disk::events(&copy.data).starts_with(&scene.whole), "{name}");
        }
        (Refused(what_to_do), Err(ended)) => {
            assert_eq!(ended.code, Some(1), "{name}: {told}");
            assert!(told.contains(what_to_do), "{name}: {told}");
            // What is gone or empty may be made anew; damaged files stay as they are.
            if is_damaged && before.iter().any(|(path, it)| path.ends_with("db") && !it.is_empty())
            {
                assert!(contents(&store) == before, "{name}: refusing has changed the store");
            }
            hold_verify(name, &copy.data);
        }
        (_, started) => panic!("{name}: {started:?}, {told}"),
    }
    // The cause is mended, as from a backup.
    fs::remove_dir_all(&copy.data).unwrap();
    copy_directory(scene.running.data_dir(), &copy.data);
    assert!(start(&copy.data, &copy.log()).address().is_ok(), "{name}, mended");
}

/// `avvik verify` says what it has found, or why it could not look, and panics at nothing.
fn hold_verify(name: &str, data: &Path) {
    let output = binary().run("verify", data, &[]);
    let (out, err) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
    let (out, err) = (out.unwrap(), err.unwrap());
    assert!(!err.contains("panicked"), "{name}: {err}");
    match output.status.code() {
        // Keys are none of its business.
        Some(0) => assert!(out.contains("is intact"), "{name}: {out}"),
        Some(1) => assert!(out.contains("DAMAGED from position"), "{name}: {out}"),
        Some(2) => {
            assert!(err.starts_with("avvik: ") || err.contains("\navvik: "), "{name}: {err}");
        }
        code => panic!("{name}: {code:?}, {out}, {err}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_file_is_told_or_made_good() {
    let scene = Scene::set().await;
    for fault in FAULTS {
        try_out(&scene, fault);
    }
}

/// Nobody can say then whether something acknowledged is missing: what there was stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_head_file_a_damaged_store_is_kept_aside_before_it_is_opened() {
    let scene = Scene::set().await;
    let copy = scene.copy();
    remove(&copy.data.join("head"));
    cut(&copy.data, 40 * 1024);
    let before = contents(&copy.data.join("store"));
    let mut process = start(&copy.data, &copy.log());
    assert!(process.address().is_ok(), "{}", process.logged());
    assert!(process.logged().contains("store.set-aside"), "{}", process.logged());
    process.kill();
    let bytes = |(_, bytes): (PathBuf, Vec<u8>)| bytes;
    let kept: Vec<_> =
        contents(&copy.data.join("store.set-aside")).into_iter().map(bytes).collect();
    assert!(kept == before.into_iter().map(bytes).collect::<Vec<_>>());
}
