//! A little mutable state for the service, such as sessions: keyed bytes, durable, not chained.
//!
//! Nothing here belongs to the history, and what is removed can stay readable in the store's
//! files for a while: no personal data, and of secrets only hashes.

use tokio::sync::oneshot;

use crate::Journal;
use crate::append::AppendError;
use crate::read::ReadError;
use crate::store::StateChange;
use crate::writer::Work;

/// What the service keeps lies under this, apart from the journal's own.
pub(crate) const PREFIX: &[u8] = b"service/";

impl Journal {
    /// Sets the value under each key, or removes it. When this answers, it is on disk.
    pub async fn put_state(
        &self,
        changes: Vec<(String, Option<Vec<u8>>)>,
    ) -> Result<(), AppendError> {
        let changes = changes.into_iter();
        let changes =
            changes.map(|(key, value)| StateChange { key: prefixed(&key), value }).collect();
        let (reply, answer) = oneshot::channel();
        self.queue.send(Work::State { changes, reply }).await.map_err(|_| AppendError::Closed)?;
        answer.await.map_err(|_| AppendError::Closed)?
    }

    /// The value under a key.
    pub async fn state(&self, key: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let key = prefixed(key);
        self.blocking(move |shared| Ok(shared.store.state(&key)?)).await
    }

    /// Every key that begins with `prefix`, and its value.
    pub async fn state_under(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, ReadError> {
        let prefix = prefixed(prefix);
        self.blocking(move |shared| {
            let entries = shared.store.state_under(&prefix)?.into_iter();
            let unprefixed =
                |key: &[u8]| String::from_utf8_lossy(&key[PREFIX.len()..]).into_owned();
            Ok(entries.map(|(key, value)| (unprefixed(&key), value)).collect())
        })
        .await
    }
}

/// The key in the store.
pub(crate) fn prefixed(key: &str) -> Vec<u8> {
    [PREFIX, key.as_bytes()].concat()
}
