//! Why a request was not carried out, from the code that knows it to the document that tells it.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::category::AnswerProblem;
use service::{HandleError, LookUpError, Refusal};

use super::problem::{FieldError, FieldProblem, Place, Problem};
use super::refused;
use crate::App;
use crate::fault::Fault;
use crate::page::Page;
use crate::refusal;

/// Why a request was not carried out. Every handler may end in one; [`dress`] makes the document.
#[derive(Debug, Clone, PartialEq, strum::IntoStaticStr)]
#[cfg_attr(test, derive(strum::VariantNames))]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Failure {
    /// No token came with the request.
    NoToken,
    /// The token is unknown, has run out or was withdrawn.
    TokenRefused,
    /// There is no such thing, or it is none of theirs.
    NotFound,
    /// No role of theirs allows it.
    NotPermitted,
    /// The rules said no.
    Refused(Box<Refusal>),
    /// The address knows no such method.
    MethodNotAllowed,
    /// The body is larger than is read.
    TooLarge,
    /// The body does not say that it is JSON.
    NotJson,
    /// The body is no JSON.
    Malformed,
    /// Fields are missing, unknown or not what they should be.
    Unfit(Vec<FieldError>),
    /// Others kept changing the same thing.
    Contended,
    /// Something else was recorded under the same key.
    KeyUsed,
    /// Nothing can be recorded just now.
    NotRecorded,
    /// It took too long.
    TooSlow,
    /// A file on the disk is not what was written, and is not handed out.
    Damaged,
    /// Something broke, and the log says what.
    Internal,
}

impl Failure {
    /// A field that is not what it should be.
    pub(crate) fn field(place: Place, field: impl Into<String>, problem: FieldProblem) -> Self {
        Self::Unfit(vec![FieldError::new(place, field, problem)])
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NoToken | Self::TokenRefused => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotPermitted => StatusCode::FORBIDDEN,
            Self::Refused(refused) => refusal::status(refused),
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Unfit(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Contended | Self::KeyUsed => StatusCode::CONFLICT,
            Self::NotRecorded | Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Damaged | Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The failure behind an answer of the framework's own.
    fn behind(status: StatusCode) -> Option<Self> {
        Some(match status {
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::SERVICE_UNAVAILABLE => Self::TooSlow,
            StatusCode::INTERNAL_SERVER_ERROR => Self::Internal,
            _ => return None,
        })
    }

    fn problem(&self, page: &Page) -> Problem {
        let name: &str = self.into();
        let key = format!("api-{name}");
        let told = match self {
            Self::Refused(refused) => refused::particulars(refused),
            Self::Unfit(errors) => Problem { errors: errors.clone(), ..Problem::default() },
            _ => Problem::default(),
        };
        let detail = match self {
            Self::Refused(refused) => refusal::sentence(page, refused),
            _ => page.help(&key),
        };
        let (kind, title) = (format!("/api/problems/{name}"), page.say(&key));
        Problem { kind, title, status: self.status().as_u16(), detail, ..told }
    }

    /// What a program without a good token is told besides (RFC 6750).
    fn challenge(&self) -> Option<HeaderValue> {
        Some(HeaderValue::from_static(match self {
            Self::NoToken => "Bearer realm=\"avvik\"",
            Self::TokenRefused => "Bearer realm=\"avvik\", error=\"invalid_token\"",
            _ => return None,
        }))
    }
}

impl From<HandleError> for Failure {
    fn from(error: HandleError) -> Self {
        match error {
            HandleError::Refused(Refusal::NoSuchCase) => Self::NotFound,
            HandleError::Refused(Refusal::NotPermitted) => Self::NotPermitted,
            HandleError::Refused(Refusal::Answers(problems)) => {
                Self::Unfit(problems.iter().map(answer_error).collect())
            }
            HandleError::Refused(refused) => Self::Refused(Box::new(refused)),
            HandleError::Contended => Self::Contended,
            HandleError::KeyUsed => Self::KeyUsed,
            HandleError::Read(_)
            | HandleError::Record(_)
            | HandleError::Keys(_)
            | HandleError::Search(_) => Self::broken(&error, error.is_for_want_of_disk()),
        }
    }
}

impl From<LookUpError> for Failure {
    fn from(error: LookUpError) -> Self {
        match error {
            LookUpError::NotFound => Self::NotFound,
            LookUpError::NotPermitted => Self::NotPermitted,
            LookUpError::Read(_) | LookUpError::Note(_) | LookUpError::Search(_) => {
                Self::broken(&error, error.is_for_want_of_disk())
            }
        }
    }
}

impl Failure {
    /// Something broke, or nothing can be recorded just now. The log says what, as for a page.
    pub(crate) fn broken(
        error: &(dyn std::error::Error + 'static),
        for_want_of_disk: bool,
    ) -> Self {
        Fault::internal(error);
        if for_want_of_disk { Self::NotRecorded } else { Self::Internal }
    }
}

fn answer_error(problem: &AnswerProblem) -> FieldError {
    let (kind, characters_max) = match problem {
        AnswerProblem::Missing { .. } => (FieldProblem::Missing, None),
        AnswerProblem::UnknownQuestion { .. } => (FieldProblem::Unknown, None),
        AnswerProblem::AnsweredTwice { .. } => (FieldProblem::Repeated, None),
        AnswerProblem::NotAChoice { .. }
        | AnswerProblem::NotANumber { .. }
        | AnswerProblem::NotAMoment { .. } => (FieldProblem::Unfit, None),
        AnswerProblem::TooLong { characters_max, .. } => {
            (FieldProblem::TooLong, Some(*characters_max))
        }
    };
    let field = format!("/answers/{}", problem.question());
    FieldError { characters_max, ..FieldError::new(Place::Body, field, kind) }
}

/// Leaves a note for [`dress`], which knows the reader's language.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Makes a problem document of every failure, and of what the framework refuses by itself.
pub(crate) async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let (headers, path) = (request.headers().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let noted = response.extensions().get::<Failure>().cloned();
    let Some(failure) = noted.or_else(|| Failure::behind(response.status())) else {
        return response;
    };
    let page = Page::new(&app, &headers, &path, None);
    let mut told = failure.problem(&page).into_response();
    // Which methods there are instead.
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        told.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    if let Some(challenge) = failure.challenge() {
        told.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    told
}

#[cfg(test)]
mod tests {
    use strum::VariantNames;

    use super::*;
    use crate::language::Language;
    use crate::text::Texts;

    #[test]
    fn every_failure_has_a_title_and_says_what_to_do() {
        let texts = Texts::new(Language::FALLBACK);
        for name in Failure::VARIANTS {
            let key = format!("api-{name}");
            // Stops the test where there is none.
            assert_ne!(texts.say(&key), key);
            // What the rules say is in the sentence of the refusal.
            let says_why = *name == "refused" || texts.part(&key, "help").is_some();
            assert!(says_why, "{key}.help");
        }
    }
}
