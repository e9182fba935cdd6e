//! What triggers a duty: conditions over what is known of a case and of the organisation. Each can
//! only ask whether something is so, never whether it is not: learning more of what speaks for a
//! duty can then never do away with it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::Verdict;
use crate::case::event::Outcome;
use crate::case::facts::{Fact, Facts};
use crate::case::report::Report;
use crate::category::answers::YES_NO_UNKNOWN;
use crate::category::{CategoryId, QuestionName};
use crate::condition::{Allowed, ReportField, from_map};

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
    /// One of these answers was given in a field that every report has.
    Field(ReportField),
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

impl Situation<'_> {
    /// What the report says, where there is one.
    fn said(&self, judge: impl FnOnce(Reported<'_>) -> Verdict) -> Verdict {
        self.reported.map_or(Verdict::Unknown, judge)
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
            Self::Category(any) => it.said(|said| Verdict::known(any.contains(said.category))),
            Self::Answered { category, question, is } => {
                it.said(|said| answered(said, category, question, is))
            }
            Self::Field(field) => it.said(|said| field.judge(said.report.stated())),
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

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_map::<Written, _, _>(deserializer)
    }
}

/// The field that says under which category a case is handled.
const CATEGORY: &str = "category";

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
            (None, None, None, None, (None, None), Some(field), Some(is)) if field == CATEGORY => {
                named(&is).map(Self::Category)
            }
            (None, None, None, None, (None, None), Some(field), Some(is)) => {
                let read = ReportField::read(&field, &is).ok_or(NotACondition::Field)?;
                read.map(Self::Field).map_err(|allowed| NotACondition::Values { allowed })
            }
            _ => Err(NotACondition::Keys),
        }
    }
}

fn named(words: &[String]) -> Result<Vec<CategoryId>, NotACondition> {
    let read: Option<Vec<_>> = words.iter().map(|word| word.parse().ok()).collect();
    read.filter(|read| !read.is_empty()).ok_or(NotACondition::Names)
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        let of_field = |field: &str, is: Vec<String>| Self {
            field: Some(field.to_owned()),
            is: Some(is),
            ..Self::default()
        };
        match condition {
            Condition::Fact(fact) => Self { fact: Some(fact), ..Self::default() },
            Condition::Organisation(it) => Self { organisation: Some(it), ..Self::default() },
            Condition::Advised(it) => Self { advised: Some(it), ..Self::default() },
            Condition::Happened(it) => Self { happened: Some(it), ..Self::default() },
            Condition::Category(any) => {
                of_field(CATEGORY, any.iter().map(ToString::to_string).collect())
            }
            Condition::Field(field) => of_field(field.name(), field.answers()),
            Condition::Answered { category, question, is } => Self {
                category: Some(category),
                question: Some(question),
                is: Some(is),
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
    Names,
    Values { allowed: Allowed },
}

impl fmt::Display for NotACondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys => f.write_str(
                "a condition is { fact = … }, { organisation = … }, { advised = … }, \
                 { happened = … }, { field = …, is = […] } or \
                 { category = …, question = …, is = […] }",
            ),
            Self::Field => {
                write!(f, "a field is one of {CATEGORY}, {}", ReportField::NAMES.join(", "))
            }
            Self::Names => f.write_str("`is` lists one or more names of categories"),
            Self::Values { allowed } => {
                write!(f, "`is` lists one or more of {}", allowed.join(", "))
            }
        }
    }
}

impl std::error::Error for NotACondition {}
