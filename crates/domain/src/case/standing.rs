//! Where a case stands: the light fold that lists keep for every case, open or closed.

use serde::{Deserialize, Serialize};

use super::custody;
use super::event::{AuthorityDecision, Event};
use crate::Time;
use crate::deadline::Deadline;
use crate::ids::MeasureId;

/// Where a case stands, for those who look at it. No decision depends on the phase.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Phase {
    /// Came in; nobody has taken it yet.
    Reported,
    /// Taken in.
    Received,
    /// At least one assessment is there.
    UnderAssessment,
    /// Decided whether the authority and the people are told.
    Decided,
    /// Decided, and measures are under way.
    MeasuresOngoing,
    /// The memo waits for the controller.
    AwaitingClosure,
    /// The controller closed it.
    Closed,
    /// It was no deviation.
    ClosedAsNotADeviation,
    /// Taken up again after it was closed.
    Reopened,
    /// Everything personal in it was erased.
    Erased,
    /// It goes on in another case, which is about the same breach.
    Merged,
}

impl Phase {
    /// Whether nobody is at work on a case in this phase.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::ClosedAsNotADeviation | Self::Erased | Self::Merged)
    }
}

/// What a list needs to know of a case: a few marks instead of its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The 72 hours.
    pub deadline: Deadline,
    /// When the authority was notified, if it was; withdrawn since or not.
    pub notified_at: Option<Time>,
    decision: Option<AuthorityDecision>,
    marks: Marks,
    /// The measures that are not verified. Most cases have few, so a list is smaller than a tree.
    unverified: Vec<MeasureId>,
    closed: Option<Phase>,
}

/// Something that is so for now; each is a bit of [`Marks`].
#[derive(Debug, Clone, Copy)]
enum Mark {
    Received = 1,
    Assessed = 2,
    PeopleDecided = 4,
    AwaitsController = 8,
    Reopened = 16,
    Erased = 32,
    Withdrawn = 64,
}

/// A set of marks. Several views hold one for every case, so it is no larger than a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Marks(u8);

impl Standing {
    /// A case whose report was just recorded.
    #[must_use]
    pub fn reported(known_since: Option<Time>, reported_at: Time) -> Self {
        Self {
            deadline: Deadline::from_awareness(known_since.unwrap_or(reported_at)),
            notified_at: None,
            decision: None,
            marks: Marks::default(),
            unverified: Vec::new(),
            closed: None,
        }
    }

    /// Takes in one more fact.
    #[expect(clippy::too_many_lines, reason = "an arm for each event, and nothing else")]
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::CaseReceived { .. } => self.mark(Mark::Received),
            Event::AwarenessEstablished { aware_at, .. } => {
                self.deadline.move_to(*aware_at);
            }
            Event::CaseAssessed { .. } => self.mark(Mark::Assessed),
            Event::AuthorityDecided { decision, .. } => self.decision = Some(*decision),
            Event::AuthorityNotified { sent_at, .. } => {
                self.notified_at = Some(*sent_at);
                self.unmark(Mark::Withdrawn);
            }
            Event::NotificationWithdrawn { .. } => self.withdraw(),
            Event::PeopleDecided { .. } => self.mark(Mark::PeopleDecided),
            Event::MeasureProposed { measure, .. } => self.note_measure(*measure, false),
            Event::MeasureVerified { measure, effective, .. } => {
                self.note_measure(*measure, *effective);
            }
            Event::MemoSubmitted { .. } => self.mark(Mark::AwaitsController),
            Event::CaseReturned { .. } => self.unmark(Mark::AwaitsController),
            Event::CaseClosed { .. } => self.closed = Some(Phase::Closed),
            Event::ClosedAsNotADeviation { .. } => self.closed = Some(Phase::ClosedAsNotADeviation),
            Event::CaseReopened { .. } => {
                self.closed = None;
                self.mark(Mark::Reopened);
                self.unmark(Mark::AwaitsController);
            }
            Event::CaseErased { .. } => self.mark(Mark::Erased),
            Event::DuplicateTakenIn { aware_at, .. } => {
                self.deadline = self.deadline.no_later_than(*aware_at);
            }
            Event::CaseMerged { .. } => self.closed = Some(Phase::Merged),
            Event::DutiesJudged { duties } => {
                for judgement in duties {
                    self.deadline.judged(judgement);
                }
            }
            Event::Custody(custody::Event::CaseReclassified { .. }) | Event::Correction(_) => {
                self.unverified.retain(|measure| !event.drops(*measure));
            }
            Event::DeviationReported(_)
            | Event::CaseFoundSevere { .. }
            | Event::InformationAdded { .. }
            | Event::PersonInvolved { .. }
            | Event::DeadlineStageReached { .. }
            | Event::ReporterAsked { .. }
            | Event::ReporterAnswered { .. }
            | Event::MeasureCompleted { .. }
            | Event::PersonErased { .. }
            | Event::CaseAssigned { .. }
            | Event::PeopleTold(_)
            | Event::AttachmentAdded(_)
            | Event::InquiryMade(_)
            | Event::InquiryLinkMade { .. }
            | Event::InquiryReminded { .. }
            | Event::InquiryAnswered { .. }
            | Event::InquiryWithdrawn { .. }
            | Event::ContributionGiven { .. }
            | Event::NoteAdded { .. }
            | Event::EffectReviewDue { .. }
            | Event::EffectReviewed { .. }
            | Event::CaseReferred(_)
            | Event::CorrespondenceRecorded(_)
            | Event::CaseLinked { .. }
            | Event::FactsEstablished { .. }
            | Event::SeverityOverridden(_)
            | Event::DutyFulfilled { .. }
            | Event::Access(_)
            | Event::NotificationSupplemented { .. }
            | Event::NotificationDrafted { .. }
            | Event::Document(_)
            | Event::Letter(_)
            | Event::Confirmation(_)
            | Event::Archiving(_)
            | Event::Overdue(_)
            | Event::Custody(custody::Event::DutiesEnded { .. }) => (),
        }
    }

    /// Whether [`Standing::apply`] may change anything at this: a list that knows no more of a case
    /// than its standing need not look it up for the others.
    #[must_use]
    pub fn is_moved_by(event: &Event) -> bool {
        !matches!(
            event,
            Event::DeviationReported(_)
                | Event::CaseFoundSevere { .. }
                | Event::InformationAdded { .. }
                | Event::PersonInvolved { .. }
                | Event::DeadlineStageReached { .. }
                | Event::ReporterAsked { .. }
                | Event::ReporterAnswered { .. }
                | Event::MeasureCompleted { .. }
                | Event::PersonErased { .. }
                | Event::CaseAssigned { .. }
                | Event::PeopleTold(_)
                | Event::AttachmentAdded(_)
                | Event::InquiryMade(_)
                | Event::InquiryLinkMade { .. }
                | Event::InquiryReminded { .. }
                | Event::InquiryAnswered { .. }
                | Event::InquiryWithdrawn { .. }
                | Event::ContributionGiven { .. }
                | Event::NoteAdded { .. }
                | Event::EffectReviewDue { .. }
                | Event::EffectReviewed { .. }
                | Event::CaseReferred(_)
                | Event::CorrespondenceRecorded(_)
                | Event::CaseLinked { .. }
                | Event::FactsEstablished { .. }
                | Event::SeverityOverridden(_)
                | Event::DutyFulfilled { .. }
                | Event::Access(_)
                | Event::NotificationSupplemented { .. }
                | Event::NotificationDrafted { .. }
                | Event::Document(_)
                | Event::Letter(_)
                | Event::Confirmation(_)
                | Event::Archiving(_)
                | Event::Overdue(_)
                | Event::Custody(custody::Event::DutiesEnded { .. })
        )
    }

    /// Where the case stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let decided = self.is_settled() && self.is(Mark::PeopleDecided);
        let ongoing = !self.unverified.is_empty();
        match self.closed {
            _ if self.is(Mark::Erased) => Phase::Erased,
            Some(closed) => closed,
            None if self.is(Mark::AwaitsController) => Phase::AwaitingClosure,
            None if self.is(Mark::Reopened) => Phase::Reopened,
            None if decided && ongoing => Phase::MeasuresOngoing,
            None if decided => Phase::Decided,
            None if self.is(Mark::Assessed) => Phase::UnderAssessment,
            None if self.is(Mark::Received) => Phase::Received,
            None => Phase::Reported,
        }
    }

    /// The deadline, while the clock runs: until the authority is notified, it is decided not to,
    /// or the case is closed or erased (GDPR art. 33(1)). Once what was notified is withdrawn, it
    /// runs as if nothing had been, until there is another decision or another notification.
    #[must_use]
    pub fn running_deadline(&self) -> Option<Deadline> {
        (!self.phase().is_closed() && !self.is_settled()).then_some(self.deadline)
    }

    /// Whether what the authority was notified of was withdrawn, and nothing was sent since.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.is(Mark::Withdrawn)
    }

    /// How the case ended, if it did, whether it was erased since or not: for statistics.
    #[must_use]
    pub fn ended(&self) -> Option<Phase> {
        self.closed
    }

    /// Whether everything personal in it was erased.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.is(Mark::Erased)
    }

    /// Whether somebody took the case in.
    #[must_use]
    pub fn is_received(&self) -> bool {
        self.is(Mark::Received)
    }

    /// The standing decision on notifying the authority.
    #[must_use]
    pub fn authority_decision(&self) -> Option<AuthorityDecision> {
        self.decision
    }

    /// The decision to notify is spent: another one is due.
    fn withdraw(&mut self) {
        self.mark(Mark::Withdrawn);
        self.decision = self.decision.filter(|it| *it != AuthorityDecision::Notify);
    }

    fn note_measure(&mut self, measure: MeasureId, is_verified: bool) {
        self.unverified.retain(|it| *it != measure);
        if !is_verified {
            self.unverified.push(measure);
        }
    }

    fn mark(&mut self, mark: Mark) {
        self.marks.0 |= mark as u8;
    }

    fn unmark(&mut self, mark: Mark) {
        self.marks.0 &= !(mark as u8);
    }

    fn is(&self, mark: Mark) -> bool {
        self.marks.0 & mark as u8 != 0
    }

    fn is_settled(&self) -> bool {
        let is_notified = self.notified_at.is_some() && !self.is_withdrawn();
        is_notified || self.decision == Some(AuthorityDecision::DoNotNotify)
    }
}

#[cfg(test)]
mod tests {
    use super::super::spec::*;
    use super::*;

    fn standing_after(events: &[Event]) -> Standing {
        let mut standing = Standing::reported(Some(monday(8)), monday(9));
        for event in events {
            standing.apply(event);
        }
        standing
    }

    #[test]
    fn a_case_passes_through_its_phases() {
        let history = ready_to_close();
        let phases: Vec<Phase> =
            (1..=history.len()).map(|n| standing_after(&history[..n]).phase()).collect();
        assert_eq!(
            phases,
            [
                Phase::Reported,
                Phase::Received,
                Phase::UnderAssessment,
                Phase::UnderAssessment,
                Phase::UnderAssessment,
                Phase::Decided,
                Phase::MeasuresOngoing,
                Phase::MeasuresOngoing,
                Phase::Decided,
                Phase::AwaitingClosure,
            ]
        );
        assert_eq!(standing_after(&closed()).phase(), Phase::Closed);
        let reopened = Event::CaseReopened { reason: text("more people") };
        let again: Vec<Event> = closed().into_iter().chain([reopened]).collect();
        assert_eq!(standing_after(&again).phase(), Phase::Reopened);
    }

    #[test]
    fn an_erased_case_still_tells_how_it_ended() {
        let (ground, basis) = (super::super::erasure::ErasureGround::Ordered, "26/1".to_owned());
        let erased = Event::CaseErased { ground, basis };
        let ended: Vec<Event> = closed().into_iter().chain([erased.clone()]).collect();
        let standing = standing_after(&ended);
        assert_eq!((standing.phase(), standing.ended()), (Phase::Erased, Some(Phase::Closed)));
        let open = standing_after(&[reported(), erased]);
        assert_eq!((open.phase(), open.ended()), (Phase::Erased, None));
        assert!(open.running_deadline().is_none());
    }

    #[test]
    fn what_does_not_move_it_changes_nothing() {
        let mut standing = Standing::reported(Some(monday(8)), monday(9));
        for event in closed() {
            let before = standing.clone();
            standing.apply(&event);
            assert!(Standing::is_moved_by(&event) || standing == before, "{event:?}");
        }
    }

    #[test]
    fn the_clock_runs_until_it_is_answered() {
        assert!(standing_after(&[reported(), decided_to_notify()]).running_deadline().is_some());
        assert!(standing_after(&[reported(), notified()]).running_deadline().is_none());
        assert!(
            standing_after(&[reported(), decided_not_to_notify()]).running_deadline().is_none()
        );
        let withdrawn = [reported(), decided_to_notify(), notified(), notification_withdrawn()];
        let due_at = |events: &[Event]| Some(standing_after(events).running_deadline()?.due_at());
        assert_eq!(due_at(&withdrawn), due_at(&[reported()]), "from its start again");
        let again = |last| withdrawn.iter().cloned().chain([last]).collect::<Vec<_>>();
        assert_eq!(due_at(&again(decided_not_to_notify())), None);
        assert_eq!(due_at(&again(notified())), None);
        let no_deviation = Event::ClosedAsNotADeviation { reason: text("found") };
        assert!(standing_after(&[reported(), no_deviation]).running_deadline().is_none());
    }
}
