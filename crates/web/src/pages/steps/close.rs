//! Closing the case, as the controller.

use domain::case::{Refusal, Request, command};
use domain::duty::Verdict;
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
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
        let conclusion = conclusion.map(|it| desk.fact("close-conclusion", it));
        conclusion.into_iter().chain(desk.duties_running()).collect()
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let outstanding = desk.known().outstanding();
        let remains = !outstanding.is_empty();
        waits_for(desk).or_else(|| remains.then_some(Refusal::NotReadyToClose { outstanding }))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let verdicts = || desk.known().duties.running().into_iter().map(|(it, _)| it.verdict);
        let is_bound = verdicts().any(|verdict| verdict == Verdict::Yes);
        is_bound.then(|| Input::Area(form.field("grounds"), 4)).into_iter().collect()
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let grounds = reader.text("grounds");
        let grounds = (!grounds.is_empty()).then(|| said(grounds));
        reader.finish(|| Some(vec![Request::Close(command::Close { grounds })]))
    }
}

/// What must be there before the controller can answer.
pub(super) fn waits_for(desk: &Desk) -> Option<Refusal> {
    let waits = !desk.known().awaits_closure();
    desk.closed().or_else(|| waits.then_some(Refusal::MemoNotSubmitted))
}
