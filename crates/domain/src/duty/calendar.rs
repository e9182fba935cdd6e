//! Days as a jurisdiction counts them: local days, working days, and the reading of deadlines under
//! Regulation (EEC, Euratom) 1182/71.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, TimeZone, Timelike, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Length;
use super::holidays::is_holiday;
use crate::Time;

/// Whose law applies.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Jurisdiction {
    /// Norway.
    No,
    /// Sweden.
    Se,
}

/// The days of an organisation: where it lies and by which clock it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// Whose holidays.
    pub jurisdiction: Jurisdiction,
    /// Whose midnight.
    pub zone: Tz,
}

/// A deadline as Regulation 1182/71 can be read. Shown beside the strict one, never steered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The period rounded as art. 3(1) and (2) have it, and, where it is not in hours, prolonged
    /// over days off at its end (art. 3(4)).
    pub rounded: Time,
    /// The same with at least two working days in it (art. 3(5)), where that makes it longer.
    /// Whether that reaches a period in hours is disputed.
    pub two_working_days: Option<Time>,
}

/// Working days that a period of two days or more has (Regulation 1182/71 art. 3(5)).
const WORKING_DAYS_LEAST: u32 = 2;

impl Calendar {
    /// The local day of an instant.
    #[must_use]
    pub fn day_of(self, at: Time) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The last whole second of a local day.
    #[must_use]
    pub fn end_of(self, day: NaiveDate) -> Time {
        let midnight = (day + Days::new(1)).and_hms_opt(0, 0, 0).expect("a day has a midnight");
        // Where the clocks go forward at midnight the day ends at the first time that there is.
        let next = (0..24).find_map(|hour| {
            self.zone.from_local_datetime(&(midnight + TimeDelta::hours(hour))).earliest()
        });
        let next = next.expect("no zone leaves out a whole day in our time");
        next.to_utc() - TimeDelta::seconds(1)
    }

    /// Whether people are at work: neither a Saturday, a Sunday nor a public holiday.
    #[must_use]
    pub fn is_working_day(self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day, self.jurisdiction)
    }

    /// The working day that is the `count`th after a day.
    #[must_use]
    pub fn working_day_after(self, day: NaiveDate, count: u32) -> NaiveDate {
        let mut last = day;
        for _ in 0..count {
            last = self.working_day_from(last + Days::new(1));
        }
        last
    }

    /// That day, or the first working day after it.
    fn working_day_from(self, day: NaiveDate) -> NaiveDate {
        let mut days = day.iter_days();
        // Some day is always a working day again.
        days.find(|day| self.is_working_day(*day)).expect("holidays come to an end")
    }

    /// The deadline as Regulation 1182/71 can be read.
    #[must_use]
    pub fn reading(self, start: Time, length: Length) -> Reading {
        let rounded = if let Length::Hours(_) = length {
            // The hour in which the event falls is not counted.
            length.due_at(next_full_hour(start), self)
        } else {
            let last = self.day_of(length.due_at(start, self));
            self.end_of(self.working_day_from(last))
        };
        let first = self.day_of(start);
        let enough = self.end_of(self.working_day_after(first, WORKING_DAYS_LEAST));
        let is_reached = TimeDelta::days(2) <= rounded - start;
        let within = || {
            let last = self.day_of(rounded);
            let days = first.iter_days().skip(1).take_while(|day| *day <= last);
            days.filter(|day| self.is_working_day(*day)).count()
        };
        let lacks = is_reached && within() < WORKING_DAYS_LEAST as usize;
        Reading { rounded, two_working_days: lacks.then_some(enough) }
    }
}

/// The start of the hour after the one in which an instant falls.
fn next_full_hour(at: Time) -> Time {
    let into = TimeDelta::minutes(i64::from(at.minute()))
        + TimeDelta::seconds(i64::from(at.second()))
        + TimeDelta::nanoseconds(i64::from(at.nanosecond()));
    at - into + TimeDelta::hours(1)
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
