//! What several fuzz targets share, and what they begin with.

#[path = "../../../avvik/src/pack.rs"]
mod pack;

use std::io::{Cursor, Write};

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
        std::io::copy(&mut file, &mut text).expect("it is whole");
    }
    text
}

fn zipped(text: &[u8]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut rest = &text[FILE.len()..];
    loop {
        let end = rest.windows(FILE.len()).position(|window| window == FILE);
        let file = &rest[..end.unwrap_or(rest.len())];
        let mut parts = file.splitn(2, |byte| *byte == b'\n');
        let name = String::from_utf8_lossy(parts.next().unwrap_or_default());
        // A name twice is refused; the pack is then read without it.
        if zip.start_file(name.as_ref(), options).is_ok() {
            let written = zip.write_all(parts.next().unwrap_or_default());
            written.expect("there is room for it in memory");
        }
        match end {
            Some(end) => rest = &rest[end + FILE.len()..],
            None => return zip.finish().expect("there is room for it in memory").into_inner(),
        }
    }
}
