//! Small counts that could point to a person, and what must be left out with them so that nobody
//! works them out from the rest: `docs/decisions/0032-statistics.md` has the method.

mod reader;

use std::collections::BTreeSet;

use reader::Reader;

use super::table::Cell;

/// The smallest count that is shown beside none at all, once figures leave the desk.
pub const SMALLEST_SHOWN: u64 = 5;

/// A count, by its place in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Variable(usize);

/// Counts, and what anybody knows of how they add up.
///
/// The sums form no circle: two of them share one count at most, and from count to count there is
/// one way through sums. On that rests that the bounds of a reader find all there is to find.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ledger {
    counts: Vec<Count>,
    sums: Vec<Sum>,
    /// For each count, the sums that it is in.
    about: Vec<Vec<usize>>,
    /// Counts that somebody knows though they may be left out, each somebody else.
    known_to_some: Vec<Variable>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Count {
    value: u64,
    /// Whether it stands in a table; else it is known as what is left of another alone.
    is_shown: bool,
}

/// That some counts add up to another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sum {
    total: Variable,
    parts: Vec<Variable>,
}

/// The counts that are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Hidden(BTreeSet<Variable>);

impl Hidden {
    /// Whether a count is left out.
    pub(super) fn holds(&self, variable: Variable) -> bool {
        self.0.contains(&variable)
    }
}

impl Ledger {
    /// A count that stands in a table.
    pub(super) fn shown(&mut self, value: u64) -> Variable {
        self.count(value, true)
    }

    /// A count that stands in no table, and follows from others.
    pub(super) fn implied(&mut self, value: u64) -> Variable {
        self.count(value, false)
    }

    fn count(&mut self, value: u64, is_shown: bool) -> Variable {
        self.counts.push(Count { value, is_shown });
        self.about.push(Vec::new());
        Variable(self.counts.len() - 1)
    }

    /// Notes that the parts add up to the total.
    pub(super) fn sum(&mut self, total: Variable, parts: impl IntoIterator<Item = Variable>) {
        let parts: Vec<Variable> = parts.into_iter().collect();
        debug_assert_eq!(self.value(total), parts.iter().map(|it| self.value(*it)).sum::<u64>());
        for member in parts.iter().chain([&total]) {
            self.about[member.0].push(self.sums.len());
        }
        self.sums.push(Sum { total, parts });
    }

    /// Notes that somebody knows a count, and all below it, whether it is left out or not: whoever
    /// leads a unit knows its cases.
    pub(super) fn note_known_to_some(&mut self, variable: Variable) {
        self.known_to_some.push(variable);
    }

    /// A count of which `part` is a part; what is left of it stands in no table. That nothing is
    /// left is taken to be known: of a year that has passed, nobody waits for an answer any more.
    pub(super) fn with_rest(&mut self, total: Variable, part: Variable) {
        let rest = self.value(total) - self.value(part);
        let rest = self.count(rest, rest == 0);
        self.sum(total, [part, rest]);
    }

    /// How many it is.
    pub(super) fn value(&self, variable: Variable) -> u64 {
        self.counts[variable.0].value
    }

    /// The counts to leave out, so that none of them can be worked out from those that stay, nor by
    /// whoever knows one of them otherwise.
    pub(super) fn to_hide(&self) -> Hidden {
        let mut hidden = Hidden::default();
        for variable in self.variables().filter(|it| is_small(self.value(*it))) {
            hidden.0.insert(variable);
        }
        self.hide_below_small_totals(&mut hidden);
        let mut before = None;
        while before != Some(hidden.0.len()) {
            before = Some(hidden.0.len());
            self.hide_from(None, &mut hidden);
            for own in &self.known_to_some {
                if hidden.holds(*own) {
                    self.hide_from(Some(*own), &mut hidden);
                }
            }
        }
        hidden
    }

    /// Leaves out more until one reader can work out none of it.
    fn hide_from(&self, own: Option<Variable>, hidden: &mut Hidden) {
        while let Some(next) = (Reader { ledger: self, hidden, own }).next_to_hide() {
            hidden.0.insert(next);
        }
    }

    fn about(&self, variable: Variable) -> impl Iterator<Item = &Sum> {
        self.about[variable.0].iter().map(|place| &self.sums[*place])
    }

    fn variables(&self) -> impl Iterator<Item = Variable> {
        (0..self.counts.len()).map(Variable)
    }

    /// Of a small total, how many of its parts are none would tell how it is made up.
    fn hide_below_small_totals(&self, hidden: &mut Hidden) {
        loop {
            let small =
                |sum: &&Sum| hidden.holds(sum.total) && self.value(sum.total) < SMALLEST_SHOWN;
            let below = self.sums.iter().filter(small).flat_map(|sum| &sum.parts);
            let more: Vec<_> = below.copied().filter(|it| !hidden.holds(*it)).collect();
            if more.is_empty() {
                return;
            }
            hidden.0.extend(more);
        }
    }

    fn is_known(&self, variable: Variable, hidden: &Hidden) -> bool {
        self.counts[variable.0].is_shown && !hidden.holds(variable)
    }
}

impl Sum {
    fn members(&self) -> impl Iterator<Item = Variable> {
        self.parts.iter().copied().chain([self.total])
    }
}

/// A count that is shown beside another of which it is a part, where neither it nor what is left of
/// the other is small.
#[must_use]
pub fn beside(part: Cell, whole: Cell) -> Cell {
    match (part, whole) {
        (Cell::Count(part), Cell::Count(whole)) if !is_small(part) && !is_small(whole - part) => {
            Cell::Count(part)
        }
        _ => Cell::Suppressed,
    }
}

fn is_small(value: u64) -> bool {
    (1..SMALLEST_SHOWN).contains(&value)
}

#[cfg(test)]
#[path = "suppress/tests.rs"]
pub(super) mod tests;
