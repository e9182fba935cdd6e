//! The documents of a case: written, marked for the public, and handed out as files.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::case::document::{self, ExemptPassage};
use domain::case::{Memo, Request};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::asked::{AsOf, Body, CasePath, InCase, KeyHeader, Query};
use super::failure::Failure;
use super::problems::{CaseProblems, PostProblems};
use super::steps::{Taken, Taking, said};
use super::words::MemoPart;
use crate::App;
use crate::page::Page;
use crate::pages::documents::{Paper, file, written};

/// A memo as far as it is written. What is left out is empty.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "orientation": "Saken gjelder en mistet telefon." }))]
pub(crate) struct DraftMemo {
    /// Part 1: what the case is about.
    #[serde(default)]
    orientation: String,
    /// Part 2: what happened, when it was discovered, when it happened, who was involved.
    #[serde(default)]
    description: String,
    /// Part 3: the rules and guidelines.
    #[serde(default)]
    rules: String,
    /// Part 4: the discussion.
    #[serde(default)]
    discussion: String,
    /// Part 5: the assessment of the deviation and the measures.
    #[serde(default)]
    assessment: String,
    /// Part 6: the conclusion, with points to follow up.
    #[serde(default)]
    conclusion: String,
}

/// A passage that the public is not given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "part": "description",
    "passage": "en nabo",
    "ground": "offl. § 13 jf. fvl. § 13 første ledd nr. 1",
    "reason": "Det peker på en person."
}))]
pub(crate) struct Exempt {
    /// In which part of the memo it stands.
    part: MemoPart,
    /// Its words, as they stand there.
    passage: String,
    /// The legal ground.
    ground: String,
    /// Why it applies.
    reason: String,
}

/// A passage that the public is given after all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "part": "description", "passage": "en nabo" }))]
pub(crate) struct Give {
    /// In which part of the memo it stands.
    part: MemoPart,
    /// Its words, as they were marked.
    passage: String,
}

/// Which document.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct DocumentPath {
    /// `memo`, `public-memo` (not while a passage that was marked stands in the memo otherwise),
    /// `next-notice`, `notice-1` and on for those that were sent, or `case-file`.
    document: String,
}

/// Write the memo
///
/// By the data protection officer. It is kept as a draft, in versions; parts may be empty.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/memo/draft", tag = super::STEPS,
    operation_id = "draft_memo", params(CasePath, KeyHeader), request_body = DraftMemo,
    responses((status = 204, description = "It is kept."), PostProblems),
)]
pub(crate) async fn draft_memo(step: Taking, Body(it): Body<DraftMemo>) -> Result<Taken, Failure> {
    let memo = Memo {
        orientation: said(&it.orientation),
        description: said(&it.description),
        rules: said(&it.rules),
        discussion: said(&it.discussion),
        assessment: said(&it.assessment),
        conclusion: said(&it.conclusion),
    };
    step.take(Request::Document(document::Request::DraftMemo(Box::new(memo)))).await
}

/// Mark a passage that the public is not given
///
/// By the data protection officer. The public version of the memo has the legal ground in its
/// place. A passage that does not stand in the memo is refused.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/memo/exempt", tag = super::STEPS,
    operation_id = "exempt_passage", params(CasePath, KeyHeader), request_body = Exempt,
    responses((status = 204, description = "It is marked."), PostProblems),
)]
pub(crate) async fn exempt(step: Taking, Body(it): Body<Exempt>) -> Result<Taken, Failure> {
    let it = ExemptPassage {
        part: it.part.0,
        passage: said(&it.passage),
        ground: it.ground.trim().to_owned(),
        reason: said(&it.reason),
    };
    step.take(Request::Document(document::Request::ExemptPassage(it))).await
}

/// Give the public a passage after all
///
/// By the data protection officer. Takes the mark away.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/memo/give", tag = super::STEPS,
    operation_id = "give_passage", params(CasePath, KeyHeader), request_body = Give,
    responses((status = 204, description = "It is not marked."), PostProblems),
)]
pub(crate) async fn give(step: Taking, Body(it): Body<Give>) -> Result<Taken, Failure> {
    let give = document::Request::GivePassage { part: it.part.0, passage: said(&it.passage) };
    step.take(Request::Document(give)).await
}

/// Get a document of a case
///
/// As PDF/A-2a and PDF/UA-1, with what whoever asks may see of the case, now or as it was known
/// at a moment.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/documents/{document}", tag = super::CASES,
    operation_id = "get_document", params(CasePath, DocumentPath, AsOf),
    responses(
        (status = 200, description = "The document.", content_type = "application/pdf"),
        CaseProblems,
    ),
)]
pub(crate) async fn hand_out(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    InCase { caller, case }: InCase,
    AtDocument(paper): AtDocument,
    Query(as_of): Query<AsOf>,
) -> Result<Response, Failure> {
    let route = "/api/v1/cases/{year}/{sequence}/documents/{document}";
    let seen = caller.service().case_file(&caller.who, case, route).await?;
    let (seen, now) = as_of.of(seen, caller.service().now())?;
    let page = Page::new(&app, &headers, uri.path(), None).at(now);
    let is_past = !as_of.is_now(caller.service().now());
    let document = written(&app, &page, &seen, paper, is_past).await;
    let document = document.map_err(|_| Failure::NotFound)?;
    let number = seen.file.known.report.number;
    let name = format!("{} {number}.pdf", paper.name());
    file(&name, document).await.map_err(|_| Failure::Internal)
}

/// The document an address names.
pub(crate) struct AtDocument(Paper);

impl FromRequestParts<App> for AtDocument {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = Path::<DocumentPath>::from_request_parts(parts, app).await;
        let Path(DocumentPath { document }) = path.map_err(|_| Failure::NotFound)?;
        Paper::named(&document).map(Self).ok_or(Failure::NotFound)
    }
}
