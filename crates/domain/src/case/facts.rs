//! What is known of a case, fact by fact: the one set of facts that the advice, the severity and
//! the duties rest on. What nobody has found out is not in it.

mod answer;
mod fact;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use strum::VariantNames;

pub use answer::{Answer, Given, NotAnAnswer, WORDS_MAX};
pub use fact::{Fact, NO, Part, Shape, UNKNOWN, YES};

use super::report::{Channel, PeopleEstimate, PersonalDataAffected, Report, Sensitive};
use crate::duty::Verdict;

/// Everything found out so far. What is not in it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<Fact, Answer>);

/// The facts as they were found out, with their version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EstablishedFacts {
    /// Counts from 1.
    pub version: u32,
    /// What was found out.
    pub facts: Facts,
}

impl Facts {
    /// What a report says by itself, before anybody has asked. Of boxes, a tick is a yes and an
    /// empty one is no answer.
    #[must_use]
    pub fn reported(report: &Report) -> Self {
        let mut facts = Self::default();
        let affected = match report.personal_data {
            PersonalDataAffected::Yes => Verdict::Yes,
            PersonalDataAffected::No => Verdict::No,
            PersonalDataAffected::Unsure => Verdict::Unknown,
        };
        facts = facts.with(Fact::PersonalData, affected);
        facts.tick(Fact::Breach, report.breach.iter().map(|kind| (*kind).into()));
        if report.people != PeopleEstimate::Unknown {
            facts.choose(Fact::People, report.people.into());
        }
        let ticked = |of: fn(Sensitive) -> Option<&'static str>| {
            report.sensitive.iter().filter_map(move |it| of(*it))
        };
        // The form asks for what is more serious alone: there may be more.
        facts.tick_at_least(Fact::Data, ticked(data));
        facts.tick_at_least(Fact::PeopleAre, ticked(people));
        if report.sensitive.contains(&Sensitive::ProtectedAddress) {
            facts = facts.with(Fact::ProtectedAddress, Verdict::Yes);
        }
        // A processor tells us because we are the controller.
        if report.channel == Channel::Processor {
            facts = facts.with(Fact::ActingAsProcessor, Verdict::No);
        }
        facts
    }

    /// What is known of a fact.
    #[must_use]
    pub fn answer(&self, fact: Fact) -> Option<&Answer> {
        self.0.get(&fact)
    }

    /// Everything that is known, in the order in which one asks.
    pub fn iter(&self) -> impl Iterator<Item = (Fact, &Answer)> {
        self.0.iter().map(|(fact, answer)| (*fact, answer))
    }

    /// Whether a fact of the shape yes or no is so.
    #[must_use]
    pub fn verdict(&self, fact: Fact) -> Verdict {
        match self.answer(fact) {
            Some(Answer::Is(is)) => Verdict::known(*is),
            _ => Verdict::Unknown,
        }
    }

    /// The answer on a fact's scale; [`UNKNOWN`] where there is none.
    #[must_use]
    pub fn one(&self, fact: Fact) -> &'static str {
        match self.answer(fact) {
            Some(Answer::One(word)) => word,
            Some(Answer::Is(true)) => YES,
            Some(Answer::Is(false)) => NO,
            _ => UNKNOWN,
        }
    }

    /// How bad the answer on a fact's scale is.
    #[must_use]
    pub fn rank(&self, fact: Fact) -> usize {
        fact.rank(self.one(fact)).unwrap_or_default()
    }

    /// What applies of a fact with several answers: [`UNKNOWN`] where nothing is known.
    #[must_use]
    pub fn several(&self, fact: Fact) -> BTreeSet<&'static str> {
        match self.answer(fact) {
            Some(Answer::Several(words)) => words.clone(),
            _ => [UNKNOWN].into(),
        }
    }

    /// Whether any of these applies.
    #[must_use]
    pub fn has_any(&self, fact: Fact, of: &[&str]) -> bool {
        match self.answer(fact) {
            Some(Answer::Several(words)) => of.iter().any(|word| words.contains(word)),
            _ => of.contains(&UNKNOWN),
        }
    }

    /// Whether it is not known, or not known whether there is more.
    #[must_use]
    pub fn is_open(&self, fact: Fact) -> bool {
        match self.answer(fact) {
            None => true,
            Some(Answer::Several(words)) => words.contains(UNKNOWN),
            Some(_) => false,
        }
    }

    /// The same with one fact settled, or open again. Only one of the shape yes or no can be.
    #[must_use]
    pub fn with(self, fact: Fact, verdict: Verdict) -> Self {
        if fact.shape() != Shape::YesNo {
            return self;
        }
        let answer = match verdict {
            Verdict::Unknown => None,
            Verdict::Yes => Some(Answer::Is(true)),
            Verdict::No => Some(Answer::Is(false)),
        };
        self.answered(fact, answer)
    }

    /// The same with another answer to a fact, or none.
    #[must_use]
    pub fn answered(mut self, fact: Fact, answer: Option<Answer>) -> Self {
        match answer {
            Some(answer) => self.0.insert(fact, answer),
            None => self.0.remove(&fact),
        };
        self
    }

    /// Takes in what else was said: the worse of two answers counts.
    pub fn take_in(&mut self, others: &Facts) {
        for (fact, answer) in others.iter() {
            let is_no_worse = others.rank(fact) <= self.rank(fact);
            match (self.0.get_mut(&fact), answer) {
                (Some(Answer::Several(known)), Answer::Several(more)) => known.extend(more),
                (Some(_), _) if is_no_worse => (),
                _ => {
                    self.0.insert(fact, answer.clone());
                }
            }
        }
    }

    /// The facts of which the two know different things.
    pub fn differing<'a>(&'a self, other: &'a Facts) -> impl Iterator<Item = Fact> {
        let all: BTreeSet<Fact> = self.0.keys().chain(other.0.keys()).copied().collect();
        all.into_iter().filter(|fact| self.answer(*fact) != other.answer(*fact))
    }

    fn choose(&mut self, fact: Fact, word: &str) {
        if let Some(word) = fact.choice(word) {
            self.0.insert(fact, Answer::One(word));
        }
    }

    fn tick(&mut self, fact: Fact, words: impl Iterator<Item = &'static str>) {
        let words: BTreeSet<_> = words.filter_map(|word| fact.choice(word)).collect();
        if !words.is_empty() {
            self.0.insert(fact, Answer::Several(words));
        }
    }

    fn tick_at_least(&mut self, fact: Fact, words: impl Iterator<Item = &'static str>) {
        self.tick(fact, words);
        if let Some(Answer::Several(words)) = self.0.get_mut(&fact) {
            words.insert(UNKNOWN);
        }
    }
}

fn data(sensitive: Sensitive) -> Option<&'static str> {
    match sensitive {
        Sensitive::Health => Some("health"),
        Sensitive::SpecialCategories => Some("special_categories"),
        Sensitive::SocialServices => Some("social_services"),
        Sensitive::Offences => Some("offences"),
        Sensitive::IdentityNumber => Some("identity_number"),
        Sensitive::ProtectedAddress => Some("contact"),
        Sensitive::Children | Sensitive::VulnerablePeople => None,
    }
}

fn people(sensitive: Sensitive) -> Option<&'static str> {
    match sensitive {
        Sensitive::Children => Some("children"),
        Sensitive::VulnerablePeople => Some("vulnerable_people"),
        _ => None,
    }
}

/// By hand, so that what is wrong is told with the fact and its choices.
impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OfMap)
    }
}

struct OfMap;

impl<'de> Visitor<'de> for OfMap {
    type Value = Facts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("facts by their names")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
        let mut facts = Facts::default();
        let mut seen = BTreeSet::new();
        while let Some(Named(fact)) = map.next_key()? {
            let name: &'static str = fact.into();
            if !seen.insert(fact) {
                return Err(A::Error::duplicate_field(name));
            }
            facts = facts.answered(fact, map.next_value_seed(AnswerTo(fact))?);
        }
        Ok(facts)
    }
}

/// The answer to a fact, so that what is wrong with it is told where it stands.
struct AnswerTo(Fact);

impl<'de> DeserializeSeed<'de> for AnswerTo {
    type Value = Option<Answer>;

    fn deserialize<D: Deserializer<'de>>(self, answer: D) -> Result<Self::Value, D::Error> {
        let Self(fact) = self;
        let name: &str = fact.into();
        let in_fact = |error| D::Error::custom(format!("{name}: {error}"));
        let given = Given::deserialize(answer).map_err(in_fact)?;
        Answer::read(fact, given).map_err(D::Error::custom)
    }
}

/// The name of a fact.
struct Named(Fact);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(OfName)
    }
}

struct OfName;

impl Visitor<'_> for OfName {
    type Value = Named;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a fact")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Named, E> {
        name.parse().map(Named).map_err(|_| E::unknown_field(name, Fact::VARIANTS))
    }
}

#[cfg(test)]
#[path = "facts/tests.rs"]
mod tests;
