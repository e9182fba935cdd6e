//! `avvik restore`: a backup becomes a data directory again.

use std::path::PathBuf;
use std::process::ExitCode;

use domain::Time;
use journal::Journal;
use journal::backup::{BackupError, Built, Restored, Restoring, restore};
use serde::Serialize;
use service::crisis::begin_crisis_copy;
use service::{Clock, keys_erased};

use crate::arguments::Restore;
use crate::failure::Failure;
use crate::output::say;
use crate::settings::{Flags, Settings};
use crate::verify_backup::FaultFound;

const NOT_RESTORED: &str = "nothing was restored";

/// What was restored.
#[derive(Debug, Serialize)]
struct Told {
    restored: bool,
    data_dir: PathBuf,
    /// Of when the backup is.
    made_at: Time,
    events: u64,
    accesses: u64,
    /// Keys destroyed anew, because their erasure is on record.
    keys_destroyed: usize,
    /// Attached files that are not there, or not as they were written.
    attachments_missing: Vec<FaultFound>,
    /// In a crisis copy, the last event it has in common with the service itself.
    crisis_copy_since: Option<u64>,
}

/// What kept a backup from being restored.
#[derive(Debug, Serialize)]
struct NotRestored {
    restored: bool,
    #[serde(flatten)]
    fault: FaultFound,
}

/// Restores, and says what there is now: 0 restored, 1 damaged.
pub(crate) async fn run(asked: Restore) -> Result<ExitCode, Failure> {
    let Restore { place, dir, keys, crisis, json } = asked;
    let flags = Flags { data_dir: place.data_dir, listen: None };
    let settings = Settings::load(place.config.as_deref(), flags)?;
    let keys = keys.unwrap_or_else(|| dir.join("keys"));
    let restoring = Restoring {
        directory: &dir,
        keys: &keys,
        data_directory: &settings.data_dir,
        master: settings.master_key_file.as_deref(),
        is_copy: crisis,
    };
    let built = match restore(restoring, keys_erased) {
        Err(BackupError::Part(fault)) if json => {
            let told = NotRestored { restored: false, fault: FaultFound::from(&fault) };
            say(&serde_json::to_string(&told).expect("a fault has text keys alone"))?;
            return Ok(ExitCode::FAILURE);
        }
        built => built.map_err(Failure::backup(NOT_RESTORED))?,
    };
    let crisis_copy_since = if crisis { Some(begin_copy(&built, &settings).await?) } else { None };
    let Restored { manifest, events, accesses, keys_destroyed, attachments_missing } =
        built.finish().map_err(Failure::backup(NOT_RESTORED))?;
    let told = Told {
        restored: true,
        data_dir: settings.data_dir,
        made_at: manifest.made_at,
        events: events.position.0,
        accesses: accesses.position.0,
        keys_destroyed,
        attachments_missing: attachments_missing.iter().map(FaultFound::from).collect(),
        crisis_copy_since,
    };
    tell(&told, json)?;
    let is_whole = told.attachments_missing.is_empty();
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Records in what was restored that it is a crisis copy from here on.
async fn begin_copy(built: &Built, settings: &Settings) -> Result<u64, Failure> {
    let opening = journal::Settings {
        data_directory: built.directory().to_owned(),
        master_key: settings.master_key_file.clone(),
    };
    let (journal, _feed) = Journal::open(&opening, |_| ()).map_err(Failure::house(NOT_RESTORED))?;
    let fork = begin_crisis_copy(&journal, Clock::system().now()).await;
    fork.map(|fork| fork.0).map_err(Failure::house(NOT_RESTORED))
}

fn tell(it: &Told, json: bool) -> Result<(), Failure> {
    if json {
        return say(&serde_json::to_string(it).expect("what was restored has text keys alone"));
    }
    let dir = it.data_dir.display();
    say(&format!(
        "{dir} holds {} events and {} lines of the access log, as of {}.",
        it.events,
        it.accesses,
        it.made_at.to_rfc3339()
    ))?;
    if 0 < it.keys_destroyed {
        let keys = it.keys_destroyed;
        say(&format!("{keys} keys were destroyed anew, because their erasure is on record."))?;
    }
    for FaultFound { file, fault } in &it.attachments_missing {
        say(&format!("An attached file is MISSING: {} {fault}", file.display()))?;
    }
    if let Some(fork) = it.crisis_copy_since {
        say(&format!(
            "It is a crisis copy from position {fork} on. Its cases get numbers from 90001 on; \
             bring back what is recorded in it with `avvik merge`."
        ))?;
    }
    say(&format!("Start the service with: avvik serve --data-dir {dir}"))
}
