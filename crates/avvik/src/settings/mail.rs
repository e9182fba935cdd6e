//! How mail leaves the house.

use std::path::{Path, PathBuf};

use channels::mail::{Address, Encryption};

use super::reader::Reader;
use super::value::Value;

/// How mail leaves the house, and in whose name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MailSettings {
    /// The address mails come from.
    pub(crate) from: Address,
    /// The way they go.
    pub(crate) transport: Transport,
}

/// The way mails go.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Transport {
    /// Into a directory, as `.eml` files.
    Folder(PathBuf),
    /// To a mail server.
    Smtp(Smtp),
}

/// A mail server, and what it asks for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Smtp {
    /// Its name or IP address.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// How the connection is encrypted.
    pub(crate) encryption: Encryption,
    /// Certificates in PEM of an issuer to trust beside the public ones.
    pub(crate) trusted_issuers_file: Option<PathBuf>,
    /// Who signs in, and the file with the password, where the server asks for it.
    pub(crate) sign_in: Option<(String, PathBuf)>,
}

const TRANSPORT: &str = "folder or smtp";
const TLS: &str = "none, starttls or tls";
const PORT: &str = "a whole number from 1 to 65535";
const HOST: &str = "the name or IP address of the mail server";
const USER: &str = "the name the mail server knows us by";
const FROM: &str = "an e-mail address in ASCII, such as avvik@example.org";
const FILE: &str = "the path of a file, relative to the working directory or absolute";
const FOLDER: &str = "the path of a directory, relative to the working directory or absolute";

const HOST_MISSING: &str = "transport smtp needs the name or IP address of the mail server";
const FROM_MISSING: &str = "transport smtp needs the address mails come from";
const SIGN_IN_HALF: &str = "user and password_file are set together, or neither is";

/// What the settings say, before it is held together.
struct Said {
    host: Option<String>,
    port: Option<u16>,
    tls: Option<Encryption>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    trusted_issuers_file: Option<PathBuf>,
}

impl MailSettings {
    pub(super) fn ask(reader: &mut Reader, data_dir: &Path) -> Self {
        let by_smtp = reader.ask("mail", "transport", TRANSPORT, transport).unwrap_or(false);
        let folder = reader.ask("mail", "folder", FOLDER, Value::path);
        let from = reader.ask("mail", "from", FROM, |value| value.text()?.parse().ok());
        let said = Said::ask(reader);
        if by_smtp && from.is_none() {
            reader.missing("mail", "from", FROM_MISSING);
        }
        Self {
            from: from.unwrap_or_else(|| {
                "avvik@localhost".parse().expect("a name, an at sign and a host are an address")
            }),
            transport: if by_smtp {
                Transport::Smtp(said.hold_together(reader))
            } else {
                Transport::Folder(folder.unwrap_or_else(|| data_dir.join("mail")))
            },
        }
    }
}

impl Said {
    fn ask(reader: &mut Reader) -> Self {
        let port = |value: &Value| value.number(1..).and_then(|it| u16::try_from(it).ok());
        Self {
            host: reader.ask("mail", "host", HOST, Value::text),
            port: reader.ask("mail", "port", PORT, port),
            tls: reader.ask("mail", "tls", TLS, encryption),
            user: reader.ask("mail", "user", USER, Value::text),
            password_file: reader.ask("mail", "password_file", FILE, Value::path),
            trusted_issuers_file: reader.ask("mail", "trusted_issuers_file", FILE, Value::path),
        }
    }

    fn hold_together(self, reader: &mut Reader) -> Smtp {
        if self.host.is_none() {
            reader.missing("mail", "host", HOST_MISSING);
        }
        match (&self.user, &self.password_file) {
            (Some(_), None) => reader.missing("mail", "password_file", SIGN_IN_HALF),
            (None, Some(_)) => reader.missing("mail", "user", SIGN_IN_HALF),
            (Some(_), Some(_)) | (None, None) => {}
        }
        let encryption = self.tls.unwrap_or(Encryption::StartTls);
        Smtp {
            host: self.host.unwrap_or_default(),
            port: self.port.unwrap_or(match encryption {
                Encryption::None => 25,
                Encryption::StartTls => 587,
                Encryption::Tls => 465,
            }),
            encryption,
            trusted_issuers_file: self.trusted_issuers_file,
            sign_in: self.user.zip(self.password_file),
        }
    }
}

/// Whether mail goes by SMTP.
fn transport(value: &Value) -> Option<bool> {
    match value.text()?.as_str() {
        "folder" => Some(false),
        "smtp" => Some(true),
        _ => None,
    }
}

fn encryption(value: &Value) -> Option<Encryption> {
    match value.text()?.as_str() {
        "none" => Some(Encryption::None),
        "starttls" => Some(Encryption::StartTls),
        "tls" => Some(Encryption::Tls),
        _ => None,
    }
}
