//! The disk is full: what has its receipt stays, what has none is told so and given back, and once
//! there is room a restart is all it takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use tests::browser_form::BrowserForm;
use tests::chance::Chance;
use tests::crash::Fire;
use tests::crash::said::{By, number_of, text};
use tests::http::Answer;
use tests::mount::{Mounted, skip};
use tests::people::People;
use tests::story::Filed;

use super::*;

/// Room for the store and some hundred reports.
const ROOM_BYTES: u64 = 64 * 1024 * 1024;

/// How much room is left when the reports come, each a try of its own.
const LEFT_BYTES: [u64; 4] = [0, 20_000, 300_000, 1_500_000];

/// What makes a text a long one.
const LONG_BYTES: usize = 8_000;

/// Where a report is filed by the form.
const FORM: &str = "/report/other";

/// Before that many reports are taken in, the room is used up.
const REPORTS_MAX: u64 = 3_000;

/// A house on a small disk.
struct Cramped {
    mounted: Mounted,
    data: PathBuf,
    logs: TempDir,
    people: Arc<People>,
    chance: Chance,
    /// Every report with a receipt, by the number of its text.
    receipts: Vec<(u64, Filed)>,
    next: u64,
}

impl Cramped {
    fn ballast(&self) -> PathBuf {
        self.mounted.path().join("ballast")
    }

    fn log(&self) -> PathBuf {
        self.logs.path().join("log")
    }

    /// Fills the disk up but for so many bytes.
    fn fill(&self, left: u64) {
        let told = tests::mount::run(
            "df",
            &["--output=avail", "-B1", self.mounted.path().to_str().unwrap()],
        );
        let available: u64 = told.unwrap().lines().nth(1).unwrap().trim().parse().unwrap();
        let bytes = usize::try_from(available.saturating_sub(left)).unwrap();
        fs::write(self.ballast(), vec![1; bytes]).unwrap();
    }

    fn start(&self) -> (Process, Clients) {
        let mut process = start(&self.data, &self.log());
        let address = process.address().unwrap_or_else(|ended| panic!("{ended:?}"));
        (process, Clients::new(address, Arc::clone(&self.people)))
    }

    /// The next number with a long text.
    fn next(&mut self) -> u64 {
        self.next += 1;
        while text(self.next).len() < LONG_BYTES {
            self.next += 1;
        }
        self.next
    }

    fn asked(&mut self) -> (u64, Asked) {
        let number = self.next();
        let report = json!({
            "category": "other",
            "unit": self.people.units[1],
            "what_happened": text(number),
        });
        let key = hyper::header::HeaderName::from_static("idempotency-key");
        let asked = Asked::new(Method::POST, "/api/v1/reports");
        (number, asked.with(key, &self.chance.id().to_string()).with_json(&report))
    }

    /// Reports until one is not taken in; hands that one back.
    async fn report_until_full(&mut self, clients: &Clients) -> (u64, Asked, Answer) {
        for _ in 0..REPORTS_MAX {
            let (number, asked) = self.asked();
            let answer = clients.client(By::Employee).send(asked.clone()).await;
            if answer.status != StatusCode::CREATED {
                return (number, asked, answer);
            }
            self.receipts.push((number, Filed::from_json(&answer.json())));
        }
        panic!("the disk is never full");
    }

    /// Everything with a receipt is there, once; everything there is whole.
    async fn hold(&self, clients: &Clients) {
        let mut there = BTreeMap::<u64, u32>::new();
        for text in texts(clients).await {
            *there.entry(number_of(&text).expect("whole, and ours")).or_default() += 1;
        }
        for (number, filed) in &self.receipts {
            assert_eq!(there.get(number), Some(&1), "report {number}, {filed:?}");
        }
    }
}

/// The whole data directory lies on the small disk: keys find no room first, since sled takes room
/// for its log by segments.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing_that_was_answered_and_gives_the_rest_back() {
    let at = tempfile::tempdir().unwrap();
    let told = run_in(&at, at.path(), &at.path().join("data")).await;
    assert!(told.is_empty() || told.contains("no key could be made"), "{told}");
}

/// The store alone does: the log's next segment finds no room, in the midst of an append.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_finds_no_room_in_the_midst_of_an_append_loses_nothing_either() {
    let at = tempfile::tempdir().unwrap();
    let store = at.path().join("data/store");
    fs::create_dir_all(&store).unwrap();
    let told = run_in(&at, &store, &at.path().join("data")).await;
    assert!(told.is_empty() || told.contains("records did not reach the disk"), "{told}");
}

/// Fills a small disk at `mount_point` up again and again. What the service logged; nothing where
/// that cannot be tried.
async fn run_in(at: &TempDir, mount_point: &Path, data: &Path) -> String {
    let mounted = match Mounted::in_memory(mount_point, ROOM_BYTES) {
        Ok(mounted) => mounted,
        Err(why) => {
            skip("a full disk", &why);
            return String::new();
        }
    };
    let logs = tempfile::tempdir_in(at.path().parent().unwrap()).unwrap();
    let people = Fire::new(binary(), data, &logs.path().join("log"), 1).await.people();
    let (chance, receipts, data) = (Chance::new(1), Vec::new(), data.to_owned());
    let mut house = Cramped { mounted, data, logs, people, chance, receipts, next: 0 };
    let mut told = String::new();
    for left in LEFT_BYTES {
        told.push_str(&run_full(&mut house, left).await);
    }
    assert!(5 < house.receipts.len());
    told
}

/// One try, from a disk that fills up to one that has room again; what the service logged.
async fn run_full(house: &mut Cramped, left: u64) -> String {
    let (process, clients) = house.start();
    // Before it gets tight, so that the page need not be asked for.
    let visitor = clients.client(By::Visitor);
    let unit = house.people.units[1].to_string();
    let form = BrowserForm::open(&visitor, FORM, FORM).await;
    let number = house.next();
    let said = text(number);
    let form = form.fill(&[
        ("what_happened", &said),
        ("unit", &unit),
        ("occurred", "unknown"),
        ("personal_data", "unsure"),
    ]);
    house.fill(left);
    let (refused, asked, answer) = house.report_until_full(&clients).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert_eq!(answer.json()["type"], "/api/problems/not_recorded");
    let page = form.send(&visitor).await.expect(StatusCode::SERVICE_UNAVAILABLE);
    let given_back = BrowserForm::on(&page, FORM);
    assert_eq!(given_back.typed(), form.typed());
    // No look without its line in the access log, for which there may be room still.
    let register = Asked::new(Method::GET, "/api/v1/register");
    let looked = clients.client(By::Dpo).send(register).await;
    let ready = visitor.get("/readyz").await;
    for answer in [looked, ready] {
        let status = answer.status;
        assert!(matches!(status, StatusCode::OK | StatusCode::SERVICE_UNAVAILABLE), "{answer:?}");
    }
    let verified = binary().run("verify", &house.data, &[]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
    let told = process.logged();
    assert!(told.contains("No space left on device"), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    process.kill();

    // As long as it is full, the service starts or says why not.
    let mut process = start(&house.data, &house.log());
    if let Err(ended) = process.address() {
        assert_eq!(ended.code, Some(1));
        let last = ended.told.lines().last().unwrap_or_default().to_owned();
        assert!(last.contains("No space left on device"), "{last}");
        assert!(last.contains("look at the disk"), "{last}");
        assert!(!ended.told.contains("panicked"), "{}", ended.told);
    }
    process.kill();

    fs::remove_file(house.ballast()).unwrap();
    let (process, clients) = house.start();
    house.hold(&clients).await;
    let answer = clients.client(By::Employee).send(asked).await.expect(StatusCode::CREATED);
    house.receipts.push((refused, Filed::from_json(&answer.json())));
    let receipt = given_back.send(&clients.client(By::Visitor)).await;
    house.receipts.push((number, Filed::from_receipt(&receipt)));
    house.hold(&clients).await;
    process.kill();
    let verified = binary().run("verify", &house.data, &[]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
    told
}
