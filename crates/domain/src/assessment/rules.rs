//! The rules that advise, as an organisation writes them in `config/rules`: what raises the advice,
//! and the grounds on which it does not. What no ground clears stands.
//!
//! NOTE: a rulebook that a case was advised by is kept in the journal in this very shape, so its
//! keys are the stored form too: never renamed, only added to.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::condition::Condition;
use crate::case::event::Outcome;
use crate::category::{Localised, name};
use crate::duty::Jurisdiction;

name!(
    /// A rulebook, by the name of its file: `gdpr`.
    RulebookId
);

name!(
    /// A rule, by its name within its rulebook.
    RuleName
);

name!(
    /// A ground, by its name within its rulebook.
    GroundName
);

/// Rules that belong together and change together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rulebook {
    /// The name under which cases refer to it.
    pub id: RulebookId,
    /// Counts from 1, raised with every change: a case keeps the version it was advised by.
    pub version: u32,
    /// Where it stands among the others, lowest first.
    pub order: u32,
    /// Where it applies.
    pub jurisdictions: BTreeSet<Jurisdiction>,
    /// The first day of awareness that it covers; every day when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// The last day of awareness that it covers; every later day when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// What people call it. Its languages are those of every other text.
    pub title: Localised,
    /// Grounds that clear every rule of the book.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clears_all: Vec<GroundName>,
    /// What speaks against a rule.
    #[serde(default, rename = "ground", skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<Ground>,
    /// What raises the advice.
    #[serde(default, rename = "rule", skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
}

/// Something that raises the advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name.
    #[serde(rename = "id")]
    pub name: RuleName,
    /// What it advises, at least.
    pub outcome: Outcome,
    /// Why, in a sentence.
    pub reason: Localised,
    /// Where that stands.
    pub cite: Localised,
    /// What must be so, all of it; each condition looks towards worse.
    pub when: Vec<Condition>,
    /// The grounds any of which clears it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<GroundName>,
}

/// Something that makes a danger unlikely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Its name.
    #[serde(rename = "id")]
    pub name: GroundName,
    /// Why, in a sentence.
    pub reason: Localised,
    /// Where that stands.
    pub cite: Localised,
    /// What must be so, all of it; each condition looks towards better.
    pub when: Vec<Condition>,
}

impl Rulebook {
    /// Whether it covers a case in which the organisation became aware on that day.
    #[must_use]
    pub fn covers(&self, jurisdiction: Jurisdiction, aware_on: NaiveDate) -> bool {
        self.jurisdictions.contains(&jurisdiction)
            && self.valid_from.is_none_or(|from| from <= aware_on)
            && self.valid_until.is_none_or(|until| aware_on <= until)
    }

    /// The ground of that name.
    #[must_use]
    pub fn ground(&self, name: &GroundName) -> Option<&Ground> {
        self.grounds.iter().find(|ground| ground.name == *name)
    }

    /// The rule of that name.
    #[must_use]
    pub fn rule(&self, name: &RuleName) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == *name)
    }

    /// The grounds any of which clears a rule, those that clear all of them first.
    pub fn grounds_against<'a>(&'a self, rule: &'a Rule) -> impl Iterator<Item = &'a Ground> {
        self.clears_all.iter().chain(&rule.unless).filter_map(|name| self.ground(name))
    }
}
