//! Looking into unusual reading, once it was found.

use super::super::Decision;
use super::super::command::ReviewUnusualAccess;
use super::super::event::Event;
use super::super::refusal::Refusal;
use super::super::state::Organisation;
use crate::case::Acting;
use crate::{Actor, Erasable};

/// Records what came of it. It may be looked into again where more is found.
pub(super) fn review(
    organisation: &Organisation,
    it: &ReviewUnusualAccess,
    by: &Acting,
) -> Decision {
    let Actor::User(user) = by.actor else { return Err(Refusal::NotTheirsToReview) };
    let found = organisation.unusual.get(&(it.line, it.rule)).ok_or(Refusal::NothingUnusual)?;
    if user == found.user {
        return Err(Refusal::OwnReading);
    }
    if !organisation.looks_into((user, &by.roles), found.user) {
        return Err(Refusal::NotTheirsToReview);
    }
    let finding = it.finding.trim();
    if finding.is_empty() {
        return Err(Refusal::FindingMissing);
    }
    let finding = Erasable::about(found.user, finding.to_owned());
    if found.reviewed.as_ref() == Some(&(it.outcome, finding.clone())) {
        return Ok(Vec::new());
    }
    let ReviewUnusualAccess { line, rule, outcome, .. } = *it;
    Ok(vec![Event::UnusualAccessReviewed { line, rule, outcome, finding }])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::event::{AccessOutcome, AccessRule, UnusualAccess};
    use super::super::super::evolve::fold;
    use super::*;
    use crate::ids::{UnitId, UserId};
    use crate::{Position, Role, Roles, Time};

    const DPO: UserId = UserId(Uuid::from_u128(1));
    const AUDITOR: UserId = UserId(Uuid::from_u128(2));
    const READER: UserId = UserId(Uuid::from_u128(3));

    /// A member with one role.
    fn member(user: UserId, role: Role) -> [Event; 2] {
        let sealed = |value: &str| Erasable::about(user, value.to_owned());
        let unit = UnitId(Uuid::nil());
        let (sign_in_name, name) = (sealed("x"), sealed("X"));
        let registered = Event::PersonRegistered { user, sign_in_name, name, email: None, unit };
        [registered, Event::RolesGranted { user, roles: Roles::from([role]) }]
    }

    fn found(user: UserId, line: u64) -> Event {
        Event::UnusualAccessFound(UnusualAccess {
            rule: AccessRule::ManyCases,
            user,
            count: 15,
            limit: 15,
            looked_at: Time::UNIX_EPOCH,
            line: Position(line),
        })
    }

    /// The reader's reading is line 1, the officer's own line 2.
    fn history() -> Vec<Event> {
        let people = [(DPO, Role::Dpo), (AUDITOR, Role::Auditor), (READER, Role::Leader)];
        let people = people.into_iter().flat_map(|(user, role)| member(user, role));
        people.chain([found(READER, 1), found(DPO, 2)]).collect()
    }

    fn when(history: &[Event], user: UserId, line: u64, finding: &str) -> Decision {
        let organisation = fold(history);
        let it = ReviewUnusualAccess {
            line: Position(line),
            rule: AccessRule::ManyCases,
            outcome: AccessOutcome::Justified,
            finding: finding.to_owned(),
        };
        let roles = organisation.people[&user].roles.clone();
        review(&organisation, &it, &Acting::user(user, roles))
    }

    fn reviewed(line: u64, whose: UserId, finding: &str) -> Event {
        Event::UnusualAccessReviewed {
            line: Position(line),
            rule: AccessRule::ManyCases,
            outcome: AccessOutcome::Justified,
            finding: Erasable::about(whose, finding.to_owned()),
        }
    }

    #[test]
    fn an_officer_looks_into_it_and_again_where_more_is_found() {
        let expected = reviewed(1, READER, "on duty");
        assert_eq!(when(&history(), DPO, 1, " on duty "), Ok(vec![expected.clone()]));
        let after: Vec<Event> = history().into_iter().chain([expected]).collect();
        assert_eq!(when(&after, DPO, 1, "on duty"), Ok(vec![]), "said twice, recorded once");
        assert_eq!(when(&after, DPO, 1, "off"), Ok(vec![reviewed(1, READER, "off")]));
    }

    #[test]
    fn an_auditor_looks_into_an_officers_own_alone() {
        assert_eq!(when(&history(), AUDITOR, 2, "ok"), Ok(vec![reviewed(2, DPO, "ok")]));
        assert_eq!(when(&history(), AUDITOR, 1, "ok"), Err(Refusal::NotTheirsToReview));
    }

    #[test]
    fn nobody_looks_into_their_own_or_into_nothing_or_says_nothing() {
        assert_eq!(when(&history(), DPO, 2, "ok"), Err(Refusal::OwnReading));
        assert_eq!(when(&history(), READER, 1, "ok"), Err(Refusal::OwnReading));
        assert_eq!(when(&history(), READER, 2, "ok"), Err(Refusal::NotTheirsToReview));
        assert_eq!(when(&history(), DPO, 3, "ok"), Err(Refusal::NothingUnusual));
        assert_eq!(when(&history(), DPO, 1, " "), Err(Refusal::FindingMissing));
    }
}
