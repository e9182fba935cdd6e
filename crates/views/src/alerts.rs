//! What was found to be unusual reading, for those who look after it.

use domain::organisation::{AccessOutcome, Event, UnusualAccess};
use domain::{Actor, Erasable, Time};

/// Everything that was found, in the order in which it was.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alerts(Vec<Alert>);

/// Unusual reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// What was found.
    pub found: UnusualAccess,
    /// What came of looking into it, once somebody has.
    pub reviewed: Option<Review>,
}

/// What came of looking into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Who looked into it.
    pub by: Actor,
    /// When.
    pub at: Time,
    /// What came of it.
    pub outcome: AccessOutcome,
    /// What was found.
    pub finding: Erasable<String>,
}

impl Alerts {
    /// Takes in one more fact about the organisation, with when it was recorded and by whom.
    pub fn apply(&mut self, event: &Event, at: Time, by: Actor) {
        match event {
            Event::UnusualAccessFound(found) if self.0.iter().all(|it| it.found != *found) => {
                self.0.push(Alert { found: *found, reviewed: None });
            }
            Event::UnusualAccessReviewed { line, rule, outcome, finding } => {
                let is_it = |it: &UnusualAccess| it.line == *line && it.rule == *rule;
                let (outcome, finding) = (*outcome, finding.clone());
                if let Some(it) = self.0.iter_mut().find(|it| is_it(&it.found)) {
                    it.reviewed = Some(Review { by, at, outcome, finding });
                }
            }
            _ => (),
        }
    }

    /// All of it, what was found last on top.
    pub fn newest_first(&self) -> impl Iterator<Item = &Alert> {
        self.0.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use domain::Position;
    use domain::ids::UserId;
    use domain::organisation::AccessRule;
    use uuid::Uuid;

    use super::*;

    fn found(line: u64) -> UnusualAccess {
        UnusualAccess {
            rule: AccessRule::OldCases,
            user: UserId(Uuid::nil()),
            count: 5,
            limit: 5,
            looked_at: Time::UNIX_EPOCH,
            line: Position(line),
        }
    }

    #[test]
    fn what_was_found_last_is_on_top_and_stands_there_once_with_what_came_of_it() {
        let mut alerts = Alerts::default();
        let mut apply = |event| alerts.apply(&event, Time::UNIX_EPOCH, Actor::Service);
        let reviewed = || Event::UnusualAccessReviewed {
            line: Position(1),
            rule: AccessRule::OldCases,
            outcome: AccessOutcome::Unjustified,
            finding: Erasable::known("no need".to_owned()),
        };
        for line in [1, 2, 2] {
            apply(Event::UnusualAccessFound(found(line)));
        }
        apply(reviewed());
        apply(Event::UnusualAccessFound(found(1)));
        let all: Vec<_> = alerts.newest_first().collect();
        assert_eq!(all.iter().map(|it| it.found).collect::<Vec<_>>(), [found(2), found(1)]);
        let outcomes = all.iter().map(|it| it.reviewed.as_ref().map(|it| it.outcome));
        assert!(outcomes.eq([None, Some(AccessOutcome::Unjustified)]));
    }
}
