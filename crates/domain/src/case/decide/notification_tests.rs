//! Given, when, then for notices to the authority.

use chrono::TimeDelta;

use super::super::super::command::Request;
use super::super::super::outstanding::Outstanding;
use super::super::super::spec::*;
use super::super::super::{Case, Event, decide};
use super::*;
use crate::notification::tests::{book, field};
use crate::notification::{Fingerprint, NoticeChannel};

fn sent(kind: NoticeKind, sent_at: Time) -> RecordNotification {
    RecordNotification {
        kind,
        sent_at,
        reference: "AR123456789".to_owned(),
        reasons: None,
        channel: None,
        completeness: None,
        seen: None,
        receipt: None,
        book: None,
    }
}

fn record(it: RecordNotification) -> Command {
    command(it.sent_at + TimeDelta::hours(1), dpo(), Request::RecordNotification(it))
}

fn record_at(sent_at: Time, reasons: Option<&str>) -> Command {
    record(RecordNotification { reasons: reasons.map(text), ..sent(NoticeKind::Initial, sent_at) })
}

fn supplement_at(sent_at: Time) -> Command {
    record(sent(NoticeKind::Supplement, sent_at))
}

fn withdraw_at(sent_at: Time, reasons: Option<&str>) -> Command {
    let it = sent(NoticeKind::Withdrawal, sent_at);
    record(RecordNotification { reasons: reasons.map(text), ..it })
}

fn supplemented(sent_at: Time) -> Event {
    let (reference, notice) = ("AR123456789".to_owned(), NoticeSent::default());
    Event::NotificationSupplemented { sent_at, reference, notice }
}

fn withdrawn_at(sent_at: Time) -> Event {
    let (reference, notice) = ("AR123456789".to_owned(), NoticeSent::default());
    let reasons = text("there was no breach");
    Event::NotificationWithdrawn { sent_at, reference, reasons, notice }
}

fn written(changes: &[(u16, Option<&str>)]) -> Request {
    let change = |(id, words): &(u16, Option<&str>)| {
        (FieldId(*id), words.map(|words| Value::Text(words.to_owned())))
    };
    let fields = Erasable::known(changes.iter().map(change).collect());
    Request::DraftNotification(DraftNotification { fields, book: Some(book().into()) })
}

fn drafted(version: u32, own: &[(u16, &str)]) -> Event {
    let own = own.iter().map(|(id, words)| (FieldId(*id), Value::Text((*words).to_owned())));
    Event::NotificationDrafted { version, fields: Erasable::known(own.collect()) }
}

#[test]
fn a_notification_is_recorded_even_before_a_decision() {
    given([reported()]).when(record_at(monday(11), None)).then([notified()]);
}

#[test]
fn a_notification_twice_changes_nothing_and_another_is_refused() {
    given([reported(), notified()]).when(record_at(monday(11), None)).then([]);
    given([reported(), notified()])
        .when(record_at(monday(12), None))
        .then_refused(Refusal::AlreadyNotified { sent_at: monday(11) });
}

#[test]
fn a_notification_against_the_decision_is_refused() {
    given([reported(), decided_not_to_notify()])
        .when(record_at(monday(11), None))
        .then_refused(Refusal::DecidedNotToNotify);
}

#[test]
fn a_late_notification_takes_reasons() {
    let due_at = monday(8) + TimeDelta::hours(72);
    let late = due_at + TimeDelta::seconds(1);
    given([reported()])
        .when(record_at(late, Some(" ")))
        .then_refused(Refusal::ReasonsForDelayMissing { due_at });
    given([reported()]).when(record_at(late, Some("nobody was at work"))).then([
        Event::AuthorityNotified {
            sent_at: late,
            reference: "AR123456789".to_owned(),
            reasons_for_delay: Some(text("nobody was at work")),
            notice: NoticeSent::default(),
        },
    ]);
}

#[test]
fn a_notification_has_a_reference_and_lies_in_the_past() {
    let at_noon = |sent_at, reference: &str| {
        let reference = reference.to_owned();
        let it = RecordNotification { reference, ..sent(NoticeKind::Initial, sent_at) };
        command(monday(12), dpo(), Request::RecordNotification(it))
    };
    given([reported()])
        .when(at_noon(monday(11), " "))
        .then_refused(Refusal::TextMissing { what: RequiredText::Reference });
    given([reported()])
        .when(at_noon(monday(13), "AR1"))
        .then_refused(Refusal::TimeInFuture { given: monday(13) });
}

#[test]
fn more_is_told_of_what_was_notified_and_the_first_stops_the_clock() {
    given([reported(), notified()])
        .when(supplement_at(monday(12)))
        .then([supplemented(monday(12))]);
    given([reported(), notified(), supplemented(monday(12))])
        .when(supplement_at(monday(12)))
        .then([]);
    let with_reasons = RecordNotification {
        reasons: Some(text("late")),
        ..sent(NoticeKind::Supplement, monday(12))
    };
    given([reported(), notified(), supplemented(monday(12))]).when(record(with_reasons)).then([]);
    given([reported(), notified(), supplemented(monday(12))])
        .when(supplement_at(monday(14)))
        .then([supplemented(monday(14))]);
}

#[test]
fn nothing_is_added_to_or_taken_back_that_was_not_sent() {
    given([reported()]).when(supplement_at(monday(12))).then_refused(Refusal::NotNotified);
    given([reported()])
        .when(withdraw_at(monday(12), Some("no breach")))
        .then_refused(Refusal::NotNotified);
    given([reported(), notified(), withdrawn_at(monday(12))])
        .when(supplement_at(monday(13)))
        .then_refused(Refusal::NotNotified);
    given([reported(), notified()])
        .when(supplement_at(monday(10)))
        .then_refused(Refusal::TimesOutOfOrder { earlier: monday(11), later: monday(10) });
}

#[test]
fn a_withdrawal_says_why_and_is_one() {
    given([reported(), notified()])
        .when(withdraw_at(monday(12), Some(" ")))
        .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    given([reported(), notified()])
        .when(withdraw_at(monday(12), Some("there was no breach")))
        .then([withdrawn_at(monday(12))]);
    given([reported(), notified(), withdrawn_at(monday(12))])
        .when(withdraw_at(monday(12), Some("there was no breach")))
        .then([]);
}

#[test]
fn after_a_withdrawal_only_another_first_one_follows() {
    let history = || [reported(), notified(), withdrawn_at(monday(12))];
    let again =
        RecordNotification { reference: "AR2".to_owned(), ..sent(NoticeKind::Initial, monday(13)) };
    given(history()).when(record(again)).then([Event::AuthorityNotified {
        sent_at: monday(13),
        reference: "AR2".to_owned(),
        reasons_for_delay: None,
        notice: NoticeSent::default(),
    }]);
    given(history()).when(record_at(monday(11), None)).then([]);
}

#[test]
fn a_withdrawal_asks_for_another_decision() {
    let case = |events: &[Event]| match play_events(events) {
        Case::Open(case) => case,
        other => panic!("open, not {other:?}"),
    };
    let withdrawn = [reported(), decided_to_notify(), notified(), withdrawn_at(monday(12))];
    let open = case(&withdrawn);
    assert!(open.outstanding().contains(&Outstanding::DecideOnAuthority));
    assert!(!open.authority.is_settled());
    let settled = withdrawn.into_iter().chain([decided_not_to_notify()]).collect::<Vec<_>>();
    let settled = case(&settled);
    assert!(!settled.outstanding().contains(&Outstanding::DecideOnAuthority));
    assert!(settled.authority.is_settled());
}

fn play_events(events: &[Event]) -> Case {
    use super::super::super::evolve::{Fact, fold};
    fold(events.iter().map(|event| Fact { event, at: monday(12), by: dpo().actor }))
}

#[test]
fn own_words_are_kept_in_versions_and_taken_back_one_by_one() {
    given([reported()])
        .when(by_dpo(written(&[(62, Some("a phone"))])))
        .then([drafted(1, &[(62, "a phone")])]);
    let one = || drafted(1, &[(62, "a phone")]);
    given([reported(), one()]).when(by_dpo(written(&[(62, Some("a phone"))]))).then([]);
    given([reported(), one()])
        .when(by_dpo(written(&[(63, Some("mail"))])))
        .then([drafted(2, &[(62, "a phone"), (63, "mail")])]);
    given([reported(), one()]).when(by_dpo(written(&[(62, None)]))).then([drafted(2, &[])]);
}

#[test]
fn only_what_the_template_takes_is_written() {
    for unfit in [(1, Some("there is no such field")), (55, Some("words where one chooses"))] {
        given([reported()])
            .when(by_dpo(written(&[unfit])))
            .then_refused(Refusal::NotAnAnswer { field: FieldId(unfit.0) });
    }
}

#[test]
fn what_was_sent_is_kept_as_it_was_and_only_where_it_was_looked_at() {
    let history = [reported(), drafted(1, &[(62, "a phone"), (63, "mail")])];
    let Case::Open(case) = play_events(&history) else { panic!("an open case") };
    let book = book();
    let occasion = Occasion { kind: NoticeKind::Initial, at: monday(9), reasons: None };
    let seen = prepare(&book, &case, occasion, None).fingerprint();
    let it = RecordNotification {
        channel: Some(NoticeChannel::Portal),
        completeness: Some(Completeness::Incomplete),
        seen: Some(seen),
        book: Some(book.into()),
        ..sent(NoticeKind::Initial, monday(11))
    };
    let changed = RecordNotification { seen: Some(Fingerprint(17)), ..it.clone() };
    given(history.clone()).when(record(changed)).then_refused(Refusal::NotificationChanged);
    let events = decide(&play_events(&history), &record(it)).expect("it can be recorded");
    let [Event::AuthorityNotified { notice, .. }] = events.as_slice() else { panic!("{events:?}") };
    let content = notice.content.as_ref().expect("the content is kept");
    assert_eq!(content.completeness, Completeness::Incomplete);
    let words = |id| content.sent().iter().find(|it| it.field == field(id)).map(|it| &it.value);
    assert_eq!(words(62), Some(&Value::Text("a phone".to_owned())));
    assert_eq!(words(49), None, "it was in time");
}

#[test]
fn a_notice_with_something_missing_is_not_called_complete() {
    let it = RecordNotification {
        completeness: Some(Completeness::Complete),
        book: Some(book().into()),
        ..sent(NoticeKind::Initial, monday(11))
    };
    let Err(refused) = decide(&play_events(&[reported()]), &record(it)) else { panic!("complete") };
    let Refusal::NotificationIncomplete { lacking } = refused else { panic!("{refused:?}") };
    assert!(lacking.contains(&field(62)), "{lacking:?}");
    assert!(!lacking.contains(&field(48)), "the case says when it became known");
}
