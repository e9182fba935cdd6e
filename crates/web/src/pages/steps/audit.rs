//! Granting an auditor a look at the case, and taking it back.

use chrono::TimeDelta;
use domain::Role;
use domain::case::access::AuditGrant;
use domain::case::{Refusal, Request, command};
use domain::ids::UserId;
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Posted, Problem, Reader};

/// How long a look takes that nobody has thought about yet.
const USUAL: TimeDelta = TimeDelta::days(14);

pub(super) struct GrantAudit;

pub(super) struct RevokeAudit;

/// A closed case is audited too.
fn erased(desk: &Desk) -> Option<Refusal> {
    desk.closed().filter(|refusal| *refusal == Refusal::CaseIsErased)
}

/// The grants that run, and until when.
fn running(desk: &Desk) -> impl Iterator<Item = (UserId, &AuditGrant)> {
    let now = desk.page.now();
    let granted = desk.known().audits.iter().map(|(auditor, it)| (*auditor, it));
    granted.filter(move |(_, it)| it.is_running(now))
}

fn in_words(desk: &Desk, auditor: UserId, it: &AuditGrant) -> String {
    let arguments = [("person", desk.names.person(auditor)), ("until", desk.moment(it.until))];
    desk.page.say_with("revoke-audit-which", &arguments)
}

/// Whom the case is open to now, before it is granted to somebody else, or anew.
fn who_sees(desk: &Desk) -> Vec<Fact> {
    let fact = |(auditor, it)| desk.fact("grant-audit-running", in_words(desk, auditor, it));
    running(desk).map(fact).collect()
}

impl StepForm for GrantAudit {
    fn step(&self) -> Step {
        Step::GrantAudit
    }

    fn name(&self) -> &'static str {
        "grant-audit"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let until = desk.page.now() + USUAL;
        Posted::default().and("until", desk.page.zone().input_value(until))
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        who_sees(desk)
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let is_new = desk.known().receipt.is_none();
        erased(desk).or_else(|| is_new.then_some(Refusal::NotReceived))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        vec![
            Input::Select(form.field("auditor").with(desk.names.holders(Role::Auditor))),
            Input::Area(form.field("purpose"), 3),
            Input::Moment(form.field("until")),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let auditor = reader.required_choice("auditor");
        let purpose = said(reader.required_text("purpose"));
        let until = reader.required_moment("until");
        reader.finish(|| {
            let (auditor, until) = (auditor?, until?);
            Some(vec![Request::GrantAudit(command::GrantAudit { auditor, purpose, until })])
        })
    }
}

impl StepForm for RevokeAudit {
    fn step(&self) -> Step {
        Step::RevokeAudit
    }

    fn name(&self) -> &'static str {
        "revoke-audit"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let first = running(desk).next();
        first.map_or_else(Posted::default, |(user, _)| Posted::default().and("auditor", user))
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let is_over = running(desk).next().is_none();
        erased(desk).or_else(|| is_over.then_some(Refusal::NoSuchGrant))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let choice = |(auditor, it)| Choice::new(auditor, in_words(desk, auditor, it));
        let choices = running(desk).map(choice).collect();
        vec![
            Input::Radios(form.field("auditor").with(choices)),
            Input::Area(form.field("reason"), 3),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let auditor = reader.required_choice("auditor");
        let reason = said(reader.required_text("reason"));
        reader.finish(|| {
            let auditor = auditor?;
            Some(vec![Request::RevokeAudit(command::RevokeAudit { auditor, reason })])
        })
    }
}
