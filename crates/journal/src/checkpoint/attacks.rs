//! What somebody may do who can write everything in the data directory and knows how the log is
//! built: each attack leaves a chain without a fault, and is found by a checkpoint.

use std::fs;
use std::path::Path;

use domain::ids::CaseId;
use domain::{Actor, Erasable, Event, StreamId, Version, case};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::chunk::{Draft, NewRecord};
use crate::evidence::{Evidence, EvidenceFault};
use crate::head::{self, HeadFile, Heads};
use crate::record::Record;
use crate::store::sled::SledStore;
use crate::store::{Batch, StoredChunk};
use crate::{Append, EvidenceError, KeysOf, Settings, Verification, seal, verify, verify_against};

mod accesses;

/// Twelve events in three cases, with a checkpoint after the sixth and the last.
struct House(TempDir);

const EARLY: u64 = 6;
const ALL: u64 = 12;

fn time(seconds: i64) -> Time {
    Time::from_timestamp(1_774_602_000 + seconds, 0).unwrap()
}

fn stream(number: u64) -> StreamId {
    CaseId(Uuid::from_u128(1 + u128::from(number % 3))).into()
}

impl House {
    async fn new() -> Self {
        let house = Self(tempfile::tempdir().unwrap());
        Journal::init(&house.settings()).unwrap();
        let journal = house.open();
        house.tell(&journal, 0..EARLY).await;
        journal.checkpoint(time(100)).await.unwrap();
        house.tell(&journal, EARLY..ALL).await;
        journal.checkpoint(time(200)).await.unwrap();
        house
    }

    fn settings(&self) -> Settings {
        Settings::new(self.path())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn open(&self) -> Journal {
        Journal::open(&self.settings(), |_| ()).unwrap().0
    }

    async fn tell(&self, journal: &Journal, numbers: std::ops::Range<u64>) {
        for number in numbers {
            let stream = stream(number);
            let text = Erasable::known(format!("told {number}"));
            let event = Event::Case(case::Event::InformationAdded { text });
            let append = Append {
                stream,
                expected: journal.version(stream),
                events: vec![event],
                at: time(i64::try_from(number).unwrap()),
                by: Actor::Service,
                idempotency: None,
                outbox: Vec::new(),
            };
            journal.append(append).await.unwrap();
        }
    }

    fn checkpoints(&self) -> Vec<SignedCheckpoint> {
        read_all(self.path()).unwrap().into_iter().map(|kept| kept.signed).collect()
    }

    fn copy(&self) -> Self {
        let copy = Self(tempfile::tempdir().unwrap());
        copy_directory(self.path(), copy.path());
        copy
    }

    /// Changes the records and writes chain, checks and head file anew, as if nothing had been.
    fn rewrite(&self, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
        self.rewrite_in(Log::Events, change);
    }

    fn rewrite_in(&self, log: Log, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
        let store = SledStore::open(&self.path().join("store")).unwrap();
        let chunks: Vec<StoredChunk> = store.chunks(log, 0, u64::MAX).map(Result::unwrap).collect();
        drop(store);
        let parsed: Vec<_> =
            chunks.iter().map(|it| Chunk::parse(it.first, &it.bytes).unwrap()).collect();
        let records = parsed.iter().flat_map(|chunk| chunk.records().map(|(_, it)| it.to_vec()));
        let mut records: Vec<_> = records.collect();
        change(&mut records);
        let mut records = records.into_iter();
        let mut tail = Tail::empty(log);
        let mut anew = Vec::new();
        for chunk in &parsed {
            let mut draft = Draft::new(tail.position + 1, tail.hash);
            for mark in &chunk.check().unwrap() {
                let own = records.by_ref().take(mark.records as usize);
                draft.push(own.map(NewRecord::new).collect(), Some(mark));
            }
            if log == Log::Accesses {
                let own = records.by_ref().take(chunk.records().count());
                draft.push(own.map(NewRecord::new).collect(), None);
            }
            if draft.end() == tail.position + 1 {
                break;
            }
            tail = Tail { position: draft.end() - 1, hash: draft.head() };
            anew.push(draft.finish());
        }
        let config = sled::Config::new().path(self.path().join("store"));
        let config = config.segment_size(4 * 1024 * 1024);
        let opened = (0..200).find_map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            config.open().ok()
        });
        let database = opened.expect("nobody has it open");
        database.open_tree(log.tree()).unwrap().clear().unwrap();
        database.flush().unwrap();
        drop(database);
        let store = SledStore::open(&self.path().join("store")).unwrap();
        let heads = head::read(self.path()).unwrap();
        let (batch, heads) = match log {
            Log::Events => {
                (Batch { events: anew, ..Batch::default() }, Heads { events: tail, ..heads })
            }
            Log::Accesses => {
                (Batch { accesses: anew, ..Batch::default() }, Heads { accesses: tail, ..heads })
            }
        };
        store.commit(batch).unwrap();
        HeadFile::open(self.path()).unwrap().write(&heads).unwrap();
    }

    /// The one deviation that is found; both logs in themselves are without a fault.
    fn deviation(&self, anchored: &[SignedCheckpoint]) -> (Witness, Deviation, String) {
        let found: Verification = verify_against(self.path(), anchored).unwrap();
        assert_eq!((&found.events.faults, &found.accesses.faults), (&Vec::new(), &Vec::new()));
        assert!(!found.is_intact());
        let fault = found.checkpoints.faults[0];
        (fault.witness, fault.deviation, found.to_string())
    }
}

fn copy_directory(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy_directory(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The record with its personal part encrypted once more, with another nonce.
fn encrypted_anew(house: &House, record: &[u8]) -> Vec<u8> {
    let master = house.path().join("keys/master.key");
    let keyring = house.path().join("keys/keyring");
    let keyring = crate::keyring::Keyring::open(&keyring, &master).unwrap();
    let mut record = Record::from_bytes(record).unwrap();
    let stream = record.stream_id().unwrap();
    let place = seal::Place::Event { stream, version: Version(record.version), name: record.name };
    let (id, key) = keyring.key_for(crate::keyring::Scope::of(stream, None)).unwrap();
    let plain = seal::open_seal(&record.seals[0], place, &keyring.keys()).unwrap().unwrap();
    let nonce = seal::random_nonce();
    let text = seal::encrypt(&key, &nonce, &place.context(id), &plain);
    record.seals[0].nonce = nonce.into();
    record.seals[0].text = &text;
    record.to_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_touched_is_borne_out() {
    let house = House::new().await;
    let found = verify_against(house.path(), &house.checkpoints()).unwrap();
    assert!(found.is_intact(), "{found}");
    assert_eq!(found.checkpoints.compared, 4);
    house.rewrite(|_| ());
    assert!(verify(house.path()).unwrap().is_intact());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tail_cut_off_after_a_checkpoint_is_found_and_named() {
    let house = House::new().await;
    house.rewrite(|records| records.truncate(9));
    let (witness, deviation, told) = house.deviation(&[]);
    assert_eq!(witness, Witness::Kept(2));
    assert_eq!(deviation, Deviation::CutOff { last: domain::Position(9) });
    assert!(told.contains("covers 12 events, and the log ends at position 9: its end was cut off"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_events_that_changed_places_are_found_and_named() {
    let house = House::new().await;
    // Of two cases, so that the order within each is as it was.
    house.rewrite(|records| records.swap(7, 8));
    let (witness, deviation, told) = house.deviation(&[]);
    assert_eq!(witness, Witness::Kept(2));
    assert_eq!(deviation, Deviation::Rewritten { sound: domain::Position(EARLY) });
    assert!(told.contains("those from position 7 to 12 are not the same"), "{told}");
    assert!(told.contains("exchanged with another"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_encrypted_anew_is_found_and_named() {
    let house = House::new().await;
    house.rewrite(|records| records[3] = encrypted_anew(&house, &records[3]));
    // Nothing else shows it: everything reads as before.
    let mut read = 0;
    drop(Journal::open(&house.settings(), |_| read += 1).unwrap());
    assert_eq!(read, ALL);
    let (witness, deviation, told) = house.deviation(&[]);
    assert_eq!(witness, Witness::Kept(1));
    assert_eq!(deviation, Deviation::Rewritten { sound: domain::Position(0) });
    assert!(told.contains("those from position 1 to 6 are not the same"), "{told}");
    assert!(told.contains("encrypted anew"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_of_the_whole_directory_is_found_by_an_anchored_checkpoint() {
    let house = House::new().await;
    let older = house.copy();
    let journal = house.open();
    house.tell(&journal, ALL..ALL + 3).await;
    let anchored = journal.checkpoint(time(300)).await.unwrap().signed;
    drop(journal);
    assert!(verify(older.path()).unwrap().is_intact(), "from within, nothing shows it");
    let (witness, deviation, told) = older.deviation(&[anchored]);
    assert_eq!(witness, Witness::Anchored(1));
    assert_eq!(deviation, Deviation::RolledBack { last: domain::Position(ALL) });
    assert!(told.contains("was rolled back to an older copy"), "{told}");
}

/// Even with the signing key: all anew, checkpoints and all, against one that lies elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_signed_anew_is_found_by_an_anchored_checkpoint() {
    let house = House::new().await;
    let anchored = house.checkpoints().pop().unwrap();
    fs::remove_dir_all(house.path().join("checkpoints")).unwrap();
    house.rewrite(|records| records.swap(7, 8));
    house.open().checkpoint(time(300)).await.unwrap();
    assert!(verify(house.path()).unwrap().is_intact(), "from within, nothing shows it");
    let (witness, deviation, _) = house.deviation(std::slice::from_ref(&anchored));
    let sound = Deviation::Rewritten { sound: domain::Position(0) };
    assert_eq!((witness, deviation), (Witness::Anchored(1), sound));
    // With a key of their own they are found sooner.
    fs::remove_file(house.path().join("checkpoint.pub")).unwrap();
    fs::remove_file(house.path().join("keys/checkpoint.key")).unwrap();
    fs::remove_dir_all(house.path().join("checkpoints")).unwrap();
    house.open().checkpoint(time(300)).await.unwrap();
    let (_, deviation, told) = house.deviation(&[anchored]);
    assert_eq!(deviation, Deviation::NotSigned, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_tampered_with_is_not_signed() {
    let house = House::new().await;
    house.rewrite(|records| records.swap(7, 8));
    let journal = house.open();
    let refused = journal.checkpoint(time(300)).await.unwrap_err();
    assert!(matches!(refused, CheckpointError::Contradicted(_)), "{refused}");
    assert!(refused.to_string().contains("tampered"), "{refused}");
    let refused = journal.evidence(stream(0), None, time(300)).await.unwrap_err();
    assert!(matches!(refused, EvidenceError::Checkpoint(CheckpointError::Contradicted(_))));
    assert_eq!(house.checkpoints().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_signing_key_is_told_and_not_replaced() {
    let house = House::new().await;
    fs::remove_file(house.path().join("keys/checkpoint.key")).unwrap();
    let refused = house.open().checkpoint(time(300)).await.unwrap_err();
    assert!(matches!(refused, CheckpointError::KeyLost { .. }), "{refused}");
    assert!(refused.to_string().contains("put it back from its copy"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signing_key_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new().await;
    let path = house.path().join("keys/checkpoint.key");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let refused = house.open().checkpoint(time(300)).await.unwrap_err();
    assert!(matches!(refused, CheckpointError::OpenToOthers { mode: 0o644, .. }), "{refused}");
}

async fn evidence() -> Evidence {
    let house = House::new().await;
    let journal = house.open();
    // Later than the newest checkpoint, which is then made.
    house.tell(&journal, ALL..ALL + 1).await;
    let evidence = journal.evidence(stream(0), None, time(300)).await.unwrap();
    let again = journal.evidence(stream(0), None, time(400)).await.unwrap();
    assert_eq!((&evidence, house.checkpoints().len()), (&again, 3));
    evidence
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_shows_what_was_said_and_holds() {
    let evidence = evidence().await;
    let sizes = (evidence.earliest.checkpoint.size, evidence.checkpoint.checkpoint.size);
    assert_eq!(sizes, (EARLY, ALL + 1));
    assert_eq!(evidence.check(&evidence.public_key), Ok(()));
    let said =
        evidence.events.iter().map(|it| it.shown.fields["text"]["$personal"]["value"].clone());
    assert_eq!(said.collect::<Vec<_>>(), ["told 0", "told 3", "told 6", "told 9", "told 12"]);
    let other = Signer::of([8; 32]);
    let not_signed = EvidenceFault::NotSigned { size: ALL + 1 };
    assert_eq!(evidence.check(other.public()), Err(not_signed));
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_that_was_tampered_with_does_not_hold() {
    let whole = evidence().await;
    let check = |change: &dyn Fn(&mut Evidence)| {
        let mut evidence = whole.clone();
        change(&mut evidence);
        evidence.check(&whole.public_key).unwrap_err()
    };
    let swapped = check(&|it| {
        let record = it.events[1].record.clone();
        it.events[1].record = std::mem::replace(&mut it.events[2].record, record);
    });
    assert_eq!(swapped, EvidenceFault::NotIncluded { position: 4 });
    let reworded = check(&|it| {
        it.events[1].shown.fields["text"]["$personal"]["value"] = "told otherwise".into();
    });
    assert_eq!(reworded, EvidenceFault::ShownOtherwise { position: 4 });
    let left_out = check(&|it| drop(it.events.remove(1)));
    assert_eq!(left_out, EvidenceFault::OutOfOrder { position: 7 });
    let later = check(&|it| it.events[1].shown.at = "2027-01-01T00:00:00.000000Z".to_owned());
    assert_eq!(later, EvidenceFault::ShownOtherwise { position: 4 });
    let hidden = check(&|it| it.events[1].openings[0] = None);
    assert_eq!(hidden, EvidenceFault::ShownOtherwise { position: 4 });
    let older = check(&|it| it.earliest = it.checkpoint.clone());
    assert_eq!(older, EvidenceFault::Inconsistent { earlier: ALL + 1, size: ALL + 1 });
    assert_eq!(check(&|it| it.events.clear()), EvidenceFault::NoEvents);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_is_shown_as_erased_and_the_evidence_holds() {
    let house = House::new().await;
    let journal = house.open();
    journal.destroy_keys([KeysOf { stream: stream(0), person: None }]).await.unwrap();
    let evidence = journal.evidence(stream(0), None, time(300)).await.unwrap();
    assert_eq!(evidence.check(&evidence.public_key), Ok(()));
    assert_eq!(evidence.events[0].openings, [None]);
    assert!(evidence.events[0].shown.fields["text"]["$erased"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_checkpoint_file_is_found() {
    let house = House::new().await;
    let path = house.path().join("checkpoints/0001");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\n6\n", "\n5\n", 1)).unwrap();
    let (witness, deviation, _) = house.deviation(&[]);
    assert_eq!((witness, deviation), (Witness::Kept(1), Deviation::NotSigned));
    fs::write(&path, &text[1..]).unwrap();
    let found = verify(house.path()).unwrap();
    assert!(!found.is_intact() && found.to_string().contains("0001 cannot be read"), "{found}");
}
