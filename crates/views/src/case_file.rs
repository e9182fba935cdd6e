//! Everything about one case, folded from its own stream when somebody opens it.

use domain::case::evolve::{Fact, evolve};
use domain::case::report::Reporter;
use domain::case::{Case, Event, OpenCase, Standing};
use domain::ids::CaseId;
use domain::{Actor, Event as AnyEvent, Recorded, Time, Version};

/// One case with its history.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile {
    /// Which case.
    pub case: CaseId,
    /// What is known of it.
    pub known: OpenCase,
    /// Where it stands, and its clock.
    pub standing: Standing,
    /// Everything that happened, the oldest first.
    pub timeline: Vec<Entry>,
}

/// One line of a case's timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which of the case's events, from 1.
    pub version: Version,
    /// When it was recorded.
    pub at: Time,
    /// Who caused it.
    pub by: Actor,
    /// What happened.
    pub event: Event,
}

impl CaseFile {
    /// The case as its stream tells it; nothing for a stream that tells of no case.
    #[must_use]
    pub fn fold(case: CaseId, stream: &[Recorded]) -> Option<Self> {
        let timeline: Vec<Entry> = stream.iter().filter_map(entry).collect();
        let Event::DeviationReported(report) = &timeline.first()?.event else { return None };
        let mut standing = Standing::reported(report.discovered_at, timeline.first()?.at);
        let mut folded = Case::Unreported;
        for Entry { event, at, by, .. } in &timeline {
            standing.apply(event);
            folded = evolve(folded, Fact { event, at: *at, by: *by });
        }
        let known = folded.known()?.clone();
        Some(Self { case, known, standing, timeline })
    }

    /// The same case for somebody who is not to learn who reported: the identity is replaced
    /// wherever it stands, so that nothing downstream can show it.
    #[must_use]
    pub fn without_reporter(mut self) -> Self {
        self.known.report.reporter = Reporter::Anonymous;
        for entry in &mut self.timeline {
            if let Event::DeviationReported(report) = &mut entry.event {
                report.reporter = Reporter::Anonymous;
            }
        }
        self
    }
}

fn entry(recorded: &Recorded) -> Option<Entry> {
    let AnyEvent::Case(event) = &recorded.event else { return None };
    let Recorded { version, at, by, .. } = *recorded;
    Some(Entry { version, at, by, event: event.clone() })
}
