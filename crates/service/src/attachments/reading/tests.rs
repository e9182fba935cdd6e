//! What is found in files of every kind, where it is said to stand, and what stays unread.

use std::io::{Cursor, Write};

use chrono::NaiveDate;
use documents::{Block, Document, Language, Letterhead, render};
use domain::identity_number::Kind;
use lopdf::{Object, Stream, dictionary};
use zip::write::SimpleFileOptions;

use super::*;

/// A number that nobody has: 80 added to the month.
const NUMBER: &str = "10915596784";
const PERSON: What = What::IdentityNumber(Kind::Fodselsnummer);

fn confidential() -> Confidential {
    Confidential { reporter: vec!["Mona Strandvold".to_owned()], ..Confidential::default() }
}

fn found(kind: FileKind, bytes: &[u8]) -> Vec<(Place, What)> {
    let found = in_file("vedlegg.x", words(kind, bytes).as_ref(), &confidential());
    found.into_iter().map(|it| (it.place, it.what)).collect()
}

fn unread() -> Vec<(Place, What)> {
    vec![(Place::Whole, What::CannotBeLookedInto)]
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let body = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let own = [("[Content_Types].xml", "<Types/>"), ("word/document.xml", body.as_str())];
    archive(&[&own[..], more].concat())
}

fn paragraph(runs: &[&str]) -> String {
    let runs: Vec<String> = runs.iter().map(|it| format!("<w:r><w:t>{it}</w:t></w:r>")).collect();
    format!("<w:p>\n  {}\n</w:p>", runs.join("\n  "))
}

fn pdf(blocks: Vec<Block>) -> Vec<u8> {
    let sender = Letterhead {
        organisation: "Storvik kommune".to_owned(),
        logo: None,
        contact: vec!["Postboks 1, 9999 Storvik".to_owned()],
    };
    render(&Document {
        identity: "1".to_owned(),
        language: Language::Nb,
        title: "Informasjon".to_owned(),
        sender,
        recipient: Vec::new(),
        about: "Sak 2026/17".to_owned(),
        made_on: NaiveDate::from_ymd_opt(2026, 3, 4).unwrap(),
        dated: "4. mars 2026".to_owned(),
        page_of: "Side {page} av {pages}".to_owned(),
        blocks,
    })
    .unwrap()
}

/// A PDF of one page that shows what the operations say, with more about the page.
fn drawn(operations: &str, more: Option<(&str, Object)>) -> Vec<u8> {
    let mut file = lopdf::Document::with_version("1.5");
    let pages = file.new_object_id();
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding",
    };
    let font = file.add_object(font);
    let fonts = dictionary! { "F1" => font, };
    let resources = file.add_object(dictionary! { "Font" => fonts, });
    let content = Stream::new(dictionary! {}, operations.as_bytes().to_vec());
    let content = file.add_object(content);
    let mut page = dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
    };
    if let Some((key, value)) = more {
        let value = file.add_object(value);
        page.set(key, value);
    }
    let page = file.add_object(page);
    let all = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, };
    file.objects.insert(pages, Object::Dictionary(all));
    let root = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, });
    file.trailer.set("Root", root);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn in_text_it_is_said_in_which_line() {
    let text = format!("navn;nummer\r\nKari;{NUMBER}\r\nAv Mona\r\nStrandvold");
    let expected = [(Place::Line(2), PERSON), (Place::Line(3), What::ReporterName)];
    assert_eq!(found(FileKind::PlainText, text.as_bytes()), expected);
    let latin: Vec<u8> = [b"Bl\xe5b\xe6r ".as_slice(), NUMBER.as_bytes()].concat();
    assert_eq!(found(FileKind::PlainText, &latin), [(Place::Line(1), PERSON)]);
    let named = in_file("Strandvold.txt", Some(&Words::new()), &confidential());
    assert_eq!(named, [FileFinding { place: Place::Name, what: What::ReporterName }]);
}

#[test]
fn in_a_word_document_however_it_is_split_and_wherever_it_stands() {
    let split = docx(&[paragraph(&["Hei"]), paragraph(&["109155", "96784"])].concat(), &[]);
    assert_eq!(found(FileKind::Docx, &split), [(Place::Line(2), PERSON)]);
    let named = "<w:hdr xmlns:w='w'><w:p><w:r><w:t>Str&#97;ndvold</w:t></w:r></w:p></w:hdr>";
    let core = "<c xmlns:d='d'><d:creator>Mona Strandvold</d:creator></c>";
    let link = format!("<R><r Target='mailto:{NUMBER}@example.org'/></R>");
    for (name, part, what) in [
        ("word/header1.xml", named, What::ReporterName),
        ("docProps/core.xml", core, What::ReporterName),
        ("word/_rels/document.xml.rels", link.as_str(), PERSON),
    ] {
        let file = docx(&paragraph(&["Hei"]), &[(name, part)]);
        assert_eq!(found(FileKind::Docx, &file), [(Place::Beside, what)], "{name}");
    }
    assert_eq!(found(FileKind::Docx, &docx(&paragraph(&["Hei", "på deg"]), &[])), []);
}

#[test]
fn in_a_workbook_it_is_said_in_which_cell_of_which_sheet() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "Oversikt").unwrap();
    let sheet = book.add_worksheet().set_name("Elever").unwrap();
    sheet.write(1, 27, format!("nr. {NUMBER}")).unwrap();
    sheet.write(6, 1, 10_915_596_784_f64).unwrap();
    // The first of January with 80 added to the month, the zero in front lost.
    sheet.write(7, 1, 1_810_012_345_f64).unwrap();
    let file = book.save_to_buffer().unwrap();
    let at = |cell: &str| Place::Cell { sheet: "Elever".to_owned(), cell: cell.to_owned() };
    assert_eq!(found(FileKind::Xlsx, &file), [(at("AB2"), PERSON), (at("B7"), PERSON)]);
    assert_eq!(office::address_of((0, 701)), "ZZ1");
    assert_eq!(office::address_of((0, 702)), "AAA1");
    assert_eq!(office::with_zero("1091559678".to_owned()), "1091559678\n01091559678");
}

#[test]
fn in_a_pdf_it_is_said_on_which_page() {
    let long = vec![Block::text("Vi skriver om det som hendte. ".repeat(300)), Block::text(NUMBER)];
    let told = found(FileKind::Pdf, &pdf(long));
    assert!(matches!(told[..], [(Place::Page(2..), PERSON)]), "{told:?}");
    assert_eq!(found(FileKind::Pdf, &pdf(vec![Block::text("Ring oss på 22 33 44 55.")])), []);
    let told = found(FileKind::Pdf, &pdf(vec![Block::facts([("Av", "Mona Strandvold")])]));
    assert_eq!(told, [(Place::Page(1), What::ReporterName)]);
    for operations in [
        "BT /F1 12 Tf 10 700 Td (109155 96784) Tj ET",
        "BT /F1 12 Tf 10 700 Td (109155) Tj 60 0 Td (96784) Tj ET",
        "BT /F1 12 Tf [(1) 10 (0915) -900 (596784)] TJ ET",
        "BT /F1 12 Tf 1 0 0 1 10 700 Tm (1091) Tj 1 0 0 1 40 700 Tm (5596784) Tj ET",
        "BT /F1 12 Tf (Hei) Tj (10915596784) ' ET",
        "BT /F1 12 Tf q /F1 9 Tf Q (10915596784) Tj ET",
    ] {
        let told = found(FileKind::Pdf, &drawn(operations, None));
        assert_eq!(told, [(Place::Page(1), PERSON)], "{operations}");
    }
}

/// The same file with more in it.
fn with_parts(file: &[u8], more: &[(&str, &str)]) -> Vec<u8> {
    let archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.merge_archive(archive).unwrap();
    for (name, text) in more {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn in_what_is_kept_out_of_sight() {
    let beside = [(Place::Beside, PERSON)];
    let variable =
        format!("<w:settings xmlns:w='w'><w:docVar w:name='n' w:val='{NUMBER}'/></w:settings>");
    let document = docx(&paragraph(&["Hei"]), &[("word/settings.xml", &variable)]);
    assert_eq!(found(FileKind::Docx, &document), beside);
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "Oversikt").unwrap();
    let plain = book.save_to_buffer().unwrap();
    assert_eq!(found(FileKind::Xlsx, &plain), []);
    let rows = format!("<records><r><s v='{NUMBER}'/></r></records>");
    let unused = format!("<sst><si><t>{NUMBER}</t></si></sst>");
    let unlisted = format!(
        "<worksheet><sheetData><row r='1'><c r='A1'><v>{NUMBER}</v></c></row></sheetData>\
         </worksheet>"
    );
    for (name, part) in [
        ("xl/pivotCache/pivotCacheRecords1.xml", rows),
        ("xl/sharedStrings9.xml", unused),
        ("xl/worksheets/sheet9.xml", unlisted),
    ] {
        let file = with_parts(&plain, &[(name, &part)]);
        assert_eq!(found(FileKind::Xlsx, &file), beside, "{name}");
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_header(format!("&C{NUMBER}")).write(0, 0, "Oversikt").unwrap();
    assert_eq!(found(FileKind::Xlsx, &book.save_to_buffer().unwrap()), beside);

    let hello = drawn("BT /F1 12 Tf (Hei) Tj ET", None);
    let with = |object: Object| {
        let mut file = lopdf::Document::load_mem(&hello).unwrap();
        file.add_object(object);
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).unwrap();
        found(FileKind::Pdf, &bytes)
    };
    assert_eq!(with(Object::string_literal(NUMBER)), beside);
    assert_eq!(with(dictionary! { "Comments" => Object::string_literal(NUMBER) }.into()), beside);
    let mark = Object::String(vec![0x9f, 1, 2, 3], lopdf::StringFormat::Hexadecimal);
    assert_eq!(with(mark), []);
}

#[test]
fn ordinary_numbers_raise_no_alarm_in_files_of_any_kind() {
    let corpus = include_str!("../../../../domain/src/identity_number/ordinary_numbers.txt");
    let lines: Vec<&str> = corpus.lines().filter(|line| !line.starts_with('#')).collect();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(&lines) {
        sheet.write(row, 0, *line).unwrap();
    }
    let escaped = lines.iter().map(|it| it.replace('&', "&amp;").replace('<', "&lt;"));
    let paragraphs: String = escaped.map(|it| paragraph(&[&it])).collect();
    for (kind, file) in [
        (FileKind::PlainText, lines.join("\n").into_bytes()),
        (FileKind::Docx, docx(&paragraphs, &[])),
        (FileKind::Xlsx, book.save_to_buffer().unwrap()),
        (FileKind::Pdf, pdf(lines.iter().map(|it| Block::text(*it)).collect())),
    ] {
        let alarms = found(kind, &file);
        println!("{kind:?}: {} false alarms on {} lines", alarms.len(), lines.len());
        assert_eq!(alarms, [], "{kind:?}");
    }
}

#[test]
fn what_cannot_be_read_to_its_end_is_not_looked_into() {
    let hello = "BT /F1 12 Tf (Hei) Tj ET";
    assert_eq!(found(FileKind::Pdf, &drawn(hello, None)), []);
    let picture = || {
        let dict = dictionary! { "Type" => "XObject", "Subtype" => "Image", };
        Object::Stream(Stream::new(dict, vec![0]))
    };
    let note = dictionary! { "Subtype" => "Text", "Contents" => Object::string_literal(NUMBER), };
    let told = found(FileKind::Pdf, &drawn(hello, Some(("Annots", vec![note.into()].into()))));
    assert_eq!(told, [(Place::Beside, PERSON)]);
    let file = dictionary! { "Type" => "Filespec", "EF" => dictionary! {}, };
    for bytes in [
        drawn(hello, Some(("Thumb", picture()))),
        drawn(hello, Some(("AF", file.into()))),
        drawn("BT /F9 12 Tf (Hei) Tj ET", None),
        drawn("BT (Hei) Tj ET", None),
        drawn("BT /F1 12 Tf (Hei) Tj ET ]]] (mer", None),
        drawn("q Q", None),
        pdf(vec![Block::text("Hei")])[..2_000].to_vec(),
        b"%PDF-1.7\nkvittering".to_vec(),
        // Something was put in place of what it said before.
        [drawn(hello, None), b"\nxref\n1 1\nstartxref\n9\n%%EOF".to_vec()].concat(),
        // An object that nobody can make sense of.
        String::from_utf8_lossy(&drawn(hello, None)).replacen("<<", "<<<", 1).into_bytes(),
    ] {
        assert_eq!(found(FileKind::Pdf, &bytes), unread());
    }
    let doctype = "<!DOCTYPE x [<!ENTITY a '10915596784'>]><x>&a;</x>";
    for part in [("word/media/image1.png", "x"), ("word/header1.xml", doctype)] {
        assert_eq!(found(FileKind::Docx, &docx("", &[part])), unread(), "{part:?}");
    }
    assert_eq!(found(FileKind::Docx, b"PK\x03\x04 and no more"), unread());
    assert_eq!(found(FileKind::Xlsx, &docx("", &[])), unread());
    for kind in [FileKind::Png, FileKind::Jpeg, FileKind::Email] {
        assert_eq!(found(kind, b"From: a@example.org"), unread());
    }
}

#[test]
fn what_unpacks_to_more_than_is_read_is_not_looked_into() {
    let zeros = "0".repeat(UNPACKED_BYTES_MAX + 1);
    assert_eq!(found(FileKind::Docx, &docx("", &[("word/a.xml", &zeros)])), unread());
    let long = "a".repeat(TEXT_BYTES_MAX + 1);
    assert_eq!(found(FileKind::PlainText, long.as_bytes()), unread());
    let mut bomb = Stream::new(dictionary! {}, vec![b' '; 64 * 1024 * 1024]);
    bomb.compress().unwrap();
    assert!(bomb.content.len() < 1024 * 1024);
    let page = drawn("BT /F1 12 Tf (Hei) Tj ET", Some(("Contents", Object::Stream(bomb))));
    assert_eq!(found(FileKind::Pdf, &page), unread());
    let steps = drawn(&format!("BT /F1 12 Tf (Hei) Tj ET {}", "q ".repeat(1_000_000)), None);
    assert_eq!(found(FileKind::Pdf, &steps), unread());
    let fonts = format!("BT {} ({NUMBER}) Tj ET", "/F1 12 Tf ".repeat(90_000));
    assert_eq!(found(FileKind::Pdf, &drawn(&fonts, None)), [(Place::Page(1), PERSON)]);
    let range = |last: &str| {
        let list = format!("1 beginbfrange <0000> <{last}> <0041> endbfrange");
        pdf::codes_in(list.as_bytes())
    };
    assert_eq!((range("00ff"), range("ffffffff")), (Some(256), Some(1 << 32)));
    let listed = b"2 beginbfrange <01> <02> [<0041> <0042>]\n<03> <03> <0043>\nendbfrange";
    assert_eq!(pdf::codes_in(listed), Some(3));
    assert_eq!(pdf::codes_in(b"beginbfrange <0> /x"), None);
    let mut room = Room::new();
    let taken = (0..1_000).take_while(|_| room.take(1, 200_000).is_some()).count();
    assert!(taken < 200, "{taken}");
    assert_eq!(found(FileKind::PlainText, "\n".repeat(TEXT_BYTES_MAX + 1).as_bytes()), unread());
}
