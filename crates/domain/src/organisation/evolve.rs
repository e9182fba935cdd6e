//! The organisation after one more fact. Never refuses: whatever is in the journal has happened.

use super::event::Event;
use super::state::{Organisation, Password, Person, SavedFilter, Token, Unit, Unusual};
use crate::Roles;

/// The organisation after everything in `events`.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Organisation {
    events.into_iter().fold(Organisation::default(), evolve)
}

/// The organisation after one more fact.
#[must_use]
pub fn evolve(mut organisation: Organisation, event: &Event) -> Organisation {
    apply(&mut organisation, event);
    organisation
}

/// Takes one more fact into `to`, in place.
pub fn apply(to: &mut Organisation, event: &Event) {
    match event.clone() {
        Event::OrganisationNamed { name } => to.name = name,
        Event::UnitCreated { unit, name, parent } => {
            to.units.insert(unit, Unit { name, parent });
        }
        Event::PersonRegistered { user, sign_in_name, name, email, unit } => {
            let roles = Roles::default();
            let (password, active, away_until) = (None, true, None);
            let person =
                Person { sign_in_name, name, email, unit, roles, password, active, away_until };
            to.people.insert(user, person);
        }
        Event::RolesGranted { user, roles } => with(to, user, |person| person.roles = roles),
        Event::PasswordSet { user, hash, one_time } => {
            with(to, user, |person| person.password = Some(Password { hash, one_time }));
        }
        Event::PersonDeactivated { user } => {
            with(to, user, |person| person.active = false);
            to.tokens.retain(|_, token| token.user != user);
            to.calendar_feeds.remove(&user);
            to.filters.remove(&user);
        }
        Event::TokenIssued { token, user, label, hash, expires_at } => {
            to.tokens.insert(token, Token { user, label, hash, expires_at });
        }
        Event::TokenRevoked { token } => {
            to.tokens.remove(&token);
        }
        Event::CrisisCopyBegun { fork, .. } => to.crisis_copy_since = Some(fork),
        Event::FilterSaved { user, filter, name, criteria } => {
            to.filters.entry(user).or_default().insert(filter, SavedFilter { name, criteria });
        }
        Event::FilterDeleted { user, filter } => {
            to.filters.entry(user).or_default().remove(&filter);
        }
        // What was taken over stands in events of its own.
        Event::CrisisCopyMerged { .. } => (),
        Event::UnusualAccessFound(found) => {
            let it = Unusual { user: found.user, reviewed: None };
            to.unusual.entry((found.line, found.rule)).or_insert(it);
        }
        Event::UnusualAccessReviewed { line, rule, outcome, finding } => {
            if let Some(it) = to.unusual.get_mut(&(line, rule)) {
                it.reviewed = Some((outcome, finding));
            }
        }
        Event::CategoryRecorded { category } => {
            let versions = to.categories.entry(category.id.clone()).or_default();
            versions.insert(category.version, std::sync::Arc::new(*category));
        }
        Event::AbsenceRecorded { user, until } => {
            with(to, user, |person| person.away_until = Some(until));
        }
        Event::AbsenceEnded { user } => with(to, user, |person| person.away_until = None),
        Event::DutyRecorded { duty } => {
            let versions = to.duties.entry(duty.id.clone()).or_default();
            versions.insert(duty.version, std::sync::Arc::new(*duty));
        }
        Event::RulebookRecorded { rulebook } => {
            let versions = to.rulebooks.entry(rulebook.id.clone()).or_default();
            versions.insert(rulebook.version, std::sync::Arc::new(*rulebook));
        }
        Event::CalendarFeedOpened { user, hash } => {
            to.calendar_feeds.insert(user, hash);
        }
        Event::CalendarFeedClosed { user } => {
            to.calendar_feeds.remove(&user);
        }
    }
}

fn with(to: &mut Organisation, user: crate::ids::UserId, change: impl FnOnce(&mut Person)) {
    if let Some(person) = to.people.get_mut(&user) {
        change(person);
    }
}
