//! The decided cases that one is nearest to by what was found out of them, with why: what equal
//! treatment is held against (`docs/decisions/0025-equal-treatment.md`).

use std::cmp::Reverse;

use domain::case::event::{AuthorityDecision, PeopleDecision};
use domain::case::likeness::Likeness;
use domain::case::practice::Practice;

use crate::register::Entry;

/// How many are told at most.
pub const NEAREST_MAX: usize = 5;

/// How many decided cases, the newest first, are held against one.
pub const LOOKED_THROUGH_MAX: usize = 5_000;

/// A decided case that another is near to.
#[derive(Debug, Clone, PartialEq)]
pub struct Precedent {
    /// The decided case, as the register has it.
    pub entry: Entry,
    /// How alike they are, and in what.
    pub likeness: Likeness,
}

/// Those of `others` that `case` is nearest to, the nearest first, the newest of those. None, where
/// nobody has found out anything of the case itself.
pub fn nearest<'a>(case: &Entry, others: impl Iterator<Item = &'a Entry>) -> Vec<Precedent> {
    let Some(facts) = case.facts.as_deref() else { return Vec::new() };
    let comparable = others.filter(|other| other.case != case.case && is_precedent(other));
    let held_against = comparable.take(LOOKED_THROUGH_MAX).filter_map(|other| {
        let likeness = Likeness::between(facts, other.facts.as_deref()?);
        (0 < likeness.per_mille()).then_some((likeness, other))
    });
    let mut near: Vec<(Likeness, &Entry)> = held_against.collect();
    near.sort_by_key(|(likeness, other)| Reverse((likeness.per_mille(), other.number)));
    near.truncate(NEAREST_MAX);
    let told = |(likeness, other): (Likeness, &Entry)| Precedent { entry: other.clone(), likeness };
    near.into_iter().map(told).collect()
}

/// Whether a case was decided and can be held against another: what goes on in another case is told
/// by that one.
fn is_precedent(entry: &Entry) -> bool {
    let is_decided = decided_on_authority(entry).is_some() || entry.people_decision().is_some();
    entry.facts.is_some() && is_decided && entry.merged_into().is_none()
}

/// Whether the authority was to be notified; it was, where it was notified without a decision. A
/// notification that was withdrawn tells nothing (`docs/decisions/0024`).
fn decided_on_authority(entry: &Entry) -> Option<AuthorityDecision> {
    let notified = entry.standing.notified_at.filter(|_| !entry.standing.is_withdrawn());
    let notified = notified.map(|_| AuthorityDecision::Notify);
    notified.or_else(|| entry.authority().map(|(decision, _)| decision))
}

/// What was decided on the authority in those that are alike enough.
#[must_use]
pub fn authority_practice(near: &[Precedent]) -> Practice<AuthorityDecision> {
    practice(near, decided_on_authority)
}

/// What was decided on telling people in those that are alike enough.
#[must_use]
pub fn people_practice(near: &[Precedent]) -> Practice<PeopleDecision> {
    practice(near, |entry| entry.people_decision().map(|(decision, _)| decision))
}

fn practice<D>(near: &[Precedent], decided: impl Fn(&Entry) -> Option<D>) -> Practice<D> {
    let enough = near.iter().filter(|it| it.likeness.is_enough());
    let decided = enough.filter_map(|it| Some((it.entry.number, decided(&it.entry)?)));
    Practice { near: decided.collect() }
}

#[cfg(test)]
mod tests {
    use domain::case::Event;
    use domain::case::dealings::OtherCase;
    use domain::case::erasure::ErasureGround;
    use domain::case::event::Capacity;
    use domain::case::facts::{Answer, Fact, Facts, Given};
    use domain::ids::{CaseId, CaseNumber};
    use domain::{Actor, Erasable, Position, Recorded, Version};
    use uuid::Uuid;

    use super::*;
    use crate::Register;
    use crate::properties::{hour, report};

    fn text(words: &str) -> Erasable<String> {
        Erasable::known(words.to_owned())
    }

    fn register(cases: &[(u32, Vec<Event>)]) -> Register {
        let mut register = Register::default();
        for (number, events) in cases {
            let case = CaseId(Uuid::from_u128(u128::from(*number)));
            for event in std::iter::once(report(*number)).chain(events.iter().cloned()) {
                let recorded = Recorded {
                    position: Position(1),
                    stream: case.into(),
                    version: Version(1),
                    at: hour(1),
                    by: Actor::Service,
                    event: event.clone().into(),
                };
                register.apply(case, &event, &recorded);
            }
        }
        register
    }

    /// A misdirected letter to so many people, as it was found out.
    fn letter(people: &str) -> Event {
        let answers = [
            (Fact::Breach, Given::Words(vec!["confidentiality".to_owned()])),
            (Fact::Intent, Given::Word("mishap".to_owned())),
            (Fact::Data, Given::Words(vec!["health".to_owned()])),
            (Fact::Protection, Given::Word("none".to_owned())),
            (Fact::Recipient, Given::Word("known_person".to_owned())),
            (Fact::People, Given::Word(people.to_owned())),
        ];
        let facts = answers.into_iter().fold(Facts::default(), |facts, (fact, given)| {
            facts.answered(fact, Answer::read(fact, given).unwrap())
        });
        Event::FactsEstablished { version: 1, facts }
    }

    fn decided(decision: AuthorityDecision) -> Event {
        Event::AuthorityDecided {
            decision,
            grounds: text("a stranger has it"),
            departure: None,
            capacity: Capacity::Controller,
            held_against: None,
        }
    }

    fn numbers(near: &[Precedent]) -> Vec<u32> {
        near.iter().map(|it| it.entry.number.sequence).collect()
    }

    fn nearest_to(register: &Register, number: u32) -> Vec<Precedent> {
        let case = register.entry(CaseId(Uuid::from_u128(u128::from(number)))).unwrap();
        nearest(case, register.list(|_| true).rev())
    }

    #[test]
    fn the_nearest_decided_cases_come_first_and_make_the_practice() {
        let notify = || decided(AuthorityDecision::Notify);
        let other = Event::FactsEstablished {
            version: 1,
            facts: Facts::default().answered(Fact::Spread, Some(Answer::Is(true))),
        };
        let register = register(&[
            (1, vec![letter("up_to_ten"), decided(AuthorityDecision::DoNotNotify)]),
            (2, vec![letter("one"), notify()]),
            (3, vec![letter("one")]),
            (4, vec![notify()]),
            (5, vec![other, notify()]),
            (6, vec![letter("one")]),
        ]);
        let near = nearest_to(&register, 6);
        assert_eq!(numbers(&near), [2, 1], "decided, and something agrees");
        assert_eq!(near[1].likeness.differing, [Fact::People]);
        let practice = authority_practice(&near);
        let number = |sequence| CaseNumber { year: 2026, sequence };
        let expected =
            [(number(2), AuthorityDecision::Notify), (number(1), AuthorityDecision::DoNotNotify)];
        assert_eq!(practice.near, expected);
        assert_eq!(people_practice(&near), Practice::default());
        assert_eq!(nearest_to(&register, 4), [], "nothing was found out of it");
    }

    #[test]
    fn what_went_on_in_another_case_is_told_by_that_one() {
        let into = OtherCase {
            case: CaseId(Uuid::from_u128(2)),
            number: CaseNumber { year: 2026, sequence: 2 },
        };
        let merged = Event::CaseMerged { into, reason: text("the same") };
        let notify = || decided(AuthorityDecision::Notify);
        let register = register(&[
            (1, vec![letter("one"), notify(), merged]),
            (2, vec![letter("one"), notify()]),
            (3, vec![letter("one")]),
        ]);
        assert_eq!(numbers(&nearest_to(&register, 3)), [2]);
    }

    #[test]
    fn of_an_erased_case_the_facts_and_the_decision_are_left_and_no_text() {
        let (ground, basis) = (ErasureGround::Ordered, "26/1".to_owned());
        let erased = Event::CaseErased { ground, basis };
        let register = register(&[
            (1, vec![letter("one"), decided(AuthorityDecision::Notify), erased]),
            (2, vec![letter("one")]),
        ]);
        let near = nearest_to(&register, 2);
        assert_eq!(authority_practice(&near).near.len(), 1);
        let (decision, grounds) = near[0].entry.authority().unwrap();
        assert_eq!(decision, AuthorityDecision::Notify);
        assert!(grounds.reasons.is_erased() && near[0].entry.what_happened.is_erased());
    }
}
