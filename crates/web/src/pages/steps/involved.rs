//! Naming somebody as involved, before or after the case was taken in.

use domain::case::{self, Request};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, receive};
use crate::forms::{Form, Problem, Reader};

pub(super) struct Involved;

impl StepForm for Involved {
    fn step(&self) -> Step {
        Step::NameInvolved
    }

    fn name(&self) -> &'static str {
        "involved"
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let names: Vec<_> =
            desk.known().involved.iter().map(|(_, user)| desk.names.person(user)).collect();
        if names.is_empty() {
            return Vec::new();
        }
        vec![desk.fact("involved-named", names.join("\n"))]
    }

    /// Whoever is to be kept out of a case is kept out of it after it is closed, too.
    fn obstacle(&self, _desk: &Desk) -> Option<case::Refusal> {
        None
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let others = desk.names.people(|user, _| !desk.known().involved.contains(&user));
        vec![Input::Select(form.field("person").with(others))]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let person = reader.required_choice("person");
        reader.finish(|| Some(vec![receive::name(person?)]))
    }
}
