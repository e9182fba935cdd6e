//! An answer to a fact, and how one is read from what somebody wrote.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fact::{Fact, NO, Shape, UNKNOWN, YES};

/// What is known of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes or no.
    Is(bool),
    /// One of the choices, never [`UNKNOWN`].
    One(&'static str),
    /// The choices that apply. [`UNKNOWN`] among them: perhaps more.
    Several(BTreeSet<&'static str>),
}

/// An answer as somebody wrote it, before it is held against the choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Nothing: not known.
    Nothing,
    /// Yes or no.
    Is(bool),
    /// A word.
    Word(String),
    /// Several.
    Words(Vec<String>),
}

/// Words in one list; more are no answer but an attack.
pub const WORDS_MAX: usize = 32;

impl Answer {
    /// The answer that was given to a fact; none where it is not known.
    pub fn read(fact: Fact, given: Given) -> Result<Option<Self>, NotAnAnswer> {
        let refused = NotAnAnswer { fact };
        let chosen = |word: &str| fact.choice(word).ok_or(refused);
        match (fact.shape(), given) {
            (_, Given::Nothing) => Ok(None),
            (_, Given::Word(word)) if word == UNKNOWN => Ok(None),
            (Shape::YesNo, Given::Is(is)) => Ok(Some(Self::Is(is))),
            (Shape::One(_), Given::Word(word)) => chosen(&word).map(|it| Some(Self::One(it))),
            (Shape::Several { .. }, Given::Words(words)) => {
                let known = |word: String| match word.as_str() {
                    UNKNOWN => Ok(UNKNOWN),
                    word => chosen(word),
                };
                let words: BTreeSet<_> = words.into_iter().map(known).collect::<Result<_, _>>()?;
                // Nothing but "perhaps more" is nothing.
                Ok((words != [UNKNOWN].into()).then_some(Self::Several(words)))
            }
            (_, Given::Is(_) | Given::Word(_) | Given::Words(_)) => Err(refused),
        }
    }

    /// The words of it: one, or those that apply.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        match self {
            Self::Is(true) => vec![YES],
            Self::Is(false) => vec![NO],
            Self::One(word) => vec![word],
            Self::Several(words) => words.iter().copied().collect(),
        }
    }
}

/// What was written is no answer to the fact. It is not repeated: it may be about somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnAnswer {
    /// The fact.
    pub fact: Fact,
}

impl fmt::Display for NotAnAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", <&str>::from(self.fact))?;
        let choices = self.fact.shape().choices().iter().filter(|it| **it != UNKNOWN);
        let choices: Vec<String> = choices.map(|choice| format!("{choice:?}")).collect();
        match self.fact.shape() {
            Shape::YesNo => write!(f, "it is true, false or \"unknown\""),
            Shape::One(_) => write!(f, "it is one of {}, or \"unknown\"", choices.join(", ")),
            Shape::Several { .. } => write!(
                f,
                "it is a list of {}, with \"unknown\" in it where there may be more, or \
                 \"unknown\" alone",
                choices.join(", ")
            ),
        }
    }
}

impl std::error::Error for NotAnAnswer {}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Is(is) => serializer.serialize_bool(*is),
            Self::One(word) => serializer.serialize_str(word),
            Self::Several(words) => {
                let mut list = serializer.serialize_seq(Some(words.len()))?;
                words.iter().try_for_each(|word| list.serialize_element(word))?;
                list.end()
            }
        }
    }
}

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Is(is) => serializer.serialize_bool(*is),
            Self::Word(word) => serializer.serialize_str(word),
            Self::Words(words) => words.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OfAny)
    }
}

struct OfAny;

impl<'de> Visitor<'de> for OfAny {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, one of the choices, or a list of them")
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Nothing)
    }

    fn visit_bool<E>(self, is: bool) -> Result<Given, E> {
        Ok(Given::Is(is))
    }

    fn visit_str<E>(self, word: &str) -> Result<Given, E> {
        Ok(Given::Word(word.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Given, A::Error> {
        let mut words = Vec::new();
        while let Some(word) = list.next_element()? {
            words.push(word);
            if WORDS_MAX < words.len() {
                return Err(A::Error::custom(format!("a list has at most {WORDS_MAX} choices")));
            }
        }
        Ok(Given::Words(words))
    }
}
