//! Closing the case, as the controller.

use domain::case::{Refusal, Request};
use service::Step;
use service::secrets::FormKey;

use super::StepForm;
use super::desk::{Desk, Fact, Input};
use crate::forms::{Form, Problem, Reader};

pub(super) struct Close;

impl StepForm for Close {
    fn step(&self) -> Step {
        Step::Close
    }

    fn name(&self) -> &'static str {
        "close"
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let memo = desk.known().memo.as_ref().filter(|memo| memo.awaits_controller);
        let conclusion = memo.map(|it| desk.text(&it.memo.conclusion));
        conclusion.map(|it| desk.fact("close-conclusion", it)).into_iter().collect()
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let outstanding = desk.known().outstanding();
        let remains = !outstanding.is_empty();
        waits_for(desk).or_else(|| remains.then_some(Refusal::NotReadyToClose { outstanding }))
    }

    fn inputs(&self, _desk: &Desk, _form: &Form) -> Vec<Input> {
        Vec::new()
    }

    fn read(&self, reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        reader.finish(|| Some(vec![Request::Close]))
    }
}

/// What must be there before the controller can answer.
pub(super) fn waits_for(desk: &Desk) -> Option<Refusal> {
    let waits = !desk.known().awaits_closure();
    desk.closed().or_else(|| waits.then_some(Refusal::MemoNotSubmitted))
}
