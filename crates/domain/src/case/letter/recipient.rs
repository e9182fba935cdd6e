//! Who gets a letter: what is on the list, which is kept as a file and not in the log.

use serde::{Deserialize, Serialize};

use super::Language;
use crate::duty::Jurisdiction;
use crate::identity_number;
use crate::invisible::says_nothing;

/// Lines of an address, without postcode and place: the window of an envelope has room for two
/// more.
pub const ADDRESS_LINES_MAX: usize = 4;

/// Characters of any one field.
pub const FIELD_CHARACTERS_MAX: usize = 200;

/// Somebody a letter goes to.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Recipient {
    /// What they are called.
    pub name: String,
    /// Street or box, a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// Postcode.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// Place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Country, if it is not the organisation's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// National identity number, by which a carrier of digital post finds their mailbox: eleven
    /// digits. On the list alone, and in no letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_number: Option<String>,
    /// Mail address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// In which language they get it, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether their address is protected ("kode 6" or "kode 7").
    #[serde(default)]
    pub is_protected: bool,
}

/// Who people are stays out of logs.
impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recipient")
            .field("is_protected", &self.is_protected)
            .finish_non_exhaustive()
    }
}

/// A recipient with the number they keep on every later version of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// Counts from 1, and is never given to anybody else.
    pub number: u32,
    /// Who.
    pub recipient: Recipient,
}

/// What keeps somebody from being put on a list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
pub enum Flaw {
    /// No name is given.
    NoName,
    /// A field is longer than any is.
    TooLong,
    /// There are more lines than the window of an envelope shows.
    TooManyLines,
    /// The mail address can be none.
    NoMailAddress,
    /// The language is none that letters are written in.
    LanguageUnknown,
    /// Whether the address is protected was answered with neither yes nor no.
    NeitherYesNorNo,
    /// Somebody's identity number stands in it: no letter needs one.
    IdentityNumber,
    /// What stands as an identity number is none.
    NoIdentityNumber,
    /// What stands as a postcode is none of the organisation's own country, and no other is given.
    NoPostcode,
}

impl Recipient {
    /// Everything that keeps them from being put on a list of an organisation there.
    #[must_use]
    pub fn flaws(&self, home: Jurisdiction) -> Vec<Flaw> {
        let Self { name, lines, postcode, place, country, email, .. } = self;
        let fields = [name, postcode, place, country, email];
        let fields: Vec<&String> = fields.into_iter().chain(lines).collect();
        let is_long = |it: &&String| FIELD_CHARACTERS_MAX < it.chars().count();
        let is_bad = |it: &&String| identity_number::is_in(it);
        let is_none = |it: &String| !identity_number::is_norwegian(it);
        let is_at_home = !postcode.is_empty() && country.is_empty();
        let found = [
            (says_nothing(name), Flaw::NoName),
            (fields.iter().any(is_long), Flaw::TooLong),
            (ADDRESS_LINES_MAX < lines.len(), Flaw::TooManyLines),
            (!email.is_empty() && !could_be_email(email), Flaw::NoMailAddress),
            (fields.iter().any(is_bad), Flaw::IdentityNumber),
            (self.identity_number.as_ref().is_some_and(is_none), Flaw::NoIdentityNumber),
            (is_at_home && !is_postcode(postcode, home), Flaw::NoPostcode),
        ];
        found.into_iter().filter_map(|(is_so, flaw)| is_so.then_some(flaw)).collect()
    }

    /// Whether a letter on paper finds them.
    #[must_use]
    pub fn has_address(&self) -> bool {
        !self.postcode.is_empty() && !self.place.is_empty()
    }

    /// What stands in the window of the envelope, a line each.
    #[must_use]
    pub fn envelope(&self) -> Vec<String> {
        let place = format!("{} {}", self.postcode, self.place).trim().to_owned();
        let lines = std::iter::once(&self.name).chain(&self.lines);
        lines.chain([&place, &self.country]).filter(|it| !it.is_empty()).cloned().collect()
    }
}

/// Whether it is built like a postcode there: four digits in Norway; five in Sweden, in groups or
/// not.
fn is_postcode(text: &str, home: Jurisdiction) -> bool {
    let digits: String = match home {
        Jurisdiction::No => text.to_owned(),
        Jurisdiction::Se => text.split_whitespace().collect(),
    };
    let wanted = match home {
        Jurisdiction::No => 4,
        Jurisdiction::Se => 5,
    };
    digits.len() == wanted && digits.bytes().all(|it| it.is_ascii_digit())
}

/// Whether it is built like a mail address; the channel looks closer.
fn could_be_email(text: &str) -> bool {
    let is_plain = !text.chars().any(|it| it.is_whitespace() || it.is_control());
    let parts = text.rsplit_once('@').filter(|(name, _)| !name.is_empty());
    is_plain && parts.is_some_and(|(_, domain)| domain.contains('.') && !domain.ends_with('.'))
}
