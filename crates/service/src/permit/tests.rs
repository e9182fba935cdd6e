//! Every role against every kind of case: who sees what, and who may do what.

use domain::case::event::Event;
use domain::case::report::{
    Channel, FollowUpHash, Occurred, PeopleEstimate, PersonalDataAffected, Report, Reporter,
};
use domain::category::CategoryId;
use domain::ids::{CaseId, CaseNumber};
use domain::organisation::{self, Organisation};
use domain::{Actor, Erasable, Position, Recorded, StreamId, Time, Version};
use uuid::Uuid;
use views::Views;

use super::*;

const TOWN: UnitId = UnitId(Uuid::from_u128(1));
const SCHOOL: UnitId = UnitId(Uuid::from_u128(2));
const HOME: UnitId = UnitId(Uuid::from_u128(3));
const USER: UserId = UserId(Uuid::from_u128(11));
const DPO: UserId = UserId(Uuid::from_u128(12));
const CASE: CaseId = CaseId(Uuid::from_u128(21));

fn organisation() -> Organisation {
    let unit =
        |unit, parent| organisation::Event::UnitCreated { unit, name: "a unit".to_owned(), parent };
    let text = |words: &str| Erasable::about(DPO, words.to_owned());
    let (sign_in_name, name) = (text("dpo"), text("Somebody"));
    let officer = organisation::Event::PersonRegistered {
        user: DPO,
        sign_in_name,
        name,
        email: None,
        unit: TOWN,
    };
    let roles = organisation::Event::RolesGranted { user: DPO, roles: Roles::from([Role::Dpo]) };
    let units = [unit(TOWN, None), unit(SCHOOL, Some(TOWN)), unit(HOME, Some(TOWN))];
    organisation::fold(&units.into_iter().chain([officer, roles]).collect::<Vec<_>>())
}

fn now() -> Time {
    Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026")
}

fn text(words: &str) -> Erasable<String> {
    Erasable::known(words.to_owned())
}

pub(crate) fn reported() -> Event {
    Event::DeviationReported(Box::new(Report {
        number: CaseNumber { year: 2026, sequence: 1 },
        category: CategoryId::new("other").expect("a category's name"),
        category_version: 1,
        channel: Channel::WebForm,
        reporter: Reporter::Anonymous,
        follow_up: FollowUpHash("a".repeat(64)),
        what_happened: text("it was lost"),
        occurred: Occurred::Unknown,
        discovered_at: None,
        aware_at: None,
        unit: SCHOOL,
        systems_and_devices: text(""),
        personal_data: PersonalDataAffected::Yes,
        breach: std::collections::BTreeSet::new(),
        whose_data: text(""),
        people: PeopleEstimate::Unknown,
        sensitive: std::collections::BTreeSet::new(),
        done_already: text(""),
        answers: Vec::new(),
        language: None,
    }))
}

fn received() -> Event {
    let category = CategoryId::new("other").expect("a category's name");
    Event::CaseReceived { category, category_version: None, unit: SCHOOL, handler: DPO }
}

fn involved(user: UserId) -> Event {
    Event::PersonInvolved { user: Erasable::about(user, user) }
}

fn row(events: &[Event]) -> Row {
    let at = now();
    let mut views = Views::default();
    for (position, event) in (1..).zip(events) {
        views.apply(&Recorded {
            position: Position(position),
            stream: StreamId::from(CASE),
            version: Version(1),
            at,
            by: Actor::Reporter,
            event: event.clone().into(),
        });
    }
    views.inbox.row(CASE).expect("the case was reported").clone()
}

fn somebody(role: Role, unit: UnitId) -> SignedIn {
    let roles = Roles::from([role]);
    SignedIn { user: USER, name: "Somebody".to_owned(), roles, unit, must_choose_password: false }
}

fn sight_of(role: Role, unit: UnitId, events: &[Event]) -> Option<Sight> {
    for_case(&somebody(role, unit), &row(events), &organisation(), false, now())?.sight()
}

#[test]
fn each_role_sees_of_a_received_case_in_the_own_unit_what_it_needs() {
    for role in Role::iter() {
        let expected = match role {
            Role::Dpo => Some(Sight::Everything),
            Role::Controller | Role::SecurityOfficer | Role::Leader => Some(Sight::WithoutReporter),
            Role::Employee
            | Role::SystemOwner
            | Role::Archivist
            | Role::Auditor
            | Role::Administrator => None,
        };
        assert_eq!(sight_of(role, SCHOOL, &[reported(), received()]), expected, "{role:?}");
    }
}

#[test]
fn nobody_involved_sees_the_case_through_any_role() {
    for role in Role::iter() {
        let events = [reported(), received(), involved(USER)];
        assert_eq!(sight_of(role, SCHOOL, &events), None, "{role:?}");
        let permit = for_case(&somebody(role, SCHOOL), &row(&events), &organisation(), true, now());
        assert_eq!(permit, None, "{role:?}, even as the owner of a measure");
        assert_eq!(for_erasure(&somebody(role, SCHOOL), &row(&events)), None, "{role:?}");
        assert_eq!(for_archive_receipt(&somebody(role, SCHOOL), &row(&events)), None, "{role:?}");
    }
}

#[test]
fn a_leader_sees_the_own_unit_and_those_below_once_the_case_is_received() {
    assert_eq!(sight_of(Role::Leader, SCHOOL, &[reported()]), None, "not before it is received");
    let events = [reported(), received()];
    assert_eq!(sight_of(Role::Leader, TOWN, &events), Some(Sight::WithoutReporter));
    assert_eq!(sight_of(Role::Leader, HOME, &events), None, "a unit beside");
}

#[test]
fn whoever_must_choose_a_password_sees_nothing() {
    let mut who = somebody(Role::Dpo, TOWN);
    who.must_choose_password = true;
    assert_eq!(for_case(&who, &row(&[reported()]), &organisation(), true, now()), None);
    for overview in Overview::iter() {
        assert_eq!(for_overview(&who, overview), None, "{overview:?}");
    }
}

#[test]
fn steps_belong_to_the_dpo_and_the_controller_and_some_to_the_archivist_too() {
    let steps_of = |role| {
        let (who, row) = (somebody(role, SCHOOL), row(&[reported(), received()]));
        let permit = for_case(&who, &row, &organisation(), false, now());
        let others = [for_erasure(&who, &row), for_archive_receipt(&who, &row)];
        let all = others.into_iter().chain([permit]).flatten();
        all.flat_map(|permit| permit.steps().clone()).collect::<BTreeSet<_>>()
    };
    for step in Step::iter() {
        for role in Role::iter() {
            let permitted = steps_of(role).contains(&step);
            assert_eq!(permitted, step.roles().contains(&role), "{role:?} and {step:?}");
        }
    }
    assert!(!steps_of(Role::Dpo).contains(&Step::Close), "art. 38(6)");
    assert!(!steps_of(Role::Dpo).contains(&Step::Return), "art. 38(6)");
    assert!(steps_of(Role::Leader).is_empty());
}

#[test]
fn an_archivist_erases_what_they_do_not_see() {
    let (who, row) = (somebody(Role::Archivist, TOWN), row(&[reported(), received()]));
    assert_eq!(for_case(&who, &row, &organisation(), false, now()), None);
    let permit = for_erasure(&who, &row).expect("an archivist erases");
    assert_eq!(permit.sight(), None);
    assert_eq!(permit.steps(), &BTreeSet::from([Step::Erase]));
}

#[test]
fn the_owner_of_a_measure_completes_it_and_sees_nothing_of_the_case() {
    let who = somebody(Role::Employee, HOME);
    let permit = for_case(&who, &row(&[reported(), received()]), &organisation(), true, now())
        .expect("an owner has a permit");
    assert_eq!(permit.sight(), None);
    assert_eq!(permit.steps(), &BTreeSet::from([Step::CompleteMeasure]));
}

#[test]
fn only_those_who_need_it_look_at_overviews() {
    let may = |role, overview| for_overview(&somebody(role, TOWN), overview).is_some();
    assert!(may(Role::Auditor, Overview::AccessLog));
    assert!(!may(Role::Dpo, Overview::AccessLog));
    assert!(!may(Role::Auditor, Overview::Inbox), "the auditor sees no case content");
    assert!(!may(Role::Administrator, Overview::Inbox), "nor does the administrator");
    assert!(!may(Role::Administrator, Overview::Register));
    assert!(!may(Role::Leader, Overview::Register));
    assert!(!may(Role::Employee, Overview::Inbox));
}

/// The organisation with the handler away until an hour from now.
fn while_away() -> Organisation {
    let mut organisation = organisation();
    let until = now() + chrono::TimeDelta::hours(1);
    let away = organisation::Event::AbsenceRecorded { user: DPO, until };
    organisation::apply(&mut organisation, &away);
    organisation
}

#[test]
fn the_deputy_takes_the_handlers_steps_while_the_handler_is_away_and_no_longer() {
    let assigned = Event::CaseAssigned { handler: DPO, deputy: Some(USER) };
    let events = [reported(), received(), assigned];
    let (who, row) = (somebody(Role::Employee, HOME), row(&events));
    let permit = for_case(&who, &row, &while_away(), false, now()).expect("the deputy's permit");
    assert_eq!(permit.ground(), Ground::Deputy);
    assert_eq!(permit.sight(), Some(Sight::WithoutReporter), "who reported is the officer's");
    let elsewhere = [Step::Erase, Step::Archive, Step::WithdrawInvolved];
    let is_handling = |step: &Step| step.roles().contains(&Role::Dpo) && !elsewhere.contains(step);
    let of_the_officer = Step::iter().filter(is_handling);
    assert_eq!(permit.steps(), &of_the_officer.collect());
    let back = now() + chrono::TimeDelta::hours(1);
    assert_eq!(for_case(&who, &row, &while_away(), false, back), None, "the handler is back");
    let elsewhere = SignedIn { user: UserId(Uuid::from_u128(13)), ..who };
    assert_eq!(for_case(&elsewhere, &row, &while_away(), false, now()), None, "not their case");
}

#[test]
fn whoever_stands_in_acts_as_the_data_protection_officer_and_hence_never_closes() {
    let assigned = Event::CaseAssigned { handler: DPO, deputy: Some(USER) };
    let row = row(&[reported(), received(), assigned]);
    let who = somebody(Role::Controller, TOWN);
    let permit = for_case(&who, &row, &while_away(), false, now()).expect("the deputy's permit");
    assert!(permit.acting().roles.holds(Role::Dpo), "art. 38(6)");
}

#[test]
fn nobody_involved_stands_in() {
    let assigned = Event::CaseAssigned { handler: DPO, deputy: Some(USER) };
    let row = row(&[reported(), received(), assigned, involved(USER)]);
    let who = somebody(Role::Employee, HOME);
    assert_eq!(for_case(&who, &row, &while_away(), false, now()), None);
}

#[test]
fn the_controller_looks_into_openings_where_every_officer_is_involved_and_nowhere_else() {
    let may = |role, events: &[Event]| {
        let permit = for_case(&somebody(role, SCHOOL), &row(events), &organisation(), false, now());
        permit.is_some_and(|permit| permit.steps().contains(&Step::ReviewOpening))
    };
    let all = [reported(), received(), involved(DPO)];
    assert!(!may(Role::Controller, &all[..2]));
    for role in Role::iter() {
        let expected = [Role::Dpo, Role::Controller].contains(&role);
        assert_eq!(may(role, &all), expected, "{role:?}");
    }
    let both = [reported(), received(), involved(DPO), involved(USER)];
    assert!(!may(Role::Controller, &both), "not where they are involved themselves");
}
