//! Deciding whether the people affected are told, and recording that they were (GDPR art. 34).

use super::super::command::{Command, DecideOnPeople, TellPeople};
use super::super::event::{Outcome, PeopleDecision};
use super::super::practice::{HeldAgainst, Norm};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{OpenCase, PeopleDecided};
use super::super::telling::Particulars;
use super::super::telling::PeopleTold;
use super::super::{Decision, Event};
use super::{explained, fact, nothing, require};
use crate::Erasable;

/// Records the decision; a later one takes its place, and both stay in the history. Each ground of
/// art. 34(3) brings what it rests on: (b) the measure that removed the risk, (c) the public
/// communication.
pub(super) fn decide(case: &OpenCase, it: &DecideOnPeople) -> Decision {
    require(&it.grounds, RequiredText::Grounds)?;
    let measure = measure(it)?;
    let is_planned = it.decision == PeopleDecision::PublicCommunication || it.plan.is_some();
    if it.decision.is_to_tell() && is_planned {
        planned(case, it)?;
    }
    let advised = departs_from(case, it.decision);
    let is_to_tell = it.decision.is_to_tell();
    let near = it.practice.cases();
    let departs = it.practice.is_departed_from(|earlier| earlier.is_to_tell() != is_to_tell);
    let departure = explained(it.departure.as_ref(), advised, departs.then(|| near.clone()))?;
    let norms = [advised.map(|_| Norm::Advice), departs.then_some(Norm::Practice)];
    let particulars = Particulars {
        departure,
        measure,
        plan: it.plan.clone().filter(|_| is_to_tell),
        held_against: HeldAgainst::record(near, norms.into_iter().flatten()),
    };
    let (decision, grounds) = (it.decision, it.grounds.clone());
    let told_before = case.told_before(decision);
    let decided = PeopleDecided { decision, grounds, particulars, told_before };
    if case.people.as_ref().is_some_and(|standing| standing.is_the_same(&decided)) {
        return nothing();
    }
    let PeopleDecided { decision, grounds, particulars, .. } = decided;
    let particulars = (particulars != Particulars::default()).then(|| Box::new(particulars));
    fact(Event::PeopleDecided { decision, grounds, particulars })
}

/// The measure that removed the risk, which art. 34(3)(b) rests on.
fn measure(it: &DecideOnPeople) -> Result<Option<Erasable<String>>, Refusal> {
    if it.decision != PeopleDecision::RiskRemoved {
        return Ok(None);
    }
    let measure = it.measure.clone().filter(|measure| !measure.is_blank());
    measure.map(Some).ok_or(Refusal::TextMissing { what: RequiredText::Measure })
}

/// Refuses a plan that is none for the decision, or that a public communication lacks.
fn planned(case: &OpenCase, it: &DecideOnPeople) -> Result<(), Refusal> {
    let decision = it.decision;
    let plan = it.plan.as_deref().filter(|plan| plan.fits(decision));
    let plan = plan.ok_or(Refusal::WayDoesNotFit { decision })?;
    require(&plan.groups, RequiredText::Groups)?;
    require(&plan.whom_to_ask, RequiredText::WhomToAsk)?;
    if case.involved.contains(&plan.signed_by) {
        return Err(Refusal::SignatoryInvolved);
    }
    Ok(())
}

/// The advice, where the decision departs from it.
fn departs_from(case: &OpenCase, decision: PeopleDecision) -> Option<Outcome> {
    let advised = case.assessment.as_ref()?.outcome;
    let is_called_for = advised == Outcome::NotifyAuthorityAndPeople;
    (is_called_for != decision.is_to_tell()).then_some(advised)
}

/// Records that they were told. It may come before any decision, since some of them are often
/// told at once, and more than once, since not all are found at the same time.
pub(super) fn tell(case: &OpenCase, it: &TellPeople, command: &Command) -> Decision {
    if command.at < it.told_at {
        return Err(Refusal::TimeInFuture { given: it.told_at });
    }
    require(&it.account, RequiredText::Account)?;
    if case.people.as_ref().is_some_and(|decided| !decided.decision.is_to_tell()) {
        return Err(Refusal::DecidedNotToTell);
    }
    let TellPeople { told_at, way, people, account } = it.clone();
    let told = PeopleTold { told_at, way, people, account };
    let since = case.people.as_ref().map_or(0, |decided| decided.told_before);
    if case.told[since..].contains(&told) {
        return nothing();
    }
    fact(Event::PeopleTold(told))
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
