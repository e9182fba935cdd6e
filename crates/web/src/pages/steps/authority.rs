//! Deciding whether the authority is notified (GDPR art. 33(1)).

use domain::Role;
use domain::case::event::AuthorityDecision;
use domain::case::practice::Practice;
use domain::case::{Refusal, Request, command};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Problem, Reader};

pub(super) struct Authority;

impl StepForm for Authority {
    fn step(&self) -> Step {
        Step::DecideOnAuthority
    }

    fn name(&self) -> &'static str {
        "authority"
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let decided = desk.known().authority.decision();
        let standing = |it| desk.page.term("authority_decision", &it);
        let mut facts = advice(desk);
        facts.extend(decided.map(|it| desk.fact("authority-standing", standing(it))));
        facts
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let only_under_delegation = desk.who.roles.holds(Role::Dpo) && !desk.is_delegated;
        let refused = || only_under_delegation.then_some(Refusal::DecisionNotDelegated);
        desk.closed().or_else(refused)
    }

    fn shows_precedents(&self) -> bool {
        true
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let decisions = desk.terms::<AuthorityDecision>("authority_decision");
        vec![
            Input::Radios(form.field("decision").with(decisions)),
            Input::Area(form.field("grounds"), 5),
            Input::Area(form.optional("departure"), 3),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let decision = reader.required_choice("decision");
        let grounds = said(reader.required_text("grounds"));
        let departure = reader.optional_text("departure").map(said);
        reader.finish(|| {
            // The service's settings say whether it is delegated, whatever stands here.
            let delegated = false;
            let decision = decision?;
            // What was decided in cases alike the service looks up.
            let practice = Practice::default();
            let it =
                command::DecideOnAuthority { decision, grounds, departure, practice, delegated };
            Some(vec![Request::DecideOnAuthority(it)])
        })
    }
}

/// What the latest assessment advises, and what it rests on.
pub(super) fn advice(desk: &Desk) -> Vec<Fact> {
    let Some(latest) = &desk.known().assessment else {
        return vec![desk.fact("authority-advice", desk.page.say("authority-no-advice"))];
    };
    vec![
        desk.fact("authority-advice", desk.page.term("outcome", &latest.outcome)),
        desk.fact("authority-facts", desk.text(&latest.facts)),
    ]
}
