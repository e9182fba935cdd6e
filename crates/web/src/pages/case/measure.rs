//! `/cases/{year}/{sequence}/measures/{measure}`: one measure, for whoever is to carry it out.
//! It shows the measure and nothing else of the case.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Erasable;
use domain::case::Request;
use domain::case::command::CompleteMeasure;
use domain::ids::{CaseNumber, MeasureId};
use service::{HandleError, SignedIn, Step};
use views::measures::{Row, State as MeasureState};

use super::next::measure_path;
use super::path::{MeasurePath, case_url, done_url};
use super::wording::{Fact, Value, Wording};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::refusal;
use crate::routes;

const FAMILY: &str = "completion";

#[derive(Template)]
#[template(path = "measure.html")]
struct MeasurePage {
    page: Page,
    number: CaseNumber,
    kind: String,
    state: &'static str,
    color: &'static str,
    facts: Vec<Fact>,
    case: Option<String>,
    action: String,
    form: Form,
    is_to_be_done: bool,
}

/// `GET /cases/{year}/{sequence}/measures/{measure}`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: MeasurePath,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let row = app.service().measure(&person.who, case, path.measure, routes::MEASURE).await?;
    let form = Form::new(&person.page, FAMILY, Posted::default());
    Ok(answer::page(&shown(&app, person, &row, form)))
}

/// `POST /cases/{year}/{sequence}/measures/{measure}/complete`
pub(crate) async fn complete(
    State(app): State<App>,
    path: MeasurePath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let row = app.service().measure(&by.who, case, path.measure, routes::MEASURE).await?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let problems = match read(&by.page, path.measure, &form) {
        Err(problems) => problems,
        Ok(request) => match app.service().step(&by.who, case, request, key).await {
            Ok(()) => return Ok(answer::go(&done(&app, &by.who, &row, number))),
            Err(error) => refused(&by.page, error)?,
        },
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, by, &row, form)))
}

fn read(page: &Page, measure: MeasureId, form: &Posted) -> Result<Request, Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let account = Erasable::known(reader.required_text("account"));
    let completed = CompleteMeasure { measure, account, review_due_at: None };
    reader.finish(|| Some(Request::CompleteMeasure(completed)))
}

/// Where somebody goes on once the measure is done: the case, if it is theirs to see.
fn done(app: &App, who: &SignedIn, row: &Row, number: CaseNumber) -> String {
    if app.service().may_see_case(who, row.case) {
        done_url(number, Step::CompleteMeasure)
    } else {
        measure_path(number, row.measure)
    }
}

/// What the rules say is wrong with a form; what is not there or not theirs is a page of its own.
pub(in crate::pages) fn refused(page: &Page, error: HandleError) -> Result<Vec<Problem>, Fault> {
    match error {
        HandleError::Refused(service::Refusal::NoSuchCase | service::Refusal::NotPermitted) => {
            Err(error.into())
        }
        HandleError::Refused(refused) => Ok(vec![refusal::problem(page, &refused)]),
        error => Err(error.into()),
    }
}

fn shown(app: &App, person: Person, row: &Row, form: Form) -> MeasurePage {
    let Person { page, who, .. } = person;
    let names = Names::new(app, &page);
    let wording = Wording::new(&page, &names);
    let (state, color) = state(row, &page);
    let may_complete = row.owner == who.user || who.roles.hold_any(Step::CompleteMeasure.roles());
    MeasurePage {
        number: row.number,
        kind: wording.term("measure_kind", row.kind),
        state,
        color,
        facts: vec![
            wording.text("case-measure-description", &row.description),
            wording.fact("case-measure-owner", wording.person(row.owner)),
            wording.time("case-measure-due", row.due_at),
        ],
        case: app.service().may_see_case(&who, row.case).then(|| case_url(row.number)),
        action: format!("{}/complete", measure_path(row.number, row.measure)),
        form,
        is_to_be_done: row.state == MeasureState::Open && may_complete,
        page,
    }
}

fn state(row: &Row, page: &Page) -> (&'static str, &'static str) {
    match row.state {
        MeasureState::Open if row.is_overdue(page.now()) => ("measures-state-overdue", "danger"),
        MeasureState::Open => ("measures-state-open", "info"),
        MeasureState::Completed => ("measures-state-completed", "warning"),
        MeasureState::Verified => ("measures-state-verified", "success"),
    }
}
