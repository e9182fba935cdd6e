//! What makes a report severe: rules of a category over what was answered.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::{Category, Localised, QuestionName, SevereName};
use crate::condition::{Allowed, ReportField, Stated, from_map};
use crate::duty::Verdict;

/// A rule that makes a report severe: all its conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SevereRule {
    /// The name under which a case keeps that it applied.
    #[serde(rename = "id")]
    pub name: SevereName,
    /// Why such a report is severe.
    pub why: Localised,
    /// What must hold, all of it.
    pub when: Vec<Condition>,
}

/// Something that holds of a report, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Written")]
pub enum Condition {
    /// One of these answers was given to one of the category's own questions.
    Answered {
        /// The question.
        question: QuestionName,
        /// The answers.
        is: Vec<String>,
    },
    /// The number answered is at least this.
    AtLeast {
        /// The question.
        question: QuestionName,
        /// The number.
        at_least: u32,
    },
    /// One of these answers was given in a field that every report has.
    Field(ReportField),
}

/// A condition as it is written: about a question or about a field that every report has.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<QuestionName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is: Option<Vec<String>>,
    #[serde(default, rename = "at-least", skip_serializing_if = "Option::is_none")]
    at_least: Option<u32>,
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_map::<Written, _, _>(deserializer)
    }
}

impl TryFrom<Written> for Condition {
    type Error = NotACondition;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        match written {
            Written { question: Some(question), field: None, is: Some(is), at_least: None } => {
                Ok(Self::Answered { question, is })
            }
            Written { question: Some(question), field: None, is: None, at_least: Some(least) } => {
                Ok(Self::AtLeast { question, at_least: least })
            }
            Written { question: None, field: Some(field), is: Some(is), at_least: None } => {
                let read = ReportField::read(&field, &is).ok_or(NotACondition::Field)?;
                read.map(Self::Field).map_err(|allowed| NotACondition::Values { allowed })
            }
            _ => Err(NotACondition::Keys),
        }
    }
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        match condition {
            Condition::Answered { question, is } => {
                Self { question: Some(question), is: Some(is), ..Self::default() }
            }
            Condition::AtLeast { question, at_least } => {
                Self { question: Some(question), at_least: Some(at_least), ..Self::default() }
            }
            Condition::Field(field) => Self {
                field: Some(field.name().to_owned()),
                is: Some(field.answers()),
                ..Self::default()
            },
        }
    }
}

/// Why something is not a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NotACondition {
    Keys,
    Field,
    Values { allowed: Allowed },
}

impl fmt::Display for NotACondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys => f.write_str(
                "a condition is { question = …, is = […] }, { question = …, at-least = … } or \
                 { field = …, is = […] }",
            ),
            Self::Field => write!(f, "a field is one of {}", ReportField::NAMES.join(", ")),
            Self::Values { allowed } => {
                write!(f, "`is` lists one or more of {}", allowed.join(", "))
            }
        }
    }
}

impl std::error::Error for NotACondition {}

/// What a report says that severity is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Reported<'a> {
    /// Answers to the category's own questions.
    pub answers: &'a [(QuestionName, String)],
    /// What the fields that every report has say.
    pub stated: Stated<'a>,
}

impl Category {
    /// The rules that make the report severe, in the order of the category; none if it is not.
    #[must_use]
    pub fn severe(&self, reported: Reported<'_>) -> Vec<SevereName> {
        let answers = self.applicable(reported.answers);
        let reported = Reported { answers: &answers, ..reported };
        self.severe
            .iter()
            .filter(|rule| rule.when.iter().all(|condition| condition.holds(reported)))
            .map(|rule| rule.name.clone())
            .collect()
    }
}

impl Condition {
    pub(super) fn holds(&self, reported: Reported<'_>) -> bool {
        let given = |wanted: &QuestionName| {
            let wanted = wanted.clone();
            reported.answers.iter().filter(move |(name, _)| *name == wanted).map(|(_, it)| it)
        };
        match self {
            Self::Answered { question, is } => given(question).any(|answer| is.contains(answer)),
            Self::AtLeast { question, at_least } => {
                let number = |answer: &String| answer.trim().parse::<u32>().ok();
                given(question).filter_map(number).any(|number| *at_least <= number)
            }
            Self::Field(field) => field.judge(reported.stated) == Verdict::Yes,
        }
    }
}

#[cfg(test)]
#[path = "severity_tests.rs"]
mod tests;
