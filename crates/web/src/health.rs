//! For whoever watches over the process.

use axum::extract::State;
use axum::http::StatusCode;

use crate::App;

/// `GET /healthz`: the process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the journal was read, every view is built, what is asked can be recorded, and
/// what watches over the cases runs.
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    let not = |why| (StatusCode::SERVICE_UNAVAILABLE, why);
    if !app.service().takes_in() {
        return not("the journal takes nothing in; see the log, restart\n");
    }
    if !app.service().is_whole() {
        return not("a part of the service broke off; see the log, restart\n");
    }
    (StatusCode::OK, "ready\n")
}
