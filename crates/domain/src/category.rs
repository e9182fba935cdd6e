//! A category of deviations and what it asks, as an organisation writes it in `config/categories`.

use serde::{Deserialize, Serialize};

pub mod answers;
pub mod localised;

pub use answers::{AnswerProblem, LONG_TEXT_CHARACTERS_MAX, TEXT_CHARACTERS_MAX};
pub use localised::Localised;

/// Questions in one category: more would not be answered.
pub const QUESTIONS_MAX: usize = 30;

/// Choices of one question.
pub const CHOICES_MAX: usize = 30;

/// Characters in the name of a category, a question or a choice.
pub const NAME_CHARACTERS_MAX: usize = 60;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The name, if it can be one: 1 to 60 of the characters a to z, 0 to 9 and hyphen.
            pub fn new(name: impl Into<String>) -> Result<Self, NotAName> {
                let name = name.into();
                if is_name(&name) { Ok(Self(name)) } else { Err(NotAName) }
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAName;

            fn try_from(name: String) -> Result<Self, Self::Error> {
                Self::new(name)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::new(name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// A category, by the name of its file: `lost-or-stolen-device`.
    CategoryId
);
name!(
    /// One of a category's questions, by its name within the category. Answers are stored under it.
    QuestionName
);
name!(
    /// One of a question's choices. It is what an answer stores; the label may be reworded.
    ChoiceValue
);

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !text.is_empty() && text.len() <= NAME_CHARACTERS_MAX && text.bytes().all(allowed)
}

/// The text cannot name a category, a question or a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAName;

impl std::fmt::Display for NotAName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a name is 1 to {NAME_CHARACTERS_MAX} of the characters a-z, 0-9 and hyphen")
    }
}

impl std::error::Error for NotAName {}

/// What kind of deviation a report is about, and what is asked about that kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The name under which reports refer to it.
    pub id: CategoryId,
    /// Counts from 1, raised when the questions change: a report keeps the version it answered.
    pub version: u32,
    /// Where it stands in the form's list, lowest first.
    pub order: u32,
    /// What people choose it by.
    pub title: Localised,
    /// One sentence: what belongs here.
    pub help: Localised,
    /// What is asked beyond the fields every report has.
    #[serde(default, rename = "question")]
    pub questions: Vec<Question>,
}

/// Something a category asks the reporter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The name under which the answer is stored.
    #[serde(rename = "id")]
    pub name: QuestionName,
    /// What an answer looks like.
    pub kind: AnswerKind,
    /// Whether a report without an answer is refused.
    #[serde(default)]
    pub required: bool,
    /// The question itself.
    pub label: Localised,
    /// More about what is meant, where the question alone is not enough.
    #[serde(default)]
    pub help: Option<Localised>,
    /// What can be chosen, for a question of that kind.
    #[serde(default, rename = "choice")]
    pub choices: Vec<Choice>,
}

/// What the answer to a question looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    /// A line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// `yes`, `no` or `unknown`.
    YesNoUnknown,
    /// The value of one of the choices.
    Choice,
    /// A date, or a date and a time on the clock where it happened.
    When,
}

/// One of the answers a question offers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the answer stores.
    pub value: ChoiceValue,
    /// What people read.
    pub label: Localised,
}

/// What is wrong with a category as written. Questions and choices are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CategoryProblem {
    /// Versions count from 1.
    VersionZero,
    /// There are more than [`QUESTIONS_MAX`] questions.
    TooManyQuestions,
    /// The question has the name of an earlier one: one answer would overwrite the other.
    QuestionNamedTwice {
        /// The later question.
        question: usize,
    },
    /// The question asks for a choice between fewer than two, or more than [`CHOICES_MAX`].
    ChoicesOutOfBounds {
        /// The question.
        question: usize,
    },
    /// The question lists choices although its kind is not a choice.
    ChoicesNotAsked {
        /// The question.
        question: usize,
    },
    /// The choice has the value of an earlier one: the answers could not be told apart.
    ChoiceTwice {
        /// The question.
        question: usize,
        /// The later choice.
        choice: usize,
    },
}

impl Category {
    /// What no single field shows to be wrong, in the order it stands in the category.
    #[must_use]
    pub fn problems(&self) -> Vec<CategoryProblem> {
        let mut problems = Vec::new();
        if self.version == 0 {
            problems.push(CategoryProblem::VersionZero);
        }
        if QUESTIONS_MAX < self.questions.len() {
            problems.push(CategoryProblem::TooManyQuestions);
        }
        for (index, question) in self.questions.iter().enumerate().take(QUESTIONS_MAX) {
            if self.questions[..index].iter().any(|earlier| earlier.name == question.name) {
                problems.push(CategoryProblem::QuestionNamedTwice { question: index });
            }
            problems.extend(question.choice_problems(index));
        }
        problems
    }

    /// The question of that name.
    #[must_use]
    pub fn question(&self, name: &QuestionName) -> Option<&Question> {
        self.questions.iter().find(|question| question.name == *name)
    }
}

impl Question {
    fn choice_problems(&self, question: usize) -> Vec<CategoryProblem> {
        let asked = self.kind == AnswerKind::Choice;
        if asked && !(2..=CHOICES_MAX).contains(&self.choices.len()) {
            return vec![CategoryProblem::ChoicesOutOfBounds { question }];
        }
        if !asked && !self.choices.is_empty() {
            return vec![CategoryProblem::ChoicesNotAsked { question }];
        }
        let repeated = |choice: &usize| {
            let value = &self.choices[*choice].value;
            self.choices[..*choice].iter().any(|earlier| earlier.value == *value)
        };
        (0..self.choices.len())
            .filter(repeated)
            .map(|choice| CategoryProblem::ChoiceTwice { question, choice })
            .collect()
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
            choices: choices.iter().map(choice).collect(),
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
        }
    }

    #[test]
    fn a_name_is_short_and_plain() {
        assert_eq!(CategoryId::new("a").unwrap().as_str(), "a");
        assert_eq!(CategoryId::new("x".repeat(60)).unwrap().to_string().len(), 60);
        for wrong in ["", "Tapt", "æ", "a b", "a/b", "../a", "a_b", &"x".repeat(61)] {
            assert_eq!(CategoryId::new(wrong), Err(NotAName), "{wrong}");
            assert_eq!(wrong.parse::<QuestionName>(), Err(NotAName), "{wrong}");
        }
    }

    #[test]
    fn a_category_may_ask_nothing_or_well_formed_questions() {
        assert_eq!(category(Vec::new()).problems(), []);
        let kind = question("kind", AnswerKind::Choice, &["phone", "tablet"]);
        let place = question("place", AnswerKind::Text, &[]);
        assert_eq!(category(vec![kind, place]).problems(), []);
    }

    #[test]
    fn versions_count_from_one() {
        let unversioned = Category { version: 0, ..category(Vec::new()) };
        assert_eq!(unversioned.problems(), [CategoryProblem::VersionZero]);
    }

    #[test]
    fn there_are_not_endlessly_many_questions() {
        let ask = |index: usize| question(&format!("q{index}"), AnswerKind::Text, &[]);
        let full: Vec<_> = (0..QUESTIONS_MAX).map(ask).collect();
        assert_eq!(category(full.clone()).problems(), []);
        let more = [full, vec![ask(QUESTIONS_MAX)]].concat();
        assert_eq!(category(more).problems(), [CategoryProblem::TooManyQuestions]);
    }

    #[test]
    fn two_questions_cannot_share_a_name() {
        let asked = |name| question(name, AnswerKind::Text, &[]);
        assert_eq!(
            category(vec![asked("a"), asked("b"), asked("a")]).problems(),
            [CategoryProblem::QuestionNamedTwice { question: 2 }]
        );
    }

    #[test]
    fn a_choice_needs_at_least_two_and_not_endlessly_many() {
        let many: Vec<String> = (0..=CHOICES_MAX).map(|value| format!("c{value}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for choices in [&[][..], &["only"], &many] {
            assert_eq!(
                category(vec![question("a", AnswerKind::Choice, choices)]).problems(),
                [CategoryProblem::ChoicesOutOfBounds { question: 0 }]
            );
        }
    }

    #[test]
    fn only_a_choice_lists_choices() {
        assert_eq!(
            category(vec![question("a", AnswerKind::YesNoUnknown, &["maybe", "yes"])]).problems(),
            [CategoryProblem::ChoicesNotAsked { question: 0 }]
        );
    }

    #[test]
    fn two_choices_cannot_share_a_value() {
        assert_eq!(
            category(vec![question("a", AnswerKind::Choice, &["x", "y", "x"])]).problems(),
            [CategoryProblem::ChoiceTwice { question: 0, choice: 2 }]
        );
    }
}
