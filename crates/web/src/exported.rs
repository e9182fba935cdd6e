//! A case as files, for whoever takes it out of the service at the machine itself: the whole file
//! of the case as a document, and what was attached to it.

use std::error::Error;
use std::fmt;

use documents::RenderError;
use domain::ids::CaseId;
use service::rendering::rendered;
use service::{CaseSight, FileSight, LookUpError, Service, SignedIn};

use crate::App;
use crate::names::Names;
use crate::page::Page;
use crate::papers::{Office, case_file};

/// Under which name the looks stand in the access log.
const PAGE: &str = "avvik export";

/// A file of an export.
pub struct ExportedFile {
    /// What it is called: small letters, digits, `-` and `.`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a case was not made into files.
#[derive(Debug)]
pub enum NotExported {
    /// It may not be seen by them, or could not be read.
    LookUp(LookUpError),
    /// There is no signed checkpoint to stand in it.
    Checkpoint(Box<dyn Error + Send + Sync>),
    /// It could not be laid out.
    Render(RenderError),
    /// An attached file is not what was written.
    Damaged,
}

impl fmt::Display for NotExported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LookUp(LookUpError::NotPermitted | LookUpError::NotFound) => {
                "no role of theirs shows the case"
            }
            Self::LookUp(_) => "the case could not be read",
            Self::Checkpoint(_) => "no checkpoint could be made",
            Self::Render(_) => "the case file could not be laid out",
            Self::Damaged => "an attached file is not what was written; run avvik verify",
        })
    }
}

impl Error for NotExported {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::LookUp(LookUpError::NotPermitted | LookUpError::NotFound) | Self::Damaged => None,
            Self::LookUp(error) => Some(error),
            Self::Checkpoint(error) => Some(error.as_ref()),
            Self::Render(error) => Some(error),
        }
    }
}

impl From<LookUpError> for NotExported {
    fn from(error: LookUpError) -> Self {
        Self::LookUp(error)
    }
}

/// The whole file of a case as somebody sees it, and every attached file they see. Each look is in
/// the access log first.
///
/// # Errors
///
/// Why there are no files.
pub async fn case_files(
    service: &Service,
    who: &SignedIn,
    case: CaseId,
) -> Result<Vec<ExportedFile>, NotExported> {
    let seen = service.case_file(who, case, PAGE).await?;
    let checkpoint = service.checkpoint_text().await;
    let checkpoint = checkpoint.map_err(|error| NotExported::Checkpoint(Box::new(error)))?;
    let document = in_words(service, &seen, checkpoint);
    let bytes = rendered(vec![document]).await.map_err(NotExported::Render)?;
    let mut files = vec![ExportedFile { name: "case-file.pdf".to_owned(), bytes }];
    for (place, attached) in (1..).zip(&seen.file.known.attachments) {
        let sight = service.attached_file(who, case, attached.attachment, PAGE).await?;
        match sight {
            FileSight::Whole(it) => files.push(ExportedFile {
                name: format!("attached-{place}.{}", it.kind.extension()),
                bytes: it.bytes.to_vec(),
            }),
            FileSight::Erased => (),
            FileSight::Damaged => return Err(NotExported::Damaged),
        }
    }
    Ok(files)
}

fn in_words(
    service: &Service,
    seen: &CaseSight,
    checkpoint: Option<String>,
) -> documents::Document {
    let app = App::serving(service.clone());
    let at = seen.file.timeline.last().map_or(seen.file.known.reported_at, |entry| entry.at);
    let page = Page::of_the_house(&app).at(at);
    let names = Names::new(&app, &page);
    case_file::document(&app, &Office::new(&app, &page, &names), seen, checkpoint)
}
