//! What became of everything that was sent: which reports and steps have their receipt, which are
//! there, and which must never turn up.

use std::collections::{BTreeMap, BTreeSet};

use domain::case::Event;
use domain::{Erasable, Recorded, StreamId};
use sha2::{Digest, Sha256};

use super::said::{Receipt, Sent, file, number_of};
use crate::story::Filed;

/// Everything sent so far, by the number of its text.
#[derive(Debug, Default)]
pub struct Ledger {
    reports: BTreeMap<u64, Report>,
    steps: BTreeMap<u64, Step>,
    shown: usize,
}

/// A report, as far as its sender knows.
#[derive(Debug)]
struct Report {
    sent: u64,
    receipt: Option<(u64, Filed)>,
    shown: Shown,
}

/// Whether the register shows a report.
#[derive(Debug, PartialEq, Eq)]
enum Shown {
    /// Nobody has looked since it was sent.
    Unknown,
    /// It does not.
    Not,
    /// It does, under this case number.
    Under(String),
}

/// A step with a text.
#[derive(Debug)]
struct Step {
    case: String,
    is_answered: bool,
}

impl Ledger {
    /// Takes in what was sent, with the receipts there were.
    pub fn take_in(&mut self, sent: &Sent) {
        if sent.kind.is_report() {
            let receipt = None;
            self.reports
                .insert(sent.number, Report { sent: sent.sent, receipt, shown: Shown::Unknown });
        } else if sent.kind.has_text() {
            let case = sent.case.clone().expect("a step is taken in a case");
            self.steps.insert(sent.number, Step { case, is_answered: false });
        }
        if let Some((at, receipt)) = &sent.receipt {
            self.answered(sent.number, *at, receipt);
        }
    }

    /// Notes a receipt.
    ///
    /// # Panics
    /// If another was given before.
    pub fn answered(&mut self, number: u64, at: u64, receipt: &Receipt) {
        match receipt {
            Receipt::Filed(filed) => {
                let report = self.reports.get_mut(&number).expect("it was sent");
                let (_, first) = report.receipt.get_or_insert((at, filed.clone()));
                assert_eq!(first, filed, "report {number} has two receipts");
            }
            Receipt::Done(_) => {
                if let Some(step) = self.steps.get_mut(&number) {
                    step.is_answered = true;
                }
            }
        }
    }

    /// Notes the receipt of something that was sent again. A report that was not there is looked
    /// for once more.
    pub fn repeated(&mut self, number: u64, at: u64, receipt: &Receipt) {
        self.answered(number, at, receipt);
        if let Some(report) = self.reports.get_mut(&number)
            && report.shown == Shown::Not
        {
            report.shown = Shown::Unknown;
        }
    }

    /// How many reports the register has shown so far.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.shown
    }

    /// Notes that the register shows a report under a number.
    ///
    /// # Panics
    /// If nobody sent it, it was shown before, or its receipt names another number.
    pub fn show(&mut self, number: u64, case: &str) {
        let report = self.reports.get_mut(&number).expect("what is shown was sent");
        if let Some((_, filed)) = &report.receipt {
            assert_eq!(
                filed.number, case,
                "report {number} is not under the number of its receipt"
            );
        }
        assert!(
            !matches!(report.shown, Shown::Under(_)),
            "report {number} is there twice: {report:?} and {case}"
        );
        report.shown = Shown::Under(case.to_owned());
        self.shown += 1;
    }

    /// Notes that the register has been read as far as it goes, and holds no more of these.
    ///
    /// # Panics
    /// If one of them has its receipt and is not there.
    pub fn settle(&mut self, numbers: impl IntoIterator<Item = u64>) {
        for number in numbers {
            let report = self.reports.get_mut(&number).expect("it was sent");
            if report.shown == Shown::Unknown {
                report.shown = Shown::Not;
            }
            assert!(
                report.receipt.is_none() || report.shown != Shown::Not,
                "report {number} has its receipt and is lost: {report:?}"
            );
        }
    }

    /// How many reports have their receipt, how many are there without one, and how many neither
    /// got one nor are there.
    #[must_use]
    pub fn count(&self) -> (usize, usize, usize) {
        let (with, without): (Vec<_>, Vec<_>) =
            self.reports.values().partition(|report| report.receipt.is_some());
        let there = without.iter().filter(|report| matches!(report.shown, Shown::Under(_))).count();
        (with.len(), there, without.len() - there)
    }

    /// How many steps with a text were answered.
    #[must_use]
    pub fn steps_answered(&self) -> usize {
        self.steps.values().filter(|step| step.is_answered).count()
    }

    /// Holds the whole log against all that was sent: everything with a receipt is there, whole,
    /// once, in the order in which receipts were given; nothing else is.
    ///
    /// # Panics
    /// If it is otherwise.
    pub fn hold_against(&self, events: &[Recorded]) {
        let mut found = Found::default();
        let mut latest_sent = 0;
        for (position, recorded) in (1..).zip(events) {
            assert_eq!(recorded.position.0, position, "the log has a gap");
            if let Some(number) = found.take_in(recorded) {
                let report = &self.reports[&number];
                let answered = report.receipt.as_ref().map_or(u64::MAX, |(at, _)| *at);
                assert!(
                    latest_sent < answered,
                    "report {number} has its place behind one that was sent after its receipt"
                );
                latest_sent = latest_sent.max(report.sent);
            }
        }
        self.hold_reports(&found);
        self.hold_steps(&found);
    }

    fn hold_reports(&self, found: &Found) {
        for (number, report) in &self.reports {
            let there = found.reports.get(number);
            let expected = match (&report.receipt, &report.shown) {
                (Some((_, filed)), _) => Some(&filed.number),
                (None, Shown::Under(case)) => Some(case),
                (None, Shown::Not) => None,
                (None, Shown::Unknown) => continue,
            };
            assert_eq!(there, expected, "report {number} in the log: {report:?}");
            let wanted: Vec<String> = file(*number).iter().map(|bytes| sha256(bytes)).collect();
            if let Some(case) = there {
                let attached = found.attached.get(case).cloned().unwrap_or_default();
                assert_eq!(attached, wanted, "the files of report {number}");
            }
        }
        let unknown = found.reports.keys().find(|number| !self.reports.contains_key(number));
        assert_eq!(unknown, None, "the log has a report that nobody sent");
    }

    fn hold_steps(&self, found: &Found) {
        for (number, step) in &self.steps {
            let there = found.steps.get(number);
            assert!(
                !step.is_answered || there.is_some(),
                "step {number} was answered and is not in the log"
            );
            assert!(
                there.is_none_or(|case| *case == step.case),
                "step {number} of {} is in {there:?}",
                step.case
            );
        }
        let unknown = found.steps.keys().find(|number| !self.steps.contains_key(number));
        assert_eq!(unknown, None, "the log has a step that nobody took");
    }
}

/// What the log holds of ours.
#[derive(Default)]
struct Found {
    /// The case number of each report.
    reports: BTreeMap<u64, String>,
    /// The case number of each step with a text.
    steps: BTreeMap<u64, String>,
    cases: BTreeMap<StreamId, String>,
    numbers: BTreeSet<String>,
    /// The SHA-256 of every file, by the case it is attached to.
    attached: BTreeMap<String, Vec<String>>,
}

impl Found {
    /// Takes in one more event; says which report it is, if it is one of ours.
    fn take_in(&mut self, recorded: &Recorded) -> Option<u64> {
        let domain::Event::Case(event) = &recorded.event else { return None };
        match event {
            Event::DeviationReported(report) => {
                let number = number_in(&report.what_happened).expect("every report is ours");
                let case = report.number.to_string();
                let earlier = self.reports.insert(number, case.clone());
                assert_eq!(earlier, None, "report {number} is in the log twice");
                assert!(self.numbers.insert(case.clone()), "two cases are called {case}");
                self.cases.insert(recorded.stream, case);
                Some(number)
            }
            Event::AttachmentAdded(it) => {
                let case = self.cases[&recorded.stream].clone();
                let sha256 = it.file.get().expect("nothing is erased").sha256.clone();
                self.attached.entry(case).or_default().push(sha256);
                None
            }
            Event::CaseAssessed { facts: text, .. }
            | Event::MeasureProposed { description: text, .. } => {
                let number = number_in(text).expect("every step is ours");
                let case = self.cases[&recorded.stream].clone();
                let earlier = self.steps.insert(number, case);
                assert_eq!(earlier, None, "step {number} is in the log twice");
                None
            }
            _ => None,
        }
    }
}

fn number_in(text: &Erasable<String>) -> Option<u64> {
    number_of(text.get()?)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
