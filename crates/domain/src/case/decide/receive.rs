//! Taking a case in, and naming those who are involved.

use std::collections::BTreeSet;

use super::super::command::{Command, FirstAction, Playbook, Receive};
use super::super::event::{FromPlaybook, MeasureKind};
use super::super::refusal::Refusal;
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::measure::not_involved;
use super::{fact, nothing};
use crate::Erasable;
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
    let mut taken: BTreeSet<MeasureId> = case.measures.keys().copied().collect();
    for first in &it.first_actions {
        if !taken.insert(first.measure) {
            return Err(Refusal::MeasureTaken { measure: first.measure });
        }
        not_involved(case, first.measure, first.owner)?;
        events.push(measure(case, it, first, command)?);
    }
    Ok(events)
}

fn measure(
    case: &OpenCase,
    it: &Receive,
    first: &FirstAction,
    command: &Command,
) -> Result<Event, Refusal> {
    let unknown = || Refusal::ActionUnknown { action: first.action.clone() };
    let Playbook { version, actions, language } = it.playbook.as_ref().ok_or_else(unknown)?;
    let action = actions.iter().find(|it| it.name == first.action).ok_or_else(unknown)?;
    Ok(Event::MeasureProposed {
        measure: first.measure,
        kind: MeasureKind::Immediate,
        description: Erasable::known(action.text.text(language).to_owned()),
        owner: first.owner,
        due_at: action.due_at(command.at, case.clock.deadline.aware_at),
        playbook: Some(FromPlaybook {
            category: it.category.clone(),
            version: *version,
            action: first.action.clone(),
        }),
    })
}

/// Keeps somebody from seeing the case through a role, from now on.
pub(super) fn name_involved(case: &OpenCase, user: &Erasable<UserId>) -> Decision {
    if user.get().is_some_and(|user| case.involved.contains(user)) {
        return nothing();
    }
    fact(Event::PersonInvolved { user: user.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;
    use crate::category::{Action, ActionName, CountedFrom, Localised, Within};
    use crate::{Role, Time};

    fn receive(handler: UserId) -> Receive {
        Receive {
            category: lost_phone().category,
            unit: UNIT,
            handler,
            first_actions: Vec::new(),
            playbook: None,
        }
    }

    fn first(action: &str, measure: MeasureId) -> FirstAction {
        FirstAction { measure, action: ActionName::new(action).unwrap(), owner: LEADER }
    }

    /// Receives with these of the actions `wipe`, due 4 hours after receipt, and `ask`, due a day
    /// after awareness.
    fn with(first_actions: Vec<FirstAction>) -> Command {
        let action = |name: &str, within: &str, from| Action {
            name: ActionName::new(name).unwrap(),
            text: Localised::in_languages(&["nb", "sv"], name),
            owner: Role::SecurityOfficer,
            within: Within::try_from(within.to_owned()).unwrap(),
            from,
            only_if: None,
        };
        let playbook = Playbook {
            version: 3,
            actions: vec![
                action("wipe", "4h", CountedFrom::Receipt),
                action("ask", "1d", CountedFrom::Awareness),
            ],
            language: "sv".to_owned(),
        };
        let receive = Receive { first_actions, playbook: Some(playbook), ..receive(DPO) };
        by_dpo(Request::Receive(receive))
    }

    fn measure(action: &str, measure: MeasureId, due_at: Time) -> Event {
        Event::MeasureProposed {
            measure,
            kind: MeasureKind::Immediate,
            description: text(action),
            owner: LEADER,
            due_at,
            playbook: Some(FromPlaybook {
                category: lost_phone().category,
                version: 3,
                action: ActionName::new(action).unwrap(),
            }),
        }
    }

    fn received_under(category_version: Option<u32>) -> Event {
        Event::CaseReceived {
            category: lost_phone().category,
            category_version,
            unit: UNIT,
            handler: DPO,
        }
    }

    #[test]
    fn first_actions_become_immediate_measures_that_say_where_they_came_from() {
        const OTHER: MeasureId = MeasureId(uuid::Uuid::from_u128(22));
        let receive = || with(vec![first("wipe", MEASURE), first("ask", OTHER)]);
        // Received at 12, aware since 8.
        let events = [
            received_under(Some(3)),
            measure("wipe", MEASURE, monday(16)),
            measure("ask", OTHER, monday(32)),
        ];
        given([reported()]).when(receive()).then(events.clone());
        given([reported()].into_iter().chain(events)).when(receive()).then([]);
        given([reported()]).when(with(Vec::new())).then([received_under(Some(3))]);
    }

    #[test]
    fn an_action_that_the_playbook_does_not_have_is_refused() {
        let unknown =
            |action: &str| Refusal::ActionUnknown { action: ActionName::new(action).unwrap() };
        given([reported()]).when(with(vec![first("burn", MEASURE)])).then_refused(unknown("burn"));
        let without = Receive { first_actions: vec![first("wipe", MEASURE)], ..receive(DPO) };
        given([reported()]).when(by_dpo(Request::Receive(without))).then_refused(unknown("wipe"));
    }

    #[test]
    fn nobody_involved_is_given_a_first_action() {
        let involved = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
        given([reported(), involved])
            .when(with(vec![first("wipe", MEASURE)]))
            .then_refused(Refusal::OwnerInvolved { measure: MEASURE });
    }

    #[test]
    fn two_measures_cannot_share_an_identifier() {
        let taken = Refusal::MeasureTaken { measure: MEASURE };
        given([reported()])
            .when(with(vec![first("wipe", MEASURE), first("ask", MEASURE)]))
            .then_refused(taken.clone());
        given([reported(), proposed()])
            .when(with(vec![first("wipe", MEASURE)]))
            .then_refused(taken);
    }

    #[test]
    fn a_report_is_received() {
        given([reported()]).when(by_dpo(Request::Receive(receive(DPO)))).then([received()]);
    }

    #[test]
    fn receiving_twice_changes_nothing() {
        given([reported(), received()]).when(by_dpo(Request::Receive(receive(DPO)))).then([]);
    }

    #[test]
    fn a_received_case_is_not_received_otherwise() {
        given([reported(), received()])
            .when(by_dpo(Request::Receive(receive(LEADER))))
            .then_refused(Refusal::AlreadyReceived);
    }

    #[test]
    fn somebody_is_named_as_involved_once() {
        let name = || by_dpo(Request::NameInvolved(Erasable::about(LEADER, LEADER)));
        let named = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
        given([reported()]).when(name()).then([named.clone()]);
        given([reported(), named]).when(name()).then([]);
    }

    #[test]
    fn somebody_involved_has_no_part_in_the_case() {
        given([reported(), Event::PersonInvolved { user: Erasable::about(DPO, DPO) }])
            .when(by_dpo(Request::Receive(receive(DPO))))
            .then_refused(Refusal::InvolvedInTheCase);
    }
}
