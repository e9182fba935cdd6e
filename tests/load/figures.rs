//! Latencies and processor time, and how they are printed.

use std::time::Duration;

use crate::Outcome;

/// The unit of `/proc/…/stat`, the same on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// The processor time that all threads of this process have taken so far, its own and the
/// kernel's on its behalf.
pub(crate) fn processor_time() -> Outcome<Duration> {
    processor_time_of(std::process::id())
}

/// The same for another process.
pub(crate) fn processor_time_of(process: u32) -> Outcome<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The second field is the program's name in parentheses, and may hold anything.
    let (_, fields) = stat.rsplit_once(')').ok_or("no name in /proc/…/stat")?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut ticks = || fields.next().ok_or("too few fields in /proc/…/stat");
    let ticks: u32 = ticks()?.parse::<u32>()? + ticks()?.parse::<u32>()?;
    Ok(TICK * ticks)
}

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

/// Microseconds with one decimal.
pub(crate) fn microseconds(duration: Duration) -> String {
    format!("{:.1} µs", duration.as_secs_f64() * 1_000_000.0)
}

/// How many of `count` happened in a second.
pub(crate) fn rate(count: usize, elapsed: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = count as f64 / elapsed.as_secs_f64();
    format!("{rate:.0}")
}
