//! The API's tokens: in the list, issued on `/administration/tokens/new`, and withdrawn.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Time;
use domain::ids::{TokenId, UserId};
use domain::organisation::{Organisation, Request, Token};

use super::ConfirmPage;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::pages::handed_out::HandedOutPage;
use crate::routes;

const FAMILY: &str = "token_form";
const REVOCATION: &str = "revocation";

/// For how long a token works at most, as on the command line.
const DAYS_MAX: u16 = 365;

/// For how long one works unless something else is written.
const DAYS_USUAL: u16 = 90;

/// A token in the list.
pub(super) struct TokenRow {
    pub(super) token: TokenId,
    pub(super) label: String,
    pub(super) name: String,
    pub(super) expires_at: Time,
    pub(super) has_expired: bool,
}

#[derive(Template)]
#[template(path = "token_form.html")]
struct TokenPage {
    page: Page,
    user: Field,
    form: Form,
}

/// What is asked for: for whom, under which label, and for how many days.
struct Wanted {
    user: UserId,
    label: String,
    days: u16,
}

/// Every token that was not withdrawn, the one that expires first on top.
pub(super) fn rows(page: &Page, names: &Names, organisation: &Organisation) -> Vec<TokenRow> {
    let row = |(token, it): (&TokenId, &Token)| TokenRow {
        token: *token,
        label: it.label.clone(),
        name: names.person(it.user),
        expires_at: it.expires_at,
        has_expired: it.expires_at <= page.now(),
    };
    let mut rows: Vec<TokenRow> = organisation.tokens.iter().map(row).collect();
    rows.sort_by_key(|row| row.expires_at);
    rows
}

/// `GET /administration/tokens/new`
pub(crate) async fn show(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    app.service().administered(&who, routes::TOKENS_NEW).await?;
    let form = Form::new(&page, FAMILY, Posted::default().and("days", DAYS_USUAL));
    Ok(answer::page(&shown(&app, page, form)))
}

/// `POST /administration/tokens/new`. Sent twice it issues two: the first is kept nowhere, so that
/// it could not be shown again, and stands in the list from which it can be withdrawn.
pub(crate) async fn submit(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = by;
    let problems = match read(&page, &form) {
        Err(problems) => problems,
        Ok(Wanted { user, label, days }) => {
            match app.service().issue_token(Some(&who), user, label, days).await {
                Ok(token) => return Ok(token_page(page, token)),
                Err(error) => super::problems(&page, error, &["label", "user"])?,
            }
        }
    };
    app.service().administered(&who, routes::TOKENS_NEW).await?;
    let form = Form::returned(&page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, page, form)))
}

/// `GET /administration/tokens/{token}/revoke`
pub(crate) async fn ask_to_revoke(
    State(app): State<App>,
    Path(token): Path<String>,
    person: Person,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let organisation = app.service().administered(&who, routes::TOKEN_REVOKE).await?;
    let token: TokenId = token.parse().map_err(|_| Fault::NotFound)?;
    let label = &organisation.tokens.get(&token).ok_or(Fault::NotFound)?.label;
    Ok(answer::page(&ConfirmPage {
        form: Form::new(&page, REVOCATION, Posted::default()),
        title: page.say_with("revocation-title", &[("label", label)]),
        text: page.say("revocation-text"),
        action: format!("{}/tokens/{token}/revoke", routes::ADMINISTRATION),
        submit: page.say("revocation-submit"),
        back: routes::ADMINISTRATION.to_owned(),
        page,
    }))
}

/// `POST /administration/tokens/{token}/revoke`
pub(crate) async fn revoke(
    State(app): State<App>,
    Path(token): Path<String>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let token: TokenId = token.parse().map_err(|_| Fault::NotFound)?;
    let key = super::command_key(&form)?;
    app.service().administer(&by.who, Request::RevokeToken(token), key).await?;
    Ok(answer::go(routes::ADMINISTRATION))
}

fn read(page: &Page, form: &Posted) -> Result<Wanted, Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let user = reader.required_choice("user");
    let label = reader.required_text("label");
    let days: Option<u16> = reader.required_text("days").parse().ok();
    let days = days.filter(|days| (1..=DAYS_MAX).contains(days));
    if days.is_none() {
        let sentence = page.say_with("token_form-days-unfit", &[("max", u32::from(DAYS_MAX))]);
        reader.refuse("days", sentence);
    }
    reader.finish(|| Some(Wanted { user: user?, label, days: days? }))
}

/// The only page on which a token stands.
fn token_page(page: Page, token: String) -> Response {
    answer::page(&HandedOutPage {
        title: page.say("handed_out-token-title"),
        introduction: page.say("handed_out-token-introduction"),
        label: page.say("handed_out-token-label"),
        secret: token,
        back: routes::ADMINISTRATION.to_owned(),
        next: page.say("administration-back"),
        page,
    })
}

fn shown(app: &App, page: Page, form: Form) -> TokenPage {
    let user = form.field("user").with(Names::new(app, &page).people(|_, _| true));
    TokenPage { page, user, form }
}
