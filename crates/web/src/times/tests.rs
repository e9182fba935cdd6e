//! Times shown and read on the organisation's clocks, over both changes of the clock.

use chrono::{TimeDelta, TimeZone, Utc};
use domain::deadline::Deadline;

use super::{WallTimeProblem, Zone, duration_in_words, remaining_in_words};
use crate::language::Language;
use crate::text::Texts;

fn oslo() -> Zone {
    chrono_tz::Europe::Oslo.into()
}

fn nb() -> Texts {
    Texts::new(Language::Nb)
}

#[test]
fn a_moment_is_shown_on_the_organisations_clock() {
    let at = Utc.with_ymd_and_hms(2026, 3, 27, 14, 30, 0).unwrap();
    assert_eq!(
        oslo().moment(nb(), at).to_string(),
        r#"<time datetime="2026-03-27T15:30:00+01:00">fredag 27. mars 2026 kl. 15.30</time>"#
    );
    let midnight = Utc.with_ymd_and_hms(2026, 12, 31, 23, 5, 0).unwrap();
    assert_eq!(oslo().moment(nb(), midnight).words(), "fredag 1. januar 2027 kl. 00.05");
    assert_eq!(oslo().day(nb(), midnight).words(), "fredag 1. januar 2027");
}

#[test]
fn a_day_is_read_and_begins_at_midnight_or_when_the_clocks_are_put_forward_then() {
    let day = |text| Zone::read_day(text).unwrap();
    let begins = |zone: chrono_tz::Tz, text| Zone::from(zone).begins(day(text)).to_rfc3339();
    assert_eq!(begins(chrono_tz::Europe::Oslo, "2026-03-29"), "2026-03-28T23:00:00+00:00");
    assert_eq!(begins(chrono_tz::Africa::Cairo, "2026-04-24"), "2026-04-23T22:00:00+00:00");
    assert_eq!(begins(chrono_tz::Pacific::Apia, "2011-12-30"), "2011-12-30T00:00:00+00:00");
    for none in [
        "",
        "2026-3-1",
        "2026-02-29",
        "+12026-03-01",
        "9999-12-31",
        "1. mars 2026",
        "2026-03-01T00:00",
    ] {
        assert_eq!(Zone::read_day(none), None, "{none}");
    }
}

/// 72 hours over the night the clocks go forward, and over the night they go back.
#[test]
fn the_deadline_is_shown_where_the_hours_end() {
    for (aware, due) in [
        ("2026-03-27T15:30", "mandag 30. mars 2026 kl. 16.30"),
        ("2026-10-23T15:30", "mandag 26. oktober 2026 kl. 14.30"),
        ("2026-04-01T14:00", "lørdag 4. april 2026 kl. 14.00"),
    ] {
        let aware_at = oslo().read(aware).unwrap();
        let due_at = Deadline::from_awareness(aware_at).due_at();
        assert_eq!(oslo().moment(nb(), due_at).words(), due);
    }
}

#[test]
fn what_a_field_shows_it_reads_back() {
    let at = Utc.with_ymd_and_hms(2026, 7, 1, 22, 15, 0).unwrap();
    assert_eq!(oslo().input_value(at), "2026-07-02T00:15");
    assert_eq!(oslo().read("2026-07-02T00:15"), Ok(at));
    assert_eq!(oslo().read(" 2026-07-02T00:15:00 "), Ok(at));
}

#[test]
fn of_a_repeated_hour_the_earlier_is_taken() {
    let at = oslo().read("2026-10-25T02:30").unwrap();
    assert_eq!(at, Utc.with_ymd_and_hms(2026, 10, 25, 0, 30, 0).unwrap());
}

#[test]
fn an_hour_that_never_was_is_refused() {
    assert_eq!(oslo().read("2026-03-29T02:30"), Err(WallTimeProblem::SkippedByTheClock));
    for text in ["", "27.03.2026", "2026-02-30T12:00", "2026-03-27", "+262142-12-31T23:59"] {
        assert_eq!(oslo().read(text), Err(WallTimeProblem::Unreadable), "{text}");
    }
}

#[test]
fn what_remains_is_said_in_words() {
    for (minutes, words) in [
        (31 * 60 + 20, "31 timer og 20 minutter igjen"),
        (60, "1 time igjen"),
        (61, "1 time og 1 minutt igjen"),
        (59, "59 minutter igjen"),
        (0, "under ett minutt igjen"),
        (-120, "2 timer over fristen"),
        (-121, "2 timer og 1 minutt over fristen"),
        (-100 * 60, "4 døgn over fristen"),
    ] {
        assert_eq!(remaining_in_words(nb(), TimeDelta::minutes(minutes)), words);
    }
    assert_eq!(remaining_in_words(nb(), TimeDelta::seconds(-1)), "under ett minutt over fristen");
    assert_eq!(duration_in_words(nb(), TimeDelta::hours(72)), "72 timer");
}
