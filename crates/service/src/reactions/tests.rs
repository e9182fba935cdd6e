//! Who is told of what, and who is not.

use chrono::TimeDelta;
use domain::deadline::{Deadline, Stage};
use domain::ids::UnitId;
use domain::{Erasable, Roles, organisation};
use uuid::Uuid;

use super::*;

const DPO: UserId = UserId(Uuid::from_u128(1));
const OTHER_DPO: UserId = UserId(Uuid::from_u128(2));
const OWNER: UserId = UserId(Uuid::from_u128(3));

fn organisation() -> Organisation {
    let sealed = |text: &str| Erasable::known(text.to_owned());
    let person = |user| organisation::Event::PersonRegistered {
        user,
        sign_in_name: sealed("somebody"),
        name: sealed("Somebody"),
        email: Some(sealed("somebody@example.org")),
        unit: UnitId(Uuid::from_u128(11)),
    };
    let dpo = |user| organisation::Event::RolesGranted { user, roles: Roles::from([Role::Dpo]) };
    let all = [person(DPO), dpo(DPO), person(OTHER_DPO), dpo(OTHER_DPO), person(OWNER)];
    organisation::fold(&all)
}

fn opened() -> (Case, Event) {
    let event: Event = serde_json::from_str(REPORTED).expect("a stored event");
    let at = Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026");
    let fact = domain::case::evolve::Fact { event: &event, at, by: Actor::Reporter };
    (domain::case::fold([fact]), event)
}

fn hour(hour: i64) -> Time {
    Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026") + TimeDelta::hours(hour)
}

fn received(handler: UserId, deputy: Option<UserId>) -> Case {
    let (_, reported) = opened();
    let received = Event::CaseReceived {
        category: "other".parse().expect("a category's name"),
        category_version: None,
        unit: UnitId(Uuid::from_u128(11)),
        handler,
    };
    let assigned = Event::CaseAssigned { handler, deputy };
    let by = Actor::Service;
    let fact = |event| domain::case::evolve::Fact { event, at: hour(0), by };
    domain::case::fold([fact(&reported), fact(&received), fact(&assigned)])
}

#[test]
fn the_deputy_is_told_too_while_the_handler_is_away() {
    let case = received(DPO, Some(OWNER));
    let added = [Event::InformationAdded { text: Erasable::known("more".to_owned()) }];
    let wrote = News::ReporterWrote;
    assert_eq!(told_of(&case, &added, Actor::Reporter), [(DPO, wrote)]);
    let mut away = organisation();
    let until = hour(1);
    organisation::apply(&mut away, &organisation::Event::AbsenceRecorded { user: DPO, until });
    let told = told_in(&away, &case, &added, Actor::Reporter);
    assert_eq!(told, [(DPO, wrote), (OWNER, wrote)]);
}

#[test]
fn whoever_newly_gets_a_case_is_told() {
    let case = received(DPO, None);
    let assigned = [Event::CaseAssigned { handler: DPO, deputy: Some(OWNER) }];
    let told = told_of(&case, &assigned, Actor::User(OTHER_DPO));
    assert_eq!(told, [(OWNER, News::Assigned)]);
}

const REPORTED: &str = r#"{"deviation_reported":{
    "number":{"year":2026,"sequence":17},"category":"other","category_version":1,
    "channel":"web_form","reporter":"anonymous","follow_up":"ab",
    "what_happened":{"$personal":{"value":"lost"}},"occurred":"unknown","discovered_at":null,
    "unit":"00000000-0000-0000-0000-00000000000b",
    "systems_and_devices":{"$personal":{"value":""}},"personal_data":"yes","breach":[],
    "whose_data":{"$personal":{"value":""}},"people":"unknown",
    "done_already":{"$personal":{"value":""}},"answers":[]}}"#;

fn told_of(before: &Case, events: &[Event], by: Actor) -> Vec<(UserId, News)> {
    told_in(&organisation(), before, events, by)
}

fn told_in(
    organisation: &Organisation,
    before: &Case,
    events: &[Event],
    by: Actor,
) -> Vec<(UserId, News)> {
    let notices = notices(before, events, (by, hour(0)), organisation);
    let user = |notice: &Notice| match notice.to {
        Recipient::User(user) => user,
        Recipient::Respondent { .. }
        | Recipient::People { .. }
        | Recipient::Archive { .. }
        | Recipient::Reporter(_) => {
            panic!("nobody outside is told: {notice:?}")
        }
    };
    notices.iter().map(|notice| (user(notice), notice.news)).collect()
}

fn stage(hours_left: u16) -> Event {
    let at = Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026");
    let due_at = Deadline::from_awareness(at).due_at();
    let duty = DutyId::new(DutyId::NOTIFICATION).expect("a name");
    let (stage, alerts) = (Stage { hours_left }, [Alerted::Dpo].into());
    Event::DeadlineStageReached { duty, stage, due_at, alerts }
}

#[test]
fn every_dpo_is_told_of_a_new_report() {
    let (_, reported) = opened();
    let told = told_of(&Case::Unreported, &[reported], Actor::Reporter);
    assert_eq!(told, [(DPO, News::NewReport), (OTHER_DPO, News::NewReport)]);
}

#[test]
fn of_a_severe_report_every_dpo_is_told_that_it_is() {
    let (_, reported) = opened();
    let reasons = vec!["many-people".parse().expect("a rule's name")];
    let found = Event::CaseFoundSevere { reasons };
    let told = told_of(&Case::Unreported, &[reported, found], Actor::Reporter);
    assert_eq!(told, [(DPO, News::SevereReport), (OTHER_DPO, News::SevereReport)]);
}

#[test]
fn a_dpo_is_not_told_what_they_did_themselves() {
    let (_, reported) = opened();
    let told = told_of(&Case::Unreported, &[reported], Actor::User(DPO));
    assert_eq!(told, [(OTHER_DPO, News::NewReport)]);
}

#[test]
fn of_several_stages_at_once_the_most_urgent_is_told() {
    let (case, _) = opened();
    let told = told_of(&case, &[stage(48), stage(24), stage(12)], Actor::Service);
    let news = News::Stage(Stage::before(12));
    assert_eq!(told, [(DPO, news), (OTHER_DPO, news)]);
}

#[test]
fn nobody_involved_is_told_anything() {
    let (_, reported) = opened();
    let involved = Event::PersonInvolved { user: Erasable::about(DPO, DPO) };
    let at = Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026");
    let fact = |event| domain::case::evolve::Fact { event, at, by: Actor::Reporter };
    let case = domain::case::fold([fact(&reported), fact(&involved)]);
    let told = told_of(&case, &[stage(48)], Actor::Service);
    assert_eq!(told, [(OTHER_DPO, News::Stage(Stage::before(48)))]);
}

#[test]
fn the_owner_of_a_measure_is_told() {
    let (case, _) = opened();
    let measure = MeasureId(Uuid::from_u128(31));
    let proposed = Event::MeasureProposed {
        measure,
        kind: domain::case::event::MeasureKind::Immediate,
        description: Erasable::known("wipe".to_owned()),
        owner: OWNER,
        due_at: Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026"),
        playbook: None,
    };
    let told = told_of(&case, &[proposed], Actor::User(DPO));
    assert_eq!(told, [(OWNER, News::YourMeasure(measure))]);
}

#[test]
fn whoever_owned_measures_that_fell_away_is_told_once() {
    let (_, reported) = opened();
    let measures = [31, 32].map(|number| MeasureId(Uuid::from_u128(number)));
    let at = Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026");
    let proposed = measures.map(|measure| Event::MeasureProposed {
        measure,
        kind: domain::case::event::MeasureKind::Immediate,
        description: Erasable::known("wipe".to_owned()),
        owner: OWNER,
        due_at: at,
        playbook: None,
    });
    let facts = std::iter::once(&reported).chain(&proposed);
    let case = domain::case::fold(facts.map(|event| domain::case::evolve::Fact {
        event,
        at,
        by: Actor::User(DPO),
    }));
    let placed = |dropped: &[MeasureId]| {
        Event::Custody(domain::case::custody::Event::CaseReclassified {
            category: "other".parse().expect("a category"),
            category_version: None,
            unit: domain::ids::UnitId(Uuid::from_u128(4)),
            reason: Erasable::known("no phone".to_owned()),
            dropped: dropped.iter().copied().collect(),
        })
    };
    let told = told_of(&case, &[placed(&measures)], Actor::User(DPO));
    assert_eq!(told, [(OWNER, News::MeasureDropped)]);
    assert_eq!(told_of(&case, &[placed(&[])], Actor::User(DPO)), []);
    let (measure, reason) = (measures[0], Erasable::known("not here".to_owned()));
    let withdrawn = domain::case::correction::Event::MeasureWithdrawn { measure, reason };
    let told = told_of(&case, &[Event::Correction(withdrawn)], Actor::User(DPO));
    assert_eq!(told, [(OWNER, News::MeasureDropped)]);
}
