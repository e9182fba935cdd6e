//! The figures that stand under a point of a review, as tables.

use chrono::TimeDelta;
use documents::{Block, Table};
use domain::review::AgendaItem;
use service::FiguresSeen;
use views::statistics::{Cell, Column, Key, Label, Span, Statistics};

use super::Office;
use crate::times::duration_in_words;

/// The tables of the statistics that belong under a point.
const fn keys(item: AgendaItem) -> &'static [Key] {
    match item {
        AgendaItem::Deviations => &[Key::KeyFigures, Key::Months, Key::Units, Key::Categories],
        AgendaItem::TechnicalIncidents => &[Key::Kinds],
        AgendaItem::InternalControl => &[Key::Measures],
        _ => &[],
    }
}

/// The figures under a point; nothing where the service has none for it.
pub(super) fn of_item(office: &Office, seen: &FiguresSeen, item: AgendaItem) -> Vec<Block> {
    let statistics = &seen.statistics;
    let tables = keys(item).iter().filter_map(|key| statistics.table(*key));
    let mut blocks = Vec::new();
    for table in tables {
        let name: &'static str = table.key.into();
        let of = office.say("review-figures-of");
        let columns = table.columns.iter().map(|column| match column {
            Column::Span(span) => days(*span),
            Column::Word(word) => (*word).to_owned(),
        });
        let rows = table.rows.iter().map(|row| {
            let label = label(office, statistics, table.key, &row.label);
            let cells = row.cells.iter().map(|it| cell(office, *it));
            std::iter::once(label).chain(cells).collect()
        });
        blocks.push(Block::Table(Table {
            caption: office.say(&format!("review-figures-{name}")),
            columns: std::iter::once(of).chain(columns).collect(),
            rows: rows.collect(),
        }));
        if table.is_suppressed() {
            blocks.push(Block::text(office.say("review-figures-suppressed-about")));
        }
    }
    blocks
}

fn days(span: Span) -> String {
    if span.is_year() {
        span.first.format("%Y").to_string()
    } else {
        format!("{} – {}", span.first.format("%d.%m.%Y"), span.last.format("%d.%m.%Y"))
    }
}

fn label(office: &Office, statistics: &Statistics, key: Key, label: &Label) -> String {
    let wording = &office.wording;
    match label {
        Label::Total => office.say("review-figures-total"),
        Label::Month(month) => office.say(&format!("month-{}", month.month)),
        Label::Category(category) => wording.names.category(category),
        Label::Unit(unit, depth) => {
            let known = statistics.units.get(unit).map(|unit| unit.name.clone());
            let name = known.unwrap_or_else(|| wording.names.unit(*unit));
            format!("{}{name}", "– ".repeat(usize::from(*depth)))
        }
        Label::Word(word) => {
            let name: &'static str = key.into();
            office.say(&format!("review-figures-{name}-{word}"))
        }
    }
}

fn cell(office: &Office, cell: Cell) -> String {
    match cell {
        Cell::Count(count) => count.to_string(),
        Cell::Share { part, of } => format!("{} %", (100 * part + of / 2) / of.max(1)),
        Cell::Minutes(minutes) => {
            let minutes = i64::try_from(minutes).unwrap_or(i64::MAX / 60_000);
            duration_in_words(office.wording.texts, TimeDelta::minutes(minutes))
        }
        Cell::Tenths(tenths) => format!("{},{}", tenths / 10, tenths % 10),
        Cell::Suppressed => office.say("review-figures-suppressed"),
        Cell::Nothing => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Oslo;
    use domain::duty::{Calendar, Jurisdiction};
    use strum::IntoEnumIterator;
    use views::statistics::{Asked, Figures};

    use super::*;
    use crate::language::Language;
    use crate::text::Texts;

    #[test]
    fn every_figure_of_a_review_has_words() {
        let asked = Asked {
            span: Span::year(2026).expect("a year"),
            years_before: 1,
            unit: None,
            at: "2026-12-31T12:00:00Z".parse().expect("a time"),
            calendar: Calendar { jurisdiction: Jurisdiction::No, zone: Oslo },
            is_published: true,
        };
        let statistics = Figures::default().tell(&asked);
        let texts = Texts::new(Language::Nb);
        let keys = AgendaItem::iter().flat_map(|item| keys(item).iter());
        for table in keys.filter_map(|key| statistics.table(*key)) {
            let name: &'static str = table.key.into();
            let words = table.rows.iter().filter_map(|row| match &row.label {
                Label::Word(word) => Some(format!("review-figures-{name}-{word}")),
                _ => None,
            });
            for key in words.chain([format!("review-figures-{name}")]) {
                assert!(!texts.say(&key).is_empty(), "{key}");
            }
        }
    }
}
