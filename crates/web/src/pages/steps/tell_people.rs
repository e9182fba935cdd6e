//! Recording that the people affected were told.

use domain::case::event::{PeopleDecision, TellingWay};
use domain::case::{Refusal, Request, command};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Posted, Problem, Reader};

pub(super) struct TellPeople;

impl StepForm for TellPeople {
    fn step(&self) -> Step {
        Step::TellPeople
    }

    fn name(&self) -> &'static str {
        "tell-people"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let posted = Posted::default().and("told_at", desk.now());
        let decision = desk.known().people.as_ref().map(|decided| decided.decision);
        match decision {
            Some(PeopleDecision::PublicCommunication) => {
                posted.and("way", <&str>::from(TellingWay::PublicNotice))
            }
            _ => posted,
        }
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let decided = desk.known().people.as_ref();
        let standing = |it| desk.page.term("people_decision", it);
        let decided = decided.map(|it| desk.fact("people-standing", standing(&it.decision)));
        let told = desk.known().told.iter();
        let told = told.map(|it| desk.fact("tell-people-before", desk.moment(it.told_at)));
        decided.into_iter().chain(told).collect()
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let decided = desk.known().people.as_ref();
        let is_not_to = decided.is_some_and(|decided| !decided.decision.is_to_tell());
        desk.closed().or_else(|| is_not_to.then_some(Refusal::DecidedNotToTell))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        vec![
            Input::Moment(form.field("told_at")),
            Input::Radios(form.field("way").with(desk.terms::<TellingWay>("telling_way"))),
            Input::Number(form.optional("people")),
            Input::Area(form.field("account"), 4),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let told_at = reader.required_moment("told_at");
        let way = reader.required_choice("way");
        let people = reader.number("people");
        let account = said(reader.required_text("account"));
        reader.finish(|| {
            let (told_at, way) = (told_at?, way?);
            let it = command::TellPeople { told_at, way, people, account };
            Some(vec![Request::TellPeople(it)])
        })
    }
}
