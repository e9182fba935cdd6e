//! Sessions as they are kept beside the log, so that a restart signs nobody out.

use chrono::TimeDelta;
use journal::Journal;

use super::{OpenError, Service};
use crate::sessions::{Change, Lifetime, Session, Sessions};
use crate::settings::Settings;

/// Under which sessions are kept beside the log.
pub const SESSIONS: &str = "session/";

impl Service {
    /// Keeps what changed about sessions. Losing the last minute of it in a crash costs somebody a
    /// sign-in, so nobody waits for the disk.
    pub(crate) fn keep_sessions(&self, changes: impl IntoIterator<Item = Change>) {
        let changes: Vec<_> = changes
            .into_iter()
            .map(|change| {
                (format!("{SESSIONS}{}", change.hash), change.session.as_ref().map(to_bytes))
            })
            .collect();
        if changes.is_empty() {
            return;
        }
        let journal = self.journal().clone();
        tokio::spawn(async move {
            if let Err(error) = journal.put_state(changes).await {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "a session was not kept; its holder may sign in again");
            }
        });
    }
}

fn to_bytes(session: &Session) -> Vec<u8> {
    serde_json::to_vec(session).expect("a session is plain data")
}

/// The sessions that were kept.
pub(super) async fn read(journal: &Journal, settings: &Settings) -> Result<Sessions, OpenError> {
    let lifetime = Lifetime {
        idle: TimeDelta::minutes(i64::from(settings.session_idle_minutes)),
        total: TimeDelta::hours(i64::from(settings.session_hours_max)),
    };
    let kept = journal.state_under(SESSIONS).await.map_err(OpenError::Sessions)?;
    let kept = kept.into_iter().filter_map(|(key, value)| {
        let session = serde_json::from_slice(&value).ok()?;
        Some((key.strip_prefix(SESSIONS)?.to_owned(), session))
    });
    Ok(Sessions::new(lifetime, kept.collect()))
}
