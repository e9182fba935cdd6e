//! Why a message did not leave, and whether another attempt may help.

use std::error::Error;
use std::fmt;
use std::io;

use lettre::transport::smtp;

use super::MessageProblem;

/// A message was not handed over. Named for the step that failed; holds no address and no text.
#[derive(Debug)]
pub enum SendError {
    /// The message cannot be written as a mail.
    Compose(MessageProblem),
    /// The mail server was not reached, or did not greet.
    Connect(ServerFault),
    /// The connection could not be encrypted.
    Encrypt(ServerFault),
    /// The mail server did not accept the user and password.
    SignIn(ServerFault),
    /// The mail server did not take the message.
    HandOver(ServerFault),
    /// It took longer than the settings allow.
    TimedOut,
    /// The file could not be written.
    Store(io::Error),
}

impl SendError {
    /// Whether the same message may leave at a later attempt. Only what is wrong with the message
    /// itself is permanent: a wrong password or a full disk is mended without touching it.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Compose(_) => false,
            Self::HandOver(fault) => !fault.is_about_the_message(),
            Self::Connect(_)
            | Self::Encrypt(_)
            | Self::SignIn(_)
            | Self::TimedOut
            | Self::Store(_) => true,
        }
    }

    /// Whether the server was there and did not take this one message for now: of a mailbox that
    /// is full, or a domain it does not find. Another message may well leave meanwhile.
    #[must_use]
    pub fn is_about_one_message(&self) -> bool {
        match self {
            Self::HandOver(ServerFault::Reply { code }) => {
                (400..500).contains(code) && *code != CLOSING
            }
            _ => false,
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Compose(_) => "the message cannot be written as a mail",
            Self::Connect(_) => "the mail server was not reached",
            Self::Encrypt(_) => "the connection to the mail server could not be encrypted",
            Self::SignIn(_) => "the mail server did not accept the sign-in",
            Self::HandOver(_) => "the mail server did not take the message",
            Self::TimedOut => "the mail server did not answer in time",
            Self::Store(_) => "the message could not be written to the mail folder",
        })
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Compose(problem) => Some(problem),
            Self::Connect(fault)
            | Self::Encrypt(fault)
            | Self::SignIn(fault)
            | Self::HandOver(fault) => Some(fault),
            Self::TimedOut => None,
            Self::Store(error) => Some(error),
        }
    }
}

/// What went wrong in talking to a mail server. The words of its answers are left out: they often
/// repeat the recipient's address.
#[derive(Debug)]
pub enum ServerFault {
    /// It said no, with this code: 4xx for now, 5xx for good.
    Reply {
        /// The code of RFC 5321.
        code: u16,
    },
    /// Its answer was not SMTP.
    NotUnderstood,
    /// It does not offer what the settings ask for: STARTTLS, or a way to sign in.
    NotOffered,
    /// The connection failed below SMTP: the network, or TLS.
    Connection(smtp::Error),
}

/// The server wants a sign-in or encryption first: the settings are wrong, not the message.
const SIGN_IN_OR_ENCRYPTION_REQUIRED: u16 = 530;

/// The server has no time for anybody.
const CLOSING: u16 = 421;

impl ServerFault {
    fn is_about_the_message(&self) -> bool {
        match self {
            Self::Reply { code } => 500 <= *code && *code != SIGN_IN_OR_ENCRYPTION_REQUIRED,
            Self::NotUnderstood | Self::NotOffered | Self::Connection(_) => false,
        }
    }
}

impl From<smtp::Error> for ServerFault {
    fn from(error: smtp::Error) -> Self {
        if let Some(code) = error.status() {
            Self::Reply { code: code.into() }
        } else if error.is_response() {
            Self::NotUnderstood
        } else if error.is_client() {
            Self::NotOffered
        } else {
            Self::Connection(error)
        }
    }
}

impl fmt::Display for ServerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply { code } => write!(f, "the mail server answered {code}"),
            Self::NotUnderstood => write!(f, "the mail server's answer was not SMTP"),
            Self::NotOffered => {
                write!(f, "the mail server offers no STARTTLS, or no way to sign in that we know")
            }
            Self::Connection(_) => write!(f, "the connection failed"),
        }
    }
}

impl Error for ServerFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // The error of lettre says its own source again; what is below it is enough.
            Self::Connection(error) => error.source(),
            Self::Reply { .. } | Self::NotUnderstood | Self::NotOffered => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wrong_with_the_message_is_permanent() {
        let reply = |code| ServerFault::Reply { code };
        let transient = [
            SendError::Connect(reply(554)),
            SendError::Encrypt(ServerFault::NotOffered),
            SendError::SignIn(reply(535)),
            SendError::HandOver(reply(451)),
            SendError::HandOver(reply(530)),
            SendError::HandOver(ServerFault::NotUnderstood),
            SendError::TimedOut,
            SendError::Store(io::Error::from(io::ErrorKind::StorageFull)),
        ];
        for error in transient {
            assert!(error.is_transient(), "{error:?}");
        }
        let permanent = [
            SendError::Compose(MessageProblem::TextTooLong),
            SendError::HandOver(reply(500)),
            SendError::HandOver(reply(550)),
        ];
        for error in permanent {
            assert!(!error.is_transient(), "{error:?}");
        }
    }

    #[test]
    fn a_server_that_puts_one_message_off_may_take_the_next() {
        let not_taken = |code| SendError::HandOver(ServerFault::Reply { code });
        assert!(not_taken(450).is_about_one_message() && not_taken(452).is_about_one_message());
        for error in [not_taken(421), not_taken(550), SendError::TimedOut] {
            assert!(!error.is_about_one_message(), "{error:?}");
        }
        let greeting = SendError::Connect(ServerFault::Reply { code: 450 });
        assert!(!greeting.is_about_one_message());
    }

    #[test]
    fn each_link_of_the_chain_says_something_of_its_own() {
        let error = SendError::HandOver(ServerFault::Reply { code: 550 });
        assert_eq!(error.to_string(), "the mail server did not take the message");
        let source = error.source().unwrap();
        assert_eq!(source.to_string(), "the mail server answered 550");
        assert!(source.source().is_none());
    }
}
