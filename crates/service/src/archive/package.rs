//! A case's package for the archive: the files, both forms of the message about them, and a
//! manifest by which anybody can see that nothing is missing or changed.

use domain::ids::CaseNumber;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::message::{Message, Variant};
use super::{classic, fiks};
use crate::secrets::hexadecimal;

/// The file that lists the others.
pub const MANIFEST: &str = "manifest.json";

/// A package, complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Its name: the same for the same case and version.
    pub name: String,
    /// Every file by its path within the package, the manifest last.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What the manifest says.
#[derive(Serialize)]
struct Manifest<'a> {
    system: &'static str,
    case: String,
    version: u32,
    made_at: String,
    folder: &'a str,
    entries: Vec<ListedEntry<'a>>,
    files: Vec<ListedFile<'a>>,
}

#[derive(Serialize)]
struct ListedEntry<'a> {
    title: &'a str,
    public_title: &'a str,
    shielded: bool,
    legal_ground: &'a str,
    files: Vec<DescribedFile<'a>>,
}

#[derive(Serialize)]
struct DescribedFile<'a> {
    name: &'a str,
    media_type: &'a str,
    variant: &'static str,
}

#[derive(Serialize)]
struct ListedFile<'a> {
    path: &'a str,
    bytes: usize,
    sha256: String,
}

/// The name of a case's package in a version.
#[must_use]
pub fn name(number: CaseNumber, version: u32) -> String {
    format!("avvik-{}-{}-v{version}", number.year, number.sequence)
}

impl Package {
    /// The package of a message. The same message makes the same bytes.
    #[must_use]
    pub fn new(message: &Message, number: CaseNumber, version: u32) -> Self {
        let mut files: Vec<(String, Vec<u8>)> =
            message.files().map(|it| (format!("files/{}", it.name), it.bytes.clone())).collect();
        files.push(("classic/arkivmelding.xml".to_owned(), classic::message(message)));
        files.push(("fiks-v1/0/arkivmelding.xml".to_owned(), fiks::folder(message)));
        for (at, entry) in (1..).zip(&message.entries) {
            let path = format!("fiks-v1/{at}/arkivmelding.xml");
            files.push((path, fiks::entry(message, entry)));
        }
        let manifest = Manifest {
            system: super::message::SYSTEM,
            case: number.to_string(),
            version,
            made_at: message.made_at.to_rfc3339(),
            folder: &message.folder.title,
            entries: listed(message),
            files: files.iter().map(|(path, bytes)| ListedFile::new(path, bytes)).collect(),
        };
        let manifest = serde_json::to_vec_pretty(&manifest).expect("texts and numbers become JSON");
        files.push((MANIFEST.to_owned(), manifest));
        Self { name: name(number, version), files }
    }

    /// SHA-256 of its manifest, in hexadecimal: it stands for the whole package.
    #[must_use]
    pub fn sha256(&self) -> String {
        let manifest = self.files.iter().find(|(path, _)| path == MANIFEST);
        let (_, bytes) = manifest.expect("every package is made with one");
        hexadecimal(&Sha256::digest(bytes))
    }
}

fn listed(message: &Message) -> Vec<ListedEntry<'_>> {
    let entries = message.entries.iter().map(|it| ListedEntry {
        title: &it.title,
        public_title: &it.public_title,
        shielded: it.access.is_shielded,
        legal_ground: &it.access.ground,
        files: it
            .documents
            .iter()
            .flat_map(|document| &document.files)
            .map(|file| DescribedFile {
                name: &file.name,
                media_type: &file.media_type,
                variant: variant(file.variant),
            })
            .collect(),
    });
    entries.collect()
}

fn variant(it: Variant) -> &'static str {
    match it {
        Variant::Archive => "archive",
        Variant::Production => "production",
        Variant::Redacted => "redacted",
    }
}

impl<'a> ListedFile<'a> {
    fn new(path: &'a str, bytes: &[u8]) -> Self {
        Self { path, bytes: bytes.len(), sha256: hexadecimal(&Sha256::digest(bytes)) }
    }
}
