//! Writing what the authority is told, and recording that it was (GDPR art. 33).

use std::collections::BTreeMap;

use super::super::attachment::AttachmentSource;
use super::super::command::{Command, DraftNotification, RecordNotification};
use super::super::event::AuthorityDecision;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::attachment::attached;
use super::{fact, nothing, require};
use crate::invisible::says_nothing;
use crate::notification::fill::Occasion;
use crate::notification::{
    Completeness, FieldId, Notice, NoticeContent, NoticeKind, NoticeSent, NotificationBook,
    Prepared, Value, prepare,
};
use crate::{Erasable, Time};

/// Records what was sent. The first may come before any decision, since reality sometimes does, and
/// says why where it comes after the deadline (art. 33(1)). What adds to it or takes it back needs
/// one to be there; once it is taken back, only another first one follows.
pub(super) fn record(case: &OpenCase, it: &RecordNotification, command: &Command) -> Decision {
    if command.at < it.sent_at {
        return Err(Refusal::TimeInFuture { given: it.sent_at });
    }
    if says_nothing(&it.reference) {
        return Err(Refusal::TextMissing { what: RequiredText::Reference });
    }
    let reasons = reasons(it);
    if was_recorded(case, it, reasons.as_ref()) {
        return nothing();
    }
    match it.kind {
        NoticeKind::Initial => may_notify(case, it, reasons.is_some())?,
        NoticeKind::Supplement => follows(case, it.sent_at)?,
        NoticeKind::Withdrawal => {
            follows(case, it.sent_at)?;
            require(&reasons.clone().unwrap_or_else(nothing_said), RequiredText::Reason)?;
        }
    }
    let content = content(case, it, reasons.as_ref())?.map(Box::new);
    let receipt = receipt(case, it)?;
    let attachment = it.receipt.as_ref().map(|receipt| receipt.attachment);
    let notice = NoticeSent { channel: it.channel, receipt: attachment, content };
    let (sent_at, reference) = (it.sent_at, it.reference.clone());
    let sent = match it.kind {
        NoticeKind::Initial => {
            Event::AuthorityNotified { sent_at, reference, reasons_for_delay: reasons, notice }
        }
        NoticeKind::Supplement => Event::NotificationSupplemented { sent_at, reference, notice },
        NoticeKind::Withdrawal => {
            let reasons = reasons.unwrap_or_else(nothing_said);
            Event::NotificationWithdrawn { sent_at, reference, reasons, notice }
        }
    };
    Ok(receipt.into_iter().chain([sent]).collect())
}

/// The reasons that a notice of this kind has a place for: a supplement has none.
fn reasons(it: &RecordNotification) -> Option<Erasable<String>> {
    let has_a_place = it.kind != NoticeKind::Supplement;
    it.reasons.clone().filter(|reasons| has_a_place && !reasons.is_blank())
}

fn nothing_said() -> Erasable<String> {
    Erasable::known(String::new())
}

/// Whether the same was recorded before.
fn was_recorded(
    case: &OpenCase,
    it: &RecordNotification,
    reasons: Option<&Erasable<String>>,
) -> bool {
    let is_it = |notice: &Notice| {
        notice.kind == it.kind
            && notice.sent_at == it.sent_at
            && notice.reference == it.reference
            && notice.reasons.as_ref() == reasons
            && notice.sent.channel == it.channel
            && notice.completeness() == it.completeness
    };
    case.authority.notices.iter().any(is_it)
}

/// Whether a first notice can be recorded.
fn may_notify(case: &OpenCase, it: &RecordNotification, has_reasons: bool) -> Result<(), Refusal> {
    if let Some(notified) = &case.authority.notified {
        return Err(Refusal::AlreadyNotified { sent_at: notified.sent_at });
    }
    if case.authority.decision() == Some(AuthorityDecision::DoNotNotify) {
        return Err(Refusal::DecidedNotToNotify);
    }
    after_the_last(case, it.sent_at)?;
    let deadline = case.clock.deadline;
    if deadline.is_late(it.sent_at) && !has_reasons {
        return Err(Refusal::ReasonsForDelayMissing { due_at: deadline.due_at() });
    }
    Ok(())
}

/// Whether there is a notice that something sent then can follow.
fn follows(case: &OpenCase, sent_at: Time) -> Result<(), Refusal> {
    if case.authority.notified.is_none() {
        return Err(Refusal::NotNotified);
    }
    after_the_last(case, sent_at)
}

fn after_the_last(case: &OpenCase, sent_at: Time) -> Result<(), Refusal> {
    match case.authority.notices.last() {
        Some(last) if sent_at < last.sent_at => {
            Err(Refusal::TimesOutOfOrder { earlier: last.sent_at, later: sent_at })
        }
        _ => Ok(()),
    }
}

/// What the notice said, where it was written here: as it stands now, which must be as it stood
/// when it was last looked at.
fn content(
    case: &OpenCase,
    it: &RecordNotification,
    reasons: Option<&Erasable<String>>,
) -> Result<Option<NoticeContent>, Refusal> {
    let (Some(completeness), Some(book)) = (it.completeness, &it.book) else { return Ok(None) };
    let text = reasons.and_then(Erasable::get).map(String::as_str);
    let occasion = Occasion { kind: it.kind, at: it.sent_at, reasons: text };
    let prepared: Prepared<'_> = prepare(book, case, occasion, Some(completeness));
    if it.seen.is_some_and(|seen| seen != prepared.fingerprint()) {
        return Err(Refusal::NotificationChanged);
    }
    if completeness == Completeness::Complete {
        let lacking: Vec<FieldId> = prepared.lacking(&book.view).collect();
        if !lacking.is_empty() {
            return Err(Refusal::NotificationIncomplete { lacking });
        }
    }
    Ok(Some(prepared.content(&book.profile.language)))
}

/// The receipt as a file of the case; nothing where there is none or it is there already.
fn receipt(case: &OpenCase, it: &RecordNotification) -> Result<Option<Event>, Refusal> {
    let Some(receipt) = &it.receipt else { return Ok(None) };
    debug_assert_eq!(receipt.source, AttachmentSource::Handling, "the reporter has no receipt");
    attached(case, receipt)
}

/// Writes what is to stand in the next notice. Earlier versions stay in the case's history.
pub(super) fn draft(case: &OpenCase, it: &DraftNotification) -> Decision {
    let known = case.authority.draft.as_ref();
    let mut fields = known.and_then(|draft| draft.fields.get()).cloned().unwrap_or_default();
    let before = fields.clone();
    let Some(changes) = it.fields.get() else { return nothing() };
    if let Some(book) = &it.book {
        answers(book, changes)?;
    }
    for (field, value) in changes {
        match value {
            Some(value) => fields.insert(*field, value.clone()),
            None => fields.remove(field),
        };
    }
    if fields == before {
        return nothing();
    }
    let version = known.map_or(1, |draft| draft.version + 1);
    fact(Event::NotificationDrafted { version, fields: Erasable::known(fields) })
}

/// Refuses what the template does not take. Taking an answer back is always possible.
fn answers(
    book: &NotificationBook,
    changes: &BTreeMap<FieldId, Option<Value>>,
) -> Result<(), Refusal> {
    let is_unfit = |(field, value): &(&FieldId, &Option<Value>)| match value {
        Some(value) => !book.template.field(**field).is_some_and(|it| it.takes(value)),
        None => false,
    };
    match changes.iter().find(is_unfit) {
        Some((field, _)) => Err(Refusal::NotAnAnswer { field: *field }),
        None => Ok(()),
    }
}

#[cfg(test)]
#[path = "notification_tests.rs"]
mod tests;
