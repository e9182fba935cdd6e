//! Recording what came of looking into why somebody opened the case outside their role.

use domain::Time;
use domain::case::{Refusal, Request, command};
use domain::ids::UserId;
use service::Step;
use service::secrets::FormKey;

use super::desk::{Desk, Input};
use super::{StepForm, said};
use crate::forms::{Choice, Form, Posted, Problem, Reader};

pub(super) struct ReviewOpening;

/// One opening, as the form names it.
struct Chosen(UserId, Time);

impl std::str::FromStr for Chosen {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (user, until) = text.split_once(' ').ok_or(())?;
        Ok(Self(user.parse().map_err(|_| ())?, until.parse().map_err(|_| ())?))
    }
}

fn value(user: UserId, until: Time) -> String {
    format!("{user} {}", until.to_rfc3339())
}

/// Those that nobody has looked into.
fn open(desk: &Desk) -> impl Iterator<Item = (UserId, Time)> {
    let openings = desk.known().openings.iter();
    openings.filter(|(_, finding)| finding.is_none()).map(|(opening, _)| *opening)
}

impl StepForm for ReviewOpening {
    fn step(&self) -> Step {
        Step::ReviewOpening
    }

    fn name(&self) -> &'static str {
        "review-opening"
    }

    fn prefilled(&self, desk: &Desk) -> Posted {
        let first = open(desk).next();
        first.map_or_else(Posted::default, |(user, until)| {
            Posted::default().and("opening", value(user, until))
        })
    }

    /// A closed case is opened too.
    fn obstacle(&self, desk: &Desk) -> Option<Refusal> {
        desk.closed().filter(|refusal| *refusal == Refusal::CaseIsErased)
    }

    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input> {
        let label = |user, until| {
            let arguments = [("person", desk.names.person(user)), ("until", desk.moment(until))];
            desk.page.say_with("review-opening-which", &arguments)
        };
        let choices =
            open(desk).map(|(user, until)| Choice::new(value(user, until), label(user, until)));
        vec![
            Input::Radios(form.field("opening").with(choices.collect())),
            Input::Area(form.field("finding"), 5),
        ]
    }

    fn read(&self, mut reader: Reader<'_>, _key: FormKey) -> Result<Vec<Request>, Vec<Problem>> {
        let opening: Option<Chosen> = reader.required_choice("opening");
        let finding = said(reader.required_text("finding"));
        reader.finish(|| {
            let Chosen(user, until) = opening?;
            Some(vec![Request::ReviewOpening(command::ReviewOpening { user, until, finding })])
        })
    }
}
