//! When a field is asked, and when a case proposes a choice: a fact, something else the case knows,
//! or another field's answer is one of some words.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::asked::CaseQuestion;
use super::fill::Situation;
use super::prepared::Origin;
use super::template::FieldId;
use crate::case::facts::{Fact, Shape, UNKNOWN};
use crate::category::ChoiceValue;

/// Something that is so or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A fact has one of these answers.
    Fact(Fact, BTreeSet<&'static str>),
    /// The case answers one of these.
    Case(CaseQuestion, BTreeSet<String>),
    /// Another field has one of these choices.
    Field(FieldId, BTreeSet<ChoiceValue>),
}

impl Condition {
    /// Whether it holds for the case itself; of other fields the case knows nothing.
    #[must_use]
    pub fn holds(&self, it: &Situation<'_>) -> bool {
        match self {
            Self::Fact(fact, is) => match fact.shape() {
                Shape::Several { .. } => !it.facts.several(*fact).is_disjoint(is),
                _ => is.contains(it.facts.one(*fact)),
            },
            Self::Case(question, is) => question.answer(it).iter().any(|word| is.contains(*word)),
            Self::Field(..) => false,
        }
    }

    /// Where the answer it rests on comes from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        match self {
            Self::Fact(..) => Origin::Facts,
            Self::Case(question, _) => question.origin(),
            Self::Field(..) => Origin::Notice,
        }
    }
}

/// A condition as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    fact: Option<Fact>,
    case: Option<CaseQuestion>,
    field: Option<FieldId>,
    is: Vec<String>,
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

impl TryFrom<Written> for Condition {
    type Error = NotACondition;

    fn try_from(Written { fact, case, field, is }: Written) -> Result<Self, Self::Error> {
        if is.is_empty() {
            return Err(NotACondition::Nothing);
        }
        match (fact, case, field) {
            (Some(fact), None, None) => {
                let word = |word: &String| match word.as_str() {
                    UNKNOWN => Ok(UNKNOWN),
                    word => fact.choice(word).ok_or(NotACondition::Answer { fact }),
                };
                Ok(Self::Fact(fact, is.iter().map(word).collect::<Result<_, _>>()?))
            }
            (None, Some(question), None) => {
                let words = question.words();
                let is_one = |it: &String| words.as_ref().is_none_or(|all| all.contains(&&**it));
                if !is.iter().all(is_one) {
                    return Err(NotACondition::Word { allowed: words.unwrap_or_default() });
                }
                Ok(Self::Case(question, is.into_iter().collect()))
            }
            (None, None, Some(field)) => {
                let read: Result<_, _> = is.into_iter().map(ChoiceValue::new).collect();
                read.map(|is| Self::Field(field, is)).map_err(|_| NotACondition::Choice)
            }
            _ => Err(NotACondition::Keys),
        }
    }
}

/// Why something is not a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NotACondition {
    Keys,
    Nothing,
    Answer { fact: Fact },
    Word { allowed: Vec<&'static str> },
    Choice,
}

impl fmt::Display for NotACondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys => f.write_str(
                "a condition is { fact = …, is = […] }, { case = …, is = […] } or \
                 { field = …, is = […] }",
            ),
            Self::Nothing => f.write_str("`is` lists one or more answers"),
            Self::Answer { fact } => {
                let choices = fact.shape().choices().join(", ");
                write!(f, "{} is one of {choices} or {UNKNOWN}", <&str>::from(*fact))
            }
            Self::Word { allowed } => {
                write!(f, "`is` lists one or more of {}", allowed.join(", "))
            }
            Self::Choice => f.write_str("`is` lists names of the field's choices"),
        }
    }
}

impl std::error::Error for NotACondition {}
