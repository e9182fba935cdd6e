//! A list as a workbook (XLSX): times as times, and everything that was written as text, whatever
//! it begins with.

use std::borrow::Cow;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::Cell;
use crate::times::Zone;

/// What a workbook is sent as.
pub(crate) const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How a spreadsheet shows a time: the same in every language, and it sorts.
const MOMENT: &str = "yyyy-mm-dd hh:mm";

/// What a cell can hold, in UTF-16 units, as spreadsheets count.
const CELL_UNITS_MAX: usize = 32_767;

/// The day that a workbook says it was made on: always the same, so that the same list makes the
/// same file. It is also the first that a file in a ZIP can have.
pub(super) const MADE_ON: (u16, u8, u8) = (1980, 1, 1);

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: String,
    /// How wide it is, in characters.
    pub(crate) width: u16,
}

/// What a workbook is made of besides its rows.
pub(crate) struct Setting<'a> {
    /// The sheet's name, no longer than a spreadsheet allows: 31 characters.
    pub(crate) title: &'a str,
    /// Said at the end of a text that is longer than a cell can hold.
    pub(crate) cut: &'a str,
    /// By which clocks times are told.
    pub(crate) zone: Zone,
}

/// The bytes of a workbook with one sheet, whose first row and first column stay in sight. It says
/// nothing of who made it.
pub(crate) fn workbook(
    setting: &Setting<'_>,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = MADE_ON;
    let made_on = ExcelDateTime::from_ymd(year, month, day)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made_on));
    let sheet = workbook.add_worksheet();
    sheet.set_name(setting.title)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_landscape();
    sheet.set_repeat_rows(0, 0)?;
    let top = Format::new().set_align(FormatAlign::Top);
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (number, column) in (0..).zip(columns) {
        sheet.set_column_width(number, column.width)?;
        sheet.write_string_with_format(0, number, &column.name, &heading)?;
    }
    let formats = Formats {
        words: top.clone().set_text_wrap(),
        moment: top.set_num_format(MOMENT).set_align(FormatAlign::Left),
    };
    let mut last = 0;
    for (number, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            write(sheet, (number, column), cell, &formats, setting)?;
        }
        last = number;
    }
    if let Some(last_column) = (0..).zip(columns).map(|(number, _)| number).last() {
        sheet.autofilter(0, 0, last, last_column)?;
    }
    workbook.save_to_buffer()
}

struct Formats {
    words: Format,
    moment: Format,
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell,
    formats: &Formats,
    setting: &Setting<'_>,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Nothing => (),
        Cell::Words(words) => {
            let words = writable(&words, setting.cut);
            // As text in any case: what begins with `=` is no formula.
            sheet.write_string_with_format(row, column, words.as_ref(), &formats.words)?;
        }
        Cell::Moment(at) => {
            let local = setting.zone.local(at).format("%Y-%m-%dT%H:%M:%S").to_string();
            // A spreadsheet knows no time before 1900; what cannot be one is told in words.
            match ExcelDateTime::parse_from_str(&local) {
                Ok(at) => {
                    sheet.write_datetime_with_format(row, column, &at, &formats.moment)?;
                }
                Err(_) => {
                    sheet.write_string_with_format(row, column, local, &formats.words)?;
                }
            }
        }
    }
    Ok(())
}

/// The text as a cell can hold it: what XML has no place for is marked as missing, and what is too
/// long is cut.
fn writable<'a>(text: &'a str, cut: &str) -> Cow<'a, str> {
    let is_fit = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        c => ' ' <= c && !matches!(c, '\u{fffe}' | '\u{ffff}'),
    };
    let units = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    if text.chars().all(is_fit) && units(text) <= CELL_UNITS_MAX {
        return text.into();
    }
    let marked = text.chars().map(|c| if is_fit(c) { c } else { char::REPLACEMENT_CHARACTER });
    let marked: String = marked.collect();
    if units(&marked) <= CELL_UNITS_MAX {
        return marked.into();
    }
    let mut room = CELL_UNITS_MAX - units(cut);
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or_default();
        left.is_some()
    };
    let kept: String = marked.chars().take_while(fits).collect();
    (kept + cut).into()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn time(text: &str) -> domain::Time {
        text.parse().unwrap()
    }

    fn made(rows: &[Vec<Cell>]) -> Vec<u8> {
        let oslo = Zone::from(chrono_tz::Europe::Oslo);
        let setting = Setting { title: "Register", cut: " (kuttet)", zone: oslo };
        let columns =
            [("Sak", 10), ("Hva", 60), ("Når", 18)].map(|(name, width)| (name.to_owned(), width));
        let columns = columns.map(|(name, width)| Column { name, width });
        workbook(&setting, &columns, rows.iter().cloned()).unwrap()
    }

    fn read(bytes: Vec<u8>) -> Vec<Vec<Data>> {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let sheet = workbook.worksheet_range("Register").unwrap();
        sheet.rows().map(<[Data]>::to_vec).collect()
    }

    fn words(text: &str) -> Cell {
        Cell::Words(text.to_owned())
    }

    #[test]
    fn a_time_is_a_time_on_the_organisations_clocks_and_a_formula_is_text() {
        let at = time("2026-03-01T22:30:00Z");
        let rows = [vec![words("2026/1"), words("=1+1"), Cell::Moment(at)]];
        let read = read(made(&rows));
        assert_eq!(read[0][1], Data::String("Hva".to_owned()));
        assert_eq!(read[1][0], Data::String("2026/1".to_owned()));
        assert_eq!(read[1][1], Data::String("=1+1".to_owned()));
        let Data::DateTime(cell) = &read[1][2] else { panic!("{:?}", read[1][2]) };
        // The day 1 March 2026 and 23.30, as spreadsheets count: days since the end of 1899.
        let expected = 46_082.0 + (23.0 * 60.0 + 30.0) / (24.0 * 60.0);
        assert!((cell.as_f64() - expected).abs() < 1e-6, "{cell:?}");
    }

    #[test]
    fn every_sign_reads_back_or_is_marked() {
        for text in ["Æ «ø» 🚌", "en\nto", "<b>&\"'", " _x0041_ ", "-1", "+47", "@x", "{=1}"]
        {
            assert_eq!(read(made(&[vec![words(text)]]))[1][0], Data::String(text.to_owned()));
        }
        let odd = read(made(&[vec![words("a\u{0}b\u{b}c\u{ffff}")]]));
        assert_eq!(odd[1][0], Data::String("a\u{fffd}b\u{fffd}c\u{fffd}".to_owned()));
    }

    #[test]
    fn what_is_longer_than_a_cell_is_cut_and_says_so() {
        let whole = "å".repeat(CELL_UNITS_MAX);
        assert_eq!(writable(&whole, "…"), whole);
        let cut = writable(&"🚌".repeat(CELL_UNITS_MAX), " (kuttet)").into_owned();
        assert!(cut.ends_with("🚌 (kuttet)"));
        assert!(cut.encode_utf16().count() <= CELL_UNITS_MAX);
        assert_eq!(read(made(&[vec![words(&cut)]]))[1][0], Data::String(cut));
    }

    #[test]
    fn the_same_list_makes_the_same_file_and_nothing_tells_who_made_it() {
        let rows = [vec![words("2026/1"), words("a"), Cell::Nothing]];
        let made_first = made(&rows);
        assert_eq!(made_first, made(&rows));
        let mut zip = zip::ZipArchive::new(Cursor::new(made_first)).unwrap();
        let mut about = String::new();
        let mut part = zip.by_name("docProps/core.xml").unwrap();
        std::io::Read::read_to_string(&mut part, &mut about).unwrap();
        assert!(about.contains("<dc:creator></dc:creator>"), "{about}");
        assert!(about.contains("1980-01-01T00:00:00Z"), "{about}");
    }
}
