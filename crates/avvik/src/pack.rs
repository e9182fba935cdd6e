//! The evidence pack: a ZIP file with evidence of one case, readable and checkable without us.
//!
//! NOTE: `docs/verify_proof.py` reads it too, and so do packs' holders in years to come: files and
//! fields are only added.

// The fuzz targets take this file in, and find the other by its path.
#[path = "pack/single.rs"]
mod single;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::io::{self, Cursor, Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use journal::{Evidence, EvidenceEvent, Hash, Opening, PublicKey, Shown, SignedCheckpoint};
use serde::{Deserialize, Serialize};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use single::Single;

const README: &str = include_str!("pack/README.txt");

const README_FILE: &str = "README.txt";
const CHECKPOINT_FILE: &str = "checkpoint.txt";
const EARLIEST_FILE: &str = "earliest-checkpoint.txt";
const KEY_FILE: &str = "public-key.txt";
/// The events as they are shown: a JSON list.
const EVENTS_FILE: &str = "events.json";
const PROOFS_FILE: &str = "proofs.json";

/// No more than this is unpacked.
const BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Hashes and openings, in base64.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proofs {
    consistency: Vec<String>,
    /// In the order of the events.
    events: Vec<EventProof>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventProof {
    inclusion: Vec<String>,
    openings: Vec<Option<String>>,
}

/// Why a file is no evidence pack.
#[derive(Debug)]
pub(crate) enum PackError {
    /// It is no ZIP file, or one that was damaged.
    NotAZip { source: ZipError },
    /// One of its files cannot be read.
    NotRead { file: String, source: io::Error },
    /// It has other files than a pack has.
    OtherFiles,
    /// One of its files is not what it should be.
    Unfit { file: String },
    /// It holds more than is unpacked.
    TooLarge,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAZip { .. } => write!(f, "it is no whole ZIP file"),
            Self::NotRead { file, .. } => write!(f, "{file} in it cannot be read"),
            Self::OtherFiles => write!(f, "it has other files than an evidence pack"),
            Self::Unfit { file } => write!(f, "{file} in it is missing or not in its form"),
            Self::TooLarge => write!(f, "it holds more than {BYTES_MAX} bytes"),
        }
    }
}

impl Error for PackError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotAZip { source } => Some(source),
            Self::NotRead { source, .. } => Some(source),
            Self::OtherFiles | Self::Unfit { .. } | Self::TooLarge => None,
        }
    }
}

impl From<ZipError> for PackError {
    fn from(source: ZipError) -> Self {
        Self::NotAZip { source }
    }
}

/// The file with an event's stored bytes.
fn record_file(position: u64) -> String {
    format!("records/{position}.cbor")
}

/// The evidence as the bytes of a ZIP file: the same for the same evidence.
pub(crate) fn write(evidence: &Evidence) -> Result<Vec<u8>, PackError> {
    let shown: Vec<&Shown> = evidence.events.iter().map(|event| &event.shown).collect();
    let proof = |event: &EvidenceEvent| EventProof {
        inclusion: event.inclusion.iter().map(|hash| STANDARD.encode(hash.0)).collect(),
        openings: event.openings.iter().map(|it| it.as_ref().map(to_text)).collect(),
    };
    let proofs = Proofs {
        consistency: evidence.consistency.iter().map(|hash| STANDARD.encode(hash.0)).collect(),
        events: evidence.events.iter().map(proof).collect(),
    };
    let json = "what is shown and proven has text keys alone";
    let mut files: Vec<(String, Vec<u8>)> = vec![
        (README_FILE.to_owned(), README.into()),
        (EVENTS_FILE.to_owned(), serde_json::to_vec_pretty(&shown).expect(json)),
        (CHECKPOINT_FILE.to_owned(), evidence.checkpoint.text().into()),
        (EARLIEST_FILE.to_owned(), evidence.earliest.text().into()),
        (KEY_FILE.to_owned(), format!("{}\n", evidence.public_key).into_bytes()),
        (PROOFS_FILE.to_owned(), serde_json::to_vec_pretty(&proofs).expect(json)),
    ];
    let records = evidence.events.iter();
    files.extend(records.map(|it| (record_file(it.shown.position), it.record.clone())));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(&bytes).map_err(|source| PackError::NotRead { file: name, source })?;
    }
    Ok(zip.finish()?.into_inner())
}

fn to_text(opening: &Opening) -> String {
    STANDARD.encode(opening.0)
}

/// The evidence in the bytes of a ZIP file, not yet believed.
pub(crate) fn read(bytes: &[u8]) -> Result<Evidence, PackError> {
    let mut pack = Pack { zip: ZipArchive::new(Cursor::new(bytes))?, left: BYTES_MAX };
    let shown: Vec<Shown> = pack.json(EVENTS_FILE)?;
    let _: Single = pack.json(EVENTS_FILE)?;
    let proofs: Proofs = pack.json(PROOFS_FILE)?;
    if shown.len() != proofs.events.len() {
        return Err(unfit(PROOFS_FILE));
    }
    // The README is for people; whatever it says proves nothing.
    let others = [README_FILE, EVENTS_FILE, PROOFS_FILE, CHECKPOINT_FILE, EARLIEST_FILE, KEY_FILE];
    let positions: BTreeSet<u64> = shown.iter().map(|shown| shown.position).collect();
    // An event shown twice would leave room for a file that is none of the pack's.
    if positions.len() != shown.len() || pack.entries(bytes) != others.len() + shown.len() {
        return Err(PackError::OtherFiles);
    }
    pack.bytes(README_FILE)?;
    let mut events = Vec::with_capacity(shown.len());
    for (shown, proof) in shown.into_iter().zip(proofs.events) {
        let openings = proof.openings.into_iter();
        let openings = openings.map(|it| it.map(|it| bytes_of(&it).map(Opening)).transpose());
        events.push(EvidenceEvent {
            record: pack.bytes(&record_file(shown.position))?,
            inclusion: hashes(&proof.inclusion)?,
            openings: openings.collect::<Result<_, _>>()?,
            shown,
        });
    }
    Ok(Evidence {
        checkpoint: pack.text(CHECKPOINT_FILE, SignedCheckpoint::read)?,
        earliest: pack.text(EARLIEST_FILE, SignedCheckpoint::read)?,
        public_key: pack.text(KEY_FILE, PublicKey::read)?,
        consistency: hashes(&proofs.consistency)?,
        events,
    })
}

struct Pack<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes are still unpacked.
    left: u64,
}

/// What every entry of a ZIP file's list of its files begins with.
const ENTRY: &[u8] = b"PK\x01\x02";
/// How long it is, without the name, the extra field and the comment, whose lengths stand in it.
const ENTRY_BYTES: usize = 46;

impl Pack<'_> {
    /// How many entries the ZIP file lists: of two with the same name, one would go unseen.
    fn entries(&self, bytes: &[u8]) -> usize {
        let start = usize::try_from(self.zip.central_directory_start()).unwrap_or(usize::MAX);
        let mut rest = bytes.get(start..).unwrap_or_default();
        let mut count = 0;
        while let Some(entry) = rest.get(..ENTRY_BYTES).filter(|it| it.starts_with(ENTRY)) {
            let length = |at: usize| usize::from(u16::from_le_bytes([entry[at], entry[at + 1]]));
            let end = ENTRY_BYTES + length(28) + length(30) + length(32);
            rest = rest.get(end..).unwrap_or_default();
            count += 1;
        }
        count
    }

    fn bytes(&mut self, name: &str) -> Result<Vec<u8>, PackError> {
        let mut file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Err(unfit(name)),
            Err(source) => return Err(PackError::NotAZip { source }),
        };
        self.left = self.left.checked_sub(file.size()).ok_or(PackError::TooLarge)?;
        let mut bytes = Vec::new();
        let read = file.read_to_end(&mut bytes);
        read.map_err(|source| PackError::NotRead { file: name.to_owned(), source })?;
        Ok(bytes)
    }

    fn text<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, PackError> {
        let bytes = self.bytes(name)?;
        str::from_utf8(&bytes).ok().and_then(read).ok_or_else(|| unfit(name))
    }

    fn json<T: for<'de> Deserialize<'de>>(&mut self, name: &str) -> Result<T, PackError> {
        serde_json::from_slice(&self.bytes(name)?).map_err(|_| unfit(name))
    }
}

fn unfit(file: &str) -> PackError {
    PackError::Unfit { file: file.to_owned() }
}

fn hashes(texts: &[String]) -> Result<Vec<Hash>, PackError> {
    texts.iter().map(|text| bytes_of(text).map(Hash)).collect()
}

fn bytes_of(text: &str) -> Result<[u8; 32], PackError> {
    let bytes = STANDARD.decode(text).map_err(|_| unfit(PROOFS_FILE))?;
    bytes.try_into().map_err(|_| unfit(PROOFS_FILE))
}
