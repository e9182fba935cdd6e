//! Recording that a duty was done.

use domain::case::{Request, command};
use domain::duty::DutyId;
use service::Step;
use service::secrets::FormKey;

use super::StepForm;
use super::desk::{Desk, Input};
use crate::forms::{Form, Posted, Problem, Reader};

pub(super) struct FulfilDuty;

impl StepForm for FulfilDuty {
    fn step(&self) -> Step {
        Step::FulfilDuty
    }

    fn name(&self) -> &'static str {
        "duty"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        Posted::default().and("done_at", desk.now())
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        vec![
            Input::Select(form.field("duty").with(desk.duties_to_do())),
            Input::Moment(form.field("done_at")),
            Input::Line(form.optional("reference")),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let duty: Option<DutyId> = reader.required_choice("duty");
        let done_at = reader.required_moment("done_at");
        let reference = reader.text("reference");
        reader.finish(|| {
            let it = command::FulfilDuty { duty: duty?, done_at: done_at?, reference };
            Some(vec![Request::FulfilDuty(it)])
        })
    }
}
