//! A table of figures, without a word of any language: what a page, a chart, a file and a document
//! put their texts on.

use domain::category::CategoryId;
use domain::ids::UnitId;

use super::{Month, Span};

/// Figures that are read together.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Which table.
    pub key: Key,
    /// What each cell of a row is about.
    pub columns: Vec<Column>,
    /// The rows, in the order in which they are read.
    pub rows: Vec<Row>,
}

/// Which table; the name is part of addresses and of the API.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Key {
    /// How the cases were handled, in short.
    KeyFigures,
    /// Cases by the month in which they were reported.
    Months,
    /// Cases by unit, those of the units below it included.
    Units,
    /// Cases by category.
    Categories,
    /// Cases by the way in which personal data is breached (GDPR art. 4 no. 12).
    Kinds,
    /// Cases by severity.
    Severity,
    /// Cases by who told of them.
    Sources,
    /// Cases by the way they came in.
    Channels,
    /// Cases by roughly how many people are affected.
    People,
    /// The time from the event to its discovery.
    ToDiscovery,
    /// The time from the discovery to the report.
    ToReport,
    /// The time from awareness to the notification of the authority (GDPR art. 33(1)).
    ToNotification,
    /// Measures proposed in the span, by how far they have come.
    Measures,
    /// Units that report less than their size and their history lead one to expect.
    Silence,
}

impl Key {
    /// Whether it tells of work, and of nobody whom a case is about: no count is too small for it.
    #[must_use]
    pub fn is_of_work(self) -> bool {
        self == Self::Measures
    }
}

/// What a cell is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// What falls into these days.
    Span(Span),
    /// Something else, by its name.
    Word(&'static str),
}

/// A row: what it is about, and a cell for each column.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is about.
    pub label: Label,
    /// The figures.
    pub cells: Vec<Cell>,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// A month of the span that was asked for, and the same one of the years before.
    Month(Month),
    /// A unit, and how far it lies below the first of the tree.
    Unit(UnitId, u8),
    /// A category.
    Category(CategoryId),
    /// Something that has a name of its own.
    Word(&'static str),
    /// Every case of the column.
    Total,
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// So many.
    Count(u64),
    /// So many of so many.
    Share {
        /// So many.
        part: u64,
        /// Of so many; not none.
        of: u64,
    },
    /// A time, in whole minutes.
    Minutes(u64),
    /// A number that is no count, in tenths.
    Tenths(u64),
    /// A small count, or one that would give a small one away.
    Suppressed,
    /// There is nothing to tell.
    Nothing,
    /// It lies after the moment as of which it is told, and counts none yet.
    NotBegun,
}

impl Table {
    /// The cell of a row in a column, counted from 0.
    #[must_use]
    pub fn cell(&self, label: &Label, column: usize) -> Option<Cell> {
        let row = self.rows.iter().find(|row| row.label == *label)?;
        row.cells.get(column).copied()
    }

    /// Whether a figure of it is left out.
    #[must_use]
    pub fn is_suppressed(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|cell| *cell == Cell::Suppressed)
    }
}
