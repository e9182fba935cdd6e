//! What a form sent: fields as they came, within bounds.

use std::sync::Arc;

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use service::secrets::{self, FormKey, hexadecimal};
use service::{ChosenFile, Upload};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{CSRF, KEY};
use crate::fault::Fault;
use crate::{files, kept};

/// Bytes of a form: a long report in plain text has a tenth of it.
pub(crate) const FORM_BYTES_MAX: usize = 256 * 1024;

/// Fields of a form: the largest has some sixty.
const FIELDS_MAX: usize = 500;

/// The fields of a form in the order they were sent.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Posted {
    fields: Vec<(String, String)>,
    files: Vec<ChosenFile>,
}

/// What people write stays out of logs.
impl std::fmt::Debug for Posted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Posted({} fields)", self.fields.len())
    }
}

impl Posted {
    /// Reads a request's body.
    pub(crate) async fn read(request: Request) -> Result<Self, Fault> {
        if is_of(&request, "multipart/form-data") {
            return Self::read_multipart(request).await;
        }
        if !is_of(&request, "application/x-www-form-urlencoded") {
            return Err(Fault::Unreadable);
        }
        // Bounded by itself: where files are sent, more is read.
        let bytes = axum::body::to_bytes(request.into_body(), FORM_BYTES_MAX).await;
        let bytes = bytes.map_err(|_| Fault::TooLarge)?;
        let fields: Vec<_> = form_urlencoded::parse(&bytes).take(FIELDS_MAX + 1).collect();
        if FIELDS_MAX < fields.len() {
            return Err(Fault::TooLarge);
        }
        let owned = fields.into_iter().map(|(name, value)| (name.into_owned(), value.into_owned()));
        Ok(owned.collect())
    }

    /// Reads a form that files came with. How much it may be in all, the route says.
    async fn read_multipart(request: Request) -> Result<Self, Fault> {
        let parts = Multipart::from_request(request, &()).await;
        let mut parts = parts.map_err(|_| Fault::Unreadable)?;
        let (mut fields, mut files, mut bytes) = (Vec::new(), Vec::new(), 0);
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(file_name) = part.file_name().map(str::to_owned) {
                files.extend(read_file(part, file_name).await?);
            } else {
                let value = part.text().await.map_err(|error| broken(&error))?;
                bytes += name.len() + value.len();
                fields.push((name, value));
            }
            if FIELDS_MAX < fields.len() + files.len() || FORM_BYTES_MAX < bytes {
                return Err(Fault::TooLarge);
            }
        }
        Ok(Self { files, ..fields.into_iter().collect() })
    }

    /// The files that came with it, and those that were put beside it.
    pub(crate) fn files(&self) -> &[ChosenFile] {
        &self.files
    }

    /// The same with files in front of its own that were kept when it was last sent.
    pub(crate) fn with_kept(mut self, mut kept: Vec<ChosenFile>) -> Self {
        kept.append(&mut self.files);
        Self { files: kept, ..self }
    }

    /// The same files, to be taken in.
    pub(crate) fn uploads(&self, description: &str) -> Vec<Upload> {
        let upload = |file: &ChosenFile| Upload {
            name: file.name.clone(),
            declared: file.declared.clone(),
            description: description.to_owned(),
            bytes: Arc::clone(&file.bytes),
        };
        self.files.iter().map(upload).collect()
    }

    /// What the file with that number was called.
    pub(crate) fn file_name(&self, number: usize) -> &str {
        self.files.get(number).map_or("", |file| &file.name)
    }

    /// The first field called `name`, without white space around it; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.untouched(name).trim()
    }

    /// The same with the white space around it, for passwords.
    pub(crate) fn untouched(&self, name: &str) -> &str {
        self.fields.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// Every field called `name`.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Whether there is a field called `name`, empty or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(given, _)| given == name)
    }

    /// The form's own number, unless somebody took it out.
    pub(crate) fn number(&self) -> Option<Uuid> {
        self.text(KEY).parse().ok()
    }

    /// The key it is sent under, with what is sent.
    pub(crate) fn key(&self) -> Option<FormKey> {
        Some(FormKey::new(self.number()?).with(&self.content()))
    }

    /// All that makes it what it is. The session's token is none of it, nor is a password, nor
    /// whether a file was chosen just now or kept from the last time.
    fn content(&self) -> Vec<u8> {
        let is_content = |name: &str| {
            ![CSRF, KEY, files::KEPT, kept::LOOK_OVER].contains(&name) && !kept::is_secret(name)
        };
        let fields = self.fields.iter().filter(|(name, _)| is_content(name));
        let fields = fields.map(|(name, value)| (name.as_str(), value.trim().to_owned()));
        let files = self.files.iter();
        let files = files.map(|it| (it.name.as_str(), hexadecimal(&Sha256::digest(&it.bytes))));
        let mut all: Vec<(&str, String)> = fields.chain(files).collect();
        all.sort();
        format!("{all:?}").into_bytes()
    }

    /// Every field but the session's token.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .filter(|(name, _)| name != CSRF)
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// With another value in a field.
    pub(crate) fn replaced(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// Without any field called `name`.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(given, _)| given != name);
        self
    }

    /// With one field more.
    #[expect(clippy::needless_pass_by_value, reason = "identifiers and literals alike are given")]
    pub(crate) fn and(mut self, name: &str, value: impl ToString) -> Self {
        self.fields.push((name.to_owned(), value.to_string()));
        self
    }
}

/// Browsers end lines with two characters; one is kept.
impl FromIterator<(String, String)> for Posted {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        let fields =
            fields.into_iter().map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect();
        Self { fields, files: Vec::new() }
    }
}

fn is_of(request: &Request, wanted: &str) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case(wanted)
}

/// A file, unless the field for files was left empty.
async fn read_file(part: Field<'_>, name: String) -> Result<Option<ChosenFile>, Fault> {
    let declared = part.content_type().map(str::to_owned);
    let bytes = part.bytes().await.map_err(|error| broken(&error))?;
    let is_there = !name.is_empty() || !bytes.is_empty();
    let id = secrets::random_id();
    Ok(is_there.then(|| ChosenFile { id, name, declared, bytes: bytes.as_ref().into() }))
}

fn broken(error: &MultipartError) -> Fault {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge,
        _ => Fault::Unreadable,
    }
}
