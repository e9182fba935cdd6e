//! `/inquiries` and `/cases/{year}/{sequence}/inquiries/{inquiry}`: what somebody signed in was
//! asked. They see the question and what they answered, and nothing else of the case.

use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::Erasable;
use domain::Time;
use domain::case::dealings::Contribution;
use domain::case::inquiry::Answer;
use domain::case::{Attachment, Request};
use domain::ids::{CaseId, CaseNumber, InquiryId};
use serde::Deserialize;
use service::reviews::InputAsked;
use service::{Asked, HandleError, Refusal};
use views::inquiries::Row;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::files;
use crate::forms::{Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::pages::case::attachments::{self, AtAttachment};
use crate::pages::case::path::{CasePath, case_url};
use crate::pages::reviews::review_url;
use crate::refusal;
use crate::routes;
use crate::text::Texts;

const FAMILY: &str = "inquiry";

/// The field of a statement, which tells that form from the other.
const STATEMENT: &str = "statement";

#[derive(Template)]
#[template(path = "inquiries.html")]
struct InquiriesPage {
    page: Page,
    rows: Vec<ShownRow>,
}

struct ShownRow {
    url: String,
    title: String,
    due_at: Time,
    is_answered: bool,
    is_overdue: bool,
}

#[derive(Template)]
#[template(path = "inquiry.html")]
struct InquiryPage {
    page: Page,
    number: CaseNumber,
    action: String,
    text: String,
    due_at: Time,
    has_ended: bool,
    /// The files that are shown with it: what each is called, and where it is handed out.
    shown: Vec<(String, String)>,
    answers: Vec<Said>,
    statements: Option<Vec<Said>>,
    done: &'static str,
    form: Form,
    files: Field,
    statement: Form,
}

/// Something they said before.
struct Said {
    at: Time,
    text: String,
    /// What the files that came with it are called.
    files: Vec<String>,
}

/// Why something was not taken, with what to say of it.
type NotTaken = (Option<Refusal>, Vec<Problem>);

/// One of a case's inquiries, in an address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AtInquiry {
    case: CasePath,
    inquiry: InquiryId,
}

/// `GET /inquiries`
pub(crate) async fn list(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let rows = app.service().inquiries(&person.who, routes::INQUIRIES).await?;
    let page = person.page;
    let now = page.now();
    let shown = |row: &Row| ShownRow {
        url: inquiry_url(row.number, row.inquiry),
        title: page.say_with("inquiries-in-case", &[("number", row.number)]),
        due_at: row.due_at,
        is_answered: row.is_answered,
        is_overdue: row.is_open() && row.due_at < now,
    };
    let in_reviews = app.service().inputs_asked(&person.who);
    let in_reviews = in_reviews.iter().map(|it| ShownRow::in_review(&page, it));
    let rows = in_reviews.chain(rows.iter().map(shown)).collect();
    Ok(answer::page(&InquiriesPage { page, rows }))
}

impl ShownRow {
    fn in_review(page: &Page, asked: &InputAsked) -> Self {
        let inquiry = &asked.input.inquiry;
        Self {
            url: format!("{}/inquiries/{}", review_url(asked.number), asked.id),
            title: page.say_with("inquiries-in-review", &[("number", asked.number.to_string())]),
            due_at: inquiry.due_at,
            is_answered: !inquiry.answers.is_empty(),
            is_overdue: inquiry.is_overdue(page.now()),
        }
    }
}

/// `GET /cases/{year}/{sequence}/inquiries/{inquiry}`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: AtInquiry,
) -> Result<Response, Fault> {
    let (case, _) = path.case.find(&app)?;
    let asked = app.service().inquiry(&person.who, case, path.inquiry, routes::INQUIRY).await?;
    Ok(answer::page(&shown(&app, person.page, &asked, None, "")))
}

/// `GET /cases/{year}/{sequence}/inquiries/{inquiry}/attachments/{attachment}`
pub(crate) async fn hand_out(
    State(app): State<App>,
    person: Person,
    path: AtInquiry,
    AtAttachment(attachment): AtAttachment,
) -> Result<Response, Fault> {
    let (case, _) = path.case.find(&app)?;
    let (service, at) = (app.service(), (case, path.inquiry));
    let file = service.inquiry_file(&person.who, at, attachment, routes::INQUIRY_FILE).await?;
    attachments::handed_out(file)
}

/// `POST /cases/{year}/{sequence}/inquiries/{inquiry}`: an answer, or a statement of one who is
/// heard.
pub(crate) async fn submit(
    State(app): State<App>,
    path: AtInquiry,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, _) = path.case.find(&app)?;
    let is_statement = form.has(STATEMENT);
    let (form, lost) = files::gathered(&app, &by.page, form);
    let (returned, done) = match take(&app, &by, (case, path.inquiry), &form, lost).await? {
        Err((refused, problems)) => {
            let problems = files::again(&app, &by.page, &form, refused.as_ref(), problems);
            (Some((form, problems)), "")
        }
        Ok(()) if is_statement => (None, "inquiry-statement-kept"),
        Ok(()) => (None, "inquiry-kept"),
    };
    let asked = app.service().inquiry(&by.who, case, path.inquiry, routes::INQUIRY).await?;
    let is_returned = returned.is_some();
    let page = shown(&app, by.page, &asked, returned, done);
    Ok(if is_returned { answer::returned(&page) } else { answer::page(&page) })
}

async fn take(
    app: &App,
    by: &Person,
    (case, inquiry): (CaseId, InquiryId),
    form: &Posted,
    lost: Vec<Problem>,
) -> Result<Result<(), NotTaken>, Fault> {
    let key = form.key().ok_or(Fault::Unreadable)?;
    let field = if form.has(STATEMENT) { STATEMENT } else { "answer" };
    let mut reader = Reader::new(&by.page, FAMILY, form);
    let text = reader.required_text(field);
    let text = match reader.finish(|| Some(text)) {
        Ok(text) if lost.is_empty() => text,
        read => return Ok(Err((None, read.err().into_iter().flatten().chain(lost).collect()))),
    };
    let (service, who) = (app.service(), &by.who);
    let taken = if field == STATEMENT {
        service.step(who, case, Request::Contribute(Erasable::known(text)), key).await
    } else {
        service.answer_inquiry(who, (case, inquiry), &text, form.uploads(""), key).await
    };
    match taken {
        Ok(()) => Ok(Ok(())),
        Err(HandleError::Refused(refused)) => {
            let own = files::problems(&by.page, form, &refused);
            let problems = own.unwrap_or_else(|| vec![of_form(&by.page, &refused)]);
            Ok(Err((Some(refused), problems)))
        }
        Err(error) => Err(error.into()),
    }
}

/// A refusal in words for whoever was asked, who can take nothing up again.
fn of_form(page: &Page, refused: &Refusal) -> Problem {
    match refused {
        Refusal::Case(domain::case::Refusal::CaseIsClosed) => {
            Problem { field: Some(STATEMENT.to_owned()), sentence: page.say("inquiry-not-heard") }
        }
        _ => refusal::problem(page, refused),
    }
}

fn shown(
    app: &App,
    page: Page,
    asked: &Asked,
    returned: Option<(Posted, Vec<Problem>)>,
    done: &'static str,
) -> InquiryPage {
    let erased = page.say("erased");
    let text = |text: &Erasable<String>| text.text_or(&erased).to_owned();
    let answered = |it: &Answer| {
        let files = it.files.iter().map(|file| attachments::name(page.texts(), file)).collect();
        Said { at: it.at, text: text(&it.text), files }
    };
    let stated = |it: &Contribution| Said { at: it.at, text: text(&it.text), files: Vec::new() };
    let fresh = || Form::new(&page, FAMILY, Posted::default());
    let (form, statement) = match returned {
        None => (fresh(), fresh()),
        Some((posted, problems)) => {
            let is_statement = posted.has(STATEMENT);
            let form = Form::returned(&page, FAMILY, posted, problems);
            if is_statement { (fresh(), form) } else { (form, fresh()) }
        }
    };
    let action = inquiry_url(asked.number, asked.inquiry);
    InquiryPage {
        number: asked.number,
        shown: shown_files(page.texts(), asked, &action),
        action,
        text: text(&asked.text),
        due_at: asked.due_at,
        has_ended: asked.has_ended,
        answers: asked.answers.iter().map(answered).collect(),
        statements: asked.statements.as_ref().map(|it| it.iter().map(stated).collect()),
        done,
        files: files::field(app, &page, &form, form.field(files::FILES)),
        form,
        statement,
        page,
    }
}

/// The files that are shown with a question, each with its address below `page`.
pub(super) fn shown_files(texts: Texts, asked: &Asked, page: &str) -> Vec<(String, String)> {
    let shown = |it: &Attachment| {
        (attachments::name(texts, it), format!("{page}/attachments/{}", it.attachment))
    };
    asked.files.iter().map(shown).collect()
}

fn inquiry_url(number: CaseNumber, inquiry: InquiryId) -> String {
    format!("{}/inquiries/{inquiry}", case_url(number))
}

impl FromRequestParts<App> for AtInquiry {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let case = CasePath::from_request_parts(parts, app).await?;
        let path = Path::<JustInquiry>::from_request_parts(parts, app).await;
        let Path(JustInquiry { inquiry }) = path.map_err(|_| Fault::NotFound)?;
        Ok(Self { case, inquiry })
    }
}

#[derive(Deserialize)]
struct JustInquiry {
    inquiry: InquiryId,
}
