//! Parts of backups from anywhere: as they are, and with every hash in them mended, for those are
//! no secret, and would keep what lies behind them from being reached.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::files::sha256;
use super::manifest::{Manifest, with_check};
use super::reading::Reader;
use super::segment::{Segment, SegmentDraft, frame, read_segment};
use super::{KeysPart, Restoring, audit, files, keys, restore};
use crate::chain::{self, Hash};
use crate::chunk::{Chunk, Draft, NewRecord};
use crate::keyring::{Image, Key, Keys};
use crate::store::Log;

/// Any part of a backup, taken for each of them in turn.
pub(crate) fn part(bytes: &[u8], keys: &Keys) {
    let mended = mend_segment(bytes, Log::Events, (1, chain::genesis(Log::Events)));
    for segment in [Some(bytes), mended.as_deref()].into_iter().flatten() {
        if let Ok(segment) = read_segment(segment) {
            read_events(&segment, keys);
        }
    }
    for manifest in [bytes.to_vec(), with_check(bytes)] {
        if let Ok(manifest) = Manifest::read(&manifest) {
            assert_eq!(Manifest::read(&manifest.to_bytes()).ok(), Some(manifest));
        }
    }
    for keys in [bytes.to_vec(), with_hash(bytes)] {
        if let Ok(part) = KeysPart::read(&keys) {
            let again = KeysPart::read(&part.to_bytes()).expect("what was read is read again");
            assert_eq!((again.origin, &again.held.keyring), (part.origin, &part.held.keyring));
            let master = part.held.master.unwrap_or(Key::from_bytes([0; Key::LENGTH]));
            // What cannot be opened is an error; that there is one is all that is asked for.
            let _ = Image::open(part.held.keyring, &master);
        }
    }
}

fn read_events(segment: &Segment<'_>, keys: &Keys) {
    let mut reader = Reader::default();
    for chunk in segment.chunks() {
        let chunk = chunk.expect("its hashes have been recomputed");
        for (position, record) in chunk.records() {
            let _ = reader.take(position, record, keys);
        }
    }
    assert_eq!(segment.stored().count(), segment.chunks().count());
}

fn with_hash(bytes: &[u8]) -> Vec<u8> {
    [bytes, Sha256::digest(bytes).as_slice()].concat()
}

/// The segment with its chunks one after another from a position and a hash on; nothing if there
/// are none.
fn mend_segment(bytes: &[u8], log: Log, after: (u64, Hash)) -> Option<Vec<u8>> {
    const NAME_BYTES: usize = 17;
    let (mut first, mut head) = after;
    let mut rest = bytes.get(NAME_BYTES..)?;
    let mut mended = SegmentDraft::new(log);
    while let Some((claimed, chunk, after)) = frame(rest) {
        rest = after;
        let Ok(chunk) = Chunk::parse(claimed, chunk) else { continue };
        if chunk.positions().is_empty() {
            continue;
        }
        let mut draft = Draft::new(first, head);
        let records = chunk.records().map(|(_, record)| NewRecord::new(record.to_vec()));
        draft.push(records.collect(), None);
        for mark in &chunk.marks().unwrap_or_default() {
            draft.push(Vec::new(), Some(mark));
        }
        (first, head) = (draft.end(), draft.head());
        mended.push(&draft.finish());
    }
    (first != after.0).then(|| mended.finish())
}

/// The files of a backup, which are written to `directory` and restored there. Of the manifest,
/// what it says of the logs' hashes and ends is put right first. Says how often that could be done.
pub(crate) fn whole(directory: &Path, files: &[(String, Vec<u8>)]) -> io::Result<usize> {
    let backup = directory.join("backup");
    let mut logs = Vec::new();
    for log in [Log::Events, Log::Accesses] {
        logs.push(write_log(&backup, log, files)?);
    }
    for (name, bytes) in files {
        let bytes = match name.as_str() {
            keys::KEYS_FILE => with_hash(bytes),
            "manifest.json" => match mend_manifest(bytes, &logs) {
                Some(manifest) => manifest,
                None => bytes.clone(),
            },
            "checkpoint.pub" | "checkpoints/0001" | "checkpoints/0002" => bytes.clone(),
            _ => continue,
        };
        write(&backup.join(name), &bytes)?;
    }
    let _ = audit(&backup, Some(&backup), None, &[]);
    let data_directory = &directory.join("data");
    let mut restored = 0;
    for is_copy in [false, true] {
        let (directory, keys) = (&*backup, &*backup);
        let it = Restoring { directory, keys, data_directory, master: None, is_copy };
        if let Ok(built) = restore(it, |_| None) {
            built.finish().expect("there is room for it");
            let verified = crate::verify(data_directory).expect("it was restored");
            assert!(verified.events.faults.is_empty(), "{verified}");
            restored += 1;
        }
        match fs::remove_dir_all(data_directory) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => (),
        }
    }
    Ok(restored)
}

fn write(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(path.parent().expect("it lies in the backup"))?;
    fs::write(path, bytes)
}

/// Writes the segments of a log, one after another; says what the manifest has to say of them.
fn write_log(backup: &Path, log: Log, files: &[(String, Vec<u8>)]) -> io::Result<Value> {
    let folder = files::log(Path::new(""), log).display().to_string();
    let mut end = (1, chain::genesis(log));
    let mut segments = Vec::new();
    for (_, bytes) in files.iter().filter(|(name, _)| name.starts_with(&folder)) {
        let Some(mended) = mend_segment(bytes, log, end) else { continue };
        let Ok(segment) = read_segment(&mended) else { continue };
        segments.push(json!({
            "first": segment.first,
            "last": segment.last,
            "bytes": mended.len(),
            "sha256": sha256(&mended).to_string(),
        }));
        write(&files::segment(backup, log, segment.first), &mended)?;
        end = (segment.last + 1, segment.head);
    }
    let end = json!({ "position": end.0 - 1, "head": end.1.to_string() });
    Ok(json!({ "end": end, "segments": segments }))
}

fn mend_manifest(bytes: &[u8], logs: &[Value]) -> Option<Vec<u8>> {
    let mut manifest: Value = serde_json::from_slice(bytes).ok()?;
    let fields = manifest.as_object_mut()?;
    fields.remove("sha256");
    fields.insert("events".to_owned(), logs[0].clone());
    fields.insert("accesses".to_owned(), logs[1].clone());
    Some(with_check(&serde_json::to_vec_pretty(&manifest).ok()?))
}

#[cfg(test)]
mod tests {
    use domain::ids::CaseId;
    use domain::{Actor, Erasable, Event, Time, Version, case};
    use uuid::Uuid;

    use super::super::Shelf;
    use super::*;
    use crate::{Append, Journal, Settings};

    /// A backup of a journal with one event: its files by their names.
    async fn backup() -> Vec<(String, Vec<u8>)> {
        let directory = tempfile::tempdir().unwrap();
        let (data, backup) = (directory.path().join("data"), directory.path().join("backup"));
        let settings = Settings::new(&data);
        Journal::init(&settings).unwrap();
        let (journal, _) = Journal::open(&settings, |_| ()).unwrap();
        let text = Erasable::known("a text".to_owned());
        let append = Append {
            stream: CaseId(Uuid::from_u128(7)).into(),
            expected: Version(0),
            events: vec![Event::from(case::Event::InformationAdded { text })],
            at: Time::default(),
            by: Actor::Service,
            idempotency: None,
            outbox: Vec::new(),
        };
        journal.append(append).await.unwrap();
        let beginning = journal.begin_backup("session/").await.unwrap();
        let shelf = Shelf::open(&backup, Some(&backup), &data).unwrap();
        let mut run = shelf.begin(beginning, Time::default()).unwrap();
        while let Some(wanted) = run.wanted() {
            run.add(&journal.backup_segment(wanted).await.unwrap()).unwrap();
        }
        run.finish(&journal.backup_keys(Time::default()).await.unwrap()).unwrap();
        let names = ["manifest.json", keys::KEYS_FILE, "events/00000000000000000001.segment"];
        names.map(|name| (name.to_owned(), fs::read(backup.join(name)).unwrap())).into()
    }

    #[tokio::test]
    async fn what_was_backed_up_goes_all_the_way() {
        let files = backup().await;
        for (_, bytes) in &files {
            part(bytes, &Keys::default());
        }
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(whole(directory.path(), &files).unwrap(), 2);
    }

    #[tokio::test]
    async fn what_was_altered_under_hashes_put_right_is_read_or_refused() {
        let files = backup().await;
        for (number, (_, bytes)) in files.iter().enumerate() {
            for at in (0..bytes.len()).step_by(bytes.len() / 7) {
                let mut files = files.clone();
                files[number].1[at] ^= 4;
                part(&files[number].1, &Keys::default());
                let directory = tempfile::tempdir().unwrap();
                whole(directory.path(), &files).unwrap();
            }
        }
    }
}
