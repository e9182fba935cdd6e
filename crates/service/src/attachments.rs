//! Files attached to a case: looked at before they are taken in, and handed out to those who may
//! see them. `docs/decisions/0013-attachments.md`.

mod content;
mod reading;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use domain::case::command::Attach;
use domain::case::{AttachedFile, Attachment, AttachmentSource, Event, FileKind, Request};
use domain::ids::{AttachmentId, CaseId, PersonId};
use domain::{Erasable, Event as AnyEvent};
use journal::{NewAttachment, ReadError};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::{HandleError, LookUpError, Refusal};
use crate::execute::TEXT_CHARACTERS_MAX;
use crate::look_up::CaseSight;
use crate::open::Service;
use crate::permit::{Sight, SignedIn, Step};
use crate::reporting::bounded;
use crate::secrets::{FormKey, hexadecimal};

pub use reading::{FileFinding, Place};

/// Characters of a file's name that are kept.
const NAME_CHARACTERS_MAX: usize = 120;

/// How large and how many files may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Bytes of one file.
    pub bytes_max: usize,
    /// Files in one report, or sent at one time.
    pub files_max: usize,
}

impl Default for FileLimits {
    fn default() -> Self {
        Self { bytes_max: 10 * 1024 * 1024, files_max: 5 }
    }
}

/// A file as somebody sent it, nothing of it believed.
#[derive(Clone)]
pub struct Upload {
    /// The name it was sent under.
    pub name: String,
    /// The media type it was sent with.
    pub declared: Option<String>,
    /// What it shows, if that was said.
    pub description: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// What people attach stays out of logs.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// What keeps a file from being taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum FileFlaw {
    /// There is nothing in it.
    Empty,
    /// It is longer than is taken.
    TooLarge,
    /// Such files are not taken.
    KindNotTaken,
    /// It is not what its name says.
    NotWhatItClaims,
    /// There is something in it that runs.
    CanRun,
}

/// A file that cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// Which of those that were sent, from 0.
    pub number: usize,
    /// What is wrong.
    pub flaw: FileFlaw,
}

/// The bytes of files on their way to the journal, by what the case calls them.
pub(crate) type Files = BTreeMap<AttachmentId, Arc<[u8]>>;

/// Files that were looked at, as the case and the journal get to know them.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) files: Files,
}

/// An attached file as it is handed out.
pub struct HandedOut {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// An attached file that somebody asked for.
pub enum FileSight {
    /// It is whole.
    Whole(HandedOut),
    /// It was erased.
    Erased,
    /// What is on the disk is not what was written; it is handed out to nobody.
    Damaged,
}

impl Service {
    /// Looks at files that were sent. `key` gives each an identifier of its own, so that the same
    /// form sent twice attaches them once.
    pub(crate) fn take_in(
        &self,
        uploads: Vec<Upload>,
        source: AttachmentSource,
        about: Option<PersonId>,
        key: FormKey,
    ) -> Result<Taken, Refusal> {
        let FileLimits { bytes_max, files_max } = self.settings().files;
        if files_max < uploads.len() {
            return Err(Refusal::TooManyFiles { files_max });
        }
        let look = |upload: &Upload| {
            if bytes_max < upload.bytes.len() {
                return Err(FileFlaw::TooLarge);
            }
            content::kind(&upload.name, upload.declared.as_deref(), &upload.bytes)
        };
        let looked: Vec<_> = uploads.iter().map(look).collect();
        let problems = looked
            .iter()
            .enumerate()
            .filter_map(|(number, looked)| looked.err().map(|flaw| FileProblem { number, flaw }));
        let problems: Vec<FileProblem> = problems.collect();
        if !problems.is_empty() {
            return Err(Refusal::Files(problems));
        }
        bounded(uploads.iter().map(|it| &it.description), TEXT_CHARACTERS_MAX)?;
        let mut taken = Taken::default();
        for (number, (upload, kind)) in uploads.into_iter().zip(looked).enumerate() {
            let kind = kind.expect("the others are problems");
            let id = AttachmentId(key.part_named(&format!("file {number}")));
            taken.attachments.push(attachment(id, source, kind, about, &upload));
            taken.files.insert(id, upload.bytes);
        }
        Ok(taken)
    }

    /// Attaches a file to a case, as somebody who handles it.
    pub async fn attach(
        &self,
        who: &SignedIn,
        case: CaseId,
        upload: Upload,
        key: FormKey,
    ) -> Result<AttachmentId, HandleError> {
        let attach = |files| Request::Attach(Attach { text: None, files });
        let acting = self.permit_step(who, case, &attach(Vec::new()), Step::Attach)?;
        let taken = self.take_in(vec![upload], AttachmentSource::Handling, None, key)?;
        let id = taken.attachments[0].attachment;
        let request = attach(taken.attachments);
        let idempotency = key.idempotency(&format!("{case} attach"));
        self.carry_out_with(case, acting, request, Some(idempotency), taken.files).await?;
        Ok(id)
    }

    /// One attached file, for somebody who may see it. The look is noted before anything is handed
    /// out.
    pub async fn attached_file(
        &self,
        who: &SignedIn,
        case: CaseId,
        attachment: AttachmentId,
        page: &'static str,
    ) -> Result<FileSight, LookUpError> {
        let seen = self.case_file(who, case, page).await?;
        self.file_of(&seen, case, attachment).await
    }

    /// What of an attached file must not go by e-mail and where it stands, for those who prepare
    /// letters, with what the file is called. The look is noted first.
    pub async fn file_by_email(
        &self,
        who: &SignedIn,
        case: CaseId,
        attachment: AttachmentId,
        page: &'static str,
    ) -> Result<(String, Vec<FileFinding>), LookUpError> {
        let seen = self.case_file(who, case, page).await?;
        // Whoever is not told who reported would be told that their name is not in it.
        let knows = seen.sight == Sight::Everything;
        if !knows || !seen.steps.contains(&Step::PrepareLetters) {
            return Err(LookUpError::NotPermitted);
        }
        let file = match self.file_of(&seen, case, attachment).await? {
            FileSight::Whole(file) => file,
            FileSight::Erased => return Err(LookUpError::NotFound),
            FileSight::Damaged => {
                return Ok((String::new(), vec![reading::cannot_be_looked_into()]));
            }
        };
        let confidential = self.confidential(&seen.file.known);
        let found = reading::findings((file.name.clone(), file.kind, file.bytes), confidential);
        Ok((file.name, found.await))
    }

    /// A file of the case as it is shown to somebody: what is taken out there is not found here.
    async fn file_of(
        &self,
        seen: &CaseSight,
        case: CaseId,
        attachment: AttachmentId,
    ) -> Result<FileSight, LookUpError> {
        let known = seen.file.known.attachments.iter();
        let known = known.clone().find(|it| it.attachment == attachment);
        let known = known.ok_or(LookUpError::NotFound)?.clone();
        let entry = seen.file.timeline.iter().find(|entry| match &entry.event {
            Event::AttachmentAdded(it) => it.attachment == attachment,
            _ => false,
        });
        let version = entry.ok_or(LookUpError::NotFound)?.version;
        self.sight_of(case, &known, version).await
    }

    /// A file that was attached at a version of its case, for whoever may see it.
    pub(crate) async fn sight_of(
        &self,
        case: CaseId,
        known: &Attachment,
        version: domain::Version,
    ) -> Result<FileSight, LookUpError> {
        let Some(file) = known.file.get() else { return Ok(FileSight::Erased) };
        let bytes = self.bytes_of(case, version).await;
        match bytes {
            Ok(Some(bytes)) => {
                let name = format!("{}.{}", stem(&file.name), known.kind.extension());
                Ok(FileSight::Whole(HandedOut { name, kind: known.kind, bytes }))
            }
            Ok(None) => Ok(FileSight::Erased),
            Err(LookUpError::Read(ReadError::Attachment { position, source })) => {
                let error: &dyn std::error::Error = &source;
                tracing::error!(position = position.0, error, "an attached file is damaged");
                Ok(FileSight::Damaged)
            }
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn bytes_of(
        &self,
        case: CaseId,
        version: domain::Version,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, LookUpError> {
        let stream = self.journal().read_stream(case.into()).await.map_err(LookUpError::Read)?;
        let recorded = stream.into_iter().find(|recorded| recorded.version == version);
        let position = recorded.ok_or(LookUpError::NotFound)?.position;
        let files = self.journal().attachments(position).await.map_err(LookUpError::Read)?;
        Ok(files.into_iter().next().and_then(|file| file.bytes))
    }
}

/// The files of an append, each with the event that names it.
pub(crate) fn of_events(events: &[AnyEvent], files: &Files) -> Vec<NewAttachment> {
    let named = events.iter().enumerate().filter_map(|(event, it)| match it {
        AnyEvent::Case(Event::AttachmentAdded(it)) => {
            let bytes = Arc::clone(files.get(&it.attachment)?);
            Some(NewAttachment { event, about: it.file.person(), bytes })
        }
        AnyEvent::Review(it) => {
            let bytes = Arc::clone(files.get(&it.file()?)?);
            Some(NewAttachment { event, about: None, bytes })
        }
        // A list of recipients, or a letter as it was signed.
        AnyEvent::Case(Event::Letter(it)) => {
            let bytes = Arc::clone(files.get(&it.file()?.file)?);
            Some(NewAttachment { event, about: None, bytes })
        }
        _ => None,
    });
    named.collect()
}

fn attachment(
    id: AttachmentId,
    source: AttachmentSource,
    kind: FileKind,
    about: Option<PersonId>,
    upload: &Upload,
) -> Attachment {
    let file = AttachedFile {
        name: cleaned(&upload.name, kind),
        description: upload.description.trim().to_owned(),
        sha256: hexadecimal(&Sha256::digest(&upload.bytes)),
    };
    let file = match about {
        Some(person) => Erasable::about(person, file),
        None => Erasable::known(file),
    };
    let length = upload.bytes.len() as u64;
    Attachment { attachment: id, source, kind, length, file, inquiry: None }
}

/// A name that is nothing but one: no folders, no control characters, none of the signs that mean
/// something to a shell, a header or a file system, and the ending of what the file is.
fn cleaned(name: &str, kind: FileKind) -> String {
    format!("{}.{}", stem(name), kind.extension())
}

fn stem(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let is_plain = |it: &char| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_' | '(' | ')');
    let plain: String = stem.chars().filter(is_plain).take(NAME_CHARACTERS_MAX).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.is_empty() { "vedlegg".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_name_only_the_name_is_kept() {
        let cleaned = |name| cleaned(name, FileKind::Pdf);
        assert_eq!(cleaned("Kvittering (2) – mars.pdf"), "Kvittering (2) mars.pdf");
        assert_eq!(cleaned("../../etc/passwd"), "passwd.pdf");
        assert_eq!(cleaned("C:\\Users\\kari\\Skrivebord\\Avvik.PDF"), "Avvik.pdf");
        assert_eq!(cleaned("a\"; filename=\"b.exe\r\nX-Y: z.pdf"), "a filenamebexeX-Y z.pdf");
        assert_eq!(cleaned("blåbær.pdf.exe"), "blåbærpdf.pdf");
        for nothing in ["", ".pdf", "...", "\u{202e}", "/"] {
            assert_eq!(cleaned(nothing), "vedlegg.pdf", "{nothing:?}");
        }
        assert_eq!(cleaned(&"ø".repeat(1_000)).chars().count(), NAME_CHARACTERS_MAX + 4);
    }
}
