//! When the 72 hours began, and which stages of them have been reached.

use super::super::command::{Command, EstablishAwareness};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::deadline::Stage;

/// Establishes another moment of awareness, with a reason; the earlier one stays in the history.
/// EDPB guidelines 9/2022, paragraph 31: a reasonable degree of certainty.
pub(super) fn decide(case: &OpenCase, it: &EstablishAwareness, command: &Command) -> Decision {
    if command.at < it.aware_at {
        return Err(Refusal::TimeInFuture { given: it.aware_at });
    }
    if case.clock.deadline.aware_at == it.aware_at {
        return nothing();
    }
    require(&it.reason, RequiredText::Reason)?;
    fact(Event::AwarenessEstablished { aware_at: it.aware_at, reason: it.reason.clone() })
}

/// Raises each stage that has been reached and was not raised for this deadline before. The clock
/// may jump, the watch may ask twice or late: a stage is raised once.
pub(super) fn check(case: &OpenCase, stages: &[Stage], command: &Command) -> Decision {
    if case.authority.is_settled() {
        return nothing();
    }
    let deadline = case.clock.deadline;
    let due_at = deadline.due_at();
    let mut reached: Vec<Stage> = stages
        .iter()
        .copied()
        .filter(|stage| deadline.has_reached(*stage, command.at))
        .filter(|stage| !case.clock.reached.contains(&(due_at, *stage)))
        .collect();
    reached.sort_unstable_by(|a, b| b.cmp(a));
    reached.dedup();
    Ok(reached.into_iter().map(|stage| Event::DeadlineStageReached { stage, due_at }).collect())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::super::command::{Acting, Request};
    use super::super::super::spec::*;
    use super::*;
    use crate::Time;

    fn establish(aware_at: Time, reason: &str) -> Command {
        let it = EstablishAwareness { aware_at, reason: text(reason) };
        command(monday(12), dpo(), Request::EstablishAwareness(it))
    }

    fn established(aware_at: Time) -> Event {
        Event::AwarenessEstablished { aware_at, reason: text("told by the supplier") }
    }

    fn check_at(at: Time) -> Command {
        command(at, Acting::service(), Request::CheckDeadline(Stage::STANDARD.to_vec()))
    }

    fn stage(hours_left: u16) -> Event {
        let due_at = monday(8) + TimeDelta::hours(72);
        Event::DeadlineStageReached { stage: Stage { hours_left }, due_at }
    }

    #[test]
    fn another_moment_of_awareness_takes_a_reason() {
        given([reported()])
            .when(establish(monday(11), "told by the supplier"))
            .then([established(monday(11))]);
        given([reported()])
            .when(establish(monday(11), ""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    }

    #[test]
    fn saying_the_same_moment_twice_changes_nothing() {
        given([reported(), established(monday(11))])
            .when(establish(monday(11), "told by the supplier"))
            .then([]);
    }

    #[test]
    fn nobody_is_aware_in_the_future() {
        given([reported()])
            .when(establish(monday(13), "told by the supplier"))
            .then_refused(Refusal::TimeInFuture { given: monday(13) });
    }

    #[test]
    fn a_stage_is_raised_once() {
        let now = monday(8) + TimeDelta::hours(24);
        given([reported()]).when(check_at(now)).then([stage(48)]);
        given([reported(), stage(48)]).when(check_at(now)).then([]);
    }

    #[test]
    fn a_jump_of_the_clock_raises_every_stage_on_the_way() {
        given([reported(), stage(48)]).when(check_at(monday(8) + TimeDelta::hours(73))).then([
            stage(24),
            stage(12),
            stage(4),
            stage(1),
            stage(0),
        ]);
    }

    #[test]
    fn a_new_deadline_has_stages_of_its_own() {
        let aware_at = monday(11);
        let due_at = aware_at + TimeDelta::hours(72);
        given([reported(), stage(48), established(aware_at)])
            .when(check_at(due_at - TimeDelta::hours(48)))
            .then([Event::DeadlineStageReached { stage: Stage::before(48), due_at }]);
    }

    #[test]
    fn a_stopped_clock_has_no_stages() {
        let late = monday(8) + TimeDelta::hours(80);
        given([reported(), decided_to_notify(), notified()]).when(check_at(late)).then([]);
        given([reported(), decided_not_to_notify()]).when(check_at(late)).then([]);
        given(closed()).when(check_at(late)).then([]);
    }
}
