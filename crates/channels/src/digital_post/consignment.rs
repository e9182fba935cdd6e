//! A letter as it is given to a carrier of digital post.

use std::fmt;

use uuid::Uuid;

/// Characters of a title.
pub const TITLE_CHARACTERS_MAX: usize = 1000;

/// Characters of a reference.
const REFERENCE_CHARACTERS_MAX: usize = 100;

/// What the carrier calls a letter.
pub type ConsignmentId = Uuid;

/// What we call a letter, by which the carrier finds it again. The same each time the same letter
/// is sent to the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(String);

/// It is empty, longer than a reference may be, or holds other characters than letters, digits,
/// `-`, `.` and `_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAReference;

impl fmt::Display for NotAReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a reference is 1 to {REFERENCE_CHARACTERS_MAX} letters, digits, -, . and _")
    }
}

impl std::error::Error for NotAReference {}

impl Reference {
    /// A reference of these characters.
    pub fn new(text: impl Into<String>) -> Result<Self, NotAReference> {
        let text = text.into();
        let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '_');
        let fits = !text.is_empty() && text.len() <= REFERENCE_CHARACTERS_MAX;
        if fits && text.chars().all(is_plain) { Ok(Self(text)) } else { Err(NotAReference) }
    }

    /// Its characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whom a letter is for.
#[derive(Clone, PartialEq, Eq)]
pub struct Addressee {
    /// What they are called.
    pub name: String,
    /// By which their mailbox is found. Without it the letter is printed.
    pub identity_number: Option<String>,
    /// Street or box, a line each.
    pub lines: Vec<String>,
    /// Postcode.
    pub postcode: String,
    /// Place.
    pub place: String,
    /// Country, if it is another.
    pub country: Option<String>,
}

/// A letter to one person: always one that can be printed too.
#[derive(Clone, PartialEq, Eq)]
pub struct Consignment {
    /// By which it is found again.
    pub reference: Reference,
    /// What the notice says that somebody gets of it, at most [`TITLE_CHARACTERS_MAX`]: nothing
    /// that others may not read over a shoulder.
    pub title: String,
    /// Whom it is for.
    pub to: Addressee,
    /// What the file is called, in letters, digits, `-` and `.`.
    pub file_name: String,
    /// The letter itself, a PDF file.
    pub pdf: Vec<u8>,
}

/// Who people are stays out of logs.
impl fmt::Debug for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Addressee(..)")
    }
}

/// What a letter says stays out of logs.
impl fmt::Debug for Consignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consignment").field("reference", &self.reference).finish_non_exhaustive()
    }
}

/// How far a letter came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// The carrier has it.
    OnItsWay,
    /// It was read, lies in a mailbox they chose, or was printed and posted.
    Arrived,
    /// It cannot be delivered, or somebody has to see to it.
    NotDelivered,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_plain() {
        assert_eq!(Reference::new("avvik-0a.1_b").unwrap().as_str(), "avvik-0a.1_b");
        assert!(Reference::new("a".repeat(100)).is_ok());
        for wrong in ["", "a b", "a&b", "å", &"a".repeat(101)] {
            assert_eq!(Reference::new(wrong), Err(NotAReference), "{wrong:?}");
        }
    }
}
