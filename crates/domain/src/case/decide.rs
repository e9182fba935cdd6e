//! What the case answers to a command. Reads no clock, no disk, no network.

mod archiving;
mod assessment;
mod assignment;
mod attachment;
mod audit;
mod authority;
mod awareness;
mod closing;
mod confirmation;
mod correction;
mod dealings;
mod document;
mod duty;
mod erasure;
mod inquiry;
mod joining;
mod letter;
mod measure;
mod memo;
mod notification;
mod opening;
mod people;
mod question;
mod receive;
mod reminders;
mod report;
mod severity;

use super::command::{Acting, Command, Request};
use super::event::Outcome;
use super::refusal::{Refusal, RequiredText};
use super::state::{Case, ClosedCase, Closing, OpenCase};
use super::{Decision, Event};
use crate::ids::CaseNumber;
use crate::{Actor, Erasable};

pub use duty::judged;

/// Decides on a command: the facts that follow, none where it is so already, or a refusal.
pub fn decide(case: &Case, command: &Command) -> Decision {
    if case.known().is_some_and(|known| is_involved(known, &command.by)) {
        return Err(Refusal::InvolvedInTheCase);
    }
    match (case, &command.request) {
        (Case::Unreported, Request::Report(it)) => report::decide(it, command),
        (Case::Unreported, _) => Err(Refusal::NotReported),
        (Case::Open(case), _) => decide_open(case, command),
        (Case::Closed(closed), _) => decide_closed(closed, command),
        (Case::Erased(_), Request::Erase(it)) => erasure::in_erased(it, command),
        // Carried over an erased case, the watch finds nothing to say.
        (Case::Erased(_), Request::CheckDuties(_) | Request::Remind { .. }) => Ok(Vec::new()),
        (Case::Erased(_), _) => Err(Refusal::CaseIsErased),
    }
}

fn decide_open(case: &OpenCase, command: &Command) -> Decision {
    match &command.request {
        Request::Report(it) => report::repeated(case, it),
        Request::AddInformation(it) => report::add(case, it),
        Request::Receive(it) => receive::decide(case, it, command),
        Request::Reclassify(it) => receive::reclassify(case, it, command),
        Request::NameInvolved(it) => receive::name_involved(case, it),
        Request::EstablishAwareness(it) => awareness::decide(case, it, command),
        Request::CheckDuties(book) => Ok(duty::check(case, book, command.at)),
        Request::AskReporter(it) => question::ask(case, it),
        Request::AnswerQuestion(it) => question::answer(case, it),
        Request::Assess(it) => assessment::decide(case, it),
        Request::DecideOnAuthority(it) => authority::decide(case, it, command),
        Request::RecordNotification(it) => notification::record(case, it, command),
        Request::DraftNotification(it) => notification::draft(case, it),
        Request::DecideOnPeople(it) => people::decide(case, it),
        Request::ProposeMeasure(it) => measure::propose(case, it),
        Request::CompleteMeasure(it) => measure::complete(case, it, command),
        Request::VerifyMeasure(it) => measure::verify(case, it),
        Request::Document(it) => document::decide(case, it),
        Request::Letter(it) => letter::decide(case, it, command),
        Request::Confirmation(it) => confirmation::in_open(case, it, command),
        Request::Archiving(it) => archiving::in_open(case, it, command),
        Request::SubmitMemo(it) => memo::submit(case, it),
        Request::Return(it) => memo::send_back(case, it, command),
        Request::Close(it) => closing::close(case, it, command),
        Request::CloseAsNotADeviation(it) => closing::not_a_deviation(case, it),
        Request::Reopen(it) => closing::already_open(case, it),
        Request::Erase(it) => erasure::in_open(case, it, command),
        Request::Assign(it) => assignment::decide(case, *it),
        Request::TellPeople(it) => people::tell(case, it, command),
        Request::Attach(it) => attachment::in_open(case, it),
        Request::Inquire(it) => inquiry::make(case, it, command),
        Request::MakeLink(it) => inquiry::make_link(case, it),
        Request::AnswerInquiry(it) => inquiry::answer(case, it, command),
        Request::WithdrawInquiry(it) => inquiry::withdraw(case, it),
        Request::Remind { before } => reminders::in_open(case, command.at, *before),
        Request::Contribute(it) => dealings::contribute(case, it, command),
        Request::AddNote(it) => dealings::note(case, it, command),
        Request::ReviewEffect(it) => measure::review(case, it),
        Request::Refer(it) => dealings::refer(case, it, command),
        Request::RecordCorrespondence(it) => dealings::correspond(case, it, command),
        Request::Link(it) => joining::link(case, it),
        Request::TakeInDuplicate { other, aware_at } => joining::take_in(case, *other, *aware_at),
        Request::Merge(it) => joining::merge(case, it),
        Request::EstablishFacts(it) => duty::establish(case, it),
        Request::OverrideSeverity(it) => severity::decide(case, it),
        Request::FulfilDuty(it) => duty::fulfil(case, it, command),
        Request::OpenOutsideRole(it) => opening::decide(case, it),
        Request::ReviewOpening(it) => opening::review(case, it, command),
        Request::WithdrawMeasure(it) => correction::measure(case, it),
        Request::WithdrawFulfilment(it) => correction::fulfilment(case, it),
        Request::WithdrawInvolved(it) => correction::involved(case, it),
        Request::GrantAudit(it) => audit::grant(case, it, command),
        Request::RevokeAudit(it) => audit::revoke(case, it, command),
    }
}

fn decide_closed(closed: &ClosedCase, command: &Command) -> Decision {
    match &command.request {
        Request::Report(it) => report::repeated(&closed.case, it),
        // What the reporter knows is never turned away.
        Request::AddInformation(it) => report::add(&closed.case, it),
        Request::AnswerQuestion(it) => question::answer(&closed.case, it),
        // Whoever reported what went on elsewhere is still asked here: they have this code alone.
        Request::AskReporter(it) if matches!(closed.closing, Closing::Merged { .. }) => {
            question::ask(&closed.case, it)
        }
        Request::Close(it) => closing::already_closed(closed, it, command),
        Request::CloseAsNotADeviation(it) => closing::already_not_a_deviation(closed, it),
        Request::Reopen(it) => closing::reopen(closed, it),
        // A repeat says so; anything else is for the case it goes on in.
        Request::Merge(it) => joining::already_merged(closed, it),
        Request::Remind { before } => reminders::in_closed(closed, command.at, *before),
        Request::ReviewEffect(it) => measure::review(&closed.case, it),
        // The authority, the police and the employer answer when they are ready.
        Request::Refer(it) => dealings::refer(&closed.case, it, command),
        Request::RecordCorrespondence(it) => dealings::correspond(&closed.case, it, command),
        Request::AddNote(it) => dealings::note(&closed.case, it, command),
        Request::Link(it) => joining::link(&closed.case, it),
        // Nor is what somebody knows who was asked while the case was open.
        Request::AnswerInquiry(it) => inquiry::answer(&closed.case, it, command),
        Request::Confirmation(it) => confirmation::in_closed(&closed.case, it, command),
        Request::Archiving(it) => archiving::in_closed(closed, it, command),
        Request::Erase(it) => erasure::in_closed(&closed.case, it, command),
        Request::Attach(it) => attachment::in_closed(&closed.case, it),
        // Carried over a closed case, the watch finds nothing to say.
        Request::CheckDuties(_) => Ok(Vec::new()),
        Request::NameInvolved(it) => receive::name_involved(&closed.case, it),
        Request::CompleteMeasure(it) => measure::complete(&closed.case, it, command),
        Request::VerifyMeasure(it) => measure::verify(&closed.case, it),
        Request::OpenOutsideRole(it) => opening::decide(&closed.case, it),
        Request::ReviewOpening(it) => opening::review(&closed.case, it, command),
        Request::WithdrawMeasure(it) => correction::measure(&closed.case, it),
        Request::WithdrawInvolved(it) => correction::involved(&closed.case, it),
        Request::GrantAudit(it) => audit::grant(&closed.case, it, command),
        Request::RevokeAudit(it) => audit::revoke(&closed.case, it, command),
        Request::Receive(_)
        | Request::Reclassify(_)
        | Request::WithdrawFulfilment(_)
        | Request::EstablishAwareness(_)
        | Request::AskReporter(_)
        | Request::Assess(_)
        | Request::DecideOnAuthority(_)
        | Request::RecordNotification(_)
        | Request::DraftNotification(_)
        | Request::DecideOnPeople(_)
        | Request::ProposeMeasure(_)
        | Request::Document(_)
        | Request::Letter(_)
        | Request::SubmitMemo(_)
        | Request::Return(_)
        | Request::Assign(_)
        | Request::TellPeople(_)
        | Request::Inquire(_)
        | Request::MakeLink(_)
        | Request::WithdrawInquiry(_)
        | Request::Contribute(_)
        | Request::TakeInDuplicate { .. }
        | Request::EstablishFacts(_)
        | Request::OverrideSeverity(_)
        | Request::FulfilDuty(_) => Err(Refusal::CaseIsClosed),
    }
}

/// The case, if it may end in another, as far as it says itself: the other is asked before it does.
pub fn may_end(case: &Case) -> Result<&OpenCase, Refusal> {
    match case {
        Case::Unreported => Err(Refusal::NotReported),
        Case::Open(case) => joining::may_end(case).map(|()| &**case),
        Case::Closed(closed) => Err(match closed.closing {
            Closing::Merged { into } => Refusal::CaseIsMerged { into: into.number },
            Closing::ByController { .. } | Closing::NotADeviation { .. } => Refusal::CaseIsClosed,
        }),
        Case::Erased(_) => Err(Refusal::CaseIsErased),
    }
}

fn is_involved(case: &OpenCase, by: &Acting) -> bool {
    matches!(by.actor, Actor::User(user) if case.involved.contains(&user))
}

/// One new fact.
#[expect(clippy::unnecessary_wraps, reason = "a decision, like every leaf's")]
fn fact(event: Event) -> Decision {
    Ok(vec![event])
}

/// It is so already.
#[expect(clippy::unnecessary_wraps, reason = "a decision, like every leaf's")]
fn nothing() -> Decision {
    Ok(Vec::new())
}

/// Why a decision departs from the advice or from practice; refused where it does and does not say
/// why.
fn explained(
    said: Option<&Erasable<String>>,
    advised: Option<Outcome>,
    other_cases: Option<Vec<CaseNumber>>,
) -> Result<Option<Erasable<String>>, Refusal> {
    if let Some(said) = said.filter(|said| !said.is_blank()) {
        return Ok(Some(said.clone()));
    }
    match (advised, other_cases) {
        (Some(advised), _) => Err(Refusal::DepartureUnexplained { advised }),
        (None, Some(cases)) => Err(Refusal::PracticeUnexplained { cases }),
        (None, None) => Ok(None),
    }
}

/// Refuses a text in which nothing is written.
fn require(text: &Erasable<String>, what: RequiredText) -> Result<(), Refusal> {
    if text.is_blank() { Err(Refusal::TextMissing { what }) } else { Ok(()) }
}
