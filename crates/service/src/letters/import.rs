//! Recipients out of a list somebody has: CSV or a workbook, of which each column is said to hold
//! something. Nothing is taken in where one row cannot be.

mod table;

use std::collections::BTreeMap;

use domain::case::letter::{Flaw, Language, Recipient};
use domain::duty::Jurisdiction;

pub use table::{COLUMNS_MAX, LIST_BYTES_MAX, Row, Table, Unreadable, read};

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

/// What a column is called that says whose address is protected.
const PROTECTED_HEADINGS: [&str; 14] = [
    "sperret",
    "sperret adresse",
    "adressesperre",
    "adressebeskyttelse",
    "adressegradering",
    "diskresjonskode",
    "fortrolig adresse",
    "gradering",
    "skjermet",
    "skyddad",
    "skyddad adress",
    "skyddade personuppgifter",
    "sekretessmarkering",
    "protected",
];

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
        (Column::Protected, &PROTECTED_HEADINGS),
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
/// that cannot be one, by the row's own number. A postcode is one of `home` where no country is
/// given.
///
/// # Errors
///
/// Every row that cannot be taken in.
pub fn recipients(
    table: &Table,
    mapping: &BTreeMap<usize, Column>,
    home: Jurisdiction,
) -> Result<Vec<Recipient>, Vec<(usize, Flaw)>> {
    let mut wrong = Vec::new();
    let mut recipients = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        match recipient(&row.cells, mapping, home) {
            Ok(recipient) => recipients.push(recipient),
            Err(flaws) => wrong.extend(flaws.into_iter().map(|flaw| (row.number, flaw))),
        }
    }
    if wrong.is_empty() { Ok(recipients) } else { Err(wrong) }
}

fn recipient(
    row: &[String],
    mapping: &BTreeMap<usize, Column>,
    home: Jurisdiction,
) -> Result<Recipient, Vec<Flaw>> {
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
    let is_protected = protected_by(&protected).unwrap_or_else(|| {
        flaws.push(Flaw::NeitherYesNorNo);
        true
    });
    let (postcode, country) = (joined(Column::Postcode), joined(Column::Country));
    let is_norwegian = home == Jurisdiction::No && country.is_empty();
    let number = digits(&joined(Column::IdentityNumber));
    let recipient = Recipient {
        name: joined(Column::Name),
        lines: cells(Column::Line),
        postcode: if is_norwegian { with_zeros(postcode, 1, 4) } else { postcode },
        place: joined(Column::Place),
        country,
        identity_number: Some(with_zeros(number, 10, 11)).filter(|it| !it.is_empty()),
        email: joined(Column::Email),
        language,
        is_protected,
    };
    flaws.extend(recipient.flaws(home));
    if flaws.is_empty() { Ok(recipient) } else { Err(flaws) }
}

/// Whether a word says that an address is protected, as people and the population registers write
/// it; nothing where it says neither.
fn protected_by(word: &str) -> Option<bool> {
    Some(match word {
        "" | "nei" | "nej" | "no" | "0" | "false" | "ugradert" => false,
        "ja" | "yes" | "1" | "x" | "true" | "6" | "7" | "kode 6" | "kode 7" | "spfo" | "spsf"
        | "fortrolig" | "strengt fortrolig" | "strengtfortrolig" => true,
        _ => return None,
    })
}

/// A number with the zeros before it that a workbook dropped, where it has at least so many digits
/// and is short of others.
fn with_zeros(number: String, digits_min: usize, digits: usize) -> String {
    let is_number = number.bytes().all(|it| it.is_ascii_digit());
    if is_number && digits_min <= number.len() { format!("{number:0>digits$}") } else { number }
}

/// An identity number without what groups its digits.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars().filter(|it| !matches!(it, ' ' | '-' | '.')).collect()
}

#[cfg(test)]
mod tests {
    use super::table::table;
    use super::*;

    const HOME: Jurisdiction = Jurisdiction::No;

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
            let read = table(text.as_bytes()).unwrap();
            let found = recipients(&read, &mapped(&read), HOME).unwrap();
            assert_eq!(found.len(), 2);
            assert_eq!(found[0].name, "Kari Nordmann");
            assert_eq!(found[0].language, Some(Language::Nn));
            assert_eq!((found[1].postcode.as_str(), found[1].is_protected), ("0150", true));
        }
        let latin: Vec<u8> = LIST.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect();
        assert_eq!(table(&latin).unwrap().rows[1].cells[1], "Ødegård");
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
        // Numbers whose first zero a workbook dropped, and a row between that is empty.
        sheet.write_row(3, 0, ["Per Vik", "Havnegata 2"]).unwrap();
        sheet.write(3, 2, 150).unwrap().write(3, 3, "Oslo").unwrap();
        sheet.write(3, 5, "ja").unwrap();
        let read = table(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(read.headings, headings);
        let found = recipients(&read, &mapped(&read), HOME).unwrap();
        let [kari, per] = &found[..] else { panic!("two rows are people") };
        assert_eq!(
            (kari.postcode.as_str(), kari.lines.as_slice()),
            ("0150", &["Storgata 1".to_owned()][..])
        );
        assert_eq!(kari.identity_number.as_deref(), Some("10915596784"));
        assert_eq!((per.postcode.as_str(), per.place.as_str()), ("0150", "Oslo"));
        assert!(per.is_protected && per.identity_number.is_none());
    }

    #[test]
    fn zeros_that_a_workbook_dropped_are_put_back_where_they_belong() {
        let taken = |list: &str, home| {
            let read = table(list.as_bytes()).unwrap();
            recipients(&read, &mapped(&read), home).map(|mut found| found.remove(0))
        };
        let list = |postcode: &str, country: &str| {
            format!("navn;postnr;poststed;land;fnr\nKari;{postcode};Oslo;{country};5855550050\n")
        };
        let kari = taken(&list("10", ""), HOME).unwrap();
        assert_eq!(kari.postcode, "0010");
        assert_eq!(kari.identity_number.as_deref(), Some("05855550050"));
        assert_eq!(taken(&list("150", "Island"), HOME).unwrap().postcode, "150");
        assert_eq!(taken(&list("", ""), HOME).unwrap().postcode, "");
        let not_one = Err(vec![(2, Flaw::NoPostcode)]);
        assert_eq!(taken(&list("01500", ""), HOME), not_one);
        assert_eq!(taken(&list("1500", ""), Jurisdiction::Se), not_one);
    }

    #[test]
    fn whose_address_is_protected_is_read_as_registers_write_it() {
        for heading in PROTECTED_HEADINGS {
            assert_eq!(guessed(&[heading.to_uppercase()]), [Some(Column::Protected)], "{heading}");
        }
        for (word, expected) in
            [("Strengt fortrolig", true), ("SPFO", true), ("ugradert", false), ("", false)]
        {
            let read = table(format!("navn;gradering\nKari;{word}\n").as_bytes()).unwrap();
            let found = recipients(&read, &mapped(&read), HOME).unwrap();
            assert_eq!(found[0].is_protected, expected, "{word}");
        }
    }

    #[test]
    fn nothing_of_a_list_is_taken_where_a_row_cannot_be() {
        let bad = "navn;e-post;språk;sperret\nKari;kari@example.org;nb;nei\n;nobody;tysk;kanskje\n\
            Ola 10915596784;;;\n";
        let read = table(bad.as_bytes()).unwrap();
        let expected = [
            (3, Flaw::LanguageUnknown),
            (3, Flaw::NeitherYesNorNo),
            (3, Flaw::NoName),
            (3, Flaw::NoMailAddress),
            (4, Flaw::IdentityNumber),
        ];
        assert_eq!(recipients(&read, &mapped(&read), HOME), Err(expected.to_vec()));
    }
}
