//! `/open-case`: opening a case outside one's role, for a stated purpose.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::CaseNumber;
use service::permit::OPENING_ROLES;
use service::{HandleError, Refusal, SignedIn};

use super::case::path::case_url;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::refusal;
use crate::routes;

const FAMILY: &str = "open_case";

#[derive(Template)]
#[template(path = "open_case.html")]
struct OpenCasePage {
    page: Page,
    form: Form,
    /// For how long the case is open then.
    minutes: u32,
}

/// `GET /open-case`
pub(crate) async fn show(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    require_role(&person.who)?;
    let form = Form::new(&person.page, FAMILY, Posted::default());
    Ok(answer::page(&shown(&app, person.page, form)))
}

/// `POST /open-case`: on to the case. A number that nobody may open looks like one there is not.
pub(crate) async fn submit(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    require_role(&by.who)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let mut reader = Reader::new(&by.page, FAMILY, &form);
    let number = reader.required_text("number").parse::<CaseNumber>().ok();
    let purpose = reader.required_text("purpose");
    let found = number.and_then(|number| Some((number, app.service().find_case(number)?)));
    if let Some((number, case)) = found.filter(|_| !purpose.is_empty()) {
        let open =
            app.service().open_outside_role(&by.who, case, purpose, routes::OPEN_CASE, key).await;
        match open {
            Ok(()) => return Ok(answer::go(&case_url(number))),
            Err(HandleError::Refused(Refusal::NoSuchCase)) => {
                reader.miss("number", "open_case-not-found");
            }
            Err(HandleError::Refused(refused)) => {
                reader.refuse("purpose", refusal::sentence(&by.page, &refused));
            }
            Err(error) => return Err(error.into()),
        }
    } else if found.is_none() {
        reader.miss("number", "open_case-not-found");
    }
    let problems = reader.finish(|| None::<()>).err().unwrap_or_default();
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, by.page, form)))
}

fn require_role(who: &SignedIn) -> Result<(), Fault> {
    if who.roles.hold_any(&OPENING_ROLES) { Ok(()) } else { Err(Fault::NotPermitted) }
}

fn shown(app: &App, page: Page, form: Form) -> OpenCasePage {
    OpenCasePage { page, form, minutes: app.service().settings().access.outside_role_minutes }
}
