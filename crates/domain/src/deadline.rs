//! The 72 hours: arithmetic on instants, so that a clock change moves the wall time and not the
//! period. How long they are is the duty's to say; before it was judged, it is what the law says.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::Time;
use crate::case::duties::Judgement;

/// How long the controller has from becoming aware to notifying the authority (GDPR art. 33(1)).
pub const NOTIFICATION_LIMIT: TimeDelta = TimeDelta::hours(72);

/// The deadline for notifying the authority. It runs in elapsed hours from awareness, to the
/// second, and never moves for weekends or holidays: the strictest reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline {
    /// When the organisation became aware of the breach.
    pub aware_at: Time,
    due_at: Time,
}

impl Deadline {
    /// The same deadline, or the one that runs from `aware_at` where that comes before it.
    #[must_use]
    pub fn no_later_than(self, aware_at: Time) -> Self {
        Self::from_awareness(self.aware_at.min(aware_at))
    }

    /// The deadline of somebody who became aware at `aware_at`.
    #[must_use]
    pub fn from_awareness(aware_at: Time) -> Self {
        Self { aware_at, due_at: aware_at + NOTIFICATION_LIMIT }
    }

    /// The last instant at which a notification is in time.
    #[must_use]
    pub fn due_at(self) -> Time {
        self.due_at
    }

    /// Runs the same time from another moment of awareness.
    pub fn move_to(&mut self, aware_at: Time) {
        let length = self.due_at - self.aware_at;
        *self = Self { aware_at, due_at: aware_at + length };
    }

    /// Takes over how the duty of notification was judged; the others say nothing of this clock.
    pub fn judged(&mut self, judgement: &Judgement) {
        if let (true, Some(aware_at), Some(due_at)) =
            (judgement.duty.is_notification(), judgement.starts_at, judgement.due_at)
        {
            *self = Self { aware_at, due_at };
        }
    }

    /// What is left at `now`; negative once overdue.
    #[must_use]
    pub fn remaining(self, now: Time) -> TimeDelta {
        self.due_at() - now
    }

    /// Whether an act at `at` comes too late.
    #[must_use]
    pub fn is_late(self, at: Time) -> bool {
        self.due_at() < at
    }

    /// Whether `stage` has been reached at `now`.
    #[must_use]
    pub fn has_reached(self, stage: Stage, now: Time) -> bool {
        stage.is_reached(self.due_at, now)
    }
}

/// A point on the way to the deadline at which somebody is alerted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stage {
    /// Whole hours left to the deadline when the stage is reached; 0 once overdue.
    pub hours_left: u16,
}

impl Stage {
    /// The deadline has passed.
    pub const OVERDUE: Self = Self { hours_left: 0 };

    /// The stages of the 72 hours as they are shipped.
    pub const STANDARD: [Self; 6] = [
        Self::before(48),
        Self::before(24),
        Self::before(12),
        Self::before(4),
        Self::before(1),
        Self::OVERDUE,
    ];

    /// The stage at which `hours_left` hours remain.
    #[must_use]
    pub const fn before(hours_left: u16) -> Self {
        Self { hours_left }
    }

    /// Whether it has been reached at `now`, on the way to a deadline at `due_at`.
    #[must_use]
    pub fn is_reached(self, due_at: Time, now: Time) -> bool {
        if self == Self::OVERDUE {
            due_at < now
        } else {
            due_at - now <= TimeDelta::hours(i64::from(self.hours_left))
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;

    fn utc(month: u32, day: u32, hour: u32, minute: u32) -> Time {
        Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0).unwrap()
    }

    /// Aware Friday 27 March 15:30 in Oslo (14:30 UTC); the clocks go forward on Sunday.
    #[test]
    fn seventy_two_hours_across_the_start_of_summer_time() {
        let deadline = Deadline::from_awareness(utc(3, 27, 14, 30));
        // Monday 30 March 16:30 in Oslo.
        assert_eq!(deadline.due_at(), utc(3, 30, 14, 30));
    }

    /// Aware Friday 23 October 15:30 in Oslo (13:30 UTC); the clocks go back on Sunday.
    #[test]
    fn seventy_two_hours_across_the_end_of_summer_time() {
        let deadline = Deadline::from_awareness(utc(10, 23, 13, 30));
        // Monday 26 October 14:30 in Oslo.
        assert_eq!(deadline.due_at(), utc(10, 26, 13, 30));
    }

    /// Aware Wednesday 1 April 14:00 in Oslo, before Easter.
    #[test]
    fn holidays_do_not_move_the_deadline() {
        let deadline = Deadline::from_awareness(utc(4, 1, 12, 0));
        // Saturday 4 April 14:00 in Oslo.
        assert_eq!(deadline.due_at(), utc(4, 4, 12, 0));
    }

    #[test]
    fn the_last_second_is_in_time_and_the_next_is_late() {
        let deadline = Deadline::from_awareness(utc(4, 1, 12, 0));
        assert!(!deadline.is_late(deadline.due_at()));
        assert!(deadline.is_late(deadline.due_at() + TimeDelta::seconds(1)));
        assert_eq!(deadline.remaining(deadline.due_at()), TimeDelta::zero());
    }

    #[test]
    fn a_stage_is_reached_when_its_hours_are_left() {
        let deadline = Deadline::from_awareness(utc(4, 1, 12, 0));
        let at_48 = deadline.due_at() - TimeDelta::hours(48);
        assert!(deadline.has_reached(Stage::before(48), at_48));
        assert!(!deadline.has_reached(Stage::before(48), at_48 - TimeDelta::seconds(1)));
        assert!(!deadline.has_reached(Stage::OVERDUE, deadline.due_at()));
        assert!(deadline.has_reached(Stage::OVERDUE, deadline.due_at() + TimeDelta::seconds(1)));
    }
}
