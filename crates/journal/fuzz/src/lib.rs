//! What several fuzz targets share, and what they begin with.

#[path = "../../../avvik/src/pack.rs"]
mod pack;

use std::io::{Cursor, Write};
use std::path::Path;

use journal::Evidence;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Before each file's name in a pack that is written as text.
const FILE: &[u8] = b"\n=== ";

/// Reads an evidence pack: a ZIP file, or the files in it one after another as text, which spares
/// the fuzzer the checksums.
pub fn evidence_pack(input: &[u8]) {
    let zipped = input.starts_with(FILE).then(|| zipped(input));
    if let Ok(evidence) = pack::read(zipped.as_deref().unwrap_or(input)) {
        journal::fuzzing::evidence(&evidence);
        let again = pack::write(&evidence).expect("what was read can be written");
        assert_eq!(pack::read(&again).expect("what was written can be read"), evidence);
    }
}

/// A pack as a ZIP file.
#[must_use]
pub fn pack_of(evidence: &Evidence) -> Vec<u8> {
    pack::write(evidence).expect("there is room for it in memory")
}

/// A ZIP file as text, one file after another.
#[must_use]
pub fn as_text(zip: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).expect("a ZIP file");
    let mut text = Vec::new();
    for number in 0..zip.len() {
        let mut file = zip.by_index(number).expect("it has so many");
        text.extend_from_slice(FILE);
        text.extend_from_slice(file.name().expect("its name is text").as_bytes());
        text.push(b'\n');
        // The README is for people; the fuzzer has enough to read.
        if text.ends_with(b"README.txt\n") {
            continue;
        }
        std::io::copy(&mut file, &mut text).expect("it is whole");
    }
    text
}

fn zipped(text: &[u8]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files_in(text) {
        // A name twice is refused; the pack is then read without it.
        if zip.start_file(name.as_str(), options).is_ok() {
            zip.write_all(&bytes).expect("there is room for it in memory");
        }
    }
    zip.finish().expect("there is room for it in memory").into_inner()
}

/// The files in a text that begins with one.
fn files_in(text: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut rest = text.strip_prefix(FILE);
    while let Some(text) = rest {
        let end = text.windows(FILE.len()).position(|window| window == FILE);
        let file = &text[..end.unwrap_or(text.len())];
        let mut parts = file.splitn(2, |byte| *byte == b'\n');
        let name = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
        files.push((name, parts.next().unwrap_or_default().to_vec()));
        rest = end.map(|end| &text[end + FILE.len()..]);
    }
    files
}

/// Restores a backup whose files are one after another as text.
pub fn restore(text: &[u8]) {
    // In memory, where there is such a place: nothing of it is to last.
    let memory = Path::new("/dev/shm");
    let within = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let directory = tempfile::tempdir_in(within).expect("a directory can be made there");
    journal::fuzzing::whole_backup(directory.path(), &files_in(text))
        .expect("there is room for so little");
}

/// A directory as text, one file after another.
#[must_use]
pub fn directory_as_text(directory: &Path) -> Vec<u8> {
    let mut text = Vec::new();
    append_directory(directory, "", &mut text);
    text
}

fn append_directory(directory: &Path, prefix: &str, text: &mut Vec<u8>) {
    let entries = std::fs::read_dir(directory).expect("it can be read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in letters");
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            append_directory(&path, &format!("{name}/"), text);
        } else {
            text.extend_from_slice(FILE);
            text.extend_from_slice(name.as_bytes());
            text.push(b'\n');
            text.extend_from_slice(&std::fs::read(&path).expect("it can be read"));
        }
    }
}
