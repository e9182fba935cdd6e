//! `/cases/{year}/{sequence}/attachments/{attachment}` and the form for one more: files attached
//! to a case, as far as somebody may see them.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::case::{Attachment, OpenCase};
use domain::ids::{AttachmentId, CaseNumber};
use serde::Deserialize;
use service::{CaseSight, FileSight, HandleError, Sight, Step};

use super::path::{CasePath, case_url, done_url};
use super::wording::{Fact, Wording};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::files;
use crate::forms::{Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::refusal;
use crate::routes;
use crate::text::Texts;

const FAMILY: &str = "attach";

/// An attached file on the page of its case.
pub(super) struct ShownAttachment {
    /// What it is called.
    pub(super) name: String,
    /// Where it is handed out; nothing once it is erased.
    pub(super) path: Option<String>,
    /// Where it is told whether it may go by e-mail, for those who prepare letters.
    pub(super) by_email: Option<String>,
    /// What is known of it.
    pub(super) facts: Vec<Fact>,
}

#[derive(Template)]
#[template(path = "attach.html")]
struct AttachPage {
    page: Page,
    form: Form,
    files: Field,
    number: String,
    case: String,
}

/// The file an address names.
pub(crate) struct AtAttachment(pub(in crate::pages) AttachmentId);

/// Where the form for one more is.
pub(crate) fn attach_url(number: CaseNumber) -> String {
    format!("{}/attach", case_url(number))
}

/// The files of a case, in the order in which they came.
pub(super) fn shown(wording: &Wording, seen: &CaseSight) -> Vec<ShownAttachment> {
    let known = &seen.file.known;
    let is_officer = seen.sight == Sight::Everything;
    let may_prepare = is_officer && seen.steps.contains(&Step::PrepareLetters);
    let entry = |it| entry(wording, known, it, may_prepare);
    known.attachments.iter().map(entry).collect()
}

fn entry(
    wording: &Wording,
    known: &OpenCase,
    it: &Attachment,
    may_prepare: bool,
) -> ShownAttachment {
    let asked = it.inquiry.and_then(|inquiry| known.inquiries.get(&inquiry));
    let source = match asked.map(|inquiry| wording.respondent(&inquiry.respondent)) {
        Some(who) => wording.say_with("case-attachment-answer", &[("who", who)]),
        None => wording.term("attachment_source", it.source),
    };
    let mut facts = vec![
        wording.fact("case-attachment-source", source),
        wording.fact("case-attachment-kind", wording.term("file_kind", it.kind)),
        wording.fact("case-attachment-size", size(wording, it.length)),
    ];
    let Some(file) = it.file.get() else {
        let name = name(wording.texts, it);
        return ShownAttachment { name, path: None, by_email: None, facts };
    };
    if !file.description.is_empty() {
        facts.insert(0, wording.fact("case-attachment-description", file.description.clone()));
    }
    let path = format!("{}/attachments/{}", case_url(known.report.number), it.attachment);
    let by_email = may_prepare.then(|| format!("{path}/by-email"));
    ShownAttachment { name: file.name.clone(), path: Some(path), by_email, facts }
}

/// What a file is called, or that it is erased.
pub(crate) fn name(texts: Texts, it: &Attachment) -> String {
    let file = it.file.get();
    file.map_or_else(|| texts.say("case-attachment-erased"), |file| file.name.clone())
}

/// The files that are shown with a question, as far as the reader sees them.
pub(super) fn shown_with(
    wording: &Wording,
    known: &OpenCase,
    files: &BTreeSet<AttachmentId>,
) -> Vec<Fact> {
    let shown = known.attachments.iter().filter(|it| files.contains(&it.attachment));
    shown.map(|it| wording.fact("case-inquiry-file", name(wording.texts, it))).collect()
}

/// How long a file is, in the unit people think in.
fn size(wording: &Wording, bytes: u64) -> String {
    let (key, count) = match bytes {
        0..1_000 => ("bytes", bytes),
        1_000..1_000_000 => ("kilobytes", bytes.div_ceil(1_000)),
        _ => ("megabytes", bytes.div_ceil(1_000_000)),
    };
    wording.say_with(key, &[("count", count.to_string())])
}

/// `GET /cases/{year}/{sequence}/attachments/{attachment}`
pub(crate) async fn hand_out(
    State(app): State<App>,
    by: Person,
    path: CasePath,
    AtAttachment(attachment): AtAttachment,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let sight = app.service().attached_file(&by.who, case, attachment, routes::ATTACHMENT).await?;
    handed_out(sight)
}

/// A file as it is handed out, or why it is not.
pub(in crate::pages) fn handed_out(sight: FileSight) -> Result<Response, Fault> {
    match sight {
        FileSight::Whole(file) => Ok(files::handed_out(&file)),
        FileSight::Erased => Err(Fault::NotFound),
        FileSight::Damaged => Err(Fault::Damaged),
    }
}

/// `GET /cases/{year}/{sequence}/attach`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: CasePath,
) -> Result<Response, Fault> {
    require(&app, &by, path).await?;
    let form = Form::new(&by.page, FAMILY, Posted::default());
    Ok(answer::page(&page(&app, by.page, path, form)))
}

/// `POST /cases/{year}/{sequence}/attach`
pub(crate) async fn attach(
    State(app): State<App>,
    path: CasePath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
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
        Ok(upload) => match app.service().attach(&by.who, case, upload, key).await {
            Ok(_) => return Ok(answer::go(&done_url(number, Step::Attach))),
            Err(HandleError::Refused(refused)) => {
                let own = files::problems(&by.page, &form, &refused);
                let problems = own.unwrap_or_else(|| vec![refusal::problem(&by.page, &refused)]);
                refusal = Some(refused);
                problems
            }
            Err(error) => return Err(error.into()),
        },
    };
    require(&app, &by, path).await?;
    let problems: Vec<Problem> = files::again(&app, &by.page, &form, refusal.as_ref(), problems);
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&page(&app, by.page, path, form)))
}

/// That somebody may attach a file to the case; looking is noted.
async fn require(app: &App, by: &Person, path: CasePath) -> Result<(), Fault> {
    let (case, _) = path.find(app)?;
    let seen = app.service().case_file(&by.who, case, routes::CASE_ATTACH).await?;
    if seen.steps.contains(&Step::Attach) { Ok(()) } else { Err(Fault::NotPermitted) }
}

fn page(app: &App, page: Page, path: CasePath, form: Form) -> AttachPage {
    let files = files::field(app, &page, &form, form.field(files::FILES));
    let number = path.number();
    AttachPage { files, form, number: number.to_string(), case: case_url(number), page }
}

impl FromRequestParts<App> for AtAttachment {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<JustAttachment>::from_request_parts(parts, app).await;
        path.map(|Path(path)| Self(path.attachment)).map_err(|_| Fault::NotFound)
    }
}

#[derive(Deserialize)]
struct JustAttachment {
    attachment: AttachmentId,
}
