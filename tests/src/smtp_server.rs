//! A real mail server on this machine (aiosmtpd) that tells a test what it took.

use std::ffi::OsStr;

use serde::Deserialize;

use crate::python_server::PythonServer;

/// A running server. Recipients beginning with `refuse-` are refused for good (550), with `later-`
/// for now (451). It ends when dropped.
#[derive(Debug)]
pub struct SmtpServer {
    server: PythonServer<ReceivedMessage>,
    port: u16,
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
        let (server, port) = PythonServer::start("smtp_server.py", arguments);
        Self { server, port }
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
        self.server.wait_for(count)
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
