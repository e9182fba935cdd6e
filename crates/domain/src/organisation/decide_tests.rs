//! Given, when, then for the organisation.

use chrono::{TimeDelta, TimeZone, Utc};
use uuid::Uuid;

use super::super::evolve::fold;
use super::*;
use crate::case::Acting;
use crate::category::Localised;
use crate::category::tests::category;

const ADMINISTRATOR: UserId = UserId(Uuid::from_u128(1));
const EMPLOYEE: UserId = UserId(Uuid::from_u128(2));
const UNIT: UnitId = UnitId(Uuid::from_u128(11));
const BELOW: UnitId = UnitId(Uuid::from_u128(12));
const TOKEN: TokenId = TokenId(Uuid::from_u128(21));

fn noon() -> Time {
    Utc.with_ymd_and_hms(2026, 3, 2, 12, 0, 0).unwrap()
}

fn unit() -> Event {
    Event::UnitCreated { unit: UNIT, name: "Town".to_owned(), parent: None }
}

fn person(user: UserId, name: &str) -> Event {
    let sealed = |value: &str| Erasable::about(user, value.to_owned());
    Event::PersonRegistered {
        user,
        sign_in_name: sealed(name),
        name: sealed(name),
        email: Some(sealed("somebody@example.org")),
        unit: UNIT,
    }
}

fn administrator() -> [Event; 3] {
    let roles = Roles::from([Role::Administrator]);
    [unit(), person(ADMINISTRATOR, "admin"), Event::RolesGranted { user: ADMINISTRATOR, roles }]
}

fn with(more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    administrator().into_iter().chain(more).collect()
}

fn register(name: &str) -> RegisterPerson {
    RegisterPerson {
        user: EMPLOYEE,
        sign_in_name: name.to_owned(),
        name: name.to_owned(),
        email: Some("somebody@example.org".to_owned()),
        unit: UNIT,
    }
}

fn asked(history: &[Event], request: Request) -> Decision {
    asked_by(history, Acting::user(ADMINISTRATOR, [Role::Administrator]), request)
}

fn asked_by(history: &[Event], by: Acting, request: Request) -> Decision {
    decide(&fold(history), &Command { at: noon(), by, request })
}

#[test]
fn a_unit_is_created_once_below_one_that_exists() {
    let create = |name: &str, parent| {
        Request::CreateUnit(CreateUnit { unit: BELOW, name: name.to_owned(), parent })
    };
    let below = Event::UnitCreated { unit: BELOW, name: "School".to_owned(), parent: Some(UNIT) };
    assert_eq!(asked(&with([]), create(" School ", Some(UNIT))), Ok(vec![below.clone()]));
    assert_eq!(asked(&with([below.clone()]), create("School", Some(UNIT))), Ok(vec![]));
    assert_eq!(
        asked(&with([below]), create("Home", Some(UNIT))),
        Err(Refusal::UnitTaken { unit: BELOW })
    );
    assert_eq!(asked(&with([]), create("", Some(UNIT))), Err(Refusal::NameMissing));
    assert_eq!(
        asked(&with([]), create("School", Some(BELOW))),
        Err(Refusal::UnitUnknown { unit: BELOW })
    );
}

#[test]
fn a_person_is_registered_once_under_a_free_name() {
    let request = |name| Request::RegisterPerson(register(name));
    let registered = person(EMPLOYEE, "kari");
    assert_eq!(asked(&with([]), request("kari")), Ok(vec![registered.clone()]));
    assert_eq!(asked(&with([registered.clone()]), request("kari")), Ok(vec![]));
    assert_eq!(
        asked(&with([registered]), request("ola")),
        Err(Refusal::PersonTaken { user: EMPLOYEE })
    );
    assert_eq!(asked(&with([]), request("ADMIN")), Err(Refusal::SignInNameTaken));
    assert_eq!(asked(&with([]), request("kari nordmann")), Err(Refusal::SignInNameUnfit));
    let unfit = RegisterPerson { email: Some("a@b\r\nBcc: c".to_owned()), ..register("kari") };
    assert_eq!(asked(&with([]), Request::RegisterPerson(unfit)), Err(Refusal::EmailUnfit));
}

#[test]
fn only_an_administrator_changes_the_organisation() {
    let request = Request::RegisterPerson(register("kari"));
    let leader = Acting::user(EMPLOYEE, [Role::Leader]);
    assert_eq!(asked_by(&with([]), leader, request), Err(Refusal::OnlyAnAdministrator));
}

#[test]
fn somebody_chooses_their_own_password_and_nobody_elses() {
    let request = |user| Request::SetPassword { user, hash: "h".to_owned(), one_time: false };
    let history = with([person(EMPLOYEE, "kari")]);
    let by = || Acting::user(EMPLOYEE, [Role::Employee]);
    let hash = Erasable::about(EMPLOYEE, "h".to_owned());
    let set = Event::PasswordSet { user: EMPLOYEE, hash, one_time: false };
    assert_eq!(asked_by(&history, by(), request(EMPLOYEE)), Ok(vec![set.clone()]));
    assert_eq!(asked_by(&history, by(), request(ADMINISTRATOR)), Err(Refusal::OnlyAnAdministrator));
    let again = with([person(EMPLOYEE, "kari"), set]);
    assert_eq!(asked_by(&again, by(), request(EMPLOYEE)), Ok(vec![]));
}

#[test]
fn roles_are_granted_to_people_who_are_there() {
    let roles = Roles::from([Role::Leader]);
    let grant = |user| Request::GrantRoles { user, roles: roles.clone() };
    let granted = Event::RolesGranted { user: EMPLOYEE, roles: roles.clone() };
    let history = with([person(EMPLOYEE, "kari")]);
    assert_eq!(asked(&history, grant(EMPLOYEE)), Ok(vec![granted]));
    assert_eq!(asked(&with([]), grant(EMPLOYEE)), Err(Refusal::PersonUnknown { user: EMPLOYEE }));
    let gone = Event::PersonDeactivated { user: EMPLOYEE };
    assert_eq!(
        asked(&with([person(EMPLOYEE, "kari"), gone]), grant(EMPLOYEE)),
        Err(Refusal::PersonInactive { user: EMPLOYEE })
    );
}

#[test]
fn the_last_administrator_stays() {
    let stripped = Request::GrantRoles { user: ADMINISTRATOR, roles: Roles::default() };
    assert_eq!(asked(&with([]), stripped), Err(Refusal::LastAdministrator));
    let request = Request::Deactivate(ADMINISTRATOR);
    assert_eq!(asked(&with([]), request), Err(Refusal::LastAdministrator));
}

#[test]
fn a_token_is_issued_and_revoked() {
    let token = |days| IssueToken {
        token: TOKEN,
        user: ADMINISTRATOR,
        label: "reports".to_owned(),
        hash: "h".to_owned(),
        expires_at: noon() + TimeDelta::days(days),
    };
    let IssueToken { token: id, user, label, hash, expires_at } = token(30);
    let issued = Event::TokenIssued { token: id, user, label, hash, expires_at };
    let issue = |days| Request::IssueToken(token(days));
    assert_eq!(asked(&with([]), issue(30)), Ok(vec![issued.clone()]));
    assert_eq!(asked(&with([issued.clone()]), issue(30)), Ok(vec![]));
    assert_eq!(
        asked(&with([issued.clone()]), issue(31)),
        Err(Refusal::TokenTaken { token: TOKEN })
    );
    assert_eq!(asked(&with([]), issue(0)), Err(Refusal::TokenExpired));
    let revoke = || Request::RevokeToken(TOKEN);
    let revoked = Event::TokenRevoked { token: TOKEN };
    assert_eq!(asked(&with([issued]), revoke()), Ok(vec![revoked]));
    assert_eq!(asked(&with([]), revoke()), Err(Refusal::TokenUnknown { token: TOKEN }));
}

#[test]
fn a_deactivated_persons_tokens_stop_working() {
    let issued = Event::TokenIssued {
        token: TOKEN,
        user: EMPLOYEE,
        label: "reports".to_owned(),
        hash: "h".to_owned(),
        expires_at: noon() + TimeDelta::days(1),
    };
    let gone = Event::PersonDeactivated { user: EMPLOYEE };
    let organisation = fold(&with([person(EMPLOYEE, "kari"), issued, gone]));
    assert!(organisation.tokens.is_empty());
    assert!(organisation.signs_in_as("kari").is_none());
}

#[test]
fn a_unit_lies_within_those_above_it() {
    let below = Event::UnitCreated { unit: BELOW, name: "School".to_owned(), parent: Some(UNIT) };
    let organisation = fold(&[unit(), below]);
    assert!(organisation.is_within(BELOW, UNIT));
    assert!(organisation.is_within(UNIT, UNIT));
    assert!(!organisation.is_within(UNIT, BELOW));
}

#[test]
fn a_version_of_a_category_is_kept_once_and_never_says_something_else() {
    let version = |version, title: &str| Category {
        version,
        title: Localised::bokmaal(title),
        ..category(Vec::new())
    };
    let record = |it: Category| Request::RecordCategory(Box::new(it));
    let recorded = |it: Category| Event::CategoryRecorded { category: Box::new(it) };
    let by_service = |history: &[Event], request| asked_by(history, Acting::service(), request);
    let first = || version(1, "Tapt");
    assert_eq!(by_service(&[], record(first())), Ok(vec![recorded(first())]));
    let history = [recorded(first())];
    assert_eq!(by_service(&history, record(first())), Ok(vec![]));
    let changed = version(1, "Mistet");
    assert_eq!(by_service(&history, record(changed)), Err(Refusal::CategoryVersionTaken));
    let next = || version(2, "Mistet");
    assert_eq!(by_service(&history, record(next())), Ok(vec![recorded(next())]));
    let employee = Acting::user(EMPLOYEE, [Role::Employee]);
    let refused = Err(Refusal::OnlyAnAdministrator);
    assert_eq!(asked_by(&history, employee, record(next())), refused);

    let organisation = fold(&[recorded(first()), recorded(next())]);
    let id = &first().id;
    assert_eq!(organisation.category(id, 1).map(|it| &**it), Some(&first()));
    assert_eq!(organisation.latest_category(id).map(|it| &**it), Some(&next()));
    assert_eq!(organisation.category(id, 3), None);
}

#[test]
fn the_nearest_holder_of_a_role_is_looked_for_upwards() {
    const NEAR: UserId = UserId(Uuid::from_u128(3));
    let below = Event::UnitCreated { unit: BELOW, name: "School".to_owned(), parent: Some(UNIT) };
    let leads = |user| Event::RolesGranted { user, roles: Roles::from([Role::Leader]) };
    let near = match person(NEAR, "near") {
        Event::PersonRegistered { user, sign_in_name, name, email, .. } => {
            Event::PersonRegistered { user, sign_in_name, name, email, unit: BELOW }
        }
        other => other,
    };
    let history = with([below, person(EMPLOYEE, "far"), leads(EMPLOYEE), near, leads(NEAR)]);
    let organisation = fold(&history);
    let nearest =
        |unit, out: &[UserId]| organisation.nearest(Role::Leader, unit, |user| out.contains(&user));
    assert_eq!(nearest(BELOW, &[]), Some(NEAR));
    assert_eq!(nearest(BELOW, &[NEAR]), Some(EMPLOYEE), "the leader of the unit above");
    assert_eq!(nearest(UNIT, &[]), Some(EMPLOYEE));
    assert_eq!(nearest(UNIT, &[EMPLOYEE]), Some(NEAR), "better somebody than nobody");
    assert_eq!(nearest(UNIT, &[EMPLOYEE, NEAR]), None);
}

#[test]
fn somebody_says_when_they_are_away_and_back_and_nobody_else_does() {
    let history = with([person(EMPLOYEE, "employee")]);
    let until = noon() + TimeDelta::days(7);
    let away = |user| Request::RecordAbsence { user, until };
    let recorded = Event::AbsenceRecorded { user: EMPLOYEE, until };
    let employee = || Acting::user(EMPLOYEE, [Role::Employee]);
    assert_eq!(asked_by(&history, employee(), away(EMPLOYEE)), Ok(vec![recorded.clone()]));
    assert_eq!(
        asked_by(&history, employee(), away(ADMINISTRATOR)),
        Err(Refusal::OnlyAnAdministrator)
    );
    assert_eq!(asked(&history, away(EMPLOYEE)), Ok(vec![recorded.clone()]));
    let over = Request::RecordAbsence { user: EMPLOYEE, until: noon() };
    assert_eq!(asked_by(&history, employee(), over), Err(Refusal::AbsenceIsOver));
    assert_eq!(asked_by(&history, employee(), Request::EndAbsence(EMPLOYEE)), Ok(vec![]));
    let gone = with([person(EMPLOYEE, "employee"), recorded]);
    assert_eq!(asked_by(&gone, employee(), away(EMPLOYEE)), Ok(vec![]));
    assert_eq!(
        asked_by(&gone, employee(), Request::EndAbsence(EMPLOYEE)),
        Ok(vec![Event::AbsenceEnded { user: EMPLOYEE }])
    );
}

#[test]
fn an_absence_ends_by_itself_when_it_is_over() {
    let until = noon() + TimeDelta::days(7);
    let away = Event::AbsenceRecorded { user: EMPLOYEE, until };
    let organisation = fold(&with([person(EMPLOYEE, "employee"), away]));
    assert_eq!(organisation.away_until(EMPLOYEE, noon()), Some(until));
    assert!(!organisation.is_there(EMPLOYEE, noon()));
    assert_eq!(organisation.away_until(EMPLOYEE, until), None);
    assert!(organisation.is_there(EMPLOYEE, until));
    assert!(organisation.is_there(ADMINISTRATOR, noon()));
}
