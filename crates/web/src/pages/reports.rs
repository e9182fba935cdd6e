//! `/reports`: what somebody has reported under their own name, openly or in confidence.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Time;
use domain::case::Phase;
use domain::ids::CaseNumber;
use views::inbox::Row;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::routes;

#[derive(Template)]
#[template(path = "reports.html")]
struct ReportsPage {
    page: Page,
    reports: Vec<OwnReport>,
}

/// A report as its reporter sees it in the list.
struct OwnReport {
    number: CaseNumber,
    phase: Phase,
    reported_at: Time,
    category: String,
    summary: String,
}

/// `GET /reports`
pub(crate) async fn list(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let mut rows = app.service().own_reports(&who, routes::REPORTS).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.reported_at));
    let names = Names::new(&app, &page);
    let reports = rows.into_iter().map(|row| own_report(&page, &names, row)).collect();
    Ok(answer::page(&ReportsPage { page, reports }))
}

fn own_report(page: &Page, names: &Names, row: Row) -> OwnReport {
    OwnReport {
        number: row.number,
        phase: row.phase(),
        reported_at: row.reported_at,
        category: names.category(&row.category),
        summary: if row.summary.is_empty() { page.say("erased") } else { row.summary },
    }
}
