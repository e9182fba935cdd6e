//! Putting a case that was taken in under another category, or in another unit.

use std::collections::BTreeSet;

use domain::case::state::{Measure, Progress};
use domain::case::{self, Request, command};
use domain::category::CategoryId;
use domain::ids::MeasureId;
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Input};
use super::{StepForm, first_actions, said};
use crate::forms::{Choice, Form, Posted, Problem, Reader};

pub(super) struct Reclassify;

impl StepForm for Reclassify {
    fn step(&self) -> Step {
        Step::Reclassify
    }

    fn name(&self) -> &'static str {
        "reclassify"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        Posted::default().and("category", desk.known().category()).and("unit", desk.known().unit())
    }

    fn obstacle(&self, desk: &Desk) -> Option<case::Refusal> {
        let known = desk.known();
        let is_new = known.receipt.is_none().then_some(case::Refusal::NotReceived);
        let waits = known.awaits_closure().then_some(case::Refusal::MemoWithController);
        desk.closed().or(is_new).or(waits)
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let mut inputs = vec![
            Input::Select(form.field("category").with(categories(desk))),
            Input::Select(form.field("unit").with(desk.names.units())),
            Input::Area(form.field("reason"), 4),
        ];
        let chosen: Option<CategoryId> = form.value("category").parse().ok();
        let Some(chosen) = chosen.filter(|it| it != desk.known().category()) else {
            inputs.push(first_actions::none(desk));
            return inputs;
        };
        let stale = fallen_behind(desk, &chosen);
        if !stale.is_empty() {
            let mut dropped = form.field("dropped");
            if form.value(first_actions::OF) != chosen.as_str() {
                dropped.values = stale.iter().map(|(id, _)| id.to_string()).collect();
            }
            let choice =
                |(id, it): (&MeasureId, &Measure)| Choice::new(id, desk.text(&it.description));
            inputs.push(Input::Ticks(dropped.with(stale.into_iter().map(choice).collect())));
        }
        inputs.push(first_actions::offered(desk, form));
        inputs
    }

    fn read(&self, mut reader: Reader<'_>, key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let category = reader.required_choice("category");
        let unit = reader.required_choice("unit");
        let reason = said(reader.required_text("reason"));
        let dropped = reader.several("dropped").into_iter().collect();
        let nobody = BTreeSet::new();
        let first_actions = first_actions::read(&mut reader, category.as_ref(), &nobody, key);
        reader.finish(|| {
            let (category, unit) = (category?, unit?);
            Some(vec![Request::Reclassify(command::Reclassify {
                category,
                unit,
                reason,
                dropped,
                first_actions,
                playbook: None,
            })])
        })
    }
}

/// Every category the case can be put under: its own too, where it is configured no more.
fn categories(desk: &Desk) -> Vec<Choice> {
    let own = desk.known().category();
    let mut offered = desk.names.categories();
    if !offered.iter().any(|it| it.value == own.as_str()) {
        offered.push(Choice::new(own, desk.names.category(own)));
    }
    offered
}

/// The first actions of other categories that nobody has done.
fn fallen_behind<'a>(desk: &'a Desk, chosen: &CategoryId) -> Vec<(&'a MeasureId, &'a Measure)> {
    let is_stale = |it: &Measure| {
        let is_of_another = it.playbook.as_ref().is_some_and(|from| from.category != *chosen);
        is_of_another && matches!(it.progress, Progress::Open { .. })
    };
    desk.known().measures.iter().filter(|(_, it)| is_stale(it)).collect()
}
