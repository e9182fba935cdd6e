//! `/administration/people/new`: making somebody a member.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::UserId;
use domain::organisation::Request;
use domain::organisation::command::RegisterPerson;
use domain::{Role, Roles};
use service::secrets::FormKey;
use service::{HandleError, SignedIn};

use super::person;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::routes;

const FAMILY: &str = "person_form";

/// The fields the organisation may find wanting.
const FIELDS: [&str; 4] = ["name", "sign_in_name", "email", "unit"];

#[derive(Template)]
#[template(path = "person_form.html")]
struct NewPersonPage {
    page: Page,
    unit: Field,
    roles: Field,
    form: Form,
}

/// `GET /administration/people/new`
pub(crate) async fn show(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    app.service().administered(&who, routes::PEOPLE_NEW).await?;
    let values = Posted::default().and("roles", <&str>::from(Role::Employee));
    let form = Form::new(&page, FAMILY, values);
    Ok(answer::page(&shown(&app, page, form)))
}

/// `POST /administration/people/new`. Sent twice it makes one person, whose identifier follows
/// from the form, and a new one-time password each time: the one before is kept nowhere, so that it
/// could not be shown again.
pub(crate) async fn submit(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = by;
    let key = super::command_key(&form)?;
    let problems = match read(&page, &form, key) {
        Err(problems) => problems,
        Ok((person, roles)) => match add(&app, &who, &person, roles, key).await {
            Ok(password) => {
                return Ok(person::password_page(page, &person.name, person.user, password));
            }
            Err(error) => super::problems(&page, error, &FIELDS)?,
        },
    };
    app.service().administered(&who, routes::PEOPLE_NEW).await?;
    let form = Form::returned(&page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, page, form)))
}

fn read(page: &Page, form: &Posted, key: FormKey) -> Result<(RegisterPerson, Roles), Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let name = reader.required_text("name");
    let sign_in_name = reader.required_text("sign_in_name");
    let email = reader.optional_text("email");
    let unit = reader.required_choice("unit");
    let roles = reader.several::<Role>("roles").into_iter().collect();
    let user = UserId(key.part());
    reader.finish(|| Some((RegisterPerson { user, sign_in_name, name, email, unit: unit? }, roles)))
}

async fn add(
    app: &App,
    who: &SignedIn,
    person: &RegisterPerson,
    roles: Roles,
    key: FormKey,
) -> Result<String, HandleError> {
    let user = person.user;
    let service = app.service();
    service.administer(who, Request::RegisterPerson(person.clone()), key).await?;
    service.administer(who, Request::GrantRoles { user, roles }, key).await?;
    service.give_one_time_password(Some(who), user).await
}

fn shown(app: &App, page: Page, form: Form) -> NewPersonPage {
    NewPersonPage {
        unit: form.field("unit").with(Names::new(app, &page).units()),
        roles: form.optional("roles").with(Choice::terms::<Role>(page.texts(), "role")),
        form,
        page,
    }
}
