//! How a page answers when all went well, or when a form comes back to be corrected.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::fault::Fault;

/// A page.
pub(crate) fn page(template: &impl Template) -> Response {
    rendered(StatusCode::OK, template)
}

/// A form that comes back with what is to be corrected.
pub(crate) fn returned(template: &impl Template) -> Response {
    rendered(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// A page in the place of the one that was asked for.
pub(crate) fn instead(template: &impl Template) -> Response {
    rendered(StatusCode::FORBIDDEN, template)
}

/// On to another page, which the browser asks for with GET.
pub(crate) fn go(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A page with any status.
pub(crate) fn rendered(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(page) => (status, Html(page)).into_response(),
        Err(error) => Fault::internal(&error).into_response(),
    }
}
