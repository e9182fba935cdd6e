//! The case after one more fact. Never refuses: whatever is in the journal has happened.

mod measures;

use super::advised::{FactorSet, SeverityOverridden};
use super::archiving::Archive;
use super::attachment::Attachment;
use super::confirmation;
use super::dealings::{Contribution, Note};
use super::document::Documents;
use super::duties::{CaseDuties, Fulfilled};
use super::erasure::PartInCase;
use super::event::{AuthorityDecision, Event};
use super::facts::EstablishedFacts;
use super::inquiry::{Answer, Inquiry};
use super::involved::Involved;
use super::letter::Letters;
use super::memo::Memo;
use super::report::Report;
use super::state::{
    Assessment, Authority, AuthorityDecided, Case, Clock, ClosedCase, Closing, Notified, OpenCase,
    PeopleDecided, Question, Receipt, SubmittedMemo,
};
use crate::deadline::Deadline;
use crate::ids::{InquiryId, PersonId, UserId};
use crate::notification::{Draft, Notice, NoticeKind};
use crate::{Actor, Erasable, Time};

/// A fact with the two things about its recording that the case needs.
#[derive(Debug, Clone, Copy)]
pub struct Fact<'a> {
    /// What happened.
    pub event: &'a Event,
    /// When it was recorded.
    pub at: Time,
    /// Who caused it.
    pub by: Actor,
}

/// The case after everything in `facts`.
pub fn fold<'a>(facts: impl IntoIterator<Item = Fact<'a>>) -> Case {
    facts.into_iter().fold(Case::Unreported, evolve)
}

/// The case after one more fact.
#[must_use]
pub fn evolve(case: Case, fact: Fact<'_>) -> Case {
    match (case, fact.event) {
        (Case::Unreported, Event::DeviationReported(report)) => {
            Case::Open(Box::new(opened(report, fact.at)))
        }
        // A history that begins in the middle tells of no case.
        (Case::Unreported, _) => Case::Unreported,
        (Case::Open(case), Event::CaseClosed { grounds }) => {
            let grounds = grounds.clone().or_else(|| case.duties.ended_on.clone());
            close(*case, Closing::ByController { grounds })
        }
        (Case::Open(case), Event::ClosedAsNotADeviation { reason }) => {
            close(*case, Closing::NotADeviation { reason: reason.clone() })
        }
        (Case::Open(case), Event::CaseMerged { into, .. }) => {
            close(*case, Closing::Merged { into: *into })
        }
        (Case::Closed(closed), Event::CaseReopened { reason }) => {
            Case::Open(Box::new(reopened(closed.case, reason)))
        }
        (Case::Open(case), Event::CaseErased { .. }) => erased(*case),
        (Case::Closed(closed), Event::CaseErased { .. }) => erased(closed.case),
        (Case::Erased(case), _) => Case::Erased(case),
        (Case::Open(mut case), _) => {
            apply(&mut case, fact);
            Case::Open(case)
        }
        (Case::Closed(mut closed), _) => {
            apply(&mut closed.case, fact);
            Case::Closed(closed)
        }
    }
}

fn opened(report: &Report, reported_at: Time) -> OpenCase {
    let aware_at = report.known_since().unwrap_or(reported_at);
    OpenCase {
        report: report.clone(),
        reported_at,
        severe: Vec::new(),
        receipt: None,
        involved: Involved::default(),
        erased: std::collections::BTreeSet::default(),
        clock: Clock {
            deadline: Deadline::from_awareness(aware_at),
            reached: std::collections::BTreeSet::default(),
        },
        questions: std::collections::BTreeMap::default(),
        additions: Vec::new(),
        attachments: Vec::new(),
        assessment: None,
        authority: Authority::default(),
        people: None,
        told: Vec::new(),
        openings: std::collections::BTreeMap::default(),
        audits: std::collections::BTreeMap::default(),
        measures: std::collections::BTreeMap::default(),
        dropped: std::collections::BTreeMap::default(),
        memo: None,
        documents: Documents::default(),
        letters: Letters::default(),
        archive: Archive::default(),
        inquiries: std::collections::BTreeMap::default(),
        contributions: Vec::new(),
        notes: Vec::new(),
        referrals: Vec::new(),
        correspondence: Vec::new(),
        linked: std::collections::BTreeMap::default(),
        duplicates: std::collections::BTreeSet::default(),
        reopened: None,
        duties: CaseDuties::default(),
        established: None,
        overridden: std::collections::BTreeMap::default(),
    }
}

fn reopened(mut case: OpenCase, reason: &Erasable<String>) -> OpenCase {
    case.duties.ended.clear();
    case.duties.ended_on = None;
    case.reopened = Some(reason.clone());
    case.archive.is_outdated = true;
    if let Some(memo) = &mut case.memo {
        memo.awaits_controller = false;
    }
    case
}

fn close(case: OpenCase, closing: Closing) -> Case {
    Case::Closed(Box::new(ClosedCase { case, closing }))
}

/// What decisions are taken on is forgotten here; the texts are gone when they are next read.
fn erased(mut case: OpenCase) -> Case {
    case.report.reporter.erase();
    case.involved.forget_all();
    Case::Erased(Box::new(case))
}

/// One arm per event that changes what is known; the phase has been seen to.
#[expect(clippy::too_many_lines, reason = "an arm for each event, and nothing else")]
fn apply(case: &mut OpenCase, fact: Fact<'_>) {
    match fact.event.clone() {
        Event::InformationAdded { text } => case.additions.push(text),
        Event::CaseFoundSevere { reasons } => case.severe = reasons,
        Event::CaseReceived { category, category_version, unit, handler } => {
            let receipt = Receipt { category, category_version, unit, handler, deputy: None };
            case.receipt = Some(receipt);
            case.duties.turns.received = Some(fact.at);
        }
        Event::PersonInvolved { user } => case.involved.name(&user),
        Event::AwarenessEstablished { aware_at, .. } => {
            case.clock.deadline.move_to(aware_at);
        }
        Event::DeadlineStageReached { duty, stage, due_at, .. } => {
            case.clock.reached.insert((duty, due_at, stage));
        }
        Event::ReporterAsked { question, text } => {
            case.questions.insert(question, Question { text, answer: None });
        }
        Event::ReporterAnswered { question, text } => {
            if let Some(asked) = case.questions.get_mut(&question) {
                asked.answer = Some(text);
            }
        }
        Event::CaseAssessed { version, facts, outcome, advice } => {
            case.assessment = Some(Assessment { version, facts, outcome, advice });
        }
        Event::AuthorityDecided { decision, grounds, departure, capacity, held_against } => {
            if case.authority.decision() != Some(decision) {
                case.duties.turns.authority_decided = Some(fact.at);
            }
            let decided = AuthorityDecided { decision, grounds, departure, capacity, held_against };
            case.authority.decided = Some(decided);
            case.authority.is_decision_spent = false;
        }
        event @ (Event::AuthorityNotified { .. }
        | Event::NotificationSupplemented { .. }
        | Event::NotificationWithdrawn { .. }
        | Event::NotificationDrafted { .. }) => {
            if matches!(event, Event::AuthorityNotified { .. }) {
                case.duties.turns.notified = Some(fact.at);
            }
            notify(&mut case.authority, event);
        }
        Event::PeopleDecided { decision, grounds, particulars } => {
            let particulars = particulars.map(|it| *it).unwrap_or_default();
            let told_before = case.told_before(decision);
            let before = case.people.as_ref().map(|it| it.decision.is_to_tell());
            if before != Some(decision.is_to_tell()) {
                case.duties.turns.people_decided = Some(fact.at);
            }
            case.people = Some(PeopleDecided { decision, grounds, particulars, told_before });
        }
        event @ (Event::MeasureProposed { .. }
        | Event::MeasureCompleted { .. }
        | Event::MeasureVerified { .. }
        | Event::EffectReviewDue { .. }
        | Event::EffectReviewed { .. }
        | Event::Overdue(_)) => measures::apply(case, event, fact.at),
        Event::MemoSubmitted { version, memo } => {
            case.documents.draft = None;
            case.memo = Some(submitted(version, *memo, fact.by));
        }
        Event::CaseReturned { follow_ups } => {
            if let Some(memo) = &mut case.memo {
                memo.awaits_controller = false;
                memo.follow_ups = follow_ups;
            }
        }
        Event::PersonErased { person, part, .. } => forget(case, person, part),
        Event::CaseAssigned { handler, deputy } => assign(case, handler, deputy),
        Event::PeopleTold(told) => case.told.push(told),
        Event::AttachmentAdded(it) => attach(case, *it),
        Event::InquiryMade(_)
        | Event::Confirmation(_)
        | Event::InquiryLinkMade { .. }
        | Event::InquiryReminded { .. }
        | Event::InquiryAnswered { .. }
        | Event::InquiryWithdrawn { .. } => inquiry(case, fact),
        Event::ContributionGiven { capacity, version, text } => {
            let (by, at) = (fact.by, fact.at);
            case.contributions.push(Contribution { by, capacity, version, at, text });
        }
        Event::NoteAdded { text } => case.notes.push(Note { by: fact.by, at: fact.at, text }),
        Event::CaseReferred(referral) => case.referrals.push(*referral),
        Event::CorrespondenceRecorded(it) => case.correspondence.push(*it),
        Event::CaseLinked { other, reason } => {
            case.linked.insert(other, reason);
        }
        Event::DuplicateTakenIn { other, aware_at } => {
            case.duplicates.insert(other);
            case.clock.deadline = case.clock.deadline.no_later_than(aware_at);
        }
        event @ (Event::DutiesJudged { .. }
        | Event::FactsEstablished { .. }
        | Event::DutyFulfilled { .. }) => apply_to_duties(case, event, fact.at),
        Event::SeverityOverridden(SeverityOverridden { factor, quarters, reason }) => {
            let (at, by) = (fact.at, fact.by);
            let set = quarters.map(|quarters| FactorSet { quarters, reason, at, by });
            case.overridden.remove(&factor);
            case.overridden.extend(set.map(|set| (factor, set)));
        }
        Event::Document(event) => case.documents.apply(&event),
        Event::Letter(event) => case.letters.apply(&event, fact.at, fact.by),
        Event::Archiving(event) => case.archive.apply(&event, fact.at),
        Event::Custody(event) => case.apply_custody(event, fact.at),
        Event::Access(event) => case.apply_access(event),
        Event::Correction(event) => case.apply_correction(&event),
        Event::DeviationReported(_)
        | Event::CaseErased { .. }
        | Event::CaseClosed { .. }
        | Event::ClosedAsNotADeviation { .. }
        | Event::CaseMerged { .. }
        | Event::CaseReopened { .. } => (),
    }
}

/// What the authority was told. A withdrawal takes back the notification, and with it the
/// decision it was sent on: another one is due.
fn notify(authority: &mut Authority, event: Event) {
    let (kind, sent_at, reference, reasons, sent) = match event {
        Event::AuthorityNotified { sent_at, reference, reasons_for_delay, notice } => {
            let notified = Notified { sent_at, reference, reasons_for_delay };
            let (reference, reasons) =
                (notified.reference.clone(), notified.reasons_for_delay.clone());
            authority.notified = Some(notified);
            (NoticeKind::Initial, sent_at, reference, reasons, notice)
        }
        Event::NotificationSupplemented { sent_at, reference, notice } => {
            (NoticeKind::Supplement, sent_at, reference, None, notice)
        }
        Event::NotificationWithdrawn { sent_at, reference, reasons, notice } => {
            authority.notified = None;
            authority.is_decision_spent = authority.decision() == Some(AuthorityDecision::Notify);
            (NoticeKind::Withdrawal, sent_at, reference, Some(reasons), notice)
        }
        Event::NotificationDrafted { version, fields } => {
            authority.draft = Some(Draft { version, fields });
            return;
        }
        _ => return,
    };
    authority.notices.push(Notice { kind, sent_at, reference, reasons, sent });
}

/// A file of the case; one that was answered with belongs to the latest answer too.
fn attach(case: &mut OpenCase, it: Attachment) {
    let inquiry = it.inquiry.and_then(|inquiry| case.inquiries.get_mut(&inquiry));
    if let Some(answer) = inquiry.and_then(|inquiry| inquiry.answers.last_mut()) {
        answer.files.push(it.clone());
    }
    case.attachments.push(it);
}

/// What becomes of an inquiry.
fn inquiry(case: &mut OpenCase, fact: Fact<'_>) {
    let (at, by) = (fact.at, fact.by);
    let mut with = |inquiry: InquiryId, change: &dyn Fn(&mut Inquiry)| {
        if let Some(inquiry) = case.inquiries.get_mut(&inquiry) {
            change(inquiry);
        }
    };
    match fact.event {
        Event::InquiryMade(made) => {
            case.inquiries.insert(made.inquiry, Inquiry::new((**made).clone(), at));
        }
        Event::Confirmation(confirmation::Event::ConfirmationAsked(asked)) => {
            case.inquiries.insert(asked.inquiry, Inquiry::confirming((**asked).clone(), at));
        }
        Event::Confirmation(confirmation::Event::ConfirmationGiven { inquiry, confirmation }) => {
            with(*inquiry, &|it| {
                if let Some(confirming) = &mut it.confirming {
                    confirming.given = Some((at, confirmation.clone()));
                }
            });
        }
        Event::InquiryLinkMade { inquiry, hash, expires_at } => with(*inquiry, &|it| {
            it.links.insert(hash.clone(), *expires_at);
        }),
        Event::InquiryReminded { inquiry, reminder } => with(*inquiry, &|it| {
            it.reminded.insert(*reminder);
        }),
        Event::InquiryAnswered { inquiry, text } => {
            with(*inquiry, &|it| {
                let (text, files) = (text.clone(), Vec::new());
                it.answers.push(Answer { at, by, text, files });
            });
        }
        Event::InquiryWithdrawn { inquiry, reason } => {
            with(*inquiry, &|it| it.withdrawn = Some(reason.clone()));
        }
        _ => (),
    }
}

/// A memo on the controller's desk.
fn submitted(version: u32, memo: Memo, by: Actor) -> SubmittedMemo {
    let by = match by {
        Actor::User(user) => Some(user),
        Actor::Service | Actor::Reporter | Actor::Respondent => None,
    };
    SubmittedMemo { version, memo, by, awaits_controller: true, follow_ups: Vec::new() }
}

fn assign(case: &mut OpenCase, handler: UserId, deputy: Option<UserId>) {
    if let Some(receipt) = &mut case.receipt {
        (receipt.handler, receipt.deputy) = (handler, deputy);
    }
}

/// What is known of duties, and what they are judged by.
fn apply_to_duties(case: &mut OpenCase, event: Event, at: Time) {
    match event {
        Event::DutiesJudged { duties } => {
            for judgement in duties {
                case.clock.deadline.judged(&judgement);
                case.duties.judged.insert(judgement.duty.clone(), judgement);
            }
        }
        Event::FactsEstablished { version, facts } => {
            case.established = Some(EstablishedFacts { version, facts });
        }
        Event::DutyFulfilled { duty, done_at, reference } => {
            case.duties.taken_back.remove(&duty);
            let fulfilled = Fulfilled { done_at, recorded_at: at, reference };
            case.duties.fulfilled.insert(duty, fulfilled);
        }
        _ => (),
    }
}

fn forget(case: &mut OpenCase, person: PersonId, part: PartInCase) {
    case.erased.insert(person);
    let theirs = case.attachments.iter_mut().filter(|it| it.file.person() == Some(person));
    theirs.for_each(|it| it.file.erase());
    match part {
        PartInCase::Reporter => case.report.reporter.erase(),
        PartInCase::Involved => case.involved.forget(person),
    }
}
