//! The figures that stand under a point of a review, as tables, each with its chart.

use documents::{Block, Drawing, Table};
use domain::review::AgendaItem;
use service::FiguresSeen;
use views::statistics::Key;

use super::Office;
use crate::charts::{self, Chart};
use crate::figures::Teller;

/// Rows that a chart of bars shows at most: as many as fit on a sheet of paper.
const ROWS_MAX: usize = 10;

/// The tables of the statistics that belong under a point.
pub(crate) const fn keys(item: AgendaItem) -> &'static [Key] {
    match item {
        AgendaItem::Deviations => &[
            Key::KeyFigures,
            Key::Months,
            Key::Units,
            Key::Categories,
            Key::Severity,
            Key::Sources,
            Key::Channels,
            Key::People,
            Key::ToDiscovery,
            Key::ToReport,
            Key::ToNotification,
            Key::Silence,
        ],
        AgendaItem::TechnicalIncidents => &[Key::Kinds],
        AgendaItem::InternalControl => &[Key::Measures],
        _ => &[],
    }
}

/// The figures under a point; nothing where the service has none for it.
pub(super) fn of_item(office: &Office, seen: &FiguresSeen, item: AgendaItem) -> Vec<Block> {
    let statistics = &seen.statistics;
    let teller = Teller { texts: office.wording.texts, names: office.wording.names };
    let mut blocks = Vec::new();
    for table in keys(item).iter().filter_map(|key| statistics.table(*key)) {
        let told = teller.table(statistics, table);
        let chart = charts::chart(office.wording.texts, &told, ROWS_MAX);
        blocks.extend(chart.map(|Chart { svg, description }| {
            let alt = format!("{}. {description}", told.title);
            Block::Drawing(Drawing { svg: svg.into(), alt })
        }));
        let is_suppressed = told.is_suppressed();
        let rows = told.rows.into_iter().map(|row| {
            let label = format!("{}{}", "– ".repeat(usize::from(row.depth)), row.label);
            std::iter::once(label).chain(row.cells).collect()
        });
        blocks.push(Block::Table(Table {
            caption: told.title,
            columns: std::iter::once(told.of).chain(told.columns).collect(),
            rows: rows.collect(),
        }));
        if is_suppressed {
            blocks.push(Block::text(office.say("review-figures-suppressed")));
        }
    }
    blocks
}
