//! One breach in the register, and how it grows with what happens in its case.

use std::collections::BTreeSet;

use domain::case::dealings::{Correspondence, ReferralKind};
use domain::case::event::{AuthorityDecision, Capacity, MeasureKind, Outcome, PeopleDecision};
use domain::case::report::{BreachKind, Occurred, PeopleEstimate, PersonalDataAffected};
use domain::case::telling::PeopleTold;
use domain::case::{AdviceGiven, Event, Facts, Phase, Report, Standing, correction, custody};
use domain::category::CategoryId;
use domain::duty::DutyId;
use domain::ids::{CaseId, CaseNumber, MeasureId, UnitId};
use domain::{Erasable, Time};

use crate::case_file::CaseFile;

/// One breach in the register. It names nobody: neither reporter nor those involved.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which case.
    pub case: CaseId,
    /// The number people use.
    pub number: CaseNumber,
    /// When it was reported.
    pub reported_at: Time,
    /// The category it is handled under, else as reported.
    pub category: CategoryId,
    /// The unit it belongs to, else as reported.
    pub unit: UnitId,
    /// Whether the report was found severe.
    pub is_severe: bool,
    /// Facts: what happened.
    pub what_happened: Erasable<String>,
    /// Facts: when it happened.
    pub occurred: Occurred,
    /// Facts: in which ways personal data is affected.
    pub breach: BTreeSet<BreachKind>,
    /// Facts: whether personal data is affected.
    pub personal_data: PersonalDataAffected,
    /// Facts: what was found out, fact by fact, once somebody did.
    pub facts: Option<Box<Facts>>,
    /// Effects: whose data.
    pub whose_data: Erasable<String>,
    /// Effects: roughly how many people.
    pub people: PeopleEstimate,
    /// Effects: the latest assessment.
    pub assessment: Option<Box<Assessed>>,
    /// Remedial action: every measure, as they were proposed.
    pub measures: Vec<RemedialAction>,
    /// Every decision with its reasons, the first one first; a later one of the same kind takes
    /// the place of an earlier.
    pub decisions: Vec<Decided>,
    /// What was sent to the authority as a notification, the first one first.
    pub notifications: Vec<Notification>,
    /// Every time people affected were told.
    pub told: Vec<PeopleTold>,
    /// Which others were told.
    pub others_told: Vec<OtherTold>,
    /// Letters to and from the authority.
    pub letters: Vec<Correspondence>,
    /// The cases it is of a kind with.
    pub linked: BTreeSet<CaseNumber>,
    /// The cases that went on in this one.
    pub duplicates: BTreeSet<CaseNumber>,
    /// Where the case stands; awareness, deadline and notification.
    pub standing: Standing,
}

/// An assessment of the risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessed {
    /// When.
    pub at: Time,
    /// The facts it rests on.
    pub facts: Erasable<String>,
    /// What it advises.
    pub outcome: Outcome,
    /// What the rules advised, where they did.
    pub advised: Option<Advised>,
}

/// What the rules advised on a breach.
#[derive(Debug, Clone, PartialEq)]
pub struct Advised {
    /// The advice.
    pub outcome: Outcome,
    /// The severity by the method of ENISA, in quarters.
    pub severity_quarters: u8,
    /// Why the assessment departs from the advice, where it does.
    pub departure: Option<Erasable<String>>,
}

/// A measure.
#[derive(Debug, Clone, PartialEq)]
pub struct RemedialAction {
    /// Which.
    pub measure: MeasureId,
    /// What it is meant to do.
    pub kind: MeasureKind,
    /// What is to be done, or was.
    pub description: Erasable<String>,
    /// When it was done, if it was, and not found without effect since.
    pub done_at: Option<Time>,
    /// Whether it was found to have the effect it was meant to have.
    pub is_verified: bool,
}

/// A decision with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// When it was taken.
    pub at: Time,
    /// Which.
    pub decision: Decision,
    /// Why.
    pub reasons: Erasable<String>,
    /// Why it departs from the advice, where it does.
    pub departure: Option<Erasable<String>>,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Decision {
    /// From when the 72 hours run.
    Awareness(Time),
    /// Whether the authority is notified.
    Authority(AuthorityDecision, Capacity),
    /// Whether the people affected are told.
    People(PeopleDecision),
    /// That it was no deviation.
    NotADeviation,
    /// To take the case up again.
    Reopened,
    /// To take back what the authority had been notified of.
    NotificationWithdrawn,
    /// To go on in another case, which is about the same breach.
    Merged(CaseNumber),
}

/// A notification of the authority.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// When it was sent.
    pub sent_at: Time,
    /// The reference it was given.
    pub reference: String,
    /// Why it came after the deadline, where it did.
    pub reasons_for_delay: Option<Erasable<String>>,
}

/// Somebody else who was told of the breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTold {
    /// Who.
    pub who: Other,
    /// When.
    pub at: Time,
}

/// Who else was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Other {
    /// The police.
    Police,
    /// Whoever a duty says, under the reference it was given, if it was given one.
    ByDuty(DutyId, String),
}

impl Entry {
    /// The entry as the report has it.
    pub(super) fn new(case: CaseId, report: &Report, reported_at: Time) -> Self {
        Self {
            case,
            number: report.number,
            reported_at,
            category: report.category.clone(),
            unit: report.unit,
            is_severe: false,
            what_happened: report.what_happened.clone(),
            occurred: report.occurred,
            breach: report.breach.clone(),
            personal_data: report.personal_data,
            facts: None,
            whose_data: report.whose_data.clone(),
            people: report.people,
            assessment: None,
            measures: Vec::new(),
            decisions: Vec::new(),
            notifications: Vec::new(),
            told: Vec::new(),
            others_told: Vec::new(),
            letters: Vec::new(),
            linked: BTreeSet::new(),
            duplicates: BTreeSet::new(),
            standing: Standing::reported(report.known_since(), reported_at),
        }
    }

    /// Where the case stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.standing.phase()
    }

    /// The standing decision on notifying the authority, with its reasons.
    #[must_use]
    pub fn authority(&self) -> Option<(AuthorityDecision, &Decided)> {
        self.decisions.iter().rev().find_map(|it| match it.decision {
            Decision::Authority(decision, _) => Some((decision, it)),
            _ => None,
        })
    }

    /// The standing decision on telling the people affected, with its reasons.
    #[must_use]
    pub fn people_decision(&self) -> Option<(PeopleDecision, &Decided)> {
        self.decisions.iter().rev().find_map(|it| match it.decision {
            Decision::People(decision) => Some((decision, it)),
            _ => None,
        })
    }

    /// The case it goes on in, if it ended so.
    #[must_use]
    pub fn merged_into(&self) -> Option<CaseNumber> {
        self.decisions.iter().rev().find_map(|it| match it.decision {
            Decision::Merged(into) => Some(into),
            _ => None,
        })
    }

    /// Names of the cases it is linked to or merged with only those that `sees` lets through, as
    /// the case itself does.
    pub fn name_only(&mut self, sees: impl Fn(CaseNumber) -> bool) {
        self.linked.retain(|number| sees(*number));
        self.duplicates.retain(|number| sees(*number));
        self.decisions.retain(|it| match it.decision {
            Decision::Merged(into) => sees(into),
            _ => true,
        });
    }

    /// Forgets every text, as reading it does once its key is gone. What happened when, and what
    /// was decided, stays.
    pub fn erase(&mut self) {
        self.what_happened.erase();
        self.whose_data.erase();
        if let Some(assessed) = &mut self.assessment {
            assessed.facts.erase();
            let departure = assessed.advised.as_mut().and_then(|it| it.departure.as_mut());
            departure.into_iter().for_each(Erasable::erase);
        }
        self.measures.iter_mut().for_each(|measure| measure.description.erase());
        for decided in &mut self.decisions {
            decided.reasons.erase();
            decided.departure.iter_mut().for_each(Erasable::erase);
        }
        let delays = self.notifications.iter_mut().filter_map(|it| it.reasons_for_delay.as_mut());
        delays.for_each(Erasable::erase);
        self.told.iter_mut().for_each(|told| told.account.erase());
        self.letters.iter_mut().for_each(|letter| letter.summary.erase());
    }

    /// Whether an event that does not move where the case stands is told in the register all the
    /// same.
    pub(super) fn tells_of(event: &Event) -> bool {
        matches!(
            event,
            Event::CaseFoundSevere { .. }
                | Event::FactsEstablished { .. }
                | Event::MeasureCompleted { .. }
                | Event::PeopleTold(_)
                | Event::CaseReferred(_)
                | Event::DutyFulfilled { .. }
                | Event::Custody(_)
                | Event::Correction(_)
                | Event::CorrespondenceRecorded(_)
                | Event::CaseLinked { .. }
        )
    }

    /// The entry of one case, as its history tells it.
    #[must_use]
    pub fn of_case(file: &CaseFile) -> Option<Self> {
        let first = file.timeline.first()?;
        let Event::DeviationReported(report) = &first.event else { return None };
        let mut entry = Self::new(file.case, report, first.at);
        file.timeline.iter().for_each(|it| entry.apply(&it.event, it.at));
        Some(entry)
    }

    /// Takes in one more fact, recorded at `at`.
    pub(super) fn apply(&mut self, event: &Event, at: Time) {
        self.standing.apply(event);
        match event {
            Event::CaseReceived { category, unit, .. } => {
                self.category = category.clone();
                self.unit = *unit;
            }
            Event::Custody(custody::Event::CaseReclassified { category, unit, .. }) => {
                self.category = category.clone();
                self.unit = *unit;
                self.measures.retain(|it| !event.drops(it.measure));
            }
            Event::Correction(correction::Event::FulfilmentWithdrawn { duty, .. }) => {
                self.take_back(duty);
            }
            Event::Correction(_) => self.measures.retain(|it| !event.drops(it.measure)),
            Event::CaseFoundSevere { reasons } => self.is_severe = !reasons.is_empty(),
            Event::FactsEstablished { facts, .. } => self.facts = Some(Box::new(facts.clone())),
            Event::CaseAssessed { facts, outcome, advice, .. } => {
                let advised = advice.as_deref().map(Advised::from);
                let assessed = Assessed { at, facts: facts.clone(), outcome: *outcome, advised };
                self.assessment = Some(Box::new(assessed));
            }
            Event::AuthorityNotified { sent_at, reference, reasons_for_delay, .. } => {
                self.notifications.push(Notification {
                    sent_at: *sent_at,
                    reference: reference.clone(),
                    reasons_for_delay: reasons_for_delay.clone(),
                });
            }
            Event::PeopleTold(told) => self.told.push(told.clone()),
            Event::CaseReferred(it) if it.kind == ReferralKind::PoliceReport => {
                self.others_told.push(OtherTold { who: Other::Police, at: it.referred_at });
            }
            Event::DutyFulfilled { duty, done_at, reference } => {
                let who = Other::ByDuty(duty.clone(), reference.clone());
                self.others_told.push(OtherTold { who, at: *done_at });
            }
            Event::CorrespondenceRecorded(letter) => self.letters.push((**letter).clone()),
            Event::CaseLinked { other, .. } => {
                self.linked.insert(other.number);
            }
            Event::DuplicateTakenIn { other, .. } => {
                self.duplicates.insert(other.number);
            }
            Event::CaseErased { .. } => self.erase(),
            event => self.apply_to_measures(event, at),
        }
        self.decisions.extend(decided(event, at));
    }
}

impl From<&AdviceGiven> for Advised {
    fn from(advice: &AdviceGiven) -> Self {
        Self {
            outcome: advice.outcome,
            severity_quarters: advice.severity_quarters,
            departure: advice.departure.clone(),
        }
    }
}

/// The decision that an event tells of, if it does.
fn decided(event: &Event, at: Time) -> Option<Decided> {
    let (decision, reasons, departure) = match event {
        Event::AwarenessEstablished { aware_at, reason } => {
            (Decision::Awareness(*aware_at), reason, None)
        }
        Event::AuthorityDecided { decision, grounds, departure, capacity, .. } => {
            (Decision::Authority(*decision, *capacity), grounds, departure.clone())
        }
        Event::PeopleDecided { decision, grounds, particulars } => {
            let departure = particulars.as_deref().and_then(|it| it.departure.clone());
            (Decision::People(*decision), grounds, departure)
        }
        Event::ClosedAsNotADeviation { reason } => (Decision::NotADeviation, reason, None),
        Event::CaseReopened { reason } => (Decision::Reopened, reason, None),
        Event::NotificationWithdrawn { reasons, .. } => {
            (Decision::NotificationWithdrawn, reasons, None)
        }
        Event::CaseMerged { into, reason } => (Decision::Merged(into.number), reason, None),
        _ => return None,
    };
    Some(Decided { at, decision, reasons: reasons.clone(), departure })
}
