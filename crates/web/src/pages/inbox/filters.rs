//! `/inbox/filters`: what somebody often looks for among the cases, kept under a name of their own.

use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::ids::FilterId;
use serde::Deserialize;
use service::permit::{self, Overview};
use service::{HandleError, SignedIn};

use super::Kept;
use super::looked_for::LookedFor;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::pages::administration::command_key;
use crate::refusal;
use crate::routes;

/// The family of its fields.
pub(super) const FAMILY: &str = "filters";

#[derive(Template)]
#[template(path = "filters.html")]
struct FiltersPage {
    page: Page,
    /// What is wrong, and where it was sent from.
    form: Form,
    filters: Vec<Shown>,
    /// The form of a filter that is yet to be kept: what is looked for, and its name.
    new: Option<Vec<(&'static str, String)>>,
}

/// A filter with the field for another name.
struct Shown {
    kept: Kept,
    filter: FilterId,
    name: Field,
}

/// The filter that an address names.
pub(crate) struct AtFilter(FilterId);

/// `GET /inbox/filters`
pub(crate) async fn show(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    require_list(&person.who)?;
    let form = Form::new(&person.page, FAMILY, Posted::default());
    Ok(answer::page(&shown(&app, person, form, None, None)))
}

/// `POST /inbox/filters`: keeps what is looked for, and leads back to it.
pub(crate) async fn save(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    require_list(&by.who)?;
    let key = command_key(&form)?;
    let looked_for = LookedFor::read(&form)?.without_words();
    let name = match read(&by.page, &form) {
        Err(problems) => return Ok(returned(&app, by, form, problems, Err(looked_for))),
        Ok(name) => name,
    };
    match app.service().save_filter(&by.who, None, name, looked_for.criteria(), key).await {
        Ok(()) => Ok(answer::go(&looked_for.address())),
        Err(error) => {
            let problems = refused(&by.page, error)?;
            Ok(returned(&app, by, form, problems, Err(looked_for)))
        }
    }
}

/// `POST /inbox/filters/{filter}`: gives it another name.
pub(crate) async fn rename(
    State(app): State<App>,
    AtFilter(filter): AtFilter,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let key = command_key(&form)?;
    let name = match read(&by.page, &form) {
        Err(problems) => return Ok(returned(&app, by, form, problems, Ok(filter))),
        Ok(name) => name,
    };
    match app.service().rename_filter(&by.who, filter, name, key).await {
        Ok(()) => Ok(answer::go(routes::INBOX_FILTERS)),
        Err(error) => {
            let problems = refused(&by.page, error)?;
            Ok(returned(&app, by, form, problems, Ok(filter)))
        }
    }
}

/// `POST /inbox/filters/{filter}/delete`
pub(crate) async fn delete(
    State(app): State<App>,
    AtFilter(filter): AtFilter,
    Sent { by, .. }: Sent<Person>,
) -> Result<Response, Fault> {
    app.service().delete_filter(&by.who, filter).await?;
    Ok(answer::go(routes::INBOX_FILTERS))
}

fn require_list(who: &SignedIn) -> Result<(), Fault> {
    permit::for_overview(who, Overview::Inbox).map(|_| ()).ok_or(Fault::NotPermitted)
}

fn read(page: &Page, form: &Posted) -> Result<String, Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let name = reader.required_text("name");
    reader.finish(|| Some(name))
}

fn refused(page: &Page, error: HandleError) -> Result<Vec<Problem>, Fault> {
    match error {
        HandleError::Refused(service::Refusal::Organisation(refused)) => {
            let refused = service::Refusal::Organisation(refused);
            let sentence = refusal::sentence(page, &refused);
            Ok(vec![Problem { field: Some("name".to_owned()), sentence }])
        }
        error => Err(error.into()),
    }
}

/// The page with what is to be corrected: in the name of one that is kept, or of a new one.
fn returned(
    app: &App,
    by: Person,
    form: Posted,
    problems: Vec<Problem>,
    of: Result<FilterId, LookedFor>,
) -> Response {
    let form = Form::returned(&by.page, FAMILY, form, problems);
    let (renamed, new) = match of {
        Ok(filter) => (Some(filter), None),
        Err(looked_for) => (None, Some(looked_for.fields())),
    };
    answer::returned(&shown(app, by, form, renamed, new))
}

fn shown(
    app: &App,
    person: Person,
    form: Form,
    renamed: Option<FilterId>,
    new: Option<Vec<(&'static str, String)>>,
) -> FiltersPage {
    let Person { page, who, .. } = person;
    let kept = app.service().filters(who.user);
    let filters = kept.into_iter().map(|(filter, it)| {
        let kept = Kept::new(&page, &it, "");
        let name = if renamed == Some(filter) {
            form.field("name")
        } else {
            let own = Posted::default().and("name", &kept.name);
            Form::new(&page, FAMILY, own).field("name").apart(&filter.to_string())
        };
        Shown { kept, filter, name }
    });
    let filters = filters.collect();
    FiltersPage { page, form, filters, new }
}

impl FromRequestParts<App> for AtFilter {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<JustFilter>::from_request_parts(parts, app).await;
        path.map(|Path(path)| Self(path.filter)).map_err(|_| Fault::NotFound)
    }
}

#[derive(Deserialize)]
struct JustFilter {
    filter: FilterId,
}
