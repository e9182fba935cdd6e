//! Which case a follow-up code belongs to.

use std::collections::HashMap;

use domain::case::Event;
use domain::case::report::FollowUpHash;
use domain::ids::CaseId;

/// Cases by the hash of their reporter's code.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FollowUps {
    cases: HashMap<FollowUpHash, CaseId>,
}

impl FollowUps {
    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event) {
        if let Event::DeviationReported(report) = event {
            self.cases.insert(report.follow_up.clone(), case);
        }
    }

    /// The case a code belongs to.
    #[must_use]
    pub fn case(&self, hash: &FollowUpHash) -> Option<CaseId> {
        self.cases.get(hash).copied()
    }
}
