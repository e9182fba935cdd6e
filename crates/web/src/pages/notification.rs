//! `/cases/{year}/{sequence}/notification`: what the authority is told, field by field, to be
//! copied into its form; and what was sent before.

mod record;
mod shown;
mod write;

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::case::OpenCase;
use domain::ids::CaseNumber;
use domain::notification::fill::Occasion;
use domain::notification::{
    NoticeContent, NoticeKind, NotificationBook, Prepared, State as FieldState, ViewId, prepare,
};
use serde::Deserialize;
use service::{CaseSight, Step};

pub(crate) use self::shown::lines as in_lines;
use self::shown::{Shower, ShownNotice, ShownSection};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::page::Page;
use crate::pages::case::path::{CasePath, case_url};
use crate::routes;

pub(crate) use record::{record, show as ask_to_record};
pub(crate) use write::{show as ask_to_write, write};

#[derive(Template)]
#[template(path = "notification.html")]
struct NotificationPage {
    page: Page,
    number: CaseNumber,
    case: String,
    /// Where this page is.
    own: String,
    kind: NoticeKind,
    is_withdrawn: bool,
    /// What the form is called, how far it is settled, and what is to be known of that.
    form: FormShown,
    /// The other orders in which it can be read.
    views: Vec<Switch>,
    completeness: &'static str,
    /// What must be seen to, as it is counted.
    lacking: Vec<Lacking>,
    /// The sections, as far as anything is shown of them.
    sections: Vec<ShownSection>,
    /// What leads from all fields to what was changed, and back.
    changes: Option<Changes>,
    notices: Vec<ShownNotice>,
    may: May,
    was_written: bool,
}

/// What whoever looks may do.
struct May {
    write: bool,
    record: bool,
    withdraw: bool,
}

#[derive(Template)]
#[template(path = "notification_sent.html")]
struct SentPage {
    page: Page,
    number: CaseNumber,
    own: String,
    notice: ShownNotice,
    has_content: bool,
    fields: Vec<(String, String, Vec<String>)>,
    template: String,
}

/// The form that is followed.
struct FormShown {
    title: String,
    status: &'static str,
    about: String,
    template: String,
}

/// A view one can change to.
struct Switch {
    title: String,
    path: String,
    is_current: bool,
}

/// What must be seen to, and where the first of it is.
struct Lacking {
    words: String,
    color: &'static str,
    anchor: String,
}

/// How many fields were changed since the last notice, and whether only they are shown.
struct Changes {
    count: usize,
    are_alone: bool,
    path: String,
}

/// What the address says besides the case.
#[derive(Deserialize)]
pub(crate) struct Said {
    view: Option<String>,
    all: Option<String>,
    done: Option<String>,
}

/// A notice by its place among those that were sent.
#[derive(Deserialize)]
pub(crate) struct NoticePath {
    notice: usize,
}

/// Where the notification of a case is.
pub(crate) fn notification_url(number: CaseNumber) -> String {
    format!("{}/notification", case_url(number))
}

/// Where what was sent is recorded.
pub(crate) fn record_url(number: CaseNumber) -> String {
    format!("{}/record", notification_url(number))
}

/// `GET /cases/{year}/{sequence}/notification`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let seen = app.service().case_file(&person.who, case, routes::NOTIFICATION).await?;
    let book = book(&app, said.view.as_deref())?;
    Ok(answer::page(&shown(&app, person.page, &seen, &book, &said)))
}

/// `GET /cases/{year}/{sequence}/notification/sent/{notice}`: one notice as it was sent.
pub(crate) async fn sent(
    State(app): State<App>,
    person: Person,
    path: CasePath,
    AtNotice(place): AtNotice,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let seen = app.service().case_file(&person.who, case, routes::NOTICE_SENT).await?;
    let known = &seen.file.known;
    let notice = known.authority.notices.get(place).ok_or(Fault::NotFound)?;
    let page = person.page;
    let content = notice.sent.content.as_deref();
    let field = |it: &domain::notification::SentField, content: &NoticeContent| {
        let label = content.labels.get(&it.field).cloned().unwrap_or_default();
        (it.field.to_string(), label, shown::lines(page.zone(), false, &it.value, &it.words))
    };
    let fields = content
        .into_iter()
        .flat_map(|content| content.sent().iter().map(|it| field(it, content)).collect::<Vec<_>>());
    let template = content.map(|it| format!("{} ({})", it.template, it.version));
    Ok(answer::page(&SentPage {
        own: notification_url(number),
        number,
        fields: fields.collect(),
        has_content: content.is_some(),
        template: template.unwrap_or_default(),
        notice: ShownNotice::new(&page, number, known, place, notice),
        page,
    }))
}

/// What the notification is written by, in a view; that of the own authority where none is named.
fn book(app: &App, view: Option<&str>) -> Result<NotificationBook, Fault> {
    let view: Option<ViewId> = view.map(str::parse).transpose().map_err(|_| Fault::NotFound)?;
    app.service().notification_book(view.as_ref()).ok_or(Fault::NotFound)
}

/// The next notice of a case, as things stand.
fn next<'a>(book: &'a NotificationBook, case: &'a OpenCase, page: &Page) -> Prepared<'a> {
    let kind = case.authority.next_notice();
    let occasion = Occasion { kind, at: page.now(), reasons: None };
    prepare(book, case, occasion, None)
}

fn shown(
    app: &App,
    page: Page,
    seen: &CaseSight,
    book: &NotificationBook,
    said: &Said,
) -> NotificationPage {
    let known = &seen.file.known;
    let number = known.report.number;
    let own = notification_url(number);
    let prepared = next(book, known, &page);
    let language = page.language();
    let is_open = !seen.file.standing.phase().is_closed();
    let may = |step| is_open && seen.steps.contains(&step);
    let shower = Shower::new(&page, book, &prepared, known.authority.last_content());
    let count = shower.changes();
    let are_alone = count.is_some() && said.all.is_none();
    let view = &book.view;
    let all = if are_alone { "&all=yes" } else { "" };
    let switch = |it: &domain::notification::View| Switch {
        title: it.title.text(language).to_owned(),
        path: format!("{own}?view={}", it.id),
        is_current: it.id == view.id,
    };
    let notice = |(place, it)| ShownNotice::new(&page, number, known, place, it);
    NotificationPage {
        number,
        case: case_url(number),
        kind: prepared.kind,
        is_withdrawn: known.authority.is_withdrawn(),
        form: FormShown {
            title: view.title.text(language).to_owned(),
            status: view.status.into(),
            about: view.about.text(language).to_owned(),
            template: book.template.title.text(language).to_owned(),
        },
        views: app.service().notifications().views().map(switch).collect(),
        completeness: prepared.completeness.into(),
        lacking: lacking(&page, book, &prepared),
        sections: shower.sections(are_alone),
        changes: count.map(|count| {
            let path = format!("{own}?view={}{all}", view.id);
            Changes { count, are_alone, path }
        }),
        notices: known.authority.notices.iter().enumerate().map(notice).collect(),
        may: May {
            write: may(Step::DraftNotification),
            record: may(Step::RecordNotification),
            withdraw: may(Step::RecordNotification) && known.authority.notified.is_some(),
        },
        was_written: said.done.is_some(),
        own,
        page,
    }
}

/// What keeps the notice from being complete, each kind once.
fn lacking(page: &Page, book: &NotificationBook, prepared: &Prepared<'_>) -> Vec<Lacking> {
    let states = [
        (FieldState::Missing, "danger"),
        (FieldState::TooLong, "danger"),
        (FieldState::ToBeDetermined, "warning"),
    ];
    let of = |(state, color): (FieldState, &'static str)| {
        let mut fields = prepared.standing(&book.view, state);
        let first = fields.next()?;
        let count = fields.count() + 1;
        let key = format!("notice-count-{}", <&str>::from(state));
        let words = page.say_with(&key, &[("count", count)]);
        Some(Lacking { words, color, anchor: format!("#field-{first}") })
    };
    states.into_iter().filter_map(of).collect()
}

/// The notice an address names.
pub(crate) struct AtNotice(usize);

impl FromRequestParts<App> for AtNotice {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<NoticePath>::from_request_parts(parts, app).await;
        let Path(NoticePath { notice }) = path.map_err(|_| Fault::NotFound)?;
        notice.checked_sub(1).map(Self).ok_or(Fault::NotFound)
    }
}
