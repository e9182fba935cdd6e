//! `avvik verify`: whether every byte of the logs is what was written, also while the service runs.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use journal::{Attachments, Checkpoints, SignedCheckpoint, Verification, Walk};
use serde::{Deserialize, Serialize};
use service::Service;

use crate::arguments::Verify;
use crate::control::{self, Answer, ControlError, Question};
use crate::failure::Failure;
use crate::output::{remark, say};
use crate::settings::{Flags, Settings};

/// What verifying has found.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Findings {
    /// Whether nothing is broken.
    intact: bool,
    /// In the log of what happened.
    events: LogFindings,
    /// In the log of who looked at what.
    accesses: LogFindings,
    /// In the files attached to events.
    attachments: AttachmentFindings,
    /// Whether it is known how far the logs had come; otherwise a lost end goes unnoticed.
    end_known: bool,
    /// The logs against signed checkpoints.
    checkpoints: CheckpointFindings,
}

/// What comparing with checkpoints has found.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckpointFindings {
    /// How many there were.
    pub(crate) compared: usize,
    /// How many of them speak of the access log.
    pub(crate) compared_accesses: usize,
    /// Whatever speaks against the log, in a sentence each.
    pub(crate) faults: Vec<String>,
}

/// What verifying has found in one log.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LogFindings {
    records: u64,
    /// The chain's hash after the last of them, in hexadecimal.
    head: String,
    /// The first is the first broken position.
    faults: Vec<FaultFound>,
    /// The first position that a service which has stopped taking anything in could not read.
    unread_from: Option<u64>,
}

/// What looking at the attached files has found.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttachmentFindings {
    /// How many are whole.
    whole: u64,
    /// Those that are not, by the position of the event that names them.
    faults: Vec<FaultFound>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultFound {
    position: u64,
    damage: String,
}

/// Verifies, and says what was found: 0 intact, 1 damaged.
pub(crate) fn run(asked: &Verify) -> Result<ExitCode, Failure> {
    let Verify { report: asked, checkpoint } = asked;
    let flags = Flags { data_dir: asked.place.data_dir.clone(), listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let anchored = checkpoint.as_deref().map(read_checkpoints).transpose()?.unwrap_or_default();
    let checkpoints = anchored.iter().map(SignedCheckpoint::text).collect();
    let answer = control::ask(&settings.data_dir, &Question::Verify { checkpoints });
    let findings = match answer.map_err(Failure::Control)? {
        Some(Answer::Verified(findings)) => findings,
        Some(Answer::Refused(reason)) => return Err(Failure::Refused { reason }),
        Some(_) => return Err(Failure::Control(ControlError::OtherAnswer)),
        None => journal::verify_against(&settings.data_dir, &anchored)
            .map(|it| Findings::from(&it))
            .map_err(Failure::house("the logs could not be looked at"))?,
    };
    if asked.json {
        say(&serde_json::to_string(&findings).expect("findings have text keys alone"))?;
    } else {
        say(findings.to_string().trim_end())?;
    }
    Ok(if findings.intact { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The checkpoints in a file from elsewhere, at least one. Of those that are not whole it is said
/// how many there are.
pub(crate) fn read_checkpoints(path: &Path) -> Result<Vec<SignedCheckpoint>, Failure> {
    let not_read = |source| Failure::NotRead { path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(not_read)?;
    let found = SignedCheckpoint::read_all(&text);
    if found.whole.is_empty() {
        return Err(Failure::NoCheckpoints { path: path.to_owned() });
    }
    if 0 < found.broken {
        let (path, broken) = (path.display(), found.broken);
        remark(&format!("{broken} of the checkpoints in {path} are not whole and prove nothing"));
    }
    Ok(found.whole)
}

/// Verifies what the running service holds open.
pub(crate) async fn of_running(service: &Service, anchored: Vec<SignedCheckpoint>) -> Findings {
    Findings::from(&service.verify_against(anchored).await)
}

impl From<&Verification> for Findings {
    fn from(it: &Verification) -> Self {
        Self {
            intact: it.is_intact(),
            events: LogFindings::from(&it.events),
            accesses: LogFindings::from(&it.accesses),
            attachments: AttachmentFindings::from(&it.attachments),
            end_known: it.head_known,
            checkpoints: CheckpointFindings::from(&it.checkpoints),
        }
    }
}

impl From<&Attachments> for AttachmentFindings {
    fn from(it: &Attachments) -> Self {
        let faults = it.faults.iter().map(|fault| FaultFound {
            position: fault.position.0,
            damage: fault.damage.to_string(),
        });
        Self { whole: it.whole, faults: faults.collect() }
    }
}

impl From<&Checkpoints> for CheckpointFindings {
    fn from(it: &Checkpoints) -> Self {
        let faults = it.to_string().lines().map(str::to_owned).collect();
        let Checkpoints { compared, compared_accesses, .. } = *it;
        Self { compared, compared_accesses, faults }
    }
}

impl From<&Walk> for LogFindings {
    fn from(it: &Walk) -> Self {
        let faults = it.faults.iter().map(|fault| FaultFound {
            position: fault.position.0,
            damage: fault.damage.to_string(),
        });
        Self {
            records: it.records,
            head: it.head.to_string(),
            faults: faults.collect(),
            unread_from: it.unread_from.map(|position| position.0),
        }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (log, it) in [("event log", &self.events), ("access log", &self.accesses)] {
            if let Some(first) = it.faults.first() {
                writeln!(f, "The {log} is DAMAGED from position {}:", first.position)?;
            } else if let Some(position) = it.unread_from {
                writeln!(f, "The {log} is intact so far, and unread from position {position}.")?;
            } else {
                writeln!(f, "The {log} is intact: {} records.", it.records)?;
            }
            for fault in &it.faults {
                writeln!(f, "  position {}: {}", fault.position, fault.damage)?;
            }
        }
        let AttachmentFindings { whole, faults } = &self.attachments;
        if !faults.is_empty() {
            writeln!(f, "Attached files are DAMAGED; put them back from a backup:")?;
        } else if 0 < *whole {
            writeln!(f, "The attached files are intact: {whole}.")?;
        }
        for FaultFound { position, damage } in faults {
            writeln!(f, "  attached at position {position}: {damage}")?;
        }
        let CheckpointFindings { compared, compared_accesses, faults } = &self.checkpoints;
        if !faults.is_empty() {
            writeln!(f, "The logs are NOT what was signed:")?;
        } else if 0 < *compared {
            writeln!(f, "The event log is what was signed in {compared} checkpoints.")?;
            writeln!(f, "The access log is what was signed in {compared_accesses} checkpoints.")?;
        }
        for fault in faults {
            writeln!(f, "  {fault}")?;
        }
        if !self.end_known {
            writeln!(f, "How far the logs had come is not known: a lost end would go unnoticed.")?;
        }
        if self.events.unread_from.or(self.accesses.unread_from).is_some() {
            writeln!(
                f,
                "The service has stopped taking anything in, since a write failed; its log says \
                 why. Mend that, start it again, and verify once more."
            )?;
        }
        if !self.intact {
            writeln!(f, "Stop the service, keep a copy of the directory, and restore a backup.")?;
        }
        Ok(())
    }
}
