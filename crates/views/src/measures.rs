//! Every measure as a row: what its owner has to do, and what a leader follows up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::case::Event;
use domain::case::dealings::Effect;
use domain::case::event::MeasureKind;
use domain::case::overdue::{self, Reminder};
use domain::ids::{CaseId, CaseNumber, MeasureId, UserId};
use domain::{Erasable, Time};

/// How far a measure has come, for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// To be done.
    Open,
    /// Done; its effect is not yet looked at.
    Completed,
    /// Done, with the effect it was meant to have.
    Verified,
}

/// A measure in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which measure.
    pub measure: MeasureId,
    /// The case it belongs to.
    pub case: CaseId,
    /// The case's number.
    pub number: CaseNumber,
    /// What it is meant to do.
    pub kind: MeasureKind,
    /// What is to be done.
    pub description: Erasable<String>,
    /// Who answers for it.
    pub owner: UserId,
    /// When it is to be done.
    pub due_at: Time,
    /// How far it has come.
    pub state: State,
    /// When it is to be seen what it has led to, once it was done.
    pub review_due_at: Option<Time>,
    /// How it turned out, once that was seen.
    pub effect: Option<Effect>,
    is_reminded: bool,
    /// Whether it is a first action of the case's category.
    is_first_action: bool,
    /// Whether nobody is to do it while its case is closed as no deviation.
    is_asleep: bool,
    proposed_at: Time,
    reminded: Option<Reminder>,
}

impl Row {
    /// Whether it should have been done by now.
    #[must_use]
    pub fn is_overdue(&self, now: Time) -> bool {
        self.is_to_do() && self.due_at < now
    }

    fn is_to_do(&self) -> bool {
        self.state == State::Open && !self.is_asleep
    }

    /// When something is to be done with it next.
    fn next_at(&self) -> Time {
        self.review_due_at.filter(|_| self.state != State::Open).unwrap_or(self.due_at)
    }
}

/// Every measure of every case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measures {
    rows: BTreeMap<(CaseId, MeasureId), Row>,
    numbers: std::collections::HashMap<CaseId, CaseNumber>,
}

impl Measures {
    /// Takes in one more fact.
    pub fn apply(&mut self, case: CaseId, event: &Event, at: Time) {
        match event {
            Event::DeviationReported(report) => {
                self.numbers.insert(case, report.number);
            }
            Event::MeasureProposed { measure, kind, description, owner, due_at, playbook } => {
                let Some(number) = self.numbers.get(&case).copied() else { return };
                let row = Row {
                    measure: *measure,
                    case,
                    number,
                    kind: *kind,
                    description: description.clone(),
                    owner: *owner,
                    due_at: *due_at,
                    state: State::Open,
                    review_due_at: None,
                    effect: None,
                    is_reminded: false,
                    is_first_action: playbook.is_some(),
                    is_asleep: false,
                    proposed_at: at,
                    reminded: None,
                };
                self.rows.insert((case, *measure), row);
            }
            Event::MeasureCompleted { measure, review_due_at, .. } => {
                self.with(case, *measure, |row| {
                    row.state = State::Completed;
                    row.review_due_at = *review_due_at;
                    row.effect = None;
                    row.is_reminded = false;
                });
            }
            Event::Overdue(overdue::Event::MeasureReminded { measure, reminder }) => {
                self.with(case, *measure, |row| row.reminded = Some(*reminder));
            }
            Event::EffectReviewDue { measure } => {
                self.with(case, *measure, |row| row.is_reminded = true);
            }
            Event::EffectReviewed { measure, effect, .. } => {
                self.with(case, *measure, |row| row.effect = Some(*effect));
            }
            Event::MeasureVerified { measure, effective, .. } => {
                let state = if *effective { State::Verified } else { State::Open };
                self.with(case, *measure, |row| row.state = state);
            }
            Event::Custody(_) | Event::Correction(_) => {
                let theirs = self.rows.range((case, MeasureId::FIRST)..);
                let theirs = theirs.map(|(key, _)| *key).take_while(|(of, _)| *of == case);
                let dropped: Vec<_> = theirs.filter(|(_, it)| event.drops(*it)).collect();
                for key in dropped {
                    self.rows.remove(&key);
                }
            }
            Event::ClosedAsNotADeviation { .. } => {
                self.each(case, |row| row.is_asleep = row.is_first_action);
            }
            Event::CaseReopened { .. } => self.each(case, |row| row.is_asleep = false),
            Event::CaseErased { .. } => self.erase(case),
            _ => (),
        }
    }

    fn with(&mut self, case: CaseId, measure: MeasureId, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.get_mut(&(case, measure)) {
            change(row);
        }
    }

    fn each(&mut self, case: CaseId, change: impl FnMut(&mut Row)) {
        let first = (case, MeasureId::FIRST);
        let theirs = self.rows.range_mut(first..).take_while(|((of, _), _)| *of == case);
        theirs.map(|(_, row)| row).for_each(change);
    }

    fn erase(&mut self, case: CaseId) {
        self.each(case, |row| {
            row.description.erase();
            // Nobody is reminded of what nobody can read.
            row.reminded = Some(Reminder::Escalated);
        });
    }

    /// One case's measure.
    #[must_use]
    pub fn row(&self, case: CaseId, measure: MeasureId) -> Option<&Row> {
        self.rows.get(&(case, measure))
    }

    /// The cases with a measure whose effect is to be seen by now, of which nobody was told.
    #[must_use]
    pub fn with_reviews_due(&self, now: Time) -> BTreeSet<CaseId> {
        let is_due = |row: &&Row| {
            let is_waiting = !row.is_reminded && row.effect.is_none();
            is_waiting && row.review_due_at.is_some_and(|due| due <= now)
        };
        self.rows.values().filter(is_due).map(|row| row.case).collect()
    }

    /// The cases with a measure that is not done, and of which somebody is to be reminded by now:
    /// the first time so long `before` it is due.
    #[must_use]
    pub fn with_reminders_due(&self, before: TimeDelta, now: Time) -> BTreeSet<CaseId> {
        let is_due = |row: &&Row| {
            let reminder = overdue::reminder(row.proposed_at, row.due_at, before, now);
            row.is_to_do() && row.reminded < reminder
        };
        self.rows.values().filter(is_due).map(|row| row.case).collect()
    }

    /// The measures that `may_see` lets through: what is to be done first, the soonest on top; then
    /// what was done, by when it is to be seen what it has led to; last what was seen.
    #[must_use]
    pub fn list(&self, may_see: impl Fn(&Row) -> bool) -> Vec<&Row> {
        let is_shown = |row: &&Row| (row.state != State::Open || row.is_to_do()) && may_see(row);
        let mut rows: Vec<&Row> = self.rows.values().filter(is_shown).collect();
        rows.sort_by_key(|row| {
            let is_seen = row.state != State::Open && row.effect.is_some();
            (is_seen, row.state, row.next_at(), row.measure)
        });
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u128, state: State, due: i64, review: Option<i64>, effect: Option<Effect>) -> Row {
        let at = |seconds| Time::from_timestamp(seconds, 0).expect("a small number of seconds");
        Row {
            measure: MeasureId(uuid::Uuid::from_u128(id)),
            case: CaseId::FIRST,
            number: CaseNumber { year: 2026, sequence: 1 },
            kind: MeasureKind::Corrective,
            description: Erasable::known("tiltak".to_owned()),
            owner: UserId(uuid::Uuid::nil()),
            due_at: at(due),
            state,
            review_due_at: review.map(at),
            effect,
            is_reminded: false,
            is_first_action: false,
            is_asleep: false,
            proposed_at: at(0),
            reminded: None,
        }
    }

    #[test]
    fn what_is_to_be_done_next_stands_first() {
        let rows = [
            row(1, State::Verified, 10, Some(20), Some(Effect::Works)),
            row(2, State::Verified, 10, Some(90), None),
            row(3, State::Verified, 30, Some(40), None),
            row(4, State::Completed, 30, Some(80), None),
            row(5, State::Open, 70, None, None),
            row(6, State::Open, 60, Some(5), None),
        ];
        let rows = rows.into_iter().map(|row| ((row.case, row.measure), row)).collect();
        let measures = Measures { rows, ..Measures::default() };
        let order: Vec<u128> =
            measures.list(|_| true).iter().map(|row| row.measure.0.as_u128()).collect();
        assert_eq!(order, [6, 5, 4, 3, 2, 1]);
    }
}
