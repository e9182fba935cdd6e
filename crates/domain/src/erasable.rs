//! A personal value: known until the key it is sealed with has been destroyed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::PersonId;
use crate::invisible::says_nothing;

/// A value that says something about a person. In the journal it lies sealed with a key of its
/// own, and once that key is destroyed it reads as erased (GDPR art. 17).
///
/// The serialised form marks the value for the journal, which seals every such node it meets; see
/// `docs/decisions/0001`. Whether a case may go on never depends on what is inside; equality is
/// used only to recognise a command said twice.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Erasable<T> {
    /// The value, and whose key seals it.
    #[serde(rename = "$personal")]
    Known {
        /// The person whose key seals the value; the stream's own key when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<PersonId>,
        /// What is known.
        value: T,
    },
    /// The key is gone, and the value with it.
    #[serde(rename = "$erased")]
    Erased {
        /// The person whose key sealed the value; the stream's own key when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<PersonId>,
    },
}

impl<T> Erasable<T> {
    /// A value that is erased together with the stream it stands in.
    pub fn known(value: T) -> Self {
        Self::Known { about: None, value }
    }

    /// A value that can also be erased for one person alone.
    pub fn about(person: impl Into<PersonId>, value: T) -> Self {
        Self::Known { about: Some(person.into()), value }
    }

    /// The value, unless it has been erased.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Erased { .. } => None,
        }
    }

    /// The person whose key seals the value, or sealed it; none for the stream's own key.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Known { about, .. } | Self::Erased { about } => *about,
        }
    }

    /// Forgets the value, as reading it does once its key is gone.
    pub fn erase(&mut self) {
        *self = Self::Erased { about: self.person() };
    }

    /// Whether the value has been erased.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        matches!(self, Self::Erased { .. })
    }
}

impl Erasable<String> {
    /// Whether nothing was written. An erased text was written once, so it is not blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.get().is_some_and(|text| says_nothing(text))
    }

    /// The text to show, or `erased` in its place.
    #[must_use]
    pub fn text_or<'a>(&'a self, erased: &'a str) -> &'a str {
        self.get().map_or(erased, String::as_str)
    }
}

/// Never shows the value: what is debug-printed ends up in logs.
impl<T> fmt::Debug for Erasable<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known { .. } => write!(f, "Known(…)"),
            Self::Erased { .. } => write!(f, "Erased"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_never_shows_the_value() {
        let value = Erasable::known("marker".to_owned());
        assert!(!format!("{value:?}").contains("marker"));
    }

    #[test]
    fn a_blank_text_is_blank_and_an_erased_one_is_not() {
        assert!(Erasable::known("  \n".to_owned()).is_blank());
        assert!(!Erasable::<String>::Erased { about: None }.is_blank());
    }
}
