//! Files attached to a case: sent in base64 within JSON, handed out as they are.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::case::attachment;
use domain::ids::AttachmentId;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use service::{FileSight, Upload};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::asked::{Body, CasePath, InCase, KeyHeader};
use super::failure::Failure;
use super::problems::{CaseProblems, PostProblems};
use super::steps::{MadeAnswer, Taking};
use super::words::{AttachmentSource, FileKind, Word};
use crate::App;
use crate::files;

/// A file attached to a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct Attachment {
    /// Its identifier.
    id: Uuid,
    /// On whose behalf it was attached.
    source: AttachmentSource,
    /// The inquiry it came with an answer to; `null` for others.
    inquiry: Option<Uuid>,
    /// What it was found to be.
    kind: FileKind,
    /// How many bytes it has.
    length: u64,
    /// What it is called; `null` once erased.
    name: Option<String>,
    /// What it shows; `null` once erased, empty where nobody said so.
    description: Option<String>,
    /// SHA-256 of its bytes in hexadecimal; `null` once erased.
    sha256: Option<String>,
}

/// Bytes of a file, which JSON has in base64.
#[derive(ToSchema)]
#[schema(value_type = String, format = Byte)]
pub(crate) struct Content(Vec<u8>);

/// A file that comes with a report, or with an answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "kvittering.txt", "content": "VGVsZWZvbmVuIGVyIHNwZXJyZXQu" }))]
pub(crate) struct ReportFile {
    /// What it is called. Its ending says what it is: pdf, png, jpg, txt, eml, docx or xlsx.
    name: String,
    /// Its bytes, in base64.
    content: Content,
}

/// A file to attach to a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "kvittering.txt",
    "description": "Busselskapets kvittering for telefonen",
    "content": "VGVsZWZvbmVuIGVyIHNwZXJyZXQu"
}))]
pub(crate) struct NewFile {
    /// What it is called. Its ending says what it is: pdf, png, jpg, txt, eml, docx or xlsx.
    name: String,
    /// What it shows.
    description: String,
    /// Its bytes, in base64.
    content: Content,
}

/// A file in an address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct AttachmentPath {
    /// The file's identifier.
    attachment: Uuid,
}

/// A file by its address.
pub(crate) struct AtAttachment(pub(super) AttachmentId);

/// How long so many bytes are in base64.
pub(super) const fn in_base64(bytes: usize) -> usize {
    bytes.div_ceil(3).saturating_mul(4)
}

/// Attach a file to a case
///
/// By the data protection officer. What it holds must be what the ending of its name says, and of a
/// kind that is taken in.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/attachments", tag = super::STEPS,
    operation_id = "attach_file", params(CasePath, KeyHeader), request_body = NewFile,
    responses(
        (status = 201, description = "It is attached.", body = super::steps::Made),
        PostProblems,
    ),
)]
pub(crate) async fn attach(step: Taking, Body(it): Body<NewFile>) -> MadeAnswer {
    step.attach(it.into_upload()).await
}

/// Get an attached file
///
/// The file as it was attached, to be saved. What the reporter attached is the data protection
/// officer's to see alone. A file that is damaged on the disk is not handed out.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/attachments/{attachment}", tag = super::CASES,
    operation_id = "get_attachment", params(CasePath, AttachmentPath),
    responses(
        (status = 200, description = "The file.", content_type = "application/octet-stream"),
        CaseProblems,
    ),
)]
pub(crate) async fn hand_out(
    InCase { caller, case }: InCase,
    AtAttachment(attachment): AtAttachment,
) -> Result<Response, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/attachments/{attachment}";
    handed_out(caller.service().attached_file(&caller.who, case, attachment, page).await?)
}

/// A file as it is handed out, or why it is not.
pub(super) fn handed_out(sight: FileSight) -> Result<Response, Failure> {
    match sight {
        FileSight::Whole(file) => Ok(files::handed_out(&file)),
        FileSight::Erased => Err(Failure::NotFound),
        FileSight::Damaged => Err(Failure::Damaged),
    }
}

impl Attachment {
    pub(crate) fn new(it: &attachment::Attachment) -> Self {
        let file = it.file.get();
        Self {
            id: it.attachment.0,
            source: Word(it.source),
            inquiry: it.inquiry.map(|inquiry| inquiry.0),
            kind: Word(it.kind),
            length: it.length,
            name: file.map(|file| file.name.clone()),
            description: file.map(|file| file.description.clone()),
            sha256: file.map(|file| file.sha256.clone()),
        }
    }
}

impl NewFile {
    /// The file as it was sent, nothing of it believed.
    pub(super) fn into_upload(self) -> Upload {
        let Self { name, description, content } = self;
        Upload { name, declared: None, description, bytes: content.0.into() }
    }
}

impl ReportFile {
    /// The file as it was sent, nothing of it believed.
    pub(super) fn into_upload(self) -> Upload {
        let Self { name, content } = self;
        Upload { name, declared: None, description: String::new(), bytes: content.0.into() }
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // What was sent instead is not repeated: it may be anything.
        STANDARD.decode(text).map(Self).map_err(|_| D::Error::custom("no base64"))
    }
}

impl FromRequestParts<App> for AtAttachment {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = Path::<AttachmentPath>::from_request_parts(parts, app).await;
        let Path(AttachmentPath { attachment }) = path.map_err(|_| Failure::NotFound)?;
        Ok(Self(AttachmentId(attachment)))
    }
}
