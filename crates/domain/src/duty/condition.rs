//! What triggers a duty: conditions over what is known of a case and of the organisation. Each can
//! only ask whether something is so, never whether it is not: learning more of what speaks for a
//! duty can then never do away with it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use strum::IntoEnumIterator;

use super::Verdict;
use crate::case::event::Outcome;
use crate::case::facts::{Fact, Facts};
use crate::case::report::{BreachKind, PeopleEstimate, PersonalDataAffected, Report, Sensitive};
use crate::category::answers::YES_NO_UNKNOWN;
use crate::category::{CategoryId, QuestionName};

/// One way in which a duty is triggered: all its conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// What must hold, all of it.
    pub when: Vec<Condition>,
}

/// Something the organisation is or is not, whatever the case: said in the settings.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OrganisationFact {
    /// Subject to the law on the security of networks and systems: digitalsikkerhetsloven,
    /// cybersäkerhetslagen.
    CybersecurityAct,
    /// Subject to the law on national security: sikkerhetsloven, säkerhetsskyddslagen.
    SecurityAct,
    /// Provides health care.
    HealthCare,
    /// Runs social services.
    SocialServices,
}

/// A turn that a case has taken or not.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Turn {
    /// The authority was notified.
    AuthorityNotified,
    /// It was decided that the people affected are told; not known while undecided.
    PeopleToBeTold,
}

/// Something that is so, is not so, or is not known yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Written")]
pub enum Condition {
    /// A fact of the case.
    Fact(Fact),
    /// A fact of the organisation.
    Organisation(OrganisationFact),
    /// The assessment advises this or more; not known before the first one.
    Advised(Outcome),
    /// The case has taken this turn.
    Happened(Turn),
    /// The case is handled under one of these categories.
    Category(Vec<CategoryId>),
    /// One of these answers was given to a question of the category that was reported.
    Answered {
        /// The category.
        category: CategoryId,
        /// The question.
        question: QuestionName,
        /// The answers.
        is: Vec<String>,
    },
    /// Whether personal data is affected is one of these.
    PersonalData(Vec<PersonalDataAffected>),
    /// Personal data is affected in one of these ways; not known where none was named.
    Breach(Vec<BreachKind>),
    /// The number of people is estimated at one of these.
    People(Vec<PeopleEstimate>),
    /// One of these is affected. A box left empty is not a no.
    Sensitive(Vec<Sensitive>),
}

/// What is known when a duty is judged.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What the organisation is; what is not listed is not known.
    pub organisation: &'a BTreeMap<OrganisationFact, Verdict>,
    /// The facts of the case.
    pub facts: &'a Facts,
    /// What the report says; none where there is no case.
    pub reported: Option<Reported<'a>>,
    /// What the latest assessment advises.
    pub advised: Option<Outcome>,
    /// Whether the authority was notified.
    pub authority_notified: bool,
    /// Whether it was decided that the people affected are told.
    pub people_to_be_told: Verdict,
}

/// What a case says of itself beyond the facts.
#[derive(Debug, Clone, Copy)]
pub struct Reported<'a> {
    /// The category it is handled under.
    pub category: &'a CategoryId,
    /// What was reported.
    pub report: &'a Report,
    /// Answers to the questions of the category that was reported.
    pub answers: &'a [(QuestionName, String)],
}

impl Trigger {
    /// Whether it applies.
    #[must_use]
    pub fn judge(&self, situation: Situation<'_>) -> Verdict {
        Verdict::all(self.when.iter().map(|condition| condition.judge(situation)))
    }
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn judge(&self, it: Situation<'_>) -> Verdict {
        match self {
            Self::Fact(fact) => it.facts.verdict(*fact),
            Self::Organisation(fact) => it.organisation.get(fact).copied().unwrap_or_default(),
            Self::Advised(least) => {
                it.advised.map_or(Verdict::Unknown, |advised| Verdict::known(*least <= advised))
            }
            Self::Happened(Turn::AuthorityNotified) => Verdict::known(it.authority_notified),
            Self::Happened(Turn::PeopleToBeTold) => it.people_to_be_told,
            of_report => it.reported.map_or(Verdict::Unknown, |said| of_report.judge_report(said)),
        }
    }

    fn judge_report(&self, it: Reported<'_>) -> Verdict {
        let report = it.report;
        match self {
            Self::Category(any) => Verdict::known(any.contains(it.category)),
            Self::Answered { category, question, is } => answered(it, category, question, is),
            Self::PersonalData(any) => match report.personal_data {
                said if any.contains(&said) => Verdict::Yes,
                PersonalDataAffected::Unsure => Verdict::Unknown,
                _ => Verdict::No,
            },
            Self::Breach(any) if any.iter().any(|kind| report.breach.contains(kind)) => {
                Verdict::Yes
            }
            Self::Breach(_) if report.breach.is_empty() => Verdict::Unknown,
            Self::Breach(_) => Verdict::No,
            Self::People(any) => match report.people {
                said if any.contains(&said) => Verdict::Yes,
                PeopleEstimate::Unknown => Verdict::Unknown,
                _ => Verdict::No,
            },
            Self::Sensitive(any) if any.iter().any(|kind| report.sensitive.contains(kind)) => {
                Verdict::Yes
            }
            _ => Verdict::Unknown,
        }
    }
}

fn answered(
    it: Reported<'_>,
    category: &CategoryId,
    question: &QuestionName,
    is: &[String],
) -> Verdict {
    if it.report.category != *category {
        return Verdict::No;
    }
    let given = || it.answers.iter().filter(|(name, _)| name == question).map(|(_, it)| it);
    let unknown = YES_NO_UNKNOWN[2];
    match given().next() {
        _ if given().any(|answer| is.contains(answer)) => Verdict::Yes,
        None => Verdict::Unknown,
        Some(_) if given().any(|answer| answer == unknown) => Verdict::Unknown,
        Some(_) => Verdict::No,
    }
}

/// A condition as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fact: Option<Fact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationFact>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    advised: Option<Outcome>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    happened: Option<Turn>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<CategoryId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<QuestionName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is: Option<Vec<String>>,
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
const FIELDS: [&str; 5] = ["category", "personal_data", "breach", "people", "sensitive"];

impl TryFrom<Written> for Condition {
    type Error = NotACondition;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { fact, organisation, advised, happened, category, question, field, is } =
            written;
        match (fact, organisation, advised, happened, (category, question), field, is) {
            (Some(fact), None, None, None, (None, None), None, None) => Ok(Self::Fact(fact)),
            (None, Some(it), None, None, (None, None), None, None) => Ok(Self::Organisation(it)),
            (None, None, Some(it), None, (None, None), None, None) => Ok(Self::Advised(it)),
            (None, None, None, Some(it), (None, None), None, None) => Ok(Self::Happened(it)),
            (None, None, None, None, (Some(category), Some(question)), None, Some(is)) => {
                Ok(Self::Answered { category, question, is })
            }
            (None, None, None, None, (None, None), Some(field), Some(is)) => match field.as_str() {
                "category" => named(&is).map(Self::Category),
                "personal_data" => values(&is).map(Self::PersonalData),
                "breach" => values(&is).map(Self::Breach),
                "people" => values(&is).map(Self::People),
                "sensitive" => values(&is).map(Self::Sensitive),
                _ => Err(NotACondition::Field),
            },
            _ => Err(NotACondition::Keys),
        }
    }
}

fn named(words: &[String]) -> Result<Vec<CategoryId>, NotACondition> {
    let read: Option<Vec<_>> = words.iter().map(|word| word.parse().ok()).collect();
    read.filter(|read| !read.is_empty()).ok_or(NotACondition::Names)
}

fn values<T>(words: &[String]) -> Result<Vec<T>, NotACondition>
where
    T: FromStr + IntoEnumIterator + Into<&'static str>,
{
    let read: Option<Vec<T>> = words.iter().map(|word| word.parse().ok()).collect();
    read.filter(|values| !values.is_empty())
        .ok_or_else(|| NotACondition::Values { allowed: T::iter().map(Into::into).collect() })
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        fn of_field<T: Into<&'static str>>(field: &str, values: Vec<T>) -> Written {
            let is = values.into_iter().map(|value| value.into().to_owned()).collect();
            Written { field: Some(field.to_owned()), is: Some(is), ..Written::default() }
        }
        match condition {
            Condition::Fact(fact) => Self { fact: Some(fact), ..Self::default() },
            Condition::Organisation(it) => Self { organisation: Some(it), ..Self::default() },
            Condition::Advised(it) => Self { advised: Some(it), ..Self::default() },
            Condition::Happened(it) => Self { happened: Some(it), ..Self::default() },
            Condition::Category(any) => {
                let is = any.iter().map(ToString::to_string).collect();
                Self { field: Some("category".to_owned()), is: Some(is), ..Self::default() }
            }
            Condition::Answered { category, question, is } => Self {
                category: Some(category),
                question: Some(question),
                is: Some(is),
                ..Self::default()
            },
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
    Names,
    Values { allowed: Vec<&'static str> },
}

impl fmt::Display for NotACondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys => f.write_str(
                "a condition is { fact = … }, { organisation = … }, { advised = … }, \
                 { happened = … }, { field = …, is = […] } or \
                 { category = …, question = …, is = […] }",
            ),
            Self::Field => write!(f, "a field is one of {}", FIELDS.join(", ")),
            Self::Names => f.write_str("`is` lists one or more names of categories"),
            Self::Values { allowed } => {
                write!(f, "`is` lists one or more of {}", allowed.join(", "))
            }
        }
    }
}

impl std::error::Error for NotACondition {}
