//! Assessing the risk. A new assessment begins where the last one ended.

use domain::case::event::Outcome;
use domain::case::{Request, command};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Posted, Problem, Reader};
use crate::pages::case::severity::score;

pub(super) struct Assess;

impl StepForm for Assess {
    fn step(&self) -> Step {
        Step::Assess
    }

    fn name(&self) -> &'static str {
        "assess"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let Some(latest) = &desk.known().assessment else { return Posted::default() };
        let facts = latest.facts.get().cloned().unwrap_or_default();
        let departure = latest.advice.as_ref().and_then(|it| it.departure.as_ref()?.get().cloned());
        Posted::default()
            .and("facts", facts)
            .and("outcome", <&str>::from(latest.outcome))
            .and("departure", departure.unwrap_or_default())
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let what_happened = desk.text(&desk.known().report.what_happened);
        let severity = desk.known().severity();
        let severity =
            severity.map(|it| desk.fact("severity-heading", score(desk.page.texts(), &it)));
        let reported = desk.fact("assess-reported", what_happened);
        std::iter::once(reported).chain(severity).collect()
    }

    fn shows_advice(&self) -> bool {
        true
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let mut inputs = vec![
            Input::Area(form.field("facts"), 8),
            Input::Radios(form.field("outcome").with(desk.terms::<Outcome>("outcome"))),
        ];
        if desk.is_advised() {
            inputs.push(Input::Area(form.optional("departure"), 3));
        }
        inputs
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let facts = said(reader.required_text("facts"));
        let outcome = reader.required_choice("outcome");
        let departure = reader.optional_text("departure").map(said);
        reader.finish(|| {
            let it = command::Assess { facts, outcome: outcome?, departure, rules: None };
            Some(vec![Request::Assess(it)])
        })
    }
}
