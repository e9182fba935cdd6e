//! What is wrong with a category whose parts are well formed and do not fit together.

use super::{
    AnswerKind, Category, ChoiceValue, Condition, LetterParts, Localised, OnlyIf, Question,
    QuestionName, letter,
};
use crate::case::facts::NotAnAnswer;

/// Questions in one category: more would not be answered.
pub const QUESTIONS_MAX: usize = 30;

/// Choices of one question.
pub const CHOICES_MAX: usize = 30;

/// First actions, rules breached, and rules of severity in one category, of each.
pub const PARTS_MAX: usize = 30;

/// Things that answers tell, in one category.
pub const TELLS_MAX: usize = 60;

/// One step on the way to a value of the category, by the names it is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Into a table.
    Key(&'static str),
    /// Into a list, counted from 0.
    Index(usize),
}

/// What is wrong with a category as written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryProblem {
    /// The way to the value that is to blame.
    pub at: Vec<Step>,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What can be wrong with a part of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Versions count from 1.
    VersionZero,
    /// There are more of them than allowed.
    TooMany {
        /// How many there may be.
        most: usize,
    },
    /// It has the name of an earlier one of its kind.
    NamedTwice,
    /// The question asks for a choice between fewer than two, or more than [`CHOICES_MAX`].
    ChoicesOutOfBounds,
    /// The question lists choices although its kind offers none.
    ChoicesNotAsked,
    /// The condition names a question that the category does not have.
    NoSuchQuestion,
    /// The condition names the question itself or a later one: no answer would be there yet, and
    /// conditions could go in a circle.
    NotAskedBefore,
    /// The condition names a question whose answers cannot be listed.
    NotToBeListed,
    /// The condition names a question that is not answered with a number.
    NotANumber,
    /// The condition lists no answer.
    NothingListed,
    /// The condition lists an answer that the question does not offer.
    NotOffered {
        /// Those it offers.
        offered: Vec<String>,
    },
    /// What is told is no answer to the fact.
    NotAnAnswer(NotAnAnswer),
    /// The text has a place that nothing of the case is filled into.
    NoSuchPlace {
        /// The place, without its braces.
        place: String,
    },
    /// The rule has no condition, so that everything would be severe.
    NoCondition,
    /// The text is not there in a language that the title has.
    LanguageMissing {
        /// The language.
        language: String,
    },
}

impl Category {
    /// What no single field shows to be wrong, in the order it stands in the category.
    #[must_use]
    pub fn problems(&self) -> Vec<CategoryProblem> {
        let mut found = Found { category: self, at: Vec::new(), problems: Vec::new() };
        if self.version == 0 {
            found.within(Step::Key("version"), |found| found.blame(Wrong::VersionZero));
        }
        found.text("title", &self.title);
        found.text("help", &self.help);
        found.list("question", &self.questions, QUESTIONS_MAX, |found, index, question| {
            found.name(self.questions[..index].iter().any(|it| it.name == question.name));
            found.question(index, question);
        });
        found.list("playbook", &self.playbook, PARTS_MAX, |found, index, action| {
            found.name(self.playbook[..index].iter().any(|it| it.name == action.name));
            found.text("text", &action.text);
            found.only_if(action.only_if.as_ref(), self.questions.len());
        });
        found.list("rule", &self.rules, PARTS_MAX, |found, _, rule| {
            found.text("cite", &rule.cite);
            found.text("about", &rule.about);
        });
        found.list("severe", &self.severe, PARTS_MAX, |found, index, rule| {
            found.name(self.severe[..index].iter().any(|it| it.name == rule.name));
            found.text("why", &rule.why);
            if rule.when.is_empty() {
                found.within(Step::Key("when"), |found| found.blame(Wrong::NoCondition));
            }
            found.conditions(&rule.when);
        });
        found.list("tells", &self.tells, TELLS_MAX, |found, _, tells| {
            if tells.told().is_none() {
                let wrong = Wrong::NotAnAnswer(NotAnAnswer { fact: tells.fact });
                found.within(Step::Key("answer"), |found| found.blame(wrong));
            }
            found.conditions(&tells.when);
        });
        found.within(Step::Key("letter"), |found| {
            self.letter.iter().flat_map(LetterParts::texts).for_each(|(key, text)| {
                found.text(key, text);
                found.places(key, text);
            });
        });
        found.problems
    }
}

/// What was found so far, and where one stands.
struct Found<'a> {
    category: &'a Category,
    at: Vec<Step>,
    problems: Vec<CategoryProblem>,
}

impl Found<'_> {
    fn blame(&mut self, wrong: Wrong) {
        self.problems.push(CategoryProblem { at: self.at.clone(), wrong });
    }

    fn within(&mut self, step: Step, look: impl FnOnce(&mut Self)) {
        self.at.push(step);
        look(self);
        self.at.pop();
    }

    fn list<T>(
        &mut self,
        key: &'static str,
        parts: &[T],
        most: usize,
        mut look: impl FnMut(&mut Self, usize, &T),
    ) {
        self.within(Step::Key(key), |found| {
            for (index, part) in parts.iter().enumerate().take(most) {
                found.within(Step::Index(index), |found| look(found, index, part));
            }
            if most < parts.len() {
                found.within(Step::Index(most), |found| found.blame(Wrong::TooMany { most }));
            }
        });
    }

    fn name(&mut self, is_taken: bool) {
        if is_taken {
            self.within(Step::Key("id"), |found| found.blame(Wrong::NamedTwice));
        }
    }

    /// The title says which languages the category is written in.
    fn text(&mut self, key: &'static str, text: &Localised) {
        let missing = self.category.title.languages().find(|language| !text.has(language));
        if let Some(language) = missing {
            let wrong = Wrong::LanguageMissing { language: language.to_owned() };
            self.within(Step::Key(key), |found| found.blame(wrong));
        }
    }

    fn places(&mut self, key: &'static str, text: &Localised) {
        let Some((language, place)) = letter::misplaced(text) else { return };
        let wrong = Wrong::NoSuchPlace { place: place.to_owned() };
        self.within(Step::Key(key), |found| {
            found.within(Step::Key(language), |found| found.blame(wrong));
        });
    }

    fn question(&mut self, index: usize, question: &Question) {
        self.text("label", &question.label);
        if let Some(help) = &question.help {
            self.text("help", help);
        }
        self.only_if(question.only_if.as_ref(), index);
        let (asked, choices) = (question.kind.lists_choices(), &question.choices);
        let wrong = if asked && !(2..=CHOICES_MAX).contains(&choices.len()) {
            Some(Wrong::ChoicesOutOfBounds)
        } else {
            (!asked && !choices.is_empty()).then_some(Wrong::ChoicesNotAsked)
        };
        if let Some(wrong) = wrong {
            self.within(Step::Key("kind"), |found| found.blame(wrong));
            return;
        }
        self.list("choice", choices, CHOICES_MAX, |found, index, choice| {
            if choices[..index].iter().any(|earlier| earlier.value == choice.value) {
                found.within(Step::Key("value"), |found| found.blame(Wrong::NamedTwice));
            }
            found.text("label", &choice.label);
        });
    }

    /// `before` is how many questions, from the first on, the condition may name.
    fn only_if(&mut self, only_if: Option<&OnlyIf>, before: usize) {
        let Some(OnlyIf { question, is }) = only_if else { return };
        let words = is.iter().map(ChoiceValue::as_str);
        self.within(Step::Key("only-if"), |found| {
            if let Some(asked) = found.asked(question, before) {
                found.listed(asked, words);
            }
        });
    }

    fn conditions(&mut self, conditions: &[Condition]) {
        self.within(Step::Key("when"), |found| {
            for (index, condition) in conditions.iter().enumerate() {
                found.within(Step::Index(index), |found| found.condition(condition));
            }
        });
    }

    fn condition(&mut self, condition: &Condition) {
        let all = self.category.questions.len();
        match condition {
            Condition::Answered { question, is } => {
                if let Some(asked) = self.asked(question, all) {
                    self.listed(asked, is.iter().map(String::as_str));
                }
            }
            Condition::AtLeast { question, .. } => {
                let asked = self.asked(question, all);
                if asked.is_some_and(|asked| asked.kind != AnswerKind::Number) {
                    self.within(Step::Key("question"), |found| found.blame(Wrong::NotANumber));
                }
            }
            Condition::Field(_) => (),
        }
    }
}

impl<'a> Found<'a> {
    fn asked(&mut self, name: &QuestionName, before: usize) -> Option<&'a Question> {
        let questions = &self.category.questions;
        let place = questions.iter().position(|question| question.name == *name);
        let wrong = match place {
            Some(place) if place < before => return questions.get(place),
            Some(_) => Wrong::NotAskedBefore,
            None => Wrong::NoSuchQuestion,
        };
        self.within(Step::Key("question"), |found| found.blame(wrong));
        None
    }

    fn listed<'b>(&mut self, asked: &Question, words: impl Iterator<Item = &'b str>) {
        let offered: Vec<String> = asked.offered().map(str::to_owned).collect();
        if offered.is_empty() {
            self.within(Step::Key("question"), |found| found.blame(Wrong::NotToBeListed));
            return;
        }
        let words: Vec<&str> = words.collect();
        self.within(Step::Key("is"), |found| {
            if words.is_empty() {
                found.blame(Wrong::NothingListed);
            }
            for (index, word) in words.iter().enumerate() {
                if !offered.iter().any(|it| it == word) {
                    let wrong = Wrong::NotOffered { offered: offered.clone() };
                    found.within(Step::Index(index), |found| found.blame(wrong));
                }
            }
        });
    }
}

#[cfg(test)]
#[path = "problem_tests.rs"]
mod tests;
