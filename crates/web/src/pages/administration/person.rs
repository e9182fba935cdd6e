//! `/administration/people/{user}`: what one person is, how they sign in, and whether they may.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Role;
use domain::ids::UserId;
use domain::organisation::{self, Organisation, Request};

use super::{ConfirmPage, roles_in_words};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::pages::handed_out::HandedOutPage;
use crate::routes;

const FAMILY: &str = "roles_form";
const DEACTIVATION: &str = "deactivation";

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    page: Page,
    address: String,
    name: String,
    sign_in_name: String,
    email: String,
    unit: String,
    roles_now: String,
    is_active: bool,
    roles: Field,
    form: Form,
}

/// `GET /administration/people/{user}`
pub(crate) async fn show(
    State(app): State<App>,
    Path(user): Path<String>,
    person: Person,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let organisation = app.service().administered(&who, routes::PERSON).await?;
    let (user, member) = find(&organisation, &user)?;
    let held = member.roles.iter();
    let values = held.fold(Posted::default(), |all, it| all.and("roles", <&str>::from(it)));
    let form = Form::new(&page, FAMILY, values);
    Ok(answer::page(&shown(&app, page, user, member, form)))
}

/// `POST /administration/people/{user}/roles`
pub(crate) async fn grant(
    State(app): State<App>,
    Path(user): Path<String>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = by;
    let user = user_in(&user)?;
    let mut reader = Reader::new(&page, FAMILY, &form);
    let roles = reader.several::<Role>("roles").into_iter().collect();
    let problems = match reader.finish(|| Some(Request::GrantRoles { user, roles })) {
        Err(problems) => problems,
        Ok(request) => {
            match app.service().administer(&who, request, super::command_key(&form)?).await {
                Ok(()) => return Ok(answer::go(&address(user))),
                Err(error) => super::problems(&page, error, &["roles"])?,
            }
        }
    };
    let organisation = app.service().administered(&who, routes::PERSON).await?;
    let (_, member) = find(&organisation, &user.to_string())?;
    let form = Form::returned(&page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, page, user, member, form)))
}

/// `POST /administration/people/{user}/password`. Sent twice it hands out two passwords, of which
/// the later one holds: none is kept, so that the first could not be shown again.
pub(crate) async fn give_password(
    State(app): State<App>,
    Path(user): Path<String>,
    Sent { by, .. }: Sent<Person>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = by;
    let organisation = app.service().administered(&who, routes::PERSON).await?;
    let (user, _) = find(&organisation, &user)?;
    let password = app.service().give_one_time_password(Some(&who), user).await?;
    let name = Names::new(&app, &page).person(user);
    Ok(password_page(page, &name, user, password))
}

/// `GET /administration/people/{user}/deactivate`
pub(crate) async fn ask_to_deactivate(
    State(app): State<App>,
    Path(user): Path<String>,
    person: Person,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let organisation = app.service().administered(&who, routes::PERSON_DEACTIVATE).await?;
    let (user, _) = find(&organisation, &user)?;
    let form = Form::new(&page, DEACTIVATION, Posted::default());
    Ok(answer::page(&question(&app, page, user, form)))
}

/// `POST /administration/people/{user}/deactivate`
pub(crate) async fn deactivate(
    State(app): State<App>,
    Path(user): Path<String>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = by;
    let user = user_in(&user)?;
    let key = super::command_key(&form)?;
    let problems = match app.service().administer(&who, Request::Deactivate(user), key).await {
        Ok(()) => return Ok(answer::go(&address(user))),
        Err(error) => super::problems(&page, error, &[])?,
    };
    app.service().administered(&who, routes::PERSON_DEACTIVATE).await?;
    let form = Form::returned(&page, DEACTIVATION, form, problems);
    Ok(answer::returned(&question(&app, page, user, form)))
}

/// The only page on which a one-time password stands.
pub(super) fn password_page(page: Page, name: &str, user: UserId, password: String) -> Response {
    answer::page(&HandedOutPage {
        title: page.say_with("handed_out-password-title", &[("name", name)]),
        introduction: page.say("handed_out-password-introduction"),
        label: page.say("handed_out-password-label"),
        secret: password,
        back: address(user),
        next: page.say_with("handed_out-to-person", &[("name", name)]),
        page,
    })
}

fn address(user: UserId) -> String {
    format!("{}/people/{user}", routes::ADMINISTRATION)
}

fn user_in(text: &str) -> Result<UserId, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

fn find<'a>(
    organisation: &'a Organisation,
    user: &str,
) -> Result<(UserId, &'a organisation::Person), Fault> {
    let user = user_in(user)?;
    Ok((user, organisation.people.get(&user).ok_or(Fault::NotFound)?))
}

fn shown(
    app: &App,
    page: Page,
    user: UserId,
    member: &organisation::Person,
    form: Form,
) -> PersonPage {
    let names = Names::new(app, &page);
    let erased = page.say("erased");
    let email = member.email.as_ref().map_or("", |email| email.text_or(&erased));
    PersonPage {
        address: address(user),
        name: names.person(user),
        sign_in_name: member.sign_in_name.text_or(&erased).to_owned(),
        email: email.to_owned(),
        unit: names.unit(member.unit),
        roles_now: roles_in_words(&page, member),
        is_active: member.active,
        roles: form.field("roles").with(Choice::terms::<Role>(page.texts(), "role")),
        form,
        page,
    }
}

fn question(app: &App, page: Page, user: UserId, form: Form) -> ConfirmPage {
    let name = Names::new(app, &page).person(user);
    ConfirmPage {
        title: page.say_with("deactivation-title", &[("name", name)]),
        text: page.say("deactivation-text"),
        action: format!("{}/deactivate", address(user)),
        submit: page.say("deactivation-submit"),
        back: address(user),
        form,
        page,
    }
}
