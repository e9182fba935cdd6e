//! `avvik export`: a case as files, as one person sees it: its whole file as a document, what was
//! attached, and, for a data protection officer, the evidence that it stands in the log so. Also
//! while the service runs.

use std::io::{Cursor, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Role;
use domain::ids::CaseNumber;
use serde::{Deserialize, Serialize};
use service::secrets::hexadecimal;
use service::{Clock, Service};
use sha2::{Digest, Sha256};
use web::ExportedFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::arguments;
use crate::control::{self, Answer, ControlError, Question};
use crate::failure::Failure;
use crate::output::{say, write_new};
use crate::settings::{Flags, Settings};
use crate::{proof, start};

/// The evidence among the files of an export.
const EVIDENCE: &str = "evidence.zip";

/// An export as it is asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    case: CaseNumber,
    /// The sign-in name of whoever gets it, and as whom it is looked up.
    by: String,
}

/// What was written.
#[derive(Debug, Serialize)]
struct Written {
    case: String,
    file: String,
    bytes: usize,
    sha256: String,
}

/// Writes the files of a case, which the service that runs gives, or one opened for the purpose.
pub(crate) async fn run(asked: arguments::Export) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir, listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let wanted = Wanted { case: asked.case, by: asked.by };
    let question = Question::Export(wanted.clone());
    let answer = control::ask(&settings.data_dir, &question).map_err(Failure::Control)?;
    let bytes = match answer {
        Some(Answer::Exported(text)) => {
            let read = STANDARD.decode(text);
            read.map_err(|_| Failure::Control(ControlError::OtherAnswer))?
        }
        Some(Answer::Refused(reason)) => return Err(Failure::Refused { reason }),
        Some(_) => return Err(Failure::Control(ControlError::OtherAnswer)),
        None => {
            let for_service = settings.for_service(settings.server.listen)?;
            let service = start::open(for_service, Clock::system()).await?;
            let made = make(&service, wanted).await;
            service.close().await;
            made?
        }
    };
    write_new(&asked.out, &bytes)?;
    tell(asked.case, &asked.out, &bytes, asked.json)
}

/// The export of a case as a ZIP file, from an open service.
pub(crate) async fn make(service: &Service, wanted: Wanted) -> Result<Vec<u8>, Failure> {
    let who = service.on_behalf_of(&wanted.by).ok_or(Failure::NobodySignsIn)?;
    let number = wanted.case;
    let case = service.find_case(number).ok_or(Failure::NoSuchCase { number })?;
    let files = web::case_files(service, &who, case).await;
    let mut files = files.map_err(Failure::house("the case was not exported"))?;
    // The evidence opens all of the case, so that it goes to those who see all of it.
    if who.roles.holds(Role::Dpo) {
        let bytes = proof::make(service, number).await?;
        files.push(ExportedFile { name: EVIDENCE.to_owned(), bytes });
    }
    packed(&files).map_err(Failure::house("the files cannot be packed"))
}

fn packed(files: &[ExportedFile]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let as_it_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for file in files {
        zip.start_file(file.name.as_str(), as_it_is)?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn tell(case: CaseNumber, out: &Path, bytes: &[u8], json: bool) -> Result<(), Failure> {
    let sha256 = hexadecimal(&Sha256::digest(bytes));
    let (case, file) = (case.to_string(), out.display().to_string());
    let written = Written { case, file, bytes: bytes.len(), sha256 };
    if json {
        return say(&serde_json::to_string(&written).expect("texts and numbers are JSON"));
    }
    let Written { case, file, sha256, .. } = written;
    say(&format!("{file} holds case {case}, and personal data with it. SHA-256 {sha256}"))
}
