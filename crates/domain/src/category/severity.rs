//! What makes a report severe: rules of a category over what was answered.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use strum::IntoEnumIterator;

use super::{Category, Localised, QuestionName, SevereName};
use crate::case::report::{BreachKind, PeopleEstimate, PersonalDataAffected, Sensitive};

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
    /// Whether personal data is affected is one of these.
    PersonalData(Vec<PersonalDataAffected>),
    /// Personal data is affected in one of these ways.
    Breach(Vec<BreachKind>),
    /// The number of people is estimated at one of these.
    People(Vec<PeopleEstimate>),
    /// One of these is affected.
    Sensitive(Vec<Sensitive>),
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

/// By hand, so that what is wrong with a condition is told at the condition and not at the list it
/// stands in.
impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMap;
        impl<'de> Visitor<'de> for OfMap {
            type Value = Condition;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a condition")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Condition, A::Error> {
                let written = Written::deserialize(MapAccessDeserializer::new(map))?;
                Condition::try_from(written).map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_map(OfMap)
    }
}

/// The fields of every report that a condition may be about.
const FIELDS: [&str; 4] = ["personal_data", "breach", "people", "sensitive"];

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
                match field.as_str() {
                    "personal_data" => values(&is).map(Self::PersonalData),
                    "breach" => values(&is).map(Self::Breach),
                    "people" => values(&is).map(Self::People),
                    "sensitive" => values(&is).map(Self::Sensitive),
                    _ => Err(NotACondition::Field),
                }
            }
            _ => Err(NotACondition::Keys),
        }
    }
}

fn values<T>(words: &[String]) -> Result<Vec<T>, NotACondition>
where
    T: FromStr + IntoEnumIterator + Into<&'static str>,
{
    let read = |word: &String| word.parse().ok();
    let values: Option<Vec<T>> = words.iter().map(read).collect();
    values
        .filter(|values| !values.is_empty())
        .ok_or_else(|| NotACondition::Values { allowed: T::iter().map(Into::into).collect() })
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        fn of_field<T: Into<&'static str>>(field: &str, values: Vec<T>) -> Written {
            let is = values.into_iter().map(|value| value.into().to_owned()).collect();
            Written { field: Some(field.to_owned()), is: Some(is), ..Written::default() }
        }
        match condition {
            Condition::Answered { question, is } => {
                Self { question: Some(question), is: Some(is), ..Self::default() }
            }
            Condition::AtLeast { question, at_least } => {
                Self { question: Some(question), at_least: Some(at_least), ..Self::default() }
            }
            Condition::PersonalData(values) => of_field("personal_data", values),
            Condition::Breach(values) => of_field("breach", values),
            Condition::People(values) => of_field("people", values),
            Condition::Sensitive(values) => of_field("sensitive", values),
        }
    }
}

/// Why something is not a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NotACondition {
    Keys,
    Field,
    Values { allowed: Vec<&'static str> },
}

impl fmt::Display for NotACondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys => f.write_str(
                "a condition is { question = …, is = […] }, { question = …, at-least = … } or \
                 { field = …, is = […] }",
            ),
            Self::Field => write!(f, "a field is one of {}", FIELDS.join(", ")),
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
    /// Whether personal data is affected.
    pub personal_data: PersonalDataAffected,
    /// In which ways.
    pub breach: &'a BTreeSet<BreachKind>,
    /// Roughly how many people are affected.
    pub people: PeopleEstimate,
    /// What is affected that is more serious than other data.
    pub sensitive: &'a BTreeSet<Sensitive>,
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
    fn holds(&self, reported: Reported<'_>) -> bool {
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
            Self::PersonalData(values) => values.contains(&reported.personal_data),
            Self::Breach(values) => values.iter().any(|it| reported.breach.contains(it)),
            Self::People(values) => values.contains(&reported.people),
            Self::Sensitive(values) => values.iter().any(|it| reported.sensitive.contains(it)),
        }
    }
}

#[cfg(test)]
#[path = "severity_tests.rs"]
mod tests;
