//! What figures are made of for one case: times, words and counts, and nothing of a person.

use chrono::TimeDelta;
use domain::Time;
use domain::assessment::severity::Band;
use domain::case::event::AuthorityDecision;
use domain::case::facts::{Answer, Fact, Facts};
use domain::case::report::{BreachKind, Channel, Openness, PeopleEstimate, Report};
use domain::case::{Event, Phase, custody};
use domain::category::CategoryId;
use domain::deadline::Deadline;
use domain::ids::UnitId;
use strum::IntoEnumIterator;

use super::MeasureFigures;

/// The stored names of the events that change anything here.
pub(super) const NAMES: [&str; 23] = [
    "deviation_reported",
    "case_received",
    "case_reclassified",
    "measure_withdrawn",
    "awareness_established",
    "duplicate_taken_in",
    "duties_judged",
    "facts_established",
    "case_assessed",
    "reporter_asked",
    "authority_decided",
    "authority_notified",
    "people_told",
    "case_linked",
    "measure_proposed",
    "measure_completed",
    "measure_verified",
    "effect_reviewed",
    "case_returned",
    "case_closed",
    "closed_as_not_a_deviation",
    "case_merged",
    "case_reopened",
];

/// A case, as figures count it. It stays as it is when the case is erased.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFigures {
    /// When it was reported.
    pub reported_at: Time,
    /// When it happened, or began, as far as that is known.
    pub occurred_at: Option<Time>,
    /// When it was discovered, if that is known.
    pub discovered_at: Option<Time>,
    pub(super) deadline: Deadline,
    /// When the authority was notified first, if it was; withdrawn since or not.
    pub notified_at: Option<Time>,
    /// The standing decision on notifying the authority.
    pub decision: Option<AuthorityDecision>,
    /// Whether the data protection officer has taken it in.
    pub is_received: bool,
    /// When the reporter first heard of it again.
    pub answered_at: Option<Time>,
    /// The category it is handled under, else as reported.
    pub category: CategoryId,
    /// The unit it belongs to, else as reported.
    pub unit: UnitId,
    /// In which way personal data is affected: as found out, else as reported.
    pub kind: Kind,
    /// How severe the latest assessment found it, where the rules advised on it.
    pub severity: Option<Band>,
    /// Who told of it.
    pub source: Source,
    /// The way it came in.
    pub channel: Channel,
    /// Roughly how many people are affected: as found out, else as reported.
    pub people: PeopleEstimate,
    /// How many people were told, one by one.
    pub people_told: u64,
    /// Whether people affected were told at all, one by one or by a public communication.
    pub is_told: bool,
    /// Whether it was found to be of a kind with another: the deviation keeps coming back.
    pub is_recurring: bool,
    /// How often the controller sent it back.
    pub returned: u32,
    /// How it ended, if it did and was not taken up again.
    pub ending: Option<Ending>,
    pub(super) measures: Vec<MeasureFigures>,
}

/// In which of the three ways personal data is breached (GDPR art. 4 no. 12). Of a case that counts
/// under several the ways are not told apart, so that each case is counted once.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// Astray, and nothing else.
    Confidentiality,
    /// Changed, wrong or out of date, and nothing else.
    Integrity,
    /// Lost, deleted or out of reach, and nothing else.
    Availability,
    /// In several ways.
    Several,
    /// In none that is known.
    NotStated,
}

/// Who told of a deviation.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Source {
    /// A reporter under their own name.
    Named,
    /// A reporter whom the data protection officer alone knows.
    Confidential,
    /// A reporter whom nobody knows.
    Anonymous,
    /// A data processor (GDPR art. 33(2)).
    Processor,
    /// One of the people affected.
    DataSubject,
    /// Nobody: the data protection officer opened it.
    OwnInitiative,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The controller closed it.
    Closed,
    /// It was no deviation.
    NotADeviation,
    /// It goes on in another case.
    Merged,
}

impl Kind {
    fn of(kinds: impl IntoIterator<Item = BreachKind>) -> Self {
        let kinds: Vec<BreachKind> = kinds.into_iter().collect();
        match kinds.as_slice() {
            [] => Self::NotStated,
            [BreachKind::Confidentiality] => Self::Confidentiality,
            [BreachKind::Integrity] => Self::Integrity,
            [BreachKind::Availability] => Self::Availability,
            _ => Self::Several,
        }
    }
}

impl Source {
    fn of(report: &Report) -> Self {
        match (report.channel, report.reporter.openness()) {
            (Channel::Processor, _) => Self::Processor,
            (Channel::DataSubject, _) => Self::DataSubject,
            (Channel::OwnInitiative, _) => Self::OwnInitiative,
            (_, Openness::Named) => Self::Named,
            (_, Openness::Confidential) => Self::Confidential,
            (_, Openness::Anonymous) => Self::Anonymous,
        }
    }
}

impl From<Ending> for Phase {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Closed => Self::Closed,
            Ending::NotADeviation => Self::ClosedAsNotADeviation,
            Ending::Merged => Self::Merged,
        }
    }
}

impl CaseFigures {
    /// The case as its report has it.
    pub(super) fn new(report: &Report, reported_at: Time) -> Self {
        Self {
            reported_at,
            occurred_at: report.occurred.earliest(),
            discovered_at: report.discovered_at,
            deadline: Deadline::from_awareness(report.known_since().unwrap_or(reported_at)),
            notified_at: None,
            decision: None,
            is_received: false,
            answered_at: None,
            category: report.category.clone(),
            unit: report.unit,
            kind: Kind::of(report.breach.iter().copied()),
            severity: None,
            source: Source::of(report),
            channel: report.channel,
            people: report.people,
            people_told: 0,
            is_told: false,
            is_recurring: false,
            returned: 0,
            ending: None,
            measures: Vec::new(),
        }
    }

    /// From when the 72 hours run (GDPR art. 33(1)).
    #[must_use]
    pub fn aware_at(&self) -> Time {
        self.deadline.aware_at
    }

    /// Whether somebody told of it, who can be told something back.
    #[must_use]
    pub fn has_reporter(&self) -> bool {
        self.source != Source::OwnInitiative
    }

    /// From the event to its discovery, where both are known.
    #[must_use]
    pub fn to_discovery(&self) -> Option<TimeDelta> {
        passed(self.occurred_at?, self.discovered_at?)
    }

    /// From the discovery to the report.
    #[must_use]
    pub fn to_report(&self) -> Option<TimeDelta> {
        passed(self.discovered_at?, self.reported_at)
    }

    /// From awareness to the first notification of the authority; none at all where awareness was
    /// found to be later than that.
    #[must_use]
    pub fn to_notification(&self) -> Option<TimeDelta> {
        Some((self.notified_at? - self.aware_at()).max(TimeDelta::zero()))
    }

    /// Takes in one more fact, recorded at `at`.
    pub(super) fn apply(&mut self, event: &Event, at: Time) {
        if tells_the_reporter(event) {
            self.answered_at.get_or_insert(at);
        }
        match event {
            Event::CaseReceived { category, unit, .. } => {
                self.is_received = true;
                self.category = category.clone();
                self.unit = *unit;
            }
            Event::Custody(custody::Event::CaseReclassified { category, unit, .. }) => {
                self.category = category.clone();
                self.unit = *unit;
                self.measures.retain(|it| !event.drops(it.measure));
            }
            Event::Correction(_) => self.measures.retain(|it| !event.drops(it.measure)),
            Event::AwarenessEstablished { aware_at, .. } => self.deadline.move_to(*aware_at),
            Event::DuplicateTakenIn { aware_at, .. } => {
                self.deadline = self.deadline.no_later_than(*aware_at);
            }
            Event::DutiesJudged { duties } => duties.iter().for_each(|it| self.deadline.judged(it)),
            Event::FactsEstablished { facts, .. } => self.find_out(facts),
            Event::CaseAssessed { advice, .. } => {
                let quarters = advice.as_deref().map(|advice| advice.severity_quarters);
                self.severity = quarters.map(Band::of).or(self.severity);
            }
            Event::AuthorityDecided { decision, .. } => self.decision = Some(*decision),
            Event::AuthorityNotified { sent_at, .. } => {
                self.notified_at.get_or_insert(*sent_at);
            }
            Event::PeopleTold(told) => {
                self.is_told = true;
                self.people_told += u64::from(told.people.unwrap_or_default());
            }
            Event::CaseLinked { .. } => self.is_recurring = true,
            Event::CaseReturned { .. } => self.returned += 1,
            Event::CaseClosed { .. } => self.ending = Some(Ending::Closed),
            Event::ClosedAsNotADeviation { .. } => self.ending = Some(Ending::NotADeviation),
            Event::CaseMerged { .. } => self.ending = Some(Ending::Merged),
            Event::CaseReopened { .. } => self.ending = None,
            event => {
                self.measures.iter_mut().for_each(|measure| measure.apply(event, at));
                self.measures.extend(MeasureFigures::proposed(event, at));
            }
        }
    }

    /// What was found out takes the place of what was reported; what was not stays as reported.
    fn find_out(&mut self, facts: &Facts) {
        if let Some(Answer::Several(words)) = facts.answer(Fact::Breach) {
            let is_found = |kind: &BreachKind| words.contains(<&str>::from(kind));
            self.kind = Kind::of(BreachKind::iter().filter(is_found));
        }
        if let Some(Answer::One(word)) = facts.answer(Fact::People) {
            self.people = word.parse().unwrap_or(self.people);
        }
    }
}

/// The time that passed; nothing where the moments are told in the wrong order.
fn passed(from: Time, until: Time) -> Option<TimeDelta> {
    Some(until - from).filter(|passed| TimeDelta::zero() <= *passed)
}

/// Whether a reporter hears of it: they are asked something, or told how far it has come.
fn tells_the_reporter(event: &Event) -> bool {
    matches!(
        event,
        Event::CaseReceived { .. }
            | Event::ReporterAsked { .. }
            | Event::AuthorityDecided { .. }
            | Event::CaseClosed { .. }
            | Event::ClosedAsNotADeviation { .. }
            | Event::CaseMerged { .. }
    )
}
