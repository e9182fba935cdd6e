//! Cases by unit, each with those of the units below it.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::UnitId;

use super::count::Sheet;
use super::suppress::Variable;
use super::table::{Key, Label};
use super::{CaseFigures, Figures};

/// The most steps from the first unit of a tree to one that still shows how far it lies below.
const DEPTH_MAX: u8 = 20;

/// Units with how far each lies below the first: those above before those below, by name.
pub(super) struct Tree(Vec<(UnitId, u8)>);

/// The cases of each unit in every column, those below it included.
pub(super) struct ByUnit {
    pub(super) tree: Tree,
    pub(super) cases: Vec<Vec<Variable>>,
}

impl Tree {
    /// The units below one, with it; without one, every unit, and those that cases alone know of.
    pub(super) fn new<'a>(
        figures: &Figures,
        below: Option<UnitId>,
        cases: impl Iterator<Item = &'a CaseFigures>,
    ) -> Self {
        let known = |unit: &UnitId| figures.units.contains_key(unit);
        let mut children: BTreeMap<Option<UnitId>, Vec<UnitId>> = BTreeMap::new();
        for (unit, it) in &figures.units {
            children.entry(it.parent.filter(known)).or_default().push(*unit);
        }
        let unknown: BTreeSet<UnitId> =
            cases.map(|case| case.unit).filter(|unit| !known(unit)).collect();
        children.entry(None).or_default().extend(unknown);
        let name = |unit: &UnitId| figures.units.get(unit).map(|it| it.name.to_lowercase());
        for units in children.values_mut() {
            units.sort_by_cached_key(|unit| (name(unit), *unit));
        }
        let first = match below {
            Some(unit) => vec![unit],
            None => children.get(&None).cloned().unwrap_or_default(),
        };
        let mut tree = Vec::new();
        let mut ahead: Vec<(UnitId, u8)> = first.into_iter().rev().map(|unit| (unit, 0)).collect();
        while let Some((unit, depth)) = ahead.pop() {
            tree.push((unit, depth));
            if depth < DEPTH_MAX {
                let below = children.get(&Some(unit)).into_iter().flatten().rev();
                ahead.extend(below.map(|unit| (*unit, depth + 1)));
            }
        }
        Self(tree)
    }

    /// The units, in order.
    pub(super) fn units(&self) -> impl Iterator<Item = (UnitId, u8)> {
        self.0.iter().copied()
    }

    /// The places of the units right below the one at a place.
    fn below(&self, place: usize) -> impl Iterator<Item = usize> {
        let (_, depth) = self.0[place];
        let rest = self.0.iter().enumerate().skip(place + 1);
        let inside = rest.take_while(move |(_, (_, it))| depth < *it);
        inside.filter(move |(_, (_, it))| *it == depth + 1).map(|(place, _)| place)
    }

    /// The places of those that lie below no other here.
    fn first(&self) -> impl Iterator<Item = usize> {
        let places = self.0.iter().enumerate();
        places.filter(|(_, (_, depth))| *depth == 0).map(|(place, _)| place)
    }

    /// What each unit has of its own, together with what those below it have.
    pub(super) fn rolled_up(&self, own: &BTreeMap<UnitId, u64>) -> Vec<u64> {
        let mut all: Vec<u64> =
            self.0.iter().map(|(unit, _)| own.get(unit).copied().unwrap_or_default()).collect();
        for place in (0..all.len()).rev() {
            all[place] += self.below(place).map(|it| all[it]).sum::<u64>();
        }
        all
    }
}

/// The table of cases by unit. What a unit has of its own beside those below it stands in no row,
/// and follows from them.
pub(super) fn table(sheet: &mut Sheet<'_>) -> ByUnit {
    let cases = sheet.columns.iter().flat_map(|column| &column.cases).map(|(_, case)| *case);
    let tree = Tree::new(sheet.figures, sheet.asked.unit, cases);
    let first: Vec<usize> = tree.first().collect();
    let mut groups: Vec<Vec<Variable>> = vec![Vec::new(); tree.0.len()];
    for column in &sheet.columns {
        let mut own: BTreeMap<UnitId, u64> = BTreeMap::new();
        for (_, case) in &column.cases {
            *own.entry(case.unit).or_default() += 1;
        }
        let ledger = &mut sheet.draft.ledger;
        let all = tree.rolled_up(&own);
        // One unit above all others has every case there is: the same count.
        let variables: Vec<Variable> = match first[..] {
            [only] => {
                let shown = |(place, count): (usize, &u64)| {
                    if place == only { column.total } else { ledger.shown(*count) }
                };
                all.iter().enumerate().map(shown).collect()
            }
            _ => all.iter().map(|count| ledger.shown(*count)).collect(),
        };
        for (place, variable) in variables.iter().enumerate() {
            groups[place].push(*variable);
            // Whoever leads a unit knows its cases, and may read the figures of the whole.
            if sheet.asked.unit.is_none() {
                ledger.note_known_to_some(*variable);
            }
            let mut parts: Vec<_> = tree.below(place).map(|below| variables[below]).collect();
            if !parts.is_empty() {
                let (unit, _) = tree.0[place];
                parts.push(ledger.implied(own.get(&unit).copied().unwrap_or_default()));
                ledger.sum(*variable, parts);
            }
        }
        if 1 < first.len() {
            ledger.sum(column.total, first.iter().map(|place| variables[*place]));
        }
    }
    let labels = tree.units().map(|(unit, depth)| Label::Unit(unit, depth)).collect();
    sheet.table_of(Key::Units, labels, &groups);
    ByUnit { tree, cases: groups }
}
