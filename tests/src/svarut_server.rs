//! A stand-in on this machine for SvarUt and Maskinporten, built from the published description of
//! their interfaces: there is none to install.

use channels::digital_post::{MaskinportenSettings, SvarUtSettings};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::python_server::PythonServer;

/// What the integration is let in with.
pub const PASSWORD: &str = "passord-17";

/// A running stand-in; what it does with whom, `tests/it/svarut_server.py` says.
#[derive(Debug)]
pub struct SvarUtServer {
    server: PythonServer<Taken>,
    reached: Reached,
}

/// A letter as it was taken.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Taken {
    /// What it is called there.
    pub id: Uuid,
    /// What was said of it.
    pub said: Value,
    /// The name of its file.
    pub file_name: String,
    /// The first bytes of its file.
    pub begins: String,
    /// How often Maskinporten gave permission until then.
    pub permissions: u32,
}

#[derive(Debug, Deserialize)]
struct Reached {
    port: u16,
    account: Uuid,
    integration: Uuid,
    key: String,
}

impl SvarUtServer {
    /// Starts it.
    ///
    /// # Panics
    /// If it does not start, saying what to run.
    #[must_use]
    pub fn start() -> Self {
        let (server, reached) = PythonServer::start("svarut_server.py", [PASSWORD]);
        Self { server, reached }
    }

    /// The settings by which it is reached.
    ///
    /// # Panics
    /// Never: its address is one.
    #[must_use]
    pub fn settings(&self) -> SvarUtSettings {
        let Reached { port, account, integration, key } = &self.reached;
        let address = |path: &str| format!("http://127.0.0.1:{port}/{path}").parse();
        SvarUtSettings {
            url: address("api").expect("an address"),
            account: *account,
            integration: *integration,
            password: PASSWORD.to_owned(),
            trusted_issuers: None,
            maskinporten: MaskinportenSettings {
                token_url: address("token").expect("an address"),
                audience: "https://maskinporten.example/".to_owned(),
                client_id: "avvik-test".to_owned(),
                key_id: "key-1".to_owned(),
                private_key: key.clone().into_bytes(),
            },
        }
    }

    /// All letters taken, as soon as there are that many.
    ///
    /// # Panics
    /// If they don't arrive.
    #[must_use]
    pub fn wait_for(&self, count: usize) -> Vec<Taken> {
        self.server.wait_for(count)
    }
}
