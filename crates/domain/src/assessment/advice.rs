//! The advice: every rule is asked, the highest that stands decides, and whoever reads it sees why,
//! what was cleared and on which ground, and which question would change it.

use super::condition::{Condition, Judged};
use super::rules::{Ground, Rule, Rulebook};
use super::severity::{Overrides, Severity, severity};
use crate::case::event::Outcome;
use crate::case::facts::{Fact, Facts};

/// What is advised, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice<'a> {
    /// What is advised: the highest that a rule which fired advises, else to document the breach.
    pub outcome: Outcome,
    /// The severity beside it.
    pub severity: Severity,
    /// The rules that fired, those that advise most first.
    pub fired: Vec<Fired<'a>>,
    /// The rules that would have fired and were cleared.
    pub cleared: Vec<Cleared<'a>>,
    /// The facts that are not known and could change the outcome, in the order in which one asks.
    pub questions: Vec<Fact>,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired<'a> {
    /// The book it stands in.
    pub book: &'a Rulebook,
    /// The rule.
    pub rule: &'a Rule,
    /// The facts that count as a risk in it because they are not known.
    pub unknown: Vec<Fact>,
}

/// A rule that would have fired, were it not for a ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared<'a> {
    /// The book it stands in.
    pub book: &'a Rulebook,
    /// The rule.
    pub rule: &'a Rule,
    /// The grounds that clear it.
    pub grounds: Vec<&'a Ground>,
}

/// What the books advise on these facts.
#[must_use]
pub fn advise<'a>(
    books: impl IntoIterator<Item = &'a Rulebook>,
    facts: &Facts,
    overrides: &Overrides,
) -> Advice<'a> {
    let severity = severity(facts, overrides);
    let mut fired = Vec::new();
    let mut cleared = Vec::new();
    let mut dormant = Vec::new();
    let known = Known { facts, severity: &severity };
    for book in books {
        for rule in &book.rules {
            let holding = book.grounds_against(rule).filter(|ground| known.all(&ground.when));
            let grounds: Vec<&Ground> = holding.collect();
            if !known.all(&rule.when) {
                dormant.push((book, rule, grounds));
            } else if grounds.is_empty() {
                let unknown = known.wanting(&rule.when);
                fired.push(Fired { book, rule, unknown });
            } else {
                cleared.push(Cleared { book, rule, grounds });
            }
        }
    }
    fired.sort_by_key(|it| std::cmp::Reverse(it.rule.outcome));
    let outcome = fired.first().map_or(Outcome::DocumentOnly, |it| it.rule.outcome);
    let dormant =
        dormant.iter().filter(|(_, rule, grounds)| outcome < rule.outcome && grounds.is_empty());
    let raising = dormant.filter_map(|(_, rule, _)| known.settled_by(&rule.when));
    let decisive = fired.iter().filter(|it| it.rule.outcome == outcome);
    let lowering = decisive.flat_map(|it| {
        let grounds = it.book.grounds_against(it.rule);
        let by_ground = grounds.filter_map(|ground| known.settled_by(&ground.when));
        by_ground.chain([it.unknown.clone()]).collect::<Vec<_>>()
    });
    let mut questions: Vec<Fact> = raising.chain(lowering).flatten().collect();
    questions.sort();
    questions.dedup();
    Advice { outcome, severity, fired, cleared, questions }
}

/// What conditions are held against.
struct Known<'a> {
    facts: &'a Facts,
    severity: &'a Severity,
}

impl Known<'_> {
    fn judge(&self, condition: &Condition) -> Judged {
        condition.judge(self.facts, self.severity)
    }

    fn all(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| self.judge(condition).holds)
    }

    /// The facts that are not known, of conditions that hold for want of them.
    fn wanting(&self, conditions: &[Condition]) -> Vec<Fact> {
        let judged = conditions.iter().map(|condition| self.judge(condition));
        judged.filter(|it| it.holds).filter_map(|it| it.for_want_of).collect()
    }

    /// The facts that are not known and whose answers could make all of these hold; none where
    /// something that is known is in the way.
    fn settled_by(&self, conditions: &[Condition]) -> Option<Vec<Fact>> {
        let judged = conditions.iter().map(|condition| self.judge(condition));
        judged.filter(|it| !it.holds).map(|it| it.for_want_of).collect()
    }
}
