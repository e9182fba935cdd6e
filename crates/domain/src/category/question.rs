//! A question of a category: what an answer looks like, and when it is asked.

use serde::{Deserialize, Serialize};

use super::{ChoiceValue, Localised, QuestionName};

/// Something a category asks the reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The name under which the answer is stored.
    #[serde(rename = "id")]
    pub name: QuestionName,
    /// What an answer looks like.
    pub kind: AnswerKind,
    /// Whether a report without an answer is refused, where the question applies.
    #[serde(default)]
    pub required: bool,
    /// The question itself.
    pub label: Localised,
    /// More about what is meant, where the question alone is not enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Localised>,
    /// The earlier answer without which the question does not apply.
    #[serde(default, rename = "only-if", skip_serializing_if = "Option::is_none")]
    pub only_if: Option<OnlyIf>,
    /// What can be chosen, for a question of that kind.
    #[serde(default, rename = "choice", skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// What the answer to a question looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    /// A line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// `yes`, `no` or `unknown`.
    YesNoUnknown,
    /// The value of one of the choices.
    Choice,
    /// The values of as many of the choices as apply, each an answer of its own.
    Several,
    /// A whole number, 0 or more.
    Number,
    /// A date, or a date and a time on the clock where it happened.
    When,
}

impl AnswerKind {
    /// Whether the answers stand in the category's own list of choices.
    #[must_use]
    pub fn lists_choices(self) -> bool {
        matches!(self, Self::Choice | Self::Several)
    }
}

/// One of the answers a question offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the answer stores.
    pub value: ChoiceValue,
    /// What people read.
    pub label: Localised,
}

/// An answer to another question, without which something does not apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlyIf {
    /// The other question.
    pub question: QuestionName,
    /// The answers to it, one of which was given.
    pub is: Vec<ChoiceValue>,
}

impl Question {
    /// The answers that can be told apart by name; none where people write what they like.
    pub fn offered(&self) -> impl Iterator<Item = &str> {
        let fixed: &[&str] = match self.kind {
            AnswerKind::YesNoUnknown => &super::answers::YES_NO_UNKNOWN,
            _ => &[],
        };
        fixed.iter().copied().chain(self.choices.iter().map(|choice| choice.value.as_str()))
    }
}
