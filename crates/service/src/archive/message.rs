//! What an archive is told of a case: a folder, the entries in it, their documents and files. It
//! is written in two forms, [`super::fiks`] and [`super::classic`].

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::secrets::{digest, hexadecimal};

/// The name by which archives know the system that hands over.
pub const SYSTEM: &str = "Avvik";

/// A case's part in the archive.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The folder it is put in.
    pub folder: Folder,
    /// What is entered there, in order.
    pub entries: Vec<Entry>,
    /// When it was made, with the organisation's offset from UTC.
    pub made_at: chrono::DateTime<chrono::FixedOffset>,
}

/// A folder that holds what is entered in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// By which the archive knows it again, so that it is made once.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it is in the archive's own plan, where the organisation says so.
    pub class: Option<String>,
    /// Whether the public sees what is in it.
    pub access: Access,
    /// The unit that keeps it.
    pub unit: String,
    /// Who answers for it.
    pub officer: String,
    /// From which day it is.
    pub opened_on: NaiveDate,
}

/// An entry in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// By which the archive knows it again.
    pub key: String,
    /// What sort of entry it is.
    pub kind: EntryKind,
    /// Its title.
    pub title: String,
    /// The title as the public reads it, in which shielded words are not to be read.
    pub public_title: String,
    /// Whether the public sees it. Every entry says so: what the folder says is handed down to
    /// those that do not.
    pub access: Access,
    /// Whom it went to or came from.
    pub party: Option<Party>,
    /// The day it bears.
    pub dated_on: NaiveDate,
    /// When it was sent, where it was.
    pub sent_at: Option<chrono::DateTime<chrono::FixedOffset>>,
    /// Its documents; the first is the main one.
    pub documents: Vec<Document>,
}

/// What sort of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// It was sent.
    Outgoing,
    /// It stayed in the organisation.
    Internal,
}

/// Whether the public sees something (offentleglova § 3), in the words of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Whether it is kept from the public.
    pub is_shielded: bool,
    /// The archive's code for that.
    pub code: String,
    /// What the code stands for.
    pub words: String,
    /// The legal ground, as the journal prints it.
    pub ground: String,
}

/// Whom something went to or came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Their name.
    pub name: String,
    /// Their organisation number, where it is known.
    pub number: Option<String>,
    /// Their reference for it.
    pub reference: Option<String>,
}

/// A document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// What sort of document it is.
    pub kind: DocumentKind,
    /// Its files: the same content in one form or several.
    pub files: Vec<File>,
}

/// What sort of document it is, of those the archives' lists know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// A notification.
    Notification,
    /// A letter.
    Letter,
    /// A memo on which something is decided.
    Memo,
    /// A report, such as an excerpt of a register.
    Report,
    /// What came with another.
    Attachment,
}

/// A file of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Its name in the package: of a plain kind, and no other file has it.
    pub name: String,
    /// The name it is shown and downloaded with.
    pub shown_name: String,
    /// Its media type.
    pub media_type: String,
    /// What it is for.
    pub variant: Variant,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// To be kept for good.
    Archive,
    /// As it was made, in a form that is not kept for good.
    Production,
    /// Given to the public: exempt passages are left out.
    Redacted,
}

impl Message {
    /// How many files there are in all.
    #[must_use]
    pub fn file_count(&self) -> usize {
        self.entries.iter().map(Entry::file_count).sum()
    }

    /// Every file, in order.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.entries.iter().flat_map(|it| &it.documents).flat_map(|it| &it.files)
    }
}

impl Folder {
    /// The identifier that follows from its key.
    #[must_use]
    pub fn id(&self) -> Uuid {
        identifier("folder", &self.key)
    }
}

impl Entry {
    /// How many files its documents have.
    #[must_use]
    pub fn file_count(&self) -> usize {
        self.documents.iter().map(|it| it.files.len()).sum()
    }

    /// The identifier that follows from its key.
    #[must_use]
    pub fn id(&self) -> Uuid {
        identifier("entry", &self.key)
    }

    /// The identifier of one of its documents, counted from 1.
    #[must_use]
    pub fn document_id(&self, number: usize) -> Uuid {
        identifier("document", &format!("{}/{number}", self.key))
    }

    /// Whether the public reads another title.
    #[must_use]
    pub fn has_shielded_title(&self) -> bool {
        self.title != self.public_title
    }
}

impl File {
    /// SHA-256 of its bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        hexadecimal(&Sha256::digest(&self.bytes))
    }

    /// Whether it is a PDF.
    #[must_use]
    pub fn is_pdf(&self) -> bool {
        self.media_type == "application/pdf"
    }
}

/// The same for the same key, so that a package made anew says the same.
fn identifier(what: &str, key: &str) -> Uuid {
    let digest = digest(&format!("archive {what}"), key.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
