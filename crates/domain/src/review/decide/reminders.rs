//! Which reminders are to be sent by now. Each is raised once, however often the watch asks.

use chrono::TimeDelta;

use super::super::Event;
use super::super::state::{ApprovedReview, OpenReview};
use crate::Time;
use crate::case::inquiry::{Reminder, reminder};

/// How long before it is due the next review is first called to mind: time to prepare it.
pub const NEXT_REVIEW_NOTICE: TimeDelta = TimeDelta::days(60);

/// Those of answers that are due, the first one so long `before`.
pub(super) fn of_inputs(review: &OpenReview, now: Time, before: TimeDelta) -> Vec<Event> {
    let open = review.inputs.iter().filter(|(_, input)| input.inquiry.is_open());
    let due = open.filter_map(|(inquiry, input)| {
        let it = &input.inquiry;
        let reminder = reminder(it.made_at, it.due_at, before, now)?;
        let is_new = !it.reminded.contains(&reminder);
        is_new.then_some(Event::InputReminded { inquiry: *inquiry, reminder })
    });
    due.collect()
}

/// Those of the review that comes after an approved one.
pub(super) fn of_the_next(approved: &ApprovedReview, now: Time) -> Vec<Event> {
    let due = next_reminder(approved.at, approved.approval.next_due_at, now);
    let new = due.filter(|reminder| !approved.reminded.contains(reminder));
    new.map(|reminder| Event::NextReviewReminded { reminder }).into_iter().collect()
}

/// The reminder of the next review that is to be sent by now.
#[must_use]
pub fn next_reminder(approved_at: Time, due_at: Time, now: Time) -> Option<Reminder> {
    reminder(approved_at, due_at, NEXT_REVIEW_NOTICE, now)
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{Command, Request};
    use super::super::super::spec::*;
    use super::*;
    use crate::case::Acting;

    fn remind(at: u32) -> Command {
        let request = Request::Remind { before: TimeDelta::days(2) };
        Command { at: day(at), by: Acting::service(), request }
    }

    #[test]
    fn whoever_was_asked_is_reminded_before_and_when_the_answer_is_due() {
        let reminded = |reminder| Event::InputReminded { inquiry: INQUIRY, reminder };
        given([begun(), asked()]).when(remind(17)).then([]);
        given([begun(), asked()]).when(remind(18)).then([reminded(Reminder::BeforeDue)]);
        let once = [begun(), asked(), reminded(Reminder::BeforeDue)];
        given(once.clone()).when(remind(19)).then([]);
        given(once).when(remind(20)).then([reminded(Reminder::Due)]);
        given([begun(), asked(), answered("nothing")]).when(remind(20)).then([]);
    }

    #[test]
    fn the_next_review_is_called_to_mind_in_time_to_prepare_it_and_when_it_is_due() {
        let reminded = |reminder| Event::NextReviewReminded { reminder };
        given(approved()).when(remind(300)).then([]);
        given(approved()).when(remind(310)).then([reminded(Reminder::BeforeDue)]);
        let once = || approved().into_iter().chain([reminded(Reminder::BeforeDue)]);
        given(once()).when(remind(320)).then([]);
        given(once()).when(remind(370)).then([reminded(Reminder::Due)]);
        given(once().chain([reminded(Reminder::Due)])).when(remind(400)).then([]);
    }
}
