//! Writes XML into memory: elements within elements, and texts that are never markup.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document that is being written.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Writes a document.
    pub(super) fn document(
        root: &str,
        attributes: &[(&str, &str)],
        write: impl FnOnce(&mut Self),
    ) -> Vec<u8> {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.within_with(root, attributes, write);
        let mut bytes = xml.0.into_inner();
        bytes.push(b'\n');
        bytes
    }

    /// An element with others in it.
    pub(super) fn within(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.within_with(name, &[], write);
    }

    /// The same, with attributes.
    pub(super) fn within_with(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        write: impl FnOnce(&mut Self),
    ) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
        write(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds a text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let legible: String = text.chars().map(legible).collect();
        self.event(Event::Start(BytesStart::new(name)));
        self.event(Event::Text(BytesText::new(&legible)));
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// The same, where there is a text.
    pub(super) fn maybe(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn event(&mut self, event: Event<'_>) {
        let written: io::Result<()> = self.0.write_event(event);
        written.expect("writing to memory does not fail");
    }
}

/// The character, or the mark for one that XML 1.0 has no place for.
fn legible(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{1_0000}'..='\u{10_FFFF}' => character,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_markup_and_never_breaks_the_document() {
        let bytes = Xml::document("a", &[("x", "\"<")], |xml| xml.text("b", "</b>&\u{0}\u{1B}æ"));
        let text = String::from_utf8(bytes).expect("it is UTF-8");
        let wanted = "<b>&lt;/b&gt;&amp;\u{FFFD}\u{FFFD}æ</b>";
        assert!(text.contains(wanted), "{text}");
        assert!(text.contains("x=\"&quot;&lt;\""), "{text}");
    }
}
