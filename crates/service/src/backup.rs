//! What a backup takes from the service while it runs: it writes no files itself.

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

    /// The keys as they are now.
    pub async fn backup_keys(&self) -> Result<KeysPart, BackupError> {
        self.journal().backup_keys(self.now()).await
    }
}
