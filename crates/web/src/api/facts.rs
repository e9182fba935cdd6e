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
use utoipa::openapi::schema::{
    AdditionalProperties, AnyOfBuilder, ArrayBuilder, ObjectBuilder, Schema, SchemaType,
};
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
    let schema = serde_json::to_value(schema().build());
    let mut schema = schema.expect("a schema is plain data");
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema
}

fn schema() -> ObjectBuilder {
    let schema = ObjectBuilder::new()
        .title(Some("The facts of a case"))
        .description(Some(
            "Every field may be left out: what is left out, null or \"unknown\" is not known, and \
             counts as a risk where it matters.",
        ))
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    Fact::iter().fold(schema, |schema, fact| schema.property(<&str>::from(fact), property(fact)))
}

fn property(fact: Fact) -> Schema {
    let mut description = meaning::question(fact).to_owned();
    for (word, means) in meaning::answers(fact) {
        write!(description, " `{word}`: {means}.").expect("a string takes whatever is written");
    }
    let one_of = |words: Vec<Value>| {
        ObjectBuilder::new().schema_type(SchemaType::AnyValue).enum_values(Some(words))
    };
    let description = Some(description);
    match fact.shape() {
        Shape::YesNo => one_of(vec![json!(true), json!(false), json!(UNKNOWN), Value::Null])
            .description(description)
            .into(),
        Shape::One(choices) => {
            let choices = choices.iter().map(|it| json!(it)).chain([Value::Null]);
            one_of(choices.collect()).description(description).into()
        }
        Shape::Several { .. } => {
            let words = words(fact).into_iter().map(|it| json!(it)).collect();
            let list = ArrayBuilder::new().items(one_of(words)).unique_items(true);
            let open = one_of(vec![json!(UNKNOWN), Value::Null]);
            AnyOfBuilder::new().item(list).item(open).description(description).into()
        }
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
    #[expect(deprecated, reason = "every other schema has its example under this name")]
    fn schema() -> RefOr<Schema> {
        let example = json!({
            "personal_data": true,
            "breach": ["confidentiality"],
            "data": ["identification", "health"],
            "people": "up_to_ten",
            "protection": "encrypted",
            "recipient": "unidentified",
        });
        schema().example(Some(example)).into()
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
