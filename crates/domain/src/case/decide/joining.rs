//! Bringing a case together with another: one of a kind with it, or one about the same breach.
//! `docs/decisions/0014-merging.md` says why the case it goes on in takes it in first.

use super::super::command::Join;
use super::super::dealings::OtherCase;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{ClosedCase, Closing, OpenCase};
use super::super::{Decision, Event};
use super::closing::ended;
use super::{fact, nothing, require};
use crate::Time;

/// Records that the deviation keeps coming back. Both cases say so, open or closed.
pub(super) fn link(case: &OpenCase, it: &Join) -> Decision {
    require(&it.reason, RequiredText::Reason)?;
    not_itself(case, it.other())?;
    if case.linked.contains_key(&it.other()) {
        return nothing();
    }
    fact(Event::CaseLinked { other: it.other(), reason: it.reason.clone() })
}

/// Takes in a case about the same breach; the earlier of the two moments of awareness counts.
pub(super) fn take_in(case: &OpenCase, other: OtherCase, aware_at: Time) -> Decision {
    not_itself(case, other)?;
    if case.duplicates.contains(&other) {
        return nothing();
    }
    fact(Event::DuplicateTakenIn { other, aware_at })
}

/// Ends the case, to go on in another. What was told to the authority is not hidden away in a
/// case that has ended, nor is what was decided and not done, nor a measure against the damage that
/// is still to be taken.
pub(super) fn merge(case: &OpenCase, it: &Join) -> Decision {
    require(&it.reason, RequiredText::Reason)?;
    not_itself(case, it.other())?;
    may_end(case)?;
    let merged = Event::CaseMerged { into: it.other(), reason: it.reason.clone() };
    Ok(ended(case, None, merged))
}

/// Whether a case may end in another, as things stand in it.
pub(super) fn may_end(case: &OpenCase) -> Result<(), Refusal> {
    if let Some(notified) = &case.authority.notified {
        return Err(Refusal::AlreadyNotified { sent_at: notified.sent_at });
    }
    let mut outstanding = case.undone();
    outstanding.extend(case.measures_outstanding());
    if outstanding.is_empty() { Ok(()) } else { Err(Refusal::NotReadyToClose { outstanding }) }
}

pub(super) fn already_merged(closed: &ClosedCase, it: &Join) -> Decision {
    match closed.closing {
        Closing::Merged { into } if into == it.other() => nothing(),
        Closing::Merged { into } => Err(Refusal::CaseIsMerged { into: into.number }),
        Closing::ByController { .. } | Closing::NotADeviation { .. } => Err(Refusal::CaseIsClosed),
    }
}

fn not_itself(case: &OpenCase, other: OtherCase) -> Result<(), Refusal> {
    if case.report.number == other.number { Err(Refusal::SameCase) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::command::{Command, Request};
    use super::super::super::outstanding::Outstanding;
    use super::super::super::spec::*;
    use super::super::super::{Case, decide};
    use super::*;
    use crate::ids::{CaseId, CaseNumber};

    fn other(sequence: u32) -> OtherCase {
        let number = CaseNumber { year: 2026, sequence };
        OtherCase { case: CaseId(Uuid::from_u128(u128::from(sequence))), number }
    }

    fn join(sequence: u32, reason: &str) -> Join {
        let OtherCase { case, number } = other(sequence);
        Join { number, case, reason: text(reason) }
    }

    fn merge(sequence: u32) -> Command {
        by_dpo(Request::Merge(join(sequence, "reported twice")))
    }

    fn merged(sequence: u32) -> Event {
        Event::CaseMerged { into: other(sequence), reason: text("reported twice") }
    }

    fn taken_in(hour: u32) -> Event {
        Event::DuplicateTakenIn { other: other(4), aware_at: monday(hour) }
    }

    #[test]
    fn a_case_is_linked_to_another_of_its_kind_open_or_closed() {
        let link = |sequence, reason| by_dpo(Request::Link(join(sequence, reason)));
        let linked = Event::CaseLinked { other: other(3), reason: text("third time") };
        given([reported()]).when(link(3, "third time")).then([linked.clone()]);
        given([reported(), linked.clone()]).when(link(3, "again")).then([]);
        given(closed()).when(link(3, "third time")).then([linked]);
        given([reported()]).when(link(17, "itself")).then_refused(Refusal::SameCase);
        given([reported()])
            .when(link(3, ""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    }

    #[test]
    fn a_duplicate_ends_in_another_case_and_says_where() {
        given([reported()]).when(merge(3)).then([merged(3)]);
        given([reported(), merged(3)]).when(merge(3)).then([]);
        given([reported()]).when(merge(17)).then_refused(Refusal::SameCase);
        let into = other(3).number;
        given([reported(), merged(3)]).when(merge(5)).then_refused(Refusal::CaseIsMerged { into });
        given([reported(), merged(3)])
            .when(by_dpo(Request::Reopen(text("not the same"))))
            .then_refused(Refusal::CaseIsMerged { into });
        given(closed()).when(merge(3)).then_refused(Refusal::CaseIsClosed);
    }

    #[test]
    fn what_was_notified_or_is_still_to_be_done_does_not_end_in_another_case() {
        given([reported(), notified()])
            .when(merge(3))
            .then_refused(Refusal::AlreadyNotified { sent_at: monday(11) });
        given([reported(), proposed()]).when(merge(3)).then_refused(Refusal::NotReadyToClose {
            outstanding: vec![Outstanding::CompleteMeasure(MEASURE)],
        });
        given([reported(), decided_to_notify()]).when(merge(3)).then_refused(
            Refusal::NotReadyToClose { outstanding: vec![Outstanding::NotifyAuthority] },
        );
    }

    #[test]
    fn the_clock_counts_from_the_earliest_awareness_of_both() {
        let take_in = |hour| Request::TakeInDuplicate { other: other(4), aware_at: monday(hour) };
        given([reported()]).when(by_dpo(take_in(6))).then([taken_in(6)]);
        given([reported(), taken_in(6)]).when(by_dpo(take_in(6))).then([]);
        given(closed()).when(by_dpo(take_in(6))).then_refused(Refusal::CaseIsClosed);
        for (hour, counted) in [(6, 6), (8, 8), (9, 8)] {
            let Given(case) = given([reported(), taken_in(hour)]);
            let known = case.known().expect("a reported case");
            assert_eq!(known.clock.deadline.aware_at, monday(counted));
        }
    }

    #[test]
    fn the_reporter_of_a_duplicate_may_still_add() {
        let add = by_reporter(Request::AddInformation(text("found")));
        let Given(case) = given([reported(), merged(3)]);
        assert!(matches!(case, Case::Closed(_)));
        assert_eq!(decide(&case, &add), Ok(vec![Event::InformationAdded { text: text("found") }]));
    }
}
