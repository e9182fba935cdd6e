//! Facts as programs send and read them: one field for each, every one of which may be left out,
//! and the schema that says so.

mod meaning;

use std::borrow::Cow;
use std::fmt::Write as _;

use axum::extract::{FromRequest, Request};
use domain::case::facts::{Fact, Facts, Shape, UNKNOWN};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use strum::{IntoEnumIterator, VariantNames};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::asked::Body;
use super::failure::Failure;
use super::problem::FieldProblem;
use crate::App;

/// What is known of a case, fact by fact.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct FactsBody(pub(crate) Facts);

/// Facts from the body of a request. What does not fit is told with what would.
pub(crate) struct FactsAsked(pub(crate) Facts);

impl FromRequest<App> for FactsAsked {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let Body(FactsBody(facts)) =
            Body::from_request(request, app).await.map_err(with_choices)?;
        Ok(Self(facts))
    }
}

/// The failure with the words that are allowed where another was sent.
fn with_choices(failure: Failure) -> Failure {
    let Failure::Unfit(mut errors) = failure else { return failure };
    for error in &mut errors {
        let name = error.field.trim_start_matches('/').split('/').next().unwrap_or_default();
        error.choices = match (error.problem, name.parse::<Fact>()) {
            (FieldProblem::Unknown, _) => Fact::VARIANTS.to_vec(),
            (_, Ok(fact)) => words(fact),
            (_, Err(_)) => Vec::new(),
        };
    }
    Failure::Unfit(errors)
}

/// The words for a fact's answers, as JSON has them.
fn words(fact: Fact) -> Vec<&'static str> {
    match fact.shape() {
        Shape::YesNo => vec!["true", "false", UNKNOWN],
        Shape::One(choices) => choices.to_vec(),
        Shape::Several { choices, .. } => choices.iter().copied().chain([UNKNOWN]).collect(),
    }
}

/// The JSON schema of the facts, by itself.
#[must_use]
pub fn facts_schema() -> Value {
    let properties = Fact::iter().map(|fact| (<&str>::from(fact).to_owned(), property(fact)));
    let properties: serde_json::Map<String, Value> = properties.collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The facts of a case",
        "description": "Every field may be left out: what is left out, null or \"unknown\" is not \
                        known, and counts as a risk where it matters.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn property(fact: Fact) -> Value {
    let mut description = meaning::question(fact).to_owned();
    for (word, means) in meaning::answers(fact) {
        write!(description, " `{word}`: {means}.").expect("a string takes whatever is written");
    }
    match fact.shape() {
        Shape::YesNo => {
            json!({ "description": description, "enum": [true, false, UNKNOWN, null] })
        }
        Shape::One(choices) => {
            let choices: Vec<Value> = choices.iter().map(|it| json!(it)).collect();
            let choices = [choices, vec![Value::Null]].concat();
            json!({ "description": description, "enum": choices })
        }
        Shape::Several { .. } => json!({
            "description": description,
            "anyOf": [
                {
                    "type": "array",
                    "items": { "enum": words(fact) },
                    "uniqueItems": true,
                },
                { "enum": [UNKNOWN, null] },
            ],
        }),
    }
}

/// The facts as a page for people who write files of them.
#[must_use]
pub fn facts_document() -> String {
    let mut page = String::new();
    let mut part = None;
    for fact in Fact::iter() {
        if part != Some(fact.part()) {
            part = Some(fact.part());
            let name = <&str>::from(fact.part());
            let heading = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
            write!(page, "\n## {heading}\n\n| Fact | What it asks | Answers, the worst last |\n")
                .and_then(|()| page.write_str("|---|---|---|\n"))
                .expect("a string takes whatever is written");
        }
        let name: &str = fact.into();
        let question = meaning::question(fact);
        writeln!(page, "| `{name}` | {question} | {} |", in_words(fact))
            .expect("a string takes whatever is written");
    }
    page
}

fn in_words(fact: Fact) -> String {
    let meanings = meaning::answers(fact);
    let of = |word: &str| match meanings.iter().find(|(it, _)| *it == word) {
        Some((_, means)) => format!("`{word}`: {means}"),
        None => format!("`{word}`"),
    };
    match fact.shape() {
        Shape::YesNo => "`false`, `\"unknown\"`, `true`".to_owned(),
        Shape::One(choices) => choices.iter().map(|it| of(it)).collect::<Vec<_>>().join("<br>"),
        Shape::Several { choices, .. } => {
            let all = choices.iter().map(|it| of(it)).collect::<Vec<_>>().join("<br>");
            format!("A list of:<br>{all}<br>`unknown`: there may be more")
        }
    }
}

impl PartialSchema for FactsBody {
    fn schema() -> RefOr<Schema> {
        let mut schema = facts_schema();
        if let Value::Object(members) = &mut schema {
            // The description says once for all which dialect it is written in.
            members.remove("$schema");
            members.insert(
                "example".to_owned(),
                json!({
                    "personal_data": true,
                    "breach": ["confidentiality"],
                    "data": ["identification", "health"],
                    "people": "up_to_ten",
                    "protection": "encrypted",
                    "recipient": "unidentified",
                }),
            );
        }
        let schema = serde_json::from_value::<Schema>(schema);
        schema.expect("the schema is one that the description can hold").into()
    }
}

impl ToSchema for FactsBody {
    fn name() -> Cow<'static, str> {
        "Facts".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::problem::{FieldError, Place};

    #[test]
    fn what_does_not_fit_is_told_with_what_would() {
        let told = |field: &str, problem| {
            let failure = Failure::Unfit(vec![FieldError::new(Place::Body, field, problem)]);
            match with_choices(failure) {
                Failure::Unfit(errors) => errors[0].choices.clone(),
                other => panic!("{other:?}"),
            }
        };
        let backup = ["full", "partial", "unknown", "none"];
        assert_eq!(told("/backup", FieldProblem::Unfit), backup);
        assert_eq!(told("/spread", FieldProblem::Unfit), ["true", "false", "unknown"]);
        assert!(told("/breach/1", FieldProblem::Unfit).contains(&"integrity"));
        assert_eq!(told("/colour", FieldProblem::Unknown), Fact::VARIANTS);
        assert_eq!(told("", FieldProblem::Unfit), [""; 0]);
    }

    #[test]
    fn facts_are_read_and_written_alike() {
        let text = r#"{"personal_data":true,"breach":["confidentiality"],"people":"one"}"#;
        let FactsBody(facts) = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&FactsBody(facts)).unwrap(), text);
        for (text, told) in [
            (r#"{"colour":"red"}"#, "unknown field `colour`, expected one of `personal_data`"),
            (r#"{"people":"one","people":"one"}"#, "duplicate field `people`"),
            (r#"{"people":7}"#, "people: invalid type: integer `7`"),
            (r#"{"people":{"a":1}}"#, "people: invalid type: map"),
            (r#"{"people":"ten"}"#, "people: it is one of \"one\", \"up_to_ten\""),
            (r#"{"breach":["a"]}"#, "breach: it is a list of \"confidentiality\""),
            ("[]", "invalid type: sequence, expected facts by their names"),
        ] {
            let error = serde_json::from_str::<FactsBody>(text).unwrap_err().to_string();
            assert!(error.starts_with(told), "{error}");
        }
        let many = format!(r#"{{"breach":[{}]}}"#, vec!["\"integrity\""; 33].join(","));
        let error = serde_json::from_str::<FactsBody>(&many).unwrap_err().to_string();
        assert!(error.contains("a list has at most 32 choices"), "{error}");
    }
}
