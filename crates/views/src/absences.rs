//! Who was away when, as it was known at any moment.

use std::collections::BTreeMap;

use domain::Time;
use domain::ids::UserId;
use domain::organisation::Event;

/// What everybody said of being away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Absences(BTreeMap<UserId, Vec<Said>>);

/// That somebody is away, or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    at: Time,
    until: Option<Time>,
}

impl Absences {
    /// Takes in one more fact, recorded at `at`.
    pub fn apply(&mut self, event: &Event, at: Time) {
        let (user, until) = match event {
            Event::AbsenceRecorded { user, until } => (*user, Some(*until)),
            Event::AbsenceEnded { user } => (*user, None),
            _ => return,
        };
        self.0.entry(user).or_default().push(Said { at, until });
    }

    /// Until when somebody was away at that moment, as it was known then.
    #[must_use]
    pub fn away_until(&self, user: UserId, moment: Time) -> Option<Time> {
        let said = self.0.get(&user)?.iter().rev().find(|it| it.at <= moment)?;
        said.until.filter(|until| moment < *until)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use uuid::Uuid;

    use super::*;

    fn day(day: u32) -> Time {
        chrono::Utc.with_ymd_and_hms(2026, 3, day, 8, 0, 0).unwrap()
    }

    #[test]
    fn an_absence_is_told_as_it_was_known() {
        let user = UserId(Uuid::from_u128(1));
        let mut absences = Absences::default();
        absences.apply(&Event::AbsenceRecorded { user, until: day(9) }, day(2));
        absences.apply(&Event::AbsenceRecorded { user, until: day(12) }, day(5));
        absences.apply(&Event::AbsenceEnded { user }, day(7));
        let away = |at| absences.away_until(user, day(at));
        let known = [1, 2, 4, 5, 6, 7, 8].map(away);
        let (week, longer) = (Some(day(9)), Some(day(12)));
        assert_eq!(known, [None, week, week, longer, longer, None, None]);
        assert_eq!(absences.away_until(UserId(Uuid::from_u128(2)), day(5)), None);
    }

    #[test]
    fn it_ends_by_itself() {
        let user = UserId(Uuid::from_u128(1));
        let mut absences = Absences::default();
        absences.apply(&Event::AbsenceRecorded { user, until: day(9) }, day(2));
        assert_eq!(absences.away_until(user, day(9)), None);
    }
}
