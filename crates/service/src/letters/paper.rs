//! Letters on paper: the document that is signed, and bundles to print, each a PDF file. A bundle
//! is made when it is asked for and held no longer.

use std::fmt;

use documents::{Block, Document, Letterhead, RenderError, Table};
use domain::Time;
use domain::case::OpenCase;
use domain::case::letter::{self, Language, Letter, LetterText, Numbered, Part, bundles};
use domain::ids::CaseId;

use crate::error::{HandleError, LookUpError, Refusal};
use crate::open::Service;
use crate::permit::SignedIn;
use crate::rendering::rendered;

/// A letter as a file.
pub struct Paper {
    /// What it is called.
    pub name: String,
    /// A PDF file.
    pub bytes: Vec<u8>,
}

/// Why there is no file of a letter.
#[derive(Debug)]
pub enum LetterFileError {
    /// It may not be seen, or could not be read.
    LookUp(LookUpError),
    /// It was refused, or could not be recorded.
    Handle(HandleError),
    /// It could not be laid out.
    Render(RenderError),
}

impl From<LookUpError> for LetterFileError {
    fn from(error: LookUpError) -> Self {
        Self::LookUp(error)
    }
}

impl From<HandleError> for LetterFileError {
    fn from(error: HandleError) -> Self {
        Self::Handle(error)
    }
}

impl From<Refusal> for LetterFileError {
    fn from(refusal: Refusal) -> Self {
        Self::Handle(refusal.into())
    }
}

impl fmt::Display for LetterFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LookUp(_) => "the letter could not be looked up",
            Self::Handle(_) => "the letter was not recorded",
            Self::Render(_) => "the letter has no file",
        })
    }
}

impl std::error::Error for LetterFileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::LookUp(error) => Some(error),
            Self::Handle(error) => Some(error),
            Self::Render(error) => Some(error),
        }
    }
}

/// What stands around the words of a letter, in its language.
pub(super) struct Words {
    headings: [&'static str; 5],
    about: &'static str,
    page_of: &'static str,
    cover: &'static str,
    cover_text: &'static str,
    columns: [&'static str; 4],
    notice: &'static str,
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
}

const NB: Words = Words {
    headings: [
        "Hva har skjedd?",
        "Hva kan det bety for deg?",
        "Hva har vi gjort?",
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
};

const NN: Words = Words {
    headings: [
        "Kva har skjedd?",
        "Kva kan det ha å seie for deg?",
        "Kva har vi gjort?",
        "Kva kan du gjere?",
        "Kven kan du kontakte?",
    ],
    about: "Sak",
    page_of: "Side {page} av {pages}",
    ..NB
};

const SV: Words = Words {
    headings: [
        "Vad har hänt?",
        "Vad kan det betyda för dig?",
        "Vad har vi gjort?",
        "Vad kan du göra?",
        "Vem kan du kontakta?",
    ],
    about: "Ärende",
    notice: "Brev från",
    page_of: "Sida {page} av {pages}",
    ..NB
};

const EN: Words = Words {
    headings: [
        "What has happened?",
        "What can it mean for you?",
        "What have we done?",
        "What can you do?",
        "Whom can you contact?",
    ],
    about: "Case",
    notice: "Letter from",
    page_of: "Page {page} of {pages}",
    ..NB
};

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Nb => &NB,
        Language::Nn => &NN,
        Language::Sv => &SV,
        Language::En => &EN,
    }
}

/// What every document of a letter has in common.
struct House {
    letterhead: Letterhead,
    identity: String,
    number: String,
    dated: Time,
    zone: chrono_tz::Tz,
}

impl House {
    fn document(&self, language: Language, recipient: &[String], blocks: Vec<Block>) -> Document {
        let words = words(language);
        let day = self.dated.with_timezone(&self.zone).date_naive();
        Document {
            identity: self.identity.clone(),
            language: spoken(language),
            title: String::new(),
            sender: self.letterhead.clone(),
            recipient: recipient.to_vec(),
            about: format!("{} {}", words.about, self.number),
            made_on: day,
            dated: super::day(self.dated, self.zone, language),
            page_of: words.page_of.to_owned(),
            blocks,
        }
    }

    fn letter(&self, language: Language, text: &LetterText, recipient: &[String]) -> Document {
        let words = words(language);
        let parts = <Part as strum::IntoEnumIterator>::iter().filter(|it| *it != Part::Title);
        let blocks = parts.flat_map(|part| {
            [Block::heading(words.heading(part)), Block::text(text.part(part).text_or(""))]
        });
        let document = self.document(language, recipient, blocks.collect());
        Document { title: text.title.text_or("").to_owned(), ..document }
    }

    fn cover(&self, number: usize, count: usize, bundle: &[&Numbered]) -> Document {
        let words = words(Language::Nb);
        let rows = bundle.iter().map(|it| {
            let who = &it.recipient;
            let place = format!("{} {}", who.place, who.country).trim().to_owned();
            vec![it.number.to_string(), who.name.clone(), who.postcode.clone(), place]
        });
        let title = format!("{}: {number} / {count}", words.cover);
        let table = Block::Table(Table {
            caption: title.clone(),
            columns: words.columns.map(str::to_owned).to_vec(),
            rows: rows.collect(),
        });
        let blocks = vec![Block::text(words.cover_text), table];
        Document { title, ..self.document(Language::Nb, &[], blocks) }
    }
}

impl Service {
    /// A letter as those who get it read it, without a recipient, in every language it is in.
    pub async fn letter_preview(
        &self,
        who: &SignedIn,
        case: CaseId,
        letter: u32,
        page: &'static str,
    ) -> Result<Paper, LetterFileError> {
        let sight = self.letter(who, case, letter, page).await?;
        let known = &sight.seen.file.known;
        let it = sight.letter(letter).ok_or(LookUpError::NotFound)?;
        let name = format!("{}-{letter}.pdf", known.report.number).replace('/', "-");
        Ok(Paper { name, bytes: self.signable(known, it).await? })
    }

    /// One bundle of a letter that is being sent on paper, counted from 1: a cover sheet with the
    /// list, and the letters in the order of their addresses.
    pub async fn letter_bundle(
        &self,
        who: &SignedIn,
        case: CaseId,
        (letter, bundle): (u32, usize),
        page: &'static str,
    ) -> Result<Paper, LetterFileError> {
        let sight = self.letter(who, case, letter, page).await?;
        let known = &sight.seen.file.known;
        let it = sight.letter(letter).ok_or(LookUpError::NotFound)?;
        let signature = it.signature().ok_or_else(not_signed)?;
        let all = bundles(it, &sight.recipients);
        let place = bundle.checked_sub(1).ok_or(LookUpError::NotFound)?;
        let recipients = all.get(place).ok_or(LookUpError::NotFound)?;
        let house = self.house(known, &format!("{letter}-{bundle}"), signature.at);
        let cover = house.cover(bundle, all.len(), recipients);
        let letters = recipients.iter().filter_map(|numbered| {
            let (language, text) = it.text_for(numbered.recipient.language)?;
            Some(house.letter(language, text, &numbered.recipient.envelope()))
        });
        let pages = std::iter::once(cover).chain(letters).collect();
        let name = format!("{}-{letter}-{bundle}.pdf", known.report.number).replace('/', "-");
        Ok(Paper { name, bytes: laid_out(pages).await? })
    }

    /// The letter to one person, in their language; nothing where it is written in none.
    pub(super) async fn letter_to(
        &self,
        known: &OpenCase,
        (letter, it): (u32, &Letter),
        to: &Numbered,
    ) -> Result<Option<(Language, Paper)>, LetterFileError> {
        let Some((language, text)) = it.text_for(to.recipient.language) else { return Ok(None) };
        let signature = it.signature().ok_or_else(not_signed)?;
        let house = self.house(known, &format!("{letter}-{}", to.number), signature.at);
        let page = house.letter(language, text, &to.recipient.envelope());
        let name = format!("{}-{letter}.pdf", known.report.number).replace('/', "-");
        Ok(Some((language, Paper { name, bytes: laid_out(vec![page]).await? })))
    }

    /// The document that is signed: the letter in every language, to nobody.
    pub(super) async fn signable(
        &self,
        known: &OpenCase,
        letter: &Letter,
    ) -> Result<Vec<u8>, LetterFileError> {
        let at = letter.signature().map_or_else(|| self.now(), |signature| signature.at);
        let house = self.house(known, &format!("version {}", letter.version), at);
        let page = |(language, text): (&Language, &LetterText)| house.letter(*language, text, &[]);
        let pages: Vec<Document> = letter.texts.iter().map(page).collect();
        if pages.is_empty() {
            let refusal = domain::case::Refusal::Letter(letter::Refusal::NothingToSign);
            return Err(Refusal::Case(refusal).into());
        }
        laid_out(pages).await
    }

    fn house(&self, known: &OpenCase, what: &str, dated: Time) -> House {
        let settings = self.settings();
        let it = &settings.notification;
        let contact = [&it.address, &it.dpo_contact].into_iter().flatten();
        let number = known.report.number.to_string();
        House {
            letterhead: Letterhead {
                organisation: self.views().organisation.name.clone(),
                logo: self.logo(),
                contact: contact.flat_map(|it| it.lines().map(str::to_owned)).collect(),
            },
            identity: format!("{number} {what}"),
            number,
            dated,
            zone: settings.zone,
        }
    }
}

fn not_signed() -> Refusal {
    Refusal::Case(domain::case::Refusal::Letter(letter::Refusal::NotSigned))
}

async fn laid_out(pages: Vec<Document>) -> Result<Vec<u8>, LetterFileError> {
    rendered(pages).await.map_err(LetterFileError::Render)
}

fn spoken(language: Language) -> documents::Language {
    match language {
        Language::Nb => documents::Language::Nb,
        Language::Nn => documents::Language::Nn,
        Language::Sv => documents::Language::Sv,
        Language::En => documents::Language::En,
    }
}
