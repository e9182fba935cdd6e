//! The keyring: keys survive, torn ends are left out, damage and wrong master keys are told.

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use domain::StreamKind;
use domain::ids::PersonId;

use super::master::MasterKeyError;
use super::*;

pub(super) const STREAM: StreamId = StreamId { kind: StreamKind::Case, id: Uuid::from_u128(7) };
pub(super) const OTHER: StreamId = StreamId { kind: StreamKind::Case, id: Uuid::from_u128(8) };

pub(super) struct Bench {
    directory: tempfile::TempDir,
}

impl Bench {
    pub(super) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    pub(super) fn path(&self) -> PathBuf {
        self.directory.path().join("keyring")
    }

    pub(super) fn master(&self) -> PathBuf {
        self.directory.path().join("master.key")
    }

    pub(super) fn create(&self) -> Keyring {
        let master = master::create(&self.master()).unwrap();
        Keyring::create(&self.path(), &self.master(), master).unwrap()
    }

    pub(super) fn open(&self) -> Result<Keyring, KeyringError> {
        Keyring::open(&self.path(), &self.master())
    }

    /// Whether a file of this name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.directory.path().join(name).exists()
    }
}

pub(super) fn of(stream: StreamId, person: Option<u128>) -> HashSet<KeysOf> {
    let person = person.map(|person| PersonId(Uuid::from_u128(person)));
    HashSet::from([KeysOf { stream, person }])
}

pub(super) fn key(keyring: &Keyring, stream: StreamId, person: Option<u128>) -> (KeyId, [u8; 32]) {
    let (id, key) = keyring.key_for(Scope::of(stream, person.map(Uuid::from_u128))).unwrap();
    (id, *key.bytes())
}

#[test]
fn keys_are_the_same_after_opening_again() {
    let bench = Bench::new();
    let keyring = bench.create();
    let keys = [None, Some(1), Some(2)].map(|person| key(&keyring, STREAM, person));
    assert!(keys[0] != keys[1] && keys[1] != keys[2]);
    drop(keyring);
    let keyring = bench.open().unwrap();
    assert_eq!([None, Some(1), Some(2)].map(|person| key(&keyring, STREAM, person)), keys);
}

#[test]
fn a_destroyed_key_is_gone_from_the_file_and_remembered_as_destroyed() {
    let bench = Bench::new();
    let keyring = bench.create();
    let (kept, _) = key(&keyring, OTHER, None);
    let (id, _) = key(&keyring, STREAM, Some(1));
    let before = fs::read(bench.path()).unwrap();
    let wrapped = before[2 * 128 + 48..2 * 128 + 120].to_vec();
    assert!(wrapped.iter().any(|byte| *byte != 0));

    assert_eq!(keyring.destroy(&of(STREAM, None)).unwrap(), 1);
    let after = fs::read(bench.path()).unwrap();
    assert!(!after.windows(16).any(|window| wrapped.windows(16).any(|lost| lost == window)));
    drop(keyring);

    let keyring = bench.open().unwrap();
    assert!(matches!(keyring.keys().get(id), Some(Held::Destroyed)));
    assert!(matches!(keyring.keys().get(kept), Some(Held::Key(_))));
    assert_ne!(key(&keyring, STREAM, Some(1)).0, id, "a new key for what comes after");
}

#[test]
fn destroying_one_person_leaves_the_rest_of_the_stream() {
    let bench = Bench::new();
    let keyring = bench.create();
    let (own, person) = (key(&keyring, STREAM, None), key(&keyring, STREAM, Some(1)));
    assert_eq!(keyring.destroy(&of(STREAM, Some(1))).unwrap(), 1);
    assert!(matches!(keyring.keys().get(person.0), Some(Held::Destroyed)));
    assert_eq!(key(&keyring, STREAM, None), own);
    assert_eq!(keyring.destroy(&of(STREAM, Some(1))).unwrap(), 0);
}

#[test]
fn a_torn_end_is_left_out_and_written_over() {
    let bench = Bench::new();
    let keyring = bench.create();
    let kept = key(&keyring, STREAM, None);
    key(&keyring, OTHER, None);
    drop(keyring);
    for torn in [1, 60, 127] {
        let bytes = fs::read(bench.path()).unwrap();
        fs::write(bench.path(), &bytes[..bytes.len() - torn]).unwrap();
        let keyring = bench.open().unwrap();
        assert_eq!(key(&keyring, STREAM, None), kept);
        let renewed = key(&keyring, OTHER, None);
        drop(keyring);
        assert_eq!(key(&bench.open().unwrap(), OTHER, None), renewed);
    }
}

#[test]
fn a_page_that_a_power_cut_left_out_is_a_hole_and_stays_one() {
    let bench = Bench::new();
    let keyring = bench.create();
    let kept = key(&keyring, STREAM, None);
    key(&keyring, OTHER, None);
    let later = key(&keyring, OTHER, Some(1));
    drop(keyring);
    let mut bytes = fs::read(bench.path()).unwrap();
    bytes[256..384].fill(0);
    fs::write(bench.path(), &bytes).unwrap();
    let keyring = bench.open().unwrap();
    keyring.rotate().unwrap();
    drop(keyring);
    assert_eq!(fs::read(bench.path()).unwrap()[256..384], [0; 128]);
    let keyring = bench.open().unwrap();
    assert_eq!(key(&keyring, STREAM, None), kept);
    assert_eq!(key(&keyring, OTHER, Some(1)), later);
    let renewed = key(&keyring, OTHER, None);
    drop(keyring);
    assert_eq!(key(&bench.open().unwrap(), OTHER, None), renewed);
}

#[test]
fn damage_in_the_middle_is_told_with_its_place() {
    let bench = Bench::new();
    let keyring = bench.create();
    key(&keyring, STREAM, None);
    key(&keyring, OTHER, None);
    drop(keyring);
    for (at, expected) in [(3, 0), (128 + 50, 1)] {
        let whole = fs::read(bench.path()).unwrap();
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(bench.path(), bytes).unwrap();
        match bench.open() {
            Err(KeyringError::Damaged { record, .. }) => assert_eq!(record, expected),
            other => panic!("{:?}", other.err()),
        }
        fs::write(bench.path(), whole).unwrap();
    }
}

#[test]
fn another_master_key_is_noticed_at_once() {
    let bench = Bench::new();
    drop(bench.create());
    fs::remove_file(bench.master()).unwrap();
    master::create(&bench.master()).unwrap();
    let opened = bench.open();
    assert!(matches!(opened, Err(KeyringError::WrongMasterKey { .. })));
}

#[test]
fn the_master_key_is_for_its_owner_alone() {
    let bench = Bench::new();
    let path = bench.directory.path().join("master.key");
    let made = master::create(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(master::read(&path).unwrap().bytes(), made.bytes());

    for mode in [0o640, 0o604, 0o660] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let error = master::read(&path).unwrap_err();
        assert!(matches!(error, MasterKeyError::OpenToOthers { .. }));
        assert!(error.to_string().contains("chmod 600"));
    }
}

#[test]
fn a_file_that_is_no_master_key_is_not_taken_for_one() {
    let bench = Bench::new();
    let path = bench.directory.path().join("master.key");
    drop(master::create(&path).unwrap());
    for text in ["", "abc", &"0".repeat(63), &"g".repeat(64), &"0".repeat(66)] {
        fs::write(&path, text).unwrap();
        assert!(matches!(master::read(&path), Err(MasterKeyError::NotAKey { .. })), "{text}");
    }
}

#[test]
fn a_key_is_never_shown() {
    assert_eq!(format!("{:?}", Key::from_bytes([7; 32])), "Key(…)");
}
