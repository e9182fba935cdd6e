//! Pages read by many while reports come in, and how many reports are taken in at most.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::Role;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE};
use hyper::{Request, StatusCode};
use serde_json::json;
use service::secrets::random_id;
use tests::Client;
use tests::people::{People, Person};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use super::fill::YEAR;
use super::http_load::{Askers, Connection, load};
use crate::Outcome;

/// How many read at once, and how many report at once in the end.
const READERS: u32 = 32;
const REPORTERS: u32 = 64;
/// How long somebody at their desk looks at a page; still ten times less than people do.
const LOOK: Duration = Duration::from_millis(250);
/// How many reports a second come in while others read, and over how many connections.
const REPORTS_A_SECOND: u32 = 100;
const REPORT_CONNECTIONS: u32 = 4;
/// How long each is measured.
const LASTING: Duration = Duration::from_secs(5);

pub(super) async fn measure(address: SocketAddr, people: &People, cases: u32) -> Outcome<()> {
    let officer = people.holder(Role::Dpo);
    let cookie = signed_in(address, officer).await;
    println!(
        "Pages at {READERS} connections while {REPORTS_A_SECOND} reports a second come in, the \
         readers on the same processors:"
    );
    let mut reporting = steady_reports(address, people.holder(Role::Employee));
    let longest = format!("/cases/{YEAR}/1");
    let last_page = format!("/inbox?phase=any&page={}", cases.div_ceil(50));
    let askers = Askers {
        address,
        connections: READERS,
        pause: Some(LOOK),
        lasting: LASTING,
        expected: StatusCode::OK,
    };
    let just_started = "/inbox, each four times a second, while texts are taken in to be found";
    let inbox = cookie.clone();
    load(just_started, askers, move || page("/inbox", &inbox)).await?;
    everything_found(address, officer).await?;
    for path in ["/inbox", "/inbox?phase=any", &last_page, &longest] {
        let (cookie, own) = (cookie.clone(), path.to_owned());
        let request = move || page(&own, &cookie);
        let paced = format!("{path}, each four times a second");
        load(&paced, askers, request.clone()).await?;
        let at_once = format!("{path}, each again at once");
        load(&at_once, Askers { pause: None, ..askers }, request).await?;
    }
    reporting.abort_all();
    while let Some(ended) = reporting.join_next().await {
        if let Ok(Err(error)) = ended {
            return Err(error);
        }
    }
    // Nothing is kept of it, so each is read out of the whole log.
    let then = format!("/register?as_of={}-01-01", YEAR + 1);
    let (known_then, cookie) = (then.clone(), cookie.clone());
    let alone = Askers { connections: 1, pause: None, ..askers };
    load(&then, alone, move || page(&known_then, &cookie)).await?;
    println!("Reports through the API at {REPORTERS} connections:");
    let employee = people.holder(Role::Employee).clone();
    let request = move || report(&employee);
    let expected = StatusCode::CREATED;
    let askers = Askers { connections: REPORTERS, pause: None, expected, ..askers };
    load("accepted", askers, request).await
}

/// Waits until every text is found, which the service is not done with when it is ready.
async fn everything_found(address: SocketAddr, officer: &Person) -> Outcome<()> {
    let began = Instant::now();
    let client = Client::new(address, Some(officer));
    let search = json!({ "words": "kråkenes", "filter": { "limit": 1 } });
    loop {
        let found = client.post("/api/v1/cases/search", &search).await.expect(StatusCode::OK);
        if found.json()["incomplete"] != true {
            break;
        }
    }
    println!("  every text is found {} s after that", began.elapsed().as_secs());
    Ok(())
}

async fn signed_in(address: SocketAddr, person: &Person) -> String {
    let client = Client::new(address, None);
    client.sign_in(person).await;
    let cookies = client.cookies();
    cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

/// Reports at an even pace, until the tasks are aborted.
fn steady_reports(address: SocketAddr, person: &Person) -> JoinSet<Outcome<()>> {
    let mut tasks = JoinSet::new();
    for _ in 0..REPORT_CONNECTIONS {
        let person = person.clone();
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut pace = interval(Duration::from_secs(1) * REPORT_CONNECTIONS / REPORTS_A_SECOND);
            pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
            loop {
                pace.tick().await;
                connection.ask(report(&person), StatusCode::CREATED).await?;
            }
        });
    }
    tasks
}

fn page(path: &str, cookie: &str) -> Request<Full<Bytes>> {
    let request = Request::get(path).header(COOKIE, cookie);
    request.body(Full::default()).expect("a request without a body")
}

fn report(person: &Person) -> Request<Full<Bytes>> {
    let body = json!({
        "category": "other",
        "unit": person.unit,
        "what_happened": "Vakttelefonen ble glemt på bussen til Kråkenes, uten lås. ".repeat(6),
        "personal_data": "yes",
        "breach": ["confidentiality"],
    });
    Request::post("/api/v1/reports")
        .header(AUTHORIZATION, format!("Bearer {}", person.token))
        .header(CONTENT_TYPE, "application/json")
        .header("idempotency-key", random_id().to_string())
        .body(Full::from(body.to_string()))
        .expect("a request with a body")
}
