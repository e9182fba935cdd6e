//! How often the running clocks are looked at. When they alert, the duties say.

use super::reader::Reader;
use super::value::Value;

/// How the running clocks are watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Watch {
    /// Seconds between two looks at the clocks.
    pub(crate) seconds: u32,
}

const SECONDS: &str = "a whole number from 1 to 3600";

impl Watch {
    pub(super) fn ask(reader: &mut Reader) -> Self {
        let seconds = |value: &Value| value.number(1..=3600).and_then(|it| u32::try_from(it).ok());
        Self { seconds: reader.ask("deadline", "watch_seconds", SECONDS, seconds).unwrap_or(30) }
    }
}
