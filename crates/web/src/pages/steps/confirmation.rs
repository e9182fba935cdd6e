//! Asking somebody to confirm that what they got by mistake is gone.

use domain::Erasable;
use domain::case::Request;
use domain::case::confirmation::{self, ConfirmationAsked, Misdirected};
use domain::case::inquiry::Contact;
use domain::ids::InquiryId;
use service::Step;
use service::secrets::FormKey;
use strum::IntoEnumIterator;

use super::desk::{Desk, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Posted, Problem, Reader};

pub(super) struct AskConfirmation;

impl StepForm for AskConfirmation {
    fn step(&self) -> Step {
        Step::AskConfirmation
    }

    fn name(&self) -> &'static str {
        "ask-confirmation"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let due_at = desk.answer_due();
        due_at.into_iter().fold(Posted::default(), |form, due_at| form.and("due_at", due_at))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let texts = desk.page.texts();
        let ways = Misdirected::iter().map(|it| Choice::term(texts, "misdirected", it)).collect();
        vec![
            Input::Radios(form.field("misdirected").with(ways)),
            Input::Area(form.field("content"), 3),
            Input::Line(form.field("name")),
            Input::Line(form.field("email")),
            Input::Moment(form.field("due_at")),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let misdirected = reader.required_choice("misdirected");
        let content = said(reader.required_text("content"));
        let name = reader.required_text("name");
        let email = reader.required_text("email");
        let due_at = reader.required_moment("due_at");
        let inquiry = InquiryId(key.part());
        reader.finish(|| {
            let asked = ConfirmationAsked {
                inquiry,
                recipient: Erasable::known(Contact { name, email }),
                misdirected: misdirected?,
                content,
                due_at: due_at?,
            };
            Some(vec![Request::Confirmation(confirmation::Request::Ask(Box::new(asked)))])
        })
    }
}
