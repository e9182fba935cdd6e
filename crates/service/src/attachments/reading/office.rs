//! The words of Office documents: every part of the archive that is XML, and none where there is
//! another.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader as _, Xlsx};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::{Place, Room, TEXT_BYTES_MAX, UNPACKED_BYTES_MAX, Words, lines};

/// Elements within which words belong together, whatever runs they are split into.
const TOGETHER: [&str; 3] = ["p", "si", "text"];

/// Parts that hold no words: what describes fonts, colours and the archive itself.
const WITHOUT_WORDS: [&str; 4] =
    ["[Content_Types].xml", "word/styles.xml", "word/fontTable.xml", "xl/styles.xml"];

/// Parts of a workbook whose words stand in its cells too, or once did.
const SHOWN_IN_CELLS: [&str; 2] = ["xl/worksheets/", "xl/sharedStrings"];

/// What a workbook says of each row and cell in attributes: where it stands and how it looks.
const CELLS: [&str; 2] = ["row", "c"];

/// A number that lost a zero in front, as workbooks have identity numbers of the first nine days
/// of a month.
const DIGITS_WITHOUT_ZERO: usize = 10;

/// A Word document: its text by paragraphs, and what stands in its other parts.
pub(super) fn document(bytes: &[u8]) -> Option<Words> {
    let mut words = Words::new();
    for (name, xml) in parts(bytes)? {
        let (text, beside) = text(&xml)?;
        if TEXT_BYTES_MAX < text.len() {
            return None;
        }
        if name == "word/document.xml" {
            words.extend(lines(&text));
            words.push((Place::Beside, beside));
        } else if is_read(&name) {
            words.push((Place::Beside, format!("{text}\n{beside}")));
        }
    }
    Some(words)
}

/// A workbook: what stands in its cells, and in its other parts.
pub(super) fn workbook(bytes: &[u8]) -> Option<Words> {
    let mut words = Words::new();
    let parts = parts(bytes)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let mut room = Room::new();
    let mut shown = BTreeSet::new();
    for sheet in book.sheet_names() {
        words.push((Place::Beside, sheet.clone()));
        let mut cells = book.worksheet_cells_reader(&sheet).ok()?;
        while let Some(cell) = cells.next_cell().ok()? {
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::SharedString(text) => (*text).to_owned(),
                DataRef::Float(number) => with_zero(number.to_string()),
                DataRef::Int(number) => with_zero(number.to_string()),
                other => Data::from(other.clone()).to_string(),
            };
            let cell = address_of(cell.get_position());
            room.take(text.len(), sheet.len() + cell.len())?;
            shown.extend(text.lines().map(str::to_owned));
            words.push((Place::Cell { sheet: sheet.clone(), cell }, text));
        }
    }
    for (name, xml) in parts {
        let in_cells = SHOWN_IN_CELLS.iter().any(|it| name.starts_with(it));
        let (mut text, beside) = text_beside(&xml, if in_cells { &CELLS } else { &[] })?;
        if in_cells {
            let is_more = |line: &&str| !shown.contains(*line) && !is_index(line);
            text = text.lines().filter(is_more).collect::<Vec<_>>().join("\n");
        }
        if is_read(&name) {
            room.take(text.len() + beside.len(), 0)?;
            words.push((Place::Beside, format!("{text}\n{beside}")));
        }
    }
    Some(words)
}

/// Whether a cell says no more than which of the texts that cells share it has, or a number too
/// short to be anybody's.
fn is_index(line: &str) -> bool {
    line.len() < DIGITS_WITHOUT_ZERO && line.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn with_zero(number: String) -> String {
    let lost_one =
        number.len() == DIGITS_WITHOUT_ZERO && number.bytes().all(|byte| byte.is_ascii_digit());
    if lost_one { format!("{number}\n0{number}") } else { number }
}

/// A cell as a sheet names it: `(6, 1)` is `B7`.
pub(super) fn address_of((row, column): (u32, u32)) -> String {
    let (mut letters, mut left) = (Vec::new(), column);
    loop {
        letters.push(char::from(b'A' + u8::try_from(left % 26).expect("less than 26")));
        if left < 26 {
            break;
        }
        left = left / 26 - 1;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

fn is_read(name: &str) -> bool {
    !WITHOUT_WORDS.contains(&name) && !name.contains("/theme/")
}

/// The parts of the archive with their XML; nothing where one is none, or all of them unpack to
/// more than is read.
fn parts(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = UNPACKED_BYTES_MAX;
    let mut parts = Vec::new();
    for part in 0..archive.len() {
        let part = archive.by_index(part).ok()?;
        if part.is_dir() {
            continue;
        }
        let name = part.name().ok()?.into_owned();
        if !matches!(name.rsplit_once('.'), Some((_, "xml" | "rels"))) {
            return None;
        }
        let mut xml = String::new();
        part.take(left as u64 + 1).read_to_string(&mut xml).ok()?;
        left = left.checked_sub(xml.len())?;
        parts.push((name, xml));
    }
    Some(parts)
}

/// The text of a part, a paragraph to a line, and what stands in its attributes.
pub(super) fn text(xml: &str) -> Option<(String, String)> {
    text_beside(xml, &[])
}

/// The same without the attributes of some elements.
fn text_beside(xml: &str, without: &[&str]) -> Option<(String, String)> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    let (mut text, mut beside) = (String::new(), String::new());
    let (mut together, mut is_text) = (0_usize, false);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return Some((text, beside)),
            // A type of document can stand for words that are not there.
            Event::DocType(_) => return None,
            Event::Start(it) => {
                let name = it.local_name();
                if !without.contains(&name.as_ref()) {
                    attributes(&it, &mut beside)?;
                }
                is_text = name.as_ref() == "t";
                together += usize::from(TOGETHER.contains(&name.as_ref()));
            }
            Event::Empty(it) => {
                if !without.contains(&it.local_name().as_ref()) {
                    attributes(&it, &mut beside)?;
                }
                match it.local_name().as_ref() {
                    "tab" => text.push('\t'),
                    "br" | "cr" | "p" => text.push('\n'),
                    "noBreakHyphen" => text.push('-'),
                    _ => (),
                }
            }
            Event::End(it) => {
                is_text = false;
                let ends = TOGETHER.contains(&it.local_name().as_ref());
                together = together.saturating_sub(usize::from(ends));
                if ends || (together == 0 && !text.ends_with('\n')) {
                    text.push('\n');
                }
            }
            Event::Text(it) => {
                let it = it.xml_content(XmlVersion::Implicit1_0);
                if is_text || !it.trim().is_empty() {
                    text.push_str(&it);
                }
            }
            Event::CData(it) => text.push_str(&it.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(it) => match it.resolve_char_ref().ok()? {
                Some(it) => text.push(it),
                None => text.push(named(&it)?),
            },
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => (),
        }
    }
}

fn attributes(element: &BytesStart<'_>, beside: &mut String) -> Option<()> {
    for attribute in element.attributes() {
        let attribute = attribute.ok()?;
        if attribute.key.as_namespace_binding().is_none() {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            beside.push_str(&with_zero(value.into_owned()));
            beside.push('\n');
        }
    }
    Some(())
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}
