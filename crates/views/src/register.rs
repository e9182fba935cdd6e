//! The register of breaches: facts, effects and remedial action of every one, notified or not, with
//! the reasons for each decision (GDPR art. 33(5)).

mod done;
mod entry;

use std::collections::{BTreeMap, HashMap};

use domain::case::{Event, Standing};
use domain::ids::{CaseId, CaseNumber};
use domain::{Needed, Recorded, StreamKind, Time};

pub use entry::{
    Advised, Assessed, Decided, Decision, Entry, Notification, Other, OtherTold, RemedialAction,
};

/// When the breaches that are asked for were reported. What is left out narrows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// From when on.
    pub from: Option<Time>,
    /// Until when, and not at that moment.
    pub until: Option<Time>,
}

impl Period {
    /// Whether a breach that was reported then is asked for.
    #[must_use]
    pub fn holds(&self, reported_at: Time) -> bool {
        self.from.is_none_or(|from| from <= reported_at)
            && self.until.is_none_or(|until| reported_at < until)
    }
}

/// The breaches of a period, by case number; without one, every breach.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Register {
    period: Period,
    /// Boxed, since a tree's nodes are on average little more than half full.
    entries: BTreeMap<CaseNumber, Box<Entry>>,
    numbers: HashMap<CaseId, CaseNumber>,
}

impl Register {
    /// An empty register that takes in the breaches of a period and holds nothing of the others.
    #[must_use]
    pub fn of(period: Period) -> Self {
        Self { period, ..Self::default() }
    }

    /// How much the register tells of the events with a name.
    #[must_use]
    pub fn needed(kind: StreamKind, name: &str) -> Needed {
        match (kind, name) {
            (
                StreamKind::Case,
                "deviation_reported"
                | "awareness_established"
                | "case_assessed"
                | "authority_decided"
                | "authority_notified"
                | "notification_withdrawn"
                | "people_decided"
                | "people_told"
                | "measure_proposed"
                | "closed_as_not_a_deviation"
                | "case_reopened"
                | "case_merged"
                | "correspondence_recorded",
            ) => Needed::Everything,
            (
                StreamKind::Case,
                "case_found_severe"
                | "case_received"
                | "measure_completed"
                | "measure_verified"
                | "memo_submitted"
                | "case_returned"
                | "case_closed"
                | "case_erased"
                | "case_referred"
                | "case_linked"
                | "duplicate_taken_in"
                | "duties_judged"
                | "facts_established"
                | "duty_fulfilled"
                | "case_reclassified"
                | "measure_withdrawn"
                | "fulfilment_withdrawn",
            ) => Needed::Open,
            _ => Needed::Nothing,
        }
    }

    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event, recorded: &Recorded) {
        if let Event::DeviationReported(report) = event
            && self.period.holds(recorded.at)
        {
            self.numbers.insert(case, report.number);
            let entry = Box::new(Entry::new(case, report, recorded.at));
            self.entries.insert(report.number, entry);
        }
        if !Standing::is_moved_by(event) && !Entry::tells_of(event) {
            return;
        }
        let Some(number) = self.numbers.get(&case) else { return };
        if let Some(entry) = self.entries.get_mut(number) {
            entry.apply(event, recorded.at);
        }
    }

    /// The entry of a case.
    #[must_use]
    pub fn entry(&self, case: CaseId) -> Option<&Entry> {
        self.entries.get(self.numbers.get(&case)?).map(Box::as_ref)
    }

    /// The entries that `may_see` lets through, in order of case number. What turned out to be no
    /// deviation stays, since the authority may ask why (art. 33(5)).
    pub fn list(
        &self,
        may_see: impl Fn(&Entry) -> bool,
    ) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.values().map(Box::as_ref).filter(move |entry| may_see(entry))
    }

    /// The same entries, taken out of the register.
    pub fn into_list(self, may_see: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        self.entries.into_values().map(|it| *it).filter(may_see).collect()
    }
}
