//! What has happened in a case. NOTE: these names and fields are the stored form: never renamed,
//! only added to; how to change one all the same: `docs/decisions/0011-growth.md`.

mod family;
mod values;

use super::advised::SeverityOverridden;
use super::dealings::{Correspondence, Effect, OtherCase, Referral};
use super::erasure::{ErasureGround, PartInCase};
use super::inquiry::{InquiryMade, LinkHash, Reminder};
use super::telling::{Particulars, PeopleTold};
use super::{AdviceGiven, Attachment, Facts, Judgement, Memo, Report, practice::HeldAgainst};
use super::{access, archiving, confirmation, correction, custody, document, letter, overdue};
use crate::category::{CategoryId, SevereName};
use crate::ids::{InquiryId, MeasureId, PersonId, QuestionId, UnitId, UserId};
use crate::notification::{NoticeSent, OwnWords};
use crate::{Erasable, Role, Time, deadline::Stage, duty::Alerted, duty::DutyId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use strum::{IntoStaticStr, VariantNames};
pub use values::*;

/// A fact about a case. A family stands in one variant; each of its facts is stored by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, VariantNames, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// Somebody reported a deviation; the clock starts at its discovery.
    DeviationReported(Box<Report>),
    /// The report was found severe by the rules of its category, in the version it answered.
    CaseFoundSevere {
        /// The rules that applied.
        reasons: Vec<SevereName>,
    },
    /// The reporter added something to the report.
    InformationAdded {
        /// What was added.
        text: Erasable<String>,
    },
    /// The data protection officer took the case in.
    CaseReceived {
        /// The category it is handled under.
        category: CategoryId,
        /// The category's version at that time. The oldest receipts do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category_version: Option<u32>,
        /// The unit it belongs to.
        unit: UnitId,
        /// Who handles it.
        handler: UserId,
    },
    /// Somebody is named as involved, and from then on never sees the case through a role.
    PersonInvolved {
        /// Who.
        user: Erasable<UserId>,
    },
    /// The moment of awareness was established anew (GDPR art. 33(1), EDPB 9/2022 part II.A.2).
    AwarenessEstablished {
        /// From when the 72 hours run.
        aware_at: Time,
        /// Why this moment.
        reason: Erasable<String>,
    },
    /// A stage on the way to a deadline was reached.
    DeadlineStageReached {
        /// Whose deadline.
        duty: DutyId,
        /// Which stage; stored as the hours left, 0 once overdue.
        #[serde(rename = "hours_left")]
        stage: Stage,
        /// The deadline it belongs to.
        due_at: Time,
        /// Who was alerted.
        alerts: BTreeSet<Alerted>,
    },
    /// A question was put to the reporter.
    ReporterAsked {
        /// Which question.
        question: QuestionId,
        /// What is asked.
        text: Erasable<String>,
    },
    /// The reporter answered a question.
    ReporterAnswered {
        /// Which question.
        question: QuestionId,
        /// The answer.
        text: Erasable<String>,
    },
    /// The risk was assessed; earlier assessments stay.
    CaseAssessed {
        /// Counts from 1.
        version: u32,
        /// The facts the assessment rests on.
        facts: Erasable<String>,
        /// What is advised.
        outcome: Outcome,
        /// What the rules advised, where the facts were found out. The oldest do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        advice: Option<Box<AdviceGiven>>,
    },
    /// It was decided whether the authority is notified (GDPR art. 33(1)).
    AuthorityDecided {
        /// The decision.
        decision: AuthorityDecision,
        /// Why.
        grounds: Erasable<String>,
        /// Why the decision departs from the latest assessment's advice, where it does.
        departure: Option<Erasable<String>>,
        /// In which capacity it was taken.
        capacity: Capacity,
        /// What it was held against. The oldest do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        held_against: Option<Box<HeldAgainst>>,
    },
    /// The authority was notified.
    AuthorityNotified {
        /// When the notification was sent.
        sent_at: Time,
        /// The authority's or the portal's reference.
        reference: String,
        /// Why it came after the deadline (GDPR art. 33(1)), where it did.
        reasons_for_delay: Option<Erasable<String>>,
        /// The way it went, its receipt and what it said. The oldest do not say.
        #[serde(default, skip_serializing_if = "NoticeSent::is_nothing")]
        notice: NoticeSent,
    },
    /// The authority was told more of what it had been notified of (GDPR art. 33(4)).
    NotificationSupplemented {
        /// When that was sent.
        sent_at: Time,
        /// The authority's or the portal's reference.
        reference: String,
        /// The way it went, its receipt and what it said.
        #[serde(default, skip_serializing_if = "NoticeSent::is_nothing")]
        notice: NoticeSent,
    },
    /// What the authority had been notified of was taken back.
    NotificationWithdrawn {
        /// When that was sent.
        sent_at: Time,
        /// The authority's or the portal's reference.
        reference: String,
        /// Why.
        reasons: Erasable<String>,
        /// The way it went, its receipt and what it said.
        #[serde(default, skip_serializing_if = "NoticeSent::is_nothing")]
        notice: NoticeSent,
    },
    /// What is to stand in the next notice was written.
    NotificationDrafted {
        /// Counts from 1.
        version: u32,
        /// Every answer of their own, by the number of its field.
        fields: Erasable<OwnWords>,
    },
    /// It was decided whether the people affected are told (GDPR art. 34).
    PeopleDecided {
        /// The decision.
        decision: PeopleDecision,
        /// Why.
        grounds: Erasable<String>,
        /// What it brings with it beside its grounds. The oldest bring nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        particulars: Option<Box<Particulars>>,
    },
    /// A measure was proposed.
    MeasureProposed {
        /// Which measure.
        measure: MeasureId,
        /// What it is meant to do.
        kind: MeasureKind,
        /// What is to be done.
        description: Erasable<String>,
        /// Who answers for it.
        owner: UserId,
        /// When it is to be done.
        due_at: Time,
        /// The first action it came from, if it came from a playbook.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        playbook: Option<FromPlaybook>,
    },
    /// A measure was carried out.
    MeasureCompleted {
        /// Which measure.
        measure: MeasureId,
        /// What was done.
        account: Erasable<String>,
        /// When it is to be seen what it has led to. The oldest do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_due_at: Option<Time>,
    },
    /// A completed measure was looked at; one without effect is open again.
    MeasureVerified {
        /// Which measure.
        measure: MeasureId,
        /// Whether it has the effect it was meant to have.
        effective: bool,
        /// What was found.
        finding: Erasable<String>,
    },
    /// The memo went to the controller; earlier versions stay.
    MemoSubmitted {
        /// Counts from 1.
        version: u32,
        /// Its six parts.
        memo: Box<Memo>,
    },
    /// The controller sent the case back.
    CaseReturned {
        /// What is to be followed up.
        follow_ups: Vec<Erasable<String>>,
    },
    /// The controller closed the case.
    CaseClosed {
        /// Why, where the controller said so and no clock ended with it, which has them then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grounds: Option<Erasable<String>>,
    },
    /// The case was closed because it turned out to be no deviation.
    ClosedAsNotADeviation {
        /// Why.
        reason: Erasable<String>,
    },
    /// A closed case was taken up again.
    CaseReopened {
        /// Why.
        reason: Erasable<String>,
    },
    /// Everything personal in the case was erased; every key of the case is destroyed next.
    CaseErased {
        /// Why.
        ground: ErasureGround,
        /// Where the ground is found. It names nobody.
        basis: String,
    },
    /// What was known of one person in the case was erased; their key is destroyed next.
    PersonErased {
        /// Whose key.
        person: PersonId,
        /// What they were in the case.
        part: PartInCase,
        /// Why.
        ground: ErasureGround,
        /// Where the ground is found. It names nobody.
        basis: String,
    },
    /// A received case got another handler, or somebody who stands in for them.
    CaseAssigned {
        /// Who handles it.
        handler: UserId,
        /// Who handles it while the handler is away, if anybody does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deputy: Option<UserId>,
    },
    /// The people affected were told, each or by a public communication (GDPR art. 34).
    PeopleTold(PeopleTold),
    /// A file was attached; its bytes lie beside the log.
    AttachmentAdded(Box<Attachment>),
    /// Somebody who is to help was asked something.
    InquiryMade(Box<InquiryMade>),
    /// A secret link to an inquiry was made, to be mailed to somebody outside the organisation.
    InquiryLinkMade {
        /// Which inquiry.
        inquiry: InquiryId,
        /// All that is kept of its secret.
        hash: LinkHash,
        /// When it stops working.
        expires_at: Time,
    },
    /// Whoever was asked is reminded.
    InquiryReminded {
        /// Which inquiry.
        inquiry: InquiryId,
        /// Of what.
        reminder: Reminder,
    },
    /// Whoever was asked answered; earlier answers stay.
    InquiryAnswered {
        /// Which inquiry.
        inquiry: InquiryId,
        /// The answer.
        text: Erasable<String>,
    },
    /// No answer to an inquiry is wanted any more.
    InquiryWithdrawn {
        /// Which inquiry.
        inquiry: InquiryId,
        /// Why.
        reason: Erasable<String>,
    },
    /// Somebody who is heard gave a statement; earlier versions stay.
    ContributionGiven {
        /// As what they are heard.
        capacity: Role,
        /// Counts from 1 for each of them.
        version: u32,
        /// What it says.
        text: Erasable<String>,
    },
    /// Those who handle the case noted something for themselves.
    NoteAdded {
        /// What.
        text: Erasable<String>,
    },
    /// It is time to see what a measure has led to.
    EffectReviewDue {
        /// Which measure.
        measure: MeasureId,
    },
    /// It was seen what a measure has led to, some time after it was done.
    EffectReviewed {
        /// Which measure.
        measure: MeasureId,
        /// How far it had the effect it was meant to have.
        effect: Effect,
        /// What was found.
        finding: Erasable<String>,
    },
    /// Part of the case was referred elsewhere.
    CaseReferred(Box<Referral>),
    /// A letter to or from the authority.
    CorrespondenceRecorded(Box<Correspondence>),
    /// The case was found to be of a kind with another: the deviation keeps coming back.
    CaseLinked {
        /// The other case, which says the same of this one.
        other: OtherCase,
        /// Why they belong together.
        reason: Erasable<String>,
    },
    /// A case about the same breach went on in this one.
    DuplicateTakenIn {
        /// The case that ended with this.
        other: OtherCase,
        /// From when its 72 hours ran: the earlier of the two moments counts.
        aware_at: Time,
    },
    /// The case ended here and goes on in another, which is about the same breach.
    CaseMerged {
        /// The case it goes on in.
        into: OtherCase,
        /// Why they are the same.
        reason: Erasable<String>,
    },
    /// Duties were judged for the first time, or otherwise than before.
    DutiesJudged {
        /// How each of them stands from now on; the others stand as they did.
        duties: Vec<Judgement>,
    },
    /// It was found out what is so and what is not; earlier versions stay.
    FactsEstablished {
        /// Counts from 1.
        version: u32,
        /// Everything that is known.
        facts: Facts,
    },
    /// The data protection officer set a factor of the severity otherwise than the method has it.
    SeverityOverridden(SeverityOverridden),
    /// A duty was done.
    DutyFulfilled {
        /// Which.
        duty: DutyId,
        /// When it was done.
        done_at: Time,
        /// The reference it was given, if it was given one.
        reference: String,
    },
    /// Something was written for one of the case's documents.
    #[serde(skip)]
    Document(document::Event),
    /// A letter to the people affected came further.
    #[serde(skip)]
    Letter(letter::Event),
    /// A recipient was asked to confirm that what they got by mistake is gone, or did.
    #[serde(skip)]
    Confirmation(confirmation::Event),
    /// A package for the archive came further.
    #[serde(skip)]
    Archiving(archiving::Event),
    /// Somebody was reminded of a measure.
    #[serde(skip)]
    Overdue(overdue::Event),
    /// The case was put elsewhere, or the clocks of its duties ended with it.
    #[serde(skip)]
    Custody(custody::Event),
    /// Somebody was let see the case whom no role shows it.
    #[serde(skip)]
    Access(access::Event),
    /// Something that was recorded by mistake was taken back.
    #[serde(skip)]
    Correction(correction::Event),
}
