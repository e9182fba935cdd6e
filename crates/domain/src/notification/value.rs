//! What stands in a field of a notification.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::template::FieldId;
use crate::Time;
use crate::category::ChoiceValue;

/// The data protection officer's own answers, by field.
pub type OwnWords = BTreeMap<FieldId, Value>;

/// An answer to a field. NOTE: part of the stored form.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Words.
    Text(String),
    /// A whole number.
    Number(u64),
    /// A local day.
    Day(NaiveDate),
    /// An instant.
    Moment(Time),
    /// One of the field's choices.
    One(ChoiceValue),
    /// As many of them as apply.
    Several(BTreeSet<ChoiceValue>),
}

impl Value {
    /// Words, without white space around them; nothing where nothing is written.
    #[must_use]
    pub fn words(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self::Text(text.to_owned()))
    }

    /// The text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What was chosen; nothing where nothing is to choose.
    pub fn chosen(&self) -> impl Iterator<Item = &ChoiceValue> {
        let (one, several) = match self {
            Self::One(one) => (Some(one), None),
            Self::Several(several) => (None, Some(several)),
            _ => (None, None),
        };
        one.into_iter().chain(several.into_iter().flatten())
    }
}

/// What people write stays out of logs.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Number(_) => "Number(…)",
            Self::Day(_) => "Day(…)",
            Self::Moment(_) => "Moment(…)",
            Self::One(_) => "One(…)",
            Self::Several(_) => "Several(…)",
        })
    }
}
