//! Files attached to a case: what is known of them without opening them. Their bytes are the
//! journal's to keep, and whether they are what they claim to be is seen to before.

use serde::{Deserialize, Serialize};

use super::report::Reporter;
use crate::Erasable;
use crate::ids::{AttachmentId, InquiryId};

/// No case holds more files than this, so that nobody fills the disk with a follow-up code.
pub const ATTACHMENTS_MAX: usize = 200;

/// A file attached to a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// Which file.
    pub attachment: AttachmentId,
    /// On whose behalf it was attached.
    pub source: AttachmentSource,
    /// What it was found to be.
    pub kind: FileKind,
    /// How long it is, in bytes.
    pub length: u64,
    /// What it is called and what it is. What a reporter attached is sealed with the reporter's
    /// key where there is one, and so are its bytes: a file may tell who made it.
    pub file: Erasable<AttachedFile>,
    /// Which question it came with an answer to, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<InquiryId>,
}

impl Attachment {
    /// Whether the data protection officer may show it to whoever is asked something: of a reporter
    /// who is not named nothing is, since it may tell who made it.
    #[must_use]
    pub fn may_be_shown(&self, reporter: &Reporter) -> bool {
        self.source == AttachmentSource::Handling || matches!(reporter, Reporter::Named(_))
    }
}

/// What a file is called and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedFile {
    /// Its name, cleaned of all that is more than a name.
    pub name: String,
    /// What it shows, as whoever handles the case says; reporters need not say.
    pub description: String,
    /// SHA-256 of its bytes in hexadecimal, by which somebody else's copy can be compared.
    pub sha256: String,
}

/// On whose behalf a file was attached.
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
pub enum AttachmentSource {
    /// The reporter's. It is shown to the data protection officer alone, since what is in it, or
    /// around it, may tell who the reporter is.
    Reporter,
    /// Of those who handle the case, or were asked to help; shown to all who see it.
    Handling,
}

/// The kinds of files that are taken in. None of them is run by being opened.
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
pub enum FileKind {
    /// A document in PDF.
    Pdf,
    /// A picture in PNG.
    Png,
    /// A photo in JPEG.
    Jpeg,
    /// Plain text.
    PlainText,
    /// An e-mail with its headers (RFC 5322).
    Email,
    /// A text document (Office Open XML), without macros.
    Docx,
    /// A workbook (Office Open XML), without macros.
    Xlsx,
}

impl FileKind {
    /// Under which ending such a file is kept and handed out.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::PlainText => "txt",
            Self::Email => "eml",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::PlainText => "text/plain; charset=utf-8",
            Self::Email => "message/rfc822",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
