//! Deciding whether the people affected are told (GDPR art. 34).

use domain::case::event::{PeopleDecision, TellingWay};
use domain::case::practice::Practice;
use domain::case::telling::TellingPlan;
use domain::case::{Request, command};
use domain::{Erasable, Role};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, authority, said};
use crate::forms::{Form, Posted, Problem, Reader};

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

    fn shows_precedents(&self) -> bool {
        true
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let decided = desk.known().people.as_ref();
        let Some(plan) = decided.and_then(|it| it.particulars.plan.as_deref()) else {
            return Posted::default();
        };
        let text = |text: &Erasable<String>| text.get().cloned().unwrap_or_default();
        let posted = Posted::default()
            .and("groups", text(&plan.groups))
            .and("target_at", desk.page.zone().input_value(plan.target_at))
            .and("signed_by", plan.signed_by)
            .and("whom_to_ask", text(&plan.whom_to_ask));
        plan.ways.iter().fold(posted, |posted, way| posted.and("ways", <&str>::from(way)))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let decisions = desk.terms::<PeopleDecision>("people_decision");
        let ways = desk.terms::<TellingWay>("telling_way");
        let controllers = desk.names.holders(Role::Controller);
        vec![
            Input::Radios(form.field("decision").with(decisions)),
            Input::Area(form.field("grounds"), 5),
            Input::Area(form.optional("departure"), 3),
            Input::Area(form.optional("measure"), 2),
            Input::Heading(desk.page.say("people-plan")),
            Input::Area(form.optional("groups"), 2),
            Input::Ticks(form.optional("ways").with(ways)),
            Input::Moment(form.optional("target_at")),
            Input::Select(form.optional("signed_by").with(controllers)),
            Input::Line(form.optional("whom_to_ask")),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let decision: Option<PeopleDecision> = reader.required_choice("decision");
        let grounds = said(reader.required_text("grounds"));
        let departure = reader.optional_text("departure").map(said);
        let measure = reader.optional_text("measure").map(said);
        let plan = plan(&mut reader, decision);
        reader.finish(|| {
            let it = command::DecideOnPeople {
                decision: decision?,
                grounds,
                departure,
                measure,
                plan,
                // What was decided in cases alike the service looks up.
                practice: Practice::default(),
            };
            Some(vec![Request::DecideOnPeople(it)])
        })
    }
}

/// How they are to be told, where that is written and they are: all of it or nothing.
fn plan(reader: &mut Reader<'_>, decision: Option<PeopleDecision>) -> Option<Box<TellingPlan>> {
    let groups = reader.optional_text("groups");
    let ways = reader.several("ways");
    let target_at = reader.moment("target_at");
    let signed_by = reader.choice("signed_by");
    let whom_to_ask = reader.optional_text("whom_to_ask");
    let is_begun = groups.is_some() || !ways.is_empty() || whom_to_ask.is_some();
    if !decision.is_some_and(PeopleDecision::is_to_tell) || !is_begun {
        return None;
    }
    for (field, is_there) in [
        ("groups", groups.is_some()),
        ("ways", !ways.is_empty()),
        ("target_at", target_at.is_some()),
        ("signed_by", signed_by.is_some()),
        ("whom_to_ask", whom_to_ask.is_some()),
    ] {
        if !is_there {
            reader.refuse_as(field, "people-plan-incomplete");
        }
    }
    Some(Box::new(TellingPlan {
        groups: said(groups?),
        ways,
        target_at: target_at?,
        signed_by: signed_by?,
        whom_to_ask: said(whom_to_ask?),
    }))
}
