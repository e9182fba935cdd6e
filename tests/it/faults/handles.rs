//! No file handles are left: too few to start with, or all taken by connections.

use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use tests::crash::Fire;
use tests::crash::said::By;
use tests::mount::{self, skip};
use tests::running::eventually;
use tests::story::Filed;

use super::*;

/// Fewer than the service needs, up to as many as it needs to answer at least.
const FEW: [u32; 11] = [5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 26];

/// Enough to run, and soon taken.
const ENOUGH: u32 = 64;

fn limited(handles: u32) -> Binary {
    binary().within(&["prlimit", &format!("--nofile={handles}:{handles}")])
}

fn have_prlimit() -> bool {
    match mount::run("prlimit", &["--nofile=64:64", "true"]) {
        Ok(_) => true,
        Err(why) => {
            skip("no file handles left", &why);
            false
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_too_few_handles_it_says_so_and_touches_nothing() {
    if !have_prlimit() {
        return;
    }
    let scene = Scene::set().await;
    let copy = scene.copy();
    let mut refused = 0;
    for handles in FEW {
        let mut process = limited(handles).start(&copy.data, &copy.log());
        if let Err(ended) = process.address() {
            refused += 1;
            assert!(matches!(ended.code, Some(1 | 2 | 127)), "{handles}: {ended:?}");
            let last = ended.told.lines().last().unwrap_or_default();
            // Where not even the C library can be loaded, the loader has no words for it.
            let is_said = ["Too many open files", "Error 24"].iter().any(|it| last.contains(it));
            assert!(is_said, "{handles}: {last}");
        }
        assert!(!process.logged().contains("panicked"), "{handles}: {}", process.logged());
        process.kill();
    }
    assert!(0 < refused, "that many are enough");
    assert!(start(&copy.data, &copy.log()).address().is_ok());
    assert!(disk::events(&copy.data).starts_with(&scene.whole));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_connections_take_every_handle_nothing_answered_is_lost_and_it_goes_on_after() {
    if !have_prlimit() {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let (data, log) = (directory.path().join("data"), directory.path().join("log"));
    let people = Fire::new(binary(), &data, &log, 1).await.people();
    let mut process = limited(ENOUGH).start(&data, &log);
    let address = process.address().unwrap();
    let clients = Clients::new(address, Arc::clone(&people));
    let report = |number: u64| {
        let (clients, unit) = (clients.clone(), people.units[1]);
        async move {
            let text = tests::crash::said::text(number);
            let report = json!({ "category": "other", "unit": unit, "what_happened": text });
            let asked = Asked::new(Method::POST, "/api/v1/reports").with_json(&report);
            let client = clients.client(By::Employee);
            let sent = client.try_send(asked);
            // Nobody answers while every handle is taken.
            let answer = tokio::time::timeout(Duration::from_secs(2), sent).await.ok()?.ok()?;
            (answer.status == StatusCode::CREATED).then(|| Filed::from_json(&answer.json()))
        }
    };
    let mut receipts = vec![report(0).await.expect("there are handles enough")];
    let idle: Vec<_> = (0..2 * ENOUGH).filter_map(|_| TcpStream::connect(address).ok()).collect();
    receipts.extend(report(1).await);
    drop(idle);
    // What was tried in vain may come through late; each is a report of its own.
    let more = eventually("an answer once handles are free", async || report(2).await).await;
    receipts.push(more);
    assert!(!process.logged().contains("panicked"), "{}", process.logged());
    process.kill();
    let mut process = start(&data, &log);
    let clients = Clients::new(process.address().unwrap(), people);
    let there = texts(&clients).await;
    assert!(receipts.len() <= there.len(), "{receipts:?}");
    for text in there {
        assert!(tests::crash::said::number_of(&text).is_some());
    }
    process.kill();
}
