//! What can happen in a case, as the API tells it.

use chrono::{DateTime, Utc};
use domain::Erasable;
use domain::case::Event;
use domain::organisation::Organisation;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::attachments::Attachment;
use crate::api::case::parts::{FromPlaybook, Reported};
use crate::api::shapes::{Member, MemoParts, text};
use crate::api::words::{
    AuthorityDecision, Capacity, ErasureGround, MeasureKind, Outcome, PartInCase, PeopleDecision,
    TellingWay, Word,
};

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
    /// A stage on the way to the deadline was reached.
    DeadlineStageReached {
        /// Whole hours that were left; 0 once overdue.
        hours_left: u16,
        /// The deadline it belongs to.
        due_at: DateTime<Utc>,
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
    },
    /// The authority was notified.
    AuthorityNotified {
        /// When the notification was sent.
        sent_at: DateTime<Utc>,
        /// Its reference.
        reference: String,
        /// Why it came after the deadline, where it did.
        reasons_for_delay: Option<String>,
    },
    /// It was decided whether the people affected are told.
    PeopleDecided {
        /// The decision.
        decision: PeopleDecision,
        /// Why.
        grounds: Option<String>,
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
    CaseClosed {},
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
    PeopleTold {
        /// When the last of them was.
        told_at: DateTime<Utc>,
        /// How.
        way: TellingWay,
        /// How many, where they were told one by one.
        people: Option<u32>,
        /// What they were told, or where it is kept.
        account: Option<String>,
    },
    /// A file was attached.
    AttachmentAdded {
        /// Which.
        attachment: Attachment,
    },
}

impl Happened {
    /// An event, with names for those it is about.
    #[expect(clippy::too_many_lines, reason = "an arm for each event, and nothing else")]
    pub(super) fn new(event: &Event, organisation: &Organisation) -> Self {
        let member = |user| Member::new(organisation, user);
        let maybe = |it: &Option<Erasable<String>>| it.as_ref().and_then(text);
        match event {
            Event::DeviationReported(report) => {
                Self::DeviationReported { report: Box::new(Reported::new(report, None)) }
            }
            Event::AttachmentAdded(it) => Self::AttachmentAdded { attachment: Attachment::new(it) },
            Event::InformationAdded { text: it } => Self::InformationAdded { text: text(it) },
            Event::CaseFoundSevere { reasons } => {
                Self::CaseFoundSevere { reasons: reasons.iter().map(ToString::to_string).collect() }
            }
            Event::CaseReceived { category, category_version, unit, handler } => {
                Self::CaseReceived {
                    category: category.to_string(),
                    category_version: *category_version,
                    unit: unit.0,
                    handler: member(*handler),
                }
            }
            Event::PersonInvolved { user } => {
                Self::PersonInvolved { member: user.get().copied().map(member) }
            }
            Event::AwarenessEstablished { aware_at, reason } => {
                Self::AwarenessEstablished { aware_at: *aware_at, reason: text(reason) }
            }
            Event::DeadlineStageReached { stage, due_at } => {
                Self::DeadlineStageReached { hours_left: stage.hours_left, due_at: *due_at }
            }
            Event::ReporterAsked { question, text: it } => {
                Self::ReporterAsked { question: question.0, text: text(it) }
            }
            Event::ReporterAnswered { question, text: it } => {
                Self::ReporterAnswered { question: question.0, text: text(it) }
            }
            Event::CaseAssessed { version, facts, outcome } => {
                let outcome = Word(*outcome);
                Self::CaseAssessed { version: *version, facts: text(facts), outcome }
            }
            Event::AuthorityDecided { decision, grounds, departure, capacity } => {
                Self::AuthorityDecided {
                    decision: Word(*decision),
                    grounds: text(grounds),
                    departure: maybe(departure),
                    capacity: Word(*capacity),
                }
            }
            Event::AuthorityNotified { sent_at, reference, reasons_for_delay } => {
                Self::AuthorityNotified {
                    sent_at: *sent_at,
                    reference: reference.clone(),
                    reasons_for_delay: maybe(reasons_for_delay),
                }
            }
            Event::PeopleDecided { decision, grounds } => {
                Self::PeopleDecided { decision: Word(*decision), grounds: text(grounds) }
            }
            Event::MeasureProposed { measure, kind, description, owner, due_at, playbook } => {
                Self::MeasureProposed {
                    measure: measure.0,
                    kind: Word(*kind),
                    description: text(description),
                    owner: member(*owner),
                    due_at: *due_at,
                    playbook: playbook.as_ref().map(FromPlaybook::new),
                }
            }
            Event::MeasureCompleted { measure, account } => {
                Self::MeasureCompleted { measure: measure.0, account: text(account) }
            }
            Event::MeasureVerified { measure, effective, finding } => Self::MeasureVerified {
                measure: measure.0,
                effective: *effective,
                finding: text(finding),
            },
            Event::MemoSubmitted { version, memo } => {
                let parts = Box::new(MemoParts::new(memo));
                Self::MemoSubmitted { version: *version, parts }
            }
            Event::CaseReturned { follow_ups } => {
                Self::CaseReturned { follow_ups: follow_ups.iter().map(text).collect() }
            }
            Event::CaseClosed {} => Self::CaseClosed {},
            Event::ClosedAsNotADeviation { reason } => {
                Self::ClosedAsNotADeviation { reason: text(reason) }
            }
            Event::CaseReopened { reason } => Self::CaseReopened { reason: text(reason) },
            Event::CaseErased { ground, basis } => {
                Self::CaseErased { ground: Word(*ground), basis: basis.clone() }
            }
            Event::PersonErased { person, part, ground, basis } => Self::PersonErased {
                person: person.0,
                part: Word(*part),
                ground: Word(*ground),
                basis: basis.clone(),
            },
            Event::CaseAssigned { handler, deputy } => {
                Self::CaseAssigned { handler: member(*handler), deputy: deputy.map(member) }
            }
            Event::PeopleTold { told_at, way, people, account } => Self::PeopleTold {
                told_at: *told_at,
                way: Word(*way),
                people: *people,
                account: text(account),
            },
        }
    }
}
