//! The tree of units, and `/administration/units/new`.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::UnitId;
use domain::organisation::command::CreateUnit;
use domain::organisation::{Organisation, Request};
use service::secrets::FormKey;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::routes;

const FAMILY: &str = "unit_form";

/// A unit and those below it, as an item of a list.
#[derive(Template)]
#[template(path = "unit_branch.html")]
pub(super) struct Branch {
    name: String,
    below: Vec<Branch>,
}

/// Its template escapes the names, and the rest is its own.
impl askama::filters::HtmlSafe for Branch {}

#[derive(Template)]
#[template(path = "unit_form.html")]
struct UnitPage {
    page: Page,
    unit: Field,
    form: Form,
}

/// The units at the top, with those below them.
pub(super) fn tree(organisation: &Organisation) -> Vec<Branch> {
    let mut below: BTreeMap<Option<UnitId>, Vec<(&str, UnitId)>> = BTreeMap::new();
    for (id, unit) in &organisation.units {
        below.entry(unit.parent).or_default().push((unit.name.as_str(), *id));
    }
    branches(&mut below, None)
}

fn branches(
    below: &mut BTreeMap<Option<UnitId>, Vec<(&str, UnitId)>>,
    above: Option<UnitId>,
) -> Vec<Branch> {
    let mut units = below.remove(&above).unwrap_or_default();
    units.sort_unstable();
    let branch = |(name, id): (&str, UnitId)| Branch {
        name: name.to_owned(),
        below: branches(below, Some(id)),
    };
    units.into_iter().map(branch).collect()
}

/// `GET /administration/units/new`
pub(crate) async fn show(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    app.service().administered(&who, routes::UNITS_NEW).await?;
    let form = Form::new(&page, FAMILY, Posted::default().and("unit", who.unit));
    Ok(answer::page(&shown(&app, page, form)))
}

/// `POST /administration/units/new`
pub(crate) async fn submit(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = by;
    let key = super::command_key(&form)?;
    let problems = match read(&page, &form, key) {
        Err(problems) => problems,
        Ok(request) => match app.service().administer(&who, request, key).await {
            Ok(()) => return Ok(answer::go(routes::ADMINISTRATION)),
            Err(error) => super::problems(&page, error, &["name", "unit"])?,
        },
    };
    app.service().administered(&who, routes::UNITS_NEW).await?;
    let form = Form::returned(&page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, page, form)))
}

fn read(page: &Page, form: &Posted, key: FormKey) -> Result<Request, Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let name = reader.required_text("name");
    let parent = reader.required_choice("unit");
    let unit = UnitId(key.part());
    reader.finish(|| Some(Request::CreateUnit(CreateUnit { unit, name, parent: Some(parent?) })))
}

fn shown(app: &App, page: Page, form: Form) -> UnitPage {
    UnitPage { unit: form.field("unit").with(Names::new(app, &page).units()), form, page }
}

#[cfg(test)]
mod tests {
    use domain::organisation::{Event, fold};

    use uuid::Uuid;

    use super::*;

    #[test]
    fn units_lie_below_their_own_by_name_and_their_names_are_escaped() {
        let id = |number| UnitId(Uuid::from_u128(number));
        let unit = |number, name: &str, parent: Option<u128>| Event::UnitCreated {
            unit: id(number),
            name: name.to_owned(),
            parent: parent.map(id),
        };
        let organisation = fold(&[
            unit(1, "Byen", None),
            unit(2, "Skole <b>", Some(1)),
            unit(3, "Hjem", Some(1)),
            unit(4, "Klasse", Some(2)),
        ]);
        let shown: String = tree(&organisation).iter().map(ToString::to_string).collect();
        let items: String = shown.split_whitespace().collect();
        assert_eq!(
            items,
            "<li>Byen<ul><li>Hjem</li><li>Skole&#60;b&#62;<ul><li>Klasse</li></ul></li></ul></li>"
        );
    }
}
