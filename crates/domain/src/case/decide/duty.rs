//! The duties of a case: how they stand, which stages of their deadlines have been reached, what
//! was found out that decides on them, and that one was done.

use chrono::TimeDelta;

use super::super::command::{Command, FulfilDuty};
use super::super::duties::{DutyBook, Judgement, judge, of_case};
use super::super::event::Event;
use super::super::facts::Facts;
use super::super::refusal::Refusal;
use super::super::state::{Case, OpenCase};
use super::super::{Decision, evolve::Fact as Recorded};
use super::{fact, nothing};
use crate::duty::{Duty, Verdict};
use crate::{Actor, Time};

/// How the duties of a case stand after facts that were just decided on, where that is otherwise
/// than before: recorded together with them, so that no case is ever found unjudged.
#[must_use]
pub fn judged(
    before: &Case,
    events: &[Event],
    book: &DutyBook,
    at: Time,
    by: Actor,
) -> Option<Event> {
    let after = events
        .iter()
        .fold(before.clone(), |case, event| super::super::evolve(case, Recorded { event, at, by }));
    let Case::Open(after) = after else { return None };
    let duties = judge(&after, book);
    (!duties.is_empty()).then_some(Event::DutiesJudged { duties })
}

/// Says how duties stand, and raises each stage that has been reached and was not raised for its
/// deadline before. The clock may jump, the watch may ask twice or late: a stage is raised once.
/// A duty that is only possible raises none; it is asked about instead.
pub(super) fn check(case: &OpenCase, book: &DutyBook, at: Time) -> Vec<Event> {
    let changed = judge(case, book);
    let stands = |duty: &Duty| {
        let changed = changed.iter().find(|it| it.duty == duty.id);
        changed.or_else(|| case.duties.judged.get(&duty.id))
    };
    let judged = of_case(case, book).into_iter();
    let judged = judged.filter_map(|duty| Some((duty, stands(duty)?)));
    let stages: Vec<Event> =
        judged.flat_map(|(duty, judgement)| reached(case, duty, judgement, at)).collect();
    let judged = (!changed.is_empty()).then_some(Event::DutiesJudged { duties: changed });
    judged.into_iter().chain(stages).collect()
}

/// The stages of one duty that are to be raised, the one with the most time left first.
fn reached(case: &OpenCase, duty: &Duty, judgement: &Judgement, at: Time) -> Vec<Event> {
    let Some(due_at) = judgement.running_until() else { return Vec::new() };
    if judgement.verdict != Verdict::Yes {
        return Vec::new();
    }
    let mut reached: Vec<_> = duty
        .stages
        .iter()
        .filter(|rule| rule.stage.is_reached(due_at, at))
        .filter(|rule| !case.clock.reached.contains(&(duty.id.clone(), due_at, rule.stage)))
        .collect();
    reached.sort_by_key(|rule| std::cmp::Reverse(rule.stage));
    let event = |rule: &crate::duty::StageRule| Event::DeadlineStageReached {
        duty: duty.id.clone(),
        stage: rule.stage,
        due_at,
        alerts: rule.alerts.clone(),
    };
    reached.into_iter().map(event).collect()
}

/// Records what was found out; the earlier versions stay. That somebody stands by what the report
/// says is a version too.
pub(super) fn establish(case: &OpenCase, facts: &Facts) -> Decision {
    let is_known = match &case.established {
        Some(known) => known.facts == *facts,
        None => *facts == Facts::default(),
    };
    if is_known {
        return nothing();
    }
    let version = case.established.as_ref().map_or(1, |known| known.version + 1);
    fact(Event::FactsEstablished { version, facts: facts.clone() })
}

/// Records that a duty was done, once. Which duties are done by saying so, the duty itself says.
pub(super) fn fulfil(case: &OpenCase, it: &FulfilDuty, command: &Command) -> Decision {
    let FulfilDuty { duty, done_at, reference } = it.clone();
    if command.at < done_at {
        return Err(Refusal::TimeInFuture { given: done_at });
    }
    if duty.is_notification() || !case.duties.judged.contains_key(&duty) {
        return Err(Refusal::NoSuchDuty { duty });
    }
    let known = case.duties.fulfilled.get(&duty);
    if known.is_some_and(|it| (it.done_at, &it.reference) == (done_at, &reference)) {
        return nothing();
    }
    let earliest = earliest_done(case);
    if done_at < earliest {
        return Err(Refusal::TimesOutOfOrder { earlier: earliest, later: done_at });
    }
    let runs = case.duties.judged.get(&duty).is_some_and(|it| it.ended_at.is_none());
    // What was done before its time began anew says nothing of this time.
    let is_earlier = |at| runs && case.duties.turns.latest().is_some_and(|turn| at < turn);
    match known {
        Some(known) if !is_earlier(known.recorded_at) => {
            Err(Refusal::DutyFulfilled { done_at: known.done_at })
        }
        _ => fact(Event::DutyFulfilled { duty, done_at, reference }),
    }
}

/// How long before a breach of personal data is known an incident can have been told to another
/// authority. What is given as done before that is a slip of the pen.
const KNOWN_ELSEWHERE_BEFORE: TimeDelta = TimeDelta::days(30);

/// The first moment at which something can have been done because of the case.
fn earliest_done(case: &OpenCase) -> Time {
    let known = case.clock.deadline.aware_at - KNOWN_ELSEWHERE_BEFORE;
    case.report.occurred.earliest().map_or(known, |occurred| occurred.min(known))
}

#[cfg(test)]
#[path = "duty_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "duty_done_tests.rs"]
mod done_tests;
