//! Putting a question to the reporter.

use domain::case::{Phase, Refusal, Request, command};
use domain::ids::QuestionId;
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Problem, Reader};

pub(super) struct Ask;

impl StepForm for Ask {
    fn step(&self) -> Step {
        Step::AskReporter
    }

    fn name(&self) -> &'static str {
        "ask"
    }

    /// Whoever reported a case that went on in another has its code alone.
    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        desk.closed().filter(|_| desk.seen.file.standing.phase() != Phase::Merged)
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let asked = desk.known().questions.values();
        asked.map(|it| desk.fact("ask-asked", desk.text(&it.text))).collect()
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        vec![Input::Area(form.field("question"), 4)]
    }

    fn read(&self, mut reader: Reader<'_>, key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let about = QuestionId(key.part());
        let text = said(reader.required_text("question"));
        reader.finish(|| Some(vec![Request::AskReporter(command::Text { about, text })]))
    }
}
