//! The category's own questions as the form shows them. Questions that wait for the same answer
//! stand together under a sentence that says which; the stylesheet hides them until it is given,
//! where the browser can tell.

use domain::category::answers::YES_NO_UNKNOWN;
use domain::category::{AnswerKind, Category, OnlyIf, Question};

use super::filing::answer_field;
use crate::forms::{Choice, Field, Form};
use crate::page::Page;

/// Questions that are asked together.
pub(super) struct Group {
    /// The answer they wait for, if they do.
    pub(super) only_if: Option<ShownOnlyIf>,
    /// The questions.
    pub(super) questions: Vec<ShownQuestion>,
}

/// The answer that a group waits for.
pub(super) struct ShownOnlyIf {
    /// The group's number in the form.
    pub(super) number: usize,
    /// Which answer to which question.
    pub(super) sentence: String,
}

/// One of the questions.
pub(super) struct ShownQuestion {
    /// How it is answered.
    pub(super) kind: AnswerKind,
    /// Its field.
    pub(super) field: Field,
}

/// The category's questions, in their order.
pub(super) fn groups(page: &Page, form: &Form, category: &Category) -> Vec<Group> {
    let runs = category.questions.chunk_by(|one, next| one.only_if == next.only_if);
    let waits: Vec<Option<&OnlyIf>> =
        runs.clone().map(|run| run.first().and_then(|it| it.only_if.as_ref())).collect();
    runs.enumerate()
        .map(|(number, run)| Group {
            only_if: waits[number]
                .map(|it| ShownOnlyIf { number, sentence: sentence(page, category, it) }),
            questions: run.iter().map(|it| question(page, form, it, &waits)).collect(),
        })
        .collect()
}

fn sentence(page: &Page, category: &Category, only_if: &OnlyIf) -> String {
    let question = category.question(&only_if.question);
    let label = question.map_or("", |it| it.label.text(page.language())).to_owned();
    let offered = question.map(|it| choices(page, it)).unwrap_or_default();
    let waited_for = offered.iter().filter(|choice| is_among(choice, only_if));
    let answers: Vec<String> = waited_for
        .map(|choice| page.say_with("quoted", &[("words", choice.label.as_str())]))
        .collect();
    let answers = answers.join(&format!(" {} ", page.say("or")));
    page.say_with("report-only-if", &[("answers", answers), ("question", label)])
}

fn is_among(choice: &Choice, only_if: &OnlyIf) -> bool {
    only_if.is.iter().any(|it| it.as_str() == choice.value)
}

fn question(
    page: &Page,
    form: &Form,
    question: &Question,
    waits: &[Option<&OnlyIf>],
) -> ShownQuestion {
    let label = question.label.text(page.language()).to_owned();
    let help = question.help.as_ref().map(|help| help.text(page.language()).to_owned());
    let choices = choices(page, question)
        .into_iter()
        .map(|choice| Choice { opens: opened_by(question, &choice, waits), ..choice });
    let field = form.worded(&answer_field(&question.name), label, help).with(choices.collect());
    let field = if question.required { field } else { field.marked(page.say("optional")) };
    ShownQuestion { kind: question.kind, field }
}

/// The numbers of the groups that wait for this choice.
fn opened_by(question: &Question, choice: &Choice, waits: &[Option<&OnlyIf>]) -> String {
    let opens = |only_if: &OnlyIf| only_if.question == question.name && is_among(choice, only_if);
    let numbers: Vec<String> = waits
        .iter()
        .enumerate()
        .filter(|(_, waits)| waits.is_some_and(opens))
        .map(|(number, _)| number.to_string())
        .collect();
    numbers.join(" ")
}

/// What can be chosen in answer to a question.
fn choices(page: &Page, question: &Question) -> Vec<Choice> {
    match question.kind {
        AnswerKind::YesNoUnknown => YES_NO_UNKNOWN
            .map(|answer| Choice::new(answer, page.say(&format!("yes_no_unknown-{answer}"))))
            .into(),
        _ => question
            .choices
            .iter()
            .map(|choice| Choice::new(choice.value.as_str(), choice.label.text(page.language())))
            .collect(),
    }
}
