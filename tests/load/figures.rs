//! Latencies and how they are printed.

use std::time::Duration;

/// The value below which `share` of the sorted latencies lie.
pub(crate) fn percentile(sorted: &[Duration], share: f64) -> Duration {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index into a few hundred thousand measurements"
    )]
    let index = ((sorted.len() as f64 - 1.0) * share).round() as usize;
    sorted[index]
}

/// Milliseconds with two decimals.
pub(crate) fn milliseconds(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}

/// How many of `count` happened in a second.
pub(crate) fn rate(count: usize, elapsed: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = count as f64 / elapsed.as_secs_f64();
    format!("{rate:.0}")
}
