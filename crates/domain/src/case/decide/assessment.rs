//! Assessing the risk: each assessment is a version of its own.

use super::super::advised::AdviceGiven;
use super::super::command::Assess;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};

/// Records an assessment; the earlier ones stay. Where it departs from what the rules advise, both
/// stand on record with the reason.
pub(super) fn decide(case: &OpenCase, it: &Assess) -> Decision {
    require(&it.facts, RequiredText::Facts)?;
    let advice = advice(case, it)?.map(Box::new);
    let version = match &case.assessment {
        Some(latest)
            if (&latest.facts, latest.outcome, &latest.advice)
                == (&it.facts, it.outcome, &advice) =>
        {
            return nothing();
        }
        Some(latest) => latest.version + 1,
        None => 1,
    };
    let (facts, outcome) = (it.facts.clone(), it.outcome);
    fact(Event::CaseAssessed { version, facts, outcome, advice })
}

/// What the rules advise, with why somebody departs from it.
fn advice(case: &OpenCase, it: &Assess) -> Result<Option<AdviceGiven>, Refusal> {
    let advised = it.rules.as_ref().and_then(|rules| rules.advise(case));
    let Some((advice, facts_version)) = advised else { return Ok(None) };
    let departs = it.outcome != advice.outcome;
    let departure = it.departure.clone().filter(|said| departs && !said.is_blank());
    if departs && departure.is_none() {
        return Err(Refusal::DepartureUnexplained { advised: advice.outcome });
    }
    Ok(Some(AdviceGiven::new(&advice, facts_version, departure)))
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Command, Request};
    use super::super::super::event::Outcome;
    use std::sync::Arc;

    use chrono_tz::Tz;

    use super::super::super::advised::{RuleFired, RuleShelf};
    use super::super::super::facts::{Fact, Facts, UNKNOWN};
    use super::super::super::spec::*;
    use super::*;
    use crate::assessment::{Condition, Rule, Rulebook};
    use crate::category::Localised;
    use crate::duty::{Calendar, Jurisdiction, Verdict};

    fn assess(facts: &str, outcome: Outcome) -> Command {
        by_dpo(Request::Assess(assessment(facts, outcome)))
    }

    fn assessment(facts: &str, outcome: Outcome) -> Assess {
        Assess { facts: text(facts), outcome, departure: None, rules: Some(Arc::new(shelf())) }
    }

    /// A shelf with one rule: where personal data is or may be affected, the authority is notified.
    fn shelf() -> RuleShelf {
        let rule = Rule {
            name: "always".parse().unwrap(),
            outcome: Outcome::NotifyAuthority,
            reason: Localised::bokmaal("Alltid."),
            cite: Localised::bokmaal("Rutine"),
            when: vec![Condition::AtLeast(Fact::PersonalData, UNKNOWN)],
            unless: Vec::new(),
        };
        let book = Rulebook {
            id: "own".parse().unwrap(),
            version: 4,
            order: 1,
            jurisdictions: [Jurisdiction::No].into(),
            valid_from: None,
            valid_until: None,
            title: Localised::bokmaal("Egne"),
            clears_all: Vec::new(),
            grounds: Vec::new(),
            rules: vec![rule],
        };
        let calendar = Calendar { jurisdiction: Jurisdiction::No, zone: Tz::Europe__Oslo };
        RuleShelf { books: vec![book], calendar }
    }

    fn facts_known() -> Event {
        let facts = Facts::default().with(Fact::PersonalData, Verdict::Yes);
        Event::FactsEstablished { version: 1, facts }
    }

    fn given_advice(outcome: Outcome, departure: Option<&str>) -> Event {
        let rule = RuleFired {
            rulebook: "own".parse().unwrap(),
            version: 4,
            rule: "always".parse().unwrap(),
        };
        Event::CaseAssessed {
            version: 1,
            facts: text("phone without PIN"),
            outcome,
            advice: Some(Box::new(AdviceGiven {
                outcome: Outcome::NotifyAuthority,
                facts_version: 1,
                rules: vec![rule],
                cleared: Vec::new(),
                severity_quarters: 12,
                departure: departure.map(text),
            })),
        }
    }

    #[test]
    fn the_rules_advise_on_what_was_found_out_and_stand_beside_what_was_made_of_it() {
        given([reported(), facts_known()])
            .when(assess("phone without PIN", Outcome::NotifyAuthority))
            .then([given_advice(Outcome::NotifyAuthority, None)]);
        given([reported(), facts_known(), given_advice(Outcome::NotifyAuthority, None)])
            .when(assess("phone without PIN", Outcome::NotifyAuthority))
            .then([]);
    }

    #[test]
    fn departing_from_the_advice_takes_a_reason() {
        let advised = Outcome::NotifyAuthority;
        given([reported(), facts_known()])
            .when(assess("phone without PIN", Outcome::DocumentOnly))
            .then_refused(Refusal::DepartureUnexplained { advised });
        let explained = Assess {
            departure: Some(text("found again")),
            ..assessment("phone without PIN", Outcome::DocumentOnly)
        };
        given([reported(), facts_known()])
            .when(by_dpo(Request::Assess(explained)))
            .then([given_advice(Outcome::DocumentOnly, Some("found again"))]);
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
