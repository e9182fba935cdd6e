//! The real binary under fire: many connections report and handle cases, the process dies at a
//! random moment, and what it had answered is held against what is there afterwards, round after
//! round on one data directory.
//!
//! `make crash` runs it for a thousand rounds, `tests/it/crash.rs` for fifty.

pub mod counts;
pub mod ledger;
pub mod load;
pub mod power;
pub mod said;
mod views;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hyper::Method;
use journal::Journal;
use serde_json::Value;
use service::{Clock, Service};

use self::counts::Counts;
use self::ledger::Ledger;
use self::load::{Clients, Load, Shared};
use self::power::Disk;
use self::said::{By, Receipt, Sent, number_of};
use crate::binary::{Binary, Process};
use crate::chance::Chance;
use crate::disk;
use crate::http::Asked;
use crate::people::People;
use crate::running;

/// How long a service is left under fire before it dies, at most.
const FIRE_MILLISECONDS_MAX: u64 = 400;

/// In one round of so many the service dies once more while it opens, and how long it has for
/// opening at most.
const OPENING_EVERY: u64 = 4;
const OPENING_MILLISECONDS_MAX: u64 = 120;

/// How many of a round's last receipts are asked for again.
const REPEATED: usize = 3;

/// How many entries of the register one request shows.
const PART: usize = 200;

/// A data directory, who works in it, and everything that was ever said to it.
pub struct Fire {
    binary: Binary,
    data: PathBuf,
    log: PathBuf,
    people: Arc<People>,
    shared: Arc<Shared>,
    ledger: Ledger,
    chance: Chance,
    counts: Counts,
    /// Sent in the last round and not yet held against what is there.
    unchecked: Vec<Sent>,
}

/// A service that answers, and who asks it.
struct Alive {
    process: Process,
    clients: Clients,
}

impl Fire {
    /// Sets a data directory up with units, people and tokens; nothing is said yet. What the
    /// service logs goes into `log`.
    pub async fn new(binary: Binary, data: &Path, log: &Path, seed: u64) -> Self {
        Journal::init(&journal::Settings::new(data)).expect("an empty directory will do");
        let nowhere = ([127, 0, 0, 1], 0).into();
        let service = Service::open(running::settings(data, nowhere), Clock::system()).await;
        let service = service.expect("the service opens");
        let people = Arc::new(People::set_up(&service).await);
        service.close().await;
        Self {
            binary: binary.with("AVVIK_REPORT_WITHOUT_LOGIN", "true"),
            data: data.to_owned(),
            log: log.to_owned(),
            people,
            shared: Arc::default(),
            ledger: Ledger::default(),
            chance: Chance::new(seed),
            counts: Counts::default(),
            unchecked: Vec::new(),
        }
    }

    /// One round: start, hold what was said last time against what is there, fire, SIGKILL.
    pub async fn round(&mut self) {
        if self.chance.once_in(OPENING_EVERY) {
            self.die_while_opening();
        }
        let alive = self.start_and_check().await;
        let load = self.open_fire(&alive).await;
        alive.process.kill();
        self.cease(load).await;
    }

    /// A round in which the fire ends before the death, so that every view as it was kept is
    /// compared with itself as it is rebuilt; and after which the whole log is looked at.
    pub async fn thorough_round(&mut self) {
        let alive = self.start_and_check().await;
        let load = self.open_fire(&alive).await;
        load.stop();
        self.cease(load).await;
        let kept = views::read(&alive.clients).await;
        alive.process.kill();
        let alive = self.start();
        let rebuilt = views::read(&alive.clients).await;
        views::hold_equal(&kept, &rebuilt);
        self.check(&alive.clients).await;
        alive.process.kill();
        self.counts.views_compared += 1;
        self.hold_whole();
    }

    /// One round that ends in a power cut: the service is stopped in the midst, and the disk goes
    /// on with what has reached it by then.
    pub async fn power_round(&mut self, disk: &mut Disk) {
        let alive = self.start_and_check().await;
        let load = self.open_fire(&alive).await;
        alive.process.freeze();
        disk.cut_power();
        alive.process.kill();
        self.cease(load).await;
        disk.power_up();
    }

    /// Starts once more, checks what the last round left, and looks at the whole log.
    pub async fn finish(&mut self) {
        let alive = self.start_and_check().await;
        alive.process.kill();
        self.look_at_log();
        self.hold_whole();
    }

    /// Who works in the data directory.
    #[must_use]
    pub fn people(&self) -> Arc<People> {
        Arc::clone(&self.people)
    }

    /// What came of it so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let (receipts, there_without, gone_without) = self.ledger.count();
        let steps = self.ledger.steps_answered();
        Counts { receipts, there_without, gone_without, steps, ..self.counts.clone() }
    }

    fn start(&self) -> Alive {
        let mut process = self.binary.start(&self.data, &self.log);
        let address =
            process.address().unwrap_or_else(|ended| panic!("it did not start: {ended:?}"));
        Alive { process, clients: Clients::new(address, Arc::clone(&self.people)) }
    }

    fn die_while_opening(&mut self) {
        let process = self.binary.start(&self.data, &self.log);
        let moment = self.chance.below(OPENING_MILLISECONDS_MAX * 1_000);
        std::thread::sleep(Duration::from_micros(moment));
        process.kill();
        self.counts.killed_while_opening += 1;
    }

    async fn start_and_check(&mut self) -> Alive {
        let alive = self.start();
        self.check(&alive.clients).await;
        alive
    }

    /// Sets the load on the service for a random while; it goes on.
    async fn open_fire(&mut self, alive: &Alive) -> Load {
        let load = Load::start(&alive.clients, &self.shared, &mut self.chance);
        let moment = Duration::from_micros(self.chance.below(FIRE_MILLISECONDS_MAX * 1_000));
        tokio::time::sleep(moment).await;
        load
    }

    async fn cease(&mut self, load: Load) {
        self.unchecked = load.join().await;
        for sent in &self.unchecked {
            self.ledger.take_in(sent);
        }
        self.counts.rounds += 1;
        self.look_at_log();
    }

    fn look_at_log(&mut self) {
        let logged = fs::read_to_string(&self.log).expect("it logs in UTF-8");
        assert!(!logged.contains("panicked"), "the service panicked: {logged}");
        self.counts.rehearsed += logged.matches("tried on a copy").count();
        // What it said is worth reading only where something went wrong.
        fs::write(&self.log, "").expect("the log is ours");
    }

    /// Holds what was said last against what the restarted service shows, and says some of it
    /// again: what has its receipt gets the same one, what has none gets it now.
    async fn check(&mut self, clients: &Clients) {
        let sent = std::mem::take(&mut self.unchecked);
        self.read_register(clients).await;
        let reports = || sent.iter().filter(|sent| sent.kind.is_report()).map(|sent| sent.number);
        self.ledger.settle(reports());
        for sent in self.worth_repeating(&sent) {
            let answer = clients.client(sent.by).send(sent.asked.clone()).await;
            let receipt = sent.kind.receipt(&answer);
            if let Some((_, first)) = &sent.receipt {
                assert_eq!(receipt, *first, "said again, it is answered in another way: {sent:?}");
            }
            self.ledger.repeated(sent.number, self.shared.tick(), &receipt);
            self.counts.repeated += 1;
        }
        self.read_register(clients).await;
        self.ledger.settle(reports());
        self.come_back(clients, &sent).await;
    }

    /// The last few with a receipt, half of those reports without one, and every step without one.
    fn worth_repeating<'a>(&mut self, sent: &'a [Sent]) -> Vec<&'a Sent> {
        let answered = sent.iter().rev().filter(|sent| sent.receipt.is_some()).take(REPEATED);
        let mut repeated: Vec<_> = answered.collect();
        for sent in sent.iter().filter(|sent| sent.receipt.is_none()) {
            if !sent.kind.is_report() || self.chance.once_in(2) {
                repeated.push(sent);
            }
        }
        repeated
    }

    /// Notes every report in the register that was not there before.
    async fn read_register(&mut self, clients: &Clients) {
        loop {
            let path = format!("/api/v1/register?offset={}&limit={PART}", self.ledger.shown());
            let part = clients.client(By::Dpo).send(Asked::new(Method::GET, &path)).await.json();
            let entries = part["items"].as_array().expect("a list");
            for entry in entries {
                let told = |field: &str| entry[field].as_str().expect("a text");
                let number = number_of(told("what_happened")).expect("every report is ours");
                self.ledger.show(number, told("case"));
            }
            if entries.is_empty() {
                return;
            }
        }
    }

    /// A reporter comes back with the code of their receipt.
    async fn come_back(&self, clients: &Clients, sent: &[Sent]) {
        let receipts = sent.iter().filter_map(|sent| sent.receipt.as_ref());
        let mut filed = receipts.filter_map(|(_, receipt)| match receipt {
            Receipt::Filed(filed) => Some(filed),
            Receipt::Done(_) => None,
        });
        if let Some(filed) = filed.next_back() {
            let code = [("code", filed.code.as_str())];
            let page = clients.client(By::Visitor).fill_in("/follow-up", "/follow-up", &code).await;
            assert!(page.text.contains(&filed.number), "the code opens nothing: {}", page.text);
        }
    }

    /// Runs `avvik verify`, and holds every event of the log against everything said.
    fn hold_whole(&mut self) {
        let output = self.binary.run("verify", &self.data, &["--json"]);
        let found: Value = serde_json::from_slice(&output.stdout).expect("findings in JSON");
        assert!(found["intact"] == true, "{found}");
        let events = disk::events(&self.data);
        self.ledger.hold_against(&events);
        self.counts.note_whole(&events, &found, &self.data);
    }
}
