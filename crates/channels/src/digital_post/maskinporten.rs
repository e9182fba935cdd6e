//! Permission to act for the organisation, from Maskinporten: a signed request (RFC 7523) gives a
//! token that lasts some minutes.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Client, Url};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::post_error::{CarrierFault, PostError};

/// How long a request for permission holds. Maskinporten takes at most two minutes.
const REQUEST_SECONDS: i64 = 100;

/// A token that ends within so long is not used any more.
const MARGIN: TimeDelta = TimeDelta::seconds(30);

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Who we are to Maskinporten.
#[derive(Clone)]
pub struct MaskinportenSettings {
    /// Where tokens are given out.
    pub token_url: Url,
    /// Whom the request is for: Maskinporten's own name for itself.
    pub audience: String,
    /// Our client there.
    pub client_id: String,
    /// Which of the client's keys signs.
    pub key_id: String,
    /// The key, an RSA key in PKCS#8 as PEM.
    pub private_key: Vec<u8>,
}

impl fmt::Debug for MaskinportenSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let token_url = self.token_url.as_str();
        f.debug_struct("MaskinportenSettings")
            .field("token_url", &token_url)
            .finish_non_exhaustive()
    }
}

/// Why a key cannot sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProblem {
    /// It is not a private key in PKCS#8 as PEM.
    NotAKey,
    /// It is not an RSA key of 2048 to 4096 bits.
    NotRsa,
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAKey => "it is not a private key in PKCS#8 as PEM",
            Self::NotRsa => "it is not an RSA key of 2048 to 4096 bits",
        })
    }
}

impl std::error::Error for KeyProblem {}

/// Permission, asked for when it is needed and kept while it holds.
pub(super) struct Maskinporten {
    settings: MaskinportenSettings,
    key: RsaKeyPair,
    scope: &'static str,
    held: Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    text: String,
    until: DateTime<Utc>,
}

/// The head of a signed request.
#[derive(Serialize)]
struct Head<'a> {
    alg: &'static str,
    kid: &'a str,
}

/// What a signed request says.
#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    iss: &'a str,
    scope: &'a str,
    iat: i64,
    exp: i64,
    jti: Uuid,
}

/// How a request is sent.
#[derive(Serialize)]
struct Asked<'a> {
    grant_type: &'static str,
    assertion: &'a str,
}

/// What comes back.
#[derive(Deserialize)]
struct Given {
    access_token: String,
    expires_in: i64,
}

impl Maskinporten {
    pub(super) fn new(
        settings: MaskinportenSettings,
        scope: &'static str,
    ) -> Result<Self, KeyProblem> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(&settings.private_key)
            .map_err(|_| KeyProblem::NotAKey)?;
        let key = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).map_err(|_| KeyProblem::NotRsa)?;
        Ok(Self { settings, key, scope, held: Mutex::new(None) })
    }

    /// A token that holds for a while yet.
    pub(super) async fn token(
        &self,
        client: &Client,
        now: DateTime<Utc>,
    ) -> Result<String, PostError> {
        let mut held = self.held.lock().await;
        if let Some(token) = held.as_ref().filter(|token| now + MARGIN < token.until) {
            return Ok(token.text.clone());
        }
        let given = self.ask(client, now).await?;
        let until = now + TimeDelta::seconds(given.expires_in.clamp(0, 86_400));
        *held = Some(Token { text: given.access_token.clone(), until });
        Ok(given.access_token)
    }

    /// Has the next request ask anew: what was held was not taken.
    pub(super) async fn forget(&self) {
        *self.held.lock().await = None;
    }

    async fn ask(&self, client: &Client, now: DateTime<Utc>) -> Result<Given, PostError> {
        let assertion = self.assertion(now)?;
        let asked = Asked { grant_type: GRANT, assertion: &assertion };
        let request = client.post(self.settings.token_url.clone()).form(&asked);
        let answer = request.send().await.map_err(|error| PostError::SignIn(error.into()))?;
        if !answer.status().is_success() {
            let status = answer.status().as_u16();
            return Err(PostError::SignIn(CarrierFault::Refused { status, error: None }));
        }
        answer.json().await.map_err(|error| PostError::SignIn(error.into()))
    }

    fn assertion(&self, now: DateTime<Utc>) -> Result<String, PostError> {
        let MaskinportenSettings { audience, client_id, key_id, .. } = &self.settings;
        let random = SystemRandom::new();
        let mut once = [0; 16];
        random.fill(&mut once).map_err(|_| PostError::Sign)?;
        let claims = Claims {
            aud: audience,
            iss: client_id,
            scope: self.scope,
            iat: now.timestamp(),
            exp: now.timestamp() + REQUEST_SECONDS,
            jti: Uuid::from_bytes(once),
        };
        let encoded = |json: serde_json::Result<Vec<u8>>| {
            URL_SAFE_NO_PAD.encode(json.expect("texts and numbers are JSON"))
        };
        let head = encoded(serde_json::to_vec(&Head { alg: "RS256", kid: key_id }));
        let said = format!("{head}.{}", encoded(serde_json::to_vec(&claims)));
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &random, said.as_bytes(), &mut signature)
            .map_err(|_| PostError::Sign)?;
        Ok(format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
