//! The advice that an assessment was given by the rules, as it stands on record beside what was
//! made of it.

use serde::{Deserialize, Serialize};

use super::event::Outcome;
use super::state::OpenCase;
use crate::assessment::{
    Advice, FactorKind, GroundName, Overrides, RuleName, Rulebook, RulebookId, Severity, advise,
    severity,
};
use crate::duty::Calendar;
use crate::{Actor, Erasable, Time};

/// What the rules advised, and why somebody departed from it. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AdviceGiven {
    /// What was advised.
    pub outcome: Outcome,
    /// The version of the facts it rests on.
    pub facts_version: u32,
    /// The rules that fired, those that advise most first.
    pub rules: Vec<RuleFired>,
    /// The rules that would have fired, were it not for grounds. The oldest do not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<RuleCleared>,
    /// The severity, in quarters.
    pub severity_quarters: u8,
    /// Why the assessment departs from the advice, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<Erasable<String>>,
}

/// That a factor of the severity was set otherwise than the method has it. NOTE: part of the stored
/// form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeverityOverridden {
    /// Which factor.
    pub factor: FactorKind,
    /// Its value from now on, in quarters; none where the method's own counts again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarters: Option<u8>,
    /// Why.
    pub reason: Erasable<String>,
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

/// A rule that would have fired, with the grounds that spoke against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCleared {
    /// The book.
    pub rulebook: RulebookId,
    /// Its version, which the case keeps.
    pub version: u32,
    /// The rule.
    pub rule: RuleName,
    /// The grounds.
    pub grounds: Vec<GroundName>,
}

/// A value that a factor of the severity was set to, in place of the method's.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorSet {
    /// The value, in quarters.
    pub quarters: u8,
    /// Why.
    pub reason: Erasable<String>,
    /// When it was set.
    pub at: Time,
    /// Who set it.
    pub by: Actor,
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
        Some((advise(books, &known.facts, &case.overrides()), known.version))
    }
}

impl OpenCase {
    /// The factors of the severity that were set otherwise than the method has them.
    #[must_use]
    pub fn overrides(&self) -> Overrides {
        self.overridden.iter().map(|(factor, set)| (*factor, set.quarters)).collect()
    }

    /// How severe the breach is, by the facts that were found out. Nothing where none were.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        let known = self.established.as_ref()?;
        Some(severity(&known.facts, &self.overrides()))
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
        let cleared = advice.cleared.iter().map(|it| RuleCleared {
            rulebook: it.book.id.clone(),
            version: it.book.version,
            rule: it.rule.name.clone(),
            grounds: it.grounds.iter().map(|ground| ground.name.clone()).collect(),
        });
        Self {
            outcome: advice.outcome,
            facts_version,
            rules: rules.collect(),
            cleared: cleared.collect(),
            severity_quarters: advice.severity.quarters,
            departure,
        }
    }
}
