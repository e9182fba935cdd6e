//! Tables while they are made: their counts stand in a ledger, so that what is left out is left out
//! everywhere.

use super::suppress::{Hidden, Ledger, Variable};
use super::table::{Cell, Column, Key, Label, Row, Table};

/// Every table that was asked for, before it is said what is left out.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) ledger: Ledger,
    tables: Vec<DraftTable>,
}

/// What to leave out of a draft.
#[derive(Debug)]
pub(super) struct LeftOut {
    hidden: Hidden,
    is_published: bool,
}

#[derive(Debug)]
struct DraftTable {
    key: Key,
    columns: Vec<Column>,
    rows: Vec<(Label, Vec<Figure>)>,
}

/// A figure, and the counts by which it is told whether it is left out.
#[derive(Debug, Clone)]
pub(super) enum Figure {
    /// A count.
    Count(Variable),
    /// A count with which the whole row is left out: to stand in the table tells of it.
    Listed(Variable),
    /// A count of another.
    Share(Variable, Variable),
    /// Something that is made of so many cases; of none there is nothing to tell. It is left out
    /// with their count, and with any other count of which it tells something.
    Of {
        /// How many cases.
        cases: Variable,
        /// The other counts.
        tells_of: Vec<Variable>,
        /// The figure.
        cell: Cell,
    },
    /// Something that says nothing of a person.
    Plain(Cell),
    /// Something that does not leave the desk.
    OnDesk(Cell),
}

impl Draft {
    /// Adds a table.
    pub(super) fn table(
        &mut self,
        key: Key,
        columns: Vec<Column>,
        rows: Vec<(Label, Vec<Figure>)>,
    ) {
        debug_assert!(rows.iter().all(|(_, figures)| figures.len() == columns.len()));
        self.tables.push(DraftTable { key, columns, rows });
    }

    /// What to leave out where the figures leave the desk.
    pub(super) fn to_hide(&self) -> LeftOut {
        LeftOut { hidden: self.ledger.to_hide(), is_published: true }
    }

    /// Nothing, for the desk itself.
    pub(super) fn nothing_to_hide() -> LeftOut {
        LeftOut { hidden: Hidden::default(), is_published: false }
    }

    /// The tables, without what is left out.
    pub(super) fn tables(&self, left_out: &LeftOut) -> Vec<Table> {
        let row = |(label, figures): &(Label, Vec<Figure>)| Row {
            label: label.clone(),
            cells: figures.iter().map(|figure| self.cell(figure, left_out)).collect(),
        };
        let stands = |(_, figures): &&(Label, Vec<Figure>)| {
            let hidden =
                |it: &Figure| matches!(it, Figure::Listed(it) if left_out.hidden.holds(*it));
            !figures.iter().any(hidden)
        };
        let table = |draft: &DraftTable| Table {
            key: draft.key,
            columns: draft.columns.clone(),
            rows: draft.rows.iter().filter(stands).map(row).collect(),
        };
        self.tables.iter().map(table).collect()
    }

    fn cell(&self, figure: &Figure, left_out: &LeftOut) -> Cell {
        let value = |it: &Variable| self.ledger.value(*it);
        let is_hidden = |it: &Variable| left_out.hidden.holds(*it);
        match figure {
            Figure::Count(it) if is_hidden(it) => Cell::Suppressed,
            Figure::Share(part, of) if is_hidden(part) || is_hidden(of) => Cell::Suppressed,
            Figure::Of { cases, tells_of, .. }
                if is_hidden(cases) || tells_of.iter().any(is_hidden) =>
            {
                Cell::Suppressed
            }
            Figure::OnDesk(_) if left_out.is_published => Cell::Suppressed,
            Figure::Count(it) | Figure::Listed(it) => Cell::Count(value(it)),
            Figure::Share(part, of) => match (value(part), value(of)) {
                (_, 0) => Cell::Nothing,
                (part, of) => Cell::Share { part, of },
            },
            Figure::Of { cases, .. } if value(cases) == 0 => Cell::Nothing,
            Figure::Of { cell, .. } | Figure::Plain(cell) | Figure::OnDesk(cell) => *cell,
        }
    }
}
