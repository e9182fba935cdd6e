//! The memo to the controller: six parts. A new version begins with the previous one, the first
//! with what is known of the case.

mod draft;

use domain::case::{Memo, MemoPart, Request};
use service::Step;
use service::secrets::FormKey;
use strum::IntoEnumIterator;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Posted, Problem, Reader};

pub(super) struct SubmitMemo;

impl StepForm for SubmitMemo {
    fn step(&self) -> Step {
        Step::SubmitMemo
    }

    fn name(&self) -> &'static str {
        "memo"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let part = |part| match &desk.known().memo {
            Some(latest) => latest.memo.part(part).get().cloned().unwrap_or_default(),
            None => draft::part(desk, part),
        };
        MemoPart::iter().fold(Posted::default(), |form, it| form.and(it.into(), part(it)))
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let follow_ups = desk.known().memo.iter().flat_map(|memo| &memo.follow_ups);
        follow_ups.map(|it| desk.fact("memo-follow_up", desk.text(it))).collect()
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        let area = |part: MemoPart| {
            let rows = match part {
                MemoPart::Orientation | MemoPart::Rules | MemoPart::Conclusion => 4,
                MemoPart::Description | MemoPart::Discussion | MemoPart::Assessment => 8,
            };
            Input::Area(form.field(part.into()), rows)
        };
        MemoPart::iter().map(area).collect()
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let mut part = |part: MemoPart| said(reader.required_text(part.into()));
        let memo = Memo {
            orientation: part(MemoPart::Orientation),
            description: part(MemoPart::Description),
            rules: part(MemoPart::Rules),
            discussion: part(MemoPart::Discussion),
            assessment: part(MemoPart::Assessment),
            conclusion: part(MemoPart::Conclusion),
        };
        reader.finish(|| Some(vec![Request::SubmitMemo(Box::new(memo))]))
    }
}
