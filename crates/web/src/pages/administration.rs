//! `/administration`: units, people and the API's tokens, for those who keep them.

pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod tokens;
pub(crate) mod units;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::UserId;
use domain::organisation::{self, Organisation, Refusal};
use service::HandleError;
use service::secrets::FormKey;

use self::tokens::TokenRow;
use self::units::Branch;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem};
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::refusal;
use crate::routes;

#[derive(Template)]
#[template(path = "administration.html")]
struct AdministrationPage {
    page: Page,
    units: Vec<Branch>,
    people: Vec<PersonRow>,
    tokens: Vec<TokenRow>,
}

/// A member of the organisation in the list.
struct PersonRow {
    user: UserId,
    name: String,
    sign_in_name: String,
    unit: String,
    roles: String,
    is_active: bool,
}

/// A question before something that cannot be undone.
#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    page: Page,
    form: Form,
    title: String,
    text: String,
    action: String,
    submit: String,
    back: String,
}

/// `GET /administration`
pub(crate) async fn show(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let organisation = app.service().administered(&who, routes::ADMINISTRATION).await?;
    let names = Names::new(&app, &page);
    Ok(answer::page(&AdministrationPage {
        units: units::tree(&organisation),
        people: people(&page, &names, &organisation),
        tokens: tokens::rows(&page, &names, &organisation),
        page,
    }))
}

/// Everybody by name, those who no longer have access last.
fn people(page: &Page, names: &Names, organisation: &Organisation) -> Vec<PersonRow> {
    let row = |(user, person): (&UserId, &organisation::Person)| PersonRow {
        user: *user,
        name: names.person(*user),
        sign_in_name: person.sign_in_name.text_or(&page.say("erased")).to_owned(),
        unit: names.unit(person.unit),
        roles: roles_in_words(page, person),
        is_active: person.active,
    };
    let mut rows: Vec<PersonRow> = organisation.people.iter().map(row).collect();
    rows.sort_by_cached_key(|row| (!row.is_active, row.name.to_lowercase()));
    rows
}

fn roles_in_words(page: &Page, person: &organisation::Person) -> String {
    let words: Vec<String> = person.roles.iter().map(|role| page.term("role", &role)).collect();
    words.join(", ")
}

/// What makes a sent form the same as one before: its own key and all that stands in it. Sent
/// twice it is done once; gone back to and filled in anew, it is another one.
pub(in crate::pages) fn command_key(form: &Posted) -> Result<FormKey, Fault> {
    let key = form.number().ok_or(Fault::Unreadable)?;
    let all = form.fields().collect::<Vec<_>>();
    Ok(FormKey::new(key).of_part(&format!("{all:?}")))
}

/// What is to be corrected when the organisation said no, beside the field it is about where the
/// form has it among its `fields`; the first of them is the name of what the form is about.
fn problems(page: &Page, error: HandleError, fields: &[&str]) -> Result<Vec<Problem>, Fault> {
    let refused = match error {
        HandleError::Refused(refused) if !refusal::is_for_want_of_permission(&refused) => refused,
        error => return Err(error.into()),
    };
    let field = match &refused {
        service::Refusal::Organisation(refused) => field(refused, fields),
        _ => None,
    };
    let sentence = refusal::sentence(page, &refused);
    Ok(vec![Problem { field: field.map(str::to_owned), sentence }])
}

fn field<'a>(refused: &Refusal, fields: &[&'a str]) -> Option<&'a str> {
    let wanted = match refused {
        Refusal::NameMissing => return fields.first().copied(),
        Refusal::SignInNameUnfit | Refusal::SignInNameTaken => "sign_in_name",
        Refusal::EmailUnfit => "email",
        Refusal::UnitUnknown { .. } => "unit",
        Refusal::PersonUnknown { .. } | Refusal::PersonInactive { .. } => "user",
        Refusal::LastAdministrator => "roles",
        Refusal::UnitTaken { .. }
        | Refusal::PersonTaken { .. }
        | Refusal::TokenUnknown { .. }
        | Refusal::TokenTaken { .. }
        | Refusal::TokenExpired
        | Refusal::CategoryVersionTaken
        | Refusal::AbsenceIsOver
        | Refusal::DutyVersionTaken
        | Refusal::RulebookVersionTaken
        | Refusal::TooManyFilters
        | Refusal::NothingUnusual
        | Refusal::OwnReading
        | Refusal::NotTheirsToReview
        | Refusal::FindingMissing
        | Refusal::OnlyAnAdministrator => return None,
    };
    fields.iter().copied().find(|field| *field == wanted)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn form(name: &str) -> Posted {
        Posted::default().and("key", Uuid::from_u128(7)).and("csrf", "a").and("name", name)
    }

    #[test]
    fn a_refusal_stands_beside_a_field_that_the_form_has() {
        let user = UserId(Uuid::from_u128(7));
        assert_eq!(field(&Refusal::NameMissing, &["label", "user"]), Some("label"));
        assert_eq!(field(&Refusal::PersonInactive { user }, &["label", "user"]), Some("user"));
        assert_eq!(field(&Refusal::PersonInactive { user }, &[]), None);
        assert_eq!(field(&Refusal::LastAdministrator, &["name"]), None);
    }

    #[test]
    fn a_form_sent_twice_is_the_same_and_one_filled_in_anew_is_another() {
        let key = |form| command_key(&form).expect("it has a key");
        assert_eq!(key(form("Kari")), key(form("Kari").and("csrf", "b")));
        assert_ne!(key(form("Kari")), key(form("Ola")));
        assert_eq!(command_key(&Posted::default()), Err(Fault::Unreadable));
    }
}
