//! The categories a report can be about, with everything an organisation wrote for each.

use axum::Json;
use domain::category::{self, AnswerKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{Caller, Language};
use super::problems::TokenProblems;
use super::shapes::Listed;
use super::words::{Role, Word};

/// What kind of deviation a report is about, and what follows from that kind. Texts are in the
/// language asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct Category {
    /// The name to refer to it by.
    id: String,
    /// Raised with every change.
    version: u32,
    /// What people choose it by.
    title: String,
    /// What belongs here.
    help: String,
    /// What is asked beyond the fields every report has.
    questions: Vec<CategoryQuestion>,
    /// What is done first.
    playbook: Vec<FirstAction>,
    /// The rules that such a deviation usually breaches.
    rules: Vec<BreachedRule>,
    /// What makes a report severe; any of the rules will do.
    severe: Vec<SevereRule>,
}

/// Something a category asks the reporter.
#[derive(Serialize, ToSchema)]
pub(crate) struct CategoryQuestion {
    /// The name to answer it by.
    name: String,
    /// What an answer looks like.
    kind: QuestionKind,
    /// Whether a report without an answer is refused, where the question applies.
    required: bool,
    /// The question itself.
    label: String,
    /// More about what is meant.
    help: Option<String>,
    /// The earlier answer without which the question does not apply.
    only_if: Option<OnlyIf>,
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
    /// The values of as many of the choices as apply.
    Several,
    /// A whole number, 0 or more, as text.
    Number,
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

/// An answer to another question, without which something does not apply.
#[derive(Serialize, ToSchema)]
pub(crate) struct OnlyIf {
    /// The other question.
    question: String,
    /// The answers, one of which was given.
    is: Vec<String>,
}

/// One of the first actions of a category.
#[derive(Serialize, ToSchema)]
pub(crate) struct FirstAction {
    /// The name to refer to it by.
    name: String,
    /// What is to be done.
    text: String,
    /// Whose it is by rights.
    owner: Role,
    /// How soon it is to be done.
    within_hours: u32,
    /// What the time runs from.
    from: CountedFrom,
    /// The answer without which it is not proposed by itself.
    only_if: Option<OnlyIf>,
}

/// What the time for a first action runs from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CountedFrom {
    /// From when the case is received.
    Receipt,
    /// From when the organisation became aware.
    Awareness,
}

/// A rule that is breached.
#[derive(Serialize, ToSchema)]
pub(crate) struct BreachedRule {
    /// Where it stands, to the paragraph.
    cite: String,
    /// What it demands.
    about: String,
}

/// A rule that makes a report severe.
#[derive(Serialize, ToSchema)]
pub(crate) struct SevereRule {
    /// The name under which a case keeps that it applied.
    name: String,
    /// Why such a report is severe.
    why: String,
    /// What must hold, all of it.
    when: Vec<Condition>,
}

/// Something that holds of a report, or does not: about a question or about a field.
#[derive(Serialize, ToSchema, Default)]
pub(crate) struct Condition {
    /// The question it is about.
    question: Option<String>,
    /// The field of every report it is about.
    field: Option<String>,
    /// The answers, one of which was given.
    is: Vec<String>,
    /// The least number that will do, where numbers are compared.
    at_least: Option<u32>,
}

/// List the categories
///
/// What a report can be about, in the order of the report form: each one's own questions, first
/// actions, rules breached, and what makes a report severe.
#[utoipa::path(
    get, path = "/categories", tag = super::ORGANISATION, operation_id = "list_categories",
    responses(
        (status = 200, description = "The categories.", body = Listed<Category>),
        TokenProblems,
    ),
)]
pub(crate) async fn list(caller: Caller, Language(language): Language) -> Json<Listed<Category>> {
    let all = caller.service().categories().iter();
    Json(Listed::whole(all.map(|it| Category::new(it, language)).collect()))
}

impl Category {
    fn new(category: &category::Category, language: &str) -> Self {
        let said = |text: &category::Localised| text.text(language).to_owned();
        let severe = |it: &category::SevereRule| SevereRule {
            name: it.name.to_string(),
            why: said(&it.why),
            when: it.when.iter().map(Condition::new).collect(),
        };
        Self {
            id: category.id.to_string(),
            version: category.version,
            title: said(&category.title),
            help: said(&category.help),
            questions: category
                .questions
                .iter()
                .map(|it| CategoryQuestion::new(it, language))
                .collect(),
            playbook: category.playbook.iter().map(|it| FirstAction::new(it, language)).collect(),
            rules: BreachedRule::all(category, language).collect(),
            severe: category.severe.iter().map(severe).collect(),
        }
    }
}

impl BreachedRule {
    /// The rules of a category.
    pub(crate) fn all(category: &category::Category, language: &str) -> impl Iterator<Item = Self> {
        let said = move |text: &category::Localised| text.text(language).to_owned();
        category.rules.iter().map(move |it| Self { cite: said(&it.cite), about: said(&it.about) })
    }
}

impl CategoryQuestion {
    fn new(question: &category::Question, language: &str) -> Self {
        let choice = |it: &category::Choice| QuestionChoice {
            value: it.value.to_string(),
            label: it.label.text(language).to_owned(),
        };
        Self {
            name: question.name.to_string(),
            kind: question.kind.into(),
            required: question.required,
            label: question.label.text(language).to_owned(),
            help: question.help.as_ref().map(|help| help.text(language).to_owned()),
            only_if: question.only_if.as_ref().map(OnlyIf::new),
            choices: question.choices.iter().map(choice).collect(),
        }
    }
}

impl FirstAction {
    fn new(action: &category::Action, language: &str) -> Self {
        Self {
            name: action.name.to_string(),
            text: action.text.text(language).to_owned(),
            owner: Word(action.owner),
            within_hours: action.within.hours(),
            from: match action.from {
                category::CountedFrom::Receipt => CountedFrom::Receipt,
                category::CountedFrom::Awareness => CountedFrom::Awareness,
            },
            only_if: action.only_if.as_ref().map(OnlyIf::new),
        }
    }
}

impl OnlyIf {
    fn new(only_if: &category::OnlyIf) -> Self {
        let is = only_if.is.iter().map(ToString::to_string).collect();
        Self { question: only_if.question.to_string(), is }
    }
}

impl Condition {
    fn new(condition: &category::Condition) -> Self {
        match condition {
            category::Condition::Answered { question, is } => {
                Self { question: Some(question.to_string()), is: is.clone(), ..Self::default() }
            }
            category::Condition::AtLeast { question, at_least } => Self {
                question: Some(question.to_string()),
                at_least: Some(*at_least),
                ..Self::default()
            },
            category::Condition::Field(field) => Self {
                field: Some(field.name().to_owned()),
                is: field.answers(),
                ..Self::default()
            },
        }
    }
}

impl From<AnswerKind> for QuestionKind {
    fn from(kind: AnswerKind) -> Self {
        match kind {
            AnswerKind::Text => Self::Text,
            AnswerKind::LongText => Self::LongText,
            AnswerKind::YesNoUnknown => Self::YesNoUnknown,
            AnswerKind::Choice => Self::Choice,
            AnswerKind::Several => Self::Several,
            AnswerKind::Number => Self::Number,
            AnswerKind::When => Self::When,
        }
    }
}
