//! For whoever watches over the process.

use axum::extract::State;
use axum::http::StatusCode;

use crate::App;

/// `GET /healthz`: the process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the journal was read, every view is built, and what is asked can be recorded.
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.service().takes_in() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the journal takes nothing in; see the log, restart\n")
    }
}
