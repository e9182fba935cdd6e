//! Checkpoints of the log: once a day and when somebody asks, each handed to the anchors, which
//! keep it where nobody who writes the log can reach it; and evidence of a case held against them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use channels::mail::{Address, Message, MessageId};
use domain::ids::{CaseId, PersonId};
use domain::{Actor, Event, Position, case};
use journal::{Access, AccessLine, CheckpointError, Evidence, EvidenceError, Kept, ReadError};
use tokio::sync::watch;

use crate::error::LookUpError;
use crate::open::Service;

/// How often it is looked whether a checkpoint is due, or an anchor has not got the newest.
const LOOK_EVERY_SECONDS: u32 = 300;

/// Under which the last checkpoint is kept that an anchor has got.
const HANDED: &str = "anchor/";

/// Where checkpoints go, beside the data directory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Anchors {
    /// A file they are appended to, best on another machine.
    pub file: Option<PathBuf>,
    /// People they are mailed to.
    pub mail_to: Vec<Address>,
}

/// One of the anchors.
enum Anchor<'a> {
    File(&'a Path),
    /// The one with this number among them, from 1.
    Mail(usize, &'a Address),
}

/// Why there is no evidence of a case.
#[derive(Debug)]
pub enum NoEvidence {
    /// It could not be noted that the case was exported, so nothing is.
    Note(LookUpError),
    /// The journal has none to give.
    Journal(EvidenceError),
}

impl std::fmt::Display for NoEvidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Note(_) => "the export could not be noted",
            Self::Journal(_) => "the journal gives no evidence",
        })
    }
}

impl std::error::Error for NoEvidence {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Self::Note(source) => source,
            Self::Journal(source) => source,
        })
    }
}

impl Service {
    /// Makes a checkpoint of everything recorded so far, and hands it to the anchors.
    pub async fn checkpoint(&self) -> Result<Kept, CheckpointError> {
        let _one_at_a_time = self.checkpointing().lock().await;
        let kept = self.journal().checkpoint(self.now()).await?;
        self.hand_to_anchors(&kept).await;
        Ok(kept)
    }

    /// Makes the day's checkpoint if it has none yet, and hands the newest to each anchor that has
    /// not got it.
    pub async fn watch_checkpoints_once(&self) {
        let _one_at_a_time = self.checkpointing().lock().await;
        match self.newest_of_today().await {
            Ok(Some(newest)) => self.hand_to_anchors(&newest).await,
            Ok(None) => (),
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, "the day has no checkpoint; run `avvik verify`");
            }
        }
    }

    pub(crate) async fn watch_checkpoints(self, mut stop: watch::Receiver<bool>) {
        let mut ticks = self.clock().ticks();
        loop {
            self.watch_checkpoints_once().await;
            tokio::select! {
                () = ticks.next(LOOK_EVERY_SECONDS) => (),
                _ = stop.wait_for(|stopped| *stopped) => return,
            }
        }
    }

    /// Evidence of everything in a case but who reported it, for whoever may run commands on this
    /// machine. It holds personal data, and a line in the access log says that it was taken.
    pub async fn evidence(&self, case: CaseId) -> Result<Evidence, NoEvidence> {
        let line = AccessLine {
            at: self.now(),
            by: Actor::Service,
            what: Access::Case(case),
            page: "avvik proof".to_owned(),
            ground: "command_line".to_owned(),
            rows: None,
        };
        let noted = self.journal().note_access(&line).await.map_err(LookUpError::Note);
        noted.map_err(NoEvidence::Note)?;
        let first = self.journal().first_of(case.into()).await;
        let first = first.map_err(EvidenceError::Read).map_err(NoEvidence::Journal)?;
        let reporter = first.and_then(|first| reporter(&first.event));
        let evidence = self.journal().evidence(case.into(), reporter, self.now()).await;
        let evidence = evidence.map_err(NoEvidence::Journal)?;
        // It may have taken a new checkpoint.
        self.watch_checkpoints_once().await;
        Ok(evidence)
    }

    /// The newest signed checkpoint as its text, to be set beside what it covers.
    ///
    /// # Errors
    ///
    /// If the journal cannot be read, or has to make one and cannot.
    pub async fn checkpoint_text(&self) -> Result<Option<String>, CheckpointError> {
        let _one_at_a_time = self.checkpointing().lock().await;
        Ok(self.newest_of_today().await?.map(|kept| kept.signed.text().to_owned()))
    }

    /// The newest checkpoint, made now unless one was made today. None of a log with nothing in it.
    async fn newest_of_today(&self) -> Result<Option<Kept>, CheckpointError> {
        let zone = self.settings().zone;
        let today = self.now().with_timezone(&zone).date_naive();
        let newest = self.journal().newest_checkpoint().await?;
        let is_of_today = newest.as_ref().is_some_and(|newest| {
            today <= newest.signed.checkpoint.at.with_timezone(&zone).date_naive()
        });
        if is_of_today || self.journal().position() == Position(0) {
            return Ok(newest);
        }
        self.journal().checkpoint(self.now()).await.map(Some)
    }

    /// Hands a checkpoint to each anchor that has not got it. What fails is tried again, with the
    /// checkpoint that is then the newest: it covers the earlier ones.
    async fn hand_to_anchors(&self, kept: &Kept) {
        let Anchors { file, mail_to } = &self.settings().anchors;
        let files = file.iter().map(|file| ("file".to_owned(), Anchor::File(file)));
        let mails = (1..).zip(mail_to);
        let mails = mails.map(|(at, to)| (format!("mail/{at}"), Anchor::Mail(at, to)));
        for (name, anchor) in files.chain(mails) {
            let key = format!("{HANDED}{name}");
            match self.was_handed(&key, kept).await {
                Ok(true) => continue,
                Ok(false) => (),
                Err(error) => {
                    let error: &dyn std::error::Error = &error;
                    tracing::error!(error, "it is not known which checkpoints were handed over");
                    return;
                }
            }
            if let Err(error) = self.hand(&anchor, kept).await {
                let error = error.as_ref();
                tracing::error!(anchor = name, error, "a checkpoint was not handed over");
                continue;
            }
            let handed = vec![(key, Some(kept.signed.text().into()))];
            if let Err(error) = self.journal().put_state(handed).await {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "a checkpoint may be handed over once more");
            }
        }
    }

    async fn was_handed(&self, key: &str, kept: &Kept) -> Result<bool, ReadError> {
        let last = self.journal().state(key).await?;
        Ok(last.is_some_and(|last| last == kept.signed.text().as_bytes()))
    }

    async fn hand(
        &self,
        anchor: &Anchor<'_>,
        kept: &Kept,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        match anchor {
            Anchor::File(path) => {
                let (path, text) = (path.to_path_buf(), kept.signed.text().to_owned());
                let appended = tokio::task::spawn_blocking(move || append(&path, &text)).await;
                Ok(appended.expect("appending does not panic")?)
            }
            Anchor::Mail(at, to) => {
                let words = self.mail_texts().checkpoint(kept.number, &kept.signed);
                let origin = kept.signed.checkpoint.origin.replace('/', "-");
                let id = MessageId::new(format!("{origin}-{}-{at}", kept.number));
                let message = Message {
                    id: id.expect("an origin is a name, a slash and hexadecimal digits"),
                    to: vec![(*to).clone()],
                    subject: words.subject,
                    text: words.text,
                    sent_at: self.now(),
                };
                Ok(self.mail().send(&message).await?)
            }
        }
    }
}

/// Whose seals stay closed: whoever reported is the data protection officer's to know.
fn reporter(first: &Event) -> Option<PersonId> {
    match first {
        Event::Case(case::Event::DeviationReported(report)) => report.reporter.person(),
        _ => None,
    }
}

fn append(path: &Path, text: &str) -> io::Result<()> {
    // One that a full disk broke off keeps to its own lines. Where nobody may read what lies there,
    // as in a box that things are only put into, it might have been.
    let ends_whole = match File::open(path) {
        Ok(file) => ends_whole(file)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => false,
        Err(error) => return Err(error),
    };
    let apart = if ends_whole { "" } else { "\n\n" };
    let mut file = File::options().append(true).create(true).open(path)?;
    file.write_all(format!("{apart}{text}\n").as_bytes())?;
    file.sync_all()
}

/// Whether nothing stands there, or the last that does has its empty line.
fn ends_whole(mut file: File) -> io::Result<bool> {
    let mut end = [b'\n'; 2];
    if 2 <= file.metadata()?.len() {
        file.seek(SeekFrom::End(-2))?;
        file.read_exact(&mut end)?;
    }
    Ok(end == *b"\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_full_disk_broke_off_spoils_nothing_that_is_appended_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoints");
        append(&path, "one\n").unwrap();
        append(&path, "two\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one\n\ntwo\n\n");
        std::fs::write(&path, "one\n\nhalf of tw").unwrap();
        append(&path, "three\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one\n\nhalf of tw\n\nthree\n\n");
    }
}
