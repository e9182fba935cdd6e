//! The shipped rules, what holds of them whatever the facts, and how a fault in one is told.

use std::sync::LazyLock;

use domain::assessment::{Condition, Rulebook};
use domain::case::event::Outcome;
use domain::case::facts::{Answer, Fact, Facts, Shape, UNKNOWN};
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;

fn shipped() -> &'static Rulebooks {
    static SHIPPED: LazyLock<Rulebooks> = LazyLock::new(|| Rulebooks::shipped().unwrap());
    &SHIPPED
}

fn outcome(books: &Rulebooks, facts: &Facts) -> Outcome {
    advise(books.iter(), facts, &Overrides::new()).outcome
}

/// Every version of a rulebook that was ever shipped, with what it said.
const VERSIONS: &str = include_str!("versions.txt");

#[test]
fn a_shipped_rulebook_is_not_changed_without_raising_its_version() {
    let line = |book: &Rulebook| {
        let says = serde_json::to_string(book).unwrap();
        format!("{} {} {}", book.id, book.version, crate::secrets::hash("rulebook", &says))
    };
    let lines = shipped().iter().map(line).collect::<Vec<_>>();
    let known = |line: &&String| VERSIONS.lines().any(|known| known == line.as_str());
    let missing: Vec<_> = lines.iter().filter(|line| !known(line)).cloned().collect();
    assert!(
        missing.is_empty(),
        "raise the version of each rulebook that was changed and add its line to versions.txt; \
         never change a line of a version that was released:\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_ground_is_used_and_every_book_speaks_all_languages() {
    for book in shipped().iter() {
        let languages: Vec<&str> = book.title.languages().collect();
        assert_eq!(languages, ["en", "nb", "nn", "sv"]);
        for ground in &book.grounds {
            let clears = |rule: &domain::assessment::Rule| {
                book.grounds_against(rule).any(|it| it.name == ground.name)
            };
            assert!(book.rules.iter().any(clears), "{} clears nothing", ground.name);
        }
    }
}

#[test]
fn a_rulebook_is_read_back_from_the_journal_as_it_was() {
    for book in shipped().iter() {
        let stored = serde_json::to_string(book).unwrap();
        assert_eq!(serde_json::from_str::<Rulebook>(&stored).unwrap(), *book);
    }
}

#[test]
fn where_nothing_is_known_the_risk_cannot_be_ruled_out() {
    let books = shipped();
    let advice = advise(books.iter(), &Facts::default(), &Overrides::new());
    assert_eq!(advice.outcome, Outcome::NotifyAuthority);
    assert!(advice.severity.is_provisional());
    for asked in [Fact::PersonalData, Fact::Breach, Fact::Data, Fact::Protection, Fact::Recipient] {
        assert!(advice.questions.contains(&asked), "{asked:?}");
    }
}

#[test]
fn severity_never_decides_alone() {
    for book in shipped().iter() {
        for rule in &book.rules {
            let by_score = |it: &&Condition| matches!(it, Condition::Severity(_));
            let all_by_score = rule.when.iter().filter(by_score).count() == rule.when.len();
            assert!(!all_by_score, "{}", rule.name);
        }
    }
}

/// An answer to a fact, or none.
fn answers(fact: Fact) -> BoxedStrategy<Option<Answer>> {
    match fact.shape() {
        Shape::YesNo => {
            prop_oneof![Just(None), any::<bool>().prop_map(|is| Some(Answer::Is(is)))].boxed()
        }
        Shape::One(choices) => proptest::sample::select(choices)
            .prop_map(|word| (word != UNKNOWN).then_some(Answer::One(word)))
            .boxed(),
        Shape::Several { choices, .. } => {
            let few = proptest::sample::subsequence(choices, 0..=3.min(choices.len()));
            let with_more = (few, any::<bool>()).prop_map(|(few, more)| {
                Some(Answer::Several(few.into_iter().chain(more.then_some(UNKNOWN)).collect()))
            });
            prop_oneof![1 => Just(None), 4 => with_more].boxed()
        }
    }
}

fn any_facts() -> impl Strategy<Value = Facts> {
    Fact::iter().fold(Just(Facts::default()).boxed(), |facts, fact| {
        let both = (facts, answers(fact));
        both.prop_map(move |(facts, answer)| facts.answered(fact, answer)).boxed()
    })
}

/// The facts with one of them worse: further along its scale, or one thing more that applies, or,
/// where only ordinary things applied, not known to be only those.
fn worsened(facts: &Facts, fact: Fact, pick: usize) -> Vec<Facts> {
    let with = |answer| facts.clone().answered(fact, answer);
    match fact.shape() {
        Shape::YesNo | Shape::One(_) => {
            let choices = fact.shape().choices();
            let worse = &choices[facts.rank(fact) + 1..];
            let answer = |word: &&'static str| match *word {
                UNKNOWN => None,
                "yes" => Some(Answer::Is(true)),
                "no" => Some(Answer::Is(false)),
                word => Some(Answer::One(word)),
            };
            worse.iter().map(|word| with(answer(word))).collect()
        }
        Shape::Several { choices, ordinary } => {
            let known = facts.several(fact);
            let more = choices[pick % choices.len()];
            let added = |word| known.iter().copied().chain([word]).collect();
            let mut worse = vec![
                with(Some(Answer::Several(added(more)))),
                with(Some(Answer::Several(added(UNKNOWN)))),
            ];
            if known.iter().all(|word| ordinary.contains(word)) {
                worse.push(with(None));
            }
            worse
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_worse_fact_never_gives_milder_advice_nor_lowers_the_severity(
        facts in any_facts(),
        fact in proptest::sample::select(Fact::iter().collect::<Vec<_>>()),
        pick in 0..100_usize,
    ) {
        let books = shipped();
        let before = advise(books.iter(), &facts, &Overrides::new());
        for worse in worsened(&facts, fact, pick) {
            let after = advise(books.iter(), &worse, &Overrides::new());
            prop_assert!(before.outcome <= after.outcome, "{fact:?}: {facts:?} to {worse:?}");
            prop_assert!(before.severity.quarters <= after.severity.quarters, "{fact:?}");
        }
    }

    #[test]
    fn a_question_is_about_something_that_is_not_known(facts in any_facts()) {
        let books = shipped();
        let advice = advise(books.iter(), &facts, &Overrides::new());
        for fact in advice.questions {
            prop_assert!(facts.is_open(fact), "{fact:?}");
        }
    }
}

#[test]
fn the_generated_facts_reach_every_outcome() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let books = shipped();
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..2_000 {
        let facts = any_facts().new_tree(&mut runner).unwrap().current();
        reached.insert(outcome(books, &facts));
    }
    assert_eq!(reached.into_iter().collect::<Vec<_>>(), Outcome::iter().collect::<Vec<_>>());
}

const SMALL: &str = r#"
id = "own"
version = 1
order = 1
jurisdictions = ["no"]
title.nb = "Egne regler"

[[rule]]
id = "children"
outcome = "notify_authority"
reason.nb = "Det gjelder barn."
cite.nb = "Egen rutine"
when = [ { fact = "people_are", any = ["children"] } ]
unless = ["encrypted"]

[[ground]]
id = "encrypted"
reason.nb = "Det er kryptert."
cite.nb = "Egen rutine"
when = [ { fact = "protection", at-most = "encrypted" } ]
"#;

fn told(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    let text = SMALL.replace(from, to);
    Rulebooks::default().add(Path::new("own.toml"), &text).unwrap_err().to_string()
}

#[test]
fn a_fault_is_told_with_its_line_its_key_and_what_is_allowed() {
    Rulebooks::default().add(Path::new("own.toml"), SMALL).unwrap();
    for (from, to, expected) in [
        ("any = [\"children\"]", "any = [\"kids\"]", "people_are is one of residents,"),
        ("any = [\"children\"]", "at-least = \"yes\"", "people_are has several answers"),
        (
            "any = [\"children\"]",
            "only = [\"children\"]",
            "a rule asks whether something is as bad",
        ),
        ("at-most = \"encrypted\"", "at-least = \"weak\"", "a ground asks whether something is no"),
        ("at-most = \"encrypted\"", "most = \"weak\"", "unknown field `most`"),
        ("any = [\"children\"]", "any = [\"residents\"]", "names unknown too"),
        ("unless = [\"encrypted\"]", "unless = [\"locked\"]", "own.toml, line 14, rule[1].unless"),
        ("id = \"own\"", "id = \"other\"", "must be the name of the file"),
        ("\"notify_authority\"", "\"document_only\"", "documenting is advised in any case"),
        (
            "reason.nb = \"Det er kryptert.\"",
            "reason.en = \"It is.\"",
            "missing in the language `nb`",
        ),
        ("version = 1", "version = 0", "own.toml, line 3, version: versions count from 1"),
    ] {
        let said = told(from, to);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_rulebook_that_was_used_does_not_change_under_its_version() {
    let read = |text: &str| {
        let mut books = Rulebooks::default();
        books.add(Path::new("own.toml"), text).unwrap();
        books
    };
    let used = read(SMALL).iter().next().unwrap().clone();
    let versions = [(used.version, Arc::new(used.clone()))].into();
    let organisation =
        Organisation { rulebooks: [(used.id, versions)].into(), ..Organisation::default() };
    read(SMALL).hold_against(&organisation).unwrap();
    let changed = SMALL.replace("Det gjelder barn.", "Det gjelder mange barn.");
    let told = read(&changed).hold_against(&organisation).unwrap_err().to_string();
    assert_eq!(
        told,
        "own.toml, line 3, version: version 1 is in use with other content, and what was advised \
         under it must stay as it was; set the version to 2"
    );
    read(&changed.replace("version = 1", "version = 2")).hold_against(&organisation).unwrap();
}
