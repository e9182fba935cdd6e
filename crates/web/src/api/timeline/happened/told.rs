//! From what happened to how the API tells it.

use domain::Erasable;
use domain::case::advised::SeverityOverridden;
use domain::case::{Event, overdue};
use domain::organisation::Organisation;

use super::Happened;
use super::archiving::Archived;
use super::confirmations::Confirmed;
use super::correction::TakenBack;
use super::custody::Placed;
use super::documents::Written;
use super::inquiries;
use super::letters::LetterEvent;
use super::measures::Followed;
use super::openings::Opened;
use crate::api::assessments::{GivenAdvice, value};
use crate::api::attachments::Attachment;
use crate::api::case::dealings::{Letter, PeopleTold, Referral};
use crate::api::case::held::{HeldAgainst, TellingPlan};
use crate::api::case::parts::{FromPlaybook, Reported};
use crate::api::duties::JudgedDuty;
use crate::api::facts::FactsBody;
use crate::api::notification::sent::Notice;
use crate::api::shapes::{Member, MemoParts, text};
use crate::api::words::Word;

impl Happened {
    /// An event, with names for those it is about.
    #[expect(clippy::too_many_lines, reason = "an arm for each event, and nothing else")]
    pub(in crate::api::timeline) fn new(event: &Event, organisation: &Organisation) -> Self {
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
            Event::DeadlineStageReached { duty, stage, due_at, alerts } => {
                Self::DeadlineStageReached {
                    duty: duty.to_string(),
                    hours_left: stage.hours_left,
                    due_at: *due_at,
                    alerts: alerts.iter().map(|it| (*it).into()).collect(),
                }
            }
            Event::ReporterAsked { question, text: it } => {
                Self::ReporterAsked { question: question.0, text: text(it) }
            }
            Event::ReporterAnswered { question, text: it } => {
                Self::ReporterAnswered { question: question.0, text: text(it) }
            }
            Event::CaseAssessed { version, facts, outcome, advice } => {
                let outcome = Word(*outcome);
                let advice = advice.as_deref().map(GivenAdvice::new);
                Self::CaseAssessed { version: *version, facts: text(facts), outcome, advice }
            }
            Event::AuthorityDecided { decision, grounds, departure, capacity, held_against } => {
                Self::AuthorityDecided {
                    decision: Word(*decision),
                    grounds: text(grounds),
                    departure: maybe(departure),
                    capacity: Word(*capacity),
                    held_against: held_against.as_deref().map(HeldAgainst::new),
                }
            }
            Event::AuthorityNotified { sent_at, reference, reasons_for_delay, notice } => {
                Self::AuthorityNotified {
                    sent_at: *sent_at,
                    reference: reference.clone(),
                    reasons_for_delay: maybe(reasons_for_delay),
                    notice: Notice::new(notice),
                }
            }
            Event::NotificationSupplemented { sent_at, reference, notice } => {
                let (reference, notice) = (reference.clone(), Notice::new(notice));
                Self::NotificationSupplemented { sent_at: *sent_at, reference, notice }
            }
            Event::NotificationWithdrawn { sent_at, reference, reasons, notice } => {
                Self::NotificationWithdrawn {
                    sent_at: *sent_at,
                    reference: reference.clone(),
                    reasons: text(reasons),
                    notice: Notice::new(notice),
                }
            }
            Event::NotificationDrafted { version, fields } => {
                let fields = fields.get().map(std::collections::BTreeMap::len);
                Self::NotificationDrafted { version: *version, fields }
            }
            Event::PeopleDecided { decision, grounds, particulars } => {
                let brings = particulars.as_deref();
                let held_against = brings.and_then(|it| it.held_against.as_deref());
                Self::PeopleDecided {
                    decision: Word(*decision),
                    grounds: text(grounds),
                    departure: brings.and_then(|it| it.departure.as_ref()).and_then(text),
                    measure: brings.and_then(|it| it.measure.as_ref()).and_then(text),
                    plan: brings.and_then(|it| it.plan.as_deref()).map(TellingPlan::new),
                    held_against: held_against.map(HeldAgainst::new),
                }
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
            Event::MeasureCompleted { measure, account, .. } => {
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
            Event::CaseClosed { grounds } => {
                Self::CaseClosed { grounds: grounds.as_ref().and_then(text) }
            }
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
            Event::PeopleTold(told) => Self::PeopleTold(PeopleTold::new(told)),
            Event::Access(event) => Self::Opening(Opened::new(event, organisation)),
            Event::InquiryMade(made) => {
                Self::InquiryMade(inquiries::Asked::new(made, organisation))
            }
            Event::InquiryLinkMade { inquiry, expires_at, .. } => {
                Self::InquiryLinkMade { inquiry: inquiry.0, expires_at: *expires_at }
            }
            Event::InquiryReminded { inquiry, reminder } => {
                Self::InquiryReminded { inquiry: inquiry.0, reminder: Word(*reminder) }
            }
            Event::InquiryAnswered { inquiry, text: it } => {
                Self::InquiryAnswered { inquiry: inquiry.0, text: text(it) }
            }
            Event::InquiryWithdrawn { inquiry, reason } => {
                Self::InquiryWithdrawn { inquiry: inquiry.0, reason: text(reason) }
            }
            Event::ContributionGiven { capacity, version, text: it } => {
                let capacity = Word(*capacity);
                Self::ContributionGiven { capacity, version: *version, text: text(it) }
            }
            Event::NoteAdded { text: it } => Self::NoteAdded { text: text(it) },
            Event::Overdue(overdue::Event::MeasureReminded { measure, reminder }) => {
                let (measure, reminder) = (measure.0, Word(*reminder));
                Self::Measure(Followed::MeasureReminded { measure, reminder })
            }
            Event::EffectReviewDue { measure } => {
                Self::Measure(Followed::EffectReviewDue { measure: measure.0 })
            }
            Event::EffectReviewed { measure, effect, finding } => {
                Self::Measure(Followed::EffectReviewed {
                    measure: measure.0,
                    effect: Word(*effect),
                    finding: text(finding),
                })
            }
            Event::CaseReferred(it) => Self::CaseReferred { referral: Referral::new(it) },
            Event::CorrespondenceRecorded(it) => {
                Self::CorrespondenceRecorded { letter: Letter::new(it) }
            }
            Event::CaseLinked { other, reason } => {
                Self::CaseLinked { other: other.number.to_string(), reason: text(reason) }
            }
            Event::DuplicateTakenIn { other, aware_at } => {
                Self::DuplicateTakenIn { other: other.number.to_string(), aware_at: *aware_at }
            }
            Event::CaseMerged { into, reason } => {
                Self::CaseMerged { into: into.number.to_string(), reason: text(reason) }
            }
            Event::DutiesJudged { duties } => {
                Self::DutiesJudged { duties: duties.iter().map(JudgedDuty::new).collect() }
            }
            Event::FactsEstablished { version, facts } => {
                Self::FactsEstablished { version: *version, facts: FactsBody(facts.clone()) }
            }
            Event::SeverityOverridden(SeverityOverridden { factor, quarters, reason }) => {
                Self::SeverityOverridden {
                    factor: Word(*factor),
                    value: quarters.map(value),
                    reason: text(reason),
                }
            }
            Event::Document(event) => Self::Document(Written::new(event)),
            Event::Letter(event) => Self::Letter(LetterEvent::new(event)),
            Event::Custody(event) => Self::Custody(Placed::new(event)),
            Event::Correction(event) => Self::Correction(TakenBack::new(event)),
            Event::Archiving(event) => Self::Archiving(Archived::new(event)),
            Event::Confirmation(event) => Self::Confirmation(Confirmed::new(event, organisation)),
            Event::DutyFulfilled { duty, done_at, reference } => Self::DutyFulfilled {
                duty: duty.to_string(),
                done_at: *done_at,
                reference: reference.clone(),
            },
        }
    }
}
