//! Why a letter did not get to the carrier, and whether another attempt may help.

use std::error::Error;
use std::fmt;

use uuid::Uuid;

/// What was asked of the carrier was not done. Holds no address and no text.
#[derive(Debug)]
pub enum PostError {
    /// The permission to send was not given: by Maskinporten.
    SignIn(CarrierFault),
    /// The carrier did not do it.
    Carrier(CarrierFault),
    /// The request for permission could not be signed.
    Sign,
}

/// What went wrong in talking to a server. The words of its answers are left out: they may repeat
/// who a letter is for.
#[derive(Debug)]
pub enum CarrierFault {
    /// It was not reached, or the connection broke.
    Connection(reqwest::Error),
    /// It took longer than it may.
    TimedOut,
    /// It said no, with this status of HTTP.
    Refused {
        /// The status.
        status: u16,
        /// What it calls the error, for whoever asks the carrier about it.
        error: Option<Uuid>,
    },
    /// Its answer was none that we understand.
    NotUnderstood,
}

/// Statuses that are about us or about now, and not about the letter: who we are, how much we ask,
/// and how long it took.
const NOT_ABOUT_THE_LETTER: [u16; 5] = [401, 403, 404, 408, 429];

impl PostError {
    /// Whether the same letter may leave at a later attempt. Only what is wrong with the letter
    /// itself is permanent: a password or an account is mended without touching it.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Carrier(CarrierFault::Refused { status, .. }) => {
                !(400..500).contains(status) || NOT_ABOUT_THE_LETTER.contains(status)
            }
            Self::SignIn(_) | Self::Carrier(_) | Self::Sign => true,
        }
    }

    /// Whether the carrier was there and failed over this one letter for now: another may well
    /// leave meanwhile.
    #[must_use]
    pub fn is_about_one_letter(&self) -> bool {
        matches!(self, Self::Carrier(CarrierFault::Refused { status: 500, .. }))
    }
}

impl From<reqwest::Error> for CarrierFault {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::TimedOut
        } else if error.is_decode() {
            Self::NotUnderstood
        } else {
            // An address may hold what a letter is called.
            Self::Connection(error.without_url())
        }
    }
}

impl fmt::Display for PostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignIn(_) => "Maskinporten gave no permission to send digital post",
            Self::Carrier(_) => "the carrier of digital post did not do what it was asked",
            Self::Sign => "the request to Maskinporten could not be signed",
        })
    }
}

impl Error for PostError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::SignIn(fault) | Self::Carrier(fault) => Some(fault),
            Self::Sign => None,
        }
    }
}

impl fmt::Display for CarrierFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(_) => write!(f, "the connection failed"),
            Self::TimedOut => write!(f, "it did not answer in time"),
            Self::Refused { status, error: None } => write!(f, "it answered {status}"),
            Self::Refused { status, error: Some(id) } => {
                write!(f, "it answered {status}, and calls the error {id}")
            }
            Self::NotUnderstood => write!(f, "its answer was none that we understand"),
        }
    }
}

impl Error for CarrierFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Connection(error) => Some(error),
            Self::TimedOut | Self::Refused { .. } | Self::NotUnderstood => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wrong_with_the_letter_is_permanent() {
        let refused = |status| CarrierFault::Refused { status, error: None };
        for status in [401, 403, 404, 408, 429, 500, 503] {
            assert!(PostError::Carrier(refused(status)).is_transient(), "{status}");
        }
        for status in [400, 413, 415, 422] {
            assert!(!PostError::Carrier(refused(status)).is_transient(), "{status}");
        }
        assert!(PostError::SignIn(refused(400)).is_transient());
        assert!(PostError::Carrier(CarrierFault::TimedOut).is_transient());
    }
}
