//! The binary as a whole: its size, from start to the first page, and what it takes at rest.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::figures::milliseconds;

/// How long a start may take before it counts as failed.
const START_PATIENCE: Duration = Duration::from_mins(1);

/// How long it is left alone before its memory is read.
const REST: Duration = Duration::from_secs(2);

pub(crate) fn measure() -> Outcome<()> {
    let binary = beside_this_program()?;
    let bytes = std::fs::metadata(&binary)?.len();
    println!("The binary: {} kB", bytes / 1_000);
    let directory = tempfile::tempdir()?;
    start(&binary, directory.path(), "first start, which sets up the demo organisation")?;
    start(&binary, directory.path(), "second start")?;
    assess(&binary, directory.path())
}

/// How often facts are assessed, each time by a process of its own.
const ASSESSMENTS: usize = 21;

/// A file of facts as a data protection officer has them at hand.
const FACTS: &str = r#"{"personal_data":true,"breach":["confidentiality"],"data":["health"],
    "people":"up_to_ten","protection":"unknown","recipient":"unidentified"}"#;

/// From the start of the process to its end, with the whole answer read.
fn assess(binary: &Path, directory: &Path) -> Outcome<()> {
    let facts = directory.join("facts.json");
    std::fs::write(&facts, FACTS)?;
    let mut took = Vec::new();
    for _ in 0..ASSESSMENTS {
        let began = Instant::now();
        let ended = Command::new(binary).arg("assess").arg(&facts).arg("--json").output()?;
        took.push(began.elapsed());
        if !ended.status.success() {
            return Err("the facts were not assessed".into());
        }
    }
    let first = took[0];
    took.sort();
    let (median, slowest) = (took[ASSESSMENTS / 2], took[ASSESSMENTS - 1]);
    println!("avvik assess of a file of facts, a process each, {ASSESSMENTS} times:");
    println!(
        "  first {}, median {}, slowest {}",
        milliseconds(first),
        milliseconds(median),
        milliseconds(slowest)
    );
    Ok(())
}

fn start(binary: &Path, data: &Path, what: &str) -> Outcome<()> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let began = Instant::now();
    let mut service = Service(
        Command::new(binary)
            .args(["serve", "--demo", "--data-dir"])
            .arg(data)
            .args(["--listen", &address.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?,
    );
    while first_page(address).is_err() {
        if START_PATIENCE < began.elapsed() || service.0.try_wait()?.is_some() {
            return Err("the service did not start".into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let elapsed = began.elapsed();
    std::thread::sleep(REST);
    println!("From start to the first page, {what}: {}", milliseconds(elapsed));
    println!("  resident at rest: {} kB", resident(service.0.id())?);
    Ok(())
}

/// Ends the process when the measurement is over, however it ends.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn first_page(address: SocketAddr) -> Outcome<()> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(200))?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.starts_with("HTTP/1.1 200") { Ok(()) } else { Err("no page yet".into()) }
}

/// Kilobytes of memory that a process has.
pub(crate) fn resident(process: u32) -> Outcome<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
}

/// Beside the benchmark, as cargo builds both.
pub(crate) fn beside_this_program() -> Outcome<PathBuf> {
    let binary = std::env::current_exe()?.with_file_name("avvik");
    if binary.exists() {
        Ok(binary)
    } else {
        Err("there is no avvik beside the benchmark; build it first: cargo build --release".into())
    }
}
