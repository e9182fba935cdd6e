//! The real binary killed under load, again and again: nothing it had answered is lost. A thousand
//! rounds of the same are `make crash`.

use tests::binary::Binary;
use tests::chance::Chance;
use tests::crash::Fire;

const ROUNDS: u32 = 50;

/// Every so many rounds, views are compared and the whole log is looked at.
const THOROUGH_EVERY: u32 = 25;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_under_load_at_any_moment_nothing_that_was_answered_is_lost() {
    let directory = tempfile::tempdir().unwrap();
    let (data, log) = (directory.path().join("data"), directory.path().join("log"));
    let seed = Chance::any_seed();
    println!("seed {seed}");
    let binary = Binary::new(env!("CARGO_BIN_EXE_avvik-tested"));
    let mut fire = Fire::new(binary, &data, &log, seed).await;
    for round in 1..=ROUNDS {
        if round % THOROUGH_EVERY == 0 {
            fire.thorough_round().await;
        } else {
            fire.round().await;
        }
    }
    let counts = fire.counts();
    println!("{counts}");
    assert!(ROUNDS < u32::try_from(counts.receipts).unwrap(), "hardly anything was reported");
    assert!(0 < counts.attachments, "nothing was attached");
}
