//! The times a case was opened outside somebody's role, and whether that was looked into. What it
//! was opened for is in the case alone.

use std::collections::BTreeMap;

use domain::case::{Event, access};
use domain::ids::{CaseId, UserId};
use domain::{Actor, Recorded, Time};

/// One opening of a case outside somebody's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Which case.
    pub case: CaseId,
    /// Who opened it.
    pub user: UserId,
    /// When.
    pub at: Time,
    /// Until when they saw it.
    pub until: Time,
    /// Who looked into it last, and when.
    pub reviewed: Option<(Actor, Time)>,
}

/// Every opening of a case that was not erased.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Openings(BTreeMap<(CaseId, UserId, Time), Opening>);

impl Openings {
    /// Takes in one more fact about a case.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        match event {
            Event::Access(access::Event::CaseOpenedOutsideRole { user, until, .. }) => {
                let (user, until, at) = (*user, *until, recorded.at);
                let opening = Opening { case, user, at, until, reviewed: None };
                self.0.entry((case, user, until)).or_insert(opening);
            }
            Event::Access(access::Event::OpeningReviewed { user, until, .. }) => {
                if let Some(opening) = self.0.get_mut(&(case, *user, *until)) {
                    opening.reviewed = Some((recorded.by, recorded.at));
                }
            }
            Event::CaseErased { .. } => self.0.retain(|(of, ..), _| *of != case),
            _ => (),
        }
    }

    /// All of them: what nobody looked into first, and of each the latest on top.
    #[must_use]
    pub fn list(&self) -> Vec<&Opening> {
        let mut all: Vec<&Opening> = self.0.values().collect();
        all.sort_by_key(|it| (it.reviewed.is_some(), std::cmp::Reverse(it.at)));
        all
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::case::erasure::ErasureGround;
    use domain::{Erasable, Position, StreamId, Version};
    use uuid::Uuid;

    use super::*;

    const CASE: CaseId = CaseId(Uuid::from_u128(1));

    fn hour(hour: i64) -> Time {
        Time::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    fn apply(openings: &mut Openings, at: i64, event: &Event) {
        let recorded = Recorded {
            position: Position(1),
            stream: StreamId::from(CASE),
            version: Version(1),
            at: hour(at),
            by: Actor::Service,
            event: event.clone().into(),
        };
        openings.apply(CASE, event, &recorded);
    }

    fn opened(user: u128, until: i64) -> Event {
        let (user, purpose) = (UserId(Uuid::from_u128(user)), Erasable::known("duty".to_owned()));
        Event::Access(access::Event::CaseOpenedOutsideRole { user, purpose, until: hour(until) })
    }

    #[test]
    fn what_nobody_looked_into_is_on_top_and_nothing_is_left_of_an_erased_case() {
        let mut openings = Openings::default();
        for (at, user) in [(1, 1), (2, 2), (3, 1)] {
            apply(&mut openings, at, &opened(user, at + 1));
        }
        let (user, finding) = (UserId(Uuid::from_u128(1)), Erasable::known("fine".to_owned()));
        let until = hour(4);
        let reviewed = access::Event::OpeningReviewed { user, until, finding };
        apply(&mut openings, 5, &Event::Access(reviewed));
        let order: Vec<_> = openings.list().iter().map(|it| (it.at, it.reviewed)).collect();
        let reviewed = Some((Actor::Service, hour(5)));
        assert_eq!(order, [(hour(2), None), (hour(1), None), (hour(3), reviewed)]);
        let ground = ErasureGround::RetentionReached;
        apply(&mut openings, 6, &Event::CaseErased { ground, basis: "26/1".to_owned() });
        assert!(openings.list().is_empty());
    }
}
