//! The words of PDF files, page by page, where all that is shown is text in fonts that say which
//! characters they show.

use std::collections::{BTreeMap, BTreeSet};
use std::ptr;

use lopdf::content::{Content, Operation};
use lopdf::xref::XrefEntry;
use lopdf::{
    Dictionary, Document, Encoding, LoadOptions, Object, ObjectId, StringFormat, decode_text_string,
};

use super::{Place, TEXT_BYTES_MAX, UNPACKED_BYTES_MAX, Words, office};

/// Bytes of a file that is read: one without pictures has fewer.
const FILE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Bytes that the streams with objects in them may unpack to, all together; what is unpacked takes
/// some twenty times as much as objects.
const OBJECTS_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Bytes that what draws one page may unpack to.
const PAGE_BYTES_MAX: usize = 1024 * 1024;

/// Bytes that one list of a font's characters may unpack to.
const MAP_BYTES_MAX: usize = 1024 * 1024;

/// Codes that the ranges of one such list may hold: there are no more of two bytes.
const CODES_MAX: u64 = 1 << 16;

/// Fonts whose characters are asked for.
const FONTS_MAX: usize = 256;

/// Names of fonts that are looked up, on all pages together.
const FONT_NAMES_MAX: usize = 1_000_000;

/// How deep objects lie in one another.
const DEPTH_MAX: usize = 50;

/// Keys of what holds more than can be read: files, forms, programs.
const HOLDS_MORE: [&[u8]; 6] = [b"EF", b"AcroForm", b"XFA", b"JS", b"RichMedia", b"PatternType"];

/// Encodings whose characters are known without asking the font.
const KNOWN_ENCODINGS: [&[u8]; 2] = [b"WinAnsiEncoding", b"MacRomanEncoding"];

/// In thousandths of a letter's height: further apart than this there is a space.
const SPACE: f32 = 180.0;

/// The words of each page, and what is said beside them.
pub(super) fn pages(bytes: &[u8]) -> Option<Words> {
    if FILE_BYTES_MAX < bytes.len() || was_changed(bytes) {
        return None;
    }
    let each = OBJECTS_BYTES_MAX / count_of_packed(bytes).max(1);
    let options =
        LoadOptions { max_decompressed_size: Some(each), strict: true, ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    if document.is_encrypted() || document.was_encrypted() || !is_whole(&document) {
        return None;
    }
    let mut reading = Reading::new(&document);
    for object in document.objects.values() {
        reading.collect(object, DEPTH_MAX)?;
    }
    for (_, value) in document.trailer.iter().filter(|(key, _)| key.as_slice() != b"ID") {
        reading.collect(value, DEPTH_MAX)?;
    }
    let mut words = Words::new();
    for (at, page) in document.get_pages() {
        let (apart, close) = reading.page_text(page)?;
        let place = Place::Page(usize::try_from(at).ok()?);
        words.push((place.clone(), apart));
        words.push((place, close));
    }
    // Pages without a word show something else.
    if words.iter().all(|(_, text)| text.trim().is_empty()) {
        return None;
    }
    words.push((Place::Beside, reading.beside));
    Some(words)
}

/// Whether something was added to the file after it was first written, so that it still holds what
/// stood there before. The second, empty part that Word writes adds nothing, nor does the part in
/// front of a file that is made for the web.
fn was_changed(bytes: &[u8]) -> bool {
    let count = |what: &[u8]| bytes.windows(what.len()).filter(|it| *it == what).count();
    let is_for_the_web = bytes.windows(11).take(1024).any(|it| it == b"/Linearized");
    let empty = count(b"xref\n0 0") + count(b"xref\r\n0 0") + usize::from(is_for_the_web);
    1 + empty < count(b"startxref")
}

/// How many streams there can be that are unpacked to find objects, however their kind is written.
fn count_of_packed(bytes: &[u8]) -> usize {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    let is_packed = |name: &[u8]| name == b"ObjStm" || name.starts_with(b"XRef");
    starts.filter(|at| is_packed(&start_of_name(&bytes[*at..]))).count()
}

/// The first letters of a name, each of which can be written as two digits.
fn start_of_name(mut bytes: &[u8]) -> Vec<u8> {
    let mut name = Vec::new();
    while name.len() < b"ObjStm".len() {
        let (letter, rest) = match bytes {
            [b'#', high, low, rest @ ..] => {
                let digits = [*high, *low];
                let letter = std::str::from_utf8(&digits).ok();
                let letter = letter.and_then(|it| u8::from_str_radix(it, 16).ok());
                (letter.unwrap_or(b'#'), rest)
            }
            [letter, rest @ ..] => (*letter, rest),
            [] => break,
        };
        name.push(letter);
        bytes = rest;
    }
    name
}

/// Whether everything is there that the file says it has.
fn is_whole(document: &Document) -> bool {
    let there: BTreeSet<u32> = document.objects.keys().map(|(number, _)| *number).collect();
    document.reference_table.entries.iter().all(|(number, entry)| match entry {
        XrefEntry::Normal { .. } | XrefEntry::Compressed { .. } => there.contains(number),
        XrefEntry::Free | XrefEntry::UnusableFree => true,
    })
}

/// A file that is being read.
struct Reading<'a> {
    document: &'a Document,
    /// What is said beside the pages.
    beside: String,
    /// Bytes that may still be unpacked.
    left: usize,
    /// Names of fonts that may still be looked up.
    font_names_left: usize,
    /// How the bytes of a text are characters in each font that was asked for, by its place.
    encodings: BTreeMap<*const Dictionary, Encoding<'a>>,
}

impl<'a> Reading<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            beside: String::new(),
            left: UNPACKED_BYTES_MAX,
            font_names_left: FONT_NAMES_MAX,
            encodings: BTreeMap::new(),
        }
    }

    /// Gathers what is said beside the pages: every text there is, whatever it is for. Nothing
    /// where something is there that cannot be read.
    fn collect(&mut self, object: &Object, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match object {
            Object::Array(all) => all.iter().try_for_each(|it| self.collect(it, depth)),
            Object::Dictionary(it) => self.collect_all(it, depth),
            Object::Stream(stream) => {
                let is = |key: &[u8], value: &[u8]| {
                    stream.dict.get(key).and_then(Object::as_name).is_ok_and(|name| name == value)
                };
                // What is drawn by them is not looked into.
                if is(b"Subtype", b"Image") || is(b"Subtype", b"Form") {
                    return None;
                }
                if is(b"Type", b"Metadata") {
                    let xml = stream.decompressed_content_with_limit(self.left).ok()?;
                    self.left = self.left.checked_sub(xml.len())?;
                    let (text, attributes) = office::text(std::str::from_utf8(&xml).ok()?)?;
                    self.beside.extend([text, attributes]);
                }
                self.collect_all(&stream.dict, depth)
            }
            Object::String(bytes, format) if is_text(bytes, *format) => {
                self.beside.push_str(&decode_text_string(object).ok()?);
                self.beside.push('\n');
                (self.beside.len() <= TEXT_BYTES_MAX).then_some(())
            }
            _ => Some(()),
        }
    }

    fn collect_all(&mut self, it: &Dictionary, depth: usize) -> Option<()> {
        let is_drawn_font =
            it.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type3");
        if is_drawn_font || HOLDS_MORE.iter().any(|key| it.has(key)) {
            return None;
        }
        it.iter().try_for_each(|(_, value)| self.collect(value, depth))
    }

    /// What draws a page.
    fn operations(&mut self, page: ObjectId) -> Option<Vec<Operation>> {
        let mut content = Vec::new();
        for stream in self.document.get_page_contents(page) {
            let stream = self.document.get_object(stream).and_then(Object::as_stream).ok()?;
            let room = PAGE_BYTES_MAX.checked_sub(content.len())?;
            let unpacked = stream.decompressed_content_with_limit(room).ok()?;
            // What was not packed is handed over whatever its length.
            room.checked_sub(unpacked.len())?;
            self.left = self.left.checked_sub(unpacked.len())?;
            content.extend(unpacked);
            content.push(b'\n');
        }
        Some(Content::decode_strict(&content).ok()?.operations)
    }

    /// The words of a page twice: with a space where something stands further on in the line, and
    /// without, since each letter of a word can have a place of its own.
    fn page_text(&mut self, page: ObjectId) -> Option<(String, String)> {
        let fonts = self.document.get_page_fonts(page).ok()?;
        self.font_names_left = self.font_names_left.checked_sub(fonts.len())?;
        let mut shown = Shown::default();
        let (mut font, mut fonts_before) = (None, Vec::new());
        for operation in self.operations(page)? {
            let Operation { operator, operands } = operation;
            match operator.as_str() {
                // A picture in the line.
                "BI" | "ID" | "EI" | "Do" => return None,
                "q" => fonts_before.push(font),
                "Q" => font = fonts_before.pop()?,
                "Tf" => {
                    let named = *fonts.get(operands.first()?.as_name().ok()?)?;
                    self.ask(named)?;
                    font = Some(ptr::from_ref(named));
                }
                "Tj" | "'" | "\"" | "TJ" => {
                    if matches!(operator.as_str(), "'" | "\"") {
                        shown.new_line();
                    }
                    shown.show(self.encodings.get(&font?)?, operands.last()?)?;
                }
                "T*" | "ET" => shown.new_line(),
                "Td" | "TD" => shown.moved(operands.last()?.as_float().ok()?),
                "Tm" => shown.placed(operands.last()?.as_float().ok()?),
                // Text within marks can be another than what is shown; both are looked at.
                "BDC" | "DP" => {
                    if let Some(Object::Dictionary(it)) = operands.last() {
                        self.collect_all(it, DEPTH_MAX)?;
                    }
                }
                _ => (),
            }
        }
        let are_shown = ![&shown.apart, &shown.close].iter().any(|it| it.contains('\u{fffd}'));
        are_shown.then_some((shown.apart, shown.close))
    }

    /// Asks a font once how its bytes are characters.
    fn ask(&mut self, font: &'a Dictionary) -> Option<()> {
        let place = ptr::from_ref(font);
        if !self.encodings.contains_key(&place) {
            if self.encodings.len() == FONTS_MAX {
                return None;
            }
            self.encodings.insert(place, known_encoding(font, self.document)?);
        }
        Some(())
    }
}

/// Whether bytes are meant to be read: what is written in digits may be a mark of the file's own.
fn is_text(bytes: &[u8], format: StringFormat) -> bool {
    match format {
        StringFormat::Literal => true,
        StringFormat::Hexadecimal => {
            bytes.starts_with(b"\xfe\xff") || bytes.iter().all(|it| matches!(it, b' '..=b'~'))
        }
    }
}

/// How many codes the ranges of a font's list of characters hold, each of which is noted apart;
/// nothing where that is not said as it is everywhere.
pub(super) fn codes_in(list: &[u8]) -> Option<u64> {
    let list = String::from_utf8_lossy(list);
    let mut codes = 0_u64;
    for section in list.split("beginbfrange").skip(1) {
        let (section, _) = section.split_once("endbfrange")?;
        let mut rest = section.trim();
        while !rest.is_empty() {
            let (low, after) = code(rest)?;
            let (high, after) = code(after)?;
            codes = codes.checked_add(high.checked_sub(low)?)?.checked_add(1)?;
            let end = if after.starts_with('[') { ']' } else { '>' };
            rest = after.split_once(end)?.1.trim_start();
        }
    }
    Some(codes)
}

/// A code in sharp brackets, and what follows it.
fn code(text: &str) -> Option<(u64, &str)> {
    let (digits, rest) = text.strip_prefix('<')?.split_once('>')?;
    let digits: String = digits.split_whitespace().collect();
    Some((u64::from_str_radix(&digits, 16).ok()?, rest.trim_start()))
}

/// How the bytes of a text are characters, if the font says so itself.
fn known_encoding<'a>(font: &'a Dictionary, document: &'a Document) -> Option<Encoding<'a>> {
    if let Ok(list) = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream) {
        let list = list.decompressed_content_with_limit(MAP_BYTES_MAX).ok()?;
        if MAP_BYTES_MAX < list.len() || CODES_MAX < codes_in(&list)? {
            return None;
        }
    }
    let encoding = font.get_font_encoding_with_limit(document, MAP_BYTES_MAX).ok()?;
    let named = font.get(b"Encoding").and_then(Object::as_name);
    match encoding {
        Encoding::UnicodeMapEncoding(_) => Some(encoding),
        Encoding::OneByteEncoding(_) if named.is_ok_and(|it| KNOWN_ENCODINGS.contains(&it)) => {
            Some(encoding)
        }
        _ => None,
    }
}

/// What was shown of a page so far.
#[derive(Default)]
struct Shown {
    apart: String,
    close: String,
    height: f32,
}

impl Shown {
    fn new_line(&mut self) {
        for text in [&mut self.apart, &mut self.close] {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
        }
    }

    fn space(&mut self) {
        if !self.apart.ends_with([' ', '\n']) {
            self.apart.push(' ');
        }
    }

    fn moved(&mut self, up: f32) {
        if up == 0.0 { self.space() } else { self.new_line() }
    }

    fn placed(&mut self, height: f32) {
        self.moved(height - self.height);
        self.height = height;
    }

    fn show(&mut self, encoding: &Encoding<'_>, operand: &Object) -> Option<()> {
        match operand {
            Object::Array(all) => all.iter().try_for_each(|it| self.show(encoding, it)),
            Object::String(bytes, _) => {
                let text = Document::decode_text(encoding, bytes).ok()?;
                self.apart.push_str(&text);
                self.close.push_str(&text);
                Some(())
            }
            number => {
                if number.as_float().ok()? < -SPACE {
                    self.space();
                }
                Some(())
            }
        }
    }
}
