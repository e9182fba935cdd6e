//! A category of deviations as an organisation writes it in `config/categories`: what it asks, what
//! is done first, which rules are breached, what makes a report severe, and what people are told.
//!
//! NOTE: a category that was reported under is kept in the journal in this very shape, so its keys
//! are the stored form too: never renamed, only added to.

use serde::{Deserialize, Serialize};

pub mod answers;
pub mod letter;
pub mod localised;
pub mod name;
pub mod playbook;
pub mod problem;
pub mod question;
pub mod severity;
pub mod tells;

pub use answers::{AnswerProblem, LONG_TEXT_CHARACTERS_MAX, NUMBER_MAX, TEXT_CHARACTERS_MAX};
pub use letter::LetterParts;
pub use localised::Localised;
pub(crate) use name::name;
pub use name::{
    ActionName, CategoryId, ChoiceValue, NAME_CHARACTERS_MAX, NotAName, QuestionName, SevereName,
};
pub use playbook::{Action, CountedFrom, Within};
pub use problem::{CHOICES_MAX, CategoryProblem, PARTS_MAX, QUESTIONS_MAX, Step, TELLS_MAX, Wrong};
pub use question::{AnswerKind, Choice, OnlyIf, Question};
pub use severity::{Condition, Reported, SevereRule};
pub use tells::Tells;

/// What kind of deviation a report is about, and what follows from that kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The name under which reports refer to it.
    pub id: CategoryId,
    /// Counts from 1, raised with every change: a report keeps the version it answered.
    pub version: u32,
    /// Where it stands in the form's list, lowest first.
    pub order: u32,
    /// What people choose it by. Its languages are those of every other text.
    pub title: Localised,
    /// One sentence: what belongs here.
    pub help: Localised,
    /// What is asked beyond the fields every report has.
    #[serde(default, rename = "question", skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// What is done first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub playbook: Vec<Action>,
    /// The rules that such a deviation usually breaches.
    #[serde(default, rename = "rule", skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<BreachedRule>,
    /// What makes a report severe; any of the rules will do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub severe: Vec<SevereRule>,
    /// What answers tell of the facts of a case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tells: Vec<Tells>,
    /// What a letter to the people affected says of such a deviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterParts>,
}

/// A rule that is breached: a law's, or one of the organisation's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreachedRule {
    /// Where it stands, to the paragraph.
    pub cite: Localised,
    /// What it demands, in one sentence.
    pub about: Localised,
}

impl Category {
    /// The question of that name.
    #[must_use]
    pub fn question(&self, name: &QuestionName) -> Option<&Question> {
        self.questions.iter().find(|question| question.name == *name)
    }

    /// The first action of that name.
    #[must_use]
    pub fn action(&self, name: &ActionName) -> Option<&Action> {
        self.playbook.iter().find(|action| action.name == *name)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn question(name: &str, kind: AnswerKind, choices: &[&str]) -> Question {
        let choice = |value: &&str| Choice {
            value: ChoiceValue::new(*value).unwrap(),
            label: Localised::bokmaal("Valg"),
        };
        Question {
            name: QuestionName::new(name).unwrap(),
            kind,
            required: false,
            label: Localised::bokmaal("Hva?"),
            help: None,
            only_if: None,
            choices: choices.iter().map(choice).collect(),
        }
    }

    pub(crate) fn only_if(question: &str, is: &[&str]) -> OnlyIf {
        let value = |value: &&str| ChoiceValue::new(*value).unwrap();
        OnlyIf {
            question: QuestionName::new(question).unwrap(),
            is: is.iter().map(value).collect(),
        }
    }

    pub(crate) fn category(questions: Vec<Question>) -> Category {
        Category {
            id: CategoryId::new("lost-thing").unwrap(),
            version: 1,
            order: 1,
            title: Localised::bokmaal("Tapt ting"),
            help: Localised::bokmaal("Noe er borte."),
            questions,
            playbook: Vec::new(),
            rules: Vec::new(),
            severe: Vec::new(),
            tells: Vec::new(),
            letter: None,
        }
    }
}
