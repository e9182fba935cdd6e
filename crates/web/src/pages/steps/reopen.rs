//! Taking a closed case up again.

use domain::case::{Refusal, Request};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Input};
use super::{StepForm, said};
use crate::forms::{Form, Problem, Reader};

pub(super) struct Reopen;

impl StepForm for Reopen {
    fn step(&self) -> Step {
        Step::Reopen
    }

    fn name(&self) -> &'static str {
        "reopen"
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        match desk.closed() {
            None => Some(Refusal::CaseIsOpen),
            Some(Refusal::CaseIsClosed) => None,
            other => other,
        }
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        vec![Input::Area(form.field("reason"), 5)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let reason = said(reader.required_text("reason"));
        reader.finish(|| Some(vec![Request::Reopen(reason)]))
    }
}
