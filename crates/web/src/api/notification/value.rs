//! An answer to a field as JSON has it: the field says of which kind it is.

use std::collections::BTreeMap;

use domain::category::ChoiceValue;
use domain::notification::{FieldId, FieldKind, Template, Value};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::failure::Failure;
use crate::api::instant::in_years;
use crate::api::problem::{FieldError, FieldProblem, Place};

/// An answer to a field.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum FieldValue {
    /// A whole number.
    Number(u64),
    /// A text, a day (`2026-03-03`) or an instant (RFC 3339); of a field with one choice its name.
    Text(String),
    /// The names of what was chosen.
    Several(Vec<String>),
}

impl FieldValue {
    /// An answer as JSON has it.
    pub(super) fn new(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Number(number) => Self::Number(*number),
            Value::Day(day) => Self::Text(day.to_string()),
            Value::Moment(at) => {
                Self::Text(at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
            }
            Value::One(one) => Self::Text(one.to_string()),
            Value::Several(all) => Self::Several(all.iter().map(ToString::to_string).collect()),
        }
    }

    /// The answer to a field of that kind; nothing where it cannot be one.
    fn read(self, kind: FieldKind) -> Option<Value> {
        let choice = |name: String| ChoiceValue::new(name).ok();
        match (kind, self) {
            (FieldKind::Text | FieldKind::Area, Self::Text(text)) => Value::words(&text),
            (FieldKind::Number, Self::Number(number)) => Some(Value::Number(number)),
            (FieldKind::Date, Self::Text(text)) => in_years(text.parse().ok()?).map(Value::Day),
            (FieldKind::Moment, Self::Text(text)) => {
                in_years(text.parse().ok()?).map(Value::Moment)
            }
            (FieldKind::Choice, Self::Text(text)) => choice(text).map(Value::One),
            (FieldKind::Choices, Self::Several(names)) => {
                let all: Option<_> = names.into_iter().map(choice).collect();
                all.map(Value::Several)
            }
            _ => None,
        }
    }
}

/// Answers by field, or everything that cannot be one.
pub(super) fn read(
    template: &Template,
    fields: BTreeMap<u16, Option<FieldValue>>,
) -> Result<BTreeMap<FieldId, Option<Value>>, Failure> {
    let mut read = BTreeMap::new();
    let mut errors = Vec::new();
    for (number, value) in fields {
        let id = FieldId(number);
        let kind = template.field(id).map(|field| field.kind);
        let answer = match (value, kind) {
            (None, _) => Some(None),
            (Some(value), Some(kind)) => value.read(kind).map(Some),
            (Some(_), None) => None,
        };
        let Some(answer) = answer else {
            let problem = if kind.is_some() { FieldProblem::Unfit } else { FieldProblem::Unknown };
            errors.push(FieldError::new(Place::Body, format!("/fields/{number}"), problem));
            continue;
        };
        read.insert(id, answer);
    }
    if errors.is_empty() { Ok(read) } else { Err(Failure::Unfit(errors)) }
}
