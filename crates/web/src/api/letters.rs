//! Letters to the people affected, over the API.

pub(super) mod recipients;

use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use domain::case::Request;
use domain::case::letter::{self, Draft, LetterText, Part, RecordDelivery, Request as Asked};
use serde::{Deserialize, Serialize};
use service::{LetterFileError, sees_letters};
use utoipa::{IntoParams, ToSchema};

use super::asked::{AsOf, Body, CasePath, InCase, KeyHeader, Keyed, Query};
use super::failure::Failure;
use super::problems::{CaseProblems, PostProblems};
use super::shapes::text;
use super::steps::{Taken, Taking, said};
use super::words::{LetterChannel, LetterKind, LetterLanguage, LetterProgress, Word};
use crate::App;

/// A letter's words; `null` for what was erased, and in the timeline for everybody who neither
/// prepares nor signs letters, but for the title.
#[derive(Serialize, ToSchema)]
pub(crate) struct LetterWords {
    /// What it is called.
    title: Option<String>,
    /// What happened.
    what_happened: Option<String>,
    /// What may come of it.
    consequences: Option<String>,
    /// What was done, and what is planned.
    measures: Option<String>,
    /// What the person is advised to do.
    advice: Option<String>,
    /// Whom they can turn to.
    contact: Option<String>,
}

/// A letter as it stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Letter {
    /// Which of the case's letters, counted from 1.
    number: u32,
    /// What it is for.
    kind: LetterKind,
    /// The version of its words.
    version: u32,
    /// Its words in each language.
    texts: Vec<TextIn>,
    /// The version of its list; `null` where nobody was listed.
    list: Option<u32>,
    /// How many get it.
    recipients: usize,
    /// Of how many the address is protected: they get it by hand alone.
    protected: usize,
    /// When it was signed; `null` where it is not, or changed since.
    signed_at: Option<DateTime<Utc>>,
    /// SHA-256 of the document that was signed last.
    sha256: Option<String>,
    /// Whether it is sent by itself now.
    is_sending: bool,
    /// How many were told.
    told: usize,
    /// How many were not told yet and could still be.
    unreached: usize,
}

/// Words in a language.
#[derive(Serialize, ToSchema)]
pub(crate) struct TextIn {
    /// Which language.
    language: LetterLanguage,
    /// The words.
    words: LetterWords,
}

/// Write a letter in one language.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "letter", "language": "nb", "title": "Et brev om deg kom bort",
    "what_happened": "Et brev kom til feil adresse.", "consequences": "Andre kan ha lest det.",
    "measures": "Vi har fått det tilbake.", "advice": "Du trenger ikke å gjøre noe.",
    "contact": "Ring personvernombudet."
}))]
pub(crate) struct WriteLetter {
    /// Which letter; left out for a new one.
    letter: Option<u32>,
    /// What it is for. Of one that is there, it stays as it was.
    kind: LetterKind,
    /// In which language.
    language: LetterLanguage,
    /// What it is called.
    title: String,
    /// What happened.
    what_happened: String,
    /// What may come of it.
    consequences: String,
    /// What was done, and what is planned.
    measures: String,
    /// What the person is advised to do.
    advice: String,
    /// Whom they can turn to.
    contact: String,
}

/// What was read before it is signed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "list": 1 }))]
pub(crate) struct SignLetter {
    /// The version of its words.
    version: u32,
    /// The version of its list; left out for what goes to nobody by name.
    list: Option<u32>,
}

/// The ways a letter may go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "channels": ["print"] }))]
pub(crate) struct StartLetter {
    /// The ways. Whoever none of them fits gets it by hand.
    channels: Vec<LetterChannel>,
}

/// How it went with some of the recipients.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "channel": "by_hand", "progress": "sent", "recipients": [7] }))]
pub(crate) struct RecordDeliveries {
    /// How it went to them.
    channel: LetterChannel,
    /// How far it came.
    progress: LetterProgress,
    /// Their numbers on the list.
    recipients: Vec<u32>,
}

/// A letter of a case in an address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct LetterPath {
    /// Which of the case's letters, counted from 1.
    letter: u32,
}

/// The letter that the address names.
pub(crate) struct AtLetter(u32);

impl FromRequestParts<App> for AtLetter {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = Path::<LetterPath>::from_request_parts(parts, app).await;
        let Path(LetterPath { letter }) = path.map_err(|_| Failure::NotFound)?;
        Ok(Self(letter))
    }
}

impl From<LetterFileError> for Failure {
    fn from(error: LetterFileError) -> Self {
        match error {
            LetterFileError::LookUp(error) => error.into(),
            LetterFileError::Handle(error) => error.into(),
            LetterFileError::Render(_) => Self::broken(&error, false),
        }
    }
}

/// List the letters of a case
///
/// For those who prepare or sign them.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/letters", tag = super::CASES,
    operation_id = "list_letters", params(CasePath, AsOf),
    responses((status = 200, description = "The letters.", body = Vec<Letter>), CaseProblems),
)]
pub(crate) async fn list(
    InCase { caller, case }: InCase,
    Query(as_of): Query<AsOf>,
) -> Result<Json<Vec<Letter>>, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/letters";
    let seen = caller.service().case_file(&caller.who, case, page).await?;
    if !sees_letters(&seen) {
        return Err(Failure::NotPermitted);
    }
    let (seen, _) = as_of.of(seen, caller.service().now())?;
    let letters = seen.file.known.letters.iter();
    Ok(Json(letters.map(|(number, it)| Letter::new(number, it)).collect()))
}

/// Write a letter
///
/// By the data protection officer. Earlier versions stay in the timeline; a signature is void once
/// anything changes.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/letters", tag = super::STEPS,
    operation_id = "write_letter", params(CasePath, KeyHeader), request_body = WriteLetter,
    responses((status = 204, description = "It is kept."), PostProblems),
)]
pub(crate) async fn write(step: Taking, Body(it): Body<WriteLetter>) -> Result<Taken, Failure> {
    let words = LetterText::from_parts(|part| {
        said(match part {
            Part::Title => &it.title,
            Part::WhatHappened => &it.what_happened,
            Part::Consequences => &it.consequences,
            Part::Measures => &it.measures,
            Part::Advice => &it.advice,
            Part::Contact => &it.contact,
        })
    });
    let (kind, language) = (it.kind.0, it.language.0);
    let draft = Draft { letter: it.letter, kind, language, text: words, template: None };
    step.take(Request::Letter(Asked::Draft(Box::new(draft)))).await
}

/// Sign a letter
///
/// By the controller, who is not data protection officer and did not prepare it: the words and the
/// list of the versions that were read. The document is kept as it was signed.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/letters/{letter}/signature", tag = super::STEPS,
    operation_id = "sign_letter", params(CasePath, LetterPath, KeyHeader),
    request_body = SignLetter,
    responses((status = 204, description = "It is signed."), PostProblems),
)]
pub(crate) async fn sign(
    Keyed { caller, key }: Keyed,
    InCase { case, .. }: InCase,
    AtLetter(number): AtLetter,
    Body(it): Body<SignLetter>,
) -> Result<Taken, Failure> {
    let which = (number, it.version, it.list);
    caller.service().sign_letter(&caller.who, case, which, key.into()).await?;
    Ok(Taken)
}

/// Send a letter
///
/// By the data protection officer, once it is signed. By e-mail it goes only where nothing in it
/// must not; people with a protected address are never sent anything by itself.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/letters/{letter}/dispatch", tag = super::STEPS,
    operation_id = "send_letter", params(CasePath, LetterPath, KeyHeader),
    request_body = StartLetter,
    responses((status = 204, description = "It is being sent."), PostProblems),
)]
pub(crate) async fn start(
    Keyed { caller, key }: Keyed,
    InCase { case, .. }: InCase,
    AtLetter(number): AtLetter,
    Body(it): Body<StartLetter>,
) -> Result<Taken, Failure> {
    let channels = it.channels.iter().map(|it| it.0).collect();
    caller.service().start_letters(&caller.who, case, number, channels, key.into()).await?;
    Ok(Taken)
}

/// Stop sending a letter
///
/// What is sent stays sent; it goes on from there when it is started again.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/letters/{letter}/stop", tag = super::STEPS,
    operation_id = "stop_letter", params(CasePath, LetterPath, KeyHeader),
    responses((status = 204, description = "No more is sent for now."), PostProblems),
)]
pub(crate) async fn stop(step: Taking, AtLetter(letter): AtLetter) -> Result<Taken, Failure> {
    step.take(Request::Letter(Asked::StopDispatch { letter })).await
}

/// Record how a letter went
///
/// By the data protection officer: what was posted, came back, was handed over, or cannot be.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/letters/{letter}/deliveries", tag = super::STEPS,
    operation_id = "record_letter_deliveries", params(CasePath, LetterPath, KeyHeader),
    request_body = RecordDeliveries,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn record(
    step: Taking,
    AtLetter(letter): AtLetter,
    Body(it): Body<RecordDeliveries>,
) -> Result<Taken, Failure> {
    let (channel, progress) = (it.channel.0, it.progress.0);
    let recipients = it.recipients.into_iter().collect();
    let it = RecordDelivery { letter, channel, progress, recipients, consignments: Vec::new() };
    step.take(Request::Letter(Asked::RecordDelivery(it))).await
}

impl LetterWords {
    /// The words as they were written.
    pub(crate) fn new(it: &LetterText) -> Self {
        Self {
            title: text(&it.title),
            what_happened: text(&it.what_happened),
            consequences: text(&it.consequences),
            measures: text(&it.measures),
            advice: text(&it.advice),
            contact: text(&it.contact),
        }
    }
}

impl Letter {
    fn new(number: u32, it: &letter::Letter) -> Self {
        let list = it.list.as_ref();
        let words = |(language, text): (&letter::Language, &LetterText)| TextIn {
            language: Word(*language),
            words: LetterWords::new(text),
        };
        Self {
            number,
            kind: Word(it.kind),
            version: it.version,
            texts: it.texts.iter().map(words).collect(),
            list: list.map(|list| list.version),
            recipients: list.map_or(0, |list| list.numbers.len()),
            protected: list.map_or(0, |list| list.protected.len()),
            signed_at: it.signature().map(|signature| signature.at),
            sha256: it.signed.as_ref().and_then(|it| text(&it.document.sha256)),
            is_sending: it.is_sending(),
            told: it.told(),
            unreached: it.unsettled().count(),
        }
    }
}
