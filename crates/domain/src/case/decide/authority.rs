//! Deciding whether the authority is notified (GDPR art. 33).

use super::super::command::{Acting, Command, DecideOnAuthority};
use super::super::event::{AuthorityDecision, Capacity, Outcome};
use super::super::practice::{HeldAgainst, Norm};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{AuthorityDecided, OpenCase};
use super::super::{Decision, Event};
use super::{explained, fact, nothing, require};
use crate::Role;

/// Decides whether the authority is notified. Where the decision departs from the advice or from
/// what was decided in cases alike, both stand on record with the reason; what was sent cannot be
/// unsent.
pub(super) fn decide(case: &OpenCase, it: &DecideOnAuthority, command: &Command) -> Decision {
    let capacity = capacity(&command.by, it.delegated)?;
    require(&it.grounds, RequiredText::Grounds)?;
    if let (AuthorityDecision::DoNotNotify, Some(notified)) =
        (it.decision, &case.authority.notified)
    {
        return Err(Refusal::AlreadyNotified { sent_at: notified.sent_at });
    }
    let advised = departs_from(case, it.decision);
    let near = it.practice.cases();
    let departs = it.practice.is_departed_from(|earlier| earlier != it.decision);
    let others = departs.then(|| near.clone());
    let departure = explained(it.departure.as_ref(), advised, others)?;
    let norms = [advised.map(|_| Norm::Advice), departs.then_some(Norm::Practice)];
    let held_against = HeldAgainst::record(near, norms.into_iter().flatten());
    let (decision, grounds) = (it.decision, it.grounds.clone());
    let decided = AuthorityDecided { decision, grounds, departure, capacity, held_against };
    let standing = case.authority.decided.as_ref().filter(|_| case.authority.decision().is_some());
    if standing.is_some_and(|standing| standing.is_the_same(&decided)) {
        return nothing();
    }
    let AuthorityDecided { decision, grounds, departure, capacity, held_against } = decided;
    fact(Event::AuthorityDecided { decision, grounds, departure, capacity, held_against })
}

/// The controller decides; the data protection officer only under a standing delegation, and
/// never in the controller's name even when holding both roles (art. 38(6)).
fn capacity(by: &Acting, delegated: bool) -> Result<Capacity, Refusal> {
    let is_dpo = by.roles.holds(Role::Dpo);
    if by.roles.holds(Role::Controller) && !is_dpo {
        Ok(Capacity::Controller)
    } else if is_dpo && delegated {
        Ok(Capacity::Delegation)
    } else {
        Err(Refusal::DecisionNotDelegated)
    }
}

/// The advice, where the decision departs from it.
fn departs_from(case: &OpenCase, decision: AuthorityDecision) -> Option<Outcome> {
    let advised = case.assessment.as_ref()?.outcome;
    let called_for = match advised {
        Outcome::DocumentOnly => AuthorityDecision::DoNotNotify,
        Outcome::NotifyAuthority | Outcome::NotifyAuthorityAndPeople => AuthorityDecision::Notify,
    };
    (called_for != decision).then_some(advised)
}

#[cfg(test)]
#[path = "authority_tests.rs"]
mod tests;
