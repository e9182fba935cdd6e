//! Statements, notes, referrals, and letters to and from the authority.

use domain::case::dealings::{Correspondence, Direction, Referral, ReferralKind};
use domain::case::{Refusal, Request};
use domain::{Actor, Erasable};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Posted, Problem, Reader};

/// The box that says that a letter is about the notification.
const ON_NOTIFICATION: &str = "yes";

pub(super) struct Contribute;

pub(super) struct AddNote;

pub(super) struct Refer;

pub(super) struct Correspond;

impl StepForm for Contribute {
    fn step(&self) -> Step {
        Step::Contribute
    }

    fn name(&self) -> &'static str {
        "contribute"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let own = |by| by == Actor::User(desk.who.user);
        let last = desk.known().contributions.iter().rfind(|it| own(it.by));
        let text = last.and_then(|it| it.text.get());
        text.map(|text| Posted::default().and("statement", text)).unwrap_or_default()
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        vec![Input::Area(form.field("statement"), 8)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let text = said(reader.required_text("statement"));
        reader.finish(|| Some(vec![Request::Contribute(text)]))
    }
}

impl StepForm for AddNote {
    fn step(&self) -> Step {
        Step::AddNote
    }

    fn name(&self) -> &'static str {
        "note"
    }

    /// Those who handle a case remember things after it is closed, too.
    fn obstacle(&self, _desk: &Desk) -> Option<Refusal> {
        None
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        vec![Input::Area(form.field("note"), 5)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let text = said(reader.required_text("note"));
        reader.finish(|| Some(vec![Request::AddNote(text)]))
    }
}

impl StepForm for Refer {
    fn step(&self) -> Step {
        Step::Refer
    }

    fn name(&self) -> &'static str {
        "refer"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        Posted::default().and("referred_at", desk.now())
    }

    /// What is referred goes its own way, whatever becomes of the case.
    fn obstacle(&self, _desk: &Desk) -> Option<Refusal> {
        None
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let kinds = desk.terms::<ReferralKind>("referral_kind");
        vec![
            Input::Radios(form.field("kind").with(kinds)),
            Input::Line(form.field("referred_to")),
            Input::Area(form.field("subject"), 3),
            Input::Moment(form.field("referred_at")),
            Input::Line(form.optional("reference")),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let kind = reader.required_choice("kind");
        let to = said(reader.required_text("referred_to"));
        let subject = said(reader.required_text("subject"));
        let referred_at = reader.required_moment("referred_at");
        let reference = reader.optional_text("reference").map(Erasable::known);
        reader.finish(|| {
            let (kind, referred_at) = (kind?, referred_at?);
            let referral = Referral { kind, to, subject, referred_at, reference };
            Some(vec![Request::Refer(Box::new(referral))])
        })
    }
}

impl StepForm for Correspond {
    fn step(&self) -> Step {
        Step::RecordCorrespondence
    }

    fn name(&self) -> &'static str {
        "correspondence"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let posted = Posted::default().and("dated_at", desk.now());
        match &desk.known().authority.notified {
            Some(notified) => {
                posted.and("reference", &notified.reference).and("about", ON_NOTIFICATION)
            }
            None => posted,
        }
    }

    /// The authority answers when it is ready.
    fn obstacle(&self, _desk: &Desk) -> Option<Refusal> {
        None
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let about = Choice::new(ON_NOTIFICATION, desk.page.say("correspondence-about-yes"));
        vec![
            Input::Radios(form.field("direction").with(desk.terms::<Direction>("direction"))),
            Input::Moment(form.field("dated_at")),
            Input::Line(form.optional("reference")),
            Input::Area(form.field("summary"), 5),
            Input::Ticks(form.field("about").with(vec![about])),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let direction = reader.required_choice("direction");
        let dated_at = reader.required_moment("dated_at");
        let reference = reader.text("reference");
        let summary = said(reader.required_text("summary"));
        let on_notification = reader.text("about") == ON_NOTIFICATION;
        reader.finish(|| {
            let (direction, dated_at) = (direction?, dated_at?);
            let letter =
                Correspondence { direction, dated_at, reference, summary, on_notification };
            Some(vec![Request::RecordCorrespondence(Box::new(letter))])
        })
    }
}
