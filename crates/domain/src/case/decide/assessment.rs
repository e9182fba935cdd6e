//! Assessing the risk: each assessment is a version of its own.

use super::super::command::Assess;
use super::super::refusal::RequiredText;
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};

/// Records an assessment; the earlier ones stay.
pub(super) fn decide(case: &OpenCase, it: &Assess) -> Decision {
    require(&it.facts, RequiredText::Facts)?;
    let version = match &case.assessment {
        Some(latest) if latest.facts == it.facts && latest.outcome == it.outcome => {
            return nothing();
        }
        Some(latest) => latest.version + 1,
        None => 1,
    };
    fact(Event::CaseAssessed { version, facts: it.facts.clone(), outcome: it.outcome })
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Command, Request};
    use super::super::super::event::Outcome;
    use super::super::super::refusal::Refusal;
    use super::super::super::spec::*;
    use super::*;

    fn assess(facts: &str, outcome: Outcome) -> Command {
        by_dpo(Request::Assess(Assess { facts: text(facts), outcome }))
    }

    #[test]
    fn an_assessment_is_a_version() {
        given([reported()])
            .when(assess("phone without PIN", Outcome::NotifyAuthority))
            .then([assessed(1, Outcome::NotifyAuthority)]);
        given([reported(), assessed(1, Outcome::DocumentOnly)])
            .when(assess("phone without PIN", Outcome::NotifyAuthority))
            .then([assessed(2, Outcome::NotifyAuthority)]);
    }

    #[test]
    fn the_same_assessment_twice_changes_nothing() {
        given([reported(), assessed(1, Outcome::NotifyAuthority)])
            .when(assess("phone without PIN", Outcome::NotifyAuthority))
            .then([]);
    }

    #[test]
    fn an_assessment_rests_on_facts() {
        given([reported()])
            .when(assess(" ", Outcome::DocumentOnly))
            .then_refused(Refusal::TextMissing { what: RequiredText::Facts });
    }
}
