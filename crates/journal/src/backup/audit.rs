//! Looking at a backup from end to end: every file, every hash, both chains, and whether the keys
//! open what they should. Goes on after what is wrong, so that all of it is named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::attachments::Named;
use super::fault::{Flaw, PartFault};
use super::keys::FoundKeys;
use super::manifest::Manifest;
use super::reading::Reader;
use super::{BackupError, KeysOrigin, files};
use crate::chain::Hash;
use crate::checkpoint::Witnesses;
use crate::checkpoint::{self, Accesses, Checkpoints, Kept, PublicKey, SignedCheckpoint};
use crate::head::Tail;
use crate::keyring::{Image, KeyCount};
use crate::store::Log;

/// No more faults than this are listed; the first is what counts.
const FAULTS_MAX: usize = 100;
/// A checkpoint, or a public key, is a few lines.
const TEXT_BYTES_MAX: u64 = 64 * 1024;

/// What looking at a backup has found.
#[derive(Debug)]
pub struct Audit {
    /// What should be there.
    pub manifest: Manifest,
    /// How many events were found whole and in their place.
    pub events: u64,
    /// How many lines of the access log were.
    pub accesses: u64,
    /// How many attached files were found whole.
    pub attachments: u64,
    /// The logs against the checkpoints in the backup and from outside.
    pub checkpoints: Checkpoints,
    /// What the keys open; nothing where there were none to look at.
    pub keys: Option<KeysFound>,
    /// What is wrong, the first hundred.
    pub faults: Vec<PartFault>,
}

/// What the keys of a backup open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeysFound {
    /// Where they come from, if they say so.
    pub origin: Option<KeysOrigin>,
    /// How many there are.
    pub keys: KeyCount,
    /// Seals in the events that open.
    pub seals_open: u64,
    /// Seals in the events whose key was destroyed.
    pub seals_erased: u64,
}

impl Audit {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.faults.is_empty() && self.checkpoints.are_borne_out()
    }
}

/// Looks at the backup in `directory`, at the keys in `keys`, and compares with checkpoints from
/// outside. `master` is the master key's file where the keys do not bring it. The error is that
/// there is no backup to look at.
pub fn audit(
    directory: &Path,
    keys: Option<&Path>,
    master: Option<&Path>,
    anchored: &[SignedCheckpoint],
) -> Result<Audit, BackupError> {
    let manifest = files::read_manifest(directory)?;
    let manifest = manifest.ok_or_else(|| BackupError::NoBackup { path: directory.to_owned() })?;
    let mut faults = Vec::new();
    let opened = keys.map(|keys| open_keys(keys, master, &manifest));
    let opened = opened.transpose().unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let image = opened.as_ref().map(|(_, image)| image);
    let mut events = Walk::new(Log::Events);
    events.run(directory, &manifest, image);
    let mut accesses = Walk::new(Log::Accesses);
    let beside = witnesses(directory, &manifest);
    if let Ok((key, kept)) = &beside {
        accesses.asked = Witnesses::new(key.as_ref(), kept, anchored).access_positions();
    }
    accesses.run(directory, &manifest, None);
    let checkpoints = match beside {
        Ok(beside) if events.faults.is_empty() => {
            let is_sound = accesses.faults.is_empty();
            let last = accesses.tail.map_or(0, |tail| tail.position);
            let hashes = std::mem::take(&mut accesses.hashes);
            let accesses = is_sound.then_some(Accesses { last, hashes });
            Checkpoints::find(events.leaves, accesses.as_ref(), &Ok(beside), anchored)
        }
        Ok(_) => Checkpoints::default(),
        Err(fault) => {
            faults.push(fault);
            Checkpoints::default()
        }
    };
    let (attachments, missing) = events.named.look(directory);
    faults.extend(events.faults.into_iter().chain(accesses.faults).chain(missing));
    faults.truncate(FAULTS_MAX);
    let keys = opened.map(|(origin, image)| KeysFound {
        origin,
        keys: image.count(),
        seals_open: events.reader.open,
        seals_erased: events.reader.erased,
    });
    let (events, accesses) = (events.records, accesses.records);
    Ok(Audit { manifest, events, accesses, attachments, checkpoints, keys, faults })
}

/// Opens the keys in a directory, if they are this journal's.
fn open_keys(
    directory: &Path,
    master: Option<&Path>,
    manifest: &Manifest,
) -> Result<(Option<KeysOrigin>, Image), PartFault> {
    let found = FoundKeys::find(directory, manifest.journal)?;
    Ok((found.origin, found.open(master)?))
}

/// The checkpoints and the public key that the manifest knows.
pub(super) fn witnesses(
    directory: &Path,
    manifest: &Manifest,
) -> Result<(Option<PublicKey>, Vec<Kept>), PartFault> {
    let path = directory.join(checkpoint::PUBLIC_FILE);
    let key = manifest.public_key.map(|hash| {
        let bytes = files::read_known(&path, TEXT_BYTES_MAX, hash)?;
        let key = str::from_utf8(&bytes).ok().and_then(PublicKey::read);
        key.ok_or_else(|| Flaw::OtherBytes.at(&path))
    });
    let kept = manifest.checkpoints.iter().map(|part| {
        let path = files::checkpoint(directory, part.number);
        let bytes = files::read_known(&path, TEXT_BYTES_MAX, part.sha256)?;
        let signed = str::from_utf8(&bytes).ok().and_then(SignedCheckpoint::read);
        let signed = signed.ok_or_else(|| Flaw::OtherBytes.at(&path))?;
        Ok(Kept { number: part.number, path, signed })
    });
    Ok((key.transpose()?, kept.collect::<Result<_, _>>()?))
}

/// A walk through one log.
struct Walk {
    log: Log,
    /// Where the next segment should go on; nothing after one that could not be read.
    tail: Option<Tail>,
    records: u64,
    leaves: Vec<Hash>,
    /// Where the chain's hash is asked for.
    asked: BTreeSet<u64>,
    /// The chain's hash there, as far as it was met, and before the first record.
    hashes: BTreeMap<u64, Hash>,
    named: Named,
    reader: Reader,
    faults: Vec<PartFault>,
}

impl Walk {
    fn new(log: Log) -> Self {
        Self {
            log,
            tail: Some(Tail::empty(log)),
            records: 0,
            leaves: Vec::new(),
            asked: BTreeSet::new(),
            hashes: BTreeMap::from([(0, Tail::empty(log).hash)]),
            named: Named::default(),
            reader: Reader::default(),
            faults: Vec::new(),
        }
    }

    fn run(&mut self, directory: &Path, manifest: &Manifest, image: Option<&Image>) {
        let part = manifest.log(self.log);
        for segment in &part.segments {
            let walked = self.segment(directory, segment, image);
            if let Err(fault) = walked {
                self.tail = None;
                self.faults.push(fault);
            }
            if self.faults.len() == FAULTS_MAX {
                return;
            }
        }
        let end = self.tail.map(|tail| files::ends(directory, tail, self.log, part));
        self.faults.extend(end.and_then(Result::err));
    }

    fn segment(
        &mut self,
        directory: &Path,
        part: &super::SegmentPart,
        image: Option<&Image>,
    ) -> Result<(), PartFault> {
        files::with_segment(directory, self.log, part, |segment, path| {
            let tail = match self.tail {
                Some(tail) => files::follows(tail, segment, path)?,
                None => Tail { position: segment.last, hash: segment.head },
            };
            // Whether each event is the next of its stream is known as long as nothing is missing.
            let image = image.filter(|_| self.faults.is_empty());
            for chunk in segment.chunks() {
                let chunk = chunk.map_err(|fault| Flaw::from(fault).at(path))?;
                let asked = self.asked.range(chunk.positions());
                let met = asked.filter_map(|it| Some((*it, chunk.hash_at(*it)?)));
                self.hashes.extend(met);
                if self.log == Log::Events {
                    self.leaves.extend(chunk.leaves());
                    chunk.records().for_each(|(_, record)| self.named.note(record));
                }
                for (position, record) in chunk.records() {
                    let read = image.map(|image| self.reader.take(position, record, image.keys()));
                    read.transpose().map_err(|error| Flaw::Event(error).at(path))?;
                    self.records += 1;
                }
            }
            self.tail = Some(tail);
            Ok(())
        })
    }
}
