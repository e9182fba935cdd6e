//! What the answers to a report tell of the facts of a case, as a proposal for whoever finds them
//! out.

use serde::{Deserialize, Serialize};

use super::severity::Reported;
use super::{Category, Condition};
use crate::case::facts::{Answer, Fact, Given};

/// What answers tell of one fact: it holds where all conditions do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tells {
    /// The fact.
    pub fact: Fact,
    /// The answer to it.
    pub answer: Given,
    /// What must hold, all of it. Without a condition, every report of the category tells it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
}

impl Tells {
    /// The answer as it is kept; none for what is no answer to the fact.
    #[must_use]
    pub fn told(&self) -> Option<Answer> {
        Answer::read(self.fact, self.answer.clone()).ok().flatten()
    }
}

impl Category {
    /// What a report tells, in the order of the category.
    #[must_use]
    pub fn told<'a>(&'a self, reported: Reported<'_>) -> Vec<&'a Tells> {
        let answers = self.applicable(reported.answers);
        let reported = Reported { answers: &answers, ..reported };
        self.tells.iter().filter(|it| it.when.iter().all(|when| when.holds(reported))).collect()
    }
}
