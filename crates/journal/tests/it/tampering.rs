//! Nothing that was changed in the files is taken for true.

use std::path::Path;

use domain::Position;
use journal::{Damage, Fault, JournalError, ReadError, Verification};
use proptest::prelude::*;

use crate::erasure::copy_directory;
use crate::support::{Bench, append, case, said, tell, text_of};

/// Several chunks, one of them in parts.
async fn filled() -> Bench {
    let bench = Bench::new();
    let journal = bench.open();
    for number in 0..10 {
        tell(&journal, case(number % 3), &format!("told {number}")).await.unwrap();
    }
    tell(&journal, case(1), &"long ".repeat(20_000)).await.unwrap();
    let many = (0..40).map(|number| said(&number.to_string())).collect();
    journal.append(append(case(4), 0, many)).await.unwrap();
    drop(journal);
    bench
}

fn copy_of(bench: &Bench) -> Bench {
    let copy = Bench { directory: tempfile::tempdir().unwrap() };
    copy_directory(bench.path(), copy.path());
    copy
}

/// Changes what lies in the event log behind the journal's back.
fn change(bench: &Bench, change: impl FnOnce(&sled::Tree)) {
    let store = bench.store();
    change(&store.open_tree("log").unwrap());
    store.flush().unwrap();
}

fn flip(tree: &sled::Tree, key: &[u8], at: usize) {
    let mut value = tree.get(key).unwrap().unwrap().to_vec();
    value[at] ^= 0x10;
    tree.insert(key, value).unwrap();
}

fn first_fault(path: &Path) -> Fault {
    let verification: Verification = journal::verify(path).unwrap();
    assert!(!verification.is_intact());
    *verification.events.faults.first().unwrap()
}

/// The position at which opening refuses to go on.
fn refused_at(bench: &Bench) -> Position {
    match bench.replay() {
        Err(JournalError::Replay(ReadError::Damaged { position, .. })) => position,
        other => panic!("{:?}", other.err()),
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

#[test]
fn one_flipped_byte_anywhere_is_found_and_never_read_as_true() {
    let bench = runtime().block_on(filled());
    let store = bench.store();
    let keys: Vec<_> = store.open_tree("log").unwrap().iter().keys().map(Result::unwrap).collect();
    drop(store);
    assert!(keys.iter().any(|key| key.len() > 8), "one chunk lies in parts");
    let config = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    proptest!(config, |(key in 0..keys.len(), at: prop::sample::Index)| {
        let copy = copy_of(&bench);
        let key = &keys[key];
        change(&copy, |tree| flip(tree, key, at.index(tree.get(key).unwrap().unwrap().len())));
        let first = u64::from_be_bytes(key[..8].try_into().unwrap());
        let fault = first_fault(copy.path());
        prop_assert!(fault.position.0 >= first, "{:?} before {}", fault, first);
        prop_assert!(fault.position.0 <= first + 40);
        prop_assert!(copy.replay().is_err());
    });
}

#[test]
fn a_flipped_byte_in_an_event_is_found_at_that_event() {
    let bench = runtime().block_on(filled());
    change(&bench, |tree| {
        let value = tree.get(7_u64.to_be_bytes()).unwrap().unwrap();
        let name = b"information_added";
        let at = value.windows(name.len()).position(|window| window == name).unwrap();
        flip(tree, &7_u64.to_be_bytes(), at);
    });
    let fault = first_fault(bench.path());
    assert_eq!(fault, Fault { position: Position(7), damage: Damage::Altered });
    assert_eq!(refused_at(&bench), Position(7));
}

#[test]
fn events_that_changed_places_are_found() {
    let bench = runtime().block_on(filled());
    change(&bench, |tree| {
        let (one, two) = (4_u64.to_be_bytes(), 5_u64.to_be_bytes());
        let (first, second) = (tree.get(one).unwrap().unwrap(), tree.get(two).unwrap().unwrap());
        tree.insert(one, second).unwrap();
        tree.insert(two, first).unwrap();
    });
    assert_eq!(first_fault(bench.path()).position, Position(4));
    assert_eq!(refused_at(&bench), Position(4));
}

#[test]
fn a_removed_event_is_found() {
    let bench = runtime().block_on(filled());
    change(&bench, |tree| drop(tree.remove(6_u64.to_be_bytes()).unwrap()));
    let missing = Damage::Missing { until: Position(6) };
    assert_eq!(first_fault(bench.path()), Fault { position: Position(6), damage: missing });
    assert_eq!(refused_at(&bench), Position(6));
}

#[test]
fn a_removed_end_is_found() {
    let bench = runtime().block_on(filled());
    change(&bench, |tree| drop(tree.pop_max().unwrap()));
    let cut = Damage::CutOff { known: Position(51) };
    assert_eq!(first_fault(bench.path()), Fault { position: Position(12), damage: cut });
    assert_eq!(refused_at(&bench), Position(12));
}

#[test]
fn a_chunk_that_lost_one_of_its_parts_is_found() {
    let bench = runtime().block_on(filled());
    change(&bench, |tree| {
        let keys = tree.iter().keys().map(Result::unwrap);
        let part = keys.rev().find(|key| key.len() > 8).unwrap();
        tree.remove(part).unwrap();
    });
    let fault = first_fault(bench.path());
    assert_eq!(fault, Fault { position: Position(11), damage: Damage::Unreadable });
    assert!(bench.replay().is_err());
}

/// An older copy of the store under a newer head file.
#[tokio::test(flavor = "multi_thread")]
async fn a_rolled_back_store_is_found() {
    let bench = filled().await;
    let older = copy_of(&bench);
    let journal = bench.open();
    tell(&journal, case(1), "more").await.unwrap();
    drop(journal);
    std::fs::remove_dir_all(bench.path().join("store")).unwrap();
    copy_directory(&older.path().join("store"), &bench.path().join("store"));
    let cut = Damage::CutOff { known: Position(52) };
    assert_eq!(first_fault(bench.path()), Fault { position: Position(52), damage: cut });
    assert!(bench.replay().is_err());
}

/// What is found behind a broken place is still told of.
#[test]
fn verifying_goes_on_behind_the_first_fault() {
    let bench = runtime().block_on(filled());
    change(&bench, |tree| {
        flip(tree, &3_u64.to_be_bytes(), 60);
        flip(tree, &9_u64.to_be_bytes(), 60);
    });
    let verification = journal::verify(bench.path()).unwrap();
    let places: Vec<_> = verification.events.faults.iter().map(|fault| fault.position.0).collect();
    assert_eq!(places, [3, 9]);
    assert_eq!(verification.events.records, 49);
    assert!(verification.to_string().contains("at position 3"));
}

/// The store's own files cut, zeroed and overwritten: an answer every time, and never a false one.
#[test]
fn damaged_files_give_an_error_or_the_truth() {
    let bench = runtime().block_on(filled());
    let whole = bench.replay().unwrap();
    let length = std::fs::metadata(bench.path().join("store/db")).unwrap().len();
    let config = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    proptest!(config, |(at in 0..length, kind in 0..3_u8)| {
        let copy = copy_of(&bench);
        let path = copy.path().join("store/db");
        let mut bytes = std::fs::read(&path).unwrap();
        let at = usize::try_from(at).unwrap();
        match kind {
            0 => bytes.truncate(at),
            1 => bytes[at..].iter_mut().take(4096).for_each(|byte| *byte = 0),
            _ => bytes[at] ^= 0x40,
        }
        std::fs::write(&path, bytes).unwrap();
        if let Ok(read) = copy.replay() {
            prop_assert_eq!(&read, &whole);
        }
    });
    assert!(whole.iter().all(|event| text_of(event).is_some()));
}
