//! From the form's fields to a filing, and from a refusal back to the fields it is about.

use std::collections::BTreeSet;

use domain::case;
use domain::case::report::{
    Channel, Occurred, Openness, PeopleEstimate, PersonalDataAffected, Report,
};
use domain::category::{AnswerKind, AnswerProblem, Category, QuestionName};
use service::{Filing, Refusal};

use super::FAMILY;
use crate::files;
use crate::forms::{Posted, Problem, Reader};
use crate::identity::Visitor;
use crate::page::Page;
use crate::refusal;

/// The ways of saying when it happened, as the form's choice `occurred` offers them.
pub(super) const BETWEEN_KINDS: [&str; 3] = ["at", "between", "unknown"];

/// The name of the field for a category's question.
pub(super) fn answer_field(question: &QuestionName) -> String {
    format!("answer-{question}")
}

/// What stands in the form in words and not in the report that was filed from it, each under what
/// was asked.
pub(super) fn changed(page: &Page, category: &Category, form: &Posted, filed: &Report) -> String {
    use AnswerKind::{LongText, Text};
    let own = [
        ("what_happened", &filed.what_happened),
        ("systems_and_devices", &filed.systems_and_devices),
        ("whose_data", &filed.whose_data),
        ("done_already", &filed.done_already),
    ];
    let own = own.into_iter().map(|(field, filed)| {
        let label = page.say(&format!("{FAMILY}-{field}"));
        (label, form.text(field), filed.get())
    });
    let asked = category.questions.iter().filter(|it| matches!(it.kind, Text | LongText));
    let asked = asked.map(|it| {
        let filed = filed.answers.iter().find(|filed| filed.question == it.name.as_str());
        let label = it.label.text(page.language()).to_owned();
        (label, form.text(&answer_field(&it.name)), filed.and_then(|filed| filed.answer.get()))
    });
    let is_new = |text: &str, filed: Option<&String>| {
        !text.is_empty() && filed.is_none_or(|filed| filed.trim() != text)
    };
    let new = own.chain(asked).filter(|(_, text, filed)| is_new(text, *filed));
    let new: Vec<String> = new.map(|(label, text, _)| format!("{label}\n{text}")).collect();
    new.join("\n\n")
}

/// Reads the form.
pub(super) fn read(
    by: &Visitor,
    category: &Category,
    form: &Posted,
) -> Result<Filing, Vec<Problem>> {
    let mut reader = Reader::new(&by.page, FAMILY, form);
    let what_happened = reader.required_text("what_happened");
    let unit = reader.required_choice("unit");
    let discovered_at = reader.moment("discovered_at");
    let occurred = occurred(&mut reader, form);
    let answers = category.questions.iter().flat_map(|it| answers(form, &it.name)).collect();
    let personal_data: Option<PersonalDataAffected> = reader.required_choice("personal_data");
    let people = reader.choice("people").unwrap_or(PeopleEstimate::Unknown);
    let openness = reader.required_choice("openness");
    let channel = channel(&mut reader, by);
    let aware_at = match channel {
        Channel::WebForm => None,
        // From here the controller is aware, EDPB 9/2022: it is asked for, not guessed.
        Channel::Processor | Channel::Phone => reader.required_moment("aware_at"),
        _ => reader.moment("aware_at"),
    };
    let name = openness.and_then(|openness| name(&mut reader, by, channel, openness));
    let affected = Affected {
        breach: reader.several("breach"),
        whose_data: reader.text("whose_data"),
        people,
        sensitive: reader.several("sensitive"),
    }
    .unless_none(personal_data);
    let systems_and_devices = reader.text("systems_and_devices");
    let done_already = reader.text("done_already");
    let contact = reader.optional_text("contact");
    reader.finish(|| {
        Some(Filing {
            by: by.who.clone(),
            channel,
            openness: openness?,
            name,
            contact: contact.filter(|_| openness != Some(Openness::Anonymous)),
            category: category.id.clone(),
            what_happened,
            occurred: occurred?,
            discovered_at,
            aware_at,
            unit: unit?,
            systems_and_devices,
            personal_data: personal_data?,
            breach: affected.breach,
            whose_data: affected.whose_data,
            people: affected.people,
            sensitive: affected.sensitive,
            done_already,
            answers,
            language: by.page.language().to_owned(),
            files: form.uploads(""),
        })
    })
}

/// What was answered to a question, once for each choice that was ticked.
fn answers(form: &Posted, question: &QuestionName) -> Vec<(QuestionName, String)> {
    let field = answer_field(question);
    form.all(&field).map(|answer| (question.clone(), answer.trim().to_owned())).collect()
}

/// What is only asked where personal data may be affected.
struct Affected {
    breach: BTreeSet<case::report::BreachKind>,
    whose_data: String,
    people: PeopleEstimate,
    sensitive: BTreeSet<case::report::Sensitive>,
}

impl Affected {
    /// Leaves out what was filled in before the reporter said that no personal data is affected.
    fn unless_none(self, personal_data: Option<PersonalDataAffected>) -> Self {
        if personal_data == Some(PersonalDataAffected::No) {
            let people = PeopleEstimate::Unknown;
            let (breach, sensitive) = (BTreeSet::new(), BTreeSet::new());
            return Self { breach, whose_data: String::new(), people, sensitive };
        }
        self
    }
}

fn occurred(reader: &mut Reader<'_>, form: &Posted) -> Option<Occurred> {
    match form.text("occurred") {
        "at" => reader.required_moment("occurred_at").map(Occurred::At),
        "between" => {
            let from = reader.required_moment("occurred_from");
            let until = reader.moment("occurred_until");
            from.map(|from| Occurred::Between { from, until })
        }
        _ => Some(Occurred::Unknown),
    }
}

/// Whoever is signed in may register what others told, and says how it came in; everybody else has
/// used the form.
fn channel(reader: &mut Reader<'_>, by: &Visitor) -> Channel {
    match &by.who {
        Some(_) => reader.choice("channel").unwrap_or(Channel::WebForm),
        None => Channel::WebForm,
    }
}

/// Who reported, where it is not simply whoever is signed in.
fn name(
    reader: &mut Reader<'_>,
    by: &Visitor,
    channel: Channel,
    openness: Openness,
) -> Option<String> {
    match (&by.who, channel) {
        _ if openness == Openness::Anonymous => None,
        (Some(_), Channel::WebForm | Channel::OwnInitiative) => None,
        (Some(_), _) => Some(reader.required_text("on_behalf_of")),
        (None, _) => Some(reader.required_text("name")),
    }
}

/// A refusal as problems beside the fields they are about.
pub(super) fn problems(
    page: &Page,
    form: &Posted,
    category: &Category,
    filing: &Filing,
    refused: &Refusal,
) -> Vec<Problem> {
    if let Some(problems) = files::problems(page, form, refused) {
        return problems;
    }
    if let Refusal::Answers(problems) = refused {
        return problems.iter().map(|it| answer_problem(page, category, it)).collect();
    }
    let field = match refused {
        Refusal::Case(case::Refusal::TextMissing { .. }) => Some("what_happened"),
        Refusal::Case(case::Refusal::TimeInFuture { given }) => {
            Some(if filing.discovered_at == Some(*given) {
                "discovered_at"
            } else if filing.aware_at == Some(*given) {
                "aware_at"
            } else {
                occurred_field(filing.occurred)
            })
        }
        Refusal::Case(case::Refusal::TimesOutOfOrder { later, .. }) => {
            let discovered = filing.discovered_at == Some(*later);
            Some(if discovered { "discovered_at" } else { "occurred_until" })
        }
        Refusal::NoSuchUnit => Some("unit"),
        _ => None,
    };
    let sentence = refusal::sentence(page, refused);
    vec![Problem { field: field.map(str::to_owned), sentence }]
}

fn occurred_field(occurred: Occurred) -> &'static str {
    match occurred {
        Occurred::Between { .. } => "occurred_from",
        Occurred::At(_) | Occurred::Unknown => "occurred_at",
    }
}

fn answer_problem(page: &Page, category: &Category, problem: &AnswerProblem) -> Problem {
    let name = problem.question();
    let label = category
        .question(name)
        .map_or_else(|| name.to_string(), |it| it.label.text(page.language()).to_owned());
    let sentence = match problem {
        AnswerProblem::Missing { .. } => page.say_with("problem-missing", &[("label", label)]),
        AnswerProblem::UnknownQuestion { .. }
        | AnswerProblem::AnsweredTwice { .. }
        | AnswerProblem::NotAChoice { .. } => {
            page.say_with("problem-not-a-choice", &[("label", label)])
        }
        AnswerProblem::NotANumber { .. } => {
            page.say_with("problem-not-a-number", &[("label", label)])
        }
        AnswerProblem::NotAMoment { .. } => {
            page.say_with("problem-not-a-time", &[("label", label)])
        }
        AnswerProblem::TooLong { characters_max, .. } => {
            let max = characters_max.to_string();
            page.say_with("problem-too-long", &[("label", label), ("max", max)])
        }
    };
    Problem { field: Some(answer_field(name)), sentence }
}
