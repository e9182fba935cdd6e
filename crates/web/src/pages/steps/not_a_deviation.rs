//! Closing a case that turned out to be no deviation.

use domain::case::{Refusal, Request};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Problem, Reader};

pub(super) struct NotADeviation;

impl StepForm for NotADeviation {
    fn step(&self) -> Step {
        Step::CloseAsNotADeviation
    }

    fn name(&self) -> &'static str {
        "not-a-deviation"
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let what_happened = desk.text(&desk.known().report.what_happened);
        vec![desk.fact("not-a-deviation-reported", what_happened)]
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let notified = desk.known().authority.notified.as_ref();
        let sent = || notified.map(|it| Refusal::AlreadyNotified { sent_at: it.sent_at });
        desk.closed().or_else(sent)
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        vec![Input::Area(form.field("reason"), 5)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let reason = said(reader.required_text("reason"));
        reader.finish(|| Some(vec![Request::CloseAsNotADeviation(reason)]))
    }
}
