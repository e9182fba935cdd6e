//! Carrying a prepared package to the archive. The same package twice is there once: its files
//! follow from the case as it was closed, and its name from the case's number and the version.

use std::collections::HashMap;
use std::{error, fmt, io};

use chrono::NaiveDate;
use documents::RenderError;
use domain::case::archiving::{self, Entry as Looked, Hindrance, Package as Prepared, Stage};
use domain::case::attachment::FileKind;
use domain::case::{Acting, Event, Request};
use domain::ids::{AttachmentId, CaseId};
use domain::{Erasable, Time};
use tokio::sync::Mutex;
use views::CaseFile;

use super::attached;
use super::message::{Access, Document, Entry, File, Folder, Message, Variant};
use super::package::{self, Package};
use super::papers::{Content, Paper, PaperFile};
use super::receipt::NotAReceipt;
use super::target::{self, HandOverError, Target};
use crate::error::{HandleError, LookUpError};
use crate::open::Service;

/// Held while a package is carried, so that whoever asks for it twice at once has it written once.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// What is left to do for a package that lies where the archive takes it from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Went {
    /// Nothing: the archive has answered, or the package does not count any more.
    Settled,
    /// The archive has not said yet whether it took it.
    ReceiptAwaited,
}

/// Why a package was not handed over, this time, or its receipt not read.
#[derive(Debug)]
pub enum NotHandedOver {
    /// The case, or one of its files, could not be read.
    Read(HandleError),
    /// An attached file could not be read.
    Attachment(LookUpError),
    /// A document could not be laid out.
    LayOut(RenderError),
    /// It was not taken.
    HandOver(HandOverError),
    /// The archive's answer could not be read.
    Receipt(io::Error),
    /// The archive's answer is none.
    NotAReceipt(NotAReceipt),
    /// Nobody writes the papers of cases here.
    NoPapers,
    /// The case has not the papers that were looked at.
    PaperGone,
    /// No folder is set any more.
    NoArchive,
    /// The task was stopped.
    Stopped,
}

impl fmt::Display for NotHandedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read(_) => "the case was not read",
            Self::Attachment(_) => "an attached file was not read",
            Self::LayOut(_) => "a document was not laid out",
            Self::HandOver(_) => "the package was not taken",
            Self::Receipt(_) => "the receipt was not read",
            Self::NotAReceipt(_) => "the receipt beside the package is none",
            Self::NoPapers => "nobody writes the papers yet",
            Self::PaperGone => "a paper that was looked at is not there",
            Self::NoArchive => "the setting archive.folder is gone",
            Self::Stopped => "the task was stopped",
        })
    }
}

impl error::Error for NotHandedOver {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Read(source) => Some(source),
            Self::Attachment(source) => Some(source),
            Self::LayOut(source) => Some(source),
            Self::HandOver(source) => Some(source),
            Self::Receipt(source) => Some(source),
            Self::NotAReceipt(source) => Some(source),
            Self::NoPapers | Self::PaperGone | Self::NoArchive | Self::Stopped => None,
        }
    }
}

impl NotHandedOver {
    /// What stood in the way, as the case keeps it; nothing where that was the service itself.
    fn hindrance(&self) -> Option<Hindrance> {
        match self {
            Self::HandOver(error) => Some(error.hindrance()),
            Self::LayOut(_) | Self::PaperGone => Some(Hindrance::NotLaidOut),
            Self::NoArchive => Some(Hindrance::NoFolder),
            Self::Read(_)
            | Self::Attachment(_)
            | Self::Receipt(_)
            | Self::NotAReceipt(_)
            | Self::NoPapers
            | Self::Stopped => None,
        }
    }
}

impl Service {
    /// Hands a package over, if it is still to go, and records how that went; looks for the
    /// archive's receipt once it was handed over.
    pub(crate) async fn hand_package_over(
        &self,
        case: CaseId,
        version: u32,
    ) -> Result<Went, NotHandedOver> {
        let _alone = ONE_AT_A_TIME.lock().await;
        let stream = self.read(case.into()).await.map_err(NotHandedOver::Read)?;
        let Some(file) = CaseFile::fold(case, &stream) else { return Ok(Went::Settled) };
        let latest = file.known.archive.latest().filter(|it| it.0 == version);
        if let Some(Stage::HandedOver { at, .. }) = latest.map(|(_, package)| &package.stage) {
            return self.look_for_receipt(&file, version, *at).await;
        }
        // Of a case that was taken up again or erased since, and of a package that was prepared
        // anew, nothing goes.
        let current = file.known.archive.current();
        let Some(prepared) = current.filter(|it| it.0 == version).map(|(_, package)| package)
        else {
            return Ok(Went::Settled);
        };
        let is_to_go = prepared.stage.is_to_go() && !prepared.stage.is_refused();
        if !file.standing.phase().is_closed() || !is_to_go || is_erased(&file) {
            return Ok(Went::Settled);
        }
        let went = match self.carry(&file, prepared, version).await {
            Ok(manifest) => {
                let request = archiving::Request::HandOver { version, manifest };
                return self.record(case, request).await.map(|()| Went::ReceiptAwaited);
            }
            Err(error) => error,
        };
        if let Some(hindrance) = went.hindrance() {
            self.record(case, archiving::Request::Fail { version, hindrance }).await?;
        }
        Err(went)
    }

    pub(super) async fn record(
        &self,
        case: CaseId,
        it: archiving::Request,
    ) -> Result<(), NotHandedOver> {
        let request = Request::Archiving(it);
        let recorded = self.carry_out(case, Acting::service(), request, None).await;
        recorded.map_err(NotHandedOver::Read)
    }

    async fn carry(
        &self,
        file: &CaseFile,
        prepared: &Prepared,
        version: u32,
    ) -> Result<String, NotHandedOver> {
        let folder = self.settings().archive.folder.clone().ok_or(NotHandedOver::NoArchive)?;
        let papers = self.papers().ok_or(NotHandedOver::NoPapers)?;
        let papers = papers.of_closed_case(self, file);
        let mut attachments = HashMap::new();
        for id in papers.iter().flat_map(attached) {
            if let Some(bytes) = self.attachment_bytes(file, id).await? {
                attachments.insert(id, bytes);
            }
        }
        let job = Job {
            day: self.day_of(prepared.prepared_at),
            made_at: prepared.prepared_at.with_timezone(&self.settings().zone).fixed_offset(),
            folder: self.folder(file, prepared.prepared_at),
            package: package::name(file.known.report.number, version),
            kinds: file.known.attachments.iter().map(|it| (it.attachment, it.kind)).collect(),
            attachments,
        };
        let entries = prepared.entries.clone();
        let (grounds, zone) = (self.grounds().clone(), self.settings().zone);
        let number = file.known.report.number;
        let target = target::Folder::new(folder);
        let carried = tokio::task::spawn_blocking(move || {
            let day_of = |at: Time| at.with_timezone(&zone).date_naive();
            let entries = entries.iter().map(|looked| {
                let paper = papers.iter().find(|it| it.key == looked.paper);
                let paper = paper.ok_or(NotHandedOver::PaperGone)?;
                let access = grounds.on(job.day, looked.is_open);
                let access = Access { ground: looked.ground.clone(), ..access };
                job.entry(looked, paper, access, day_of).map_err(NotHandedOver::LayOut)
            });
            let entries = entries.collect::<Result<_, _>>()?;
            let message = Message { folder: job.folder, entries, made_at: job.made_at };
            let package = Package::new(&message, number, version);
            target.hand_over(&package).map_err(NotHandedOver::HandOver)
        });
        carried.await.unwrap_or(Err(NotHandedOver::Stopped))
    }

    /// The folder of the year in which the case was reported, so that a case that is closed twice
    /// stays together.
    fn folder(&self, file: &CaseFile, at: Time) -> Folder {
        let settings = &self.settings().archive;
        let year = i32::from(file.known.report.number.year);
        let title = format!("{} {year}", settings.title);
        Folder {
            key: title.to_lowercase().replace(' ', "-"),
            title,
            class: settings.class.clone(),
            access: self.grounds().on(self.day_of(at), false),
            unit: settings.unit.clone(),
            officer: settings.title.clone(),
            opened_on: NaiveDate::from_yo_opt(year, 1).unwrap_or_default(),
        }
    }

    /// The bytes of an attachment; nothing once they were erased.
    async fn attachment_bytes(
        &self,
        file: &CaseFile,
        attachment: AttachmentId,
    ) -> Result<Option<Vec<u8>>, NotHandedOver> {
        let named = file.timeline.iter().find(|entry| match &entry.event {
            Event::AttachmentAdded(it) => it.attachment == attachment,
            Event::Letter(it) => it.file().is_some_and(|it| it.file == attachment),
            _ => false,
        });
        let Some(entry) = named else { return Ok(None) };
        let bytes = self.bytes_of(file.case, entry.version).await;
        Ok(bytes.map_err(NotHandedOver::Attachment)?.map(|bytes| bytes.to_vec()))
    }
}

fn is_erased(file: &CaseFile) -> bool {
    file.timeline.iter().any(|entry| matches!(entry.event, Event::CaseErased { .. }))
}

/// A package on its way, with all that is read of the case.
struct Job {
    day: NaiveDate,
    made_at: chrono::DateTime<chrono::FixedOffset>,
    folder: Folder,
    package: String,
    kinds: HashMap<AttachmentId, FileKind>,
    attachments: HashMap<AttachmentId, Vec<u8>>,
}

impl Job {
    fn entry(
        &self,
        looked: &Looked,
        paper: &Paper,
        access: Access,
        day_of: impl Fn(Time) -> NaiveDate,
    ) -> Result<Entry, RenderError> {
        let text = |it: &Erasable<String>| it.text_or("").to_owned();
        let documents = paper.documents.iter().map(|it| {
            let files = it.files.iter().filter_map(|file| self.file(file).transpose());
            let files = files.collect::<Result<Vec<_>, _>>()?;
            Ok(Document { title: it.title.clone(), kind: it.kind, files })
        });
        Ok(Entry {
            key: format!("{}/{}", self.package, paper.key),
            kind: paper.kind,
            title: text(&looked.title),
            public_title: text(&looked.public_title),
            access,
            party: paper.party.clone(),
            dated_on: day_of(paper.dated_at),
            sent_at: paper.sent_at.map(|at| at.with_timezone(&self.made_at.timezone())),
            documents: documents.collect::<Result<_, RenderError>>()?,
        })
    }

    /// A file of a paper; nothing where an attachment's bytes were erased.
    fn file(&self, it: &PaperFile) -> Result<Option<File>, RenderError> {
        let (bytes, ending, media_type, variant) = match &it.content {
            Content::Written(document) => {
                (documents::render(document)?, "pdf", "application/pdf", it.variant)
            }
            Content::Signed(document) => {
                let Some(bytes) = self.attachments.get(document) else { return Ok(None) };
                (bytes.clone(), "pdf", "application/pdf", it.variant)
            }
            Content::Attached(attachment) => {
                let Some(bytes) = self.attachments.get(attachment) else { return Ok(None) };
                let kind = self.kinds.get(attachment).copied().unwrap_or(FileKind::PlainText);
                let is_pdf = kind == FileKind::Pdf;
                let variant = if is_pdf { it.variant } else { Variant::Production };
                (bytes.clone(), kind.extension(), kind.media_type(), variant)
            }
        };
        let name = format!("{}.{ending}", it.name);
        let (shown_name, media_type) = (name.clone(), media_type.to_owned());
        Ok(Some(File { name, shown_name, media_type, variant, bytes }))
    }
}
