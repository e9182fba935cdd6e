//! Many at once: some report by the form, some through the API, one handles what has come in, until
//! nobody answers any more.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::Method;
use hyper::header::HeaderName;
use serde_json::json;
use tokio::task::JoinSet;

use super::said::{By, Kind, Receipt, Sent, file, text};
use crate::browser_form::BrowserForm;
use crate::chance::Chance;
use crate::http::{Asked, Client, File};
use crate::people::People;
use crate::steps::{self, Step};

/// Where reports are filed by the form: the category that asks the least.
const FORM: &str = "/report/other";

/// The header with a program's own key.
const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// How many report by the form, and how many through the API.
const BY_FORM: usize = 3;
const BY_API: usize = 2;

/// One in so many is sent twice at once, as by an impatient hand.
const DOUBLED: u64 = 8;

/// What all rounds share.
#[derive(Debug, Default)]
pub struct Shared {
    ticks: AtomicU64,
    numbers: AtomicU64,
    /// Cases that wait for somebody to handle them.
    filed: Mutex<VecDeque<String>>,
}

impl Shared {
    /// A moment later than every one before.
    pub fn tick(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::SeqCst)
    }

    fn next_number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::SeqCst)
    }

    fn filed(&self) -> std::sync::MutexGuard<'_, VecDeque<String>> {
        self.filed.lock().expect("nobody panics while holding it")
    }
}

/// Clients of one service at one address.
#[derive(Debug, Clone)]
pub struct Clients {
    address: SocketAddr,
    people: Arc<People>,
}

impl Clients {
    /// Those people, at that address.
    #[must_use]
    pub fn new(address: SocketAddr, people: Arc<People>) -> Self {
        Self { address, people }
    }

    /// The client of whoever sends.
    #[must_use]
    pub fn client(&self, by: By) -> Client {
        match by {
            By::Visitor => Client::new(self.address, None),
            By::Employee => self.holder(domain::Role::Employee),
            By::Dpo => self.holder(domain::Role::Dpo),
        }
    }

    fn holder(&self, role: domain::Role) -> Client {
        Client::new(self.address, Some(self.people.holder(role)))
    }
}

/// The load on a service, until it is gone or told to stop.
pub struct Load {
    stop: Arc<AtomicBool>,
    tasks: JoinSet<Vec<Sent>>,
}

impl Load {
    /// Begins.
    #[must_use]
    pub fn start(clients: &Clients, shared: &Arc<Shared>, chance: &mut Chance) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let mut tasks = JoinSet::new();
        let mut hand = |by| Hand {
            client: clients.client(by),
            by,
            people: Arc::clone(&clients.people),
            shared: Arc::clone(shared),
            stop: Arc::clone(&stop),
            chance: chance.split(),
            sent: Vec::new(),
        };
        for _ in 0..BY_FORM {
            tasks.spawn(hand(By::Visitor).report_by_form());
        }
        for _ in 0..BY_API {
            tasks.spawn(hand(By::Employee).report_by_api());
        }
        tasks.spawn(hand(By::Dpo).handle());
        Self { stop, tasks }
    }

    /// Lets everybody finish what they are at.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    /// Everything that was sent, once everybody has stopped.
    pub async fn join(self) -> Vec<Sent> {
        self.tasks.join_all().await.into_iter().flatten().collect()
    }
}

/// One connection's end: somebody who sends one thing after another.
struct Hand {
    client: Client,
    by: By,
    people: Arc<People>,
    shared: Arc<Shared>,
    stop: Arc<AtomicBool>,
    chance: Chance,
    sent: Vec<Sent>,
}

impl Hand {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    async fn report_by_form(mut self) -> Vec<Sent> {
        let unit = self.people.units[1].to_string();
        while !self.is_stopped() {
            let Ok(page) = self.client.try_send(Asked::new(Method::GET, FORM)).await else { break };
            let number = self.shared.next_number();
            let said = text(number);
            let form = BrowserForm::on(&page, FORM).fill(&[
                ("what_happened", &said),
                ("unit", &unit),
                ("discovered_at", ""),
                ("occurred", "unknown"),
                ("personal_data", "unsure"),
                ("openness", "named"),
                ("name", "Vikar Vilde"),
            ]);
            let files = file(number).map(|bytes| File::new("vedlegg.txt", "text/plain", bytes));
            let asked = form.asked_with(files.as_slice());
            let Some(()) = self.say(Kind::Form, number, None, asked).await else { break };
        }
        self.sent
    }

    async fn report_by_api(mut self) -> Vec<Sent> {
        let unit = self.people.units[1];
        while !self.is_stopped() {
            let number = self.shared.next_number();
            let files: Vec<_> = file(number)
                .iter()
                .map(|bytes| json!({ "name": "vedlegg.txt", "content": STANDARD.encode(bytes) }))
                .collect();
            let report = json!({
                "category": "other", "unit": unit, "what_happened": text(number),
                "attachments": files,
            });
            let asked = self.keyed("/api/v1/reports").with_json(&report);
            let Some(()) = self.say(Kind::Api, number, None, asked).await else { break };
        }
        self.sent
    }

    /// Takes cases in and works on them, the oldest first.
    async fn handle(mut self) -> Vec<Sent> {
        while !self.is_stopped() {
            let filed = self.shared.filed().pop_front();
            let Some(case) = filed else {
                // Nothing has come in yet, or nobody answers the reporters any more.
                let alive = Asked::new(Method::GET, "/healthz");
                let Ok(_) = self.client.try_send(alive).await else { break };
                continue;
            };
            if self.work_on(&case).await.is_none() {
                break;
            }
        }
        self.sent
    }

    async fn work_on(&mut self, case: &str) -> Option<()> {
        let people = Arc::clone(&self.people);
        let owner = people.holder(domain::Role::Leader);
        self.step(Kind::Receive, case, |_| steps::receive(&people)).await?;
        self.step(Kind::Step, case, |said| steps::assess(said, "document_only")).await?;
        let propose = |said: &str| steps::propose_measure("immediate", said, owner);
        self.step(Kind::Step, case, propose).await
    }

    async fn step(&mut self, kind: Kind, case: &str, step: impl Fn(&str) -> Step) -> Option<()> {
        let number = self.shared.next_number();
        let step = step(&text(number));
        let path = format!("/api/v1/cases/{case}/{}", step.tail);
        let asked = self.keyed(&path).with_json(&step.body);
        self.say(kind, number, Some(case.to_owned()), asked).await
    }

    fn keyed(&mut self, path: &str) -> Asked {
        Asked::new(Method::POST, path).with(KEY, &self.chance.id().to_string())
    }

    /// Sends it, once or twice at once, and notes what came back; nothing if nobody answered.
    async fn say(
        &mut self,
        kind: Kind,
        number: u64,
        case: Option<String>,
        asked: Asked,
    ) -> Option<()> {
        let sent = self.shared.tick();
        let first = self.client.try_send(asked.clone());
        let answers = if self.chance.once_in(DOUBLED) {
            let second = self.client.try_send(asked.clone());
            <[_; 2]>::from(tokio::join!(first, second)).into()
        } else {
            vec![first.await]
        };
        let mut receipts = answers.iter().flatten().map(|answer| kind.receipt(answer));
        let receipt = receipts.next();
        if let (Some(one), Some(other)) = (&receipt, receipts.next()) {
            assert_eq!(*one, other, "the same thing sent twice was answered in two ways");
        }
        if let Some(Receipt::Filed(filed)) = &receipt {
            self.shared.filed().push_back(filed.number.clone());
        }
        let answered = receipt.is_some().then_some(());
        let receipt = receipt.map(|receipt| (self.shared.tick(), receipt));
        let by = self.by;
        self.sent.push(Sent { kind, number, case, by, asked, sent, receipt });
        answered
    }
}
