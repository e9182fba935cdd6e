//! A list as a sheet: CSV as spreadsheets read it where decimals are written with a comma.

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

/// Rows, the first of them the columns' names, as a file to be saved under a name.
pub(crate) fn answer(
    name: &str,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Response, Fault> {
    let sheet = sheet(rows).map_err(|error| Fault::internal(&error))?;
    let attachment = format!("attachment; filename=\"{name}\"");
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, attachment)];
    Ok((headers, sheet).into_response())
}

/// A time as a cell has it.
pub(crate) fn moment(zone: Zone, at: Time) -> String {
    zone.local(at).format(MOMENT).to_string()
}

fn sheet(rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
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
