//! Units that report less than their size and their own history lead one to expect:
//! `docs/decisions/0032-statistics.md` has the method and where it is from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ids::UnitId;

use super::count::{Sheet, number_of};
use super::draft::Figure;
use super::table::{Cell, Column, Key, Label};
use super::units::ByUnit;
use super::{Asked, Figures, Span};

/// How many expected reports of its own it takes until a unit's history weighs as much as what is
/// usual in the whole organisation.
const REPORTS_OF_THE_WHOLE: f64 = 5.0;

/// How unlikely so few reports must be: less than one in twenty.
const UNLIKELY: f64 = 0.05;

/// Days in a year, on the average.
const YEAR: f64 = 365.25;

/// What is known of a unit, or of the organisation: reports, and the years that its people have
/// worked meanwhile, all of them added up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct History {
    reports: f64,
    years: f64,
}

/// The table of the units that are silent in the span that was asked for.
pub(super) fn table(sheet: &mut Sheet<'_>, by_unit: &ByUnit) {
    let rows = rows(sheet, by_unit);
    let columns = ["people", "reported", "expected"].map(Column::Word).to_vec();
    sheet.draft.table(Key::Silence, columns, rows);
}

fn rows(sheet: &Sheet<'_>, by_unit: &ByUnit) -> Vec<(Label, Vec<Figure>)> {
    let (figures, asked) = (sheet.figures, sheet.asked);
    let Some(days) = Days::new(figures, asked) else { return Vec::new() };
    let people = figures.people_by_unit();
    let whole = days.of_the_whole(figures, asked, &people);
    let mut rows = Vec::new();
    let people = by_unit.tree.rolled_up(&people);
    for (place, (unit, depth)) in by_unit.tree.units().enumerate() {
        let cases = &by_unit.cases[place];
        let count = |column: usize| sheet.draft.ledger.value(cases[column]);
        let size = number(people[place]);
        let reports = (1..cases.len()).map(count).sum();
        let own = History { reports: number(reports), years: size * days.before };
        let expected = expected(own, whole, size * days.now);
        let reported = count(0);
        if number(reported) < expected && at_most(reported, expected) < UNLIKELY {
            let size = Figure::Plain(Cell::Count(people[place]));
            let expected = Figure::OnDesk(Cell::Tenths(tenths(expected)));
            let figures = vec![size, Figure::Listed(cases[0]), expected];
            rows.push((Label::Unit(unit, depth), figures));
        }
    }
    rows
}

/// The years that have passed in the span that was asked for, and in those it is compared with.
struct Days {
    now: f64,
    before: f64,
    /// The days from which on cases are known.
    known: Span,
}

impl Days {
    /// Nothing where the span has not begun, or nothing was ever reported.
    fn new(figures: &Figures, asked: &Asked) -> Option<Self> {
        let day_of = |at| asked.calendar.day_of(at);
        let first = figures.cases().map(|case| day_of(case.reported_at)).min()?;
        let known = Span::new(first, day_of(asked.at))?;
        let spans = asked.span.with_years_before(asked.years_before);
        let mut years = spans.iter().map(|span| years(*span, known));
        let now = years.next().filter(|years| 0.0 < *years)?;
        Some(Self { now, before: years.sum(), known })
    }

    /// What is known of the whole organisation in all of these days.
    fn of_the_whole(
        &self,
        figures: &Figures,
        asked: &Asked,
        people: &BTreeMap<UnitId, u64>,
    ) -> History {
        let spans = asked.span.with_years_before(asked.years_before);
        let is_in = |day: NaiveDate| spans.iter().any(|span| span.holds(day));
        let days = figures.cases().map(|case| asked.calendar.day_of(case.reported_at));
        let reports: Vec<_> = days.filter(|day| is_in(*day) && self.known.holds(*day)).collect();
        let people: u64 = people.values().sum();
        let years = number(people) * (self.now + self.before);
        History { reports: number(number_of(&reports)), years }
    }
}

/// How many years of a span lie in the days that are known.
fn years(span: Span, known: Span) -> f64 {
    let both = Span::new(span.first.max(known.first), span.last.min(known.last));
    both.map_or(0.0, |span| f64::from(span.days()) / YEAR)
}

/// How many reports are to be expected in so many years of people's work: at the rate of the unit,
/// drawn towards that of the whole organisation, the more so the less is known of the unit.
fn expected(own: History, whole: History, years: f64) -> f64 {
    if whole.reports <= 0.0 || whole.years <= 0.0 {
        return 0.0;
    }
    let usual = REPORTS_OF_THE_WHOLE * whole.years / whole.reports;
    years * (REPORTS_OF_THE_WHOLE + own.reports) / (usual + own.years)
}

/// How likely at most `count` reports are where so many are expected, by the Poisson distribution.
fn at_most(count: u64, expected: f64) -> f64 {
    // In logarithms: of many, the first term is too small for a number.
    let mut term = -expected;
    let mut sum = term.exp();
    for number_so_far in 1..=count {
        term += (expected / number(number_so_far)).ln();
        sum += term.exp();
    }
    sum.min(1.0)
}

fn number(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of reports is neither negative nor large, and it is rounded on purpose"
)]
fn tenths(expected: f64) -> u64 {
    (expected * 10.0).round() as u64
}

impl Figures {
    /// How many people belong to each unit itself.
    fn people_by_unit(&self) -> BTreeMap<UnitId, u64> {
        let mut people = BTreeMap::new();
        for member in self.people.values().filter(|member| member.is_active) {
            *people.entry(member.unit).or_default() += 1;
        }
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_close(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-4
    }

    /// From tables of the Poisson distribution.
    #[test]
    fn the_tail_is_that_of_the_tables() {
        assert!(is_close(at_most(0, 3.0), 0.0498));
        assert!(is_close(at_most(2, 5.0), 0.1247));
        assert!(is_close(at_most(10, 10.0), 0.5830));
        assert!(at_most(900, 1_000.0) < 0.001);
    }

    #[test]
    fn a_unit_without_history_is_held_against_the_whole_and_one_with_much_against_itself() {
        let whole = History { reports: 100.0, years: 1_000.0 };
        let new = History::default();
        assert!(is_close(expected(new, whole, 50.0), 5.0));
        let quiet = History { reports: 0.0, years: 50.0 };
        assert!(is_close(expected(quiet, whole, 50.0), 2.5));
        let busy = History { reports: 400.0, years: 1_000.0 };
        assert!(expected(busy, whole, 50.0) > 19.0);
        assert!(is_close(expected(new, History::default(), 50.0), 0.0));
    }
}
