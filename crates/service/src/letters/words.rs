//! What stands around the words of a letter, in the language of the letter.

use domain::case::letter::{Language, Part};

/// What stands around the words of a letter, in its language.
pub(super) struct Words {
    headings: [&'static str; 5],
    pub(super) about: &'static str,
    pub(super) page_of: &'static str,
    pub(super) cover: &'static str,
    pub(super) cover_text: &'static str,
    pub(super) columns: [&'static str; 4],
    notice: &'static str,
    greeting: &'static str,
    /// Before the organisation's name, and after it: for whom it was signed.
    on_behalf: [&'static str; 2],
    approved: &'static str,
}

impl Words {
    /// What the notice of a letter says that lies in a mailbox: whom it is from and nothing else.
    pub(super) fn from(&self, organisation: &str) -> String {
        format!("{} {organisation}", self.notice)
    }

    pub(super) fn heading(&self, part: Part) -> &'static str {
        match part {
            Part::Title => "",
            Part::WhatHappened => self.headings[0],
            Part::Consequences => self.headings[1],
            Part::Measures => self.headings[2],
            Part::Advice => self.headings[3],
            Part::Contact => self.headings[4],
        }
    }

    /// What stands below a letter: who signed it, for whom, and that no hand did.
    pub(super) fn closing(&self, signatory: Option<&str>, organisation: &str) -> String {
        let [before, after] = self.on_behalf;
        let signatory = signatory.map(|name| format!("{name}\n")).unwrap_or_default();
        let Self { greeting, approved, .. } = self;
        format!("{greeting}\n{signatory}{before} {organisation}{after}\n\n{approved}")
    }
}

const NB: Words = Words {
    headings: [
        "Hva har skjedd?",
        "Hva kan det bety for deg?",
        "Hva har vi gjort, og hva gjør vi videre?",
        "Hva kan du gjøre?",
        "Hvem kan du kontakte?",
    ],
    about: "Sak",
    page_of: "Side {page} av {pages}",
    cover: "Brev til utskrift",
    cover_text: "Brevene ligger bak denne siden i samme rekkefølge som listen. Legg dem i \
                 konvolutter med vindu. Listen inneholder personopplysninger: makuler den når \
                 bunken er postlagt og ført inn.",
    columns: ["Nr.", "Navn", "Postnummer", "Sted"],
    notice: "Brev fra",
    greeting: "Med vennlig hilsen",
    on_behalf: ["for", ", som er behandlingsansvarlig"],
    approved: "Brevet er godkjent elektronisk og har derfor ingen underskrift.",
};

const NN: Words = Words {
    headings: [
        "Kva har skjedd?",
        "Kva kan det ha å seie for deg?",
        "Kva har vi gjort, og kva gjer vi vidare?",
        "Kva kan du gjere?",
        "Kven kan du kontakte?",
    ],
    about: "Sak",
    page_of: "Side {page} av {pages}",
    cover: "Brev til utskrift",
    cover_text: "Breva ligg bak denne sida i same rekkjefølgje som lista. Legg dei i konvoluttar \
                 med vindauge. Lista inneheld personopplysningar: makuler ho når bunka er postlagd \
                 og ført inn.",
    columns: ["Nr.", "Namn", "Postnummer", "Stad"],
    notice: "Brev frå",
    greeting: "Med venleg helsing",
    on_behalf: ["for", ", som er behandlingsansvarleg"],
    approved: "Brevet er godkjent elektronisk og har difor inga underskrift.",
};

const SV: Words = Words {
    headings: [
        "Vad har hänt?",
        "Vad kan det betyda för dig?",
        "Vad har vi gjort, och vad gör vi nu?",
        "Vad kan du göra?",
        "Vem kan du kontakta?",
    ],
    about: "Ärende",
    page_of: "Sida {page} av {pages}",
    cover: "Brev för utskrift",
    cover_text: "Breven ligger bakom den här sidan i samma ordning som listan. Lägg dem i \
                 fönsterkuvert. Listan innehåller personuppgifter: strimla den när bunten är \
                 postad och införd.",
    columns: ["Nr", "Namn", "Postnummer", "Ort"],
    notice: "Brev från",
    greeting: "Med vänlig hälsning",
    on_behalf: ["för", ", som är personuppgiftsansvarig"],
    approved: "Brevet är godkänt elektroniskt och har därför ingen underskrift.",
};

const EN: Words = Words {
    headings: [
        "What has happened?",
        "What can it mean for you?",
        "What have we done, and what comes next?",
        "What can you do?",
        "Whom can you contact?",
    ],
    about: "Case",
    page_of: "Page {page} of {pages}",
    cover: "Letters to print",
    cover_text: "The letters lie behind this sheet in the order of the list. Put them into window \
                 envelopes. The list holds personal data: shred it once the bundle is posted and \
                 recorded.",
    columns: ["No.", "Name", "Postcode", "Place"],
    notice: "Letter from",
    greeting: "Yours sincerely",
    on_behalf: ["for", ", the controller of the data"],
    approved: "This letter was approved electronically and therefore bears no signature.",
};

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Nb => &NB,
        Language::Nn => &NN,
        Language::Sv => &SV,
        Language::En => &EN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_a_letter_stands_who_signed_for_whom() {
        let closing = words(Language::Nb).closing(Some("Ada Fjell"), "Fjellvik kommune");
        let lines: Vec<&str> = closing.lines().collect();
        let signed = ["Med vennlig hilsen", "Ada Fjell"];
        assert_eq!(lines[..2], signed);
        assert_eq!(lines[2], "for Fjellvik kommune, som er behandlingsansvarlig");
        assert!(!words(Language::En).closing(None, "Fjellvik").contains("\n\nfor"));
    }
}
