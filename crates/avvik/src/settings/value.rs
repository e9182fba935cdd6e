//! A value as it was found, and what it can be read as.

use std::path::PathBuf;

use toml::de::DeValue;

/// What somebody gave a setting.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A quoted text in the file.
    Text(String),
    /// A whole number in the file.
    Number(i64),
    /// `true` or `false` in the file.
    Truth(bool),
    /// A list in the file.
    List(Vec<Value>),
    /// What a variable or a flag says: it can stand for any of the above.
    Words(String),
    /// What a flag for a path says, which need not be UTF-8.
    Path(PathBuf),
    /// A table in the file without a key in it.
    EmptyTable,
    /// Something no setting is.
    Other,
}

impl Value {
    pub(super) fn of_toml(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Self::Other, Self::Number),
            DeValue::Boolean(truth) => Self::Truth(*truth),
            DeValue::Array(values) => {
                Self::List(values.iter().map(|value| Self::of_toml(value.get_ref())).collect())
            }
            DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Table(_) => Self::Other,
        }
    }

    /// A text that is not blank.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Words(text) if !text.trim().is_empty() => {
                Some(text.trim().to_owned())
            }
            _ => None,
        }
    }

    pub(super) fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Path(path) if !path.as_os_str().is_empty() => Some(path.clone()),
            _ => self.text().map(PathBuf::from),
        }
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Truth(truth) => Some(*truth),
            Self::Words(words) => words.trim().parse().ok(),
            _ => None,
        }
    }

    /// A whole number within the bounds.
    pub(super) fn number(&self, bounds: impl std::ops::RangeBounds<i64>) -> Option<i64> {
        let number = match self {
            Self::Number(number) => Some(*number),
            Self::Words(words) => words.trim().parse().ok(),
            _ => None,
        };
        number.filter(|number| bounds.contains(number))
    }

    /// The members of a list; of words, those between commas.
    pub(super) fn list(&self) -> Option<Vec<Value>> {
        match self {
            Self::List(values) => Some(values.clone()),
            Self::Words(words) => {
                Some(words.split(',').map(|word| Self::Words(word.trim().to_owned())).collect())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Value {
        Value::Words(text.to_owned())
    }

    #[test]
    fn words_stand_for_whatever_is_asked() {
        assert_eq!(words(" true ").truth(), Some(true));
        assert_eq!(words("yes").truth(), None);
        assert_eq!(words("30").number(1..=60), Some(30));
        assert_eq!(words("2, 1").list(), Some(vec![words("2"), words("1")]));
        assert_eq!(words("data/mail").path(), Some(PathBuf::from("data/mail")));
    }

    #[test]
    fn a_value_in_the_file_is_what_it_is_written_as() {
        assert_eq!(Value::Text("true".to_owned()).truth(), None);
        assert_eq!(Value::Text("30".to_owned()).number(..), None);
        assert_eq!(Value::Number(30).text(), None);
    }

    #[test]
    fn bounds_hold_and_blanks_are_nothing() {
        assert_eq!(Value::Number(61).number(1..=60), None);
        assert_eq!(Value::Number(0).number(1..=60), None);
        assert_eq!(words(" ").text(), None);
    }
}
