//! Writing a backup: what is new is laid beside what is there, and the manifest names it last.
//!
//! No file that an earlier backup rests on is changed, but for the manifest and the keys, which
//! are replaced as a whole. Broken off in the middle, the earlier backup is still the one there is.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use domain::{Position, Time};
use serde::{Deserialize, Serialize};

use super::attachments::Named;
use super::keys::{self, KEYS_FILE};
use super::manifest::{CheckpointPart, LogEnd, Manifest, SegmentPart, State};
use super::segment::{Segment, read_segment};
use super::{BackupError, Beginning, KeysPart, files};
use crate::attachment::{self, Attached};
use crate::chain::Hash;
use crate::checkpoint;
use crate::head::Tail;
use crate::store::Log;
use crate::store::durable::{sync_directory, write_whole};

/// What a directory may hold before its first manifest is written.
const OWN_NAMES: [&str; 7] = [
    "accesses",
    attachment::DIRECTORY,
    checkpoint::DIRECTORY,
    checkpoint::PUBLIC_FILE,
    "events",
    "keys",
    LOCK_FILE,
];
const LOCK_FILE: &str = "lock";

/// A directory that a backup is written to, held against others who would.
pub struct Shelf {
    directory: PathBuf,
    keys: PathBuf,
    earlier: Option<Manifest>,
    _lock: File,
}

/// A backup being made.
pub struct Run {
    shelf: Shelf,
    manifest: Manifest,
    beginning: Beginning,
    added: Added,
    /// Files named by the events that were added, and not yet looked for.
    named: Named,
    /// The one that was asked for.
    asked: Option<Attached>,
}

/// Records of a log that a backup does not have yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Of which log.
    pub log: Log,
    /// Those after this position.
    pub after: Position,
    /// Up to this one.
    pub until: Position,
}

/// What a run has added to a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    /// Events.
    pub events: u64,
    /// Lines of the access log.
    pub accesses: u64,
    /// Attached files.
    pub attachments: u64,
    /// Attached files that could not be had, because they are missing or damaged.
    pub attachments_missing: u64,
    /// Bytes of all of them.
    pub bytes: u64,
}

impl Shelf {
    /// Opens `directory` for a backup of the journal in `data_directory`, and makes it where it is
    /// missing. Without `keys`, the keys lie in a directory below it.
    pub fn open(
        directory: &Path,
        keys: Option<&Path>,
        data_directory: &Path,
    ) -> Result<Self, BackupError> {
        let keys = keys.map_or_else(|| directory.join("keys"), Path::to_owned);
        make(directory)?;
        require_outside(directory, data_directory)?;
        let earlier = files::read_manifest(directory)?;
        if earlier.is_none() {
            require_own(directory)?;
        }
        make(&keys)?;
        require_outside(&keys, data_directory)?;
        for log in [Log::Events, Log::Accesses] {
            make(&files::log(directory, log))?;
        }
        make(&directory.join(checkpoint::DIRECTORY))?;
        let path = directory.join(LOCK_FILE);
        let lock = File::create(&path).map_err(not_written(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { directory: directory.to_owned(), keys, earlier, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(BackupError::InUse { path: directory.to_owned() }),
            Err(TryLockError::Error(source)) => Err(BackupError::NotWritten { path, source }),
        }
    }

    /// Begins a run, unless what lies here is of another journal, or of one that has come further.
    pub fn begin(self, beginning: Beginning, made_at: Time) -> Result<Run, BackupError> {
        let Self { directory, earlier, .. } = &self;
        let mut manifest = match earlier {
            None => Manifest::empty(beginning.journal, made_at),
            Some(earlier) if earlier.journal != beginning.journal => {
                return Err(BackupError::OtherJournal { path: directory.clone() });
            }
            Some(earlier) => earlier.clone(),
        };
        for log in [Log::Events, Log::Accesses] {
            let (backup, journal) = (manifest.log(log).end, beginning.end(log));
            require_not_ahead(directory, log, backup.position, journal.position)?;
            if backup.position == journal.position && backup.head != journal.head {
                return Err(BackupError::Diverged { log, position: backup.position });
            }
        }
        let keys = self.keys.join(KEYS_FILE);
        if let Some(origin) = keys::origin_at(&keys)? {
            if origin.journal != beginning.journal {
                return Err(BackupError::OtherJournal { path: keys });
            }
            let journal = beginning.events.position;
            require_not_ahead(&keys, Log::Events, origin.position, journal)?;
        }
        manifest.made_at = made_at;
        Ok(Run {
            shelf: self,
            manifest,
            beginning,
            added: Added::default(),
            named: Named::default(),
            asked: None,
        })
    }
}

impl Run {
    /// What is to be added next; nothing once both logs are there.
    #[must_use]
    pub fn wanted(&self) -> Option<Wanted> {
        [Log::Events, Log::Accesses].into_iter().find_map(|log| {
            let (after, until) = (self.manifest.log(log).end, self.beginning.end(log));
            let (after, until) = (after.position, until.position);
            (after < until).then_some(Wanted { log, after, until })
        })
    }

    /// Adds a segment that begins with what is wanted, once its hashes have been recomputed.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        let wanted = self.wanted().ok_or(BackupError::OtherRange)?;
        let log = wanted.log;
        let path = files::segment(&self.shelf.directory, log, wanted.after.0 + 1);
        let segment = read_segment(bytes).map_err(|flaw| flaw.at(&path))?;
        self.require_next(wanted, &segment)?;
        write_whole(&path, bytes, 0o600).map_err(not_written(&path))?;
        if log == Log::Events {
            self.named.note_all(&segment);
        }
        let records = segment.last - wanted.after.0;
        match log {
            Log::Events => self.added.events += records,
            Log::Accesses => self.added.accesses += records,
        }
        self.added.bytes += bytes.len() as u64;
        let part = self.manifest.log_mut(log);
        part.end = LogEnd { position: Position(segment.last), head: segment.head };
        part.segments.push(SegmentPart {
            first: segment.first,
            last: segment.last,
            bytes: bytes.len() as u64,
            sha256: files::sha256(bytes),
        });
        Ok(())
    }

    /// The next attached file that is to be added, once both logs are there.
    pub fn wanted_attachment(&mut self) -> Option<Hash> {
        let directory = &self.shelf.directory;
        self.asked = self.named.next_missing(directory);
        self.asked.map(|attached| attached.id())
    }

    /// Adds the file that was asked for, or notes that it could not be had: everything else is
    /// backed up all the same.
    pub fn add_attachment(&mut self, sealed: Option<&[u8]>) -> Result<(), BackupError> {
        let asked = self.asked.take().ok_or(BackupError::OtherRange)?;
        match sealed.filter(|sealed| asked.is(sealed)) {
            Some(sealed) => {
                let directory = attachment::directory_in(&self.shelf.directory);
                let written = attachment::write(&directory, &asked, sealed);
                written.map_err(not_written(&directory))?;
                self.added.attachments += 1;
                self.added.bytes += sealed.len() as u64;
            }
            None => self.added.attachments_missing += 1,
        }
        Ok(())
    }

    fn require_next(&self, wanted: Wanted, segment: &Segment<'_>) -> Result<(), BackupError> {
        let Wanted { log, after, until } = wanted;
        if segment.log != log || until.0 < segment.last {
            return Err(BackupError::OtherRange);
        }
        let end = self.manifest.log(log).end;
        let tail = Tail { position: after.0, hash: end.head };
        if segment.first != tail.position + 1 || segment.previous != tail.hash {
            return Err(BackupError::Diverged { log, position: after });
        }
        let expected = self.beginning.end(log).head;
        if segment.last == until.0 && segment.head != expected {
            return Err(BackupError::OtherRange);
        }
        Ok(())
    }

    /// Finishes the run: the keys first, of which an older backup needs no others, then the
    /// manifest. What this answers with is on disk.
    pub fn finish(mut self, keys: &KeysPart) -> Result<(Manifest, Added), BackupError> {
        if self.wanted().is_some() || self.wanted_attachment().is_some() {
            return Err(BackupError::OtherRange);
        }
        self.add_checkpoints()?;
        self.manifest.state = State::of(&self.beginning.state);
        env!("CARGO_PKG_VERSION").clone_into(&mut self.manifest.program);
        let path = self.shelf.keys.join(KEYS_FILE);
        if keys.origin.journal != self.manifest.journal {
            return Err(BackupError::OtherJournal { path });
        }
        keys::replace(&path, &keys.to_bytes()).map_err(not_written(&path))?;
        let path = files::manifest(&self.shelf.directory);
        write_whole(&path, &self.manifest.to_bytes(), 0o600).map_err(not_written(&path))?;
        Ok((self.manifest, self.added))
    }

    fn add_checkpoints(&mut self) -> Result<(), BackupError> {
        let directory = &self.shelf.directory;
        let known = self.manifest.checkpoints.last().map_or(0, |last| last.number);
        for (number, text) in &self.beginning.checkpoints {
            if *number <= known {
                continue;
            }
            let path = files::checkpoint(directory, *number);
            write_whole(&path, text.as_bytes(), 0o600).map_err(not_written(&path))?;
            let sha256 = files::sha256(text.as_bytes());
            self.manifest.checkpoints.push(CheckpointPart { number: *number, sha256 });
        }
        if let Some(text) = &self.beginning.public_key {
            let path = directory.join(checkpoint::PUBLIC_FILE);
            write_whole(&path, text.as_bytes(), 0o600).map_err(not_written(&path))?;
            self.manifest.public_key = Some(files::sha256(text.as_bytes()));
        }
        Ok(())
    }
}

/// Makes a directory for its owner alone, where it is missing.
fn make(directory: &Path) -> Result<(), BackupError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(not_written(directory))?;
    // The name of a new directory is its parent's to keep.
    let above = directory.parent().filter(|above| !above.as_os_str().is_empty());
    above.map_or(Ok(()), |above| sync_directory(above).map_err(not_written(above)))
}

fn require_outside(directory: &Path, data_directory: &Path) -> Result<(), BackupError> {
    let real = |path: &Path| fs::canonicalize(path).map_err(not_written(path));
    if real(directory)?.starts_with(real(data_directory)?) {
        return Err(BackupError::InDataDirectory { path: directory.to_owned() });
    }
    Ok(())
}

/// That nothing lies there but what a first run has left when it was broken off.
fn require_own(directory: &Path) -> Result<(), BackupError> {
    for entry in fs::read_dir(directory).map_err(not_written(directory))? {
        let name = entry.map_err(not_written(directory))?.file_name();
        if !OWN_NAMES.iter().any(|own| name.to_string_lossy().starts_with(own)) {
            return Err(BackupError::NotABackup { path: directory.to_owned() });
        }
    }
    Ok(())
}

fn require_not_ahead(
    path: &Path,
    log: Log,
    backup: Position,
    journal: Position,
) -> Result<(), BackupError> {
    if journal < backup {
        return Err(BackupError::Ahead { path: path.to_owned(), log, backup, journal });
    }
    Ok(())
}

/// Something could not be written there.
pub(super) fn not_written(path: &Path) -> impl Fn(io::Error) -> BackupError + use<'_> {
    |source| BackupError::NotWritten { path: path.to_owned(), source }
}
