//! What the service records by itself, and about copies: nobody's work, which keeps no stream from
//! being taken over.

use domain::case::Event as CaseEvent;
use domain::ids::CaseNumber;
use domain::organisation::Event as OrganisationEvent;
use domain::review::Event as ReviewEvent;
use domain::{Event, Recorded};

/// What is recorded about copies, and so part of neither side's work.
pub(super) fn is_mark(event: &Recorded) -> bool {
    matches!(
        event.event,
        Event::Organisation(
            OrganisationEvent::CrisisCopyBegun { .. } | OrganisationEvent::CrisisCopyMerged { .. }
        )
    )
}

/// What the service records by itself: how duties stand, that a stage of a deadline was reached,
/// whom it reminded, what reading was unusual, and how a category, a duty or a rulebook read when
/// it was used. It changes nothing that anybody decided.
pub(super) fn is_by_itself(event: &Recorded) -> bool {
    use ReviewEvent::{InputReminded, NextReviewReminded, ResolutionReminded};
    match &event.event {
        Event::Case(of_case) => matches!(
            of_case,
            CaseEvent::DeadlineStageReached { .. }
                | CaseEvent::DutiesJudged { .. }
                | CaseEvent::InquiryReminded { .. }
                | CaseEvent::Overdue(_)
                | CaseEvent::EffectReviewDue { .. }
        ),
        Event::Review(of_review) => matches!(
            of_review,
            InputReminded { .. } | ResolutionReminded { .. } | NextReviewReminded { .. }
        ),
        Event::Organisation(OrganisationEvent::UnusualAccessFound(_)) => true,
        Event::Organisation(_) => is_rule(event),
    }
}

/// How a category, a duty or a rulebook read when it was used.
pub(super) fn is_rule(event: &Recorded) -> bool {
    use OrganisationEvent::{CategoryRecorded, DutyRecorded, RulebookRecorded};
    let Event::Organisation(event) = &event.event else { return false };
    matches!(event, CategoryRecorded { .. } | DutyRecorded { .. } | RulebookRecorded { .. })
}

/// Whether the service here has recorded the same by itself.
pub(super) fn is_here(event: &Recorded, ours: &[&Recorded]) -> bool {
    is_by_itself(event) && ours.iter().any(|our| our.event == event.event)
}

/// The number of the case that an event opens.
pub(super) fn number_in(event: &Recorded) -> Option<CaseNumber> {
    match &event.event {
        Event::Case(CaseEvent::DeviationReported(report)) => Some(report.number),
        _ => None,
    }
}
