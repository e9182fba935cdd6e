//! What a rule asks of the facts. Every condition looks in one direction only, towards worse or
//! towards better, so that no rule can be written by which a worse fact gives milder advice.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::severity::{Band, Severity};
use crate::case::facts::{Fact, Facts, Shape, UNKNOWN};
use crate::condition::from_map;

/// Something that is so of the facts or not. What is not known stands at its place on the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Written")]
pub enum Condition {
    /// A fact is as bad as this or worse.
    AtLeast(Fact, &'static str),
    /// A fact is no worse than this.
    AtMost(Fact, &'static str),
    /// One of these applies.
    Any(Fact, BTreeSet<&'static str>),
    /// None but these apply.
    Only(Fact, BTreeSet<&'static str>),
    /// The severity is this or higher.
    Severity(Band),
}

/// Whether a condition holds, and whether that is only because something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Whether it does.
    pub holds: bool,
    /// The fact that is not known and decides it.
    pub for_want_of: Option<Fact>,
}

/// The direction in which a condition looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// It goes on holding when a fact gets worse.
    Worse,
    /// It goes on holding when a fact gets better.
    Better,
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn judge(&self, facts: &Facts, severity: &Severity) -> Judged {
        let holds = match self {
            Self::AtLeast(fact, word) => fact.rank(word) <= Some(facts.rank(*fact)),
            Self::AtMost(fact, word) => Some(facts.rank(*fact)) <= fact.rank(word),
            Self::Any(fact, of) => !facts.several(*fact).is_disjoint(of),
            Self::Only(fact, of) => facts.several(*fact).is_subset(of),
            Self::Severity(least) => *least <= severity.band,
        };
        let open = self.fact().filter(|fact| facts.is_open(*fact));
        let for_want_of = open.filter(|fact| match self {
            Self::Any(_, of) => {
                !holds || facts.several(*fact).intersection(of).all(|it| *it == UNKNOWN)
            }
            Self::Only(_, of) => facts.several(*fact).difference(of).all(|it| *it == UNKNOWN),
            _ => true,
        });
        Judged { holds, for_want_of }
    }

    /// The fact it is about.
    #[must_use]
    pub fn fact(&self) -> Option<Fact> {
        match self {
            Self::AtLeast(fact, _)
            | Self::AtMost(fact, _)
            | Self::Any(fact, _)
            | Self::Only(fact, _) => Some(*fact),
            Self::Severity(_) => None,
        }
    }

    /// In which direction it looks.
    #[must_use]
    pub fn towards(&self) -> Towards {
        match self {
            Self::AtLeast(..) | Self::Any(..) | Self::Severity(_) => Towards::Worse,
            Self::AtMost(..) | Self::Only(..) => Towards::Better,
        }
    }
}

/// A condition as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fact: Option<Fact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    any: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    severity: Option<Band>,
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_map::<Written, _, _>(deserializer)
    }
}

impl TryFrom<Written> for Condition {
    type Error = NotACondition;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { fact, at_least, at_most, any, only, severity } = written;
        match (fact, at_least, at_most, any, only, severity) {
            (Some(fact), Some(word), None, None, None, None) => {
                Ok(Self::AtLeast(fact, on_scale(fact, &word)?))
            }
            (Some(fact), None, Some(word), None, None, None) => {
                Ok(Self::AtMost(fact, on_scale(fact, &word)?))
            }
            (Some(fact), None, None, Some(words), None, None) => {
                let of = of_several(fact, &words)?;
                let names_ordinary = of.iter().any(|word| is_ordinary(fact, word));
                if names_ordinary && !of.contains(UNKNOWN) {
                    return Err(NotACondition::WithoutUnknown { fact });
                }
                Ok(Self::Any(fact, of))
            }
            (Some(fact), None, None, None, Some(words), None) => {
                let of = of_several(fact, &words)?;
                if of.contains(UNKNOWN) && !ordinary(fact).iter().all(|word| of.contains(word)) {
                    return Err(NotACondition::UnknownAlone { fact });
                }
                Ok(Self::Only(fact, of))
            }
            (None, None, None, None, None, Some(band)) => Ok(Self::Severity(band)),
            _ => Err(NotACondition::Keys),
        }
    }
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        let word = |word: &'static str| Some(word.to_owned());
        let words = |of: BTreeSet<&str>| Some(of.into_iter().map(str::to_owned).collect());
        let about = |fact| Self { fact: Some(fact), ..Self::default() };
        match condition {
            Condition::AtLeast(fact, it) => Self { at_least: word(it), ..about(fact) },
            Condition::AtMost(fact, it) => Self { at_most: word(it), ..about(fact) },
            Condition::Any(fact, of) => Self { any: words(of), ..about(fact) },
            Condition::Only(fact, of) => Self { only: words(of), ..about(fact) },
            Condition::Severity(band) => Self { severity: Some(band), ..Self::default() },
        }
    }
}

fn on_scale(fact: Fact, word: &str) -> Result<&'static str, NotACondition> {
    if matches!(fact.shape(), Shape::Several { .. }) {
        return Err(NotACondition::NoScale { fact });
    }
    fact.choice(word).ok_or(NotACondition::Choice { fact })
}

fn of_several(fact: Fact, words: &[String]) -> Result<BTreeSet<&'static str>, NotACondition> {
    if !matches!(fact.shape(), Shape::Several { .. }) {
        return Err(NotACondition::Scale { fact });
    }
    let word = |word: &String| match word.as_str() {
        UNKNOWN => Ok(UNKNOWN),
        word => fact.choice(word).ok_or(NotACondition::Choice { fact }),
    };
    words.iter().map(word).collect()
}

fn ordinary(fact: Fact) -> &'static [&'static str] {
    match fact.shape() {
        Shape::Several { ordinary, .. } => ordinary,
        _ => &[],
    }
}

fn is_ordinary(fact: Fact, word: &str) -> bool {
    ordinary(fact).contains(&word)
}

/// Why something is not a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NotACondition {
    Keys,
    Choice { fact: Fact },
    NoScale { fact: Fact },
    Scale { fact: Fact },
    WithoutUnknown { fact: Fact },
    UnknownAlone { fact: Fact },
}

impl fmt::Display for NotACondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys => f.write_str(
                "a condition is { fact = …, at-least = … }, { fact = …, at-most = … }, \
                 { fact = …, any = […] }, { fact = …, only = […] } or { severity = … }",
            ),
            Self::Choice { fact } => {
                write!(f, "{} is one of {}", <&str>::from(*fact), fact.shape().choices().join(", "))
            }
            Self::NoScale { fact } => {
                write!(f, "{} has several answers: use any or only", <&str>::from(*fact))
            }
            Self::Scale { fact } => {
                write!(f, "{} has one answer: use at-least or at-most", <&str>::from(*fact))
            }
            Self::WithoutUnknown { fact } => write!(
                f,
                "a list with one of {} names unknown too: not knowing is never better",
                ordinary(*fact).join(", ")
            ),
            Self::UnknownAlone { fact } => write!(
                f,
                "a list with unknown names {} too: knowing that is never worse",
                ordinary(*fact).join(", ")
            ),
        }
    }
}

impl std::error::Error for NotACondition {}
