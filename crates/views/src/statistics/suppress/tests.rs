//! What somebody can work out who has the tables and knows the method.

use proptest::prelude::*;

use super::*;

/// Whoever has the published counts and reasons without a mistake: for each count the set of the
/// values it can have, as bits, passed from sum to sum. Exact where the sums form no circle, and
/// written without the bounds that it checks.
struct Attacker<'a> {
    ledger: &'a Ledger,
    hidden: &'a Hidden,
}

/// One bit for each value from 0 to 127.
type Values = u128;

impl Attacker<'_> {
    /// The values that a count can have.
    fn values(&self, variable: Variable) -> Values {
        self.values_but_for(variable, None)
    }

    fn values_but_for(&self, variable: Variable, left_out: Option<usize>) -> Values {
        let Count { value, is_shown } = self.ledger.counts[variable.0];
        let own = match (self.hidden.holds(variable), is_shown) {
            (false, true) => 1 << value,
            // That it is some was seen by whoever hid it.
            (true, true) if 0 < value => !1,
            _ => !0,
        };
        let sums = self.ledger.sums.iter().enumerate();
        let about = sums
            .filter(|(at, sum)| Some(*at) != left_out && sum.members().any(|it| it == variable));
        about.fold(own, |known, (at, sum)| known & self.told_by(at, sum, variable))
    }

    /// What one sum tells of a count in it.
    fn told_by(&self, at: usize, sum: &Sum, variable: Variable) -> Values {
        let others = sum.parts.iter().filter(|it| **it != variable);
        let others = others.fold(1, |all, it| added(all, self.values_but_for(*it, Some(at))));
        if sum.total == variable {
            return others;
        }
        let totals = self.values_but_for(sum.total, Some(at));
        (0..128).filter(|value| added(1 << value, others) & totals != 0).map(|it| 1 << it).sum()
    }
}

/// Every sum of a value of the one and a value of the other. What would be more than 127 is not
/// told apart from what can be.
fn added(one: Values, other: Values) -> Values {
    (0..128).filter(|value| one >> value & 1 == 1).fold(0, |all, value| all | other << value)
}

/// Whether anybody can work out a count that was left out.
pub(in crate::statistics) fn is_safe(ledger: &Ledger, hidden: &Hidden) -> bool {
    let attacker = Attacker { ledger, hidden };
    let mut left_out = hidden.0.iter();
    left_out.all(|it| 1 < attacker.values(*it).count_ones())
}

/// Whether the sums form no circle, as the ledger wants it.
pub(in crate::statistics) fn forms_no_circle(ledger: &Ledger) -> bool {
    let mut group: Vec<usize> = (0..ledger.counts.len()).collect();
    ledger.sums.iter().all(|sum| {
        let mut groups: Vec<usize> = sum.members().map(|it| group[it.0]).collect();
        let first = groups[0];
        groups.sort_unstable();
        let count = groups.len();
        groups.dedup();
        group.iter_mut().filter(|it| groups.contains(it)).for_each(|it| *it = first);
        groups.len() == count
    })
}

/// Published figures, with what somebody knows of how they add up, whatever the tables were made
/// from.
#[derive(Debug, Default)]
pub(in crate::statistics) struct Attacked {
    ledger: Ledger,
    hidden: Hidden,
}

impl Attacked {
    /// A count as it is, and as it was published.
    pub(in crate::statistics) fn count(&mut self, is: Cell, published: Cell) -> Variable {
        let Cell::Count(value) = is else { panic!("a count") };
        let variable = self.ledger.shown(value);
        if published == Cell::Suppressed {
            self.hidden.0.insert(variable);
        }
        variable
    }

    /// A count that stands nowhere, of these parts.
    pub(in crate::statistics) fn not_told(&mut self, parts: &[Variable]) -> Variable {
        self.ledger.implied(parts.iter().map(|it| self.ledger.value(*it)).sum())
    }

    /// Notes that the parts add up to the total.
    pub(in crate::statistics) fn sum(&mut self, total: Variable, parts: &[Variable]) {
        self.ledger.sum(total, parts.iter().copied());
    }

    /// Notes that a count is these parts and something that stands nowhere.
    pub(in crate::statistics) fn sum_with_rest(&mut self, total: Variable, parts: &[Variable]) {
        let among: u64 = parts.iter().map(|it| self.ledger.value(*it)).sum();
        let rest = self.ledger.implied(self.ledger.value(total) - among);
        self.ledger.sum(total, parts.iter().copied().chain([rest]));
    }

    /// Whether nothing that was left out can be worked out.
    pub(in crate::statistics) fn is_safe(&self) -> bool {
        is_safe(&self.ledger, &self.hidden)
    }
}

/// How a count is made up: nothing is told, or in one or two ways of parts.
#[derive(Debug, Clone)]
enum Made {
    Whole(u64),
    Of(Vec<Vec<(Made, bool)>>),
}

fn made() -> impl Strategy<Value = Made> {
    let small = prop_oneof![3 => 0..3u64, 2 => 3..8u64];
    small.prop_map(Made::Whole).prop_recursive(2, 12, 4, |inner| {
        let parts = prop::collection::vec((inner, prop::bool::weighted(0.8)), 1..5);
        prop::collection::vec(parts, 1..3).prop_map(Made::Of)
    })
}

/// Writes it into a ledger. Where it is made up in several ways, the first says how many it is and
/// what the others lack is a part of theirs.
fn write(ledger: &mut Ledger, made: &Made, is_shown: bool) -> Variable {
    let count = |ledger: &mut Ledger, value| ledger.count(value, is_shown);
    match made {
        Made::Whole(value) => count(ledger, *value),
        Made::Of(ways) => {
            let mut written: Vec<Vec<Variable>> = Vec::new();
            for way in ways {
                written.push(way.iter().map(|(it, shown)| write(ledger, it, *shown)).collect());
            }
            let value = |ledger: &Ledger, parts: &[Variable]| -> u64 {
                parts.iter().map(|it| ledger.value(*it)).sum()
            };
            let most = written.iter().map(|parts| value(ledger, parts)).max().unwrap_or(0);
            let total = count(ledger, most);
            for mut parts in written {
                let lacking = most - value(ledger, &parts);
                if 0 < lacking {
                    parts.push(ledger.shown(lacking));
                }
                ledger.sum(total, parts);
            }
            total
        }
    }
}

fn ledger(made: &Made) -> Ledger {
    let mut ledger = Ledger::default();
    write(&mut ledger, made, true);
    ledger
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nobody_can_work_out_what_was_left_out(made in made()) {
        let ledger = ledger(&made);
        prop_assert!(forms_no_circle(&ledger));
        let hidden = ledger.to_hide();
        prop_assert!(is_safe(&ledger, &hidden), "{ledger:?} {hidden:?}");
        let small = ledger.variables().filter(|it| is_small(ledger.value(*it)));
        prop_assert!(small.into_iter().all(|it| hidden.holds(it)));
    }
}

/// A total of these parts, each shown.
fn table(values: &[u64]) -> (Ledger, Vec<Variable>) {
    let mut ledger = Ledger::default();
    let parts: Vec<_> = values.iter().map(|value| ledger.shown(*value)).collect();
    let total = ledger.shown(values.iter().sum());
    ledger.sum(total, parts.iter().copied());
    (ledger, parts)
}

fn hidden(values: &[u64]) -> Vec<bool> {
    let (ledger, parts) = table(values);
    let hidden = ledger.to_hide();
    parts.into_iter().map(|it| hidden.holds(it)).collect()
}

#[test]
fn one_small_count_takes_the_next_one_with_it() {
    assert_eq!(hidden(&[3, 20, 7, 0]), [true, false, true, false]);
    assert_eq!(hidden(&[3, 4, 9, 0]), [true, true, false, false]);
}

#[test]
fn a_few_that_are_few_together_take_another_with_them() {
    assert_eq!(hidden(&[1, 1, 30, 12]), [true, true, false, true]);
}

#[test]
fn where_there_is_no_other_the_total_goes() {
    let (ledger, parts) = table(&[3]);
    assert_eq!(ledger.to_hide().0.len(), 2);
    let mut ledger = ledger;
    let more = ledger.shown(9);
    let total = ledger.shown(12);
    ledger.sum(total, [ledger.sums[0].total, more]);
    let hidden = ledger.to_hide();
    assert!(hidden.holds(parts[0]) && hidden.holds(more) && !hidden.holds(total));
}

#[test]
fn nothing_is_told_of_how_a_small_total_is_made_up() {
    assert_eq!(hidden(&[3, 0, 0]), [true, true, true]);
    assert_eq!(hidden(&[0, 0]), [false, false]);
}

#[test]
fn what_is_left_of_a_count_is_as_small_as_one_that_is_shown() {
    let mut ledger = Ledger::default();
    let total = ledger.shown(20);
    let part = ledger.shown(18);
    ledger.with_rest(total, part);
    let hidden = ledger.to_hide();
    assert!(hidden.holds(part) && !hidden.holds(total));
}

/// A total of these steps, where one part of it has the first ones and the rest stands nowhere.
fn steps(first: &[u64], later: &[u64]) -> (Ledger, Variable, Vec<Variable>) {
    let (mut ledger, mut steps) = table(first);
    let within = ledger.sums[0].total;
    let later: Vec<_> = later.iter().map(|it| ledger.shown(*it)).collect();
    let rest = ledger.implied(later.iter().map(|it| ledger.value(*it)).sum());
    let total = ledger.shown(ledger.value(within) + ledger.value(rest));
    ledger.sum(rest, later.iter().copied());
    ledger.sum(total, [within, rest]);
    steps.extend(later);
    (ledger, total, steps)
}

#[test]
fn a_few_that_are_few_across_sums_take_another_with_them() {
    let (ledger, total, steps) = steps(&[0, 8, 2], &[1, 1]);
    let hidden = ledger.to_hide();
    let among: u64 = steps.iter().filter(|it| hidden.holds(**it)).map(|it| ledger.value(*it)).sum();
    assert!(!hidden.holds(total));
    assert_eq!(among, 12, "the eight go, too");
}

/// Eleven and one: whoever leads the unit of the eleven would know of the one.
#[test]
fn whoever_knows_one_count_works_out_no_other() {
    let ledger = |is_led: bool| {
        let (mut ledger, parts) = table(&[11, 1]);
        let unit = ledger.sums[0].total;
        let others = [20, 30].map(|it| ledger.shown(it));
        let all = ledger.shown(62);
        ledger.sum(all, [unit, others[0], others[1]]);
        if is_led {
            for part in parts {
                ledger.note_known_to_some(part);
            }
        }
        [unit, others[0], others[1], all].map(|it| ledger.to_hide().holds(it))
    };
    assert_eq!(ledger(false), [false; 4]);
    assert_eq!(ledger(true), [true, true, false, false]);
}

/// The attacker finds what a table gives away that leaves out too little.
#[test]
fn the_attacker_of_these_tests_does_attack() {
    let (ledger, parts) = table(&[3, 20, 7]);
    assert!(!is_safe(&ledger, &Hidden([parts[0]].into())));
    let (ledger, parts) = table(&[1, 1, 30]);
    assert!(!is_safe(&ledger, &Hidden([parts[0], parts[1]].into())));
}

#[test]
fn a_part_is_shown_where_neither_it_nor_the_rest_is_small() {
    let shown = |part, whole| beside(Cell::Count(part), Cell::Count(whole));
    assert_eq!([shown(6, 11), shown(0, 11), shown(11, 11)], [6, 0, 11].map(Cell::Count));
    assert_eq!([shown(6, 8), shown(2, 11)], [Cell::Suppressed; 2]);
    assert_eq!(beside(Cell::Count(2), Cell::Suppressed), Cell::Suppressed);
}
