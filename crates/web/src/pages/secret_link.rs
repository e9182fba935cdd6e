//! `/answer/{secret}`: a question to somebody outside the organisation, who answers it once. It
//! shows the question and nothing else; whatever is the matter with a link, the page is the same.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Time;
use domain::case::attachment::ATTACHMENTS_MAX;
use service::{Asked, BehindLink, HandleError, LookUpError};

use super::case::attachments::{self, AtAttachment};
use super::confirm;
use super::inquiries::shown_files;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::files;
use crate::forms::{Field, Form, Posted, Problem, Reader};
use crate::identity::{Sent, Visitor};
use crate::kept::Written;
use crate::page::Page;
use crate::refusal;
use crate::routes;

const FAMILY: &str = "secret_link";

/// The hidden field with the secret: it stands in no address but the one that was mailed.
pub(super) const SECRET: &str = "secret";

/// The field for the answer.
const ANSWER: &str = "answer";

#[derive(Template)]
#[template(path = "secret_link.html")]
struct LinkPage {
    page: Page,
    secret: String,
    asked: Option<ShownQuestion>,
    is_answered: bool,
    /// What was sent by a link that does not work.
    written: Written,
    form: Form,
}

struct ShownQuestion {
    text: String,
    due_at: Time,
    has_ended: bool,
    shown: Vec<(String, String)>,
    files: Field,
}

/// `GET /answer/{secret}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(secret): Path<String>,
) -> Result<Response, Fault> {
    let form = Form::new(&visitor.page, FAMILY, Posted::default());
    shown(&app, visitor.page, secret, form, Written::default()).await
}

/// `GET /answer/{secret}/attachments/{attachment}`
pub(crate) async fn hand_out(
    State(app): State<App>,
    visitor: Visitor,
    Path(secret): Path<HashMap<String, String>>,
    AtAttachment(attachment): AtAttachment,
) -> Result<Response, Fault> {
    let secret = secret.get(SECRET).map(String::as_str).unwrap_or_default();
    let file = app.service().file_behind_link(secret, attachment, routes::SECRET_FILE).await;
    match file {
        Err(LookUpError::NotFound) => Ok(nowhere(visitor.page, Written::default())),
        file => attachments::handed_out(file?),
    }
}

/// `POST /answer`
pub(crate) async fn submit(
    State(app): State<App>,
    Sent { by, form }: Sent<Visitor>,
) -> Result<Response, Fault> {
    let page = by.page;
    let secret = form.text(SECRET).to_owned();
    let (form, lost) = files::gathered(&app, &page, form);
    let key = form.key().ok_or(Fault::Unreadable)?;
    let written = Written::of(&form, ANSWER);
    let mut reader = Reader::new(&page, FAMILY, &form);
    let text = reader.required_text(ANSWER);
    let mut refusal = None;
    let problems = match reader.finish(|| Some(text)) {
        Ok(text) if lost.is_empty() => {
            let uploads = form.uploads("");
            match app.service().answer_by_link(&secret, &text, uploads, key).await {
                Ok(()) => return Ok(thanked(page)),
                Err(HandleError::Refused(refused)) if !leads_nowhere(&refused) => {
                    let own = files::problems(&page, &form, &refused);
                    let problems = own.unwrap_or_else(|| vec![of_answer(&page, &refused)]);
                    refusal = Some(refused);
                    problems
                }
                Err(HandleError::Refused(_) | HandleError::KeyUsed) => {
                    return Ok(nowhere(page, written));
                }
                Err(error) => return Err(error.into()),
            }
        }
        read => read.err().into_iter().flatten().chain(lost).collect(),
    };
    let problems = files::again(&app, &page, &form, refusal.as_ref(), problems);
    let form = Form::returned(&page, FAMILY, form, problems);
    shown(&app, page, secret, form, written).await
}

/// The status of a page behind a link that does not work.
const STATUS: axum::http::StatusCode = axum::http::StatusCode::NOT_FOUND;

async fn shown(
    app: &App,
    page: Page,
    secret: String,
    form: Form,
    written: Written,
) -> Result<Response, Fault> {
    match app.service().behind_link(&secret, routes::SECRET_LINK).await {
        Ok(BehindLink::Confirmation { misdirected, due_at }) => {
            Ok(confirm::fresh(page, secret, (misdirected, due_at)))
        }
        Ok(BehindLink::Question(asked)) => {
            let is_returned = form.has_problems();
            let asked = Some(question(app, &page, &form, &secret, &asked));
            let written = Written::default();
            let page = LinkPage { asked, secret, is_answered: false, written, form, page };
            Ok(if is_returned { answer::returned(&page) } else { answer::page(&page) })
        }
        Err(HandleError::Refused(_)) => Ok(nowhere(page, written)),
        Err(error) => Err(error.into()),
    }
}

/// Whether a refusal is of the link, not of what was written.
pub(super) fn leads_nowhere(refused: &service::Refusal) -> bool {
    use service::Refusal as It;
    let too_many = domain::case::Refusal::TooManyAttachments { attachments_max: ATTACHMENTS_MAX };
    match refused {
        It::TooLong { .. } | It::Files(_) | It::TooManyFiles { .. } => false,
        It::Case(refused) => *refused != too_many,
        _ => true,
    }
}

fn of_answer(page: &Page, refused: &service::Refusal) -> Problem {
    Problem { field: Some(ANSWER.to_owned()), sentence: refusal::sentence(page, refused) }
}

fn question(app: &App, page: &Page, form: &Form, secret: &str, asked: &Asked) -> ShownQuestion {
    let text = asked.text.text_or(&page.say("erased")).to_owned();
    let files = files::field(app, page, form, form.field(files::FILES));
    let shown = shown_files(page.texts(), asked, &format!("/answer/{secret}"));
    let Asked { due_at, has_ended, .. } = *asked;
    ShownQuestion { text, due_at, has_ended, shown, files }
}

/// The page behind a link that does not work, whatever is the matter with it. What was sent by it
/// is on it, and nothing else.
pub(super) fn nowhere(page: Page, written: Written) -> Response {
    answer::rendered(STATUS, &LinkPage { written, ..empty(page) })
}

/// The page of whoever has answered.
pub(super) fn thanked(page: Page) -> Response {
    answer::page(&LinkPage { is_answered: true, ..empty(page) })
}

fn empty(page: Page) -> LinkPage {
    let form = Form::new(&page, FAMILY, Posted::default());
    let (secret, written) = (String::new(), Written::default());
    LinkPage { secret, asked: None, is_answered: false, written, form, page }
}
