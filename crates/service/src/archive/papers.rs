//! The papers of a case, as whoever writes them in words hands them to the archive.

use documents::Document;
use domain::Time;
use domain::ids::AttachmentId;
use views::CaseFile;

use super::message::{DocumentKind, EntryKind, Party, Variant};
use crate::open::Service;

/// Whoever puts a case's papers into words. The service knows what is kept; it speaks no language.
pub trait Papers: Send + Sync {
    /// What of a closed case is entered in the archive, in order. The same case makes the same
    /// papers, whenever it is asked for.
    fn of_closed_case(&self, service: &Service, file: &CaseFile) -> Vec<Paper>;
}

/// An entry in the archive before it is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// What tells it from the case's other papers.
    pub key: String,
    /// The title by the house's template; it names nobody.
    pub title: String,
    /// What sort of entry it is.
    pub kind: EntryKind,
    /// Whether the public is given it, unless somebody decides otherwise.
    pub is_open: bool,
    /// Whom it went to.
    pub party: Option<Party>,
    /// When it was written.
    pub dated_at: Time,
    /// When it was sent, if it was.
    pub sent_at: Option<Time>,
    /// Its documents, the main one first.
    pub documents: Vec<PaperDocument>,
}

/// A document of a paper.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperDocument {
    /// Its title; it names nobody.
    pub title: String,
    /// What sort of document it is.
    pub kind: DocumentKind,
    /// The same content in one form or several.
    pub files: Vec<PaperFile>,
}

/// A file of a document, before it is made.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperFile {
    /// Its name without an ending: small letters, digits and hyphens.
    pub name: String,
    /// What it is for.
    pub variant: Variant,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A document that is to be laid out.
    Written(Box<Document>),
    /// A file that was attached.
    Attached(AttachmentId),
    /// A letter as it was signed, a PDF file.
    Signed(AttachmentId),
}
