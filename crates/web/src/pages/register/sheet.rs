//! The register as a sheet.

use views::register::Entry;

use super::facts::{GROUPS, Teller, Told};
use crate::page::Page;
use crate::sheet::Cell;
use crate::sheet::workbook::Column;

/// How wide the column of case numbers is, in characters.
const CASE_WIDTH: u16 = 10;

/// The columns: the case's number, and one for each thing that is told.
pub(super) fn columns(page: &Page) -> Vec<Column> {
    let case = Column { name: page.say("register-case"), width: CASE_WIDTH };
    let told = all().map(|it| Column { name: page.say(it.key), width: it.width });
    std::iter::once(case).chain(told).collect()
}

/// A breach in a row.
pub(super) fn row(teller: &Teller<'_>, entry: &Entry) -> Vec<Cell> {
    let case = Cell::Words(entry.number.to_string());
    std::iter::once(case).chain(all().map(|it| (it.tell)(teller, entry))).collect()
}

/// The register in words: the columns' names, and a line for each breach. An entry is let go of
/// once it is a line.
pub(super) fn lines(teller: &Teller<'_>, entries: Vec<Entry>) -> impl Iterator<Item = Vec<String>> {
    let names = columns(teller.page).into_iter().map(|column| column.name).collect();
    let zone = teller.page.zone();
    let line = move |entry: Entry| {
        row(teller, &entry).into_iter().map(|cell| cell.into_words(zone)).collect()
    };
    std::iter::once(names).chain(entries.into_iter().map(line))
}

fn all() -> impl Iterator<Item = &'static Told> {
    GROUPS.iter().flat_map(|(_, facts)| *facts)
}
