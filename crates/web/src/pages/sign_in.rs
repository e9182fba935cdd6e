//! `/sign-in` and `/sign-out`.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use service::{SessionToken, SignInError};

use crate::App;
use crate::answer;
use crate::cookies;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem, Reader};
use crate::identity::{self, Sent, Visitor};
use crate::kept::{self, Kept};
use crate::page::Page;
use crate::routes;

/// The form's family.
pub(crate) const FAMILY: &str = "sign-in";

/// The field with the address to go to afterwards.
pub(crate) const TO: &str = "to";

/// The sign-in page; it may carry along a form that was sent when nobody was signed in.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub(crate) struct SignInPage {
    /// What is around it.
    pub(crate) page: Page,
    /// Name and password.
    pub(crate) form: Form,
    /// Where to go afterwards; empty for the start.
    pub(crate) to: String,
    /// What is to be sent on afterwards.
    pub(crate) kept: Option<Kept>,
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    to: String,
}

/// `GET /sign-in`
pub(crate) async fn show(visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    if visitor.who.is_some() {
        return answer::go(local(&asked.to));
    }
    let form = Form::new(&visitor.page, FAMILY, Posted::default());
    answer::page(&SignInPage { page: visitor.page, form, to: asked.to, kept: None })
}

/// `POST /sign-in`
pub(crate) async fn submit(State(app): State<App>, sent: Sent<Visitor>) -> Response {
    let Sent { by: Visitor { page, .. }, form } = sent;
    let mut reader = Reader::new(&page, FAMILY, &form);
    let name = reader.required_text("name");
    let password = form.untouched("password");
    if password.is_empty() {
        reader.miss("password", "problem-missing");
    }
    if let Err(problems) = reader.finish(|| Some(())) {
        return again(page, form, problems);
    }
    match app.service().sign_in(&name, password).await {
        Ok(token) => arrive(&app, page, &form, &token),
        Err(error) => {
            let sentence = failure(&page, &error);
            again(page, form, vec![Problem { field: None, sentence }])
        }
    }
}

/// On to where they were going, or to the page from which a kept form is sent on.
fn arrive(app: &App, page: Page, form: &Posted, token: &SessionToken) -> Response {
    let cookie = cookies::set_session(token.as_str(), app.has_secure_cookies());
    let response = match (Kept::carried(form), app.service().session(token.as_str())) {
        (Some(kept), Some(who)) => {
            kept::send_on(page.signed_in_as(&who, identity::csrf(token.as_str())), kept)
        }
        _ => answer::go(local(form.text(TO))),
    };
    ([(SET_COOKIE, cookie)], response).into_response()
}

fn again(page: Page, posted: Posted, problems: Vec<Problem>) -> Response {
    let kept = Kept::carried(&posted);
    let to = posted.text(TO).to_owned();
    let form = Form::returned(&page, FAMILY, posted, problems);
    answer::returned(&SignInPage { page, form, to, kept })
}

/// What went wrong, in words.
pub(crate) fn failure(page: &Page, error: &SignInError) -> String {
    match error {
        SignInError::Wrong => page.say("sign-in-wrong"),
        SignInError::TooManyTries { wait_seconds } => {
            let count = i64::try_from(*wait_seconds).unwrap_or(i64::MAX);
            let wait = page.say_with("seconds", &[("count", count)]);
            page.say_with("sign-in-too-many-tries", &[("wait", wait)])
        }
    }
}

/// The address if it is one of our own, else the start.
fn local(path: &str) -> &str {
    if kept::is_local(path) { path } else { routes::START }
}

/// `POST /sign-out`
pub(crate) async fn sign_out(
    State(app): State<App>,
    sent: Sent<Visitor>,
) -> Result<Response, Fault> {
    if let Some(token) = &sent.by.session {
        app.service().sign_out(token);
    }
    let cookie = cookies::clear_session(app.has_secure_cookies());
    Ok(([(SET_COOKIE, cookie)], answer::go(routes::START)).into_response())
}
