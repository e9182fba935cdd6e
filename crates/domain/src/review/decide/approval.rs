//! The controller's answer: approved, or sent back with the reason.

use super::super::command::Command;
use super::super::event::Approval;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{ApprovedReview, OpenReview};
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::{Actor, Erasable, Role};

/// Approves the review, with the document as it was looked at.
pub(super) fn approve(review: &OpenReview, it: &Approval, command: &Command) -> Decision {
    require_independent_controller(review, command)?;
    if review.submitted_by.is_none() {
        return Err(Refusal::NotSubmitted);
    }
    if it.next_due_at <= command.at {
        return Err(Refusal::TimeInPast { given: it.next_due_at });
    }
    fact(Event::ReviewApproved(Box::new(it.clone())))
}

/// Said again, an approval changes nothing, whatever has been added to the log since.
pub(super) fn repeated(approved: &ApprovedReview, command: &Command) -> Decision {
    require_independent_controller(&approved.review, command)?;
    nothing()
}

/// Sends the review back.
pub(super) fn send_back(
    review: &OpenReview,
    reason: &Erasable<String>,
    command: &Command,
) -> Decision {
    require_independent_controller(review, command)?;
    require(reason, RequiredText::Reason)?;
    if review.submitted_by.is_some() {
        return fact(Event::ReviewReturned { reason: reason.clone() });
    }
    if review.returned.as_ref() == Some(reason) { nothing() } else { Err(Refusal::NotSubmitted) }
}

/// Whoever is data protection officer, wrote the minutes or sent the review in does not decide on
/// it (GDPR art. 38(6)); nor does anyone but the controller.
fn require_independent_controller(review: &OpenReview, command: &Command) -> Result<(), Refusal> {
    let by = &command.by;
    let wrote = review.minutes.iter().map(|minutes| minutes.by);
    let had_a_hand = wrote.chain(review.submitted_by).any(|it| it == by.actor);
    let is_somebody = matches!(by.actor, Actor::User(_));
    if by.roles.holds(Role::Dpo) || (is_somebody && had_a_hand) {
        return Err(Refusal::IndependenceOfTheDpo);
    }
    if by.roles.holds(Role::Controller) { Ok(()) } else { Err(Refusal::OnlyTheControllerApproves) }
}

#[cfg(test)]
mod tests {
    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;
    use crate::Roles;
    use crate::case::Acting;

    fn approve_it() -> Request {
        Request::Approve(Box::new(approval()))
    }

    fn return_for(words: &str) -> Request {
        Request::Return(text(words))
    }

    #[test]
    fn the_controller_approves_what_was_sent_in() {
        let event = Event::ReviewApproved(Box::new(approval()));
        given(submitted()).when(by_controller(approve_it())).then([event]);
        given(approved()).when(by_controller(approve_it())).then([]);
        given(ready()).when(by_controller(approve_it())).then_refused(Refusal::NotSubmitted);
        let late = Approval { next_due_at: day(1), ..approval() };
        given(submitted())
            .when(by_controller(Request::Approve(Box::new(late))))
            .then_refused(Refusal::TimeInPast { given: day(1) });
    }

    #[test]
    fn whoever_is_dpo_or_prepared_the_review_never_approves_it() {
        for history in [submitted(), approved()] {
            given(history.clone())
                .when(by_dpo(approve_it()))
                .then_refused(Refusal::IndependenceOfTheDpo);
            let both = Acting::user(CONTROLLER, Roles::from([Role::Dpo, Role::Controller]));
            given(history.clone())
                .when(command(both, approve_it()))
                .then_refused(Refusal::IndependenceOfTheDpo);
            // The history is recorded by the data protection officer, who left that role since.
            let wrote = Acting::user(DPO, [Role::Controller]);
            given(history.clone())
                .when(command(wrote, approve_it()))
                .then_refused(Refusal::IndependenceOfTheDpo);
            given(history)
                .when(by_leader(approve_it()))
                .then_refused(Refusal::OnlyTheControllerApproves);
        }
    }

    #[test]
    fn the_controller_sends_it_back_with_the_reason() {
        let returned = Event::ReviewReturned { reason: text("who pays?") };
        given(submitted()).when(by_controller(return_for("who pays?"))).then([returned.clone()]);
        let after: Vec<Event> = submitted().into_iter().chain([returned]).collect();
        given(after.clone()).when(by_controller(return_for("who pays?"))).then([]);
        given(after.clone())
            .when(by_controller(return_for("other")))
            .then_refused(Refusal::NotSubmitted);
        given(after).when(by_dpo(Request::Submit)).then([Event::ReviewSubmitted {}]);
        given(submitted())
            .when(by_controller(return_for("")))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
        given(submitted())
            .when(by_dpo(return_for("who pays?")))
            .then_refused(Refusal::IndependenceOfTheDpo);
    }

    #[test]
    fn nothing_is_added_to_an_approved_review() {
        given(approved())
            .when(by_dpo(Request::WriteMinutes(text("otherwise"))))
            .then_refused(Refusal::IsApproved);
    }
}
