//! Counting cases, column by column: the tables in which each case stands in one row.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::category::CategoryId;
use strum::IntoEnumIterator;

use super::distribution::Timed;
use super::draft::{Draft, Figure};
use super::measure::measures;
use super::origin::Origins;
use super::suppress::Variable;
use super::table::{Cell, Column, Key, Label};
use super::{Asked, CaseFigures, Figures, Month, Span, handling, silence, units};

/// The cases that were reported in a span, in the units that are asked for.
pub(super) struct Counted<'a> {
    pub(super) span: Span,
    /// Each with the day of its report.
    pub(super) cases: Vec<(NaiveDate, &'a CaseFigures)>,
    /// How many there are.
    pub(super) total: Variable,
}

/// The tables under way.
pub(super) struct Sheet<'a> {
    pub(super) figures: &'a Figures,
    pub(super) asked: &'a Asked,
    pub(super) columns: Vec<Counted<'a>>,
    pub(super) draft: Draft,
}

/// The row of cases whose severity no assessment tells.
const NOT_ASSESSED: &str = "not_assessed";

/// Counts by group, and in each group by column.
pub(super) type Groups = Vec<Vec<Variable>>;

/// Every table that is asked for.
pub(super) fn draft(figures: &Figures, asked: &Asked) -> Draft {
    let mut sheet = Sheet::new(figures, asked);
    let origins = Origins::count(&mut sheet);
    let times = Timed::count_all(&mut sheet);
    handling::key_figures(&mut sheet, &origins.reporters, &times);
    sheet.months();
    let by_unit = units::table(&mut sheet);
    sheet.categories();
    sheet.by_words(Key::Kinds, |case| case.kind);
    sheet.severity();
    origins.tables(&mut sheet);
    sheet.by_words(Key::People, |case| case.people);
    for timed in times {
        timed.table(&mut sheet);
    }
    measures(&mut sheet);
    silence::table(&mut sheet, &by_unit);
    sheet.draft
}

impl<'a> Sheet<'a> {
    fn new(figures: &'a Figures, asked: &'a Asked) -> Self {
        let mut draft = Draft::default();
        let spans = asked.span.with_years_before(asked.years_before);
        let mut cases: Vec<Vec<_>> = vec![Vec::new(); spans.len()];
        for case in figures.told(&asked.unseen) {
            let day = asked.calendar.day_of(case.reported_at);
            let column = spans.iter().position(|span| span.holds(day));
            let is_wanted = || asked.unit.is_none_or(|unit| figures.is_within(case.unit, unit));
            if let Some(column) = column.filter(|_| is_wanted()) {
                cases[column].push((day, case));
            }
        }
        let columns = spans.into_iter().zip(cases).map(|(span, cases)| {
            let total = draft.ledger.shown(number_of(&cases));
            Counted { span, cases, total }
        });
        let columns = columns.collect();
        Self { figures, asked, columns, draft }
    }

    /// The spans, as the columns of a table.
    pub(super) fn spans(&self) -> Vec<Column> {
        self.columns.iter().map(|it| Column::Span(it.span)).collect()
    }

    /// How many cases fall into each group; of a case of which `group` knows none, into none.
    pub(super) fn tally(
        &mut self,
        groups: usize,
        is_shown: bool,
        group: impl Fn(&Counted<'_>, NaiveDate, &CaseFigures) -> Option<usize>,
    ) -> Groups {
        let mut tally = vec![Vec::new(); groups];
        for column in &self.columns {
            let mut counts = vec![0; groups];
            for (day, case) in &column.cases {
                if let Some(group) = group(column, *day, case) {
                    counts[group] += 1;
                }
            }
            for (variables, count) in tally.iter_mut().zip(counts) {
                let ledger = &mut self.draft.ledger;
                let variable = if is_shown { ledger.shown(count) } else { ledger.implied(count) };
                variables.push(variable);
            }
        }
        tally
    }

    /// How many cases are so. What is left of `of`, or of all, is a count that everybody can work
    /// out.
    pub(super) fn part(
        &mut self,
        of: Option<&[Variable]>,
        is: impl Fn(&CaseFigures) -> bool,
    ) -> Vec<Variable> {
        let parts = self.tally(1, true, |_, _, case| is(case).then_some(0)).remove(0);
        for (column, part) in parts.iter().enumerate() {
            let total = of.map_or(self.columns[column].total, |of| of[column]);
            self.draft.ledger.with_rest(total, *part);
        }
        parts
    }

    /// Notes of every column that the groups add up to the total.
    pub(super) fn add_up(&mut self, totals: &[Variable], groups: &[Vec<Variable>]) {
        for (column, total) in totals.iter().enumerate() {
            self.draft.ledger.sum(*total, groups.iter().map(|group| group[column]));
        }
    }

    /// How many cases there are in each column.
    pub(super) fn totals(&self) -> Vec<Variable> {
        self.columns.iter().map(|column| column.total).collect()
    }

    /// A table with a row for each group, and one for all of them.
    pub(super) fn table_of(&mut self, key: Key, labels: Vec<Label>, groups: &[Vec<Variable>]) {
        let totals = self.totals();
        let row = |variables: &[Variable]| variables.iter().copied().map(Figure::Count).collect();
        let mut rows: Vec<(Label, Vec<Figure>)> =
            labels.into_iter().zip(groups).map(|(label, group)| (label, row(group))).collect();
        rows.push((Label::Total, row(&totals)));
        let columns = self.spans();
        self.draft.table(key, columns, rows);
    }

    /// The same, where every case is in one of the groups.
    fn partition(
        &mut self,
        key: Key,
        labels: Vec<Label>,
        group: impl Fn(&Counted<'_>, NaiveDate, &CaseFigures) -> Option<usize>,
    ) {
        let groups = self.tally(labels.len(), true, group);
        self.add_up(&self.totals(), &groups);
        self.table_of(key, labels, &groups);
    }

    /// The same, by a word that every case has.
    fn by_words<W>(&mut self, key: Key, word: impl Fn(&CaseFigures) -> W)
    where
        W: IntoEnumIterator + PartialEq + Into<&'static str>,
    {
        let labels = W::iter().map(|it| Label::Word(it.into())).collect();
        self.partition(key, labels, |_, _, case| place(&word(case)));
    }

    fn severity(&mut self) {
        use domain::assessment::severity::Band;
        let bands: Vec<Band> = Band::iter().collect();
        let mut labels: Vec<Label> = bands.iter().map(|it| Label::Word(it.into())).collect();
        labels.push(Label::Word(NOT_ASSESSED));
        self.partition(Key::Severity, labels, |_, _, case| {
            Some(case.severity.and_then(|band| place(&band)).unwrap_or(bands.len()))
        });
    }

    /// In each column, the months as far from its first as those of the span that was asked for.
    /// Everybody knows that one that has not begun counts none, so it stands in no sum.
    fn months(&mut self) {
        let labels: Vec<Label> = self.asked.span.months().map(Label::Month).collect();
        let of: BTreeMap<Span, Vec<Month>> =
            self.columns.iter().map(|it| (it.span, it.span.months().collect())).collect();
        let groups = self.tally(labels.len(), true, |column, day, _| {
            of[&column.span].iter().position(|month| *month == Month::of(day))
        });
        let this_month = Month::of(self.asked.calendar.day_of(self.asked.at));
        let (mut rows, mut parts) = (Vec::new(), vec![Vec::new(); self.columns.len()]);
        for (place, (label, group)) in labels.into_iter().zip(groups).enumerate() {
            let figures = self.columns.iter().zip(group).zip(&mut parts);
            let figures = figures.map(|((column, count), parts)| {
                let is_ahead = of[&column.span].get(place).is_some_and(|it| this_month < *it);
                if is_ahead && self.draft.ledger.value(count) == 0 {
                    return Figure::Plain(Cell::NotBegun);
                }
                parts.push(count);
                Figure::Count(count)
            });
            rows.push((label, figures.collect()));
        }
        let totals = self.totals();
        for (total, parts) in totals.iter().zip(parts) {
            self.draft.ledger.sum(*total, parts);
        }
        rows.push((Label::Total, totals.into_iter().map(Figure::Count).collect()));
        let columns = self.spans();
        self.draft.table(Key::Months, columns, rows);
    }

    fn categories(&mut self) {
        let cases = self.columns.iter().flat_map(|column| &column.cases);
        let categories: BTreeSet<&CategoryId> = cases.map(|(_, case)| &case.category).collect();
        let categories: Vec<CategoryId> = categories.into_iter().cloned().collect();
        let labels = categories.iter().cloned().map(Label::Category).collect();
        self.partition(Key::Categories, labels, |_, _, case| {
            categories.binary_search(&case.category).ok()
        });
    }
}

/// The place of a value among all there are.
pub(super) fn place<W: IntoEnumIterator + PartialEq>(wanted: &W) -> Option<usize> {
    W::iter().position(|it| it == *wanted)
}

/// How many there are of something.
pub(super) fn number_of<T>(all: &[T]) -> u64 {
    u64::try_from(all.len()).expect("a number that memory holds")
}
