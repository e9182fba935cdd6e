//! The steps of a case: each is a body that becomes a request, which the service carries out or
//! refuses.

pub(crate) mod archive;
pub(crate) mod closing;
pub(crate) mod confirmations;
pub(crate) mod corrections;
pub(crate) mod dealings;
pub(crate) mod inquiries;
pub(crate) mod intake;
pub(crate) mod measures;
pub(crate) mod risk;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::Erasable;
use domain::case::command::RecordNotification;
use domain::case::{Erase, Request};
use domain::ids::{CaseId, InquiryId};
use serde::{Deserialize, Serialize};
use service::archive::Looked;
use service::secrets::FormKey;
use service::{Certificate, Upload};
use utoipa::ToSchema;
use uuid::Uuid;

use super::asked::{Caller, InCase, Keyed};
use super::failure::Failure;
use crate::App;

/// A step somebody takes in a case, under a key.
pub(crate) struct Taking {
    keyed: Keyed,
    case: CaseId,
}

/// The step was taken: 204, with nothing to say.
pub(crate) struct Taken;

/// A new part of the case was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct Made {
    /// Its identifier.
    id: Uuid,
}

/// Why something is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Telefonen lå i garderoben hele tiden." }))]
pub(crate) struct Reason {
    /// Why.
    reason: String,
}

impl FromRequestParts<App> for Taking {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let keyed = Keyed::from_request_parts(parts, app).await?;
        let InCase { case, .. } = InCase::from_request_parts(parts, app).await?;
        Ok(Self { keyed, case })
    }
}

impl Taking {
    /// What follows from the key it is asked under.
    pub(crate) fn key(&self) -> FormKey {
        self.keyed.key.key()
    }

    /// Takes the step.
    pub(crate) async fn take(self, request: Request) -> Result<Taken, Failure> {
        let Keyed { caller, key } = self.keyed;
        caller.service().step(&caller.who, self.case, request, key.into()).await?;
        Ok(Taken)
    }

    /// Erases, and answers with what certifies it.
    pub(crate) async fn erase(self, erase: Erase) -> Result<(Caller, Certificate), Failure> {
        let Keyed { caller, key } = self.keyed;
        let certificate = caller.service().erase(&caller.who, self.case, erase, key.into()).await?;
        Ok((caller, certificate))
    }

    /// Hands a closed case over to the archive.
    pub(crate) async fn archive(self, looked: Vec<Looked>) -> Result<Taken, Failure> {
        let Keyed { caller, key } = self.keyed;
        caller.service().prepare_archive(&caller.who, self.case, looked, key.into()).await?;
        Ok(Taken)
    }

    /// Attaches a file.
    pub(crate) async fn attach(self, upload: Upload) -> MadeAnswer {
        let Keyed { caller, key } = self.keyed;
        let id = caller.service().attach(&caller.who, self.case, upload, key.into()).await?;
        Ok((StatusCode::CREATED, Json(Made { id: id.0 })))
    }

    /// Answers a question, with files or without.
    pub(crate) async fn answer(
        self,
        inquiry: InquiryId,
        text: &str,
        files: Vec<Upload>,
    ) -> Result<Taken, Failure> {
        let Keyed { caller, key } = self.keyed;
        let at = (self.case, inquiry);
        caller.service().answer_inquiry(&caller.who, at, text, files, key.into()).await?;
        Ok(Taken)
    }

    /// Records what was sent to the authority, with its receipt if there is one.
    pub(crate) async fn record_notice(
        self,
        notice: RecordNotification,
        receipt: Option<Upload>,
    ) -> Result<Taken, Failure> {
        let Keyed { caller, key } = self.keyed;
        caller.service().record_notice(&caller.who, self.case, notice, receipt, key.into()).await?;
        Ok(Taken)
    }

    /// Takes a step that makes a new part of the case. Its identifier follows from the key, so that
    /// a repeat is about the same part.
    pub(crate) async fn make(self, request: impl FnOnce(Uuid) -> Request) -> MadeAnswer {
        let id = self.key().part();
        self.take(request(id)).await?;
        Ok((StatusCode::CREATED, Json(Made { id })))
    }
}

/// What a step that makes something answers.
pub(crate) type MadeAnswer = Result<(StatusCode, Json<Made>), Failure>;

impl IntoResponse for Taken {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

/// A text as the case keeps it.
pub(crate) fn said(text: &str) -> Erasable<String> {
    Erasable::known(text.trim().to_owned())
}

/// A text that may be left out; nothing when it is blank.
pub(crate) fn said_if_any(text: Option<String>) -> Option<Erasable<String>> {
    text.filter(|text| !text.trim().is_empty()).map(|text| said(&text))
}
