//! A real mail server on this machine (aiosmtpd) that tells a test what it took.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use serde::Deserialize;

/// How long a message may be on its way before the test gives up: far more than it ever takes.
const ARRIVAL_MAX: Duration = Duration::from_secs(30);

/// A running server. Recipients beginning with `refuse-` are refused for good (550), with `later-`
/// for now (451). It ends when dropped.
#[derive(Debug)]
pub struct SmtpServer {
    process: Child,
    port: u16,
    received: Arc<Received>,
}

/// A message as the server took it and an independent mail parser read it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReceivedMessage {
    /// Whom the envelope names as the sender.
    pub from: String,
    /// Whom the envelope names as recipients.
    pub to: Vec<String>,
    /// Names and decoded values, in their order.
    pub headers: Vec<(String, String)>,
    /// The decoded text.
    pub text: String,
    /// Whether it came over TLS.
    pub encrypted: bool,
    /// Whether the client had signed in.
    pub signed_in: bool,
}

#[derive(Debug, Default)]
struct Received {
    messages: Mutex<Vec<ReceivedMessage>>,
    more: Condvar,
}

impl SmtpServer {
    /// Starts a server that asks for neither encryption nor sign-in.
    ///
    /// # Panics
    /// If it does not start, saying what to run.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with([] as [&str; 0])
    }

    /// Starts a server with the arguments that `tests/it/smtp_server.py` explains.
    ///
    /// # Panics
    /// If it does not start, saying what to run.
    #[must_use]
    pub fn start_with(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let installed = repository.join("target/python/bin/python");
        let python = if installed.exists() { installed.as_os_str() } else { OsStr::new("python3") };
        let mut process = Command::new(python)
            .arg(repository.join("tests/it/smtp_server.py"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts; if there is none, run `make target/python/installed`");
        let output = process.stdout.take().expect("its output is a pipe");
        let mut lines = BufReader::new(output).lines();
        let port = lines.next().and_then(Result::ok).and_then(|line| line.parse().ok());
        let port = port.expect(
            "the mail server for tests says its port; \
             if aiosmtpd is missing, run `make target/python/installed`",
        );
        let received = Arc::new(Received::default());
        let reader = Arc::clone(&received);
        thread::spawn(move || reader.take_all(lines));
        Self { process, port, received }
    }

    /// The port of 127.0.0.1 it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// All messages taken, as soon as there are that many.
    ///
    /// # Panics
    /// If they don't arrive.
    #[must_use]
    pub fn wait_for(&self, count: usize) -> Vec<ReceivedMessage> {
        let messages = self.received.messages.lock().expect("nobody panics while holding it");
        let too_few = |messages: &mut Vec<_>| messages.len() < count;
        let (messages, waited) = self
            .received
            .more
            .wait_timeout_while(messages, ARRIVAL_MAX, too_few)
            .expect("nobody panics while holding it");
        assert!(!waited.timed_out(), "{} of {count} messages arrived", messages.len());
        messages.clone()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        // Neither can fail in a way that matters here: it may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl ReceivedMessage {
    /// The value of the header of that name, if there is exactly one.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(it, _)| it.eq_ignore_ascii_case(name));
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }
}

impl Received {
    fn take_all(&self, lines: Lines<BufReader<ChildStdout>>) {
        for line in lines.map_while(Result::ok) {
            let message = serde_json::from_str(&line).expect("the server writes a message a line");
            self.messages.lock().expect("nobody panics while holding it").push(message);
            self.more.notify_all();
        }
    }
}
