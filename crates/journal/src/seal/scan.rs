//! Finding the personal values in an event's JSON, and the texts that surround them.
//!
//! The JSON comes from serde without white space, and `domain::Erasable` has two forms:
//! `{"$personal":{"about":"…","value":…}}` and `{"$erased":{"about":"…"}}`, each with or without
//! `about`. So the scan can go by the text; what a person wrote is in strings, whose quotes are
//! escaped, and never mistaken for a mark.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use memchr::memchr2;
use uuid::Uuid;

/// What stands in the open JSON for a personal value.
pub(crate) const HOLE: &[u8] = b"null";
/// What follows a personal value.
pub(crate) const CLOSING: &[u8] = b"}}";

const PERSONAL: &[u8] = b"{\"$personal\":{";
const ABOUT: &[u8] = b"\"about\":\"";
const VALUE: &[u8] = b"\"value\":";
const ERASED: &[u8] = b"{\"$erased\":{";
/// The length of an identifier's text.
const UUID_TEXT: usize = 36;

/// A personal value in a JSON text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PersonalValue {
    /// Whose key seals it; the stream's own key when absent.
    pub(crate) about: Option<Uuid>,
    /// Where the value itself stands.
    pub(crate) value: Range<usize>,
}

/// The surroundings of a personal value are not what they were written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Why the personal values of an event could not be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanError {
    /// A node marked personal is not of the form `domain::Erasable` gives it.
    Malformed {
        /// Byte in the event's JSON.
        at: usize,
    },
    /// A personal value stands within another, so that they could not be erased apart.
    Nested {
        /// Byte in the event's JSON.
        at: usize,
    },
}

impl fmt::Display for ScanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { at } => {
                write!(f, "the personal value at byte {at} does not look like an Erasable")
            }
            Self::Nested { at } => {
                write!(f, "the personal value at byte {at} stands within another")
            }
        }
    }
}

impl Error for ScanError {}

/// Every personal value in `json`, in order.
pub(crate) fn personal_values(json: &[u8]) -> Result<Vec<PersonalValue>, ScanError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => at = string_end(json, at).ok_or(ScanError::Malformed { at })?,
            b'{' if json[at..].starts_with(PERSONAL) => {
                let node = personal_value(json, at)?;
                at = node.value.end + CLOSING.len();
                found.push(node);
            }
            _ => at += 1,
        }
    }
    Ok(found)
}

fn personal_value(json: &[u8], start: usize) -> Result<PersonalValue, ScanError> {
    let malformed = ScanError::Malformed { at: start };
    let mut at = start + PERSONAL.len();
    let mut about = None;
    if json[at..].starts_with(ABOUT) {
        let text = at + ABOUT.len();
        let uuid = json.get(text..text + UUID_TEXT).and_then(|it| Uuid::try_parse_ascii(it).ok());
        about = Some(uuid.ok_or(malformed)?);
        at = text + UUID_TEXT;
        at += json[at..].starts_with(b"\",").then_some(2).ok_or(malformed)?;
    }
    at += json[at..].starts_with(VALUE).then_some(VALUE.len()).ok_or(malformed)?;
    let end = value_end(json, at)?;
    if json[end..].starts_with(CLOSING) {
        Ok(PersonalValue { about, value: at..end })
    } else {
        Err(malformed)
    }
}

/// The end of the JSON value that begins at `start`.
fn value_end(json: &[u8], start: usize) -> Result<usize, ScanError> {
    let mut depth = 0_u32;
    let mut at = start;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => {
                at = string_end(json, at).ok_or(ScanError::Malformed { at })?;
                continue;
            }
            b'{' if json[at..].starts_with(PERSONAL) || json[at..].starts_with(ERASED) => {
                return Err(ScanError::Nested { at });
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => return Ok(at),
            b'}' | b']' => depth -= 1,
            _ => (),
        }
        at += 1;
    }
    Err(ScanError::Malformed { at: start })
}

/// The byte after the string that begins at `start`.
fn string_end(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr2(b'"', b'\\', json.get(at..)?)?;
        match json[at] {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}

/// `open` without the opening of a personal node at its end.
pub(crate) fn strip_opening(open: &[u8], about: Option<Uuid>) -> Result<&[u8], Malformed> {
    let mut rest = open.strip_suffix(VALUE).ok_or(Malformed)?;
    if let Some(about) = about {
        rest = rest.strip_suffix(b"\",").ok_or(Malformed)?;
        rest = rest.strip_suffix(uuid_text(about).as_slice()).ok_or(Malformed)?;
        rest = rest.strip_suffix(ABOUT).ok_or(Malformed)?;
    }
    rest.strip_suffix(PERSONAL).ok_or(Malformed)
}

/// Adds an erased node to `json`.
pub(crate) fn push_erased(json: &mut Vec<u8>, about: Option<Uuid>) {
    json.extend_from_slice(ERASED);
    if let Some(about) = about {
        json.extend_from_slice(ABOUT);
        json.extend_from_slice(&uuid_text(about));
        json.push(b'"');
    }
    json.extend_from_slice(CLOSING);
}

fn uuid_text(uuid: Uuid) -> [u8; UUID_TEXT] {
    let mut text = [0; UUID_TEXT];
    uuid.hyphenated().encode_lower(&mut text);
    text
}
