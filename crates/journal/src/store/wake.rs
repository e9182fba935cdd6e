//! Wakes a flush that nobody else would.
//!
//! sled's flush waits for another of its threads to say that bytes have reached the disk. Where
//! that thread fails, on a full disk say, sled 0.34 notes the failure, but in one place tells
//! nobody (`exit_reservation` in its `logger.rs`), and the flush would wait for ever. Whatever is
//! asked of sled next finds the note and tells all who wait. So, while a flush takes long,
//! something small is asked.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A thread that looks after flushes, until this is dropped.
pub(super) struct Waker {
    /// How many flushes have begun and ended: odd while one is under way.
    turns: Arc<AtomicU64>,
    /// Dropped to let the thread go; nothing is ever sent.
    until_dropped: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Waker {
    /// Runs `wake` at the second look at one and the same flush, and at each look from then on.
    pub(super) fn start(
        between_looks: Duration,
        wake: impl Fn() + Send + 'static,
    ) -> io::Result<Self> {
        let turns = Arc::new(AtomicU64::new(0));
        let (until_dropped, dropped) = mpsc::channel::<()>();
        let looked_at = Arc::clone(&turns);
        let look = move || {
            let mut before = 0;
            while dropped.recv_timeout(between_looks) == Err(RecvTimeoutError::Timeout) {
                let now = looked_at.load(Ordering::Acquire);
                if now == before && now % 2 == 1 {
                    wake();
                }
                before = now;
            }
        };
        let thread = thread::Builder::new().name("store-waker".to_owned()).spawn(look)?;
        Ok(Self { turns, until_dropped: Some(until_dropped), thread: Some(thread) })
    }

    /// Runs a flush under the thread's eyes. There is one at a time.
    pub(super) fn over<T>(&self, flush: impl FnOnce() -> T) -> T {
        let _turn = Turn::begin(&self.turns);
        flush()
    }
}

impl Drop for Waker {
    fn drop(&mut self) {
        drop(self.until_dropped.take());
        if let Some(thread) = self.thread.take() {
            // What it holds of the store is gone when it has ended.
            drop(thread.join());
        }
    }
}

/// A flush under way; over also where it panics.
struct Turn<'a>(&'a AtomicU64);

impl<'a> Turn<'a> {
    fn begin(turns: &'a AtomicU64) -> Self {
        turns.fetch_add(1, Ordering::Release);
        Self(turns)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex};

    use super::*;

    #[test]
    fn a_flush_that_nobody_wakes_is_woken() {
        let failed = Arc::new((Mutex::new(false), Condvar::new()));
        let tell = Arc::clone(&failed);
        let wake = move || {
            *tell.0.lock().unwrap() = true;
            tell.1.notify_all();
        };
        let waker = Waker::start(Duration::from_millis(5), wake).unwrap();
        waker.over(|| drop(failed.1.wait_while(failed.0.lock().unwrap(), |it| !*it).unwrap()));
        assert_eq!(waker.turns.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn between_flushes_nothing_is_asked_and_the_thread_ends_with_its_owner() {
        let asked = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&asked);
        let wake = move || {
            count.fetch_add(1, Ordering::Relaxed);
        };
        let waker = Waker::start(Duration::from_micros(100), wake).unwrap();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            waker.over(|| std::panic::resume_unwind(Box::new("given up")));
        }));
        assert!(panicked.is_err());
        let after = asked.load(Ordering::Relaxed);
        thread::sleep(Duration::from_millis(5));
        assert_eq!(asked.load(Ordering::Relaxed), after);
        drop(waker);
        assert_eq!(Arc::strong_count(&asked), 1);
    }
}
