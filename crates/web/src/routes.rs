//! Every address there is.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::fault::{Fault, dress};
use crate::forms::posted::FORM_BYTES_MAX;
use crate::pages::administration::{self, people, person, tokens, units};
use crate::pages::{
    absence, access_log, alerts, archive, audits, calendar, case, clocks, confirm, decisions,
    documents, erasure, follow_up, inbox, inquiries, letters, measures, notification, openings,
    outside_role, password, post as outgoing, receipt, register, report, reports,
    reviews as to_reviews, secret_link, shortcuts, sign_in, start, statistics, steps, who_looked,
};
use crate::{App, api, assets, health, queue, security};

pub(crate) const START: &str = "/";
pub(crate) const SIGN_IN: &str = "/sign-in";
pub(crate) const SIGN_OUT: &str = "/sign-out";
pub(crate) const PASSWORD: &str = "/password";
pub(crate) const REPORT: &str = "/report";
pub(crate) const REPORT_CATEGORY: &str = "/report/{category}";
pub(crate) const FOLLOW_UP: &str = "/follow-up";
pub(crate) const FOLLOW_UP_ADD: &str = "/follow-up/add";
pub(crate) const FOLLOW_UP_ANSWER: &str = "/follow-up/answer";
pub(crate) const RECEIPT: &str = "/receipt";
pub(crate) const RECEIPT_PDF: &str = "/receipt/pdf";
pub(crate) const REPORTS: &str = "/reports";
pub(crate) const CASE_STEP: &str = "/cases/{year}/{sequence}/{step}";
pub(crate) const CASE_COMPARE: &str = "/cases/{year}/{sequence}/compare";
pub(crate) const CASE_ATTACH: &str = "/cases/{year}/{sequence}/attach";
pub(crate) const ATTACHMENT: &str = "/cases/{year}/{sequence}/attachments/{attachment}";
pub(crate) const FILE_BY_EMAIL: &str = "/cases/{year}/{sequence}/attachments/{attachment}/by-email";
pub(crate) const LETTERS: &str = "/cases/{year}/{sequence}/letters";
pub(crate) const LETTER_NEW: &str = "/cases/{year}/{sequence}/letters/new/{kind}/{language}";
pub(crate) const LETTER: &str = "/cases/{year}/{sequence}/letters/{letter}";
pub(crate) const LETTER_TEXT: &str = "/cases/{year}/{sequence}/letters/{letter}/text/{language}";
pub(crate) const LETTER_PREVIEW: &str = "/cases/{year}/{sequence}/letters/{letter}/preview";
pub(crate) const LETTER_RECIPIENTS: &str = "/cases/{year}/{sequence}/letters/{letter}/recipients";
pub(crate) const LETTER_REMOVE: &str =
    "/cases/{year}/{sequence}/letters/{letter}/recipients/remove";
pub(crate) const LETTER_IMPORT: &str = "/cases/{year}/{sequence}/letters/{letter}/import";
pub(crate) const LETTER_MAP: &str = "/cases/{year}/{sequence}/letters/{letter}/import/map";
pub(crate) const LETTER_SIGN: &str = "/cases/{year}/{sequence}/letters/{letter}/sign";
pub(crate) const LETTER_START: &str = "/cases/{year}/{sequence}/letters/{letter}/start";
pub(crate) const LETTER_STOP: &str = "/cases/{year}/{sequence}/letters/{letter}/stop";
pub(crate) const LETTER_RECORD: &str = "/cases/{year}/{sequence}/letters/{letter}/record";
pub(crate) const LETTER_BUNDLE: &str = "/cases/{year}/{sequence}/letters/{letter}/bundles/{bundle}";
pub(crate) const NOTIFICATION: &str = "/cases/{year}/{sequence}/notification";
pub(crate) const NOTICE_WRITE: &str = "/cases/{year}/{sequence}/notification/own/{view}/{section}";
pub(crate) const NOTICE_RECORD: &str = "/cases/{year}/{sequence}/notification/record";
pub(crate) const NOTICE_SENT: &str = "/cases/{year}/{sequence}/notification/sent/{notice}";
pub(crate) const DOCUMENTS: &str = "/cases/{year}/{sequence}/documents";
pub(crate) const DOCUMENT: &str = "/cases/{year}/{sequence}/documents/{document}";
pub(crate) const CASE_ARCHIVE: &str = "/cases/{year}/{sequence}/archive";
pub(crate) const ARCHIVE_RECEIPT: &str = "/cases/{year}/{sequence}/archive/receipt";
pub(crate) const CASE_ERASE: &str = "/cases/{year}/{sequence}/erase";
pub(crate) const ERASURE: &str = "/erasure";
pub(crate) const INBOX: &str = "/inbox";
pub(crate) const INBOX_FILTERS: &str = "/inbox/filters";
pub(crate) const INBOX_FILTER: &str = "/inbox/filters/{filter}";
pub(crate) const INBOX_FILTER_DELETE: &str = "/inbox/filters/{filter}/delete";
pub(crate) const CLOCKS: &str = "/clocks";
pub(crate) const CLOCKS_CALENDAR: &str = "/clocks/calendar";
pub(crate) const CLOCKS_CALENDAR_CLOSE: &str = "/clocks/calendar/close";
pub(crate) const CALENDAR: &str = "/calendar/{file}";
pub(crate) const DECISIONS: &str = "/decisions";
pub(crate) const MEASURES: &str = "/measures";
pub(crate) const REGISTER: &str = "/register";
pub(crate) const REGISTER_CSV: &str = "/register.csv";
pub(crate) const REGISTER_XLSX: &str = "/register.xlsx";
pub(crate) const REGISTER_PDF: &str = "/register.pdf";
pub(crate) const STATISTICS: &str = "/statistics";
pub(crate) const STATISTICS_XLSX: &str = "/statistics.xlsx";
pub(crate) const STATISTICS_FILE: &str = "/statistics/{table}";
pub(crate) const DASHBOARD: &str = "/dashboard";
pub(crate) const CASE: &str = "/cases/{year}/{sequence}";
pub(crate) const MEASURE: &str = "/cases/{year}/{sequence}/measures/{measure}";
pub(crate) const MEASURE_COMPLETE: &str = "/cases/{year}/{sequence}/measures/{measure}/complete";
pub(crate) const MEASURE_VERIFY: &str = "/cases/{year}/{sequence}/measures/{measure}/verify";
pub(crate) const CASE_SIMILAR: &str = "/cases/{year}/{sequence}/similar";
pub(crate) const INQUIRIES: &str = "/inquiries";
pub(crate) const INQUIRY: &str = "/cases/{year}/{sequence}/inquiries/{inquiry}";
pub(crate) const INQUIRY_FILE: &str =
    "/cases/{year}/{sequence}/inquiries/{inquiry}/attachments/{attachment}";
pub(crate) const SECRET_FILE: &str = "/answer/{secret}/attachments/{attachment}";
pub(crate) const SECRET_LINK: &str = "/answer/{secret}";
pub(crate) const SECRET_ANSWER: &str = "/answer";
pub(crate) const SECRET_CONFIRMATION: &str = "/answer/confirmation";
pub(crate) const ABSENCE: &str = "/absence";
pub(crate) const ABSENCE_END: &str = "/absence/end";
pub(crate) const OPEN_CASE: &str = "/open-case";
pub(crate) const SHORTCUTS: &str = "/shortcuts";
pub(crate) const OPENINGS: &str = "/openings";
pub(crate) const AUDITS: &str = "/audits";
pub(crate) const WHO_LOOKED: &str = "/who-looked";
pub(crate) const WHO_LOOKED_PRINT: &str = "/who-looked/print";
pub(crate) const WHO_LOOKED_CSV: &str = "/who-looked.csv";
pub(crate) const CASE_WHO_READ: &str = "/cases/{year}/{sequence}/who-read";
pub(crate) const CASE_WHO_READ_REPORT: &str = "/cases/{year}/{sequence}/who-read/report";
pub(crate) const ALERTS: &str = "/alerts";
pub(crate) const ALERT: &str = "/alerts/{line}/{rule}";
pub(crate) const ACCESS_LOG: &str = "/access-log";
pub(crate) const REVIEWS: &str = "/reviews";
pub(crate) const REVIEW: &str = "/reviews/{review}";
pub(crate) const REVIEW_DOCUMENT: &str = "/reviews/{review}/document";
pub(crate) const REVIEW_STEP: &str = "/reviews/{review}/{step}";
pub(crate) const REVIEW_ATTACH: &str = "/reviews/{review}/attach";
pub(crate) const REVIEW_FILE: &str = "/reviews/{review}/files/{file}";
pub(crate) const REVIEW_INQUIRY: &str = "/reviews/{review}/inquiries/{part}";
pub(crate) const REVIEW_RESOLUTION: &str = "/reviews/{review}/resolutions/{part}";
pub(crate) const POST: &str = "/post";
pub(crate) const POST_RESEND: &str = "/post/resend";
pub(crate) const ADMINISTRATION: &str = "/administration";
pub(crate) const UNITS_NEW: &str = "/administration/units/new";
pub(crate) const PEOPLE_NEW: &str = "/administration/people/new";
pub(crate) const PERSON: &str = "/administration/people/{user}";
pub(crate) const PERSON_ROLES: &str = "/administration/people/{user}/roles";
pub(crate) const PERSON_PASSWORD: &str = "/administration/people/{user}/password";
pub(crate) const PERSON_DEACTIVATE: &str = "/administration/people/{user}/deactivate";
pub(crate) const TOKENS_NEW: &str = "/administration/tokens/new";
pub(crate) const TOKEN_REVOKE: &str = "/administration/tokens/{token}/revoke";

/// All pages, behind what keeps them safe.
#[expect(clippy::too_many_lines, reason = "a line for each address, and nothing else")]
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .route(START, get(start::show))
        .route(SIGN_IN, get(sign_in::show).post(sign_in::submit))
        .route(SIGN_OUT, post(sign_in::sign_out))
        .route(PASSWORD, get(password::show).post(password::submit))
        .route(REPORT, get(report::choose))
        .route(FOLLOW_UP, get(follow_up::show).post(follow_up::open))
        .route(FOLLOW_UP_ANSWER, post(follow_up::answer))
        .route(RECEIPT, get(receipt::show).post(receipt::check))
        .route(RECEIPT_PDF, post(receipt::document))
        .route(REPORTS, get(reports::list))
        .route(CASE_STEP, get(steps::show).post(steps::submit))
        .route(NOTIFICATION, get(notification::show))
        .route(NOTICE_WRITE, get(notification::ask_to_write).post(notification::write))
        .route(NOTICE_SENT, get(notification::sent))
        .route(DOCUMENTS, get(documents::list))
        .route(DOCUMENT, get(documents::show))
        .route(CASE_COMPARE, get(case::compare::show))
        .route(ATTACHMENT, get(case::attachments::hand_out))
        .route(FILE_BY_EMAIL, get(case::by_email::show))
        .route(CASE_ARCHIVE, get(archive::show).post(archive::prepare))
        .route(ARCHIVE_RECEIPT, post(archive::receipt))
        .route(CASE_ERASE, get(erasure::show_case).post(erasure::erase))
        .route(ERASURE, get(erasure::show).post(erasure::find))
        .route(INBOX, get(inbox::show).post(inbox::search))
        .route(INBOX_FILTERS, get(inbox::filters::show).post(inbox::filters::save))
        .route(INBOX_FILTER, post(inbox::filters::rename))
        .route(INBOX_FILTER_DELETE, post(inbox::filters::delete))
        .route(CLOCKS, get(clocks::show))
        .route(CLOCKS_CALENDAR, post(clocks::open_calendar))
        .route(CLOCKS_CALENDAR_CLOSE, post(clocks::close_calendar))
        .route(CALENDAR, get(calendar::show))
        .route(DECISIONS, get(decisions::show))
        .route(MEASURES, get(measures::list))
        .route(REGISTER, get(register::show))
        .route(REGISTER_CSV, get(register::export))
        .route(REGISTER_XLSX, get(register::workbook))
        .route(REGISTER_PDF, get(register::document))
        .route(STATISTICS, get(statistics::show))
        .route(STATISTICS_XLSX, get(statistics::book))
        .route(STATISTICS_FILE, get(statistics::hand_out))
        .route(DASHBOARD, get(statistics::dashboard))
        .route(CASE, get(case::show))
        .route(MEASURE, get(case::measure::show))
        .route(MEASURE_COMPLETE, get(case::measure::show).post(case::measure::complete))
        .route(MEASURE_VERIFY, get(case::verification::show).post(case::verification::submit))
        .route(CASE_SIMILAR, get(case::similar::show))
        .route(INQUIRIES, get(inquiries::list))
        .route(SECRET_LINK, get(secret_link::show))
        .route(SECRET_FILE, get(secret_link::hand_out))
        .route(INQUIRY_FILE, get(inquiries::hand_out))
        .route(SECRET_CONFIRMATION, post(confirm::submit))
        .route(SHORTCUTS, get(shortcuts::show))
        .route(ABSENCE, get(absence::show).post(absence::submit))
        .route(ABSENCE_END, post(absence::end))
        .route(OPEN_CASE, get(outside_role::show).post(outside_role::submit))
        .merge(letters())
        .merge(reviews())
        .merge(traces())
        .route(POST, get(outgoing::list))
        .route(POST_RESEND, post(outgoing::resend))
        .merge(administration())
        .fallback(async || Fault::NotFound)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(security::within(security::ANSWER_WITHIN))
        .merge(uploads(&app))
        .method_not_allowed_fallback(async || Fault::MethodNotAllowed)
        .layer(from_fn_with_state(app.clone(), security::same_site))
        .layer(from_fn_with_state(app.clone(), dress));
    Router::new()
        .route("/assets/{hash}/{name}", get(assets::serve))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(api::router(app.clone()))
        .merge(pages)
        .layer(from_fn(security::headers))
        .with_state(app)
}

/// The pages from which files are sent.
fn uploads(app: &App) -> Router<App> {
    Router::new()
        .route(REPORT_CATEGORY, get(report::show).post(report::submit))
        .route(FOLLOW_UP_ADD, post(follow_up::add))
        .route(LETTER_IMPORT, get(letters::ask_to_import).post(letters::upload))
        .route(NOTICE_RECORD, get(notification::ask_to_record).post(notification::record))
        .route(INQUIRY, get(inquiries::show).post(inquiries::submit))
        .route(SECRET_ANSWER, post(secret_link::submit))
        .route(CASE_ATTACH, get(case::attachments::show).post(case::attachments::attach))
        .route(REVIEW_ATTACH, get(to_reviews::attach::show).post(to_reviews::attach::attach))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX + app.file_bytes_max()))
        .layer(security::within(security::UPLOAD_WITHIN))
        .layer(from_fn_with_state(app.clone(), queue::wait))
}

/// The pages of letters to the people affected.
fn letters() -> Router<App> {
    Router::new()
        .route(LETTERS, get(letters::list))
        .route(LETTER_NEW, get(letters::ask_to_write).post(letters::begin))
        .route(LETTER, get(letters::show))
        .route(LETTER_TEXT, get(letters::ask_to_write).post(letters::write))
        .route(LETTER_PREVIEW, get(letters::preview))
        .route(LETTER_RECIPIENTS, get(letters::show_recipients).post(letters::add))
        .route(LETTER_REMOVE, post(letters::remove))
        .route(LETTER_MAP, post(letters::map))
        .route(LETTER_SIGN, post(letters::sign))
        .route(LETTER_START, post(letters::start))
        .route(LETTER_STOP, post(letters::stop))
        .route(LETTER_RECORD, post(letters::record))
        .route(LETTER_BUNDLE, get(letters::bundle).post(letters::posted))
}

/// The pages of the annual management reviews.
fn reviews() -> Router<App> {
    use to_reviews::{asked, attach, one, steps};
    Router::new()
        .route(REVIEWS, get(to_reviews::list).post(to_reviews::begin))
        .route(REVIEW, get(one::show))
        .route(REVIEW_DOCUMENT, get(one::document))
        .route(REVIEW_STEP, get(steps::show).post(steps::submit))
        .route(REVIEW_FILE, get(attach::hand_out))
        .route(REVIEW_INQUIRY, get(asked::input).post(asked::answer_input))
        .route(REVIEW_RESOLUTION, get(asked::resolution).post(asked::carry_out))
}

/// The pages of those who look after who looked at what.
fn traces() -> Router<App> {
    Router::new()
        .route(ACCESS_LOG, get(access_log::list))
        .route(ALERTS, get(alerts::list))
        .route(ALERT, get(alerts::ask).post(alerts::review))
        .route(WHO_LOOKED, get(who_looked::show))
        .route(WHO_LOOKED_PRINT, get(who_looked::print))
        .route(WHO_LOOKED_CSV, get(who_looked::export))
        .route(OPENINGS, get(openings::list))
        .route(AUDITS, get(audits::list))
        .route(CASE_WHO_READ, get(case::who_read::ask))
        .route(CASE_WHO_READ_REPORT, get(case::who_read::report))
}

/// The pages of those who keep units, people and tokens.
fn administration() -> Router<App> {
    Router::new()
        .route(ADMINISTRATION, get(administration::show))
        .route(UNITS_NEW, get(units::show).post(units::submit))
        .route(PEOPLE_NEW, get(people::show).post(people::submit))
        .route(PERSON, get(person::show))
        .route(PERSON_ROLES, post(person::grant))
        .route(PERSON_PASSWORD, post(person::give_password))
        .route(PERSON_DEACTIVATE, get(person::ask_to_deactivate).post(person::deactivate))
        .route(TOKENS_NEW, get(tokens::show).post(tokens::submit))
        .route(TOKEN_REVOKE, get(tokens::ask_to_revoke).post(tokens::revoke))
}
