//! `/cases/{year}/{sequence}/attachments/{attachment}/by-email`: whether an attached file may go by
//! e-mail, and what in it may not.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use service::{FileFinding, Place};

use super::attachments::AtAttachment;
use super::path::{CasePath, case_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::page::Page;
use crate::routes;

/// Findings that are listed: after them, there is no doubt.
const LISTED_MAX: usize = 50;

#[derive(Template)]
#[template(path = "by_email.html")]
struct ByEmailPage {
    page: Page,
    case: String,
    number: String,
    name: String,
    found: Vec<String>,
    more: usize,
    is_unread: bool,
}

/// `GET /cases/{year}/{sequence}/attachments/{attachment}/by-email`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: CasePath,
    AtAttachment(attachment): AtAttachment,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let looked = app.service().file_by_email(&by.who, case, attachment, routes::FILE_BY_EMAIL);
    let (name, findings) = looked.await?;
    let found = findings.iter().take(LISTED_MAX).map(|it| worded(&by.page, it)).collect();
    Ok(answer::page(&ByEmailPage {
        case: case_url(number),
        number: number.to_string(),
        name,
        found,
        more: findings.len().saturating_sub(LISTED_MAX),
        is_unread: findings.iter().any(|it| it.place == Place::Whole),
        page: by.page,
    }))
}

fn worded(page: &Page, it: &FileFinding) -> String {
    let what = page.term("guarded", &it.what);
    page.say_with("by-email-found", &[("what", what), ("place", place(page, &it.place))])
}

fn place(page: &Page, place: &Place) -> String {
    match place {
        Place::Name => page.say("file_place-name"),
        Place::Line(line) => page.say_with("file_place-line", &[("line", line.to_string())]),
        Place::Page(number) => page.say_with("file_place-page", &[("page", number.to_string())]),
        Place::Cell { sheet, cell } => {
            page.say_with("file_place-cell", &[("sheet", sheet.clone()), ("cell", cell.clone())])
        }
        Place::Beside => page.say("file_place-beside"),
        Place::Whole => page.say("file_place-whole"),
    }
}
