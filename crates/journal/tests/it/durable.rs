//! The flush goes through to the disk.

use std::process::Command;

use crate::support::{Bench, case, tell};

/// The journal makes sled's flush a real one by defining a C symbol. Should the linker leave it
/// out, opening refuses; this shows that it is there, also in a binary that merely uses the crate.
#[test]
fn this_binary_has_the_journals_own_sync_file_range() {
    let own = std::env::current_exe().unwrap();
    let symbols = Command::new("nm").arg("--defined-only").arg(&own).output().unwrap();
    let symbols = String::from_utf8(symbols.stdout).unwrap();
    let is_it = |line: &&str| line.ends_with(" T sync_file_range");
    assert!(symbols.lines().any(|line| is_it(&line)), "nm does not show it in {}", own.display());
}

/// How much this process has written so far, as the kernel counts it.
#[tokio::test]
async fn every_append_is_on_disk_when_it_is_acknowledged() {
    let bench = Bench::new();
    let journal = bench.open();
    for number in 0..20 {
        tell(&journal, case(number), "x").await.unwrap();
        let head = std::fs::read_to_string(bench.path().join("head")).unwrap();
        let expected = format!("events {:020} ", number + 1);
        assert!(head.starts_with(&expected), "the head file follows the flush: {head}");
    }
}
