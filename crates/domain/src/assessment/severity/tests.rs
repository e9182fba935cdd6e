//! The sums of the method, worked out by hand.

use strum::IntoEnumIterator;

use super::*;
use crate::case::facts::{Answer, Given};

/// Facts by their words, as a file would say them.
fn facts(said: &[(Fact, &[&str])]) -> Facts {
    said.iter().fold(Facts::default(), |facts, (fact, words)| {
        let words = words.iter().map(|word| (*word).to_owned());
        let given = match (fact.shape(), words.len()) {
            (crate::case::facts::Shape::Several { .. }, _) => Given::Words(words.collect()),
            (_, _) => Given::Word(words.collect()),
        };
        facts.answered(*fact, Answer::read(*fact, given).unwrap())
    })
}

fn score(said: &[(Fact, &[&str])]) -> (u8, Band) {
    let found = severity(&facts(said), &Overrides::new());
    (found.quarters, found.band)
}

const CONFIDENTIALITY: (Fact, &[&str]) = (Fact::Breach, &["confidentiality"]);

#[test]
fn the_sum_is_exact_in_quarters() {
    // 1 x 1 + 0.25: a list of names and addresses to some known people.
    let list: &[(Fact, &[&str])] = &[
        CONFIDENTIALITY,
        (Fact::Data, &["identification", "contact"]),
        (Fact::Insight, &["ordinary"]),
        (Fact::Identification, &["maximum"]),
        (Fact::Recipient, &["known_person"]),
    ];
    assert_eq!(score(list), (5, Band::Low));
    // 1 x 1 + 0.5 + 0.5: the same taken by somebody who means harm.
    let taken: &[(Fact, &[&str])] =
        &[(Fact::Recipient, &["hostile"]), (Fact::Intent, &["harmful"])];
    assert_eq!(score(&[&list[..4], taken].concat()), (8, Band::Medium));
    // 4 x 0.75 + 0: health data that points to few, lost without a sign.
    let mislaid: &[(Fact, &[&str])] = &[
        CONFIDENTIALITY,
        (Fact::Data, &["health"]),
        (Fact::Insight, &["ordinary"]),
        (Fact::Identification, &["significant"]),
        (Fact::Recipient, &["unidentified"]),
        (Fact::Disclosure, &["no_sign"]),
    ];
    assert_eq!(score(mislaid), (12, Band::High));
    // 1 x 0.25 + 0: the least there is.
    let least: &[(Fact, &[&str])] = &[
        (Fact::Breach, &[]),
        (Fact::Data, &["contact"]),
        (Fact::Insight, &["little"]),
        (Fact::Identification, &["negligible"]),
    ];
    assert_eq!(score(least), (1, Band::Low));
    // 4 x 1 + 4 x 0.5: the most.
    let most: &[(Fact, &[&str])] = &[
        (Fact::Breach, &["confidentiality", "integrity", "availability"]),
        (Fact::Data, &["health"]),
        (Fact::Identification, &["maximum"]),
        (Fact::Recipient, &["hostile"]),
        (Fact::Disclosure, &["seen"]),
        (Fact::WrongData, &["used"]),
        (Fact::UnavailableFor, &["for_good"]),
        (Fact::Intent, &["harmful"]),
    ];
    assert_eq!(score(most), (24, Band::VeryHigh));
}

#[test]
fn bands_begin_at_two_three_and_four() {
    let bands = [(7, Band::Low), (8, Band::Medium), (11, Band::Medium), (12, Band::High)];
    for (quarters, band) in bands.into_iter().chain([(15, Band::High), (16, Band::VeryHigh)]) {
        assert_eq!(Band::of(quarters), band, "{quarters}");
    }
}

#[test]
fn of_several_kinds_of_data_the_highest_counts() {
    let context = |data: &[&str], insight: &str| {
        let said = facts(&[(Fact::Data, data), (Fact::Insight, &[insight])]);
        severity(&said, &Overrides::new()).factors[0].quarters / 4
    };
    assert_eq!(context(&["contact"], "ordinary"), 1);
    assert_eq!(context(&["contact"], "detailed"), 2);
    assert_eq!(context(&["contact", "behaviour"], "ordinary"), 2);
    assert_eq!(context(&["contact", "financial", "behaviour"], "ordinary"), 3);
    assert_eq!(context(&["financial"], "none"), 1);
    assert_eq!(context(&["financial"], "little"), 2);
    assert_eq!(context(&["financial"], "detailed"), 4);
    assert_eq!(context(&["health", "contact"], "ordinary"), 4);
    assert_eq!(context(&["health"], "little"), 2);
    assert_eq!(context(&["health"], "none"), 1);
}

#[test]
fn what_can_be_guessed_and_who_is_endangered_raise_the_score_of_names() {
    let context = |fact| {
        let said = facts(&[(Fact::Data, &["contact"])]);
        severity(&said.with(fact, crate::duty::Verdict::Yes), &Overrides::new())
    };
    assert_eq!(context(Fact::RevealsSensitive).factors[0].quarters, 12);
    let endangered = context(Fact::ProtectedAddress);
    assert_eq!(endangered.factors[0].quarters, 16);
    assert_eq!(endangered.factors[0].because, Because::Endangering);
}

#[test]
fn an_identity_number_identifies_whatever_else_is_said() {
    let ease = |data: &[&str]| {
        let said = facts(&[(Fact::Data, data), (Fact::Identification, &["negligible"])]);
        severity(&said, &Overrides::new()).factors[1].quarters
    };
    assert_eq!(ease(&["contact"]), 1);
    assert_eq!(ease(&["identity_number"]), 3);
    assert_eq!(ease(&["identity_number", "identification"]), 4);
}

#[test]
fn somebody_may_set_a_factor_and_what_was_computed_stays_beside_it() {
    let said = facts(&[CONFIDENTIALITY, (Fact::Data, &["health"])]);
    let computed = severity(&said, &Overrides::new());
    let set = severity(&said, &[(FactorKind::DataContext, 8)].into());
    let factor = set.factor(FactorKind::DataContext).unwrap();
    assert_eq!((factor.quarters, factor.computed), (8, Some(16)));
    assert_eq!(set.quarters, computed.quarters - 8);
    let impossible = [(FactorKind::DataContext, 7), (FactorKind::Malice, 1)].into();
    assert_eq!(severity(&said, &impossible), computed, "no such values");
}

#[test]
fn what_is_not_known_is_scored_and_said_to_be_provisional() {
    let nothing = severity(&Facts::default(), &Overrides::new());
    assert!(nothing.is_provisional());
    assert!(nothing.factors.iter().all(|factor| factor.is_provisional));
    let kinds: Vec<FactorKind> = nothing.factors.iter().map(|factor| factor.kind).collect();
    assert_eq!(kinds, FactorKind::iter().collect::<Vec<_>>());
}

#[test]
fn flags_stand_beside_the_score_and_are_not_added() {
    let said: &[(Fact, &[&str])] = &[(Fact::People, &["up_to_hundred"])];
    let more: &[(Fact, &[&str])] = &[(Fact::People, &["up_to_thousand"])];
    let (few, many) = (facts(said), facts(more));
    let (few, many) = (severity(&few, &Overrides::new()), severity(&many, &Overrides::new()));
    assert_eq!((few.flags.len(), many.flags), (0, vec![Flag::OverHundredPeople]));
    assert_eq!(few.quarters, many.quarters);
}
