//! Asking and answering: by those who sign in, and by a secret link.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use uuid::Uuid;

use super::super::super::attachment::{AttachedFile, Attachment, AttachmentSource, FileKind};
use super::super::super::command::{Acting, Request};
use super::super::super::inquiry::{Contact, LinkHash};
use super::super::super::report::{Report, Reporter, ReporterIdentity};
use super::super::super::spec::*;
use super::*;
use crate::ids::{AttachmentId, PersonId};
use crate::{Erasable, Time};

fn hash() -> LinkHash {
    LinkHash("ab".repeat(32))
}

fn outside(email: &str) -> Respondent {
    let contact = Contact { name: "Visma".to_owned(), email: email.to_owned() };
    Respondent::Outside(Erasable::known(contact))
}

fn made(respondent: Respondent, asked: &str) -> InquiryMade {
    let (text, files) = (text(asked), BTreeSet::new());
    InquiryMade { inquiry: INQUIRY, respondent, text, due_at: monday(57), files }
}

fn make(respondent: Respondent, asked: &str) -> Command {
    by_dpo(Request::Inquire(Box::new(made(respondent, asked))))
}

fn asked_outside() -> Event {
    Event::InquiryMade(Box::new(made(outside("post@example.org"), "how many?")))
}

/// When a link stops working, here.
fn expiry() -> Time {
    monday(12) + TimeDelta::days(14)
}

fn link_made() -> Event {
    Event::InquiryLinkMade { inquiry: INQUIRY, hash: hash(), expires_at: expiry() }
}

fn by_link(at: Time, hash: LinkHash, said: &str) -> Command {
    by_link_with(at, hash, said, Vec::new())
}

fn by_link_with(at: Time, hash: LinkHash, said: &str, files: Vec<Attachment>) -> Command {
    let it = AnswerInquiry { inquiry: INQUIRY, text: text(said), files, link: Some(hash) };
    command(at, Acting::respondent(), Request::AnswerInquiry(it))
}

/// A file that came with an answer; nobody says what it shows but the answer.
fn file(number: u128) -> Attachment {
    let file = AttachedFile {
        name: "logg.pdf".to_owned(),
        description: String::new(),
        sha256: "ab".repeat(32),
    };
    Attachment {
        attachment: AttachmentId(Uuid::from_u128(number)),
        source: AttachmentSource::Handling,
        kind: FileKind::Pdf,
        length: 17,
        file: Erasable::known(file),
        inquiry: Some(INQUIRY),
    }
}

fn attached(number: u128) -> Event {
    Event::AttachmentAdded(Box::new(file(number)))
}

fn signed_in(said: &str) -> Request {
    signed_in_with(said, Vec::new())
}

fn signed_in_with(said: &str, files: Vec<Attachment>) -> Request {
    Request::AnswerInquiry(AnswerInquiry { inquiry: INQUIRY, text: text(said), files, link: None })
}

#[test]
fn a_file_comes_with_its_answer_once_and_stays_with_it() {
    // The specification records everything in the data protection officer's name.
    let asked = || [reported(), inquired(DPO)];
    let answer = |said, number| by_dpo(signed_in_with(said, vec![file(number)]));
    given(asked()).when(answer("seven", 1)).then([answered("seven"), attached(1)]);
    let told = || asked().into_iter().chain([answered("seven"), attached(1)]);
    given(told()).when(answer("seven", 1)).then([]);
    given(told()).when(answer("seven", 2)).then([attached(2)]);
    given(told()).when(answer("eight", 2)).then([answered("eight"), attached(2)]);
    given(asked())
        .when(answer(" ", 1))
        .then_refused(Refusal::TextMissing { what: RequiredText::Answer });
}

#[test]
fn a_link_takes_one_answer_with_its_files_and_no_more_files_after() {
    let asked = || [reported(), asked_outside(), link_made()];
    let by_link = |files| by_link_with(monday(13), hash(), "seven", files);
    given(asked()).when(by_link(vec![file(1)])).then([answered("seven"), attached(1)]);
    let told = || asked().into_iter().chain([answered("seven"), attached(1)]);
    given(told()).when(by_link(vec![file(2)])).then_refused(Refusal::LinkDoesNotWork);
}

#[test]
fn a_question_is_put_once() {
    let member = || Respondent::Member(LEADER);
    given([reported()]).when(make(member(), "how many?")).then([inquired(LEADER)]);
    given([reported(), inquired(LEADER)]).when(make(member(), "how many?")).then([]);
    given([reported(), inquired(LEADER)])
        .when(make(member(), "since when?"))
        .then_refused(Refusal::InquiryTaken { inquiry: INQUIRY });
    given([reported()])
        .when(make(member(), " "))
        .then_refused(Refusal::TextMissing { what: RequiredText::Question });
}

#[test]
fn somebody_outside_is_asked_where_they_can_be_reached() {
    given([reported()])
        .when(make(outside("post@example.org"), "how many?"))
        .then([asked_outside()]);
    given([reported()])
        .when(make(outside("by phone"), "how many?"))
        .then_refused(Refusal::TextMissing { what: RequiredText::Contact });
}

#[test]
fn nobody_involved_is_asked_and_nobody_by_yesterday() {
    let involved = Event::PersonInvolved { user: Erasable::about(LEADER, LEADER) };
    given([reported(), involved])
        .when(make(Respondent::Member(LEADER), "how many?"))
        .then_refused(Refusal::RespondentInvolved);
    let mut late = made(Respondent::Member(LEADER), "how many?");
    late.due_at = monday(12);
    given([reported()])
        .when(by_dpo(Request::Inquire(Box::new(late))))
        .then_refused(Refusal::TimeInPast { given: monday(12) });
}

#[test]
fn whoever_was_asked_answers_and_may_add_to_it() {
    let history = [reported(), inquired(LEADER)];
    given(history.clone()).when(by_leader(signed_in("seven"))).then([answered("seven")]);
    given([reported(), inquired(LEADER), answered("seven")])
        .when(by_leader(signed_in("eight")))
        .then([answered("eight")]);
    given(history.clone())
        .when(by_leader(signed_in("")))
        .then_refused(Refusal::TextMissing { what: RequiredText::Answer });
    given(history)
        .when(by_controller(signed_in("seven")))
        .then_refused(Refusal::NotAsked { inquiry: INQUIRY });
}

#[test]
fn an_answer_said_twice_is_kept_once() {
    // The specification records everything in the data protection officer's name.
    let asked = [reported(), inquired(DPO), answered("seven")];
    given(asked).when(by_dpo(signed_in("seven"))).then([]);
}

#[test]
fn a_link_is_made_for_those_outside_alone_and_while_their_answer_is_waited_for() {
    let make_link = || {
        by_dpo(Request::MakeLink(MakeLink { inquiry: INQUIRY, hash: hash(), expires_at: expiry() }))
    };
    given([reported(), asked_outside()]).when(make_link()).then([link_made()]);
    given([reported(), asked_outside(), link_made()]).when(make_link()).then([]);
    given([reported(), inquired(LEADER)]).when(make_link()).then_refused(Refusal::LinkDoesNotWork);
    given([reported(), asked_outside(), answered("seven")])
        .when(make_link())
        .then_refused(Refusal::LinkDoesNotWork);
}

#[test]
fn a_link_takes_one_answer_until_it_runs_out() {
    let history = [reported(), asked_outside(), link_made()];
    let soon = || by_link(monday(13), hash(), "seven");
    given(history.clone()).when(soon()).then([answered("seven")]);
    let late = by_link(expiry(), hash(), "seven");
    let wrong = by_link(monday(13), LinkHash("cd".repeat(32)), "seven");
    for refused in [late, wrong] {
        given(history.clone()).when(refused).then_refused(Refusal::LinkDoesNotWork);
    }
    given([reported(), asked_outside(), link_made(), answered("six")])
        .when(soon())
        .then_refused(Refusal::LinkDoesNotWork);
    given([reported(), asked_outside(), link_made(), withdrawn()])
        .when(soon())
        .then_refused(Refusal::LinkDoesNotWork);
}

#[test]
fn what_was_asked_while_the_case_was_open_is_answered_after_it_ended_with_files_too() {
    let ended = || Event::ClosedAsNotADeviation { reason: text("found") };
    let asked = || [reported(), asked_outside(), link_made(), ended()];
    let with_file = by_link_with(monday(13), hash(), "seven", vec![file(1)]);
    given(asked()).when(with_file).then([answered("seven"), attached(1)]);
    given(asked()).when(by_link(expiry(), hash(), "seven")).then_refused(Refusal::LinkDoesNotWork);
    given([reported(), inquired(LEADER), ended()])
        .when(by_leader(signed_in("seven")))
        .then([answered("seven")]);
    given([reported(), inquired(LEADER), withdrawn(), ended()])
        .when(by_leader(signed_in("seven")))
        .then_refused(Refusal::InquiryIsWithdrawn { inquiry: INQUIRY });
    given([reported(), inquired(LEADER), ended()])
        .when(make(Respondent::Member(DPO), "since when?"))
        .then_refused(Refusal::CaseIsClosed);
}

#[test]
fn a_question_is_withdrawn_with_a_reason_while_nobody_has_answered() {
    let withdraw =
        |reason| by_dpo(Request::WithdrawInquiry(Text { about: INQUIRY, text: text(reason) }));
    let history = [reported(), inquired(LEADER)];
    given(history.clone()).when(withdraw("wrong address")).then([withdrawn()]);
    given(history.clone())
        .when(withdraw(""))
        .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    let gone = [reported(), inquired(LEADER), withdrawn()];
    given(gone.clone()).when(withdraw("wrong address")).then([]);
    given(gone.clone())
        .when(withdraw("other"))
        .then_refused(Refusal::InquiryIsWithdrawn { inquiry: INQUIRY });
    given(gone)
        .when(by_leader(signed_in("seven")))
        .then_refused(Refusal::InquiryIsWithdrawn { inquiry: INQUIRY });
    given([reported(), inquired(LEADER), answered("seven")])
        .when(withdraw("wrong address"))
        .then_refused(Refusal::InquiryIsAnswered { inquiry: INQUIRY });
    given([reported()])
        .when(withdraw("wrong address"))
        .then_refused(Refusal::InquiryUnknown { inquiry: INQUIRY });
}

#[test]
fn whoever_is_asked_is_shown_files_of_the_case_and_none_of_an_unnamed_reporter() {
    let shown = |number| {
        let files = BTreeSet::from([AttachmentId(Uuid::from_u128(number))]);
        InquiryMade { files, ..made(Respondent::Member(LEADER), "how many?") }
    };
    let ask = |number| by_dpo(Request::Inquire(Box::new(shown(number))));
    let asked = |number| Event::InquiryMade(Box::new(shown(number)));
    let of_reporter = |number| {
        let it = Attachment { source: AttachmentSource::Reporter, inquiry: None, ..file(number) };
        Event::AttachmentAdded(Box::new(it))
    };
    let handled = || Attachment { inquiry: None, ..file(1) };
    let case = || [reported(), Event::AttachmentAdded(Box::new(handled())), of_reporter(2)];
    let named = |case: [Event; 3]| {
        let [_, one, other] = case;
        let (person, user) = (PersonId(Uuid::from_u128(3)), Some(LEADER));
        let identity = ReporterIdentity { person, user, name: "Kari".to_owned(), contact: None };
        let reporter = Reporter::Named(Erasable::about(person, identity));
        [Event::DeviationReported(Box::new(Report { reporter, ..lost_phone() })), one, other]
    };
    for history in [case(), named(case())] {
        given(history.clone()).when(ask(1)).then([asked(1)]);
        let attachment = AttachmentId(Uuid::from_u128(9));
        given(history.clone()).when(ask(9)).then_refused(Refusal::AttachmentUnknown { attachment });
        given(history.into_iter().chain([asked(1)])).when(ask(1)).then([]);
    }
    let attachment = AttachmentId(Uuid::from_u128(2));
    given(named(case())).when(ask(2)).then([asked(2)]);
    given(case()).when(ask(2)).then_refused(Refusal::ReportersFile { attachment });
    given(case().into_iter().chain([asked(1)]))
        .when(ask(2))
        .then_refused(Refusal::InquiryTaken { inquiry: INQUIRY });
}
