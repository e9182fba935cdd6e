//! What may be asked of a case: each command says who asks and when.

mod audit;
mod authority;
mod correction;
mod measure;
mod opening;
mod placing;

use std::sync::Arc;

use chrono::TimeDelta;

use super::advised::RuleShelf;
use super::archiving;
use super::attachment::Attachment;
use super::confirmation;
use super::dealings::{Correspondence, OtherCase, Referral};
use super::document;
use super::duties::DutyBook;
use super::erasure::Erase;
use super::event::{Outcome, PeopleDecision, TellingWay};
use super::facts::Facts;
use super::inquiry::{InquiryMade, LinkHash};
use super::letter;
use super::memo::Memo;
use super::practice::Practice;
use super::report::Report;
use super::telling::TellingPlan;
use crate::assessment::FactorKind;
use crate::category::SevereName;
use crate::duty::DutyId;
use crate::ids::{CaseId, CaseNumber, InquiryId, QuestionId, UserId};
use crate::{Actor, Erasable, Roles, Time};

pub use audit::{AUDIT_DAYS_MAX, GrantAudit, RevokeAudit};
pub use authority::{DecideOnAuthority, DraftNotification, RecordNotification};
pub use correction::{WithdrawFulfilment, WithdrawInvolved, WithdrawMeasure};
pub use measure::{CompleteMeasure, ProposeMeasure, ReviewEffect, VerifyMeasure};
pub use opening::{OpenOutsideRole, ReviewOpening};
pub use placing::{Close, FirstAction, Playbook, Receive, Reclassify};

/// A request to a case, with who makes it and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The time it is made.
    pub at: Time,
    /// Who makes it.
    pub by: Acting,
    /// What is asked.
    pub request: Request,
}

/// Somebody acting, with every role they hold, since some roles exclude others (art. 38(6)).
#[derive(Debug, Clone, PartialEq)]
pub struct Acting {
    /// Who.
    pub actor: Actor,
    /// What they are in the organisation.
    pub roles: Roles,
}

impl Acting {
    /// The service itself.
    #[must_use]
    pub fn service() -> Self {
        Self { actor: Actor::Service, roles: Roles::default() }
    }

    /// Somebody outside the organisation who was asked, by a secret link.
    #[must_use]
    pub fn respondent() -> Self {
        Self { actor: Actor::Respondent, roles: Roles::default() }
    }

    /// The reporter, by the form or by the follow-up code.
    #[must_use]
    pub fn reporter() -> Self {
        Self { actor: Actor::Reporter, roles: Roles::default() }
    }

    /// Somebody signed in.
    #[must_use]
    pub fn user(user: UserId, roles: impl Into<Roles>) -> Self {
        Self { actor: Actor::User(user), roles: roles.into() }
    }
}

/// What is asked of the case.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Open the case with a report.
    Report(Box<FileReport>),
    /// Add to the report, as the reporter.
    AddInformation(Erasable<String>),
    /// Take the case in.
    Receive(Receive),
    /// Name somebody as involved.
    NameInvolved(Erasable<UserId>),
    /// Establish another moment of awareness.
    EstablishAwareness(EstablishAwareness),
    /// See how duties stand and which stages of their deadlines have been reached.
    CheckDuties(Arc<DutyBook>),
    /// Put a question to the reporter.
    AskReporter(Text<QuestionId>),
    /// Answer a question, as the reporter.
    AnswerQuestion(Text<QuestionId>),
    /// Assess the risk.
    Assess(Assess),
    /// Decide whether the authority is notified.
    DecideOnAuthority(DecideOnAuthority),
    /// Record that the authority was notified, or told more, or that what it was told was taken
    /// back.
    RecordNotification(RecordNotification),
    /// Write what is to stand in the next notice.
    DraftNotification(DraftNotification),
    /// Decide whether the people affected are told.
    DecideOnPeople(DecideOnPeople),
    /// Propose a measure.
    ProposeMeasure(ProposeMeasure),
    /// Record that a measure was carried out.
    CompleteMeasure(CompleteMeasure),
    /// Record whether a completed measure has effect.
    VerifyMeasure(VerifyMeasure),
    /// Write something for the case's documents.
    Document(document::Request),
    /// Write, sign or send a letter to the people affected.
    Letter(letter::Request),
    /// Ask a recipient to confirm that what they got by mistake is gone, or answer that.
    Confirmation(confirmation::Request),
    /// Hand the case over to the archive, or record what became of that.
    Archiving(archiving::Request),
    /// Send the memo to the controller.
    SubmitMemo(Box<Memo>),
    /// Send the case back, as the controller.
    Return(Vec<Erasable<String>>),
    /// Close the case, as the controller.
    Close(Close),
    /// Close the case because it is no deviation.
    CloseAsNotADeviation(Erasable<String>),
    /// Take a closed case up again.
    Reopen(Erasable<String>),
    /// Erase personal data.
    Erase(Erase),
    /// Put a case that was taken in under another category, or in another unit.
    Reclassify(Reclassify),
    /// Give the case another handler, or somebody who stands in for them.
    Assign(Assign),
    /// Record that the people affected were told.
    TellPeople(TellPeople),
    /// Attach files.
    Attach(Attach),
    /// Ask somebody who is to help.
    Inquire(Box<InquiryMade>),
    /// Make a secret link to an inquiry.
    MakeLink(MakeLink),
    /// Answer an inquiry.
    AnswerInquiry(AnswerInquiry),
    /// Want no answer any more.
    WithdrawInquiry(Text<InquiryId>),
    /// See which reminders are to be sent by now.
    Remind {
        /// How long before an answer is due its respondent is reminded.
        before: TimeDelta,
    },
    /// Give a statement as one who is heard.
    Contribute(Erasable<String>),
    /// Note something for those who handle the case.
    AddNote(Erasable<String>),
    /// Record what a measure has led to, some time after it was done.
    ReviewEffect(ReviewEffect),
    /// Record that part of the case was referred elsewhere.
    Refer(Box<Referral>),
    /// Record a letter to or from the authority.
    RecordCorrespondence(Box<Correspondence>),
    /// Record that the case is of a kind with another.
    Link(Join),
    /// Take in what is said to be the same breach, before that case ends.
    TakeInDuplicate {
        /// The case that ends with this.
        other: OtherCase,
        /// From when its 72 hours run.
        aware_at: Time,
    },
    /// End the case here, to go on in another.
    Merge(Join),
    /// Record what is so and what is not.
    EstablishFacts(Facts),
    /// Set a factor of the severity otherwise than the method has it.
    OverrideSeverity(OverrideSeverity),
    /// Record that a duty was done.
    FulfilDuty(FulfilDuty),
    /// See the case for a time, outside one's role.
    OpenOutsideRole(OpenOutsideRole),
    /// Record what came of looking into why somebody opened the case outside their role.
    ReviewOpening(ReviewOpening),
    /// Take back a measure that is not needed.
    WithdrawMeasure(WithdrawMeasure),
    /// Take back that a duty was done.
    WithdrawFulfilment(WithdrawFulfilment),
    /// Take back that somebody is involved.
    WithdrawInvolved(WithdrawInvolved),
    /// Grant an auditor a look at the case.
    GrantAudit(GrantAudit),
    /// Take an auditor's grant back.
    RevokeAudit(RevokeAudit),
}

/// A text about one of the case's parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Text<Id> {
    /// The part it is about.
    pub about: Id,
    /// What is said.
    pub text: Erasable<String>,
}

/// Open the case with a report.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReport {
    /// What is reported.
    pub report: Report,
    /// The category's rules by which it is severe.
    pub severe: Vec<SevereName>,
    /// The files that came with it.
    pub attachments: Vec<Attachment>,
}

/// Attach files.
#[derive(Debug, Clone, PartialEq)]
pub struct Attach {
    /// What the reporter says with them, if anything.
    pub text: Option<Erasable<String>>,
    /// The files; their bytes go to the journal.
    pub files: Vec<Attachment>,
}

/// Establish another moment of awareness.
#[derive(Debug, Clone, PartialEq)]
pub struct EstablishAwareness {
    /// From when the 72 hours are to run.
    pub aware_at: Time,
    /// Why this moment.
    pub reason: Erasable<String>,
}

/// Assess the risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Assess {
    /// The facts the assessment rests on.
    pub facts: Erasable<String>,
    /// What is advised.
    pub outcome: Outcome,
    /// Why that departs from what the rules advise, if it does.
    pub departure: Option<Erasable<String>>,
    /// The rules; the service's to fill in.
    pub rules: Option<Arc<RuleShelf>>,
}

/// Set a factor of the severity otherwise than the method has it.
#[derive(Debug, Clone, PartialEq)]
pub struct OverrideSeverity {
    /// Which factor.
    pub factor: FactorKind,
    /// Its value, in quarters; none to let the method's own count again.
    pub quarters: Option<u8>,
    /// Why.
    pub reason: Erasable<String>,
}

/// Record that a duty was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FulfilDuty {
    /// Which.
    pub duty: DutyId,
    /// When it was done.
    pub done_at: Time,
    /// The reference it was given, if it was given one.
    pub reference: String,
}

/// Decide whether the people affected are told.
#[derive(Debug, Clone, PartialEq)]
pub struct DecideOnPeople {
    /// The decision.
    pub decision: PeopleDecision,
    /// Why.
    pub grounds: Erasable<String>,
    /// Why it departs from the latest assessment's advice or from practice, if it does.
    pub departure: Option<Erasable<String>>,
    /// Which measure removed the risk, where that is the ground (GDPR art. 34(3)(b)).
    pub measure: Option<Erasable<String>>,
    /// How they are to be told, where they are and it is known.
    pub plan: Option<Box<TellingPlan>>,
    /// What was decided in cases alike; the service's to fill in.
    pub practice: Practice<PeopleDecision>,
}

/// Give the case another handler, or somebody who stands in for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assign {
    /// Who is to handle it.
    pub handler: UserId,
    /// Who is to handle it while the handler is away.
    pub deputy: Option<UserId>,
}

/// Record that the people affected were told.
#[derive(Debug, Clone, PartialEq)]
pub struct TellPeople {
    /// When the last of them was.
    pub told_at: Time,
    /// How.
    pub way: TellingWay,
    /// How many, where they were told one by one.
    pub people: Option<u32>,
    /// What they were told, or where it is kept.
    pub account: Erasable<String>,
}

/// Make a secret link to an inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeLink {
    /// Which inquiry.
    pub inquiry: InquiryId,
    /// All that is kept of its secret.
    pub hash: LinkHash,
    /// When it stops working.
    pub expires_at: Time,
}

/// Answer an inquiry.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerInquiry {
    /// Which inquiry.
    pub inquiry: InquiryId,
    /// The answer.
    pub text: Erasable<String>,
    /// The files that came with it; their bytes go to the journal.
    pub files: Vec<Attachment>,
    /// The link by which it is answered; none for whoever signed in.
    pub link: Option<LinkHash>,
}

/// Bring the case together with another.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// The other's number.
    pub number: CaseNumber,
    /// Which case that is; the service's to fill in.
    pub case: CaseId,
    /// Why.
    pub reason: Erasable<String>,
}

impl Join {
    /// The other case.
    #[must_use]
    pub fn other(&self) -> OtherCase {
        OtherCase { case: self.case, number: self.number }
    }
}
