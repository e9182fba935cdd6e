//! The log: on standard error, so that what a command says stays apart from it.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// What a filter of the settings lets through: all it asks for, but never where a connection came
/// from, which the server tells at its most detailed.
///
/// # Panics
/// Never: the directive it adds is well-formed.
#[must_use]
pub fn log_filter(filter: &str) -> EnvFilter {
    EnvFilter::new(filter).add_directive("axum::serve=info".parse().expect("a directive"))
}

/// Begins to log what `filter` lets through, which the settings have checked.
pub(crate) fn begin(filter: &str) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(log_filter(filter))
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .finish();
    // Takes in what is said through `tracing` alone. sled speaks through `log`, also while its
    // threads end, when nothing can be formatted any more and the process would abort.
    // Only a second log in the same process could make this fail; the first one goes on.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
