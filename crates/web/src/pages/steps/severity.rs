//! Setting a factor of the severity otherwise than the method has it.

use domain::assessment::{Factor, FactorKind};
use domain::case::{Refusal, Request, command};
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Fact, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Problem, Reader};
use crate::pages::case::severity::value;

/// The choice that lets the method's own value count again.
const OF_METHOD: &str = "method";

pub(super) struct OverrideSeverity;

impl StepForm for OverrideSeverity {
    fn step(&self) -> Step {
        Step::OverrideSeverity
    }

    fn name(&self) -> &'static str {
        "severity"
    }

    fn facts(&self, desk: &Desk) -> Vec<Fact> {
        let severity = desk.known().severity();
        severity.iter().flat_map(|it| &it.factors).map(|it| standing(desk, it)).collect()
    }

    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        let is_open = desk.known().established.is_none();
        desk.closed().or_else(|| is_open.then_some(Refusal::FactsNotEstablished))
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let factors = desk.terms::<FactorKind>("severity_factor");
        let mut values = vec![Choice::new(OF_METHOD, desk.page.say("severity-value-method"))];
        let quarters = FactorKind::every_value();
        values.extend(quarters.into_iter().map(|it| Choice::new(it, value(it))));
        vec![
            Input::Radios(form.field("factor").with(factors)),
            Input::Select(form.field("value").with(values)),
            Input::Area(form.field("reason"), 3),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let factor = reader.required_choice::<FactorKind>("factor");
        let set = reader.required_choice::<SetTo>("value");
        let reason = said(reader.required_text("reason"));
        reader.finish(|| {
            let SetTo(quarters) = set?;
            let it = command::OverrideSeverity { factor: factor?, quarters, reason };
            Some(vec![Request::OverrideSeverity(it)])
        })
    }
}

/// A value in quarters, or none for the method's own.
struct SetTo(Option<u8>);

impl std::str::FromStr for SetTo {
    type Err = std::num::ParseIntError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        if word == OF_METHOD { Ok(Self(None)) } else { word.parse().map(Some).map(Self) }
    }
}

/// A factor as it stands.
fn standing(desk: &Desk, it: &Factor) -> Fact {
    let texts = desk.page.texts();
    let because = texts.term("severity_because", it.because);
    let computed = it.computed.map(|computed| {
        let computed = texts.say_with("severity-computed-is", &[("value", value(computed))]);
        format!(" ({computed})")
    });
    let told = format!("{}: {because}{}", value(it.quarters), computed.unwrap_or_default());
    Fact { name: texts.term("severity_factor", it.kind), value: told }
}
