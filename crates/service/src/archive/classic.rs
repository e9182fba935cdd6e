//! The classic form, cut down from Noark 5 version 3.1, as eFormidling and older archives read it:
//! one message with the folder and every entry in it. It has no checksums; the package's manifest
//! has.

use super::message::{
    Access, Document, DocumentKind, Entry, EntryKind, Folder, Message, Party, SYSTEM, Variant,
};
use super::xml::Xml;

const NAMESPACE: &str = "http://www.arkivverket.no/standarder/noark5/arkivmelding";

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The whole case in one message.
#[must_use]
pub fn message(it: &Message) -> Vec<u8> {
    let made_at = it.made_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
    let writer = Writer { made_at: &made_at };
    let spaces = [("xmlns", NAMESPACE), ("xmlns:xsi", XSI)];
    Xml::document("arkivmelding", &spaces, |xml| {
        xml.text("system", SYSTEM);
        let first = it.entries.first().map_or_else(|| it.folder.id(), Entry::id);
        xml.text("meldingId", &first.to_string());
        xml.text("tidspunkt", &made_at);
        xml.text("antallFiler", &it.file_count().to_string());
        writer.folder(xml, &it.folder, &it.entries);
    })
}

struct Writer<'a> {
    made_at: &'a str,
}

impl Writer<'_> {
    fn folder(&self, xml: &mut Xml, it: &Folder, entries: &[Entry]) {
        xml.within_with("mappe", &[("xsi:type", "saksmappe")], |xml| {
            xml.text("systemID", &it.id().to_string());
            xml.text("tittel", &it.title);
            self.made(xml, "opprettet");
            access(xml, &it.access, "Skjerming tittel mappe - utvalgte ord");
            for entry in entries {
                self.entry(xml, it, entry);
            }
            xml.text("saksdato", &it.opened_on.to_string());
            xml.text("administrativEnhet", &it.unit);
            xml.text("saksansvarlig", &it.officer);
            xml.text("saksstatus", "Under behandling");
        });
    }

    fn entry(&self, xml: &mut Xml, folder: &Folder, it: &Entry) {
        xml.within_with("basisregistrering", &[("xsi:type", "journalpost")], |xml| {
            xml.text("systemID", &it.id().to_string());
            self.made(xml, "opprettet");
            self.made(xml, "arkivert");
            xml.text("referanseForelderMappe", &folder.id().to_string());
            access(xml, &it.access, "Skjerming tittel registrering - utvalgte ord");
            for (number, document) in (1..).zip(&it.documents) {
                self.document(xml, it, number, document);
            }
            xml.text("tittel", &it.title);
            xml.text("offentligTittel", &it.public_title);
            xml.text("journalposttype", kind(it.kind));
            xml.text("journalstatus", "Ferdigstilt fra saksbehandler");
            xml.text("journaldato", &self.made_at[..10]);
            xml.text("dokumentetsDato", &it.dated_on.to_string());
            xml.maybe("sendtDato", it.sent_at.map(|at| at.to_rfc3339()).as_deref());
            if let Some(party) = &it.party {
                correspondent(xml, it.kind, party);
            }
        });
    }

    fn document(&self, xml: &mut Xml, entry: &Entry, number: usize, it: &Document) {
        xml.within("dokumentbeskrivelse", |xml| {
            xml.text("systemID", &entry.document_id(number).to_string());
            xml.text("dokumenttype", document_kind(it.kind));
            xml.text("dokumentstatus", "Dokumentet er ferdigstilt");
            xml.text("tittel", &it.title);
            self.made(xml, "opprettet");
            let rank = if number == 1 { "Hoveddokument" } else { "Vedlegg" };
            xml.text("tilknyttetRegistreringSom", rank);
            xml.text("dokumentnummer", &number.to_string());
            self.made(xml, "tilknyttet");
            for file in &it.files {
                xml.within("dokumentobjekt", |xml| {
                    xml.text("versjonsnummer", "1");
                    xml.text("variantformat", variant(file.variant));
                    self.made(xml, "opprettet");
                    xml.text("referanseDokumentfil", &file.name);
                });
            }
        });
    }

    /// When and by whom, which the classic form asks of nearly everything.
    fn made(&self, xml: &mut Xml, what: &str) {
        xml.text(&format!("{what}Dato"), self.made_at);
        xml.text(&format!("{what}Av"), SYSTEM);
    }
}

fn access(xml: &mut Xml, it: &Access, shielded: &str) {
    xml.within("skjerming", |xml| {
        xml.text("tilgangsrestriksjon", &it.words);
        xml.text("skjermingshjemmel", &it.ground);
        // It is asked for, also where nothing is shielded.
        xml.text("skjermingMetadata", if it.is_shielded { shielded } else { "Ingen skjerming" });
        if it.is_shielded {
            xml.text("skjermingDokument", "Skjerming av hele dokumentet");
        }
    });
}

fn correspondent(xml: &mut Xml, kind: EntryKind, it: &Party) {
    xml.within("korrespondansepart", |xml| {
        let rank = if kind == EntryKind::Outgoing { "Mottaker" } else { "Intern avsender" };
        xml.text("korrespondanseparttype", rank);
        xml.text("korrespondansepartNavn", &it.name);
    });
}

fn kind(it: EntryKind) -> &'static str {
    match it {
        EntryKind::Outgoing => "Utgående dokument",
        EntryKind::Internal => "Organinternt dokument uten oppfølging",
    }
}

fn document_kind(it: DocumentKind) -> &'static str {
    match it {
        DocumentKind::Notification => "Melding",
        DocumentKind::Letter => "Brev",
        DocumentKind::Memo => "Saksframlegg",
        DocumentKind::Report => "Rapport",
        DocumentKind::Attachment => "Vedlegg",
    }
}

fn variant(it: Variant) -> &'static str {
    match it {
        Variant::Archive => "Arkivformat",
        Variant::Production => "Produksjonsformat",
        Variant::Redacted => "Dokument hvor deler av innholdet er skjermet",
    }
}
