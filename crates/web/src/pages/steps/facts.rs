//! Recording what is known of a case, fact by fact: advice, severity and duties rest on it.

use std::collections::BTreeSet;

use domain::case::Request;
use domain::case::facts::{Answer, Fact, Facts, Given, Shape, UNKNOWN};
use domain::case::proposed::Proposed;
use domain::duty::Verdict;
use service::Step;
use service::secrets::FormKey;
use strum::IntoEnumIterator;

use super::StepForm;
use super::desk::{Desk, Input};
use crate::forms::{Choice, Form, Posted, Problem, Reader};
use crate::pages::case::known::{NONE, fact_family};
use crate::text::Texts;

pub(super) struct FactsForm;

impl StepForm for FactsForm {
    fn step(&self) -> Step {
        Step::EstablishFacts
    }

    fn name(&self) -> &'static str {
        "facts"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let known = match &desk.known().established {
            // What recipients have confirmed since is filled in where nothing was known.
            Some(established) => {
                let known = Proposed { facts: established.facts.clone(), ..Proposed::default() };
                known.or(&desk.confirmed()).facts
            }
            None => desk.proposed().facts,
        };
        Fact::iter().fold(Posted::default(), |posted, fact| {
            let name = fact.into();
            match known.answer(fact) {
                None => posted.and(name, UNKNOWN),
                Some(Answer::Several(words)) if words.is_empty() => posted.and(name, NONE),
                Some(answer) => {
                    answer.words().iter().fold(posted, |posted, word| posted.and(name, word))
                }
            }
        })
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let texts = desk.page.texts();
        let (asked, proposed) = (desk.facts_asked(), desk.proposed());
        let mut inputs = Vec::new();
        let mut part = None;
        for fact in Fact::iter().filter(|fact| asked.contains(fact)) {
            if part != Some(fact.part()) {
                part = Some(fact.part());
                inputs.push(Input::Heading(texts.term("facts_part", fact.part())));
            }
            let mut field = form.field(fact.into()).with(choices(texts, fact));
            if let Some(said) = desk.said_of(&proposed, fact) {
                field.help = Some(field.help.map_or(said.clone(), |help| format!("{help} {said}")));
            }
            inputs.push(match fact.shape() {
                Shape::Several { .. } => Input::Ticks(field),
                _ => Input::Radios(field),
            });
        }
        inputs
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let facts = Fact::iter().fold(Facts::default(), |facts, fact| {
            let answer = read(&mut reader, fact);
            facts.answered(fact, answer)
        });
        reader.finish(|| Some(vec![Request::EstablishFacts(facts)]))
    }
}

/// The answers to a fact; that it is not known stands last.
fn choices(texts: Texts, fact: Fact) -> Vec<Choice> {
    if fact.shape() == Shape::YesNo {
        let choices = [Verdict::Yes, Verdict::No, Verdict::Unknown];
        return choices.map(|it| Choice::term(texts, "yes_no_unknown", it)).to_vec();
    }
    let family = fact_family(fact);
    let known = fact.shape().choices().iter().filter(|word| **word != UNKNOWN);
    let known = known.map(|word| Choice::term(texts, &family, *word));
    let is_several = matches!(fact.shape(), Shape::Several { .. });
    let none = is_several.then(|| Choice::new(NONE, texts.say("facts-none")));
    let unknown = if is_several { "facts-unknown-more" } else { "facts-unknown" };
    known.chain(none).chain([Choice::new(UNKNOWN, texts.say(unknown))]).collect()
}

/// What was ticked; nothing ticked is nothing known.
fn read(reader: &mut Reader<'_>, fact: Fact) -> Option<Answer> {
    let name: &str = fact.into();
    let sent: Vec<String> = reader.words(name);
    let given = match fact.shape() {
        Shape::YesNo => match sent.first().map(String::as_str) {
            None | Some("") => Given::Nothing,
            Some("yes") => Given::Is(true),
            Some("no") => Given::Is(false),
            Some(other) => Given::Word(other.to_owned()),
        },
        Shape::One(_) => match sent.into_iter().next() {
            Some(word) if !word.is_empty() => Given::Word(word),
            _ => Given::Nothing,
        },
        Shape::Several { .. } => {
            let ticked: BTreeSet<String> = sent.into_iter().collect();
            let others = ticked.iter().filter(|word| *word != NONE).cloned().collect::<Vec<_>>();
            if ticked.is_empty() { Given::Nothing } else { Given::Words(others) }
        }
    };
    Answer::read(fact, given).unwrap_or_else(|_| {
        reader.refuse_choice(name);
        None
    })
}
