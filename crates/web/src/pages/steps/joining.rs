//! Bringing the case together with another, and seeing later what a measure has led to.

use domain::case::command::{Join, ReviewEffect};
use domain::case::dealings::Effect;
use domain::case::state::Progress;
use domain::case::{Refusal, Request};
use domain::ids::{CaseId, CaseNumber};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Problem, Reader};

pub(super) struct Link;

pub(super) struct Merge;

pub(super) struct Review;

impl StepForm for Link {
    fn step(&self) -> Step {
        Step::Link
    }

    fn name(&self) -> &'static str {
        "link"
    }

    fn field_from_address(&self) -> Option<&'static str> {
        Some("other")
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let linked = desk.known().linked.keys();
        linked.map(|it| desk.fact("link-linked", it.number.to_string())).collect()
    }

    /// What keeps coming back comes back after it was closed.
    fn obstacle(&self, _desk: &Desk) -> Option<Refusal> {
        None
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        vec![Input::Line(form.field("other")), Input::Area(form.field("reason"), 3)]
    }

    fn read(&self, reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        joined(reader).map(|join| vec![Request::Link(join)])
    }
}

impl StepForm for Merge {
    fn step(&self) -> Step {
        Step::Merge
    }

    fn name(&self) -> &'static str {
        "merge"
    }

    fn field_from_address(&self) -> Option<&'static str> {
        Some("other")
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        vec![Input::Line(form.field("other")), Input::Area(form.field("reason"), 3)]
    }

    fn read(&self, reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        joined(reader).map(|join| vec![Request::Merge(join)])
    }
}

/// The other case by its number; the service finds which that is.
fn joined(mut reader: Reader<'_>) -> Result<Join, Vec<Problem>> {
    let number: Option<CaseNumber> = reader.required_choice("other");
    let reason = said(reader.required_text("reason"));
    reader.finish(|| Some(Join { number: number?, case: CaseId::FIRST, reason }))
}

impl StepForm for Review {
    fn step(&self) -> Step {
        Step::ReviewEffect
    }

    fn name(&self) -> &'static str {
        "review-effect"
    }

    /// Measures outlive their case, and what they led to shows late.
    fn obstacle(&self, _desk: &Desk) -> Option<Refusal> {
        None
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let measures = desk.known().measures.iter();
        let done = measures.filter(|(_, it)| !matches!(it.progress, Progress::Open { .. }));
        let done = done.map(|(id, it)| Choice::new(id, desk.text(&it.description))).collect();
        vec![
            Input::Radios(form.field("measure").with(done)),
            Input::Radios(form.field("effect").with(desk.terms::<Effect>("effect_later"))),
            Input::Area(form.field("finding"), 5),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let measure = reader.required_choice("measure");
        let effect = reader.required_choice("effect");
        let finding = said(reader.required_text("finding"));
        reader.finish(|| {
            let (measure, effect) = (measure?, effect?);
            Some(vec![Request::ReviewEffect(ReviewEffect { measure, effect, finding })])
        })
    }
}
