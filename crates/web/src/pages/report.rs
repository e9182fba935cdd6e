//! `/report`: choosing what kind of deviation, filling in the form, and the receipt.

mod filing;
mod questions;
mod shown;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use domain::category::{Category, CategoryId};
use service::secrets::FormKey;
use service::{HandleError, Receipt};

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::files;
use crate::forms::{Field, Form, Posted, Problem};
use crate::identity::{Sent, Visitor};
use crate::kept;
use crate::page::Page;
use crate::pages::follow_up;

/// The form's family.
const FAMILY: &str = "report";

#[derive(Template)]
#[template(path = "report_choose.html")]
struct ChoosePage {
    page: Page,
    categories: Vec<Category>,
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    page: Page,
    number: String,
    code: String,
    signed: Option<String>,
    /// Where it was sent before with something else in it: a form to add that, filled in.
    changed: Option<Changed>,
}

/// What was changed in a report after it was sent.
struct Changed {
    form: Form,
    files: Field,
}

/// `GET /report`
pub(crate) async fn choose(State(app): State<App>, visitor: Visitor, uri: Uri) -> Response {
    if !may_report(&app, &visitor) {
        return answer::go(&kept::sign_in_path(&uri));
    }
    let categories = app.service().categories().iter().cloned().collect();
    answer::page(&ChoosePage { page: visitor.page, categories })
}

/// `GET /report/{category}`
pub(crate) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(category): Path<String>,
    uri: Uri,
) -> Result<Response, Fault> {
    if !may_report(&app, &visitor) {
        return Ok(answer::go(&kept::sign_in_path(&uri)));
    }
    let category = find(&app, &category)?;
    Ok(answer::page(&shown::empty(&app, visitor, &category)))
}

/// `POST /report/{category}`: answers with the receipt itself, so that the follow-up code stands
/// in no address. The same form sent again gets the same receipt.
pub(crate) async fn submit(
    State(app): State<App>,
    Path(category): Path<String>,
    sent: Sent<Visitor>,
) -> Result<Response, Fault> {
    let Sent { by, form } = sent;
    let category = find(&app, &category)?;
    let (form, lost) = files::gathered(&app, &by.page, form);
    if form.has(kept::LOOK_OVER) {
        let problems = files::again(&app, &by.page, &form, None, lost);
        return Ok(answer::page(&shown::returned(&app, by, &category, form, problems)));
    }
    let filing = match filing::read(&by, &category, &form) {
        Ok(filing) if lost.is_empty() => filing,
        read => {
            let problems = read.err().into_iter().flatten().chain(lost).collect();
            let problems = files::again(&app, &by.page, &form, None, problems);
            return Ok(again(&app, by, &category, form, problems));
        }
    };
    let key = form.key().ok_or(Fault::Unreadable)?;
    match app.service().report(filing.clone(), key).await {
        Ok(receipt) => Ok(receipt_page(by.page, receipt, None)),
        Err(HandleError::KeyUsed) => changed(&app, by.page, &category, &form, key).await,
        Err(HandleError::Refused(refusal)) => {
            let problems = filing::problems(&by.page, &form, &category, &filing, &refusal);
            let problems = files::again(&app, &by.page, &form, Some(&refusal), problems);
            Ok(again(&app, by, &category, form, problems))
        }
        Err(error) => Err(error.into()),
    }
}

fn find(app: &App, category: &str) -> Result<Category, Fault> {
    let id: CategoryId = category.parse().map_err(|_| Fault::NotFound)?;
    app.service().category(&id).cloned().ok_or(Fault::NotFound)
}

fn may_report(app: &App, visitor: &Visitor) -> bool {
    visitor.who.is_some() || app.service().settings().report_without_login
}

fn again(
    app: &App,
    by: Visitor,
    category: &Category,
    form: Posted,
    problems: Vec<Problem>,
) -> Response {
    answer::returned(&shown::returned(app, by, category, form, problems))
}

/// The receipt once more, with what was changed since in the form that adds it.
async fn changed(
    app: &App,
    page: Page,
    category: &Category,
    form: &Posted,
    key: FormKey,
) -> Result<Response, Fault> {
    let before = app.service().filed_under(key).await?;
    let (receipt, report) = before.ok_or(Fault::Internal)?;
    let text = filing::changed(&page, category, form, &report);
    let form = Form::new(&page, follow_up::FAMILY, Posted::default().and("text", text));
    let files = files::field(app, &page, &form, form.optional(files::FILES));
    Ok(receipt_page(page, receipt, Some(Changed { form, files })))
}

fn receipt_page(page: Page, receipt: Receipt, changed: Option<Changed>) -> Response {
    let Receipt { number, follow_up_code: code, signed, .. } = receipt;
    let number = number.to_string();
    let status = if changed.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    answer::rendered(status, &ReceiptPage { page, number, code, signed, changed })
}
