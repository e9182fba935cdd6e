//! Asking those who are to help with the case, and their answers.

use super::super::command::{AnswerInquiry, Command, MakeLink, Text};
use super::super::inquiry::{Contact, Inquiry, InquiryMade, Respondent};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{attachment, fact, nothing, require};
use crate::ids::{AttachmentId, InquiryId};
use crate::invisible::says_nothing;
use crate::{Actor, Erasable};

/// Asks somebody. Nobody involved is asked: they have no part in handling the case.
pub(super) fn make(case: &OpenCase, it: &InquiryMade, command: &Command) -> Decision {
    require(&it.text, RequiredText::Question)?;
    if let Some(made) = case.inquiries.get(&it.inquiry) {
        let is_same = made.respondent == it.respondent
            && made.text == it.text
            && made.due_at == it.due_at
            && made.files == it.files;
        let taken = Refusal::InquiryTaken { inquiry: it.inquiry };
        return if is_same { nothing() } else { Err(taken) };
    }
    match &it.respondent {
        Respondent::Member(user) if case.involved.contains(user) => {
            return Err(Refusal::RespondentInvolved);
        }
        Respondent::Outside(contact) => require_contact(contact)?,
        Respondent::Member(_) => (),
    }
    if it.due_at <= command.at {
        return Err(Refusal::TimeInPast { given: it.due_at });
    }
    it.files.iter().try_for_each(|file| require_shown(case, *file))?;
    fact(Event::InquiryMade(Box::new(it.clone())))
}

/// Refuses to show a file there is not, or what may tell who a reporter is that is not named.
fn require_shown(case: &OpenCase, attachment: AttachmentId) -> Result<(), Refusal> {
    let mut known = case.attachments.iter().filter(|it| it.file.get().is_some());
    let file = known.find(|it| it.attachment == attachment);
    let file = file.ok_or(Refusal::AttachmentUnknown { attachment })?;
    if file.may_be_shown(&case.report.reporter) {
        Ok(())
    } else {
        Err(Refusal::ReportersFile { attachment })
    }
}

/// Refuses a contact without a name or an address.
pub(super) fn require_contact(contact: &Erasable<Contact>) -> Result<(), Refusal> {
    let is_one = |it: &Contact| !says_nothing(&it.name) && it.email.trim().contains('@');
    let missing = Refusal::TextMissing { what: RequiredText::Contact };
    if contact.get().is_none_or(is_one) { Ok(()) } else { Err(missing) }
}

/// Makes a link for somebody outside, while their answer is waited for.
pub(super) fn make_link(case: &OpenCase, it: &MakeLink) -> Decision {
    let inquiry = find(case, it.inquiry)?;
    if inquiry.links.contains_key(&it.hash) {
        return nothing();
    }
    if !inquiry.is_open() || inquiry.respondent.member().is_some() {
        return Err(Refusal::LinkDoesNotWork);
    }
    let MakeLink { inquiry, hash, expires_at } = it.clone();
    fact(Event::InquiryLinkMade { inquiry, hash, expires_at })
}

/// Keeps an answer and the files that came with it: one by a link, as many as they like of a member
/// who was asked.
pub(super) fn answer(case: &OpenCase, it: &AnswerInquiry, command: &Command) -> Decision {
    require(&it.text, RequiredText::Answer)?;
    let is_said = |inquiry: &Inquiry| {
        let last = inquiry.answers.last();
        last.is_some_and(|last| last.text == it.text && last.by == command.by.actor)
    };
    if let Some(link) = &it.link {
        let inquiry = case.inquiries.get(&it.inquiry).ok_or(Refusal::LinkDoesNotWork)?;
        let has_more = it.files.iter().any(|file| attachment::is_new(case, file));
        if is_said(inquiry) && inquiry.links.contains_key(link) && !has_more {
            return nothing();
        }
        if inquiry.confirming.is_some() || !inquiry.takes(link, command.at) {
            return Err(Refusal::LinkDoesNotWork);
        }
    } else {
        let inquiry = find(case, it.inquiry)?;
        let asked = inquiry.respondent.member().map(Actor::User);
        if asked != Some(command.by.actor) {
            return Err(Refusal::NotAsked { inquiry: it.inquiry });
        }
        if inquiry.withdrawn.is_some() {
            return Err(Refusal::InquiryIsWithdrawn { inquiry: it.inquiry });
        }
    }
    debug_assert!(it.files.iter().all(|file| file.inquiry == Some(it.inquiry)), "told apart by it");
    let inquiry = find(case, it.inquiry)?;
    let text = it.text.clone();
    let said = Event::InquiryAnswered { inquiry: it.inquiry, text };
    let said = (!is_said(inquiry)).then_some(said);
    let files = attachment::added(case, &it.files)?;
    Ok(said.into_iter().chain(files).collect())
}

/// Wants no answer any more; links stop working.
pub(super) fn withdraw(case: &OpenCase, it: &Text<InquiryId>) -> Decision {
    let inquiry = find(case, it.about)?;
    require(&it.text, RequiredText::Reason)?;
    match &inquiry.withdrawn {
        Some(reason) if *reason == it.text => nothing(),
        Some(_) => Err(Refusal::InquiryIsWithdrawn { inquiry: it.about }),
        None if !inquiry.is_open() => Err(Refusal::InquiryIsAnswered { inquiry: it.about }),
        None => fact(Event::InquiryWithdrawn { inquiry: it.about, reason: it.text.clone() }),
    }
}

fn find(case: &OpenCase, inquiry: InquiryId) -> Result<&Inquiry, Refusal> {
    case.inquiries.get(&inquiry).ok_or(Refusal::InquiryUnknown { inquiry })
}

#[cfg(test)]
#[path = "inquiry_tests.rs"]
mod tests;
