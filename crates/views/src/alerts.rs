//! What was found to be unusual reading, for those who look after it.

use domain::organisation::{Event, UnusualAccess};

/// Everything that was found, in the order in which it was.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alerts(Vec<UnusualAccess>);

impl Alerts {
    /// Takes in one more fact about the organisation.
    pub fn apply(&mut self, event: &Event) {
        if let Event::UnusualAccessFound(found) = event
            && !self.0.contains(found)
        {
            self.0.push(*found);
        }
    }

    /// All of it, what was found last on top.
    pub fn newest_first(&self) -> impl Iterator<Item = &UnusualAccess> {
        self.0.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::UserId;
    use domain::organisation::AccessRule;
    use domain::{Position, Time};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_was_found_last_is_on_top_and_stands_there_once() {
        let found = |line| UnusualAccess {
            rule: AccessRule::OldCases,
            user: UserId(Uuid::nil()),
            count: 5,
            limit: 5,
            looked_at: Time::UNIX_EPOCH,
            line: Position(line),
        };
        let mut alerts = Alerts::default();
        for line in [1, 2, 2] {
            alerts.apply(&Event::UnusualAccessFound(found(line)));
        }
        assert_eq!(alerts.newest_first().copied().collect::<Vec<_>>(), [found(2), found(1)]);
    }
}
