//! The looks at cases that auditors were granted. What for is in the case alone.

use std::collections::BTreeMap;

use domain::case::{Event, access};
use domain::ids::{CaseId, UserId};
use domain::{Actor, Recorded, Time};

/// One look that an auditor was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audit {
    /// At which case.
    pub case: CaseId,
    /// Who sees it.
    pub auditor: UserId,
    /// Who granted it.
    pub by: Actor,
    /// When.
    pub at: Time,
    /// Until when they see it.
    pub until: Time,
    /// When it was taken back, or another took its place, before its time.
    pub ended_at: Option<Time>,
}

impl Audit {
    /// Whether the auditor sees the case by it.
    #[must_use]
    pub fn is_running(&self, now: Time) -> bool {
        self.ended_at.is_none() && now < self.until
    }
}

/// Every look that was granted at a case that was not erased, by case and auditor, the earliest
/// first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audits(BTreeMap<(CaseId, UserId), Vec<Audit>>);

impl Audits {
    /// Takes in one more fact about a case.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        match event {
            Event::Access(access::Event::AuditGranted { auditor, until, .. }) => {
                let (auditor, until) = (*auditor, *until);
                let Recorded { by, at, .. } = *recorded;
                let granted = Audit { case, auditor, by, at, until, ended_at: None };
                let of_auditor = self.0.entry((case, auditor)).or_default();
                end(of_auditor, at);
                of_auditor.push(granted);
            }
            Event::Access(access::Event::AuditRevoked { auditor, .. }) => {
                if let Some(of_auditor) = self.0.get_mut(&(case, *auditor)) {
                    end(of_auditor, recorded.at);
                }
            }
            Event::CaseErased { .. } => self.0.retain(|(of, _), _| *of != case),
            _ => (),
        }
    }

    /// All of them: those that run first, and of each the latest on top.
    #[must_use]
    pub fn list(&self, now: Time) -> Vec<&Audit> {
        let mut all: Vec<&Audit> = self.0.values().flatten().collect();
        all.sort_by_key(|it| (!it.is_running(now), std::cmp::Reverse(it.at)));
        all
    }
}

fn end(of_auditor: &mut [Audit], at: Time) {
    if let Some(last) = of_auditor.last_mut().filter(|it| it.is_running(at)) {
        last.ended_at = Some(at);
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
    const OTHER: CaseId = CaseId(Uuid::from_u128(2));
    const AUDITOR: UserId = UserId(Uuid::from_u128(3));

    fn hour(hour: i64) -> Time {
        Time::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    fn apply(audits: &mut Audits, case: CaseId, at: i64, event: &Event) {
        let recorded = Recorded {
            position: Position(1),
            stream: StreamId::from(case),
            version: Version(1),
            at: hour(at),
            by: Actor::Service,
            event: event.clone().into(),
        };
        audits.apply(case, event, &recorded);
    }

    fn granted(until: i64) -> Event {
        let (auditor, purpose) = (AUDITOR, Erasable::known("the year's audit".to_owned()));
        Event::Access(access::Event::AuditGranted { auditor, purpose, until: hour(until) })
    }

    fn revoked() -> Event {
        let (auditor, reason) = (AUDITOR, Erasable::known("done".to_owned()));
        Event::Access(access::Event::AuditRevoked { auditor, reason })
    }

    fn listed(audits: &Audits, now: i64) -> Vec<(CaseId, i64, Option<i64>, bool)> {
        let hours = |at: Time| (at - Time::UNIX_EPOCH).num_hours();
        let shown =
            |it: &Audit| (it.case, hours(it.at), it.ended_at.map(hours), it.is_running(hour(now)));
        audits.list(hour(now)).into_iter().map(shown).collect()
    }

    #[test]
    fn what_runs_is_on_top_and_ends_by_itself_or_when_it_is_taken_back_or_replaced() {
        let mut audits = Audits::default();
        apply(&mut audits, CASE, 1, &granted(9));
        apply(&mut audits, OTHER, 2, &granted(4));
        assert_eq!(listed(&audits, 3), [(OTHER, 2, None, true), (CASE, 1, None, true)]);
        assert_eq!(listed(&audits, 4), [(CASE, 1, None, true), (OTHER, 2, None, false)]);
        apply(&mut audits, CASE, 5, &granted(7));
        let both = [(CASE, 5, None, true), (OTHER, 2, None, false), (CASE, 1, Some(5), false)];
        assert_eq!(listed(&audits, 6), both);
        apply(&mut audits, CASE, 6, &revoked());
        assert_eq!(listed(&audits, 6)[0], (CASE, 5, Some(6), false));
        apply(&mut audits, OTHER, 6, &revoked());
        assert_eq!(listed(&audits, 6)[1], (OTHER, 2, None, false), "it was over by itself");
    }

    #[test]
    fn nothing_is_left_of_an_erased_case() {
        let mut audits = Audits::default();
        apply(&mut audits, CASE, 1, &granted(9));
        apply(&mut audits, OTHER, 2, &granted(4));
        let (ground, basis) = (ErasureGround::RetentionReached, "26/1".to_owned());
        apply(&mut audits, CASE, 3, &Event::CaseErased { ground, basis });
        assert_eq!(listed(&audits, 3), [(OTHER, 2, None, true)]);
    }
}
