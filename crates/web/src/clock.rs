//! The 72 hours of a case as they stand in a list: in words, with a colour that repeats them.

use chrono::TimeDelta;
use domain::Time;
use domain::case::Standing;
use domain::case::event::AuthorityDecision;

use crate::text::Texts;
use crate::times::remaining_in_words;

/// From here on, little time is left.
const SHORT: TimeDelta = TimeDelta::hours(24);

/// How the clock of a case stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClockWords {
    /// What is left, by how much it is over, or why the clock no longer runs.
    pub(crate) words: String,
    /// The colour of its tag.
    pub(crate) color: &'static str,
    /// The last instant at which a notification is in time, while the clock runs.
    pub(crate) due_at: Option<Time>,
}

impl ClockWords {
    /// The clock as it stands at `now`.
    pub(crate) fn new(texts: Texts, standing: &Standing, now: Time) -> Self {
        let stopped = |key, color| Self { words: texts.say(key), color, due_at: None };
        if let Some(deadline) = standing.running_deadline() {
            let left = deadline.remaining(now);
            return Self {
                words: remaining_in_words(texts, left),
                color: color(left),
                due_at: Some(deadline.due_at()),
            };
        }
        match (standing.notified_at, standing.authority_decision()) {
            (Some(_), _) if !standing.is_withdrawn() => stopped("clock-notified", "success"),
            (_, Some(AuthorityDecision::DoNotNotify)) => stopped("clock-not_notified", "neutral"),
            (_, _) => stopped("clock-closed", "neutral"),
        }
    }
}

/// The colour that repeats how much is left.
pub(crate) fn color(left: TimeDelta) -> &'static str {
    if left < TimeDelta::zero() {
        "danger"
    } else if left <= SHORT {
        "warning"
    } else {
        "info"
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use domain::Erasable;
    use domain::case::Event;
    use domain::case::event::Capacity;
    use domain::deadline::Deadline;

    use super::*;
    use crate::language::Language;

    fn at(hour: i64) -> Time {
        Utc.with_ymd_and_hms(2026, 3, 2, 8, 0, 0).unwrap() + TimeDelta::hours(hour)
    }

    fn text() -> Erasable<String> {
        Erasable::known("Slik er det".to_owned())
    }

    fn decided(decision: AuthorityDecision) -> Event {
        let capacity = Capacity::Controller;
        Event::AuthorityDecided {
            decision,
            grounds: text(),
            departure: None,
            capacity,
            held_against: None,
        }
    }

    /// The words and the colour at `now`, of a case that became known at 8 o'clock.
    fn clock(events: &[Event], now: Time) -> (String, &'static str) {
        let mut standing = Standing::reported(Some(at(0)), at(1));
        for event in events {
            standing.apply(event);
        }
        let clock = ClockWords::new(Texts::new(Language::Nb), &standing, now);
        assert_eq!(clock.due_at, standing.running_deadline().map(Deadline::due_at));
        (clock.words, clock.color)
    }

    #[test]
    fn a_running_clock_tells_what_is_left_or_by_how_much_it_is_over() {
        let expected = |words: &str, color| (words.to_owned(), color);
        let half = TimeDelta::minutes(20);
        assert_eq!(clock(&[], at(41) - half), expected("31 timer og 20 minutter igjen", "info"));
        assert_eq!(clock(&[], at(48)), expected("24 timer igjen", "warning"));
        assert_eq!(clock(&[], at(72)), expected("under ett minutt igjen", "warning"));
        assert_eq!(clock(&[], at(74)), expected("2 timer over fristen", "danger"));
        let notify = decided(AuthorityDecision::Notify);
        assert_eq!(clock(&[notify], at(71)), expected("1 time igjen", "warning"));
    }

    #[test]
    fn a_clock_that_stands_still_tells_why() {
        let notified = Event::AuthorityNotified {
            sent_at: at(5),
            reference: "AR-2026-0417".to_owned(),
            reasons_for_delay: None,
            notice: domain::notification::NoticeSent::default(),
        };
        let closed = Event::ClosedAsNotADeviation { reason: text() };
        let not_notified = decided(AuthorityDecision::DoNotNotify);
        let late = at(100);
        let both = [notified, closed];
        assert_eq!(clock(&both, late).0, "Meldt til Datatilsynet");
        assert_eq!(clock(&both[..1], late).0, "Meldt til Datatilsynet");
        assert_eq!(clock(&both[1..], late).0, "Lukket");
        assert_eq!(clock(&[not_notified], late).0, "Meldes ikke til Datatilsynet");
    }
}
