//! Whether the answers in a report fit the questions of its category.

use chrono::{NaiveDate, NaiveDateTime};

use super::{AnswerKind, Category, Question, QuestionName};

/// Characters in an answer of one line.
pub const TEXT_CHARACTERS_MAX: usize = 200;

/// Characters in an answer of several lines.
pub const LONG_TEXT_CHARACTERS_MAX: usize = 4_000;

/// The answers to a question of kind [`AnswerKind::YesNoUnknown`].
pub const YES_NO_UNKNOWN: [&str; 3] = ["yes", "no", "unknown"];

/// What a page's field for a date, or for a date and time, sends.
const DATE: &str = "%Y-%m-%d";
const DATE_TIMES: [&str; 2] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];

/// Why an answer cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerProblem {
    /// The question must be answered and was not.
    Missing {
        /// The question.
        question: QuestionName,
    },
    /// The category has no such question.
    UnknownQuestion {
        /// What was answered.
        question: QuestionName,
    },
    /// The question was answered more than once.
    AnsweredTwice {
        /// The question.
        question: QuestionName,
    },
    /// The answer is none of those the question offers.
    NotAChoice {
        /// The question.
        question: QuestionName,
    },
    /// The answer is not a date such as `2026-03-27` or `2026-03-27T15:30`.
    NotAMoment {
        /// The question.
        question: QuestionName,
    },
    /// The answer has more characters than are kept.
    TooLong {
        /// The question.
        question: QuestionName,
        /// How many it may have.
        characters_max: usize,
    },
}

impl AnswerProblem {
    /// The question whose field the problem is shown beside.
    #[must_use]
    pub fn question(&self) -> &QuestionName {
        match self {
            Self::Missing { question }
            | Self::UnknownQuestion { question }
            | Self::AnsweredTwice { question }
            | Self::NotAChoice { question }
            | Self::NotAMoment { question }
            | Self::TooLong { question, .. } => question,
        }
    }
}

impl Category {
    /// All that keeps the answers from being taken, in the order of the questions; what answers
    /// no question comes last. A blank answer is none.
    #[must_use]
    pub fn check_answers(&self, answers: &[(QuestionName, String)]) -> Vec<AnswerProblem> {
        let of_questions = self.questions.iter().filter_map(|question| question.check(answers));
        let unknown = answers
            .iter()
            .filter(|(name, _)| self.question(name).is_none())
            .map(|(name, _)| AnswerProblem::UnknownQuestion { question: name.clone() });
        of_questions.chain(unknown).collect()
    }
}

impl Question {
    fn check(&self, answers: &[(QuestionName, String)]) -> Option<AnswerProblem> {
        let mut given = answers
            .iter()
            .filter(|(name, answer)| *name == self.name && !answer.trim().is_empty())
            .map(|(_, answer)| answer.as_str());
        let question = self.name.clone();
        match (given.next(), given.next()) {
            (None, _) if self.required => Some(AnswerProblem::Missing { question }),
            (None, _) => None,
            (Some(answer), None) => self.check_one(answer),
            (Some(_), Some(_)) => Some(AnswerProblem::AnsweredTwice { question }),
        }
    }

    fn check_one(&self, answer: &str) -> Option<AnswerProblem> {
        let question = self.name.clone();
        let within = |characters_max| answer.chars().count() <= characters_max;
        match self.kind {
            AnswerKind::Text => (!within(TEXT_CHARACTERS_MAX)).then_some(AnswerProblem::TooLong {
                question,
                characters_max: TEXT_CHARACTERS_MAX,
            }),
            AnswerKind::LongText => {
                (!within(LONG_TEXT_CHARACTERS_MAX)).then_some(AnswerProblem::TooLong {
                    question,
                    characters_max: LONG_TEXT_CHARACTERS_MAX,
                })
            }
            AnswerKind::YesNoUnknown => (!YES_NO_UNKNOWN.contains(&answer))
                .then_some(AnswerProblem::NotAChoice { question }),
            AnswerKind::Choice => (!self.choices.iter().any(|it| it.value.as_str() == answer))
                .then_some(AnswerProblem::NotAChoice { question }),
            AnswerKind::When => {
                (!is_moment(answer)).then_some(AnswerProblem::NotAMoment { question })
            }
        }
    }
}

fn is_moment(answer: &str) -> bool {
    NaiveDate::parse_from_str(answer, DATE).is_ok()
        || DATE_TIMES.iter().any(|form| NaiveDateTime::parse_from_str(answer, form).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::tests::{category, question};

    fn name(name: &str) -> QuestionName {
        QuestionName::new(name).unwrap()
    }

    /// What is wrong with one answer to one question of that kind.
    fn problems(kind: AnswerKind, answer: &str) -> Vec<AnswerProblem> {
        let choices: &[&str] = if kind == AnswerKind::Choice { &["phone", "tablet"] } else { &[] };
        category(vec![question("asked", kind, choices)])
            .check_answers(&[(name("asked"), answer.to_owned())])
    }

    #[test]
    fn every_kind_takes_its_own_answers() {
        for (kind, answer) in [
            (AnswerKind::Text, "På bussen"),
            (AnswerKind::LongText, "Først på bussen,\nså på toget"),
            (AnswerKind::YesNoUnknown, "yes"),
            (AnswerKind::YesNoUnknown, "no"),
            (AnswerKind::YesNoUnknown, "unknown"),
            (AnswerKind::Choice, "tablet"),
            (AnswerKind::When, "2026-03-27"),
            (AnswerKind::When, "2026-03-27T15:30"),
            (AnswerKind::When, "2026-03-27T15:30:00"),
        ] {
            assert_eq!(problems(kind, answer), [], "{answer}");
        }
    }

    #[test]
    fn a_choice_not_offered_is_refused() {
        for (kind, answer) in [
            (AnswerKind::Choice, "car"),
            (AnswerKind::Choice, "Phone"),
            (AnswerKind::YesNoUnknown, "maybe"),
        ] {
            let refused = AnswerProblem::NotAChoice { question: name("asked") };
            assert_eq!(problems(kind, answer), [refused], "{answer}");
        }
    }

    #[test]
    fn a_moment_is_a_date_with_or_without_a_time() {
        for answer in ["yesterday", "27.03.2026", "2026-02-30", "2026-03-27T25:00", "15:30"] {
            let refused = AnswerProblem::NotAMoment { question: name("asked") };
            assert_eq!(problems(AnswerKind::When, answer), [refused], "{answer}");
        }
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        for (kind, characters_max) in [
            (AnswerKind::Text, TEXT_CHARACTERS_MAX),
            (AnswerKind::LongText, LONG_TEXT_CHARACTERS_MAX),
        ] {
            assert_eq!(problems(kind, &"ø".repeat(characters_max)), []);
            let refused = AnswerProblem::TooLong { question: name("asked"), characters_max };
            assert_eq!(problems(kind, &"ø".repeat(characters_max + 1)), [refused]);
        }
    }

    #[test]
    fn only_a_required_question_must_be_answered() {
        let needed = Question { required: true, ..question("needed", AnswerKind::Text, &[]) };
        let category = category(vec![needed, question("extra", AnswerKind::Choice, &["a", "b"])]);
        let missing = AnswerProblem::Missing { question: name("needed") };
        assert_eq!(category.check_answers(&[]), std::slice::from_ref(&missing));
        let blank = [(name("needed"), "  ".to_owned()), (name("extra"), String::new())];
        assert_eq!(category.check_answers(&blank), [missing]);
        assert_eq!(category.check_answers(&[(name("needed"), "Ja".to_owned())]), []);
    }

    #[test]
    fn a_question_is_answered_once() {
        let category = category(vec![question("asked", AnswerKind::Text, &[])]);
        let answer = |text: &str| (name("asked"), text.to_owned());
        let twice = AnswerProblem::AnsweredTwice { question: name("asked") };
        assert_eq!(category.check_answers(&[answer("a"), answer("b")]), [twice]);
        assert_eq!(category.check_answers(&[answer(""), answer("b")]), []);
    }

    #[test]
    fn every_problem_is_told_at_once_in_the_order_of_the_form() {
        let needed = Question { required: true, ..question("needed", AnswerKind::Text, &[]) };
        let category = category(vec![needed, question("when", AnswerKind::When, &[])]);
        let answers = [(name("other"), "x".to_owned()), (name("when"), "now".to_owned())];
        let problems = category.check_answers(&answers);
        assert_eq!(
            problems,
            [
                AnswerProblem::Missing { question: name("needed") },
                AnswerProblem::NotAMoment { question: name("when") },
                AnswerProblem::UnknownQuestion { question: name("other") },
            ]
        );
        assert_eq!(problems[1].question(), &name("when"));
    }
}
