//! Which reminders are to be sent by now. Each is raised once, however often the watch asks.

use chrono::TimeDelta;

use super::super::inquiry::reminder;
use super::super::overdue;
use super::super::state::{ClosedCase, Closing, OpenCase};
use super::super::{Decision, Event};
use crate::Time;
use crate::ids::MeasureId;

/// Those of an open case: of answers that are due, the first one so long `before`, of measures that
/// are not done, likewise, and of measures whose effect is to be seen.
#[expect(clippy::unnecessary_wraps, reason = "a decision, like every leaf's")]
pub(super) fn in_open(case: &OpenCase, now: Time, before: TimeDelta) -> Decision {
    let unanswered = case.inquiries.iter().filter(|(_, inquiry)| inquiry.is_open());
    let inquiries = unanswered.filter_map(|(inquiry, it)| {
        let reminder = reminder(it.made_at, it.due_at, before, now)?;
        let is_new = !it.reminded.contains(&reminder);
        is_new.then_some(Event::InquiryReminded { inquiry: *inquiry, reminder })
    });
    Ok(inquiries.chain(measures(case, now, before)).chain(effects(case, now)).collect())
}

/// Those of a closed case: measures outlive it, but for the first actions of one that was no
/// deviation.
#[expect(clippy::unnecessary_wraps, reason = "a decision, like every leaf's")]
pub(super) fn in_closed(closed: &ClosedCase, now: Time, before: TimeDelta) -> Decision {
    let (case, closing) = (&closed.case, &closed.closing);
    let sleeps = |measure: &MeasureId| {
        let is_first_action = case.measures.get(measure).is_some_and(|it| it.playbook.is_some());
        is_first_action && matches!(closing, Closing::NotADeviation { .. })
    };
    let reminders = measures(case, now, before).filter(|event| match event {
        Event::Overdue(overdue::Event::MeasureReminded { measure, .. }) => !sleeps(measure),
        _ => true,
    });
    Ok(reminders.chain(effects(case, now)).collect())
}

fn measures(case: &OpenCase, now: Time, before: TimeDelta) -> impl Iterator<Item = Event> + '_ {
    case.measures.iter().filter_map(move |(measure, it)| {
        let reminder = it.to_remind(before, now)?;
        let measure = *measure;
        Some(Event::Overdue(overdue::Event::MeasureReminded { measure, reminder }))
    })
}

fn effects(case: &OpenCase, now: Time) -> impl Iterator<Item = Event> + '_ {
    let due = case.measures.iter().filter(move |(_, measure)| measure.review.is_to_remind(now));
    due.map(|(measure, _)| Event::EffectReviewDue { measure: *measure })
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Acting, Command, Request};
    use super::super::super::event::FromPlaybook;
    use super::super::super::inquiry::Reminder;
    use super::super::super::spec::*;
    use super::*;
    use crate::category::ActionName;

    fn remind(hour: u32) -> Command {
        let before = TimeDelta::hours(24);
        command(monday(hour), Acting::service(), Request::Remind { before })
    }

    fn reminded(reminder: Reminder) -> Event {
        Event::InquiryReminded { inquiry: INQUIRY, reminder }
    }

    #[test]
    fn a_respondent_is_reminded_the_day_before_and_when_the_answer_is_due() {
        let history = [reported(), inquired(LEADER)];
        given(history.clone()).when(remind(32)).then([]);
        given(history.clone()).when(remind(33)).then([reminded(Reminder::BeforeDue)]);
        let before = reminded(Reminder::BeforeDue);
        let once = [reported(), inquired(LEADER), before.clone()];
        given(once.clone()).when(remind(34)).then([]);
        given(once).when(remind(57)).then([reminded(Reminder::Due)]);
        given(history).when(remind(57)).then([reminded(Reminder::Due)]);
        let both = [reported(), inquired(LEADER), before, reminded(Reminder::Due)];
        given(both).when(remind(90)).then([]);
    }

    #[test]
    fn nobody_is_reminded_of_what_was_answered_or_withdrawn_or_of_a_closed_case() {
        given([reported(), inquired(LEADER), answered("seven")]).when(remind(90)).then([]);
        given([reported(), inquired(LEADER), withdrawn()]).when(remind(90)).then([]);
        let ended = Event::ClosedAsNotADeviation { reason: text("found") };
        given([reported(), inquired(LEADER), ended]).when(remind(90)).then([]);
    }

    #[test]
    fn a_measure_is_reminded_of_before_it_is_due_then_and_once_more_days_later() {
        let before = TimeDelta::hours(24);
        let at = |at| command(at, Acting::service(), Request::Remind { before });
        let reminded = |reminder| {
            Event::Overdue(overdue::Event::MeasureReminded { measure: MEASURE, reminder })
        };
        let Event::MeasureProposed { due_at, .. } = proposed() else { unreachable!() };
        let moments = [
            (due_at, overdue::Reminder::Due),
            (due_at + overdue::ESCALATED_AFTER, overdue::Reminder::Escalated),
        ];
        let mut history = vec![reported(), proposed()];
        for (moment, reminder) in moments {
            let early = moment - TimeDelta::seconds(1);
            given(history.clone()).when(at(early)).then([]);
            given(history.clone()).when(at(moment)).then([reminded(reminder)]);
            history.push(reminded(reminder));
            given(history.clone()).when(at(moment)).then([]);
        }
        let done = [reported(), proposed(), completed()];
        given(done).when(at(due_at + TimeDelta::days(1))).then([]);
    }

    #[test]
    fn nobody_is_reminded_of_the_first_actions_of_what_was_no_deviation() {
        let Event::MeasureProposed { measure, kind, description, owner, due_at, .. } = proposed()
        else {
            unreachable!()
        };
        let action = ActionName::new("wipe").expect("an action's name");
        let from = FromPlaybook { category: lost_phone().category, version: 1, action };
        let playbook = Some(from);
        let first = Event::MeasureProposed { measure, kind, description, owner, due_at, playbook };
        let ended = Event::ClosedAsNotADeviation { reason: text("found") };
        let remind =
            command(due_at, Acting::service(), Request::Remind { before: TimeDelta::hours(24) });
        let due = overdue::Reminder::Due;
        let reminded =
            Event::Overdue(overdue::Event::MeasureReminded { measure: MEASURE, reminder: due });
        let history = [reported(), first.clone(), ended.clone()];
        given(history).when(remind.clone()).then([]);
        let reopened = Event::CaseReopened { reason: text("another one") };
        given([reported(), first, ended.clone(), reopened])
            .when(remind.clone())
            .then([reminded.clone()]);
        given([reported(), proposed(), ended]).when(remind).then([reminded]);
    }

    #[test]
    fn one_proposed_in_good_time_is_reminded_of_before_it_is_due() {
        let (proposed_at, due_at) = (monday(8), monday(8) + TimeDelta::days(7));
        let before = TimeDelta::hours(24);
        let reminder = |now| overdue::reminder(proposed_at, due_at, before, now);
        assert_eq!(reminder(due_at - before - TimeDelta::seconds(1)), None);
        assert_eq!(reminder(due_at - before), Some(overdue::Reminder::BeforeDue));
        let late = due_at - TimeDelta::hours(1);
        assert_eq!(overdue::reminder(late, due_at, before, late), None, "they were just told");
    }

    #[test]
    fn the_effect_of_a_measure_is_to_be_seen_some_time_after_it_was_done_closed_or_not() {
        let later = monday(12) + REVIEWED_AFTER;
        let before = TimeDelta::hours(24);
        let at = |at| command(at, Acting::service(), Request::Remind { before });
        let due = Event::EffectReviewDue { measure: MEASURE };
        for history in [vec![reported(), proposed(), completed()], closed()] {
            given(history.clone()).when(remind(90)).then([]);
            given(history.clone()).when(at(later)).then([due.clone()]);
            let reminded: Vec<Event> = history.into_iter().chain([due.clone()]).collect();
            given(reminded).when(at(later)).then([]);
        }
    }
}
