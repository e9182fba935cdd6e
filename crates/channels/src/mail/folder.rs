//! Mail into a directory, for a house without a mail server: one `.eml` file per message.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::task;

use super::{Address, Message, SendError};

/// Where messages land that nobody collects by SMTP.
#[derive(Debug)]
pub struct Folder {
    directory: PathBuf,
    from: Address,
    /// One writer at a time: two of the same message would share the unfinished file.
    writing: Arc<Mutex<()>>,
}

impl Folder {
    /// A folder in that directory, which is made with the first message.
    #[must_use]
    pub fn new(directory: impl Into<PathBuf>, from: Address) -> Self {
        Self { directory: directory.into(), from, writing: Arc::default() }
    }

    /// Writes the message as `<id>.eml`, over an earlier one of the same id. It is on disk when
    /// this returns, and there is no half file if the machine stops before that.
    pub(super) async fn send(&self, message: &Message) -> Result<(), SendError> {
        let bytes = message.compose(&self.from).map_err(SendError::Compose)?.formatted();
        let directory = self.directory.clone();
        let id = message.id.as_str().to_owned();
        // Held by the thread that writes: it goes on where the caller has given up waiting.
        let turn = Arc::clone(&self.writing).lock_owned().await;
        let written = task::spawn_blocking(move || {
            let _turn = turn;
            write(&directory, &id, &bytes)
        });
        written.await.map_err(io::Error::other).flatten().map_err(SendError::Store)
    }
}

fn write(directory: &Path, id: &str, bytes: &[u8]) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    let unfinished = directory.join(format!(".{id}.unfinished"));
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, directory.join(format!("{id}.eml")))?;
    // The new name is on disk only once the directory is.
    File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::mail::message::tests::{message, sender};
    use crate::mail::{Mail, MessageId, MessageProblem};

    fn names(directory: &Path) -> Vec<String> {
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<String> = fs::read_dir(directory)
            .unwrap()
            .map(|entry| name(entry).into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[tokio::test]
    async fn a_message_lands_as_a_file_only_its_owner_reads() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("data/mail");
        let folder = Mail::Folder(Folder::new(&directory, sender()));
        folder.send(&message()).await.unwrap();
        assert_eq!(names(&directory), ["notice-17.eml"]);
        let file = directory.join("notice-17.eml");
        let composed = message().compose(&sender()).unwrap().formatted();
        assert_eq!(fs::read(&file).unwrap(), composed);
        assert_eq!((mode(&directory), mode(&file)), (0o700, 0o600));
    }

    #[tokio::test]
    async fn the_same_id_leaves_one_file() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::new(home.path(), sender());
        let (first, again) = (message(), message());
        let (first, again) = tokio::join!(folder.send(&first), folder.send(&again));
        first.and(again).unwrap();
        assert_eq!(names(home.path()), ["notice-17.eml"]);
        let other = Message { id: MessageId::new("notice-18").unwrap(), ..message() };
        folder.send(&other).await.unwrap();
        assert_eq!(names(home.path()), ["notice-17.eml", "notice-18.eml"]);
    }

    #[tokio::test]
    async fn what_a_crash_left_unfinished_is_finished_by_the_next_attempt() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(".notice-17.unfinished"), "x".repeat(10_000)).unwrap();
        Folder::new(home.path(), sender()).send(&message()).await.unwrap();
        assert_eq!(names(home.path()), ["notice-17.eml"]);
        let composed = message().compose(&sender()).unwrap().formatted();
        assert_eq!(fs::read(home.path().join("notice-17.eml")).unwrap(), composed);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_may_be_mended() {
        let home = tempfile::tempdir().unwrap();
        let occupied = home.path().join("mail");
        fs::write(&occupied, "a file").unwrap();
        let error = Folder::new(&occupied, sender()).send(&message()).await.unwrap_err();
        assert!(matches!(error, SendError::Store(_)), "{error:?}");
        assert!(error.is_transient());
    }

    #[tokio::test]
    async fn a_message_that_is_none_leaves_no_file() {
        let home = tempfile::tempdir().unwrap();
        let forged = Message { subject: "Sak\r\nBcc: x@example.org".to_owned(), ..message() };
        let error = Folder::new(home.path(), sender()).send(&forged).await.unwrap_err();
        assert!(
            matches!(error, SendError::Compose(MessageProblem::ControlCharacterInSubject)),
            "{error:?}"
        );
        assert!(!error.is_transient());
        assert_eq!(names(home.path()), [""; 0]);
    }
}
