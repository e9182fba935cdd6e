//! How alike two cases are by what was found out of them, and why: which facts agree, which differ.
//!
//! It is the measure of equal treatment (`docs/decisions/0025-equal-treatment.md`). What is not
//! known of one of the two never counts as agreement.

use super::facts::{Answer, Fact, Facts, UNKNOWN};

/// Of a thousand: so alike that the two are to be treated alike, unless somebody says why not.
const ALIKE_ENOUGH_PER_MILLE: u32 = 800;

/// So much must agree before two cases are alike at all: four of the facts that decide, so that
/// two about which next to nothing is known are not taken for the same.
const AGREEING_WEIGHT_MIN: u32 = 4 * DECIDES;

/// What decides by itself what a breach means for people: what happened to which data, who has it,
/// what is in the way, and whether it was meant.
const DECIDES: u32 = 3;

/// What makes it worse or milder.
const TEMPERS: u32 = 2;

/// What tells how much of the same there is.
const MEASURES: u32 = 1;

/// In so many parts a fact's weight is divided where several answers apply.
const PARTS: u32 = 1_000;

/// How much a fact weighs; nothing for those that decide on other duties than telling of the
/// breach.
#[must_use]
pub fn weight(fact: Fact) -> u32 {
    match fact {
        Fact::Breach
        | Fact::Intent
        | Fact::Snooping
        | Fact::Data
        | Fact::ProtectedAddress
        | Fact::Protection
        | Fact::Recipient
        | Fact::ActingAsProcessor => DECIDES,
        Fact::PersonalData
        | Fact::Insight
        | Fact::RevealsSensitive
        | Fact::People
        | Fact::PeopleAre
        | Fact::Identification
        | Fact::Disclosure
        | Fact::Deletion
        | Fact::Spread
        | Fact::Credentials
        | Fact::Backup
        | Fact::WrongData
        | Fact::ServiceEffect
        | Fact::Consequences => TEMPERS,
        Fact::Duration | Fact::Records | Fact::RecipientCount | Fact::UnavailableFor => MEASURES,
        Fact::SignificantEffectOnService
        | Fact::SecurityThreatening
        | Fact::DeathOrGraveInjuryInCare
        | Fact::SeriousCareInjuryPossible
        | Fact::SeriousWrongInSocialServices
        | Fact::NotificationIncomplete => 0,
    }
}

/// How alike two cases are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Likeness {
    /// The facts of which the same is known, those that weigh most first.
    pub agreeing: Vec<Fact>,
    /// The facts of which several answers apply, some of them the same.
    pub partly: Vec<Fact>,
    /// The facts of which different things are known.
    pub differing: Vec<Fact>,
    /// The facts that are known of one of the two alone.
    pub open: Vec<Fact>,
    /// The weight of what agrees, in parts of [`PARTS`].
    agreeing_parts: u32,
    /// The weight of all that is known of either.
    known_weight: u32,
}

impl Likeness {
    /// Holds the facts of two cases against each other. It is the same the other way round.
    #[must_use]
    pub fn between(one: &Facts, other: &Facts) -> Self {
        let mut likeness = Self::default();
        let (mut ours, mut theirs) = (one.iter().peekable(), other.iter().peekable());
        // Both come in the order in which one asks.
        loop {
            let next = match (ours.peek(), theirs.peek()) {
                (None, None) => break,
                (Some((fact, _)), None) | (None, Some((fact, _))) => *fact,
                (Some((fact, _)), Some((other, _))) => *fact.min(other),
            };
            let answer = ours.next_if(|(fact, _)| *fact == next).map(|(_, answer)| answer);
            let their_answer = theirs.next_if(|(fact, _)| *fact == next).map(|(_, answer)| answer);
            likeness.take_in(next, answer, their_answer);
        }
        for facts in [&mut likeness.agreeing, &mut likeness.partly, &mut likeness.differing] {
            facts.sort_by_key(|fact| (std::cmp::Reverse(weight(*fact)), *fact));
        }
        likeness
    }

    fn take_in(&mut self, fact: Fact, one: Option<&Answer>, other: Option<&Answer>) {
        let weight = weight(fact);
        if weight == 0 {
            return;
        }
        self.known_weight += weight;
        let (Some(one), Some(other)) = (one, other) else {
            self.open.push(fact);
            return;
        };
        let agreement = agreement(one, other);
        self.agreeing_parts += weight * agreement;
        let these = match agreement {
            PARTS => &mut self.agreeing,
            0 => &mut self.differing,
            _ => &mut self.partly,
        };
        these.push(fact);
    }

    /// How much of what is known of either agrees, of a thousand.
    #[must_use]
    pub fn per_mille(&self) -> u32 {
        // Of two of which nothing is known, nothing agrees.
        (self.agreeing_parts * 1_000).checked_div(self.known_weight * PARTS).unwrap_or_default()
    }

    /// Whether the two are to be treated alike, unless somebody says why not: most of what is known
    /// agrees, enough of it is known, and nothing that decides by itself differs.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        ALIKE_ENOUGH_PER_MILLE <= self.per_mille()
            && AGREEING_WEIGHT_MIN * PARTS <= self.agreeing_parts
            && self.differing.iter().all(|fact| weight(*fact) < DECIDES)
    }
}

/// How much of two answers to one fact is the same, in parts of [`PARTS`].
fn agreement(one: &Answer, other: &Answer) -> u32 {
    match (one, other) {
        (Answer::Several(one), Answer::Several(other)) => {
            let known = |word: &&&str| **word != UNKNOWN;
            let same = one.intersection(other).filter(known).count();
            // That there may be more is one thing that the two do not share.
            let is_open = one.contains(UNKNOWN) || other.contains(UNKNOWN);
            let all = one.union(other).filter(known).count() + usize::from(is_open);
            if all == 0 {
                return PARTS;
            }
            let part = |of: usize| u32::try_from(of).expect("a fact has a few answers");
            part(same) * PARTS / part(all)
        }
        _ if one == other => PARTS,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::super::facts::Given;
    use super::*;

    fn answer(fact: Fact, given: Given) -> Option<Answer> {
        Answer::read(fact, given).unwrap()
    }

    fn one(facts: Facts, fact: Fact, word: &str) -> Facts {
        facts.answered(fact, answer(fact, Given::Word(word.to_owned())))
    }

    fn several(facts: Facts, fact: Fact, words: &[&str]) -> Facts {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        facts.answered(fact, answer(fact, Given::Words(words)))
    }

    /// A letter to a wrong recipient, as much of it as is found out.
    fn letter() -> Facts {
        let facts = several(Facts::default(), Fact::Breach, &["confidentiality"]);
        let facts = one(facts, Fact::Intent, "mishap");
        let facts = several(facts, Fact::Data, &["identification", "health"]);
        let facts = one(facts, Fact::Protection, "none");
        let facts = one(facts, Fact::Recipient, "known_person");
        one(facts, Fact::People, "one")
    }

    #[test]
    fn the_same_facts_are_wholly_alike_and_say_in_what() {
        let likeness = Likeness::between(&letter(), &letter());
        let agreeing = [
            Fact::Breach,
            Fact::Intent,
            Fact::Data,
            Fact::Protection,
            Fact::Recipient,
            Fact::People,
        ];
        assert_eq!(likeness.agreeing, agreeing);
        assert_eq!(likeness.per_mille(), 1_000);
        assert!(likeness.is_enough());
    }

    #[test]
    fn what_differs_is_named_and_one_thing_that_decides_is_too_much() {
        let more = Likeness::between(&letter(), &one(letter(), Fact::People, "up_to_ten"));
        assert_eq!((more.differing.as_slice(), more.per_mille()), (&[Fact::People][..], 882));
        assert!(more.is_enough());
        let public = Likeness::between(&letter(), &one(letter(), Fact::Recipient, "public"));
        assert_eq!(
            (public.differing.as_slice(), public.per_mille()),
            (&[Fact::Recipient][..], 823)
        );
        assert!(!public.is_enough());
    }

    #[test]
    fn what_is_not_known_of_one_is_no_agreement() {
        let known = one(letter(), Fact::Disclosure, "seen");
        let likeness = Likeness::between(&known, &letter());
        assert_eq!(likeness.open, [Fact::Disclosure]);
        assert!(likeness.per_mille() < 1_000);
        // Perhaps more data than health and names: perhaps on both sides, and still not the same.
        let open = several(letter(), Fact::Data, &["identification", "health", UNKNOWN]);
        let likeness = Likeness::between(&open, &open);
        assert_eq!(likeness.partly, [Fact::Data]);
        assert!(likeness.per_mille() < 1_000);
    }

    #[test]
    fn two_of_which_next_to_nothing_is_known_are_not_alike() {
        let little = one(Facts::default(), Fact::Recipient, "known_person");
        let likeness = Likeness::between(&little, &little);
        assert_eq!(likeness.per_mille(), 1_000);
        assert!(!likeness.is_enough());
        assert!(!Likeness::between(&Facts::default(), &Facts::default()).is_enough());
    }

    #[test]
    fn what_decides_on_other_duties_is_left_out() {
        let yes = Some(Answer::Is(true));
        let facts = letter().answered(Fact::SecurityThreatening, yes);
        assert_eq!(Likeness::between(&letter(), &facts), Likeness::between(&letter(), &letter()));
    }

    fn facts() -> impl Strategy<Value = Facts> {
        let answers = Fact::iter().map(|fact| (Just(fact), 0..40usize));
        answers.collect::<Vec<_>>().prop_map(|chosen| {
            chosen.into_iter().fold(Facts::default(), |facts, (fact, choice)| {
                let words = fact.shape().choices();
                let word = words.get(choice).map(|word| (*word).to_owned());
                let given = match (fact.shape(), word) {
                    (_, None) => Given::Nothing,
                    (super::super::facts::Shape::YesNo, Some(_)) => Given::Is(choice == 2),
                    (super::super::facts::Shape::One(_), Some(word)) => Given::Word(word),
                    (super::super::facts::Shape::Several { .. }, Some(word)) => {
                        Given::Words(vec![word, words[0].to_owned()])
                    }
                };
                facts.answered(fact, answer(fact, given))
            })
        })
    }

    proptest! {
        /// The same both ways, never more than everything, and everything only for the same.
        #[test]
        fn likeness_is_mutual_and_bounded(one in facts(), other in facts()) {
            let likeness = Likeness::between(&one, &other);
            prop_assert_eq!(&likeness, &Likeness::between(&other, &one));
            prop_assert!(likeness.per_mille() <= 1_000);
            if likeness.per_mille() == 1_000 {
                let weighs = |facts: &Facts| {
                    facts.iter().filter(|(fact, _)| weight(*fact) != 0).count()
                };
                prop_assert!(likeness.differing.is_empty() && likeness.open.is_empty());
                prop_assert_eq!(weighs(&one), weighs(&other));
            }
        }

        /// Finding out more of one of the two never brings them nearer by itself.
        #[test]
        fn what_is_found_out_of_one_alone_never_brings_them_nearer(
            one in facts(), other in facts(), fact in 0..Fact::iter().count(),
        ) {
            let fact = Fact::iter().nth(fact).expect("one of them");
            let less = other.clone().answered(fact, None);
            let both_less = one.clone().answered(fact, None);
            let before = Likeness::between(&both_less, &less).per_mille();
            prop_assert!(Likeness::between(&one, &less).per_mille() <= before);
        }
    }
}
