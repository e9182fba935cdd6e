//! What several answers have in common.

use std::ops::Range;

use crate::api::instant::near;
use chrono::{DateTime, Utc};
use domain::Erasable;
use domain::case::{Memo, Standing, report};
use domain::ids::UserId;
use domain::organisation::Organisation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How many items an answer holds when nothing is said.
const LIMIT_STANDARD: usize = 50;

/// How many items an answer holds at most.
const LIMIT_MAX: usize = 200;

/// A member of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Member {
    /// Under which the service knows them.
    id: Uuid,
    /// The name others see; `null` once erased.
    name: Option<String>,
}

impl Member {
    /// Somebody as they are now.
    pub(crate) fn new(organisation: &Organisation, user: UserId) -> Self {
        let known = organisation.people.get(&user);
        Self { id: user.0, name: known.and_then(|person| person.name.get()).cloned() }
    }
}

/// The 72 hours of a case (GDPR art. 33(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Clock {
    /// From when the 72 hours run.
    aware_at: DateTime<Utc>,
    /// The last instant at which a notification is in time.
    due_at: DateTime<Utc>,
    /// Whether it still runs: until the authority is notified, it is decided not to, or the case
    /// is closed.
    running: bool,
    /// Whole seconds that are left; negative once overdue, `null` once it stands still.
    remaining_seconds: Option<i64>,
    /// Whether it runs and the time is up.
    overdue: bool,
    /// When the authority was notified, if it was.
    notified_at: Option<DateTime<Utc>>,
}

impl Clock {
    /// The clock as it stands at `now`.
    pub(crate) fn new(standing: &Standing, now: DateTime<Utc>) -> Self {
        let running = standing.running_deadline();
        Self {
            aware_at: standing.deadline.aware_at,
            due_at: standing.deadline.due_at(),
            running: running.is_some(),
            remaining_seconds: running.map(|deadline| deadline.remaining(now).num_seconds()),
            overdue: running.is_some_and(|deadline| deadline.is_late(now)),
            notified_at: standing.notified_at,
        }
    }
}

/// When a deviation happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(example = json!({ "kind": "at", "at": "2026-03-01T21:30:00Z" }))]
pub(crate) enum Occurred {
    /// At one moment.
    At {
        /// Which moment.
        #[serde(deserialize_with = "near")]
        at: DateTime<Utc>,
    },
    /// Over a period.
    Between {
        /// When it began.
        #[serde(deserialize_with = "near")]
        from: DateTime<Utc>,
        /// When it ended; absent or `null` while it goes on.
        #[serde(default, deserialize_with = "near")]
        until: Option<DateTime<Utc>>,
    },
    /// Nobody knows yet.
    Unknown {},
}

impl From<report::Occurred> for Occurred {
    fn from(occurred: report::Occurred) -> Self {
        match occurred {
            report::Occurred::At(at) => Self::At { at },
            report::Occurred::Between { from, until } => Self::Between { from, until },
            report::Occurred::Unknown => Self::Unknown {},
        }
    }
}

impl From<Occurred> for report::Occurred {
    fn from(occurred: Occurred) -> Self {
        match occurred {
            Occurred::At { at } => Self::At(at),
            Occurred::Between { from, until } => Self::Between { from, until },
            Occurred::Unknown {} => Self::Unknown,
        }
    }
}

/// The six parts of a memo; `null` for what was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MemoParts {
    /// Part 1: what the case is about.
    orientation: Option<String>,
    /// Part 2: what happened, when it was discovered, when it happened, who was involved.
    description: Option<String>,
    /// Part 3: the rules and guidelines.
    rules: Option<String>,
    /// Part 4: the discussion.
    discussion: Option<String>,
    /// Part 5: the assessment of the deviation and the measures.
    assessment: Option<String>,
    /// Part 6: the conclusion, with points to follow up.
    conclusion: Option<String>,
}

impl MemoParts {
    /// The memo as it was sent.
    pub(crate) fn new(memo: &Memo) -> Self {
        Self {
            orientation: text(&memo.orientation),
            description: text(&memo.description),
            rules: text(&memo.rules),
            discussion: text(&memo.discussion),
            assessment: text(&memo.assessment),
            conclusion: text(&memo.conclusion),
        }
    }
}

/// A text as the API shows it: `null` once erased.
pub(crate) fn text(text: &Erasable<String>) -> Option<String> {
    text.get().cloned()
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// The items of this part.
    items: Vec<T>,
    /// How many items there are in all.
    total: usize,
    /// How many items come before this part.
    offset: usize,
    /// How many items this part holds at most.
    limit: usize,
    /// There, and true, where a search could not look through everything yet: for a while after a
    /// start, texts are still being taken in.
    #[serde(skip_serializing_if = "Option::is_none")]
    incomplete: Option<bool>,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Part {
    /// How many items to leave out at the beginning.
    pub(crate) offset: Option<usize>,
    /// How many items at most.
    pub(crate) limit: Option<usize>,
}

impl Part {
    /// Which of so many items are in it.
    pub(crate) fn of(self, total: usize) -> Range<usize> {
        let start = self.offset().min(total);
        start..total.min(start.saturating_add(self.limit()))
    }

    fn offset(self) -> usize {
        self.offset.unwrap_or_default()
    }

    fn limit(self) -> usize {
        self.limit.unwrap_or(LIMIT_STANDARD).min(LIMIT_MAX)
    }
}

impl<T> Listed<T> {
    /// The part that was asked for, out of all items.
    pub(crate) fn part<From>(all: Vec<From>, part: Part, show: impl Fn(From) -> T) -> Self {
        let total = all.len();
        let here = part.of(total);
        let items = all.into_iter().skip(here.start).take(here.len()).map(show).collect();
        Self::of(items, total, part)
    }

    /// The part that was asked for, as [`Part::of`] told it.
    pub(crate) fn of(items: Vec<T>, total: usize, part: Part) -> Self {
        Self { items, total, offset: part.offset(), limit: part.limit(), incomplete: None }
    }

    /// Says whether everything was looked through.
    pub(crate) fn looked_through(mut self, is_whole: bool) -> Self {
        self.incomplete = (!is_whole).then_some(true);
        self
    }

    /// The whole list, where it is never long.
    pub(crate) fn whole(items: Vec<T>) -> Self {
        let total = items.len();
        Self { items, total, offset: 0, limit: total, incomplete: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_told_in_parts() {
        let part = |offset, limit| Listed::part((0..300).collect(), Part { offset, limit }, |n| n);
        assert_eq!(part(None, None).items, (0..50).collect::<Vec<_>>());
        assert_eq!(part(Some(298), Some(10)).items, [298, 299]);
        assert_eq!(part(Some(400), None).items, [0; 0]);
        assert_eq!(part(None, Some(1_000)).limit, 200);
        assert_eq!(part(None, None).total, 300);
    }
}
