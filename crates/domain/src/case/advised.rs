//! The advice that an assessment was given by the rules, as it stands on record beside what was
//! made of it.

use serde::{Deserialize, Serialize};

use super::event::Outcome;
use super::state::OpenCase;
use crate::Erasable;
use crate::assessment::{Advice, Overrides, RuleName, Rulebook, RulebookId, advise};
use crate::duty::Calendar;

/// What the rules advised, and why somebody departed from it. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdviceGiven {
    /// What was advised.
    pub outcome: Outcome,
    /// The version of the facts it rests on.
    pub facts_version: u32,
    /// The rules that fired, those that advise most first.
    pub rules: Vec<RuleFired>,
    /// The severity, in quarters.
    pub severity_quarters: u8,
    /// Why the assessment departs from the advice, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<Erasable<String>>,
}

/// A rule that fired, in the version of its book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFired {
    /// The book.
    pub rulebook: RulebookId,
    /// Its version, which the case keeps.
    pub version: u32,
    /// The rule.
    pub rule: RuleName,
}

/// The rules there are, and the days by which it is told which of them apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleShelf {
    /// Every rulebook.
    pub books: Vec<Rulebook>,
    /// Where and by which clock days are counted.
    pub calendar: Calendar,
}

impl RuleShelf {
    /// What is advised in a case, by the facts that were found out. Nothing where none were: what
    /// a report says by itself is nobody's finding yet.
    #[must_use]
    pub fn advise(&self, case: &OpenCase) -> Option<(Advice<'_>, u32)> {
        let known = case.established.as_ref()?;
        let aware_on = self.calendar.day_of(case.clock.deadline.aware_at);
        let jurisdiction = self.calendar.jurisdiction;
        let books = self.books.iter().filter(|book| book.covers(jurisdiction, aware_on));
        Some((advise(books, &known.facts, &Overrides::new()), known.version))
    }
}

impl AdviceGiven {
    /// The advice as it goes on record.
    #[must_use]
    pub fn new(
        advice: &Advice<'_>,
        facts_version: u32,
        departure: Option<Erasable<String>>,
    ) -> Self {
        let rules = advice.fired.iter().map(|it| RuleFired {
            rulebook: it.book.id.clone(),
            version: it.book.version,
            rule: it.rule.name.clone(),
        });
        Self {
            outcome: advice.outcome,
            facts_version,
            rules: rules.collect(),
            severity_quarters: advice.severity.quarters,
            departure,
        }
    }
}
