//! `/decisions`: what waits for the controller: memos, and clocks that run while nobody has
//! decided whether the authority is notified.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use views::inbox::Row;

use super::case_row::CaseRow;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::routes;

#[derive(Template)]
#[template(path = "decisions.html")]
struct DecisionsPage {
    page: Page,
    memos: Vec<CaseRow>,
    undecided: Vec<CaseRow>,
}

/// `GET /decisions`
pub(crate) async fn show(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let memos = app.service().awaiting_closure(&who, routes::DECISIONS).await?;
    let undecided = app.service().undecided(&who, routes::DECISIONS).await?;
    let names = Names::new(&app, &page);
    let shown = |row: Row| {
        let overdue = app.service().inquiries_overdue(row.case);
        CaseRow::new(&page, &names, row, overdue)
    };
    let memos = memos.into_iter().map(shown).collect();
    let undecided = undecided.into_iter().map(shown).collect();
    Ok(answer::page(&DecisionsPage { page, memos, undecided }))
}
