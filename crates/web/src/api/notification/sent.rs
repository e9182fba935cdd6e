//! What was sent to the authority, as the API tells it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::case::attachment::Attachment;
use domain::notification;
use domain::notification::{NoticeContent, NoticeSent, SentField};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::value::FieldValue;
use crate::api::shapes::text;
use crate::api::words::{Completeness, NoticeChannel, NoticeKind, Word};

/// What is kept of a notice besides its time and its reference.
#[derive(Serialize, ToSchema)]
pub(crate) struct Notice {
    /// The way it went, where that was said.
    channel: Option<NoticeChannel>,
    /// The receipt, one of the case's files.
    receipt: Option<Uuid>,
    /// Whether more was to come, where what it said was written here.
    completeness: Option<Completeness>,
}

/// A notice that was sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct SentNotice {
    /// What it was for.
    kind: NoticeKind,
    /// When it was sent.
    sent_at: DateTime<Utc>,
    /// Its reference.
    reference: String,
    /// Why it came after the deadline, or took back what was sent.
    reasons: Option<String>,
    /// What else is kept of it.
    notice: Notice,
    /// SHA-256 of the receipt in hexadecimal.
    receipt_sha256: Option<String>,
    /// What it said; `null` where it was written elsewhere.
    content: Option<Content>,
}

/// What a notice said.
#[derive(Serialize, ToSchema)]
pub(crate) struct Content {
    /// The template it followed.
    template: String,
    /// The template's version.
    version: u32,
    /// Every field that was answered, by its number; `null` once erased.
    fields: Option<BTreeMap<u16, Answer>>,
}

/// A field as it was sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct Answer {
    /// What was asked.
    label: String,
    /// What was answered.
    value: FieldValue,
    /// What was chosen, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
}

impl Notice {
    /// What is kept of a notice.
    pub(crate) fn new(it: &NoticeSent) -> Self {
        Self {
            channel: it.channel.map(Word),
            receipt: it.receipt.map(|receipt| receipt.0),
            completeness: it.content.as_ref().map(|content| Word(content.completeness)),
        }
    }
}

impl SentNotice {
    /// A notice, with the files of its case.
    pub(super) fn new(it: &notification::Notice, files: &[Attachment]) -> Self {
        let receipt = files.iter().find(|file| Some(file.attachment) == it.sent.receipt);
        Self {
            kind: Word(it.kind),
            sent_at: it.sent_at,
            reference: it.reference.clone(),
            reasons: it.reasons.as_ref().and_then(text),
            notice: Notice::new(&it.sent),
            receipt_sha256: receipt.and_then(|file| Some(file.file.get()?.sha256.clone())),
            content: it.sent.content.as_deref().map(Content::new),
        }
    }
}

impl Content {
    fn new(it: &NoticeContent) -> Self {
        let answer = |sent: &SentField| {
            let label = it.labels.get(&sent.field).cloned().unwrap_or_default();
            let (value, words) = (FieldValue::new(&sent.value), sent.words.clone());
            (sent.field.0, Answer { label, value, words })
        };
        Self {
            template: it.template.to_string(),
            version: it.version,
            fields: it.fields.get().map(|fields| fields.iter().map(answer).collect()),
        }
    }
}
