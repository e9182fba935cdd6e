//! Appending and reading back: order, conflicts, repetition, size.

use std::ops::ControlFlow;

use domain::{Needed, Needs, Position, Recorded, StreamId, Version};
use journal::{
    Append, AppendError, Idempotency, Journal, JournalError, KeysOf, Settings, StoreError,
};
use uuid::Uuid;

use crate::support::{Bench, append, case, said, tell, text_of, time};

#[tokio::test]
async fn what_is_appended_reads_back_the_same_in_every_way() {
    let bench = Bench::new();
    let (journal, mut feed) = bench.open_with_feed();
    let first = journal.append(append(case(1), 0, vec![said("æ"), said("ø")])).await.unwrap();
    let second = tell(&journal, case(2), "å").await.unwrap();
    assert_eq!((first.last, first.version), (Position(2), Version(2)));
    assert_eq!((second.last, second.version, second.repeated), (Position(3), Version(1), false));
    assert_eq!(journal.position(), Position(3));

    let read = journal.read_all(Position(0), usize::MAX).unwrap();
    let told: Vec<_> = read.iter().map(text_of).collect();
    assert_eq!(told, [Some("æ"), Some("ø"), Some("å")]);
    assert_eq!(journal.read_stream(case(1)).await.unwrap(), read[..2]);
    assert_eq!(journal.read_stream(case(9)).await.unwrap(), []);
    let mut fed = feed.try_recv().unwrap();
    fed.extend(feed.try_recv().unwrap());
    assert_eq!(fed, read);
    drop(journal);
    assert_eq!(bench.replay().unwrap(), read);
}

/// What was recorded later is left out, wherever in the log it stands; what was erased since reads
/// as erased, as of then too.
#[tokio::test]
async fn what_was_known_at_a_moment_is_read_as_far_as_it_is_needed() {
    let bench = Bench::new();
    let journal = bench.open();
    for (case_number, at, text) in [(1, 0, "a"), (2, 5, "b"), (3, 3, "c"), (1, 9, "d")] {
        let expected = journal.version(case(case_number)).0;
        let told = append(case(case_number), expected, vec![said(text)]);
        journal.append(Append { at: time(at), ..told }).await.unwrap();
    }
    let known_at = |seconds, needs: Needs| {
        let mut known = Vec::new();
        let each = |recorded| {
            known.push(recorded);
            ControlFlow::Continue(())
        };
        journal.read_known_at(time(seconds), needs, each).unwrap();
        known
    };
    let told = |known: &[Recorded]| known.iter().map(|it| text_of(it).map(str::to_owned)).collect();
    let texts: Vec<Option<String>> = told(&known_at(4, Needed::all));
    assert_eq!(texts, [Some("a".to_owned()), Some("c".to_owned())]);
    assert_eq!(known_at(9, Needed::all), journal.read_all(Position(0), 9).unwrap());
    assert_eq!(known_at(9, |_, _| Needed::Nothing), []);
    let open: Vec<Option<String>> = told(&known_at(0, |_, _| Needed::Open));
    assert_eq!(open, [None]);

    let mut first = Vec::new();
    let only_one = |recorded| {
        first.push(recorded);
        ControlFlow::Break(())
    };
    journal.read_known_at(time(9), Needed::all, only_one).unwrap();
    assert_eq!(first.len(), 1);

    journal.destroy_keys([KeysOf { stream: case(1), person: None }]).await.unwrap();
    let texts: Vec<Option<String>> = told(&known_at(4, Needed::all));
    assert_eq!(texts, [None, Some("c".to_owned())]);
}

#[tokio::test]
async fn a_stretch_of_the_log_is_read_as_far_as_it_is_needed() {
    let bench = Bench::new();
    let journal = bench.open();
    for (number, text) in [(1, "a"), (2, "b"), (3, "c"), (4, "d")] {
        tell(&journal, case(number), text).await.unwrap();
    }
    let every = journal.read_all(Position(0), 9).unwrap();
    let between = |after, until| {
        let mut read = Vec::new();
        let each = |recorded| {
            read.push(recorded);
            ControlFlow::Continue(())
        };
        journal.read_between(Position(after), Position(until), Needed::all, each).unwrap();
        read
    };
    for after in 0..6 {
        for until in 0..6 {
            let expected =
                every.iter().filter(|it| after < it.position.0 && it.position.0 <= until);
            assert_eq!(between(after, until), expected.cloned().collect::<Vec<_>>());
        }
    }
    assert_eq!(between(u64::MAX, u64::MAX), []);
}

#[tokio::test]
async fn a_conflict_says_what_was_expected_and_what_is() {
    let bench = Bench::new();
    let journal = bench.open();
    tell(&journal, case(1), "first").await.unwrap();
    for expected in [0, 2] {
        let refused = journal.append(append(case(1), expected, vec![said("x")])).await;
        let Err(AppendError::Conflict { expected: told, actual }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((told, actual), (Version(expected), Version(1)));
    }
    assert_eq!(journal.position(), Position(1));
}

#[tokio::test]
async fn of_many_who_append_at_once_one_wins() {
    let bench = Bench::new();
    let journal = bench.open();
    let attempts = (0..32).map(|number| {
        let journal = journal.clone();
        tokio::spawn(async move {
            journal.append(append(case(1), 0, vec![said(&number.to_string())])).await
        })
    });
    let attempts: Vec<_> = attempts.collect();
    let mut won = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(_) => won += 1,
            Err(AppendError::Conflict { actual, .. }) => assert_eq!(actual, Version(1)),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(journal.read_stream(case(1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_repeated_key_gets_the_first_answer_and_writes_nothing() {
    let bench = Bench::new();
    let content = Some([7; 8]);
    let key = Idempotency { key: Uuid::from_u128(99), content };
    let once = |stream: StreamId| {
        let append = append(stream, 0, vec![said("a"), said("b")]);
        journal::Append { idempotency: Some(key), ..append }
    };
    let journal = bench.open();
    let (one, two) = tokio::join!(journal.append(once(case(1))), journal.append(once(case(2))));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!([one.repeated, two.repeated], [false, true]);
    assert_eq!(one.content, content);
    assert_eq!(two, journal::Appended { repeated: true, ..one });
    drop(journal);

    let journal = bench.open();
    let other = Some(Idempotency { content: Some([8; 8]), ..key });
    let other = journal::Append { idempotency: other, ..once(case(1)) };
    let again = journal.append(other).await.unwrap();
    assert_eq!(again, two, "the key is remembered across a restart");
    assert_eq!(journal.recorded_under(Uuid::from_u128(99)), Some(one));
    assert_eq!(journal.recorded_under(Uuid::from_u128(98)), None);
    assert_eq!(journal.position(), Position(2));
}

#[tokio::test]
async fn appends_of_any_size_are_whole_and_stay_in_the_store() {
    let bench = Bench::new();
    let long = "lang «tekst» ".repeat(9_000);
    let journal = bench.open();
    tell(&journal, case(1), &long).await.unwrap();
    tell(&journal, case(2), "short").await.unwrap();
    let many = (0..300).map(|number| said(&number.to_string())).collect();
    journal.append(append(case(3), 0, many)).await.unwrap();
    tell(&journal, case(1), &long).await.unwrap();
    let read = journal.read_all(Position(0), usize::MAX).unwrap();
    assert_eq!(text_of(&read[0]), Some(long.as_str()));
    assert_eq!(journal.read_stream(case(3)).await.unwrap()[299], read[301]);
    assert!(journal.verify().await.is_intact());
    drop(journal);
    assert_eq!(bench.replay().unwrap(), read);
    // Values that outgrow the store's pages would lie outside its flush.
    let blobs = std::fs::read_dir(bench.path().join("store/blobs")).unwrap().count();
    assert_eq!(blobs, 0);
}

#[tokio::test]
async fn what_is_too_large_or_empty_is_refused_and_harms_nothing() {
    let bench = Bench::new();
    let journal = bench.open();
    let huge = "x".repeat(5 * 1024 * 1024);
    let refused = tell(&journal, case(1), &huge).await;
    assert!(matches!(refused, Err(AppendError::TooLarge { .. })));
    let refused = journal.append(append(case(1), 0, Vec::new())).await;
    assert!(matches!(refused, Err(AppendError::Empty)));
    tell(&journal, case(1), "fits").await.unwrap();
}

#[tokio::test]
async fn reading_goes_on_where_it_was_left() {
    let bench = Bench::new();
    let journal = bench.open();
    for number in 0..150 {
        tell(&journal, case(number % 7), &number.to_string()).await.unwrap();
    }
    let mut read = Vec::new();
    loop {
        let after = Position(read.len() as u64);
        let page = journal.read_all(after, 40).unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    let told: Vec<_> = read.iter().map(|it| text_of(it).unwrap().parse::<u32>().unwrap()).collect();
    assert_eq!(told, (0..150).collect::<Vec<u32>>());
    let positions: Vec<_> = read.iter().map(|it| it.position.0).collect();
    assert_eq!(positions, (1..=150).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_time_is_kept_to_the_microsecond_before_and_after_a_restart() {
    let bench = Bench::new();
    let (journal, mut feed) = bench.open_with_feed();
    let at = time(0) + chrono::TimeDelta::nanoseconds(1_234_567);
    let append = append(case(1), 0, vec![said("x")]);
    journal.append(journal::Append { at, ..append }).await.unwrap();
    let kept = time(0) + chrono::TimeDelta::microseconds(1_234);
    assert_eq!(feed.recv().await.unwrap()[0].at, kept);
    drop(journal);
    assert_eq!(bench.replay().unwrap()[0].at, kept);
}

#[tokio::test]
async fn state_is_kept_and_removed() {
    let bench = Bench::new();
    let journal = bench.open();
    let put = |key: &str, value: Option<&[u8]>| (key.to_owned(), value.map(<[u8]>::to_vec));
    let changes = vec![put("session/a", Some(b"1")), put("session/b", Some(b"2"))];
    journal.put_state(changes).await.unwrap();
    journal.put_state(vec![put("session/a", None), put("other", Some(b"3"))]).await.unwrap();
    drop(journal);
    let journal = bench.open();
    assert_eq!(journal.state("session/a").await.unwrap(), None);
    assert_eq!(journal.state("other").await.unwrap(), Some(b"3".to_vec()));
    let sessions = journal.state_under("session/").await.unwrap();
    assert_eq!(sessions, [("session/b".to_owned(), b"2".to_vec())]);
}

#[tokio::test]
async fn state_that_is_as_it_was_already_is_no_failed_write() {
    let bench = Bench::new();
    let journal = bench.open();
    for _ in 0..2 {
        journal.put_state(vec![("same".to_owned(), Some(b"1".to_vec()))]).await.unwrap();
        journal.put_state(vec![("never there".to_owned(), None)]).await.unwrap();
    }
    assert!(journal.halted().is_none());
    tell(&journal, case(1), "and it goes on").await.unwrap();
}

#[test]
fn one_process_at_a_time() {
    let bench = Bench::new();
    let journal = bench.open();
    let second = Journal::open(&bench.settings(), |_| ()).err().unwrap();
    assert!(matches!(second, JournalError::Store(StoreError::InUse { .. })), "{second:?}");
    let verified = journal::verify(bench.path()).err().unwrap();
    assert!(matches!(verified, JournalError::Store(StoreError::InUse { .. })));
    drop(journal);
    drop(bench.open());
}

#[test]
fn a_journal_is_set_up_once_and_never_by_accident() {
    let bench = Bench::new();
    let again = Journal::init(&bench.settings()).unwrap_err();
    assert!(matches!(again, JournalError::AlreadyInitialised { .. }));

    let empty = tempfile::tempdir().unwrap();
    let opened = Journal::open(&Settings::new(empty.path()), |_| ()).err().unwrap();
    assert!(matches!(opened, JournalError::NotInitialised { .. }));
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn the_master_key_may_lie_elsewhere_and_is_asked_for_by_name_when_lost() {
    let bench = tempfile::tempdir().unwrap();
    let key = bench.path().join("elsewhere.key");
    let settings =
        Settings { data_directory: bench.path().join("data"), master_key: Some(key.clone()) };
    Journal::init(&settings).unwrap();
    drop(Journal::open(&settings, |_| ()).unwrap());
    std::fs::remove_file(&key).unwrap();
    let lost = Journal::open(&settings, |_| ()).err().unwrap();
    let cause = std::error::Error::source(&lost).unwrap().to_string();
    assert!(cause.contains("elsewhere.key"), "{cause}");
}
