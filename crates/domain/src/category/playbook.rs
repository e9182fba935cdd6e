//! The playbook of a category: what is done first, by whom and by when.

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{ActionName, Localised, OnlyIf};
use crate::{Role, Time};

/// Hours that may be given for an action: a year.
pub const HOURS_MAX: u32 = 365 * 24;

/// One of the first actions of a category. It becomes a measure of a case that is received, unless
/// whoever receives it leaves it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The name under which a measure refers to it.
    #[serde(rename = "id")]
    pub name: ActionName,
    /// What is to be done.
    pub text: Localised,
    /// Whose it is by rights; a person is chosen when the case is received.
    pub owner: Role,
    /// How soon it is to be done.
    pub within: Within,
    /// What the time runs from.
    #[serde(default)]
    pub from: CountedFrom,
    /// The answer without which it is not proposed by itself.
    #[serde(default, rename = "only-if", skip_serializing_if = "Option::is_none")]
    pub only_if: Option<OnlyIf>,
}

/// What the time for an action runs from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedFrom {
    /// From when the case is received.
    #[default]
    Receipt,
    /// From when the organisation became aware, as the 72 hours do.
    Awareness,
}

impl Action {
    /// When it is to be done, in a case received and known of at those times.
    #[must_use]
    pub fn due_at(&self, received_at: Time, aware_at: Time) -> Time {
        let from = match self.from {
            CountedFrom::Receipt => received_at,
            CountedFrom::Awareness => aware_at,
        };
        from + TimeDelta::hours(i64::from(self.within.hours()))
    }
}

/// How long an action may take, in whole hours, written `4h` or `3d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Within {
    hours: u32,
}

impl Within {
    /// The time in hours.
    #[must_use]
    pub fn hours(self) -> u32 {
        self.hours
    }
}

impl TryFrom<String> for Within {
    type Error = NotADuration;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let read = |digits: &str, hours_each: u32| {
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            let number: u32 = digits.parse().ok().filter(|_| plain)?;
            number.checked_mul(hours_each)
        };
        let hours = match (text.strip_suffix('h'), text.strip_suffix('d')) {
            (Some(hours), _) => read(hours, 1),
            (_, Some(days)) => read(days, 24),
            _ => None,
        };
        let hours = hours.filter(|hours| (1..=HOURS_MAX).contains(hours)).ok_or(NotADuration)?;
        Ok(Self { hours })
    }
}

impl From<Within> for String {
    fn from(within: Within) -> Self {
        match within.hours % 24 {
            0 => format!("{}d", within.hours / 24),
            _ => format!("{}h", within.hours),
        }
    }
}

/// The text does not say how long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADuration;

impl fmt::Display for NotADuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a time is hours or days, such as 4h or 3d, from 1h to {}d", HOURS_MAX / 24)
    }
}

impl std::error::Error for NotADuration {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::spec::monday;

    fn within(text: &str) -> Result<Within, NotADuration> {
        Within::try_from(text.to_owned())
    }

    #[test]
    fn a_time_is_whole_hours_or_days_up_to_a_year() {
        for (text, hours) in [("1h", 1), ("4h", 4), ("36h", 36), ("3d", 72), ("365d", 8760)] {
            assert_eq!(within(text).map(Within::hours), Ok(hours), "{text}");
        }
        for wrong in ["", "h", "0h", "4", "4 h", "+4h", "-4h", "1.5h", "4m", "366d", "8761h"] {
            assert_eq!(within(wrong), Err(NotADuration), "{wrong}");
        }
    }

    #[test]
    fn a_time_is_written_so_that_it_reads_back() {
        for text in ["4h", "30h", "1d", "3d"] {
            assert_eq!(String::from(within(text).unwrap()), text);
        }
        assert_eq!(String::from(within("48h").unwrap()), "2d");
    }

    #[test]
    fn the_time_runs_from_receipt_or_from_awareness() {
        let due_at = |from| {
            let text = Localised::bokmaal("Sperr");
            let name = ActionName::new("block").unwrap();
            let (owner, within) = (Role::SystemOwner, within("4h").unwrap());
            Action { name, text, owner, within, from, only_if: None }.due_at(monday(12), monday(8))
        };
        assert_eq!(due_at(CountedFrom::Receipt), monday(16));
        assert_eq!(due_at(CountedFrom::Awareness), monday(12));
    }
}
