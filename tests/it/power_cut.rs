//! The power fails while the real binary is under load: nothing it had answered is lost. A hundred
//! rounds of the same are part of `make crash`.

use tests::binary::Binary;
use tests::chance::Chance;
use tests::crash::Fire;
use tests::crash::power::Disk;
use tests::mount::skip;

const ROUNDS: u32 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_at_any_moment_loses_nothing_that_was_answered() {
    let mut disk = match Disk::new() {
        Ok(disk) => disk,
        Err(why) => return skip("power cuts", &why),
    };
    let logs = tempfile::tempdir().unwrap();
    let seed = Chance::any_seed();
    println!("seed {seed}");
    let binary = Binary::new(env!("CARGO_BIN_EXE_avvik-tested"));
    let mut fire = Fire::new(binary, &disk.data(), &logs.path().join("log"), seed).await;
    for _ in 0..ROUNDS {
        fire.power_round(&mut disk).await;
    }
    fire.finish().await;
    let counts = fire.counts();
    println!("{counts}");
    assert!(ROUNDS < u32::try_from(counts.receipts).unwrap(), "hardly anything was reported");
    assert!(0 < counts.attachments, "nothing was attached");
}
