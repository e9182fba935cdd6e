//! Who carries digital post to the people affected, where somebody does.

use std::path::PathBuf;

use channels::digital_post::{MaskinportenSettings, SvarUtSettings, Url};
use uuid::Uuid;

use super::PATH;
use super::hand_over::{read_bytes, read_line};
use super::reader::Reader;
use super::value::Value;
use crate::failure::Failure;

/// What SvarUt and Maskinporten ask of the organisation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DigitalPostSettings {
    url: Url,
    account: Uuid,
    integration: Uuid,
    password_file: PathBuf,
    trusted_issuers_file: Option<PathBuf>,
    token_url: Url,
    audience: String,
    client: String,
    key_id: String,
    key_file: PathBuf,
}

const TABLE: &str = "digital_post";
const CARRIER: &str = "none or svarut";
const ADDRESS: &str = "an address that begins with https://";
const IDENTIFIER: &str = "an identifier such as 3f0a62f4-9d51-4a0b-8d0e-6f4f0f2f9a11";
const TEXT: &str = "a text";
const NEEDED: &str = "carrier svarut needs it";

const SVARUT: &str = "https://svarut.ks.no/api";
const TOKENS: &str = "https://maskinporten.no/token";
const AUDIENCE: &str = "https://maskinporten.no/";

/// What the sources say of it; nothing where nobody carries digital post.
pub(super) fn ask(reader: &mut Reader) -> Option<DigitalPostSettings> {
    let carrier = |value: &Value| match value.text()?.as_str() {
        "none" => Some(false),
        "svarut" => Some(true),
        _ => None,
    };
    let is_svarut = reader.ask(TABLE, "carrier", CARRIER, carrier).unwrap_or(false);
    let address = |value: &Value| value.text()?.parse::<Url>().ok();
    let identifier = |value: &Value| value.text()?.parse::<Uuid>().ok();
    let url = reader.ask(TABLE, "url", ADDRESS, address);
    let account = reader.ask(TABLE, "account", IDENTIFIER, identifier);
    let integration = reader.ask(TABLE, "integration", IDENTIFIER, identifier);
    let password_file = reader.ask(TABLE, "password_file", PATH, Value::path);
    let trusted_issuers_file = reader.ask(TABLE, "trusted_issuers_file", PATH, Value::path);
    let token_url = reader.ask(TABLE, "maskinporten_url", ADDRESS, address);
    let audience = reader.ask(TABLE, "maskinporten_audience", TEXT, Value::text);
    let client = reader.ask(TABLE, "maskinporten_client", TEXT, Value::text);
    let key_id = reader.ask(TABLE, "maskinporten_key_id", TEXT, Value::text);
    let key_file = reader.ask(TABLE, "maskinporten_key_file", PATH, Value::path);
    if !is_svarut {
        return None;
    }
    let needed = [
        ("account", account.is_some()),
        ("integration", integration.is_some()),
        ("password_file", password_file.is_some()),
        ("maskinporten_client", client.is_some()),
        ("maskinporten_key_id", key_id.is_some()),
        ("maskinporten_key_file", key_file.is_some()),
    ];
    for (key, _) in needed.into_iter().filter(|(_, is_there)| !is_there) {
        reader.missing(TABLE, key, NEEDED);
    }
    let shipped = |address: &str| address.parse().expect("an address written here is one");
    Some(DigitalPostSettings {
        url: url.unwrap_or_else(|| shipped(SVARUT)),
        account: account?,
        integration: integration?,
        password_file: password_file?,
        trusted_issuers_file,
        token_url: token_url.unwrap_or_else(|| shipped(TOKENS)),
        audience: audience.unwrap_or_else(|| AUDIENCE.to_owned()),
        client: client?,
        key_id: key_id?,
        key_file: key_file?,
    })
}

impl DigitalPostSettings {
    /// The settings with what their files hold.
    pub(super) fn for_service(&self) -> Result<SvarUtSettings, Failure> {
        let issuers = self.trusted_issuers_file.as_deref();
        let issuers = issuers.map(|path| read_bytes("digital_post.trusted_issuers_file", path));
        Ok(SvarUtSettings {
            url: self.url.clone(),
            account: self.account,
            integration: self.integration,
            password: read_line("digital_post.password_file", &self.password_file)?,
            trusted_issuers: issuers.transpose()?,
            maskinporten: MaskinportenSettings {
                token_url: self.token_url.clone(),
                audience: self.audience.clone(),
                client_id: self.client.clone(),
                key_id: self.key_id.clone(),
                private_key: read_bytes("digital_post.maskinporten_key_file", &self.key_file)?,
            },
        })
    }
}
