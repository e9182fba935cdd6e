//! What is found out of a case before it is assessed: the further it goes, the worse, so that its
//! severity by the method follows, and the advice agrees with what is decided.

use std::collections::BTreeSet;

use domain::case::facts::{Answer, Fact, Facts};
use domain::case::report::{BreachKind, PeopleEstimate};
use domain::duty::Verdict;

use super::super::script::Deviated;

/// What is found out, by how far a case goes: documented alone, notified, told.
const BY_LEVEL: [&[(Fact, &[&str])]; 3] = [
    &[
        (Fact::Intent, &["mishap"]),
        (Fact::Data, &["identification", "contact"]),
        (Fact::Insight, &["little"]),
        (Fact::Identification, &["significant"]),
        (Fact::Recipient, &["own_staff"]),
        (Fact::Disclosure, &["no_sign"]),
        (Fact::Deletion, &["confirmed"]),
    ],
    &[
        (Fact::Intent, &["mishap"]),
        (Fact::Data, &["identification", "behaviour"]),
        (Fact::Insight, &["ordinary"]),
        (Fact::Identification, &["maximum"]),
        (Fact::Recipient, &["known_person"]),
        (Fact::Disclosure, &["likely"]),
        (Fact::Deletion, &["said"]),
    ],
    &[
        (Fact::Intent, &["mishap"]),
        (Fact::Data, &["identification", "health"]),
        (Fact::Insight, &["ordinary"]),
        (Fact::Identification, &["significant"]),
        (Fact::Recipient, &["known_person"]),
        (Fact::Disclosure, &["seen"]),
        (Fact::Deletion, &["said"]),
    ],
];

/// What is found out of a deviation.
pub(super) fn found(it: &Deviated, breach: &BTreeSet<BreachKind>, level: u8) -> Facts {
    let mut facts = Facts::default().with(Fact::PersonalData, Verdict::Yes);
    let ways: Vec<&str> = breach.iter().map(|kind| (*kind).into()).collect();
    facts = answered(facts, Fact::Breach, &ways);
    if it.people != PeopleEstimate::Unknown {
        facts = answered(facts, Fact::People, &[it.people.into()]);
    }
    let found = BY_LEVEL[usize::from(level).min(BY_LEVEL.len() - 1)].iter();
    found.fold(facts, |facts, (fact, words)| answered(facts, *fact, words))
}

fn answered(facts: Facts, fact: Fact, words: &[&str]) -> Facts {
    let mut known = words.iter().filter_map(|word| fact.choice(word));
    let answer = match fact {
        Fact::Breach | Fact::Data => Some(Answer::Several(known.collect())),
        _ => known.next().map(Answer::One),
    };
    facts.answered(fact, answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_an_answer() {
        for (fact, words) in BY_LEVEL.iter().flat_map(|all| all.iter()) {
            for word in *words {
                assert!(fact.choice(word).is_some(), "{fact:?} has no answer {word}");
            }
        }
    }
}
