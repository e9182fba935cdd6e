//! `avvik backup`: what is new, laid beside what was backed up before, also while the service runs.
//!
//! The service gives the bytes and this command writes them, so that the service need not be
//! allowed to write anywhere but in its own directory.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Time;
use journal::backup::{Added, Beginning, KeysPart, Manifest, Shelf, Wanted};
use journal::{Hash, Journal};
use serde::Serialize;
use service::{Clock, Service};

use crate::arguments::Backup;
use crate::control::{self, Answer, ControlError, Question};
use crate::failure::Failure;
use crate::output::{remark, say};
use crate::settings::{Flags, Settings};

const NOT_MADE: &str = "no backup was made";

/// A backup that was made.
#[derive(Debug, Serialize)]
struct BackedUp {
    dir: PathBuf,
    made_at: Time,
    events: LogMade,
    accesses: LogMade,
    checkpoints: usize,
    /// How many attached files this run added.
    attachments_added: u64,
    /// How many attached files it should have added, which are missing or damaged.
    attachments_missing: u64,
    /// How many bytes of records and files this run added.
    bytes_added: u64,
    keys: PathBuf,
}

/// How far a backup has come in one log.
#[derive(Debug, Serialize)]
struct LogMade {
    position: u64,
    /// The chain's hash there, in hexadecimal.
    head: String,
    /// How many records this run added.
    added: u64,
}

/// What a backup is taken from.
enum Source {
    /// The service that runs on this data directory.
    Running(PathBuf),
    /// A data directory no service runs on.
    Stopped(Box<Journal>),
}

/// Backs up, and says what was added.
pub(crate) async fn run(asked: Backup) -> Result<ExitCode, Failure> {
    let Backup { place, dir, keys, json } = asked;
    let flags = Flags { data_dir: place.data_dir, listen: None };
    let settings = Settings::load(place.config.as_deref(), flags)?;
    let made_at = Clock::system().now();
    let (source, beginning) = Source::begin(&settings).await?;
    let not_made = Failure::backup(NOT_MADE);
    let shelf = Shelf::open(&dir, keys.as_deref(), &settings.data_dir).map_err(&not_made)?;
    let mut run = shelf.begin(beginning, made_at).map_err(&not_made)?;
    while let Some(wanted) = run.wanted() {
        let segment = source.segment(wanted).await?;
        run.add(&segment).map_err(&not_made)?;
    }
    while let Some(id) = run.wanted_attachment() {
        let sealed = source.attachment(id).await?;
        run.add_attachment(sealed.as_deref()).map_err(&not_made)?;
    }
    let (manifest, added) = run.finish(&source.keys(made_at).await?).map_err(not_made)?;
    let keys_dir = keys.clone().unwrap_or_else(|| dir.join("keys"));
    let is_whole = added.attachments_missing == 0;
    tell(&BackedUp::new(dir, keys_dir, &manifest, added), json)?;
    if keys.is_none() {
        remark(
            "The keys lie beside what they open. Keep them elsewhere, with --keys, and keep no \
             older copies of them: from those, what was erased could be read.",
        );
    }
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Source {
    async fn begin(settings: &Settings) -> Result<(Self, Beginning), Failure> {
        let data_dir = &settings.data_dir;
        match ask(data_dir, &Question::BeginBackup)? {
            Some(Answer::BackupBegun(beginning)) => {
                Ok((Self::Running(data_dir.clone()), *beginning))
            }
            Some(_) => Err(Failure::Control(ControlError::OtherAnswer)),
            None => {
                let opened = Journal::open(&settings.journal(), |_| ());
                let (journal, _feed) = opened.map_err(Failure::house(NOT_MADE))?;
                let beginning = journal.begin_backup(service::SESSIONS).await;
                let beginning = beginning.map_err(Failure::backup(NOT_MADE))?;
                Ok((Self::Stopped(Box::new(journal)), beginning))
            }
        }
    }

    async fn segment(&self, wanted: Wanted) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Running(data_dir) => match ask(data_dir, &Question::BackupSegment(wanted))? {
                Some(Answer::BackupSegment(text)) => decoded(&text),
                _ => Err(Failure::Control(ControlError::OtherAnswer)),
            },
            Self::Stopped(journal) => {
                journal.backup_segment(wanted).await.map_err(Failure::backup(NOT_MADE))
            }
        }
    }

    async fn attachment(&self, id: Hash) -> Result<Option<Vec<u8>>, Failure> {
        match self {
            Self::Running(data_dir) => match ask(data_dir, &Question::BackupAttachment(id))? {
                Some(Answer::BackupAttachment(text)) => text.as_deref().map(decoded).transpose(),
                _ => Err(Failure::Control(ControlError::OtherAnswer)),
            },
            Self::Stopped(journal) => Ok(journal.backup_attachment(id).await),
        }
    }

    async fn keys(&self, at: Time) -> Result<KeysPart, Failure> {
        match self {
            Self::Running(data_dir) => match ask(data_dir, &Question::BackupKeys)? {
                Some(Answer::BackupKeys(text)) => KeysPart::read(&decoded(&text.0)?)
                    .map_err(|_| Failure::Control(ControlError::OtherAnswer)),
                _ => Err(Failure::Control(ControlError::OtherAnswer)),
            },
            Self::Stopped(journal) => {
                journal.backup_keys(at).await.map_err(Failure::backup(NOT_MADE))
            }
        }
    }
}

fn ask(data_dir: &Path, question: &Question) -> Result<Option<Answer>, Failure> {
    match control::ask(data_dir, question).map_err(Failure::Control)? {
        Some(Answer::Refused(reason)) => Err(Failure::Refused { reason }),
        other => Ok(other),
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, Failure> {
    STANDARD.decode(text).map_err(|_| Failure::Control(ControlError::OtherAnswer))
}

/// Where a backup of the running service will end.
pub(crate) async fn begin_of_running(service: &Service) -> Result<Beginning, Failure> {
    service.begin_backup().await.map_err(Failure::backup(NOT_MADE))
}

/// A segment of the running service's records.
pub(crate) async fn segment_of_running(
    service: &Service,
    wanted: Wanted,
) -> Result<Vec<u8>, Failure> {
    service.backup_segment(wanted).await.map_err(Failure::backup(NOT_MADE))
}

/// The running service's keys.
pub(crate) async fn keys_of_running(service: &Service) -> Result<KeysPart, Failure> {
    service.backup_keys().await.map_err(Failure::backup(NOT_MADE))
}

impl BackedUp {
    fn new(dir: PathBuf, keys: PathBuf, manifest: &Manifest, added: Added) -> Self {
        let log = |part: &journal::backup::LogPart, added| LogMade {
            position: part.end.position.0,
            head: part.end.head.to_string(),
            added,
        };
        Self {
            dir,
            made_at: manifest.made_at,
            events: log(&manifest.events, added.events),
            accesses: log(&manifest.accesses, added.accesses),
            checkpoints: manifest.checkpoints.len(),
            attachments_added: added.attachments,
            attachments_missing: added.attachments_missing,
            bytes_added: added.bytes,
            keys,
        }
    }
}

impl fmt::Display for BackedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { dir, events, accesses, keys, bytes_added, attachments_added, .. } = self;
        writeln!(
            f,
            "{} holds {} events and {} lines of the access log; new are {} and {}, and \
             {attachments_added} attached files, in {bytes_added} bytes.",
            dir.display(),
            events.position,
            accesses.position,
            events.added,
            accesses.added
        )?;
        if 0 < self.attachments_missing {
            writeln!(
                f,
                "{} attached files are MISSING or damaged, and not in the backup: run \
                 `avvik verify`.",
                self.attachments_missing
            )?;
        }
        write!(f, "{} holds the keys as they are now, and no older ones.", keys.display())
    }
}

fn tell(made: &BackedUp, json: bool) -> Result<(), Failure> {
    if json {
        return say(&serde_json::to_string(made).expect("a backup has text keys alone"));
    }
    say(&made.to_string())
}
