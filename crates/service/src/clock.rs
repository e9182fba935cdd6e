//! The only place that reads the time.

use std::time::Duration;

use domain::Time;
use tokio::sync::watch;

/// Where the service learns what time it is: from the system, or from a test's hand.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    ByHand(watch::Receiver<Time>),
}

/// Moves a clock by hand, forwards or backwards, as clocks do jump.
#[derive(Debug)]
pub struct Hand(watch::Sender<Time>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is moved.
    #[must_use]
    pub fn by_hand(now: Time) -> (Self, Hand) {
        let (sender, receiver) = watch::channel(now);
        (Self(Source::ByHand(receiver)), Hand(sender))
    }

    /// What time it is.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the time")]
    pub fn now(&self) -> Time {
        match &self.0 {
            Source::System => Time::from(std::time::SystemTime::now()),
            Source::ByHand(now) => *now.borrow(),
        }
    }

    /// Waits for `seconds` of real time, or until the clock is moved by hand.
    pub async fn tick(&self, seconds: u32) {
        let pause = tokio::time::sleep(Duration::from_secs(u64::from(seconds)));
        match &self.0 {
            Source::System => pause.await,
            Source::ByHand(now) => {
                let mut now = now.clone();
                tokio::select! {
                    () = pause => (),
                    moved = now.changed() => if moved.is_err() {
                        // The hand is gone and the clock stands still for good.
                        std::future::pending::<()>().await;
                    },
                }
            }
        }
    }
}

impl Hand {
    /// Sets the clock.
    pub fn set(&self, now: Time) {
        self.0.send_replace(now);
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(&self) -> Time {
        *self.0.borrow()
    }
}
