//! What others refer to: categories, units and people.

use axum::Json;
use domain::category::{self, AnswerKind};
use domain::ids;
use domain::organisation::{self as house};
use serde::Serialize;
use service::permit::{self, Overview};
use utoipa::ToSchema;
use uuid::Uuid;

use super::asked::{Caller, Language};
use super::failure::Failure;
use super::problems::{ListProblems, TokenProblems};
use super::shapes::Listed;
use super::words::{Role, Word};

/// What kind of deviation a report is about, and what is asked about that kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct Category {
    /// The name to refer to it by.
    id: String,
    /// Raised when its questions change.
    version: u32,
    /// What people choose it by, in the language asked for.
    title: String,
    /// What belongs here.
    help: String,
    /// What is asked beyond the fields every report has.
    questions: Vec<CategoryQuestion>,
}

/// Something a category asks the reporter.
#[derive(Serialize, ToSchema)]
pub(crate) struct CategoryQuestion {
    /// The name to answer it by.
    name: String,
    /// What an answer looks like.
    kind: QuestionKind,
    /// Whether a report without an answer is refused.
    required: bool,
    /// The question itself.
    label: String,
    /// More about what is meant.
    help: Option<String>,
    /// What can be chosen, for a question of that kind.
    choices: Vec<QuestionChoice>,
}

/// What the answer to a question looks like.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QuestionKind {
    /// A line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// `yes`, `no` or `unknown`.
    YesNoUnknown,
    /// The value of one of the choices.
    Choice,
    /// A date such as `2026-03-27`, or a date and time on the clock there: `2026-03-27T15:30`.
    When,
}

/// One of the answers a question offers.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionChoice {
    /// What the answer says.
    value: String,
    /// What people read.
    label: String,
}

/// A place in the organisation tree.
#[derive(Serialize, ToSchema)]
pub(crate) struct Unit {
    /// Its identifier.
    id: Uuid,
    /// Its name.
    name: String,
    /// The unit it belongs under.
    parent: Option<Uuid>,
}

/// Somebody who can be named as handler, owner or involved.
#[derive(Serialize, ToSchema)]
pub(crate) struct Person {
    /// Their identifier.
    id: Uuid,
    /// The name others see; `null` once erased.
    name: Option<String>,
    /// The unit they belong to.
    unit: Uuid,
    /// What they are.
    roles: Vec<Role>,
}

/// List the categories
///
/// What a report can be about, in the order of the report form, with each one's own questions.
#[utoipa::path(
    get, path = "/categories", tag = super::ORGANISATION, operation_id = "list_categories",
    responses(
        (status = 200, description = "The categories.", body = Listed<Category>),
        TokenProblems,
    ),
)]
pub(crate) async fn categories(
    caller: Caller,
    Language(language): Language,
) -> Json<Listed<Category>> {
    let all = caller.service().categories().iter();
    Json(Listed::whole(all.map(|it| Category::new(it, language)).collect()))
}

/// List the units
#[utoipa::path(
    get, path = "/units", tag = super::ORGANISATION, operation_id = "list_units",
    responses(
        (status = 200, description = "The units.", body = Listed<Unit>),
        TokenProblems,
    ),
)]
pub(crate) async fn units(caller: Caller) -> Json<Listed<Unit>> {
    let organisation = caller.service().organisation();
    Json(Listed::whole(organisation.units.iter().map(Unit::new).collect()))
}

/// List the people
///
/// Everybody who can be named as handler, owner or involved; for those who work with the list of
/// cases.
#[utoipa::path(
    get, path = "/people", tag = super::ORGANISATION, operation_id = "list_people",
    responses(
        (status = 200, description = "The people.", body = Listed<Person>),
        ListProblems,
    ),
)]
pub(crate) async fn people(caller: Caller) -> Result<Json<Listed<Person>>, Failure> {
    permit::for_overview(&caller.who, Overview::Inbox).ok_or(Failure::NotPermitted)?;
    let organisation = caller.service().organisation();
    let active = organisation.people.iter().filter(|(_, person)| person.active);
    Ok(Json(Listed::whole(active.map(Person::new).collect())))
}

impl Category {
    fn new(category: &category::Category, language: &str) -> Self {
        let question = |it: &category::Question| CategoryQuestion {
            name: it.name.to_string(),
            kind: it.kind.into(),
            required: it.required,
            label: it.label.text(language).to_owned(),
            help: it.help.as_ref().map(|help| help.text(language).to_owned()),
            choices: it.choices.iter().map(|it| QuestionChoice::new(it, language)).collect(),
        };
        Self {
            id: category.id.to_string(),
            version: category.version,
            title: category.title.text(language).to_owned(),
            help: category.help.text(language).to_owned(),
            questions: category.questions.iter().map(question).collect(),
        }
    }
}

impl QuestionChoice {
    fn new(choice: &category::Choice, language: &str) -> Self {
        let (value, label) = (choice.value.to_string(), choice.label.text(language).to_owned());
        Self { value, label }
    }
}

impl From<AnswerKind> for QuestionKind {
    fn from(kind: AnswerKind) -> Self {
        match kind {
            AnswerKind::Text => Self::Text,
            AnswerKind::LongText => Self::LongText,
            AnswerKind::YesNoUnknown => Self::YesNoUnknown,
            AnswerKind::Choice => Self::Choice,
            AnswerKind::When => Self::When,
        }
    }
}

impl Unit {
    fn new((id, unit): (&ids::UnitId, &house::Unit)) -> Self {
        Self { id: id.0, name: unit.name.clone(), parent: unit.parent.map(|parent| parent.0) }
    }
}

impl Person {
    fn new((id, person): (&ids::UserId, &house::Person)) -> Self {
        Self {
            id: id.0,
            name: person.name.get().cloned(),
            unit: person.unit.0,
            roles: person.roles.iter().map(Word).collect(),
        }
    }
}
