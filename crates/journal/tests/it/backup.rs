//! A backup is whole or refused: every part damaged in turn, every other journal turned away.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use domain::{Position, Recorded};
use journal::backup::{
    Added, Audit, BackupError, Flaw, KeysPart, Manifest, Restored, Restoring, Shelf, audit,
    read_segment, restore,
};
use journal::{Access, AccessLine, Journal, KeysOf, Settings};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::{Bench, append, case, said, tell, text_of, time};

/// A journal, and where its backups go.
struct House {
    bench: Bench,
    shelf: TempDir,
}

impl House {
    async fn with(texts: &[&str]) -> (Self, Journal) {
        let house = Self { bench: Bench::new(), shelf: tempfile::tempdir().unwrap() };
        let journal = house.bench.open();
        record(&journal, texts).await;
        (house, journal)
    }

    fn directory(&self) -> PathBuf {
        self.shelf.path().join("logs")
    }

    fn keys(&self) -> PathBuf {
        self.shelf.path().join("keys")
    }

    async fn back_up(&self, journal: &Journal) -> Result<(Manifest, Added), BackupError> {
        back_up(journal, &self.directory(), &self.keys(), self.bench.path()).await
    }

    fn restore_to(&self, data: &Path) -> Result<Restored, BackupError> {
        restore(self.restoring(data, &self.keys()), |_| None)?.finish()
    }

    fn restoring<'a>(&'a self, data: &'a Path, keys: &'a Path) -> Restoring<'a> {
        let directory = Box::leak(self.directory().into_boxed_path());
        Restoring { directory, keys, data_directory: data, master: None, is_copy: false }
    }

    fn audit(&self) -> Result<Audit, BackupError> {
        audit(&self.directory(), Some(&self.keys()), None, &[])
    }
}

async fn back_up(
    journal: &Journal,
    directory: &Path,
    keys: &Path,
    data: &Path,
) -> Result<(Manifest, Added), BackupError> {
    let beginning = journal.begin_backup("session/").await?;
    let mut run = Shelf::open(directory, Some(keys), data)?.begin(beginning, time(0))?;
    while let Some(wanted) = run.wanted() {
        run.add(&journal.backup_segment(wanted).await?)?;
    }
    run.finish(&journal.backup_keys(time(0)).await?)
}

async fn record(journal: &Journal, texts: &[&str]) {
    for text in texts {
        tell(journal, case(1), text).await.unwrap();
        let what = Access::List("inbox".to_owned());
        let line = AccessLine {
            at: time(1),
            by: domain::Actor::Service,
            what,
            page: "/".to_owned(),
            ground: "test".to_owned(),
            rows: None,
        };
        journal.note_access(&line).await.unwrap();
    }
}

fn told(data: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    Journal::open(&Settings::new(data), |recorded: Recorded| {
        texts.push(text_of(&recorded).unwrap_or("erased").to_owned());
    })
    .unwrap();
    texts
}

fn files_in(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_in(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[tokio::test]
async fn what_was_backed_up_reads_as_it_did() {
    let (house, journal) = House::with(&["one", "two"]).await;
    journal.checkpoint(time(2)).await.unwrap();
    journal.put_state(vec![("kept".to_owned(), Some(b"value".to_vec()))]).await.unwrap();
    journal.put_state(vec![("session/1".to_owned(), Some(b"left out".to_vec()))]).await.unwrap();
    house.back_up(&journal).await.unwrap();
    let found = house.audit().unwrap();
    assert!(found.is_intact(), "{found:?}");
    assert_eq!((found.events, found.accesses), (2, 2));
    assert_eq!((found.checkpoints.compared, found.keys.unwrap().seals_open), (1, 2));

    let data = house.shelf.path().join("data");
    let restored = house.restore_to(&data).unwrap();
    assert_eq!((restored.events.position, restored.accesses.position), (Position(2), Position(2)));
    assert_eq!(told(&data), ["one", "two"]);
    let verification = journal::verify(&data).unwrap();
    assert!(verification.is_intact() && verification.head_known, "{verification}");
    assert_eq!(verification.events.head, journal.verify().await.events.head);
    let (restored, _feed) = Journal::open(&Settings::new(&data), |_| ()).unwrap();
    assert_eq!(restored.state("kept").await.unwrap(), Some(b"value".to_vec()));
    assert_eq!(restored.state("session/1").await.unwrap(), None);
    restored.checkpoint(time(3)).await.unwrap();
    tell(&restored, case(1), "three").await.unwrap();
    let private = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777 == 0o600;
    assert!(files_in(&data.join("keys")).iter().all(|path| private(path)));
    assert!(files_in(&house.keys()).iter().all(|path| private(path)));
}

#[tokio::test]
async fn a_second_run_adds_what_is_new_and_touches_nothing_else() {
    let (house, journal) = House::with(&["one"]).await;
    house.back_up(&journal).await.unwrap();
    let segments = files_in(&house.directory().join("events"));
    let before = fs::read(&segments[0]).unwrap();
    record(&journal, &["two", "three"]).await;
    let (manifest, added) = house.back_up(&journal).await.unwrap();
    assert_eq!((added.events, added.accesses), (2, 2));
    assert_eq!(manifest.events.segments.len(), 2);
    assert_eq!(fs::read(&segments[0]).unwrap(), before);
    let (_, added) = house.back_up(&journal).await.unwrap();
    assert_eq!(added, Added::default());
    assert!(house.audit().unwrap().is_intact());
    let data = house.shelf.path().join("data");
    house.restore_to(&data).unwrap();
    assert_eq!(told(&data), ["one", "two", "three"]);
}

#[tokio::test]
async fn a_run_that_was_broken_off_leaves_the_earlier_backup() {
    let (house, journal) = House::with(&["one"]).await;
    house.back_up(&journal).await.unwrap();
    record(&journal, &["two"]).await;
    let beginning = journal.begin_backup("session/").await.unwrap();
    let shelf = Shelf::open(&house.directory(), Some(&house.keys()), house.bench.path()).unwrap();
    let mut run = shelf.begin(beginning, time(0)).unwrap();
    let segment = journal.backup_segment(run.wanted().unwrap()).await.unwrap();
    run.add(&segment).unwrap();
    drop(run);
    assert_eq!(house.audit().unwrap().events, 1);
    let data = house.shelf.path().join("data");
    house.restore_to(&data).unwrap();
    assert_eq!(told(&data), ["one"]);
    house.back_up(&journal).await.unwrap();
    assert_eq!(house.audit().unwrap().events, 2);
}

#[tokio::test]
async fn another_journal_and_one_that_was_rolled_back_are_refused() {
    let (house, journal) = House::with(&["one"]).await;
    house.back_up(&journal).await.unwrap();
    drop(journal);
    let older = tempfile::tempdir().unwrap();
    crate::erasure::copy_directory(house.bench.path(), older.path());
    let journal = house.bench.open();
    record(&journal, &["two"]).await;
    house.back_up(&journal).await.unwrap();

    let (journal, _feed) = Journal::open(&Settings::new(older.path()), |_| ()).unwrap();
    let refused = back_up(&journal, &house.directory(), &house.keys(), older.path()).await;
    assert!(matches!(refused, Err(BackupError::Ahead { .. })), "{refused:?}");
    record(&journal, &["another two", "three"]).await;
    let refused = back_up(&journal, &house.directory(), &house.keys(), older.path()).await;
    assert!(matches!(refused, Err(BackupError::Diverged { .. })), "{refused:?}");

    let (other, journal) = House::with(&["one"]).await;
    let refused = back_up(&journal, &house.directory(), &other.keys(), other.bench.path()).await;
    assert!(matches!(refused, Err(BackupError::OtherJournal { .. })), "{refused:?}");
    let refused = back_up(&journal, &other.directory(), &house.keys(), other.bench.path()).await;
    assert!(matches!(refused, Err(BackupError::OtherJournal { .. })), "{refused:?}");
    assert!(house.audit().unwrap().is_intact(), "nothing was changed");
}

#[tokio::test]
async fn a_directory_that_is_something_else_is_left_alone() {
    let (house, journal) = House::with(&["one"]).await;
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("letter.txt"), "mine").unwrap();
    let data = house.bench.path();
    let refused = back_up(&journal, other.path(), &house.keys(), data).await;
    assert!(matches!(refused, Err(BackupError::NotABackup { .. })), "{refused:?}");
    let refused = back_up(&journal, &data.join("backup"), &house.keys(), data).await;
    assert!(matches!(refused, Err(BackupError::InDataDirectory { .. })), "{refused:?}");
    house.back_up(&journal).await.unwrap();
    let _held = Shelf::open(&house.directory(), Some(&house.keys()), data).unwrap();
    let refused = house.back_up(&journal).await;
    assert!(matches!(refused, Err(BackupError::InUse { .. })), "{refused:?}");
    let refused = house.restore_to(other.path());
    assert!(matches!(refused, Err(BackupError::NotEmpty { .. })), "{refused:?}");
}

/// Every file of a backup altered, cut off, missing or a link: named by both, and nothing restored.
#[tokio::test]
async fn every_part_that_is_damaged_is_named_and_nothing_is_restored() {
    let (house, journal) = House::with(&["one", "two"]).await;
    journal.checkpoint(time(2)).await.unwrap();
    house.back_up(&journal).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut parts = files_in(house.shelf.path());
    parts.retain(|path| !path.ends_with("lock"));
    assert_eq!(parts.len(), 6, "manifest, two segments, a checkpoint, its key, the keys");
    for path in parts {
        let whole = fs::read(&path).unwrap();
        let mut altered = whole.clone();
        let middle = altered.len() / 2;
        altered[middle] ^= 1;
        let cut = whole[..whole.len() - 1].to_vec();
        for damaged in [Some(altered), Some(cut), Some(Vec::new()), None] {
            fs::remove_file(&path).unwrap();
            if let Some(damaged) = damaged {
                fs::write(&path, damaged).unwrap();
            }
            require_refused(&house, &path);
        }
        let target = elsewhere.path().join("whole");
        fs::write(&target, &whole).unwrap();
        let _ = fs::remove_file(&path);
        symlink(&target, &path).unwrap();
        require_refused(&house, &path);
        fs::remove_file(&path).unwrap();
        fs::write(&path, whole).unwrap();
    }
    assert!(house.audit().unwrap().is_intact());
}

#[track_caller]
fn require_refused(house: &House, path: &Path) {
    let data = tempfile::tempdir().unwrap();
    let restored = house.restore_to(data.path());
    assert!(restored.is_err(), "{}", path.display());
    assert!(!data.path().join("keys").exists(), "nothing that could be taken for a journal");
    let is_named = match house.audit() {
        Ok(found) => found.faults.iter().any(|fault| fault.path == path),
        Err(BackupError::Part(fault)) => fault.path == path,
        Err(BackupError::NoBackup { .. }) => path.ends_with("manifest.json"),
        Err(_) => false,
    };
    assert!(is_named, "{}", path.display());
    // The next try clears away what this one has left.
    let again = house.restore_to(data.path());
    assert!(!matches!(again, Err(BackupError::NotEmpty { .. })), "{again:?}");
}

#[tokio::test]
async fn a_manifest_that_contradicts_itself_is_refused() {
    let (house, journal) = House::with(&["one", "two"]).await;
    house.back_up(&journal).await.unwrap();
    let text = fs::read_to_string(house.directory().join("manifest.json")).unwrap();
    assert!(Manifest::read(checked_anew(&text).as_bytes()).is_ok());
    for (what, instead) in [
        ("\"last\": 2", "\"last\": 0"),
        ("\"first\": 1", "\"first\": 0"),
        ("\"position\": 2", "\"position\": 3"),
        ("\"bytes\": ", "\"bytes\": 99999999999"),
        ("\"format\": 1", "\"format\": 0"),
        ("\"segments\": [", "\"path\": \"../../etc\", \"segments\": ["),
        ("\"checkpoints\": []", "\"checkpoints\": [{\"number\": \"../1\", \"sha256\": \"\"}]"),
        ("\"state\": []", "\"state\": [[\"b3V0Ym94L3NldHRsZWQ=\", \"AAAAAAAAAAM=\"]]"),
    ] {
        assert!(text.contains(what), "{what}");
        let read = Manifest::read(checked_anew(&text.replacen(what, instead, 1)).as_bytes());
        assert!(matches!(read, Err(Flaw::NotAManifest)), "{what}: {read:?}");
    }
    let newer = text.replacen("\"format\": 1", "\"format\": 2, \"new\": true", 1);
    let read = Manifest::read(checked_anew(&newer).as_bytes());
    assert!(matches!(read, Err(Flaw::NewerFormat { format: 2 })));
}

/// The manifest with the check that fits what stands in it now.
fn checked_anew(manifest: &str) -> String {
    let (body, _) = manifest.rsplit_once(",\n  \"sha256\"").unwrap();
    let check = journal::Hash(Sha256::digest(body).into());
    format!("{body},\n  \"sha256\": \"{check}\"\n}}\n")
}

#[tokio::test]
async fn what_was_erased_stays_erased_with_todays_keys() {
    let (house, journal) = House::with(&["planted"]).await;
    house.back_up(&journal).await.unwrap();
    let old_keys = fs::read(house.keys().join("avvik.keys")).unwrap();
    let gone = KeysOf { stream: case(1), person: None };
    journal.destroy_keys([gone]).await.unwrap();
    // The logs have nothing new, and the keys are the newest all the same.
    house.back_up(&journal).await.unwrap();
    let data = house.shelf.path().join("today");
    house.restore_to(&data).unwrap();
    assert_eq!(told(&data), ["erased"]);
    assert_eq!(house.audit().unwrap().keys.unwrap().seals_erased, 1);
    // The data directory's own keys do as well.
    let data = house.shelf.path().join("own");
    drop(journal);
    let own = house.bench.path().join("keys");
    restore(house.restoring(&data, &own), |_| None).unwrap().finish().unwrap();
    assert_eq!(told(&data), ["erased"]);
    // So do they where the machine died while its master key was being replaced.
    fs::rename(own.join("master.key"), own.join("master.key.new")).unwrap();
    fs::write(own.join("master.key"), [0; 65]).unwrap();
    let data = house.shelf.path().join("died");
    restore(house.restoring(&data, &own), |_| None).unwrap().finish().unwrap();
    assert_eq!(told(&data), ["erased"]);
    // Keys that are older than the erasure would show it: what is on record is destroyed anew.
    fs::write(house.keys().join("avvik.keys"), old_keys).unwrap();
    let data = house.shelf.path().join("resurrected");
    house.restore_to(&data).unwrap();
    assert_eq!(told(&data), ["planted"]);
    let data = house.shelf.path().join("on record");
    let built = restore(house.restoring(&data, &house.keys()), |_| Some(gone)).unwrap();
    let restored = built.finish().unwrap();
    let master = || fs::read(data.join("keys/master.key")).unwrap();
    let older = master();
    assert_eq!((restored.keys_destroyed, told(&data)), (1, vec!["erased".to_owned()]));
    // With the master key that came with it, the older keyring would still open what was erased.
    assert_ne!(master(), older, "the first start has replaced it");
}

#[tokio::test]
async fn keys_that_are_older_than_the_log_are_refused() {
    let (house, journal) = House::with(&["one"]).await;
    house.back_up(&journal).await.unwrap();
    let old_keys = fs::read(house.keys().join("avvik.keys")).unwrap();
    journal.append(append(case(2), 0, vec![said("of a new case")])).await.unwrap();
    house.back_up(&journal).await.unwrap();
    fs::write(house.keys().join("avvik.keys"), old_keys).unwrap();
    require_refused(&house, &house.directory().join("events/00000000000000000002.segment"));
}

#[tokio::test]
async fn a_copy_signs_with_a_key_of_its_own_and_sends_nothing_of_the_others() {
    let (house, journal) = House::with(&["one"]).await;
    let entry = journal::OutboxEntry { id: uuid::Uuid::from_u128(1), payload: b"news".to_vec() };
    let mut with_post = append(case(2), 0, vec![said("two")]);
    with_post.outbox = vec![entry];
    journal.append(with_post).await.unwrap();
    let signed = journal.checkpoint(time(2)).await.unwrap().signed.checkpoint.origin;
    house.back_up(&journal).await.unwrap();
    let data = house.shelf.path().join("copy");
    let keys = house.keys();
    let copy = Restoring { is_copy: true, ..house.restoring(&data, &keys) };
    restore(copy, |_| None).unwrap().finish().unwrap();
    let (copy, _feed) = Journal::open(&Settings::new(&data), |_| ()).unwrap();
    assert!(copy.pending_messages().is_empty());
    assert_ne!(copy.name().await.unwrap(), journal.name().await.unwrap());
    let refused = back_up(&copy, &house.directory(), &keys, &data).await;
    assert!(matches!(refused, Err(BackupError::OtherJournal { .. })), "{refused:?}");
    assert_ne!(copy.checkpoint(time(3)).await.unwrap().signed.checkpoint.origin, signed);
    let data = house.shelf.path().join("instead");
    house.restore_to(&data).unwrap();
    let (restored, _feed) = Journal::open(&Settings::new(&data), |_| ()).unwrap();
    assert_eq!(restored.pending_messages().len(), 1);
    assert_eq!(restored.checkpoint(time(3)).await.unwrap().signed.checkpoint.origin, signed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        let named = |name: &[u8]| [name, &bytes].concat();
        let _ = read_segment(&bytes);
        let _ = read_segment(&named(b"avvik segment 1\n\x01"));
        let _ = Manifest::read(&bytes);
        let _ = KeysPart::read(&bytes);
        let _ = KeysPart::read(&named(b"avvik keys 1\0\0\0\0"));
    }
}
