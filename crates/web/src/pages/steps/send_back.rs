//! Sending the case back, as the controller, with what is to be followed up.

use domain::case::{Refusal, Request};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Input};
use super::{StepForm, close, said};
use crate::forms::{Form, Problem, Reader};

/// Fields for points to follow up.
pub(super) const FIELDS: [&str; 5] =
    ["follow_ups", "follow_ups_2", "follow_ups_3", "follow_ups_4", "follow_ups_5"];

pub(super) struct SendBack;

impl StepForm for SendBack {
    fn step(&self) -> Step {
        Step::Return
    }

    fn name(&self) -> &'static str {
        "return"
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        close::waits_for(desk)
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        let first = form.field(FIELDS[0]);
        let others = FIELDS[1..].iter().map(|name| form.optional(name));
        std::iter::once(first).chain(others).map(|field| Input::Area(field, 2)).collect()
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let points: Vec<_> =
            FIELDS.iter().filter_map(|name| reader.optional_text(name)).map(said).collect();
        if points.is_empty() {
            reader.miss(FIELDS[0], "problem-missing");
        }
        reader.finish(|| Some(vec![Request::Return(points)]))
    }
}
