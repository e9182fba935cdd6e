//! What a report says of the facts, and how two accounts of them are brought together.

use super::*;
use crate::case::report::BreachKind;
use crate::case::spec::lost_phone;

fn several(words: &[&'static str]) -> Answer {
    Answer::Several(words.iter().copied().collect())
}

#[test]
fn a_report_answers_what_it_can_and_leaves_the_rest_open() {
    let report = Report {
        personal_data: PersonalDataAffected::Unsure,
        breach: [BreachKind::Availability].into(),
        people: PeopleEstimate::UpToTen,
        sensitive: [Sensitive::Health, Sensitive::Children].into(),
        ..lost_phone()
    };
    let facts = Facts::reported(&report);
    assert_eq!(facts.answer(Fact::PersonalData), None);
    assert_eq!(facts.answer(Fact::Breach), Some(&several(&["availability"])));
    assert_eq!(facts.one(Fact::People), "up_to_ten");
    assert_eq!(facts.answer(Fact::Data), Some(&several(&["health", UNKNOWN])));
    assert_eq!(facts.answer(Fact::PeopleAre), Some(&several(&["children", UNKNOWN])));
    assert!(facts.is_open(Fact::Data), "there may be more");
    assert_eq!(facts.verdict(Fact::ProtectedAddress), Verdict::Unknown);
    assert_eq!(facts.one(Fact::Recipient), UNKNOWN);
}

#[test]
fn of_two_accounts_the_worse_counts() {
    let answered = |one: &'static str, many: &[&'static str], is| {
        Facts::default()
            .answered(Fact::Recipient, Some(Answer::One(one)))
            .answered(Fact::Data, Some(several(many)))
            .with(Fact::Snooping, Verdict::known(is))
    };
    let mut facts = answered("public", &["health"], false);
    facts.take_in(&answered("own_staff", &["contact"], true));
    assert_eq!(facts, answered("public", &["health", "contact"], true));
    let mut nothing = Facts::default();
    nothing.take_in(&facts);
    assert_eq!(nothing, facts);
    nothing.take_in(&Facts::default());
    assert_eq!(nothing, facts, "nobody's silence takes back what is known");
}

#[test]
fn what_differs_is_told_fact_by_fact() {
    let before = Facts::default().with(Fact::Snooping, Verdict::Yes);
    let after = Facts::default()
        .with(Fact::Spread, Verdict::No)
        .answered(Fact::Recipient, Some(Answer::One("public")));
    let differing: Vec<Fact> = before.differing(&after).collect();
    assert_eq!(differing, [Fact::Snooping, Fact::Recipient, Fact::Spread]);
    assert_eq!(before.differing(&before).count(), 0);
}

#[test]
fn an_answer_that_is_none_is_told_with_the_choices() {
    let word = |word: &str| Given::Word(word.to_owned());
    let words = |of: &[&str]| Given::Words(of.iter().map(|it| (*it).to_owned()).collect());
    let told = |fact, given| Answer::read(fact, given).unwrap_err().to_string();
    assert_eq!(
        told(Fact::Backup, word("Kari Nordmann")),
        "backup: it is one of \"full\", \"partial\", \"none\", or \"unknown\""
    );
    let yes_or_no = "spread: it is true, false or \"unknown\"";
    assert_eq!(told(Fact::Spread, word("no")), yes_or_no);
    assert_eq!(told(Fact::Spread, words(&["yes"])), yes_or_no);
    assert!(told(Fact::Breach, word("integrity")).contains("a list of \"confidentiality\""));
    assert!(told(Fact::Breach, words(&["confidence"])).starts_with("breach: it is a list"));
    assert!(told(Fact::Backup, Given::Is(true)).starts_with("backup: it is one of"));
    for open in [Given::Nothing, word(UNKNOWN)] {
        for fact in [Fact::Spread, Fact::Backup, Fact::Breach] {
            assert_eq!(Answer::read(fact, open.clone()), Ok(None));
        }
    }
    assert_eq!(Answer::read(Fact::Breach, words(&[UNKNOWN])), Ok(None));
    assert_eq!(Answer::read(Fact::Breach, words(&[])), Ok(Some(several(&[]))));
    assert_eq!(Answer::read(Fact::Spread, Given::Is(true)), Ok(Some(Answer::Is(true))));
}
