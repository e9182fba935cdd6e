//! The same in the access log, by somebody who hides that they looked.

use domain::Position;

use super::*;
use crate::{Access, AccessLine};

/// Notes so many looks at a case.
async fn look(journal: &Journal, times: u32) {
    for number in 0..times {
        let line = AccessLine {
            at: time(i64::from(number)),
            by: Actor::Service,
            what: Access::Case(CaseId(Uuid::from_u128(1))),
            page: format!("/cases/{number}"),
            ground: "dpo".to_owned(),
            rows: None,
        };
        journal.note_access(&line).await.unwrap();
    }
}

/// A house with four looks, and what was signed then.
async fn with_looks() -> (House, SignedCheckpoint) {
    let house = House::new().await;
    let journal = house.open();
    look(&journal, 4).await;
    let signed = journal.checkpoint(time(300)).await.unwrap().signed;
    (house, signed)
}

fn fault(house: &House, anchored: &[SignedCheckpoint]) -> (Witness, Log, u64, Deviation, String) {
    let (witness, deviation, told) = house.deviation(anchored);
    let found = verify_against(house.path(), anchored).unwrap().checkpoints;
    assert_eq!((found.faults.len(), found.compared_accesses), (1, 3 + anchored.len()), "{told}");
    (witness, found.faults[0].log, found.faults[0].size, deviation, told)
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_that_are_as_they_were_signed_are_borne_out_also_as_more_follow() {
    let (house, signed) = with_looks().await;
    look(&house.open(), 3).await;
    house.rewrite_in(Log::Accesses, |_| ());
    let found = verify_against(house.path(), std::slice::from_ref(&signed)).unwrap();
    assert!(found.is_intact(), "{found}");
    assert_eq!((found.checkpoints.compared, found.checkpoints.compared_accesses), (4, 4));
    house.open().checkpoint(time(400)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_that_lacks_looks_alone_is_found_by_an_anchored_checkpoint() {
    let (house, _) = with_looks().await;
    let older = house.copy();
    let journal = house.open();
    look(&journal, 2).await;
    let anchored = journal.checkpoint(time(400)).await.unwrap().signed;
    drop(journal);
    assert!(verify(older.path()).unwrap().is_intact(), "from within, nothing shows it");
    let (witness, log, size, deviation, told) = fault(&older, &[anchored]);
    assert_eq!((witness, log, size), (Witness::Anchored(1), Log::Accesses, 6));
    assert_eq!(deviation, Deviation::RolledBack { last: Position(4) });
    assert!(told.contains("covers 6 lines of the access log, and that log ends at position 4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_that_was_cut_off_or_exchanged_is_found_and_nothing_is_signed_over_it() {
    let (house, _) = with_looks().await;
    let other = house.copy();
    house.rewrite_in(Log::Accesses, |lines| lines.truncate(3));
    let (witness, log, _, deviation, told) = fault(&house, &[]);
    assert_eq!((witness, log), (Witness::Kept(3), Log::Accesses));
    assert_eq!(deviation, Deviation::CutOff { last: Position(3) }, "{told}");
    other.rewrite_in(Log::Accesses, |lines| lines[1] = lines[0].clone());
    let (witness, log, _, deviation, told) = fault(&other, &[]);
    assert_eq!((witness, log), (Witness::Kept(3), Log::Accesses));
    assert_eq!(deviation, Deviation::Rewritten { sound: Position(0) }, "{told}");
    for house in [house, other] {
        let refused = house.open().checkpoint(time(400)).await.unwrap_err();
        assert!(matches!(refused, CheckpointError::Contradicted(_)), "{refused}");
    }
}
