//! The words of PDF files, page by page, where all that is shown is text in fonts that say which
//! characters they show.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId};

use super::{Place, UNPACKED_BYTES_MAX, Words, office};

/// Bytes that one stream may unpack to.
const STREAM_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How deep objects lie in one another.
const DEPTH_MAX: usize = 50;

/// Keys of texts that people read beside the pages: titles, notes, alternative texts, links.
const READ_BY_PEOPLE: [&[u8]; 14] = [
    b"Title",
    b"Author",
    b"Subject",
    b"Keywords",
    b"Creator",
    b"Contents",
    b"T",
    b"V",
    b"TU",
    b"DV",
    b"Alt",
    b"ActualText",
    b"E",
    b"URI",
];

/// Keys of what holds more than can be read: files, forms, programs.
const HOLDS_MORE: [&[u8]; 6] = [b"EF", b"AcroForm", b"XFA", b"JS", b"RichMedia", b"PatternType"];

/// Encodings whose characters are known without asking the font.
const KNOWN_ENCODINGS: [&[u8]; 2] = [b"WinAnsiEncoding", b"MacRomanEncoding"];

/// In thousandths of a letter's height: further apart than this there is a space.
const SPACE: f32 = 180.0;

/// The words of each page, and what is said beside them.
pub(super) fn pages(bytes: &[u8]) -> Option<Words> {
    let options =
        LoadOptions { max_decompressed_size: Some(STREAM_BYTES_MAX), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    if document.is_encrypted() || document.was_encrypted() {
        return None;
    }
    let mut beside = String::new();
    for object in document.objects.values() {
        collect(object, &mut beside, DEPTH_MAX)?;
    }
    let mut left = UNPACKED_BYTES_MAX;
    let mut words = Words::new();
    for (at, page) in document.get_pages() {
        let (apart, close) = page_text(&document, page, &mut left)?;
        let place = Place::Page(usize::try_from(at).ok()?);
        words.push((place.clone(), apart));
        words.push((place, close));
    }
    // Pages without a word show something else.
    if words.iter().all(|(_, text)| text.trim().is_empty()) {
        return None;
    }
    words.push((Place::Beside, beside));
    Some(words)
}

/// Gathers what is said beside the pages; nothing where something is there that cannot be read.
fn collect(object: &Object, beside: &mut String, depth: usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match object {
        Object::Array(all) => all.iter().try_for_each(|it| collect(it, beside, depth)),
        Object::Dictionary(it) => in_dictionary(it, beside, depth),
        Object::Stream(stream) => {
            let is = |key: &[u8], value: &[u8]| {
                stream.dict.get(key).and_then(Object::as_name).is_ok_and(|name| name == value)
            };
            // What is drawn by them is not looked into.
            if is(b"Subtype", b"Image") || is(b"Subtype", b"Form") {
                return None;
            }
            if is(b"Type", b"Metadata") {
                let xml = stream.decompressed_content_with_limit(STREAM_BYTES_MAX).ok()?;
                let (text, attributes) = office::text(std::str::from_utf8(&xml).ok()?)?;
                beside.extend([text, attributes]);
            }
            in_dictionary(&stream.dict, beside, depth)
        }
        _ => Some(()),
    }
}

fn in_dictionary(it: &Dictionary, beside: &mut String, depth: usize) -> Option<()> {
    let is_drawn_font =
        it.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type3");
    if is_drawn_font || HOLDS_MORE.iter().any(|key| it.has(key)) {
        return None;
    }
    for (key, value) in it {
        if READ_BY_PEOPLE.contains(&key.as_slice()) && value.as_str().is_ok() {
            beside.push_str(&lopdf::decode_text_string(value).ok()?);
            beside.push('\n');
        }
        collect(value, beside, depth)?;
    }
    Some(())
}

/// The words of a page twice: with a space where something stands further on in the line, and
/// without, since each letter of a word can have a place of its own.
fn page_text(document: &Document, page: ObjectId, left: &mut usize) -> Option<(String, String)> {
    let mut content = Vec::new();
    for stream in document.get_page_contents(page) {
        let stream = document.get_object(stream).and_then(Object::as_stream).ok()?;
        let unpacked = stream.decompressed_content_with_limit(STREAM_BYTES_MAX).ok()?;
        *left = left.checked_sub(unpacked.len())?;
        content.extend(unpacked);
        content.push(b'\n');
    }
    let operations = Content::decode_strict(&content).ok()?.operations;
    let fonts = document.get_page_fonts(page).ok()?;
    let mut shown = Shown::default();
    let mut encoding = None;
    for operation in &operations {
        let Operation { operator, operands } = operation;
        match operator.as_str() {
            // A picture in the line.
            "BI" | "ID" | "EI" | "Do" => return None,
            "Tf" => {
                let font = fonts.get(operands.first()?.as_name().ok()?)?;
                encoding = Some(known_encoding(font, document)?);
            }
            "Tj" | "'" | "\"" | "TJ" => {
                if matches!(operator.as_str(), "'" | "\"") {
                    shown.new_line();
                }
                shown.show(encoding.as_ref()?, operands.last()?)?;
            }
            "T*" | "ET" => shown.new_line(),
            "Td" | "TD" => shown.moved(operands.last()?.as_float().ok()?),
            "Tm" => shown.placed(operands.last()?.as_float().ok()?),
            // Text within marks can be another than what is shown; both are looked at.
            "BDC" | "DP" => {
                if let Some(Object::Dictionary(it)) = operands.last() {
                    in_dictionary(it, &mut shown.apart, DEPTH_MAX)?;
                }
            }
            _ => (),
        }
    }
    let are_shown = ![&shown.apart, &shown.close].iter().any(|it| it.contains('\u{fffd}'));
    are_shown.then_some((shown.apart, shown.close))
}

/// How the bytes of a text are characters, if the font says so itself.
fn known_encoding<'a>(font: &'a Dictionary, document: &'a Document) -> Option<Encoding<'a>> {
    let encoding = font.get_font_encoding_with_limit(document, STREAM_BYTES_MAX).ok()?;
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
