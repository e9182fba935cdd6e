//! The decided cases that one is nearest to, as its page and the forms for its decisions show them:
//! what agrees, what differs, what was decided and why, and what the authority answered.

use domain::case::Fact as CaseFact;
use domain::case::facts::Facts;
use domain::ids::CaseNumber;
use domain::{Erasable, Time};
use service::Precedents;
use views::precedents::Precedent;
use views::register::Entry;

use super::known::answer_in_words;
use super::path::case_url;
use crate::names::Names;
use crate::page::Page;

/// The decided cases that one is nearest to.
pub(crate) struct ShownPrecedents {
    /// Whether anything was found out of the case itself, so that it can be compared.
    pub(crate) is_comparable: bool,
    /// The cases, the nearest first.
    pub(crate) cases: Vec<ShownPrecedent>,
}

/// A decided case that one is near to.
pub(crate) struct ShownPrecedent {
    /// Where it is.
    pub(crate) url: String,
    /// Its number.
    pub(crate) number: CaseNumber,
    /// What its category is called.
    pub(crate) category: String,
    /// How much of what is known agrees.
    pub(crate) likeness: String,
    /// Whether the two are to be treated alike.
    pub(crate) is_enough: bool,
    /// What was decided, why, and what the authority answered: each with its name.
    pub(crate) decided: Vec<(String, String)>,
    /// What agrees and what differs: each with its name.
    pub(crate) compared: Vec<(String, String)>,
}

impl ShownPrecedents {
    /// What was found, in words.
    pub(crate) fn new(page: &Page, names: &Names, found: &Precedents) -> Self {
        let facts = found.facts.as_ref();
        let shown = |it: &Precedent| facts.map(|facts| shown(page, names, facts, it));
        Self {
            is_comparable: facts.is_some(),
            cases: found.nearest.iter().filter_map(shown).collect(),
        }
    }
}

fn shown(page: &Page, names: &Names, facts: &Facts, it: &Precedent) -> ShownPrecedent {
    let percent = it.likeness.per_mille() / 10;
    ShownPrecedent {
        url: case_url(it.entry.number),
        number: it.entry.number,
        category: names.category(&it.entry.category),
        likeness: page.say_with("precedents-likeness", &[("percent", percent)]),
        is_enough: it.likeness.is_enough(),
        decided: decided(page, &it.entry),
        compared: compared(page, facts, it),
    }
}

fn decided(page: &Page, entry: &Entry) -> Vec<(String, String)> {
    let text = |text: &Erasable<String>| text.text_or(&page.say("erased")).to_owned();
    let mut told = Vec::new();
    let mut tell = |key: &str, value: Option<String>| {
        told.extend(value.map(|value| (page.say(key), value)));
    };
    let authority = entry.authority();
    let word = authority.map(|(decision, _)| page.term("authority_decision", &decision));
    tell("register-authority", word);
    tell("register-authority_grounds", authority.map(|(_, it)| text(&it.reasons)));
    let departure = authority.and_then(|(_, it)| it.departure.as_ref());
    tell("register-authority_departure", departure.map(text));
    let notified = entry.standing.notified_at.map(|at| day(page, at));
    tell("register-notified_at", notified);
    let people = entry.people_decision();
    let word = people.map(|(decision, _)| page.term("people_decision", &decision));
    tell("register-people_decision", word);
    tell("register-people_grounds", people.map(|(_, it)| text(&it.reasons)));
    let departure = people.and_then(|(_, it)| it.departure.as_ref());
    tell("register-people_departure", departure.map(text));
    let letters = entry.letters.iter().map(|letter| {
        let way = page.term("direction", &letter.direction);
        let line =
            [("day", day(page, letter.dated_at)), ("way", way), ("what", text(&letter.summary))];
        page.say_with("register-told-line", &line)
    });
    let letters: Vec<String> = letters.collect();
    let reaction =
        if letters.is_empty() { page.say("precedents-no-letters") } else { letters.join("\n") };
    tell("register-letters", Some(reaction));
    told
}

fn day(page: &Page, at: Time) -> String {
    page.day(&at).words().to_owned()
}

/// What agrees, by its name alone, and what differs, with what is known of both.
fn compared(page: &Page, facts: &Facts, it: &Precedent) -> Vec<(String, String)> {
    let texts = page.texts();
    let theirs = it.entry.facts.as_deref().cloned().unwrap_or_default();
    let mut told = Vec::new();
    let differing = it.likeness.differing.iter().chain(&it.likeness.partly);
    let here = |fact: &CaseFact| answer_in_words(texts, facts, *fact).replace('\n', ", ");
    let same = |fact: &CaseFact| {
        let line = [("fact", texts.term("facts", *fact)), ("here", here(fact))];
        page.say_with("precedents-same", &line)
    };
    let both = |fact: &CaseFact| {
        let here = here(fact);
        let there = answer_in_words(texts, &theirs, *fact).replace('\n', ", ");
        let line = [("fact", texts.term("facts", *fact)), ("here", here), ("there", there)];
        page.say_with("precedents-both", &line)
    };
    let lists = [
        ("precedents-differing", differing.map(both).collect::<Vec<String>>()),
        ("precedents-agreeing", it.likeness.agreeing.iter().map(same).collect()),
        ("precedents-open", named(page, &it.likeness.open)),
    ];
    for (key, lines) in lists {
        if !lines.is_empty() {
            told.push((page.say(key), lines.join("\n")));
        }
    }
    told
}

fn named(page: &Page, facts: &[CaseFact]) -> Vec<String> {
    facts.iter().map(|fact| page.texts().term("facts", *fact)).collect()
}
