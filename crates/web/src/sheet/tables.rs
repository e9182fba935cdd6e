//! Tables of figures as a workbook, a sheet for each: numbers as numbers, so that they can be
//! counted on with.

use axum::response::Response;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use views::statistics::Cell;

use super::file;
use super::workbook::{KIND, MADE_ON};
use crate::fault::Fault;
use crate::figures::Told;

/// Signs that the name of a sheet has at most.
const NAME_SIGNS_MAX: usize = 31;

/// How wide the column of labels is, and the others.
const WIDTHS: (u16, u16) = (44, 18);

/// How numbers of each kind are shown.
struct Formats {
    heading: Format,
    words: Format,
    share: Format,
    hours: Format,
    tenths: Format,
}

/// The workbook as a file to be saved under a name, written on a thread that keeps nobody waiting.
pub(crate) async fn handed_out(name: &str, told: Vec<Told>) -> Result<Response, Fault> {
    let written = tokio::task::spawn_blocking(move || tables(&told));
    let written = written.await.expect("writing a workbook does not panic");
    let written = written.map_err(|error| Fault::internal(&error))?;
    Ok(file(name, KIND, written))
}

/// The bytes of a workbook. It says nothing of who made it, and the same tables make the same
/// file.
pub(crate) fn tables(tables: &[Told]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = MADE_ON;
    let made_on = ExcelDateTime::from_ymd(year, month, day)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made_on));
    let formats = Formats {
        heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
        words: Format::new(),
        share: Format::new().set_num_format("0%"),
        hours: Format::new().set_num_format("[h]:mm"),
        tenths: Format::new().set_num_format("0.0"),
    };
    for told in tables {
        write(workbook.add_worksheet(), told, &formats)?;
    }
    workbook.save_to_buffer()
}

fn write(sheet: &mut Worksheet, told: &Told, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(name(&told.title))?;
    sheet.set_freeze_panes(1, 1)?;
    let (first, others) = WIDTHS;
    sheet.set_column_width(0, first)?;
    sheet.write_string_with_format(0, 0, &told.of, &formats.heading)?;
    for (column, title) in (1..).zip(&told.columns) {
        sheet.set_column_width(column, others)?;
        sheet.write_string_with_format(0, column, title, &formats.heading)?;
    }
    for (number, (words, row)) in (1..).zip(told.rows.iter().zip(&told.table.rows)) {
        sheet.write_string_with_format(number, 0, &words.label, &formats.words)?;
        for (column, (cell, words)) in (1..).zip(row.cells.iter().zip(&words.cells)) {
            match cell {
                Cell::Count(count) => {
                    sheet.write_number(number, column, exact(*count))?;
                }
                Cell::Share { part, of } => {
                    let share = exact(*part) / exact(*of);
                    sheet.write_number_with_format(number, column, share, &formats.share)?;
                }
                // A spreadsheet counts time in days.
                Cell::Minutes(minutes) => {
                    let days = exact(*minutes) / (24.0 * 60.0);
                    sheet.write_number_with_format(number, column, days, &formats.hours)?;
                }
                Cell::Tenths(tenths) => {
                    let number_of = exact(*tenths) / 10.0;
                    sheet.write_number_with_format(number, column, number_of, &formats.tenths)?;
                }
                Cell::Suppressed => {
                    sheet.write_string_with_format(number, column, words, &formats.words)?;
                }
                Cell::Nothing | Cell::NotBegun => (),
            }
        }
    }
    Ok(())
}

/// A number as a spreadsheet holds it.
fn exact(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// A title as the name of a sheet: no longer, and without the signs that none may have.
fn name(title: &str) -> String {
    let fits = |sign: &char| !"[]:*?/\\".contains(*sign);
    title.chars().filter(fits).take(NAME_SIGNS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::figures::tests::of_nothing;

    #[test]
    fn every_table_is_a_sheet_of_numbers() {
        let mut told = of_nothing();
        let months = told.iter_mut().find(|it| it.name == "months").unwrap();
        months.table.rows[0].cells = vec![Cell::Count(12), Cell::Share { part: 1, of: 4 }];
        months.table.rows[1].cells = vec![Cell::Minutes(720), Cell::Suppressed];
        months.rows[1].cells[1] = "utelatt".to_owned();
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(tables(&told).unwrap())).unwrap();
        let names: BTreeSet<String> = read.sheet_names().into_iter().collect();
        assert_eq!(names.len(), told.len());
        let title = told.iter().find(|it| it.name == "months").unwrap().title.clone();
        let sheet = read.worksheet_range(&title).unwrap();
        let cell = |row, column| sheet.get_value((row, column)).unwrap().clone();
        assert_eq!(cell(0, 1), Data::String("2026".to_owned()));
        assert_eq!((cell(1, 1), cell(1, 2)), (Data::Float(12.0), Data::Float(0.25)));
        assert_eq!(cell(2, 2), Data::String("utelatt".to_owned()));
    }
}
