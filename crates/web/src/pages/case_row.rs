//! A case as a row of a list.

use domain::case::Phase;
use views::inbox::Row;

use super::case::path::case_url;
use crate::clock::ClockWords;
use crate::names::Names;
use crate::page::Page;

/// A case in a list, as it is shown.
pub(crate) struct CaseRow {
    /// Where the case is.
    pub(crate) url: String,
    /// The number people use.
    pub(crate) number: String,
    /// How its 72 hours stand.
    pub(crate) clock: ClockWords,
    /// What kind of deviation it is.
    pub(crate) category: String,
    /// Whether the report was found severe.
    pub(crate) severe: bool,
    /// What happened, in short.
    pub(crate) summary: String,
    /// The unit it belongs to.
    pub(crate) unit: String,
    /// Where it stands.
    pub(crate) phase: Phase,
    /// Who handles it; nothing before it was received.
    pub(crate) handler: Option<String>,
    /// How many answers should have come by now.
    pub(crate) answers_overdue: usize,
}

impl CaseRow {
    /// The row as it is shown.
    pub(crate) fn new(page: &Page, names: &Names, row: Row, answers_overdue: usize) -> Self {
        Self {
            answers_overdue,
            url: case_url(row.number),
            number: row.number.to_string(),
            clock: ClockWords::new(page.texts(), &row.standing, page.now()),
            category: names.category(&row.category),
            severe: row.severe,
            unit: names.unit(row.unit),
            phase: row.phase(),
            handler: row.handler.map(|user| names.person(user)),
            summary: if row.summary.is_empty() { page.say("erased") } else { row.summary },
        }
    }
}
