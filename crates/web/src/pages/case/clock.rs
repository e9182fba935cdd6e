//! The 72 hours, as a case's page tells them: what is left, or why they no longer run.

use domain::Time;
use domain::case::Standing;
use domain::case::event::AuthorityDecision;

use super::wording::{Fact, Wording};
use crate::times::remaining_in_words;

/// Hours left from which on the clock calls for attention.
const HOURS_LEFT_SOON: i64 = 24;

/// The clock of a case.
pub(super) struct ShownClock {
    /// Repeats in colour what the headline says.
    pub(super) color: &'static str,
    /// What is left, or why it no longer runs.
    pub(super) headline: String,
    /// The times behind it.
    pub(super) facts: Vec<Fact>,
}

impl ShownClock {
    /// The clock as it stands at `now`.
    pub(super) fn new(wording: &Wording, standing: &Standing, now: Time) -> Self {
        let deadline = standing.deadline;
        let mut facts = vec![
            wording.time("case-due", deadline.due_at()),
            wording.time("case-aware", deadline.aware_at),
        ];
        if let Some(notified_at) = standing.notified_at {
            facts.insert(0, wording.time("case-notified", notified_at));
        }
        let (color, headline) = match standing.running_deadline() {
            Some(deadline) => {
                let remaining = deadline.remaining(now);
                let color = match remaining.num_hours() {
                    _ if deadline.is_late(now) => "danger",
                    ..HOURS_LEFT_SOON => "warning",
                    _ => "info",
                };
                (color, remaining_in_words(wording.texts, remaining))
            }
            None => ("success", wording.say(stopped_key(standing))),
        };
        Self { color, headline, facts }
    }
}

/// Why the clock no longer runs.
fn stopped_key(standing: &Standing) -> &'static str {
    let notified_at = standing.notified_at.filter(|_| !standing.is_withdrawn());
    match (notified_at, standing.authority_decision()) {
        (Some(at), _) if standing.deadline.is_late(at) => "case-clock-notified-late",
        (Some(_), _) => "case-clock-notified",
        (None, Some(AuthorityDecision::DoNotNotify)) => "case-clock-not-to-be-notified",
        (None, Some(AuthorityDecision::Notify) | None) if standing.is_erased() => {
            "case-clock-erased"
        }
        (None, Some(AuthorityDecision::Notify) | None) => "case-clock-closed",
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone, Utc};
    use domain::Erasable;
    use domain::case::Event;
    use domain::case::erasure::ErasureGround;
    use domain::case::event::Capacity;
    use domain::organisation::Organisation;

    use super::*;
    use crate::language::Language;
    use crate::names::Names;
    use crate::text::Texts;

    fn aware() -> Time {
        Utc.with_ymd_and_hms(2026, 3, 2, 8, 0, 0).unwrap()
    }

    fn told(events: &[Event], hours: i64) -> (&'static str, String) {
        let names = Names::of(Organisation::default());
        let zone = chrono_tz::Europe::Oslo.into();
        let wording = Wording { texts: Texts::new(Language::Nb), zone, names: &names };
        let mut standing = Standing::reported(Some(aware()), aware());
        for event in events {
            standing.apply(event);
        }
        let clock = ShownClock::new(&wording, &standing, aware() + TimeDelta::hours(hours));
        (clock.color, clock.headline)
    }

    fn notified(hours: i64) -> Event {
        Event::AuthorityNotified {
            sent_at: aware() + TimeDelta::hours(hours),
            reference: "AR1".to_owned(),
            reasons_for_delay: None,
            notice: domain::notification::NoticeSent::default(),
        }
    }

    #[test]
    fn a_running_clock_says_what_is_left() {
        assert_eq!(told(&[], 1), ("info", "71 timer igjen".to_owned()));
        assert_eq!(told(&[], 49), ("warning", "23 timer igjen".to_owned()));
        assert_eq!(told(&[], 74), ("danger", "2 timer over fristen".to_owned()));
    }

    #[test]
    fn a_clock_runs_again_once_the_notification_is_withdrawn() {
        let withdrawn = Event::NotificationWithdrawn {
            sent_at: aware() + TimeDelta::hours(30),
            reference: "AR1".to_owned(),
            reasons: Erasable::known("found".to_owned()),
            notice: domain::notification::NoticeSent::default(),
        };
        let taken_back = [notified(20), withdrawn];
        assert_eq!(told(&taken_back, 49), ("warning", "23 timer igjen".to_owned()));
        let again = [taken_back.as_slice(), &[not_to_notify()]].concat();
        let why = "Klokka er stanset: bruddet skal ikke meldes til Datatilsynet";
        assert_eq!(told(&again, 49), ("success", why.to_owned()));
    }

    fn not_to_notify() -> Event {
        Event::AuthorityDecided {
            decision: AuthorityDecision::DoNotNotify,
            grounds: Erasable::known("no risk".to_owned()),
            departure: None,
            capacity: Capacity::Controller,
            held_against: None,
        }
    }

    #[test]
    fn a_clock_that_stands_still_says_why() {
        let closed = Event::ClosedAsNotADeviation { reason: Erasable::known("drill".to_owned()) };
        let (ground, basis) = (ErasureGround::Ordered, "26/00417".to_owned());
        let erased = Event::CaseErased { ground, basis };
        let told = |event| told(&[event], 80).1;
        assert_eq!(told(notified(72)), "Meldt til Datatilsynet innen fristen");
        assert_eq!(told(notified(73)), "Meldt til Datatilsynet etter fristen");
        assert_eq!(
            told(not_to_notify()),
            "Klokka er stanset: bruddet skal ikke meldes til Datatilsynet"
        );
        assert_eq!(told(closed), "Klokka er stanset: saken er lukket");
        assert_eq!(told(erased), "Klokka er stanset: saken er slettet");
    }
}
