//! Mail to a server: one connection per message, encrypted unless the server is this machine.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use lettre::transport::smtp;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use super::{Address, Message, SendError};

/// The longest a message may be allowed to take. RFC 5321 gives the end of the text ten minutes.
pub const TIMEOUT_SECONDS_MAX: u64 = 600;

/// A taken message is taken also where the server does not say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// How to reach the mail server, and in whose name.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Name or IP address of the server; its certificate must be for it.
    pub host: String,
    /// Usually 587 with STARTTLS, 465 with TLS.
    pub port: u16,
    /// How the connection is encrypted.
    pub encryption: Encryption,
    /// Certificates, in PEM, of an issuer trusted beside the public ones: the organisation's own.
    pub trusted_issuers: Option<Vec<u8>>,
    /// Who signs in, where the server asks for it.
    pub credentials: Option<Credentials>,
    /// The address messages come from.
    pub from: Address,
    /// How long one message may take in all, from 1 to [`TIMEOUT_SECONDS_MAX`].
    pub timeout_seconds: u64,
}

/// How the connection to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all: only for a server on this machine.
    None,
    /// From the first command on; a server that does not offer it gets no message.
    StartTls,
    /// From the first byte on.
    Tls,
}

/// What the mail server is told to let us in.
#[derive(Clone)]
pub struct Credentials {
    /// The user's name.
    pub user: String,
    /// The user's password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}

/// What is wrong with the settings of the mail server.
#[derive(Debug)]
pub enum SettingsProblem {
    /// Mail would cross the network unencrypted.
    UnencryptedNetwork,
    /// The port is 0.
    Port,
    /// The timeout is 0 or more than [`TIMEOUT_SECONDS_MAX`].
    Timeout,
    /// The trusted issuers hold no certificate.
    NoCertificate,
    /// The trusted issuers hold something that is not a certificate.
    Certificate(smtp::Error),
}

impl fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnencryptedNetwork => write!(
                f,
                "unencrypted mail is allowed only to localhost or a loopback address; \
                 use starttls or tls"
            ),
            Self::Port => write!(f, "the port is a number from 1 to 65535"),
            Self::Timeout => write!(f, "the timeout is 1 to {TIMEOUT_SECONDS_MAX} seconds"),
            Self::NoCertificate => write!(f, "the trusted issuers hold no certificate in PEM"),
            Self::Certificate(_) => {
                write!(f, "the trusted issuers hold something that is not a certificate")
            }
        }
    }
}

impl Error for SettingsProblem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // The error of lettre says its own source again; what is below it is enough.
            Self::Certificate(error) => error.source(),
            Self::UnencryptedNetwork | Self::Port | Self::Timeout | Self::NoCertificate => None,
        }
    }
}

/// The way to a mail server.
pub struct Smtp {
    settings: SmtpSettings,
    tls: TlsParameters,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Smtp {
    /// A way to that server; nothing is sent yet.
    pub fn new(settings: SmtpSettings) -> Result<Self, SettingsProblem> {
        if settings.encryption == Encryption::None && !is_loopback(&settings.host) {
            return Err(SettingsProblem::UnencryptedNetwork);
        }
        if settings.port == 0 {
            return Err(SettingsProblem::Port);
        }
        if !(1..=TIMEOUT_SECONDS_MAX).contains(&settings.timeout_seconds) {
            return Err(SettingsProblem::Timeout);
        }
        let mut tls = TlsParameters::builder(settings.host.clone());
        if let Some(pem) = &settings.trusted_issuers {
            if !pem.windows(BEGIN_CERTIFICATE.len()).any(|bytes| bytes == BEGIN_CERTIFICATE) {
                return Err(SettingsProblem::NoCertificate);
            }
            let issuers = Certificate::from_pem(pem).map_err(SettingsProblem::Certificate)?;
            tls = tls.add_root_certificate(issuers);
        }
        let tls = tls.build().map_err(SettingsProblem::Certificate)?;
        Ok(Self { settings, tls })
    }

    pub(super) async fn send(&self, message: &Message) -> Result<(), SendError> {
        let composed = message.compose(&self.settings.from).map_err(SendError::Compose)?;
        let allowed = Duration::from_secs(self.settings.timeout_seconds);
        // A connection is used for one message: after a timeout it would be unclear which command
        // the next answer belongs to.
        let mut connection = timeout(allowed, self.hand_over(&composed))
            .await
            .map_err(|_| SendError::TimedOut)
            .flatten()?;
        let _ = timeout(GOODBYE, connection.quit()).await;
        Ok(())
    }

    async fn hand_over(
        &self,
        composed: &lettre::Message,
    ) -> Result<AsyncSmtpConnection, SendError> {
        let mut connection = self.connect().await?;
        if let Some(Credentials { user, password }) = &self.settings.credentials {
            let credentials = (user, password).into();
            let signed_in = connection.auth(DEFAULT_MECHANISMS, &credentials).await;
            signed_in.map_err(|error| SendError::SignIn(error.into()))?;
        }
        let handed_over = connection.send(composed.envelope(), &composed.formatted()).await;
        handed_over.map_err(|error| SendError::HandOver(error.into()))?;
        Ok(connection)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let SmtpSettings { host, port, encryption, .. } = &self.settings;
        let from_the_start = (*encryption == Encryption::Tls).then(|| self.tls.clone());
        let ourselves = ClientId::default();
        let server = (host.as_str(), *port);
        let connected =
            AsyncSmtpConnection::connect_tokio1(server, None, &ourselves, from_the_start, None);
        let mut connection = connected.await.map_err(|error| SendError::Connect(error.into()))?;
        if *encryption == Encryption::StartTls {
            let encrypted = connection.starttls(self.tls.clone(), &ourselves).await;
            encrypted.map_err(|error| SendError::Encrypt(error.into()))?;
        }
        Ok(connection)
    }
}

const BEGIN_CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----";

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::message::tests::sender;

    fn settings(host: &str, encryption: Encryption) -> SmtpSettings {
        SmtpSettings {
            host: host.to_owned(),
            port: 587,
            encryption,
            trusted_issuers: None,
            credentials: None,
            from: sender(),
            timeout_seconds: 30,
        }
    }

    #[test]
    fn only_this_machine_is_talked_to_unencrypted() {
        for host in ["localhost", "127.0.0.1", "127.8.8.8", "::1"] {
            assert!(Smtp::new(settings(host, Encryption::None)).is_ok(), "{host}");
        }
        for host in ["mail.example.org", "localhost.example.org", "10.0.0.1", "0.0.0.0", ""] {
            let problem = Smtp::new(settings(host, Encryption::None)).unwrap_err();
            assert!(matches!(problem, SettingsProblem::UnencryptedNetwork), "{host}: {problem}");
        }
        for encryption in [Encryption::StartTls, Encryption::Tls] {
            assert!(Smtp::new(settings("mail.example.org", encryption)).is_ok());
        }
    }

    #[test]
    fn settings_have_bounds() {
        let whole = settings("localhost", Encryption::None);
        let no_port = SmtpSettings { port: 0, ..whole.clone() };
        assert!(matches!(Smtp::new(no_port), Err(SettingsProblem::Port)));
        for timeout_seconds in [0, TIMEOUT_SECONDS_MAX + 1] {
            let never = SmtpSettings { timeout_seconds, ..whole.clone() };
            assert!(matches!(Smtp::new(never), Err(SettingsProblem::Timeout)));
        }
    }

    #[test]
    fn trusted_issuers_are_certificates() {
        let trusting = |pem: &[u8]| SmtpSettings {
            trusted_issuers: Some(pem.to_vec()),
            ..settings("mail.example.org", Encryption::Tls)
        };
        let none = Smtp::new(trusting(b"just text")).unwrap_err();
        assert!(matches!(none, SettingsProblem::NoCertificate), "{none}");
        let torn = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let torn = Smtp::new(trusting(torn)).unwrap_err();
        assert!(matches!(torn, SettingsProblem::Certificate(_)), "{torn}");
        assert!(torn.source().is_some());
    }

    #[test]
    fn a_password_is_not_shown_by_accident() {
        let credentials = Credentials { user: "avvik".to_owned(), password: "hemmelig".to_owned() };
        let signing_in =
            SmtpSettings { credentials: Some(credentials), ..settings("::1", Encryption::None) };
        let shown = format!("{:?}", Smtp::new(signing_in).unwrap());
        assert!(!shown.contains("hemmelig"), "{shown}");
        assert!(!shown.contains("avvik"), "{shown}");
    }
}
