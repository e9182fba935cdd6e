//! The memo: six parts, written in versions and then sent to the controller. A new version begins
//! with the previous one, the first with what is known of the case.

mod draft;

use domain::case::{Memo, MemoPart, Request, document};
use service::Step;
use service::secrets::FormKey;
use strum::IntoEnumIterator;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Form, Posted, Problem, Reader};

pub(super) struct SubmitMemo;

/// The memo as far as it is written, kept and not sent.
pub(super) struct WriteMemo;

/// What stands in each part before it is written on: what was written last, or what the case tells.
fn begun(desk: &Desk) -> Posted {
    let part = |part| match desk.known().memo_as_written() {
        Some(memo) => memo.part(part).get().cloned().unwrap_or_default(),
        None => draft::part(desk, part),
    };
    MemoPart::iter().fold(Posted::default(), |form, it| form.and(it.into(), part(it)))
}

fn areas(form: &Form) -> Vec<Input> {
    let area = |part: MemoPart| {
        let rows = match part {
            MemoPart::Orientation | MemoPart::Rules | MemoPart::Conclusion => 4,
            MemoPart::Description | MemoPart::Discussion | MemoPart::Assessment => 8,
        };
        Input::Area(form.field(part.into()), rows)
    };
    MemoPart::iter().map(area).collect()
}

fn written(mut part: impl FnMut(MemoPart) -> String) -> Memo {
    let mut part = |it| said(part(it));
    Memo {
        orientation: part(MemoPart::Orientation),
        description: part(MemoPart::Description),
        rules: part(MemoPart::Rules),
        discussion: part(MemoPart::Discussion),
        assessment: part(MemoPart::Assessment),
        conclusion: part(MemoPart::Conclusion),
    }
}

/// What the controller wants followed up.
fn follow_ups(desk: &Desk) -> Vec<Fact> {
    let follow_ups = desk.known().memo.iter().flat_map(|memo| &memo.follow_ups);
    follow_ups.map(|it| desk.fact("memo-follow_up", desk.text(it))).collect()
}

impl StepForm for WriteMemo {
    fn step(&self) -> Step {
        Step::WriteDocuments
    }

    fn name(&self) -> &'static str {
        "write-memo"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        begun(desk)
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        follow_ups(desk)
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        areas(form)
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let memo = written(|part| reader.optional_text(part.into()).unwrap_or_default());
        let request = document::Request::DraftMemo(Box::new(memo));
        reader.finish(|| Some(vec![Request::Document(request)]))
    }
}

impl StepForm for SubmitMemo {
    fn step(&self) -> Step {
        Step::SubmitMemo
    }

    fn name(&self) -> &'static str {
        "memo"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        begun(desk)
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        follow_ups(desk)
    }

    fn inputs(&self, _desk: &Desk, form: &Form) -> Vec<Input> {
        areas(form)
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let memo = written(|part| reader.required_text(part.into()));
        reader.finish(|| Some(vec![Request::SubmitMemo(Box::new(memo))]))
    }
}
