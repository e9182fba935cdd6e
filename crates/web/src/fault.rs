//! When a page cannot be shown: a sentence for people, and the cause in the log, once.

use std::error::Error;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::{HandleError, LookUpError};

use crate::App;
use crate::answer;
use crate::identity::Visitor;
use crate::kept::{Desk, Kept, Written};
use crate::page::Page;
use crate::refusal;

/// Why a page cannot be shown. Every handler may end in one; [`dress`] makes the page of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is no such page, or it is not theirs to see.
    NotFound,
    /// Their role does not give access.
    NotPermitted,
    /// The rules said no, where there is no form to say it beside.
    Refused(Box<service::Refusal>),
    /// The address knows no such method.
    MethodNotAllowed,
    /// More was sent than is read.
    TooLarge,
    /// What was sent is no form.
    Unreadable,
    /// The form was sent from another site.
    Foreign,
    /// The form was made in another session.
    Stale,
    /// Others kept changing the same thing.
    Contended,
    /// The form was sent before with something else in it.
    KeyUsed,
    /// Nothing can be recorded just now: the disk is full or broken.
    NotRecorded,
    /// It took too long.
    TooSlow,
    /// A file on the disk is not what was written, and is not handed out.
    Damaged,
    /// Something broke, and the log says what.
    Internal,
}

impl Fault {
    /// Something that should not have happened: written to the log here, shown to nobody.
    pub(crate) fn internal(error: &(dyn Error + 'static)) -> Self {
        let mut causes = Vec::new();
        let mut next = error.source();
        while let Some(cause) = next.filter(|_| causes.len() < 10) {
            causes.push(cause.to_string());
            next = cause.source();
        }
        tracing::error!(%error, ?causes, "a page could not be shown");
        Self::Internal
    }

    /// The same, or that nothing can be recorded just now.
    pub(crate) fn broken(error: &(dyn Error + 'static), for_want_of_disk: bool) -> Self {
        let internal = Self::internal(error);
        if for_want_of_disk { Self::NotRecorded } else { internal }
    }

    /// Whether what was sent may go through when it is sent again, as it is.
    fn gives_back(&self) -> bool {
        matches!(self, Self::NotRecorded | Self::TooSlow | Self::Internal | Self::Contended)
    }

    /// Whether it does not, and is given back to be copied.
    fn gives_words_back(&self) -> bool {
        matches!(self, Self::NotFound | Self::NotPermitted | Self::Refused(_) | Self::Stale)
    }

    fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "error-not_found",
            Self::NotPermitted => "error-not_permitted",
            Self::Refused(_) => "error-refused",
            Self::MethodNotAllowed => "error-method_not_allowed",
            Self::TooLarge => "error-too_large",
            Self::Unreadable => "error-unreadable",
            Self::Foreign => "error-foreign",
            Self::Stale => "error-stale",
            Self::Contended => "error-contended",
            Self::KeyUsed => "error-key_used",
            Self::NotRecorded => "error-not_recorded",
            Self::TooSlow => "error-too_slow",
            Self::Damaged => "error-damaged",
            Self::Internal => "error-internal",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotPermitted | Self::Foreign | Self::Stale => StatusCode::FORBIDDEN,
            Self::Refused(refused) => refusal::status(refused),
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Contended | Self::KeyUsed => StatusCode::CONFLICT,
            Self::NotRecorded | Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Damaged | Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The fault behind an answer of the framework's own.
    fn behind(status: StatusCode) -> Option<Self> {
        Some(match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::Unreadable,
            StatusCode::SERVICE_UNAVAILABLE => Self::TooSlow,
            StatusCode::INTERNAL_SERVER_ERROR => Self::Internal,
            _ => return None,
        })
    }

    fn title(&self, page: &Page) -> String {
        page.say(self.key())
    }

    fn sentence(&self, page: &Page) -> String {
        match self {
            Self::Refused(refused) => refusal::sentence(page, refused),
            _ => page.texts().part(self.key(), "help").unwrap_or_default(),
        }
    }
}

impl From<HandleError> for Fault {
    fn from(error: HandleError) -> Self {
        match error {
            HandleError::Refused(service::Refusal::NoSuchCase | service::Refusal::NoSuchCode) => {
                Self::NotFound
            }
            HandleError::Refused(refused) if refusal::is_for_want_of_permission(&refused) => {
                Self::NotPermitted
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

impl From<LookUpError> for Fault {
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

/// Leaves a note for [`dress`], which knows the reader's language and roles.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    page: Page,
    title: String,
    sentence: String,
    /// What was sent, to be sent again.
    kept: Option<Kept>,
    /// Whether it is sent as something else than what was sent before.
    is_anew: bool,
    /// What was sent and is not to be sent again.
    written: Written,
}

/// Makes a page of every fault. What somebody wrote is on it, where it was not their fault.
pub(crate) async fn dress(
    State(app): State<App>,
    visitor: Visitor,
    mut request: Request,
    next: Next,
) -> Response {
    let desk = Desk::default();
    request.extensions_mut().insert(desk.clone());
    let response = next.run(request).await;
    let fault = match response.extensions().get::<Fault>() {
        Some(fault) => fault.clone(),
        None if response.headers().contains_key(header::CONTENT_TYPE) && !is_plain(&response) => {
            return response;
        }
        None => match Fault::behind(response.status()) {
            Some(fault) => fault,
            None => return response,
        },
    };
    let page = visitor.page;
    let (title, sentence) = (fault.title(&page), fault.sentence(&page));
    let is_anew = fault == Fault::KeyUsed;
    let kept = match fault.gives_back() {
        _ if is_anew => desk.take_anew(&app),
        true => desk.take(&app),
        false => None,
    };
    let written = if fault.gives_words_back() { desk.written() } else { Written::default() };
    answer::rendered(fault.status(), &FaultPage { page, title, sentence, kept, is_anew, written })
}

/// Whether the framework wrote the answer: its own are plain text.
fn is_plain(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}
