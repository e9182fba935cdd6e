//! `avvik verify-proof`: whether an evidence pack holds, with nothing but the file and a key.

use std::error::Error;
use std::fs;
use std::process::ExitCode;

use journal::{Evidence, PublicKey};
use serde::Serialize;

use crate::arguments::VerifyProof;
use crate::failure::Failure;
use crate::output::{remark, say};
use crate::pack;

/// What checking has found.
#[derive(Debug, Serialize)]
struct Finding {
    /// Whether everything holds.
    holds: bool,
    /// What does not, where something does not.
    fault: Option<String>,
    /// The key it was checked with.
    public_key: Option<String>,
    /// Whether that key came with the pack, so that anybody may have made it.
    key_from_pack: bool,
    /// How many events the pack has, all of the one case.
    events: usize,
    /// How many personal values are closed: erased, or withheld by whoever passed the pack on.
    closed: usize,
    /// How many events the newest checkpoint covers.
    size: Option<u64>,
    /// When that was signed.
    signed_at: Option<String>,
}

/// Checks an evidence pack, and says what was found: 0 it holds, 1 it does not.
pub(crate) fn run(asked: &VerifyProof) -> Result<ExitCode, Failure> {
    let not_read = |path: &std::path::Path| {
        let path = path.to_owned();
        move |source| Failure::NotRead { path, source }
    };
    let bytes = fs::read(&asked.file).map_err(not_read(&asked.file))?;
    let key = match &asked.public_key {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(not_read(path))?;
            let key = PublicKey::read(&text);
            Some(key.ok_or_else(|| Failure::NotAKey { path: path.clone() })?)
        }
        None => None,
    };
    let finding = match pack::read(&bytes) {
        Ok(evidence) => check(&evidence, key.as_ref()),
        Err(error) => Finding::unread(&error),
    };
    tell(&finding, asked.json)?;
    Ok(if finding.holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(evidence: &Evidence, key: Option<&PublicKey>) -> Finding {
    let used = key.unwrap_or(&evidence.public_key);
    let checked = evidence.check(used);
    let checkpoint = &evidence.checkpoint.checkpoint;
    let openings = evidence.events.iter().flat_map(|it| &it.openings);
    Finding {
        holds: checked.is_ok(),
        fault: checked.err().map(|fault| fault.to_string()),
        public_key: Some(used.to_string()),
        key_from_pack: key.is_none(),
        events: evidence.events.len(),
        closed: openings.filter(|it| it.is_none()).count(),
        size: Some(checkpoint.size),
        signed_at: Some(checkpoint.at.to_rfc3339()),
    }
}

impl Finding {
    fn unread(error: &pack::PackError) -> Self {
        let cause = error.source().map(|source| format!(": {source}")).unwrap_or_default();
        Self {
            holds: false,
            fault: Some(format!("{error}{cause}")),
            public_key: None,
            key_from_pack: false,
            events: 0,
            closed: 0,
            size: None,
            signed_at: None,
        }
    }
}

fn tell(finding: &Finding, json: bool) -> Result<(), Failure> {
    if json {
        return say(&serde_json::to_string(finding).expect("a finding has text keys alone"));
    }
    if let Some(fault) = &finding.fault {
        return say(&format!("The evidence does NOT hold: {fault}."));
    }
    let size = finding.size.unwrap_or_default();
    let signed_at = finding.signed_at.as_deref().unwrap_or_default();
    let events = finding.events;
    say(&format!(
        "The evidence holds: {events} events of one case, as they stand in the log of {size} \
         events signed at {signed_at}."
    ))?;
    if 0 < finding.closed {
        remark(&format!(
            "{} personal values are closed: erased, who reported it, or withheld by whoever passed \
             the pack on. Events after the last one shown may have been left out.",
            finding.closed
        ));
    }
    if finding.key_from_pack {
        let key = finding.public_key.as_deref().unwrap_or_default();
        remark(&format!(
            "Checked with the key in the pack. Compare it with the one you have from elsewhere, or \
             give that with --public-key: {key}"
        ));
    }
    Ok(())
}
