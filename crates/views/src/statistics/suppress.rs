//! Small counts that could point to a person, and what must be left out with them so that nobody
//! works them out from the rest: `docs/decisions/0032-statistics.md` has the method.

use std::collections::BTreeSet;

use super::table::Cell;

/// The smallest count that is shown beside none at all, once figures leave the desk.
pub const SMALLEST_SHOWN: u64 = 5;

/// A count, by its place in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Variable(usize);

/// Counts, and what anybody knows of how they add up.
///
/// The sums form no circle: two of them share one count at most, and from count to count there is
/// one way through sums. On that rests that [`Ledger::bounds`] finds all there is to find.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ledger {
    counts: Vec<Count>,
    sums: Vec<Sum>,
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

/// Between what and what a count lies, as far as anybody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    least: u64,
    /// [`u64::MAX`] where nothing is known.
    most: u64,
}

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
        Variable(self.counts.len() - 1)
    }

    /// Notes that the parts add up to the total.
    pub(super) fn sum(&mut self, total: Variable, parts: impl IntoIterator<Item = Variable>) {
        let parts: Vec<Variable> = parts.into_iter().collect();
        debug_assert_eq!(self.value(total), parts.iter().map(|it| self.value(*it)).sum::<u64>());
        self.sums.push(Sum { total, parts });
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

    /// The counts to leave out, so that none of them can be worked out from those that stay.
    pub(super) fn to_hide(&self) -> Hidden {
        let mut hidden = Hidden::default();
        for variable in self.variables().filter(|it| is_small(self.value(*it))) {
            hidden.0.insert(variable);
        }
        self.hide_below_small_totals(&mut hidden);
        while let Some(next) = self.next_to_hide(&hidden) {
            hidden.0.insert(next);
        }
        hidden
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

    /// The next count to leave out, as long as what is left out does not suffice.
    fn next_to_hide(&self, hidden: &Hidden) -> Option<Variable> {
        let mut open = self.sums.iter().filter(|sum| self.gives_away(sum, hidden));
        if let Some(found) = open.find_map(|sum| self.beside(sum, hidden)) {
            return Some(found);
        }
        let bounds = self.bounds(hidden);
        let known = self.variables().find(|it| {
            let Bounds { least, most } = bounds[it.0];
            hidden.holds(*it) && least == most
        })?;
        let mut about = self.sums.iter().filter(|sum| sum.members().any(|it| it == known));
        let near = about.find_map(|sum| self.beside(sum, hidden));
        near.or_else(|| self.sums.iter().find_map(|sum| self.beside(sum, hidden)))
    }

    /// Whether a sum by itself tells a count that is left out, or that a few are few.
    fn gives_away(&self, sum: &Sum, hidden: &Hidden) -> bool {
        let unknown = || sum.parts.iter().filter(|it| !self.is_known(**it, hidden));
        if !self.is_known(sum.total, hidden) {
            return hidden.holds(sum.total) && unknown().next().is_none();
        }
        let among = unknown().map(|it| self.value(*it)).sum::<u64>();
        unknown().any(|it| hidden.holds(*it)) && (unknown().count() < 2 || among < SMALLEST_SHOWN)
    }

    /// What to leave out beside what is left out already: the smallest part, else the total.
    fn beside(&self, sum: &Sum, hidden: &Hidden) -> Option<Variable> {
        let can_go = |it: &Variable| self.is_known(*it, hidden) && 0 < self.value(*it);
        let parts = sum.parts.iter().copied().filter(can_go);
        parts.min_by_key(|it| self.value(*it)).or(Some(sum.total).filter(can_go))
    }

    fn is_known(&self, variable: Variable, hidden: &Hidden) -> bool {
        self.counts[variable.0].is_shown && !hidden.holds(variable)
    }

    /// Between what and what each count lies, by all that the sums and the counts that stay tell.
    fn bounds(&self, hidden: &Hidden) -> Vec<Bounds> {
        let first = |variable: Variable| match self.counts[variable.0] {
            Count { value, .. } if self.is_known(variable, hidden) => {
                Bounds { least: value, most: value }
            }
            // Whoever knows the method knows that none is seldom left out.
            Count { value, is_shown } => {
                Bounds { least: u64::from(is_shown && 0 < value), most: u64::MAX }
            }
        };
        let mut bounds: Vec<Bounds> = self.variables().map(first).collect();
        let mut has_changed = true;
        while has_changed {
            has_changed = false;
            for sum in &self.sums {
                has_changed |= sum.narrow(&mut bounds);
            }
        }
        bounds
    }
}

impl Sum {
    fn members(&self) -> impl Iterator<Item = Variable> {
        self.parts.iter().copied().chain([self.total])
    }

    /// Narrows the bounds by this sum; whether that changed any.
    fn narrow(&self, bounds: &mut [Bounds]) -> bool {
        let least: u64 = self.parts.iter().map(|it| bounds[it.0].least).sum();
        let endless = self.parts.iter().filter(|it| bounds[it.0].most == u64::MAX).count();
        let ends = self.parts.iter().map(|it| bounds[it.0].most).filter(|it| *it != u64::MAX);
        let most_of_ended: u64 = ends.sum();
        let most = if endless == 0 { most_of_ended } else { u64::MAX };
        let total = bounds[self.total.0];
        let mut has_changed = bounds[self.total.0].meet(Bounds { least, most });
        for part in &self.parts {
            let own = bounds[part.0];
            let is_endless = own.most == u64::MAX;
            let others_most = match endless - usize::from(is_endless) {
                0 => most_of_ended - if is_endless { 0 } else { own.most },
                _ => u64::MAX,
            };
            let others_least = least - own.least;
            let most = match total.most {
                u64::MAX => u64::MAX,
                most => most.saturating_sub(others_least),
            };
            let told = Bounds { least: total.least.saturating_sub(others_most), most };
            has_changed |= bounds[part.0].meet(told);
            if bounds[part.0] != own {
                // The sums above are of the bounds as they were.
                return true;
            }
        }
        has_changed
    }
}

impl Bounds {
    /// Takes in what else is known; whether it said more.
    fn meet(&mut self, told: Self) -> bool {
        let met = Self { least: self.least.max(told.least), most: self.most.min(told.most) };
        std::mem::replace(self, met) != met
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
