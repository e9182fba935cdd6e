//! What holds of every case that has ended, whichever way.

use super::*;
use crate::case::{Outstanding, custody};

fn is_ended_otherwise(event: &Event) -> bool {
    matches!(event, Event::ClosedAsNotADeviation { .. } | Event::CaseMerged { .. })
}

/// What was decided or begun in a case and must not end with it.
fn must_not_end(case: &Case, with_playbook: bool) -> Vec<Outstanding> {
    let case = case.known().expect("what ends was reported");
    let mut left = case.undone();
    if with_playbook {
        left.extend(case.measures_outstanding());
    } else {
        left.extend(case.proposed_outstanding());
    }
    left
}

proptest! {
    #[test]
    fn no_case_closes_with_an_unverified_immediate_measure(commands in any_commands()) {
        let mut history = play(&[]);
        for command in &commands {
            let Ok(events) = decide(&history.case, command) else { continue };
            if events.iter().any(is_closed_by_controller) {
                let case = history.case.known().expect("a closed case was reported");
                let all_verified = case.measures.values().all(|measure| {
                    measure.kind != MeasureKind::Immediate
                        || matches!(measure.progress, Progress::Verified { .. })
                });
                prop_assert!(all_verified);
            }
            history.record(events, command);
        }
    }


    /// Neither as no deviation nor in another case: nothing that was decided is left undone, no
    /// immediate measure somebody proposed is left untaken, and nothing stands notified.
    #[test]
    fn no_case_ends_otherwise_past_what_was_decided(commands in any_commands()) {
        let mut history = play(&[]);
        for command in &commands {
            let Ok(events) = decide(&history.case, command) else { continue };
            if events.iter().any(is_ended_otherwise) {
                let merged = events.iter().any(|it| matches!(it, Event::CaseMerged { .. }));
                prop_assert_eq!(must_not_end(&history.case, merged), vec![]);
                let case = history.case.known().expect("what ends was reported");
                prop_assert!(case.authority.notified.is_none());
                let is_to_notify = case.authority.decision() == Some(AuthorityDecision::Notify);
                prop_assert!(!is_to_notify);
                prop_assert!(!case.letters.has_unsent());
            }
            history.record(events, command);
        }
    }

    /// A case that the controller closes has answered whether the authority is notified.
    #[test]
    fn no_case_closes_with_the_authority_undecided(commands in any_commands()) {
        let mut history = play(&[]);
        for command in &commands {
            let Ok(events) = decide(&history.case, command) else { continue };
            if events.iter().any(is_closed_by_controller) {
                let case = history.case.known().expect("a closed case was reported");
                prop_assert!(case.authority.is_settled());
            }
            history.record(events, command);
        }
    }

    /// No clock runs on where nobody is at work.
    #[test]
    fn no_clock_runs_in_a_closed_case(commands in any_commands()) {
        let mut history = play(&[]);
        for command in &commands {
            if let Ok(events) = decide(&history.case, command) {
                history.record(events, command);
            }
            if let Case::Closed(closed) = &history.case {
                prop_assert_eq!(closed.case.duties.running(), vec![]);
            }
        }
    }

    /// The clock of a case stops only where somebody said why: the authority was notified, it was
    /// decided not to notify with grounds, or the case was no deviation, with a reason.
    #[test]
    fn no_running_clock_vanishes_without_a_decision(commands in any_commands()) {
        let history = play(&commands);
        let Case::Closed(closed) = &history.case else { return Ok(()) };
        let answered = history.recorded.iter().any(|(event, ..)| match event {
            Event::AuthorityNotified { .. } => true,
            Event::AuthorityDecided { decision, grounds, .. } => {
                *decision == AuthorityDecision::DoNotNotify && !grounds.is_blank()
            }
            Event::ClosedAsNotADeviation { reason } | Event::CaseMerged { reason, .. } => {
                !reason.is_blank()
            }
            _ => false,
        });
        prop_assert!(answered, "{:?}", closed.closing);
    }

}

/// The properties above would hold of a domain in which no case ends otherwise.
#[test]
fn the_generated_sequences_reach_cases_that_end_otherwise_and_clocks_that_end_with_them() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut otherwise, mut with_clocks) = (0, 0);
    for _ in 0..400 {
        let commands = any_commands().new_tree(&mut runner).expect("a sequence").current();
        let recorded = play(&commands).recorded;
        let is_with_clocks =
            |event: &Event| matches!(event, Event::Custody(custody::Event::DutiesEnded { .. }));
        otherwise += usize::from(recorded.iter().any(|(event, ..)| is_ended_otherwise(event)));
        with_clocks += usize::from(recorded.iter().any(|(event, ..)| is_with_clocks(event)));
    }
    assert!(20 < otherwise, "only {otherwise} of 400 sequences end otherwise");
    assert!(5 < with_clocks, "only {with_clocks} of 400 sequences end with clocks running");
}
