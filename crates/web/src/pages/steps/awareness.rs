//! Establishing another moment of awareness, from which the 72 hours run.

use domain::case::{Request, command};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Posted, Problem, Reader};

pub(super) struct Awareness;

impl StepForm for Awareness {
    fn step(&self) -> Step {
        Step::EstablishAwareness
    }

    fn name(&self) -> &'static str {
        "awareness"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let aware_at = desk.known().clock.deadline.aware_at;
        Posted::default().and("aware_at", desk.page.zone().input_value(aware_at))
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let deadline = desk.known().clock.deadline;
        vec![
            desk.fact("awareness-current", desk.moment(deadline.aware_at)),
            desk.fact("awareness-due", desk.moment(deadline.due_at())),
        ]
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        vec![Input::Moment(form.field("aware_at")), Input::Area(form.field("reason"), 4)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let aware_at = reader.required_moment("aware_at");
        let reason = said(reader.required_text("reason"));
        reader.finish(|| {
            let it = command::EstablishAwareness { aware_at: aware_at?, reason };
            Some(vec![Request::EstablishAwareness(it)])
        })
    }
}
