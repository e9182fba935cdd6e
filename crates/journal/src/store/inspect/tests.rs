//! Damaged logs, and sound ones.

use super::*;
use crate::store::sled::SledStore;
use crate::store::{Batch, Log, StateChange, Store, StoredChunk};

/// Enough for three segments.
const CHUNKS: u64 = 420;

/// Bytes that no compression or chance makes equal to others.
fn bytes(position: u64) -> Vec<u8> {
    let mut state = position;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        u8::try_from(state >> 56).expect("eight bits")
    };
    (0..27_000).map(next).collect()
}

fn write(store: &SledStore, positions: std::ops::Range<u64>) {
    for first in positions {
        let key = format!("session/{}", first % 7).into_bytes();
        let events = vec![StoredChunk { first, bytes: bytes(first).into() }];
        let state = vec![StateChange { key, value: Some(vec![0; 300]) }];
        store.commit(Batch { events, accesses: Vec::new(), state }).unwrap();
    }
}

/// A store that was opened three times; its last snapshot is older than its end.
fn filled(directory: &Path) {
    for part in 0..3 {
        let store = SledStore::open(directory).unwrap();
        write(&store, 1 + part * CHUNKS / 3..1 + (part + 1) * CHUNKS / 3);
    }
}

fn holds_everything(directory: &Path) -> bool {
    let Ok(store) = SledStore::open(directory) else { return false };
    let chunks: Result<Vec<_>, _> = store.chunks(Log::Events, 0, u64::MAX).collect();
    chunks.is_ok_and(|chunks| {
        let expected = (1..=CHUNKS).map(|first| StoredChunk { first, bytes: bytes(first).into() });
        chunks.into_iter().eq(expected)
    })
}

fn copied(from: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    copy
}

#[test]
fn what_was_written_as_it_should_be_is_not_doubtful() {
    let directory = tempfile::tempdir().unwrap();
    assert!(!is_doubtful(directory.path()).unwrap(), "an empty directory");
    for part in 0..4 {
        let store = SledStore::open(directory.path()).unwrap();
        write(&store, 1 + part * 90..1 + (part + 1) * 90);
        drop(store);
        assert!(!is_doubtful(directory.path()).unwrap(), "after opening {part}");
    }
}

#[test]
fn whatever_a_flipped_bit_would_cost_is_doubtful_before() {
    const PLACES: usize = 40;
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    let whole = fs::read(directory.path().join(LOG_FILE)).unwrap();
    let used = whole.iter().rposition(|byte| *byte != 0).unwrap();
    let middles = (0..PLACES).map(|place| used * (2 * place + 1) / (2 * PLACES));
    let headers = (0..used).step_by(SEGMENT_BYTES).flat_map(|at| [at, at + 5, at + 21, at + 25]);
    let (mut doubtful, mut costly) = (0, 0);
    for at in headers.chain(middles) {
        let copy = copied(directory.path());
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        fs::write(copy.path().join(LOG_FILE), bytes).unwrap();
        let suspected = is_doubtful(copy.path()).unwrap();
        doubtful += usize::from(suspected);
        costly += usize::from(!suspected && !holds_everything(copy.path()));
    }
    assert!(10 < doubtful, "{doubtful}");
    assert_eq!(costly, 0, "what opening would have lost without our noticing");
}

#[test]
fn a_page_lost_in_the_midst_is_doubtful() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    let path = directory.path().join(LOG_FILE);
    let mut bytes = fs::read(&path).unwrap();
    let used = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    let page = used / 4096 - 40;
    bytes[page * 4096..(page + 1) * 4096].fill(0);
    fs::write(&path, bytes).unwrap();
    assert!(is_doubtful(directory.path()).unwrap());
    assert!(!holds_everything(directory.path()), "or there was nothing to lose");
}

#[test]
fn a_log_cut_off_cleanly_leaves_nothing_to_lose_by_opening() {
    let directory = tempfile::tempdir().unwrap();
    let store = SledStore::open(directory.path()).unwrap();
    write(&store, 1..4);
    drop(store);
    let file = File::options().write(true).open(directory.path().join(LOG_FILE)).unwrap();
    file.set_len(SEGMENT_HEADER_BYTES as u64).unwrap();
    assert!(!is_doubtful(directory.path()).unwrap());
}

/// sled itself would not open: it takes the unfinished one for its newest.
#[test]
fn a_snapshot_that_a_crash_left_unfinished_is_cleared() {
    let directory = tempfile::tempdir().unwrap();
    let store = SledStore::open(directory.path()).unwrap();
    write(&store, 1..4);
    drop(store);
    let unfinished = directory.path().join("snap.0000000000FFFFFF.generating");
    fs::write(&unfinished, "").unwrap();
    assert!(SledStore::open(directory.path()).is_err());
    clear_unfinished(directory.path()).unwrap();
    assert!(!unfinished.exists());
    assert!(!is_doubtful(directory.path()).unwrap());
    assert!(SledStore::open(directory.path()).is_ok());
}

#[test]
fn damaged_small_files_are_doubtful_and_missing_ones_are_not() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    let small = |entry: &fs::DirEntry| sled::makes_anew(&entry.file_name());
    let entries = fs::read_dir(directory.path()).unwrap().map(Result::unwrap).filter(small);
    let names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    for name in names {
        let copy = copied(directory.path());
        let path = copy.path().join(name);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert!(is_doubtful(copy.path()).unwrap(), "flipped: {path:?}");
        fs::write(&path, "").unwrap();
        assert!(is_doubtful(copy.path()).unwrap(), "emptied: {path:?}");
        fs::remove_file(&path).unwrap();
        assert!(!is_doubtful(copy.path()).unwrap(), "removed: {path:?}");
        assert!(holds_everything(copy.path()), "{path:?}");
    }
}
