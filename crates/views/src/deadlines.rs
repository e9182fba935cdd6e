//! Open cases whose 72 hours are running, soonest first (GDPR art. 33(1)).

use std::collections::{BTreeSet, HashMap};

use domain::case::{Event, Standing};
use domain::deadline::{Deadline, Stage};
use domain::ids::CaseId;
use domain::{Recorded, Time};

/// The running clocks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Deadlines {
    clocks: HashMap<CaseId, Clock>,
    running: BTreeSet<(Time, CaseId)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Clock {
    standing: Standing,
    reached: BTreeSet<(Time, Stage)>,
}

impl Deadlines {
    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        if let Event::DeviationReported(report) = event {
            let standing = Standing::reported(report.known_since(), recorded.at);
            self.running.insert((standing.deadline.due_at(), case));
            self.clocks.insert(case, Clock { standing, reached: BTreeSet::new() });
        }
        let is_stage = matches!(event, Event::DeadlineStageReached { .. });
        if !is_stage && !Standing::is_moved_by(event) {
            return;
        }
        let Some(clock) = self.clocks.get_mut(&case) else { return };
        let before = clock.standing.running_deadline();
        clock.standing.apply(event);
        if let Event::DeadlineStageReached { stage, due_at } = event {
            clock.reached.insert((*due_at, *stage));
        }
        let after = clock.standing.running_deadline();
        if before == after {
            return;
        }
        if let Some(before) = before {
            self.running.remove(&(before.due_at(), case));
        }
        if let Some(after) = after {
            self.running.insert((after.due_at(), case));
        }
    }

    /// Every running clock, soonest first.
    pub fn running(&self) -> impl Iterator<Item = (CaseId, Deadline)> + '_ {
        self.running.iter().filter_map(|(_, case)| {
            Some((*case, self.clocks.get(case)?.standing.running_deadline()?))
        })
    }

    /// The cases in which one of `stages` has been reached by `now` and was not raised.
    #[must_use]
    pub fn with_stages_to_raise(&self, stages: &[Stage], now: Time) -> Vec<CaseId> {
        let unraised = |case: &CaseId, deadline: Deadline| {
            let clock = &self.clocks[case];
            stages.iter().any(|stage| {
                deadline.has_reached(*stage, now)
                    && !clock.reached.contains(&(deadline.due_at(), *stage))
            })
        };
        self.running()
            .filter(|(case, deadline)| unraised(case, *deadline))
            .map(|(case, _)| case)
            .collect()
    }
}
