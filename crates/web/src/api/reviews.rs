//! The annual management reviews: the list, and one of them as it stands or stood at a place in the
//! log, with its document and figures as files.

mod body;

use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use domain::Position;
use domain::review::ReviewNumber;
use serde::{Deserialize, Serialize};
use service::ReviewSight;
use service::reviews::{ReviewRow, TEMPLATE};
use utoipa::{IntoParams, ToSchema};

use self::body::ReviewBody;
use super::asked::{Caller, Query};
use super::failure::Failure;
use super::measures::PartQuery;
use super::problems::{CaseProblems, ListProblems};
use super::shapes::Listed;
use super::words::{ReviewPhase, Word};
use crate::App;
use crate::pages::reviews::ReviewForm;
use crate::pages::reviews::one::handed_out;

/// A review in an address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ReviewPath {
    /// The number of the review.
    #[param(example = "2026-1")]
    review: String,
}

/// From where in the log a review is told.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewQuery {
    /// The review as it stood at this place in the log; as it stands when left out. The same place
    /// and template give the same answer for ever.
    position: Option<u64>,
    /// The version of the template it is told by. One of another than the service has today is not
    /// found.
    template: Option<u32>,
}

/// The number that an address names.
pub(crate) struct AtReview(ReviewNumber);

/// A review in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewInList {
    /// Its number.
    review: String,
    /// The first of the days it looks back on.
    from: NaiveDate,
    /// The last of them.
    until: NaiveDate,
    /// How far it has come.
    phase: ReviewPhase,
    /// When the next review is due, once this one is approved.
    next_due_at: Option<DateTime<Utc>>,
}

impl ReviewInList {
    fn new(row: &ReviewRow) -> Option<Self> {
        let known = row.review.known()?;
        Some(Self {
            review: known.number.to_string(),
            from: known.first,
            until: known.last,
            phase: Word(row.review.phase()?),
            next_due_at: row.review.approved().map(|it| it.approval.next_due_at),
        })
    }
}

impl FromRequestParts<App> for AtReview {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = Path::<ReviewPath>::from_request_parts(parts, app).await;
        let Path(ReviewPath { review }) = path.map_err(|_| Failure::NotFound)?;
        review.parse().map(Self).map_err(|_| Failure::NotFound)
    }
}

/// List the management reviews
///
/// Those that the token's holder may see, the newest first.
#[utoipa::path(
    get, path = "/reviews", tag = super::REVIEWS, operation_id = "list_reviews",
    params(PartQuery),
    responses(
        (status = 200, description = "The reviews.", body = Listed<ReviewInList>),
        ListProblems,
    ),
)]
pub(crate) async fn list(
    caller: Caller,
    Query(part): Query<PartQuery>,
) -> Result<Json<Listed<ReviewInList>>, Failure> {
    let rows = caller.service().reviews(&caller.who, "/api/v1/reviews").await?;
    let rows = rows.iter().filter_map(ReviewInList::new).collect();
    Ok(Json(Listed::part(rows, part.into(), |row| row)))
}

/// Read a management review
///
/// The agenda with what was prepared, asked, answered, written and resolved, told from one place in
/// the log: with that `position` and `template` it is told the same for ever. People stand by their
/// identifiers. Whoever reads reviews once they are approved is not shown how this one came about.
#[utoipa::path(
    get, path = "/reviews/{review}", tag = super::REVIEWS, operation_id = "read_review",
    params(ReviewPath, ReviewQuery),
    responses((status = 200, description = "The review.", body = ReviewBody), CaseProblems),
)]
pub(crate) async fn show(
    caller: Caller,
    AtReview(number): AtReview,
    Query(asked): Query<ReviewQuery>,
) -> Result<Json<ReviewBody>, Failure> {
    let seen = seen(&caller, number, &asked, "/api/v1/reviews/{review}").await?;
    ReviewBody::new(&seen).map(Json).ok_or(Failure::NotFound)
}

/// Get the document of a management review
///
/// As PDF/A-2a and PDF/UA-1, in the organisation's own language.
#[utoipa::path(
    get, path = "/reviews/{review}/document", tag = super::REVIEWS,
    operation_id = "get_review_document", params(ReviewPath, ReviewQuery),
    responses(
        (status = 200, description = "The document.", content_type = "application/pdf"),
        CaseProblems,
    ),
)]
pub(crate) async fn document(
    State(app): State<App>,
    caller: Caller,
    AtReview(number): AtReview,
    Query(asked): Query<ReviewQuery>,
) -> Result<Response, Failure> {
    let seen = seen(&caller, number, &asked, "/api/v1/reviews/{review}/document").await?;
    let document = handed_out(&app, &seen, number, ReviewForm::Document).await;
    document.map_err(|_| Failure::Internal)
}

/// Get the figures of a management review
///
/// As a workbook with a sheet for each table, in the organisation's own language. There are none
/// before the review was prepared.
#[utoipa::path(
    get, path = "/reviews/{review}/figures", tag = super::REVIEWS,
    operation_id = "get_review_figures", params(ReviewPath, ReviewQuery),
    responses(
        (
            status = 200, description = "The workbook.",
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        CaseProblems,
    ),
)]
pub(crate) async fn figures(
    State(app): State<App>,
    caller: Caller,
    AtReview(number): AtReview,
    Query(asked): Query<ReviewQuery>,
) -> Result<Response, Failure> {
    let seen = seen(&caller, number, &asked, "/api/v1/reviews/{review}/figures").await?;
    if seen.prepared.is_none() {
        return Err(Failure::NotFound);
    }
    let figures = handed_out(&app, &seen, number, ReviewForm::Figures).await;
    figures.map_err(|_| Failure::Internal)
}

async fn seen(
    caller: &Caller,
    number: ReviewNumber,
    asked: &ReviewQuery,
    page: &'static str,
) -> Result<ReviewSight, Failure> {
    let service = caller.service();
    let is_known = asked.template.is_none_or(|it| it == TEMPLATE);
    let review = service.find_review(number).filter(|_| is_known).ok_or(Failure::NotFound)?;
    let up_to = asked.position.map(Position);
    Ok(service.review(&caller.who, review, up_to, page).await?)
}
