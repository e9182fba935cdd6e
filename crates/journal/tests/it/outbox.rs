//! Messages are kept with the events that ask for them until they are sent.

use domain::Position;
use journal::{Append, Journal, NextAttempt, OutboxEntry, PendingMessage};
use uuid::Uuid;

use crate::support::{Bench, append, case, said, time};

fn message(number: u128) -> OutboxEntry {
    OutboxEntry { id: Uuid::from_u128(number), payload: format!("to marker {number}").into() }
}

async fn tell_with(journal: &Journal, number: u128, outbox: Vec<OutboxEntry>) {
    let append = append(case(number), 0, vec![said("x"), said("y")]);
    journal.append(Append { outbox, ..append }).await.unwrap();
}

fn ids(pending: &[PendingMessage]) -> Vec<u128> {
    pending.iter().map(|it| it.entry.id.as_u128()).collect()
}

#[tokio::test]
async fn a_message_waits_until_it_is_marked_as_sent() {
    let bench = Bench::new();
    let journal = bench.open();
    tell_with(&journal, 1, vec![message(1), message(2)]).await;
    tell_with(&journal, 2, vec![message(3)]).await;
    let pending = journal.pending_messages();
    assert_eq!(ids(&pending), [1, 2, 3]);
    assert_eq!(pending[1].entry, message(2));
    assert_eq!((pending[1].position, pending[1].attempts), (Position(2), 0));
    journal.mark_sent(Uuid::from_u128(2)).await.unwrap();
    assert_eq!(ids(&journal.pending_messages()), [1, 3]);
    drop(journal);

    let journal = bench.open();
    assert_eq!(ids(&journal.pending_messages()), [1, 3], "as before the restart");
    journal.mark_sent(Uuid::from_u128(1)).await.unwrap();
    journal.mark_sent(Uuid::from_u128(3)).await.unwrap();
    journal.mark_sent(Uuid::from_u128(3)).await.unwrap();
    drop(journal);
    assert!(bench.open().pending_messages().is_empty());
    assert!(!bench.holds("to marker"), "addresses lie sealed");
}

#[tokio::test]
async fn a_failed_message_keeps_its_attempts_and_its_time() {
    let bench = Bench::new();
    let journal = bench.open();
    tell_with(&journal, 1, vec![message(1), message(2)]).await;
    let later = NextAttempt::NotBefore(time(600));
    journal.mark_failed(Uuid::from_u128(1), 3, later).await.unwrap();
    journal.mark_failed(Uuid::from_u128(2), 9, NextAttempt::Never).await.unwrap();
    drop(journal);
    let pending = bench.open().pending_messages();
    assert_eq!((pending[0].attempts, pending[0].next_attempt), (3, later));
    assert_eq!((pending[1].attempts, pending[1].next_attempt), (9, NextAttempt::Never));
}

/// A mark for each message ever sent would be read at every start.
#[tokio::test]
async fn marks_of_sent_messages_do_not_pile_up() {
    let bench = Bench::new();
    let journal = bench.open();
    for number in 1..=20 {
        tell_with(&journal, number, vec![message(number)]).await;
    }
    for number in 2..=20 {
        journal.mark_sent(Uuid::from_u128(number)).await.unwrap();
    }
    journal.mark_sent(Uuid::from_u128(1)).await.unwrap();
    drop(journal);
    let state = bench.store().open_tree("state").unwrap();
    assert_eq!(state.scan_prefix("outbox/entry/").count(), 0);
    drop(state);
    assert!(bench.open().pending_messages().is_empty());
}

#[tokio::test]
async fn the_messages_of_an_erased_case_are_not_sent() {
    let bench = Bench::new();
    let journal = bench.open();
    tell_with(&journal, 1, vec![message(1)]).await;
    tell_with(&journal, 2, vec![message(2)]).await;
    journal.destroy_keys([journal::KeysOf { stream: case(1), person: None }]).await.unwrap();
    assert_eq!(ids(&journal.pending_messages()), [2]);
    journal.mark_sent(Uuid::from_u128(2)).await.unwrap();
    drop(journal);
    let state = bench.store().open_tree("state").unwrap();
    assert_eq!(state.scan_prefix("outbox/entry/").count(), 0, "the erased one keeps nothing open");
}
