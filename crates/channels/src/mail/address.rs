//! An e-mail address that is safe to write into a header and is never shown by accident.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// Characters in an address, RFC 5321.
const CHARACTERS_MAX: usize = 254;

/// An e-mail address in ASCII. It is personal data: `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(lettre::Address);

impl Address {
    /// The address in full, for where it must be shown or stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    /// What stands after the `@`.
    pub(super) fn domain(&self) -> &str {
        self.0.domain()
    }

    pub(super) fn to_mailbox(&self) -> lettre::message::Mailbox {
        lettre::message::Mailbox::new(None, self.0.clone())
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.chars().any(char::is_control) {
            return Err(NotAnAddress::ControlCharacter);
        }
        if !text.is_ascii() {
            return Err(NotAnAddress::NotAscii);
        }
        if CHARACTERS_MAX < text.len() {
            return Err(NotAnAddress::TooLong);
        }
        text.parse().map(Self).map_err(|_| NotAnAddress::Malformed)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(..)")
    }
}

/// Why a text is not an address mail can be sent to. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAnAddress {
    /// It holds a line break or another control character, which could forge a header.
    ControlCharacter,
    /// It holds letters outside ASCII, which many mail servers refuse.
    NotAscii,
    /// It has more than 254 characters.
    TooLong,
    /// It is not of the form `name@example.org`.
    Malformed,
}

impl fmt::Display for NotAnAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ControlCharacter => {
                write!(f, "an address cannot hold line breaks or other control characters")
            }
            Self::NotAscii => write!(
                f,
                "an address is written in ASCII; a domain with other letters in its xn-- form"
            ),
            Self::TooLong => write!(f, "an address has at most {CHARACTERS_MAX} characters"),
            Self::Malformed => write!(f, "an address has the form name@example.org"),
        }
    }
}

impl Error for NotAnAddress {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_address_is_kept_as_written() {
        for text in ["ola.nordmann@example.org", "post+avvik@sub.example.no", "a@xn--brum-voa.no"] {
            assert_eq!(text.parse::<Address>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_could_forge_a_header_is_refused() {
        for text in ["a@example.org\r\nBcc: b@example.org", "a\n@example.org", "a\0@example.org"] {
            assert_eq!(text.parse::<Address>(), Err(NotAnAddress::ControlCharacter), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "a".repeat(243));
        for (text, problem) in [
            ("", NotAnAddress::Malformed),
            ("ola", NotAnAddress::Malformed),
            ("ola@", NotAnAddress::Malformed),
            ("@example.org", NotAnAddress::Malformed),
            ("ola @example.org", NotAnAddress::Malformed),
            ("Ola <ola@example.org>", NotAnAddress::Malformed),
            ("a@example.org,b@example.org", NotAnAddress::Malformed),
            ("øla@example.org", NotAnAddress::NotAscii),
            (&long, NotAnAddress::TooLong),
        ] {
            assert_eq!(text.parse::<Address>(), Err(problem), "{text}");
        }
    }

    #[test]
    fn an_address_is_not_shown_by_accident() {
        let address: Address = "ola@example.org".parse().unwrap();
        assert_eq!(format!("{address:?}"), "Address(..)");
    }
}
