//! `/receipt`: whether a signed receipt is ours, and its report unaltered. It shows nothing that is
//! not on the receipt, and takes no code and no sign-in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem, Reader};
use crate::identity::{Sent, Visitor};
use crate::names::Names;
use crate::page::Page;
use crate::pages::documents;
use crate::papers::Office;

const FAMILY: &str = "receipt_check";

#[derive(Template)]
#[template(path = "receipt_check.html")]
struct CheckPage {
    page: Page,
    form: Form,
    /// That it holds, and what it is for; empty where nothing was found yet.
    holds: String,
}

/// `GET /receipt`
pub(crate) async fn show(visitor: Visitor) -> Response {
    let form = Form::new(&visitor.page, FAMILY, Posted::default());
    answer::page(&CheckPage { page: visitor.page, form, holds: String::new() })
}

/// `POST /receipt`
pub(crate) async fn check(
    State(app): State<App>,
    Sent { by, form }: Sent<Visitor>,
) -> Result<Response, Fault> {
    let page = by.page;
    let mut reader = Reader::new(&page, FAMILY, &form);
    let text = reader.required_text("text");
    if let Err(problems) = reader.finish(|| Some(())) {
        return Ok(returned(page, form, problems));
    }
    let told = app.service().check_receipt(&text).await;
    let Some(told) = told.map_err(|error| Fault::internal(&error))? else {
        let sentence = page.say("receipt_check-does-not");
        let problem = Problem { field: Some("text".to_owned()), sentence };
        return Ok(returned(page, form, vec![problem]));
    };
    let received = page.moment(&told.at).words().to_owned();
    let arguments = [("number", told.case), ("received", received)];
    let holds = page.say_with("receipt_check-holds", &arguments);
    let form = Form::new(&page, FAMILY, form);
    Ok(answer::page(&CheckPage { page, form, holds }))
}

/// `POST /receipt/pdf`: the receipt as a document, made from its signed text alone.
pub(crate) async fn document(
    State(app): State<App>,
    Sent { by, form }: Sent<Visitor>,
) -> Result<Response, Fault> {
    let page = by.page;
    let text = form.text("text").to_owned();
    let told = app.service().check_receipt(&text).await;
    let Some(told) = told.map_err(|error| Fault::internal(&error))? else {
        let sentence = page.say("receipt_check-does-not");
        let problem = Problem { field: Some("text".to_owned()), sentence };
        return Ok(returned(page, form, vec![problem]));
    };
    let names = Names::new(&app, &page);
    let office = Office::new(&app, &page, &names);
    let document = crate::papers::receipt::document(&office, &told, &text);
    documents::file(&format!("{} {}.pdf", page.say("paper-receipt"), told.case), document).await
}

fn returned(page: Page, form: Posted, problems: Vec<Problem>) -> Response {
    let form = Form::returned(&page, FAMILY, form, problems);
    answer::returned(&CheckPage { page, form, holds: String::new() })
}
