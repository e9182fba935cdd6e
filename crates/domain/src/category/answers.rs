//! Whether the answers in a report fit the questions of its category.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::{AnswerKind, Category, OnlyIf, Question, QuestionName};
use crate::YEARS;
use crate::case::report::Answer;
use crate::invisible::says_nothing;

/// Characters in an answer of one line.
pub const TEXT_CHARACTERS_MAX: usize = 200;

/// Characters in an answer of several lines.
pub const LONG_TEXT_CHARACTERS_MAX: usize = 4_000;

/// The highest number that is taken.
pub const NUMBER_MAX: u32 = 1_000_000_000;

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
    /// The answer is not a whole number from 0 to [`NUMBER_MAX`].
    NotANumber {
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
            | Self::NotANumber { question }
            | Self::NotAMoment { question }
            | Self::TooLong { question, .. } => question,
        }
    }
}

impl Category {
    /// All that keeps the answers from being taken, in the order of the questions; what answers
    /// no question comes last. A blank answer is none, and an answer to a question that does not
    /// apply is not looked at.
    #[must_use]
    pub fn check_answers(&self, answers: &[(QuestionName, String)]) -> Vec<AnswerProblem> {
        let asked = self.asked(answers);
        let of_questions = asked.iter().filter_map(|question| question.check(answers));
        let unknown = answers
            .iter()
            .filter(|(name, _)| self.question(name).is_none())
            .map(|(name, _)| AnswerProblem::UnknownQuestion { question: name.clone() });
        of_questions.chain(unknown).collect()
    }

    /// The answers that are kept: what was written, to questions that apply.
    #[must_use]
    pub fn applicable(&self, answers: &[(QuestionName, String)]) -> Vec<(QuestionName, String)> {
        let asked = self.asked(answers);
        let is_kept = |(name, answer): &&(QuestionName, String)| {
            !says_nothing(answer) && asked.iter().any(|question| question.name == *name)
        };
        answers.iter().filter(is_kept).cloned().collect()
    }

    /// The questions that apply, given the answers. A question depends on earlier ones alone, and
    /// on one that does not apply itself nothing can depend.
    fn asked(&self, answers: &[(QuestionName, String)]) -> Vec<&Question> {
        let mut asked: Vec<&Question> = Vec::new();
        for question in &self.questions {
            let applies = question.only_if.as_ref().is_none_or(|only_if| {
                asked.iter().any(|earlier| earlier.name == only_if.question)
                    && only_if.holds(answers)
            });
            if applies {
                asked.push(question);
            }
        }
        asked
    }
}

/// The answers of a report as conditions read them, as far as they are not erased.
#[must_use]
pub fn given(answers: &[Answer]) -> Vec<(QuestionName, String)> {
    let given = |it: &Answer| {
        let question = QuestionName::new(it.question.as_str()).ok()?;
        Some((question, it.answer.get()?.clone()))
    };
    answers.iter().filter_map(given).collect()
}

impl OnlyIf {
    /// Whether one of the answers it waits for was given.
    #[must_use]
    pub fn holds(&self, answers: &[(QuestionName, String)]) -> bool {
        let is_waited_for = |answer: &str| self.is.iter().any(|it| it.as_str() == answer);
        answers.iter().any(|(name, answer)| *name == self.question && is_waited_for(answer))
    }
}

impl Question {
    fn check(&self, answers: &[(QuestionName, String)]) -> Option<AnswerProblem> {
        let given: Vec<&str> = answers
            .iter()
            .filter(|(name, answer)| *name == self.name && !says_nothing(answer))
            .map(|(_, answer)| answer.as_str())
            .collect();
        let question = self.name.clone();
        match given.as_slice() {
            [] if self.required => Some(AnswerProblem::Missing { question }),
            [] => None,
            [answer] => self.check_one(answer),
            several if self.kind == AnswerKind::Several && all_differ(several) => {
                several.iter().find_map(|answer| self.check_one(answer))
            }
            _ => Some(AnswerProblem::AnsweredTwice { question }),
        }
    }

    fn check_one(&self, answer: &str) -> Option<AnswerProblem> {
        let question = self.name.clone();
        let at_most = |characters_max| {
            let question = self.name.clone();
            let fits = answer.chars().count() <= characters_max;
            (!fits).then_some(AnswerProblem::TooLong { question, characters_max })
        };
        match self.kind {
            AnswerKind::Text => at_most(TEXT_CHARACTERS_MAX),
            AnswerKind::LongText => at_most(LONG_TEXT_CHARACTERS_MAX),
            AnswerKind::YesNoUnknown | AnswerKind::Choice | AnswerKind::Several => {
                let is_offered = self.offered().any(|it| it == answer);
                (!is_offered).then_some(AnswerProblem::NotAChoice { question })
            }
            AnswerKind::Number => {
                (!is_number(answer)).then_some(AnswerProblem::NotANumber { question })
            }
            AnswerKind::When => {
                (!is_moment(answer)).then_some(AnswerProblem::NotAMoment { question })
            }
        }
    }
}

fn all_differ(answers: &[&str]) -> bool {
    (1..answers.len()).all(|later| !answers[..later].contains(&answers[later]))
}

fn is_number(answer: &str) -> bool {
    let plain = answer.bytes().all(|byte| byte.is_ascii_digit());
    plain && answer.parse::<u32>().is_ok_and(|number| number <= NUMBER_MAX)
}

fn is_moment(answer: &str) -> bool {
    let wall = |form| NaiveDateTime::parse_from_str(answer, form).ok();
    let day = NaiveDate::parse_from_str(answer, DATE).ok();
    let day = day.or_else(|| DATE_TIMES.into_iter().find_map(wall).map(|wall| wall.date()));
    day.is_some_and(|day| YEARS.contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::tests::{category, only_if, question};

    fn name(name: &str) -> QuestionName {
        QuestionName::new(name).unwrap()
    }

    /// What is wrong with one answer to one question of that kind.
    fn problems(kind: AnswerKind, answer: &str) -> Vec<AnswerProblem> {
        let choices: &[&str] = if kind.lists_choices() { &["phone", "tablet"] } else { &[] };
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
            (AnswerKind::Several, "tablet"),
            (AnswerKind::Number, "0"),
            (AnswerKind::Number, "1000000000"),
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
            (AnswerKind::Several, "car"),
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
    fn a_number_is_whole_and_not_endless() {
        for answer in ["-1", "+1", "1.5", "1 000", "a few", "1000000001", "99999999999"] {
            let refused = AnswerProblem::NotANumber { question: name("asked") };
            assert_eq!(problems(AnswerKind::Number, answer), [refused], "{answer}");
        }
    }

    #[test]
    fn several_choices_are_taken_once_each() {
        let category = category(vec![question("asked", AnswerKind::Several, &["a", "b", "c"])]);
        let answered = |answers: &[&str]| {
            let answers: Vec<_> =
                answers.iter().map(|answer| (name("asked"), (*answer).to_owned())).collect();
            category.check_answers(&answers)
        };
        assert_eq!(answered(&["c", "a"]), []);
        let twice = AnswerProblem::AnsweredTwice { question: name("asked") };
        assert_eq!(answered(&["a", "b", "a"]), [twice]);
        assert_eq!(answered(&["a", "d"]), [AnswerProblem::NotAChoice { question: name("asked") }]);
    }

    /// Whether it was stolen; if so, where; and if it was at a station, which one.
    fn about_theft() -> Category {
        let place = Question {
            required: true,
            only_if: Some(only_if("stolen", &["yes", "unknown"])),
            ..question("place", AnswerKind::Choice, &["station", "street"])
        };
        let station = Question {
            required: true,
            only_if: Some(only_if("place", &["station"])),
            ..question("station", AnswerKind::Text, &[])
        };
        category(vec![question("stolen", AnswerKind::YesNoUnknown, &[]), place, station])
    }

    fn answers(answers: &[(&str, &str)]) -> Vec<(QuestionName, String)> {
        answers.iter().map(|(question, answer)| (name(question), (*answer).to_owned())).collect()
    }

    #[test]
    fn a_question_must_be_answered_only_where_it_applies() {
        let category = about_theft();
        let missing = |question| [AnswerProblem::Missing { question: name(question) }];
        assert_eq!(category.check_answers(&[]), []);
        assert_eq!(category.check_answers(&answers(&[("stolen", "no")])), []);
        assert_eq!(category.check_answers(&answers(&[("stolen", "unknown")])), missing("place"));
        let at_a_station = answers(&[("stolen", "yes"), ("place", "station")]);
        assert_eq!(category.check_answers(&at_a_station), missing("station"));
        let in_a_street = answers(&[("stolen", "yes"), ("place", "street")]);
        assert_eq!(category.check_answers(&in_a_street), []);
    }

    #[test]
    fn an_answer_to_a_question_that_does_not_apply_is_neither_checked_nor_kept() {
        let category = about_theft();
        let given = answers(&[("stolen", "no"), ("place", "moon"), ("station", "Bergen")]);
        assert_eq!(category.check_answers(&given), []);
        assert_eq!(category.applicable(&given), answers(&[("stolen", "no")]));
        let given = answers(&[("stolen", "yes"), ("place", "station"), ("station", "Bergen")]);
        assert_eq!(category.applicable(&given), given);
        // What it depends on does not apply itself.
        let given = answers(&[("place", "station"), ("station", "Bergen")]);
        assert_eq!(category.applicable(&given), []);
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
