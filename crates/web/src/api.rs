//! The JSON API for programs, under `/api/v1`, and its description at `/api/openapi.json`.
//!
//! A program shows a bearer token and never a cookie, so that no other site can make a browser use
//! it. Requests and answers are types of their own: what a program sees changes only on purpose.
//! To add an address: a handler with its description in `api/<noun>.rs`, and a line in [`v1`].

mod asked;
pub(crate) mod assessments;
mod attachments;
mod audits;
mod case;
mod cases;
mod categories;
mod documents;
mod duties;
mod erasure;
pub(crate) mod facts;
mod failure;
mod instant;
mod letters;
mod measures;
mod notification;
mod opening;
mod organisation;
mod precedents;
mod problem;
mod problems;
mod refused;
mod register;
mod reports;
mod reviews;
mod shapes;
mod statistics;
mod steps;
mod timeline;
mod traces;
mod unfit;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{any, get};
use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::failure::{Failure, dress};
use self::steps::{closing, confirmations, dealings, inquiries, intake, risk};
use crate::{App, queue, security};

/// Where everything of the first version is.
const V1: &str = "/api/v1";

/// Where the description is.
const DESCRIPTION: &str = "/api/openapi.json";

/// Bytes of a body: as much as a form may have.
const BODY_BYTES_MAX: usize = 256 * 1024;

const REPORTS: &str = "Reports";
const CASES: &str = "Cases";
const STEPS: &str = "Steps";
const MEASURES: &str = "Measures";
const DUTIES: &str = "Duties";
const ASSESSMENT: &str = "Assessment";
const REGISTER: &str = "Register";
const REVIEWS: &str = "Reviews";
const TRACES: &str = "Traces";
const ORGANISATION: &str = "Organisation";

/// The name of the security scheme.
const TOKEN: &str = "token";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Avvik",
        description = "Handling of data-breach deviations: from the report, under the 72-hour \
                       clock, to the closed case. Times are instants in UTC (RFC 3339). Errors \
                       are problem details (RFC 9457).",
    ),
    servers((url = "/", description = "This service.")),
    tags(
        (name = REPORTS, description = "Reporting a deviation."),
        (name = CASES, description = "Reading cases. Every look leaves a line in the access log."),
        (name = STEPS, description = "Taking steps in a case. Who may take which is in each \
                                      case's `steps`."),
        (name = MEASURES, description = "Measures across cases."),
        (name = ASSESSMENT, description = "What follows from facts, without a case."),
        (name = DUTIES, description = "Duties and their clocks."),
        (name = REGISTER, description = "The register of breaches (GDPR art. 33(5))."),
        (name = REVIEWS, description = "The annual management reviews."),
        (name = TRACES, description = "Who looked at what, and why."),
        (name = ORGANISATION, description = "What others refer to by identifier."),
    ),
    security(("token" = [])),
    components(schemas(problem::Problem)),
    modifiers(&BearerToken),
)]
struct Api;

struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, description: &mut Description) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token that `avvik token` made, beginning with `avvik_`."))
            .build();
        let components = description.components.get_or_insert_default();
        components.add_security_scheme(TOKEN, SecurityScheme::Http(scheme));
    }
}

/// Every address of the API.
pub(crate) fn router(app: App) -> Router<App> {
    let (router, description) = OpenApiRouter::with_openapi(Api::openapi())
        .nest(V1, v1().merge(uploads(&app)))
        .split_for_parts();
    let description = description.to_json().expect("a description is plain data");
    let description = axum::body::Bytes::from(description);
    let json = [(header::CONTENT_TYPE, "application/json")];
    router
        .route(DESCRIPTION, get(async move || (json, description).into_response()))
        .route("/api/{*elsewhere}", any(async || Failure::NotFound))
        .layer(from_fn_with_state(app, dress))
}

/// The addresses to which files are sent.
fn uploads(app: &App) -> OpenApiRouter<App> {
    let files = attachments::in_base64(app.file_bytes_max());
    OpenApiRouter::new()
        .routes(routes!(reports::file))
        .routes(routes!(attachments::attach))
        .routes(routes!(notification::record))
        .routes(routes!(inquiries::answer))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX + files))
        .layer(security::within(security::UPLOAD_WITHIN))
        .layer(from_fn_with_state(app.clone(), queue::wait))
}

#[expect(clippy::too_many_lines, reason = "a line for each address, and nothing else")]
fn v1() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(cases::list))
        .routes(routes!(cases::search))
        .routes(routes!(case::show))
        .routes(routes!(timeline::show))
        .routes(routes!(opening::open))
        .routes(routes!(intake::receive))
        .routes(routes!(intake::reclassify))
        .routes(routes!(intake::assign))
        .routes(routes!(intake::involve))
        .routes(routes!(intake::establish_awareness))
        .routes(routes!(intake::ask))
        .routes(routes!(intake::close_as_not_a_deviation))
        .routes(routes!(risk::assess))
        .routes(routes!(risk::decide_on_authority))
        .routes(routes!(notification::show))
        .routes(routes!(notification::draft))
        .routes(routes!(risk::decide_on_people))
        .routes(routes!(risk::tell_people))
        .routes(routes!(letters::list, letters::write))
        .routes(routes!(letters::recipients::list, letters::recipients::say))
        .routes(routes!(letters::sign))
        .routes(routes!(letters::start))
        .routes(routes!(letters::stop))
        .routes(routes!(letters::record))
        .routes(routes!(steps::measures::propose))
        .routes(routes!(steps::measures::complete))
        .routes(routes!(steps::measures::verify))
        .routes(routes!(steps::corrections::measure))
        .routes(routes!(steps::corrections::fulfilment))
        .routes(routes!(steps::corrections::involved))
        .routes(routes!(inquiries::make))
        .routes(routes!(confirmations::ask))
        .routes(routes!(inquiries::show))
        .routes(routes!(inquiries::hand_out))
        .routes(routes!(inquiries::withdraw))
        .routes(routes!(inquiries::list))
        .routes(routes!(dealings::contribute))
        .routes(routes!(dealings::note))
        .routes(routes!(dealings::refer))
        .routes(routes!(dealings::correspond))
        .routes(routes!(dealings::link))
        .routes(routes!(dealings::merge))
        .routes(routes!(dealings::review))
        .routes(routes!(dealings::similar))
        .routes(routes!(precedents::list))
        .routes(routes!(documents::draft_memo))
        .routes(routes!(documents::exempt))
        .routes(routes!(documents::give))
        .routes(routes!(documents::hand_out))
        .routes(routes!(closing::submit_memo))
        .routes(routes!(closing::send_back))
        .routes(routes!(closing::close))
        .routes(routes!(closing::reopen))
        .routes(routes!(steps::archive::prepare))
        .routes(routes!(steps::archive::receipt))
        .routes(routes!(attachments::hand_out))
        .routes(routes!(erasure::erase, erasure::show))
        .routes(routes!(measures::list))
        .routes(routes!(register::read))
        .routes(routes!(statistics::read))
        .routes(routes!(reviews::list))
        .routes(routes!(reviews::show))
        .routes(routes!(reviews::document))
        .routes(routes!(reviews::figures))
        .routes(routes!(categories::list))
        .routes(routes!(assessments::preview))
        .routes(routes!(duties::clocks))
        .routes(routes!(duties::question_clocks))
        .routes(routes!(duties::establish_facts))
        .routes(routes!(steps::risk::override_severity))
        .routes(routes!(duties::fulfil))
        .routes(routes!(traces::who_looked))
        .routes(routes!(traces::openings))
        .routes(routes!(traces::review_opening))
        .routes(routes!(audits::list))
        .routes(routes!(audits::grant))
        .routes(routes!(audits::revoke))
        .routes(routes!(traces::alerts))
        .routes(routes!(traces::review_alert))
        .routes(routes!(organisation::units))
        .routes(routes!(organisation::people))
        .routes(routes!(organisation::be_away))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(security::within(security::ANSWER_WITHIN))
}
