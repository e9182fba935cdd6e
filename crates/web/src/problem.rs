//! Errors for programs, as RFC 9457 describes them.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An error as `application/problem+json`.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem, as a relative reference: `/api/problems/not_found`.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in a few words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// This occurrence, and what to do about it.
    detail: String,
}

impl Problem {
    /// A problem whose kind is named `kind`, with the same words people get to read.
    pub(crate) fn new(status: StatusCode, kind: &str, title: String, detail: String) -> Self {
        let kind = format!("/api/problems/{}", kind.trim_start_matches("error-"));
        Self { kind, title, status: status.as_u16(), detail }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).expect("it came from a status");
        let mut response = (status, axum::Json(self)).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}
