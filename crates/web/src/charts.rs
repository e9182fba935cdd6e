//! Charts as SVG: drawn here, so that they need no script, read the same on paper and can be saved.
//!
//! A chart tells nothing by colour alone: each series has a pattern or a line and a mark of its
//! own, and every chart stands beside the table it is drawn from. It is drawn narrow, for a phone,
//! and grows with the page.

mod bars;
mod line;
mod picture;
pub(crate) mod svg;

use views::statistics::{Cell, Column, Key, Label};

use crate::figures::Told;
use crate::text::Texts;

pub(crate) use picture::picture;

/// Rows that a chart of bars shows at most: as many as fit on a page.
pub(crate) const ROWS_MAX: usize = 20;

/// Spans that are drawn beside each other in bars.
const BARS_MAX: usize = 2;

/// A number that is drawn, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Count(u64),
    LeftOut,
    /// It lies ahead.
    NotBegun,
}

impl Value {
    fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::LeftOut | Self::NotBegun => None,
        }
    }
}

impl From<&Cell> for Value {
    fn from(cell: &Cell) -> Self {
        match cell {
            Cell::Count(count) => Self::Count(*count),
            Cell::NotBegun => Self::NotBegun,
            _ => Self::LeftOut,
        }
    }
}

/// A chart as it is shown.
pub(crate) struct Chart {
    /// The drawing.
    pub(crate) svg: String,
    /// What it says, for those who do not see it.
    pub(crate) description: String,
}

/// What a chart draws: rows of values, one for each series.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Drawn {
    series: Vec<String>,
    rows: Vec<(String, Vec<Value>)>,
}

/// The chart of a table, if it has one that says more than its figures: of so many rows at most,
/// where they are many.
pub(crate) fn chart(texts: Texts, told: &Told, rows_max: usize) -> Option<Chart> {
    let is_counted = |values: &[Value]| values.iter().any(|it| *it != Value::Count(0));
    let drawn = match told.table.key {
        Key::KeyFigures | Key::Silence => return None,
        Key::Measures => measures(texts, told),
        Key::Months | Key::ToDiscovery | Key::ToReport | Key::ToNotification => {
            rows(told, usize::MAX, |_| true)
        }
        _ => {
            let mut drawn = rows(told, BARS_MAX, is_counted);
            drawn.rows.truncate(rows_max);
            drawn
        }
    };
    // Of nothing, and of what is left out altogether, there is nothing to draw.
    let is_drawn = |value: &Value| value.count().is_some_and(|count| 0 < count);
    if !drawn.rows.iter().any(|(_, values)| values.iter().any(is_drawn)) {
        return None;
    }
    let heading = svg::Heading {
        id: format!("chart-{}", told.name),
        title: told.title.clone(),
        description: description(texts, &drawn),
        left_out: texts.say("statistics-suppressed"),
    };
    let svg = match told.table.key {
        Key::Months => line::draw(&heading, &drawn),
        Key::Measures => bars::stacked(&heading, &drawn),
        _ => bars::beside(&heading, &drawn),
    };
    Some(Chart { svg, description: heading.description })
}

/// The rows of a table that count cases, but for their total; the largest first where units or
/// categories are many.
fn rows(told: &Told, series_max: usize, is_drawn: impl Fn(&[Value]) -> bool) -> Drawn {
    let table = &told.table;
    let is_span = |column: &Column| matches!(column, Column::Span(_));
    let count = table.columns.iter().filter(|it| is_span(it)).count().min(series_max);
    let counted = told.rows.iter().zip(&table.rows).filter(|(_, row)| is_part(&row.label));
    let counted = counted.map(|(words, row)| {
        (words.clone(), row.cells.iter().take(count).map(Value::from).collect::<Vec<_>>())
    });
    let mut rows: Vec<_> = counted.filter(|(_, values)| is_drawn(values)).collect();
    if matches!(table.key, Key::Units | Key::Categories) {
        rows.sort_by_key(|(_, values)| std::cmp::Reverse(values.first().and_then(|it| it.count())));
    }
    let series = told.columns.iter().take(count).cloned().collect();
    Drawn { series, rows: rows.into_iter().map(|(row, values)| (row.label, values)).collect() }
}

/// Whether a row is one of those that add up to the total.
fn is_part(label: &Label) -> bool {
    let sums_up = ["known", "within_72_hours", "within_72_hours_share", "median", "ninetieth"];
    !matches!(label, Label::Total) && !matches!(label, Label::Word(word) if sums_up.contains(word))
}

/// Measures by span, each with how far those have come that were proposed in it.
fn measures(texts: Texts, told: &Told) -> Drawn {
    let count = |word, column| match told.table.cell(&Label::Word(word), column) {
        Some(Cell::Count(count)) => count,
        _ => 0,
    };
    let row = |(column, span): (usize, &String)| {
        let overdue = count("overdue", column);
        let reviewed = count("effect_reviewed", column).min(count("done", column));
        let values = [
            overdue,
            count("open", column).saturating_sub(overdue),
            count("done", column).saturating_sub(reviewed),
            reviewed,
        ];
        (span.clone(), values.map(Value::Count).to_vec())
    };
    let parts = ["overdue", "not_due", "done_not_reviewed", "effect_reviewed"];
    Drawn {
        series: parts.map(|it| texts.say(&format!("statistics-part-{it}"))).to_vec(),
        rows: told.columns.iter().enumerate().map(row).collect(),
    }
}

/// What a chart says, for those who do not see it.
fn description(texts: Texts, drawn: &Drawn) -> String {
    let value = |value: &Value| match value {
        Value::Count(count) => count.to_string(),
        Value::LeftOut => texts.say("statistics-suppressed"),
        Value::NotBegun => texts.say("statistics-not_begun"),
    };
    let told = drawn.rows.iter().map(|(label, values)| {
        let values: Vec<String> =
            drawn.series.iter().zip(values).map(|(of, it)| format!("{of} {}", value(it))).collect();
        format!("{label}: {}.", values.join(", "))
    });
    told.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
