//! The form of Fiks Arkiv V1 (`no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett`, KS). A message
//! makes at most one folder and one entry, so a case is several: the folder first, which the
//! archive makes once by its external key, then each entry, which names the folder by that key.

use super::message::{
    Access, Document, DocumentKind, Entry, EntryKind, File, Message, Party, SYSTEM, Variant,
};
use super::xml::Xml;

/// The namespace of the message. There is a V2 in the making.
const NAMESPACE: &str =
    "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1";

const CATALOGUE: &str =
    "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1";

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The message that makes the folder.
#[must_use]
pub fn folder(message: &Message) -> Vec<u8> {
    let it = &message.folder;
    document(0, |xml| {
        xml.within_with("mappe", &[("xsi:type", "saksmappe")], |xml| {
            xml.text("tittel", &it.title);
            access(xml, &it.access);
            if let Some(class) = &it.class {
                xml.within("klassifikasjon", |xml| xml.text("klasseID", class));
            }
            key(xml, "referanseEksternNoekkel", &it.key);
            xml.text("saksdato", &it.opened_on.to_string());
            xml.within("administrativEnhet", |xml| xml.text("m:navn", &it.unit));
            xml.within("saksansvarlig", |xml| xml.text("m:navn", &it.officer));
        });
    })
}

/// The message that makes an entry in the folder.
#[must_use]
pub fn entry(message: &Message, it: &Entry) -> Vec<u8> {
    document(it.file_count(), |xml| {
        xml.within_with("registrering", &[("xsi:type", "journalpost")], |xml| {
            xml.within("referanseForelderMappe", |xml| {
                key(xml, "m:referanseEksternNoekkel", &message.folder.key);
            });
            access(xml, &it.access);
            for (number, document) in (1..).zip(&it.documents) {
                described(xml, number, document);
            }
            xml.text("tittel", &it.title);
            xml.text("offentligTittel", &it.public_title);
            if let Some(party) = &it.party {
                correspondent(xml, it.kind, party);
            }
            key(xml, "referanseEksternNoekkel", &it.key);
            code(xml, "journalposttype", kind(it.kind));
            code(xml, "journalstatus", "F");
            xml.text("dokumentetsDato", &it.dated_on.to_string());
            xml.maybe("sendtDato", it.sent_at.map(|at| at.to_rfc3339()).as_deref());
            let assessed_on = message.made_at.date_naive().to_string();
            xml.text("offentlighetsvurdertDato", &assessed_on);
        });
    })
}

fn document(files: usize, write: impl FnOnce(&mut Xml)) -> Vec<u8> {
    let spaces = [("xmlns", NAMESPACE), ("xmlns:m", CATALOGUE), ("xmlns:xsi", XSI)];
    Xml::document("arkivmelding", &spaces, |xml| {
        xml.text("system", SYSTEM);
        xml.text("antallFiler", &files.to_string());
        write(xml);
    })
}

fn described(xml: &mut Xml, number: usize, it: &Document) {
    xml.within("dokumentbeskrivelse", |xml| {
        code(xml, "dokumenttype", document_kind(it.kind));
        code(xml, "dokumentstatus", "F");
        xml.text("tittel", &it.title);
        code(xml, "tilknyttetRegistreringSom", if number == 1 { "H" } else { "V" });
        // The receipt names the document by this number.
        xml.text("dokumentnummer", &number.to_string());
        for file in &it.files {
            object(xml, file);
        }
    });
}

fn object(xml: &mut Xml, it: &File) {
    xml.within("dokumentobjekt", |xml| {
        xml.text("versjonsnummer", "1");
        code(xml, "variantformat", variant(it.variant));
        if it.is_pdf() && it.variant != Variant::Production {
            code(xml, "format", "RA-PDF");
        }
        xml.text("mimeType", &it.media_type);
        xml.text("filnavn", &it.shown_name);
        xml.text("referanseDokumentfil", &it.name);
        xml.text("sjekksum", &it.sha256());
        xml.text("sjekksumAlgoritme", "SHA256");
        xml.text("filstoerrelse", &it.bytes.len().to_string());
    });
}

fn correspondent(xml: &mut Xml, kind: EntryKind, it: &Party) {
    xml.within("korrespondansepart", |xml| {
        code(xml, "korrespondanseparttype", if kind == EntryKind::Outgoing { "EM" } else { "IA" });
        xml.text("korrespondansepartNavn", &it.name);
        xml.maybe("organisasjonid", it.number.as_deref());
        xml.maybe("deresReferanse", it.reference.as_deref());
    });
}

fn access(xml: &mut Xml, it: &Access) {
    xml.within("skjerming", |xml| {
        xml.within("tilgangsrestriksjon", |xml| {
            xml.text("m:kode", &it.code);
            xml.text("m:beskrivelse", &it.words);
        });
        xml.text("skjermingshjemmel", &it.ground);
    });
}

fn key(xml: &mut Xml, name: &str, key: &str) {
    xml.within(name, |xml| {
        xml.text("m:fagsystem", SYSTEM);
        xml.text("m:noekkel", key);
    });
}

fn code(xml: &mut Xml, name: &str, code: &str) {
    xml.within(name, |xml| xml.text("m:kode", code));
}

fn kind(it: EntryKind) -> &'static str {
    match it {
        EntryKind::Outgoing => "U",
        EntryKind::Internal => "X",
    }
}

fn document_kind(it: DocumentKind) -> &'static str {
    match it {
        DocumentKind::Notification => "MELDING",
        DocumentKind::Letter => "KORR",
        DocumentKind::Memo => "SAKSFRAMLEGG",
        DocumentKind::Report => "RAPPORT",
        DocumentKind::Attachment => "VEDLEGG",
    }
}

fn variant(it: Variant) -> &'static str {
    match it {
        Variant::Archive => "A",
        Variant::Production => "P",
        Variant::Redacted => "O",
    }
}
