//! Wall-clock times: shown, and read, in the organisation's time zone.

use std::fmt;

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime};
use chrono::{SecondsFormat, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{Time, YEARS};

use crate::text::Texts;

#[cfg(test)]
mod tests;

/// What `<input type="datetime-local">` sends; some browsers add the seconds.
const INPUT_FORMS: [&str; 2] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];

/// What `<input type="date">` sends.
const DAY_FORM: &str = "%Y-%m-%d";

/// How many signs it has.
const DAY_LENGTH: usize = 10;

/// From here on, hours say less than days.
const HOURS_SHOWN_MAX: i64 = 100;

/// The organisation's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Zone(Tz);

impl From<Tz> for Zone {
    fn from(zone: Tz) -> Self {
        Self(zone)
    }
}

/// Why a wall-clock time names no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WallTimeProblem {
    /// It is not a time such as `2026-03-27T15:30`.
    Unreadable,
    /// The clocks were put forward past it.
    SkippedByTheClock,
}

impl Zone {
    /// The instant a wall-clock time such as `2026-03-27T15:30` names. Of the two that an hour
    /// repeated in autumn names, the earlier: the deadline counted from it comes first.
    pub(crate) fn read(self, text: &str) -> Result<Time, WallTimeProblem> {
        let wall = INPUT_FORMS
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text.trim(), form).ok())
            .filter(|wall| YEARS.contains(&wall.year()))
            .ok_or(WallTimeProblem::Unreadable)?;
        match self.0.from_local_datetime(&wall) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Ok(at.with_timezone(&Utc)),
            LocalResult::None => Err(WallTimeProblem::SkippedByTheClock),
        }
    }

    /// The day that `<input type="date">` sends; nothing for what is none.
    pub(crate) fn read_day(text: &str) -> Option<NaiveDate> {
        let day = NaiveDate::parse_from_str(text, DAY_FORM).ok()?;
        // As it was written: with a year of four digits, and nothing left out.
        let is_whole = text.len() == DAY_LENGTH && day.to_string() == text;
        (is_whole && YEARS.contains(&day.year())).then_some(day)
    }

    /// The first instant of a day. Where the clocks are put forward at midnight, that is later.
    pub(crate) fn begins(self, day: NaiveDate) -> Time {
        let mut hours = (0..24).filter_map(|hour| day.and_hms_opt(hour, 0, 0));
        let first = hours.find_map(|wall| self.0.from_local_datetime(&wall).earliest());
        // An island that moved across the date line has skipped a day altogether.
        first.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |it| it.with_timezone(&Utc))
    }

    /// The time as the value of `<input type="datetime-local">`.
    pub(crate) fn input_value(self, at: Time) -> String {
        self.local(at).format(INPUT_FORMS[0]).to_string()
    }

    /// The time on the organisation's clocks, for what is laid out by day or year.
    pub(crate) fn local(self, at: Time) -> DateTime<Tz> {
        at.with_timezone(&self.0)
    }

    /// The time in words and for machines: `fredag 27. mars 2026 kl. 15.30`.
    pub(crate) fn moment(self, texts: Texts, at: Time) -> TimeElement {
        let local = self.local(at);
        let clock = local.format(&texts.say("clock-format")).to_string();
        let day = day_in_words(texts, local.date_naive());
        let words = texts.say_with("moment", &[("day", day), ("clock", clock)]);
        TimeElement { datetime: local.to_rfc3339_opts(SecondsFormat::Secs, false), words }
    }

    /// The day in words and for machines: `fredag 27. mars 2026`.
    pub(crate) fn day(self, texts: Texts, at: Time) -> TimeElement {
        let day = self.local(at).date_naive();
        TimeElement { datetime: day.to_string(), words: day_in_words(texts, day) }
    }
}

fn day_in_words(texts: Texts, day: NaiveDate) -> String {
    let weekday = texts.say(&format!("weekday-{}", day.weekday().number_from_monday()));
    let month = texts.say(&format!("month-{}", day.month()));
    let (number, year) = (day.day().to_string(), day.year().to_string());
    let parts = [("weekday", weekday), ("day", number), ("month", month), ("year", year)];
    texts.say_with("day", &parts)
}

/// What is left to a deadline, in words: `31 timer og 20 minutter igjen`, `2 timer over fristen`.
pub(crate) fn remaining_in_words(texts: Texts, remaining: TimeDelta) -> String {
    let key = if remaining < TimeDelta::zero() { "overdue-by" } else { "remaining" };
    texts.say_with(key, &[("duration", duration_in_words(texts, remaining.abs()))])
}

/// A length of time, as exact as it is useful: days, hours and minutes, or minutes.
pub(crate) fn duration_in_words(texts: Texts, duration: TimeDelta) -> String {
    let (hours, minutes) = (duration.num_hours(), duration.num_minutes() % 60);
    let count = |key, count: i64| texts.say_with(key, &[("count", count)]);
    match (hours, minutes) {
        (0, 0) => texts.say("under-a-minute"),
        (0, _) => count("minutes", minutes),
        (HOURS_SHOWN_MAX.., _) => count("days", duration.num_days()),
        (_, 0) => count("hours", hours),
        _ => {
            let parts = [("first", count("hours", hours)), ("second", count("minutes", minutes))];
            texts.say_with("first-and-second", &parts)
        }
    }
}

/// A `<time>` element: words for people, and the same for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimeElement {
    datetime: String,
    words: String,
}

impl TimeElement {
    /// What people read.
    pub(crate) fn words(&self) -> &str {
        &self.words
    }
}

impl fmt::Display for TimeElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words =
            askama::filters::escape(&self.words, askama::filters::Html).map_err(|_| fmt::Error)?;
        write!(f, r#"<time datetime="{}">{words}</time>"#, self.datetime)
    }
}

/// Its words are escaped above, and the rest is digits and punctuation.
impl askama::filters::HtmlSafe for TimeElement {}
