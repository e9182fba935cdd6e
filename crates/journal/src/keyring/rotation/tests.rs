//! Rotation: nothing is lost at whichever step it breaks off, and nothing old opens afterwards.

use std::os::unix::fs::PermissionsExt;

use super::super::tests::{Bench, OTHER, STREAM, key, of};
use super::*;

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

#[test]
fn keys_stay_the_same_under_a_new_master_key() {
    let bench = Bench::new();
    let keyring = bench.create();
    let before = [None, Some(1)].map(|person| key(&keyring, STREAM, person));
    let (ring, master) = (bytes(&bench.path()), bytes(&bench.master()));
    keyring.rotate().unwrap();
    let after = key(&keyring, OTHER, None);
    drop(keyring);
    assert_ne!(bytes(&bench.master()), master);
    assert!(!bench.has("keyring.new") && !bench.has("master.key.new"));
    let mode = fs::metadata(bench.master()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let keyring = bench.open().unwrap();
    assert_eq!([None, Some(1)].map(|person| key(&keyring, STREAM, person)), before);
    assert_eq!(key(&keyring, OTHER, None), after);
    drop(keyring);
    fs::write(bench.path(), ring).unwrap();
    assert!(matches!(bench.open(), Err(KeyringError::WrongMasterKey { .. })));
}

#[test]
fn destroying_a_key_closes_every_older_copy_of_the_keyring() {
    let bench = Bench::new();
    let keyring = bench.create();
    key(&keyring, STREAM, None);
    let older = bytes(&bench.path());
    assert_eq!(keyring.destroy(&of(STREAM, None)).unwrap(), 1);
    assert!(!keyring.is_rotation_due());
    drop(keyring);
    fs::write(bench.path(), older).unwrap();
    assert!(matches!(bench.open(), Err(KeyringError::WrongMasterKey { .. })));
}

#[test]
fn nothing_to_destroy_leaves_the_master_key_alone() {
    let bench = Bench::new();
    let keyring = bench.create();
    let master = bytes(&bench.master());
    assert_eq!(keyring.destroy(&of(STREAM, None)).unwrap(), 0);
    assert_eq!(bytes(&bench.master()), master);
}

/// What lies in the directory when the rotation breaks off after each of its steps.
fn broken_off_after(step: u8) -> (Bench, [u8; 32]) {
    let bench = Bench::new();
    let keyring = bench.create();
    let (_, kept) = key(&keyring, STREAM, None);
    let next = master::create(&master::successor(&bench.master())).unwrap();
    if 2 <= step {
        keyring.rewrapped(&keyring.ring(), &next).unwrap();
    }
    if 3 <= step {
        fs::rename(successor(&bench.path()), bench.path()).unwrap();
    }
    if 4 <= step {
        wipe(&OpenOptions::new().write(true).open(bench.master()).unwrap()).unwrap();
    }
    (bench, kept)
}

#[test]
fn a_rotation_broken_off_anywhere_loses_no_key() {
    for step in 1..=4 {
        let (bench, kept) = broken_off_after(step);
        let keyring = bench.open().unwrap();
        assert_eq!(key(&keyring, STREAM, None).1, kept, "after step {step}");
        assert!(!bench.has("keyring.new") && !bench.has("master.key.new"), "after step {step}");
        keyring.rotate().unwrap();
        drop(keyring);
        assert_eq!(key(&bench.open().unwrap(), STREAM, None).1, kept, "after step {step}");
    }
}

#[test]
fn a_master_key_that_was_never_finished_is_removed() {
    let (bench, kept) = broken_off_after(1);
    fs::write(master::successor(&bench.master()), "half a ke").unwrap();
    assert_eq!(key(&bench.open().unwrap(), STREAM, None).1, kept);
    assert!(!bench.has("master.key.new"));
}

#[test]
fn a_next_master_key_that_others_may_read_is_not_destroyed() {
    for step in 1..=4 {
        let (bench, kept) = broken_off_after(step);
        let next = master::successor(&bench.master());
        fs::set_permissions(&next, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = bench.open().err().expect("it says what to do");
        let is_open = |it: &KeyringError| {
            matches!(it, KeyringError::MasterKey(MasterKeyError::OpenToOthers { .. }))
        };
        assert!(is_open(&refused), "after step {step}: {refused:?}");
        fs::set_permissions(&next, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(key(&bench.open().unwrap(), STREAM, None).1, kept, "after step {step}");
    }
}

#[test]
fn what_may_be_the_only_master_key_is_not_destroyed_though_it_is_damaged() {
    let (bench, _) = broken_off_after(4);
    let next = master::successor(&bench.master());
    fs::write(&next, "half a ke").unwrap();
    bench.open().err().expect("no key opens the keyring");
    assert_eq!(fs::read(&next).unwrap(), b"half a ke");
}

/// The disk said no to the new master key after the keys were destroyed.
#[test]
fn a_rotation_that_is_due_is_made_up_for_at_the_next_start() {
    let bench = Bench::new();
    let keyring = bench.create();
    key(&keyring, STREAM, None);
    let older = bytes(&bench.path());
    // No file can be made where a directory is in the way.
    fs::create_dir(master::successor(&bench.master())).unwrap();
    assert_eq!(keyring.destroy(&of(STREAM, None)).unwrap(), 1);
    assert!(keyring.is_rotation_due());
    assert!(keyring.rotate().is_err());
    drop(keyring);

    fs::remove_dir(master::successor(&bench.master())).unwrap();
    assert!(!bench.open().unwrap().is_rotation_due());
    let master = bytes(&bench.master());
    fs::write(bench.path(), older).unwrap();
    assert!(matches!(bench.open(), Err(KeyringError::WrongMasterKey { .. })));
    assert_eq!(bytes(&bench.master()), master);
}

#[test]
fn a_master_key_behind_a_link_is_replaced_where_it_lies() {
    let bench = Bench::new();
    let keyring = bench.create();
    let kept = key(&keyring, STREAM, None);
    let apart = tempfile::tempdir().unwrap();
    let file = apart.path().join("the.key");
    fs::rename(bench.master(), &file).unwrap();
    std::os::unix::fs::symlink(&file, bench.master()).unwrap();
    let before = bytes(&file);
    keyring.rotate().unwrap();
    drop(keyring);
    assert_ne!(bytes(&file), before);
    assert_eq!(key(&bench.open().unwrap(), STREAM, None), kept);
}

#[test]
fn a_lost_master_key_is_said_at_once() {
    let bench = Bench::new();
    drop(bench.create());
    fs::remove_file(bench.master()).unwrap();
    let Err(KeyringError::MasterKey(error)) = bench.open() else { panic!("it opened") };
    assert!(error.to_string().contains("without it no personal data can"), "{error}");
}
