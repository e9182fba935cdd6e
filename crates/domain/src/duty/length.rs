//! How long a duty may take, and when its time is over.

use std::fmt;

use chrono::{Days, Months, TimeDelta};
use serde::{Deserialize, Serialize};

use super::Calendar;
use crate::Time;

/// The largest number that a length may name, of any unit.
const NUMBER_MAX: u32 = 1_000;

/// A length of time as a rule states it, written `72 hours`, `4 weeks`, `2 working days` or
/// `1 month`. Only hours run from the instant; the others end with a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Length {
    /// Elapsed hours, to the second.
    Hours(u32),
    /// Calendar days; the day of the start is not counted.
    Days(u32),
    /// Days that are neither Saturday, Sunday nor a public holiday; the day of the start is not
    /// counted.
    WorkingDays(u32),
    /// Calendar months; where the last one has no such day, its last day.
    Months(u32),
}

impl Length {
    /// The last instant that is in time, read as strictly as the words allow: hours elapse in UTC
    /// and no period is prolonged because it ends on a day off.
    #[must_use]
    pub fn due_at(self, start: Time, calendar: Calendar) -> Time {
        let first = calendar.day_of(start);
        let last = match self {
            Self::Hours(hours) => return start + TimeDelta::hours(i64::from(hours)),
            Self::Days(days) => first + Days::new(u64::from(days)),
            Self::WorkingDays(days) => calendar.working_day_after(first, days),
            Self::Months(months) => first + Months::new(months),
        };
        calendar.end_of(last)
    }
}

type Unit = (&'static str, &'static str, fn(u32) -> Length);

/// The words for each unit, singular and plural, and what one of it is.
const UNITS: [Unit; 5] = [
    ("hour", "hours", Length::Hours),
    ("day", "days", Length::Days),
    ("week", "weeks", |weeks| Length::Days(7 * weeks)),
    ("working day", "working days", Length::WorkingDays),
    ("month", "months", Length::Months),
];

impl TryFrom<String> for Length {
    type Error = NotALength;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (number, unit) = text.split_once(' ').ok_or(NotALength)?;
        let plain = number.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = number.parse().ok().filter(|_| plain).ok_or(NotALength)?;
        if !(1..=NUMBER_MAX).contains(&number) {
            return Err(NotALength);
        }
        let fits = |one: &str, several: &str| unit == several || (number == 1 && unit == one);
        let found = UNITS.iter().find(|(one, several, _)| fits(one, several));
        found.map(|(.., of)| of(number)).ok_or(NotALength)
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        let (number, one, several) = match length {
            Length::Hours(hours) => (hours, "hour", "hours"),
            Length::Days(days) if days % 7 == 0 => (days / 7, "week", "weeks"),
            Length::Days(days) => (days, "day", "days"),
            Length::WorkingDays(days) => (days, "working day", "working days"),
            Length::Months(months) => (months, "month", "months"),
        };
        format!("{number} {}", if number == 1 { one } else { several })
    }
}

/// The text does not say how long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotALength;

impl fmt::Display for NotALength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a length is a number from 1 to {NUMBER_MAX} and a unit: hours, days, weeks, working \
             days or months, such as \"72 hours\""
        )
    }
}

impl std::error::Error for NotALength {}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(text: &str) -> Result<Length, NotALength> {
        Length::try_from(text.to_owned())
    }

    #[test]
    fn a_length_is_a_number_and_a_unit() {
        for (text, expected) in [
            ("72 hours", Length::Hours(72)),
            ("1 hour", Length::Hours(1)),
            ("10 days", Length::Days(10)),
            ("4 weeks", Length::Days(28)),
            ("2 working days", Length::WorkingDays(2)),
            ("1 month", Length::Months(1)),
        ] {
            assert_eq!(length(text), Ok(expected), "{text}");
            assert_eq!(String::from(expected), text);
        }
        for wrong in ["", "72", "72h", "0 hours", "-1 days", "+1 days", "2 hour", "1001 hours"] {
            assert_eq!(length(wrong), Err(NotALength), "{wrong}");
        }
        for wrong in ["1  month", "1 year", "one day", "72 Hours", " 72 hours"] {
            assert_eq!(length(wrong), Err(NotALength), "{wrong}");
        }
    }
}
