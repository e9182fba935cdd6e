//! Restoring a backup into an empty data directory, verified while it is written.
//!
//! Everything is built in a directory of its own within the data directory, and moved out of it at
//! the end, the keys last: where they are, there is a journal. Broken off before that, nothing is
//! there that could be taken for one, and the next try clears it away.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use domain::{Position, Recorded};

use super::attachments::Named;
use super::audit::witnesses;
use super::fault::{Flaw, PartFault};
use super::keys::{FoundKeys, HeldKeys};
use super::manifest::Manifest;
use super::reading::Reader;
use super::shelf::not_written;
use super::{BackupError, COPY_NAME, LogEnd, files};
use crate::attachment;
use crate::chain::Hash;
use crate::checkpoint;
use crate::format;
use crate::head::{self, HeadFile, Heads, Tail};
use crate::keyring::{Image, KeysOf, file_wipe, random};
use crate::open::{KEYRING_FILE, KEYS_DIRECTORY, MASTER_KEY_FILE, STORE_DIRECTORY};
use crate::outbox::Outbox;
use crate::state;
use crate::store::durable::{sync_directory, sync_files, write_whole};
use crate::store::sled::SledStore;
use crate::store::{Batch, Log, StateChange, Store};

/// Where it is built, within the data directory.
const WORK_DIRECTORY: &str = "restoring";
/// Where within the data directory a crisis copy is restored to be merged. Gone when the journal
/// is opened: its keys open what is erased here.
pub const MERGE_DIRECTORY: &str = "merging";
/// What is moved out of there, in this order.
const MOVED: [&str; 7] = [
    format::FILE_NAME,
    STORE_DIRECTORY,
    attachment::DIRECTORY,
    head::FILE_NAME,
    checkpoint::DIRECTORY,
    checkpoint::PUBLIC_FILE,
    KEYS_DIRECTORY,
];

/// What is to be restored, and how.
#[derive(Debug, Clone, Copy)]
pub struct Restoring<'a> {
    /// The backup.
    pub directory: &'a Path,
    /// Its keys, or the keys of a data directory.
    pub keys: &'a Path,
    /// The empty data directory.
    pub data_directory: &'a Path,
    /// The master key's file, where it does not lie in the data directory.
    pub master: Option<&'a Path>,
    /// Whether what was restored goes on beside the journal it was made of, for a while: it then
    /// has a name and signs with a key of its own, and sends nothing that the other has to send.
    pub is_copy: bool,
}

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// From when the backup is.
    pub manifest: Manifest,
    /// How far the event log comes.
    pub events: LogEnd,
    /// How far the access log comes.
    pub accesses: LogEnd,
    /// How many keys were destroyed anew, because their erasure is on record.
    pub keys_destroyed: usize,
    /// Attached files that the backup does not have, or not as they were written.
    pub attachments_missing: Vec<PartFault>,
}

/// A backup restored but for the last step, which makes a journal of it.
#[derive(Debug)]
pub struct Built {
    /// What was restored.
    pub restored: Restored,
    data_directory: PathBuf,
    work: PathBuf,
}

/// Restores a backup but for the last step. `erased` says which keys are gone once an event is on
/// record; they are destroyed in what is restored, should the keys be older than the erasure.
pub fn restore(
    it: Restoring<'_>,
    erased: impl Fn(&Recorded) -> Option<KeysOf>,
) -> Result<Built, BackupError> {
    require_vacant(it.data_directory)?;
    let manifest = files::read_manifest(it.directory)?;
    let path = || it.directory.to_owned();
    let manifest = manifest.ok_or_else(|| BackupError::NoBackup { path: path() })?;
    let found = FoundKeys::find(it.keys, manifest.journal)?;
    let image = found.open(it.master)?;
    let work = begin(it.data_directory)?;
    let build = Build { it, manifest: &manifest, work: &work };
    let (keys_destroyed, attachments_missing) = build.run(&found.held, image, &erased)?;
    let (events, accesses) = (manifest.events.end, manifest.accesses.end);
    let restored = Restored { manifest, events, accesses, keys_destroyed, attachments_missing };
    Ok(Built { restored, data_directory: it.data_directory.to_owned(), work })
}

impl Built {
    /// Where it lies for now: a journal of its own, for what is to be recorded in it first.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.work
    }

    /// Moves what was built to its place; nothing is a journal before the keys are there.
    pub fn finish(self) -> Result<Restored, BackupError> {
        let Self { restored, data_directory, work } = self;
        put_in_place(&data_directory, &work).map_err(not_written(&data_directory))?;
        Ok(restored)
    }
}

/// That nothing lies there but what a restore has left when it was broken off.
fn require_vacant(data_directory: &Path) -> Result<(), BackupError> {
    let failed = not_written(data_directory);
    let was_broken_off = data_directory.join(WORK_DIRECTORY).exists()
        && !data_directory.join(KEYS_DIRECTORY).exists();
    let entries = match fs::read_dir(data_directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(&failed)?,
    };
    for entry in entries {
        let name = entry.map_err(&failed)?.file_name();
        let name = name.to_str().unwrap_or_default();
        let is_left_over = was_broken_off && (name == WORK_DIRECTORY || MOVED.contains(&name));
        if !is_left_over {
            return Err(BackupError::NotEmpty { path: data_directory.to_owned() });
        }
    }
    Ok(())
}

/// An empty directory to build in, in a vacant data directory.
fn begin(data_directory: &Path) -> Result<PathBuf, BackupError> {
    let failed = not_written(data_directory);
    let work = data_directory.join(WORK_DIRECTORY);
    fs::create_dir_all(data_directory).map_err(&failed)?;
    for name in MOVED.into_iter().chain([WORK_DIRECTORY]) {
        clear(&data_directory.join(name)).map_err(&failed)?;
    }
    let private = || {
        fs::create_dir(&work)?;
        fs::create_dir(work.join(KEYS_DIRECTORY))?;
        for directory in [data_directory, &work, &work.join(KEYS_DIRECTORY)] {
            let owner_alone = std::os::unix::fs::PermissionsExt::from_mode(0o700);
            fs::set_permissions(directory, owner_alone)?;
        }
        Ok(())
    };
    private().map_err(failed)?;
    Ok(work)
}

fn clear(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(metadata) if metadata.is_dir() => discard(path),
        Ok(_) => fs::remove_file(path),
    }
}

/// Removes a data directory, or what was begun of one. Its keys are overwritten where they lie
/// before they lose their names. Nothing is done where there is none.
pub fn discard(directory: &Path) -> io::Result<()> {
    // A link leads to what somebody else made.
    if directory.symlink_metadata().is_ok_and(|it| it.is_symlink()) {
        return fs::remove_file(directory);
    }
    let keys = match fs::read_dir(directory.join(KEYS_DIRECTORY)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        entries => Some(entries?),
    };
    for entry in keys.into_iter().flatten() {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            file_wipe(&OpenOptions::new().write(true).open(entry.path())?)?;
        }
    }
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

fn put_in_place(data_directory: &Path, work: &Path) -> io::Result<()> {
    for name in MOVED {
        let built = work.join(name);
        if built.exists() {
            fs::rename(&built, data_directory.join(name))?;
            sync_directory(data_directory)?;
        }
    }
    fs::remove_dir(work)?;
    sync_directory(data_directory)
}

/// What is being built, and from what.
struct Build<'a> {
    it: Restoring<'a>,
    manifest: &'a Manifest,
    work: &'a Path,
}

impl Build<'_> {
    fn run(
        &self,
        held: &HeldKeys,
        mut image: Image,
        erased: &impl Fn(&Recorded) -> Option<KeysOf>,
    ) -> Result<(usize, Vec<PartFault>), BackupError> {
        let store = SledStore::open(&self.work.join(STORE_DIRECTORY))?;
        let mut reader = Reader::default();
        let mut gone = HashSet::new();
        let mut named = Named::default();
        let events = self.log(&store, Log::Events, |position, record| {
            let event = reader.take(position, record, image.keys()).map_err(Flaw::Event)?;
            gone.extend(erased(&event));
            named.note(record);
            Ok(())
        })?;
        let accesses = self.log(&store, Log::Accesses, |_, _| Ok(()))?;
        let state = self.state()?;
        if !state.is_empty() {
            store.commit(Batch { state, ..Batch::default() })?;
        }
        drop(store);
        let missing = named.restore(self.it.directory, self.work)?;
        format::note(self.work, None).map_err(BackupError::Format)?;
        self.write_head(&Heads { events, accesses })?;
        if !self.it.is_copy {
            self.checkpoints()?;
        }
        let destroyed = image.destroy(&gone);
        self.keys(held, &image)?;
        for directory in [self.work, &self.work.join(STORE_DIRECTORY)] {
            sync_files(directory).map_err(not_written(directory))?;
        }
        Ok((destroyed, missing))
    }

    /// Writes a log to the store, segment by segment, each checked before.
    fn log(
        &self,
        store: &SledStore,
        log: Log,
        mut each: impl FnMut(u64, &[u8]) -> Result<(), Flaw>,
    ) -> Result<Tail, BackupError> {
        let part = self.manifest.log(log);
        let mut tail = Tail::empty(log);
        for known in &part.segments {
            let mut chunks = Vec::new();
            tail = files::with_segment(self.it.directory, log, known, |segment, path| {
                let tail = files::follows(tail, segment, path)?;
                for chunk in segment.chunks() {
                    let chunk = chunk.map_err(|fault| Flaw::from(fault).at(path))?;
                    for (position, record) in chunk.records() {
                        each(position, record).map_err(|flaw| flaw.at(path))?;
                    }
                }
                chunks.extend(segment.stored());
                Ok(tail)
            })?;
            let batch = match log {
                Log::Events => Batch { events: chunks, ..Batch::default() },
                Log::Accesses => Batch { accesses: chunks, ..Batch::default() },
            };
            store.commit(batch)?;
        }
        files::ends(self.it.directory, tail, log, part)?;
        Ok(tail)
    }

    fn state(&self) -> Result<Vec<StateChange>, BackupError> {
        let path = files::manifest(self.it.directory);
        let unfit = || Flaw::NotAManifest.at(&path);
        let mut entries = self.manifest.state.entries().ok_or_else(unfit)?;
        let is_own = |key: &[u8]| key.starts_with(Outbox::STATE_PREFIX) || key == COPY_NAME;
        if entries.iter().any(|(key, _)| !is_own(key) && !key.starts_with(state::PREFIX)) {
            return Err(unfit().into());
        }
        if self.it.is_copy {
            // Whatever waits to be sent is the other's to send.
            let position: Position = self.manifest.events.end.position;
            let own_name = (COPY_NAME.to_vec(), random::<{ Hash::LENGTH }>().to_vec());
            entries = vec![Outbox::state_settled(position.0), own_name];
        }
        let change = |(key, value)| StateChange { key, value: Some(value) };
        Ok(entries.into_iter().map(change).collect())
    }

    fn write_head(&self, heads: &Heads) -> Result<(), BackupError> {
        let path = self.work.join(head::FILE_NAME);
        let written = HeadFile::open(self.work).and_then(|file| file.write(heads));
        written.map_err(not_written(&path))
    }

    fn checkpoints(&self) -> Result<(), BackupError> {
        let (key, kept) = witnesses(self.it.directory, self.manifest)?;
        let write = |path: PathBuf, text: &str| {
            write_whole(&path, text.as_bytes(), 0o644).map_err(not_written(&path))
        };
        if let Some(key) = key {
            write(self.work.join(checkpoint::PUBLIC_FILE), &format!("{key}\n"))?;
        }
        if !kept.is_empty() {
            let directory = self.work.join(checkpoint::DIRECTORY);
            fs::create_dir(&directory).map_err(not_written(&directory))?;
        }
        for it in kept {
            write(files::checkpoint(self.work, it.number), it.signed.text())?;
        }
        Ok(())
    }

    fn keys(&self, held: &HeldKeys, image: &Image) -> Result<(), BackupError> {
        let directory = self.work.join(KEYS_DIRECTORY);
        let write = |name: &str, bytes: &[u8]| {
            let path = directory.join(name);
            write_whole(&path, bytes, 0o600).map_err(not_written(&path))
        };
        if let (None, Some(master)) = (self.it.master, &held.master) {
            write(MASTER_KEY_FILE, master.to_text().as_bytes())?;
        }
        if let (false, Some(signing)) = (self.it.is_copy, &held.signing) {
            let name = Path::new(checkpoint::KEY_FILE).file_name().expect("it names a file");
            write(&name.to_string_lossy(), signing.to_text().as_bytes())?;
        }
        write(KEYRING_FILE, image.bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_in_place_of_what_is_discarded_leads_nobody_to_somebody_elses_keys() {
        let folder = tempfile::tempdir().unwrap();
        let (copy, link) = (folder.path().join("copy"), folder.path().join("merging"));
        let key = copy.join("keys/master.key");
        fs::create_dir_all(copy.join("keys")).unwrap();
        fs::write(&key, "key").unwrap();
        symlink(&copy, &link).unwrap();
        discard(&link).unwrap();
        assert!(!link.exists());
        assert_eq!(fs::read(&key).unwrap(), b"key");
        discard(&copy).unwrap();
        assert!(!copy.exists());
    }
}
