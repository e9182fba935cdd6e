//! From a request to what it asks: who, about which case, under which key, and the body. A handler
//! that is handed one of these need not ask whether it is in order.

use std::sync::{Arc, OnceLock};

use axum::body::HttpBody;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use domain::ids::{CaseId, CaseNumber, InquiryId, MeasureId};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use service::secrets::{self, FormKey};
use service::{CaseSight, Service, SignedIn};
use utoipa::IntoParams;
use uuid::Uuid;

use super::failure::Failure;
use super::problem::{FieldProblem, Place};
use super::unfit;
use crate::App;
use crate::api::instant::near;
use crate::language;
use crate::text::available;

/// The header with the number a program gives to what it asks, so that asking twice does it once.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What is longer than this is no key of ours; nothing longer is looked at.
const TOKEN_CHARACTERS_MAX: usize = 200;

/// Whom a program acts for, by its token.
#[derive(Clone)]
pub(crate) struct Caller {
    app: App,
    /// Who.
    pub(crate) who: SignedIn,
}

/// Whom a program acts for, and the number of what it asks.
pub(crate) struct Keyed {
    /// Who asks.
    pub(crate) caller: Caller,
    /// Under which number, and what.
    pub(crate) key: SentUnder,
}

/// The number of what a program asks, and, once the body was read, what it asks.
pub(crate) struct SentUnder {
    number: Uuid,
    body: ReadBody,
}

/// A digest of the body of a request that was sent under a key, for whoever read the key before.
#[derive(Clone, Default)]
struct ReadBody(Arc<OnceLock<String>>);

impl SentUnder {
    /// What follows from the number alone.
    pub(crate) fn key(&self) -> FormKey {
        FormKey::new(self.number)
    }
}

impl From<SentUnder> for FormKey {
    fn from(sent: SentUnder) -> Self {
        let body = sent.body.0.get().map_or("", String::as_str);
        sent.key().with(body.as_bytes())
    }
}

impl ReadBody {
    /// Notes what was sent, however it was laid out.
    fn note(&self, bytes: &[u8]) {
        let value = serde_json::from_slice::<serde_json::Value>(bytes).unwrap_or_default();
        let digest = secrets::hash("body", &value.to_string());
        self.0.get_or_init(|| digest);
    }
}

/// Whom a program acts for, and a case there is. Whether it is theirs to see, the service says.
pub(crate) struct InCase {
    /// Who asks.
    pub(crate) caller: Caller,
    /// About which case.
    pub(crate) case: CaseId,
}

/// A measure by its address.
pub(crate) struct AtMeasure(pub(crate) MeasureId);

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

/// What stands behind the question mark of an address.
pub(crate) struct Query<T>(pub(crate) T);

/// The language a program asks for.
pub(crate) struct Language(pub(crate) &'static str);

/// A case in an address: `/cases/2026/17`.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct CasePath {
    /// The year in the case's number.
    #[param(example = 2026)]
    year: u16,
    /// The case's number within the year.
    #[param(example = 17)]
    sequence: u32,
}

/// The moment at which a case is looked at.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AsOf {
    /// The case as it was known at this moment, clocks and all; as it is known now when left out.
    /// There is no case before it was reported.
    #[param(example = "2026-03-03T04:30:00Z")]
    #[serde(default, deserialize_with = "near")]
    as_of: Option<DateTime<Utc>>,
}

impl AsOf {
    /// Whether the case is asked for as it stands.
    pub(crate) fn is_now(&self, now: DateTime<Utc>) -> bool {
        self.as_of.is_none_or(|moment| now <= moment)
    }

    /// The moment, where it has been; nothing for what stands now.
    pub(crate) fn moment(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.as_of.filter(|_| !self.is_now(now))
    }

    /// What was known then, and the time the clocks showed.
    pub(crate) fn of(
        &self,
        seen: CaseSight,
        now: DateTime<Utc>,
    ) -> Result<(CaseSight, DateTime<Utc>), Failure> {
        match self.moment(now) {
            None => Ok((seen, now)),
            Some(moment) => Ok((seen.as_of(moment).ok_or(Failure::NotFound)?, moment)),
        }
    }
}

/// A measure in an address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct MeasurePath {
    /// The measure's identifier.
    measure: Uuid,
}

/// The inquiry that the address names.
pub(crate) struct AtInquiry(pub(crate) InquiryId);

/// An inquiry in an address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct InquiryPath {
    /// The inquiry's identifier.
    inquiry: Uuid,
}

impl FromRequestParts<App> for AtInquiry {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = Path::<InquiryPath>::from_request_parts(parts, app).await;
        let Path(InquiryPath { inquiry }) = path.map_err(|_| Failure::NotFound)?;
        Ok(Self(InquiryId(inquiry)))
    }
}

/// The header a program sends to ask twice and be heard once.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it describes the header, which is read by hand")]
pub(crate) struct KeyHeader {
    /// A random UUID (version 4) of the program's own. A request that is sent again under the same
    /// key, by the same person, is carried out once and answered as it was the first time; another
    /// body under the same key is refused with 409 `key_used`. Keep the key to yourself: the
    /// follow-up code of a report is made from it. Without one, the service makes one, and a repeat
    /// is a new request.
    #[param(rename = "Idempotency-Key", required = false)]
    key: Uuid,
}

impl Caller {
    /// The service, for them.
    pub(crate) fn service(&self) -> &Service {
        self.app.service()
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let token = bearer(&parts.headers).ok_or(Failure::NoToken)?;
        let fits = token.len() <= TOKEN_CHARACTERS_MAX;
        let who = fits.then(|| app.service().bearer(token)).flatten();
        Ok(Self { app: app.clone(), who: who.ok_or(Failure::TokenRefused)? })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = text(headers, &header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

impl FromRequestParts<App> for Keyed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let body = ReadBody::default();
        let number = if parts.headers.contains_key(IDEMPOTENCY_KEY) {
            parts.extensions.insert(body.clone());
            key_of(&caller.who, parts)?
        } else {
            secrets::random_id()
        };
        Ok(Self { caller, key: SentUnder { number, body } })
    }
}

/// The key as it was sent, bound to whom it was sent for and where to: what one program does under
/// a key is nothing another can come upon, and a key used at two addresses is two. It must be
/// random, since the follow-up code is made from it.
fn key_of(who: &SignedIn, parts: &Parts) -> Result<Uuid, Failure> {
    let given = text(&parts.headers, &IDEMPOTENCY_KEY).and_then(|key| key.parse::<Uuid>().ok());
    let random = given.filter(|key| key.get_version() == Some(uuid::Version::Random));
    let unfit = || Failure::field(Place::Header, "Idempotency-Key", FieldProblem::Unfit);
    let key = random.ok_or_else(unfit)?;
    let bound =
        secrets::hash("idempotency key", &format!("{} {} {key}", who.user, parts.uri.path()));
    let half = u128::from_str_radix(&bound[..32], 16).expect("a hash is hexadecimal");
    Ok(uuid::Builder::from_u128(half).into_uuid())
}

impl FromRequestParts<App> for InCase {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let Path(CasePath { year, sequence }) =
            Path::from_request_parts(parts, app).await.map_err(|_| Failure::NotFound)?;
        let case = caller.service().find_case(CaseNumber { year, sequence });
        Ok(Self { case: case.ok_or(Failure::NotFound)?, caller })
    }
}

impl FromRequestParts<App> for AtMeasure {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = Path::<MeasurePath>::from_request_parts(parts, app).await;
        let Path(MeasurePath { measure }) = path.map_err(|_| Failure::NotFound)?;
        Ok(Self(MeasureId(measure)))
    }
}

impl FromRequestParts<App> for Language {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let asked = text(&parts.headers, &header::ACCEPT_LANGUAGE);
        Ok(Self(language::Language::choose(&available(), None, asked).tag()))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            return Err(Failure::NotJson);
        }
        let body = request.extensions().get::<ReadBody>().cloned();
        let bytes =
            axum::body::Bytes::from_request(request, app).await.map_err(|refused| match refused
                .into_response()
                .status()
            {
                StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
                _ => Failure::Malformed,
            })?;
        let read = unfit::read_json(&bytes)?;
        if let Some(body) = body {
            body.note(&bytes);
        }
        Ok(Self(read))
    }
}

/// A body that may be left out, with its content type or without.
impl<T: DeserializeOwned> OptionalFromRequest<App> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Option<Self>, Failure> {
        if request.body().is_end_stream() {
            return Ok(None);
        }
        <Self as FromRequest<App>>::from_request(request, app).await.map(Some)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = text(headers, &header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        unfit::read_query(parts.uri.query().unwrap_or_default()).map(Self)
    }
}
