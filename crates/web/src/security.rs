//! What keeps the pages safe from other sites and from their own mistakes.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::timeout::TimeoutLayer;

use crate::App;
use crate::fault::Fault;

/// How long an answer may take.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// The same where files are sent, from a phone with one bar.
pub(crate) const UPLOAD_WITHIN: Duration = Duration::from_mins(5);

/// An answer that takes longer is given up.
pub(crate) fn within(duration: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, duration)
}

/// Nothing is loaded from elsewhere, nothing written into the page is run, no other site frames
/// it. The design system draws its icons from `data:` addresses within its own style sheet.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      img-src 'self' data:; font-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Sets the headers every answer carries. Answers that do not say otherwise are kept nowhere.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A file that is handed out has a stricter policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Refuses what another site makes a browser send. Where the browser does not say where a form
/// comes from, the token in it decides, see `identity.rs`; without a session there is nothing of
/// anybody's to misuse.
pub(crate) async fn same_site(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || !is_foreign(request.headers(), app.base_url()) {
        next.run(request).await
    } else {
        Fault::Foreign.into_response()
    }
}

/// Whether the browser says that the form was on one of our own pages.
pub(crate) fn says_same_origin(headers: &HeaderMap) -> bool {
    text(headers, &SEC_FETCH_SITE) == Some("same-origin")
}

/// Whether two secrets are the same, in a time that does not tell how much of them is.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && std::hint::black_box(differing) == 0
}

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

fn is_foreign(headers: &HeaderMap, base_url: &str) -> bool {
    match (text(headers, &SEC_FETCH_SITE), text(headers, &ORIGIN)) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        // Browsers that send no referrer send this origin; it says nothing.
        (None, None | Some("null")) => false,
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin != base_url && host != text(headers, &HOST)
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(headers: &[(HeaderName, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect();
        is_foreign(&headers, "https://avvik.example")
    }

    #[test]
    fn the_browser_says_where_a_form_comes_from() {
        assert!(!foreign(&[(SEC_FETCH_SITE, "same-origin")]));
        assert!(!foreign(&[(SEC_FETCH_SITE, "none")]));
        for site in ["cross-site", "same-site", "anything"] {
            assert!(foreign(&[(SEC_FETCH_SITE, site)]), "{site}");
        }
    }

    #[test]
    fn older_browsers_say_at_least_the_origin() {
        let host = (HOST, "localhost:8080");
        assert!(!foreign(&[host.clone(), (ORIGIN, "http://localhost:8080")]));
        assert!(!foreign(&[host.clone(), (ORIGIN, "https://avvik.example")]));
        assert!(!foreign(&[host.clone(), (ORIGIN, "null")]));
        assert!(foreign(&[host.clone(), (ORIGIN, "https://evil.example")]));
        assert!(foreign(&[host, (ORIGIN, "https://avvik.example.evil.example")]));
    }

    #[test]
    fn secrets_are_the_same_or_not() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("abc", "ab"));
        assert!(!same("", "a"));
    }
}
