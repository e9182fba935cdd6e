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

    /// The ticks of whoever looks again and again, from now on.
    #[must_use]
    pub fn ticks(&self) -> Ticks {
        Ticks(self.0.clone())
    }
}

/// Tells when to look again. A move of the hand is seen also where it came while nobody waited.
#[derive(Debug)]
pub struct Ticks(Source);

impl Ticks {
    /// Waits for `seconds` of real time, or until the clock is moved by hand.
    pub async fn next(&mut self, seconds: u32) {
        let pause = tokio::time::sleep(Duration::from_secs(u64::from(seconds)));
        match &mut self.0 {
            Source::System => pause.await,
            Source::ByHand(now) => {
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
