//! Many connections that ask one thing after another, each waiting for its answer.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::HOST;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::interval_at;

use crate::Outcome;
use crate::figures::{milliseconds, percentile, rate};

/// A connection that is kept.
pub(super) struct Connection {
    address: SocketAddr,
    sender: SendRequest<Full<Bytes>>,
}

impl Connection {
    pub(super) async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends with the sender; what goes wrong shows in the answer.
        tokio::spawn(connection);
        Ok(Self { address, sender })
    }

    /// Sends a request, reads the whole answer, and holds it against the status that is expected.
    pub(super) async fn ask(
        &mut self,
        mut request: Request<Full<Bytes>>,
        expected: StatusCode,
    ) -> Outcome<()> {
        request.headers_mut().insert(HOST, self.address.to_string().parse()?);
        let path = request.uri().path().to_owned();
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if status == expected {
            Ok(())
        } else {
            Err(format!("{path}: {status}: {}", String::from_utf8_lossy(&body)).into())
        }
    }
}

/// Who asks, and how often.
#[derive(Debug, Clone, Copy)]
pub(super) struct Askers {
    pub(super) address: SocketAddr,
    pub(super) connections: u32,
    /// How long after its last question each asks the next; none asks as soon as it is answered.
    pub(super) pause: Option<Duration>,
    pub(super) lasting: Duration,
    /// With which status they are answered.
    pub(super) expected: StatusCode,
}

/// Lets them ask for a while, and says how many answers came and how long they took.
pub(super) async fn load(
    what: &str,
    askers: Askers,
    request: impl Fn() -> Request<Full<Bytes>> + Clone + Send + 'static,
) -> Outcome<()> {
    let Askers { address, connections, pause, lasting, expected } = askers;
    let until = Instant::now() + lasting;
    let mut tasks = JoinSet::new();
    for number in 0..connections {
        let request = request.clone();
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut latencies = Vec::new();
            let first = pause.unwrap_or_default() * number / connections;
            let mut pace =
                pause.map(|pause| interval_at(tokio::time::Instant::now() + first, pause));
            while Instant::now() < until {
                if let Some(pace) = &mut pace {
                    pace.tick().await;
                }
                let began = Instant::now();
                connection.ask(request(), expected).await?;
                latencies.push(began.elapsed());
            }
            Outcome::Ok(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(task) = tasks.join_next().await {
        latencies.extend(task??);
    }
    latencies.sort_unstable();
    println!(
        "  {what}: {} a second, p50 {}, p99 {}",
        rate(latencies.len(), lasting),
        milliseconds(percentile(&latencies, 0.5)),
        milliseconds(percentile(&latencies, 0.99)),
    );
    Ok(())
}
