//! The service as a test meets it: real HTTP on a free port, a data directory of its own, a clock
//! the test moves by hand.
//!
//! ```text
//! let running = Running::start().await;
//! let dpo = running.api(Role::Dpo);
//! let cases = dpo.get("/api/v1/cases").await.expect(StatusCode::OK).json();
//! running.hand.set(later);
//! ```

use std::fs;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::TimeDelta;
use domain::duty::{Calendar, Jurisdiction, OrganisationFact, Verdict};
use domain::ids::UnitId;
use domain::{Role, Roles, Time};
use journal::Journal;
use service::settings::{AccessSettings, CaseSettings};
use service::{Anchors, Clock, DutySettings, Hand, MailSettings, Service, Settings};
use strum::IntoEnumIterator;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::http::Client;
use crate::people::{self, People, Person};

/// When every test begins: Monday 2 March 2026, 9 o'clock in Oslo.
pub const BEGINNING: &str = "2026-03-02T08:00:00Z";

/// How long a test waits for what happens beside the requests: far longer than it ever takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A test's changes to the settings, made at every start.
type Change = Box<dyn Fn(&mut Settings) + Send + Sync>;

/// The service, running until it is stopped or dropped.
pub struct Running {
    house: Option<House>,
    /// Moves the clock.
    pub hand: Hand,
    /// Units, and one person for each role.
    pub people: People,
    address: SocketAddr,
    clock: Clock,
    change: Change,
    data: TempDir,
}

/// What is gone after a stop.
struct House {
    service: Service,
    server: JoinHandle<()>,
    stop: oneshot::Sender<()>,
}

impl Running {
    /// Starts with standard settings: reports need a sign-in, decisions are not delegated.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// Starts with settings the test changes, at this start and every later one.
    ///
    /// # Panics
    /// If the service does not start.
    pub async fn start_with(change: impl Fn(&mut Settings) + Send + Sync + 'static) -> Self {
        let data = tempfile::tempdir().expect("a temporary directory can be made");
        Journal::init(&journal::Settings::new(data.path())).expect("an empty directory will do");
        let (clock, hand) = Clock::by_hand(BEGINNING.parse().expect("a time"));
        let change: Change = Box::new(change);
        let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let (house, address) = House::open(any_port, &clock, data.path(), &change).await;
        let people = People::set_up(&house.service).await;
        Self { house: Some(house), hand, people, address, clock, change, data }
    }

    /// Stops as the process would when asked to: requests are answered, files closed.
    ///
    /// # Panics
    /// If it was stopped before.
    pub async fn stop(&mut self) {
        self.house.take().expect("it runs").close().await;
    }

    /// Starts again after a stop, on the same address and data.
    ///
    /// # Panics
    /// If the service does not start.
    pub async fn start_again(&mut self) {
        assert!(self.house.is_none(), "it runs");
        let (house, _) =
            House::open(self.address, &self.clock, self.data.path(), &self.change).await;
        self.house = Some(house);
    }

    /// Stops and starts again, as in the middle of a day's work.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.start_again().await;
    }

    /// Somebody at a browser, not signed in.
    #[must_use]
    pub fn visitor(&self) -> Client {
        Client::new(self.address, None)
    }

    /// The holder of that role at a browser, signed in.
    pub async fn browser(&self, role: Role) -> Client {
        let client = self.visitor();
        client.sign_in(self.people.holder(role)).await;
        client
    }

    /// The holder of that role through a program, with a token.
    #[must_use]
    pub fn api(&self, role: Role) -> Client {
        self.api_of(self.people.holder(role))
    }

    /// Somebody through a program, with a token.
    #[must_use]
    pub fn api_of(&self, person: &Person) -> Client {
        Client::new(self.address, Some(person))
    }

    /// Makes one more person a member.
    pub async fn register(
        &self,
        name: &str,
        sign_in_name: &str,
        unit: UnitId,
        roles: impl Into<Roles>,
    ) -> Person {
        people::register(self.service(), name, sign_in_name, unit, roles).await
    }

    /// The service itself, for what no request shows.
    ///
    /// # Panics
    /// If it is stopped.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.house.as_ref().expect("it runs").service
    }

    /// What everything durable lies in.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        self.data.path()
    }

    /// Where packages for the archive are laid; it is not there until somebody makes it.
    #[must_use]
    pub fn archive_dir(&self) -> PathBuf {
        archive_dir(self.data.path())
    }

    /// What every link in a mail begins with.
    #[must_use]
    pub fn base_url(&self) -> String {
        base_url(self.address)
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Time {
        self.hand.now()
    }

    /// Moves the clock forward, or backward.
    pub fn pass(&self, time: TimeDelta) {
        self.hand.set(self.hand.now() + time);
    }

    /// Every mail that has left so far, as it was written; in no particular order.
    ///
    /// # Panics
    /// If the folder cannot be read.
    #[must_use]
    pub fn mails(&self) -> Vec<String> {
        // The folder is made with the first mail.
        let Ok(entries) = fs::read_dir(mail_dir(self.data.path())) else { return Vec::new() };
        let files = entries.map(|entry| entry.expect("the folder is read").path());
        let mails = files.filter(|file| file.extension().is_some_and(|it| it == "eml"));
        mails.map(|file| fs::read_to_string(file).expect("mails are text")).collect()
    }
}

impl House {
    async fn open(
        address: SocketAddr,
        clock: &Clock,
        data: &Path,
        change: &Change,
    ) -> (Self, SocketAddr) {
        let listener = TcpListener::bind(address).await.expect("the port is free");
        let address = listener.local_addr().expect("it listens");
        let mut settings = settings(data, address);
        change(&mut settings);
        let service = Service::open(settings, clock.clone()).await.expect("the service opens");
        let app = web::App::new(service.clone(), false, true).behind_proxy(true);
        let router = web::router(app);
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        let (stop, stopped) = oneshot::channel();
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            // A test that ends without a stop drops the sender.
            let _ = stopped.await;
        });
        let server = tokio::spawn(async { server.await.expect("serving ends without an error") });
        (Self { service, server, stop }, address)
    }

    async fn close(self) {
        self.stop.send(()).expect("the server runs");
        self.server.await.expect("the server did not panic");
        self.service.close().await;
    }
}

/// The settings of a test's service: those of the standard configuration, on that address.
#[must_use]
pub fn settings(data: &Path, address: SocketAddr) -> Settings {
    Settings {
        files: service::FileLimits::default(),
        data_dir: data.to_owned(),
        master_key_file: None,
        zone: chrono_tz::Europe::Oslo,
        language: "nb".to_owned(),
        report_without_login: false,
        delegated_to_dpo: false,
        access: AccessSettings::default(),
        case: CaseSettings::default(),
        // The clock stands still between the moves of the hand, each of which wakes the watch.
        watch_seconds: 3_600,
        mail: MailSettings::Folder {
            directory: mail_dir(data),
            from: "avvik@example.org".to_owned(),
        },
        digital_post: None,
        base_url: base_url(address),
        session_idle_minutes: 30,
        session_hours_max: 12,
        anchors: Anchors::default(),
        categories_dir: None,
        rules_dir: None,
        logo: None,
        notification: service::NotificationSettings::default(),
        archive: service::ArchiveSettings {
            folder: Some(archive_dir(data)),
            ..service::ArchiveSettings::default()
        },
        duties: duties(),
    }
}

/// The shipped duties, in a Norwegian organisation that is subject to every law.
fn duties() -> DutySettings {
    let zone = chrono_tz::Europe::Oslo;
    DutySettings {
        calendar: Calendar { jurisdiction: Jurisdiction::No, zone },
        organisation: OrganisationFact::iter().map(|fact| (fact, Verdict::Yes)).collect(),
        directory: None,
    }
}

fn archive_dir(data: &Path) -> PathBuf {
    data.join("archive")
}

fn mail_dir(data: &Path) -> PathBuf {
    data.join("mail")
}

fn base_url(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// Waits for what happens beside the requests, such as a mail leaving: asks until there is an
/// answer.
///
/// # Panics
/// If there is none, saying what was waited for.
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut ask: impl FnMut() -> F,
) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let answered = tokio::time::timeout(PATIENCE, asking).await;
    answered.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}
