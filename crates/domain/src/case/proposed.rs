//! What a report proposes to whoever finds out the facts of its case: what it says by itself, and
//! what the answers to its category's questions tell. None of it is known until somebody says so.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Answer, Fact, Facts};
use super::report::Report;
use crate::category::answers::given;
use crate::category::{Category, Condition, QuestionName, Reported};
use crate::condition::ReportField;

/// Facts with the places in the report they were taken from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposed {
    /// The facts.
    pub facts: Facts,
    /// Where each was taken from.
    pub sources: BTreeMap<Fact, BTreeSet<Source>>,
}

/// A place in a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Whether personal data is affected.
    PersonalData,
    /// In which ways.
    Breach,
    /// How many people.
    People,
    /// What is affected that is more serious than other data.
    Sensitive,
    /// How it became known.
    Channel,
    /// The answer to one of the category's own questions.
    Answer(QuestionName),
    /// The category itself.
    Category,
}

impl Proposed {
    /// What a report proposes, read with the category it answered. The fields that every report
    /// has come first, then what stands first in the category; of several answers all count.
    #[must_use]
    pub fn by(report: &Report, category: Option<&Category>) -> Self {
        let mut proposed = Self { facts: Facts::reported(report), ..Self::default() };
        let known: Vec<Fact> = proposed.facts.iter().map(|(fact, _)| fact).collect();
        for fact in known {
            proposed.note(fact, field(fact));
        }
        let Some(category) = category else { return proposed };
        let answers = given(&report.answers);
        let reported = Reported { answers: &answers, stated: report.stated() };
        for tells in category.told(reported) {
            let Some(answer) = tells.told() else { continue };
            if proposed.take_in(tells.fact, answer) {
                proposed.note(tells.fact, sources(&tells.when));
            }
        }
        proposed
    }

    /// Whether something is taken over from it.
    fn take_in(&mut self, fact: Fact, answer: Answer) -> bool {
        let answer = match (self.facts.answer(fact), answer) {
            (Some(Answer::Several(known)), Answer::Several(more)) => {
                Answer::Several(known.union(&more).copied().collect())
            }
            (Some(_), _) => return false,
            (None, answer) => answer,
        };
        self.facts = std::mem::take(&mut self.facts).answered(fact, Some(answer));
        true
    }

    fn note(&mut self, fact: Fact, sources: impl IntoIterator<Item = Source>) {
        self.sources.entry(fact).or_default().extend(sources);
    }
}

/// The field of every report that a fact is taken from.
fn field(fact: Fact) -> Option<Source> {
    match fact {
        Fact::PersonalData => Some(Source::PersonalData),
        Fact::Breach => Some(Source::Breach),
        Fact::People => Some(Source::People),
        Fact::Data | Fact::PeopleAre | Fact::ProtectedAddress => Some(Source::Sensitive),
        Fact::ActingAsProcessor => Some(Source::Channel),
        _ => None,
    }
}

/// The places that conditions look at.
fn sources(when: &[Condition]) -> Vec<Source> {
    if when.is_empty() {
        return vec![Source::Category];
    }
    let source = |condition: &Condition| match condition {
        Condition::Answered { question, .. } | Condition::AtLeast { question, .. } => {
            Source::Answer(question.clone())
        }
        Condition::Field(ReportField::PersonalData(_)) => Source::PersonalData,
        Condition::Field(ReportField::Breach(_)) => Source::Breach,
        Condition::Field(ReportField::People(_)) => Source::People,
        Condition::Field(ReportField::Sensitive(_)) => Source::Sensitive,
    };
    when.iter().map(source).collect()
}
