//! One altered byte, anywhere in what is kept, is found at its place, and never shown as true.

use std::error::Error;
use std::path::Path;

use domain::Role;
use hyper::StatusCode;
use journal::{Damage, Journal, Settings, Verification};
use tests::story::report_a_lost_phone;
use tests::{Running, disk};

/// The trees of the store: what happened, and who looked at what.
const EVENTS: &str = "log";
const ACCESSES: &str = "access";

/// How the store's file is divided, which whoever opens it must know.
const SEGMENT_BYTES: usize = 4 * 1024 * 1024;

/// A house in which a phone was reported and the own reports were looked at; stopped.
async fn stopped() -> Running {
    let mut running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    report_a_lost_phone(&employee, &[("openness", "named")]).await;
    let own = employee.get("/reports").await;
    assert_eq!(own.status, StatusCode::OK);
    running.stop().await;
    running
}

/// Flips one bit of the stored value that holds `bytes`, in the midst of them, and says at which
/// position of the log the value begins.
fn flip(data_dir: &Path, tree: &str, bytes: &[u8]) -> u64 {
    let store = unlocked(&data_dir.join("store"));
    let tree = store.open_tree(tree).unwrap();
    let holding = tree.iter().map(Result::unwrap).find(|(_, value)| disk::holds(value, bytes));
    let (key, value) = holding.unwrap();
    let mut value = value.to_vec();
    let at = value.windows(bytes.len()).position(|window| window == bytes).unwrap();
    value[at + bytes.len() / 2] ^= 1;
    tree.insert(&key, value).unwrap();
    store.flush().unwrap();
    u64::from_be_bytes(key[..8].try_into().unwrap())
}

/// Opens the store once the service that was stopped has let go of it.
pub(crate) fn unlocked(store: &Path) -> sled::Db {
    let config = sled::Config::new().path(store).segment_size(SEGMENT_BYTES);
    for _ in 0..100 {
        match config.open() {
            Err(sled::Error::Io(error)) if error.to_string().contains("could not acquire lock") => {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            opened => return opened.unwrap(),
        }
    }
    panic!("the store of a stopped service stays locked")
}

fn verified(data_dir: &Path) -> Verification {
    journal::verify(data_dir).unwrap()
}

/// What whoever starts the service is told: the error and all its causes.
fn refusal_to_open(data_dir: &Path) -> String {
    let Err(error) = Journal::open(&Settings::new(data_dir), |_| ()) else {
        panic!("a damaged journal was opened")
    };
    let causes = std::iter::successors(Some(&error as &dyn Error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[tokio::test]
async fn what_was_not_touched_is_intact_whether_the_service_runs_or_not() {
    let mut running = stopped().await;
    let stopped = verified(running.data_dir());
    assert!(stopped.is_intact() && stopped.head_known, "{stopped}");
    running.start_again().await;
    assert_eq!(running.service().verify().await.events, stopped.events);
}

#[tokio::test]
async fn a_flipped_bit_in_what_happened_is_found_at_its_position() {
    let running = stopped().await;
    let position = flip(running.data_dir(), EVENTS, b"deviation_reported");
    let verification = verified(running.data_dir());
    assert!(!verification.is_intact());
    let fault = verification.events.faults[0];
    assert_eq!(fault.damage, Damage::Altered);
    assert_eq!(fault.position.0, position);
    assert_eq!(verification.accesses.faults, []);
    assert!(verification.to_string().contains(&format!("at position {position}")));
}

#[tokio::test]
async fn a_damaged_log_is_not_opened_and_the_error_says_what_to_do() {
    let running = stopped().await;
    let position = flip(running.data_dir(), EVENTS, b"lost-or-stolen-device");
    let told = refusal_to_open(running.data_dir());
    assert!(told.contains(&format!("position {position}")), "{told}");
    assert!(told.contains("avvik verify"), "{told}");
}

#[tokio::test]
async fn a_flipped_bit_in_the_access_log_is_found_at_its_position() {
    let running = stopped().await;
    let position = flip(running.data_dir(), ACCESSES, b"own_reports");
    let verification = verified(running.data_dir());
    let fault = verification.accesses.faults[0];
    assert_eq!((fault.position.0, fault.damage), (position, Damage::Altered));
    assert_eq!(verification.events.faults, []);
    let told = refusal_to_open(running.data_dir());
    assert!(told.contains("avvik verify"), "{told}");
}

/// The store's file itself, altered here and there: an error, or what was truly written.
#[tokio::test]
async fn altered_files_are_refused_or_read_as_they_were_written() {
    const PLACES: usize = 60;
    let running = stopped().await;
    let whole = disk::events(running.data_dir());
    let database = running.data_dir().join("store/db");
    let bytes = std::fs::read(&database).unwrap();
    // Most of the file is room for later.
    let used = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    let mut refused = 0;
    for place in 0..PLACES {
        let copy = tempfile::tempdir().unwrap();
        disk::copy(running.data_dir(), copy.path());
        let mut altered = bytes.clone();
        altered[used * (2 * place + 1) / (2 * PLACES)] ^= 4;
        std::fs::write(copy.path().join("store/db"), &altered).unwrap();
        let mut read = Vec::new();
        if Journal::open(&Settings::new(copy.path()), |recorded| read.push(recorded)).is_ok() {
            assert_eq!(read, whole);
        } else {
            refused += 1;
            let left = std::fs::read(copy.path().join("store/db")).unwrap();
            assert!(left == altered, "refusing has changed the file");
        }
    }
    assert!(0 < refused, "no place was chosen that matters");
}
