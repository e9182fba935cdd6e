//! Holding the review, writing its minutes, and sending it to the controller.

use std::collections::BTreeSet;

use super::super::command::Command;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenReview;
use super::super::{Decision, Event};
use super::{fact, next_version, nothing, require};
use crate::ids::UserId;
use crate::{Erasable, Time};

/// Records that the review was held; a slip is put right by recording it again.
pub(super) fn hold(
    review: &OpenReview,
    held_at: Time,
    participants: &BTreeSet<UserId>,
    command: &Command,
) -> Decision {
    if command.at < held_at {
        return Err(Refusal::TimeInFuture { given: held_at });
    }
    if participants.is_empty() {
        return Err(Refusal::NobodyTakesPart);
    }
    let outstanding = review.before_holding();
    if !outstanding.is_empty() {
        return Err(Refusal::NotReady { outstanding });
    }
    let is_same =
        |held: &super::super::state::Held| held.at == held_at && held.participants == *participants;
    if review.held.as_ref().is_some_and(is_same) {
        return nothing();
    }
    fact(Event::ReviewHeld { held_at, participants: participants.clone() })
}

/// Keeps the minutes of a review that was held; earlier versions stay.
pub(super) fn write_minutes(review: &OpenReview, text: &Erasable<String>) -> Decision {
    require(text, RequiredText::Minutes)?;
    if review.held.is_none() {
        return Err(Refusal::NotHeld);
    }
    if review.minutes.last().is_some_and(|last| last.text == *text) {
        return nothing();
    }
    let version = next_version(review.minutes.len());
    fact(Event::MinutesWritten { version, text: text.clone() })
}

/// Sends the review to the controller once nothing remains.
pub(super) fn submit(review: &OpenReview) -> Decision {
    if review.submitted_by.is_some() {
        return nothing();
    }
    let outstanding = review.before_submitting();
    if !outstanding.is_empty() {
        return Err(Refusal::NotReady { outstanding });
    }
    fact(Event::ReviewSubmitted {})
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::super::super::agenda::AgendaItem;
    use super::super::super::command::Request;
    use super::super::super::outstanding::Outstanding;
    use super::super::super::spec::*;
    use super::*;

    fn hold_on(at: u32) -> Request {
        Request::Hold { held_at: day(at), participants: [CONTROLLER, LEADER].into() }
    }

    #[test]
    fn a_review_is_held_once_it_has_participants_and_figures() {
        let history = [begun(), named(), prepared()];
        given(history.clone()).when(by_dpo(hold_on(9))).then([held()]);
        given(history.iter().cloned().chain([held()])).when(by_dpo(hold_on(9))).then([]);
        given(history.clone())
            .when(by_dpo(hold_on(30)))
            .then_refused(Refusal::TimeInFuture { given: day(30) });
        let nobody = Request::Hold { held_at: day(9), participants: BTreeSet::new() };
        given(history).when(by_dpo(nobody)).then_refused(Refusal::NobodyTakesPart);
        let outstanding = vec![Outstanding::NameParticipants, Outstanding::PrepareBasis];
        given([begun()]).when(by_dpo(hold_on(9))).then_refused(Refusal::NotReady { outstanding });
    }

    #[test]
    fn minutes_are_written_of_a_review_that_was_held() {
        let write = || by_dpo(Request::WriteMinutes(text("as it went")));
        let minutes = Event::MinutesWritten { version: 1, text: text("as it went") };
        let history = [begun(), named(), prepared(), held()];
        given(history.clone()).when(write()).then([minutes.clone()]);
        given(history.iter().cloned().chain([minutes])).when(write()).then([]);
        given([begun()]).when(write()).then_refused(Refusal::NotHeld);
        given(history)
            .when(by_dpo(Request::WriteMinutes(text(""))))
            .then_refused(Refusal::TextMissing { what: RequiredText::Minutes });
    }

    #[test]
    fn a_review_goes_to_the_controller_when_nothing_remains() {
        given(ready()).when(by_dpo(Request::Submit)).then([Event::ReviewSubmitted {}]);
        given(submitted()).when(by_dpo(Request::Submit)).then([]);
        given(submitted())
            .when(by_dpo(Request::WriteMinutes(text("otherwise"))))
            .then_refused(Refusal::IsSubmitted);
    }

    #[test]
    fn the_refusal_names_everything_that_remains() {
        let silent = AgendaItem::iter().filter(|item| *item != AgendaItem::FollowUp);
        let outstanding = [Outstanding::NameParticipants, Outstanding::PrepareBasis]
            .into_iter()
            .chain(silent.map(Outstanding::WriteItem))
            .chain([
                Outstanding::AwaitAnswer(INQUIRY),
                Outstanding::Hold,
                Outstanding::WriteMinutes,
            ])
            .collect();
        given([begun(), asked()])
            .when(by_dpo(Request::Submit))
            .then_refused(Refusal::NotReady { outstanding });
    }

    #[test]
    fn an_answer_speaks_to_its_point_as_a_text_does() {
        let silent = |it: &Event| {
            !matches!(it, Event::ItemWritten { item: AgendaItem::BuildingChanges, .. })
        };
        let without: Vec<Event> = ready().into_iter().filter(silent).collect();
        let outstanding = vec![Outstanding::WriteItem(AgendaItem::BuildingChanges)];
        given(without.clone())
            .when(by_dpo(Request::Submit))
            .then_refused(Refusal::NotReady { outstanding });
        given(without.into_iter().chain([asked(), answered("nothing moved")]))
            .when(by_dpo(Request::Submit))
            .then([Event::ReviewSubmitted {}]);
    }
}
