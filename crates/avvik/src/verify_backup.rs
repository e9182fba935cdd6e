//! `avvik verify-backup`: whether a backup is whole, before it is needed.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use domain::Time;
use journal::backup::{Audit, BackupError, KeysFound, PartFault, audit};
use serde::Serialize;

use crate::arguments::VerifyBackup;
use crate::failure::{Failure, chain_of};
use crate::output::say;
use crate::settings::{Flags, Settings};
use crate::verify::{CheckpointFindings, read_checkpoints};

/// What looking at a backup has found.
#[derive(Debug, Default, Serialize)]
struct Findings {
    /// Whether nothing is wrong.
    intact: bool,
    /// When the newest part was made; nothing where the manifest cannot be read.
    made_at: Option<Time>,
    /// The version of the program that made it.
    program: Option<String>,
    /// How many events were found whole.
    events: u64,
    /// How many lines of the access log were.
    accesses: u64,
    /// How many attached files were.
    attachments: u64,
    checkpoints: CheckpointFindings,
    /// What the keys open; nothing where they were not looked at.
    keys: Option<KeyFindings>,
    /// What is wrong, in a sentence each, with the file it is in.
    faults: Vec<FaultFound>,
}

#[derive(Debug, Serialize)]
struct KeyFindings {
    /// When they were copied; nothing of a data directory's own.
    made_at: Option<Time>,
    living: usize,
    destroyed: usize,
    seals_open: u64,
    seals_erased: u64,
}

/// A part that is not what was written.
#[derive(Debug, Serialize)]
pub(crate) struct FaultFound {
    pub(crate) file: PathBuf,
    pub(crate) fault: String,
}

/// Looks at a backup, and says what was found: 0 whole, 1 damaged.
pub(crate) fn run(asked: &VerifyBackup) -> Result<ExitCode, Failure> {
    let VerifyBackup { place, dir, keys, checkpoint, json } = asked;
    let flags = Flags { data_dir: place.data_dir.clone(), listen: None };
    let settings = Settings::load(place.config.as_deref(), flags)?;
    let anchored = checkpoint.as_deref().map(read_checkpoints).transpose()?.unwrap_or_default();
    let beside = Some(dir.join("keys")).filter(|keys| keys.exists());
    let keys = keys.clone().or(beside);
    let master = settings.master_key_file.as_deref();
    let findings = match audit(dir, keys.as_deref(), master, &anchored) {
        Ok(audit) => Findings::from(&audit),
        Err(BackupError::Part(fault)) => {
            Findings { faults: vec![FaultFound::from(&fault)], ..Findings::default() }
        }
        Err(error) => return Err(Failure::backup("the backup could not be looked at")(error)),
    };
    if *json {
        say(&serde_json::to_string(&findings).expect("findings have text keys alone"))?;
    } else {
        say(findings.to_string().trim_end())?;
    }
    Ok(if findings.intact { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl From<&Audit> for Findings {
    fn from(it: &Audit) -> Self {
        Self {
            intact: it.is_intact(),
            made_at: Some(it.manifest.made_at),
            program: Some(it.manifest.program.clone()),
            events: it.events,
            accesses: it.accesses,
            attachments: it.attachments,
            checkpoints: CheckpointFindings::from(&it.checkpoints),
            keys: it.keys.as_ref().map(KeyFindings::from),
            faults: it.faults.iter().map(FaultFound::from).collect(),
        }
    }
}

impl From<&KeysFound> for KeyFindings {
    fn from(it: &KeysFound) -> Self {
        Self {
            made_at: it.origin.map(|origin| origin.made_at),
            living: it.keys.living,
            destroyed: it.keys.destroyed,
            seals_open: it.seals_open,
            seals_erased: it.seals_erased,
        }
    }
}

impl From<&PartFault> for FaultFound {
    fn from(it: &PartFault) -> Self {
        // Said of the file, which stands beside it.
        let told = chain_of(it);
        let file = it.path.display().to_string();
        let fault = told.strip_prefix(&file).unwrap_or(&told).trim_start().to_owned();
        Self { file: it.path.clone(), fault }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.intact {
            writeln!(f, "The backup is DAMAGED:")?;
        }
        for FaultFound { file, fault } in &self.faults {
            writeln!(f, "  {} {fault}", file.display())?;
        }
        for fault in &self.checkpoints.faults {
            writeln!(f, "  {fault}")?;
        }
        if let Some(made_at) = self.made_at {
            writeln!(
                f,
                "Of {}: {} events, {} lines of the access log and {} attached files are whole; {} \
                 checkpoints were compared with.",
                made_at.to_rfc3339(),
                self.events,
                self.accesses,
                self.attachments,
                self.checkpoints.compared
            )?;
        }
        match &self.keys {
            Some(keys) => writeln!(
                f,
                "Of {} seals, {} open and {} are erased.",
                keys.seals_open + keys.seals_erased,
                keys.seals_open,
                keys.seals_erased
            ),
            None => writeln!(f, "The keys were not looked at."),
        }
    }
}
