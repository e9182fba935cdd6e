//! Recipients out of a list somebody has: CSV or a workbook, of which each column is said to hold
//! something. Nothing is taken in where one row cannot be.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use domain::case::letter::{Flaw, Language, RECIPIENTS_MAX, Recipient};

/// Bytes of such a list.
pub const LIST_BYTES_MAX: usize = 5 * 1024 * 1024;

/// Bytes that a workbook may unpack to.
const UNPACKED_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Columns of such a list.
pub const COLUMNS_MAX: usize = 50;

/// What a column can hold.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Column {
    /// The name, or a part of it: several are joined.
    Name,
    /// A line of the address. Several are kept in order.
    Line,
    /// The postcode.
    Postcode,
    /// The place.
    Place,
    /// The country.
    Country,
    /// The national identity number, for digital post.
    IdentityNumber,
    /// The mail address.
    Email,
    /// The language: `nb`, `nn`, `sv` or `en`.
    Language,
    /// Whether the address is protected: yes or no.
    Protected,
}

/// A list as it was read: a row of headings and the rows under it.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    /// What each column is called.
    pub headings: Vec<String>,
    /// The rows, with as many cells as there are headings.
    pub rows: Vec<Vec<String>>,
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

/// Reads a list.
///
/// # Errors
///
/// Why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    if LIST_BYTES_MAX < bytes.len() {
        return Err(Unreadable::TooLarge);
    }
    let rows = if bytes.starts_with(b"PK\x03\x04") { workbook(bytes)? } else { csv(bytes)? };
    let mut rows = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty()));
    let headings = rows.next().ok_or(Unreadable::Empty)?;
    let rows: Vec<Vec<String>> = rows.take(RECIPIENTS_MAX + 1).collect();
    if RECIPIENTS_MAX < rows.len() || COLUMNS_MAX < headings.len() {
        return Err(Unreadable::TooLarge);
    }
    if rows.is_empty() {
        return Err(Unreadable::Empty);
    }
    let columns = headings.len();
    let rows = rows.into_iter().map(|mut row| {
        row.resize(columns, String::new());
        row
    });
    Ok(Table { rows: rows.collect(), headings })
}

fn csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, Unreadable> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if bytes.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) {
        return Err(Unreadable::NotAList);
    }
    // Older office programs write Latin-1, of which every byte is a character.
    let text = std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned);
    let first = text.lines().next().unwrap_or_default();
    let count = |it: &u8| first.bytes().filter(|byte| byte == it).count();
    let delimiter = [b',', b'\t', b';'].into_iter().max_by_key(count).unwrap_or(b';');
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let row = |row: ::csv::Result<::csv::StringRecord>| -> Result<Vec<String>, Unreadable> {
        let row = row.map_err(|_| Unreadable::NotAList)?;
        Ok(row.iter().map(|cell| cell.trim().to_owned()).collect())
    };
    reader.records().take(RECIPIENTS_MAX + 2).map(row).collect()
}

fn workbook(bytes: &[u8]) -> Result<Vec<Vec<String>>, Unreadable> {
    // What it unpacks to is looked at before anything is unpacked.
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAList)?;
    let mut unpacked: u64 = 0;
    for part in 0..archive.len() {
        let part = archive.by_index_raw(part).map_err(|_| Unreadable::NotAList)?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if UNPACKED_BYTES_MAX < unpacked {
        return Err(Unreadable::TooLarge);
    }
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|_: calamine::XlsxError| Unreadable::NotAList)?;
    let sheet = book.worksheet_range_at(0).ok_or(Unreadable::Empty)?;
    let sheet = sheet.map_err(|_| Unreadable::NotAList)?;
    if RECIPIENTS_MAX + 1 < sheet.height() {
        return Err(Unreadable::TooLarge);
    }
    let cell = |cell: &Data| match cell {
        // A postcode that a workbook took for a number.
        Data::Float(number) => number.to_string(),
        other => other.to_string().trim().to_owned(),
    };
    Ok(sheet.rows().map(|row| row.iter().map(cell).collect()).collect())
}

/// What each column seems to hold, by its heading.
#[must_use]
pub fn guessed(headings: &[String]) -> Vec<Option<Column>> {
    let words: [(Column, &[&str]); 9] = [
        (Column::Email, &["e-post", "epost", "email", "e-mail", "mail"]),
        (Column::IdentityNumber, &["fødselsnummer", "fnr", "personnummer", "fødselsnr"]),
        (Column::Postcode, &["postnr", "postnummer", "postkode", "postcode", "zip"]),
        (Column::Place, &["poststed", "sted", "ort", "postort", "place", "city"]),
        (Column::Country, &["land", "country"]),
        (Column::Language, &["språk", "målform", "language"]),
        (Column::Protected, &["sperret", "adressesperre", "skjermet", "gradering", "protected"]),
        (Column::Name, &["navn", "namn", "name", "fornavn", "etternavn", "förnamn", "efternamn"]),
        (Column::Line, &["adresse", "adress", "gate", "gateadresse", "postadresse", "address"]),
    ];
    let guess = |heading: &String| {
        let heading = heading.to_lowercase();
        let is_meant = |(_, words): &&(Column, &[&str])| words.contains(&heading.as_str());
        words.iter().find(is_meant).map(|(column, _)| *column)
    };
    headings.iter().map(guess).collect()
}

/// The recipients of a list whose columns hold what `mapping` says, or what is wrong with each row
/// that cannot be one. Rows are counted as in the list, the headings being the first.
///
/// # Errors
///
/// Every row that cannot be taken in.
pub fn recipients(
    table: &Table,
    mapping: &BTreeMap<usize, Column>,
) -> Result<Vec<Recipient>, Vec<(usize, Flaw)>> {
    let mut wrong = Vec::new();
    let mut recipients = Vec::with_capacity(table.rows.len());
    for (place, row) in table.rows.iter().enumerate() {
        match recipient(row, mapping) {
            Ok(recipient) => recipients.push(recipient),
            Err(flaws) => wrong.extend(flaws.into_iter().map(|flaw| (place + 2, flaw))),
        }
    }
    if wrong.is_empty() { Ok(recipients) } else { Err(wrong) }
}

fn recipient(row: &[String], mapping: &BTreeMap<usize, Column>) -> Result<Recipient, Vec<Flaw>> {
    let cells = |wanted: Column| {
        let is_wanted = move |(at, column): (&usize, &Column)| (*column == wanted).then_some(*at);
        let cells = mapping.iter().filter_map(is_wanted).filter_map(|at| row.get(at));
        cells.filter(|cell| !cell.is_empty()).cloned().collect::<Vec<String>>()
    };
    let joined = |wanted| cells(wanted).join(" ");
    let language = joined(Column::Language).to_lowercase();
    let protected = joined(Column::Protected).to_lowercase();
    let mut flaws = Vec::new();
    let language = match language.as_str() {
        "" => None,
        word => {
            let known: Option<Language> = word.parse().ok();
            flaws.extend(known.is_none().then_some(Flaw::LanguageUnknown));
            known
        }
    };
    let is_protected = match protected.as_str() {
        "" | "nei" | "nej" | "no" | "0" | "false" => false,
        "ja" | "yes" | "1" | "x" | "true" | "6" | "7" | "kode 6" | "kode 7" => true,
        _ => {
            flaws.push(Flaw::NeitherYesNorNo);
            true
        }
    };
    let recipient = Recipient {
        name: joined(Column::Name),
        lines: cells(Column::Line),
        postcode: joined(Column::Postcode),
        place: joined(Column::Place),
        country: joined(Column::Country),
        identity_number: Some(digits(&joined(Column::IdentityNumber))).filter(|it| !it.is_empty()),
        email: joined(Column::Email),
        language,
        is_protected,
    };
    flaws.extend(recipient.flaws());
    if flaws.is_empty() { Ok(recipient) } else { Err(flaws) }
}

/// An identity number without what groups its digits.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars().filter(|it| !matches!(it, ' ' | '-' | '.')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapped(table: &Table) -> BTreeMap<usize, Column> {
        let guessed = guessed(&table.headings).into_iter().enumerate();
        guessed.filter_map(|(at, column)| Some((at, column?))).collect()
    }

    const LIST: &str = "Fornavn;Etternavn;Adresse;Postnr;Poststed;E-post;Språk;Sperret;Merknad\r\n\
        Kari;Nordmann;Storgata 1;5003;Bergen;kari@example.org;nn;nei;venn\r\n\
        Åse;Ødegård;\"Boks 7; inngang B\";0150;Oslo;;;Ja;\r\n";

    #[test]
    fn a_list_is_read_by_what_its_columns_are_called() {
        for text in [LIST.to_owned(), LIST.replace(';', "\t"), format!("\u{feff}{LIST}")] {
            let table = read(text.as_bytes()).unwrap();
            let found = recipients(&table, &mapped(&table)).unwrap();
            assert_eq!(found.len(), 2);
            assert_eq!(found[0].name, "Kari Nordmann");
            assert_eq!(found[0].language, Some(Language::Nn));
            assert_eq!((found[1].postcode.as_str(), found[1].is_protected), ("0150", true));
        }
        let latin: Vec<u8> = LIST.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect();
        assert_eq!(read(&latin).unwrap().rows[1][1], "Ødegård");
    }

    #[test]
    fn a_workbook_is_read_as_the_list_it_shows() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let headings = ["Navn", "Adresse", "Postnr", "Poststed", "Fødselsnummer", "Sperret"];
        sheet.write_row(0, 0, headings).unwrap();
        sheet
            .write_row(1, 0, ["Kari Fjell", "Storgata 1", "0150", "Oslo", "109155 96784"])
            .unwrap();
        // A postcode that a workbook took for a number, and a row between that is empty.
        sheet.write_row(3, 0, ["Per Vik", "Havnegata 2"]).unwrap();
        sheet.write(3, 2, 5003).unwrap().write(3, 3, "Bergen").unwrap();
        sheet.write(3, 5, "ja").unwrap();
        let table = read(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(table.headings, headings);
        let found = recipients(&table, &mapped(&table)).unwrap();
        let [kari, per] = &found[..] else { panic!("two rows are people") };
        assert_eq!(
            (kari.postcode.as_str(), kari.lines.as_slice()),
            ("0150", &["Storgata 1".to_owned()][..])
        );
        assert_eq!(kari.identity_number.as_deref(), Some("10915596784"));
        assert_eq!((per.postcode.as_str(), per.place.as_str()), ("5003", "Bergen"));
        assert!(per.is_protected && per.identity_number.is_none());
    }

    #[test]
    fn nothing_of_a_list_is_taken_where_a_row_cannot_be() {
        let bad = "navn;e-post;språk;sperret\nKari;kari@example.org;nb;nei\n;nobody;tysk;kanskje\n\
            Ola 10915596784;;;\n";
        let table = read(bad.as_bytes()).unwrap();
        let expected = [
            (3, Flaw::LanguageUnknown),
            (3, Flaw::NeitherYesNorNo),
            (3, Flaw::NoName),
            (3, Flaw::NoMailAddress),
            (4, Flaw::IdentityNumber),
        ];
        assert_eq!(recipients(&table, &mapped(&table)), Err(expected.to_vec()));
    }

    #[test]
    fn what_is_no_list_is_not_read() {
        assert_eq!(read(b""), Err(Unreadable::Empty));
        assert_eq!(read(b"navn\n"), Err(Unreadable::Empty));
        assert_eq!(read(b"PK\x03\x04 and no more"), Err(Unreadable::NotAList));
        assert_eq!(read(b"\x00\x01"), Err(Unreadable::NotAList));
        let long = "navn\n".to_owned() + &"Kari\n".repeat(RECIPIENTS_MAX + 1);
        assert_eq!(read(long.as_bytes()), Err(Unreadable::TooLarge));
        assert_eq!(read(&vec![b'a'; LIST_BYTES_MAX + 1]), Err(Unreadable::TooLarge));
    }
}
