//! Taking back what was recorded by mistake: a measure that is not needed, a duty that was not
//! done, and somebody named as involved who is not.

use domain::case::state::Progress;
use domain::case::{Refusal, Request, command};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Problem, Reader};

pub(super) struct WithdrawMeasure;

pub(super) struct WithdrawFulfilment;

pub(super) struct WithdrawInvolved;

/// What outlives a case is taken back after it is closed, too.
fn erased(desk: &Desk) -> Option<Refusal> {
    desk.closed().filter(|refusal| *refusal == Refusal::CaseIsErased)
}

impl StepForm for WithdrawMeasure {
    fn step(&self) -> Step {
        Step::WithdrawMeasure
    }

    fn name(&self) -> &'static str {
        "withdraw-measure"
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        erased(desk)
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let measures = desk.known().measures.iter();
        let open = measures.filter(|(_, it)| matches!(it.progress, Progress::Open { .. }));
        let open = open.map(|(id, it)| Choice::new(id, desk.text(&it.description))).collect();
        vec![Input::Radios(form.field("measure").with(open)), Input::Area(form.field("reason"), 3)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let measure = reader.required_choice("measure");
        let reason = said(reader.required_text("reason"));
        reader.finish(|| {
            let measure = measure?;
            Some(vec![Request::WithdrawMeasure(command::WithdrawMeasure { measure, reason })])
        })
    }
}

impl StepForm for WithdrawFulfilment {
    fn step(&self) -> Step {
        Step::WithdrawFulfilment
    }

    fn name(&self) -> &'static str {
        "withdraw-fulfilment"
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let done = desk.known().duties.fulfilled.keys();
        let done = done.map(|duty| Choice::new(duty, desk.names.duty(duty))).collect();
        vec![Input::Radios(form.field("duty").with(done)), Input::Area(form.field("reason"), 3)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let duty = reader.required_choice("duty");
        let reason = said(reader.required_text("reason"));
        reader.finish(|| {
            let duty = duty?;
            Some(vec![Request::WithdrawFulfilment(command::WithdrawFulfilment { duty, reason })])
        })
    }
}

impl StepForm for WithdrawInvolved {
    fn step(&self) -> Step {
        Step::WithdrawInvolved
    }

    fn name(&self) -> &'static str {
        "withdraw-involved"
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        erased(desk)
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let involved = desk.known().involved.iter();
        let named = involved.map(|(_, user)| Choice::new(user, desk.names.person(user))).collect();
        vec![Input::Radios(form.field("person").with(named)), Input::Area(form.field("reason"), 3)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let user = reader.required_choice("person");
        let reason = said(reader.required_text("reason"));
        reader.finish(|| {
            let user = user?;
            Some(vec![Request::WithdrawInvolved(command::WithdrawInvolved { user, reason })])
        })
    }
}
