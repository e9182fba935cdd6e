//! What a file is, told by its bytes: they must agree with what its name claims, and be of a kind
//! that is taken in. Nothing in here runs, renders or unpacks anything.

use std::borrow::Cow;
use std::io::Cursor;

use domain::case::FileKind;

use super::FileFlaw;

/// Bytes within which an e-mail's headers must come to their end.
const HEADER_BYTES_MAX: usize = 256 * 1024;
/// Parts of an Office document: a long report with many pictures has a few hundred.
const PARTS_MAX: usize = 10_000;

/// Endings of files that are run by being opened. An e-mail or a document that carries one is not
/// taken in.
const RUN_BY_OPENING: [&str; 24] = [
    "apk", "app", "bat", "cmd", "com", "cpl", "dll", "exe", "hta", "iso", "jar", "js", "jse",
    "lnk", "msi", "pif", "ps1", "reg", "scr", "vb", "vbe", "vbs", "wsf", "xll",
];

/// Where in an Office document something lies that can run.
const RUNS_IN_DOCUMENT: [&str; 3] = ["vbaproject", "activex", "oleobject"];

/// What the file is, if its bytes are what its name claims and its kind is taken in.
pub(super) fn kind(name: &str, declared: Option<&str>, bytes: &[u8]) -> Result<FileKind, FileFlaw> {
    if bytes.is_empty() {
        return Err(FileFlaw::Empty);
    }
    let claimed = claimed(name).ok_or(FileFlaw::KindNotTaken)?;
    let is_other = |declared: &str| of_media_type(declared).is_some_and(|kind| kind != claimed);
    if declared.is_some_and(is_other) {
        return Err(FileFlaw::NotWhatItClaims);
    }
    let is_so = match claimed {
        FileKind::Pdf => bytes.starts_with(b"%PDF-"),
        FileKind::Png => {
            bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR")
        }
        FileKind::Jpeg => bytes.starts_with(&[0xff, 0xd8, 0xff]),
        FileKind::PlainText => is_text(bytes),
        FileKind::Email => is_email(bytes),
        FileKind::Docx => return office(bytes, "word/document.xml", claimed),
        FileKind::Xlsx => return office(bytes, "xl/workbook.xml", claimed),
    };
    if !is_so {
        return Err(FileFlaw::NotWhatItClaims);
    }
    if claimed == FileKind::Email && carries_what_runs(bytes) {
        return Err(FileFlaw::CanRun);
    }
    Ok(claimed)
}

/// What a name's ending claims.
fn claimed(name: &str) -> Option<FileKind> {
    Some(match ending(name)?.as_str() {
        "pdf" => FileKind::Pdf,
        "png" => FileKind::Png,
        "jpg" | "jpeg" => FileKind::Jpeg,
        "txt" => FileKind::PlainText,
        "eml" => FileKind::Email,
        "docx" => FileKind::Docx,
        "xlsx" => FileKind::Xlsx,
        _ => return None,
    })
}

fn ending(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

/// What a media type claims; nothing where it says as much as that it does not know.
fn of_media_type(declared: &str) -> Option<FileKind> {
    use strum::IntoEnumIterator;
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_owned();
    let declared = essence(declared).to_ascii_lowercase();
    FileKind::iter().find(|kind| essence(kind.media_type()) == declared)
}

/// Whether these are letters, lines and nothing else: UTF-8, or one of the older encodings of
/// western Europe, neither of which holds control characters.
fn is_text(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let runs = bytes.starts_with(b"#!") || bytes.starts_with(b"MZ");
    !runs && !bytes.iter().any(|byte| is_control(byte) || *byte == 0x7f)
}

/// Whether these begin with the headers of a message (RFC 5322), as mail programs save it.
fn is_email(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEADER_BYTES_MAX)];
    let end = find(head, b"\r\n\r\n").or_else(|| find(head, b"\n\n")).unwrap_or(head.len());
    let mut lines = head[..end].split(|byte| *byte == b'\n').peekable();
    let is_header = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_name = |byte: &u8| byte.is_ascii_graphic();
        // A long header goes on behind white space.
        line.starts_with(b" ")
            || line.starts_with(b"\t")
            || line == b"\r"
            || (name.len() < line.len() && !name.is_empty() && name.iter().all(is_name))
    };
    let names = |wanted: &[u8]| {
        let mut lines = head[..end].split(|byte| *byte == b'\n');
        lines.any(|line| line.get(..wanted.len()).is_some_and(|it| it.eq_ignore_ascii_case(wanted)))
    };
    let begins = lines.peek().is_some_and(|line| line.first().is_some_and(u8::is_ascii_alphabetic));
    let is_dated = names(b"date:") || names(b"received:");
    begins && lines.all(is_header) && names(b"from:") && is_dated && !bytes.contains(&0)
}

/// Whether a part of the e-mail is called like something that runs.
fn carries_what_runs(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    let mut rest = lower.as_slice();
    while let Some(at) = find(rest, b"name") {
        rest = &rest[at + 4..];
        let line = &rest[..find(rest, b"\n").unwrap_or(rest.len())];
        // `name="x.exe"`, and `filename*=utf-8''x.exe` too.
        let value = line.split(|byte| *byte == b'=').nth(1).unwrap_or_default();
        let value = value.split(|byte| *byte == b';').next().unwrap_or_default();
        let value = String::from_utf8_lossy(value);
        let value = value.trim_matches(|it: char| it.is_whitespace() || it == '"' || it == '.');
        if ending(value).is_some_and(|ending| RUN_BY_OPENING.contains(&ending.as_str())) {
            return true;
        }
    }
    false
}

/// An Office document whose main part is there, and nothing in it that runs.
fn office(bytes: &[u8], main: &str, kind: FileKind) -> Result<FileKind, FileFlaw> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(FileFlaw::NotWhatItClaims);
    }
    let archive = zip::ZipArchive::new(Cursor::new(bytes));
    let archive = archive.map_err(|_| FileFlaw::NotWhatItClaims)?;
    if PARTS_MAX < archive.len() {
        return Err(FileFlaw::NotWhatItClaims);
    }
    let names = archive.file_names().map(|name| name.map(Cow::into_owned));
    let names: Vec<String> =
        names.collect::<Result<_, _>>().map_err(|_| FileFlaw::NotWhatItClaims)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if !has("[Content_Types].xml") || !has(main) {
        return Err(FileFlaw::NotWhatItClaims);
    }
    let runs = |name: &String| {
        let name = name.to_ascii_lowercase();
        RUNS_IN_DOCUMENT.iter().any(|it| name.contains(it))
            || ending(&name).is_some_and(|ending| RUN_BY_OPENING.contains(&ending.as_str()))
    };
    if names.iter().any(runs) { Err(FileFlaw::CanRun) } else { Ok(kind) }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    const MAIL: &[u8] = b"From: a@example.org\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\n\
        Subject: over\r\n two lines\r\n\r\nHei\r\n";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00";

    fn archive(parts: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for part in parts {
            writer.start_file(*part, stored).unwrap();
            writer.write_all(b"<x/>").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn docx() -> Vec<u8> {
        archive(&["[Content_Types].xml", "word/document.xml"])
    }

    #[test]
    fn what_is_what_its_name_claims_is_taken_in() {
        let xlsx = archive(&["[Content_Types].xml", "xl/workbook.xml"]);
        let all: [(&str, &[u8], FileKind); 9] = [
            ("a.pdf", b"%PDF-1.7\n", FileKind::Pdf),
            ("a.PNG", PNG, FileKind::Png),
            ("a.jpg", b"\xff\xd8\xff\xe0", FileKind::Jpeg),
            ("a.jpeg", b"\xff\xd8\xff\xe0", FileKind::Jpeg),
            ("a.txt", "Blåbær\r\n".as_bytes(), FileKind::PlainText),
            ("a.txt", b"Bl\xe5b\xe6r", FileKind::PlainText),
            ("a.eml", MAIL, FileKind::Email),
            ("a.docx", &docx(), FileKind::Docx),
            ("a.xlsx", &xlsx, FileKind::Xlsx),
        ];
        for (name, bytes, expected) in all {
            assert_eq!(kind(name, None, bytes), Ok(expected), "{name}");
            assert_eq!(kind(name, Some("application/octet-stream"), bytes), Ok(expected));
            assert_eq!(kind(name, Some(expected.media_type()), bytes), Ok(expected));
        }
    }

    #[test]
    fn what_is_something_else_is_not() {
        let docx = docx();
        let program = b"MZ\x90\x00\x03".as_slice();
        let all = [
            ("a.pdf", PNG),
            ("a.png", b"%PDF-1.7".as_slice()),
            ("a.png", b"\x89PNG\r\n\x1a\n"),
            ("a.jpg", b"GIF89a"),
            ("a.txt", program),
            ("a.txt", b"#!/bin/sh\n"),
            ("a.txt", b"a\x00b"),
            ("a.eml", b"Hei, dette er en vanlig tekst.\n"),
            ("a.eml", b"From: a@example.org\r\n\r\nuten dato"),
            ("a.docx", program),
            ("a.docx", b"PK\x03\x04 and no more"),
            ("a.xlsx", &docx),
        ];
        for (name, bytes) in all {
            assert_eq!(kind(name, None, bytes), Err(FileFlaw::NotWhatItClaims), "{name} {bytes:?}");
        }
        assert_eq!(kind("a.pdf", Some("image/png"), b"%PDF-1.7"), Err(FileFlaw::NotWhatItClaims));
        assert_eq!(kind("a.txt", None, b""), Err(FileFlaw::Empty));
    }

    #[test]
    fn other_kinds_are_not_taken_whatever_is_in_them() {
        for name in ["a.exe", "a.html", "a.svg", "a.zip", "a", "a.pdf.js", "pdf", "a.docm", ""] {
            assert_eq!(kind(name, None, b"%PDF-1.7"), Err(FileFlaw::KindNotTaken), "{name}");
        }
    }

    #[test]
    fn what_carries_something_that_runs_is_not_taken() {
        for part in ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/x.exe"] {
            let document = archive(&["[Content_Types].xml", "word/document.xml", part]);
            assert_eq!(kind("a.docx", None, &document), Err(FileFlaw::CanRun), "{part}");
        }
        for named in [
            "filename=\"Faktura.exe\"",
            "name=faktura.pdf.JS; x=y",
            "filename*=utf-8''f%20a.scr",
            "filename=\"a.exe.\"",
        ] {
            let part = format!("Content-Disposition: attachment; {named}\r\n\r\nAAAA");
            let mail = [MAIL, part.as_bytes()].concat();
            assert_eq!(kind("a.eml", None, &mail), Err(FileFlaw::CanRun), "{named}");
        }
        let harmless = [MAIL, b"Content-Type: image/png; name=\"bilde.png\"\r\n"].concat();
        assert_eq!(kind("a.eml", None, &harmless), Ok(FileKind::Email));
    }
}
