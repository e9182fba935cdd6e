//! The case as the commands find it. A type per phase: a leaf that gets an open case need not ask.

mod authority;

use std::collections::{BTreeMap, BTreeSet};

use super::access::AuditGrant;
use super::advised::{AdviceGiven, FactorSet};
use super::archiving::Archive;
use super::attachment::Attachment;
use super::dealings::{Contribution, Correspondence, Effect, Note, OtherCase, Referral};
use super::document::Documents;
use super::duties::CaseDuties;
use super::event::{FromPlaybook, MeasureKind, Outcome, PeopleDecision};
use super::facts::EstablishedFacts;
use super::inquiry::Inquiry;
use super::involved::Involved;
use super::letter::Letters;
use super::memo::Memo;
use super::overdue;
use super::report::Report;
use super::telling::{Particulars, PeopleTold};
use crate::assessment::FactorKind;
use crate::category::{CategoryId, SevereName};
use crate::deadline::{Deadline, Stage};
use crate::duty::DutyId;
use crate::ids::{InquiryId, MeasureId, PersonId, QuestionId, UnitId, UserId};
use crate::{Erasable, Time};

pub use authority::{Authority, AuthorityDecided, Notified};

/// A case in one of its phases.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Case {
    /// Nothing has happened yet.
    #[default]
    Unreported,
    /// Somebody is at work on it.
    Open(Box<OpenCase>),
    /// Nobody is.
    Closed(Box<ClosedCase>),
    /// Everything personal in it is erased, and nothing more happens to it.
    Erased(Box<OpenCase>),
}

impl Case {
    /// What is known of the case, whether it is open, closed or erased.
    #[must_use]
    pub fn known(&self) -> Option<&OpenCase> {
        match self {
            Self::Unreported => None,
            Self::Open(case) | Self::Erased(case) => Some(case),
            Self::Closed(closed) => Some(&closed.case),
        }
    }
}

/// A case somebody is at work on.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCase {
    /// What was reported.
    pub report: Report,
    /// When the report came in.
    pub reported_at: Time,
    /// The category's rules by which the report was found severe; none if it was not.
    pub severe: Vec<SevereName>,
    /// Who took it in and where it belongs, once it was received.
    pub receipt: Option<Receipt>,
    /// Those named as involved.
    pub involved: Involved,
    /// Those whose part in the case was erased.
    pub erased: BTreeSet<PersonId>,
    /// The 72 hours.
    pub clock: Clock,
    /// Questions to the reporter.
    pub questions: BTreeMap<QuestionId, Question>,
    /// What the reporter added since.
    pub additions: Vec<Erasable<String>>,
    /// The files attached, in order.
    pub attachments: Vec<Attachment>,
    /// The latest assessment.
    pub assessment: Option<Assessment>,
    /// The question of notifying the authority.
    pub authority: Authority,
    /// The decision on telling the people affected.
    pub people: Option<PeopleDecided>,
    /// Every time people affected were told, the first one first.
    pub told: Vec<PeopleTold>,
    /// Who opened the case outside their role, until when they see it, and what was found by
    /// looking into it, once somebody did.
    pub openings: BTreeMap<(UserId, Time), Option<Erasable<String>>>,
    /// The auditors who were granted a look, each with the latest grant.
    pub audits: BTreeMap<UserId, AuditGrant>,
    /// The measures.
    pub measures: BTreeMap<MeasureId, Measure>,
    /// Those that fell away with the category they came from, or were taken back, by what they
    /// were; no other gets their identifiers.
    pub dropped: BTreeMap<MeasureId, Erasable<String>>,
    /// The latest memo.
    pub memo: Option<SubmittedMemo>,
    /// What is handed over to the archive.
    pub archive: Archive,
    /// What is written for the case's documents.
    pub documents: Documents,
    /// The letters to the people affected.
    pub letters: Letters,
    /// Questions to those who are to help.
    pub inquiries: BTreeMap<InquiryId, Inquiry>,
    /// Statements of those who are heard, in every version.
    pub contributions: Vec<Contribution>,
    /// Notes of those who handle the case.
    pub notes: Vec<Note>,
    /// What was referred elsewhere.
    pub referrals: Vec<Referral>,
    /// Letters to and from the authority.
    pub correspondence: Vec<Correspondence>,
    /// The cases it is of a kind with, each with why.
    pub linked: BTreeMap<OtherCase, Erasable<String>>,
    /// The cases that went on in this one.
    pub duplicates: BTreeSet<OtherCase>,
    /// Why the case was taken up again, if it was closed before.
    pub reopened: Option<Erasable<String>>,
    /// How its duties stand.
    pub duties: CaseDuties,
    /// What was found out, fact by fact.
    pub established: Option<EstablishedFacts>,
    /// The factors of the severity that were set otherwise than the method has them.
    pub overridden: BTreeMap<FactorKind, FactorSet>,
}

/// A case nobody is at work on.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedCase {
    /// The case as it stood.
    pub case: OpenCase,
    /// How it ended.
    pub closing: Closing,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Closing {
    /// The controller closed it on the memo.
    ByController {
        /// What they said to it, if anything.
        grounds: Option<Erasable<String>>,
    },
    /// It was no deviation.
    NotADeviation {
        /// Why.
        reason: Erasable<String>,
    },
    /// It goes on in another, which is about the same breach.
    Merged {
        /// Which.
        into: OtherCase,
    },
}

/// Where a received case belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The category it is handled under.
    pub category: CategoryId,
    /// The category's version at that time, if it is known.
    pub category_version: Option<u32>,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// Who handles it.
    pub handler: UserId,
    /// Who handles it while the handler is away.
    pub deputy: Option<UserId>,
}

/// The 72 hours of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// From when they run.
    pub deadline: Deadline,
    /// The stages already reached, of the 72 hours and of other duties, each with the deadline it
    /// belonged to.
    pub reached: BTreeSet<(DutyId, Time, Stage)>,
}

/// A question to the reporter.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What was asked.
    pub text: Erasable<String>,
    /// The answer, once it came.
    pub answer: Option<Erasable<String>>,
}

/// An assessment of the risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Counts from 1.
    pub version: u32,
    /// The facts it rests on.
    pub facts: Erasable<String>,
    /// What it advises.
    pub outcome: Outcome,
    /// What the rules advised, where they did.
    pub advice: Option<Box<AdviceGiven>>,
}

/// A decision on telling the people affected.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleDecided {
    /// The decision.
    pub decision: PeopleDecision,
    /// Why.
    pub grounds: Erasable<String>,
    /// What it brings with it beside its grounds.
    pub particulars: Particulars,
    /// How often people had been told when it was first decided to tell them.
    pub told_before: usize,
}

impl PeopleDecided {
    /// Whether another says the same. What it was held against may have changed since.
    pub(super) fn is_the_same(&self, other: &Self) -> bool {
        let said = |it: &Self| Self {
            particulars: Particulars { held_against: None, ..it.particulars.clone() },
            told_before: 0,
            ..it.clone()
        };
        said(self) == said(other)
    }
}

/// A measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What it is meant to do.
    pub kind: MeasureKind,
    /// What is to be done.
    pub description: Erasable<String>,
    /// Who answers for it.
    pub owner: UserId,
    /// When it is to be done.
    pub due_at: Time,
    /// When it was proposed.
    pub proposed_at: Time,
    /// The last reminder of it.
    pub reminded: Option<overdue::Reminder>,
    /// The first action it came from, if it came from a playbook.
    pub playbook: Option<FromPlaybook>,
    /// How far it has come.
    pub progress: Progress,
    /// What it has led to, some time after it was done.
    pub review: Review,
}

/// The later look at what a measure has led to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// When it is to be taken, once the measure was done.
    pub due_at: Option<Time>,
    /// Whether somebody was reminded of it.
    pub is_reminded: bool,
    /// How it turned out, the last time.
    pub result: Option<Reviewed>,
}

/// How a measure turned out.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// When it was looked at.
    pub at: Time,
    /// How far it had the effect it was meant to have.
    pub effect: Effect,
    /// What was found.
    pub finding: Erasable<String>,
}

impl Review {
    /// Whether somebody is to be reminded of it by now.
    #[must_use]
    pub fn is_to_remind(&self, now: Time) -> bool {
        !self.is_reminded && self.result.is_none() && self.due_at.is_some_and(|due| due <= now)
    }
}

/// How far a measure has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// To be done; with what was found the last time, if it was done without effect.
    Open {
        /// Why it is open again.
        found_without_effect: Option<Erasable<String>>,
    },
    /// Done; its effect is not yet looked at.
    Completed {
        /// What was done.
        account: Erasable<String>,
    },
    /// Done, and it has the effect it was meant to have.
    Verified {
        /// What was done.
        account: Erasable<String>,
        /// What was found.
        finding: Erasable<String>,
    },
}

/// A memo that went to the controller.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmittedMemo {
    /// Counts from 1.
    pub version: u32,
    /// Its six parts.
    pub memo: Memo,
    /// Who submitted it; the service and reporters never do.
    pub by: Option<UserId>,
    /// Whether it waits for the controller: not sent back, and the case not reopened since.
    pub awaits_controller: bool,
    /// What the controller wants followed up, if it was sent back.
    pub follow_ups: Vec<Erasable<String>>,
}

impl OpenCase {
    /// The category the case is handled under: the handler's, else the reporter's.
    #[must_use]
    pub fn category(&self) -> &CategoryId {
        self.receipt.as_ref().map_or(&self.report.category, |receipt| &receipt.category)
    }

    /// The version of that category: as received, else as reported; nothing where neither says.
    #[must_use]
    pub fn category_version(&self) -> Option<u32> {
        let reported = Some(self.report.category_version);
        match &self.receipt {
            Some(receipt) if receipt.category_version.is_some() => receipt.category_version,
            Some(receipt) => reported.filter(|_| receipt.category == self.report.category),
            None => reported,
        }
    }

    /// The unit the case belongs to: as received, else as reported.
    #[must_use]
    pub fn unit(&self) -> UnitId {
        self.receipt.as_ref().map_or(self.report.unit, |receipt| receipt.unit)
    }

    /// Whether the memo waits for the controller.
    #[must_use]
    pub fn awaits_closure(&self) -> bool {
        self.memo.as_ref().is_some_and(|memo| memo.awaits_controller)
    }
}
