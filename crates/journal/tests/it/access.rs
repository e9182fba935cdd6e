//! Who looked at what is kept, in order and for good.

use domain::ids::{CaseId, UserId};
use domain::{Actor, Erasable, Position};
use journal::{Access, AccessLine};
use uuid::Uuid;

use crate::support::{Bench, case, tell, time};

fn line(number: i64, what: Access) -> AccessLine {
    AccessLine {
        at: time(number),
        by: Actor::User(UserId(Uuid::from_u128(5))),
        page: "/cases".to_owned(),
        ground: "dpo".to_owned(),
        rows: matches!(what, Access::Export(_)).then_some(212),
        what,
    }
}

fn some_lines() -> Vec<AccessLine> {
    let words = Erasable::known("Kari Marker".to_owned());
    let own = AccessLine { by: Actor::Reporter, ..line(5, Access::List("own".to_owned())) };
    vec![
        line(1, Access::Case(CaseId(Uuid::from_u128(1)))),
        line(2, Access::List("inbox".to_owned())),
        line(3, Access::Search { words }),
        line(4, Access::Export("register".to_owned())),
        own,
        line(6, Access::Search { words: Erasable::Erased { about: None } }),
    ]
}

#[tokio::test]
async fn every_line_is_kept_in_order_across_a_restart() {
    let bench = Bench::new();
    let journal = bench.open();
    for line in some_lines() {
        journal.note_access(&line).await.unwrap();
        tell(&journal, case(1), "in between").await.unwrap();
    }
    drop(journal);
    let journal = bench.open();
    let read = journal.read_accesses(Position(0), usize::MAX).await.unwrap();
    let positions: Vec<_> = read.iter().map(|(position, _)| position.0).collect();
    assert_eq!(positions, [1, 2, 3, 4, 5, 6]);
    let lines: Vec<_> = read.into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, some_lines());
    let page = journal.read_accesses(Position(2), 2).await.unwrap();
    assert_eq!(page.into_iter().map(|(_, line)| line).collect::<Vec<_>>(), some_lines()[2..4]);
    assert_eq!(journal.read_accesses(Position(6), 2).await.unwrap(), []);
    let verification = journal.verify().await;
    assert!(verification.is_intact());
    assert_eq!(verification.accesses.records, 6);
}

#[tokio::test]
async fn what_was_searched_for_lies_sealed() {
    let bench = Bench::new();
    let journal = bench.open();
    for line in some_lines() {
        journal.note_access(&line).await.unwrap();
    }
    drop(journal);
    assert!(bench.holds("/cases"), "the page is there to be found");
    assert!(!bench.holds("Marker"));
}

#[tokio::test]
async fn lines_noted_at_once_share_a_flush_and_lose_nobody() {
    let bench = Bench::new();
    let journal = bench.open();
    let notes = (0..200).map(|number| {
        let journal = journal.clone();
        tokio::spawn(async move {
            journal.note_access(&line(number, Access::List(number.to_string()))).await
        })
    });
    for note in notes.collect::<Vec<_>>() {
        note.await.unwrap().unwrap();
    }
    let read = journal.read_accesses(Position(0), usize::MAX).await.unwrap();
    let mut seconds: Vec<_> = read.iter().map(|(_, line)| line.at).collect();
    seconds.sort();
    assert_eq!(seconds, (0..200).map(time).collect::<Vec<_>>());
}
