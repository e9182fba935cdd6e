//! Deciding whether the authority is notified (GDPR art. 33).

use super::super::command::{Acting, Command, DecideOnAuthority};
use super::super::event::{AuthorityDecision, Capacity, Outcome};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{AuthorityDecided, OpenCase};
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::{Erasable, Role};

/// Decides whether the authority is notified. Where the decision departs from the advice, both
/// stand on record with the reason; what was sent cannot be unsent.
pub(super) fn decide(case: &OpenCase, it: &DecideOnAuthority, command: &Command) -> Decision {
    let capacity = capacity(&command.by, it.delegated)?;
    require(&it.grounds, RequiredText::Grounds)?;
    if let (AuthorityDecision::DoNotNotify, Some(notified)) =
        (it.decision, &case.authority.notified)
    {
        return Err(Refusal::AlreadyNotified { sent_at: notified.sent_at });
    }
    if let Some(advised) = departs_from(case, it.decision)
        && is_unsaid(it.departure.as_ref())
    {
        return Err(Refusal::DepartureUnexplained { advised });
    }
    let decided = AuthorityDecided {
        decision: it.decision,
        grounds: it.grounds.clone(),
        departure: it.departure.clone().filter(|departure| !departure.is_blank()),
        capacity,
    };
    let stands = case.authority.decision().is_some();
    if stands && case.authority.decided.as_ref() == Some(&decided) {
        return nothing();
    }
    let AuthorityDecided { decision, grounds, departure, capacity } = decided;
    fact(Event::AuthorityDecided { decision, grounds, departure, capacity })
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

fn is_unsaid(text: Option<&Erasable<String>>) -> bool {
    text.is_none_or(Erasable::is_blank)
}

#[cfg(test)]
#[path = "authority_tests.rs"]
mod tests;
