//! A list as somebody sent it, read into rows: from CSV or the first sheet of a workbook, whatever
//! it claims of its own size.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use calamine::{Data, DataRef, Reader, Xlsx};
use domain::case::letter::RECIPIENTS_MAX;

/// Bytes of such a list.
pub const LIST_BYTES_MAX: usize = 5 * 1024 * 1024;

/// Columns of such a list.
pub const COLUMNS_MAX: usize = 50;

/// Bytes that a workbook may unpack to, and its cells may hold: one text can stand in many.
const UNPACKED_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Rows that are kept of a list: one too many, so that it is seen.
const ROWS_KEPT: usize = RECIPIENTS_MAX + 2;

/// A list as it was read: a row of headings and the rows under it.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    /// What each column is called.
    pub headings: Vec<String>,
    /// The rows, with as many cells as there are headings.
    pub rows: Vec<Row>,
}

/// A row that is not empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the list as a sheet shows it, empty rows counted, from 1.
    pub number: usize,
    /// What stands in it.
    pub cells: Vec<String>,
}

/// Who people are stays out of logs.
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} rows)", self.rows.len())
    }
}

/// Why a list cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Unreadable {
    /// It is neither CSV in UTF-8 or Latin-1 nor a workbook.
    NotAList,
    /// It is longer, wider or has more rows than is taken.
    TooLarge,
    /// It has no row under its headings.
    Empty,
}

/// Reads a list, off the threads that answer others.
///
/// # Errors
///
/// Why it cannot be read.
pub async fn read(bytes: Arc<[u8]>) -> Result<Table, Unreadable> {
    let table = tokio::task::spawn_blocking(move || table(&bytes)).await;
    // What the reader of workbooks stumbles over is no workbook.
    table.unwrap_or(Err(Unreadable::NotAList))
}

pub(super) fn table(bytes: &[u8]) -> Result<Table, Unreadable> {
    if LIST_BYTES_MAX < bytes.len() {
        return Err(Unreadable::TooLarge);
    }
    let rows = if bytes.starts_with(b"PK\x03\x04") { workbook(bytes)? } else { csv(bytes)? };
    let mut rows = rows.into_iter();
    let headings = rows.next().ok_or(Unreadable::Empty)?.cells;
    let mut rows: Vec<Row> = rows.collect();
    if RECIPIENTS_MAX < rows.len() || COLUMNS_MAX < headings.len() {
        return Err(Unreadable::TooLarge);
    }
    if rows.is_empty() {
        return Err(Unreadable::Empty);
    }
    for row in &mut rows {
        row.cells.resize(headings.len(), String::new());
    }
    Ok(Table { headings, rows })
}

fn csv(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if bytes.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) {
        return Err(Unreadable::NotAList);
    }
    // Older office programs write Latin-1, of which every byte is a character.
    let text = std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned);
    // One kind of line ending, and one at the end too: by them the rows are counted.
    let text = text.replace("\r\n", "\n").replace('\r', "\n") + "\n";
    let first = text.lines().find(|line| !line.is_empty()).unwrap_or_default();
    let count = |it: &u8| first.bytes().filter(|byte| byte == it).count();
    let delimiter = [b',', b'\t', b';'].into_iter().max_by_key(count).unwrap_or(b';');
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut rows, mut within_cells) = (Vec::new(), 0);
    let mut record = ::csv::StringRecord::new();
    while rows.len() < ROWS_KEPT
        && reader.read_record(&mut record).map_err(|_| Unreadable::NotAList)?
    {
        within_cells += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let lines = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        let number = lines.saturating_sub(1 + within_cells);
        let cells: Vec<String> =
            record.iter().take(COLUMNS_MAX + 1).map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(rows)
}

/// The rows of the first sheet. Cells are read one by one, since a sheet with one cell in its last
/// corner has as many as no machine holds.
fn workbook(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    require_small(bytes)?;
    let unreadable = |_: calamine::XlsxError| Unreadable::NotAList;
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let first = book.sheet_names().into_iter().next().ok_or(Unreadable::Empty)?;
    let mut sheet = book.worksheet_cells_reader(&first).map_err(unreadable)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut held: u64 = 0;
    while let Some(cell) = sheet.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::SharedString(text) => text.trim().to_owned(),
            // A postcode that a workbook took for a number.
            DataRef::Float(number) => number.to_string(),
            other => Data::from(other.clone()).to_string().trim().to_owned(),
        };
        if text.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        held += text.len() as u64;
        let cells = rows.entry(row).or_default();
        if COLUMNS_MAX <= column || UNPACKED_BYTES_MAX < held {
            return Err(Unreadable::TooLarge);
        }
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
        if ROWS_KEPT <= rows.len() {
            return Err(Unreadable::TooLarge);
        }
    }
    let row = |(row, cells): (u32, Vec<String>)| {
        let number = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1);
        Row { number, cells }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// What a workbook unpacks to is counted before it is read: what it says of that is not trusted.
fn require_small(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAList)?;
    let mut left = UNPACKED_BYTES_MAX;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| Unreadable::NotAList)?;
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink());
        let unpacked = unpacked.map_err(|_| Unreadable::NotAList)?;
        left = left.checked_sub(unpacked).ok_or(Unreadable::TooLarge)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workbook with these cells of its only sheet filled, and nothing else.
    fn with_cells(cells: &[(u32, u16)]) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, column) in cells {
            sheet.write(*row, *column, "x").unwrap();
        }
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_cell_far_away_costs_no_more_than_one_that_is_near() {
        let corner = with_cells(&[(0, 0), (1_048_575, 16_383)]);
        assert_eq!(table(&corner), Err(Unreadable::TooLarge));
        let stray = table(&with_cells(&[(0, 0), (1, 0), (1_048_575, 0)])).unwrap();
        let numbers: Vec<usize> = stray.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 1_048_576], "a stray cell is told by its row");
        let wide = u16::try_from(COLUMNS_MAX).unwrap();
        assert!(table(&with_cells(&[(0, wide - 1), (1, 0)])).is_ok());
        assert_eq!(table(&with_cells(&[(0, wide), (1, 0)])), Err(Unreadable::TooLarge));
        let long: Vec<(u32, u16)> = (0..).map(|row| (row, 0)).take(ROWS_KEPT).collect();
        assert_eq!(table(&with_cells(&long)), Err(Unreadable::TooLarge));
        assert_eq!(table(&with_cells(&long[1..])).unwrap().rows.len(), RECIPIENTS_MAX);
    }

    #[test]
    fn a_text_that_stands_in_many_cells_is_held_as_often_as_it_fits() {
        let long = "x".repeat(32_000);
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..3_000 {
            sheet.write(row, 0, &long).unwrap();
        }
        assert_eq!(table(&book.save_to_buffer().unwrap()), Err(Unreadable::TooLarge));
    }

    #[test]
    fn rows_have_the_numbers_a_sheet_shows() {
        let with_gaps = "\r\nnavn,adresse\r\n\r\nKari,\"Storgata 1\r\nOppgang B\"\r\n,\r\nPer,\r\n";
        for text in [with_gaps.to_owned(), with_gaps.replace("\r\n", "\n")] {
            let read = table(text.trim_end().as_bytes()).unwrap();
            let numbers: Vec<usize> = read.rows.iter().map(|row| row.number).collect();
            assert_eq!(
                (read.headings.as_slice(), numbers),
                (&["navn", "adresse"].map(String::from)[..], vec![4, 6])
            );
        }
    }

    #[test]
    fn what_is_no_list_is_not_read() {
        assert_eq!(table(b""), Err(Unreadable::Empty));
        assert_eq!(table(b"navn\n"), Err(Unreadable::Empty));
        assert_eq!(table(b"PK\x03\x04 and no more"), Err(Unreadable::NotAList));
        assert_eq!(table(b"\x00\x01"), Err(Unreadable::NotAList));
        let long = "navn\n".to_owned() + &"Kari\n".repeat(RECIPIENTS_MAX + 1);
        assert_eq!(table(long.as_bytes()), Err(Unreadable::TooLarge));
        assert_eq!(table(&vec![b'a'; LIST_BYTES_MAX + 1]), Err(Unreadable::TooLarge));
    }
}
