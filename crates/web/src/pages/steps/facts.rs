//! Recording what is known of a case, fact by fact: the duties are judged by it.

use domain::case::{Fact, Facts, Request};
use domain::duty::Verdict;
use service::Step;
use service::secrets::FormKey;
use strum::IntoEnumIterator;

use super::StepForm;
use super::desk::{Desk, Input};
use crate::forms::{Choice, Form, Posted, Problem, Reader};

pub(super) struct FactsForm;

impl StepForm for FactsForm {
    fn step(&self) -> Step {
        Step::EstablishFacts
    }

    fn name(&self) -> &'static str {
        "facts"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let known = desk.known().facts();
        Fact::iter().fold(Posted::default(), |posted, fact| {
            posted.and(fact.into(), <&str>::from(known.verdict(fact)))
        })
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let texts = desk.page.texts();
        let choices = [Verdict::Yes, Verdict::No, Verdict::Unknown];
        let choices = choices.map(|it| Choice::term(texts, "yes_no_unknown", it));
        let asked = desk.facts_asked();
        let asked = Fact::iter().filter(|fact| asked.contains(fact));
        asked.map(|it| Input::Radios(form.field(it.into()).with(choices.to_vec()))).collect()
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let facts = Fact::iter().fold(Facts::default(), |facts, fact| {
            let verdict: Option<Verdict> = reader.choice(fact.into());
            facts.with(fact, verdict.unwrap_or_default())
        });
        reader.finish(|| Some(vec![Request::EstablishFacts(facts)]))
    }
}
