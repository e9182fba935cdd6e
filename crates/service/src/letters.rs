//! Letters to the people affected: what is proposed for them, who gets them, their signature, and
//! how they leave the house (`docs/decisions/0028-letters.md`).

mod digital;
mod held_up;
pub mod import;
mod listing;
mod paper;
mod post;
mod template;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono_tz::Tz;
use domain::case::letter::{
    self, Channel, Flaw, KeptFile, Kind, Language, Letter, LetterText, Numbered, Part, Recipient,
    Recipients, Request as Asked, StartDispatch, TemplateUsed,
};
use domain::case::{Case, Event, OpenCase, Request};
use domain::guard::Confidential;
use domain::ids::{AttachmentId, CaseId};
use domain::{Erasable, Event as AnyEvent, Recorded, Role, Time};
use journal::ReadError;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::attachments::Files;
use crate::error::{HandleError, LookUpError, Refusal};
use crate::execute::folded;
use crate::look_up::CaseSight;
use crate::open::Service;
use crate::permit::{SignedIn, Step};
use crate::secrets::{FormKey, hexadecimal};

pub(crate) use held_up::HeldUp;
pub use paper::{LetterFileError, Paper};
pub use template::{LetterTemplate, LetterTemplateProblem, SHIPPED, WrongInLetter};

/// A change to who gets a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListChange {
    /// Somebody more.
    Add(Box<Recipient>),
    /// Somebody less.
    Remove {
        /// Their number on the list.
        number: u32,
    },
    /// These and nobody else. Whoever stood on the list exactly as here keeps their number, and
    /// with it what is known of how it went.
    Replace(Vec<Recipient>),
}

/// Why a list was not changed.
#[derive(Debug)]
pub enum ListError {
    /// It was refused, or could not be recorded.
    Handle(HandleError),
    /// Some of those to be put on it cannot be, each by where they stand among them, from 0.
    Flawed(Vec<(usize, Flaw)>),
}

impl From<HandleError> for ListError {
    fn from(error: HandleError) -> Self {
        Self::Handle(error)
    }
}

impl From<Refusal> for ListError {
    fn from(refusal: Refusal) -> Self {
        Self::Handle(refusal.into())
    }
}

impl std::fmt::Display for ListError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Handle(_) => write!(f, "the list was not recorded"),
            Self::Flawed(_) => write!(f, "some recipients cannot be put on the list"),
        }
    }
}

impl std::error::Error for ListError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Handle(error) => Some(error),
            Self::Flawed(_) => None,
        }
    }
}

/// A case with one of its letters and who gets it.
pub struct LetterSight {
    /// The case.
    pub seen: CaseSight,
    /// Who gets the letter. Empty where nobody was listed, and once the case is erased.
    pub recipients: Vec<Numbered>,
}

impl LetterSight {
    /// The letter.
    #[must_use]
    pub fn letter(&self, number: u32) -> Option<&Letter> {
        self.seen.file.known.letters.get(number)
    }
}

impl Service {
    /// What is proposed for a letter in that language, from the template and what is known of the
    /// case; nothing where no template is in that language.
    #[must_use]
    pub fn proposed_letter(
        &self,
        known: &OpenCase,
        kind: Kind,
        language: Language,
    ) -> Option<(LetterText, TemplateUsed)> {
        let views = self.views();
        let settings = &self.settings().notification;
        let category = self.category_of_case(known);
        let contact = [&settings.dpo_name, &settings.dpo_contact];
        let filling = template::Filling {
            organisation: &views.organisation.name,
            unit: views.organisation.units.get(&known.unit()).map(|unit| unit.name.as_str()),
            contact: contact.into_iter().flatten().cloned().collect::<Vec<_>>().join(", "),
            category: category.as_deref(),
            zone: self.settings().zone,
        };
        self.notifications().letters().find_map(|it| it.proposed(known, kind, language, &filling))
    }

    /// A case and one of its letters with who gets it, for those who prepare or sign it. The look
    /// is noted first.
    pub async fn letter(
        &self,
        who: &SignedIn,
        case: CaseId,
        letter: u32,
        page: &'static str,
    ) -> Result<LetterSight, LookUpError> {
        self.letter_as_of(who, case, (letter, None), page).await
    }

    /// The same as it was known at a moment; as it stands without one.
    pub async fn letter_as_of(
        &self,
        who: &SignedIn,
        case: CaseId,
        (letter, moment): (u32, Option<Time>),
        page: &'static str,
    ) -> Result<LetterSight, LookUpError> {
        let mut seen = self.case_file(who, case, page).await?;
        if !sees_letters(&seen) {
            return Err(LookUpError::NotPermitted);
        }
        if let Some(moment) = moment {
            seen = seen.as_of(moment).ok_or(LookUpError::NotFound)?;
        }
        if seen.file.known.letters.get(letter).is_none() {
            return Err(LookUpError::NotFound);
        }
        let mut stream =
            self.journal().read_stream(case.into()).await.map_err(LookUpError::Read)?;
        stream.retain(|recorded| moment.is_none_or(|moment| recorded.at <= moment));
        let recipients = self.recipients(&stream, letter).await.map_err(LookUpError::Read)?;
        Ok(LetterSight { seen, recipients })
    }

    /// What of a case must not go by e-mail: the names of whoever reported and of those involved,
    /// and the passages that the public is not given.
    #[must_use]
    pub fn confidential(&self, known: &OpenCase) -> Confidential {
        let people = &self.views().organisation.people;
        let name = |user| people.get(&user)?.name.get().cloned();
        let reporter = known.report.reporter.identity();
        let own = reporter.and_then(|it| it.user).and_then(name);
        let passages = known.documents.exempt.iter();
        Confidential {
            reporter: reporter.map(|it| it.name.clone()).into_iter().chain(own).collect(),
            involved: known.involved.iter().filter_map(|(_, user)| name(user)).collect(),
            marked: passages.filter_map(|it| it.passage.get().cloned()).collect(),
        }
    }

    /// Changes who gets a letter, as somebody who prepares it. Everybody who stays keeps their
    /// number. Nothing is taken in unless all of it can be.
    pub async fn change_recipients(
        &self,
        who: &SignedIn,
        case: CaseId,
        letter: u32,
        change: ListChange,
        key: FormKey,
    ) -> Result<(), ListError> {
        let asked = Request::Letter(Asked::StopDispatch { letter });
        let acting = self.permit_step(who, case, &asked, Step::PrepareLetters)?;
        let stream = self.read(case.into()).await?;
        let Case::Open(known) = folded(&stream) else {
            return Err(Refusal::Case(domain::case::Refusal::CaseIsClosed).into());
        };
        let before = known.letters.get(letter).and_then(|it| it.list.as_ref());
        let listed = self.recipients(&stream, letter).await.map_err(HandleError::Read)?;
        self.require_needed(&change)?;
        let highest = before.map_or(0, |list| list.highest);
        let home = self.settings().duties.calendar.jurisdiction;
        let recipients = listing::changed(listed, highest, change, home)?;
        let bytes: Arc<[u8]> =
            serde_json::to_vec(&recipients).expect("recipients are plain data").into();
        let file = kept(AttachmentId(key.part_named("recipients")), &bytes);
        let files = Files::from([(file.file, bytes)]);
        let before = before.map(|list| list.version);
        let request = Asked::List(Recipients { letter, before, file, recipients });
        let key = key.idempotency(&format!("{case} letter {letter} recipients"));
        let request = Request::Letter(request);
        Ok(self.carry_out_with(case, acting, request, Some(key), files).await?)
    }

    /// Identity numbers are taken in for digital post alone.
    fn require_needed(&self, change: &ListChange) -> Result<(), ListError> {
        let added = match change {
            ListChange::Add(recipient) => std::slice::from_ref(&**recipient),
            ListChange::Remove { .. } => &[],
            ListChange::Replace(recipients) => recipients,
        };
        let has_number = |it: &(usize, &Recipient)| it.1.identity_number.is_some();
        let flawed = added.iter().enumerate().filter(has_number);
        let flawed: Vec<(usize, Flaw)> =
            flawed.map(|(row, _)| (row, Flaw::IdentityNumber)).collect();
        let is_needed = self.has_digital_post() || flawed.is_empty();
        if is_needed { Ok(()) } else { Err(ListError::Flawed(flawed)) }
    }

    /// Signs a letter as the controller: the words and the list of these versions, which they saw.
    /// The document that is signed is kept with the signature.
    pub async fn sign_letter(
        &self,
        who: &SignedIn,
        case: CaseId,
        (letter, version, list): (u32, u32, Option<u32>),
        key: FormKey,
    ) -> Result<(), LetterFileError> {
        let asked = Request::Letter(Asked::StopDispatch { letter });
        let acting = self.permit_step(who, case, &asked, Step::SignLetters)?;
        let stream = self.read(case.into()).await?;
        let folded = folded(&stream);
        let known = folded.known().ok_or(Refusal::NoSuchCase)?;
        let sent =
            known.letters.get(letter).ok_or_else(|| refused(letter::Refusal::LetterUnknown))?;
        let bytes: Arc<[u8]> = self.signable(known, sent, Some(who.user)).await?.into();
        let document = kept(AttachmentId(key.part_named("signed letter")), &bytes);
        let files = Files::from([(document.file, bytes)]);
        let request = Asked::Sign(letter::Sign { letter, version, list, document });
        let key = key.idempotency(&format!("{case} letter {letter} sign"));
        let request = Request::Letter(request);
        Ok(self.carry_out_with(case, acting, request, Some(key), files).await?)
    }

    /// Begins to send a letter by these ways, or goes on.
    pub async fn start_letters(
        &self,
        who: &SignedIn,
        case: CaseId,
        letter: u32,
        channels: BTreeSet<Channel>,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let asked = Request::Letter(Asked::StopDispatch { letter });
        let acting = self.permit_step(who, case, &asked, Step::PrepareLetters)?;
        if channels.contains(&Channel::DigitalPost) && !self.has_digital_post() {
            return Err(refused(letter::Refusal::NoDigitalPost).into());
        }
        // What the guard finds tells who reported and who is involved.
        if channels.contains(&Channel::Email) && !who.roles.holds(Role::Dpo) {
            return Err(refused(letter::Refusal::EmailIsTheOfficers).into());
        }
        let stream = self.read(case.into()).await?;
        let folded = folded(&stream);
        let confidential = folded.known().map(|known| self.confidential(known));
        let confidential = confidential.unwrap_or_default();
        let request = StartDispatch { letter, channels, confidential };
        let request = Request::Letter(Asked::StartDispatch(request));
        let key = key.idempotency(&format!("{case} letter {letter} start"));
        self.carry_out(case, acting, request, Some(key)).await
    }

    /// Who gets a letter, from the file its list is kept in.
    pub(crate) async fn recipients(
        &self,
        stream: &[Recorded],
        letter: u32,
    ) -> Result<Vec<Numbered>, ReadError> {
        let of_letter = |recorded: &&Recorded| {
            matches!(
                &recorded.event,
                AnyEvent::Case(Event::Letter(letter::Event::RecipientsListed { letter: it, .. }))
                    if *it == letter
            )
        };
        let Some(bytes) = self.kept_with(stream.iter().rev().find(of_letter)).await? else {
            return Ok(Vec::new());
        };
        Ok(serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// The file that is kept with an event; nothing once it is erased.
    async fn kept_with(
        &self,
        recorded: Option<&Recorded>,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, ReadError> {
        let Some(recorded) = recorded else { return Ok(None) };
        let files = self.journal().attachments(recorded.position).await?;
        Ok(files.into_iter().next().and_then(|file| file.bytes))
    }
}

fn refused(refusal: letter::Refusal) -> Refusal {
    Refusal::Case(domain::case::Refusal::Letter(refusal))
}

/// Whether somebody sees letters with who gets them: whoever prepares or signs them.
#[must_use]
pub fn sees_letters(seen: &CaseSight) -> bool {
    [Step::PrepareLetters, Step::SignLetters].iter().any(|step| seen.steps.contains(step))
}

pub(crate) fn kept(file: AttachmentId, bytes: &[u8]) -> KeptFile {
    let sha256 = Erasable::known(hexadecimal(&Sha256::digest(bytes)));
    KeptFile { file, length: bytes.len() as u64, sha256 }
}

/// A day in words, as a letter in that language has it.
fn day(at: domain::Time, zone: Tz, language: Language) -> String {
    let form = match language {
        Language::Nb | Language::Nn => "%d.%m.%Y",
        Language::Sv | Language::En => "%Y-%m-%d",
    };
    at.with_timezone(&zone).format(form).to_string()
}

/// What stands over a part, in the letter's language.
#[must_use]
pub fn heading(part: Part, language: Language) -> &'static str {
    words::words(language).heading(part)
}
