//! Deciding whether the people affected are told (GDPR art. 34).

use super::super::command::DecideOnPeople;
use super::super::refusal::RequiredText;
use super::super::state::{OpenCase, PeopleDecided};
use super::super::{Decision, Event};
use super::{fact, nothing, require};

/// Records the decision; a later one takes its place, and both stay in the history.
pub(super) fn decide(case: &OpenCase, it: &DecideOnPeople) -> Decision {
    require(&it.grounds, RequiredText::Grounds)?;
    let DecideOnPeople { decision, grounds } = it.clone();
    let decided = PeopleDecided { decision, grounds };
    if case.people.as_ref() == Some(&decided) {
        return nothing();
    }
    let PeopleDecided { decision, grounds } = decided;
    fact(Event::PeopleDecided { decision, grounds })
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Command, Request};
    use super::super::super::event::PeopleDecision;
    use super::super::super::refusal::Refusal;
    use super::super::super::spec::*;
    use super::*;

    fn decide_on(decision: PeopleDecision, grounds: &str) -> Command {
        by_dpo(Request::DecideOnPeople(DecideOnPeople { decision, grounds: text(grounds) }))
    }

    #[test]
    fn a_decision_is_recorded_once() {
        let decision = PeopleDecision::NoHighRisk;
        given([reported()]).when(decide_on(decision, "wiped")).then([people_decided()]);
        given([reported(), people_decided()]).when(decide_on(decision, "wiped")).then([]);
    }

    #[test]
    fn a_later_decision_takes_its_place() {
        let decision = PeopleDecision::Notify;
        given([reported(), people_decided()])
            .when(decide_on(decision, "it was not wiped"))
            .then([Event::PeopleDecided { decision, grounds: text("it was not wiped") }]);
    }

    #[test]
    fn a_decision_takes_grounds() {
        given([reported()])
            .when(decide_on(PeopleDecision::NoHighRisk, ""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Grounds });
    }
}
