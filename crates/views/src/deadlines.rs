//! The clocks that run: the 72 hours (GDPR art. 33(1)) and every other duty, soonest first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::case::{Event, Judgement, Standing};
use domain::deadline::{Deadline, Stage};
use domain::duty::{DutyId, StageRule, Verdict};
use domain::ids::CaseId;
use domain::{Recorded, Time};

/// The running clocks of every case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Deadlines {
    clocks: HashMap<CaseId, Clocks>,
    running: BTreeSet<(Time, CaseId, DutyId)>,
    unjudged: BTreeSet<CaseId>,
}

/// The clocks of one case.
#[derive(Debug, Clone, PartialEq)]
struct Clocks {
    standing: Standing,
    /// How duties were judged that apply or may, and are not ended.
    judged: BTreeMap<DutyId, Kept>,
    reached: BTreeSet<(DutyId, Time, Stage)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Kept {
    version: u32,
    verdict: Verdict,
    due_at: Time,
}

/// A clock that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// In which case.
    pub case: CaseId,
    /// Of which duty.
    pub duty: DutyId,
    /// The duty's version; not known of a case that was never judged.
    pub version: Option<u32>,
    /// Whether the duty applies for sure, or is only possible.
    pub verdict: Verdict,
    /// The last instant that is in time.
    pub due_at: Time,
}

impl Clocks {
    /// The clocks that run where the case stands so.
    fn running(&self, (is_closed, deadline): Clock) -> BTreeSet<(Time, DutyId)> {
        if is_closed {
            return BTreeSet::new();
        }
        let others = self.judged.iter().filter(|(duty, _)| !duty.is_notification());
        let others = others.map(|(duty, kept)| (kept.due_at, duty.clone()));
        let notification = deadline.map(|it| (it.due_at(), notification()));
        others.chain(notification).collect()
    }

    fn judge(&mut self, it: &Judgement) {
        match it.running_until() {
            Some(due_at) => {
                let kept = Kept { version: it.version, verdict: it.verdict, due_at };
                self.judged.insert(it.duty.clone(), kept);
            }
            None => {
                self.judged.remove(&it.duty);
            }
        }
    }
}

impl Deadlines {
    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        if let Event::DeviationReported(report) = event {
            let standing = Standing::reported(report.known_since(), recorded.at);
            self.running.insert((standing.deadline.due_at(), case, notification()));
            let (judged, reached) = (BTreeMap::new(), BTreeSet::new());
            self.clocks.insert(case, Clocks { standing, judged, reached });
            self.unjudged.insert(case);
        }
        let is_stage = matches!(event, Event::DeadlineStageReached { .. });
        if !is_stage && !Standing::is_moved_by(event) {
            return;
        }
        let Some(clocks) = self.clocks.get_mut(&case) else { return };
        if let Event::DeadlineStageReached { duty, stage, due_at, .. } = event {
            clocks.reached.insert((duty.clone(), *due_at, *stage));
            return;
        }
        let stood = clock_of(&clocks.standing);
        clocks.standing.apply(event);
        let stands = clock_of(&clocks.standing);
        if stood == stands && !matches!(event, Event::DutiesJudged { .. }) {
            // The usual case: no clock is touched, and none need be looked up.
            return;
        }
        let before = clocks.running(stood);
        if let Event::DutiesJudged { duties } = event {
            for judgement in duties {
                clocks.judge(judgement);
            }
            self.unjudged.remove(&case);
        }
        if stands.0 {
            self.unjudged.remove(&case);
        }
        let after = clocks.running(stands);
        for (due_at, duty) in before.difference(&after) {
            self.running.remove(&(*due_at, case, duty.clone()));
        }
        for (due_at, duty) in after.difference(&before) {
            self.running.insert((*due_at, case, duty.clone()));
        }
    }

    /// Every running clock, soonest first, those of possible duties among them.
    pub fn running(&self) -> impl Iterator<Item = Running> + '_ {
        self.running.iter().filter_map(|(due_at, case, duty)| {
            let kept = self.clocks.get(case)?.judged.get(duty);
            Some(Running {
                case: *case,
                duty: duty.clone(),
                version: kept.map(|kept| kept.version),
                verdict: kept.map_or(Verdict::Yes, |kept| kept.verdict),
                due_at: *due_at,
            })
        })
    }

    /// The 72 hours of every case in which they run, soonest first.
    pub fn notifications(&self) -> impl Iterator<Item = (CaseId, Deadline)> + '_ {
        let of_art_33 = self.running.iter().filter(|(.., duty)| duty.is_notification());
        of_art_33.filter_map(|(_, case, _)| {
            Some((*case, self.clocks.get(case)?.standing.running_deadline()?))
        })
    }

    /// Every case that is open.
    pub fn open(&self) -> impl Iterator<Item = CaseId> + '_ {
        let open = self.clocks.iter().filter(|(_, it)| !it.standing.phase().is_closed());
        open.map(|(case, _)| *case)
    }

    /// Open cases whose duties were never judged, as older versions of the program left them.
    pub fn unjudged(&self) -> impl Iterator<Item = CaseId> + '_ {
        self.unjudged.iter().copied()
    }

    /// The cases in which a stage has been reached by `now` and was not raised. `stages` tells
    /// those of a duty in a version.
    pub fn with_stages_to_raise<'a>(
        &'a self,
        stages: impl Fn(&DutyId, u32) -> Vec<StageRule> + 'a,
        now: Time,
    ) -> BTreeSet<CaseId> {
        let unraised = |running: &Running| {
            let reached = &self.clocks[&running.case].reached;
            let Running { duty, due_at, version: Some(version), .. } = running else {
                return false;
            };
            stages(duty, *version).iter().any(|rule| {
                rule.stage.is_reached(*due_at, now)
                    && !reached.contains(&(duty.clone(), *due_at, rule.stage))
            })
        };
        self.running()
            .filter(|running| running.verdict == Verdict::Yes && unraised(running))
            .map(|running| running.case)
            .collect()
    }
}

/// What of a case's standing its clocks depend on: whether it is closed, and the 72 hours where
/// they run.
type Clock = (bool, Option<Deadline>);

fn clock_of(standing: &Standing) -> Clock {
    (standing.phase().is_closed(), standing.running_deadline())
}

fn notification() -> DutyId {
    DutyId::new(DutyId::NOTIFICATION).expect("it is written as names are")
}
