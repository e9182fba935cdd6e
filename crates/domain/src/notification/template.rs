//! A template of a notification as it is written in `config/notification/templates`: every field
//! by its number, what may be answered, and what of a case answers it.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::prepared::Origin;
use super::source::Source;
use super::value::Value;
use crate::category::{ChoiceValue, Localised, name};
use crate::invisible::says_nothing;

name!(
    /// A template, by the name of its file: `edpb-1-0`.
    TemplateId
);

name!(
    /// A section of a template or of a view, by its name within it.
    SectionName
);

/// A field of a template, by the number it has there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldId(pub u16);

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for FieldId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// Every field of a notification, section by section.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Template {
    /// The name under which views and sent notices refer to it.
    pub id: TemplateId,
    /// Counts from 1, raised with every change: what was sent says which version it followed.
    pub version: u32,
    /// Where it stands among the others, lowest first.
    pub order: u32,
    /// What people call it. Its languages are those of every label.
    pub title: Localised,
    /// How far what it follows is settled.
    pub status: Status,
    /// What is to be known of that, in a sentence.
    pub about: Localised,
    /// Where what it follows is found.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Its sections, in order.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
}

/// How far the form that a template or a view follows is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, strum::IntoStaticStr, strum::EnumIter)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "snake_case")]
pub enum Status {
    /// It is not final: the authorities have not put it in force.
    Draft,
    /// It is put together from what the authority says of its form, which itself is not public.
    Described,
    /// It is the form in force.
    InForce,
}

/// Fields that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Section {
    /// Its name in addresses.
    pub id: SectionName,
    /// What people call it.
    pub title: Localised,
    /// Its fields, in order.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Field {
    /// Its number.
    pub id: FieldId,
    /// What an answer looks like.
    pub kind: FieldKind,
    /// What is asked.
    pub label: Localised,
    /// What is to be known to answer it, where the label does not say.
    #[serde(default)]
    pub help: Option<Localised>,
    /// Whether it must be answered, where it is shown.
    #[serde(default)]
    pub required: bool,
    /// Whether an incomplete first notice may leave it open (art. 33(4)). A field with a choice
    /// that says so may too.
    #[serde(default)]
    pub may_wait: bool,
    /// Characters at most, where the form has a bound.
    #[serde(default)]
    pub longest: Option<u32>,
    /// What of the case answers it: the first that does.
    #[serde(default)]
    pub from: Vec<Source>,
    /// When it is asked: when any of these holds; always where there is none.
    #[serde(default)]
    pub shown_when: Vec<Condition>,
    /// What there is to choose from.
    #[serde(default, rename = "choice")]
    pub choices: Vec<Choice>,
}

/// What an answer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, strum::IntoStaticStr, strum::EnumIter)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Area,
    /// A day.
    Date,
    /// A day and a time.
    Moment,
    /// A whole number.
    Number,
    /// One of several.
    Choice,
    /// As many as apply.
    Choices,
}

impl FieldKind {
    /// Whether there is something to choose from.
    #[must_use]
    pub fn is_chosen(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }

    /// Whether it is written in words.
    #[must_use]
    pub fn is_written(self) -> bool {
        matches!(self, Self::Text | Self::Area)
    }
}

/// One of several answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Choice {
    /// What is kept of it.
    pub id: ChoiceValue,
    /// What people choose it by.
    pub label: Localised,
    /// Whether it says that the answer is still to come: only an incomplete notice has it.
    #[serde(default)]
    pub undetermined: bool,
    /// When the case proposes it: when any of these holds.
    #[serde(default)]
    pub when: Vec<Condition>,
}

impl Template {
    /// Every field, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The field with that number.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields().find(|field| field.id == id)
    }
}

impl Field {
    /// The choice of that name.
    #[must_use]
    pub fn choice(&self, id: &ChoiceValue) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == *id)
    }

    /// The choice that says that the answer is still to come.
    #[must_use]
    pub fn undetermined(&self) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.undetermined)
    }

    /// Whether it is about the notice itself, and so is never said otherwise than it is sent.
    #[must_use]
    pub fn is_of_notice(&self) -> bool {
        let conditions = self.choices.iter().flat_map(|choice| &choice.when);
        let mut origins = self.from.iter().map(|source| source.origin());
        origins.any(|it| it == Origin::Notice)
            || conditions.map(Condition::origin).any(|it| it == Origin::Notice)
    }

    /// Whether an incomplete first notice may leave it open.
    #[must_use]
    pub fn may_be_left_open(&self) -> bool {
        self.may_wait || self.undetermined().is_some()
    }

    /// Whether that can be an answer to it.
    #[must_use]
    pub fn takes(&self, value: &Value) -> bool {
        let offers = |all: &BTreeSet<ChoiceValue>| all.iter().all(|it| self.choice(it).is_some());
        match (self.kind, value) {
            (FieldKind::Text | FieldKind::Area, Value::Text(text)) => !says_nothing(text),
            (FieldKind::Date, Value::Day(_))
            | (FieldKind::Moment, Value::Moment(_))
            | (FieldKind::Number, Value::Number(_)) => true,
            (FieldKind::Choice, Value::One(one)) => self.choice(one).is_some(),
            (FieldKind::Choices, Value::Several(all)) => !all.is_empty() && offers(all),
            _ => false,
        }
    }
}
