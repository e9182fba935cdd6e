//! A destroyed key takes the person out of every copy, and leaves the chain whole.

use domain::ids::PersonId;
use journal::KeysOf;
use uuid::Uuid;

use crate::support::{Bench, append, case, said, said_about, text_of};

fn all_of(number: u128, person: Option<Uuid>) -> KeysOf {
    KeysOf { stream: case(number), person: person.map(PersonId) }
}

const PERSON: Uuid = Uuid::from_u128(77);

#[tokio::test]
async fn a_destroyed_key_hides_the_person_and_keeps_the_chain() {
    let bench = Bench::new();
    let journal = bench.open();
    let events = vec![said("of the case"), said_about(PERSON, "of the person")];
    journal.append(append(case(1), 0, events.clone())).await.unwrap();
    journal.append(append(case(2), 0, events)).await.unwrap();
    let head = journal.verify().await.events.head;

    let destroyed = journal.destroy_keys([all_of(1, Some(PERSON))]).await.unwrap();
    assert_eq!(destroyed, 1);
    let expected = [Some("of the case"), None, Some("of the case"), Some("of the person")];
    let read = journal.read_all(domain::Position(0), 10).unwrap();
    assert_eq!(read.iter().map(text_of).collect::<Vec<_>>(), expected);
    drop(journal);

    let replayed = bench.replay().unwrap();
    assert_eq!(replayed, read, "erased for good");
    let verification = journal::verify(bench.path()).unwrap();
    assert!(verification.is_intact());
    assert_eq!(verification.events.head, head, "the chain has not noticed");
}

#[tokio::test]
async fn a_destroyed_case_takes_everybody_in_it() {
    let bench = Bench::new();
    let journal = bench.open();
    let events = vec![said("of the case"), said_about(PERSON, "of the person")];
    journal.append(append(case(1), 0, events.clone())).await.unwrap();
    journal.append(append(case(2), 0, events)).await.unwrap();
    assert_eq!(journal.destroy_keys([all_of(1, None)]).await.unwrap(), 2);
    drop(journal);
    let read = bench.replay().unwrap();
    let told: Vec<_> = read.iter().map(text_of).collect();
    assert_eq!(told, [None, None, Some("of the case"), Some("of the person")]);
}

/// The store's leftovers and an older copy of it are no use without the key.
#[tokio::test]
async fn no_copy_of_the_store_brings_the_erased_back() {
    let bench = Bench::new();
    let journal = bench.open();
    journal.append(append(case(1), 0, vec![said("planted marker")])).await.unwrap();
    drop(journal);
    assert!(!bench.holds("planted marker"));
    let copy = tempfile::tempdir().unwrap();
    copy_directory(&bench.path().join("store"), &copy.path().join("store"));

    let journal = bench.open();
    journal.destroy_keys([all_of(1, None)]).await.unwrap();
    drop(journal);
    std::fs::remove_dir_all(bench.path().join("store")).unwrap();
    copy_directory(&copy.path().join("store"), &bench.path().join("store"));
    assert_eq!(text_of(&bench.replay().unwrap()[0]), None);
}

#[tokio::test]
async fn what_is_said_after_an_erasure_is_kept_under_a_new_key() {
    let bench = Bench::new();
    let journal = bench.open();
    journal.append(append(case(1), 0, vec![said("before")])).await.unwrap();
    journal.destroy_keys([all_of(1, None)]).await.unwrap();
    journal.append(append(case(1), 1, vec![said("after")])).await.unwrap();
    drop(journal);
    let read = bench.replay().unwrap();
    assert_eq!(read.iter().map(text_of).collect::<Vec<_>>(), [None, Some("after")]);
}

pub(crate) fn copy_directory(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_directory(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
