//! For whoever watches over the process.

/// `GET /healthz`: the process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the journal was read and every view is built, or this would not be served.
pub(crate) async fn ready() -> &'static str {
    "ready\n"
}
