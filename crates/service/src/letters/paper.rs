//! Letters on paper: the document that is signed, and bundles to print, each a PDF file. A bundle
//! is made when it is asked for and held no longer.

use std::fmt;

use documents::{Block, Document, Letterhead, RenderError, Table};
use domain::case::OpenCase;
use domain::case::letter::{self, Kind, Language, Letter, LetterText, Numbered, Part, bundles};
use domain::ids::{CaseId, UserId};
use domain::{Actor, Time};

use crate::error::{HandleError, LookUpError, Refusal};
use crate::open::Service;
use crate::permit::SignedIn;
use crate::rendering::rendered;

use super::words::words;

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

/// What every document of a letter has in common.
struct House {
    letterhead: Letterhead,
    identity: String,
    number: String,
    dated: Time,
    zone: chrono_tz::Tz,
    /// Who signed it; nobody yet in what is read before that.
    signatory: Option<String>,
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

    fn letter(
        &self,
        kind: Kind,
        language: Language,
        text: &LetterText,
        recipient: &[String],
    ) -> Document {
        let words = words(language);
        let parts = <Part as strum::IntoEnumIterator>::iter().filter(|it| *it != Part::Title);
        let blocks = parts.flat_map(|part| {
            [Block::heading(words.heading(part)), Block::text(text.part(part).text_or(""))]
        });
        // What is told to everybody has no sender below it.
        let signatory = self.signatory.as_deref();
        let closing = words.closing(signatory, &self.letterhead.organisation);
        let closing = (kind == Kind::Letter).then(|| Block::text(closing));
        let document = self.document(language, recipient, blocks.chain(closing).collect());
        Document { title: text.title.text_or("").to_owned(), ..document }
    }

    /// The sheet on top of a bundle, in the language the letter is written in first.
    fn cover(
        &self,
        language: Language,
        (number, count): (usize, usize),
        bundle: &[&Numbered],
    ) -> Document {
        let words = words(language);
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
        Document { title, ..self.document(language, &[], blocks) }
    }
}

impl Service {
    /// A letter as those who get it read it, without a recipient, in every language it is in.
    pub async fn letter_preview(
        &self,
        who: &SignedIn,
        case: CaseId,
        (letter, moment): (u32, Option<Time>),
        page: &'static str,
    ) -> Result<Paper, LetterFileError> {
        let sight = self.letter_as_of(who, case, (letter, moment), page).await?;
        let known = &sight.seen.file.known;
        let it = sight.letter(letter).ok_or(LookUpError::NotFound)?;
        let name = format!("{}-{letter}.pdf", known.report.number).replace('/', "-");
        Ok(Paper { name, bytes: self.signable(known, it, None).await? })
    }

    /// One bundle of a letter that is being sent on paper, counted from 1: a cover sheet with the
    /// list, and the letters in the order of their addresses.
    pub async fn letter_bundle(
        &self,
        who: &SignedIn,
        case: CaseId,
        (letter, bundle, moment): (u32, usize, Option<Time>),
        page: &'static str,
    ) -> Result<Paper, LetterFileError> {
        let sight = self.letter_as_of(who, case, (letter, moment), page).await?;
        let known = &sight.seen.file.known;
        let it = sight.letter(letter).ok_or(LookUpError::NotFound)?;
        let signature = it.signature().ok_or_else(not_signed)?;
        let all = bundles(it, &sight.recipients);
        let place = bundle.checked_sub(1).ok_or(LookUpError::NotFound)?;
        let recipients = all.get(place).ok_or(LookUpError::NotFound)?;
        let house = self.house(known, &format!("{letter}-{bundle}"), signature.at, signature.by);
        let first = it.text_for(None).map_or(Language::Nb, |(language, _)| language);
        let cover = house.cover(first, (bundle, all.len()), recipients);
        let letters = recipients.iter().filter_map(|numbered| {
            let (language, text) = it.text_for(numbered.recipient.language)?;
            Some(house.letter(it.kind, language, text, &numbered.recipient.envelope()))
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
        let what = format!("{letter}-{}", to.number);
        let house = self.house(known, &what, signature.at, signature.by);
        let page = house.letter(it.kind, language, text, &to.recipient.envelope());
        let name = format!("{}-{letter}.pdf", known.report.number).replace('/', "-");
        Ok(Some((language, Paper { name, bytes: laid_out(vec![page]).await? })))
    }

    /// The document that is signed: the letter in every language, to nobody. Who is signing it
    /// stands in it, as whoever signed does later.
    pub(super) async fn signable(
        &self,
        known: &OpenCase,
        letter: &Letter,
        signing: Option<UserId>,
    ) -> Result<Vec<u8>, LetterFileError> {
        let signed = letter.signature().map(|signature| (signature.at, Some(signature.by)));
        let (at, by) = signed.unwrap_or_else(|| (self.now(), signing.map(Actor::User)));
        let house = self.house(known, &format!("version {}", letter.version), at, by);
        let page = |(language, text): (&Language, &LetterText)| {
            house.letter(letter.kind, *language, text, &[])
        };
        let pages: Vec<Document> = letter.texts.iter().map(page).collect();
        if pages.is_empty() {
            let refusal = domain::case::Refusal::Letter(letter::Refusal::NothingToSign);
            return Err(Refusal::Case(refusal).into());
        }
        laid_out(pages).await
    }

    fn house(
        &self,
        known: &OpenCase,
        what: &str,
        dated: Time,
        by: impl Into<Option<Actor>>,
    ) -> House {
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
            signatory: by.into().and_then(|by| self.signatory(by)),
        }
    }
}

impl Service {
    /// What whoever signed is called; nothing once they are erased.
    pub(super) fn signatory(&self, by: Actor) -> Option<String> {
        let Actor::User(user) = by else { return None };
        self.views().organisation.people.get(&user)?.name.get().cloned()
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
