//! Read models as folds over what was recorded.
//!
//! Invariants: a view asks nobody anything, sends nothing and may see a fact twice; everything
//! here lies in memory alone and is rebuilt from the journal, so that personal data lies decrypted
//! nowhere on disk.

pub mod absences;
pub mod alerts;
pub mod audits;
pub mod case_file;
pub mod deadlines;
pub mod follow_ups;
pub mod inbox;
pub mod inquiries;
pub mod measures;
pub mod openings;
pub mod precedents;
pub mod register;
pub mod reviews;
pub mod similar;
pub mod statistics;

#[cfg(test)]
mod properties;

use domain::organisation::{self, Organisation};
use domain::{Event, Needed, Position, Recorded, StreamKind};

pub use absences::Absences;
pub use alerts::Alerts;
pub use audits::Audits;
pub use case_file::CaseFile;
pub use deadlines::Deadlines;
pub use follow_ups::FollowUps;
pub use inbox::Inbox;
pub use inquiries::Inquiries;
pub use measures::Measures;
pub use openings::Openings;
pub use register::Register;
pub use reviews::Reviews;
pub use statistics::Figures;

/// Every view, as of one position in the journal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Views {
    /// The last fact that was taken in.
    pub position: Position,
    /// Every case as a row.
    pub inbox: Inbox,
    /// The clocks that run.
    pub deadlines: Deadlines,
    /// Every measure as a row.
    pub measures: Measures,
    /// The register of breaches.
    pub register: Register,
    /// Which case a follow-up code belongs to.
    pub follow_ups: FollowUps,
    /// Questions to those who are to help.
    pub inquiries: Inquiries,
    /// The times a case was opened outside somebody's role.
    pub openings: Openings,
    /// The looks at cases that auditors were granted.
    pub audits: Audits,
    /// What was found to be unusual reading.
    pub alerts: Alerts,
    /// Who was away when.
    pub absences: Absences,
    /// Every management review.
    pub reviews: Reviews,
    /// Units, people and tokens.
    pub organisation: Organisation,
}

impl Views {
    /// How much the views tell of the events with a name.
    #[must_use]
    pub fn needed(kind: StreamKind, name: &str) -> Needed {
        match (kind, name) {
            (
                StreamKind::Case,
                "information_added"
                | "reporter_asked"
                | "reporter_answered"
                | "attachment_added"
                | "notification_drafted"
                | "duties_ended",
            ) => Needed::Nothing,
            (
                StreamKind::Case,
                "measure_completed"
                | "measure_verified"
                | "memo_submitted"
                | "case_returned"
                | "facts_established"
                | "duty_fulfilled"
                | "fulfilment_withdrawn"
                | "case_reclassified"
                | "notification_supplemented",
            ) => Needed::Open,
            _ => Needed::Everything,
        }
    }

    /// Notes that there is no fact up to `position` that would still change anything.
    pub fn pass(&mut self, position: Position) {
        self.position = self.position.max(position);
    }

    /// Takes in one more fact; one that was taken in before changes nothing.
    pub fn apply(&mut self, recorded: &Recorded) {
        if recorded.position <= self.position {
            return;
        }
        self.position = recorded.position;
        match &recorded.event {
            Event::Organisation(event) => {
                self.alerts.apply(event, recorded.at, recorded.by);
                self.absences.apply(event, recorded.at);
                organisation::apply(&mut self.organisation, event);
            }
            Event::Review(event) => {
                let Some(review) = recorded.review() else { return };
                self.reviews.apply(review, event, recorded);
            }
            Event::Case(event) => {
                let Some(case) = recorded.case() else { return };
                self.inbox.apply(case, event, recorded);
                self.deadlines.apply(case, event, recorded);
                self.measures.apply(case, event, recorded.at);
                self.inquiries.apply(case, event, recorded.at);
                self.register.apply(case, event, recorded);
                self.follow_ups.apply(case, event);
                self.openings.apply(case, event, recorded);
                self.audits.apply(case, event, recorded);
            }
        }
    }
}
