//! What the organisation answers to a command. Reads no clock, no disk, no network.

mod filter;
mod unusual;

use super::command::{Command, CreateUnit, IssueToken, RegisterPerson, Request};
use super::refusal::Refusal;
use super::state::{Organisation, Password, Person, Token, Unit};
use super::{Decision, Event};
use crate::assessment::Rulebook;
use crate::category::Category;
use crate::duty::Duty;
use crate::ids::{TokenId, UnitId, UserId};
use crate::{Actor, Erasable, Role, Roles, Time};

/// Characters in a name or an address.
pub const NAME_CHARACTERS_MAX: usize = 200;

/// Decides on a command: the facts that follow, none where it is so already, or a refusal.
pub fn decide(organisation: &Organisation, command: &Command) -> Decision {
    permit(command)?;
    match &command.request {
        Request::Name(name) => rename(organisation, name),
        Request::CreateUnit(it) => create_unit(organisation, it),
        Request::RegisterPerson(it) => register(organisation, it),
        Request::GrantRoles { user, roles } => grant(organisation, *user, roles),
        Request::SetPassword { user, hash, one_time } => {
            set_password(organisation, *user, hash, *one_time)
        }
        Request::Deactivate(user) => deactivate(organisation, *user),
        Request::IssueToken(it) => issue(organisation, it, command.at),
        Request::RevokeToken(token) => revoke(organisation, *token),
        Request::RecordCategory(it) => record_category(organisation, it),
        Request::RecordAbsence { user, until } => {
            record_absence(organisation, *user, *until, command.at)
        }
        Request::EndAbsence(user) => end_absence(organisation, *user),
        Request::RecordDuties(duties) => record_duties(organisation, duties),
        Request::RecordRulebooks(books) => record_rulebooks(organisation, books),
        Request::OpenCalendarFeed(hash) => open_feed(organisation, command.by.actor, hash),
        Request::CloseCalendarFeed => Ok(close_feed(organisation, command.by.actor)),
        Request::SaveFilter { .. } | Request::DeleteFilter(_) => {
            filter::decide(organisation, command)
        }
        // The service asks once for each: under a key that follows from what was found.
        Request::RecordUnusualAccess(it) => Ok(vec![Event::UnusualAccessFound(*it)]),
        Request::ReviewUnusualAccess(it) => unusual::review(organisation, it, &command.by),
    }
}

/// An administrator, the service itself, or somebody choosing their own password or saying that
/// they are away or back. Who looks into unusual reading is decided where that is.
fn permit(command: &Command) -> Result<(), Refusal> {
    let is_own = match (&command.request, command.by.actor) {
        (
            Request::SetPassword { user, one_time: false, .. }
            | Request::RecordAbsence { user, .. }
            | Request::EndAbsence(user),
            Actor::User(by),
        ) => *user == by,
        (
            Request::OpenCalendarFeed(_)
            | Request::CloseCalendarFeed
            | Request::SaveFilter { .. }
            | Request::DeleteFilter(_)
            | Request::ReviewUnusualAccess(_),
            Actor::User(_),
        ) => true,
        _ => false,
    };
    let administers =
        command.by.actor == Actor::Service || command.by.roles.holds(Role::Administrator);
    if is_own || administers { Ok(()) } else { Err(Refusal::OnlyAnAdministrator) }
}

fn rename(organisation: &Organisation, name: &str) -> Decision {
    let name = named(name)?;
    if organisation.name == name {
        return Ok(Vec::new());
    }
    Ok(vec![Event::OrganisationNamed { name }])
}

fn create_unit(organisation: &Organisation, it: &CreateUnit) -> Decision {
    let name = named(&it.name)?;
    if let Some(parent) = it.parent {
        unit_exists(organisation, parent)?;
    }
    match organisation.units.get(&it.unit) {
        None => Ok(vec![Event::UnitCreated { unit: it.unit, name, parent: it.parent }]),
        Some(unit) if *unit == (Unit { name, parent: it.parent }) => Ok(Vec::new()),
        Some(_) => Err(Refusal::UnitTaken { unit: it.unit }),
    }
}

fn register(organisation: &Organisation, it: &RegisterPerson) -> Decision {
    let (name, sign_in_name) = (named(&it.name)?, sign_in_name(&it.sign_in_name)?);
    let email = it.email.as_deref().map(email).transpose()?;
    unit_exists(organisation, it.unit)?;
    let sealed = |value: String| Erasable::about(it.user, value);
    let registered = Event::PersonRegistered {
        user: it.user,
        sign_in_name: sealed(sign_in_name.clone()),
        name: sealed(name),
        email: email.map(sealed),
        unit: it.unit,
    };
    if let Some(person) = organisation.people.get(&it.user) {
        return if same_person(person, &registered) {
            Ok(Vec::new())
        } else {
            Err(Refusal::PersonTaken { user: it.user })
        };
    }
    if organisation.signs_in_as(&sign_in_name).is_some() {
        return Err(Refusal::SignInNameTaken);
    }
    Ok(vec![registered])
}

fn same_person(person: &Person, registered: &Event) -> bool {
    matches!(registered, Event::PersonRegistered { sign_in_name, name, email, unit, .. }
        if person.sign_in_name == *sign_in_name
            && person.name == *name
            && person.email == *email
            && person.unit == *unit)
}

fn grant(organisation: &Organisation, user: UserId, roles: &Roles) -> Decision {
    let person = active(organisation, user)?;
    if person.roles == *roles {
        return Ok(Vec::new());
    }
    if !roles.holds(Role::Administrator) {
        keep_an_administrator(organisation, user)?;
    }
    Ok(vec![Event::RolesGranted { user, roles: roles.clone() }])
}

fn set_password(organisation: &Organisation, user: UserId, hash: &str, one_time: bool) -> Decision {
    let person = active(organisation, user)?;
    let hash = Erasable::about(user, hash.to_owned());
    if person.password == Some(Password { hash: hash.clone(), one_time }) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::PasswordSet { user, hash, one_time }])
}

fn deactivate(organisation: &Organisation, user: UserId) -> Decision {
    let person = organisation.people.get(&user).ok_or(Refusal::PersonUnknown { user })?;
    if !person.active {
        return Ok(Vec::new());
    }
    keep_an_administrator(organisation, user)?;
    Ok(vec![Event::PersonDeactivated { user }])
}

fn issue(organisation: &Organisation, it: &IssueToken, now: Time) -> Decision {
    active(organisation, it.user)?;
    let label = named(&it.label)?;
    if it.expires_at <= now {
        return Err(Refusal::TokenExpired);
    }
    let IssueToken { token, user, hash, expires_at, .. } = it.clone();
    match organisation.tokens.get(&token) {
        None => Ok(vec![Event::TokenIssued { token, user, label, hash, expires_at }]),
        Some(issued) if *issued == (Token { user, label, hash, expires_at }) => Ok(Vec::new()),
        Some(_) => Err(Refusal::TokenTaken { token }),
    }
}

fn revoke(organisation: &Organisation, token: TokenId) -> Decision {
    if organisation.tokens.contains_key(&token) {
        Ok(vec![Event::TokenRevoked { token }])
    } else {
        Err(Refusal::TokenUnknown { token })
    }
}

fn record_category(organisation: &Organisation, category: &Category) -> Decision {
    match organisation.category(&category.id, category.version) {
        None => Ok(vec![Event::CategoryRecorded { category: Box::new(category.clone()) }]),
        Some(recorded) if **recorded == *category => Ok(Vec::new()),
        Some(_) => Err(Refusal::CategoryVersionTaken),
    }
}

fn record_absence(organisation: &Organisation, user: UserId, until: Time, now: Time) -> Decision {
    let person = active(organisation, user)?;
    if until <= now {
        return Err(Refusal::AbsenceIsOver);
    }
    if person.away_until == Some(until) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::AbsenceRecorded { user, until }])
}

fn end_absence(organisation: &Organisation, user: UserId) -> Decision {
    let person = active(organisation, user)?;
    let is_away = person.away_until.is_some();
    Ok(if is_away { vec![Event::AbsenceEnded { user }] } else { Vec::new() })
}

fn record_duties(organisation: &Organisation, duties: &[Duty]) -> Decision {
    let mut events = Vec::new();
    for duty in duties {
        match organisation.duty(&duty.id, duty.version) {
            None => events.push(Event::DutyRecorded { duty: Box::new(duty.clone()) }),
            Some(recorded) if **recorded == *duty => (),
            Some(_) => return Err(Refusal::DutyVersionTaken),
        }
    }
    Ok(events)
}

fn record_rulebooks(organisation: &Organisation, books: &[Rulebook]) -> Decision {
    let mut events = Vec::new();
    for book in books {
        match organisation.rulebook(&book.id, book.version) {
            None => events.push(Event::RulebookRecorded { rulebook: Box::new(book.clone()) }),
            Some(recorded) if **recorded == *book => (),
            Some(_) => return Err(Refusal::RulebookVersionTaken),
        }
    }
    Ok(events)
}

/// Gives somebody a calendar address; whoever has one gets another, and the old one is dead.
fn open_feed(organisation: &Organisation, by: Actor, hash: &str) -> Decision {
    let Actor::User(user) = by else { return Err(Refusal::OnlyAnAdministrator) };
    active(organisation, user)?;
    if organisation.calendar_feeds.get(&user).is_some_and(|known| known == hash) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::CalendarFeedOpened { user, hash: hash.to_owned() }])
}

fn close_feed(organisation: &Organisation, by: Actor) -> Vec<Event> {
    match by {
        Actor::User(user) if organisation.calendar_feeds.contains_key(&user) => {
            vec![Event::CalendarFeedClosed { user }]
        }
        _ => Vec::new(),
    }
}

/// Somebody must be left who can let others in.
fn keep_an_administrator(organisation: &Organisation, without: UserId) -> Result<(), Refusal> {
    let mut holders = organisation.holders(Role::Administrator).map(|(user, _)| user).peekable();
    let held_any = holders.peek().is_some();
    let left = holders.any(|user| user != without);
    if held_any && !left { Err(Refusal::LastAdministrator) } else { Ok(()) }
}

fn active(organisation: &Organisation, user: UserId) -> Result<&Person, Refusal> {
    let person = organisation.people.get(&user).ok_or(Refusal::PersonUnknown { user })?;
    if person.active { Ok(person) } else { Err(Refusal::PersonInactive { user }) }
}

fn unit_exists(organisation: &Organisation, unit: UnitId) -> Result<(), Refusal> {
    if organisation.units.contains_key(&unit) { Ok(()) } else { Err(Refusal::UnitUnknown { unit }) }
}

fn named(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    let fits = (1..=NAME_CHARACTERS_MAX).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        Ok(name.to_owned())
    } else {
        Err(Refusal::NameMissing)
    }
}

fn sign_in_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    let fits = (1..=NAME_CHARACTERS_MAX).contains(&name.chars().count())
        && name.chars().all(|c| c.is_alphanumeric() || ".-_@".contains(c));
    if fits { Ok(name.to_lowercase()) } else { Err(Refusal::SignInNameUnfit) }
}

fn email(address: &str) -> Result<String, Refusal> {
    let address = address.trim();
    let unfit = |c: char| c.is_whitespace() || c.is_control() || ",;<>\"".contains(c);
    let fits = address.chars().count() <= NAME_CHARACTERS_MAX
        && !address.contains(unfit)
        && address.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && !host.is_empty() && !host.contains('@')
        });
    if fits { Ok(address.to_owned()) } else { Err(Refusal::EmailUnfit) }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
