//! Handing a closed case over to the archive.

use chrono::{DateTime, Utc};
use domain::case::{Request, archiving};
use serde::Deserialize;
use service::archive::Looked;
use utoipa::ToSchema;

use super::{Taken, Taking};
use crate::api::asked::{Body, CasePath, KeyHeader};
use crate::api::failure::Failure;
use crate::api::instant::near;
use crate::api::problems::PostProblems;

/// Every paper of the case, as somebody has looked at it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "entries": [{
    "paper": "memo", "title": "Saksframlegg – avvik 2026/17", "shielded": [], "open": false
}] }))]
pub(crate) struct ArchiveCase {
    /// The entries; each of the case's papers is one.
    entries: Vec<LookedAt>,
}

/// An entry that was looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookedAt {
    /// Which paper it is.
    paper: String,
    /// Its title.
    title: String,
    /// The words of the title that the public does not read.
    #[serde(default)]
    shielded: Vec<String>,
    /// Whether the public is given it.
    open: bool,
}

/// What the archive answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reference": "26/1234", "received_at": "2026-03-09T10:00:00Z" }))]
pub(crate) struct ArchiveReceipt {
    /// Its reference.
    reference: String,
    /// When it took the package in.
    #[serde(deserialize_with = "near")]
    received_at: DateTime<Utc>,
}

/// Hand a closed case over to the archive
///
/// By the data protection officer, once the titles were looked at. A package is made and laid where
/// the archive takes it from; until then it can be asked for anew with other titles.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/archive", tag = crate::api::STEPS,
    operation_id = "archive_case", params(CasePath, KeyHeader), request_body = ArchiveCase,
    responses((status = 204, description = "It is on its way."), PostProblems),
)]
pub(crate) async fn prepare(step: Taking, Body(it): Body<ArchiveCase>) -> Result<Taken, Failure> {
    let entries = it.entries.into_iter().map(|it| Looked {
        paper: it.paper,
        title: it.title,
        shielded: it.shielded,
        is_open: it.open,
    });
    step.archive(entries.collect()).await
}

/// Record that the archive has a case
///
/// By the data protection officer or the archivist, of the package that was handed over last.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/archive/receipt", tag = crate::api::STEPS,
    operation_id = "record_archive_receipt", params(CasePath, KeyHeader),
    request_body = ArchiveReceipt,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn receipt(
    step: Taking,
    Body(it): Body<ArchiveReceipt>,
) -> Result<Taken, Failure> {
    let (reference, received_at) = (it.reference, it.received_at);
    step.take(Request::Archiving(archiving::Request::Receipt { reference, received_at })).await
}
