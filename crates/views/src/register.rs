//! The register of breaches: facts, effects and remedial action of every one, notified or not
//! (GDPR art. 33(5)).

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use domain::case::event::{AuthorityDecision, Outcome, PeopleDecision};
use domain::case::report::{BreachKind, Occurred, PeopleEstimate, PersonalDataAffected};
use domain::case::{Event, Phase, Standing};
use domain::category::CategoryId;
use domain::ids::{CaseId, CaseNumber, MeasureId, UnitId};
use domain::{Erasable, Recorded, Time};

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
    /// Facts: what happened.
    pub what_happened: Erasable<String>,
    /// Facts: when it happened.
    pub occurred: Occurred,
    /// Facts: in which ways personal data is affected.
    pub breach: BTreeSet<BreachKind>,
    /// Facts: whether personal data is affected.
    pub personal_data: PersonalDataAffected,
    /// Effects: whose data.
    pub whose_data: Erasable<String>,
    /// Effects: roughly how many people.
    pub people: PeopleEstimate,
    /// Effects: the facts of the latest assessment and what it advises.
    pub assessment: Option<(Erasable<String>, Outcome)>,
    /// Remedial action: every measure, and whether it was verified.
    pub measures: BTreeMap<MeasureId, (Erasable<String>, bool)>,
    /// The decision on the authority, with its grounds.
    pub authority: Option<(AuthorityDecision, Erasable<String>)>,
    /// The authority's reference, and the reasons for a delay.
    pub notification: Option<(String, Option<Erasable<String>>)>,
    /// The decision on the people affected, with its grounds.
    pub people_decision: Option<(PeopleDecision, Erasable<String>)>,
    /// Where the case stands; awareness, deadline and notification.
    pub standing: Standing,
}

/// Every breach, by case number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Register {
    entries: BTreeMap<CaseNumber, Entry>,
    numbers: std::collections::HashMap<CaseId, CaseNumber>,
}

impl Register {
    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        if let Event::DeviationReported(report) = event {
            self.numbers.insert(case, report.number);
            self.entries.insert(report.number, entry(case, report, recorded.at));
        }
        // Everything an entry tells moves the case's standing too.
        if !Standing::is_moved_by(event) {
            return;
        }
        let Some(number) = self.numbers.get(&case) else { return };
        if let Some(entry) = self.entries.get_mut(number) {
            entry.standing.apply(event);
            entry.apply(event);
        }
    }

    /// The entries that `may_see` lets through, in order of case number. What turned out to be no
    /// deviation stays, since the authority may ask why (art. 33(5)).
    #[must_use]
    pub fn list(&self, may_see: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
        self.entries.values().filter(|entry| may_see(entry)).collect()
    }
}

impl Entry {
    /// Where the case stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.standing.phase()
    }

    fn apply(&mut self, event: &Event) {
        match event {
            Event::CaseReceived { category, unit, .. } => {
                self.category = category.clone();
                self.unit = *unit;
            }
            Event::CaseAssessed { facts, outcome, .. } => {
                self.assessment = Some((facts.clone(), *outcome));
            }
            Event::AuthorityDecided { decision, grounds, .. } => {
                self.authority = Some((*decision, grounds.clone()));
            }
            Event::AuthorityNotified { reference, reasons_for_delay, .. } => {
                self.notification = Some((reference.clone(), reasons_for_delay.clone()));
            }
            Event::PeopleDecided { decision, grounds } => {
                self.people_decision = Some((*decision, grounds.clone()));
            }
            Event::MeasureProposed { measure, description, .. } => {
                self.measures.insert(*measure, (description.clone(), false));
            }
            Event::MeasureVerified { measure, effective, .. } => {
                if let Some((_, verified)) = self.measures.get_mut(measure) {
                    *verified = *effective;
                }
            }
            Event::CaseErased { .. } => self.erase(),
            _ => (),
        }
    }

    /// Facts, effects and grounds are forgotten; what happened when, and what was decided, stays.
    fn erase(&mut self) {
        let texts = [&mut self.what_happened, &mut self.whose_data].into_iter();
        let assessed = self.assessment.iter_mut().map(|(facts, _)| facts);
        let measures = self.measures.values_mut().map(|(description, _)| description);
        let authority = self.authority.iter_mut().map(|(_, grounds)| grounds);
        let delay = self.notification.iter_mut().filter_map(|(_, reasons)| reasons.as_mut());
        let people = self.people_decision.iter_mut().map(|(_, grounds)| grounds);
        let texts = texts.chain(assessed).chain(measures).chain(authority).chain(delay);
        texts.chain(people).for_each(Erasable::erase);
    }
}

fn entry(case: CaseId, report: &domain::case::Report, reported_at: Time) -> Entry {
    Entry {
        case,
        number: report.number,
        reported_at,
        category: report.category.clone(),
        unit: report.unit,
        what_happened: report.what_happened.clone(),
        occurred: report.occurred,
        breach: report.breach.clone(),
        personal_data: report.personal_data,
        whose_data: report.whose_data.clone(),
        people: report.people,
        assessment: None,
        measures: BTreeMap::new(),
        authority: None,
        notification: None,
        people_decision: None,
        standing: Standing::reported(report.known_since(), reported_at),
    }
}
