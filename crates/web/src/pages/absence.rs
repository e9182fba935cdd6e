//! `/absence`: somebody who handles cases says that they are away, or back.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Time;
use serde::Deserialize;
use service::HandleError;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Reader};
use crate::identity::{Person, Sent};
use crate::refusal;
use crate::routes;

const FAMILY: &str = "absence";

#[derive(Template)]
#[template(path = "absence.html")]
struct AbsencePage {
    page: crate::page::Page,
    form: Form,
    /// The form of whoever is back.
    back: Form,
    away_until: Option<Time>,
    done: &'static str,
}

/// What was just done.
#[derive(Deserialize)]
pub(crate) struct Said {
    done: Option<String>,
}

/// `GET /absence`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Query(said): Query<Said>,
) -> Response {
    let form = Form::new(&person.page, FAMILY, Posted::default());
    let done = match said.done.as_deref() {
        Some("recorded") => "absence-recorded",
        Some("ended") => "absence-ended",
        _ => "",
    };
    answer::page(&AbsencePage { done, ..shown(&app, person, form) })
}

/// `POST /absence`
pub(crate) async fn submit(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let key = form.key().ok_or(Fault::Unreadable)?;
    let mut reader = Reader::new(&by.page, FAMILY, &form);
    let until = reader.required_moment("until");
    let problems = match reader.finish(|| until) {
        Err(problems) => problems,
        Ok(until) => match app.service().be_away(&by.who, Some(until), key).await {
            Ok(()) => return Ok(answer::go(&format!("{}?done=recorded", routes::ABSENCE))),
            Err(HandleError::Refused(refused)) => vec![crate::forms::Problem {
                field: Some("until".to_owned()),
                sentence: refusal::sentence(&by.page, &refused),
            }],
            Err(error) => return Err(error.into()),
        },
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, by, form)))
}

/// `POST /absence/end`
pub(crate) async fn end(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let key = form.key().ok_or(Fault::Unreadable)?;
    app.service().be_away(&by.who, None, key).await?;
    Ok(answer::go(&format!("{}?done=ended", routes::ABSENCE)))
}

fn shown(app: &App, person: Person, form: Form) -> AbsencePage {
    let Person { page, who, .. } = person;
    let away_until = app.service().organisation().away_until(who.user, page.now());
    let back = Form::new(&page, FAMILY, Posted::default());
    AbsencePage { page, form, back, away_until, done: "" }
}
