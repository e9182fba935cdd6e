//! Driving a store with many writers for a while.

use std::future::Future;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::figures::{percentile, processor_time};

/// How long the writers run before it counts.
const WARM_UP: Duration = Duration::from_millis(300);
/// How long it counts.
const LASTING: Duration = Duration::from_secs(1);

/// Somebody who appends one event after another.
pub(super) trait Writer: Send + 'static {
    /// Appends one event, and returns when it is on disk.
    fn append(&mut self) -> impl Future<Output = Outcome<()>> + Send;
}

/// What came of one round.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) appends: usize,
    pub(super) elapsed: Duration,
    pub(super) p50: Duration,
    pub(super) p99: Duration,
    processor: Duration,
}

impl Sample {
    /// What an append took of all processors together, whoever waited for it included.
    pub(super) fn processor_each(&self) -> Duration {
        self.processor.div_f64(u32::try_from(self.appends).map_or(1.0, f64::from).max(1.0))
    }
}

/// Lets every writer append for a while, each waiting for its own answer only.
pub(super) async fn drive<W: Writer>(writers: Vec<W>) -> Outcome<Sample> {
    let from = Instant::now() + WARM_UP;
    let until = from + LASTING;
    let tasks: Vec<_> =
        writers.into_iter().map(|it| tokio::spawn(write(it, from, until))).collect();
    tokio::time::sleep_until(from.into()).await;
    let before = processor_time()?;
    tokio::time::sleep_until(until.into()).await;
    let processor = processor_time()?.saturating_sub(before);
    let mut latencies = Vec::new();
    for task in tasks {
        latencies.extend(task.await??);
    }
    latencies.sort_unstable();
    if latencies.is_empty() {
        return Err("nothing was appended in time".into());
    }
    Ok(Sample {
        appends: latencies.len(),
        elapsed: LASTING,
        p50: percentile(&latencies, 0.5),
        p99: percentile(&latencies, 0.99),
        processor,
    })
}

/// The latencies of the appends that were answered between the two moments.
async fn write<W: Writer>(mut writer: W, from: Instant, until: Instant) -> Outcome<Vec<Duration>> {
    let mut latencies = Vec::new();
    loop {
        let began = Instant::now();
        writer.append().await?;
        let ended = Instant::now();
        if until < ended {
            return Ok(latencies);
        }
        if from < ended {
            latencies.push(ended - began);
        }
    }
}
