//! `/cases/{year}/{sequence}/measures/{measure}/verify`: whether a measure has the effect it was
//! meant to have.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Erasable;
use domain::case::Request;
use domain::case::command::VerifyMeasure;
use domain::case::state::{Measure, Progress};
use domain::ids::{CaseNumber, MeasureId};
use service::{CaseSight, Step};

use super::measure::refused;
use super::measures::facts;
use super::next::verification_path;
use super::path::{MeasurePath, case_url, done_url};
use super::wording::{Fact, Value, Wording};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::routes;

const FAMILY: &str = "verification";

#[derive(Template)]
#[template(path = "verification.html")]
struct VerificationPage {
    page: Page,
    number: CaseNumber,
    kind: String,
    facts: Vec<Fact>,
    case: String,
    action: String,
    form: Form,
    effect: Field,
    is_done: bool,
}

/// What was found of a measure's effect.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::EnumString, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
enum Effect {
    /// It has the effect it was meant to have.
    AsIntended,
    /// It has not, and is open again.
    None,
}

/// `GET /cases/{year}/{sequence}/measures/{measure}/verify`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: MeasurePath,
) -> Result<Response, Fault> {
    let seen = seen(&app, &person, path).await?;
    let form = Form::new(&person.page, FAMILY, Posted::default());
    Ok(answer::page(&shown(&app, person.page, &seen, path.measure, form)?))
}

/// `POST /cases/{year}/{sequence}/measures/{measure}/verify`
pub(crate) async fn submit(
    State(app): State<App>,
    path: MeasurePath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let problems = match read(&by.page, path.measure, &form) {
        Err(problems) => problems,
        Ok(request) => match app.service().step(&by.who, case, request, key).await {
            Ok(()) => return Ok(answer::go(&done_url(number, Step::VerifyMeasure))),
            Err(error) => refused(&by.page, error)?,
        },
    };
    let seen = seen(&app, &by, path).await?;
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, by.page, &seen, path.measure, form)?))
}

/// The case, for those who look at what its measures led to.
async fn seen(app: &App, person: &Person, path: MeasurePath) -> Result<CaseSight, Fault> {
    let (case, _) = path.find(app)?;
    let seen = app.service().case_file(&person.who, case, routes::MEASURE_VERIFY).await?;
    let may = seen.steps.contains(&Step::VerifyMeasure);
    may.then_some(seen).ok_or(Fault::NotPermitted)
}

fn read(page: &Page, measure: MeasureId, form: &Posted) -> Result<Request, Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let effect: Option<Effect> = reader.required_choice("effect");
    let finding = Erasable::known(reader.required_text("finding"));
    reader.finish(|| {
        let effective = effect? == Effect::AsIntended;
        Some(Request::VerifyMeasure(VerifyMeasure { measure, effective, finding }))
    })
}

fn shown(
    app: &App,
    page: Page,
    seen: &CaseSight,
    id: MeasureId,
    form: Form,
) -> Result<VerificationPage, Fault> {
    let known = &seen.file.known;
    let measure: &Measure = known.measures.get(&id).ok_or(Fault::NotFound)?;
    let names = Names::new(app, &page);
    let wording = Wording::new(&page, &names);
    let number = known.report.number;
    Ok(VerificationPage {
        number,
        kind: wording.term("measure_kind", measure.kind),
        facts: facts(&wording, measure),
        case: case_url(number),
        action: verification_path(number, id),
        effect: form.field("effect").with(Choice::terms::<Effect>(page.texts(), "effect")),
        form,
        is_done: matches!(measure.progress, Progress::Completed { .. }),
        page,
    })
}
