//! `/reviews`: the annual management reviews, and the form to begin one.

pub(crate) mod asked;
pub(crate) mod attach;
pub(crate) mod one;
pub(crate) mod steps;

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use domain::ids::{ReviewId, UserId};
use domain::review::{OpenReview, Phase, ReviewNumber};
use serde::Deserialize;
use service::{Beginning, HandleError, ReviewStep};

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Field, Form, Posted, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::refusal;
use crate::routes;
use crate::times::Zone;

const FAMILY: &str = "review-begin";

#[derive(Template)]
#[template(path = "reviews.html")]
struct ReviewsPage {
    page: Page,
    rows: Vec<ShownRow>,
    next: Option<ShownNext>,
    /// Whether they begin reviews.
    may_begin: bool,
    /// Whether one is under way, so that none is begun.
    is_under_way: bool,
    form: Form,
    participants: Field,
}

/// A review in the list.
struct ShownRow {
    url: String,
    number: String,
    period: String,
    phase: Phase,
    color: &'static str,
}

/// When the next review is due.
struct ShownNext {
    words: String,
    is_due: bool,
}

/// The review an address names. What it names is looked up in the handler, once it is known who
/// asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReviewPath {
    number: ReviewNumber,
    /// As what it is asked for, by how the address ends.
    pub(crate) form: ReviewForm,
}

/// As what a review is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReviewForm {
    /// A page.
    Page,
    /// The document, as PDF.
    Document,
    /// Its figures, as a workbook.
    Figures,
}

#[derive(Deserialize)]
struct JustReview {
    review: String,
}

impl FromRequestParts<App> for ReviewPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<JustReview>::from_request_parts(parts, app).await;
        let Path(JustReview { review }) = path.map_err(|_| Fault::NotFound)?;
        let (name, form) = match review.split_once('.') {
            Some((name, "pdf")) => (name, ReviewForm::Document),
            Some((name, "xlsx")) => (name, ReviewForm::Figures),
            _ => (review.as_str(), ReviewForm::Page),
        };
        let number = name.parse().map_err(|_| Fault::NotFound)?;
        Ok(Self { number, form })
    }
}

impl ReviewPath {
    /// The review with this number, or the page that says there is none.
    pub(crate) fn find(self, app: &App) -> Result<(ReviewId, ReviewNumber), Fault> {
        let found = app.service().find_review(self.number);
        found.map(|review| (review, self.number)).ok_or(Fault::NotFound)
    }
}

/// Where a review is: `/reviews/2026-1`.
pub(crate) fn review_url(number: ReviewNumber) -> String {
    format!("/reviews/{number}")
}

/// The days a review looks back on.
pub(crate) fn period(known: &OpenReview) -> String {
    let day = |day: NaiveDate| day.format("%d.%m.%Y").to_string();
    format!("{} – {}", day(known.first), day(known.last))
}

/// The colour that goes with how far a review has come.
pub(crate) fn color(phase: Phase) -> &'static str {
    match phase {
        Phase::Preparing => "info",
        Phase::Held | Phase::Submitted => "warning",
        Phase::Approved => "success",
        Phase::Abandoned => "neutral",
    }
}

/// `GET /reviews`
pub(crate) async fn list(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let values = proposed(&person.page, app.zone());
    let form = Form::new(&person.page, FAMILY, values);
    Ok(answer::page(&shown(&app, person, form).await?))
}

/// `POST /reviews`: begins one.
pub(crate) async fn begin(
    State(app): State<App>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let key = form.key().ok_or(Fault::Unreadable)?;
    let problems = match read(&by.page, &form) {
        Err(problems) => problems,
        Ok(beginning) => match app.service().begin_review(&by.who, beginning, key).await {
            Ok(number) => return Ok(answer::go(&review_url(number))),
            Err(HandleError::Refused(refused)) => vec![refusal::problem(&by.page, &refused)],
            Err(error) => return Err(error.into()),
        },
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&shown(&app, by, form).await?))
}

fn read(page: &Page, form: &Posted) -> Result<Beginning, Vec<crate::forms::Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let mut day = |name: &str| {
        let text = reader.required_text(name);
        let day = Zone::read_day(&text);
        if day.is_none() && !text.is_empty() {
            reader.refuse_as(name, "register-not_a_day");
        }
        day
    };
    let (first, last) = (day("first"), day("last"));
    let participants: BTreeSet<UserId> = reader.several("participants");
    reader.finish(|| Some(Beginning { first: first?, last: last?, participants }))
}

/// The year that has passed.
fn proposed(page: &Page, zone: Zone) -> Posted {
    let year = zone.local(page.now()).year() - 1;
    Posted::default().and("first", format!("{year}-01-01")).and("last", format!("{year}-12-31"))
}

async fn shown(app: &App, person: Person, form: Form) -> Result<ReviewsPage, Fault> {
    let Person { page, who, .. } = person;
    let rows = app.service().reviews(&who, routes::REVIEWS).await?;
    let names = Names::new(app, &page);
    let is_open = |phase| !matches!(phase, Phase::Approved | Phase::Abandoned);
    let is_under_way = rows.iter().filter_map(|row| row.review.phase()).any(is_open);
    let rows = rows.into_iter().filter_map(|row| {
        let known = row.review.known()?;
        let phase = row.review.phase()?;
        Some(ShownRow {
            url: review_url(known.number),
            number: known.number.to_string(),
            period: period(known),
            phase,
            color: color(phase),
        })
    });
    let rows = rows.collect();
    let next = app.service().next_review(&who).map(|(_, due_at)| ShownNext {
        words: page.say_with("reviews-next", &[("day", page.day(&due_at).words().to_owned())]),
        is_due: due_at <= page.now(),
    });
    let participants = form.optional("participants").with(names.people(|_, _| true));
    let may_begin = who.roles.hold_any(ReviewStep::PrepareReview.roles());
    Ok(ReviewsPage { page, rows, next, may_begin, is_under_way, form, participants })
}
