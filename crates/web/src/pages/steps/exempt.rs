//! Which passages of the memo the public is not given, on which ground, and which it is after all.

use domain::case::document::{self, ExemptPassage};
use domain::case::{MemoPart, Refusal, Request};
use service::Step;
use service::secrets::FormKey;
use strum::IntoEnumIterator;

use super::desk::{Desk, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Posted, Problem, Reader};

pub(super) struct Exempt;

pub(super) struct Give;

/// A marked passage, as the form names it.
struct Chosen(MemoPart, String);

impl std::str::FromStr for Chosen {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (part, passage) = text.split_once(' ').ok_or(())?;
        Ok(Self(part.parse().map_err(|_| ())?, passage.to_owned()))
    }
}

impl StepForm for Exempt {
    fn step(&self) -> Step {
        Step::WriteDocuments
    }

    fn name(&self) -> &'static str {
        "exempt"
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let nothing = desk.known().memo_as_written().is_none();
        desk.closed().or_else(|| nothing.then(|| Refusal::PassageNotFound { parts: Vec::new() }))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let part = |it| Choice::new(<&str>::from(it), desk.page.term("memo_part", &it));
        let parts = MemoPart::iter().map(part).collect();
        vec![
            Input::Select(form.field("part").with(parts)),
            Input::Area(form.field("passage"), 4),
            Input::Line(form.field("ground")),
            Input::Area(form.field("reason"), 3),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let part: Option<MemoPart> = reader.required_choice("part");
        let passage = said(reader.required_text("passage"));
        let ground = reader.required_text("ground");
        let reason = said(reader.required_text("reason"));
        reader.finish(|| {
            let it = ExemptPassage { part: part?, passage, ground, reason };
            Some(vec![Request::Document(document::Request::ExemptPassage(it))])
        })
    }
}

impl StepForm for Give {
    fn step(&self) -> Step {
        Step::WriteDocuments
    }

    fn name(&self) -> &'static str {
        "give"
    }

    fn prefilled(&self, _desk: &Desk) -> Posted {
        Posted::default()
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let marked = desk.known().documents.exempt.iter();
        let choices = marked.filter_map(|it| {
            let passage = it.passage.get()?;
            let part = desk.page.term("memo_part", &it.part);
            let value = format!("{} {passage}", <&str>::from(it.part));
            Some(Choice::new(value, format!("{part}: «{passage}»")))
        });
        vec![Input::Radios(form.field("passage").with(choices.collect()))]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let chosen: Option<Chosen> = reader.required_choice("passage");
        reader.finish(|| {
            let Chosen(part, passage) = chosen?;
            let give = document::Request::GivePassage { part, passage: said(passage) };
            Some(vec![Request::Document(give)])
        })
    }
}
