//! The advice on a hundred cases, each with why it follows, and the table of them in the docs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use domain::assessment::{Advice, Overrides, advise};
use domain::case::event::Outcome;
use domain::case::facts::Facts;
use serde::Deserialize;
use service::{Categories, Rulebooks};

/// The parts of the table: a file under `tests/advice/`, and its heading.
const PARTS: [(&str, &str); 5] = [
    ("devices-and-paper", "Devices, cards, paper and doors"),
    ("messages", "E-mail, letters and channels"),
    ("access", "Look-ups, accounts and rights"),
    ("publication-and-recording", "Publication and recordings"),
    ("attacks-and-outages", "Attacks, suppliers, and data that is gone or wrong"),
];

const DOCUMENT: &str = "docs/ADVICE.md";

const FACTS: &str = "docs/FACTS.md";
const SCHEMA: &str = "docs/facts.schema.json";

const FACTS_INTRODUCTION: &str = "# Facts

The one set of facts that advice, severity and duties rest on: on a case's page, in \
`POST /api/v1/cases/{year}/{sequence}/facts`, in `POST /api/v1/assessments/preview`, and in the \
file that `avvik assess` reads. A file of facts is a JSON object. Every field may be left out; \
what is left out, `null` or `\"unknown\"` is not known, and counts as a risk where it matters. \
Nothing else is read: an unknown field, a wrong word or a field given twice is refused with what \
is allowed. The schema: `docs/facts.schema.json`. This page is written by a test \
(`tests/it/advice.rs`).

```json
{
  \"personal_data\": true,
  \"breach\": [\"confidentiality\"],
  \"data\": [\"identification\", \"health\"],
  \"people\": \"up_to_ten\",
  \"protection\": \"encrypted\",
  \"recipient\": \"unidentified\"
}
```

Of a fact with one answer, the answers stand from the mildest to the worst, and `unknown` where \
not knowing is as bad as. Of a fact with several, each one more is worse.
";

const INTRODUCTION: &str = "# Advice, case by case

What the shipped rules advise on these cases, and why. Each case is a set of facts under \
`tests/advice/`; a row in italics is the case above with one fact turned. This page is written by \
a test, which fails while a case gets other advice or the page is out of date: run it with \
`AVVIK_WRITE_DOCS=1` to write the page anew. The rules themselves: `config/rules/gdpr.toml`, and \
`docs/RULES.md`.
";

/// A case as it is written: whole, or like another with one fact turned.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    category: Option<String>,
    about: Option<String>,
    like: Option<String>,
    turn: Option<toml::Table>,
    facts: Option<toml::Table>,
    outcome: Outcome,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Written>,
}

/// A case with everything it takes over from the one it is like.
struct Case {
    id: String,
    category: String,
    about: String,
    facts: toml::Table,
    outcome: Outcome,
    why: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The cases of a part, in the order of its file.
fn cases(part: &str) -> Vec<Case> {
    let path = root().join(format!("tests/advice/{part}.toml"));
    let text = std::fs::read_to_string(&path).unwrap();
    let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{part}: {error}"));
    let mut cases: Vec<Case> = Vec::new();
    for written in file.case {
        let case = complete(written, &cases);
        cases.push(case);
    }
    cases
}

fn complete(it: Written, earlier: &[Case]) -> Case {
    let Written { id, category, about, like, turn, facts, outcome, why } = it;
    let (category, about, facts) = match (like, turn, category, about, facts) {
        (Some(like), Some(turn), None, None, None) => {
            let base = earlier.iter().find(|case| case.id == like);
            let base = base.unwrap_or_else(|| panic!("{id} is like {like}, which is not above it"));
            assert_eq!(turn.len(), 1, "{id} turns one fact");
            let mut facts = base.facts.clone();
            let mut turned = String::new();
            for (fact, to) in turn {
                assert_ne!(facts.get(&fact), Some(&to), "{id} turns {fact} to what it was");
                write!(turned, "*With `{fact}` = `{}`*", to.to_string().replace('"', "")).unwrap();
                facts.insert(fact, to);
            }
            (base.category.clone(), turned, facts)
        }
        (None, None, Some(category), Some(about), Some(facts)) => (category, about, facts),
        _ => panic!("{id} has a category, about and facts, or is like another with a turn"),
    };
    Case { id, category, about, facts, outcome, why }
}

fn advice<'a>(rulebooks: &'a Rulebooks, case: &Case) -> Advice<'a> {
    let facts: Facts =
        case.facts.clone().try_into().unwrap_or_else(|error| panic!("{}: {error}", case.id));
    advise(rulebooks.iter(), &facts, &Overrides::new())
}

fn told(advice: &Advice<'_>) -> String {
    let fired = advice.fired.iter().map(|it| it.rule.name.as_str()).collect::<Vec<_>>();
    let cleared = advice.cleared.iter().map(|it| {
        let grounds: Vec<&str> = it.grounds.iter().map(|ground| ground.name.as_str()).collect();
        format!("{} by {}", it.rule.name, grounds.join(", "))
    });
    let cleared = cleared.collect::<Vec<_>>();
    format!("fired: {}; cleared: {}", fired.join(", "), cleared.join("; "))
}

#[test]
fn every_case_gets_the_advice_that_follows() {
    let rulebooks = Rulebooks::shipped().unwrap();
    let mut wrong = Vec::new();
    for (part, _) in PARTS {
        for case in cases(part) {
            let advice = advice(&rulebooks, &case);
            if advice.outcome != case.outcome {
                let told = told(&advice);
                wrong.push(format!("{}: {:?}, {told}", case.id, advice.outcome));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases get other advice:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_cases_cover_every_category_rule_and_ground_and_turn_facts_both_ways() {
    let rulebooks = Rulebooks::shipped().unwrap();
    let all: Vec<Case> = PARTS.iter().flat_map(|(part, _)| cases(part)).collect();
    assert!(60 <= all.len());
    let ids: BTreeSet<&str> = all.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), all.len(), "each case has an id of its own");
    let categories: BTreeSet<&str> = all.iter().map(|case| case.category.as_str()).collect();
    let shipped = Categories::shipped().unwrap();
    let shipped: BTreeSet<&str> = shipped.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(categories, shipped);
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &all {
        let advice = advice(&rulebooks, case);
        for fired in advice.fired {
            *used.entry(fired.rule.name.as_str()).or_default() += 1;
        }
        for ground in advice.cleared.iter().flat_map(|it| &it.grounds) {
            *used.entry(ground.name.as_str()).or_default() += 1;
        }
    }
    for book in rulebooks.iter() {
        let names = book.rules.iter().map(|it| it.name.as_str());
        let names = names.chain(book.grounds.iter().map(|it| it.name.as_str()));
        let unused: Vec<&str> = names.filter(|name| !used.contains_key(name)).collect();
        assert!(unused.is_empty(), "no case shows what these are for: {}", unused.join(", "));
    }
}

fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::DocumentOnly => "Document only",
        Outcome::NotifyAuthority => "Notify the authority",
        Outcome::NotifyAuthorityAndPeople => "Notify the authority and the people",
    }
}

fn document() -> String {
    let rulebooks = Rulebooks::shipped().unwrap();
    let mut page = INTRODUCTION.to_owned();
    for (part, heading) in PARTS {
        writeln!(page, "\n## {heading}\n").unwrap();
        page.push_str(
            "| Case | What happened | Advice | Why | Severity |\n|---|---|---|---|---|\n",
        );
        for case in cases(part) {
            let Case { id, about, outcome, why, .. } = &case;
            let severity = advice(&rulebooks, &case).severity;
            let quarters = severity.quarters;
            let score = format!("{}.{:02}", quarters / 4, quarters % 4 * 25);
            let band = <&str>::from(severity.band).replace('_', " ");
            let advised = words(*outcome);
            writeln!(page, "| `{id}` | {about} | {advised} | {why} | {score}, {band} |").unwrap();
        }
    }
    page
}

/// Holds a document against what it is made from, and writes it where that is asked for.
#[track_caller]
fn current(document: &str, written: &str) {
    let path = root().join(document);
    if std::env::var_os("AVVIK_WRITE_DOCS").is_some() {
        std::fs::write(&path, written).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == written, "run this test once with AVVIK_WRITE_DOCS=1 to write {document}");
}

#[test]
fn the_documents_of_facts_and_advice_are_current() {
    current(DOCUMENT, &document());
    current(FACTS, &format!("{FACTS_INTRODUCTION}{}", web::facts_document()));
    let schema = serde_json::to_string_pretty(&web::facts_schema()).unwrap();
    current(SCHEMA, &format!("{schema}\n"));
}
