//! Taking a case in, putting it elsewhere when that was wrong, and naming those who are involved.

use std::collections::BTreeSet;

use super::super::command::{Command, FirstAction, Playbook, Receive, Reclassify};
use super::super::event::{FromPlaybook, MeasureKind};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{OpenCase, Progress};
use super::super::{Decision, Event, custody};
use super::measure::not_involved;
use super::{fact, nothing, require};
use crate::Erasable;
use crate::category::CategoryId;
use crate::ids::{MeasureId, UserId};

/// Takes the case in under a category, a unit and a handler; the first actions that were chosen
/// from the category's playbook become immediate measures.
pub(super) fn decide(case: &OpenCase, it: &Receive, command: &Command) -> Decision {
    match &case.receipt {
        None => (),
        Some(receipt)
            if (&receipt.category, receipt.unit, receipt.handler)
                == (&it.category, it.unit, it.handler) =>
        {
            return nothing();
        }
        Some(_) => return Err(Refusal::AlreadyReceived),
    }
    let mut events = vec![Event::CaseReceived {
        category: it.category.clone(),
        category_version: it.playbook.as_ref().map(|playbook| playbook.version),
        unit: it.unit,
        handler: it.handler,
    }];
    let chosen = Chosen { category: &it.category, playbook: it.playbook.as_ref() };
    events.extend(chosen.measures(case, &it.first_actions, command)?);
    Ok(events)
}

/// Puts a case that was taken in under another category, or in another unit. What was done stays;
/// of the first actions of the category before, those that are not done can fall away.
pub(super) fn reclassify(case: &OpenCase, it: &Reclassify, command: &Command) -> Decision {
    let receipt = case.receipt.as_ref().ok_or(Refusal::NotReceived)?;
    if (&receipt.category, receipt.unit) == (&it.category, it.unit) {
        return nothing();
    }
    // The memo speaks of the case under the category and in the unit that the controller read.
    if case.awaits_closure() {
        return Err(Refusal::MemoWithController);
    }
    require(&it.reason, RequiredText::Reason)?;
    for measure in &it.dropped {
        may_fall_away(case, *measure, &it.category)?;
    }
    let version = it.playbook.as_ref().map(|playbook| playbook.version);
    let Reclassify { category, unit, reason, dropped, .. } = it.clone();
    let category_version = version.filter(|_| receipt.category != category);
    let placed =
        custody::Event::CaseReclassified { category, category_version, unit, reason, dropped };
    let chosen = Chosen { category: &it.category, playbook: it.playbook.as_ref() };
    let measures = chosen.measures(case, &it.first_actions, command)?;
    Ok([Event::Custody(placed)].into_iter().chain(measures).collect())
}

/// Whether a measure came from the playbook of another category, and is not done.
fn may_fall_away(case: &OpenCase, id: MeasureId, category: &CategoryId) -> Result<(), Refusal> {
    let measure = case.measures.get(&id).ok_or(Refusal::MeasureUnknown { measure: id })?;
    let is_of_another = measure.playbook.as_ref().is_some_and(|from| from.category != *category);
    let is_open = matches!(measure.progress, Progress::Open { .. });
    if is_of_another && is_open { Ok(()) } else { Err(Refusal::MeasureStays { measure: id }) }
}

/// A category with its playbook.
struct Chosen<'a> {
    category: &'a CategoryId,
    playbook: Option<&'a Playbook>,
}

impl Chosen<'_> {
    /// The immediate measures that chosen first actions become.
    fn measures(
        &self,
        case: &OpenCase,
        first_actions: &[FirstAction],
        command: &Command,
    ) -> Decision {
        let mut taken: BTreeSet<MeasureId> =
            case.measures.keys().chain(case.dropped.keys()).copied().collect();
        let mut events = Vec::new();
        for first in first_actions {
            if !taken.insert(first.measure) {
                return Err(Refusal::MeasureTaken { measure: first.measure });
            }
            not_involved(case, first.measure, first.owner)?;
            events.push(self.measure(case, first, command)?);
        }
        Ok(events)
    }

    fn measure(
        &self,
        case: &OpenCase,
        first: &FirstAction,
        command: &Command,
    ) -> Result<Event, Refusal> {
        let unknown = || Refusal::ActionUnknown { action: first.action.clone() };
        let Playbook { version, actions, language } = self.playbook.ok_or_else(unknown)?;
        let action = actions.iter().find(|it| it.name == first.action).ok_or_else(unknown)?;
        Ok(Event::MeasureProposed {
            measure: first.measure,
            kind: MeasureKind::Immediate,
            description: Erasable::known(action.text.text(language).to_owned()),
            owner: first.owner,
            due_at: action.due_at(command.at, case.clock.deadline.aware_at),
            playbook: Some(FromPlaybook {
                category: self.category.clone(),
                version: *version,
                action: first.action.clone(),
            }),
        })
    }
}

/// Keeps somebody from seeing the case through a role, from now on.
pub(super) fn name_involved(case: &OpenCase, user: &Erasable<UserId>) -> Decision {
    if user.get().is_some_and(|user| case.involved.contains(user)) {
        return nothing();
    }
    fact(Event::PersonInvolved { user: user.clone() })
}

#[cfg(test)]
#[path = "receive_tests.rs"]
mod tests;
