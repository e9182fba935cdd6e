//! Proposing a measure: what, who answers for it, and by when.

use domain::case::event::MeasureKind;
use domain::case::{Request, command};
use domain::ids::MeasureId;
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Problem, Reader};

pub(super) struct ProposeMeasure;

impl StepForm for ProposeMeasure {
    fn step(&self) -> Step {
        Step::ProposeMeasure
    }

    fn name(&self) -> &'static str {
        "propose-measure"
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let proposed = desk.known().measures.values();
        let name = |kind| desk.page.term("measure_kind", kind);
        proposed
            .map(|it| Fact { name: name(&it.kind), value: desk.text(&it.description) })
            .collect()
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        // Whoever is involved in the case has no part in handling it.
        let owners = desk.names.people(|user, _| !desk.known().involved.contains(&user));
        vec![
            Input::Radios(form.field("kind").with(desk.terms::<MeasureKind>("measure_kind"))),
            Input::Area(form.field("description"), 4),
            Input::Select(form.field("owner").with(owners)),
            Input::Moment(form.field("due_at")),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let measure = MeasureId(key.part());
        let kind = reader.required_choice("kind");
        let description = said(reader.required_text("description"));
        let owner = reader.required_choice("owner");
        let due_at = reader.required_moment("due_at");
        reader.finish(|| {
            Some(vec![Request::ProposeMeasure(command::ProposeMeasure {
                measure,
                kind: kind?,
                description,
                owner: owner?,
                due_at: due_at?,
            })])
        })
    }
}
