//! What was sent to the authority: each notice with its time, its way and its very words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::template::{FieldId, TemplateId};
use super::value::{OwnWords, Value};
use crate::ids::AttachmentId;
use crate::{Erasable, Time};

/// What a notice is for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoticeKind {
    /// It is the first, or the first since one was withdrawn.
    #[default]
    Initial,
    /// It adds to one that was sent (GDPR art. 33(4)).
    Supplement,
    /// It takes back what was sent.
    Withdrawal,
}

/// Whether more is to come. NOTE: part of the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Completeness {
    /// Everything is told.
    Complete,
    /// Something is told later, without undue further delay (GDPR art. 33(4)).
    Incomplete,
}

/// The way a notice went. NOTE: part of the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoticeChannel {
    /// The authority's own portal.
    Portal,
    /// E-mail.
    Email,
    /// A letter.
    Letter,
    /// A network for graded information.
    SecureNetwork,
    /// Another way, such as by phone with a letter after it.
    Other,
}

/// What is kept of a notice besides its time and its reference. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NoticeSent {
    /// The way it went. The oldest do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<NoticeChannel>,
    /// The receipt, one of the case's files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<AttachmentId>,
    /// What it said, where it was written here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Box<NoticeContent>>,
}

impl NoticeSent {
    /// Whether nothing more is kept of it.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What a notice said, in its own words: whoever reads it needs no template. NOTE: part of the
/// stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticeContent {
    /// The template it followed.
    pub template: TemplateId,
    /// The template's version.
    pub version: u32,
    /// Whether more was to come.
    pub completeness: Completeness,
    /// What was asked in each of these fields.
    pub labels: BTreeMap<FieldId, String>,
    /// Every field that was answered, in the template's order.
    pub fields: Erasable<Vec<SentField>>,
}

impl NoticeContent {
    /// Every field that was answered, in order; none once they are erased.
    #[must_use]
    pub fn sent(&self) -> &[SentField] {
        self.fields.get().map_or(&[], Vec::as_slice)
    }
}

/// A field as it was sent. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentField {
    /// Which field of the template.
    pub field: FieldId,
    /// What was answered.
    pub value: Value,
    /// The same in words, where it was chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

/// A notice, as the case keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What it is for.
    pub kind: NoticeKind,
    /// When it was sent.
    pub sent_at: Time,
    /// The reference it was given.
    pub reference: String,
    /// Why it came after the deadline, or why it takes back what was sent.
    pub reasons: Option<Erasable<String>>,
    /// What else is kept of it.
    pub sent: NoticeSent,
}

impl Notice {
    /// Whether more was to come, where it says so.
    #[must_use]
    pub fn completeness(&self) -> Option<Completeness> {
        self.sent.content.as_ref().map(|content| content.completeness)
    }
}

/// What the data protection officer wrote for the next notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Counts from 1.
    pub version: u32,
    /// The fields that have an answer of their own.
    pub fields: Erasable<OwnWords>,
}
