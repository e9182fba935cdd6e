//! A list as a sheet: CSV as spreadsheets read it where decimals are written with a comma, or a
//! workbook of theirs.

pub(crate) mod tables;
pub(crate) mod workbook;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use csv::{QuoteStyle, WriterBuilder};
use domain::Time;

use crate::fault::Fault;
use crate::times::Zone;

/// Tells spreadsheets that what follows is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What spreadsheets take for the beginning of a formula, wide forms included.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Told to spreadsheets to take what follows as text.
const AS_TEXT: char = '\'';

/// Sorts as text, and spreadsheets know it for a time.
const MOMENT: &str = "%Y-%m-%d %H:%M";

/// What stands in one cell of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing (yet).
    Nothing,
    /// Words, never a formula.
    Words(String),
    /// A point in time.
    Moment(Time),
}

impl Cell {
    /// Whether there is nothing to tell.
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// The cell in words.
    pub(crate) fn into_words(self, zone: Zone) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Words(words) => words,
            Self::Moment(at) => moment(zone, at),
        }
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        if words.is_empty() { Self::Nothing } else { Self::Words(words) }
    }
}

impl From<Time> for Cell {
    fn from(at: Time) -> Self {
        Self::Moment(at)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

/// Rows, the first of them the columns' names, as a file to be saved under a name.
pub(crate) fn answer(
    name: &str,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Response, Fault> {
    let sheet = sheet(rows).map_err(|error| Fault::internal(&error))?;
    Ok(file(name, "text/csv; charset=utf-8", sheet))
}

/// A file to be saved under a name.
pub(crate) fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let attachment = format!("attachment; filename=\"{name}\"");
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, attachment)];
    (headers, bytes).into_response()
}

/// A time as a cell has it.
pub(crate) fn moment(zone: Zone, at: Time) -> String {
    zone.local(at).format(MOMENT).to_string()
}

/// The bytes of a sheet.
pub(crate) fn sheet(rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .quote_style(QuoteStyle::Always)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| neutral(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The text in a form that no spreadsheet runs: one person wrote it, and another opens it.
fn neutral(text: &str) -> String {
    if text.trim_start().starts_with(FORMULA_SIGNS) {
        format!("{AS_TEXT}{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_written_runs_as_a_formula() {
        for text in ["=1+1", "+47 99", "-2", "@SUM(A1)", " =A1", "\t=A1", "\r\n@x", "＝1"] {
            assert_eq!(neutral(text), format!("'{text}"));
        }
        for text in ["", "2026/17", "Telefon = borte", "a-b", "'sitat'"] {
            assert_eq!(neutral(text), text);
        }
    }

    #[test]
    fn a_sheet_holds_everything_that_was_written() {
        let cells = ["Sak", "Æ «ø»", "to;felt", "en\nto", "et \"ord\""].map(str::to_owned);
        let written = sheet(std::iter::once(cells.to_vec())).unwrap();
        let (mark, rest) = written.split_at(3);
        assert_eq!(mark, [0xEF, 0xBB, 0xBF], "spreadsheets know UTF-8 by it");
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(rest);
        let read = reader.records().next().unwrap().unwrap();
        assert_eq!(read.iter().collect::<Vec<_>>(), cells);
    }
}
