//! When the 72 hours began.

use super::super::command::{Command, EstablishAwareness};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};

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

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
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
}
