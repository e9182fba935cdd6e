//! Given, when, then for decisions on telling people, and for having told them.

use super::super::super::command::Request;
use super::super::super::event::TellingWay;
use super::super::super::outstanding::Outstanding;
use super::super::super::practice::Practice;
use super::super::super::spec::*;
use super::super::super::telling::TellingPlan;
use super::*;
use crate::ids::CaseNumber;

fn decide_on(decision: PeopleDecision, grounds: &str) -> Command {
    by_dpo(Request::DecideOnPeople(to_decide(decision, grounds)))
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
        .then([decided(decision, "it was not wiped", Particulars::default())]);
}

#[test]
fn a_decision_takes_grounds() {
    given([reported()])
        .when(decide_on(PeopleDecision::NoHighRisk, ""))
        .then_refused(Refusal::TextMissing { what: RequiredText::Grounds });
}
fn to_tell() -> Event {
    decided(PeopleDecision::Notify, "health data astray", Particulars::default())
}

fn to_decide(decision: PeopleDecision, grounds: &str) -> DecideOnPeople {
    DecideOnPeople {
        decision,
        grounds: text(grounds),
        departure: None,
        measure: None,
        plan: None,
        practice: Practice::default(),
    }
}

fn decided(decision: PeopleDecision, grounds: &str, particulars: Particulars) -> Event {
    let particulars = (particulars != Particulars::default()).then(|| Box::new(particulars));
    Event::PeopleDecided { decision, grounds: text(grounds), particulars }
}

fn plan(way: TellingWay) -> TellingPlan {
    TellingPlan {
        groups: text("residents on the second floor"),
        ways: [way].into(),
        target_at: monday(60),
        signed_by: CONTROLLER,
        whom_to_ask: text("the data protection officer, 55 55 00 00"),
    }
}

#[test]
fn how_people_are_to_be_told_is_part_of_the_decision_and_must_fit_it() {
    let by = |decision, plan: TellingPlan| {
        let it = to_decide(decision, "health data astray");
        by_dpo(Request::DecideOnPeople(DecideOnPeople { plan: Some(Box::new(plan)), ..it }))
    };
    let (notify, public) = (PeopleDecision::Notify, PeopleDecision::PublicCommunication);
    for (decision, way) in [(notify, TellingWay::Letter), (public, TellingWay::PublicNotice)] {
        let particulars = Particulars { plan: Some(Box::new(plan(way))), ..Particulars::default() };
        given([reported()]).when(by(decision, plan(way))).then([decided(
            decision,
            "health data astray",
            particulars,
        )]);
    }
    for (decision, way) in [(notify, TellingWay::PublicNotice), (public, TellingWay::Letter)] {
        given([reported()])
            .when(by(decision, plan(way)))
            .then_refused(Refusal::WayDoesNotFit { decision });
    }
    let nobody = TellingPlan { groups: text(""), ..plan(TellingWay::Letter) };
    given([reported()])
        .when(by(notify, nobody))
        .then_refused(Refusal::TextMissing { what: RequiredText::Groups });
    let unasked = TellingPlan { whom_to_ask: text(" "), ..plan(TellingWay::Letter) };
    given([reported()])
        .when(by(notify, unasked))
        .then_refused(Refusal::TextMissing { what: RequiredText::WhomToAsk });
    let involved = Event::PersonInvolved { user: Erasable::known(CONTROLLER) };
    given([reported(), involved])
        .when(by(notify, plan(TellingWay::Letter)))
        .then_refused(Refusal::SignatoryInvolved);
}

#[test]
fn a_public_communication_takes_a_public_notice() {
    let decision = PeopleDecision::PublicCommunication;
    given([reported()])
        .when(decide_on(decision, "nobody knows who they are"))
        .then_refused(Refusal::WayDoesNotFit { decision });
}

#[test]
fn a_risk_that_was_removed_was_removed_by_a_measure() {
    let by = |measure: &str| {
        let it = to_decide(PeopleDecision::RiskRemoved, "nobody can open it");
        let measure = Some(text(measure));
        by_dpo(Request::DecideOnPeople(DecideOnPeople { measure, ..it }))
    };
    given([reported()])
        .when(by(" "))
        .then_refused(Refusal::TextMissing { what: RequiredText::Measure });
    let measure = Some(text("wiped remotely"));
    let particulars = Particulars { measure, ..Particulars::default() };
    let removed = decided(PeopleDecision::RiskRemoved, "nobody can open it", particulars);
    given([reported()]).when(by("wiped remotely")).then([removed.clone()]);
    given([reported(), removed]).when(by("wiped remotely")).then([]);
}

fn held_against(near: &[u32], norms: &[Norm]) -> Option<Box<HeldAgainst>> {
    let near = near.iter().map(|sequence| CaseNumber { year: 2025, sequence: *sequence });
    HeldAgainst::record(near.collect(), norms.iter().copied())
}

fn explaining(departure: Option<&str>, practice: &Practice<PeopleDecision>) -> Command {
    let (departure, practice) = (departure.map(text), practice.clone());
    let it = to_decide(PeopleDecision::NoHighRisk, "wiped");
    by_dpo(Request::DecideOnPeople(DecideOnPeople { departure, practice, ..it }))
}

#[test]
fn departing_from_the_advice_or_from_practice_takes_a_sentence() {
    let nothing_near = Practice::default();
    let advised = Outcome::NotifyAuthorityAndPeople;
    given([reported(), assessed(1, advised)])
        .when(explaining(None, &nothing_near))
        .then_refused(Refusal::DepartureUnexplained { advised });
    let number = CaseNumber { year: 2025, sequence: 3 };
    let told = Practice { near: vec![(number, PeopleDecision::PublicCommunication)] };
    given([reported()])
        .when(explaining(None, &told))
        .then_refused(Refusal::PracticeUnexplained { cases: vec![number] });
    for (history, practice, norms, near) in [
        (vec![reported(), assessed(1, advised)], &nothing_near, vec![Norm::Advice], vec![]),
        (vec![reported()], &told, vec![Norm::Practice], vec![3]),
        (
            vec![reported(), assessed(1, advised)],
            &told,
            vec![Norm::Advice, Norm::Practice],
            vec![3],
        ),
    ] {
        let particulars = Particulars {
            departure: Some(text("found in the office")),
            held_against: held_against(&near, &norms),
            ..Particulars::default()
        };
        given(history).when(explaining(Some("found in the office"), practice)).then([decided(
            PeopleDecision::NoHighRisk,
            "wiped",
            particulars,
        )]);
    }
}

fn told() -> Event {
    let (way, account) = (TellingWay::Letter, text("the letter of 2 March"));
    Event::PeopleTold(PeopleTold { told_at: monday(11), way, people: Some(3), account })
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
        .when(by_controller(closes()))
        .then_refused(Refusal::NotReadyToClose { outstanding: vec![Outstanding::TellPeople] });
    history.push(told());
    given(history).when(by_controller(closes())).then([Event::CaseClosed { grounds: None }]);
}

#[test]
fn who_was_told_before_the_decision_does_not_stand_for_all() {
    let remains = |history: Vec<Event>| {
        let Given(case) = given(history);
        let known = case.known().expect("a reported case").outstanding();
        known.contains(&Outstanding::TellPeople)
    };
    let told = |hour: u32| {
        Event::PeopleTold(PeopleTold {
            told_at: monday(hour),
            way: TellingWay::Letter,
            people: Some(1),
            account: text("one of many"),
        })
    };
    assert!(remains(vec![reported(), told(9), decided_to_tell()]));
    assert!(!remains(vec![reported(), told(9), decided_to_tell(), told(10)]));
    assert!(!remains(vec![reported(), decided_to_tell(), told(9), decided_to_tell()]));
}
