//! Which reminders are to be sent by now. Each is raised once, however often the watch asks.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::super::Event;
use super::super::state::{ApprovedReview, OpenReview, Resolution};
use crate::Time;
use crate::case::inquiry::{Reminder, reminder};
use crate::ids::ResolutionId;

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

/// Those of what an approved review resolved and nobody has done, the first one so long `before` it
/// is due. What a later review goes on with is called to mind there.
pub(super) fn of_resolutions(
    approved: &ApprovedReview,
    now: Time,
    before: TimeDelta,
    carried_over: &BTreeSet<ResolutionId>,
) -> Vec<Event> {
    let all = approved.review.resolutions.iter();
    let open = all.filter(|(id, _)| !carried_over.contains(id));
    let due = open.filter_map(|(id, it)| {
        let reminder = resolution_reminder(approved, it, before, now)?;
        Some(Event::ResolutionReminded { resolution: *id, reminder })
    });
    due.collect()
}

/// The reminder of a resolution that is to be sent by now and was not; none of what is done.
#[must_use]
pub fn resolution_reminder(
    approved: &ApprovedReview,
    resolution: &Resolution,
    before: TimeDelta,
    now: Time,
) -> Option<Reminder> {
    let due = reminder(approved.at, resolution.due_at, before, now);
    let is_new = |it: &Reminder| !resolution.reminded.contains(it);
    due.filter(|it| resolution.carried_out.is_none() && is_new(it))
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
        remind_but(at, [])
    }

    fn remind_but(at: u32, carried_over: impl Into<BTreeSet<ResolutionId>>) -> Command {
        let (before, carried_over) = (TimeDelta::days(2), carried_over.into());
        let request = Request::Remind { before, carried_over };
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
    fn whoever_answers_for_a_resolution_is_reminded_of_it_once_it_is_approved() {
        let (resolution, soon) = (RESOLUTION, Reminder::BeforeDue);
        let reminded = |reminder| Event::ResolutionReminded { resolution, reminder };
        given(submitted()).when(remind(88)).then([]);
        given(approved()).when(remind(87)).then([]);
        given(approved()).when(remind(88)).then([reminded(soon)]);
        given(approved()).when(remind_but(88, [RESOLUTION])).then([]);
        let once = || approved().into_iter().chain([reminded(soon)]);
        given(once()).when(remind(89)).then([]);
        given(once()).when(remind(90)).then([reminded(Reminder::Due)]);
        let account = text("taught");
        let done = Event::ResolutionCarriedOut { resolution, account };
        given(once().chain([done])).when(remind(90)).then([]);
    }

    #[test]
    fn the_next_review_is_called_to_mind_in_time_to_prepare_it_and_when_it_is_due() {
        let reminded = |reminder| Event::NextReviewReminded { reminder };
        let account = text("taught");
        let done = Event::ResolutionCarriedOut { resolution: RESOLUTION, account };
        let approved = || approved().into_iter().chain([done.clone()]);
        given(approved()).when(remind(300)).then([]);
        given(approved()).when(remind(310)).then([reminded(Reminder::BeforeDue)]);
        let once = || approved().chain([reminded(Reminder::BeforeDue)]);
        given(once()).when(remind(320)).then([]);
        given(once()).when(remind(370)).then([reminded(Reminder::Due)]);
        given(once().chain([reminded(Reminder::Due)])).when(remind(400)).then([]);
    }
}
