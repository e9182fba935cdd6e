//! What can happen in a case, as the API tells it.

mod archiving;
mod confirmations;
mod correction;
mod custody;
mod documents;
mod inquiries;
mod letters;
mod measures;
mod openings;
mod told;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::case::dealings::{Letter, PeopleTold, Referral};
use crate::api::case::held::{HeldAgainst, TellingPlan};
use crate::api::case::parts::{FromPlaybook, Reported};
use crate::api::shapes::{Member, MemoParts};
use crate::api::words::{
    AuthorityDecision, Capacity, ErasureGround, FactorKind, MeasureKind, Outcome, PartInCase,
    PeopleDecision, Reminder, Role,
};
use crate::api::{assessments::GivenAdvice, attachments::Attachment, facts::FactsBody};
use crate::api::{duties::JudgedDuty, notification::sent::Notice};

/// What happened; `event` names it. A text is `null` once it was erased.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Happened {
    /// Somebody reported a deviation; the clock starts at its discovery.
    DeviationReported {
        /// What was reported. Who reported it is in the case, for those who may see it.
        report: Box<Reported>,
    },
    /// The report was found severe by the rules of its category.
    CaseFoundSevere {
        /// The rules that applied, by name.
        reasons: Vec<String>,
    },
    /// The reporter added something to the report.
    InformationAdded {
        /// What was added.
        text: Option<String>,
    },
    /// The case was taken in.
    CaseReceived {
        /// The category it is handled under.
        category: String,
        /// The category's version at that time, if it is known.
        category_version: Option<u32>,
        /// The unit it belongs to.
        unit: Uuid,
        /// Who handles it.
        handler: Member,
    },
    /// Somebody was named as involved.
    PersonInvolved {
        /// Who; `null` once erased.
        member: Option<Member>,
    },
    /// The moment of awareness was established anew.
    AwarenessEstablished {
        /// From when the 72 hours run.
        aware_at: DateTime<Utc>,
        /// Why this moment.
        reason: Option<String>,
    },
    /// A stage on the way to a deadline was reached.
    DeadlineStageReached {
        /// Whose deadline: the name of a duty.
        duty: String,
        /// Whole hours that were left; 0 once overdue.
        hours_left: u16,
        /// The deadline it belongs to.
        due_at: DateTime<Utc>,
        /// Who was alerted.
        alerts: Vec<&'static str>,
    },
    /// A question was put to the reporter.
    ReporterAsked {
        /// Which question.
        question: Uuid,
        /// What was asked.
        text: Option<String>,
    },
    /// The reporter answered a question.
    ReporterAnswered {
        /// Which question.
        question: Uuid,
        /// The answer.
        text: Option<String>,
    },
    /// The risk was assessed.
    CaseAssessed {
        /// Counts from 1.
        version: u32,
        /// The facts it rests on.
        facts: Option<String>,
        /// What it advises.
        outcome: Outcome,
        /// What the rules advised, where the facts were found out.
        advice: Option<GivenAdvice>,
    },
    /// It was decided whether the authority is notified.
    AuthorityDecided {
        /// The decision.
        decision: AuthorityDecision,
        /// Why.
        grounds: Option<String>,
        /// Why it departs from the advice, where it does.
        departure: Option<String>,
        /// In which capacity it was taken.
        capacity: Capacity,
        /// What it was held against.
        held_against: Option<HeldAgainst>,
    },
    /// The authority was notified.
    AuthorityNotified {
        /// When the notification was sent.
        sent_at: DateTime<Utc>,
        /// Its reference.
        reference: String,
        /// Why it came after the deadline, where it did.
        reasons_for_delay: Option<String>,
        /// What else is kept of it.
        notice: Notice,
    },
    /// The authority was told more of what it had been notified of.
    NotificationSupplemented {
        /// When that was sent.
        sent_at: DateTime<Utc>,
        /// Its reference.
        reference: String,
        /// What else is kept of it.
        notice: Notice,
    },
    /// What the authority had been notified of was taken back.
    NotificationWithdrawn {
        /// When that was sent.
        sent_at: DateTime<Utc>,
        /// Its reference.
        reference: String,
        /// Why; `null` once erased.
        reasons: Option<String>,
        /// What else is kept of it.
        notice: Notice,
    },
    /// What is to stand in the next notification was written.
    NotificationDrafted {
        /// Counts from 1.
        version: u32,
        /// How many fields have an answer of their own; `null` once erased.
        fields: Option<usize>,
    },
    /// It was decided whether the people affected are told.
    PeopleDecided {
        /// The decision.
        decision: PeopleDecision,
        /// Why.
        grounds: Option<String>,
        /// Why it departs from the advice or from practice, where it does.
        departure: Option<String>,
        /// Which measure removed the risk, where that is the ground.
        measure: Option<String>,
        /// How they are to be told, where they are and it was said.
        plan: Option<TellingPlan>,
        /// What it was held against.
        held_against: Option<HeldAgainst>,
    },
    /// A measure was proposed.
    MeasureProposed {
        /// Which measure.
        measure: Uuid,
        /// What it is meant to do.
        kind: MeasureKind,
        /// What is to be done.
        description: Option<String>,
        /// Who answers for it.
        owner: Member,
        /// When it is to be done.
        due_at: DateTime<Utc>,
        /// The first action it came from, if it came from a playbook.
        playbook: Option<FromPlaybook>,
    },
    /// A measure was carried out.
    MeasureCompleted {
        /// Which measure.
        measure: Uuid,
        /// What was done.
        account: Option<String>,
    },
    /// A measure's effect was looked at.
    MeasureVerified {
        /// Which measure.
        measure: Uuid,
        /// Whether it has the effect it was meant to have; without, it is open again.
        effective: bool,
        /// What was found.
        finding: Option<String>,
    },
    /// The memo went to the controller.
    MemoSubmitted {
        /// Counts from 1.
        version: u32,
        /// Its six parts.
        parts: Box<MemoParts>,
    },
    /// The controller sent the case back.
    CaseReturned {
        /// What is to be followed up.
        follow_ups: Vec<Option<String>>,
    },
    /// The controller closed the case.
    CaseClosed {
        /// Why, where the controller said so and no clock ended with it; `null` once erased.
        grounds: Option<String>,
    },
    /// The case was closed because it is no deviation.
    ClosedAsNotADeviation {
        /// Why.
        reason: Option<String>,
    },
    /// A closed case was taken up again.
    CaseReopened {
        /// Why.
        reason: Option<String>,
    },
    /// Everything personal in the case was erased.
    CaseErased {
        /// Why.
        ground: ErasureGround,
        /// Where the ground is found.
        basis: String,
    },
    /// What was known of one person in the case was erased.
    PersonErased {
        /// Under which they are erased.
        person: Uuid,
        /// What they were in the case.
        part: PartInCase,
        /// Why.
        ground: ErasureGround,
        /// Where the ground is found.
        basis: String,
    },
    /// The case got another handler, or somebody who stands in for them.
    CaseAssigned {
        /// Who handles it.
        handler: Member,
        /// Who handles it while the handler is away.
        deputy: Option<Member>,
    },
    /// The people affected were told.
    PeopleTold(PeopleTold),
    /// A file was attached.
    AttachmentAdded {
        /// Which.
        attachment: Attachment,
    },
    /// Somebody who is to help was asked something.
    InquiryMade(inquiries::Asked),
    /// A secret link was made for somebody outside.
    InquiryLinkMade {
        /// To which inquiry.
        inquiry: Uuid,
        /// When it stops working.
        expires_at: DateTime<Utc>,
    },
    /// Whoever was asked is reminded.
    InquiryReminded {
        /// Of which inquiry.
        inquiry: Uuid,
        /// Of what.
        reminder: Reminder,
    },
    /// Whoever was asked answered.
    InquiryAnswered {
        /// Which inquiry.
        inquiry: Uuid,
        /// The answer.
        text: Option<String>,
    },
    /// No answer is wanted any more.
    InquiryWithdrawn {
        /// To which inquiry.
        inquiry: Uuid,
        /// Why.
        reason: Option<String>,
    },
    /// Somebody who is heard gave a statement.
    ContributionGiven {
        /// As what they are heard.
        capacity: Role,
        /// Counts from 1 for each of them.
        version: u32,
        /// What it says.
        text: Option<String>,
    },
    /// Those who handle the case noted something.
    NoteAdded {
        /// What.
        text: Option<String>,
    },
    /// Part of the case was referred elsewhere.
    CaseReferred {
        /// The referral.
        referral: Referral,
    },
    /// A letter to or from the authority.
    CorrespondenceRecorded {
        /// The letter.
        letter: Letter,
    },
    /// The case was found to be of a kind with another.
    CaseLinked {
        /// The other's number.
        other: String,
        /// Why.
        reason: Option<String>,
    },
    /// A case about the same breach went on in this one.
    DuplicateTakenIn {
        /// The other's number.
        other: String,
        /// From when its 72 hours ran.
        aware_at: DateTime<Utc>,
    },
    /// The case goes on in another.
    CaseMerged {
        /// The other's number.
        into: String,
        /// Why.
        reason: Option<String>,
    },
    /// Duties were judged for the first time, or otherwise than before.
    DutiesJudged {
        /// How each of them stands from then on.
        duties: Vec<JudgedDuty>,
    },
    /// It was found out what is so and what is not.
    FactsEstablished {
        /// Counts from 1.
        version: u32,
        /// Everything that was known.
        facts: FactsBody,
    },
    /// A factor of the severity was set otherwise than the method has it.
    SeverityOverridden {
        /// Which factor.
        factor: FactorKind,
        /// Its value from then on; `null` where the method's own counts again.
        value: Option<f64>,
        /// Why; `null` once erased.
        reason: Option<String>,
    },
    /// A duty was done.
    DutyFulfilled {
        /// Which.
        duty: String,
        /// When.
        done_at: DateTime<Utc>,
        /// The reference it was given; empty if it was given none.
        reference: String,
    },
    /// Somebody was let see the case whom no role shows it, or that was looked into.
    #[serde(untagged)]
    Opening(openings::Opened),
    /// Something was written for one of the case's documents.
    #[serde(untagged)]
    Document(documents::Written),
    /// Something happened to a letter to the people affected.
    #[serde(untagged)]
    Letter(letters::LetterEvent),
    /// A recipient was asked to confirm that what they got by mistake is gone, or did.
    #[serde(untagged)]
    Confirmation(confirmations::Confirmed),
    /// The case was put elsewhere, or the clocks of its duties ended with it.
    #[serde(untagged)]
    Custody(custody::Placed),
    /// Something that was recorded by mistake was taken back.
    #[serde(untagged)]
    Correction(correction::TakenBack),
    /// A package for the archive came further.
    #[serde(untagged)]
    Archiving(archiving::Archived),
    /// A measure was to be done or looked at, or was looked at.
    #[serde(untagged)]
    Measure(measures::Followed),
}
