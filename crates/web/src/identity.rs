//! From a request to who makes it. A handler that is handed a [`Person`] need not ask whether
//! somebody is signed in; one that is handed a [`Sent`] form knows that it came from our own page.

use std::convert::Infallible;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use service::{SignedIn, secrets};

use crate::App;
use crate::answer;
use crate::cookies;
use crate::fault::Fault;
use crate::forms::{CSRF, Posted};
use crate::kept::{self, Desk, Kept};
use crate::page::Page;
use crate::routes;
use crate::security;

/// Anybody, signed in or not.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// What their page has around it.
    pub(crate) page: Page,
    /// Who they are, if they have signed in.
    pub(crate) who: Option<SignedIn>,
    /// Their session's token, if they have signed in.
    pub(crate) session: Option<String>,
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// What their page has around it.
    pub(crate) page: Page,
    /// Who they are.
    pub(crate) who: SignedIn,
    /// Their session's token.
    pub(crate) session: String,
}

/// A form somebody sent from one of our own pages.
#[derive(Debug, Clone)]
pub(crate) struct Sent<By> {
    /// Who sent it.
    pub(crate) by: By,
    /// What it says.
    pub(crate) form: Posted,
}

/// The token that the forms of a session carry; it cannot be led back to the session's own.
pub(crate) fn csrf(session: &str) -> String {
    secrets::hash("form token", session)
}

impl Visitor {
    fn new(app: &App, headers: &HeaderMap, uri: &Uri) -> Self {
        let token = cookies::read(headers, cookies::SESSION);
        let known = token.and_then(|token| Some((app.service().session(token)?, token)));
        let with_csrf = known.as_ref().map(|(who, token)| (who, csrf(token)));
        let page = Page::new(app, headers, uri.path(), with_csrf);
        let session = known.as_ref().map(|(_, token)| (*token).to_owned());
        Self { page, who: known.map(|(who, _)| who), session }
    }

    /// The same if they are signed in, else what their page has around it.
    fn into_person(self) -> Result<Person, Box<Page>> {
        match self {
            Self { page, who: Some(who), session: Some(session) } => {
                Ok(Person { page, who, session })
            }
            Self { page, .. } => Err(Box::new(page)),
        }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::new(app, &parts.headers, &parts.uri))
    }
}

impl FromRequestParts<App> for Person {
    type Rejection = Response;

    /// Sends whoever is not signed in to do so, and back here afterwards.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = Visitor::new(app, &parts.headers, &parts.uri);
        match visitor.into_person() {
            Ok(person) if person.must_choose_before(parts.uri.path()) => {
                Err(answer::go(routes::PASSWORD))
            }
            Ok(person) => Ok(person),
            Err(_) => Err(answer::go(&kept::sign_in_path(&parts.uri))),
        }
    }
}

impl Person {
    /// A one-time password opens nothing but the page on which it is replaced.
    fn must_choose_before(&self, path: &str) -> bool {
        self.who.must_choose_password && path != routes::PASSWORD
    }
}

impl FromRequest<App> for Sent<Visitor> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        read(request, app).await.map(|(sent, _)| sent)
    }
}

impl FromRequest<App> for Sent<Person> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (Sent { by, form }, uri) = read(request, app).await?;
        match by.into_person() {
            Ok(person) if person.must_choose_before(uri.path()) => {
                Err(answer::go(routes::PASSWORD))
            }
            Ok(by) => Ok(Self { by, form }),
            Err(page) => Err(kept::sign_in_again(*page, Kept::new(app, &uri, &form))),
        }
    }
}

/// Reads a form and checks that it belongs to the session it was sent in. One made in a session
/// that is over is kept: its sender signs in and sends it on.
async fn read(request: Request, app: &App) -> Result<(Sent<Visitor>, Uri), Response> {
    let visitor = Visitor::new(app, request.headers(), request.uri());
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let desk = request.extensions().get::<Desk>().cloned();
    let form = Posted::read(request).await.map_err(IntoResponse::into_response)?;
    if let Some(desk) = desk {
        desk.lay(uri.clone(), form.clone());
    }
    let given = form.text(CSRF);
    match visitor.page.csrf() {
        "" if given.is_empty() => Ok((Sent { by: visitor, form }, uri)),
        "" => Err(kept::sign_in_again(visitor.page, Kept::new(app, &uri, &form))),
        csrf if security::same(csrf, given) => Ok((Sent { by: visitor, form }, uri)),
        _ if security::says_same_origin(&headers) => {
            Err(kept::send_on(visitor.page, Kept::new(app, &uri, &form)))
        }
        _ => Err(Fault::Stale.into_response()),
    }
}
