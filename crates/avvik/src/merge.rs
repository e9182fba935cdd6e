//! `avvik merge`: what was recorded in a crisis copy, taken over into the service's own data.

use std::fs;
use std::path::{Path, PathBuf};

use domain::{Actor, Time};
use journal::Journal;
use journal::backup::{MERGE_DIRECTORY, Restoring, discard, restore};
use serde::Serialize;
use service::crisis::{LeftOut, Merged, Opened, merge};
use service::{Clock, keys_erased};

use crate::arguments::Merge;
use crate::failure::Failure;
use crate::output::say;
use crate::settings::{Flags, Settings};

const NOT_MERGED: &str = "nothing was merged";

/// What was taken over.
#[derive(Debug, Serialize)]
struct Told {
    /// The last event that both sides have in common.
    fork: u64,
    /// How many of the copy's events stand here now.
    events: u64,
    /// How many of them are new here.
    events_new: u64,
    /// How many lines of the copy's access log stand here now.
    accesses: u64,
    /// How many messages that the copy had not sent are sent from here.
    messages: u64,
    /// The chain's hash at the end of the copy's log, in hexadecimal.
    copy: String,
    left_out: Vec<StreamLeftOut>,
}

#[derive(Debug, Serialize)]
struct StreamLeftOut {
    /// The case's number, or `organisation`.
    stream: String,
    reason: &'static str,
    events: Vec<EventLeftOut>,
}

#[derive(Debug, Serialize)]
struct EventLeftOut {
    event: &'static str,
    at: Time,
    /// The identifier of whoever did it, `reporter` or `service`.
    by: String,
    /// Whether the copy has erased something that is still here, and certified it.
    is_erasure: bool,
}

/// Takes over, and says what was left out.
pub(crate) async fn run(asked: Merge) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir.clone(), listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let here = open(&settings.journal())?;
    let restored = RestoredCopy::of(&asked, &settings.data_dir)?;
    let copy = open(&match &restored {
        Some(restored) => journal::Settings::new(&restored.0),
        None => journal::Settings {
            data_directory: asked.copy.clone(),
            master_key: asked.master_key.clone(),
        },
    })?;
    let merged = merge(here, copy, Clock::system().now()).await;
    let merged = merged.map_err(Failure::house("the crisis copy was not merged"))?;
    drop(restored);
    tell(&Told::from(&merged), asked.json)
}

fn open(settings: &journal::Settings) -> Result<Opened, Failure> {
    let mut events = Vec::new();
    let opened = Journal::open(settings, |recorded| events.push(recorded));
    let (journal, _feed) = opened.map_err(Failure::house(NOT_MERGED))?;
    Ok(Opened { journal, events })
}

/// Where a data directory has its own master key.
const MASTER_KEY: &str = "keys/master.key";

/// A data directory made of a backup of the copy, gone when this is dropped.
struct RestoredCopy(PathBuf);

impl RestoredCopy {
    /// Restores the copy, if what was named is a backup of it.
    fn of(asked: &Merge, data_dir: &Path) -> Result<Option<Self>, Failure> {
        if !asked.copy.join("manifest.json").exists() {
            return Ok(None);
        }
        // What an earlier try left behind went when the journal here was opened.
        let work = Self(data_dir.join(MERGE_DIRECTORY));
        let keys = asked.keys.clone().unwrap_or_else(|| asked.copy.join("keys"));
        let restoring = Restoring {
            directory: &asked.copy,
            keys: &keys,
            data_directory: &work.0,
            master: asked.master_key.as_deref(),
            is_copy: false,
        };
        let built = restore(restoring, keys_erased).map_err(Failure::backup(NOT_MERGED))?;
        built.finish().map_err(Failure::backup(NOT_MERGED))?;
        if let Some(path) = &asked.master_key {
            // Opening may replace the master key, and that of the backup is needed again.
            let copied = fs::copy(path, work.0.join(MASTER_KEY));
            copied.map_err(|source| Failure::NotRead { path: path.clone(), source })?;
        }
        Ok(Some(work))
    }
}

impl Drop for RestoredCopy {
    fn drop(&mut self) {
        if let Err(error) = discard(&self.0) {
            tracing::warn!(%error, "what was restored to be merged was not removed");
        }
    }
}

impl From<&Merged> for Told {
    fn from(it: &Merged) -> Self {
        Self {
            fork: it.fork.0,
            events: it.events,
            events_new: it.events_new,
            accesses: it.accesses,
            messages: it.messages,
            copy: it.copy.to_string(),
            left_out: it.left_out.iter().map(StreamLeftOut::from).collect(),
        }
    }
}

impl From<&LeftOut> for StreamLeftOut {
    fn from(it: &LeftOut) -> Self {
        let events = it.events.iter().map(|recorded| EventLeftOut {
            event: recorded.event.name(),
            at: recorded.at,
            is_erasure: keys_erased(recorded).is_some(),
            by: match recorded.by {
                Actor::User(user) => user.to_string(),
                Actor::Reporter => "reporter".to_owned(),
                Actor::Respondent => "respondent".to_owned(),
                Actor::Service => "service".to_owned(),
            },
        });
        let number = it.number.map(|number| number.to_string());
        Self {
            stream: number.unwrap_or_else(|| "organisation".to_owned()),
            reason: it.reason.into(),
            events: events.collect(),
        }
    }
}

fn tell(it: &Told, json: bool) -> Result<(), Failure> {
    if json {
        return say(&serde_json::to_string(it).expect("what was merged has text keys alone"));
    }
    say(&format!(
        "{} events of the crisis copy stand here now, {} of them new, and {} lines of its access \
         log. {} messages that it had not sent are sent from here.",
        it.events, it.events_new, it.accesses, it.messages
    ))?;
    if it.left_out.is_empty() {
        return say("Nothing was left out.");
    }
    say("LEFT OUT, to be entered by hand; read it in the copy:")?;
    for StreamLeftOut { stream, reason, events } in &it.left_out {
        say(&format!("  {stream}: {}", reason.replace('_', " ")))?;
        for EventLeftOut { event, at, by, is_erasure } in events {
            let promise =
                if *is_erasure { ": ERASED IN THE COPY ALONE, erase it here too" } else { "" };
            say(&format!("    {event}, {}, by {by}{promise}", at.to_rfc3339()))?;
        }
    }
    Ok(())
}
