//! What somebody can work out who reads the figures and knows the method, and which count to leave
//! out next so that they cannot.

use super::{Hidden, Ledger, SMALLEST_SHOWN, Sum, Variable};

/// Somebody who reads the figures: they know every count that stays, how the counts add up, and
/// perhaps one count more with all that lies below it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) hidden: &'a Hidden,
    /// The count that they know otherwise.
    pub(super) own: Option<Variable>,
}

/// Between what and what a count lies, as far as somebody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    least: u64,
    /// [`u64::MAX`] where nothing is known.
    most: u64,
}

impl Reader<'_> {
    /// The next count to leave out, as long as what is left out does not suffice.
    pub(super) fn next_to_hide(&self) -> Option<Variable> {
        let sums = self.sums();
        let mut open = sums.iter().filter(|sum| self.gives_away(sum));
        if let Some(found) = open.find_map(|sum| self.beside(sum)) {
            return Some(found);
        }
        if let Some(found) = sums.iter().find_map(|sum| self.beside_few(sum)) {
            return Some(found);
        }
        let bounds = self.bounds(&sums);
        let is_told = |it: &Variable| {
            let Bounds { least, most } = bounds[it.0];
            self.hidden.holds(*it) && self.own != Some(*it) && least == most
        };
        let told = sums.iter().flat_map(|sum| sum.members()).find(is_told)?;
        self.near(told)
    }

    /// The sums that tell them anything. What lies below the count that they know is theirs to
    /// know, so for them it is what that count tells of others.
    fn sums(&self) -> Vec<&Sum> {
        let Some(own) = self.own else { return self.ledger.sums.iter().collect() };
        let above: Vec<&Sum> = self.ledger.about(own).filter(|sum| sum.total != own).collect();
        self.reached(above).into_iter().map(|(sum, _)| sum).collect()
    }

    /// The sums that can be reached from some through counts that they do not know, the nearest
    /// first, each with how many steps that takes.
    fn reached<'b>(&'b self, from: Vec<&'b Sum>) -> Vec<(&'b Sum, usize)> {
        let mut reached: Vec<(&Sum, usize)> = from.into_iter().map(|sum| (sum, 0)).collect();
        let mut place = 0;
        while let Some((sum, steps)) = reached.get(place).copied() {
            for member in sum.members().filter(|it| !self.knows(*it)) {
                for next in self.ledger.about(member) {
                    if !reached.iter().any(|(it, _)| std::ptr::eq(*it, next)) {
                        reached.push((next, steps + 1));
                    }
                }
            }
            place += 1;
        }
        reached
    }

    fn knows(&self, variable: Variable) -> bool {
        self.own == Some(variable) || self.ledger.is_known(variable, self.hidden)
    }

    /// Whether a sum by itself tells a count that is left out, or that a few are few.
    fn gives_away(&self, sum: &Sum) -> bool {
        let unknown = || sum.parts.iter().filter(|it| !self.knows(**it));
        if !self.knows(sum.total) {
            return self.hidden.holds(sum.total) && unknown().next().is_none();
        }
        let among = unknown().map(|it| self.ledger.value(*it)).sum::<u64>();
        let is_left_out = unknown().any(|it| self.hidden.holds(*it));
        is_left_out && (unknown().count() < 2 || among < SMALLEST_SHOWN)
    }

    /// What to leave out beside what is left out already: the smallest part, else the total.
    fn beside(&self, sum: &Sum) -> Option<Variable> {
        let part = self.smallest_that_can_go(sum.parts.iter().copied());
        part.or_else(|| self.smallest_that_can_go([sum.total]))
    }

    /// What to leave out where a sum and those below it tell together that a few are few.
    fn beside_few(&self, sum: &Sum) -> Option<Variable> {
        if !self.knows(sum.total) || sum.parts.iter().all(|it| self.knows(*it)) {
            return None;
        }
        let leaves = self.leaves(sum);
        if !(1..SMALLEST_SHOWN).contains(&self.untold(&leaves)) {
            return None;
        }
        self.smallest_that_can_go(leaves).or_else(|| self.smallest_that_can_go([sum.total]))
    }

    /// The parts of a sum, those that they do not know taken apart as far as other sums do, in the
    /// way that tells most.
    fn leaves(&self, sum: &Sum) -> Vec<Variable> {
        let apart = |part: &Variable| {
            let is_way = |it: &&Sum| it.total == *part && !self.knows(*part);
            let ways = self.ledger.about(*part).filter(is_way).map(|sum| self.leaves(sum));
            ways.min_by_key(|leaves| self.untold(leaves)).unwrap_or_else(|| vec![*part])
        };
        sum.parts.iter().flat_map(apart).collect()
    }

    /// How many are in those of some counts that they do not know.
    fn untold(&self, counts: &[Variable]) -> u64 {
        let unknown = counts.iter().filter(|it| !self.knows(**it));
        unknown.map(|it| self.ledger.value(*it)).sum()
    }

    /// What to leave out so that a count is not told any more: the nearest part, and a total only
    /// where no part is left, since a total stands in many tables.
    fn near(&self, told: Variable) -> Option<Variable> {
        let reached = self.reached(self.ledger.about(told).collect());
        let part = reached
            .iter()
            .find_map(|(sum, _)| self.smallest_that_can_go(sum.parts.iter().copied()));
        let total = |(sum, _): &(&Sum, usize)| self.smallest_that_can_go([sum.total]);
        part.or_else(|| reached.iter().find_map(total))
    }

    fn smallest_that_can_go(&self, counts: impl IntoIterator<Item = Variable>) -> Option<Variable> {
        let can_go =
            |it: &Variable| self.ledger.is_known(*it, self.hidden) && 0 < self.ledger.value(*it);
        counts.into_iter().filter(can_go).min_by_key(|it| self.ledger.value(*it))
    }

    /// Between what and what each count lies, by all that these sums and the counts that they know
    /// tell.
    fn bounds(&self, sums: &[&Sum]) -> Vec<Bounds> {
        let first = |variable: Variable| {
            let value = self.ledger.value(variable);
            if self.knows(variable) {
                return Bounds { least: value, most: value };
            }
            // Whoever knows the method knows that none is seldom left out.
            let is_some = self.ledger.counts[variable.0].is_shown && 0 < value;
            Bounds { least: u64::from(is_some), most: u64::MAX }
        };
        let mut bounds: Vec<Bounds> = self.ledger.variables().map(first).collect();
        let mut has_changed = true;
        while has_changed {
            has_changed = false;
            for sum in sums {
                has_changed |= sum.narrow(&mut bounds);
            }
        }
        bounds
    }
}

impl Sum {
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
