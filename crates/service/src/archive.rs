//! Handing closed cases over to the archive: what is entered there is proposed, looked at by the
//! data protection officer, made into a package and laid where the archive takes it from.

mod carry;
pub mod classic;
pub mod fiks;
pub mod grounds;
pub mod message;
pub mod package;
pub mod papers;
pub mod receipt;
pub mod target;
pub mod titles;
mod xml;

use std::path::PathBuf;

use chrono::NaiveDate;
use domain::case::archiving::{self, Archive, Entry};
use domain::case::inquiry::Respondent;
use domain::case::{OpenCase, Phase, Request};
use domain::ids::{CaseId, CaseNumber};
use domain::organisation::Organisation;
use domain::{Erasable, Time};
use journal::Access;
use views::CaseFile;

use self::papers::{Content, Paper};
use self::titles::{KnownNames, public_title};
use crate::error::{HandleError, LookUpError, Refusal};
use crate::open::Service;
use crate::permit::{self, SignedIn, Step};
use crate::secrets::FormKey;

pub use carry::NotHandedOver;
pub(crate) use carry::Went;

/// Where and how closed cases are archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveSettings {
    /// Where packages are laid; none where nothing is handed over.
    pub folder: Option<PathBuf>,
    /// What the archive's folders are called, before the year.
    pub title: String,
    /// The unit that keeps them.
    pub unit: String,
    /// Their class in the archive's plan, where it has one.
    pub class: Option<String>,
    /// The organisation's own legal grounds; those shipped when absent.
    pub grounds_file: Option<PathBuf>,
}

impl Default for ArchiveSettings {
    fn default() -> Self {
        Self {
            folder: None,
            title: "Personvernombud".to_owned(),
            unit: "Personvernombudet".to_owned(),
            class: None,
            grounds_file: None,
        }
    }
}

/// An entry as it is proposed, or as somebody has looked at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Which paper it is.
    pub paper: String,
    /// Its title.
    pub title: String,
    /// The words of the title that the public does not read.
    pub shielded: Vec<String>,
    /// Whether the public is given the entry.
    pub is_open: bool,
}

/// An entry that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// What is proposed of it.
    pub looked: Looked,
    /// How many files it has.
    pub files: usize,
}

/// What of a case went to the archive, for those who see nothing else of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Archived {
    /// Which case.
    pub number: CaseNumber,
    /// Where it stands.
    pub phase: Phase,
    /// Its packages.
    pub archive: Archive,
}

impl Service {
    /// Whether closed cases are handed over to an archive here.
    #[must_use]
    pub fn has_archive(&self) -> bool {
        self.settings().archive.folder.is_some()
    }

    /// What of a case would be entered in the archive as it stands, for somebody to look at.
    #[must_use]
    pub fn archive_proposal(&self, file: &CaseFile) -> Vec<Proposed> {
        let papers = self.papers_of(file);
        let proposed = papers.into_iter().map(|paper| Proposed {
            files: paper.documents.iter().map(|it| it.files.len()).sum(),
            looked: Looked {
                paper: paper.key,
                title: paper.title,
                shielded: Vec::new(),
                is_open: paper.is_open,
            },
        });
        proposed.collect()
    }

    /// Prepares a closed case for the archive with the entries somebody has looked at; each of its
    /// papers is one of them. A title that says too much is refused.
    pub async fn prepare_archive(
        &self,
        who: &SignedIn,
        case: CaseId,
        looked: Vec<Looked>,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let day = self.day_of(self.now());
        let entries = looked.iter().map(|it| self.entry(it, day)).collect();
        let request = Request::Archiving(archiving::Request::Prepare(entries));
        self.permit_step(who, case, &request, Step::Archive)?;
        if !self.has_archive() {
            return Err(Refusal::NoArchive.into());
        }
        let stream = self.read(case.into()).await?;
        let file = CaseFile::fold(case, &stream).ok_or(Refusal::NoSuchCase)?;
        let mut names = KnownNames::default();
        names.extend(people(&file.known, &self.organisation()).iter().map(String::as_str));
        for (letter, _) in file.known.letters.iter() {
            let told = self.recipients(&stream, letter).await.map_err(HandleError::Read)?;
            names.extend(told.iter().map(|it| it.recipient.name.as_str()));
        }
        for it in &looked {
            if let Some(fault) = titles::faults(&it.title, &it.shielded, &names).first() {
                return Err(Refusal::Title { paper: it.paper.clone(), fault: *fault }.into());
            }
        }
        let papers = self.papers_of(&file);
        let is_closed = file.standing.phase().is_closed();
        let is_whole = papers.len() == looked.len()
            && papers.iter().all(|paper| looked.iter().any(|it| it.paper == paper.key));
        // Of a case that is open it says itself that nothing is handed over.
        if is_closed && !is_whole {
            return Err(Refusal::PapersChanged.into());
        }
        self.step(who, case, request, key).await
    }

    /// What of a case went to the archive, for the archivist. The look is noted.
    pub async fn archived(
        &self,
        who: &SignedIn,
        case: CaseId,
        page: &'static str,
    ) -> Result<Archived, LookUpError> {
        let permit = {
            let views = self.views();
            let row = views.inbox.row(case).ok_or(LookUpError::NotFound)?;
            permit::for_archive_receipt(who, row)
        };
        let Some(permit) = permit else {
            self.note_refused(who, case, page).await?;
            return Err(LookUpError::NotFound);
        };
        self.note(who, Access::Case(case), page, permit.ground()).await?;
        let stream = self.journal().read_stream(case.into()).await.map_err(LookUpError::Read)?;
        let file = CaseFile::fold(case, &stream).ok_or(LookUpError::NotFound)?;
        let (number, phase) = (file.known.report.number, file.standing.phase());
        Ok(Archived { number, phase, archive: file.known.archive })
    }

    fn entry(&self, it: &Looked, day: NaiveDate) -> Entry {
        Entry {
            paper: it.paper.clone(),
            title: Erasable::known(it.title.trim().to_owned()),
            public_title: Erasable::known(public_title(it.title.trim(), &it.shielded)),
            is_open: it.is_open,
            ground: self.grounds().on(day, it.is_open).ground,
        }
    }

    fn papers_of(&self, file: &CaseFile) -> Vec<Paper> {
        self.papers().map(|papers| papers.of_closed_case(self, file)).unwrap_or_default()
    }

    fn day_of(&self, at: Time) -> NaiveDate {
        at.with_timezone(&self.settings().zone).date_naive()
    }
}

/// Everybody whom a case names outside its own pages' roles: who reported, who is involved, and
/// those outside who were asked.
fn people(case: &OpenCase, organisation: &Organisation) -> Vec<String> {
    let member = |user| {
        let person = organisation.people.get(&user)?;
        person.name.get().cloned()
    };
    let reporter = case.report.reporter.identity();
    let own = reporter.and_then(|it| it.user).and_then(member);
    let written = reporter.map(|it| it.name.clone());
    let involved = case.involved.iter().filter_map(|(_, user)| member(user));
    let outside = case.inquiries.values().filter_map(|it| match &it.respondent {
        Respondent::Outside(contact) => contact.get().map(|it| it.name.clone()),
        Respondent::Member(_) => None,
    });
    own.into_iter().chain(written).chain(involved).chain(outside).collect()
}

/// The files a paper has that are kept beside the log.
fn attached(paper: &Paper) -> impl Iterator<Item = domain::ids::AttachmentId> + '_ {
    let files = paper.documents.iter().flat_map(|it| &it.files);
    files.filter_map(|it| match it.content {
        Content::Attached(file) | Content::Signed(file) => Some(file),
        Content::Written(_) => None,
    })
}
