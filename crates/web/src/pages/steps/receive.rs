//! Taking a case in: where it belongs, who handles it, and who is to be kept out of it. Those are
//! named first, since the case is shown to the leaders of its unit once it is taken in.

use std::collections::BTreeSet;

use domain::case::{self, Request, command};
use domain::ids::UserId;
use domain::organisation::Person;
use domain::{Erasable, Role};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, first_actions};
use crate::forms::{Form, Posted, Problem, Reader};

pub(super) struct Receive;

impl StepForm for Receive {
    fn step(&self) -> Step {
        Step::Receive
    }

    fn name(&self) -> &'static str {
        "receive"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        Posted::default()
            .and("category", desk.known().category())
            .and("unit", desk.known().unit())
            .and("handler", desk.who.user)
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let what_happened = desk.text(&desk.known().report.what_happened);
        vec![desk.fact("receive-reported", what_happened)]
    }

    fn obstacle(&self, desk: &Desk) -> Option<case::Refusal> {
        let received = || desk.known().receipt.as_ref().map(|_| case::Refusal::AlreadyReceived);
        desk.closed().or_else(received)
    }

    fn shows_similar(&self) -> bool {
        true
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let near = desk.names.people(|user, person| is_near(desk, user, person));
        let mut inputs = vec![
            Input::Select(form.field("category").with(desk.names.categories())),
            Input::Select(form.field("unit").with(desk.names.units())),
            Input::Select(form.field("handler").with(desk.names.holders(Role::Dpo))),
        ];
        if !near.is_empty() {
            inputs.push(Input::Ticks(form.optional("involved").with(near)));
        }
        inputs.push(first_actions::offered(desk, form));
        inputs
    }

    fn read(&self, mut reader: Reader<'_>, key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let category = reader.required_choice("category");
        let unit = reader.required_choice("unit");
        let handler = reader.required_choice("handler");
        let involved: BTreeSet<UserId> = reader.several("involved");
        let first_actions = first_actions::read(&mut reader, category.as_ref(), &involved, key);
        reader.finish(|| {
            let receive = command::Receive {
                category: category?,
                unit: unit?,
                handler: handler?,
                first_actions,
                playbook: None,
            };
            let named = involved.into_iter().map(name);
            Some(named.chain([Request::Receive(receive)]).collect())
        })
    }
}

/// Naming somebody as involved: it is erased together with whatever else is theirs.
pub(super) fn name(user: UserId) -> Request {
    Request::NameInvolved(Erasable::about(user, user))
}

/// Those who belong to the unit, or would see the case through a role. Everybody else can be
/// named later on.
fn is_near(desk: &Desk, user: UserId, person: &Person) -> bool {
    const SEE_EVERY_CASE: [Role; 3] = [Role::Dpo, Role::Controller, Role::SecurityOfficer];
    let unit = desk.known().unit();
    let leads = person.roles.holds(Role::Leader) && desk.names.is_within(unit, person.unit);
    let is_known = user == desk.who.user || desk.known().involved.contains(&user);
    !is_known && (person.unit == unit || leads || person.roles.hold_any(&SEE_EVERY_CASE))
}
