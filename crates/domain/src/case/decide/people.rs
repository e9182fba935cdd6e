//! Deciding whether the people affected are told, and recording that they were (GDPR art. 34).

use super::super::command::{Command, DecideOnPeople, TellPeople};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{OpenCase, PeopleDecided, PeopleTold};
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

/// Records that they were told. It may come before any decision, since some of them are often
/// told at once, and more than once, since not all are found at the same time.
pub(super) fn tell(case: &OpenCase, it: &TellPeople, command: &Command) -> Decision {
    if command.at < it.told_at {
        return Err(Refusal::TimeInFuture { given: it.told_at });
    }
    require(&it.account, RequiredText::Account)?;
    if case.people.as_ref().is_some_and(|decided| !decided.decision.is_to_tell()) {
        return Err(Refusal::DecidedNotToTell);
    }
    let TellPeople { told_at, way, people, account } = it.clone();
    let told = PeopleTold { told_at, way, people, account };
    if case.told.contains(&told) {
        return nothing();
    }
    let PeopleTold { told_at, way, people, account } = told;
    fact(Event::PeopleTold { told_at, way, people, account })
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
    use super::super::super::event::{PeopleDecision, TellingWay};
    use super::super::super::outstanding::Outstanding;
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
    fn to_tell() -> Event {
        let grounds = text("health data astray");
        Event::PeopleDecided { decision: PeopleDecision::Notify, grounds }
    }

    fn told() -> Event {
        let (way, account) = (TellingWay::Letter, text("the letter of 2 March"));
        Event::PeopleTold { told_at: monday(11), way, people: Some(3), account }
    }

    fn tell(hour: u32, account: &str) -> Command {
        let (told_at, way, account) = (monday(hour), TellingWay::Letter, text(account));
        by_dpo(Request::TellPeople(TellPeople { told_at, way, people: Some(3), account }))
    }

    #[test]
    fn that_the_people_were_told_is_recorded_once() {
        let tell = || tell(11, "the letter of 2 March");
        given([reported()]).when(tell()).then([told()]);
        given([reported(), to_tell()]).when(tell()).then([told()]);
        given([reported(), to_tell(), told()]).when(tell()).then([]);
    }

    #[test]
    fn nobody_was_told_in_the_future_or_without_saying_what() {
        given([reported()])
            .when(tell(13, "tomorrow"))
            .then_refused(Refusal::TimeInFuture { given: monday(13) });
        given([reported()])
            .when(tell(11, ""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Account });
    }

    #[test]
    fn a_decision_not_to_tell_stands_until_another_is_taken() {
        given([reported(), people_decided()])
            .when(tell(11, "the letter"))
            .then_refused(Refusal::DecidedNotToTell);
    }

    #[test]
    fn a_case_does_not_close_while_letters_that_were_decided_are_unsent() {
        let mut history = ready_to_close();
        history.push(to_tell());
        given(history.clone())
            .when(by_controller(Request::Close))
            .then_refused(Refusal::NotReadyToClose { outstanding: vec![Outstanding::TellPeople] });
        history.push(told());
        given(history).when(by_controller(Request::Close)).then([Event::CaseClosed {}]);
    }
}
