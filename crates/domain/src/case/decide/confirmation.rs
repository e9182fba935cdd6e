//! Asking a recipient to confirm that what they got by mistake is gone, and their answer.

use super::super::command::Command;
use super::super::confirmation::{
    Confirmation, ConfirmationAsked, Event as Confirmed, Misdirected, Request,
};
use super::super::inquiry::{Inquiry, LinkHash, Respondent};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, inquiry, nothing, require};
use crate::ids::InquiryId;

pub(super) fn in_open(case: &OpenCase, request: &Request, command: &Command) -> Decision {
    match request {
        Request::Ask(it) => ask(case, it, command),
        Request::Give { inquiry, link, confirmation } => {
            give(case, *inquiry, link, confirmation, command)
        }
    }
}

/// Nobody is asked any more; what was asked before is still answered, while its link works.
pub(super) fn in_closed(case: &OpenCase, request: &Request, command: &Command) -> Decision {
    match request {
        Request::Ask(_) => Err(Refusal::CaseIsClosed),
        Request::Give { .. } => in_open(case, request, command),
    }
}

fn ask(case: &OpenCase, it: &ConfirmationAsked, command: &Command) -> Decision {
    require(&it.content, RequiredText::Content)?;
    if let Some(made) = case.inquiries.get(&it.inquiry) {
        let is_same = is_about(made, it.misdirected)
            && made.respondent == Respondent::Outside(it.recipient.clone())
            && made.text == it.content
            && made.due_at == it.due_at;
        let taken = Refusal::InquiryTaken { inquiry: it.inquiry };
        return if is_same { nothing() } else { Err(taken) };
    }
    inquiry::require_contact(&it.recipient)?;
    if it.due_at <= command.at {
        return Err(Refusal::TimeInPast { given: it.due_at });
    }
    fact(Event::Confirmation(Confirmed::ConfirmationAsked(Box::new(it.clone()))))
}

fn is_about(made: &Inquiry, misdirected: Misdirected) -> bool {
    made.confirming.as_ref().is_some_and(|it| it.misdirected == misdirected)
}

/// Keeps the answer, once.
fn give(
    case: &OpenCase,
    inquiry: InquiryId,
    link: &LinkHash,
    confirmation: &Confirmation,
    command: &Command,
) -> Decision {
    let asked = case.inquiries.get(&inquiry).ok_or(Refusal::LinkDoesNotWork)?;
    let confirming = asked.confirming.as_ref().ok_or(Refusal::LinkDoesNotWork)?;
    let is_said = confirming.given.as_ref().is_some_and(|(_, given)| given == confirmation);
    if is_said && asked.links.contains_key(link) {
        return nothing();
    }
    if !asked.takes(link, command.at) {
        return Err(Refusal::LinkDoesNotWork);
    }
    let confirmation = confirmation.clone();
    fact(Event::Confirmation(Confirmed::ConfirmationGiven { inquiry, confirmation }))
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{self, Acting, AnswerInquiry};
    use super::super::super::confirmation::Disposal;
    use super::super::super::inquiry::Contact;
    use super::super::super::spec::*;
    use super::*;
    use crate::Erasable;

    fn asked() -> ConfirmationAsked {
        let contact = Contact { name: "Ola".to_owned(), email: "ola@example.net".to_owned() };
        ConfirmationAsked {
            inquiry: INQUIRY,
            recipient: Erasable::known(contact),
            misdirected: Misdirected::Email,
            content: text("A discharge summary."),
            due_at: monday(80),
        }
    }

    fn ask(it: ConfirmationAsked) -> Command {
        by_dpo(command::Request::Confirmation(Request::Ask(Box::new(it))))
    }

    fn was_asked() -> Event {
        Event::Confirmation(Confirmed::ConfirmationAsked(Box::new(asked())))
    }

    fn hash(of: &str) -> LinkHash {
        LinkHash(of.to_owned())
    }

    fn link() -> Event {
        Event::InquiryLinkMade { inquiry: INQUIRY, hash: hash("a"), expires_at: monday(300) }
    }

    fn gone() -> Confirmation {
        let disposal = Disposal::Deleted;
        Confirmation { disposal, opened: true, passed_on: false, remark: None }
    }

    fn by_recipient(request: command::Request, hours: u32) -> Command {
        Command { at: monday(hours), by: Acting::respondent(), request }
    }

    fn give(confirmation: Confirmation, link: &str, hours: u32) -> Command {
        let request = Request::Give { inquiry: INQUIRY, link: hash(link), confirmation };
        by_recipient(command::Request::Confirmation(request), hours)
    }

    fn given_it() -> Event {
        let confirmation = gone();
        Event::Confirmation(Confirmed::ConfirmationGiven { inquiry: INQUIRY, confirmation })
    }

    #[test]
    fn a_recipient_is_asked_once() {
        given([reported()]).when(ask(asked())).then([was_asked()]);
        given([reported(), was_asked()]).when(ask(asked())).then([]);
        let otherwise = ConfirmationAsked { misdirected: Misdirected::Letter, ..asked() };
        given([reported(), was_asked()])
            .when(ask(otherwise))
            .then_refused(Refusal::InquiryTaken { inquiry: INQUIRY });
        given([reported(), inquired(LEADER)])
            .when(ask(asked()))
            .then_refused(Refusal::InquiryTaken { inquiry: INQUIRY });
    }

    #[test]
    fn it_takes_an_address_a_content_and_a_time_to_come() {
        let nobody = Contact { name: "Ola".to_owned(), email: "ola".to_owned() };
        let nowhere = ConfirmationAsked { recipient: Erasable::known(nobody), ..asked() };
        given([reported()])
            .when(ask(nowhere))
            .then_refused(Refusal::TextMissing { what: RequiredText::Contact });
        given([reported()])
            .when(ask(ConfirmationAsked { content: text(" "), ..asked() }))
            .then_refused(Refusal::TextMissing { what: RequiredText::Content });
        given([reported()])
            .when(ask(ConfirmationAsked { due_at: monday(8), ..asked() }))
            .then_refused(Refusal::TimeInPast { given: monday(8) });
    }

    #[test]
    fn a_link_takes_one_answer() {
        let history = [reported(), was_asked(), link()];
        given(history.clone()).when(give(gone(), "a", 90)).then([given_it()]);
        let answered = [reported(), was_asked(), link(), given_it()];
        given(answered.clone()).when(give(gone(), "a", 91)).then([]);
        let other = Confirmation { disposal: Disposal::Kept, ..gone() };
        given(answered).when(give(other, "a", 91)).then_refused(Refusal::LinkDoesNotWork);
        given(history.clone()).when(give(gone(), "b", 90)).then_refused(Refusal::LinkDoesNotWork);
        given(history).when(give(gone(), "a", 300)).then_refused(Refusal::LinkDoesNotWork);
    }

    #[test]
    fn a_link_is_for_the_answer_that_was_asked_for() {
        let answer = AnswerInquiry {
            inquiry: INQUIRY,
            text: text("x"),
            files: Vec::new(),
            link: Some(hash("a")),
        };
        given([reported(), was_asked(), link()])
            .when(by_recipient(command::Request::AnswerInquiry(answer), 90))
            .then_refused(Refusal::LinkDoesNotWork);
        given([reported(), inquired(LEADER), link()])
            .when(give(gone(), "a", 90))
            .then_refused(Refusal::LinkDoesNotWork);
    }

    #[test]
    fn in_a_closed_case_nobody_is_asked_and_what_was_asked_is_answered_once() {
        let closed = || {
            let mut history = vec![reported(), was_asked(), link()];
            history.push(Event::ClosedAsNotADeviation { reason: text("none") });
            history
        };
        given(closed()).when(ask(asked())).then_refused(Refusal::CaseIsClosed);
        given(closed()).when(give(gone(), "a", 90)).then([given_it()]);
        given(closed()).when(give(gone(), "a", 300)).then_refused(Refusal::LinkDoesNotWork);
        let answered = closed().into_iter().chain([given_it()]);
        given(answered).when(give(gone(), "a", 91)).then([]);
    }
}
