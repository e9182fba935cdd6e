//! Asking somebody who is to help, and wanting no answer any more.

use domain::Erasable;
use domain::case::inquiry::{Contact, InquiryMade, Respondent};
use domain::case::{Attachment, AttachmentSource, Request, command};
use domain::ids::{InquiryId, UserId};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Posted, Problem, Reader};

/// The field for the files that are shown with a question.
const FILES: &str = "attachments";

pub(super) struct Inquire;

pub(super) struct Withdraw;

impl StepForm for Inquire {
    fn step(&self) -> Step {
        Step::Inquire
    }

    fn name(&self) -> &'static str {
        "inquire"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let due_at = desk.answer_due();
        due_at.into_iter().fold(Posted::default(), |form, due_at| form.and("due_at", due_at))
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let asked = desk.known().inquiries.values();
        asked.map(|it| desk.fact("inquire-asked", desk.text(&it.text))).collect()
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        // Whoever is involved in the case has no part in handling it.
        let others = desk
            .names
            .people(|user, _| user != desk.who.user && !desk.known().involved.contains(&user));
        let files = shown_to_respondents(desk);
        let files = (!files.is_empty()).then(|| form.optional(FILES).with(files));
        let mut inputs = vec![
            Input::Select(form.optional("person").with(others)),
            Input::Line(form.optional("name")),
            Input::Line(form.optional("email")),
            Input::Area(form.field("question"), 5),
        ];
        inputs.extend(files.map(Input::Ticks));
        inputs.push(Input::Moment(form.field("due_at")));
        inputs
    }

    fn read(&self, mut reader: Reader<'_>, key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let person: Option<UserId> = reader.choice("person");
        let (name, email) = (reader.text("name"), reader.text("email"));
        let is_outside = !name.is_empty() || !email.is_empty();
        match (person, is_outside) {
            (Some(_), true) => reader.refuse_as("person", "inquire-both"),
            (None, false) => reader.miss("person", "problem-not-chosen"),
            (None, true) if name.is_empty() => reader.miss("name", "problem-missing"),
            (None, true) if email.is_empty() => reader.miss("email", "problem-missing"),
            _ => (),
        }
        let text = said(reader.required_text("question"));
        let due_at = reader.required_moment("due_at");
        let files = reader.several(FILES);
        let inquiry = InquiryId(key.part());
        let outside = || Respondent::Outside(Erasable::known(Contact { name, email }));
        reader.finish(|| {
            let (respondent, due_at) = (person.map_or_else(outside, Respondent::Member), due_at?);
            let made = InquiryMade { inquiry, respondent, text, due_at, files };
            Some(vec![Request::Inquire(Box::new(made))])
        })
    }
}

/// The files of the case that somebody who is asked can be shown. What the reporter attached may
/// tell who they are: it says so beside it.
fn shown_to_respondents(desk: &Desk) -> Vec<Choice> {
    let known = desk.known();
    let files = known.attachments.iter().filter(|it| it.may_be_shown(&known.report.reporter));
    let choice = |it: &Attachment| {
        let file = it.file.get()?;
        let help = match it.source {
            AttachmentSource::Reporter => desk.page.say("inquire-attachments-reporter"),
            AttachmentSource::Handling => file.description.clone(),
        };
        let help = Some(help).filter(|help| !help.is_empty());
        Some(Choice { help, ..Choice::new(it.attachment, file.name.clone()) })
    };
    files.filter_map(choice).collect()
}

impl StepForm for Withdraw {
    fn step(&self) -> Step {
        Step::WithdrawInquiry
    }

    fn name(&self) -> &'static str {
        "withdraw-inquiry"
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let open = desk.known().inquiries.iter().filter(|(_, it)| it.is_open());
        let open = open.map(|(id, it)| Choice::new(id, desk.text(&it.text))).collect();
        vec![Input::Radios(form.field("inquiry").with(open)), Input::Area(form.field("reason"), 3)]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let about = reader.required_choice("inquiry");
        let text = said(reader.required_text("reason"));
        reader
            .finish(|| Some(vec![Request::WithdrawInquiry(command::Text { about: about?, text })]))
    }
}
