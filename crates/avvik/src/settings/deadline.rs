//! When a running clock alerts, and how often that is looked at.

use domain::deadline::{NOTIFICATION_LIMIT, Stage};

use super::reader::Reader;
use super::value::Value;

/// When a running clock alerts, and how often that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Watch {
    /// The stages, the earliest first; overdue is always the last.
    pub(crate) stages: Vec<Stage>,
    /// Seconds between two looks at the clocks.
    pub(crate) seconds: u32,
}

const STAGES: &str = "a list of at most 20 different whole numbers from 1 to 71: the hours left";
const STAGES_MAX: usize = 20;
const SECONDS: &str = "a whole number from 1 to 3600";

impl Watch {
    pub(super) fn ask(reader: &mut Reader) -> Self {
        let seconds = |value: &Value| value.number(1..=3600).and_then(|it| u32::try_from(it).ok());
        Self {
            stages: reader
                .ask("deadline", "stages_hours", STAGES, stages)
                .unwrap_or_else(|| Stage::STANDARD.to_vec()),
            seconds: reader.ask("deadline", "watch_seconds", SECONDS, seconds).unwrap_or(30),
        }
    }
}

fn stages(value: &Value) -> Option<Vec<Stage>> {
    let below_limit = 1..NOTIFICATION_LIMIT.num_hours();
    let hours_left = |value: &Value| u16::try_from(value.number(below_limit.clone())?).ok();
    let mut hours: Vec<u16> = value.list()?.iter().map(hours_left).collect::<Option<_>>()?;
    let given = hours.len();
    hours.sort_unstable_by(|one, other| other.cmp(one));
    hours.dedup();
    let is_allowed = hours.len() == given && given <= STAGES_MAX;
    let stages = hours.into_iter().map(Stage::before).chain([Stage::OVERDUE]);
    is_allowed.then(|| stages.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Option<Vec<u16>> {
        let stages = stages(&Value::Words(words.to_owned()))?;
        Some(stages.into_iter().map(|stage| stage.hours_left).collect())
    }

    #[test]
    fn overdue_is_always_a_stage_and_the_last() {
        assert_eq!(read("1, 24,71"), Some(vec![71, 24, 1, 0]));
    }

    #[test]
    fn a_stage_outside_the_72_hours_or_twice_is_refused() {
        for words in ["0", "72", "-1", "24,24", "", "24,,1", "a day"] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
