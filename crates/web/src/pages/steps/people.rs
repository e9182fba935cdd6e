//! Deciding whether the people affected are told (GDPR art. 34).

use domain::case::event::PeopleDecision;
use domain::case::{Request, command};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, authority, said};
use crate::forms::{Form, Problem, Reader};

pub(super) struct People;

impl StepForm for People {
    fn step(&self) -> Step {
        Step::DecideOnPeople
    }

    fn name(&self) -> &'static str {
        "people"
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let decided = desk.known().people.as_ref();
        let standing = |it| desk.page.term("people_decision", it);
        let mut facts = authority::advice(desk);
        facts.extend(decided.map(|it| desk.fact("people-standing", standing(&it.decision))));
        facts
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let decisions = desk.terms::<PeopleDecision>("people_decision");
        vec![
            Input::Radios(form.field("decision").with(decisions)),
            Input::Area(form.field("grounds"), 5),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let decision = reader.required_choice("decision");
        let grounds = said(reader.required_text("grounds"));
        reader.finish(|| {
            let it = command::DecideOnPeople { decision: decision?, grounds };
            Some(vec![Request::DecideOnPeople(it)])
        })
    }
}
