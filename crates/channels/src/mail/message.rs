//! What is sent, and its form on the wire: a plain text in UTF-8.

use std::error::Error;
use std::fmt;
use std::time::SystemTime;

use chrono::{DateTime, Datelike, Utc};
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};

use super::Address;

/// Recipients of one message.
pub const RECIPIENTS_MAX: usize = 50;

/// Characters in a subject.
pub const SUBJECT_CHARACTERS_MAX: usize = 200;

/// Bytes in the text of a message.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;

const ID_CHARACTERS_MAX: usize = 100;

/// One mail. All recipients see each other, and one that the server refuses holds it back from
/// the rest: where either matters, each gets a message of their own.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The same however often the message is sent, so that a repeat is recognisable.
    pub id: MessageId,
    /// Who gets it: 1 to [`RECIPIENTS_MAX`].
    pub to: Vec<Address>,
    /// One line of at most [`SUBJECT_CHARACTERS_MAX`].
    pub subject: String,
    /// At most [`TEXT_BYTES_MAX`], with any line endings.
    pub text: String,
    /// What its date says: when it was written, also where it leaves later.
    pub sent_at: DateTime<Utc>,
}

/// What tells a message from every other this house sends: the left part of its Message-ID, and
/// the name of its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// The identifier, if it can be one: 1 to 100 letters, digits and hyphens of ASCII.
    pub fn new(id: impl Into<String>) -> Result<Self, NotAMessageId> {
        let id = id.into();
        let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let fits = (1..=ID_CHARACTERS_MAX).contains(&id.len());
        if plain && fits { Ok(Self(id)) } else { Err(NotAMessageId) }
    }

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text cannot identify a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAMessageId;

impl fmt::Display for NotAMessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a message id is 1 to {ID_CHARACTERS_MAX} letters, digits and hyphens")
    }
}

impl Error for NotAMessageId {}

/// Why a message can never be sent as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageProblem {
    /// It is for nobody, or for more than [`RECIPIENTS_MAX`].
    Recipients,
    /// The subject holds a line break or another control character, which could forge a header.
    ControlCharacterInSubject,
    /// The subject has more than [`SUBJECT_CHARACTERS_MAX`] characters.
    SubjectTooLong,
    /// The text has more than [`TEXT_BYTES_MAX`] bytes.
    TextTooLong,
    /// The date is outside the years 1970 to 9999, which a header can say.
    Date,
}

impl fmt::Display for MessageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recipients => write!(f, "a message has 1 to {RECIPIENTS_MAX} recipients"),
            Self::ControlCharacterInSubject => {
                write!(f, "a subject cannot hold line breaks or other control characters")
            }
            Self::SubjectTooLong => {
                write!(f, "a subject has at most {SUBJECT_CHARACTERS_MAX} characters")
            }
            Self::TextTooLong => {
                write!(f, "the text of a message has at most {TEXT_BYTES_MAX} bytes")
            }
            Self::Date => write!(f, "the date of a message is within the years 1970 to 9999"),
        }
    }
}

impl Error for MessageProblem {}

impl Message {
    /// The message as it goes over the wire, with who hands it over and to whom.
    pub(super) fn compose(&self, from: &Address) -> Result<lettre::Message, MessageProblem> {
        self.check()?;
        let mut builder = lettre::Message::builder()
            .message_id(Some(format!("<{}@{}>", self.id.0, from.domain())))
            .date(SystemTime::from(self.sent_at))
            .from(from.to_mailbox())
            .subject(self.subject.as_str())
            // RFC 3834: no absence notice should come back.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN);
        for recipient in &self.to {
            builder = builder.to(recipient.to_mailbox());
        }
        let composed = builder.body(self.text.clone());
        Ok(composed.expect("a sender and a recipient were set, and a text can be encoded"))
    }

    fn check(&self) -> Result<(), MessageProblem> {
        if !(1..=RECIPIENTS_MAX).contains(&self.to.len()) {
            return Err(MessageProblem::Recipients);
        }
        if self.subject.chars().any(char::is_control) {
            return Err(MessageProblem::ControlCharacterInSubject);
        }
        if SUBJECT_CHARACTERS_MAX < self.subject.chars().count() {
            return Err(MessageProblem::SubjectTooLong);
        }
        if TEXT_BYTES_MAX < self.text.len() {
            return Err(MessageProblem::TextTooLong);
        }
        if !(1970..=9999).contains(&self.sent_at.year()) {
            return Err(MessageProblem::Date);
        }
        Ok(())
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn message() -> Message {
        Message {
            id: MessageId::new("notice-17").unwrap(),
            to: vec!["ombud@example.org".parse().unwrap()],
            subject: "Ny sak 2026/17".to_owned(),
            text: "En ny sak venter.\nhttps://avvik.example.org/cases/17\n".to_owned(),
            sent_at: "2026-03-27T14:30:05Z".parse().unwrap(),
        }
    }

    pub(crate) fn sender() -> Address {
        "avvik@kommune.example.org".parse().unwrap()
    }

    fn composed(message: &Message) -> String {
        String::from_utf8(message.compose(&sender()).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_message_carries_its_own_id_and_date_and_says_it_is_automatic() {
        let composed = composed(&message());
        for header in [
            "Message-ID: <notice-17@kommune.example.org>\r\n",
            "Date: Fri, 27 Mar 2026 14:30:05 +0000\r\n",
            "From: avvik@kommune.example.org\r\n",
            "To: ombud@example.org\r\n",
            "Subject: Ny sak 2026/17\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "MIME-Version: 1.0\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
        ] {
            assert!(composed.contains(header), "{header} in {composed}");
        }
        assert!(composed.ends_with("\r\nhttps://avvik.example.org/cases/17\r\n"), "{composed}");
    }

    #[test]
    fn composing_twice_gives_the_same_bytes() {
        assert_eq!(composed(&message()), composed(&message()));
    }

    #[test]
    fn norwegian_letters_go_out_in_ascii() {
        let subject = "Frist nærmer seg for sak på Åsen".to_owned();
        let text = "Blåbærsyltetøy\n".to_owned();
        assert!(composed(&Message { subject, text, ..message() }).is_ascii());
    }

    #[test]
    fn a_subject_cannot_forge_a_header() {
        for subject in ["Sak\r\nBcc: x@example.org", "Sak\n", "Sak\r", "Sak\0", "Sak\u{85}x"] {
            let forged = Message { subject: subject.to_owned(), ..message() };
            let problem = forged.compose(&sender()).unwrap_err();
            assert_eq!(problem, MessageProblem::ControlCharacterInSubject, "{subject:?}");
        }
    }

    #[test]
    fn a_message_has_bounds() {
        let ombud = message().to[0].clone();
        let whole = Message {
            to: vec![ombud.clone(); RECIPIENTS_MAX],
            subject: "ø".repeat(SUBJECT_CHARACTERS_MAX),
            text: "x".repeat(TEXT_BYTES_MAX),
            ..message()
        };
        assert!(whole.compose(&sender()).is_ok());
        let at = |instant: &str| instant.parse().unwrap();
        for (message, problem) in [
            (Message { to: Vec::new(), ..message() }, MessageProblem::Recipients),
            (
                Message { to: vec![ombud; RECIPIENTS_MAX + 1], ..message() },
                MessageProblem::Recipients,
            ),
            (
                Message { subject: "x".repeat(SUBJECT_CHARACTERS_MAX + 1), ..message() },
                MessageProblem::SubjectTooLong,
            ),
            (
                Message { text: "x".repeat(TEXT_BYTES_MAX + 1), ..message() },
                MessageProblem::TextTooLong,
            ),
            (Message { sent_at: at("1969-12-31T23:59:59Z"), ..message() }, MessageProblem::Date),
            (Message { sent_at: at("+10000-01-01T00:00:00Z"), ..message() }, MessageProblem::Date),
        ] {
            assert_eq!(message.compose(&sender()).unwrap_err(), problem);
        }
    }

    #[test]
    fn an_id_is_safe_as_a_file_name_and_in_a_header() {
        assert_eq!(MessageId::new("Stage-7-24h").unwrap().as_str(), "Stage-7-24h");
        for wrong in ["", "a b", "../a", "a.b", "a@b", "a>\r\n", "å", &"x".repeat(101)] {
            assert_eq!(MessageId::new(wrong), Err(NotAMessageId), "{wrong:?}");
        }
    }

    #[test]
    fn a_message_is_not_shown_by_accident() {
        let shown = format!("{:?}", message());
        assert_eq!(shown, "Message { id: MessageId(\"notice-17\"), .. }");
    }
}
