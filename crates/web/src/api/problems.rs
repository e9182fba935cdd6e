//! The problems an address can answer with, as its description lists them.

use utoipa::IntoResponses;

use super::problem::Problem;

/// Every address.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it describes what failure.rs answers")]
pub(crate) enum TokenProblems {
    /// There is no token, or one that does not work (any more).
    #[response(
        status = 401,
        content_type = "application/problem+json",
        headers(("WWW-Authenticate" = String, description = "The scheme: `Bearer`."))
    )]
    NoToken(Problem),
}

/// An address with a list.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it describes what failure.rs answers")]
pub(crate) enum ListProblems {
    /// There is no token, or one that does not work (any more).
    #[response(
        status = 401,
        content_type = "application/problem+json",
        headers(("WWW-Authenticate" = String, description = "The scheme: `Bearer`."))
    )]
    NoToken(Problem),
    /// No role of theirs lets them look.
    #[response(status = 403, content_type = "application/problem+json")]
    NotPermitted(Problem),
    /// Something in the query does not fit: `errors` names it.
    #[response(status = 422, content_type = "application/problem+json")]
    Unfit(Problem),
    /// Nothing can be recorded just now, or it took too long: send it again under the same key.
    #[response(status = 503, content_type = "application/problem+json")]
    NotRecorded(Problem),
}

/// An address with one case.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it describes what failure.rs answers")]
pub(crate) enum CaseProblems {
    /// There is no token, or one that does not work (any more).
    #[response(
        status = 401,
        content_type = "application/problem+json",
        headers(("WWW-Authenticate" = String, description = "The scheme: `Bearer`."))
    )]
    NoToken(Problem),
    /// No role of theirs lets them look.
    #[response(status = 403, content_type = "application/problem+json")]
    NotPermitted(Problem),
    /// There is no such case, or it is none of theirs; the two are not told apart.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
}

/// An address that changes something.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it describes what failure.rs answers")]
pub(crate) enum PostProblems {
    /// The body is no JSON.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(Problem),
    /// There is no token, or one that does not work (any more).
    #[response(
        status = 401,
        content_type = "application/problem+json",
        headers(("WWW-Authenticate" = String, description = "The scheme: `Bearer`."))
    )]
    NoToken(Problem),
    /// It is not theirs to do: no role of theirs allows it, or a rule keeps them from it.
    #[response(status = 403, content_type = "application/problem+json")]
    NotPermitted(Problem),
    /// There is no such case, or it is none of theirs; the two are not told apart.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
    /// It cannot be done as things stand: `refusal` says why. Or others changed the same thing at
    /// the same time: send it again.
    #[response(status = 409, content_type = "application/problem+json")]
    Refused(Problem),
    /// The body is larger than is read: 256 KiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// The body does not say that it is `application/json`.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(Problem),
    /// Something in it is to be corrected: `errors` names the fields, or `refusal` says what.
    #[response(status = 422, content_type = "application/problem+json")]
    Unfit(Problem),
}
