//! The parts of a case as the API shows them. A text is `null` once it was erased.

use chrono::{DateTime, Utc};
use domain::case::report::{self, Report, Reporter};
use domain::case::state::{self, Progress};
use domain::case::{OpenCase, erasure, event};
use domain::category::{Category, SevereName};
use domain::ids::{MeasureId, PersonId, QuestionId, UserId};
use domain::organisation::Organisation;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dealings::Reviewed;
use super::held::HeldAgainst;
use crate::api::assessments::GivenAdvice;
use crate::api::measures::MeasureState;
use crate::api::shapes::{Member, MemoParts, Occurred, text};
use crate::api::words::{
    AuthorityDecision, BreachKind, Capacity, Channel, MeasureKind, Openness, Outcome, PartInCase,
    PeopleEstimate, PersonalDataAffected, Sensitive, Word,
};

/// What was reported.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reported {
    /// The way it came in.
    channel: Channel,
    /// The category the reporter chose.
    category: String,
    /// The version of the category whose questions were answered.
    category_version: u32,
    /// The language in which they were put, if that is known.
    language: Option<String>,
    /// The unit the reporter named.
    unit: Uuid,
    /// What happened.
    what_happened: Option<String>,
    /// When it happened.
    occurred: Occurred,
    /// When it was discovered, if that is known.
    discovered_at: Option<DateTime<Utc>>,
    /// When the organisation got to know, where it was registered for somebody else later.
    aware_at: Option<DateTime<Utc>>,
    /// Systems and devices involved.
    systems_and_devices: Option<String>,
    /// Whether personal data is affected.
    personal_data: PersonalDataAffected,
    /// In which ways.
    breach: Vec<BreachKind>,
    /// Whose data it is.
    whose_data: Option<String>,
    /// Roughly how many people are affected.
    people: PeopleEstimate,
    /// What is affected that is more serious than other data.
    sensitive: Vec<Sensitive>,
    /// What had been done already.
    done_already: Option<String>,
    /// Answers to the category's own questions; where several choices were made, one for each.
    answers: Vec<Answer>,
}

/// An answer to one of a category's questions.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the names are those of the API")]
pub(crate) struct Answer {
    /// The question's name within its category.
    question: String,
    /// The question as it was put to the reporter; told in the case, not in the timeline.
    asked: Option<String>,
    /// The answer: a text, or the word of a choice.
    answer: Option<String>,
}

/// Who reported.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportedBy {
    /// How open they chose to be.
    openness: Openness,
    /// Their name, unless they are anonymous.
    name: Option<String>,
    /// How to reach them, if they said so.
    contact: Option<String>,
}

/// Somebody whose data can be erased apart from the rest of the case.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonInCase {
    /// Under which they are erased.
    person: Uuid,
    /// What they are in the case.
    part: PartInCase,
    /// Who they are, if they are a member of the organisation.
    member: Option<Member>,
}

/// A question to the reporter.
#[derive(Serialize, ToSchema)]
pub(crate) struct Question {
    /// Its identifier.
    id: Uuid,
    /// What was asked.
    text: Option<String>,
    /// Whether the reporter has answered.
    answered: bool,
    /// The answer, once it came.
    answer: Option<String>,
}

/// An assessment of the risk.
#[derive(Serialize, ToSchema)]
pub(crate) struct Assessment {
    /// Counts from 1; earlier ones are in the timeline.
    version: u32,
    /// The facts it rests on.
    facts: Option<String>,
    /// What it advises.
    outcome: Outcome,
    /// What the rules advised, where the facts were found out.
    advice: Option<GivenAdvice>,
}

/// The question of notifying the authority (GDPR art. 33).
#[derive(Serialize, ToSchema)]
pub(crate) struct Authority {
    /// The standing decision.
    decision: Option<AuthorityDecided>,
    /// The notification, once sent.
    notification: Option<Notification>,
}

/// A decision on notifying the authority.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuthorityDecided {
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
}

/// A notification of the authority.
#[derive(Serialize, ToSchema)]
pub(crate) struct Notification {
    /// When it was sent.
    sent_at: DateTime<Utc>,
    /// The reference it was given.
    reference: String,
    /// Why it came after the deadline, where it did.
    reasons_for_delay: Option<String>,
}

/// A measure.
#[derive(Serialize, ToSchema)]
pub(crate) struct Measure {
    /// Its identifier.
    id: Uuid,
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
    /// How far it has come.
    state: MeasureState,
    /// Whether it should have been done by now.
    overdue: bool,
    /// What was done, once it was.
    account: Option<String>,
    /// What was found when its effect was looked at, the last time.
    finding: Option<String>,
    /// When it is to be seen what it has led to, once it was done.
    review_due_at: Option<DateTime<Utc>>,
    /// How it turned out, once that was seen.
    review: Option<Reviewed>,
}

/// Where a measure came from: one of the first actions of a category.
#[derive(Serialize, ToSchema)]
pub(crate) struct FromPlaybook {
    /// The category.
    category: String,
    /// Its version at that time.
    version: u32,
    /// Which action, by its name.
    action: String,
}

/// Why a report is severe.
#[derive(Serialize, ToSchema)]
pub(crate) struct SevereReason {
    /// The rule's name within the category.
    name: String,
    /// Why, in the language asked for.
    why: Option<String>,
}

/// A memo that went to the controller.
#[derive(Serialize, ToSchema)]
pub(crate) struct SentMemo {
    /// Counts from 1; earlier ones are in the timeline.
    version: u32,
    /// Its six parts.
    parts: MemoParts,
    /// Who sent it.
    sent_by: Option<Member>,
    /// Whether it waits for the controller.
    awaits_controller: bool,
    /// What the controller wants followed up, if it was sent back.
    follow_ups: Vec<Option<String>>,
}

impl Reported {
    /// What was reported, without who reported it.
    pub(crate) fn new(report: &Report, category: Option<&Category>) -> Self {
        let language = report.language.as_deref().unwrap_or("nb");
        let asked = |it: &report::Answer| {
            let question = category?.question(&it.question.parse().ok()?)?;
            Some(question.label.text(language).to_owned())
        };
        let answer = |it: &report::Answer| Answer {
            question: it.question.clone(),
            asked: asked(it),
            answer: text(&it.answer),
        };
        Self {
            channel: Word(report.channel),
            category: report.category.to_string(),
            category_version: report.category_version,
            language: report.language.clone(),
            unit: report.unit.0,
            what_happened: text(&report.what_happened),
            occurred: report.occurred.into(),
            discovered_at: report.discovered_at,
            aware_at: report.aware_at,
            systems_and_devices: text(&report.systems_and_devices),
            personal_data: Word(report.personal_data),
            breach: report.breach.iter().copied().map(Word).collect(),
            whose_data: text(&report.whose_data),
            people: Word(report.people),
            sensitive: report.sensitive.iter().copied().map(Word).collect(),
            done_already: text(&report.done_already),
            answers: report.answers.iter().map(answer).collect(),
        }
    }
}

impl FromPlaybook {
    pub(crate) fn new(from: &event::FromPlaybook) -> Self {
        let (category, action) = (from.category.to_string(), from.action.to_string());
        Self { category, version: from.version, action }
    }
}

impl SevereReason {
    pub(super) fn new(name: &SevereName, category: Option<&Category>, language: &str) -> Self {
        let rule = category.and_then(|it| it.severe.iter().find(|rule| rule.name == *name));
        let why = rule.map(|rule| rule.why.text(language).to_owned());
        Self { name: name.to_string(), why }
    }
}

impl ReportedBy {
    pub(super) fn new(reporter: &Reporter) -> Self {
        let identity = reporter.identity();
        Self {
            openness: Word(reporter.openness()),
            name: identity.map(|it| it.name.clone()),
            contact: identity.and_then(|it| it.contact.clone()),
        }
    }
}

impl PersonInCase {
    pub(super) fn all(case: &OpenCase, organisation: &Organisation) -> Vec<Self> {
        let new = |person: PersonId, part, user: Option<UserId>| Self {
            person: person.0,
            part: Word(part),
            member: user.map(|user| Member::new(organisation, user)),
        };
        let reporter = case.report.reporter.identity();
        let reporter = reporter.map(|it| new(it.person, erasure::PartInCase::Reporter, it.user));
        let of = |(person, user)| new(person, erasure::PartInCase::Involved, Some(user));
        let involved = case.involved.iter().map(of);
        reporter.into_iter().chain(involved).collect()
    }
}

impl Question {
    pub(super) fn new((id, question): (&QuestionId, &state::Question)) -> Self {
        Self {
            id: id.0,
            text: text(&question.text),
            answered: question.answer.is_some(),
            answer: question.answer.as_ref().and_then(text),
        }
    }
}

impl Assessment {
    pub(super) fn new(it: &state::Assessment) -> Self {
        Self {
            version: it.version,
            facts: text(&it.facts),
            outcome: Word(it.outcome),
            advice: it.advice.as_deref().map(GivenAdvice::new),
        }
    }
}

impl Authority {
    pub(super) fn new(authority: &state::Authority) -> Self {
        let decided = |it: &state::AuthorityDecided| AuthorityDecided {
            decision: Word(it.decision),
            grounds: text(&it.grounds),
            departure: it.departure.as_ref().and_then(text),
            capacity: Word(it.capacity),
            held_against: it.held_against.as_deref().map(HeldAgainst::new),
        };
        let notified = |it: &state::Notified| Notification {
            sent_at: it.sent_at,
            reference: it.reference.clone(),
            reasons_for_delay: it.reasons_for_delay.as_ref().and_then(text),
        };
        Self {
            decision: authority.decided.as_ref().map(decided),
            notification: authority.notified.as_ref().map(notified),
        }
    }
}

impl Measure {
    pub(super) fn new(
        id: MeasureId,
        measure: &state::Measure,
        organisation: &Organisation,
        now: DateTime<Utc>,
    ) -> Self {
        let (state, account, finding) = match &measure.progress {
            Progress::Open { found_without_effect } => {
                (MeasureState::Open, None, found_without_effect.as_ref())
            }
            Progress::Completed { account } => (MeasureState::Completed, Some(account), None),
            Progress::Verified { account, finding } => {
                (MeasureState::Verified, Some(account), Some(finding))
            }
        };
        Self {
            id: id.0,
            kind: Word(measure.kind),
            description: text(&measure.description),
            owner: Member::new(organisation, measure.owner),
            playbook: measure.playbook.as_ref().map(FromPlaybook::new),
            due_at: measure.due_at,
            state,
            overdue: state == MeasureState::Open && measure.due_at < now,
            account: account.and_then(text),
            finding: finding.and_then(text),
            review_due_at: measure.review.due_at,
            review: measure.review.result.as_ref().map(Reviewed::new),
        }
    }
}

impl SentMemo {
    pub(super) fn new(memo: &state::SubmittedMemo, organisation: &Organisation) -> Self {
        Self {
            version: memo.version,
            parts: MemoParts::new(&memo.memo),
            sent_by: memo.by.map(|user| Member::new(organisation, user)),
            awaits_controller: memo.awaits_controller,
            follow_ups: memo.follow_ups.iter().map(text).collect(),
        }
    }
}
