//! Figures in words: the tables of the statistics with their titles, labels and cells as pages,
//! charts, files and documents tell them.

use chrono::{Datelike, NaiveDate, TimeDelta};
use domain::case::event::MeasureKind;
use strum::IntoEnumIterator;
use views::statistics::{Cell, Column, Key, Label, Span, Statistics, Table};

use crate::names::Names;
use crate::text::Texts;
use crate::times::duration_in_words;

/// A table in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    /// Its name in addresses.
    pub(crate) name: &'static str,
    /// What it is about.
    pub(crate) title: String,
    /// How to read it.
    pub(crate) about: String,
    /// What the first column is about.
    pub(crate) of: String,
    /// The others.
    pub(crate) columns: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<ToldRow>,
    /// The figures.
    pub(crate) table: Table,
}

/// A row in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToldRow {
    /// What it is about.
    pub(crate) label: String,
    /// How far it lies below the first of its tree.
    pub(crate) depth: u8,
    /// The figures.
    pub(crate) cells: Vec<String>,
}

impl Told {
    /// Puts the first column of another table of the same kind before the own ones. A row that it
    /// lacks, such as a category that no case has, counts none.
    pub(crate) fn put_first(&mut self, title: &str, other: &Self) {
        self.columns.insert(0, title.to_owned());
        for column in other.table.columns.iter().take(1) {
            self.table.columns.insert(0, *column);
        }
        for (words, row) in self.rows.iter_mut().zip(&mut self.table.rows) {
            let mut others = other.rows.iter().zip(&other.table.rows);
            let same = others.find(|(_, other)| other.label == row.label);
            let first = same.and_then(|(words, row)| words.cells.first().zip(row.cells.first()));
            words.cells.insert(0, first.map_or_else(|| "0".to_owned(), |(words, _)| words.clone()));
            row.cells.insert(0, first.map_or(Cell::Count(0), |(_, cell)| *cell));
        }
    }

    /// Whether a figure of it is left out.
    pub(crate) fn is_suppressed(&self) -> bool {
        self.table.is_suppressed()
    }
}

/// Whoever puts figures in words.
#[derive(Clone, Copy)]
pub(crate) struct Teller<'a> {
    /// The sentences.
    pub(crate) texts: Texts,
    /// What units and categories are called.
    pub(crate) names: &'a Names,
}

impl Teller<'_> {
    /// Every table, in the order in which they are read.
    pub(crate) fn every(self, statistics: &Statistics) -> Vec<Told> {
        statistics.tables.iter().map(|table| self.table(statistics, table)).collect()
    }

    /// One table.
    pub(crate) fn table(self, statistics: &Statistics, table: &Table) -> Told {
        let name: &'static str = table.key.into();
        let key = format!("statistics-{name}");
        let is_year = statistics.spans.first().is_some_and(|span| span.is_year());
        let row = |row: &views::statistics::Row| ToldRow {
            label: self.label(statistics, table.key, &row.label, is_year),
            depth: if let Label::Unit(_, depth) = row.label { depth } else { 0 },
            cells: row.cells.iter().map(|cell| self.cell(*cell)).collect(),
        };
        Told {
            name,
            title: self.texts.say(&key),
            about: self.texts.part(&key, "about").unwrap_or_default(),
            of: self.texts.say(&format!("statistics-of-{}", of(table.key))),
            columns: table.columns.iter().map(|column| self.column(*column)).collect(),
            rows: table.rows.iter().map(row).collect(),
            table: table.clone(),
        }
    }

    /// The days of a span: a year by its number.
    pub(crate) fn span(self, span: Span) -> String {
        if span.is_year() {
            return span.first.year().to_string();
        }
        let day = |day: NaiveDate| day.format(&self.texts.say("statistics-day-format")).to_string();
        let days = [("first", day(span.first)), ("last", day(span.last))];
        self.texts.say_with("statistics-span", &days)
    }

    fn column(self, column: Column) -> String {
        match column {
            Column::Span(span) => self.span(span),
            Column::Word(word) => self.texts.say(&format!("statistics-silence-{word}")),
        }
    }

    fn label(self, statistics: &Statistics, key: Key, label: &Label, is_year: bool) -> String {
        match label {
            Label::Total => self.texts.say("statistics-total"),
            Label::Word(word) => self.texts.say(&format!("{}-{word}", family(key, word))),
            Label::Category(category) => self.names.category(category),
            Label::Unit(unit, _) => {
                let known = statistics.units.get(unit).map(|unit| unit.name.clone());
                known.unwrap_or_else(|| self.names.unit(*unit))
            }
            Label::Month(month) => {
                let name = self.texts.say(&format!("month-{}", month.month));
                if is_year { name } else { format!("{name} {}", month.year) }
            }
        }
    }

    /// A figure.
    pub(crate) fn cell(self, cell: Cell) -> String {
        match cell {
            Cell::Count(count) => count.to_string(),
            Cell::Share { part, of } => {
                let percent = percent(part, of).to_string();
                self.texts.say_with("statistics-percent", &[("percent", percent)])
            }
            Cell::Minutes(minutes) => {
                let minutes = i64::try_from(minutes).unwrap_or(i64::MAX / 60_000);
                duration_in_words(self.texts, TimeDelta::minutes(minutes))
            }
            Cell::Tenths(tenths) => {
                let parts = [("whole", tenths / 10), ("tenth", tenths % 10)];
                let parts = parts.map(|(name, number)| (name, number.to_string()));
                self.texts.say_with("statistics-decimal", &parts)
            }
            Cell::Suppressed => self.texts.say("statistics-suppressed"),
            Cell::Nothing => self.texts.say("statistics-nothing"),
            Cell::NotBegun => self.texts.say("statistics-not_begun"),
        }
    }
}

/// A share in whole percent, rounded to the nearest: but all only where it is all, and none only
/// where it is none, since one that was too late is what a reader looks for.
pub(crate) fn percent(part: u64, of: u64) -> u64 {
    match part {
        0 => 0,
        part if part == of => 100,
        part => ((100 * part + of / 2) / of.max(1)).clamp(1, 99),
    }
}

/// What the rows of a table are, by the key of a word.
fn of(key: Key) -> &'static str {
    match key {
        Key::Months => "month",
        Key::Units | Key::Silence => "unit",
        Key::Categories => "category",
        Key::KeyFigures | Key::Measures => "figure",
        Key::ToDiscovery | Key::ToReport | Key::ToNotification => "time",
        Key::Kinds | Key::Severity | Key::Sources | Key::Channels | Key::People => "cases",
    }
}

/// Under which keys the words of a table's rows stand.
fn family(key: Key, word: &str) -> &'static str {
    match key {
        Key::Channels => "channel",
        Key::People => "people_estimate",
        Key::Measures if MeasureKind::iter().any(|kind| <&str>::from(kind) == word) => {
            "measure_kind"
        }
        Key::Measures => "statistics-measure",
        Key::Kinds => "statistics-kind",
        Key::Severity => "statistics-severity",
        Key::Sources => "statistics-source",
        _ => "statistics-figure",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::duty::{Calendar, Jurisdiction};
    use domain::organisation::Organisation;
    use views::statistics::{Asked, Figures};

    use super::*;
    use crate::language::Language;

    /// The tables of nothing at all, which have every row that no case brings with it.
    pub(crate) fn of_nothing() -> Vec<Told> {
        let asked = Asked {
            span: Span::year(2026).expect("a year"),
            years_before: 1,
            unit: None,
            at: "2026-12-31T12:00:00Z".parse().expect("a time"),
            calendar: Calendar { jurisdiction: Jurisdiction::No, zone: chrono_tz::Europe::Oslo },
            is_published: false,
            unseen: views::statistics::Unseen::default(),
        };
        let statistics = Figures::default().tell(&asked);
        let names = Names::of(Organisation::default());
        Teller { texts: Texts::new(Language::Nb), names: &names }.every(&statistics)
    }

    #[test]
    fn every_figure_has_a_word() {
        let told = of_nothing();
        let keys: Vec<Key> = told.iter().map(|told| told.table.key).collect();
        assert_eq!(keys.len(), Key::iter().count());
        for told in told {
            let labels = told.rows.iter().map(|row| &row.label);
            for words in [&told.title, &told.about, &told.of].into_iter().chain(labels) {
                assert!(!words.is_empty() && !words.contains('_'), "{}: {words}", told.name);
            }
        }
    }

    #[test]
    fn shares_are_rounded_to_the_nearest_percent() {
        assert_eq!((percent(2, 3), percent(1, 3), percent(1, 200)), (67, 33, 1));
        assert_eq!((percent(199, 200), percent(200, 200)), (99, 100));
        assert_eq!((percent(1, 500), percent(0, 500)), (1, 0));
    }
}
