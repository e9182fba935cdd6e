//! What can be read of a file, so that the guard can look through it before it goes by e-mail.
//!
//! Only what is certain to be all of its words is handed on. Where a file has anything that is not
//! text, such as a picture, or cannot be read to its end, nothing of it is: it counts as a file
//! that cannot be looked into, and stays.

mod office;
mod pdf;
#[cfg(test)]
mod tests;

use domain::case::FileKind;
use domain::guard::{self, Confidential, Finding, Mail, Part, What};
use std::collections::BTreeSet;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Bytes of words that are read of a file: some five hundred pages.
const TEXT_BYTES_MAX: usize = 1024 * 1024;

/// Bytes that a file may unpack to. By what it may unpack to, the time it takes is bounded too.
const UNPACKED_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Bytes that the words of a file may take with all that says where they stand.
const HELD_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Somewhere in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In what it is called.
    Name,
    /// In a line of its text, counted from 1.
    Line(usize),
    /// On a page, counted from 1.
    Page(usize),
    /// In a cell of a sheet.
    Cell {
        /// What the sheet is called.
        sheet: String,
        /// The cell as the sheet names it, such as `B7`.
        cell: String,
    },
    /// In what the file says of itself, or beside its text: author, comments, headers, links.
    Beside,
    /// Somewhere in it: it cannot be looked into.
    Whole,
}

/// Something in a file that must not go by e-mail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileFinding {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub what: What,
}

/// The words of a file, each piece with where it stands.
type Words = Vec<(Place, String)>;

/// Everything in a file that must not go by e-mail, in the order of the file. It is read on a
/// thread of its own, one file at a time, so that no file keeps others from being answered.
pub(super) async fn findings(
    (name, kind, bytes): (String, FileKind, Zeroizing<Vec<u8>>),
    confidential: Confidential,
) -> Vec<FileFinding> {
    static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);
    // Whoever waits holds no thread, and no turn once they have gone.
    let turn = ONE_AT_A_TIME.acquire().await.expect("it is never closed");
    let read = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        in_file(&name, words(kind, &bytes).as_ref(), &confidential)
    });
    // What a reader stumbles over cannot be looked into.
    read.await.unwrap_or_else(|_| vec![cannot_be_looked_into()])
}

pub(super) fn cannot_be_looked_into() -> FileFinding {
    FileFinding { place: Place::Whole, what: What::CannotBeLookedInto }
}

fn in_file(name: &str, words: Option<&Words>, confidential: &Confidential) -> Vec<FileFinding> {
    let (mut text, mut ends, mut lines) = (String::new(), Vec::new(), 0);
    for (place, piece) in words.into_iter().flatten() {
        let piece = piece.trim_end_matches('\n');
        lines += 1 + piece.matches('\n').count();
        ends.push((lines, place));
        text.push_str(piece);
        text.push('\n');
    }
    let place = |finding: &Finding| match (finding.part, finding.what) {
        (Part::Subject | Part::Body, _) => Place::Name,
        (Part::Attachment(_), What::CannotBeLookedInto) => Place::Whole,
        (Part::Attachment(_), _) => {
            let piece = ends.partition_point(|(end, _)| *end < finding.line);
            ends.get(piece).map_or(Place::Whole, |(_, place)| (*place).clone())
        }
    };
    let subject = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mail = Mail { subject, body: "", attachments: &[words.is_some().then_some(text)] };
    let found = guard::findings(mail, confidential);
    let found = found.iter().map(|it| FileFinding { place: place(it), what: it.what });
    let mut seen = BTreeSet::new();
    found.filter(|it| seen.insert(it.clone())).collect()
}

/// All the words of a file; nothing where that cannot be certain.
fn words(kind: FileKind, bytes: &[u8]) -> Option<Words> {
    let words = match kind {
        FileKind::PlainText if TEXT_BYTES_MAX < bytes.len() => return None,
        FileKind::PlainText => lines(&plain(bytes)),
        FileKind::Docx => office::document(bytes)?,
        FileKind::Xlsx => office::workbook(bytes)?,
        FileKind::Pdf => pdf::pages(bytes)?,
        // Of pictures nothing can be read; an e-mail carries files of its own.
        FileKind::Png | FileKind::Jpeg | FileKind::Email => return None,
    };
    let length: usize = words.iter().map(|(_, text)| text.len()).sum();
    (length <= TEXT_BYTES_MAX).then_some(words)
}

/// How much more of a file's words is kept; nothing more is asked for once it is used up.
struct Room {
    text: usize,
    all: usize,
}

impl Room {
    fn new() -> Self {
        Self { text: TEXT_BYTES_MAX, all: HELD_BYTES_MAX }
    }

    /// Takes room for a piece of text and the words that say where it stands.
    fn take(&mut self, text: usize, place: usize) -> Option<()> {
        self.text = self.text.checked_sub(text)?;
        self.all = self.all.checked_sub(text + place + size_of::<(Place, String)>())?;
        Some(())
    }
}

/// Text line by line.
fn lines(text: &str) -> Words {
    text.lines().enumerate().map(|(at, line)| (Place::Line(at + 1), line.to_owned())).collect()
}

/// Text in UTF-8, or in Latin-1, of which every byte is a character.
fn plain(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned);
    text.replace("\r\n", "\n").replace('\r', "\n")
}
