//! `/reviews/{review}/inquiries/{inquiry}` and `/reviews/{review}/resolutions/{resolution}`: what
//! is asked of somebody in a review, and what they answer for. They see that, and nothing else of
//! the review.

use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::Erasable;
use domain::ids::{InquiryId, ResolutionId, ReviewId};
use domain::review::Request;
use serde::Deserialize;
use service::HandleError;
use uuid::Uuid;

use super::{ReviewPath, review_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::pages::case::wording::{Fact, Value, Wording};
use crate::papers::Office;
use crate::papers::review::progress;
use crate::refusal;
use crate::routes;

const INPUT: &str = "review-answer";
const RESOLUTION: &str = "review-carry-out";

#[derive(Template)]
#[template(path = "review_asked.html")]
struct AskedPage {
    page: Page,
    title: String,
    back: &'static str,
    back_words: String,
    facts: Vec<Fact>,
    action: String,
    /// The field; none once there is nothing to write.
    field: Option<&'static str>,
    submit: String,
    form: Form,
}

/// The question or the resolution an address names.
pub(crate) struct AtPart(Uuid);

#[derive(Deserialize)]
struct JustPart {
    part: Uuid,
}

impl FromRequestParts<App> for AtPart {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<JustPart>::from_request_parts(parts, app).await;
        path.map(|Path(path)| Self(path.part)).map_err(|_| Fault::NotFound)
    }
}

/// `GET /reviews/{review}/inquiries/{part}`
pub(crate) async fn input(
    State(app): State<App>,
    by: Person,
    path: ReviewPath,
    AtPart(part): AtPart,
) -> Result<Response, Fault> {
    let form = Form::new(&by.page, INPUT, Posted::default());
    Ok(answer::page(&shown_input(&app, by, path, InquiryId(part), form).await?))
}

/// `POST /reviews/{review}/inquiries/{part}`: an answer.
pub(crate) async fn answer_input(
    State(app): State<App>,
    path: ReviewPath,
    AtPart(part): AtPart,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (review, number) = path.find(&app)?;
    let inquiry = InquiryId(part);
    let mut reader = Reader::new(&by.page, INPUT, &form);
    let text = Erasable::known(reader.required_text("text"));
    let request = reader.finish(|| Some(Request::Answer { inquiry, text }));
    let Some(problems) = taken(&app, &by, review, request, &form).await? else {
        return Ok(answer::go(&format!("{}/inquiries/{inquiry}", review_url(number))));
    };
    let form = Form::returned(&by.page, INPUT, form, problems);
    Ok(answer::returned(&shown_input(&app, by, path, inquiry, form).await?))
}

/// `GET /reviews/{review}/resolutions/{part}`
pub(crate) async fn resolution(
    State(app): State<App>,
    by: Person,
    path: ReviewPath,
    AtPart(part): AtPart,
) -> Result<Response, Fault> {
    let form = Form::new(&by.page, RESOLUTION, Posted::default());
    Ok(answer::page(&shown_resolution(&app, by, path, ResolutionId(part), form).await?))
}

/// `POST /reviews/{review}/resolutions/{part}`: it is done.
pub(crate) async fn carry_out(
    State(app): State<App>,
    path: ReviewPath,
    AtPart(part): AtPart,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (review, number) = path.find(&app)?;
    let resolution = ResolutionId(part);
    let mut reader = Reader::new(&by.page, RESOLUTION, &form);
    let account = Erasable::known(reader.required_text("text"));
    let request = reader.finish(|| Some(Request::CarryOut { resolution, account }));
    let Some(problems) = taken(&app, &by, review, request, &form).await? else {
        return Ok(answer::go(&format!("{}/resolutions/{resolution}", review_url(number))));
    };
    let form = Form::returned(&by.page, RESOLUTION, form, problems);
    Ok(answer::returned(&shown_resolution(&app, by, path, resolution, form).await?))
}

/// Takes the step, or says what is to be corrected.
async fn taken(
    app: &App,
    by: &Person,
    review: ReviewId,
    request: Result<Request, Vec<Problem>>,
    form: &Posted,
) -> Result<Option<Vec<Problem>>, Fault> {
    let key = form.key().ok_or(Fault::Unreadable)?;
    let request = match request {
        Ok(request) => request,
        Err(problems) => return Ok(Some(problems)),
    };
    match app.service().review_step(&by.who, review, request, key).await {
        Ok(()) => Ok(None),
        Err(HandleError::Refused(refused)) => Ok(Some(vec![refusal::problem(&by.page, &refused)])),
        Err(error) => Err(error.into()),
    }
}

async fn shown_input(
    app: &App,
    by: Person,
    path: ReviewPath,
    inquiry: InquiryId,
    form: Form,
) -> Result<AskedPage, Fault> {
    let (review, number) = path.find(app)?;
    let seen = app.service().input_asked(&by.who, review, inquiry, routes::REVIEW_INQUIRY).await?;
    let page = by.page;
    let names = Names::new(app, &page);
    let wording = Wording::new(&page, &names);
    let it = &seen.input.inquiry;
    let mut facts = vec![
        wording.fact("review-point", page.term("agenda", &seen.input.item)),
        wording.text("inquiry-asked", &it.text),
        wording.time("inquiry-due", it.due_at),
    ];
    facts.extend(it.answers.iter().map(|answer| wording.text("review-answer", &answer.text)));
    Ok(AskedPage {
        title: page.say_with("review-asked-title", &[("number", number.to_string())]),
        back: routes::INQUIRIES,
        back_words: page.say("inquiry-back"),
        facts,
        action: format!("{}/inquiries/{inquiry}", review_url(number)),
        field: Some("text"),
        submit: page.say("inquiry-submit"),
        form,
        page,
    })
}

async fn shown_resolution(
    app: &App,
    by: Person,
    path: ReviewPath,
    resolution: ResolutionId,
    form: Form,
) -> Result<AskedPage, Fault> {
    let (review, number) = path.find(app)?;
    let seen =
        app.service().resolution(&by.who, review, resolution, routes::REVIEW_RESOLUTION).await?;
    let page = by.page;
    let names = Names::new(app, &page);
    let office = Office::new(app, &page, &names);
    let (wording, it) = (&office.wording, &seen.resolution);
    let mut facts = vec![
        wording.text("review-resolution-text", &it.text),
        wording.fact("review-resolution-owner", wording.person(it.owner)),
        wording.time("review-resolution-due", it.due_at),
        wording.fact("review-resolution-progress", progress(&office, it)),
    ];
    facts.extend(
        it.carried_out.iter().map(|done| wording.text("review-resolution-account", &done.text)),
    );
    let is_open = it.carried_out.is_none() && !seen.is_carried_over;
    Ok(AskedPage {
        title: page.say_with("review-resolution-title", &[("number", number.to_string())]),
        back: routes::MEASURES,
        back_words: page.say("measure-back-to-list"),
        facts,
        action: format!("{}/resolutions/{resolution}", review_url(number)),
        field: is_open.then_some("text"),
        submit: page.say("completion-submit"),
        form,
        page,
    })
}
