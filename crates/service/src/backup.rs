//! What a backup takes from the service while it runs: it writes no files itself.

use journal::Hash;
use journal::backup::{BackupError, Beginning, KeysPart, Wanted};

use crate::open::{SESSIONS, Service};

impl Service {
    /// Where a backup that begins now will end. Sessions are not part of it: whoever was signed in
    /// signs in again after a restore.
    pub async fn begin_backup(&self) -> Result<Beginning, BackupError> {
        self.journal().begin_backup(SESSIONS).await
    }

    /// A segment of what a backup wants, from its beginning on.
    pub async fn backup_segment(&self, wanted: Wanted) -> Result<Vec<u8>, BackupError> {
        self.journal().backup_segment(wanted).await
    }

    /// The sealed bytes of an attached file; nothing where they cannot be read.
    pub async fn backup_attachment(&self, id: Hash) -> Option<Vec<u8>> {
        self.journal().backup_attachment(id).await
    }

    /// The keys as they are now.
    pub async fn backup_keys(&self) -> Result<KeysPart, BackupError> {
        self.journal().backup_keys(self.now()).await
    }
}
