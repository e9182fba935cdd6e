//! Setting a factor of the severity otherwise than the method has it, with why.

use super::super::advised::SeverityOverridden;
use super::super::command::OverrideSeverity;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};

/// Records the value that counts from now on, or that the method's own does again.
pub(super) fn decide(case: &OpenCase, it: &OverrideSeverity) -> Decision {
    require(&it.reason, RequiredText::Reason)?;
    if case.established.is_none() {
        return Err(Refusal::FactsNotEstablished);
    }
    let OverrideSeverity { factor, quarters, reason } = it.clone();
    if quarters.is_some_and(|quarters| !factor.allows(quarters)) {
        return Err(Refusal::NotAFactorValue { factor });
    }
    let is_so = match (case.overridden.get(&factor), quarters) {
        (None, None) => true,
        (Some(set), Some(quarters)) => (set.quarters, &set.reason) == (quarters, &reason),
        _ => false,
    };
    if is_so {
        nothing()
    } else {
        fact(Event::SeverityOverridden(SeverityOverridden { factor, quarters, reason }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Command, Request};
    use super::super::super::evolve::{Fact as Recorded, fold};
    use super::super::super::facts::{Fact, Facts};
    use super::super::super::spec::*;
    use super::*;
    use crate::Actor;
    use crate::assessment::FactorKind;
    use crate::duty::Verdict;

    const DPC: FactorKind = FactorKind::DataContext;

    fn set(factor: FactorKind, quarters: Option<u8>, reason: &str) -> Command {
        let reason = text(reason);
        by_dpo(Request::OverrideSeverity(OverrideSeverity { factor, quarters, reason }))
    }

    fn was_set(quarters: Option<u8>, reason: &str) -> Event {
        Event::SeverityOverridden(SeverityOverridden {
            factor: DPC,
            quarters,
            reason: text(reason),
        })
    }

    fn facts_known() -> Event {
        let facts = Facts::default().with(Fact::PersonalData, Verdict::Yes);
        Event::FactsEstablished { version: 1, facts }
    }

    #[test]
    fn a_factor_is_set_with_a_reason_and_set_back_with_another() {
        given([reported(), facts_known()])
            .when(set(DPC, Some(8), "public already"))
            .then([was_set(Some(8), "public already")]);
        given([reported(), facts_known(), was_set(Some(8), "public already")])
            .when(set(DPC, None, "it was not"))
            .then([was_set(None, "it was not")]);
        given([reported(), facts_known()])
            .when(set(DPC, Some(8), " "))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    }

    #[test]
    fn what_is_so_already_is_not_said_twice() {
        given([reported(), facts_known(), was_set(Some(8), "public already")])
            .when(set(DPC, Some(8), "public already"))
            .then([]);
        given([reported(), facts_known()]).when(set(DPC, None, "so be it")).then([]);
    }

    #[test]
    fn a_factor_has_the_values_of_the_method_and_rests_on_facts() {
        for (factor, quarters) in [(DPC, 5), (DPC, 20), (FactorKind::Malice, 1)] {
            given([reported(), facts_known()])
                .when(set(factor, Some(quarters), "because"))
                .then_refused(Refusal::NotAFactorValue { factor });
        }
        given([reported()])
            .when(set(DPC, Some(8), "because"))
            .then_refused(Refusal::FactsNotEstablished);
    }

    #[test]
    fn the_value_that_was_set_last_counts() {
        let severity = |events: &[Event]| {
            let recorded = events.iter();
            let recorded =
                recorded.map(|event| Recorded { event, at: monday(9), by: Actor::Service });
            fold(recorded).known().and_then(OpenCase::severity).unwrap().quarters
        };
        let base = [reported(), facts_known()];
        let by_method = severity(&base);
        let lowered = [reported(), facts_known(), was_set(Some(4), "public already")];
        // Nothing is known of the data, so that the method takes 2 x 1.
        assert_eq!((by_method, severity(&lowered)), (by_method, by_method - 4));
        let undone = [&lowered[..], &[was_set(None, "it was not")]].concat();
        assert_eq!(severity(&undone), by_method);
    }
}
