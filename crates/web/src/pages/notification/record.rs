//! `/cases/{year}/{sequence}/notification/record`: that something was sent to the authority, with
//! its receipt.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Erasable;
use domain::case::{Refusal, command};
use domain::notification::{
    Completeness, Fingerprint, NoticeChannel, NoticeKind, NotificationBook,
};
use serde::Deserialize;
use service::{CaseSight, HandleError, Step};

use super::{book, next, notification_url, record_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::files;
use crate::forms::{Choice, Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::pages::case::path::{CasePath, done_url};
use crate::pages::steps::placing;
use crate::refusal;
use crate::routes;

const FAMILY: &str = "notification";

/// The hidden field with what the notification said when the form was shown.
const SEEN: &str = "seen";

/// That what was sent was written elsewhere.
const ELSEWHERE: &str = "elsewhere";

#[derive(Template)]
#[template(path = "notification_record.html")]
struct RecordPage {
    page: Page,
    own: String,
    action: String,
    kind: NoticeKind,
    form: Form,
    obstacle: Option<String>,
    seen: String,
    due_at: domain::Time,
    channel: Field,
    completeness: Option<Field>,
    reasons: Option<Field>,
    receipt: Field,
}

/// What the address says besides the case.
#[derive(Deserialize)]
pub(crate) struct Said {
    kind: Option<String>,
}

/// `GET /cases/{year}/{sequence}/notification/record`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: CasePath,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (seen, book) = open(&app, &by, path).await?;
    let authority = &seen.file.known.authority;
    let kind = match said.kind.as_deref() {
        None => authority.next_notice(),
        Some(kind) => kind.parse().map_err(|_| Fault::NotFound)?,
    };
    let prepared = next(&book, &seen.file.known, &by.page);
    let reasons = prepared.shown().find(|it| is_of_delay(it)).and_then(|it| it.value()?.text());
    let reference = authority.notified.as_ref().map_or("", |notified| &notified.reference);
    let values = Posted::default()
        .and("kind", <&str>::from(kind))
        .and("sent_at", by.page.zone().input_value(by.page.now()))
        .and("reference", reference)
        .and("channel", <&str>::from(NoticeChannel::Portal))
        .and("completeness", <&str>::from(prepared.completeness))
        .and("reasons_for_delay", reasons.unwrap_or_default())
        .and(SEEN, format!("{:016x}", prepared.fingerprint().0));
    let form = Form::new(&by.page, FAMILY, values);
    Ok(answer::page(&page(&app, by.page, path, &seen, kind, form)))
}

/// `POST /cases/{year}/{sequence}/notification/record`
pub(crate) async fn record(
    State(app): State<App>,
    path: CasePath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let kind: NoticeKind = match form.text("kind") {
        "" => NoticeKind::Initial,
        kind => kind.parse().map_err(|_| Fault::Unreadable)?,
    };
    let (mut form, lost) = files::gathered(&app, &by.page, form);
    let mut refusal = None;
    let problems = match read(&by.page, kind, &form) {
        Err(problems) => problems.into_iter().chain(lost).collect(),
        Ok(_) if !lost.is_empty() => lost,
        Ok(it) => {
            let receipt = form.uploads(&by.page.say("notification-receipt-description")).pop();
            match app.service().record_notice(&by.who, case, it, receipt, key).await {
                Ok(()) => return Ok(answer::go(&done_url(number, Step::RecordNotification))),
                Err(HandleError::Refused(refused)) => {
                    let own = files::problems(&by.page, &form, &refused);
                    let problems = own.unwrap_or_else(|| said(&by.page, &form, &refused));
                    refusal = Some(refused);
                    problems
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    let (seen, book) = open(&app, &by, path).await?;
    let problems = files::again(&app, &by.page, &form, refusal.as_ref(), problems);
    if matches!(refusal, Some(service::Refusal::Case(Refusal::NotificationChanged))) {
        // Sent once more, it is what whoever sends it has been told to look at.
        let now = next(&book, &seen.file.known, &by.page).fingerprint();
        form = form.replaced(SEEN, &format!("{:016x}", now.0));
    }
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&page(&app, by.page, path, &seen, kind, form)))
}

fn said(page: &Page, form: &Posted, refused: &service::Refusal) -> Vec<Problem> {
    match refused {
        service::Refusal::Case(Refusal::NotificationIncomplete { .. }) => vec![Problem {
            field: Some("completeness".to_owned()),
            sentence: refusal::sentence(page, refused),
        }],
        _ => placing::problems(page, form, refused),
    }
}

fn is_of_delay(it: &domain::notification::Filled<'_>) -> bool {
    it.field.from.contains(&domain::notification::Source::ReasonsForDelay)
}

fn read(
    page: &Page,
    kind: NoticeKind,
    form: &Posted,
) -> Result<command::RecordNotification, Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let sent_at = reader.required_moment("sent_at");
    let reference = reader.required_text("reference");
    let channel: Option<NoticeChannel> = reader.choice("channel");
    let completeness: Option<Completeness> = match form.text("completeness") {
        ELSEWHERE => None,
        // What takes everything back is what it is.
        _ if kind == NoticeKind::Withdrawal => Some(Completeness::Complete),
        _ => reader.choice("completeness"),
    };
    let reasons = match kind {
        NoticeKind::Initial => reader.optional_text("reasons_for_delay"),
        NoticeKind::Supplement => None,
        NoticeKind::Withdrawal => Some(reader.required_text("reason")),
    };
    let seen = form.text(SEEN);
    let seen = (!seen.is_empty()).then(|| u64::from_str_radix(seen, 16).unwrap_or_default());
    reader.finish(|| {
        Some(command::RecordNotification {
            kind,
            sent_at: sent_at?,
            reference,
            reasons: reasons.map(Erasable::known),
            channel,
            completeness,
            seen: seen.map(Fingerprint),
            receipt: None,
            book: None,
        })
    })
}

async fn open(
    app: &App,
    by: &Person,
    path: CasePath,
) -> Result<(CaseSight, NotificationBook), Fault> {
    let (case, _) = path.find(app)?;
    let seen = app.service().case_file(&by.who, case, routes::NOTICE_RECORD).await?;
    if !seen.steps.contains(&Step::RecordNotification) {
        return Err(Fault::NotPermitted);
    }
    Ok((seen, book(app, None)?))
}

/// What would be answered to anything written in the form, as things stand.
fn obstacle(seen: &CaseSight, kind: NoticeKind) -> Option<Refusal> {
    let authority = &seen.file.known.authority;
    let phase = seen.file.standing.phase();
    let notified = authority.notified.as_ref();
    match kind {
        _ if phase.is_closed() => Some(Refusal::CaseIsClosed),
        NoticeKind::Initial => match notified {
            Some(notified) => Some(Refusal::AlreadyNotified { sent_at: notified.sent_at }),
            None => authority.is_settled().then_some(Refusal::DecidedNotToNotify),
        },
        NoticeKind::Supplement | NoticeKind::Withdrawal => {
            notified.is_none().then_some(Refusal::NotNotified)
        }
    }
}

fn page(
    app: &App,
    page: Page,
    path: CasePath,
    seen: &CaseSight,
    kind: NoticeKind,
    form: Form,
) -> RecordPage {
    let number = path.number();
    let deadline = seen.file.known.clock.deadline;
    let note =
        if deadline.is_late(page.now()) { "notification-late" } else { "notification-in-time" };
    let reasons = match kind {
        NoticeKind::Initial => Some(form.field("reasons_for_delay").marked(page.say(note))),
        NoticeKind::Supplement => None,
        NoticeKind::Withdrawal => Some(form.field("reason")),
    };
    let mut completeness = Choice::terms::<Completeness>(page.texts(), "completeness");
    completeness.push(Choice::term(page.texts(), "completeness", ELSEWHERE));
    let receipt = form.field(files::FILES);
    let receipt =
        files::field(app, &page, &form, Field { note: Some(page.say("optional")), ..receipt });
    let sentence = |refused| refusal::sentence(&page, &service::Refusal::Case(refused));
    RecordPage {
        own: notification_url(number),
        action: record_url(number),
        kind,
        obstacle: obstacle(seen, kind).map(sentence),
        seen: form.value(SEEN).to_owned(),
        due_at: deadline.due_at(),
        channel: form
            .field("channel")
            .with(Choice::terms::<NoticeChannel>(page.texts(), "notice_channel")),
        completeness: (kind != NoticeKind::Withdrawal)
            .then(|| form.field("completeness").with(completeness)),
        reasons,
        receipt,
        form,
        page,
    }
}
