//! Asking people for what the service cannot know, and their answers.

use super::super::command::{Ask, Command};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{Input, OpenReview};
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::ids::InquiryId;
use crate::{Actor, Erasable};

/// Asks somebody.
pub(super) fn ask(review: &OpenReview, it: &Ask, command: &Command) -> Decision {
    require(&it.text, RequiredText::Question)?;
    if let Some(Input { item, inquiry }) = review.inputs.get(&it.inquiry) {
        let is_same = (*item, inquiry.respondent.member(), &inquiry.text, inquiry.due_at)
            == (it.item, Some(it.of), &it.text, it.due_at);
        let taken = Refusal::InquiryTaken { inquiry: it.inquiry };
        return if is_same { nothing() } else { Err(taken) };
    }
    if it.due_at <= command.at {
        return Err(Refusal::TimeInPast { given: it.due_at });
    }
    let Ask { inquiry, item, of, text, due_at } = it.clone();
    fact(Event::InputAsked { inquiry, item, of, text, due_at })
}

/// Keeps an answer of whoever was asked; as many as they like.
pub(super) fn answer(
    review: &OpenReview,
    inquiry: InquiryId,
    text: &Erasable<String>,
    command: &Command,
) -> Decision {
    let it = &find(review, inquiry)?.inquiry;
    if it.respondent.member().map(Actor::User) != Some(command.by.actor) {
        return Err(Refusal::NotAsked { inquiry });
    }
    require(text, RequiredText::Answer)?;
    if it.withdrawn.is_some() {
        return Err(Refusal::InquiryIsWithdrawn { inquiry });
    }
    if it.answers.last().is_some_and(|last| last.text == *text) {
        return nothing();
    }
    fact(Event::InputGiven { inquiry, text: text.clone() })
}

/// Wants no answer any more.
pub(super) fn withdraw(
    review: &OpenReview,
    inquiry: InquiryId,
    reason: &Erasable<String>,
) -> Decision {
    let it = &find(review, inquiry)?.inquiry;
    require(reason, RequiredText::Reason)?;
    match &it.withdrawn {
        Some(given) if given == reason => nothing(),
        Some(_) => Err(Refusal::InquiryIsWithdrawn { inquiry }),
        None if !it.is_open() => Err(Refusal::InquiryIsAnswered { inquiry }),
        None => fact(Event::InputWithdrawn { inquiry, reason: reason.clone() }),
    }
}

fn find(review: &OpenReview, inquiry: InquiryId) -> Result<&Input, Refusal> {
    review.inputs.get(&inquiry).ok_or(Refusal::InquiryUnknown { inquiry })
}

#[cfg(test)]
mod tests {
    use super::super::super::agenda::AgendaItem;
    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;

    fn ask_leader(due: u32) -> Request {
        Request::Ask(Ask {
            inquiry: INQUIRY,
            item: AgendaItem::BuildingChanges,
            of: LEADER,
            text: text("what was moved?"),
            due_at: day(due),
        })
    }

    fn answer_with(words: &str) -> Request {
        Request::Answer { inquiry: INQUIRY, text: text(words) }
    }

    fn withdraw_for(words: &str) -> Request {
        Request::Withdraw { inquiry: INQUIRY, reason: text(words) }
    }

    #[test]
    fn somebody_is_asked_by_a_day_to_come() {
        given([begun()]).when(by_dpo(ask_leader(20))).then([asked()]);
        given([begun(), asked()]).when(by_dpo(ask_leader(20))).then([]);
        let taken = Refusal::InquiryTaken { inquiry: INQUIRY };
        given([begun(), asked()]).when(by_dpo(ask_leader(21))).then_refused(taken);
        given([begun()])
            .when(by_dpo(ask_leader(10)))
            .then_refused(Refusal::TimeInPast { given: day(10) });
    }

    #[test]
    fn whoever_was_asked_answers_and_may_answer_again() {
        given([begun(), asked()])
            .when(by_leader(answer_with("nothing")))
            .then([answered("nothing")]);
        given([begun(), asked(), answered("nothing")])
            .when(by_leader(answer_with("nothing")))
            .then([]);
        given([begun(), asked(), answered("nothing")])
            .when(by_leader(answer_with("the archive")))
            .then([answered("the archive")]);
        given([begun(), asked()])
            .when(by_dpo(answer_with("nothing")))
            .then_refused(Refusal::NotAsked { inquiry: INQUIRY });
        given([begun()])
            .when(by_leader(answer_with("nothing")))
            .then_refused(Refusal::InquiryUnknown { inquiry: INQUIRY });
        given([begun(), asked()])
            .when(by_leader(answer_with("")))
            .then_refused(Refusal::TextMissing { what: RequiredText::Answer });
    }

    #[test]
    fn a_question_that_nobody_answered_is_withdrawn() {
        let withdrawn = Event::InputWithdrawn { inquiry: INQUIRY, reason: text("known") };
        given([begun(), asked()]).when(by_dpo(withdraw_for("known"))).then([withdrawn.clone()]);
        let history = [begun(), asked(), withdrawn];
        given(history.clone()).when(by_dpo(withdraw_for("known"))).then([]);
        let is_withdrawn = Refusal::InquiryIsWithdrawn { inquiry: INQUIRY };
        given(history.clone()).when(by_dpo(withdraw_for("no"))).then_refused(is_withdrawn.clone());
        given(history).when(by_leader(answer_with("late"))).then_refused(is_withdrawn);
        given([begun(), asked(), answered("nothing")])
            .when(by_dpo(withdraw_for("known")))
            .then_refused(Refusal::InquiryIsAnswered { inquiry: INQUIRY });
    }
}
