//! The notification to the authority by the numbers of its fields: as it stands, written, and
//! recorded as sent.

pub(crate) mod sent;
mod value;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use domain::Erasable;
use domain::case::{Request, command};
use domain::notification::fill::Occasion;
use domain::notification::{
    Filled, Fingerprint, NotificationBook, Prepared, State, ViewId, prepare,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use self::sent::SentNotice;
use self::value::FieldValue;
use super::asked::{Body, CasePath, InCase, KeyHeader, Query};
use super::attachments::NewFile;
use super::failure::Failure;
use super::problem::{FieldError, FieldProblem, Place};
use super::problems::{CaseProblems, PostProblems};
use super::steps::{Taken, Taking, said_if_any};
use super::words::{
    Completeness, FieldKind, FieldOrigin, FieldState, FormStatus, NoticeChannel, NoticeKind, Word,
};
use crate::App;
use crate::api::instant::near;

/// The notification as it stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Notification {
    /// The template whose fields it has.
    template: Form,
    /// The view in whose order they are read.
    view: Form,
    /// What the next notice is for.
    kind: NoticeKind,
    /// Whether more is to come, as things stand.
    completeness: Completeness,
    /// What it says, to be sent back as `seen` when it is recorded as sent: where it was changed
    /// since, recording it is refused.
    seen: String,
    /// Every field that is asked, by its number in the template.
    fields: BTreeMap<u16, Field>,
    /// What the authority asks, in its order.
    sections: Vec<Section>,
    /// The fields of the template that the authority does not ask for.
    left_out: Vec<u16>,
    /// The fields that must be answered and are not.
    missing: Vec<u16>,
    /// The fields whose answer is still to come: allowed in an incomplete notice alone.
    to_be_determined: Vec<u16>,
    /// The fields whose answer is longer than the form takes.
    too_long: Vec<u16>,
    /// The fields that are otherwise than when they were last sent. Empty before anything was.
    changed: Vec<u16>,
    /// The version of one's own answers, where there are any.
    draft: Option<u32>,
    /// What was sent, the first one first.
    sent: Vec<SentNotice>,
}

/// A template or a view.
#[derive(Serialize, ToSchema)]
pub(crate) struct Form {
    /// Its name.
    id: String,
    /// Its version.
    version: u32,
    /// What people call it.
    title: String,
    /// How far it is settled.
    status: FormStatus,
    /// What is to be known of that.
    about: String,
}

/// A field, as it stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Field {
    /// What is asked.
    label: String,
    /// What an answer looks like.
    kind: FieldKind,
    /// Whether it must be answered.
    required: bool,
    /// How it stands.
    state: FieldState,
    /// What is answered: a text, a number, a day, a time, or the names of what was chosen.
    value: Option<FieldValue>,
    /// What was chosen, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
    /// Where the answer comes from.
    origin: Option<FieldOrigin>,
    /// How many characters the text has.
    #[serde(skip_serializing_if = "Option::is_none")]
    characters: Option<usize>,
    /// How many the form takes, where it has a bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    characters_max: Option<u32>,
    /// The names of what there is to choose from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
}

/// What the authority asks under one heading.
#[derive(Serialize, ToSchema)]
pub(crate) struct Section {
    /// Its name.
    id: String,
    /// The heading.
    title: String,
    /// What is asked.
    items: Vec<Item>,
}

/// Something the authority asks.
#[derive(Serialize, ToSchema)]
pub(crate) struct Item {
    /// Its number in the authority's form, where that is known.
    number: Option<String>,
    /// What is asked.
    label: String,
    /// The fields that answer it.
    fields: Vec<u16>,
}

/// In whose order it is read.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InView {
    /// The view, such as `datatilsynet` or `imy`; that of the organisation's own authority when
    /// left out.
    view: Option<String>,
}

/// What is to stand in the next notice.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "fields": {
    "62": "En tjenestetelefon ble glemt på bussen.", "65": ["patients"], "68": 12, "86": null
} }))]
pub(crate) struct DraftNotification {
    /// The answer to each field by its number, or `null` for what the case itself proposes. Fields
    /// that are left out stay as they are.
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    fields: BTreeMap<u16, Option<FieldValue>>,
}

/// A notice that was sent to the authority.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "sent_at": "2026-03-03T09:10:00Z", "reference": "26/00123" }))]
pub(crate) struct RecordNotification {
    /// What it was for; the first, unless it says otherwise.
    kind: Option<NoticeKind>,
    /// When it was sent.
    #[serde(deserialize_with = "near")]
    sent_at: DateTime<Utc>,
    /// The authority's or the portal's reference.
    reference: String,
    /// Why it came after the deadline, if it did. For a first notice alone.
    reasons_for_delay: Option<String>,
    /// Why it takes back what was sent. For a withdrawal alone.
    reasons_for_withdrawal: Option<String>,
    /// The way it went.
    channel: Option<NoticeChannel>,
    /// Whether more is to come. Where this is said, what stands here is what was sent, and is kept
    /// word by word; leave it out for what was written elsewhere.
    completeness: Option<Completeness>,
    /// What the notification said when it was last read, from there.
    seen: Option<String>,
    /// The receipt, to be attached to the case.
    receipt: Option<NewFile>,
}

/// Get the notification to the authority
///
/// Every field by its number, with what the case answers or what was written in its place, what is
/// missing, and everything that was sent. Nothing in it names the reporter or those involved.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/notification", tag = super::CASES,
    operation_id = "get_notification", params(CasePath, InView),
    responses((status = 200, description = "The notification.", body = Notification), CaseProblems),
)]
pub(crate) async fn show(
    InCase { caller, case }: InCase,
    Query(InView { view }): Query<InView>,
) -> Result<Json<Notification>, Failure> {
    let view: Option<ViewId> =
        view.map(|view| view.parse()).transpose().map_err(|_| Failure::NotFound)?;
    let book = caller.service().notification_book(view.as_ref()).ok_or(Failure::NotFound)?;
    let page = "/api/v1/cases/{year}/{sequence}/notification";
    let seen = caller.service().case_file(&caller.who, case, page).await?;
    let known = &seen.file.known;
    let kind = known.authority.next_notice();
    let occasion = Occasion { kind, at: caller.service().now(), reasons: None };
    let prepared = prepare(&book, known, occasion, None);
    Ok(Json(Notification::new(&book, &prepared, known)))
}

/// Write the notification to the authority
///
/// By the data protection officer: answers in place of what the case proposes. Each version stays
/// in the case's history.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/notification/draft", tag = super::STEPS,
    operation_id = "draft_notification", params(CasePath, KeyHeader),
    request_body = DraftNotification,
    responses((status = 204, description = "It is written."), PostProblems),
)]
pub(crate) async fn draft(
    AtBook(book): AtBook,
    step: Taking,
    Body(it): Body<DraftNotification>,
) -> Result<Taken, Failure> {
    let fields = value::read(&book.template, it.fields)?;
    let fields = Erasable::known(fields);
    step.take(Request::DraftNotification(command::DraftNotification { fields, book: None })).await
}

/// Record what was sent to the authority
///
/// By the data protection officer. After the deadline a first notice takes the reasons for the
/// delay (GDPR art. 33(1)); a supplement or a withdrawal takes one to be there.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/notification", tag = super::STEPS,
    operation_id = "record_notification", params(CasePath, KeyHeader),
    request_body = RecordNotification,
    responses((status = 204, description = "It is recorded. The first stops the clock."),
        PostProblems),
)]
pub(crate) async fn record(
    step: Taking,
    Body(it): Body<RecordNotification>,
) -> Result<Taken, Failure> {
    let kind = it.kind.map(|kind| kind.0).unwrap_or_default();
    let reasons = reasons(kind, it.reasons_for_delay, it.reasons_for_withdrawal)?;
    let notice = command::RecordNotification {
        kind,
        sent_at: it.sent_at,
        reference: it.reference,
        reasons,
        channel: it.channel.map(|channel| channel.0),
        completeness: it.completeness.map(|it| it.0),
        // What cannot be a fingerprint is none that the notification ever had.
        seen: it.seen.map(|seen| Fingerprint(u64::from_str_radix(&seen, 16).unwrap_or_default())),
        receipt: None,
        book: None,
    };
    step.record_notice(notice, it.receipt.map(NewFile::into_upload)).await
}

/// The reasons that a notice of this kind takes; refuses those it has no place for, rather than
/// losing them.
fn reasons(
    kind: domain::notification::NoticeKind,
    for_delay: Option<String>,
    for_withdrawal: Option<String>,
) -> Result<Option<Erasable<String>>, Failure> {
    use domain::notification::NoticeKind::{Initial, Withdrawal};
    let for_delay = ("/reasons_for_delay", kind == Initial, said_if_any(for_delay));
    let for_withdrawal =
        ("/reasons_for_withdrawal", kind == Withdrawal, said_if_any(for_withdrawal));
    let mut taken = None;
    let mut errors = Vec::new();
    for (field, is_taken, said) in [for_delay, for_withdrawal] {
        match said {
            Some(_) if !is_taken => {
                errors.push(FieldError::new(Place::Body, field, FieldProblem::Unfit));
            }
            Some(said) => taken = Some(said),
            None => {}
        }
    }
    if errors.is_empty() { Ok(taken) } else { Err(Failure::Unfit(errors)) }
}

/// What notifications are written by, before a body is read.
pub(crate) struct AtBook(NotificationBook);

impl FromRequestParts<App> for AtBook {
    type Rejection = Failure;

    async fn from_request_parts(_parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        app.service().notification_book(None).map(Self).ok_or(Failure::NotFound)
    }
}

impl Notification {
    fn new(book: &NotificationBook, it: &Prepared<'_>, case: &domain::case::OpenCase) -> Self {
        let (view, language) = (&book.view, book.profile.language.as_str());
        let standing = |state| it.standing(view, state).map(|id| id.0).collect();
        let last = case.authority.last_content();
        let changed = last.map(|content| it.changed_since(content.sent())).unwrap_or_default();
        Self {
            template: Form::of_template(&book.template, language),
            view: Form::of_view(view, language),
            kind: Word(it.kind),
            completeness: Word(it.completeness),
            seen: format!("{:016x}", it.fingerprint().0),
            fields: it
                .shown()
                .map(|field| (field.field.id.0, Field::new(field, language)))
                .collect(),
            sections: view.sections.iter().map(|section| Section::new(section, language)).collect(),
            left_out: view.left_out(&book.template).map(|id| id.0).collect(),
            missing: standing(State::Missing),
            to_be_determined: standing(State::ToBeDetermined),
            too_long: standing(State::TooLong),
            changed: changed.iter().map(|change| change.field.0).collect(),
            draft: case.authority.draft.as_ref().map(|draft| draft.version),
            sent: case
                .authority
                .notices
                .iter()
                .map(|notice| SentNotice::new(notice, &case.attachments))
                .collect(),
        }
    }
}

impl Form {
    fn of_template(it: &domain::notification::Template, language: &str) -> Self {
        Self {
            id: it.id.to_string(),
            version: it.version,
            title: it.title.text(language).to_owned(),
            status: Word(it.status),
            about: it.about.text(language).to_owned(),
        }
    }

    fn of_view(it: &domain::notification::View, language: &str) -> Self {
        Self {
            id: it.id.to_string(),
            version: it.version,
            title: it.title.text(language).to_owned(),
            status: Word(it.status),
            about: it.about.text(language).to_owned(),
        }
    }
}

impl Field {
    fn new(it: &Filled<'_>, language: &str) -> Self {
        Self {
            label: it.field.label.text(language).to_owned(),
            kind: Word(it.field.kind),
            required: it.field.required,
            state: Word(it.state()),
            value: it.value().map(FieldValue::new),
            words: it.words(language),
            origin: it.origin().map(Word),
            characters: it.characters(),
            characters_max: it.field.longest,
            choices: it.field.choices.iter().map(|choice| choice.id.to_string()).collect(),
        }
    }
}

impl Section {
    fn new(it: &domain::notification::ViewSection, language: &str) -> Self {
        let item = |it: &domain::notification::Item| Item {
            number: it.number.clone(),
            label: it.label.text(language).to_owned(),
            fields: it.fields.iter().map(|id| id.0).collect(),
        };
        Self {
            id: it.id.to_string(),
            title: it.title.text(language).to_owned(),
            items: it.items.iter().map(item).collect(),
        }
    }
}
