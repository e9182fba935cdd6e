//! Giving the case to somebody, and naming who stands in for them.

use domain::case::{Refusal, Request, command};
use domain::organisation::Person;
use domain::{Role, Time};
use service::Step;
use service::permit;
use service::secrets::FormKey;

use super::StepForm;
use super::desk::{Desk, Fact, Input};
use crate::forms::{Form, Posted, Problem, Reader};

pub(super) struct Assign;

impl StepForm for Assign {
    fn step(&self) -> Step {
        Step::Assign
    }

    fn name(&self) -> &'static str {
        "assign"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let Some(receipt) = &desk.known().receipt else { return Posted::default() };
        let posted = Posted::default().and("handler", receipt.handler);
        match receipt.deputy {
            Some(deputy) => posted.and("deputy", deputy),
            None => posted,
        }
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let handler = desk.known().receipt.as_ref().map(|receipt| receipt.handler);
        let away = |user| desk.names.away_until(user, desk.page.now());
        let until = |until: Time| desk.fact("assign-away", desk.moment(until));
        handler.and_then(away).map(until).into_iter().collect()
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let is_new = desk.known().receipt.is_none();
        desk.closed().or_else(|| is_new.then_some(Refusal::NotReceived))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        // Whoever is involved in the case has no part in handling it, nor has whoever keeps the
        // house or its traces.
        let keeps = |person: &Person| permit::keeps_the_house(&person.roles);
        let involved = &desk.known().involved;
        let others = desk.names.people(|user, it| !involved.contains(&user) && !keeps(it));
        vec![
            Input::Select(form.field("handler").with(desk.names.holders(Role::Dpo))),
            Input::Select(form.optional("deputy").with(others)),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let handler = reader.required_choice("handler");
        let deputy = reader.choice("deputy");
        reader.finish(|| Some(vec![Request::Assign(command::Assign { handler: handler?, deputy })]))
    }
}
