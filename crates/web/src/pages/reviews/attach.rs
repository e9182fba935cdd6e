//! `/reviews/{review}/attach` and `/reviews/{review}/files/{file}`: files under a point of a
//! review, on their way in and out.

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::ids::AttachmentId;
use domain::review::AgendaItem;
use serde::Deserialize;
use service::{FileSight, HandleError, ReviewStep};

use super::{ReviewPath, review_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::files;
use crate::forms::{Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::refusal;
use crate::routes;

const FAMILY: &str = "attach";

#[derive(Template)]
#[template(path = "review_attach.html")]
struct AttachPage {
    page: Page,
    form: Form,
    files: Field,
    back: String,
    action: String,
    item: AgendaItem,
}

/// The point a file is attached to.
#[derive(Deserialize)]
pub(crate) struct AtItem {
    item: String,
}

impl AtItem {
    fn item(&self) -> Result<AgendaItem, Fault> {
        self.item.parse().map_err(|_| Fault::NotFound)
    }
}

/// The file an address names.
pub(crate) struct AtFile(AttachmentId);

#[derive(Deserialize)]
struct JustFile {
    file: AttachmentId,
}

impl FromRequestParts<App> for AtFile {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<JustFile>::from_request_parts(parts, app).await;
        path.map(|Path(path)| Self(path.file)).map_err(|_| Fault::NotFound)
    }
}

/// `GET /reviews/{review}/files/{file}`
pub(crate) async fn hand_out(
    State(app): State<App>,
    by: Person,
    path: ReviewPath,
    AtFile(file): AtFile,
) -> Result<Response, Fault> {
    let (review, _) = path.find(&app)?;
    match app.service().review_file(&by.who, review, file, routes::REVIEW_FILE).await? {
        FileSight::Whole(file) => Ok(files::handed_out(&file)),
        FileSight::Erased => Err(Fault::NotFound),
        FileSight::Damaged => Err(Fault::Damaged),
    }
}

/// `GET /reviews/{review}/attach?item=…`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: ReviewPath,
    Query(at): Query<AtItem>,
) -> Result<Response, Fault> {
    require(&app, &by, path).await?;
    let form = Form::new(&by.page, FAMILY, Posted::default());
    Ok(answer::page(&page(&app, by.page, path, at.item()?, form)))
}

/// `POST /reviews/{review}/attach?item=…`
pub(crate) async fn attach(
    State(app): State<App>,
    path: ReviewPath,
    Query(at): Query<AtItem>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let ((review, number), item) = (path.find(&app)?, at.item()?);
    let key = form.key().ok_or(Fault::Unreadable)?;
    let (form, lost) = files::gathered(&app, &by.page, form);
    let mut reader = Reader::new(&by.page, FAMILY, &form);
    let description = reader.required_text("description");
    let mut uploads = form.uploads(&description);
    if uploads.is_empty() && lost.is_empty() {
        reader.miss(files::FILES, "problem-missing");
    }
    let mut refusal = None;
    let problems = match reader.finish(|| uploads.pop()) {
        Err(problems) => problems.into_iter().chain(lost).collect(),
        Ok(upload) => {
            match app.service().attach_to_review(&by.who, review, item, upload, key).await {
                Ok(_) => {
                    let point = <&str>::from(item);
                    return Ok(answer::go(&format!("{}#{point}", review_url(number))));
                }
                Err(HandleError::Refused(refused)) => {
                    let own = files::problems(&by.page, &form, &refused);
                    let whole = || vec![refusal::problem(&by.page, &refused)];
                    let problems = own.unwrap_or_else(whole);
                    refusal = Some(refused);
                    problems
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    require(&app, &by, path).await?;
    let problems: Vec<Problem> = files::again(&app, &by.page, &form, refusal.as_ref(), problems);
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&page(&app, by.page, path, item, form)))
}

/// That somebody may attach a file to the review; looking is noted.
async fn require(app: &App, by: &Person, path: ReviewPath) -> Result<(), Fault> {
    let (review, _) = path.find(app)?;
    let seen = app.service().review(&by.who, review, None, routes::REVIEW_ATTACH).await?;
    let may = seen.steps.contains(&ReviewStep::PrepareReview);
    if may { Ok(()) } else { Err(Fault::NotPermitted) }
}

fn page(app: &App, page: Page, path: ReviewPath, item: AgendaItem, form: Form) -> AttachPage {
    let files = files::field(app, &page, &form, form.field(files::FILES));
    let back = review_url(path.number);
    let action = format!("{back}/attach?item={}", <&str>::from(item));
    AttachPage { page, form, files, back, action, item }
}
