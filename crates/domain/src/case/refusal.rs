//! Every reason the case says no, as data; the sentences are the edge's.

use super::erasure::ErasureGround;
use super::event::{Outcome, PeopleDecision};
use super::letter;
use super::memo::MemoPart;
use super::outstanding::Outstanding;
use crate::Time;
use crate::assessment::FactorKind;
use crate::category::ActionName;
use crate::duty::DutyId;
use crate::ids::{AttachmentId, CaseNumber, InquiryId, MeasureId, QuestionId};
use crate::notification::FieldId;

/// Why a command was not carried out. Each says what stands in the way, so that the edge can say
/// what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Refusal {
    /// There is no such case.
    NotReported,
    /// The case exists already, with another report.
    AlreadyReported,
    /// The case is closed; reopen it first.
    CaseIsClosed,
    /// Only a closed case can be reopened.
    CaseIsOpen,
    /// Something that must be said was left out.
    TextMissing {
        /// What is missing.
        what: RequiredText,
    },
    /// A time lies in the future.
    TimeInFuture {
        /// The time given.
        given: Time,
    },
    /// A period ends before it begins, or a discovery lies before the event.
    TimesOutOfOrder {
        /// The earlier of the two, as they should be.
        earlier: Time,
        /// The later of the two, as they should be.
        later: Time,
    },
    /// The case was taken in already.
    AlreadyReceived,
    /// The category's playbook has no such action.
    ActionUnknown {
        /// Which action.
        action: ActionName,
    },
    /// The question is not one of this case.
    QuestionUnknown {
        /// Which question.
        question: QuestionId,
    },
    /// A question under that identifier was already put or answered otherwise.
    QuestionTaken {
        /// Which question.
        question: QuestionId,
    },
    /// Only the controller decides this, or the data protection officer where it is delegated.
    DecisionNotDelegated,
    /// The decision departs from the advice and does not say why.
    DepartureUnexplained {
        /// What was advised.
        advised: Outcome,
    },
    /// Nobody has found out the facts yet; what follows from them cannot be set before.
    FactsNotEstablished,
    /// The factor of the severity cannot have that value.
    NotAFactorValue {
        /// Which factor.
        factor: FactorKind,
    },
    /// Every case that is alike enough was decided otherwise, and the decision does not say why it
    /// is not.
    PracticeUnexplained {
        /// Those cases, the nearest first.
        cases: Vec<CaseNumber>,
    },
    /// The ways in which people are to be told are not those of the decision: a public
    /// communication takes a public notice (GDPR art. 34(3)(c)), telling people a way to each.
    WayDoesNotFit {
        /// The decision.
        decision: PeopleDecision,
    },
    /// Whoever is to sign is involved in the case.
    SignatoryInvolved,
    /// The authority was notified already; that cannot be undone.
    AlreadyNotified {
        /// When.
        sent_at: Time,
    },
    /// The standing decision is not to notify; decide anew first.
    DecidedNotToNotify,
    /// There is no notification to supplement or withdraw.
    NotNotified,
    /// The notification is otherwise by now than it was when it was looked at.
    NotificationChanged,
    /// Something that must be told is missing or to come, so that the notification is incomplete.
    NotificationIncomplete {
        /// The fields.
        lacking: Vec<FieldId>,
    },
    /// The template has no such field, or that is no answer to it.
    NotAnAnswer {
        /// The field.
        field: FieldId,
    },
    /// The notification was sent after the deadline; the reasons must be given (art. 33(1)).
    ReasonsForDelayMissing {
        /// When it was due.
        due_at: Time,
    },
    /// The measure is not one of this case.
    MeasureUnknown {
        /// Which measure.
        measure: MeasureId,
    },
    /// Whoever is to answer for the measure is involved in the case.
    OwnerInvolved {
        /// Which measure.
        measure: MeasureId,
    },
    /// A measure under that identifier was already proposed otherwise.
    MeasureTaken {
        /// Which measure.
        measure: MeasureId,
    },
    /// The measure was already carried out.
    MeasureAlreadyCompleted {
        /// Which measure.
        measure: MeasureId,
    },
    /// The measure was not carried out yet.
    MeasureNotCompleted {
        /// Which measure.
        measure: MeasureId,
    },
    /// The measure's effect was already verified.
    MeasureAlreadyVerified {
        /// Which measure.
        measure: MeasureId,
    },
    /// Only the measure's owner or the data protection officer may say that it is done.
    NotTheMeasuresOwner {
        /// Which measure.
        measure: MeasureId,
    },
    /// Parts of the memo are empty.
    MemoIncomplete {
        /// Which parts.
        missing: Vec<MemoPart>,
    },
    /// Passages that the public is not given stand nowhere in the memo.
    PassageNotFound {
        /// In which parts they were to stand.
        parts: Vec<MemoPart>,
    },
    /// Nothing was done with a letter to the people affected.
    Letter(letter::Refusal),
    /// No memo waits for the controller.
    MemoNotSubmitted,
    /// The memo lies with the controller, who answers on the case as it stands in it.
    MemoWithController,
    /// Only the controller closes or returns a case.
    OnlyTheControllerDecides,
    /// Whoever is data protection officer, or handled the case, never closes it (art. 38(6)).
    IndependenceOfTheDpo,
    /// Somebody named as involved in the case has no part in handling it.
    InvolvedInTheCase,
    /// The case was erased; what happens now belongs in a case of its own.
    CaseIsErased,
    /// An open case is erased on an order alone, and whoever is involved in it only once it is
    /// closed.
    OpenCaseNotErased,
    /// It is not theirs to erase on that ground.
    ErasureNotTheirs {
        /// Which ground.
        ground: ErasureGround,
    },
    /// Nobody is known to have that part in the case.
    PersonNotInCase,
    /// Things remain to be done before the case can close.
    NotReadyToClose {
        /// What remains.
        outstanding: Vec<Outstanding>,
    },
    /// Nobody has taken the case in yet.
    NotReceived,
    /// Nobody stands in for themselves.
    DeputyIsHandler,
    /// The standing decision is not to tell the people affected; decide anew first.
    DecidedNotToTell,
    /// The case holds as many files as one can.
    TooManyAttachments {
        /// How many.
        attachments_max: usize,
    },
    /// A time that must be to come has passed.
    TimeInPast {
        /// The time given.
        given: Time,
    },
    /// The inquiry is not one of this case.
    InquiryUnknown {
        /// Which inquiry.
        inquiry: InquiryId,
    },
    /// An inquiry under that identifier was already made otherwise.
    InquiryTaken {
        /// Which inquiry.
        inquiry: InquiryId,
    },
    /// No answer to the inquiry is wanted any more.
    InquiryIsWithdrawn {
        /// Which inquiry.
        inquiry: InquiryId,
    },
    /// The inquiry was answered, so that it cannot be withdrawn.
    InquiryIsAnswered {
        /// Which inquiry.
        inquiry: InquiryId,
    },
    /// Somebody else was asked.
    NotAsked {
        /// Which inquiry.
        inquiry: InquiryId,
    },
    /// The link leads nowhere: it never did, has run out, or was answered by. Which of these is
    /// not said.
    LinkDoesNotWork,
    /// Whoever is to be asked is involved in the case.
    RespondentInvolved,
    /// The case has no such file, or it is erased.
    AttachmentUnknown {
        /// Which file.
        attachment: AttachmentId,
    },
    /// The file came from a reporter who is not named, and may tell who it was.
    ReportersFile {
        /// Which file.
        attachment: AttachmentId,
    },
    /// Only the security officer, the controller and a system owner are heard.
    NotHeard,
    /// A case is not brought together with itself.
    SameCase,
    /// The other case is not open.
    OtherCaseNotOpen {
        /// Which case.
        other: CaseNumber,
    },
    /// The case went on in another.
    CaseIsMerged {
        /// In which.
        into: CaseNumber,
    },
    /// The case has no such duty that is done by saying so.
    NoSuchDuty {
        /// Which duty.
        duty: DutyId,
    },
    /// The duty was recorded as done already, otherwise.
    DutyFulfilled {
        /// When it was done.
        done_at: Time,
    },
    /// The duty was not recorded as done.
    DutyNotFulfilled {
        /// Which duty.
        duty: DutyId,
    },
    /// Nobody opened the case outside their role like this.
    NoSuchOpening,
    /// Only a first action of another category falls away with it, and only one that is not done.
    MeasureStays {
        /// Which measure.
        measure: MeasureId,
    },
    /// Somebody else looks into what one has opened oneself.
    OwnOpening,
    /// Whoever is to see the case as an auditor is involved in it.
    AuditorBarred,
    /// Nobody grants themselves a look.
    OwnGrant,
    /// A look is granted for a shorter time.
    GrantTooLong {
        /// Until when at the most.
        latest: Time,
    },
    /// The auditor has no grant that could be taken back.
    NoSuchGrant,
    /// Only a closed case is handed over to the archive.
    NotClosed,
    /// The archive has the case as it was closed; it stays so.
    ArchiveHandedOver,
    /// Nothing of the case was handed over that the archive could have taken in.
    ArchiveNotHandedOver,
}

impl Refusal {
    /// The name it goes by.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Letter(refusal) => refusal.into(),
            alone => alone.into(),
        }
    }
}

/// A text without which a command says too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum RequiredText {
    /// What happened.
    WhatHappened,
    /// The addition to the report.
    Information,
    /// Why.
    Reason,
    /// The question.
    Question,
    /// The answer.
    Answer,
    /// The facts of an assessment.
    Facts,
    /// The grounds of a decision.
    Grounds,
    /// The reference of a notification.
    Reference,
    /// What a measure is.
    Description,
    /// What was done.
    Account,
    /// What was found.
    Finding,
    /// What is to be followed up.
    FollowUps,
    /// Where the ground of an erasure is found.
    Basis,
    /// What an attached file shows.
    FileDescription,
    /// Who is asked, and where the link is mailed.
    Contact,
    /// The statement of one who is heard.
    Statement,
    /// The note.
    Note,
    /// To whom something is referred.
    ReferredTo,
    /// What is referred.
    Subject,
    /// What a letter says.
    Summary,
    /// What somebody opens a case for, outside their role.
    Purpose,
    /// The passage that the public is not given.
    Passage,
    /// On which legal ground it is not.
    LegalGround,
    /// What went to the wrong recipient.
    Content,
    /// A title in the archive.
    Title,
    /// Which measure removed the risk.
    Measure,
    /// Which groups of people are told.
    Groups,
    /// Whom the people told can turn to.
    WhomToAsk,
}
