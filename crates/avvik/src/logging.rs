//! The log: on standard error, so that what a command says stays apart from it.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// Begins to log what `filter` lets through, which the settings have checked.
pub(crate) fn begin(filter: &str) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    // Only a second log in the same process could make this fail; the first one goes on.
    let _ = subscriber.try_init();
}
