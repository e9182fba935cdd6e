//! SvarUt of KS, by the interface of version 2: it looks the person up, delivers to the mailbox
//! they chose, and prints and posts what is not opened.

mod wire;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderValue;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::consignment::{Arrival, Consignment, ConsignmentId, Reference};
use super::maskinporten::{KeyProblem, Maskinporten, MaskinportenSettings};
use super::post_error::{CarrierFault, PostError};

/// What Maskinporten is asked for.
const SCOPE: &str = "ks:fiks";

/// How long an answer may take. A letter is some tens of kilobytes.
const TIMEOUT: Duration = Duration::from_mins(1);

/// How long it may take to be connected.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How SvarUt is reached, and in whose name.
#[derive(Clone)]
pub struct SvarUtSettings {
    /// Where its interface begins, such as `https://svarut.ks.no/api`.
    pub url: Url,
    /// The account that sends.
    pub account: Uuid,
    /// The integration that is let in.
    pub integration: Uuid,
    /// Its password.
    pub password: String,
    /// Certificates, in PEM, of an issuer trusted beside the public ones.
    pub trusted_issuers: Option<Vec<u8>>,
    /// Who we are to Maskinporten.
    pub maskinporten: MaskinportenSettings,
}

impl fmt::Debug for SvarUtSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SvarUtSettings").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

/// What is wrong with the settings of SvarUt.
#[derive(Debug)]
pub enum SettingsProblem {
    /// Letters would cross the network unencrypted.
    UnencryptedNetwork,
    /// The address has no place for a path.
    NotAnAddress,
    /// The password holds what no request can carry.
    Password,
    /// The key for Maskinporten cannot sign.
    Key(KeyProblem),
    /// The trusted issuers hold something that is not a certificate.
    Certificate,
    /// There is no way to speak HTTPS.
    Client(reqwest::Error),
}

impl fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnencryptedNetwork => {
                "digital post leaves by https:// alone; http:// is for a server on this machine"
            }
            Self::NotAnAddress => "the carrier's address is none that a path can follow",
            Self::Password => "the password of the integration is ASCII, on one line",
            Self::Key(_) => "the key for Maskinporten cannot be used",
            Self::Certificate => "the trusted issuers hold something that is not a certificate",
            Self::Client(_) => "there is no way to speak HTTPS",
        })
    }
}

impl std::error::Error for SettingsProblem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Key(problem) => Some(problem),
            Self::Client(error) => Some(error),
            Self::UnencryptedNetwork | Self::NotAnAddress | Self::Password | Self::Certificate => {
                None
            }
        }
    }
}

/// The way to SvarUt.
pub struct SvarUt {
    settings: SvarUtSettings,
    password: HeaderValue,
    client: Client,
    maskinporten: Maskinporten,
}

impl fmt::Debug for SvarUt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SvarUt").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl SvarUt {
    /// A way to that account; nothing is asked yet.
    pub fn new(settings: SvarUtSettings) -> Result<Self, SettingsProblem> {
        let addresses = [&settings.url, &settings.maskinporten.token_url];
        if !addresses.into_iter().all(is_safe) {
            return Err(SettingsProblem::UnencryptedNetwork);
        }
        if settings.url.cannot_be_a_base() {
            return Err(SettingsProblem::NotAnAddress);
        }
        let mut password =
            HeaderValue::from_str(&settings.password).map_err(|_| SettingsProblem::Password)?;
        password.set_sensitive(true);
        let client = Client::builder()
            .tls_backend_preconfigured(tls(settings.trusted_issuers.as_deref())?)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .build()
            .map_err(SettingsProblem::Client)?;
        let maskinporten = Maskinporten::new(settings.maskinporten.clone(), SCOPE)
            .map_err(SettingsProblem::Key)?;
        Ok(Self { settings, password, client, maskinporten })
    }

    pub(super) async fn find(
        &self,
        reference: &Reference,
        now: DateTime<Utc>,
    ) -> Result<Option<ConsignmentId>, PostError> {
        let mut url = self.address("forsendelser");
        url.query_pairs_mut().append_pair("eksternRef", reference.as_str());
        let found: wire::Found = self.ask(self.client.get(url), now).await?;
        Ok(found.ids.into_iter().next())
    }

    pub(super) async fn send(
        &self,
        consignment: &Consignment,
        now: DateTime<Utc>,
    ) -> Result<ConsignmentId, PostError> {
        let said = serde_json::to_vec(&wire::Forsendelse::of(consignment))
            .expect("texts and numbers are JSON");
        let part = |bytes: Vec<u8>, kind| {
            Part::bytes(bytes).mime_str(kind).expect("the kinds written here are kinds")
        };
        let file = part(consignment.pdf.clone(), wire::PDF);
        let form = Form::new()
            .part("forsendelse", part(said, "application/json").file_name("forsendelse.json"))
            .part("filer_0", file.file_name(consignment.file_name.clone()));
        let url = self.address("forsendelser/");
        let accepted: wire::Accepted = self.ask(self.client.post(url).multipart(form), now).await?;
        Ok(accepted.id)
    }

    pub(super) async fn arrivals(
        &self,
        consignments: &[ConsignmentId],
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<ConsignmentId, Arrival>, PostError> {
        let url = self.address("forsendelser/status-sok");
        let asked = self.client.post(url).json(&wire::Asked { ids: consignments });
        let told: wire::Told = self.ask(asked, now).await?;
        let arrival = |it: wire::Standing| Some((it.id, it.status.arrival()?));
        Ok(told.standings.into_iter().filter_map(arrival).collect())
    }

    fn address(&self, tail: &str) -> Url {
        let base = self.settings.url.as_str().trim_end_matches('/');
        let address = format!("{base}/v2/kontoer/{}/{tail}", self.settings.account);
        address.parse().expect("a path was added to an address that takes one")
    }

    /// Asks with permission; once more where the permission is no longer taken.
    async fn ask<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        now: DateTime<Utc>,
    ) -> Result<T, PostError> {
        let token = self.maskinporten.token(&self.client, now).await?;
        let request = request
            .bearer_auth(token)
            .header("IntegrasjonId", self.settings.integration.to_string())
            .header("IntegrasjonPassord", self.password.clone());
        let answer = request.send().await.map_err(|error| PostError::Carrier(error.into()))?;
        if answer.status() == StatusCode::UNAUTHORIZED {
            self.maskinporten.forget().await;
        }
        if !answer.status().is_success() {
            return Err(PostError::Carrier(refused(answer).await));
        }
        answer.json().await.map_err(|error| PostError::Carrier(error.into()))
    }
}

async fn refused(answer: Response) -> CarrierFault {
    let status = answer.status().as_u16();
    let said: Option<wire::ErrorMessage> = answer.json().await.ok();
    CarrierFault::Refused { status, error: said.and_then(|it| it.error_id) }
}

/// Whether what is sent there is read by nobody on the way.
fn is_safe(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

/// The issuers that browsers trust, and the organisation's own.
fn tls(own: Option<&[u8]>) -> Result<rustls::ClientConfig, SettingsProblem> {
    let mut roots = rustls::RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let own: Vec<CertificateDer<'_>> = own
        .map_or(Ok(Vec::new()), |pem| CertificateDer::pem_slice_iter(pem).collect())
        .map_err(|_| SettingsProblem::Certificate)?;
    for issuer in own {
        roots.add(issuer).map_err(|_| SettingsProblem::Certificate)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks the versions that are safe");
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> SvarUtSettings {
        SvarUtSettings {
            url: url.parse().unwrap(),
            account: Uuid::from_u128(1),
            integration: Uuid::from_u128(2),
            password: "secret".to_owned(),
            trusted_issuers: None,
            maskinporten: MaskinportenSettings {
                token_url: "https://maskinporten.example/token".parse().unwrap(),
                audience: "https://maskinporten.example/".to_owned(),
                client_id: "client".to_owned(),
                key_id: "key".to_owned(),
                private_key: b"no key".to_vec(),
            },
        }
    }

    fn problem(settings: SvarUtSettings) -> SettingsProblem {
        SvarUt::new(settings).unwrap_err()
    }

    #[test]
    fn letters_never_cross_a_network_unencrypted() {
        for url in ["http://svarut.example/api", "http://10.0.0.1/api", "ftp://localhost/"] {
            let problem = problem(settings(url));
            assert!(matches!(problem, SettingsProblem::UnencryptedNetwork), "{url}: {problem}");
        }
        for url in ["https://svarut.example/api", "http://127.0.0.1:1/api", "http://[::1]/"] {
            let problem = problem(settings(url));
            assert!(matches!(problem, SettingsProblem::Key(KeyProblem::NotAKey)), "{url}");
        }
        let mut token_in_the_open = settings("https://svarut.example/api");
        token_in_the_open.maskinporten.token_url = "http://maskinporten.example/".parse().unwrap();
        assert!(matches!(problem(token_in_the_open), SettingsProblem::UnencryptedNetwork));
    }

    #[test]
    fn what_cannot_be_used_is_named_and_no_secret_is_shown() {
        let whole = || settings("https://svarut.example/api");
        let lines = SvarUtSettings { password: "two\nlines".to_owned(), ..whole() };
        assert!(matches!(problem(lines), SettingsProblem::Password));
        let torn = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec();
        let torn = SvarUtSettings { trusted_issuers: Some(torn), ..whole() };
        assert!(matches!(problem(torn), SettingsProblem::Certificate));
        let shown = format!("{:?}", whole());
        assert!(!shown.contains("secret") && !shown.contains("no key"), "{shown}");
    }
}
