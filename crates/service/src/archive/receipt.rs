//! What the archive answers about a package: the receipt of Fiks Arkiv V1, laid in the folder
//! beside it. Once it is there the case says so, or says that the archive did not take it.

use std::collections::HashMap;
use std::{error, fmt};

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::case::archiving::{self, Hindrance};
use domain::{Time, YEARS};
use quick_xml::Reader;
use quick_xml::events::Event;
use views::CaseFile;

use super::carry::{NotHandedOver, Went};
use super::package;
use super::target::{Folder, Target};
use crate::open::Service;

/// The root of a receipt.
const ROOT: &str = "arkivmeldingKvittering";

/// For how long a receipt is looked for; what comes later is recorded by hand.
const AWAITED_FOR: TimeDelta = TimeDelta::days(90);

/// Characters of a reference that are kept.
const REFERENCE_CHARACTERS_MAX: usize = 100;

/// What the archive answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// It has the package.
    Taken {
        /// Its reference for it.
        reference: String,
        /// Since when, where it says so.
        at: Option<Time>,
    },
    /// It did not take the package, or something in it. Why stands in the file, for the archivist:
    /// it may say anything.
    Refused,
}

/// Why a file is no receipt.
#[derive(Debug)]
pub enum NotAReceipt {
    /// It is not XML as text.
    NotXml(quick_xml::Error),
    /// It is not in UTF-8.
    NotText(std::str::Utf8Error),
    /// Its root is another, or it brings definitions of its own.
    OfAnotherKind,
    /// It says neither what was taken in nor that something was not.
    SaysNothing,
}

impl fmt::Display for NotAReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotXml(_) => "it is not XML",
            Self::NotText(_) => "it is not text",
            Self::OfAnotherKind => "it is no arkivmeldingKvittering",
            Self::SaysNothing => "it says nothing of a folder or an entry",
        })
    }
}

impl error::Error for NotAReceipt {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NotXml(source) => Some(source),
            Self::NotText(source) => Some(source),
            Self::OfAnotherKind | Self::SaysNothing => None,
        }
    }
}

/// Reads a receipt. What is said of an entry goes before what is said of its folder, and a number
/// that people use before an identifier.
pub fn read(bytes: &[u8]) -> Result<Receipt, NotAReceipt> {
    let said = said(std::str::from_utf8(bytes).map_err(NotAReceipt::NotText)?)?;
    let is_said = |key: &str| said.contains_key(key);
    if is_said("mappeFeilet") || is_said("registreringFeilet") {
        return Ok(Receipt::Refused);
    }
    let text = |key: &str| said.get(key).map(|it| it.trim()).filter(|it| !it.is_empty());
    let of = |part: &str, key: &str| text(&format!("{part}/{key}"));
    let numbered = |part: &str, year: &str, number: &str| {
        of(part, year).zip(of(part, number)).map(|(year, number)| format!("{year}/{number}"))
    };
    let (entry, folder) = ("registreringKvittering", "mappeKvittering");
    let reference = numbered(entry, "journalaar", "journalsekvensnummer")
        .or_else(|| of(entry, "registreringsID").map(str::to_owned))
        .or_else(|| numbered(folder, "saksaar", "sakssekvensnummer"))
        .or_else(|| of(folder, "mappeID").map(str::to_owned))
        .or_else(|| of(entry, "systemID").or(of(folder, "systemID")).map(str::to_owned));
    let at = of(entry, "arkivertDato").or(of(entry, "opprettetDato"));
    let at = at.or(of(folder, "opprettetDato")).and_then(|at| at.parse::<DateTime<Utc>>().ok());
    let at = at.filter(|at| YEARS.contains(&at.year()));
    let reference = reference.ok_or(NotAReceipt::SaysNothing)?;
    let reference = reference.chars().take(REFERENCE_CHARACTERS_MAX).collect();
    Ok(Receipt::Taken { reference, at })
}

/// The parts there are, and the text of each value in one, by the way to it from the root.
fn said(text: &str) -> Result<HashMap<String, String>, NotAReceipt> {
    let mut reader = Reader::from_str(text);
    let (mut path, mut said) = (Vec::<String>::new(), HashMap::<String, String>::new());
    loop {
        let event = reader.read_event().map_err(NotAReceipt::NotXml)?;
        match event {
            Event::Start(start) => {
                path.push(start.local_name().into_inner().to_owned());
                if path[0] != ROOT {
                    return Err(NotAReceipt::OfAnotherKind);
                }
                if path.len() == 2 {
                    said.entry(path[1].clone()).or_default();
                }
            }
            Event::End(_) => drop(path.pop()),
            Event::Text(words) if path.len() == 3 => {
                said.entry(path[1..].join("/")).or_default().push_str(&words.xml10_content());
            }
            Event::DocType(_) => return Err(NotAReceipt::OfAnotherKind),
            Event::Eof => return Ok(said),
            _ => (),
        }
    }
}

impl Service {
    /// Looks whether the archive has answered about a package that was handed over, and records it.
    pub(super) async fn look_for_receipt(
        &self,
        file: &CaseFile,
        version: u32,
        handed_over_at: Time,
    ) -> Result<Went, NotHandedOver> {
        let now = self.now();
        let folder = self.settings().archive.folder.clone();
        let Some(folder) = folder.filter(|_| now < handed_over_at + AWAITED_FOR) else {
            return Ok(Went::Settled);
        };
        let package = package::name(file.known.report.number, version);
        let looked = tokio::task::spawn_blocking(move || Folder::new(folder).receipt(&package));
        let found = match looked.await {
            Ok(Ok(Some(bytes))) => read(&bytes),
            Ok(Ok(None)) => return Ok(Went::ReceiptAwaited),
            Ok(Err(error)) => return Err(NotHandedOver::Receipt(error)),
            Err(_) => return Err(NotHandedOver::Stopped),
        };
        let request = match found.map_err(NotHandedOver::NotAReceipt)? {
            Receipt::Taken { reference, at } => {
                // The archive's clock may be ahead of ours.
                let received_at = at.unwrap_or(now).min(now);
                archiving::Request::Receipt { reference, received_at }
            }
            Receipt::Refused => archiving::Request::Fail { version, hindrance: Hindrance::Refused },
        };
        self.record(file.case, request).await.map(|()| Went::Settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(parts: &str) -> Result<Receipt, String> {
        let namespace = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding";
        let text = format!("<a:{ROOT} xmlns:a=\"{namespace}\">{parts}</a:{ROOT}>");
        read(text.as_bytes()).map_err(|error| error.to_string())
    }

    fn taken(reference: &str, at: Option<&str>) -> Receipt {
        let at = at.map(|at| at.parse().expect("a moment"));
        Receipt::Taken { reference: reference.to_owned(), at }
    }

    #[test]
    fn the_number_people_use_is_the_reference() {
        let folder = "<mappeKvittering><systemID>7f1</systemID><mappeID>26/4</mappeID>\
                      <opprettetDato>2026-03-02T10:00:00+01:00</opprettetDato></mappeKvittering>";
        assert_eq!(receipt(folder), Ok(taken("26/4", Some("2026-03-02T09:00:00Z"))));
        let entry = format!(
            "{folder}<registreringKvittering><systemID>8a2</systemID>\
             <arkivertDato>2026-03-03T10:00:00Z</arkivertDato>\
             <journalaar>2026</journalaar><journalsekvensnummer> 17 </journalsekvensnummer>\
             </registreringKvittering>"
        );
        assert_eq!(receipt(&entry), Ok(taken("2026/17", Some("2026-03-03T10:00:00Z"))));
        let bare = "<registreringKvittering><systemID>8a2</systemID></registreringKvittering>";
        assert_eq!(receipt(bare), Ok(taken("8a2", None)));
    }

    #[test]
    fn one_part_that_failed_is_a_package_that_was_not_taken() {
        let failed = "<mappeKvittering><systemID>7f1</systemID></mappeKvittering>\
                      <registreringFeilet><feilId>1</feilId><feilmelding>Nei</feilmelding>\
                      </registreringFeilet>";
        assert_eq!(receipt(failed), Ok(Receipt::Refused));
    }

    #[test]
    fn what_is_no_receipt_is_told_apart() {
        let fault = |text: &[u8]| read(text).map_err(|error| error.to_string());
        let told = |said: &str| Err(said.to_owned());
        assert_eq!(receipt(""), told("it says nothing of a folder or an entry"));
        assert_eq!(fault(b"<arkivmelding/>"), told("it says nothing of a folder or an entry"));
        assert_eq!(
            fault(b"<arkivmelding></arkivmelding>"),
            told("it is no arkivmeldingKvittering")
        );
        let bomb = b"<!DOCTYPE a [<!ENTITY b \"c\">]><arkivmeldingKvittering/>";
        assert_eq!(fault(bomb), told("it is no arkivmeldingKvittering"));
        assert_eq!(fault(b"<a></b>"), told("it is no arkivmeldingKvittering"));
        assert_eq!(fault(b"<arkivmeldingKvittering></b>"), told("it is not XML"));
        assert_eq!(fault(&[0xff, 0xfe]), told("it is not text"));
    }
}
